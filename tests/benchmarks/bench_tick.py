"""A first start, a start with history, and a whole tick, from answers to decisions."""

import statistics
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.clock import StillClock
from tests.benchmarks.world import NOW, house

TICKS = 7
POLL = timedelta(minutes=5)


def run() -> list[tuple[str, str]]:
    """(what, how much) a row."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        first = _timed(lambda: _first_start(folder))
        clock = StillClock(NOW)
        began = time.perf_counter()
        again = house(folder, clock)
        again.newsroom.open()
        again.newsroom.tick()
        start = time.perf_counter() - began
        ticks = []
        for _ in range(TICKS):
            clock.sleep(POLL)
            ticks.append(_timed(again.newsroom.tick))
        again.store.close()
    middle, slowest = statistics.median(ticks), max(ticks)
    return [
        ("first start: 28 days, 249 countries x 4 signals", f"{first:.1f} s"),
        ("start with that history, and its first tick", f"{start:.2f} s"),
        (f"whole tick, median of {TICKS} (slowest)", f"{middle:.2f} s ({slowest:.2f})"),
    ]


def _first_start(folder: Path) -> None:
    """Back-fill and judge four weeks; answers are made up on the spot."""
    begun = house(folder, StillClock(NOW))
    begun.newsroom.open()
    begun.newsroom.tick()
    begun.store.close()


def _timed(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
