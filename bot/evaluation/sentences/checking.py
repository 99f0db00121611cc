"""Checks whether statements are true of the place that they are about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta

from bot.evaluation.sentences.level_checks import (
    fits_severity,
    has_stated_level,
    is_lowest_level,
    is_normal,
    is_partly_back,
    parts_named,
)
from bot.evaluation.sentences.reading import without_stops
from bot.evaluation.sentences.seen_cuts import (
    MAX_READING_AGE,
    Publication,
    cut_lists,
    cuts_by_definition,
    low_times,
    outages_of,
)
from bot.evaluation.sentences.statements import Kind, Statement
from bot.evaluation.sentences.truth import Truth
from bot.evaluation.synthetic.outages import Shape
from bot.model.interval import Interval
from bot.places import local_time

_MOST = 0.45
"""At least this share of a place must be down in a nation-scale disruption.

The program itself requires half of the place. The limit here is lower, because the program
knows shares only to a few percent."""
_NEARLY_ALL = 0.95
"""A disruption is not regional if more than this share of a place is down at once."""
_SLOW = timedelta(hours=2)
"""An outage of `_SLOW_SHAPES` reaches its full depth within this time."""
_DELAY = timedelta(minutes=20)
"""A family shows an outage after at most this delay (see `draw_effects`)."""
_SLOW_SHAPES = (Shape.GRADUAL, Shape.STEPWISE)


def is_true(statement: Statement, truth: Truth, publication: Publication) -> bool:
    """Return whether a statement is true.

    A statement that claims nothing or was not understood counts as true.

    Args:
        statement: the claim of one sentence.
        truth: the truth about the place of the sentence.
        publication: the time of the sentence, and the incident that it is about.
    """
    check = _CHECKS.get(statement.kind)
    return check is None or check(statement, truth, publication)


def _began(statement: Statement, truth: Truth, publication: Publication) -> bool:
    starts = [
        Interval(o.since, o.since + (_SLOW if o.shape in _SLOW_SHAPES else _DELAY))
        for o in outages_of(truth, publication)
    ]
    low = [Interval(i.since, i.since + _DELAY) for i in low_times(truth, publication)]
    return _touches(statement, starts + low)


def _ended(statement: Statement, truth: Truth, publication: Publication) -> bool:
    ends = [Interval(o.until, o.until + _DELAY) for o in outages_of(truth, publication)]
    low = [
        Interval(i.until - publication.step, i.until + _DELAY)
        for i in low_times(truth, publication)
        if i.until < publication.time
    ]
    return _touches(statement, ends + low)


def _touches(statement: Statement, times: Iterable[Interval]) -> bool:
    """Return whether a statement's interval has an instant in common with `times`."""
    if statement.since is None or statement.until is None:
        return False
    return any(i.since <= statement.until and statement.since <= i.until for i in times)


def _lasted(statement: Statement, truth: Truth, publication: Publication) -> bool:
    return any(
        _is_as_long(statement, cuts, publication)
        for cuts in cut_lists(truth, publication)
    )


def _is_as_long(
    statement: Statement, cuts: Sequence[Interval], publication: Publication
) -> bool:
    down = sum((cut.until - cut.since for cut in cuts), timedelta(0))
    slack = _slack(cuts, publication)
    return statement.shortest - slack <= down <= statement.longest + slack


def _slack(cuts: Sequence[Interval], publication: Publication) -> timedelta:
    """Return how much a printed duration may differ from the true duration.

    The start and the end of a cut are known only to within one step. A duration of a
    day or more is printed in whole hours.
    """
    slack = len(cuts) * (publication.step + timedelta(minutes=30)) + MAX_READING_AGE
    down = sum((cut.until - cut.since for cut in cuts), timedelta(0))
    return slack + timedelta(hours=1) if down > timedelta(days=1) else slack


def _cuts(statement: Statement, truth: Truth, publication: Publication) -> bool:
    """Return whether the number of cuts and their total duration are possible.

    Several numbers may be possible. If a partial return comes close to the level at which a
    cut ends, it may or may not end the cut.
    """
    lists = list(cut_lists(truth, publication))
    counts = [len(cuts) for cuts in lists]
    lasted = [sum((c.until - c.since for c in cuts), timedelta(0)) for cuts in lists]
    slack = max(_slack(cuts, publication) for cuts in lists)
    return (
        min(counts) <= statement.count <= max(counts)
        and statement.shortest - slack <= max(lasted)
        and min(lasted) <= statement.longest + slack
    )


def _scope(statement: Statement, truth: Truth, publication: Publication) -> bool:
    """Return whether a disruption has the stated scope, nation-scale or regional.

    A disruption of a place without parts is nation-scale. A disruption may be called
    regional if its parts were never all down at the same time, even if each of them fell.
    """
    parts = truth.parts.values()
    if not parts:
        return statement.word == "nation-scale"
    cuts = [(p.share, p.cuts(publication.since, publication.time)) for p in parts]
    whole = sum(p.share for p in parts)
    if statement.word == "nation-scale":
        return sum(share for share, times in cuts if times) >= _MOST * whole
    begins = [cut.since for _, times in cuts for cut in times]
    at_once = [
        sum(s for s, times in cuts if any(c.since <= at < c.until for c in times))
        for at in begins
    ]
    return max(at_once, default=0.0) <= _NEARLY_ALL * whole


def _back(_: Statement, truth: Truth, publication: Publication) -> bool:
    """Return whether the last cut is over, or began too recently to be seen."""
    return any(
        not cuts
        or cuts[-1].until < publication.time
        or cuts[-1].since > publication.earliest_present
        for cuts in cuts_by_definition(truth, publication, publication.time)
    )


def _again(_: Statement, truth: Truth, publication: Publication) -> bool:
    several = any(len(cuts) > 1 for cuts in cut_lists(truth, publication))
    outages = truth.cuts(publication.since, publication.time)
    return several or any("return" in o.shape for o in outages)


def _measured(statement: Statement, truth: Truth, publication: Publication) -> bool:
    """Return whether each named family shows an outage.

    If the statement gives a number of families, at least this number must show an
    outage.
    """
    outages = outages_of(truth, publication)
    showing = {family for o in outages for family, _ in o.effects}
    return set(statement.families) <= showing and statement.count <= len(showing)


def _affected(statement: Statement, truth: Truth, publication: Publication) -> bool:
    about = parts_named(statement.names, truth)
    return bool(about) and all(
        subject.cuts(publication.since, publication.time) for subject in about
    )


def _withdrawn(_: Statement, truth: Truth, publication: Publication) -> bool:
    return not outages_of(truth, publication)


def _local(statement: Statement, truth: Truth, publication: Publication) -> bool:
    """Return whether the printed times in UTC and in a city are the same instants.

    The city's clocks may change during an incident. The times may therefore be right on
    the day when the incident began or on the day of publication.
    """
    zones = {without_stops(city): zone for city, zone in truth.zones.items()}
    zone = zones.get(statement.word)
    if zone is None:
        return False
    days = [
        at.replace(hour=0, minute=0, second=0)
        for at in (publication.since, publication.time)
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
    Kind.NOW: has_stated_level,
    Kind.LOWEST: is_lowest_level,
    Kind.BEGAN: _began,
    Kind.ENDED: _ended,
    Kind.LASTED: _lasted,
    Kind.CUTS: _cuts,
    Kind.SEVERITY: fits_severity,
    Kind.SCOPE: _scope,
    Kind.BACK: _back,
    Kind.PARTLY: is_partly_back,
    Kind.AGAIN: _again,
    Kind.NORMAL: is_normal,
    Kind.MEASURED: _measured,
    Kind.AFFECTED: _affected,
    Kind.WITHDRAWN: _withdrawn,
    Kind.LOCAL: _local,
    Kind.WEEKDAY: _weekday,
}
