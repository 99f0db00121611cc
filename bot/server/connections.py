"""Connections with limits, so that slow or hostile clients do not hold up others."""

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.server.clients import slowest_first

MAX_CONNECTIONS = 400
"""The most connections at the same time.

The loop of `outagewire run` needs open files, too, and a process has often 1,024 in all.
"""
MAX_ANSWERED = 350
"""With more connections, the slowest are closed, or requests get the status 503."""
REQUEST_S = 10.0
"""How long a client may take to send a whole request, from its first byte or the last one
of the answer before; a client that sends nothing on a new connection has as long."""
WRITE_S = 120.0
"""How long a client may take to receive what is in the buffer of its connection.

The buffer holds about 64 kB, so a client must read about 500 bytes a second.
"""
MAX_HEADER_BYTES = 16 * 1024


class LimitedConnection(H11Protocol):
    """A connection that is closed when its client exceeds a limit.

    uvicorn limits only the time between two requests. A client that sends a byte of a
    header a second, or that does not read its answer, would stay without end.
    """

    _reading: asyncio.TimerHandle | None = None
    _writing: asyncio.TimerHandle | None = None
    _unasked_since: float | None = None
    _unread_since: float | None = None

    @property
    def address(self) -> str:
        """The IP address of the other side, which may be a proxy; "" if unknown."""
        return self.client[0] if self.client else ""

    @property
    def idleness(self) -> tuple[bool, float] | None:
        """How long the client has kept this connection waiting, for comparisons.

        The smallest value is that of the connection which waits longest for a request;
        those which wait for the client to read its answer follow. None: the client waits
        for the server.
        """
        if self._unread_since is not None:
            return True, self._unread_since
        return None if self._unasked_since is None else (False, self._unasked_since)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin; refuse the connection if there are too many."""
        super().connection_made(transport)
        if len(self.connections) > MAX_CONNECTIONS:
            transport.abort()
            return
        if len(self.connections) > MAX_ANSWERED:
            self._close_slowest()
        self._unasked_since = self.loop.time()
        self._limit_reading()

    def data_received(self, data: bytes) -> None:
        """Read a part of a request; once it is whole, its time limit ends."""
        super().data_received(data)
        cycle = self.cycle
        # uvicorn says that it is never None, but it is before the first request. After
        # the answer, further bytes belong to the next request.
        is_over = cycle is None or cycle.response_complete  # type: ignore[redundant-expr]
        if not is_over and not cycle.more_body:
            self._stop(self._reading)
            self._reading = None
            self._unasked_since = None
        else:
            self._limit_reading()

    def on_response_complete(self) -> None:
        """Limit how long the client may take to read the end of its answer."""
        super().on_response_complete()
        # The next request may have been sent already, and is then answered now.
        if self.cycle.response_complete:
            self._unasked_since = self.loop.time()
        self._stop(self._writing)
        self._writing = self.loop.call_later(WRITE_S, self._close_if_unread)

    def pause_writing(self) -> None:
        """Limit how long the buffer may stay full."""
        super().pause_writing()
        self._unread_since = self.loop.time()
        self._stop(self._writing)
        self._writing = self.loop.call_later(WRITE_S, self.transport.abort)

    def resume_writing(self) -> None:
        """End the limit, because the client has read most of the buffer."""
        super().resume_writing()
        self._unread_since = None
        self._stop(self._writing)
        self._writing = None

    def connection_lost(self, exc: Exception | None) -> None:
        """End all limits."""
        super().connection_lost(exc)
        self._stop(self._reading)
        self._stop(self._writing)

    def _close_slowest(self) -> None:
        """Close a connection of the client with the most; see `slowest_first`.

        So a client that holds many connections open does not keep others out: most
        requests arrive as soon as their connection is made, and most answers are read.
        """
        limited = [c for c in self.connections if isinstance(c, LimitedConnection)]
        waiting = [
            (connection, idleness)
            for connection in limited
            if (idleness := connection.idleness) is not None
        ]
        if waiting:
            idle = [(connection.address, idleness) for connection, idleness in waiting]
            index = slowest_first(idle, [connection.address for connection in limited])
            waiting[index][0].transport.abort()

    def _limit_reading(self) -> None:
        if self._reading is None and not self.transport.is_closing():
            self._reading = self.loop.call_later(REQUEST_S, self.transport.abort)

    def _close_if_unread(self) -> None:
        # An open connection without requests is closed by uvicorn. If it waits for the
        # client to read the rest, it is closing.
        if self.transport.is_closing():
            self.transport.abort()

    @staticmethod
    def _stop(timer: asyncio.TimerHandle | None) -> None:
        if timer is not None:
            timer.cancel()
