"""Calculates the numbers of an event again from its readings and its timeline."""

from collections.abc import Iterator, Mapping
from statistics import median_high

from bot.cli.evidence.bundle_reader import BundledEvent
from bot.detection.fusion.rules import RULES
from bot.incidents.fold import incident_after
from bot.incidents.timeline.levels import lowest_since, newest_level
from bot.incidents.timeline.published_cuts import time_down
from bot.incidents.timeline.series import publishable_lowest, subject_series
from bot.model.event import Facts
from bot.model.incident import CORRECTION_KINDS, EventKind, Incident, Phase, State
from bot.model.timeline import SeriesLevel
from bot.model.verdict import NARROW_SCOPES, Outcome, SeriesState, severity_of
from bot.site.evidence.archive import decompress
from bot.site.evidence.contents import TABLE

Check = tuple[str, object, object]
"""What is checked, the value in the bundle, and the value that was calculated."""
_OVER = (State.RESTORED, State.RETRACTED)


def missing_readings(bundled: BundledEvent) -> Iterator[str]:
    """Yield each series of the place whose level is stated, and has no readings.

    A correction states levels of earlier events, and has no readings of its own.
    """
    facts = bundled.event.facts
    if bundled.event.kind in CORRECTION_KINDS:
        return
    present = {trace.key for trace in bundled.evidence.traces}
    for series in facts.listed_series:
        is_own = series.entity == facts.place and series.level is not None
        if is_own and series.key not in present:
            yield f"{series.entity} in {series.signal}"


def undrawn_bins(bundled: BundledEvent, files: Mapping[str, bytes]) -> int:
    """Return how many bins of an event's readings are not in its table.

    The table has the period of the chart. `files` are the files of the bundle.
    """
    name = f"{bundled.folder}{TABLE}"
    bins = sum(len(trace.values) for trace in bundled.evidence.traces)
    if name not in files:
        return bins
    # No field of the table has a line break.
    rows = decompress(name, files[name]).count(b"\n") - 1
    return max(0, bins - rows)


def level_checks(bundled: BundledEvent) -> Iterator[Check]:
    """Yield a check for each level of an event that its readings show.

    The level of a silent or unknown series is not published, and so not checked (P5).
    """
    facts = bundled.event.facts
    traces = {trace.key: trace for trace in bundled.evidence.traces}
    principal = next(iter(bundled.evidence.traces), None)
    if facts.levels.now is not None and principal is not None:
        yield "the present level", facts.levels.now, newest_level(principal)
    listed = (*facts.listed_series, *facts.parts.back)
    for series in dict.fromkeys(listed):
        trace = traces.get(series.key)
        if trace is None or series.state is SeriesState.UNKNOWN:
            continue
        name = f"{series.entity} in {series.signal}"
        if series.level is not None:
            yield f"the level of {name}", series.level, newest_level(trace)
        lowest = lowest_since(trace, facts.timing.onset.since)
        yield f"the lowest level of {name}", series.lowest, lowest


def state_checks(
    bundled: BundledEvent, earlier: tuple[BundledEvent, ...]
) -> Iterator[Check]:
    """Yield the checks of an event's state, severity, earlier steps and duration."""
    event, facts = bundled.event, bundled.event.facts
    phases = tuple(_phase(other) for other in earlier)
    yield "the earlier steps", facts.phases, phases
    yield from _outcome_checks(event.kind, facts)
    if facts.statement is None:
        yield "the lowest level", facts.levels.lowest, _lowest(facts, earlier)
    level = _decisive_level(facts)
    if level is not None:
        yield "the severity", facts.severity, severity_of(level)
    # If the principal series is silent, the as-of time is that of its last reading, and
    # the duration was counted up to the time before it.
    if facts.timing.cuts and facts.levels.now is not None:
        duration = time_down(facts.timing.cuts, facts.timing.as_of)
        yield "the duration", facts.timing.duration, duration


def _outcome_checks(kind: EventKind, facts: Facts) -> Iterator[Check]:
    """Yield a check that the verdict rule allows what the event says (P7)."""
    outcomes = {rule.id: rule.outcome for rule in RULES}
    if kind is EventKind.CONFIRMED:
        yield "the state", facts.state, State.CONFIRMED
        yield "the outcome of the rule", outcomes.get(facts.rule), Outcome.CONFIRMED
    if kind is EventKind.SUSPECTED:
        yield "the state", facts.state, State.SUSPECTED


def _decisive_level(facts: Facts) -> float | None:
    """Return the level that the severity comes from; None if it comes from another."""
    if facts.state in _OVER:
        return None
    parts = facts.parts.affected_series
    if facts.scope not in NARROW_SCOPES:
        return facts.levels.now
    # A level that is left out because its series is silent counted in the severity.
    if any(series.level is None for series in parts):
        return None
    return median_high([_level(s) for s in parts]) if parts else facts.levels.now


def _level(series: SeriesLevel) -> float:
    return series.level or 0.0


def _lowest(facts: Facts, earlier: tuple[BundledEvent, ...]) -> float | None:
    """Return the lowest level that may be published, from the timeline."""
    before: Incident | None = None
    for other in earlier:
        before = incident_after(before, other.event)
    narrow = facts.scope in NARROW_SCOPES
    subject = subject_series(facts.timeline, facts.place, is_about_networks=narrow)
    published = before.level_min if before and facts.wrong_claims is None else None
    return publishable_lowest(subject, published)


def _phase(bundled: BundledEvent) -> Phase:
    event, facts = bundled.event, bundled.event.facts
    return Phase(event.kind, event.at, facts.scope, facts.severity)
