"""The cuts in a generated world, as readings can show them when a text is published."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.evaluation.sentences.truth import Truth
from bot.evaluation.synthetic.outages import SyntheticOutage
from bot.model.interval import Interval

MAX_READING_AGE = timedelta(hours=4)
"""The longest lag of a signal plus its step; a level called present may be this old."""
_LIMITS = (0.8, 0.87, 0.9, 0.95, 0.98)
"""Levels below which a place may be called down.

Families have different thresholds. A shallow outage with partial returns may therefore
cross some of these levels and not others."""


@dataclass(frozen=True, slots=True)
class Publication:
    """The publication of a text: its time, and the incident that the text is about.

    Attributes:
        time: when the text was published; aware, UTC.
        since: the true beginning of the incident's first outage; aware, UTC.
        step: the longest step of a signal; no time is known more precisely.
    """

    time: datetime
    since: datetime
    step: timedelta

    @property
    def earliest_present(self) -> datetime:
        """The earliest time of a reading that a text may call present; aware, UTC."""
        return self.time - MAX_READING_AGE - self.step


def outages_of(truth: Truth, publication: Publication) -> list[SyntheticOutage]:
    """Return the outages of a place and its parts during an incident.

    The incident lasts from `publication.since` to `publication.time`.
    """
    subjects = (truth, *truth.parts.values())
    return [
        o
        for subject in subjects
        for o in subject.cuts(publication.since, publication.time)
    ]


def low_times(truth: Truth, publication: Publication) -> list[Interval]:
    """Return all intervals in which the place or a part was below a level of `_LIMITS`."""
    subjects = (truth, *truth.parts.values())
    return [
        i
        for subject in subjects
        for limit in _LIMITS
        for i in subject.low_intervals(publication.since, publication.time, limit)
    ]


def cut_lists(truth: Truth, publication: Publication) -> Iterator[list[Interval]]:
    """Yield each list of cuts that readings may show for a place.

    Each definition of a cut (see `cuts_by_definition`) gives two lists. One list ends at
    the publication. The other list ends at `publication.earliest_present`, because readings may not
    show a later cut yet.
    """
    for until in (publication.time, publication.earliest_present):
        yield from cuts_by_definition(truth, publication, until)


def cuts_by_definition(
    truth: Truth, publication: Publication, until: datetime
) -> Iterator[list[Interval]]:
    """Yield, for each definition of a cut, the list of cuts up to `until`.

    By the first definition, cuts are the true outages. By each of the others, they are
    the times below one level of `_LIMITS`, so that a partial return to nearly normal
    levels ends a cut. Cuts that are at most a step apart are joined, because no reading
    shows the time between them.
    """
    outages = truth.cuts(publication.since, until)
    yield _joined(
        [Interval(o.since, min(o.until, until)) for o in outages], publication
    )
    for limit in _LIMITS if until > publication.since else ():
        yield _joined(truth.low_intervals(publication.since, until, limit), publication)


def _joined(cuts: Iterable[Interval], publication: Publication) -> list[Interval]:
    joined: list[Interval] = []
    for cut in cuts:
        if joined and cut.since - joined[-1].until <= publication.step:
            joined[-1] = Interval(joined[-1].since, cut.until)
        else:
            joined.append(cut)
    return joined
