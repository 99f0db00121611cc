"""The cuts of a generated world as readings can show them by the time of a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.evaluation.sentences.truth import Truth
from bot.evaluation.synthetic.outages import SyntheticOutage
from bot.model.interval import Interval

LATEST = timedelta(hours=4)
"""The longest lag of a signal, with its step: what a text says "now" may be this old."""
_LIMITS = (0.8, 0.87, 0.9, 0.95, 0.98)
"""Levels below which a place may be called down.

Families differ in it, and a shallow outage with partial returns is between them."""


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

    @property
    def newest(self) -> datetime:
        """The earliest time of what a text may call "now"."""
        return self.at - LATEST - self.step


def outages_of(truth: Truth, published: Publication) -> list[SyntheticOutage]:
    """Return the outages of a place and of its parts in the time of an incident."""
    subjects = (truth, *truth.parts.values())
    return [
        o for subject in subjects for o in subject.cuts(published.since, published.at)
    ]


def low_times(truth: Truth, published: Publication) -> list[Interval]:
    """Return the times in which a place or a part of it was clearly low."""
    subjects = (truth, *truth.parts.values())
    return [
        i
        for subject in subjects
        for limit in _LIMITS
        for i in subject.low(published.since, published.at, limit)
    ]


def cut_lists(truth: Truth, published: Publication) -> Iterator[list[Interval]]:
    """Yield the cuts of a place as readings can show them, by each definition.

    A cut that has only begun may not be seen yet.
    """
    for until in (published.at, published.newest):
        yield from cuts_until(truth, published, until)


def cuts_until(
    truth: Truth, published: Publication, until: datetime
) -> Iterator[list[Interval]]:
    """Yield the cuts up to a time: the outages, and the times below each level.

    A gap that is shorter than a step shows in no reading. A partial return to nearly
    normal levels may count as the end of a cut.
    """
    outages = truth.cuts(published.since, until)
    yield _joined([Interval(o.since, min(o.until, until)) for o in outages], published)
    for limit in _LIMITS if until > published.since else ():
        yield _joined(truth.low(published.since, until, limit), published)


def _joined(cuts: Iterable[Interval], published: Publication) -> list[Interval]:
    joined: list[Interval] = []
    for cut in cuts:
        if joined and cut.since - joined[-1].until <= published.step:
            joined[-1] = Interval(joined[-1].since, cut.until)
        else:
            joined.append(cut)
    return joined
