"""Comparators: simple threshold rules, scored on the same recordings as our own rules.

- IODA's own criteria (from its help page), each as a warning and as a critical alert:
  routes below 99 % (critical: 50 %) of their median of 24 hours; active probing below
  80 % (critical: 50 %) of its median of 7 days; the telescope below 25 % (critical:
  10 %) of its median of 7 days.
- Two of the three warnings at once.
- Any signal below 80 % of its median of 7 days.
- Any signal below 80 % of the same bin a week before (seasonal naive).

As in IODA's watchtower-sentry, a reading that alerts does not enter the median: the
median uses the expected value instead. An outage therefore does not lower its own
baseline. After seven days of alerts in a row, the median uses the readings again: the
new level becomes normal.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

import numpy as np
import numpy.typing as npt

from bot.evaluation.matching import Detection
from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.signal import Family, Panel, Signal, Values
from bot.model.verdict import Scope


def median(samples: Values) -> Values:
    """Return the median of the numbers in each row, without NaN; shape (rows,).

    Each row must have at least one value that is not NaN. The result is that of
    `np.nanmedian`, which is much slower.
    """
    ordered = np.sort(samples, axis=1)  # NaN sorts last
    count = (~np.isnan(samples)).sum(axis=1)
    row = np.arange(len(samples))
    low = ordered[row, (count - 1) // 2]
    high = ordered[row, count // 2]
    return np.asarray((low + high) / 2, dtype=np.float32)


_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_MERGE_WITHIN = timedelta(hours=2)
"""Openings of one entity that are less than this apart are merged."""
_MIN_COVERAGE = 0.5
"""A median needs at least this share of the readings of its window."""
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ThresholdRule:
    """One threshold on the signals of one family.

    Attributes:
        family: the family of the signals; None: the signals of all families.
        window: the length of the window before a bin; its median is the expected value.
            None: the expected value is the reading of the same bin a week before.
        fraction: the rule alerts if a reading is below this fraction of the expected
            value.
    """

    family: Family | None
    window: timedelta | None
    fraction: float


@dataclass(frozen=True, slots=True)
class Comparator:
    """A set of rules; it opens an event when `needed_families` families alert at once."""

    name: str
    rules: tuple[ThresholdRule, ...]
    needed_families: int = 1


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
    Comparator("ioda-two-of-three", (_ROUTES, _PROBING, _TELESCOPE), needed_families=2),
    Comparator("flat-7-days", (ThresholdRule(None, _WEEK, 0.80),)),
    Comparator("seasonal-naive", (ThresholdRule(None, None, 0.80),)),
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A period during which a comparator alerts on an entity.

    Attributes:
        period: the period, from the start of the first alerting bin to the end of the
            last one.
        opened_at: when the first alerting bin was due; aware, UTC.
        closed_at: when the first normal bin after the period was due; None if no normal
            bin follows.
        step: the bin width of the signal; the largest width if there are several
            signals.
    """

    entity: Entity
    period: Interval
    opened_at: datetime
    closed_at: datetime | None
    step: timedelta


def alert_mask(panel: Panel, rule: ThresholdRule) -> Flags:
    """Return where `rule` alerts; shape (rows, bins), False where a reading is missing."""
    if rule.window is None:
        back = int(_WEEK.total_seconds()) // panel.signal.step_s
        # A bin of the first week has no bin a week before it. It has no expected value
        # and does not alert.
        expected = np.full_like(panel.values, np.nan)
        expected[:, back:] = panel.values[:, : max(0, panel.values.shape[1] - back)]
        return _below(panel.values, expected, panel.signal, rule.fraction)
    return _below_trailing_median(panel, rule.window, rule.fraction)


def _below(read: Values, expected: Values, signal: Signal, fraction: float) -> Flags:
    with np.errstate(invalid="ignore"):  # NaN compares as False: missing is not low
        comparable = (expected > 0) & (expected >= signal.minimum)
        return np.asarray(comparable & (read < fraction * expected), dtype=np.bool_)


def _below_trailing_median(panel: Panel, window: timedelta, fraction: float) -> Flags:
    """Return where a reading is below `fraction` of the median of the preceding window."""
    signal, values = panel.signal, panel.values
    width = int(window.total_seconds()) // signal.step_s
    max_run = int(_WEEK.total_seconds()) // signal.step_s
    history = values.copy()
    run_length = np.zeros(len(values), dtype=np.int64)
    flags = np.zeros(values.shape, dtype=np.bool_)
    # Bins with less than half a window before them are skipped: there are not enough
    # readings for a median. Bins are taken one by one, because an alert changes the
    # history of the next bins.
    for index in range(width // 2, values.shape[1]):
        expected = _median(history[:, max(0, index - width) : index], width)
        low = _below(values[:, index], expected, signal, fraction)
        flags[:, index] = low
        run_length = np.where(
            low, run_length + 1, np.where(np.isnan(values[:, index]), run_length, 0)
        )
        history[:, index] = np.where(
            low & (run_length <= max_run), expected, values[:, index]
        )
    return flags


def _median(readings: Values, width: int) -> Values:
    """Return each row's median; NaN for a row with fewer than `width` / 2 readings."""
    expected = np.full(len(readings), np.nan, dtype=np.float32)
    enough = (~np.isnan(readings)).sum(axis=1) >= _MIN_COVERAGE * width
    if enough.any():
        expected[enough] = median(readings[enough])
    return expected


def find_openings(
    comparator: Comparator, panels: Iterable[Panel], entities: Iterable[Entity]
) -> list[Opening] | None:
    """Return the periods during which `comparator` alerts on an entity.

    Args:
        comparator: the rules.
        panels: the table of readings of each signal, over the whole recording.
        entities: the rules are applied to the series of these entities.

    Returns:
        The openings, sorted by time. None if fewer families of `entities` were recorded
        than the comparator needs to alert.
    """
    wanted = set(entities)
    alerting = [
        (rule, panel, alert_mask(panel, rule))
        for panel in panels
        for rule in comparator.rules
        if rule.family in {None, panel.signal.family} and wanted & set(panel.entities)
    ]
    # Without its signals a comparator is not scored, so the result is None. With an
    # empty list, every label would count as missed.
    if len({rule.family for rule, _, _ in alerting}) < comparator.needed_families:
        return None
    result: list[Opening] = []
    for entity in sorted(wanted):
        runs = {
            (rule.family, panel.signal.id): list(_runs(panel, flags, entity))
            for rule, panel, flags in alerting
            if entity in panel.entities
        }
        result += _simultaneous(entity, runs, comparator.needed_families)
    return sorted(result, key=lambda o: (o.period, o.entity))


def _runs(panel: Panel, flags: Flags, entity: Entity) -> Iterator[Opening]:
    """Yield the runs of alerting bins in one series.

    Only a normal reading can end a run; missing bins cannot (P5).
    """
    signal, row = panel.signal, panel.entities.index(entity)
    present = np.flatnonzero(~np.isnan(panel.values[row]))
    alerting = np.flatnonzero(flags[row][present])
    if not len(alerting):
        return
    # Two runs are separate if they are two hours apart and a normal reading lies
    # between them. A gap in the readings separates nothing (P5).
    separate = np.diff(present[alerting]) > max(
        1, int(_MERGE_WITHIN.total_seconds()) // signal.step_s
    )
    cuts = np.flatnonzero((np.diff(alerting) > 1) & separate) + 1
    for run in np.split(alerting, cuts):
        first, last = (panel.first + int(present[run[at]]) for at in (0, -1))
        after = present[run[-1] + 1] if run[-1] + 1 < len(present) else None
        yield Opening(
            entity=entity,
            period=Interval(signal.start_of(first), signal.start_of(last + 1)),
            opened_at=signal.due_at(first),
            closed_at=None
            if after is None
            else signal.due_at(panel.first + int(after)),
            step=signal.step,
        )


_Runs = dict[tuple[Family | None, str], list[Opening]]


def _simultaneous(
    entity: Entity, runs: _Runs, needed_families: int
) -> Iterator[Opening]:
    """Yield the periods during which at least `needed_families` families alert on an entity."""
    # Families are counted, not signals: two signals of one family are not independent
    # evidence (P7).
    families = {family for family, _ in runs}
    if needed_families == 1:
        yield from _merge(o for each in runs.values() for o in each)
        return
    by_family = [
        list(_merge(o for (f, _), each in runs.items() if f is family for o in each))
        for family in sorted(families, key=str)
    ]
    # Pairs of families are enough, because no comparator needs more than two.
    both = (
        _intersection(entity, first, second)
        for openings, others in combinations(by_family, 2)
        for first in openings
        for second in others
        if first.period.overlaps(second.period)
    )
    yield from _merge(both)


def _intersection(entity: Entity, first: Opening, second: Opening) -> Opening:
    ends = [o.closed_at for o in (first, second) if o.closed_at is not None]
    since = max(first.period.since, second.period.since)
    return Opening(
        entity=entity,
        period=Interval(since, min(first.period.until, second.period.until)),
        opened_at=max(first.opened_at, second.opened_at),
        closed_at=min(ends, default=None),
        step=max(first.step, second.step),
    )


def _merge(openings: Iterable[Opening]) -> Iterator[Opening]:
    """Yield the openings in the order of time; those less than two hours apart are merged."""
    last: Opening | None = None
    for opening in sorted(openings, key=lambda o: (o.period, o.opened_at)):
        if last is None or opening.period.since - last.period.until >= _MERGE_WITHIN:
            if last is not None:
                yield last
            last = opening
            continue
        # The later opening may be shorter and end first, so the end that is later is
        # taken.
        later = max(last, opening, key=lambda o: o.period.until)
        last = Opening(
            entity=last.entity,
            period=Interval(last.period.since, later.period.until),
            opened_at=min(last.opened_at, opening.opened_at),
            closed_at=later.closed_at,
            step=max(last.step, opening.step),
        )
    if last is not None:
        yield last


def as_detections(openings: Iterable[Opening], recording: str) -> tuple[Detection, ...]:
    """Return openings of countries as events that can be matched with labels."""
    return tuple(
        Detection(
            key=f"{opening.entity}/{number}",
            recording=recording,
            place=opening.entity,
            period=opening.period,
            step=opening.step,
            scope=Scope.NATIONAL,
            suspected_at=opening.opened_at,
            closed_at=opening.closed_at,
        )
        for number, opening in enumerate(openings, start=1)
    )


def countries_of(panels: Iterable[Panel]) -> tuple[Entity, ...]:
    """Return the countries with a series of the whole country, sorted."""
    entities = {entity for panel in panels for entity in panel.entities}
    return tuple(sorted(e for e in entities if e.kind is EntityKind.COUNTRY))
