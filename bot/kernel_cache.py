"""The cache of the compiled kernel, in the user's cache folder.

One folder for each kernel, named after all that the machine code depends on; one file
for each compiled function and signature. A file holds a checksum, so that one which was
torn by a power cut is found before it is used. What another user could have written is
never read, since reading it can run code.
"""

import contextlib
import hashlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from platformdirs import user_cache_path

KERNEL_FILES = (
    "detection/kernel/assessment.py",
    "detection/kernel/baselines.py",
    "detection/kernel/columns.py",
    "detection/kernel/context.py",
    "detection/kernel/drops.py",
    "detection/kernel/health.py",
    "detection/kernel/idle.py",
    "detection/kernel/inputs.py",
    "detection/kernel/levels.py",
    "detection/kernel/loop.py",
    "detection/kernel/prefilter.py",
    "detection/kernel/similar_days.py",
    "compilation.py",
)
"""The files that hold compiled functions, or the constants and records of them."""
KEPT_DAYS = 30
KEPT_KERNELS = 8
_PACKAGE = Path(__file__).parent
_FOLDER = re.compile(r"kernel-[0-9a-f]{16}")
_MAGIC = b"outagewire kernel 1\n"
_CHECKSUM_BYTES = 32
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_DAY_S = 86_400
_LEFT_OVER_S = 3_600

Report = Callable[[str], None]
"""Takes a problem, as a sentence in plain English."""


def user_folder() -> Path:
    """The folder under which all kernels are cached; it may not exist yet."""
    return user_cache_path("outagewire")


def digest(machine: Iterable[str], package: Path = _PACKAGE) -> str:
    """A name for machine code: of the kernel's sources, and of what compiles them.

    Args:
        machine: versions of the compiler and of Python, and the processor.
        package: where the sources are.
    """
    state = hashlib.sha256("\n".join(machine).encode())
    for name in KERNEL_FILES:
        state.update(name.encode())
        state.update((package / name).read_bytes())
    return state.hexdigest()[:16]


class KernelCache:
    """Machine code of one kernel in files; a problem is reported, and never raised."""

    def __init__(self, home: Path, digest: str, report: Report) -> None:
        """Use `home`/kernel-`digest`; touch nothing yet."""
        self._home = home
        self._folder = home / f"kernel-{digest}"
        self._report = report
        self._usable: bool | None = None
        self._cleaned = False

    def load(self, name: str, signature: str) -> bytes | None:
        """What was saved for a function and a signature; None where nothing was."""
        path = self._path(name, signature)
        data = self._read(path) if self._is_usable() else None
        if data is None:
            return None
        content = data[len(_MAGIC) + _CHECKSUM_BYTES :]
        if data != _sealed(signature, content):
            self._discard(path, "is damaged")
            return None
        return content

    def save(self, name: str, signature: str, content: bytes) -> None:
        """Keep what was compiled for a function and a signature."""
        if not self._is_usable():
            return
        path = self._path(name, signature)
        try:
            _replace(path, _sealed(signature, content))
            self._clean()
        except OSError as error:
            self._report(
                f"The compiled kernel cannot be saved in {self._folder}"
                f" ({_reason(error)}). It is compiled at every start; free some space,"
                " or make the folder writable."
            )

    def discard(self, name: str, signature: str) -> None:
        """Remove what was loaded for a function, and was of no use."""
        self._discard(self._path(name, signature), "is damaged")

    def _read(self, path: Path) -> bytes | None:
        """The bytes of a file; None where there is none that can be trusted."""
        try:
            if not _is_ours_alone(path.lstat()):
                self._discard(path, "could have been written by another user")
                return None
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._report(f"{path} cannot be read ({_reason(error)}). {_ANEW}")
            return None

    def _discard(self, path: Path, problem: str) -> None:
        self._report(f"{path} {problem}. {_ANEW}")
        try:
            path.unlink(missing_ok=True)
        except OSError:
            return  # it is left out all the same

    def _path(self, name: str, signature: str) -> Path:
        return self._folder / f"{name}-{_hash(signature)[:16]}.code"

    def _is_usable(self) -> bool:
        if self._usable is None:
            self._usable = self._prepare()
        return self._usable

    def _prepare(self) -> bool:
        """Make the folder; False where it cannot be had, or is not the user's alone."""
        try:
            for folder in (self._home, self._folder):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not self._is_safe(folder):
                    return False
            os.utime(self._folder)
        except OSError as error:
            self._report(
                f"The compiled kernel cannot be cached in {self._folder}"
                f" ({_reason(error)}). It is compiled at every start."
            )
            return False
        return True

    def _is_safe(self, folder: Path) -> bool:
        """Whether nobody else can put files there; ours is repaired where it is not."""
        status = folder.lstat()
        if stat.S_ISDIR(status.st_mode) and _is_ours_alone(status):
            return True
        if not stat.S_ISDIR(status.st_mode) or not _is_ours(status):
            self._report(
                f"{folder} is not a folder of this user alone, so the compiled kernel"
                " in it is not used. It is compiled at every start; remove the folder."
            )
            return False
        self._report(f"{folder} was writable by other users. {_ANEW}")
        folder.chmod(0o700)
        for kernel in _kernels(self._home):
            shutil.rmtree(kernel)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        return True

    def _clean(self) -> None:
        """Remove kernels that nobody has used for long, and files of broken writes."""
        if self._cleaned:
            return
        self._cleaned = True
        now = time.time()  # noqa: TID251 - compared with the times of files
        others = [(k.lstat().st_mtime, k) for k in _kernels(self._home)]
        others = sorted((p for p in others if p[1] != self._folder), reverse=True)
        for place, (used, kernel) in enumerate(others, 1):
            if place >= KEPT_KERNELS or now - used > KEPT_DAYS * _DAY_S:
                shutil.rmtree(kernel, ignore_errors=True)
        for path in self._folder.glob("*.part"):
            # Another process may have just put the file in place.
            with contextlib.suppress(FileNotFoundError):
                if now - path.lstat().st_mtime > _LEFT_OVER_S:
                    path.unlink()


_ANEW = "It is left out, and the kernel is compiled again."


def _replace(path: Path, data: bytes) -> None:
    """Write a file so that others see the whole of it, or nothing."""
    handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _sealed(signature: str, content: bytes) -> bytes:
    """The bytes of a file: what it is, its checksum, and the content."""
    checksum = hashlib.sha256(signature.encode() + b"\n" + content).digest()
    return _MAGIC + checksum + content


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _kernels(home: Path) -> list[Path]:
    """The folders of all kernels."""
    return [path for path in home.iterdir() if _FOLDER.fullmatch(path.name)]


def _is_ours(status: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _is_ours_alone(status: os.stat_result) -> bool:
    """Whether the owner is this user, and nobody else can write; links never are."""
    if not hasattr(os, "geteuid"):
        return True  # modes mean nothing there
    others = status.st_mode & _WRITABLE_BY_OTHERS
    return _is_ours(status) and not others and not stat.S_ISLNK(status.st_mode)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
