"""What simple rules would have said of the same recordings, bin by bin as published.

IODA's own criteria (its help page): routes below 99 % (critical 50 %) of the median
of 24 hours, probing below 80 % (50 %) and telescope below 25 % (10 %) of the median
of 7 days; two of these three at once; a flat 80 % of the 7-day median for anything;
and 80 % of the same bin a week ago. As in IODA's watchtower-sentry, a bin that
alerts enters the median as it was predicted, for at most seven days on end; after
that the new level is the ordinary one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.evaluation.matching import Detection
from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.signal import Family, Panel, Signal, Values
from bot.model.verdict import Scope


def median(samples: Values) -> Values:
    """The median of each row, NaN left out; every row has a number.

    The mean of the two middle values; much quicker than numpy's own with NaN.
    """
    ordered = np.sort(samples, axis=1)  # NaN goes last
    count = (~np.isnan(samples)).sum(axis=1)
    row = np.arange(len(samples))
    low = ordered[row, (count - 1) // 2]
    high = ordered[row, count // 2]
    return np.asarray((low + high) / 2, dtype=np.float32)


_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_JOINED = timedelta(hours=2)
"""Openings nearer than that are one (section A6 of the detection reference)."""
_LEAST_KNOWN = 0.5
"""A median speaks once half of its window is known."""
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ThresholdRule:
    """One threshold on one family.

    Attributes:
        window: of the trailing median; None: the same bin a week ago.
        family: whose signals it judges; None: any.
        below: it alerts under this fraction of what is expected.
    """

    family: Family | None
    window: timedelta | None
    below: float


@dataclass(frozen=True, slots=True)
class Comparator:
    """Rules of which `needed` must alert at once, each in a family of its own."""

    name: str
    rules: tuple[ThresholdRule, ...]
    needed: int = 1


_ROUTES = ThresholdRule(Family.CONTROL_PLANE, _DAY, 0.99)
_PROBING = ThresholdRule(Family.ACTIVE_PROBING, _WEEK, 0.80)
_TELESCOPE = ThresholdRule(Family.TELESCOPE, _WEEK, 0.25)
COMPARATORS: tuple[Comparator, ...] = (
    Comparator("ioda-routes-warning", (_ROUTES,)),
    Comparator(
        "ioda-routes-critical", (ThresholdRule(Family.CONTROL_PLANE, _DAY, 0.50),)
    ),
    Comparator("ioda-probing-warning", (_PROBING,)),
    Comparator(
        "ioda-probing-critical", (ThresholdRule(Family.ACTIVE_PROBING, _WEEK, 0.50),)
    ),
    Comparator("ioda-telescope-warning", (_TELESCOPE,)),
    Comparator(
        "ioda-telescope-critical", (ThresholdRule(Family.TELESCOPE, _WEEK, 0.10),)
    ),
    Comparator("ioda-two-of-three", (_ROUTES, _PROBING, _TELESCOPE), needed=2),
    Comparator("flat-7-days", (ThresholdRule(None, _WEEK, 0.80),)),
    Comparator("seasonal-naive", (ThresholdRule(None, None, 0.80),)),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Something reads low: who, while which time, and when that was first known."""

    entity: Entity
    when: Interval
    told_at: datetime
    over_at: datetime | None
    step: timedelta


def alerts(panel: Panel, rule: ThresholdRule) -> Flags:
    """Which readings `rule` alerts on; shape (rows, bins), False where missing."""
    if rule.window is None:
        back = int(_WEEK.total_seconds()) // panel.signal.step_s
        expected = np.full_like(panel.values, np.nan)
        expected[:, back:] = panel.values[:, : max(0, panel.values.shape[1] - back)]
        return _below(panel.values, expected, panel.signal, rule.below)
    return _trailing(panel, rule.window, rule.below)


def _below(read: Values, expected: Values, signal: Signal, share: float) -> Flags:
    with np.errstate(invalid="ignore"):  # NaN compares false, as it should
        judged = (expected > 0) & (expected >= signal.minimum)
        return np.asarray(judged & (read < share * expected), dtype=np.bool_)


def _trailing(panel: Panel, window: timedelta, share: float) -> Flags:
    """Against the median of the window before each bin, alerts left out of it."""
    signal, values = panel.signal, panel.values
    width = int(window.total_seconds()) // signal.step_s
    longest = int(_WEEK.total_seconds()) // signal.step_s
    kept = values.copy()
    lasted = np.zeros(len(values), dtype=np.int64)
    found = np.zeros(values.shape, dtype=np.bool_)
    for at in range(width // 2, values.shape[1]):
        expected = _median(kept[:, max(0, at - width) : at], width)
        low = _below(values[:, at], expected, signal, share)
        found[:, at] = low
        lasted = np.where(low, lasted + 1, np.where(np.isnan(values[:, at]), lasted, 0))
        kept[:, at] = np.where(low & (lasted <= longest), expected, values[:, at])
    return found


def _median(past: Values, width: int) -> Values:
    """The median of each row; NaN where less than half of `width` is known."""
    expected = np.full(len(past), np.nan, dtype=np.float32)
    enough = (~np.isnan(past)).sum(axis=1) >= _LEAST_KNOWN * width
    if enough.any():
        expected[enough] = median(past[enough])
    return expected


def openings(
    comparator: Comparator, panels: Iterable[Panel], entities: Iterable[Entity]
) -> list[Opening] | None:
    """When `comparator` would have said that an entity is down.

    Args:
        comparator: its rules.
        panels: one for each signal, with everything that was recorded.
        entities: whom to look at.

    Returns:
        The openings in the order of time; None where too few of its signals were
        recorded for it to say anything.
    """
    wanted = set(entities)
    looks = [
        (rule, panel, alerts(panel, rule))
        for panel in panels
        for rule in comparator.rules
        if rule.family in {None, panel.signal.family} and wanted & set(panel.entities)
    ]
    if len({rule.family for rule, _, _ in looks}) < comparator.needed:
        return None
    found: list[Opening] = []
    for entity in sorted(wanted):
        runs = {
            (rule.family, panel.signal.id): list(_runs(panel, flags, entity))
            for rule, panel, flags in looks
            if entity in panel.entities
        }
        found += _together(entity, runs, comparator.needed)
    return sorted(found, key=lambda o: (o.when, o.entity))


def _runs(panel: Panel, flags: Flags, entity: Entity) -> Iterator[Opening]:
    """Alerting bins of one series; only a known ordinary bin ends a run (P5)."""
    signal, row = panel.signal, panel.entities.index(entity)
    known = np.flatnonzero(~np.isnan(panel.values[row]))
    places = np.flatnonzero(flags[row][known])
    if not len(places):
        return
    apart = np.diff(known[places]) > max(
        1, int(_JOINED.total_seconds()) // signal.step_s
    )
    cuts = np.flatnonzero((np.diff(places) > 1) & apart) + 1
    for run in np.split(places, cuts):
        first, last = (panel.first + int(known[run[at]]) for at in (0, -1))
        after = known[run[-1] + 1] if run[-1] + 1 < len(known) else None
        yield Opening(
            entity=entity,
            when=Interval(signal.start_of(first), signal.start_of(last + 1)),
            told_at=signal.due_at(first),
            over_at=None if after is None else signal.due_at(panel.first + int(after)),
            step=signal.step,
        )


_Runs = dict[tuple[Family | None, str], list[Opening]]


def _together(entity: Entity, runs: _Runs, needed: int) -> Iterator[Opening]:
    """The times while at least `needed` families alert, as one list of openings."""
    families = {family for family, _ in runs}
    if needed == 1:
        yield from _merged(o for each in runs.values() for o in each)
        return
    by_family = [
        list(_merged(o for (f, _), each in runs.items() if f is family for o in each))
        for family in sorted(families, key=str)
    ]
    both = (
        _common(entity, one, other)
        for at, ones in enumerate(by_family)
        for others in by_family[at + 1 :]
        for one in ones
        for other in others
        if one.when.overlaps(other.when)
    )
    yield from _merged(both)


def _common(entity: Entity, one: Opening, other: Opening) -> Opening:
    ends = [o.over_at for o in (one, other) if o.over_at is not None]
    since = max(one.when.since, other.when.since)
    return Opening(
        entity=entity,
        when=Interval(since, min(one.when.until, other.when.until)),
        told_at=max(one.told_at, other.told_at),
        over_at=min(ends, default=None),
        step=max(one.step, other.step),
    )


def _merged(found: Iterable[Opening]) -> Iterator[Opening]:
    """Openings less than two hours apart as one."""
    last: Opening | None = None
    for opening in sorted(found, key=lambda o: (o.when, o.told_at)):
        if last is None or opening.when.since - last.when.until >= _JOINED:
            if last is not None:
                yield last
            last = opening
            continue
        later = max(last, opening, key=lambda o: o.when.until)
        last = Opening(
            entity=last.entity,
            when=Interval(last.when.since, later.when.until),
            told_at=min(last.told_at, opening.told_at),
            over_at=later.over_at,
            step=max(last.step, opening.step),
        )
    if last is not None:
        yield last


def as_detections(found: Iterable[Opening], recording: str) -> tuple[Detection, ...]:
    """Openings of countries as events that can be held against labels."""
    return tuple(
        Detection(
            key=f"{opening.entity}/{number}",
            recording=recording,
            place=opening.entity,
            when=opening.when,
            step=opening.step,
            scope=Scope.NATIONAL,
            suspected_at=opening.told_at,
            over_at=opening.over_at,
        )
        for number, opening in enumerate(found, start=1)
    )


def of_countries(panels: Iterable[Panel]) -> tuple[Entity, ...]:
    """The countries that have a series of their own."""
    every = {entity for panel in panels for entity in panel.entities}
    return tuple(sorted(e for e in every if e.kind is EntityKind.COUNTRY))
