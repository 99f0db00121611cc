"""Answers of servers that are broken or mean harm: the bytes, and how they are sent."""

import gzip
import json
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import product

from tests.cases.memory import bomb, bomb_headers

Play = Callable[[socket.socket], None]
"""Sends an answer, or part of it, over a connection whose request was read."""


def hostile_kinds() -> dict[str, Play]:
    """Return every kind of hostile answer by its name."""
    plays: dict[str, Play] = dict(_broken_http())
    for (head, status), (name, body) in product(_STATUSES.items(), _bodies().items()):
        plays[f"{head}, {name}"] = _send(status, body)
    for name, headers in _HEADERS.items():
        plays[f"header: {name}"] = _send("200 OK", b"{}", headers)
    for levels in (1, 2, 3):
        plays[f"gzip bomb, {levels} levels"] = _send(
            "200 OK", bomb(levels), _lines(bomb_headers(levels))
        )
    return plays


_STATUSES = {
    "ok": "200 OK",
    "created": "201 Created",
    "no content with a body": "204 No Content",
    "redirect": "302 Found\r\nLocation: http://127.0.0.1:1/",
    "bad request": "400 Bad Request",
    "unauthorized": "401 Unauthorized",
    "not found": "404 Not Found",
    "too many": "429 Too Many Requests\r\nRetry-After: 99999999999999999999",
    "server error": "500 Internal Server Error",
    "a status that does not exist": "799 Whatever",
}

_HEADERS = {
    "a wrong length, too long": b"Content-Length: 100\r\n",
    "a wrong length, too short": b"Content-Length: 1\r\n",
    "a negative length": b"Content-Length: -5\r\n",
    "a length that is no number": b"Content-Length: many\r\n",
    "two lengths": b"Content-Length: 2\r\nContent-Length: 9\r\n",
    "an unknown packing": b"Content-Encoding: rot13\r\n",
    "a packing that is not there": b"Content-Encoding: gzip\r\n",
    "brotli": b"Content-Encoding: br\r\n",
    "an unknown transfer": b"Transfer-Encoding: carrier-pigeon\r\n",
    "a date of the year 9999": b"Date: Fri, 31 Dec 9999 23:59:59 GMT\r\n",
    "a date that is none": b"Date: soon\r\n",
    "an age without end": b"Age: 99999999999999999999\r\n",
    "a retry in the past": b"Retry-After: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
    "a rate limit that is no number": b"X-RateLimit-Reset: never\r\n",
    "a charset that does not exist": b"Content-Type: text/html; charset=klingon\r\n",
    "a cookie of 60 kB": b"Set-Cookie: a=" + b"x" * 60_000 + b"\r\n",
    "bytes above 127": b"X-Name: \xff\xfe\x80\r\n",
    "ninety headers": b"".join(b"X-%d: 1\r\n" % n for n in range(90)),
    "two thousand headers": b"".join(b"X-%d: 1\r\n" % n for n in range(2000)),
    "a header of a megabyte": b"X-Long: " + b"x" * 2**20 + b"\r\n",
}


@cache
def _bodies() -> dict[str, bytes]:
    deep = 100_000
    return {
        "nothing": b"",
        "html": b"<html><script>alert(1)</script></html>",
        "null": b"null",
        "a list": b"[]",
        "a list of nulls": b"[null, null]",
        "a number": b"17",
        "a text": b'"outage"',
        "an empty object": b"{}",
        "nested lists": b"[" * deep + b"]" * deep,
        "nested objects": b'{"data":' * deep + b"1" + b"}" * deep,
        "a number of 100,000 digits": b'{"data": ' + b"9" * deep + b"}",
        "not a number": b'{"data": [NaN, Infinity, -Infinity], "id": NaN}',
        "a number beyond floats": b'{"data": [[{"values": [1e999, -1e999]}]]}',
        "half an object": b'{"data": [[{"entityCode": "KZ"',
        "bytes that are no text": b"\xff\xfe\x00\x80{}",
        "UTF-16": '{"data": []}'.encode("utf-16"),
        "a byte order mark": b"\xef\xbb\xbf{}",
        "a lone surrogate": b'{"error": "\\ud800", "id": "\\udfff"}',
        "control characters": b'{"error": "\\u0000\\u001b[2J\\u202e\\r\\nX: 1"}',
        "wrong types": json.dumps(
            {"data": {"a": 1}, "error": [1], "id": {}, "url": 5, "event_id": []}
        ).encode(),
        "fields of other servers": json.dumps(
            {"id": "<b>", "uri": "javascript:alert(1)", "url": "file:///etc/passwd"}
        ).encode(),
        "a text of ten megabytes": b'{"error": "' + b"x" * 10_000_000 + b'"}',
        "a million values": b'{"data": [' + b"0," * 1_000_000 + b"0]}",
    }


def _broken_http() -> Iterator[tuple[str, Play]]:
    """Yield answers that break HTTP itself, or that never end."""
    start = b"HTTP/1.1 200 OK\r\n"
    for name, data in {
        "nothing, then the end": b"",
        "half a status line": b"HTTP/1.1 2",
        "another protocol": b"220 mail.example ESMTP\r\n",
        "HTTP 0.9": b"{}",
        "HTTP 9.9": b"HTTP/9.9 200 OK\r\n\r\n{}",
        "a status that is no number": b"HTTP/1.1 OK 200\r\n\r\n{}",
        "a status of 20 digits": b"HTTP/1.1 " + b"2" * 20 + b" OK\r\n\r\n{}",
        "headers without an end": start + b"X-A: 1\r\n",
        "a header without a name": start + b": value\r\n\r\n{}",
        "a header with a line break": start + b"X-A: 1\n2\r\n\r\n{}",
        "a thousand informational answers": b"HTTP/1.1 100 Continue\r\n\r\n" * 1000
        + start
        + b"Content-Length: 2\r\n\r\n{}",
        "chunks of a wrong size": start
        + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{}\r\n0\r\n\r\n",
        "a chunk size that is no number": start
        + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
        "a chunk of 16 exabytes": start
        + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
        "chunks without an end": start
        + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        "half of a packed body": start
        + b"Content-Encoding: gzip\r\n\r\n"
        + gzip.compress(b"{}" * 99, mtime=0)[:20],
        "a body packed by zlib": start
        + b"Content-Encoding: gzip\r\n\r\n"
        + zlib.compress(b"{}"),
    }.items():
        yield name, _raw(data)
    yield "a status line that drips", _drip(b"", b"H")
    yield "headers that drip", _drip(start, b"X-More: 1\r\n")
    yield "a header line that drips", _drip(start + b"X-Long: ", b"x")
    yield "a body that drips", _drip(start + b"\r\n", b"x")
    yield (
        "chunks that drip",
        _drip(start + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    )
    yield "informational answers that drip", _drip(b"", b"HTTP/1.1 102 Wait\r\n\r\n")
    yield "a body without end", _flood(start + b"\r\n", b"x" * 65536)
    yield "headers without end", _flood(start, b"X-More: 1\r\n" * 999)
    yield (
        "chunks without end",
        _flood(
            start + b"Transfer-Encoding: chunked\r\n\r\n",
            b"ffff\r\n" + b"0" * 65535 + b"\r\n",
        ),
    )
    yield "silence", _drip(b"", b"")


def _lines(headers: dict[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()


def _send(status: str, body: bytes, headers: bytes = b"") -> Play:
    length = (
        b"" if b"Content-Length" in headers else b"Content-Length: %d\r\n" % len(body)
    )
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\n".encode()
    return _raw(head + headers + length + b"\r\n" + body)


def _raw(data: bytes) -> Play:
    return lambda connection: connection.sendall(data)


def _drip(first: bytes, again: bytes) -> Play:
    """Send `first`, then `again` ten times a second, until the client hangs up."""

    def play(connection: socket.socket) -> None:
        connection.sendall(first)
        connection.settimeout(0.1)
        while True:
            connection.sendall(again)
            with suppress(TimeoutError):
                if not connection.recv(65536):
                    return

    return play


def _flood(first: bytes, again: bytes) -> Play:
    """Send `first`, then `again` as fast as the client reads, until it hangs up."""

    def play(connection: socket.socket) -> None:
        connection.sendall(first)
        while True:
            connection.sendall(again)

    return play


class HostileServer:
    """A server that plays one answer to every request, whatever it asks."""

    def __init__(self, play: Play) -> None:
        self._play = play
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base_url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._connections: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        """Stop listening, and end all conversations."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._connections.append(connection)
                threading.Thread(
                    target=self._answer, args=(connection,), daemon=True
                ).start()

    def _answer(self, connection: socket.socket) -> None:
        # The client may hang up at any moment.
        with suppress(OSError), connection:
            if connection.recv(65536):
                self._play(connection)
