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
from bot.model.watchlist import group_into_places
from bot.places import load_register, local_time
from bot.tick.assessment import Assessor
from bot.tick.history import History
from bot.tick.rules import AssessmentRules
from tests.benchmarks.seasons import A_DAY, Seasons, make

SERIES, DAYS = 250, 364
FAMILIES = (Family.ACTIVE_PROBING, Family.TRAFFIC)
SINCE = datetime(2026, 1, 5, tzinfo=UTC)
RUNS = 5
_PATIENCE_S = 120.0
"""No further run starts after this time; the row says how many runs were measured."""


def run(series: int = SERIES, days: int = DAYS) -> list[tuple[str, str]]:
    """Run the benchmark; return rows of what was measured, and the result."""
    series_set = _generate(series, days)
    history = series_set.history(
        series_set.until - series_set.since + timedelta(days=1)
    )
    one_call_seconds, incidents = _timed(
        series_set, history, series_set.until - series_set.since
    )
    daily_seconds, _ = _timed(series_set, history, timedelta(days=1))
    readings, median_seconds = (
        series_set.values.size,
        statistics.median(one_call_seconds),
    )
    name = f"{days} days of {len(series_set.values)} series"
    detection_seconds = _detection_times(series_set, history)
    return [
        (
            f"{name}: readings assessed",
            f"{readings:,}, {readings / median_seconds:,.0f} a second",
        ),
        (
            f"{name}: detection of drops, with source health",
            _summary(detection_seconds),
        ),
        (
            f"{name}: up to incidents, in one call, as in a backtest",
            _summary(one_call_seconds),
        ),
        (
            f"{name}: up to incidents, one call a day, as in a replay",
            _summary(daily_seconds),
        ),
        (
            f"{name}: outages generated, incidents opened",
            f"{series_set.outages}, {incidents}",
        ),
        (
            f"{name}: numpy reading all values once, for scale",
            _summary(_floor(series_set)),
        ),
    ]


def _generate(series: int, days: int) -> Seasons:
    register = load_register()
    codes = sorted(register.zones)[: series // len(FAMILIES)]
    places = tuple(Entity(EntityKind.COUNTRY, code) for code in codes)

    def local(at: datetime, place: Entity) -> datetime:
        return local_time(at, register.principal_zone(place))

    return make(places, FAMILIES, SINCE, days * A_DAY, local)


def _timed(
    series_set: Seasons, history: History, stride: timedelta
) -> tuple[list[float], int]:
    """Return the seconds of each run, and the number of incidents that one run opens.

    The first run is left out, unless it was the only one.
    """
    seconds: list[float] = []
    opened: set[str] = set()
    watch = group_into_places(series_set.places, {}, {}, load_register().principal_zone)
    while len(seconds) <= RUNS and sum(seconds) < _PATIENCE_S:
        assessor = Assessor(
            series_set.signals, series_set.rows, watch, AssessmentRules(), ()
        )
        start, now = time.perf_counter(), series_set.since
        while now < series_set.until:
            now = min(now + stride, series_set.until)
            conclusions = assessor.assess(history, now)
            opened |= {change.incident.id for change in conclusions.changes}
        seconds.append(time.perf_counter() - start)
    return seconds[1:] or seconds, len(opened)


def _detection_times(series_set: Seasons, history: History) -> list[float]:
    """Run the detection over all bins several times; return the seconds of each run.

    The first run is left out. The signals are processed in parallel, as in the loop.
    """
    seconds = []
    watch = group_into_places(series_set.places, {}, {}, load_register().principal_zone)
    for _ in range(RUNS + 1):
        setup = DetectionSetup(series_set.signals, series_set.rows, watch, Thresholds())
        state, signals = initial_state(setup), setup.by_signal
        start = time.perf_counter()
        with ThreadPoolExecutor(len(signals)) as pool:
            futures = [
                pool.submit(
                    assess,
                    s,
                    history.panel(i),
                    state[i],
                    s.first_bin_due_from(series_set.until),
                )
                for i, s in signals.items()
            ]
        for future in futures:
            future.result()
        seconds.append(time.perf_counter() - start)
    return seconds[1:] or seconds


def _floor(series_set: Seasons) -> list[float]:
    """Return the seconds to read all values once: a lower bound."""
    seconds = []
    for _ in range(RUNS):
        start = time.perf_counter()
        np.sum(series_set.values)
        seconds.append(time.perf_counter() - start)
    return seconds


def _summary(seconds: list[float]) -> str:
    median = statistics.median(seconds)
    return f"{median:.3f} s (least {min(seconds):.3f}, median of {len(seconds)})"
