"""Builds an incident event with its facts, and the incident after the event (P4)."""

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
    """What the facts of a step are built from.

    Attributes:
        before: the place's newest incident; None if it has none.
        evidence: the traces, that of the principal series first.
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
    """Return the event of a step, and the incident after it.

    Args:
        record: what the facts are built from.
        name: the id to use if the step opens a new incident.
    """
    before, step, verdict = record.before, record.step, record.verdict
    # A new incident's facts contain nothing of the place's last incident.
    if before is not None and not continues(before, step):
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


def continues(before: Incident, step: Step) -> bool:
    """Whether a step belongs to the incident `before`; if not, it opens another one."""
    revisits = step.kind in {EventKind.REOPENED, EventKind.RETRACTED}
    late_proof = step.reason == LATE_PROOF
    return before.open or revisits or late_proof


def fold(before: Incident | None, event: IncidentEvent) -> Incident:
    """Return the incident after `event`, from `before` and the event's facts alone."""
    facts = event.facts
    confirmed = before.confirmed_at if before else None
    if confirmed is None and facts.state is State.CONFIRMED:
        confirmed = event.at
    # After a correction the lowest level from before may be the wrong one.
    earlier_low = before.level_min if before and facts.wrong is None else None
    lows = [level for level in (earlier_low, facts.lowest) if level]
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
        told_families=_reported_families(before, event),
        changed_at=event.at,
        seq=event.seq,
        phases=(
            *facts.phases,
            Phase(event.kind, event.at, facts.scope, facts.severity),
        ),
        told_parts=_reported_parts(before, event),
        principal="" if facts.part else facts.principal,
    )


def _reported_families(
    before: Incident | None, event: IncidentEvent
) -> tuple[Family, ...]:
    """Return the families last reported as down at the place itself.

    An update does not report a family's return, so it removes none.
    """
    own = (s.family for s in event.facts.series if s.state is SeriesState.DROPPED)
    down = tuple(dict.fromkeys(own)) if event.facts.families else ()
    if before is None or event.kind is not EventKind.UPDATED:
        return down
    return tuple(dict.fromkeys((*before.told_families, *down)))


def _reported_parts(
    before: Incident | None, event: IncidentEvent
) -> tuple[Entity, ...]:
    """Return the networks and regions last reported as down.

    An update removes only those whose return it reports.
    """
    facts = event.facts
    down = tuple(s.entity for s in (*facts.networks, *facts.regions))
    if before is None or event.kind is not EventKind.UPDATED:
        return down
    back = {s.entity for s in facts.parts_back}
    reported = dict.fromkeys((*before.told_parts, *down))
    return tuple(e for e in reported if e not in back)


def _facts(record: FactInputs, before: Incident | None) -> Facts:
    """Return the facts of a step; `before` is None if the step opens an incident."""
    verdict, step = record.verdict, record.step
    onset = _published_onset(before, step, verdict)
    levels_since_onset = _LevelReader(
        {(t.entity, t.signal): t for t in record.evidence.traces},
        onset.since,
        record.watch,
    )
    over = step.state is State.RESTORED
    down_parts = levels_since_onset.deepest(verdict.fallen_parts)
    parts = () if over else down_parts
    principal = record.evidence.traces[0] if record.evidence.traces else None
    down = () if over else _families(verdict)
    opened = _families_so_far(before, down, () if over else verdict.families)
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
        series=levels_since_onset.levels(verdict.own),
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
        parts_back=levels_since_onset.deepest(
            f for f in verdict.parts if f.entity in step.back
        ),
        # Parts that are still down when the incident is over are counted as well.
        impact=impact(verdict, down_parts, record.watch),
        wrong=step.wrong,
    )


def _published_onset(before: Incident | None, step: Step, verdict: Verdict) -> Interval:
    """Return the incident's onset; the verdict's if that is new or its onset was wrong."""
    corrects_onset = step.wrong is not None and step.wrong.onset is not None
    # The published onset stays, unless this step is the correction that withdraws it
    # (P11).
    if before is not None and not corrects_onset:
        return before.onset
    return verdict.onset or Interval(verdict.at, verdict.at)


def _families_so_far(
    before: Incident | None,
    down: tuple[Family, ...],
    corroborating: tuple[Family, ...],
) -> tuple[Family, ...]:
    """Return every family that was down in the incident, the earliest first."""
    earlier = before.families if before else ()
    # A family that fell with the others and is already back did corroborate them (P7).
    return tuple(dict.fromkeys((*earlier, *down, *corroborating)))


def _part(verdict: Verdict, principal: Trace | None) -> Entity | None:
    """Return the network or region whose level is quoted; None if none is."""
    if principal is None or principal.entity == verdict.place:
        return None
    return principal.entity


def _scope(before: Incident | None, verdict: Verdict) -> Scope:
    """Return the widest scope so far, which an incident keeps while it recovers."""
    scopes = [s for s in (before.scope if before else None, verdict.scope) if s]
    return max(scopes, key=_SCOPES.index, default=Scope.NATIONAL)


def _severity(before: Incident | None, verdict: Verdict) -> Severity:
    """Return the verdict's severity; if it has none, that of the incident so far."""
    if verdict.severity is not None:
        return verdict.severity
    return before.severity if before else Severity.MINOR


def _families(verdict: Verdict) -> tuple[Family, ...]:
    """Return the families down at the place, else at its parts, earliest onset first."""
    own = [f for f in verdict.own if f.state is SeriesState.DROPPED]
    pool = own or list(verdict.fallen_parts)
    # None cannot be compared with an onset, so findings without an onset are sorted
    # last by the first element of the key.
    ordered = sorted(pool, key=lambda f: (f.onset is None, f.onset, f.family))
    return tuple(dict.fromkeys(f.family for f in ordered))


def _as_of(verdict: Verdict, principal: Trace | None) -> datetime:
    """Return the time of the principal's newest bin; without one, the verdict's time."""
    # The time must be that of the quoted level, which may be older than the verdict
    # (P18).
    times = [
        f.as_of
        for f in verdict.own + verdict.parts
        if principal and (f.entity, f.signal) == (principal.entity, principal.signal)
    ]
    return max(times, default=verdict.at)


def level_at(trace: Trace | None) -> float | None:
    """Return the newest known level of a trace (1.0 is the baseline), or None."""
    if trace is None:
        return None
    newest = reversed(list(zip(trace.values, trace.expected, strict=True)))
    candidates = (_level(value, expected) for value, expected in newest)
    return next((level for level in candidates if level is not None), None)


def lowest_since(trace: Trace | None, since: datetime) -> float | None:
    """Return the lowest level of a trace from the bin of `since` on; None without one."""
    if trace is None:
        return None
    # A lower level from before the onset does not belong to this incident (P18).
    skip = max(0, int((since - trace.first) / timedelta(seconds=trace.step_s)))
    pairs = zip(trace.values[skip:], trace.expected[skip:], strict=True)
    window = (_level(value, expected) for value, expected in pairs)
    return min((level for level in window if level is not None), default=None)


def levels(trace: Trace) -> tuple[float | None, ...]:
    """Return reading over baseline for each bin of a trace; None where one is missing."""
    pairs = zip(trace.values, trace.expected, strict=True)
    return tuple(_level(value, expected) for value, expected in pairs)


def _level(value: float | None, expected: float | None) -> float | None:
    return None if value is None or not expected else value / expected


@dataclass(frozen=True, slots=True)
class _LevelReader:
    """Reads the levels of findings from their traces, so that they match the charts.

    Attributes:
        traces: by entity and signal.
        since: the onset; lowest levels are those since then.
    """

    traces: Mapping[tuple[Entity, str], Trace]
    since: datetime
    watch: Watchlist

    def levels(self, findings: Iterable[Finding]) -> tuple[SeriesLevel, ...]:
        """Return the state and levels of each finding's series, in order."""
        return tuple(self._series(finding) for finding in findings)

    def deepest(self, findings: Iterable[Finding]) -> tuple[SeriesLevel, ...]:
        """Return one series for each entity, the lowest level first.

        Of several series of an entity, the family that `Family` lists first decides.
        """
        chosen: dict[Entity, SeriesLevel] = {}
        for series in self.levels(findings):
            other = chosen.get(series.entity)
            if other is None or _rank(series.family) < _rank(other.family):
                chosen[series.entity] = series
        return tuple(
            sorted(chosen.values(), key=lambda s: (s.level or 0.0, str(s.entity)))
        )

    def _series(self, finding: Finding) -> SeriesLevel:
        trace = self.traces.get((finding.entity, finding.signal))
        network = self.watch.networks.get(finding.entity)
        series = SeriesLevel(
            entity=finding.entity,
            signal=finding.signal,
            family=finding.family,
            state=finding.state,
            level=finding.level,
            lowest=finding.lowest,
            onset=finding.onset,
            as_of=finding.as_of,
            brand=network.brand if network else "",
            kind=self.watch.kind(finding.entity),
        )
        # The newest level in the trace of an unknown series is out of date (P5).
        if trace is None or finding.state is SeriesState.UNKNOWN:
            return series
        return replace(
            series, level=level_at(trace), lowest=lowest_since(trace, self.since)
        )


def _rank(family: Family) -> int:
    return tuple(Family).index(family)


def _credits(record: FactInputs) -> tuple[Credit, ...]:
    """Return the credit of every signal behind the verdict (P13)."""
    used = dict.fromkeys(f.signal for f in record.verdict.own + record.verdict.parts)
    return tuple(
        Credit(id_, signal.credit, signal.licence, signal.link)
        for id_ in used
        if (signal := record.signals.get(id_)) is not None
    )
