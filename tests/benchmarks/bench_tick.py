"""The time of a first start, a start with history, and whole ticks, without a network."""

import statistics
import time
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.clock import StillClock
from tests.benchmarks.world import NOW, build_application

TICKS = 7
POLL = timedelta(minutes=5)


def run() -> list[tuple[str, str]]:
    """Run the benchmark; return rows of what was measured, and the result."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        first = _timed(lambda: _first_start(folder))
        clock = StillClock(NOW)
        start_time = time.perf_counter()
        application = build_application(folder, clock)
        application.runner.open()
        application.runner.tick()
        start = time.perf_counter() - start_time
        ticks = []
        for _ in range(TICKS):
            clock.sleep(POLL)
            ticks.append(_timed(application.runner.tick))
        application.store.close()
    median, slowest = statistics.median(ticks), max(ticks)
    return [
        ("first start: 28 days, 249 countries x 4 signals", f"{first:.1f} s"),
        ("start with that history, and its first tick", f"{start:.2f} s"),
        (f"whole tick, median of {TICKS} (slowest)", f"{median:.2f} s ({slowest:.2f})"),
    ]


def _first_start(folder: Path) -> None:
    """Backfill and assess four weeks of generated answers."""
    application = build_application(folder, StillClock(NOW))
    application.runner.open()
    application.runner.tick()
    application.store.close()


def _timed(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
