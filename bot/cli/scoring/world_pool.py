"""Checks generated worlds in several processes, and yields their scores in order."""

import signal
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import active_children, get_context

from bot.cli.stopping import interrupt
from bot.evaluation.sentences.oracle import SentenceScore

_WAIT_S = 1.0


def check_in_order(
    check: Callable[[int], SentenceScore], seeds: range, workers: int
) -> Generator[SentenceScore | None, None, None]:
    """Yield the score of each world, in order, and None after each second of waiting.

    With one worker, this process checks the worlds and never yields None. With more
    workers, other processes check the worlds. When the iterator is closed, these
    processes are killed, and the worlds that they were checking have no score.

    Args:
        check: a function that can be pickled; it returns the score of one world.
        seeds: the numbers of the worlds.
        workers: the number of processes, at least 1.
    """
    workers = min(workers, len(seeds))
    if workers <= 1:
        yield from map(check, seeds)
        return
    # The processes are not forked: a forked process could inherit a lock that another
    # thread holds.
    pool = ProcessPoolExecutor(workers, get_context("spawn"))
    try:
        with _interrupts_ignored():
            futures = [pool.submit(check, seed) for seed in seeds]
        for future in futures:
            yield from _waiting(future)
            yield future.result()
    # This also runs if the iterator is closed. A command that is stopped must not wait
    # until the running checks end.
    except BaseException:
        for process in active_children():
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _waiting(future: Future[SentenceScore]) -> Iterator[None]:
    """Yield None after each second until `future` has a score."""
    while not wait([future], timeout=_WAIT_S).done:
        yield None


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Ignore Ctrl-C in this process during the `with` block.

    Processes that are started in the block ignore Ctrl-C until they end. A terminal
    sends Ctrl-C to all processes, but only the main process may decide when to stop.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def terminations_as_interrupts() -> Iterator[None]:
    """Raise KeyboardInterrupt at SIGTERM and at SIGINT (Ctrl-C) in the `with` block.

    Python raises it only at SIGINT, and not if a shell started the command in the
    background. The exception lets the command end its worker processes.

    Raises:
        KeyboardInterrupt: a SIGTERM or a Ctrl-C has arrived.
    """
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(n, interrupt) for n in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)
