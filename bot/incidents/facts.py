"""Everything that may be said of a step, gathered from verdict and evidence (P4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.incidents.impact import impact
from bot.incidents.transitions import LATE_PROOF, Step
from bot.model.entity import Entity, EntityKind
from bot.model.incident import (
    Credit,
    EventKind,
    Evidence,
    Facts,
    Incident,
    IncidentChange,
    IncidentEvent,
    Phase,
    SeriesLevel,
    State,
    Trace,
)
from bot.model.interval import Interval, span_between
from bot.model.signal import Family, Signal
from bot.model.verdict import Finding, Scope, SeriesState, Severity, Verdict
from bot.model.watchlist import Watchlist

_SCOPES = tuple(Scope)


@dataclass(frozen=True, slots=True)
class FactInputs:
    """What the facts of a step are gathered from.

    Attributes:
        before: the incident before the step; None for a new one.
        evidence: the traces, principal first.
        signals: every signal by id, for credit and licence.
        reconstruction, drill: see `Facts`.
    """

    before: Incident | None
    step: Step
    verdict: Verdict
    evidence: Evidence
    watch: Watchlist
    signals: Mapping[str, Signal]
    reconstruction: bool = False
    drill: bool = False


def change(record: FactInputs, name: str) -> IncidentChange:
    """The event of a step, and the incident as it leaves it.

    Args:
        record: what is known.
        name: the id of the incident, if it is a new one.
    """
    before, step, verdict = record.before, record.step, record.verdict
    if before is not None and not goes_on(before, step):
        before = None
    facts = _facts(record, before)
    event = IncidentEvent(
        incident=before.id if before else name,
        seq=before.seq + 1 if before else 1,
        kind=step.kind,
        at=verdict.at,
        reason=step.reason,
        facts=facts,
    )
    return IncidentChange(
        incident=fold(before, event),
        event=event,
        evidence=record.evidence,
    )


def goes_on(before: Incident, step: Step) -> bool:
    """Whether a step belongs to the incident that was, or begins another."""
    goes_back = step.kind in {EventKind.REOPENED, EventKind.RETRACTED}
    late_proof = step.reason == LATE_PROOF
    return before.open or goes_back or late_proof


def fold(before: Incident | None, event: IncidentEvent) -> Incident:
    """The incident after `event`: nothing but what its events tell."""
    facts = event.facts
    confirmed = before.confirmed_at if before else None
    if confirmed is None and facts.state is State.CONFIRMED:
        confirmed = event.at
    # What a correction takes back was never so low.
    known = before if facts.wrong is None else None
    lows = [v for v in (known.level_min if known else None, facts.lowest) if v]
    named = tuple(level.entity for level in (*facts.networks, *facts.regions))
    earlier = before.networks if before else ()
    return Incident(
        id=event.incident,
        place=facts.place,
        state=facts.state,
        scope=facts.scope,
        severity=facts.severity,
        onset=facts.onset,
        confirmed_at=confirmed,
        restored=facts.restored,
        level_min=min(lows, default=None),
        families=facts.opened_by,
        networks=tuple(dict.fromkeys((*earlier, *named))),
        told_level=facts.level,
        told_families=_told(before, event),
        changed_at=event.at,
        seq=event.seq,
        phases=(
            *facts.phases,
            Phase(event.kind, event.at, facts.scope, facts.severity),
        ),
        told_parts=_told_parts(before, event),
        principal="" if facts.part else facts.principal,
    )


def _told(before: Incident | None, event: IncidentEvent) -> tuple[Family, ...]:
    """The families that people were last told are down at the place itself.

    An update that time brought about takes nobody's return for told.
    """
    own = (s.family for s in event.facts.series if s.state is SeriesState.DROPPED)
    down = tuple(dict.fromkeys(own)) if event.facts.families else ()
    if before is None or event.kind is not EventKind.UPDATED:
        return down
    return tuple(dict.fromkeys((*before.told_families, *down)))


def _told_parts(before: Incident | None, event: IncidentEvent) -> tuple[Entity, ...]:
    """The networks and regions that people were last told are down (see `_told`)."""
    facts = event.facts
    down = tuple(s.entity for s in (*facts.networks, *facts.regions))
    if before is None or event.kind is not EventKind.UPDATED:
        return down
    back = {s.entity for s in facts.parts_back}
    every = dict.fromkeys((*before.told_parts, *down))
    return tuple(e for e in every if e not in back)


def _facts(record: FactInputs, before: Incident | None) -> Facts:
    verdict, step = record.verdict, record.step
    onset = before.onset if before and not _began_otherwise(step) else _onset(verdict)
    traces = {(t.entity, t.signal): t for t in record.evidence.traces}
    own = _levels(verdict.own, traces, onset.since, record.watch)
    over = step.state is State.RESTORED
    fallen = _deepest(verdict.fallen_parts, traces, onset.since, record.watch)
    parts = () if over else fallen
    principal = record.evidence.traces[0] if record.evidence.traces else None
    down = () if over else _families(verdict)
    # A family that fell and was back before the others told has voted, too (P7).
    voted = () if over else verdict.families
    opened = tuple(dict.fromkeys((*(before.families if before else ()), *down, *voted)))
    as_of = _as_of(verdict, principal)
    return Facts(
        place=verdict.place,
        state=step.state,
        scope=_scope(before, verdict),
        severity=_severity(before, verdict),
        level=level_at(principal),
        lowest=lowest_since(principal, onset.since),
        principal=principal.signal if principal else "",
        as_of=as_of,
        onset=onset,
        restored=step.restored,
        duration=span_between(onset, step.restored or Interval(as_of, as_of)),
        families=down,
        opened_by=opened,
        returned=tuple(f for f in opened if f not in down),
        series=own,
        networks=tuple(s for s in parts if s.entity.kind is EntityKind.ASN),
        regions=tuple(s for s in parts if s.entity.kind is EntityKind.REGION),
        unknown=tuple(f.signal for f in verdict.own if f.state is SeriesState.UNKNOWN),
        credits=_credits(record),
        phases=before.phases if before else (),
        checks=verdict.checks,
        rule=verdict.rule,
        method=verdict.principal.method if verdict.principal else "",
        reconstruction=record.reconstruction,
        drill=record.drill,
        part=_part(verdict, principal),
        parts_back=_deepest(
            (f for f in verdict.parts if f.entity in step.back),
            traces,
            onset.since,
            record.watch,
        ),
        # What is still down when the incident is over is counted all the same.
        impact=impact(verdict, fallen, record.watch),
        wrong=step.wrong,
    )


def _began_otherwise(step: Step) -> bool:
    return step.wrong is not None and step.wrong.onset is not None


def _part(verdict: Verdict, principal: Trace | None) -> Entity | None:
    """Whose level is quoted, where it is not the place's own."""
    if principal is None or principal.entity == verdict.place:
        return None
    return principal.entity


def _onset(verdict: Verdict) -> Interval:
    return verdict.onset or Interval(verdict.at, verdict.at)


def _scope(before: Incident | None, verdict: Verdict) -> Scope:
    """The widest so far: a nation-scale incident stays one while it heals."""
    seen = [s for s in (before.scope if before else None, verdict.scope) if s]
    return max(seen, key=_SCOPES.index, default=Scope.NATIONAL)


def _severity(before: Incident | None, verdict: Verdict) -> Severity:
    if verdict.severity is not None:
        return verdict.severity
    return before.severity if before else Severity.MINOR


def _families(verdict: Verdict) -> tuple[Family, ...]:
    """Families that read dropped now, at the place or else in its parts, by onset."""
    own = [f for f in verdict.own if f.state is SeriesState.DROPPED]
    pool = own or list(verdict.fallen_parts)
    ordered = sorted(pool, key=lambda f: (f.onset is None, f.onset, f.family))
    return tuple(dict.fromkeys(f.family for f in ordered))


def _as_of(verdict: Verdict, principal: Trace | None) -> datetime:
    known = [
        f.as_of
        for f in verdict.own + verdict.parts
        if principal and (f.entity, f.signal) == (principal.entity, principal.signal)
    ]
    return max(known, default=verdict.at)


def level_at(trace: Trace | None) -> float | None:
    """The newest known level of a trace, as a fraction of ordinary."""
    if trace is None:
        return None
    newest = reversed(list(zip(trace.values, trace.expected, strict=True)))
    known = (_level(value, expected) for value, expected in newest)
    return next((level for level in known if level is not None), None)


def lowest_since(trace: Trace | None, since: datetime) -> float | None:
    """The lowest level of a trace from the bin at `since` on."""
    if trace is None:
        return None
    skip = max(0, int((since - trace.first) / timedelta(seconds=trace.step_s)))
    pairs = zip(trace.values[skip:], trace.expected[skip:], strict=True)
    told = (_level(value, expected) for value, expected in pairs)
    return min((v for v in told if v is not None), default=None)


def levels(trace: Trace) -> tuple[float | None, ...]:
    """Reading over baseline, bin by bin; None where either is missing."""
    pairs = zip(trace.values, trace.expected, strict=True)
    return tuple(_level(value, expected) for value, expected in pairs)


def _level(value: float | None, expected: float | None) -> float | None:
    return None if value is None or not expected else value / expected


_Traces = Mapping[tuple[Entity, str], Trace]


def _levels(
    findings: Iterable[Finding], traces: _Traces, since: datetime, watch: Watchlist
) -> tuple[SeriesLevel, ...]:
    """Findings as they are told; the numbers are the evidence's own."""
    return tuple(_series(f, traces, since, watch) for f in findings)


def _series(
    f: Finding, traces: _Traces, since: datetime, watch: Watchlist
) -> SeriesLevel:
    seen = traces.get((f.entity, f.signal))
    network = watch.networks.get(f.entity)
    told = SeriesLevel(
        entity=f.entity,
        signal=f.signal,
        family=f.family,
        state=f.state,
        level=f.level,
        lowest=f.lowest,
        onset=f.onset,
        as_of=f.as_of,
        brand=network.brand if network else "",
        kind=watch.kind(f.entity),
    )
    if seen is None or f.state is SeriesState.UNKNOWN:
        return told
    return replace(told, level=level_at(seen), lowest=lowest_since(seen, since))


def _deepest(
    findings: Iterable[Finding], traces: _Traces, since: datetime, watch: Watchlist
) -> tuple[SeriesLevel, ...]:
    """One series for each fallen part, by the order of families; deepest first."""
    chosen: dict[Entity, SeriesLevel] = {}
    for told in _levels(findings, traces, since, watch):
        other = chosen.get(told.entity)
        if other is None or _rank(told.family) < _rank(other.family):
            chosen[told.entity] = told
    return tuple(sorted(chosen.values(), key=lambda s: (s.level or 0.0, str(s.entity))))


def _rank(family: Family) -> int:
    return tuple(Family).index(family)


def _credits(record: FactInputs) -> tuple[Credit, ...]:
    used = dict.fromkeys(f.signal for f in record.verdict.own + record.verdict.parts)
    return tuple(
        Credit(id_, signal.credit, signal.licence, signal.link)
        for id_ in used
        if (signal := record.signals.get(id_)) is not None
    )
