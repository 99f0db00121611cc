"""The evidence of an event: precise times, drops, and traces of the series it shows."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.detection.snapshot import Snapshot
from bot.incidents import facts
from bot.incidents.steps import Step
from bot.incidents.timeline.shown import shown_findings
from bot.model.entity import SeriesKey
from bot.model.incident import Evidence, Incident, State
from bot.model.interval import Interval
from bot.model.signal import FLAT_FAMILIES
from bot.model.timeline import Drop
from bot.model.verdict import Finding, SeriesState, Verdict

_EVIDENCE_BEFORE_ONSET = timedelta(days=3)
"""How long before the onset the evidence begins."""
_LOW_BY_CHANCE = timedelta(hours=3)
"""How long after the return of service a series may read low by chance.

This holds for families outside `FLAT_FAMILIES`, such as traffic.
"""


def with_precise_onset(verdict: Verdict, snapshot: Snapshot) -> Verdict:
    """Return the verdict with its onset made as precise as the readings allow."""
    fell = (f for f in verdict.findings if (f.onset or f.last_onset) == verdict.onset)
    first = next(fell, None)
    if verdict.onset is None or first is None:
        return verdict
    return replace(
        verdict,
        onset=onset_not_too_early(
            snapshot.precise_onset_of(first), first, verdict.onset
        ),
    )


def onset_not_too_early(
    precise_onset: Interval | None, finding: Finding, onset: Interval
) -> Interval | None:
    """Return the precise onset of a fall, made wider if it may be too early.

    Traffic may read low by chance before it falls. So its precise onset may be hours
    too early. If this onset ends before the detected onset begins, the result lasts
    until the end of the detected onset. The same holds for all families outside
    `FLAT_FAMILIES`.

    Args:
        precise_onset: the onset as precisely as the readings show it; None if unknown.
        finding: the finding of the series that fell.
        onset: the detected onset, which is less precise.
    """
    if (
        precise_onset is None
        or finding.family in FLAT_FAMILIES
        or precise_onset.until >= onset.since
    ):
        return precise_onset
    return Interval(precise_onset.since, onset.until)


def with_precise_end(step: Step, verdict: Verdict, snapshot: Snapshot) -> Step:
    """Return the step with the incident's end made as precise as the readings allow."""
    if step.restored is None:
        return step
    returned = (f for f in verdict.findings if f.recovered == step.restored)
    last = next(returned, None)
    end = None if last is None else snapshot.precise_return_of(last)
    if last is None or end is None:
        return step
    if last in verdict.own and last.family not in FLAT_FAMILIES:
        end = Interval(_first_return(step.restored, end, verdict, snapshot), end.until)
    return replace(step, restored=end)


def _first_return(
    restored: Interval, end: Interval, verdict: Verdict, snapshot: Snapshot
) -> datetime:
    """Return when the interval begins in which an incident ended.

    This function is for an incident whose last series to return is outside `FLAT_FAMILIES`.
    Such a series may read low by chance for a few bins after service is back. So if a
    series of `FLAT_FAMILIES` returned at most `_LOW_BY_CHANCE` earlier, the interval begins
    with the return of that series. If not, it begins at `end.since`.

    Args:
        restored: the end of the incident as detection saw it.
        end: the same end as precisely as the readings show it.
        verdict: the present verdict.
        snapshot: gives the precise returns.
    """
    near = (
        snapshot.precise_return_of(f)
        for f in verdict.own
        if f.family in FLAT_FAMILIES
        and f.recovered is not None
        and restored.since - _LOW_BY_CHANCE <= f.recovered.since
    )
    return min((i.since for i in near if i and i.since < end.since), default=end.since)


def drops_since(
    verdict: Verdict, snapshot: Snapshot, since: datetime
) -> dict[SeriesKey, tuple[Drop, ...]]:
    """Return for each series its drops of this outage that had not ended at `since`."""
    drops = {
        f.key: tuple(
            d
            for d in snapshot.drops_since(f, since)
            if not _is_drop_of_earlier_outage(d, f, since)
        )
        for f in verdict.findings
        if f.last_onset is not None
    }
    return {key: of_series for key, of_series in drops.items() if of_series}


def _is_drop_of_earlier_outage(drop: Drop, finding: Finding, since: datetime) -> bool:
    """Whether a drop without an end belongs to an outage before `since`.

    It does if the series was last seen low before `since` and has readings from after
    `since`: these were not low, so the drop is not part of a later outage.
    """
    if drop.ended is not None or drop.seen_low is None:
        return False
    return (
        drop.seen_low < since < finding.as_of
        and finding.state is not SeriesState.UNKNOWN
    )


def silences_since(
    verdict: Verdict, snapshot: Snapshot, since: datetime
) -> dict[SeriesKey, tuple[Interval, ...]]:
    """Return, for each series that fell, its times without readings after `since`.

    Only series of routes and probing are included (`FLAT_FAMILIES`).
    """
    return {
        f.key: silences
        for f in verdict.findings
        if f.last_onset is not None and f.family in FLAT_FAMILIES
        if (silences := snapshot.silences_since(f, since))
    }


def evidence_of(
    incident_before: Incident | None,
    step: Step,
    verdict: Verdict,
    drops: dict[SeriesKey, tuple[Drop, ...]],
    snapshot: Snapshot,
    since: datetime,
) -> Evidence:
    """Return the traces of the series that an event shows, the principal's first."""
    timeline = facts.extended_timeline(incident_before, verdict, drops)
    shown = shown_findings(
        verdict,
        facts.subject_of(incident_before, verdict, timeline),
        is_over=step.state is State.RESTORED,
    )
    return Evidence(
        tuple(snapshot.trace_since(f, since - _EVIDENCE_BEFORE_ONSET) for f in shown)
    )
