"""One decision round on arrays as the loop holds them: judged, and stored."""

import statistics
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bot.app.history import History
from bot.app.judging import Judge, Rules
from bot.detection.state import encode
from bot.model.entity import Entity, EntityKind
from bot.model.signal import Family, Signal
from bot.model.watch import group
from bot.store.sql import open_store

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
    """(what, how much) a row."""
    rows = []
    for series in (5_000, 50_000):
        judged, stored = _rounds(series)
        rows.append(
            (
                f"decision round, {series:,} series x 28 days of 5 min",
                f"{_ms(judged)} judged, {_ms(stored)} with storing it",
            )
        )
    return rows


def _rounds(series: int) -> tuple[list[float], list[float]]:
    """Seconds of each round: the judging alone, and with the store."""
    history, judge = _world(series)
    judged, stored = [], []
    with TemporaryDirectory() as name:
        store = open_store(Path(name) / "bench.db")
        for number in range(ROUNDS):
            now = NOW + STEP * number
            began = time.perf_counter()
            found = judge.conclude(history, now)
            judged.append(time.perf_counter() - began)
            states = {i: encode(s) for i, s in judge.states.items()}
            store.incidents.record(found.changes, found.silences, states, now)
            stored.append(time.perf_counter() - began)
        store.close()
    return judged[1:], stored[1:]


def _world(series: int) -> tuple[History, Judge]:
    """Ordinary readings, in place, judged up to a quarter of an hour ago."""
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
    rough = np.random.default_rng(1)
    for values in history._values.values():
        for row in values:
            row[:] = 1000 + 5 * rough.standard_normal(len(row), dtype=np.float32)
    judge = Judge(signals, rows, group(entities, {}, {}), Rules(), ())
    for name, signal in signals.items():
        last = replace(judge.states[name], index=signal.bin_of(NOW) - 2)
        judge.remember(name, last)
    return history, judge


def _ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f} ms"
