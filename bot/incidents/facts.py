"""Builds an incident event with its facts, and the incident after the event (P4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property

from bot.incidents.families import families_down, families_so_far, only_family
from bot.incidents.fold import incident_after
from bot.incidents.impact import impact_of
from bot.incidents.opening import continues
from bot.incidents.severity import (
    present_severity,
    widest_scope,
    worst_severity,
)
from bot.incidents.steps import NEARLY_NORMAL, Step
from bot.incidents.timeline.levels import LevelReader, newest_level
from bot.incidents.timeline.published_cuts import published_cuts, time_down
from bot.incidents.timeline.series import (
    Timeline,
    extend_timeline,
    publishable_lowest,
    subject_series,
    with_silences,
)
from bot.incidents.timeline.series import lowest_in_drops as lowest_in
from bot.incidents.timeline.silence import silent_series, without_silent_levels
from bot.model.entity import EntityKind, NetworkKind, SeriesKey
from bot.model.event import (
    Correction,
    Credit,
    Facts,
    IncidentChange,
    IncidentEvent,
    Parts,
    PlaceLevels,
    Sources,
    Timing,
)
from bot.model.incident import Evidence, Incident, State, Trace
from bot.model.interval import Interval, duration_range_between
from bot.model.signal import Family, Signal
from bot.model.timeline import Drop, SeriesLevel
from bot.model.verdict import (
    NARROW_SCOPES,
    Finding,
    Scope,
    SeriesState,
    Severity,
    Verdict,
)
from bot.model.watchlist import Watchlist


@dataclass(frozen=True, slots=True)
class FactInputs:
    """What the facts of a step are built from.

    Attributes:
        before: the place's newest incident, open or not; None if the place has none.
        evidence: the traces that the event shows, beginning with the trace of the
            principal series.
        signals: every signal by id, for credit and licence.
        grace: how long to wait for a missing reading after it was due.
        drops: for each series, its drops that belong to the incident.
        silences: for each series of routes or probing that fell in the incident, its
            times without readings since then.
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
    silences: Mapping[SeriesKey, tuple[Interval, ...]] = field(default_factory=dict)
    reconstruction: bool = False
    drill: bool = False


def change_of_step(inputs: FactInputs, new_id: str) -> IncidentChange:
    """Return the event of a step, its evidence, and the incident as it is after the event.

    Args:
        inputs: what the facts are built from.
        new_id: the id of the incident, if the step opens a new one.
    """
    before, step, verdict = inputs.before, inputs.step, inputs.verdict
    # A step that opens a new incident uses nothing of the incident before.
    if before is not None and not continues(before, step):
        before = None
    facts = _FactsBuilder(inputs, before).facts()
    event = IncidentEvent(
        incident=before.id if before else new_id,
        seq=before.seq + 1 if before else 1,
        kind=step.kind,
        at=verdict.at,
        reason=step.reason,
        facts=facts,
    )
    return IncidentChange(
        incident=incident_after(before, event),
        event=event,
        evidence=inputs.evidence,
    )


def extended_timeline(
    incident_before: Incident | None,
    verdict: Verdict,
    drops: Mapping[SeriesKey, tuple[Drop, ...]],
    silences: Mapping[SeriesKey, tuple[Interval, ...]] | None = None,
) -> Timeline:
    """Return the incident's timeline after an event; its levels come from the findings.

    Args:
        incident_before: the incident before the event; None if the event opens it.
        verdict: the verdict behind the event.
        drops: for each series, its drops that belong to the incident.
        silences: for each series, its times without readings; None for none.
    """
    findings = verdict.findings
    earlier = incident_before.timeline if incident_before else ()
    timeline = extend_timeline(earlier, findings, drops, revised=verdict.revised)
    return with_silences(timeline, silences or {})


def subject_of(
    incident_before: Incident | None, verdict: Verdict, timeline: Timeline
) -> Timeline:
    """Return the series of `timeline` that an event is about.

    Args:
        incident_before: the incident before the event; None if the event opens it.
        verdict: the verdict behind the event.
        timeline: the timeline after the event.
    """
    narrow = widest_scope(incident_before, verdict) in NARROW_SCOPES
    return subject_series(timeline, verdict.place, is_about_networks=narrow)


@dataclass(frozen=True)
class _FactsBuilder:
    """A builder of the facts of one step.

    Attributes:
        before: the incident that the step continues; None if the step opens a new one.
    """

    inputs: FactInputs
    before: Incident | None

    def facts(self) -> Facts:
        inputs, verdict, step = self.inputs, self.verdict, self.inputs.step
        findings = verdict.findings
        silence = silent_series(findings, inputs.signals, verdict.at, inputs.grace)
        facts = Facts(
            place=verdict.place,
            state=step.state,
            scope=self.scope,
            severity=self._severity(),
            timing=self._timing(),
            levels=self._levels(),
            parts=self._parts(),
            sources=self._sources(),
            checks=verdict.checks,
            rule=verdict.rule,
            phases=self.before.phases if self.before else (),
            timeline=self.timeline,
            # Parts that are still down when the incident is over are counted as well.
            impact=impact_of(
                verdict, self.down_parts, inputs.watch, self.onset, silence
            ),
            correction=Correction(wrong=step.wrong) if step.wrong else None,
            reconstruction=inputs.reconstruction,
            drill=inputs.drill,
        )
        return without_silent_levels(facts, silence)

    @property
    def verdict(self) -> Verdict:
        return self.inputs.verdict

    @property
    def is_over(self) -> bool:
        return self.inputs.step.state is State.RESTORED

    @cached_property
    def scope(self) -> Scope:
        scope = widest_scope(self.before, self.verdict)
        networks = [p for p in self.down_parts if p.entity.kind is EntityKind.ASN]
        others = any(p.kind is not NetworkKind.MOBILE for p in networks)
        # If networks of other kinds are down as well, the scope is no longer mobile.
        return Scope.OPERATOR if scope is Scope.MOBILE and others else scope

    @cached_property
    def onset(self) -> Interval:
        """The published onset; if there is none or it is wrong, the verdict's onset."""
        wrong, verdict = self.inputs.step.wrong, self.verdict
        corrects_onset = wrong is not None and wrong.onset is not None
        # The published onset stays, unless this step is the correction that withdraws
        # it (P11).
        if self.before is not None and not corrects_onset:
            return self.before.onset
        return verdict.onset or Interval(verdict.at, verdict.at)

    @cached_property
    def reader(self) -> LevelReader:
        traces = {t.key: t for t in self.inputs.evidence.traces}
        return LevelReader(traces, self.onset.since, self.inputs.watch)

    @property
    def principal(self) -> Trace | None:
        """The first trace, whose series represents the place; None without traces."""
        return next(iter(self.inputs.evidence.traces), None)

    @cached_property
    def down_parts(self) -> tuple[SeriesLevel, ...]:
        """The parts that are down.

        A network that reads nearly normal is left out while other networks read low. A
        region that reads nearly normal is left out while other regions read low, but
        only if it fell before the incident.
        """
        parts = self.reader.lowest_first(self.verdict.fallen_parts)
        low = [p for p in parts if p.level is None or p.level < NEARLY_NORMAL]
        kinds = {p.entity.kind for p in low}
        return tuple(
            p
            for p in parts
            if p in low or p.entity.kind not in kinds or self._is_region_of_incident(p)
        )

    def _is_region_of_incident(self, part: SeriesLevel) -> bool:
        """Whether a part is a region that fell in the incident."""
        if part.entity.kind is not EntityKind.REGION:
            return False
        return part.onset is None or part.onset.until >= self.onset.since

    @cached_property
    def named_parts(self) -> tuple[SeriesLevel, ...]:
        """The parts that are down; after the end, those that the incident was about."""
        if not self.is_over:
            return self.down_parts
        about = subject_of(self.before, self.verdict, self._timeline_of_findings)
        lows = {s.key: lowest_in([s]) for s in about}
        fell = (f for f in self.verdict.parts if f.key in lows)
        parts = self.reader.lowest_first(fell)
        return tuple(sorted(parts, key=lambda s: lows[s.key] or 0.0))

    @cached_property
    def _timeline_of_findings(self) -> Timeline:
        """The timeline with the levels of the findings, not yet those of the traces."""
        return extended_timeline(
            self.before, self.verdict, self.inputs.drops, self.inputs.silences
        )

    @cached_property
    def timeline(self) -> Timeline:
        """The timeline with the levels of the traces; published series are marked."""
        findings = self.verdict.findings
        levels = {s.key: s.level for s in self.reader.levels(findings)}
        published = {s.key for s in self.named_parts}
        if self.principal is not None:
            published.add((self.principal.entity, self.principal.signal))
        return tuple(
            replace(s, level=levels.get(key), reported=s.reported or key in published)
            for s in self._timeline_of_findings
            for key in [s.key]
        )

    @cached_property
    def subject(self) -> Timeline:
        """The series of the timeline that the event is about."""
        return subject_of(self.before, self.verdict, self.timeline)

    @cached_property
    def lowest(self) -> float | None:
        before, wrong = self.before, self.inputs.step.wrong
        # A correction withdraws the published level, so that level does not limit the
        # new one.
        published = before.level_min if before and wrong is None else None
        return publishable_lowest(self.subject, published)

    def _severity(self) -> Severity:
        if self.is_over:
            return worst_severity(self.before, self.lowest)
        level = newest_level(self.principal)
        return present_severity(self.before, self.verdict, level, self.named_parts)

    def _timing(self) -> Timing:
        end = self.inputs.step.restored
        times = published_cuts(self.subject, self.timeline, self.scope, self.onset, end)
        restored = times[-1].ended if end and times else end
        as_of = self._as_of()
        whole = duration_range_between(self.onset, restored or Interval(as_of, as_of))
        return Timing(
            as_of=as_of,
            onset=self.onset,
            restored=restored,
            # Without cuts, the duration is the time from the onset to the end.
            duration=time_down(times, as_of) if times else whole,
            cuts=times,
        )

    def _as_of(self) -> datetime:
        """Return the time of the principal's newest bin, or else the verdict's time."""
        # The event quotes the level of the newest bin, so it states the time of this
        # bin, which may be before the verdict (P18).
        times = [finding.as_of for finding in self._principal_findings()]
        return max(times, default=self.verdict.at)

    def _principal_findings(self) -> list[Finding]:
        principal = self.principal
        if principal is None:
            return []
        key = principal.key
        findings = self.verdict.findings
        return [f for f in findings if f.key == key]

    def _levels(self) -> PlaceLevels:
        place, own, principal = self.verdict.place, self.verdict.own, self.principal
        methods = (finding.method for finding in self._principal_findings())
        is_part = principal is not None and principal.entity != place
        return PlaceLevels(
            now=newest_level(principal),
            lowest=self.lowest,
            principal=principal.signal if principal else None,
            part=principal.entity if principal and is_part else None,
            method=next(methods, None),
            series=self.reader.levels(own),
            unknown=tuple(f.signal for f in own if f.state is SeriesState.UNKNOWN),
        )

    def _parts(self) -> Parts:
        returned = self.inputs.step.back
        back = (f for f in self.verdict.parts if f.entity in returned)
        kinds = EntityKind.ASN, EntityKind.REGION
        networks, regions = (
            tuple(s for s in self.named_parts if s.entity.kind is kind)
            for kind in kinds
        )
        return Parts(networks, regions, self.reader.lowest_first(back))

    def _sources(self) -> Sources:
        down, opened = self._families()
        return Sources(
            families=down,
            opened_by=opened,
            returned=tuple(f for f in opened if f not in down),
            credits=_credits(self.inputs),
        )

    def _families(self) -> tuple[tuple[Family, ...], tuple[Family, ...]]:
        """Return the families that are down now, and all that were down in the incident."""
        verdict, before = self.verdict, self.before
        # For a suspected incident only one family is named, even if another family fell
        # in a part of the place (P7).
        if self.inputs.step.state is State.SUSPECTED and verdict.principal is not None:
            only = only_family(before, verdict.place, verdict.principal)
            return only, only
        if self.is_over:
            return (), families_so_far(before, (), ())
        down = families_down(verdict)
        return down, families_so_far(before, down, verdict.families)


def _credits(inputs: FactInputs) -> tuple[Credit, ...]:
    """Return the credit of every signal behind the verdict (P13)."""
    used = dict.fromkeys(f.signal for f in inputs.verdict.findings)
    return tuple(
        Credit(id_, signal.credit, signal.licence, signal.link)
        for id_ in used
        if (signal := inputs.signals.get(id_)) is not None
    )
