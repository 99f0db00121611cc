"""An HTTP client whose answers are limited in time and size (P19).

httpx limits only the time between two bytes, and decompresses a body of any size. So a
hostile or broken server could stop a thread for hours, or use up the memory.
"""

import socket
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx

from bot.http.deadline import Deadline

_CONNECTED = ("connection.connect_tcp.complete", "connection.start_tls.complete")
_AUTO_GZIP = 47
"""The `wbits` with which zlib decompresses gzip and zlib data."""
_FRAMING = (b"content-encoding", b"content-length", b"transfer-encoding")


class AnswerTooLarge(httpx.TransportError):
    """The body of an answer has too many bytes, as sent or after decompression."""


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """The limits of one request and its answer.

    Attributes:
        timeout: the longest time to connect, and the longest time for each read and
            write.
        total_time: the longest time for the request with its answer; None stands for four
            times `timeout`.
        max_bytes: the largest body, in bytes after decompression.
    """

    timeout: timedelta
    total_time: timedelta | None = None
    max_bytes: int = 8 * 2**20

    @property
    def total_s(self) -> float:
        """The longest time for the request with its answer, in seconds."""
        return (self.total_time or 4 * self.timeout).total_seconds()


class LimitedClient(httpx.Client):
    """Reads each answer completely; raises an error if the answer exceeds the limits.

    An answer may be compressed with gzip, but only once.
    """

    def __init__(self, answer_limits: AnswerLimits, **options: Any) -> None:  # noqa: ANN401 - httpx's own keywords
        """Create a client; `options` are those of `httpx.Client`, without `timeout`."""
        timeout_s = answer_limits.timeout.total_seconds()
        super().__init__(timeout=timeout_s, **options)
        self.headers["Accept-Encoding"] = "gzip"
        self._answer_limits = answer_limits
        # The sockets of all open connections: a request may use one that an earlier
        # request opened.
        self._open: list[socket.socket] = []

    def send(self, request: httpx.Request, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own keywords
        """Send a request and read the whole answer, even if `options` ask for a stream.

        Raises:
            httpx.ReadTimeout: the answer was not complete in time. AnswerTooLarge: the
            body has too many bytes. httpx.DecodingError: the body is compressed twice,
            or not with gzip. httpx.HTTPError: as for `httpx.Client.send`.
        """
        options["stream"] = True
        with self._limited_time(request):
            response = super().send(request, **options)
            try:
                body = self._decompressed(response)
            finally:
                response.close()
        # The headers stay bytes, because servers may send names and values that are not
        # ASCII.
        headers = [(k, v) for k, v in response.headers.raw if k.lower() not in _FRAMING]
        return httpx.Response(
            response.status_code, headers=headers, content=body, request=request
        )

    @contextmanager
    def _limited_time(self, request: httpx.Request) -> Iterator[None]:
        total = self._answer_limits.total_s
        with Deadline(total) as deadline:

            def remember(event: str, info: dict[str, Any]) -> None:
                if event in _CONNECTED:
                    stream = info["return_value"]
                    self._open.append(stream.get_extra_info("socket"))
                    deadline.limit_connections(self._open[-1])

            self._open = [s for s in self._open if s.fileno() != -1]
            deadline.limit_connections(*self._open)
            request.extensions = {**request.extensions, "trace": remember}
            try:
                yield
            except httpx.TransportError:
                if not deadline.has_passed:
                    raise
            # Even without an error, the body may be cut off. If the server states no
            # length, a body seems complete when the deadline shuts down its connection.
            else:
                if not deadline.has_passed:
                    return
        raise httpx.ReadTimeout(
            f"no complete answer within {total:g} s", request=request
        )

    def _decompressed(self, response: httpx.Response) -> bytes:
        """Return the body, decompressed if it is compressed with gzip."""
        # Some transports read the body themselves, for example those of tests.
        if response.is_stream_consumed:
            return self._joined(iter((response.content,)))
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding in {"", "identity"}:
            return self._joined(response.iter_raw())
        if encoding not in {"gzip", "x-gzip"}:
            raise httpx.DecodingError(f"the body is compressed with {encoding[:40]!r}")
        return self._joined(self._gunzip(response.iter_raw()))

    def _joined(self, parts: Iterator[bytes]) -> bytes:
        body = bytearray()
        for part in parts:
            body += part
            if len(body) > self._answer_limits.max_bytes:
                raise AnswerTooLarge("the body is too large")
        return bytes(body)

    def _gunzip(self, parts: Iterator[bytes]) -> Iterator[bytes]:
        """Yield the decompressed parts, none larger than the limit plus one byte."""
        decompressor, started = zlib.decompressobj(wbits=_AUTO_GZIP), False
        most = self._answer_limits.max_bytes + 1
        try:
            for part in parts:
                started = True
                yield decompressor.decompress(part, most)
                # If data is left over, the body is larger than the limit.
                if decompressor.unconsumed_tail:
                    raise AnswerTooLarge("the decompressed body is too large")
            yield decompressor.flush()
            # Even an answer without a body may have the header `Content-Encoding`. It
            # is accepted.
            if started and not decompressor.eof:
                raise httpx.DecodingError("the compressed body is not complete")
        except zlib.error as error:
            raise httpx.DecodingError(str(error)) from None
