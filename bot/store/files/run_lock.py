"""The lock that lets only one `outagewire run` at a time use a store (P10)."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot.errors import StoreError

_LONGEST_NOTE = 200


@contextmanager
def only_run(store: Path, now: datetime) -> Iterator[None]:
    """Hold the lock of a store for the duration of a `with` block.

    Two runs on one store would post everything twice. The operating system releases the
    lock when the process ends, also after a crash.

    Args:
        store: the path of the store.
        now: when this run began, in UTC; a second run quotes this time in its error
            message.

    Raises:
        StoreError: another run holds the lock, or the lock file cannot be written.
    """
    path = lock_path(store)
    with _opened(path) as file:
        _lock(file, path)
        os.truncate(file, 0)
        os.pwrite(
            file, f"process {os.getpid()}, since {now:%Y-%m-%d %H:%M} UTC".encode(), 0
        )
        yield


def lock_path(store: Path) -> Path:
    """Return the path of the lock file, which stays beside the store after a run."""
    # A symbolic link to a store is another name of the same store.
    target = store.resolve()
    return target.with_name(f"{target.name}.lock")


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(
            f"the lock {path} of the store cannot be made: {error.strerror};"
            " choose a store in a folder that can be written"
        ) from error
    try:
        yield file
    finally:
        os.close(file)


def _lock(file: int, path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.pread(file, _LONGEST_NOTE, 0).decode(errors="replace")
        raise StoreError(
            f"another run uses this store already ({holder or 'unknown process'});"
            f" stop it first, or choose another store (lock: {path})"
        ) from error
