"""Compares statements with the truth of the place that they are about."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from bot.evaluation.sentences.reading import Kind, Statement
from bot.evaluation.sentences.truth import Truth
from bot.evaluation.synthetic.outages import Shape
from bot.model.signal import Family

_FAMILIES = (Family.ACTIVE_PROBING, Family.TRAFFIC, Family.CONTROL_PLANE)
_NOISE = 0.1
"""How far a printed level may lie from the truth: series have noise, as real ones do.

Noise is a share of the level, so near the normal level it is largest."""
_SPREADS = 2.0
"""A normal level may lie twice as many standard deviations from the truth."""
_SEVERITIES = {
    "minor": (0.75, 1.1),
    "significant": (0.20, 0.50),
    "blackout": (0.0, 0.20),
    "near-total": (0.0, 0.20),
}
_LATEST = timedelta(hours=4)
"""The longest lag of a signal, with its step: what a text says "now" may be this old."""
_SLOW = timedelta(hours=2)
"""For so long an outage of one of `_SLOW_SHAPES` deepens."""
_DELAY = timedelta(minutes=20)
"""The longest delay of a family after the others (see `outages.draw_effects`)."""
_SLOW_SHAPES = (Shape.GRADUAL, Shape.STEPWISE)


@dataclass(frozen=True, slots=True)
class Publication:
    """When and about which incident a text was published.

    Attributes:
        at: when it was published; aware, UTC.
        since: the true beginning of the incident's first outage.
        step: the longest step of a signal, the precision of all times.
    """

    at: datetime
    since: datetime
    step: timedelta


def is_true(statement: Statement, truth: Truth, published: Publication) -> bool:
    """Whether a statement is true.

    A statement that says nothing, or that was not understood, counts as true.
    """
    check = _CHECKS.get(statement.kind)
    return check is None or check(statement, truth, published)


def _now(statement: Statement, truth: Truth, _: Publication) -> bool:
    if statement.until is None:
        return False
    return any(
        abs(truth.level_at(family, statement.until) - statement.level)
        <= _tolerance(truth, family) * (1 + statement.level)
        for family in ([statement.family] if statement.family else _FAMILIES)
    )


def _tolerance(truth: Truth, family: Family) -> float:
    """Return how far a level near zero may lie from the truth; near 1.0, twice as far."""
    return max(_NOISE, _SPREADS * truth.noise[family])


def _lowest(statement: Statement, truth: Truth, published: Publication) -> bool:
    lows = [
        float(np.min(truth.levels(family, published.since, published.at)))
        for family in _FAMILIES
    ]
    return any(abs(low - statement.level) <= _NOISE for low in lows)


def _began(statement: Statement, truth: Truth, published: Publication) -> bool:
    starts = [
        (o.since, o.since + (_SLOW if o.shape in _SLOW_SHAPES else _DELAY))
        for o in truth.cuts(published.since, published.at)
    ]
    return _touches(statement, starts)


def _ended(statement: Statement, truth: Truth, published: Publication) -> bool:
    cuts = truth.cuts(published.since, published.at)
    return _touches(statement, [(o.until, o.until + _DELAY) for o in cuts])


def _touches(statement: Statement, times: list[tuple[datetime, datetime]]) -> bool:
    """Whether the interval of a statement and one of these have a time in common."""
    if statement.since is None or statement.until is None:
        return False
    return any(
        since <= statement.until and statement.since <= until for since, until in times
    )


def _lasted(statement: Statement, truth: Truth, published: Publication) -> bool:
    cuts = truth.cuts(published.since, published.at)
    down = sum((min(o.until, published.at) - o.since for o in cuts), timedelta(0))
    # Each end is known to a step, and a duration is printed to the hour from a day on.
    slack = len(cuts) * (published.step + timedelta(minutes=30)) + _LATEST
    if down > timedelta(days=1):
        slack += timedelta(hours=1)
    return statement.shortest - slack <= down <= statement.longest + slack


def _cuts(statement: Statement, truth: Truth, published: Publication) -> bool:
    # A cut that has only begun may not be seen yet.
    seen = replace(published, at=published.at - _LATEST)
    return any(
        statement.count == len(truth.cuts(until.since, until.at))
        and _lasted(statement, truth, until)
        for until in (published, seen)
    )


def _severity(statement: Statement, truth: Truth, published: Publication) -> bool:
    low, high = _SEVERITIES[statement.word]
    since = (
        published.since if "estored" in statement.sentence else published.at - _LATEST
    )
    levels = [truth.levels(f, since, published.at) for f in _FAMILIES]
    return any(
        bool(np.any((part >= low - _NOISE) & (part <= high + _NOISE)))
        for part in levels
    )


def _back(_: Statement, truth: Truth, published: Publication) -> bool:
    going = truth.outage_at(published.at)
    return going is None or published.at - going.since < _LATEST


def _partly(_: Statement, truth: Truth, published: Publication) -> bool:
    lowest = [
        float(np.min(truth.levels(f, published.since, published.at))) for f in _FAMILIES
    ]
    newest = [truth.levels(f, published.at - _LATEST, published.at) for f in _FAMILIES]
    return any(
        float(np.max(part)) > low + 0.1
        for low, part in zip(lowest, newest, strict=True)
    )


def _again(_: Statement, truth: Truth, published: Publication) -> bool:
    cuts = truth.cuts(published.since, published.at)
    return len(cuts) > 1 or any("return" in o.shape for o in cuts)


_CHECKS: Mapping[Kind, Callable[[Statement, Truth, Publication], bool]] = {
    Kind.NOW: _now,
    Kind.LOWEST: _lowest,
    Kind.BEGAN: _began,
    Kind.ENDED: _ended,
    Kind.LASTED: _lasted,
    Kind.CUTS: _cuts,
    Kind.SEVERITY: _severity,
    Kind.BACK: _back,
    Kind.PARTLY: _partly,
    Kind.AGAIN: _again,
}
