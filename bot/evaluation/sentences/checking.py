"""Checks whether statements are true of the place that they are about."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

import numpy as np

from bot.evaluation.sentences.reading import without_stops
from bot.evaluation.sentences.seen_cuts import (
    LATEST,
    Publication,
    cut_lists,
    cuts_until,
    low_times,
    outages_of,
)
from bot.evaluation.sentences.statements import Kind, Statement
from bot.evaluation.sentences.truth import Floats, Truth
from bot.evaluation.synthetic.outages import Shape
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.places import local_time

_NOISE = 0.1
"""The least tolerance of a printed level: generated series have noise, as real ones do.

Noise is a share of the level, so the tolerance grows with the level (see `_reads`)."""
_SPREADS = 3.0
"""How many standard deviations of its series a printed level may lie from the truth.

The baseline has noise as well, which grows with the level."""
_LOWEST_SPREADS = 4.0
"""The same number for a lowest level.

It is larger, because the lowest of many readings lies farther from the truth than a
single reading."""
_SEVERITIES = {
    "minor": (0.75, 1.1),
    "moderate": (0.50, 0.75),
    "significant": (0.20, 0.50),
    "major": (0.20, 0.50),
    "blackout": (0.0, 0.20),
    "near-total": (0.0, 0.20),
}
_NORMAL = 0.75
"""A measurement that is called normal again has at least this level."""
_STANDS = 0.98
"""A family that was never below this level shows no outage."""
_MOST = 0.45
"""A disruption is not nation-scale if its parts hold less than this share of a place.

The program requires half. This limit is lower, because shares are known only to a few
percent."""
_NEARLY_ALL = 0.95
"""A disruption is not regional if more than this share of a place is down at once."""
_SLOW = timedelta(hours=2)
"""The longest time that an outage of a shape in `_SLOW_SHAPES` takes to deepen."""
_DELAY = timedelta(minutes=20)
"""The longest delay after which a family shows an outage (see `draw_effects`)."""
_SLOW_SHAPES = (Shape.GRADUAL, Shape.STEPWISE)


def is_true(statement: Statement, truth: Truth, published: Publication) -> bool:
    """Return whether a statement is true.

    A statement counts as true if it claims nothing or was not understood.

    Args:
        statement: the claim of one sentence.
        truth: the truth about the place that the sentence is about.
        published: when the sentence was published, and about which incident.
    """
    check = _CHECKS.get(statement.kind)
    return check is None or check(statement, truth, published)


def _now(statement: Statement, truth: Truth, published: Publication) -> bool:
    if statement.highest is not None:
        return _spans(statement, truth, published)
    about = _parts_named(statement.names, truth)
    return bool(about) and all(
        _reads(statement, statement.level, subject, published) for subject in about
    )


def _spans(statement: Statement, truth: Truth, published: Publication) -> bool:
    """Return whether one part reads the lower end of a range, and one the upper end."""
    ends = (statement.level, statement.highest or 0.0)
    return all(
        any(_reads(statement, end, part, published) for part in truth.parts.values())
        for end in ends
    )


def _parts_named(names: tuple[str, ...], truth: Truth) -> list[Truth]:
    """Return the truth about each named part; about the place if no name is given.

    The list is empty if a name is unknown.
    """
    if not names:
        return [truth]
    by_name = {without_stops(t.name): t for t in (truth, *truth.parts.values())}
    parts = [by_name.get(name) for name in names]
    return [] if None in parts else [part for part in parts if part is not None]


def _reads(
    statement: Statement, level: float, truth: Truth, published: Publication
) -> bool:
    """Return whether the true level of a family is close to `level`.

    If the statement names a family, only this family is compared; otherwise any family
    may fit. If the statement names a time, the level at this time is compared;
    otherwise the level in any of the newest bins may fit.
    """
    families = [statement.family] if statement.family else truth.families
    return any(
        bool(
            np.any(
                abs(_levels_then(statement, truth, f, published) - level)
                <= _tolerance(truth, f) * (1 + level)
            )
        )
        for f in families
        if f in truth.left
    )


def _levels_then(
    statement: Statement, truth: Truth, family: Family, published: Publication
) -> Floats:
    if statement.until is None:
        return truth.levels(family, published.newest, published.at)
    return np.array([truth.level_at(family, statement.until)])


def _tolerance(truth: Truth, family: Family, spreads: float = _SPREADS) -> float:
    """Return how far a level near zero may lie from the truth; `_reads` allows more."""
    return max(_NOISE, spreads * truth.noise[family])


def _lowest(statement: Statement, truth: Truth, published: Publication) -> bool:
    about = _parts_named(statement.names, truth)
    if statement.family is not None:
        return _is_no_lower(statement, statement.family, about, published)
    if not statement.names:
        about += truth.parts.values()
    return any(
        bool(
            np.any(
                abs(_lowest_so_far(subject, family, published) - statement.level)
                <= _tolerance(subject, family, _LOWEST_SPREADS)
            )
        )
        for subject in about
        for family in Family
        if family in subject.left
    )


def _is_no_lower(
    statement: Statement,
    family: Family,
    about: list[Truth],
    published: Publication,
) -> bool:
    """Return whether a family really fell to the stated lowest level.

    The family may have fallen further, because it may have been silent at that time.
    """
    return all(
        statement.level
        >= float(_lowest_so_far(subject, family, published)[-1])
        - _tolerance(subject, family, _LOWEST_SPREADS)
        for subject in about
    )


def _lowest_so_far(truth: Truth, family: Family, published: Publication) -> Floats:
    """Return the lowest level up to each of the newest bins.

    There are several, because it is not known which of these bins was the last one that
    had been published.
    """
    levels = truth.levels(family, published.since, published.at)
    newest = len(truth.levels(family, published.newest, published.at))
    return np.asarray(np.minimum.accumulate(levels)[-newest:])


def _minimum(truth: Truth, family: Family, published: Publication) -> float:
    return float(np.min(truth.levels(family, published.since, published.at)))


def _began(statement: Statement, truth: Truth, published: Publication) -> bool:
    starts = [
        Interval(o.since, o.since + (_SLOW if o.shape in _SLOW_SHAPES else _DELAY))
        for o in outages_of(truth, published)
    ]
    low = [Interval(i.since, i.since + _DELAY) for i in low_times(truth, published)]
    return _touches(statement, starts + low)


def _ended(statement: Statement, truth: Truth, published: Publication) -> bool:
    ends = [Interval(o.until, o.until + _DELAY) for o in outages_of(truth, published)]
    low = [
        Interval(i.until - published.step, i.until + _DELAY)
        for i in low_times(truth, published)
        if i.until < published.at
    ]
    return _touches(statement, ends + low)


def _touches(statement: Statement, times: Iterable[Interval]) -> bool:
    """Return whether a statement's interval has an instant in common with `times`."""
    if statement.since is None or statement.until is None:
        return False
    return any(i.since <= statement.until and statement.since <= i.until for i in times)


def _lasted(statement: Statement, truth: Truth, published: Publication) -> bool:
    return any(
        _is_as_long(statement, cuts, published) for cuts in cut_lists(truth, published)
    )


def _is_as_long(
    statement: Statement, cuts: Sequence[Interval], published: Publication
) -> bool:
    down = sum((cut.until - cut.since for cut in cuts), timedelta(0))
    slack = _slack(cuts, published)
    return statement.shortest - slack <= down <= statement.longest + slack


def _slack(cuts: Sequence[Interval], published: Publication) -> timedelta:
    """Return how much a printed duration may differ from the truth.

    The start and end of a cut are known only to a step, and a duration of a day or more
    is printed in whole hours.
    """
    slack = len(cuts) * (published.step + timedelta(minutes=30)) + LATEST
    down = sum((cut.until - cut.since for cut in cuts), timedelta(0))
    return slack + timedelta(hours=1) if down > timedelta(days=1) else slack


def _cuts(statement: Statement, truth: Truth, published: Publication) -> bool:
    """Return whether the number of cuts and their total duration are possible.

    Several numbers are possible if a partial return just reaches the level at which a
    cut ends: it may end a cut on one day and not on another.
    """
    lists = list(cut_lists(truth, published))
    counts = [len(cuts) for cuts in lists]
    lasted = [sum((c.until - c.since for c in cuts), timedelta(0)) for cuts in lists]
    slack = max(_slack(cuts, published) for cuts in lists)
    return (
        min(counts) <= statement.count <= max(counts)
        and statement.shortest - slack <= max(lasted)
        and min(lasted) <= statement.longest + slack
    )


def _severity(statement: Statement, truth: Truth, published: Publication) -> bool:
    if statement.word not in _SEVERITIES:
        return False
    low, high = _SEVERITIES[statement.word]
    # A sentence with one of these phrases may be about any time since the beginning of
    # the incident. Any other sentence is about the present.
    over = re.search("estored|at its worst|partly back after", statement.sentence)
    since = published.since if over else published.newest
    subjects = (truth, *truth.parts.values())
    levels = [
        (subject.levels(f, since, published.at), _tolerance(subject, f))
        for subject in subjects
        for f in subject.families
    ]
    # The depth of the disruption shows only in families that have fallen.
    fallen = [(part, noise) for part, noise in levels if np.any(part < _STANDS)]
    return any(
        bool(np.any((part >= low - noise) & (part <= high + noise)))
        for part, noise in fallen or levels
    )


def _scope(statement: Statement, truth: Truth, published: Publication) -> bool:
    """Return whether a disruption has the stated scope, nation-scale or regional.

    A disruption of a place without parts is nation-scale. If the parts fall one after
    the other and not at once, the disruption may be called regional, even if all parts
    fell.
    """
    parts = truth.parts.values()
    if not parts:
        return statement.word == "nation-scale"
    cuts = [(p.share, p.cuts(published.since, published.at)) for p in parts]
    whole = sum(p.share for p in parts)
    if statement.word == "nation-scale":
        return sum(share for share, times in cuts if times) >= _MOST * whole
    begins = [cut.since for _, times in cuts for cut in times]
    at_once = [
        sum(s for s, times in cuts if any(c.since <= at < c.until for c in times))
        for at in begins
    ]
    return max(at_once, default=0.0) <= _NEARLY_ALL * whole


def _back(_: Statement, truth: Truth, published: Publication) -> bool:
    """Return whether the last cut is over, or may be too recent to be seen."""
    return any(
        not cuts or cuts[-1].until < published.at or cuts[-1].since > published.newest
        for cuts in cuts_until(truth, published, published.at)
    )


def _partly(_: Statement, truth: Truth, published: Publication) -> bool:
    return any(
        float(np.max(subject.levels(family, published.newest, published.at)))
        > _minimum(subject, family, published) + 0.1
        for subject in (truth, *truth.parts.values())
        for family in subject.families
    )


def _again(_: Statement, truth: Truth, published: Publication) -> bool:
    several = any(len(cuts) > 1 for cuts in cut_lists(truth, published))
    outages = truth.cuts(published.since, published.at)
    return several or any("return" in o.shape for o in outages)


def _normal(statement: Statement, truth: Truth, published: Publication) -> bool:
    about = _parts_named(statement.names, truth)
    return bool(about) and all(
        float(np.max(subject.levels(family, published.newest, published.at)))
        >= _NORMAL - 2 * subject.noise[family]
        for subject in about
        for family in statement.families or subject.families
    )


def _measured(statement: Statement, truth: Truth, published: Publication) -> bool:
    """Return whether each named family shows an outage.

    At least as many families as the statement counts must show one, too.
    """
    outages = outages_of(truth, published)
    showing = {family for o in outages for family, _ in o.effects}
    return set(statement.families) <= showing and statement.count <= len(showing)


def _affected(statement: Statement, truth: Truth, published: Publication) -> bool:
    about = _parts_named(statement.names, truth)
    return bool(about) and all(
        subject.cuts(published.since, published.at) for subject in about
    )


def _withdrawn(_: Statement, truth: Truth, published: Publication) -> bool:
    return not outages_of(truth, published)


def _local(statement: Statement, truth: Truth, published: Publication) -> bool:
    """Return whether the clock times in UTC and in a city are the same instants.

    The day on which the incident began and the day of publication are tried, because
    the city's clocks may have changed between them.
    """
    zones = {without_stops(city): zone for city, zone in truth.zones.items()}
    zone = zones.get(statement.word)
    if zone is None:
        return False
    days = [
        at.replace(hour=0, minute=0, second=0) for at in (published.since, published.at)
    ]
    return any(
        all(
            f"{local_time(day + _of_day(utc), zone):%H:%M}" == local
            for utc, local in statement.clocks
        )
        for day in days
    )


def _of_day(clock: str) -> timedelta:
    hours, minutes = clock.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def _weekday(statement: Statement, _: Truth, __: Publication) -> bool:
    return statement.names == (statement.word,)


_CHECKS: Mapping[Kind, Callable[[Statement, Truth, Publication], bool]] = {
    Kind.NOW: _now,
    Kind.LOWEST: _lowest,
    Kind.BEGAN: _began,
    Kind.ENDED: _ended,
    Kind.LASTED: _lasted,
    Kind.CUTS: _cuts,
    Kind.SEVERITY: _severity,
    Kind.SCOPE: _scope,
    Kind.BACK: _back,
    Kind.PARTLY: _partly,
    Kind.AGAIN: _again,
    Kind.NORMAL: _normal,
    Kind.MEASURED: _measured,
    Kind.AFFECTED: _affected,
    Kind.WITHDRAWN: _withdrawn,
    Kind.LOCAL: _local,
    Kind.WEEKDAY: _weekday,
}
