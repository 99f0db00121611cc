"""Ends a conversation with a server after a time limit, even if bytes still arrive.

The timeout of a socket limits only the time between two bytes. A server that sends a byte
a second would hold a conversation open without end (P19).
"""

import contextlib
import socket
import threading
import time
from types import TracebackType
from typing import Self


class Deadline:
    """A time limit for a conversation: when it passes, the connections are shut down.

    The library that leads the conversation then raises an error. `has_passed` tells whether
    the reason is this limit.
    """

    def __init__(self, seconds: float) -> None:
        """Create a limit of `seconds`; the time begins with the `with` statement."""
        self._seconds = seconds
        self._connections: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._shut_down)
        self._timer.daemon = True
        self._end = 0.0

    def __enter__(self) -> Self:
        """Begin to measure the time."""
        self._end = time.monotonic() + self._seconds
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the limit; connections are not shut down any more."""
        self._timer.cancel()
        with self._lock:
            self._connections.clear()

    @property
    def has_passed(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._end

    def limit_connections(self, *connections: socket.socket) -> None:
        """Add connections; shut them down when the time is over, or now if it is over."""
        with self._lock:
            self._connections += connections
        if self.has_passed:
            self._shut_down()

    def _shut_down(self) -> None:
        with self._lock:
            for connection in self._connections:
                # The method of the base class is called, because that of a TLS socket
                # waits for the server.
                with contextlib.suppress(OSError):
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)
