"""Small synthetic series for tests of detection and assessment."""

from datetime import UTC, datetime, timedelta

import numpy as np

from bot.model.entity import Entity, Network, NetworkKind, parse_entity
from bot.model.incident import Incident, UnreadableIncident
from bot.model.signal import Chunk, Family, Panel, Signal
from bot.model.watchlist import group_into_places
from bot.tick.assessment import Assessor
from bot.tick.history import History
from bot.tick.rules import AssessmentResults, AssessmentRules

START = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday
STEP = timedelta(minutes=30)
WEEK = 336  # bins


def a_signal(name="t.probe", family=Family.ACTIVE_PROBING, **changes) -> Signal:
    """Return a signal with half-hourly bins."""
    fields = {
        "id": name,
        "unit": "up /24s",
        "step": STEP,
        "lag": timedelta(minutes=30),
        "family": family,
        "credit": "Test credit",
        "licence": "CC0-1.0",
        "minimum": 20.0,
    }
    return Signal(**(fields | changes))


def a_week_of(level=1000.0, weeks=4, swing=0.0, noise=0.002, seed=1) -> np.ndarray:
    """Return `weeks` weeks of half-hourly readings, the same for the same `seed`.

    They have the mean `level`, a daily cycle and random noise; `swing` and `noise` are
    fractions of the mean.
    """
    bins = np.arange(WEEK * weeks)
    wave = 1 + swing * np.sin(bins * 2 * np.pi / 48)
    noise_factor = 1 + noise * np.random.default_rng(seed).standard_normal(len(bins))
    return np.asarray(level * wave * noise_factor, dtype=np.float32)


def a_panel(values, signal=None, entities=None) -> Panel:
    """Return a panel of `values` from START on, a row for each entity."""
    signal = signal or a_signal()
    values = np.atleast_2d(np.asarray(values, dtype=np.float32))
    entities = entities or tuple(
        Entity(parse_entity("asn:1").kind, str(n + 1)) for n in range(len(values))
    )
    return Panel(signal, tuple(entities), signal.bin_at(START), values)


def assess(
    series,
    networks=(),
    rules=None,
    incidents: tuple[Incident, ...] = (),
    stride=None,
    unreadable: tuple[UnreadableIncident, ...] = (),
) -> tuple[AssessmentResults, Assessor]:
    """Assess series given as {(signal, entity text): values}, all from START on.

    All bins are assessed in one call, or `stride` bins in each call.
    """
    signals = {signal.id: signal for signal, _ in series}
    rows = {
        id_: tuple(sorted(parse_entity(e) for s, e in series if s.id == id_))
        for id_ in signals
    }
    register = {n.entity: n for n in networks}
    watch = group_into_places({e for r in rows.values() for e in r}, register, {})
    longest = max(len(v) for v in series.values())
    history = History(signals, rows, START, STEP * longest)
    assessor = Assessor(
        signals, rows, watch, rules or AssessmentRules(), incidents, unreadable
    )
    for (signal, entity), values in series.items():
        first = signal.bin_at(START)
        readings = np.asarray(values, dtype=np.float32)
        history.add([Chunk(parse_entity(entity), signal.id, first, readings)])
    conclusions = AssessmentResults()
    for bins in range(
        stride or longest, longest + (stride or longest), stride or longest
    ):
        step = assessor.assess(history, START + STEP * (bins + 2))
        conclusions.changes += step.changes
        conclusions.abstentions += step.abstentions
        conclusions.gaps += step.gaps
    return conclusions, assessor


def mobile(asn: int, brand: str) -> Network:
    """Return a mobile network of Kazakhstan."""
    return Network(asn, brand, f"{brand} Holding", NetworkKind.MOBILE, "KZ")


def fixed(asn: int, brand: str) -> Network:
    """Return a fixed network of Kazakhstan."""
    return Network(asn, brand, f"{brand} Holding", NetworkKind.FIXED, "KZ")
