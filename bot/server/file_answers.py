"""Answers with the content of a file: whole, in part, compressed, or not at all."""

import gzip
import os
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import PurePosixPath
from typing import BinaryIO

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.server.conditions import (
    accepts_gzip,
    is_not_modified,
    range_is_current,
    requested_range,
)
from bot.server.media_types import is_compressible, media_type
from bot.server.security import policy_of

_CHUNK_BYTES = 64 * 1024
_LEAST_COMPRESSED = 500
"""Smaller files are sent as they are: compression would not make them smaller."""
_MOST_COMPRESSED = 4 * 1024 * 1024
"""Larger files are sent as they are: to compress them would take long."""
_CACHE_BYTES = 16 * 1024 * 1024


class FileAnswer:
    """The answer with bytes of an open file, which is closed at the end."""

    def __init__(
        self, file: BinaryIO, part: range, headers: Mapping[str, str], status: int
    ) -> None:
        """Answer with the bytes in `part`."""
        self._file = file
        self._part = part
        length = {"Content-Length": str(len(part))}
        self._start = Response(status_code=status, headers={**headers, **length})

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Send the answer.

        Raises:
            OSError: the file cannot be read, or has become shorter.
        """
        with self._file as file:
            await send(
                {
                    "type": "http.response.start",
                    "status": self._start.status_code,
                    "headers": self._start.raw_headers,
                }
            )
            left = 0 if scope["method"] == "HEAD" else len(self._part)
            if left:
                await run_in_threadpool(file.seek, self._part.start)
            while left:
                chunk = await run_in_threadpool(file.read, min(_CHUNK_BYTES, left))
                if not chunk:
                    raise OSError("the file became shorter while it was sent")
                left -= len(chunk)
                body = {"type": "http.response.body", "body": chunk}
                await send({**body, "more_body": True})
            await send({"type": "http.response.body", "body": b""})


Answer = Response | FileAnswer


@dataclass(slots=True)
class CompressedFiles:
    """Compressed files in memory; those that were used last stay."""

    _files: OrderedDict[tuple[str, str], bytes] = field(default_factory=OrderedDict)
    _size: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, path: str, etag: str, file: BinaryIO) -> bytes:
        """Return the compressed content of `file`, which has the entity tag `etag`."""
        key = path, etag
        with self._lock:
            if key in self._files:
                self._files.move_to_end(key)
                return self._files[key]
        # The time in the header of gzip is left out: the same file gives the same bytes.
        content = gzip.compress(file.read(), compresslevel=6, mtime=0)
        with self._lock:
            if key not in self._files:
                self._files[key] = content
                self._size += len(content)
            while self._size > _CACHE_BYTES:
                _, oldest = self._files.popitem(last=False)
                self._size -= len(oldest)
        return content


class ServedFile:
    """An open file of the site, and what its answers have in common.

    All is taken from the open file: its name may be given to a new file meanwhile.
    """

    def __init__(self, file: BinaryIO, path: PurePosixPath) -> None:
        """Serve `file`, whose path within the site is `path`."""
        info = os.fstat(file.fileno())
        self._file = file
        self._path = path
        self._size = info.st_size
        self._modified = int(info.st_mtime)
        self._etag = f"{info.st_mtime_ns:x}-{info.st_size:x}-{info.st_ino:x}"
        self._type = media_type(path)
        self._may_compress = (
            is_compressible(self._type)
            and _LEAST_COMPRESSED <= info.st_size <= _MOST_COMPRESSED
        )

    def answer(self, headers: Mapping[str, str], compressed: CompressedFiles) -> Answer:
        """Return the answer to a request with these headers.

        Args:
            headers: the headers of the request, by their names in lower case.
            compressed: the cache of compressed files.
        """
        part = None
        if range_is_current(headers, self._tag(), self._modified):
            part = requested_range(headers.get("range"), self._size)
        takes_gzip = accepts_gzip(headers.get("accept-encoding"))
        is_compressed = self._may_compress and takes_gzip and part is None
        common = self._common(compress=is_compressed)
        if is_not_modified(headers, common["ETag"], self._modified):
            self._file.close()
            return Response(status_code=304, headers=common)
        if is_compressed:
            return self._compressed(common, compressed)
        return self.whole(200) if part is None else self._part(part)

    def whole(self, status: int) -> Answer:
        """Return the answer with the whole file as it is."""
        return FileAnswer(self._file, range(self._size), self._headers(), status)

    def _part(self, part: range) -> Answer:
        if not part:
            self._file.close()
            none = {"Content-Range": f"bytes */{self._size}"}
            return Response(status_code=416, headers=none)
        span = f"bytes {part.start}-{part.stop - 1}/{self._size}"
        headers = self._headers() | {"Content-Range": span}
        return FileAnswer(self._file, part, headers, 206)

    def _compressed(
        self, common: Mapping[str, str], compressed: CompressedFiles
    ) -> Answer:
        content = compressed.get(str(self._path), common["ETag"], self._file)
        self._file.close()
        headers = {**common, "Content-Type": self._type, "Content-Encoding": "gzip"}
        return Response(content, headers=headers)

    def _headers(self) -> dict[str, str]:
        own = {"Content-Type": self._type, "Accept-Ranges": "bytes"}
        return self._common(compress=False) | own

    def _common(self, *, compress: bool) -> dict[str, str]:
        return {
            "ETag": self._tag("-gzip" if compress else ""),
            "Last-Modified": formatdate(self._modified, usegmt=True),
            # A retraction must reach readers at once, so each use asks whether the file
            # changed (P11).
            "Cache-Control": "no-cache",
            **({"Vary": "Accept-Encoding"} if self._may_compress else {}),
            **policy_of(self._path),
        }

    def _tag(self, encoding: str = "") -> str:
        """Return the entity tag; each encoding has its own."""
        return f'"{self._etag}{encoding}"'
