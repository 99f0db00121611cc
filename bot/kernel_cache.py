"""The cache of the compiled kernel, in the user's cache folder.

There is one folder for each kernel, named after a digest of everything that the machine
code depends on, and in it one file for each compiled function and signature. A file has a
checksum, so that one which a power cut left incomplete is detected before it is used. A
file that another user could have written is never read, because loading it can run code.
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
    "detection/kernel/baselines.py",
    "detection/kernel/columns.py",
    "detection/kernel/drops.py",
    "detection/kernel/health.py",
    "detection/kernel/idle.py",
    "detection/kernel/inputs.py",
    "detection/kernel/kernel.py",
    "detection/kernel/prefilter.py",
    "detection/kernel/similar_days.py",
    "compilation.py",
)
"""The source files of compiled functions, and of the constants and types they use."""
KEPT_DAYS = 30
"""A kernel that was not used for this many days is removed."""
KEPT_KERNELS = 8
"""At most this many kernels are kept, the current one included."""
_PACKAGE = Path(__file__).parent
_FOLDER = re.compile(r"kernel-[0-9a-f]{16}")
_MAGIC = b"outagewire kernel 1\n"
_CHECKSUM_BYTES = 32
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_DAY_S = 86_400
_STALE_PART_S = 3_600

Report = Callable[[str], None]
"""A function that takes the description of a problem, in whole sentences."""


def user_folder() -> Path:
    """Return the folder of all cached kernels; it may not exist yet."""
    return user_cache_path("outagewire")


def digest(machine: Iterable[str], package: Path = _PACKAGE) -> str:
    """Return 16 hexadecimal digits that identify the kernel's machine code.

    Args:
        machine: versions of the compiler and of Python, and the processor.
        package: the folder of the package with the sources.
    """
    state = hashlib.sha256("\n".join(machine).encode())
    for name in KERNEL_FILES:
        state.update(name.encode())
        state.update((package / name).read_bytes())
    return state.hexdigest()[:16]


class KernelCache:
    """The machine code of one kernel, in files. Problems are reported, never raised."""

    def __init__(self, home: Path, digest: str, report: Report) -> None:
        """Use the folder `home`/kernel-`digest`; it is not touched before it is needed."""
        self._home = home
        self._folder = home / f"kernel-{digest}"
        self._report = report
        self._usable: bool | None = None
        self._cleaned = False

    def load(self, name: str, signature: str) -> bytes | None:
        """Return what was saved for a function and a signature; None if nothing was."""
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
        """Save the machine code of a function and a signature."""
        if not self._is_usable():
            return
        path = self._path(name, signature)
        try:
            _replace(path, _sealed(signature, content))
            self._clean()
        except OSError as error:
            self._report(
                f"The compiled kernel cannot be saved in {self._folder}"
                f" ({_reason(error)}), so it is compiled at every start. Free some"
                " space, or make the folder writable."
            )

    def discard(self, name: str, signature: str) -> None:
        """Remove the file of a function and a signature, because its code is damaged."""
        self._discard(self._path(name, signature), "is damaged")

    def _read(self, path: Path) -> bytes | None:
        """Return the content of a file; None if it is absent, unreadable or not safe."""
        try:
            if not _is_ours_alone(path.lstat()):
                self._discard(path, "could have been written by another user")
                return None
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self._report(f"{path} cannot be read ({_reason(error)}). {_RECOMPILED}")
            return None

    def _discard(self, path: Path, problem: str) -> None:
        self._report(f"{path} {problem}. {_RECOMPILED}")
        try:
            path.unlink(missing_ok=True)
        except OSError:
            # A file that cannot be removed is not used either.
            return

    def _path(self, name: str, signature: str) -> Path:
        return self._folder / f"{name}-{_hash(signature)[:16]}.code"

    def _is_usable(self) -> bool:
        if self._usable is None:
            self._usable = self._prepare()
        return self._usable

    def _prepare(self) -> bool:
        """Create the folder; return False if that fails or others can write to it."""
        try:
            for folder in (self._home, self._folder):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                if not self._is_safe(folder):
                    return False
            # `_clean` removes the kernels with the oldest modification time.
            os.utime(self._folder)
        except OSError as error:
            self._report(
                f"The compiled kernel cannot be cached in {self._folder}"
                f" ({_reason(error)}), so it is compiled at every start. Make the folder"
                " writable."
            )
            return False
        return True

    def _is_safe(self, folder: Path) -> bool:
        """Return whether only this user can write to `folder`.

        A folder of this user that others can write to is emptied and made safe.
        """
        status = folder.lstat()
        if stat.S_ISDIR(status.st_mode) and _is_ours_alone(status):
            return True
        if not stat.S_ISDIR(status.st_mode) or not _is_ours(status):
            self._report(
                f"{folder} is not a folder of this user alone, so it is not used, and"
                " the kernel is compiled at every start. Remove it."
            )
            return False
        self._report(f"{folder} was writable by other users. {_RECOMPILED}")
        folder.chmod(0o700)
        for kernel in _kernels(self._home):
            shutil.rmtree(kernel)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        return True

    def _clean(self) -> None:
        """Remove kernels that were not used for long, and files of interrupted writes."""
        if self._cleaned:
            return
        self._cleaned = True
        now = time.time()  # noqa: TID251 - compared with the times of files
        others = [k for k in _kernels(self._home) if k != self._folder]
        by_last_use = sorted(((k.lstat().st_mtime, k) for k in others), reverse=True)
        for place, (last_used, kernel) in enumerate(by_last_use, 1):
            if place >= KEPT_KERNELS or now - last_used > KEPT_DAYS * _DAY_S:
                shutil.rmtree(kernel, ignore_errors=True)
        for path in self._folder.glob("*.part"):
            # Another process may have renamed the file in the meantime.
            with contextlib.suppress(FileNotFoundError):
                if now - path.lstat().st_mtime > _STALE_PART_S:
                    path.unlink()


_RECOMPILED = "It is not used, and the kernel is compiled again."


def _replace(path: Path, data: bytes) -> None:
    """Write a file atomically: other processes see all of it, or none."""
    handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _sealed(signature: str, content: bytes) -> bytes:
    """Return the content of a file: magic bytes, checksum, machine code."""
    checksum = hashlib.sha256(signature.encode() + b"\n" + content).digest()
    return _MAGIC + checksum + content


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _kernels(home: Path) -> list[Path]:
    """Return the folders of all kernels."""
    return [path for path in home.iterdir() if _FOLDER.fullmatch(path.name)]


def _is_ours(status: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or status.st_uid == os.geteuid()


def _is_ours_alone(status: os.stat_result) -> bool:
    """Return whether this user owns it and nobody else can write; False for links."""
    if not hasattr(os, "geteuid"):
        # Windows: file modes do not tell who can write.
        return True
    others = status.st_mode & _WRITABLE_BY_OTHERS
    return _is_ours(status) and not others and not stat.S_ISLNK(status.st_mode)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
