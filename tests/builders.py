"""Builders of model objects, after the outages of Kazakhstan 2022 and Iran 2026."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from bot.model.draft import Counting, Outlet
from bot.model.entity import Entity, EntityKind, NetworkKind
from bot.model.event import (
    CorrectedClaims,
    Correction,
    Credit,
    Facts,
    IncidentEvent,
    Parts,
    PlaceLevels,
    Sources,
    Timing,
)
from bot.model.incident import EventKind, Evidence, Incident, Phase, State, Trace
from bot.model.interval import Interval, duration_range_between
from bot.model.signal import Family
from bot.model.timeline import SeriesLevel
from bot.model.verdict import Check, CheckName, Scope, SeriesState, Severity

KZ = Entity(EntityKind.COUNTRY, "KZ")
IR = Entity(EntityKind.COUNTRY, "IR")
IODA = "IODA, Internet Intelligence Lab, Georgia Tech"
BRANDS = {"29355": "Kcell", "48503": "Tele2", "21299": "Beeline"}
PROBING, TRAFFIC, ROUTING = "ioda.ping-slash24", "ioda.gtr", "ioda.bgp"
FAMILY = {
    PROBING: Family.ACTIVE_PROBING,
    TRAFFIC: Family.TRAFFIC,
    ROUTING: Family.CONTROL_PLANE,
}
X = Outlet(name="x", kind="x", limit=280, counting=Counting.WEIGHTED)
FILE = replace(X, name="file", kind="file")
MAIL = Outlet(name="letters", kind="mail", limit=100_000, url_length=None)
MASTODON = Outlet(name="mastodon", kind="mastodon", limit=500, alt_limit=1500)


def utc(text: str) -> datetime:
    """Return a text such as `2022-01-05 10:30` as a UTC time."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def between(since: str, until: str) -> Interval:
    """Return the interval between two UTC times, given as texts for `utc`."""
    return Interval(utc(since), utc(until))


ONSET = between("2022-01-05 10:30", "2022-01-05 10:45")
MOBILE_ONSET = between("2022-01-04 14:30", "2022-01-04 16:00")
NOW = utc("2022-01-05 11:00")


def series(
    signal: str = PROBING, level: float | None = 0.02, entity: Entity = KZ, **more: Any
) -> SeriesLevel:
    """Return the state of one series: dropped below 0.8, unknown if `level` is None."""
    state = SeriesState.UNKNOWN if level is None else SeriesState.DROPPED
    if level is not None and level >= 0.8:
        state = SeriesState.ORDINARY
    fields: dict[str, Any] = {
        "entity": entity,
        "signal": signal,
        "family": FAMILY[signal],
        "state": state,
        "level": level,
        "lowest": level,
        "onset": ONSET,
        "as_of": NOW,
    }
    return SeriesLevel(**{**fields, **more})


def network(
    asn: str, level: float | None, signal: str = PROBING, **more: Any
) -> SeriesLevel:
    """Return the state of a network's series; an AS number in BRANDS makes it mobile."""
    entity = Entity(EntityKind.ASN, asn)
    brand = BRANDS.get(asn, "")
    kind = NetworkKind.MOBILE if brand else NetworkKind.UNKNOWN
    return series(signal, level, entity, brand=brand, kind=kind, **more)


def operators(*levels: float, **more: Any) -> tuple[SeriesLevel, ...]:
    """Return the series of Kcell, Tele2 and Beeline, in this order, at these levels."""
    return tuple(network(a, v, **more) for a, v in zip(BRANDS, levels, strict=False))


def phase(
    kind: EventKind,
    at: str,
    scope: Scope = Scope.NATIONAL,
    severity: Severity = Severity.NEAR_TOTAL,
) -> Phase:
    """Return an earlier step of an incident."""
    return Phase(kind, utc(at), scope, severity)


_PLACES = {
    "timing": ("as_of", "onset", "restored", "duration", "cuts"),
    "levels": ("lowest", "principal", "part", "method", "series", "unknown"),
    "parts": ("networks", "regions"),
    "sources": ("families", "opened_by", "returned", "credits"),
    "correction": ("statement", "wrong"),
}
"""The fields of each sub-record of the facts that have the same name in `changed`."""
_FIELDS = {
    "level": ("levels", "now"),
    "parts_back": ("parts", "back"),
    **{name: (part, name) for part, names in _PLACES.items() for name in names},
}
"""Sub-record and field by the name that tests use."""


def changed(event_facts: Facts, **changes: Any) -> Facts:
    """Return the facts with changes, each by the name of its field in a sub-record.

    `level` is the place's level, and `parts_back` the networks that are back.
    """
    parts: dict[str, Any] = {}
    for name, value in changes.items():
        part, field = _FIELDS.get(name, ("", name))
        if not part:
            parts[name] = value
            continue
        before = parts.get(part) or getattr(event_facts, part) or Correction()
        parts[part] = replace(before, **{field: value})
    return replace(event_facts, **parts)


def facts(**changes: Any) -> Facts:
    """Return the facts of the confirmed blackout of 5 January 2022, with changes."""
    level = changes.get("level", 0.02)
    families = Family.ACTIVE_PROBING, Family.TRAFFIC
    own = (series(PROBING, level), series(TRAFFIC, 0.04), series(ROUTING, 0.83))
    signed = (
        Credit(s.signal, IODA, "all rights reserved", "https://ioda.live") for s in own
    )
    result = changed(
        Facts(
            place=KZ,
            state=State.CONFIRMED,
            scope=Scope.NATIONAL,
            severity=Severity.NEAR_TOTAL,
            timing=Timing(NOW, ONSET, None, duration_range_between(ONSET, ONSET)),
            levels=PlaceLevels(level, level, PROBING, None, "weekly", own),
            parts=Parts(),
            sources=Sources(families, families, (), tuple(signed)),
            checks=(
                Check(CheckName.SOURCE_HEALTH, passed=True, signal=PROBING),
                Check(CheckName.ROUTES_WITHOUT_SERVICE, passed=None, note="no answer"),
            ),
            rule="two-families",
            phases=(),
        ),
        **changes,
    )
    timing = result.timing
    end = timing.restored or Interval(timing.as_of, timing.as_of)
    down = duration_range_between(timing.onset, end)
    return changed(result, duration=changes.get("duration", down))


def event(
    kind: EventKind = EventKind.CONFIRMED, seq: int = 1, **more: Any
) -> IncidentEvent:
    """Return one event of the incident KZ-2022-0104, or of `incident` if it is given.

    The event's facts are the argument `facts` if it is given, else what the function
    `facts` returns for the other arguments.
    """
    event_facts: Facts | None = more.pop("facts", None)
    incident = more.pop("incident", "KZ-2022-0104")
    event_facts = event_facts or facts(**more)
    at = event_facts.timing.as_of
    return IncidentEvent(incident, seq, kind, at, "two-families", event_facts)


def incident_of(*events: IncidentEvent) -> Incident:
    """Return the incident as it is after these events."""
    last = events[-1].facts
    return Incident(
        id=events[-1].incident,
        place=last.place,
        state=last.state,
        scope=last.scope,
        severity=last.severity,
        onset=last.timing.onset,
        confirmed_at=events[0].at,
        restored=last.timing.restored,
        level_min=last.levels.lowest,
        families=last.sources.opened_by,
        networks=tuple(n.entity for n in last.parts.networks),
        told_level=last.levels.now,
        told_families=last.sources.families,
        changed_at=events[-1].at,
        seq=events[-1].seq,
        phases=tuple(
            Phase(e.kind, e.at, e.facts.scope, e.facts.severity) for e in events
        ),
    )


def mobile(**changes: Any) -> Facts:
    """Return the facts of the evening of 4 January 2022: only three operators are down."""
    now = utc("2022-01-04 17:00")
    nets = operators(0.28, 0.31, 0.41, as_of=now, onset=MOBILE_ONSET)
    fields: dict[str, Any] = {
        "scope": Scope.MOBILE,
        "severity": Severity.MAJOR,
        "level": 0.91,
        "lowest": 0.9,
        "as_of": now,
        "onset": MOBILE_ONSET,
        "networks": nets,
        "series": (series(PROBING, 0.91), series(TRAFFIC, 0.72)),
    }
    return facts(**{**fields, **changes})


def escalated(**changes: Any) -> Facts:
    """Return the facts of 5 January 2022: the incident of `mobile`, now nation-scale."""
    fields: dict[str, Any] = {
        "onset": MOBILE_ONSET,
        "networks": operators(0.02, 0.03, 0.02),
        "phases": (
            phase(
                EventKind.CONFIRMED, "2022-01-04 17:00", Scope.MOBILE, Severity.MAJOR
            ),
        ),
    }
    return facts(**{**fields, **changes})


def restored(**changes: Any) -> Facts:
    """Return the facts of 11 January 2022: the readings are normal again."""
    fields: dict[str, Any] = {
        "state": State.RESTORED,
        "severity": Severity.MINOR,
        "level": 0.98,
        "lowest": 0.02,
        "as_of": utc("2022-01-11 04:00"),
        "restored": between("2022-01-10 22:30", "2022-01-10 23:00"),
        "onset": MOBILE_ONSET,
        "families": (),
        "returned": (Family.ACTIVE_PROBING, Family.TRAFFIC),
        "series": (series(PROBING, 0.98), series(TRAFFIC, 0.97)),
        "phases": (
            phase(
                EventKind.CONFIRMED, "2022-01-04 17:00", Scope.MOBILE, Severity.MAJOR
            ),
            phase(EventKind.ESCALATED, "2022-01-05 11:00"),
        ),
    }
    return facts(**{**fields, **changes})


def iran_partial(**changes: Any) -> Facts:
    """Return the facts of 19 January 2026: traffic has recovered, probing has not."""
    now = utc("2026-01-19 12:00")
    fields: dict[str, Any] = {
        "place": IR,
        "state": State.PARTLY_RESTORED,
        "level": 0.04,
        "lowest": 0.03,
        "as_of": now,
        "onset": between("2026-01-08 16:30", "2026-01-08 17:00"),
        "families": (Family.ACTIVE_PROBING,),
        "returned": (Family.TRAFFIC,),
        "series": (
            series(PROBING, 0.04, IR, as_of=now),
            series(TRAFFIC, 0.92, IR, as_of=now),
            series(ROUTING, 0.98, IR, as_of=now),
        ),
        "phases": (phase(EventKind.CONFIRMED, "2026-01-08 18:00"),),
    }
    return facts(**{**fields, **changes})


def suspected(**changes: Any) -> Facts:
    """Return the facts of an incident that only one family shows."""
    fields: dict[str, Any] = {
        "state": State.SUSPECTED,
        "severity": Severity.MODERATE,
        "level": 0.43,
        "lowest": 0.4,
        "families": (Family.CONTROL_PLANE,),
        "opened_by": (Family.CONTROL_PLANE,),
        "principal": ROUTING,
        "series": (series(ROUTING, 0.43), series(TRAFFIC, None)),
    }
    return facts(**{**fields, **changes})


def corrected(**changes: Any) -> Facts:
    """Return the facts of a correction: the drop was less deep and later than posted."""
    wrong = CorrectedClaims(
        utc("2022-01-05 11:00"), 0.02, between("2022-01-05 10:00", "2022-01-05 10:15")
    )
    phases = (phase(EventKind.CONFIRMED, "2022-01-05 11:00"),)
    return facts(**{"level": 0.31, "wrong": wrong, "phases": phases, **changes})


EVERY_KIND: dict[EventKind, Callable[..., Facts]] = {
    EventKind.SUSPECTED: suspected,
    EventKind.CONFIRMED: mobile,
    EventKind.ESCALATED: escalated,
    EventKind.UPDATED: facts,
    EventKind.PARTLY_RESTORED: iran_partial,
    EventKind.REOPENED: facts,
    EventKind.RESTORED: restored,
    EventKind.CORRECTED: corrected,
    EventKind.RETRACTED: suspected,
}


def trace(
    series_level: SeriesLevel,
    facts_of_event: Facts,
    days_before: float = 4.0,
    step_s: int = 600,
) -> Trace:
    """Return a trace in which a series drops at the onset and ends at its present level."""
    begin = facts_of_event.timing.onset.since - timedelta(days=days_before)
    first_s = int(begin.timestamp() // step_s * step_s)
    bins = int((facts_of_event.timing.as_of.timestamp() - first_s) / step_s)
    bin_starts = range(first_s, first_s + bins * step_s, step_s)
    expected = _wave(bin_starts, 1000.0, 80.0, 13751.0, 0)
    levels = _levels(series_level, facts_of_event, bin_starts)
    if levels and series_level.level is not None:
        levels[-1] = series_level.level
    return Trace(
        entity=series_level.entity,
        signal=series_level.signal,
        family=series_level.family,
        unit="/24 blocks",
        first=datetime.fromtimestamp(first_s, UTC),
        step_s=step_s,
        values=tuple(
            None if v is None else v * e for v, e in zip(levels, expected, strict=True)
        ),
        expected=expected,
        spread=(14.0,) * bins,
        brand=series_level.brand,
    )


@lru_cache(maxsize=256)
def _wave(
    times_s: range, middle: float, height: float, period_s: float, shift: int
) -> tuple[float, ...]:
    """Return a sine around `middle`, cached: many traces of a test have the same times."""
    return tuple(middle + height * math.sin(t / period_s + shift) for t in times_s)


def _levels(
    series_level: SeriesLevel, facts_of_event: Facts, bin_starts: range
) -> list[float | None]:
    """Return the level in each bin: normal, then low, then normal again if restored.

    The levels of the drop are None if the series has no level.
    """
    step_s = bin_starts.step
    ends = range(bin_starts.start + step_s, bin_starts.stop + step_s, step_s)
    shift = len(series_level.signal) + len(series_level.entity.code)
    wave = _wave(ends, 0.0, 0.02, 7003.0, shift)
    began = facts_of_event.timing.onset.since.timestamp()
    over = facts_of_event.timing.restored
    ended = over.since.timestamp() if over else math.inf
    low = facts_of_event.levels.lowest if over else series_level.level
    scale = 0.2 if (series_level.level or 0.0) < 0.8 else 1.0
    if series_level.level is None:
        during: list[float | None] = [None] * len(wave)
    else:
        during = [(low or 0.02) + height * scale for height in wave]
    return [
        1.0 + height if end <= began or end > ended else level
        for end, height, level in zip(ends, wave, during, strict=True)
    ]


def evidence(facts_of_event: Facts, **shape: Any) -> Evidence:
    """Return traces of all series and networks of the facts.

    The trace of the principal signal is the first.
    """
    own = sorted(
        facts_of_event.levels.series,
        key=lambda s: s.signal != facts_of_event.levels.principal,
    )
    return Evidence(
        traces=tuple(
            trace(series_level, facts_of_event, **shape)
            for series_level in (*own, *facts_of_event.parts.networks)
        )
    )


def regions(
    country: str, levels: dict[str, float | None], **more: Any
) -> tuple[SeriesLevel, ...]:
    """Return the series of a country's regions, lowest level first, unknown ones last."""
    series_levels = [
        series(PROBING, level, Entity(EntityKind.REGION, f"{country}/{name}"), **more)
        for name, level in levels.items()
    ]
    return tuple(sorted(series_levels, key=lambda s: (s.level is None, s.level or 0.0)))
