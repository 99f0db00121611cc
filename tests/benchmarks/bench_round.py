"""The time to assess one bin of all series, with and without storing the result."""

import statistics
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

import numpy as np

from bot.cli import kernel
from bot.detection.series_states import encode
from bot.model.entity import Entity, EntityKind
from bot.model.signal import Family, Signal
from bot.model.watchlist import group_into_places
from bot.store.sql_store import open_store
from bot.tick.assessment import Assessor
from bot.tick.history import History
from bot.tick.rules import AssessmentRules

SERIES = 5_000
NOW = datetime(2026, 2, 2, 12, tzinfo=UTC)
KEEP = timedelta(days=28)
STEP = timedelta(minutes=5)
ROUNDS = 15
FAMILIES = (
    Family.CONTROL_PLANE,
    Family.ACTIVE_PROBING,
    Family.TRAFFIC,
    Family.TELESCOPE,
)


def run() -> list[tuple[str, str]]:
    """Run the benchmark; return rows of what was measured, and the result."""
    # Peak memory is measured first, because a new process starts with the peak memory
    # of its parent.
    name = f"peak memory of a process that assesses and stores {SERIES:,} series"
    rows = [(name, f"{_peak_mb():.0f} MB")]
    for series in (SERIES, 10 * SERIES):
        assess_seconds, store_seconds = _rounds(series)
        rows.append(
            (
                f"assess one bin, {series:,} series x 28 days of 5 min",
                f"{_ms(assess_seconds)}, {_ms(store_seconds)} with storing it",
            )
        )
    return rows


def _peak_mb() -> float:
    """Return the peak memory of a new process that only runs `_rounds_on`, in MB."""
    with TemporaryDirectory() as name:
        store = Path(name) / "bench.db"
        open_store(store).close()
        result = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.bench_round", str(store)],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
    return float(result.stdout)


def _rounds(series: int) -> tuple[list[float], list[float]]:
    """Return the seconds of each round to assess, and to assess and store.

    The first round is left out.
    """
    with TemporaryDirectory() as name:
        return _rounds_on(Path(name) / "bench.db", series)


def _rounds_on(path: Path, series: int) -> tuple[list[float], list[float]]:
    history, assessor = _readings_and_assessor(series)
    assess_seconds, store_seconds = [], []
    with closing(open_store(path)) as store:
        for number in range(ROUNDS):
            now = NOW + STEP * number
            start = time.perf_counter()
            conclusions = assessor.assess(history, now)
            assess_seconds.append(time.perf_counter() - start)
            states = {i: encode(s) for i, s in assessor.states.items()}
            store.incidents.record(
                conclusions.changes, conclusions.abstentions, states, now
            )
            store_seconds.append(time.perf_counter() - start)
    return assess_seconds[1:], store_seconds[1:]


def _readings_and_assessor(series: int) -> tuple[History, Assessor]:
    """Return normal readings, and an assessor that has assessed all due bins but the last."""
    entities = tuple(
        Entity(EntityKind.ASN, str(n + 1)) for n in range(series // len(FAMILIES))
    )
    signals = {
        f"b.{family}": Signal(
            id=f"b.{family}",
            unit="made up",
            step=STEP,
            lag=timedelta(0),
            family=family,
            credit="nobody",
            licence="CC0-1.0",
            minimum=20.0,
        )
        for family in FAMILIES
    }
    rows = dict.fromkeys(signals, entities)
    history = History(signals, rows, NOW - KEEP, KEEP)
    rng = np.random.default_rng(1)
    for values in history._values.values():
        for row in values:
            row[:] = 1000 + 5 * rng.standard_normal(len(row), dtype=np.float32)
    assessor = Assessor(
        signals, rows, group_into_places(entities, {}, {}), AssessmentRules(), ()
    )
    for name, signal in signals.items():
        last = replace(assessor.states[name], index=signal.bin_at(NOW) - 2)
        assessor.restore_states(name, last)
    return history, assessor


def _ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f} ms"


if __name__ == "__main__":
    kernel.enable_cache()
    _rounds_on(Path(sys.argv[1]), SERIES)
    sys.stdout.write(f"{getrusage(RUSAGE_SELF).ru_maxrss / 1024}\n")
