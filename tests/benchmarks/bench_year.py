"""A year of 250 series, every five minutes, through the whole state machine.

The readings lie in a history, as in a replay. Timed are the state machine of all
series with its health gate, in one sweep; and everything from there to the incidents:
findings, fusion, steps, and the evidence of each. Nothing is drawn or stored.
"""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import numpy as np

from bot.detection.batch import Detector
from bot.detection.thresholds import Thresholds
from bot.model.entity import Entity, EntityKind
from bot.model.signal import Family
from bot.model.watchlist import group
from bot.places import load_register
from bot.tick.assessment import Judge, Rules
from bot.tick.history import History
from tests.benchmarks.seasons import A_DAY, Seasons, make

SERIES, DAYS = 250, 364
FAMILIES = (Family.ACTIVE_PROBING, Family.TRAFFIC)
SINCE = datetime(2026, 1, 5, tzinfo=UTC)
RUNS = 5
_PATIENCE_S = 120.0
"""No further run is begun after that; the row says how many there were."""


def run(series: int = SERIES, days: int = DAYS) -> list[tuple[str, str]]:
    """(what, how much) a row."""
    made = _made(series, days)
    history = made.history(made.until - made.since + timedelta(days=1))
    whole, incidents = _timed(made, history, made.until - made.since)
    daily, _ = _timed(made, history, timedelta(days=1))
    readings, middle = made.values.size, statistics.median(whole)
    name = f"{days} days of {len(made.values)} series"
    alone = _detected(made, history)
    return [
        (
            f"{name}: readings judged",
            f"{readings:,}, {readings / middle:,.0f} a second",
        ),
        (f"{name}: the series' state machine and health gate", _told(alone)),
        (f"{name}: with all incidents, in one call, as backtest does", _told(whole)),
        (f"{name}: with all incidents, a day a call, as replay does", _told(daily)),
        (f"{name}: outages put in, incidents opened", f"{made.outages}, {incidents}"),
        (f"{name}: numpy, one pass for scale", _told(_floor(made))),
    ]


def _made(series: int, days: int) -> Seasons:
    register = load_register()
    codes = sorted(register.zones)[: series // len(FAMILIES)]
    places = tuple(Entity(EntityKind.COUNTRY, code) for code in codes)
    return make(places, FAMILIES, SINCE, days * A_DAY, register.local)


def _timed(
    made: Seasons, history: History, stride: timedelta
) -> tuple[list[float], int]:
    """Seconds of each run, the first left out if there are more; incidents opened."""
    took: list[float] = []
    opened: set[str] = set()
    watch = group(made.places, {}, {}, load_register().zone)
    while len(took) <= RUNS and sum(took) < _PATIENCE_S:
        judge = Judge(made.signals, made.rows, watch, Rules(), ())
        began, now = time.perf_counter(), made.since
        while now < made.until:
            now = min(now + stride, made.until)
            found = judge.conclude(history, now)
            opened |= {change.incident.id for change in found.changes}
        took.append(time.perf_counter() - began)
    return took[1:] or took, len(opened)


def _detected(made: Seasons, history: History) -> list[float]:
    """Seconds of each run that takes all series over all bins, a sweep a signal.

    The signals are walked side by side, as the loop does.
    """
    took = []
    watch = group(made.places, {}, {}, load_register().zone)
    for _ in range(RUNS + 1):
        detectors = {
            i: Detector(signal, made.rows[i], watch, Thresholds())
            for i, signal in made.signals.items()
        }
        began = time.perf_counter()
        with ThreadPoolExecutor(len(detectors)) as hands:
            walks = [
                hands.submit(d.walk, history.panel(i), d.due_before(made.until))
                for i, d in detectors.items()
            ]
        for walk in walks:
            walk.result()
        took.append(time.perf_counter() - began)
    return took[1:] or took


def _floor(made: Seasons) -> list[float]:
    """Seconds to read every value once: no judge can be quicker."""
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        np.sum(made.values)
        took.append(time.perf_counter() - began)
    return took


def _told(took: list[float]) -> str:
    middle = statistics.median(took)
    return f"{middle:.3f} s (least {min(took):.3f}, median of {len(took)})"
