"""Features for classification: how a drop looks over time, and what else fell."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import dropwhile, pairwise
from statistics import median

from bot.detection.artefacts import CLEARLY_NORMAL
from bot.model.entity import EntityKind
from bot.model.event import Facts, IncidentEvent
from bot.model.incident import EventKind, Evidence, Incident, Phase, Trace
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import SeriesState

SERVICE_FAMILIES = frozenset({Family.ACTIVE_PROBING, Family.TRAFFIC})
"""Families that show whether connections work, and not only whether routes exist."""
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_SIMULTANEOUS = timedelta(minutes=30)
"""Incidents in several countries are simultaneous if their onsets are this near."""
_FINE_ONSET = timedelta(hours=1)
"""The widest onset that is compared with others; a wider one would match too many."""
_SAME_HOUR_SPAN = timedelta(days=10)
"""How far back drops at the same hour are counted."""
_SAME_HOUR = timedelta(minutes=45)
_SHORT_DROP = timedelta(hours=12)
_BEGINS = (EventKind.SUSPECTED, EventKind.CONFIRMED, EventKind.REOPENED)
# The share of a period's levels that is left out at the lower end, and again at the upper
# end.
_OUTLIERS = 0.1
# The duration of a fall is measured between these two shares of its depth. Noise at the
# beginning and end of the fall then does not count.
_FALL_FROM, _FALL_TO = 0.2, 0.8
_LEAST_BINS = 2
_HELD_BAND = 0.06
"""How far apart the levels of a steady period may lie (1.0 is normal)."""
_SWING = 0.1
"""The least depth of a fall whose duration is measured (1.0 is normal).

It is also the least daily swing: the levels half a day apart must differ by at least
this much on average.
"""


Levels = tuple[tuple[datetime, float], ...]
"""For each bin, its end (aware, UTC) and its level (1.0 is normal)."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What the classification rules look at: an event, its levels, and other incidents.

    Attributes:
        event: the event that is classified.
        facts: the facts of this event.
        families: all families that fell in the incident so far.
        levels: the levels of the principal series from the onset until the series
            returned; missing bins are left out.
        whole_country: whether the principal series measures a whole country.
        other_incidents: the incidents of all places, without the incident of `event`,
            as they were at the time of the event: later phases are left out. An incident
            that was not open yet, or was retracted already, is not among them.
        step: the width of a bin of the principal series; zero if there is no trace.
        service: the levels of each of the place's own series of probing or traffic, in
            the bins within the drop. A series without such bins is left out.
        regions: the levels of each series of a region, in the same period as `levels`,
            each with the width of its bins.
    """

    event: IncidentEvent
    facts: Facts
    families: frozenset[Family]
    levels: Levels
    whole_country: bool
    other_incidents: tuple[Incident, ...]
    step: timedelta
    service: tuple[tuple[float, ...], ...] = ()
    regions: tuple[tuple[Levels, timedelta], ...] = ()


def pattern_of(
    event: IncidentEvent, evidence: Evidence, other_incidents: tuple[Incident, ...]
) -> Pattern:
    """Return the pattern that the rules look at, as known at the time of an event.

    Args:
        event: the event to classify.
        evidence: the event's traces, the principal series first.
        other_incidents: incidents of any place; the event's own incident is left out.
    """
    facts = event.facts
    principal = evidence.traces[0] if evidence.traces else None
    whole = facts.levels.part is None
    return Pattern(
        event=event,
        facts=facts,
        families=frozenset(facts.sources.opened_by),
        levels=tuple(_levels_in_drop(principal, facts)) if principal else (),
        whole_country=whole and facts.place.kind is EntityKind.COUNTRY,
        other_incidents=tuple(
            as_known
            for incident in other_incidents
            # The incident of the event is left out: the event's facts already describe
            # it.
            if incident.id != event.incident
            and (as_known := _as_known_at(incident, event.at))
        ),
        step=timedelta(seconds=principal.step_s if principal else 0),
        service=tuple(_service_levels(evidence, facts)),
        regions=tuple(
            (tuple(_levels_in_drop(trace, facts)), timedelta(seconds=trace.step_s))
            for trace in evidence.traces
            if trace.entity.kind is EntityKind.REGION
        ),
    )


def service_is_normal(p: Pattern) -> bool:
    """Whether probing or traffic shows that service stayed normal during the drop.

    This needs three things:

    - No series of probing or traffic, of the place or of a part, fell in the incident.
    - The place itself has a series of probing or traffic with levels during the drop.
    - Each such series is clearly normal in its newest bin and in at least half of its
      bins.
    """
    fell = {s.family for s in p.facts.timeline if s.drops}
    down = {s.family for s in p.facts.listed_series if s.state is SeriesState.DROPPED}
    if (fell | down) & SERVICE_FAMILIES or not p.service:
        return False
    return all(
        median(levels) >= CLEARLY_NORMAL and levels[-1] >= CLEARLY_NORMAL
        for levels in p.service
    )


def hours_within_bounds(p: Pattern, bounds: tuple[float, float]) -> float | None:
    """Return for how many hours the level was within `bounds`; None if it was not.

    The time begins with the first bin at or below the upper bound. A tenth of the bins
    may be below the bounds, and a tenth above them, but the newest bin must be within
    them. A missing bin does not count as time (P5).

    Args:
        p: the pattern.
        bounds: the lowest and the highest level.
    """
    since = _levels_from_first_low(p, bounds[1])
    if not since:
        return None
    low, high = _range_without_outliers(since)
    # Posts give the newest level, so this level must be within the bounds too. An
    # incident that has just become a blackout, or is over, is no longer partial (P18).
    ends = (low, high, since[-1])
    if not all(bounds[0] <= level <= bounds[1] for level in ends):
        return None
    return _hours(len(since) * p.step)


def was_steady(p: Pattern, hours: float, highest: float) -> bool:
    """Whether the level once stayed about the same for `hours`.

    Args:
        p: the pattern.
        hours: how long the level must have stayed about the same.
        highest: levels count only from the first bin at or below this level.
    """
    levels = _levels_from_first_low(p, highest)
    if not levels:
        return False
    bins = math.ceil(hours * _HOUR / p.step)
    windows = (levels[n : n + bins] for n in range(len(levels) - bins + 1))
    ranges = (_range_without_outliers(window) for window in windows)
    return any(high - low <= _HELD_BAND for low, high in ranges)


def _levels_from_first_low(p: Pattern, highest: float) -> list[float]:
    """Return the levels, beginning with the first one at or below `highest`."""
    return list(dropwhile(lambda v: v > highest, (level for _, level in p.levels)))


def _range_without_outliers(levels: list[float]) -> tuple[float, float]:
    """Return the lowest and highest level, after a tenth is left out at either end."""
    ordered = sorted(levels)
    skip = int(len(ordered) * _OUTLIERS)
    return ordered[skip], ordered[-1 - skip]


def hours_falling(p: Pattern) -> float | None:
    """Return how many hours the fall took, from a fifth to four fifths of its depth.

    The result is None if the fall was shallow, took less than two bins, or was sudden.
    A fall is sudden if at least half of its depth came from one bin to the next. The
    result is also None if the falls of most regions were of these kinds.
    """
    regions = [_hours_of_fall(*fall) for fall in p.regions]
    if 2 * regions.count(None) > len(regions):
        return None
    return _hours_of_fall(p.levels, p.step)


def _hours_of_fall(levels: Levels, step: timedelta) -> float | None:
    lowest = min((level for _, level in levels), default=1.0)
    depth = 1.0 - lowest
    if depth < _SWING or _largest_fall(levels) >= depth / 2:
        return None
    begins = next((at for at, v in levels if v <= 1 - _FALL_FROM * depth), None)
    ends = next((at for at, v in levels if v <= 1 - _FALL_TO * depth), None)
    if begins is None or ends is None or ends - begins < _LEAST_BINS * step:
        return None
    return _hours(ends - begins)


def _largest_fall(levels: Levels) -> float:
    """Return the largest fall of the level from one bin to the next.

    The level before the first bin is taken to be 1.0.
    """
    values = (1.0, *(level for _, level in levels))
    return max(before - after for before, after in pairwise(values))


def has_daily_swing(p: Pattern) -> bool:
    """Whether the level since the onset swings with the time of day, as in power cuts.

    The level swings if levels half a day apart differ, and levels a day apart differ by
    at most half as much. The result is False if the levels cover less than two days.
    """
    at = dict(p.levels)
    days = [(v, at[t + _DAY]) for t, v in p.levels if t + _DAY in at]
    halves = [(v, at[t + _DAY / 2]) for t, v in p.levels if t + _DAY / 2 in at]
    if not p.levels or _hours(p.levels[-1][0] - p.levels[0][0]) < 48 or not days:
        return False
    swing = _mean_difference(halves)
    return swing >= _SWING and _mean_difference(days) * 2 <= swing


def simultaneous_countries(p: Pattern) -> tuple[str, ...]:
    """Return the codes of the countries in which incidents began together, sorted.

    The country of the pattern is one of them. The result is () if the pattern's
    incident is not confirmed, or if its place is not a country.
    """
    if p.facts.place.kind is not EntityKind.COUNTRY or not p.event.is_confirmed:
        return ()
    countries = {
        incident.place.code
        for incident in p.other_incidents
        if _began_near(incident, p.facts.timing.onset)
    }
    return tuple(sorted(countries | {p.facts.place.code}))


def _began_near(incident: Incident, onset: Interval) -> bool:
    """Whether an incident of a country is confirmed and may have begun near `onset`.

    Near means within half an hour. The result is False if either onset is wider than an
    hour.
    """
    other = incident.onset
    return (
        incident.place.kind is EntityKind.COUNTRY
        and any(phase.kind is EventKind.CONFIRMED for phase in incident.phases)
        and max(other.width, onset.width) <= _FINE_ONSET
        and other.since <= onset.until + _SIMULTANEOUS
        and onset.since <= other.until + _SIMULTANEOUS
    )


def days_with_similar_drop(p: Pattern) -> int:
    """Return on how many days the place fell briefly at the hour of its last drop.

    The day of the last drop counts, even if that drop is not over. Days more than ten
    days before it do not count.
    """
    current = (*p.facts.phases, _phase_of(p.event))
    earlier = [i.phases for i in p.other_incidents if i.place == p.facts.place]
    drops = [drop for phases in (*earlier, current) for drop in _reported_drops(phases)]
    last = max((at for at, _ in drops), default=p.event.at)
    # The number of days is rounded, because the time from a drop to the last one may be a
    # little less than a whole number of days.
    days = {
        round((last - at) / _DAY)
        for at, end in drops
        if _is_similar_drop(at, end, last)
    }
    return len(days)


def _is_similar_drop(
    reported: datetime, end: datetime | None, last_reported: datetime
) -> bool:
    """Whether a drop is the place's last drop, or a recent one at the same hour.

    The result is true only if the drop is over and was short. There is one exception:
    for the last drop, it is also true while that drop is not over.

    Args:
        reported: when the drop was reported.
        end: when the end of the drop was reported; None if the drop is not over.
        last_reported: when the place's last drop was reported.
    """
    if reported == last_reported:
        return end is None or end - reported <= _SHORT_DROP
    # If one drop was at 10:10 and the last one, days later, at 10:00, the remainder is
    # almost a day. So the distance to the next full day counts too.
    offset = (last_reported - reported) % _DAY
    same_hour = min(offset, _DAY - offset) <= _SAME_HOUR
    recent = last_reported - reported <= _SAME_HOUR_SPAN
    return same_hour and recent and end is not None and end - reported <= _SHORT_DROP


def _reported_drops(
    phases: tuple[Phase, ...],
) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield when each drop was reported, and when its end was reported, or None."""
    begun: datetime | None = None
    for phase in phases:
        if phase.kind is EventKind.RESTORED and begun is not None:
            yield begun, phase.at
            begun = None
        # The confirmation of a suspected incident is not a second drop.
        elif begun is None and phase.kind in _BEGINS:
            begun = phase.at
    if begun is not None:
        yield begun, None


def _phase_of(event: IncidentEvent) -> Phase:
    return Phase(event.kind, event.at, event.facts.scope, event.facts.severity)


def _as_known_at(incident: Incident, at: datetime) -> Incident | None:
    """Return an incident with its phases up to `at`, without later ones.

    The result is None if the incident had no phase by then, or had been retracted.
    """
    # In a replay, phases after `at` may be known already. A live run cannot know them,
    # so they are left out (P14).
    phases = tuple(phase for phase in incident.phases if phase.at <= at)
    if not phases or any(phase.kind is EventKind.RETRACTED for phase in phases):
        return None
    return replace(incident, phases=phases)


def _levels_in_drop(trace: Trace, facts: Facts) -> Iterator[tuple[datetime, float]]:
    """Yield the end and the level of each bin from the onset to the end of the drop.

    Bins without a reading or a baseline are left out (P5).
    """
    step = timedelta(seconds=trace.step_s)
    # `restored.since` is the end of the last low bin. Later bins do not belong to the
    # drop.
    until = facts.timing.restored.since if facts.timing.restored else facts.timing.as_of
    for number, level in enumerate(trace.levels):
        end = trace.first + (number + 1) * step
        if level is not None and facts.timing.onset.since < end <= until:
            yield end, level


def _service_levels(evidence: Evidence, facts: Facts) -> Iterator[tuple[float, ...]]:
    """Yield the levels in the drop, for each probing or traffic series of the place.

    A series without a level within the drop is left out.
    """
    for trace in evidence.traces:
        if trace.family in SERVICE_FAMILIES and trace.entity == facts.place:
            step = timedelta(seconds=trace.step_s)
            # A bin that covers a time before the drop would show a level that is too high.
            levels = tuple(
                level
                for end, level in _levels_in_drop(trace, facts)
                if end >= facts.timing.onset.until
                and end - step >= facts.timing.onset.since
            )
            if levels:
                yield levels


def _mean_difference(pairs: list[tuple[float, float]]) -> float:
    """Return the mean absolute difference within pairs; 0.0 if there are no pairs."""
    return sum(abs(a - b) for a, b in pairs) / len(pairs) if pairs else 0.0


def _hours(span: timedelta) -> float:
    return span / _HOUR
