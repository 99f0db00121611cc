"""Removes levels without a current reading, so that texts say "now" truly (P5, P18).

A reading is current until the next reading is overdue: see `Signal.current_until`.
Posts, charts, pages and data files all follow this rule.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.incidents.impact import impact_without
from bot.model.event import Facts, IncidentEvent, Parts
from bot.model.incident_report import IncidentReport, SilentSeries
from bot.model.signal import Signal
from bot.model.timeline import SeriesLevel
from bot.model.verdict import Finding


def silent_series(
    findings: Iterable[Finding],
    signals: Mapping[str, Signal],
    at: datetime,
    grace: timedelta,
) -> SilentSeries:
    """Return the series that are silent at `at`, with the times of their last readings.

    Args:
        findings: the findings of a place and its parts.
        signals: every signal by id; a series of an unknown signal counts as current.
        at: the time at which a series must have a current reading; aware, UTC.
        grace: how long to wait for a missing reading after it was due.
    """
    return {
        f.key: f.as_of
        for f in findings
        if (signal := signals.get(f.signal)) is not None
        and at >= signal.current_until(f.as_of, grace)
    }


def event_with_current_levels(report: IncidentReport) -> IncidentEvent:
    """Return the last event of a report, without levels that are no longer current."""
    last = report.events[-1]
    if not report.readings.silence:
        return last
    return replace(
        last, facts=without_silent_facts(last.facts, report.readings.silence)
    )


def without_silent_facts(facts: Facts, silence: SilentSeries) -> Facts:
    """Return the facts of a published event without what only silent series showed.

    The levels of silent series are left out. In `facts.impact`, silent networks count
    as unknown, and a direction of traffic is unknown if only silent series showed it.
    """
    impact = facts.impact and impact_without(facts.impact, facts, silence)
    return replace(without_silent_levels(facts, silence), impact=impact)


def without_silent_levels(facts: Facts, silence: SilentSeries) -> Facts:
    """Return the facts without the levels of silent series.

    The `as_of` of each of these series becomes the time of its last reading.
    """
    if not silence:
        return facts
    parts = Parts(
        networks=_without_levels(facts.parts.networks, silence),
        regions=_without_levels(facts.parts.regions, silence),
        back=_without_levels(facts.parts.back, silence),
    )
    levels = replace(facts.levels, series=_without_levels(facts.levels.series, silence))
    timing = facts.timing
    last_reading = silence.get(facts.principal) if facts.principal else None
    if last_reading is not None:
        levels = replace(levels, now=None)
        timing = replace(timing, as_of=max(timing.as_of, last_reading))
    return replace(facts, levels=levels, parts=parts, timing=timing)


def _without_levels(
    series: tuple[SeriesLevel, ...], silence: SilentSeries
) -> tuple[SeriesLevel, ...]:
    return tuple(
        replace(s, level=None, as_of=max(s.as_of, silence[s.key]))
        if s.key in silence
        else s
        for s in series
    )
