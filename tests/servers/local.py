"""A small HTTP server on loopback, with answers and failures that a test chooses."""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


def free_port() -> int:
    """Return a loopback port on which nothing listens at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class ReceivedRequest:
    """One HTTP request, with its whole body; the names of headers are in lower case."""

    method: str
    path: str
    raw_query: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> dict[str, str]:
        """The decoded parameters of the query; a repeated name has its last value."""
        return dict(parse_qsl(self.raw_query))

    @property
    def form(self) -> dict[str, str]:
        """The decoded fields of a form body; a repeated name has its last value."""
        return dict(parse_qsl(self.body.decode()))


@dataclass(frozen=True)
class Reply:
    """One HTTP answer, and how much of it is sent.

    Attributes:
        body: raw bytes, or a value that is sent as JSON; None is sent as {}.
        wait_s: seconds before the answer begins.
        sent_share: the fraction of the body that is sent before the connection is reset.
            With 0.0, nothing is sent, not even the status. With None, the whole body is
            sent and the connection is not reset.
        pause_s: seconds of a pause in the middle of a body that is sent whole.
    """

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    sent_share: float | None = None
    pause_s: float = 0.0

    @property
    def data(self) -> bytes:
        """The body as the bytes that are sent."""
        whole = self.body if self.body is not None else {}
        return whole if isinstance(whole, bytes) else json.dumps(whole).encode()


class LocalServer:
    """An HTTP server on loopback that sends what `answer` returns for each request.

    Each connection has a thread of its own, in which `answer` is called.
    """

    def __init__(self, answer: Callable[[ReceivedRequest], Reply]) -> None:
        self.answer = answer
        self._http = _Listener(("127.0.0.1", 0), _RequestHandler)
        self._http.local = self
        self.base_url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))
        self._thread.start()

    def stop(self) -> None:
        """Stop listening."""
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    local: LocalServer

    def handle_error(self, request, client_address) -> None:
        """Ignore errors: most come from clients that close the connection, as tests do."""


class _RequestHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Listener

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_PUT(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def log_message(self, *args: object) -> None:
        """Log nothing."""

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {key.lower(): value for key, value in self.headers.items()}
        request = ReceivedRequest(self.command, parts.path, parts.query, headers, body)
        self._reply(self.server.local.answer(request))

    def _reply(self, reply: Reply) -> None:
        time.sleep(reply.wait_s)
        head = {"Content-Type": "application/json", **reply.headers}
        if reply.sent_share != 0.0:
            self.send_response(reply.status)
            for key, value in head.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(reply.data)))
            self.end_headers()
        if reply.sent_share is None:
            middle = len(reply.data) // 2 if reply.pause_s else 0
            self.wfile.write(reply.data[:middle])
            time.sleep(reply.pause_s)
            self.wfile.write(reply.data[middle:])
        else:
            self.wfile.write(reply.data[: int(len(reply.data) * reply.sent_share)])
            self._hang_up()

    def _hang_up(self) -> None:
        """Reset the connection instead of closing it in order."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()
