"""The replay server: the IODA API v2 over HTTP on loopback, from a recording.

It answers these requests:

GET /v2/signals/raw/{type}/{codes}     bins that are not due are null
GET /v2/datasources/[{name}]
GET /v2/entities/query
GET /clock                             {"now": ISO time, "factor": x}
PUT /fault                             body: the name of a fault; empty for none
"""

import json
import sys
import threading
from datetime import UTC
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import structlog

from bot.clock import Clock
from bot.replay.faults import ERROR_PAGE, ServerFault
from bot.replay.ioda_api import BadRequest, IodaApi, Json
from bot.sources.recording.source import Recording

_HOST = "127.0.0.1"
_SLOW_DELAY_S = 2.0
_HANG_LIMIT_S = 120.0
_SHUTDOWN_POLL_S = 0.05
_MAX_BODY_BYTES = 64
_JSON = "application/json"
_HTML = "text/html; charset=UTF-8"


class ReplayServer:
    """A server of one recording, in a thread of its own; also a context manager.

    Attributes:
        fault: the current fault, or None; it may be set at any time.
    """

    def __init__(
        self,
        recording: Recording,
        clock: Clock,
        port: int = 0,
        fault: ServerFault | None = None,
        factor: float = 1.0,
    ) -> None:
        """Bind `port` on loopback; 0 stands for any free port.

        Args:
            recording: the readings to serve.
            clock: decides which bins are due.
            port: the port number.
            fault: the fault at the start; None: no fault.
            factor: how many times as fast as real time `clock` runs; it is only
                reported at /clock.

        Raises:
            RecordingError: two signals have the same IODA name.
            OSError: the port cannot be opened.
        """
        self.fault = fault
        self.clock = clock
        self.factor = factor
        self.api = IodaApi(recording, clock)
        self.stopped = threading.Event()
        self._http = _Server((_HOST, port), _Handler)
        self._http.replay = self
        self._thread = threading.Thread(
            target=self._http.serve_forever, args=(_SHUTDOWN_POLL_S,), daemon=True
        )

    @property
    def url(self) -> str:
        """The server's address without a final slash; the API is under `/v2`."""
        return f"http://{_HOST}:{self._http.server_port}"

    @property
    def base_url(self) -> str:
        """The address to set as `base_url` of the `ioda` source, to use this server."""
        return f"{self.url}/v2"

    def start(self) -> None:
        """Start answering requests in another thread."""
        self._thread.start()

    def stop(self) -> None:
        """Close the port and wait until all requests have ended.

        Requests that hang because of a fault are ended at once.
        """
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
    # Request threads are joined on close, so that no thread outlives its server.
    daemon_threads = False
    replay: ReplayServer

    def handle_error(self, *_: object) -> None:
        """Log an exception; ignore an OSError, such as a lost connection.

        The base class would print every exception to stderr.
        """
        if not isinstance(sys.exception(), OSError):
            structlog.get_logger().exception("replay-server-error")


class _Handler(BaseHTTPRequestHandler):
    # In seconds. `stop` waits at most this long for a connection that sends no request.
    # The server speaks HTTP/1.0, the default of the base class, and closes a connection
    # after its answer.
    timeout = 10

    @property
    def _replay(self) -> ReplayServer:
        return cast("_Server", self.server).replay

    def do_GET(self) -> None:
        """Answer a request, or apply the current fault."""
        path = urlsplit(self.path).path
        # A request for the clock is answered even during a fault. A program that
        # follows this clock can then start while the API fails.
        if path == "/clock":
            self._send(200, self._clock())
            return
        fault = self._replay.fault
        if fault in (ServerFault.SLOW, ServerFault.HANG):
            # The thread waits for an event instead of sleeping: `stop` sets the event,
            # which ends hanging requests at once.
            self._replay.stopped.wait(
                _SLOW_DELAY_S if fault is ServerFault.SLOW else _HANG_LIMIT_S
            )
        if fault is ServerFault.HANG:
            self.close_connection = True
        elif fault in (ServerFault.ERROR, ServerFault.HTML):
            self._send(500 if fault is ServerFault.ERROR else 200, ERROR_PAGE, _HTML)
        else:
            status, answer = self._answer(path)
            body = json.dumps(
                _with_fault(answer, fault), separators=(",", ":")
            ).encode()
            self._send(status, body, truncated=fault is ServerFault.TRUNCATED)

    def do_PUT(self) -> None:
        """Set or clear the fault: `PUT /fault` with its name, or with an empty body."""
        # No name of a fault is longer than `_MAX_BODY_BYTES`, so no more is read.
        length = min(int(self.headers.get("Content-Length") or 0), _MAX_BODY_BYTES)
        kind = self.rfile.read(length).decode("ascii", "replace").strip()
        if urlsplit(self.path).path != "/fault" or kind not in {"", *ServerFault}:
            self._send(
                400, b'{"error":"PUT /fault with the name of a fault, or no body"}'
            )
            return
        self._replay.fault = ServerFault(kind) if kind else None
        self._send(200, json.dumps({"fault": kind or None}).encode())

    def log_message(self, *_: object) -> None:
        """Log nothing, because stderr belongs to the command that runs the server."""

    def _clock(self) -> bytes:
        now = self._replay.clock.now().astimezone(UTC).isoformat()
        return json.dumps({"now": now, "factor": self._replay.factor}).encode()

    def _answer(self, path: str) -> tuple[int, Json]:
        parts = [unquote(part) for part in path.strip("/").split("/")]
        api = self._replay.api
        try:
            answer = _route(api, parts, self._query())
        except BadRequest as refusal:
            kind = "entities.lookup" if "entities" in parts else parts[1]
            return 400, api.refusal(kind, str(refusal))
        if answer is None:
            return 404, api.refusal("unknown", "no such route")
        return 200, answer

    def _query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query))

    def _send(
        self, status: int, body: bytes, kind: str = _JSON, *, truncated: bool = False
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if truncated else body)


def _route(api: IodaApi, parts: list[str], query: dict[str, str]) -> Json | None:
    """Return the answer to a path; None if there is no such route."""
    match parts:
        case ["v2", "signals", "raw", kind, codes]:
            return api.signals_raw(kind, codes, query)
        case ["v2", "datasources", *name] if len(name) <= 1:
            return api.datasources(name[0] if name else None)
        case ["v2", "entities", "query"]:
            return api.entities_query(query)
        case _:
            return None


def _with_fault(answer: Json, fault: ServerFault | None) -> Json:
    """Return `answer` without data (EMPTY), with null values (NULLS), or unchanged.

    The other faults are applied when the answer is sent.
    """
    if fault is ServerFault.EMPTY:
        return answer | {"data": [[]], "error": None}
    if fault is ServerFault.NULLS and answer["type"] == "signals" and answer["data"]:
        return answer | {
            "data": [
                [s | {"values": [None] * len(s["values"])} for s in entity_series]
                for entity_series in answer["data"]
            ]
        }
    return answer
