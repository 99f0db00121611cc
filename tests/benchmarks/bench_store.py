"""The time a store takes to load four weeks of history, and to write one bin."""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

import numpy as np
from sqlalchemy import insert

from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.signal import Chunk, Family, ParsedAnswer, Signal
from bot.store import schema
from bot.store.database import connect
from bot.store.readings.packing import pack_times, pack_values, row_size
from bot.store.sql_store import open_store

SERIES = 5_000
DAYS = 28
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
HISTORY = Interval(SINCE, SINCE + timedelta(days=DAYS))
SIGNAL = Signal(
    id="bench.probing",
    unit="networks",
    step=timedelta(minutes=5),
    lag=timedelta(minutes=5),
    family=Family.ACTIVE_PROBING,
    credit="nobody",
    licence="CC0-1.0",
)
ENTITIES = tuple(Entity(EntityKind.ASN, str(n)) for n in range(1, SERIES + 1))


def run() -> list[tuple[str, str]]:
    """Build a store on disk; return rows of what was measured, and the result."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        build(path)
        size_mb = path.stat().st_size / 1e6
        seconds, peak_mb = measured_load(path)
        tick = measured_tick(path)
    readings = SERIES * DAYS * row_size(SIGNAL)
    return [
        ("store: readings", f"{readings:,} on {size_mb:.0f} MB of disk"),
        (f"store: load {SERIES:,} series, {DAYS} days", f"{seconds:.2f} s"),
        ("store: peak memory of that process", f"{peak_mb:.0f} MB"),
        (f"store: write one bin of {SERIES:,} series", f"{tick * 1000:.0f} ms"),
    ]


def build(path: Path) -> None:
    """Fill a store with four weeks of readings except the last hour."""
    open_store(path).close()
    size, first = row_size(SIGNAL), SIGNAL.bin_at(SINCE)
    random = np.random.default_rng(1)
    database = connect(path)
    with database.write("build a benchmark") as connection:
        signal_row = {"id": SIGNAL.id, "step_s": SIGNAL.step_s, "phase_s": 0}
        connection.execute(insert(schema.signals), [signal_row])
        series_rows = [
            {"id": n, "signal": SIGNAL.id, "entity": str(entity)}
            for n, entity in enumerate(ENTITIES, start=1)
        ]
        connection.execute(insert(schema.series), series_rows)
    for day in range(DAYS):
        values = random.normal(100, 5, size).astype(np.float32)
        first_time = SIGNAL.start_of(first + day * size).timestamp()
        times = (first_time + 300 * np.arange(size)).astype(np.uint32)
        if day == DAYS - 1:
            values[-12:], times[-12:] = np.nan, 0
        day_key = {"day": first // size + day}
        bins, packed = pack_values(values), pack_times(times)
        ids = range(1, SERIES + 1)
        with database.write("build a benchmark") as connection:
            rows = [{**day_key, "series": n, "bins": bins} for n in ids]
            connection.execute(insert(schema.readings), rows)
            rows = [{**day_key, "series": n, "times": packed} for n in ids]
            connection.execute(insert(schema.first_seen), rows)
    database.close()


def measured_load(path: Path) -> tuple[float, float]:
    """Return seconds and peak memory in MB of a new process that loads the history."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_store", str(path)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, peak = result.stdout.split()
    return float(seconds), float(peak)


def load(path: Path) -> None:
    """Load the history; print the seconds it took and the peak memory in MB."""
    start = time.perf_counter()
    store = open_store(path)
    panel = store.readings.panel(SIGNAL, ENTITIES, HISTORY)
    seconds = time.perf_counter() - start
    peak_mb = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    store.close()
    missing = int(np.isnan(panel.values).sum())
    if missing != 12 * SERIES:
        raise SystemExit(f"{missing} readings are missing, not {12 * SERIES}")
    sys.stdout.write(f"{seconds} {peak_mb}\n")


def measured_tick(path: Path) -> float:
    """Return the median seconds to write a bin of all series, over the next five bins."""
    store = open_store(path)
    due = SIGNAL.bin_at(HISTORY.until) - 12
    seconds = []
    for number in range(due, due + 5):
        reading = np.array([100], dtype=np.float32)
        chunks = tuple(Chunk(entity, SIGNAL.id, number, reading) for entity in ENTITIES)
        start = time.perf_counter()
        at = SIGNAL.due_at(number)
        store.readings.write(ParsedAnswer(chunks, ()), {SIGNAL.id: SIGNAL}, at)
        seconds.append(time.perf_counter() - start)
    store.close()
    return sorted(seconds)[len(seconds) // 2]


if __name__ == "__main__":
    load(Path(sys.argv[1]))
