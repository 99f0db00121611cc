"""Builds an incident event with its facts, and the incident after the event (P4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.incidents.fold import fold
from bot.incidents.impact import impact
from bot.incidents.opening import LATE_PROOF
from bot.incidents.recovery import has_strong_return
from bot.incidents.steps import Step
from bot.incidents.timeline.cuts import cuts, cuts_from, time_down, until_end
from bot.incidents.timeline.levels import LevelReader, level_at
from bot.incidents.timeline.series import (
    SeriesKey,
    Timeline,
    extend,
    publishable_lowest,
    subject,
    timed_series,
)
from bot.incidents.timeline.series import lowest as lowest_in
from bot.incidents.timeline.silence import silent_series, without_silent
from bot.model.entity import Entity, EntityKind
from bot.model.event import Credit, Facts, IncidentChange, IncidentEvent
from bot.model.incident import EventKind, Evidence, Incident, State, Trace
from bot.model.interval import Interval, Span, span_between
from bot.model.signal import Family, Signal
from bot.model.timeline import Cut, Drop, SeriesLevel
from bot.model.verdict import (
    Finding,
    Scope,
    SeriesState,
    Severity,
    Verdict,
    severity_of,
)
from bot.model.watchlist import Watchlist

_SCOPES = tuple(Scope)
NARROW = (Scope.OPERATOR, Scope.MOBILE)
"""Scopes of single networks: an event gives their levels, and not the place's."""


@dataclass(frozen=True, slots=True)
class FactInputs:
    """What the facts of a step are built from.

    Attributes:
        before: the place's newest incident; None if it has none.
        evidence: the traces, that of the principal series first.
        drops: of each series, the drops that belong to the incident.
        signals: every signal by id, for credit and licence.
        grace: how long after its due time a missing reading is waited for.
        reconstruction, drill: see `Facts`.
    """

    before: Incident | None
    step: Step
    verdict: Verdict
    evidence: Evidence
    watch: Watchlist
    signals: Mapping[str, Signal]
    grace: timedelta
    drops: Mapping[SeriesKey, tuple[Drop, ...]] = field(default_factory=dict)
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


def told_timeline(
    before: Incident | None,
    verdict: Verdict,
    drops: Mapping[SeriesKey, tuple[Drop, ...]],
) -> Timeline:
    """Return the timeline after an event, with the levels of the findings."""
    findings = (*verdict.own, *verdict.parts)
    earlier = before.timeline if before else ()
    return extend(earlier, findings, drops, revised=verdict.revised)


def subject_of(
    before: Incident | None, verdict: Verdict, timeline: Timeline
) -> Timeline:
    """Return the series of a timeline that the event is about."""
    narrow = _scope(before, verdict) in NARROW
    return subject(timeline, verdict.place, narrow=narrow)


def _facts(record: FactInputs, before: Incident | None) -> Facts:
    """Return the facts of a step; `before` is None if the step opens an incident."""
    verdict, step = record.verdict, record.step
    onset = _published_onset(before, step, verdict)
    reader = LevelReader(
        {(t.entity, t.signal): t for t in record.evidence.traces},
        onset.since,
        record.watch,
    )
    over = step.state is State.RESTORED
    principal = record.evidence.traces[0] if record.evidence.traces else None
    timeline = told_timeline(before, verdict, record.drops)
    about = subject_of(before, verdict, timeline)
    down_parts = reader.deepest(verdict.fallen_parts)
    parts = _parts_that_fell(reader, verdict, about) if over else down_parts
    timeline = _with_levels(timeline, reader, verdict, principal, parts)
    about = subject_of(before, verdict, timeline)
    down, together = ((), ()) if over else (_families(verdict), verdict.families)
    # A suspected incident rests on one family. No other family is named, even if it
    # fell in a part of the place (P7).
    if step.state is State.SUSPECTED and verdict.principal is not None:
        down = opened = _only_family(before, verdict.place, verdict.principal)
    else:
        opened = _families_so_far(before, down, together)
    as_of = _as_of(verdict, principal)
    timed = timed_series(about, timeline, _scope(before, verdict))
    times = until_end(cuts_from(onset, cuts(timed, step.restored)), step.restored)
    restored = times[-1].ended if step.restored and times else step.restored
    # A correction withdraws the level that was published before it.
    published = before.level_min if before and step.wrong is None else None
    level, lowest = level_at(principal), publishable_lowest(about, published)
    severity = _severity(before, verdict, level, parts)
    if over:
        severity = _worst_severity(before, lowest)
    findings = (*verdict.own, *verdict.parts)
    silence = silent_series(findings, record.signals, verdict.at, record.grace)
    facts = Facts(
        place=verdict.place,
        state=step.state,
        scope=_scope(before, verdict),
        severity=severity,
        level=level,
        lowest=lowest,
        principal=principal.signal if principal else "",
        as_of=as_of,
        onset=onset,
        restored=restored,
        duration=_duration(onset, restored, times, as_of),
        families=down,
        opened_by=opened,
        returned=tuple(f for f in opened if f not in down),
        series=reader.levels(verdict.own),
        networks=tuple(s for s in parts if s.entity.kind is EntityKind.ASN),
        regions=tuple(s for s in parts if s.entity.kind is EntityKind.REGION),
        unknown=tuple(f.signal for f in verdict.own if f.state is SeriesState.UNKNOWN),
        credits=_credits(record),
        phases=before.phases if before else (),
        checks=verdict.checks,
        rule=verdict.rule,
        method=_method(verdict, principal),
        reconstruction=record.reconstruction,
        drill=record.drill,
        part=_part(verdict, principal),
        parts_back=reader.deepest(f for f in verdict.parts if f.entity in step.back),
        # Parts that are still down when the incident is over are counted as well.
        impact=impact(verdict, down_parts, record.watch, onset, silence),
        wrong=step.wrong,
        timeline=timeline,
        cuts=times,
    )
    return without_silent(facts, silence)


def _parts_that_fell(
    reader: LevelReader, verdict: Verdict, about: Timeline
) -> tuple[SeriesLevel, ...]:
    """Return the parts that a finished incident was about, those that fell deepest first."""
    lows = {(s.entity, s.signal): lowest_in([s]) for s in about}
    parts = reader.deepest(f for f in verdict.parts if (f.entity, f.signal) in lows)
    return tuple(sorted(parts, key=lambda s: lows[s.entity, s.signal] or 0.0))


def _with_levels(
    timeline: Timeline,
    reader: LevelReader,
    verdict: Verdict,
    principal: Trace | None,
    parts: tuple[SeriesLevel, ...],
) -> Timeline:
    """Return the timeline with the present levels.

    The series whose levels are published are marked as `reported`.
    """
    read = {
        (s.entity, s.signal): s for s in reader.levels((*verdict.own, *verdict.parts))
    }
    published = {(s.entity, s.signal) for s in parts}
    if principal is not None:
        published.add((principal.entity, principal.signal))
    levels = []
    for series in timeline:
        key = series.entity, series.signal
        level = read[key].level if key in read else None
        reported = series.reported or key in published
        levels.append(replace(series, level=level, reported=reported))
    return tuple(levels)


def _duration(
    onset: Interval,
    restored: Interval | None,
    times: tuple[Cut, ...],
    as_of: datetime,
) -> Span:
    """Return the time down; if no series shows a drop, the time from onset to end."""
    if times:
        return time_down(times, as_of)
    return span_between(onset, restored or Interval(as_of, as_of))


def _method(verdict: Verdict, principal: Trace | None) -> str:
    """Return the kind of baseline of the principal series; "" if there is none."""
    methods = (
        f.method
        for f in (*verdict.own, *verdict.parts)
        if principal and (f.entity, f.signal) == (principal.entity, principal.signal)
    )
    return next(methods, "")


def _published_onset(before: Incident | None, step: Step, verdict: Verdict) -> Interval:
    """Return the published onset of an incident.

    A new incident gets the onset of the verdict; so does one whose published onset this
    step corrects.
    """
    corrects_onset = step.wrong is not None and step.wrong.onset is not None
    # The published onset stays, unless this step is the correction that withdraws it
    # (P11).
    if before is not None and not corrects_onset:
        return before.onset
    return verdict.onset or Interval(verdict.at, verdict.at)


def _only_family(
    before: Incident | None, place: Entity, principal: Finding
) -> tuple[Family, ...]:
    """Return the one family that a suspected incident rests on.

    This is the family of the principal finding. But if both this event and the last one
    publish a level of the place itself, it is the incident's first family.
    """
    if before is not None and before.principal and principal.entity == place:
        return before.families[:1] or (principal.family,)
    return (principal.family,)


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
    if before is not None and has_strong_return(before, verdict):
        return before.scope
    scopes = [s for s in (before.scope if before else None, verdict.scope) if s]
    return max(scopes, key=_SCOPES.index, default=Scope.NATIONAL)


def _severity(
    before: Incident | None,
    verdict: Verdict,
    level: float | None,
    parts: tuple[SeriesLevel, ...],
) -> Severity:
    """Return the severity of the published level.

    Where single networks are down, the level in the middle of theirs decides. If neither
    verdict nor level says how severe it is, the incident keeps its own.
    """
    if verdict.severity is None and level is None and before is not None:
        return before.severity
    if _scope(before, verdict) in NARROW and parts:
        levels = sorted(s.level for s in parts if s.level is not None)
        level = levels[len(levels) // 2] if levels else level
    return severity_of(1.0 if level is None else level)


def _worst_severity(before: Incident | None, lowest: float | None) -> Severity:
    """Return the worst severity of an incident that is over."""
    seen = [before.severity] if before else []
    seen += [severity_of(lowest)] if lowest is not None else []
    return max(seen, key=tuple(Severity).index, default=Severity.MINOR)


def _families(verdict: Verdict) -> tuple[Family, ...]:
    """Return the families that are down at the place, the earliest onset first.

    If none is, return those that are down at its parts. If single networks are down,
    return both: two families of a network confirm its drop, whatever the place reads.
    """
    own = [f for f in verdict.own if f.state is SeriesState.DROPPED]
    pool = own or list(verdict.fallen_parts)
    if verdict.scope in NARROW:
        pool = own + [f for f in verdict.parts if f.state is SeriesState.DROPPED]
    # The first element of the key sorts None last.
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


def _credits(record: FactInputs) -> tuple[Credit, ...]:
    """Return the credit of every signal behind the verdict (P13)."""
    used = dict.fromkeys(f.signal for f in record.verdict.own + record.verdict.parts)
    return tuple(
        Credit(id_, signal.credit, signal.licence, signal.link)
        for id_ in used
        if (signal := record.signals.get(id_)) is not None
    )
