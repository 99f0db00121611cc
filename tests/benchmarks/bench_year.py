"""The time to assess a year of 250 series with five-minute bins.

The readings are in memory, as in a replay. Two parts are timed: the detection of drops
in all series, with source health; and everything up to the incidents: findings,
verdicts, incident steps and their evidence. Nothing is drawn or stored.
"""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import numpy as np

from bot.detection.batch import assess
from bot.detection.run import initial_state
from bot.detection.setup import DetectionSetup
from bot.detection.thresholds import Thresholds
from bot.model.entity import Entity, EntityKind
from bot.model.signal import Family
from bot.model.watchlist import group
from bot.places import load_register
from bot.tick.assessment import Assessor, Rules
from bot.tick.history import History
from tests.benchmarks.seasons import A_DAY, Seasons, make

SERIES, DAYS = 250, 364
FAMILIES = (Family.ACTIVE_PROBING, Family.TRAFFIC)
SINCE = datetime(2026, 1, 5, tzinfo=UTC)
RUNS = 5
_PATIENCE_S = 120.0
"""No further run starts after this time; the row says how many runs were measured."""


def run(series: int = SERIES, days: int = DAYS) -> list[tuple[str, str]]:
    """Run the benchmark; return rows of what was measured, and the result."""
    made = _made(series, days)
    history = made.history(made.until - made.since + timedelta(days=1))
    whole, incidents = _timed(made, history, made.until - made.since)
    daily, _ = _timed(made, history, timedelta(days=1))
    readings, middle = made.values.size, statistics.median(whole)
    name = f"{days} days of {len(made.values)} series"
    alone = _detected(made, history)
    return [
        (
            f"{name}: readings assessed",
            f"{readings:,}, {readings / middle:,.0f} a second",
        ),
        (f"{name}: detection of drops, with source health", _summary(alone)),
        (f"{name}: up to incidents, in one call, as in a backtest", _summary(whole)),
        (f"{name}: up to incidents, one call a day, as in a replay", _summary(daily)),
        (
            f"{name}: outages generated, incidents opened",
            f"{made.outages}, {incidents}",
        ),
        (f"{name}: numpy reading all values once, for scale", _summary(_floor(made))),
    ]


def _made(series: int, days: int) -> Seasons:
    register = load_register()
    codes = sorted(register.zones)[: series // len(FAMILIES)]
    places = tuple(Entity(EntityKind.COUNTRY, code) for code in codes)
    return make(places, FAMILIES, SINCE, days * A_DAY, register.local)


def _timed(
    made: Seasons, history: History, stride: timedelta
) -> tuple[list[float], int]:
    """Return the seconds of each run, and the number of incidents that one run opens.

    The first run is left out, unless it was the only one.
    """
    took: list[float] = []
    opened: set[str] = set()
    watch = group(made.places, {}, {}, load_register().zone)
    while len(took) <= RUNS and sum(took) < _PATIENCE_S:
        assessor = Assessor(made.signals, made.rows, watch, Rules(), ())
        began, now = time.perf_counter(), made.since
        while now < made.until:
            now = min(now + stride, made.until)
            conclusions = assessor.assess(history, now)
            opened |= {change.incident.id for change in conclusions.changes}
        took.append(time.perf_counter() - began)
    return took[1:] or took, len(opened)


def _detected(made: Seasons, history: History) -> list[float]:
    """Return the seconds of each run, except the first, of the detection over all bins.

    The signals are processed in parallel, as in the loop.
    """
    took = []
    watch = group(made.places, {}, {}, load_register().zone)
    for _ in range(RUNS + 1):
        setup = DetectionSetup(made.signals, made.rows, watch, Thresholds())
        state, signals = initial_state(setup), setup.by_signal
        began = time.perf_counter()
        with ThreadPoolExecutor(len(signals)) as pool:
            walks = [
                pool.submit(
                    assess, s, history.panel(i), state[i], s.due_before(made.until)
                )
                for i, s in signals.items()
            ]
        for walk in walks:
            walk.result()
        took.append(time.perf_counter() - began)
    return took[1:] or took


def _floor(made: Seasons) -> list[float]:
    """Return the seconds to read all values once: a lower bound."""
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        np.sum(made.values)
        took.append(time.perf_counter() - began)
    return took


def _summary(took: list[float]) -> str:
    middle = statistics.median(took)
    return f"{middle:.3f} s (least {min(took):.3f}, median of {len(took)})"
