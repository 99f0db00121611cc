"""Model objects as tests need them, shaped like Kazakhstan 2022 and Iran 2026."""

import math
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model.draft import Counting, Outlet
from bot.model.entity import Entity, EntityKind, NetworkKind
from bot.model.incident import (
    CorrectedClaims,
    Credit,
    EventKind,
    Evidence,
    Facts,
    Incident,
    IncidentEvent,
    Phase,
    SeriesLevel,
    State,
    Trace,
)
from bot.model.interval import Interval, span_between
from bot.model.signal import Family
from bot.model.verdict import Check, Scope, SeriesState, Severity

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
    """`2022-01-05 10:30` as an aware time."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def between(since: str, until: str) -> Interval:
    """An interval from two such texts."""
    return Interval(utc(since), utc(until))


ONSET = between("2022-01-05 10:30", "2022-01-05 10:45")
MOBILE_ONSET = between("2022-01-04 14:30", "2022-01-04 16:00")
NOW = utc("2022-01-05 11:00")


def series(
    signal: str = PROBING, level: float | None = 0.02, entity: Entity = KZ, **more: Any
) -> SeriesLevel:
    """One series as it stands; dropped below 0.8 unless told otherwise."""
    state = SeriesState.UNKNOWN if level is None else SeriesState.DROPPED
    if level is not None and level >= 0.8:
        state = SeriesState.ORDINARY
    given: dict[str, Any] = {
        "entity": entity,
        "signal": signal,
        "family": FAMILY[signal],
        "state": state,
        "level": level,
        "lowest": level,
        "onset": ONSET,
        "as_of": NOW,
    }
    return SeriesLevel(**{**given, **more})


def network(
    asn: str, level: float | None, signal: str = PROBING, **more: Any
) -> SeriesLevel:
    """A network of the register."""
    entity = Entity(EntityKind.ASN, asn)
    brand = BRANDS.get(asn, "")
    kind = NetworkKind.MOBILE if brand else NetworkKind.UNKNOWN
    return series(signal, level, entity, brand=brand, kind=kind, **more)


def operators(*levels: float, **more: Any) -> tuple[SeriesLevel, ...]:
    """Kcell, Tele2 and Beeline."""
    return tuple(network(a, v, **more) for a, v in zip(BRANDS, levels, strict=False))


def phase(
    kind: EventKind,
    at: str,
    scope: Scope = Scope.NATIONAL,
    severity: Severity = Severity.NEAR_TOTAL,
) -> Phase:
    """An earlier step."""
    return Phase(kind, utc(at), scope, severity)


def facts(**changes: Any) -> Facts:
    """The blackout of 5 January 2022, confirmed; change what you need."""
    level = changes.get("level", 0.02)
    own = (series(PROBING, level), series(TRAFFIC, 0.04), series(ROUTING, 0.83))
    given: dict[str, Any] = {
        "place": KZ,
        "state": State.CONFIRMED,
        "scope": Scope.NATIONAL,
        "severity": Severity.NEAR_TOTAL,
        "level": level,
        "lowest": level,
        "principal": PROBING,
        "as_of": NOW,
        "onset": ONSET,
        "restored": None,
        "families": (Family.ACTIVE_PROBING, Family.TRAFFIC),
        "opened_by": (Family.ACTIVE_PROBING, Family.TRAFFIC),
        "returned": (),
        "series": own,
        "networks": (),
        "regions": (),
        "unknown": (),
        "credits": tuple(
            Credit(s.signal, IODA, "all rights reserved", "https://ioda.live")
            for s in own
        ),
        "phases": (),
        "checks": (
            Check("source-healthy", passed=True),
            Check("not-routing-alone", passed=None, note="no answer"),
        ),
        "rule": "two-families",
        "method": "weekly",
    }
    given.update(changes)
    end = given["restored"] or Interval(given["as_of"], given["as_of"])
    given.setdefault("duration", span_between(given["onset"], end))
    return Facts(**given)


def event(
    kind: EventKind = EventKind.CONFIRMED, seq: int = 1, **more: Any
) -> IncidentEvent:
    """One step of KZ-2022-0104 (or of `incident`), with `facts` or changes to them."""
    told = more.pop("facts", None)
    incident = more.pop("incident", "KZ-2022-0104")
    told = told or facts(**more)
    return IncidentEvent(incident, seq, kind, told.as_of, "two-families", told)


def incident_of(*events: IncidentEvent) -> Incident:
    """The incident that these events leave."""
    last = events[-1].facts
    return Incident(
        id=events[-1].incident,
        place=last.place,
        state=last.state,
        scope=last.scope,
        severity=last.severity,
        onset=last.onset,
        confirmed_at=events[0].at,
        restored=last.restored,
        level_min=last.lowest,
        families=last.opened_by,
        networks=tuple(n.entity for n in last.networks),
        told_level=last.level,
        told_families=last.families,
        changed_at=events[-1].at,
        seq=events[-1].seq,
        phases=tuple(
            Phase(e.kind, e.at, e.facts.scope, e.facts.severity) for e in events
        ),
    )


def mobile(**changes: Any) -> Facts:
    """The evening of 4 January: three operators are down, the country is not."""
    now = utc("2022-01-04 17:00")
    nets = operators(0.28, 0.31, 0.41, as_of=now, onset=MOBILE_ONSET)
    given: dict[str, Any] = {
        "scope": Scope.MOBILE,
        "severity": Severity.MAJOR,
        "level": 0.91,
        "lowest": 0.9,
        "as_of": now,
        "onset": MOBILE_ONSET,
        "networks": nets,
        "series": (series(PROBING, 0.91), series(TRAFFIC, 0.72)),
    }
    return facts(**{**given, **changes})


def escalated(**changes: Any) -> Facts:
    """5 January: the same incident, nation-scale."""
    given: dict[str, Any] = {
        "onset": MOBILE_ONSET,
        "networks": operators(0.02, 0.03, 0.02),
        "phases": (
            phase(
                EventKind.CONFIRMED, "2022-01-04 17:00", Scope.MOBILE, Severity.MAJOR
            ),
        ),
    }
    return facts(**{**given, **changes})


def restored(**changes: Any) -> Facts:
    """11 January: ordinary again."""
    given: dict[str, Any] = {
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
    return facts(**{**given, **changes})


def iran_partial(**changes: Any) -> Facts:
    """19 January 2026: traffic is back, active probing is not."""
    now = utc("2026-01-19 12:00")
    given: dict[str, Any] = {
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
    return facts(**{**given, **changes})


def suspected(**changes: Any) -> Facts:
    """One family only."""
    given: dict[str, Any] = {
        "state": State.SUSPECTED,
        "severity": Severity.MODERATE,
        "level": 0.43,
        "lowest": 0.4,
        "families": (Family.CONTROL_PLANE,),
        "opened_by": (Family.CONTROL_PLANE,),
        "principal": ROUTING,
        "series": (series(ROUTING, 0.43), series(TRAFFIC, None)),
    }
    return facts(**{**given, **changes})


def corrected(**changes: Any) -> Facts:
    """6 January: it was not as deep as we said, and began a little later."""
    wrong = CorrectedClaims(
        utc("2022-01-05 11:00"), 0.02, between("2022-01-05 10:00", "2022-01-05 10:15")
    )
    told = (phase(EventKind.CONFIRMED, "2022-01-05 11:00"),)
    return facts(**{"level": 0.31, "wrong": wrong, "phases": told, **changes})


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
    one: SeriesLevel, told: Facts, days_before: float = 4.0, step_s: int = 600
) -> Trace:
    """A series that falls at its onset and stands at its level at `as_of`."""
    width = timedelta(seconds=step_s)
    begin = told.onset.since - timedelta(days=days_before)
    first = datetime.fromtimestamp(begin.timestamp() // step_s * step_s, UTC)
    bins = int((told.as_of - first) / width)
    starts = [first + number * width for number in range(bins)]
    expected = [1000.0 + 80.0 * math.sin(t.timestamp() / 13751.0) for t in starts]
    levels = [_level(one, told, t + width) for t in starts]
    if levels and one.level is not None:
        levels[-1] = one.level
    return Trace(
        entity=one.entity,
        signal=one.signal,
        family=one.family,
        unit="/24 blocks",
        first=first,
        step_s=step_s,
        values=tuple(
            None if v is None else v * e for v, e in zip(levels, expected, strict=True)
        ),
        expected=tuple(expected),
        spread=tuple(14.0 for _ in expected),
        brand=one.brand,
    )


def _level(one: SeriesLevel, told: Facts, at: datetime) -> float | None:
    wave = 0.02 * math.sin(
        at.timestamp() / 7003.0 + len(one.signal) + one.entity.code.__len__()
    )
    over = told.restored is not None and at > told.restored.since
    if at <= told.onset.since or over:
        return 1.0 + wave
    if one.level is None:
        return None
    low = told.lowest if told.restored else one.level
    return (low or 0.02) + wave * (0.2 if one.level < 0.8 else 1.0)


def evidence(told: Facts, **shape: Any) -> Evidence:
    """Traces for all that the facts list, the principal first."""
    own = sorted(told.series, key=lambda s: s.signal != told.principal)
    return Evidence(
        traces=tuple(trace(one, told, **shape) for one in (*own, *told.networks))
    )


def regions(
    country: str, levels: dict[str, float | None], **more: Any
) -> tuple[SeriesLevel, ...]:
    """Regions of a country at levels, the deepest first as facts have them."""
    found = [
        series(PROBING, level, Entity(EntityKind.REGION, f"{country}/{name}"), **more)
        for name, level in levels.items()
    ]
    return tuple(sorted(found, key=lambda s: (s.level is None, s.level or 0.0)))
