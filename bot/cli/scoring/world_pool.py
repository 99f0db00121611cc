"""Checks generated worlds in several processes; the scores come in the order of worlds."""

import signal
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import get_context

from bot.evaluation.sentences.oracle import SentenceScore

_WAIT_S = 1.0


def in_order(
    check: Callable[[int], SentenceScore], seeds: range, workers: int
) -> Generator[SentenceScore | None, None, None]:
    """Yield the score of each world, in order, and None after each second without one.

    With one worker, this process checks the worlds, and there is no None. Otherwise,
    closing the iterator stops the other processes after the worlds they have begun.

    Args:
        check: returns the score of one world; it must be possible to pickle it.
        seeds: the worlds.
        workers: the number of processes, at least 1.
    """
    workers = min(workers, len(seeds))
    if workers <= 1:
        yield from map(check, seeds)
        return
    # A forked process could inherit a lock that another thread holds.
    pool = ProcessPoolExecutor(workers, get_context("spawn"))
    try:
        with _interrupts_ignored():
            futures = [pool.submit(check, seed) for seed in seeds]
        for future in futures:
            yield from _waiting(future)
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _waiting(future: Future[SentenceScore]) -> Iterator[None]:
    """Yield None after each second, until a score is there."""
    while not wait([future], timeout=_WAIT_S).done:
        yield None


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Ignore Ctrl-C for a moment: processes started meanwhile ignore it all the time.

    A terminal sends Ctrl-C to every process, but only this one may decide when to stop.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def terminations_as_interrupts() -> Iterator[None]:
    """Treat SIGTERM as Ctrl-C, so that it ends the other processes as well.

    A shell that starts a command in the background has it ignore Ctrl-C; a SIGINT that
    is sent to this command stops it all the same.

    Raises:
        KeyboardInterrupt: a SIGTERM or a Ctrl-C has arrived.
    """
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(n, signal.default_int_handler) for n in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
