"""A small HTTP server on loopback whose answers, and whose breaking, a test chooses."""

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
    """A loopback port nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Question:
    """One request, read whole."""

    method: str
    path: str
    raw_query: str
    headers: dict[str, str]
    body: bytes

    @property
    def query(self) -> dict[str, str]:
        """The query, decoded."""
        return dict(parse_qsl(self.raw_query))

    @property
    def form(self) -> dict[str, str]:
        """A form body, decoded."""
        return dict(parse_qsl(self.body.decode()))


@dataclass(frozen=True)
class Reply:
    """One answer.

    Attributes:
        body: JSON, or raw bytes.
        wait_s: how long it takes.
        comes: the part of its body that comes before the connection is reset; 0.0:
            not even a status; None: all of it, and no reset.
        pause_s: how long it stops in the middle of its body.
    """

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    wait_s: float = 0.0
    comes: float | None = None
    pause_s: float = 0.0

    @property
    def data(self) -> bytes:
        """The bytes of the body."""
        whole = self.body if self.body is not None else {}
        return whole if isinstance(whole, bytes) else json.dumps(whole).encode()


class LocalServer:
    """Puts every request to `answer`, in a thread each."""

    def __init__(self, answer: Callable[[Question], Reply]) -> None:
        self.answer = answer
        self._http = _Listener(("127.0.0.1", 0), _Handler)
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
        """Clients that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
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
        """Say nothing."""

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {key.lower(): value for key, value in self.headers.items()}
        question = Question(self.command, parts.path, parts.query, headers, body)
        self._reply(self.server.local.answer(question))

    def _reply(self, reply: Reply) -> None:
        time.sleep(reply.wait_s)
        head = {"Content-Type": "application/json", **reply.headers}
        if reply.comes != 0.0:
            self.send_response(reply.status)
            for key, value in head.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(reply.data)))
            self.end_headers()
        if reply.comes is None:
            half = len(reply.data) // 2 if reply.pause_s else 0
            self.wfile.write(reply.data[:half])
            time.sleep(reply.pause_s)
            self.wfile.write(reply.data[half:])
        else:
            self.wfile.write(reply.data[: int(len(reply.data) * reply.comes)])
            self._hang_up()

    def _hang_up(self) -> None:
        """Reset the connection, as a dying machine does."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()
