"""Writes files that are complete on the disk before they get their names."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

UNFINISHED = ".part"
"""The end of the name of a file that is being written."""
_SYNCED_LATER = ContextVar("_SYNCED_LATER", default=False)


@contextmanager
def synced_at_end() -> Iterator[None]:
    """Let `replace_file` not wait for the disk in this block; its end waits once for all.

    After a power failure within the block, its files may be lost or empty. So the caller
    must be able to write all of them again.
    """
    token = _SYNCED_LATER.set(True)
    try:
        yield
    finally:
        _SYNCED_LATER.reset(token)
        os.sync()


def replace_file(path: Path, data: bytes, mode: int, *, sync: bool = True) -> None:
    """Write a file atomically: after a power failure, it is the old or the new file.

    Args:
        path: the file, whose folder exists.
        data: its new content.
        mode: its permissions, such as 0o644; they do not depend on the umask.
        sync: whether to wait until the file is on the disk; see also `synced_at_end`. If
            not, the file may be lost or empty after a power failure.

    Raises:
        OSError: the file cannot be written; the old file is as it was.
    """
    # A rename is atomic only within one file system, so the new file is made in the same
    # folder. Its name is always the same: what a crash leaves there is replaced by the
    # next attempt, and does not fill the folder in the course of years.
    part = unfinished_file(path)
    sync = sync and not _SYNCED_LATER.get()
    with os.fdopen(_reserve(part), "wb") as stream:
        try:
            stream.write(data)
            stream.flush()
            os.fchmod(stream.fileno(), mode)
            # Without this, a file system may write the new name to the disk before the
            # data, and the file would be empty after a power failure.
            if sync:
                os.fsync(stream.fileno())
            part.replace(path)
        # After a full disk or a stop, no part of a file may stay.
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    if sync:
        sync_folder(path.parent)


def _reserve(part: Path) -> int:
    """Create and lock the file `part`; return its descriptor.

    Another thread or process may write the same file, such as two channels with one folder
    of pictures. Without the lock, one of them would give the final name to the half of a
    file that the other has written.
    """
    while True:
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            remove_unfinished(part)
            continue
        _lock(descriptor)
        if _has_name(descriptor, part):
            return descriptor
        os.close(descriptor)


def remove_unfinished(part: Path) -> None:
    """Remove what a crash left of a file; wait for a writer that is still at work.

    Raises:
        OSError: the file cannot be removed.
    """
    try:
        descriptor = os.open(part, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return
    # A link, or a file that this user must not read: this program did not write it.
    except OSError:
        part.unlink(missing_ok=True)
        return
    try:
        _lock(descriptor)
        if _has_name(descriptor, part):
            part.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    # Some network file systems have no locks. Then the file is written without one.
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _has_name(descriptor: int, path: Path) -> bool:
    """Return whether `path` is still the name of an open file."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def unfinished_file(path: Path) -> Path:
    """Return the file that `replace_file` writes before it gets the name `path`."""
    return path.with_name(f"{path.name}{UNFINISHED}")


def sync_folder(folder: Path) -> None:
    """Wait until the names of the files in a folder are on the disk.

    If the file system cannot do this for a folder, the error is ignored.
    """
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
