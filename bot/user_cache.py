"""Caches in the user's cache folder: the compiled kernel, and fonts of charts.

Each version of the cached content has its own folder. The folder is named after a
digest of everything that its files depend on. Each file has a checksum, so that a file
that is incomplete after a power cut is not used. A file that another user could have
written is never read, because loading it can run code.
"""

import contextlib
import hashlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

MAX_UNUSED_DAYS = 30
"""A folder that was not used for this many days is removed."""
MAX_FOLDERS = 8
"""At most this many folders of a kind are kept, including the current folder."""
_CHECKSUM_BYTES = 32
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_DAY_S = 86_400
_STALE_PART_S = 3_600

ReportProblem = Callable[[str], None]
"""A function that takes the description of a problem, in whole sentences."""


def user_folder() -> Path:
    """Return the folder of all caches; it may not exist yet."""
    return user_cache_path("outagewire")


@dataclass(frozen=True, slots=True)
class CacheKind:
    """A kind of cache: what it holds, and how its content is made.

    Attributes:
        name: the first part of the names of the cache's folders.
        subject: what the cache holds, as the beginning of a sentence.
        creation_clause: how the content is made, as a clause such as "the kernel is
            compiled".
    """

    name: str
    subject: str
    creation_clause: str

    @property
    def magic(self) -> bytes:
        """The bytes that each file begins with."""
        return f"outagewire {self.name} 1\n".encode()

    @property
    def repeat_notice(self) -> str:
        """The sentence that says: this is not used, and its content is made again."""
        return f"It is not used, and {self.creation_clause} again."


class UserCache:
    """The files of one version of a cache. Problems are reported, not raised."""

    def __init__(
        self, caches_folder: Path, kind: CacheKind, digest: str, report: ReportProblem
    ) -> None:
        """Use the folder `caches_folder`/`kind`-`digest`; create it only when it is needed.

        Args:
            caches_folder: the folder of all caches.
            kind: what is cached.
            digest: 16 hexadecimal digits that identify everything the files depend on.
            report: is called with the description of each problem.
        """
        self._home = caches_folder
        self._kind = kind
        self._folder = caches_folder / f"{kind.name}-{digest}"
        self._report = report
        self._usable: bool | None = None
        self._cleaned = False

    def load(self, name: str, signature: str) -> bytes | None:
        """Return the content saved under a name and a signature; None if there is none.

        A damaged file is reported and removed, and the result is None.
        """
        path = self._path(name, signature)
        data = self._read(path) if self._is_usable() else None
        if data is None:
            return None
        content = data[len(self._kind.magic) + _CHECKSUM_BYTES :]
        if data != self._file_bytes(signature, content):
            self._discard(path, "is damaged")
            return None
        return content

    def save(self, name: str, signature: str, content: bytes) -> None:
        """Save content under a name and a signature."""
        if not self._is_usable():
            return
        path = self._path(name, signature)
        try:
            _replace(path, self._file_bytes(signature, content))
            self._clean()
        except OSError as error:
            self._report(
                f"{self._kind.subject} cannot be saved in {self._folder}"
                f" ({_reason(error)}), so {self._kind.creation_clause} at every start. Free some"
                " space, or make the folder writable."
            )

    def lock_path(self) -> Path | None:
        """Return the path of the lock file; None if the cache folder cannot be used."""
        return self._folder / "lock" if self._is_usable() else None

    def discard(self, name: str, signature: str) -> None:
        """Remove the file for `name` and `signature`, because its content is damaged."""
        self._discard(self._path(name, signature), "is damaged")

    def _read(self, path: Path) -> bytes | None:
        """Return the bytes of a file; None if it is absent, unreadable or not safe."""
        try:
            if not _only_we_can_write(path.lstat()):
                self._discard(path, "could have been written by another user")
                return None
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._report(
                f"{path} cannot be read ({_reason(error)}). {self._kind.repeat_notice}"
            )
            return None

    def _discard(self, path: Path, problem: str) -> None:
        self._report(f"{path} {problem}. {self._kind.repeat_notice}")
        try:
            path.unlink(missing_ok=True)
        except OSError:
            # The file cannot be removed. That does no harm, because it is not used.
            return

    def _path(self, name: str, signature: str) -> Path:
        return self._folder / f"{name}-{_hash(signature)[:16]}.cache"

    def _is_usable(self) -> bool:
        if self._usable is None:
            self._usable = self._prepare()
        return self._usable

    def _prepare(self) -> bool:
        """Create the folder; return False if it cannot be created or made safe."""
        try:
            for folder in (self._home, self._folder):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not self._is_safe(folder):
                    return False
            # The new modification time marks the folder as used: `_clean` removes the
            # folders with the oldest modification times.
            os.utime(self._folder)
        except OSError as error:
            self._report(
                f"{self._kind.subject} cannot be cached in {self._folder}"
                f" ({_reason(error)}), so {self._kind.creation_clause} at every start. Make the"
                " folder writable."
            )
            return False
        return True

    def _is_safe(self, folder: Path) -> bool:
        """Return whether only this user can write to `folder`.

        If others can write to a folder of this user, the folder is made safe, and the
        caches of this kind are removed.
        """
        status = folder.lstat()
        if stat.S_ISDIR(status.st_mode) and _only_we_can_write(status):
            return True
        if not stat.S_ISDIR(status.st_mode) or not _is_ours(status):
            self._report(
                f"{folder} is not a folder of this user alone, so it is not used, and"
                f" {self._kind.creation_clause} at every start. Remove it."
            )
            return False
        self._report(
            f"{folder} was writable by other users. {self._kind.repeat_notice}"
        )
        folder.chmod(0o700)
        for cached in self._folders():
            shutil.rmtree(cached)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        return True

    def _clean(self) -> None:
        """Remove surplus and long unused folders, and files of interrupted writes."""
        if self._cleaned:
            return
        self._cleaned = True
        now = time.time()  # noqa: TID251 - compared with the times of files
        others = [f for f in self._folders() if f != self._folder]
        by_last_use = sorted(((f.lstat().st_mtime, f) for f in others), reverse=True)
        for place, (last_used, folder) in enumerate(by_last_use, 1):
            if place >= MAX_FOLDERS or now - last_used > MAX_UNUSED_DAYS * _DAY_S:
                shutil.rmtree(folder, ignore_errors=True)
        for path in self._folder.glob("*.part"):
            # Another process may have renamed the file in the meantime.
            with contextlib.suppress(FileNotFoundError):
                if now - path.lstat().st_mtime > _STALE_PART_S:
                    path.unlink()

    def _folders(self) -> list[Path]:
        """Return the folders of this kind of cache, of all its versions."""
        pattern = re.compile(f"{self._kind.name}-[0-9a-f]{{16}}")
        return [path for path in self._home.iterdir() if pattern.fullmatch(path.name)]

    def _file_bytes(self, signature: str, content: bytes) -> bytes:
        """Return the bytes of a file: magic, checksum, content."""
        checksum = hashlib.sha256(signature.encode() + b"\n" + content).digest()
        return self._kind.magic + checksum + content


def _replace(path: Path, data: bytes) -> None:
    """Write a file atomically: other processes never see a part of it."""
    handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _is_ours(status: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _only_we_can_write(status: os.stat_result) -> bool:
    """Return whether this user owns a file, and no other user can write to it.

    The result is False for symbolic links.
    """
    if not hasattr(os, "geteuid"):
        # On Windows, file modes do not tell who can write, so nothing is checked.
        return True
    others = status.st_mode & _WRITABLE_BY_OTHERS
    return _is_ours(status) and not others and not stat.S_ISLNK(status.st_mode)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
