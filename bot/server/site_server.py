"""The web server: uvicorn in a thread, on a port that is opened before it starts."""

import asyncio
import errno
import socket
import threading
from typing import Self

import uvicorn
from starlette.applications import Starlette

from bot.errors import ServerError
from bot.server.connections import (
    MAX_CONNECTIONS,
    MAX_HEADER_BYTES,
    LimitedConnection,
)

_KEEP_ALIVE_S = 5
_GRACE_S = 1
"""How long requests may go on after the server is stopped."""
_STOP_S = 5.0
_START_S = 10.0
_BACKLOG = 256
_REASONS = {
    errno.EADDRINUSE: "port {port} is already in use; choose another {where}",
    errno.EACCES: "port {port} may not be opened by this user; choose one above 1023"
    " {where}",
    errno.EADDRNOTAVAIL: "{host} is not an address of this machine; choose another"
    " {where}",
}


class SiteServer:
    """A server of a web application, in a thread of its own; also a context manager."""

    def __init__(self, app: Starlette, host: str, port: int, where: str) -> None:
        """Open the port; 0 stands for any free one.

        Args:
            app: the application that `create_app` returned.
            host: the address or the name to listen on.
            port: the port number.
            where: how to choose another host or port, for messages: "with --port".

        Raises:
            ServerError: the port cannot be opened.
        """
        self._app = app
        self._host = host
        self._socket = _open(host, port, where)
        config = uvicorn.Config(
            app,
            http=LimitedConnection,
            loop="asyncio",
            ws="none",
            lifespan="on",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=MAX_CONNECTIONS,
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=_GRACE_S,
            h11_max_incomplete_event_size=MAX_HEADER_BYTES,
        )
        self._server = _NotifyingServer(config)
        # The process must not wait for this thread if it has to end at once.
        self._thread = threading.Thread(
            target=self._server.run, args=([self._socket],), name="server", daemon=True
        )

    @property
    def url(self) -> str:
        """The address of the front page on this machine; it ends with a slash."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._socket.getsockname()[1]}/"

    @property
    def is_running(self) -> bool:
        """Whether the server answers requests."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Start answering requests in another thread.

        Raises:
            ServerError: the server does not start.
        """
        self._thread.start()
        if not self._server.ready.wait(_START_S):
            raise ServerError("the web server did not start; try again")

    def stop(self) -> None:
        """Close the port, and wait a few seconds at most until requests have ended."""
        self._app.state.steps.close()
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(_STOP_S)
        self._socket.close()

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class _NotifyingServer(uvicorn.Server):
    """A uvicorn server that sets `ready` once it answers requests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to answer requests."""
        await super().startup(sockets)
        self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; connections whose clients do not read are closed at once."""
        await super().shutdown(sockets)
        for connection in tuple(self.server_state.connections):
            connection.transport.abort()
        # `abort` closes a connection in the next pass of the event loop.
        await asyncio.sleep(0)


def _open(host: str, port: int, where: str) -> socket.socket:
    """Return a listening socket.

    Raises:
        ServerError: the port cannot be opened; the message says why and what to do.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address[:2], family=family, backlog=_BACKLOG)
    except socket.gaierror:
        problem = f"the host {host} is not known; choose another {where}"
    # A host with a null byte, or one that is too long, raises ValueError.
    except ValueError:
        problem = f"{host!r} is not the name of a host; choose another {where}"
    except OSError as error:
        reason = _REASONS.get(
            error.errno or 0, f"port {{port}} cannot be opened ({error.strerror})"
        )
        problem = reason.format(host=host, port=port, where=where)
    raise ServerError(problem)
