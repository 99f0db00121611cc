"""The replay server: speaks the IODA API v2 over HTTP on loopback, from a recording.

GET /v2/signals/raw/{type}/{codes}     each bin only once it is due
GET /v2/datasources/[{name}]
GET /v2/entities/query
GET /clock                             {"now": ISO time, "factor": x}
PUT /fault                             body: a kind of fault, or nothing
"""

import json
import sys
import threading
from datetime import UTC
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import structlog

from bot.clock import Clock
from bot.replay.ioda_api import Json, Refused, Shapes
from bot.sources.recording.source import Recording


class ServerFault(StrEnum):
    """What goes wrong while it is set."""

    ERROR = "500"
    """HTTP 500 with a web page, as an uncaught error makes."""
    HTML = "html"
    """HTTP 200 with a web page where JSON is due."""
    EMPTY = "empty"
    """HTTP 200, no error, no data: how IODA's back end fails."""
    NULLS = "nulls"
    """Every value is null."""
    SLOW = "slow"
    """Two seconds of silence, then the true answer."""
    HANG = "hang"
    """The connection is taken and nothing is ever said."""
    TRUNCATED = "truncated"
    """The answer stops in the middle, short of its own Content-Length."""


PAGE = (
    b"<!DOCTYPE html><html><head><title>Oops! An Error Occurred</title></head>"
    b"<body><h1>The server returned an error.</h1></body></html>"
)
"""What stands in the body where a page is served in place of data."""


_HOST = "127.0.0.1"
_SLOW_S = 2.0
_HANG_S = 120.0
_POLL_S = 0.05
_LONGEST_BODY = 64
_JSON = "application/json"
_HTML = "text/html; charset=UTF-8"


class ReplayServer:
    """Serves one recording until stopped; also a context manager.

    Attributes:
        fault: how it misbehaves just now, or None; may be set at any time.
    """

    def __init__(
        self,
        recording: Recording,
        clock: Clock,
        port: int = 0,
        fault: ServerFault | None = None,
        factor: float = 1.0,
    ) -> None:
        """Take `port` (0: any free one) on loopback.

        `clock` decides what is due; `factor`, how fast it runs, is only told to
        whoever asks /clock.

        Raises:
            OSError: the port is taken.
        """
        self.fault = fault
        self.clock = clock
        self.factor = factor
        self.shapes = Shapes(recording, clock)
        self.stopped = threading.Event()
        self._http = _Server((_HOST, port), _Handler)
        self._http.replay = self
        self._thread = threading.Thread(
            target=self._http.serve_forever, args=(_POLL_S,), daemon=True
        )

    @property
    def url(self) -> str:
        """Where it is, without a slash at the end; the API is under `/v2`."""
        return f"http://{_HOST}:{self._http.server_port}"

    @property
    def base_url(self) -> str:
        """What the `ioda` source wants as its `base_url`."""
        return f"{self.url}/v2"

    def start(self) -> None:
        """Begin to answer, in a thread of its own."""
        self._thread.start()

    def stop(self) -> None:
        """Let everybody go, hung clients too, and close the port."""
        self.stopped.set()
        if self._thread.is_alive():
            self._http.shutdown()
            self._thread.join()
        self._http.server_close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    # Joined on close: a thread that outlives its server would write to nobody.
    daemon_threads = False
    replay: ReplayServer

    def handle_error(self, *_: object) -> None:
        """Log what broke, but for clients that went away; the parent would print."""
        if not isinstance(sys.exception(), OSError):
            structlog.get_logger().exception("replay-server-broke")


class _Handler(BaseHTTPRequestHandler):
    # HTTP/1.0 closes each connection, so that stopping waits for nobody idle.
    timeout = 10

    @property
    def _replay(self) -> ReplayServer:
        return cast("_Server", self.server).replay

    def do_GET(self) -> None:
        """Answer, or misbehave as told."""
        path = urlsplit(self.path).path
        if path == "/clock":
            self._send(200, self._clock())
            return
        fault = self._replay.fault
        if fault in (ServerFault.SLOW, ServerFault.HANG):
            self._replay.stopped.wait(_SLOW_S if fault is ServerFault.SLOW else _HANG_S)
        if fault is ServerFault.HANG:
            self.close_connection = True
        elif fault in (ServerFault.ERROR, ServerFault.HTML):
            self._send(500 if fault is ServerFault.ERROR else 200, PAGE, _HTML)
        else:
            status, answer = self._answer(path)
            body = json.dumps(_spoilt(answer, fault), separators=(",", ":")).encode()
            self._send(status, body, cut=fault is ServerFault.TRUNCATED)

    def do_PUT(self) -> None:
        """Set or clear the fault."""
        length = min(int(self.headers.get("Content-Length") or 0), _LONGEST_BODY)
        kind = self.rfile.read(length).decode("ascii", "replace").strip()
        if urlsplit(self.path).path != "/fault" or kind not in {"", *ServerFault}:
            self._send(400, b'{"error":"PUT /fault with a kind of fault, or nothing"}')
            return
        self._replay.fault = ServerFault(kind) if kind else None
        self._send(200, json.dumps({"fault": kind or None}).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing: standard output belongs to whoever runs us."""

    def _clock(self) -> bytes:
        now = self._replay.clock.now().astimezone(UTC).isoformat()
        return json.dumps({"now": now, "factor": self._replay.factor}).encode()

    def _answer(self, path: str) -> tuple[int, Json]:
        parts = [unquote(part) for part in path.strip("/").split("/")]
        shapes = self._replay.shapes
        try:
            answer = _route(shapes, parts, self._query())
        except Refused as refusal:
            kind = "entities.lookup" if "entities" in parts else parts[1]
            return 400, shapes.refusal(kind, str(refusal))
        if answer is None:
            return 404, shapes.refusal("unknown", "no such route")
        return 200, answer

    def _query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query))

    def _send(
        self, status: int, body: bytes, kind: str = _JSON, *, cut: bool = False
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)


def _route(shapes: Shapes, parts: list[str], query: dict[str, str]) -> Json | None:
    """The answer to a path; None where there is no such route."""
    match parts:
        case ["v2", "signals", "raw", kind, codes]:
            return shapes.signals_raw(kind, codes, query)
        case ["v2", "datasources", *name] if len(name) <= 1:
            return shapes.datasources(name[0] if name else None)
        case ["v2", "entities", "query"]:
            return shapes.entities_query(query)
        case _:
            return None


def _spoilt(answer: Json, fault: ServerFault | None) -> Json:
    """`answer` as a sick back end would give it."""
    if fault is ServerFault.EMPTY:
        return answer | {"data": [[]], "error": None}
    if fault is ServerFault.NULLS and answer["type"] == "signals" and answer["data"]:
        return answer | {
            "data": [
                [series | {"values": [None] * len(series["values"])} for series in one]
                for one in answer["data"]
            ]
        }
    return answer
