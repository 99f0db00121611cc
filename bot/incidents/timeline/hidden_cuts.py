"""Finds times without readings between two cuts; another cut may be hidden in them."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.model.interval import Interval
from bot.model.timeline import Cut, SeriesTimeline

_LEAST = timedelta(hours=1)
"""The shortest silence that may hide a cut."""


def with_silences_before(
    cuts: list[Cut], steady: Sequence[SeriesTimeline]
) -> Iterator[Cut]:
    """Yield each cut, with the time before it in which another cut may be hidden.

    The time between two cuts may hide another cut if every series that fell in both of
    them was silent for an hour or more in between. If no series fell in both, this must
    be so for every series that fell in one of them.

    Args:
        cuts: the cuts of an incident, oldest first.
        steady: the series of routes and probing that the cuts were computed from.
    """
    yield from cuts[:1]
    for before, cut in itertools.pairwise(cuts):
        fell = [s for s in steady if _fell_in(s, before) or _fell_in(s, cut)]
        both = [s for s in fell if _fell_in(s, before) and _fell_in(s, cut)]
        gap = _time_between(before, cut)
        silent = [gap and _longest_silence_in(gap, s.silences) for s in both or fell]
        hidden = None if None in silent else next(iter(silent), None)
        yield replace(cut, silent_before=hidden)


def _time_between(before: Cut, cut: Cut) -> Interval | None:
    """Return the time between two cuts; None if none, or if `before` is not over."""
    if before.ended is None or before.ended.since >= cut.began.until:
        return None
    return Interval(before.ended.since, cut.began.until)


def _fell_in(source: SeriesTimeline, cut: Cut) -> bool:
    """Whether a series has a drop that began during a cut."""
    return any(
        d.onset.until > cut.began.since
        and (cut.ended is None or d.onset.since < cut.ended.until)
        for d in source.drops
    )


def _longest_silence_in(gap: Interval, silences: Iterable[Interval]) -> Interval | None:
    """Return the longest silence within `gap`; None if none lasts an hour."""
    within = (
        Interval(max(gap.since, s.since), min(gap.until, s.until))
        for s in silences
        if s.since < gap.until and gap.since < s.until
    )
    long = (part for part in within if part.width >= _LEAST)
    return max(long, key=lambda part: part.width, default=None)
