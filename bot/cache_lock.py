"""A lock between processes: while one process fills a cache, the others wait."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

# Windows has no `fcntl`, so processes on Windows do not wait for each other.
if sys.platform != "win32":
    import fcntl

LONGEST_WAIT_S = 120.0
"""A process waits at most this many seconds, and then works without the lock."""
_PAUSE_S = 0.1


class CacheLock:
    """A lock on a file. The operating system releases it when the process ends."""

    def __init__(self) -> None:
        """Create the lock without acquiring it."""
        self._file: int | None = None

    def acquire(self, path: Path, on_wait: Callable[[float], None]) -> None:
        """Lock the file at `path`; return without the lock if locking is not possible.

        Args:
            path: the lock file.
            on_wait: is called several times a second with the seconds waited so far. An
                exception that it raises ends the wait and is passed on.
        """
        if sys.platform == "win32" or self._file is not None:
            return
        try:
            file = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        except OSError:
            return
        try:
            locked = _lock(file, on_wait)
        except BaseException:
            os.close(file)
            raise
        if locked:
            self._file = file
        else:
            os.close(file)

    def release(self) -> None:
        """Release the lock, if it is held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _lock(file: int, on_wait: Callable[[float], None]) -> bool:
    began = time.monotonic()
    while (waited := time.monotonic() - began) < LONGEST_WAIT_S:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait(waited)
            time.sleep(_PAUSE_S)  # noqa: TID251 - real processes wait in real time
        except OSError:
            # The file cannot be locked: some network file systems have no locks.
            return False
        else:
            return True
    return False
