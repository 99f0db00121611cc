"""Serves the files of the site's folder, and nothing else."""

import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from bot.server.file_answers import Answer, CompressedFiles, ServedFile
from bot.site.static_files import is_public_name

_INDEXES = ("index.html", "index.json")
_NOT_FOUND = "404.html"


class SiteFiles:
    """An ASGI application that serves a folder, which may change at any time.

    Not served are: what is outside the folder, also by symbolic links; files and folders
    whose names begin with a full stop; files that are being written.
    """

    def __init__(self, root: Path) -> None:
        """Serve the folder `root`; it may be missing, and come later."""
        self._given_root = root
        self._compressed = CompressedFiles()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] not in {"GET", "HEAD"}:
            allowed = {"Allow": "GET, HEAD"}
            answer: Answer = PlainTextResponse("Method Not Allowed", 405, allowed)
        else:
            answer = await run_in_threadpool(
                self._answer, scope["path"], Headers(scope=scope)
            )
        await answer(scope, receive, send)

    def _answer(self, path: str, headers: Mapping[str, str]) -> Answer:
        try:
            return self._existing(path, headers) or self._not_found()
        # The system refuses names that are too long, and files of other users.
        except OSError:
            return self._not_found()

    def _existing(self, path: str, headers: Mapping[str, str]) -> Answer | None:
        """Return the answer for a path; None if nothing is served there."""
        names = path.removeprefix("/").split("/")
        is_folder = names[-1] == ""
        names = names[:-1] if is_folder else names
        place = self._locate(names)
        if place is None or (is_folder and not place.is_dir()):
            return None
        if not place.is_dir():
            return self._file(place, headers)
        if not is_folder:
            # No name is empty, so this address cannot lead to another host.
            location = f"/{'/'.join(quote(name) for name in names)}/"
            return Response(status_code=308, headers={"Location": location})
        pages = (self._file(place / name, headers) for name in _INDEXES)
        return next((page for page in pages if page is not None), None)

    def _file(self, place: Path, headers: Mapping[str, str]) -> Answer | None:
        file = self._open(place)
        return None if file is None else file.answer(headers, self._compressed)

    def _not_found(self) -> Answer:
        page = self._open(self._root / _NOT_FOUND)
        return page.whole(404) if page else PlainTextResponse("Not Found", 404)

    @property
    def _root(self) -> Path:
        return Path(os.path.realpath(self._given_root))

    def _locate(self, names: Sequence[str]) -> Path | None:
        """Return the real path of what may be served under these names; else None."""
        if not all(map(_is_served, names)):
            return None
        root = self._root
        place = Path(os.path.realpath(root.joinpath(*names)))
        if not place.is_relative_to(root):
            return None
        return place if all(map(_is_served, place.relative_to(root).parts)) else None

    def _open(self, place: Path) -> ServedFile | None:
        """Open a file, which is not a symbolic link; None if there is none."""
        file = _open_regular(place)
        if file is None:
            return None
        return ServedFile(file, PurePosixPath(os.path.relpath(place, self._root)))


def _open_regular(place: Path) -> BinaryIO | None:
    # A pipe would be waited for without end.
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        file = os.fdopen(os.open(place, flags), "rb")
    except OSError:
        return None
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    return None


def _is_served(name: str) -> bool:
    """Return whether files and folders of this name may be served.

    The names "", "." and ".." are not names of files.
    """
    return is_public_name(name) and name.isprintable() and "\\" not in name
