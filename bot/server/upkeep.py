"""Work that is repeated in a thread while the server runs."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog

INTERVAL = timedelta(hours=1)


@contextmanager
def repeating(
    work: Callable[[], None] | None, interval: timedelta = INTERVAL
) -> Iterator[None]:
    """Call `work` at once and then in each interval, within the `with` block.

    A failure is logged, and the work is tried again after the interval. With None nothing
    is done.
    """
    if work is None:
        yield
        return
    stopped = threading.Event()
    # The process does not wait for this thread: the work may wait for a mail server.
    thread = threading.Thread(
        target=_repeat, args=(work, interval, stopped), name="upkeep", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        stopped.set()


def _repeat(
    work: Callable[[], None], interval: timedelta, stopped: threading.Event
) -> None:
    while not stopped.is_set():
        error = _call(work)
        if error is not None:
            # The message may have an address of a reader (P16).
            log = structlog.get_logger("server")
            log.error("upkeep failed", error=type(error).__name__)
        stopped.wait(interval.total_seconds())


def _call(work: Callable[[], None]) -> Exception | None:
    """Call `work`; return the error that it raised, or None."""
    try:
        work()
    except Exception as error:  # noqa: BLE001 - after any error, the work is tried again
        return error
    return None
