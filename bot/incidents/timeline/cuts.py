"""Computes the cuts of an incident: the times in which its subject was down.

In this module, a steady series is a series of routes or probing (`FLAT_FAMILIES`). A
series of another family, such as traffic, may read low by chance.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.incidents.timeline.chance import without_chance_drops
from bot.incidents.timeline.hidden_cuts import with_silences_before
from bot.model.interval import Interval
from bot.model.signal import FLAT_FAMILIES
from bot.model.timeline import Cut, SeriesTimeline
from bot.model.verdict import SeriesState

_ROUGH = timedelta(hours=1)
"""Only an onset or an end wider than this can count as imprecise."""
_BACK_FOR = timedelta(hours=3)
"""A cut without a known end is over after this much time without a low reading.

A later drop then begins another cut. Where this module says "hours wide" of an interval, it
means at least this wide.
"""
_BY_CHANCE = timedelta(hours=6)
"""Traffic may read low by chance for up to this long before an outage."""
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _OpenCut:
    """A cut that is being computed: further drops may still be joined to it.

    Attributes:
        cut: the cut so far.
        steady: whether a steady series (routes or probing) fell in the cut.
        silent: whether the cut ends with a silence. Then `cut.ended` is not the end,
            but the time of the last low reading.
        steady_end: the interval in which the steady series returned; None if no steady
            series fell, or if they are still down. If they fell silent before they
            returned, the interval ends with `_NEVER`.
    """

    cut: Cut
    steady: bool
    silent: bool = False
    steady_end: Interval | None = None


def cuts_of(
    series: Iterable[SeriesTimeline], restored: Interval | None
) -> tuple[Cut, ...]:
    """Return the times in which any of these series was down, oldest first.

    Args:
        series: the series of the incident's subject.
        restored: the interval in which the incident ended; None while it lasts. A drop
            without an end ends in this interval.
    """
    series = tuple(series)
    steady = [s for s in series if s.family in FLAT_FAMILIES]
    series = [s if s in steady else without_chance_drops(s, steady) for s in series]
    returns = [d.ended for s in steady for d in s.drops if d.ended is not None]
    drops = sorted(
        (
            piece
            for source in series
            for piece in _joined_across_silence(
                list(_cuts_of_drops(source, restored)), returns
            )
        ),
        key=lambda piece: (piece.cut.began.until, piece.cut.began.since),
    )
    pieces: list[_OpenCut] = []
    for piece in drops:
        _add_to_cuts(piece, pieces)
    times = [_with_corrected_end(piece, restored) for piece in pieces]
    return tuple(with_silences_before(times, steady))


def _joined_across_silence(
    pieces: list[_OpenCut], returns: Sequence[Interval]
) -> Iterator[_OpenCut]:
    """Yield the drops of a series; drops with only a silence in between are joined.

    Two drops stay apart if a series of routes or probing returned during the silence.

    Args:
        pieces: the drops of the series, oldest first.
        returns: the intervals in which series of routes or probing returned.
    """
    before: _OpenCut | None = None
    for piece in pieces:
        if before is not None and before.silent and before.cut.seen_low is not None:
            gap = Interval(before.cut.seen_low, piece.cut.began.until)
            if not _any_within(returns, gap):
                began = before.cut.began
                before = replace(piece, cut=replace(piece.cut, began=began, unseen=gap))
                continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def _any_within(intervals: Iterable[Interval], span: Interval) -> bool:
    return any(span.since <= i.since and i.until <= span.until for i in intervals)


def _cuts_of_drops(
    source: SeriesTimeline, restored: Interval | None
) -> Iterator[_OpenCut]:
    """Yield a cut for each drop of a series.

    If the series fell silent in the drop, the cut ends with the last low reading.
    """
    steady = source.family in FLAT_FAMILIES
    for number, drop in enumerate(source.drops, start=1):
        if restored is not None and drop.onset.since >= restored.until:
            return
        newest = number == len(source.drops)
        silent = not newest or source.state is SeriesState.UNKNOWN
        if drop.ended is None and silent and drop.seen_low is not None:
            last = Interval(drop.seen_low, drop.seen_low)
            open_ = Interval(drop.seen_low, _NEVER) if steady else None
            cut = Cut(drop.onset, last, drop.seen_low)
            yield _OpenCut(cut, steady, silent=True, steady_end=open_)
        else:
            ended = drop.ended or restored
            cut = Cut(drop.onset, ended, drop.seen_low)
            yield _OpenCut(cut, steady, steady_end=drop.ended if steady else None)


def _with_corrected_end(piece: _OpenCut, restored: Interval | None) -> Cut:
    """Return the cut of `piece`; correct its end if the readings stopped before the end.

    No reading shows when such a cut ended. While the incident lasts, the cut has no
    end. Once the incident is over, the end of the cut lies between the last low reading
    and the end of the incident.
    """
    cut = piece.cut
    if not piece.silent or cut.ended is None:
        return cut
    if restored is None:
        return replace(cut, ended=None)
    until = max(restored.until, cut.ended.since)
    return replace(cut, ended=Interval(cut.ended.since, until))


def _add_to_cuts(piece: _OpenCut, pieces: list[_OpenCut]) -> None:
    """Join `piece` to the last of `pieces`, or end the last one and append `piece`."""
    if pieces and (gap := _unseen_by_steady(pieces[-1], piece)):
        unsure = replace(piece, cut=replace(piece.cut, unseen=gap))
        pieces[-1] = _join(pieces[-1], unsure)
        return
    if pieces and _continues_cut(pieces[-1], piece.cut.began):
        pieces[-1] = _join(pieces[-1], piece, again=len(pieces) > 1)
        return
    if pieces:
        last = pieces[-1]
        ended = _ended_by(last, piece.cut.began)
        pieces[-1] = replace(last, cut=ended, silent=False)
    pieces.append(piece)


def _unseen_by_steady(piece: _OpenCut, other: _OpenCut) -> Interval | None:
    """Return when, between two drops, steady series do not show if service was back.

    In this time traffic alone does not show whether service was back: after a partial
    return, traffic may read nearly normal by chance.

    Args:
        piece: the last cut so far.
        other: the drop that follows.

    Returns:
        The time from the start of `piece.steady_end` to the end of `other`'s onset.
        (In `steady_end` the steady series of `piece` returned or may have returned.)
        None if `other` has a steady series or did not begin within `steady_end`, or if
        `steady_end` is None or is shorter than `_BACK_FOR`.
    """
    end, began = piece.steady_end, other.cut.began
    if end is None or other.steady or end.width < _BACK_FOR:
        return None
    unseen = end.since <= began.since < end.until
    return Interval(end.since, began.until) if unseen else None


def _join(piece: _OpenCut, other: _OpenCut, *, again: bool = False) -> _OpenCut:
    """Join two pieces that belong to the same cut, and return the result.

    `again` is true if the incident has an earlier cut.
    """
    seen = [p.cut.seen_low for p in (piece, other) if p.cut.seen_low is not None]
    ended = _from_steady_return(
        _later_end(piece.cut.ended, other.cut.ended), piece, other
    )
    cut = Cut(
        _joined_onset(piece, other, again=again),
        ended,
        max(seen, default=None),
        _enclosing_interval(
            _time_unseen_by_both(piece.cut, other.cut),
            _time_unseen_by_both(other.cut, piece.cut),
            _before_wide_onset(piece.cut, other.cut),
            _before_wide_onset(other.cut, piece.cut),
        ),
    )
    silent = any(p.silent and p.cut.ended == ended for p in (piece, other))
    end = _steady_end(piece.steady_end, other.steady_end)
    return _OpenCut(cut, piece.steady or other.steady, silent, end)


def _steady_end(first: Interval | None, second: Interval | None) -> Interval | None:
    """Return the later of two ends, or the more precise one if they overlap.

    If one is None (no steady series fell, or they are still down), return the other.
    """
    if first is None or second is None:
        return first or second
    if first.until < second.since or second.until < first.since:
        return max(first, second)
    return min(first, second, key=lambda i: i.width)


def _enclosing_interval(*intervals: Interval | None) -> Interval | None:
    """Return the shortest interval that contains all of these; None if all are None."""
    some = [i for i in intervals if i is not None]
    if not some:
        return None
    return Interval(min(i.since for i in some), max(i.until for i in some))


def _before_wide_onset(cut: Cut, other: Cut) -> Interval | None:
    """Return the time from the end of `cut` to the end of the onset of `other`.

    If a series was silent for hours and then reads low, its onset is hours wide: it may
    have fallen during `cut` or after it. The result is None if the onset of `other` is at
    most `_BACK_FOR` wide, or if `cut` has not ended or ended after this onset.
    """
    if other.began.width <= _BACK_FOR or cut.ended is None:
        return None
    unsure = cut.ended.until < other.began.until
    return Interval(cut.ended.since, other.began.until) if unsure else None


def _from_steady_return(
    ended: Interval | None, piece: _OpenCut, other: _OpenCut
) -> Interval | None:
    """Return the interval in which a joined cut ended, corrected by the steady series.

    Steady series are those of routes and probing. Once service is back, traffic may
    still read low by chance, and so seem to return too late. The result is the first of
    these that applies:

    - If only one of `piece` and `other` is steady, and its return is more precise than
      `ended`: this return (see `_precise_return`).
    - If traffic returned last, and the earliest return of a steady series began before
      `ended`: from the beginning of this return until the end of `ended`.
    - Otherwise: `ended`.
    """
    returns = [p.steady_end for p in (piece, other) if p.steady_end is not None]
    if ended is not None and (precise := _precise_return(ended, piece, other)):
        return precise
    first = min((i.since for i in returns if i.until != _NEVER), default=None)
    if ended is None or first is None or first >= ended.since:
        return ended
    last = max((p.cut.ended, p.steady) for p in (piece, other) if p.cut.ended)
    return ended if last[1] else Interval(first, ended.until)


def _precise_return(
    ended: Interval, piece: _OpenCut, other: _OpenCut
) -> Interval | None:
    """Return when the steady piece came back, if that is more precise than `ended`.

    The result is None unless exactly one of the two pieces is steady, its return is
    known to less than `_BACK_FOR` and lies within `ended`, and `ended` is not narrower
    than `_BACK_FOR`.
    """
    if piece.steady == other.steady or ended.width < _BACK_FOR:
        return None
    steady = (piece if piece.steady else other).steady_end
    if steady is None or steady.width >= _BACK_FOR:
        return None
    within = ended.since <= steady.since and steady.until <= ended.until
    return steady if within else None


def _time_unseen_by_both(cut: Cut, other: Cut) -> Interval | None:
    """Return the part of `cut.unseen` that is in `other.unseen` too; None if none is.

    If `other` did not last through `cut.unseen`, return all of `cut.unseen`.
    """
    gap, silent = cut.unseen, other.unseen
    if gap is None:
        return None
    lasted = other.ended is None or other.ended.since >= gap.until
    if not lasted or other.began.until > gap.since:
        return gap
    # Only the time in which both cuts were unseen counts; None if there is none.
    if silent is None or silent.until <= gap.since or gap.until <= silent.since:
        return None
    return Interval(max(gap.since, silent.since), min(gap.until, silent.until))


def _joined_onset(piece: _OpenCut, other: _OpenCut, *, again: bool) -> Interval:
    """Return the onset of the cut that two pieces make; `other` is the later piece.

    The onset is the earlier one, with one exception. Traffic may read low by chance
    before an outage. So if a steady series fell within `_BY_CHANCE` after traffic, the
    outage began at some time between the two onsets. After an earlier cut (`again`),
    traffic may read low by chance for longer, so there the time limit does not apply.
    """
    first, second = piece.cut.began, other.cut.began
    apart = first.until <= second.since
    if not again:
        apart = apart and second.since <= first.until + _BY_CHANCE
    if apart and other.steady and not piece.steady:
        return Interval(first.since, second.until)
    # Of onsets that end together, the narrowest is the most precise.
    return min(first, second, key=lambda i: (i.until, -i.since.timestamp()))


def _later_end(first: Interval | None, second: Interval | None) -> Interval | None:
    if first is None or second is None:
        return None
    return Interval(max(first.since, second.since), max(first.until, second.until))


def _continues_cut(piece: _OpenCut, began: Interval) -> bool:
    """Whether a drop with the onset `began` probably began before the cut ended.

    An onset or an end is an interval. The interval is hours wide if the series was
    silent or mostly back during it. So only the last part of a wide onset and the first
    part of a wide end are compared. The drop is not in the cut if this part of the end
    is already over when this part of the onset begins.
    """
    cut = piece.cut
    if began.since < cut.began.until:
        return True
    # With wide bins, every onset and every end is wide. So the compared part is at
    # least as wide as the narrower of the two intervals.
    rough = _ROUGH if cut.ended is None else min(began.width, cut.ended.width)
    rough = max(_ROUGH, rough)
    since = max(began.since, began.until - rough)
    if cut.ended is None:
        low = cut.seen_low
        return low is None or began.since < low or since < low + _BACK_FOR
    if piece.silent and began.since <= cut.ended.since:
        # There is no normal reading between the last low reading and the new drop.
        return True
    return since < min(cut.ended.until, cut.ended.since + rough)


def _ended_by(piece: _OpenCut, next_began: Interval) -> Cut:
    """Return the cut of a piece; it ends no later than the next cut begins."""
    cut = piece.cut
    if cut.ended is None:
        since = _surely_low_until(piece) or next_began.since
    elif piece.silent or cut.ended.until > next_began.until:
        since = cut.ended.since
    else:
        return cut
    until = next_began.until
    return replace(cut, ended=Interval(min(since, until), until))


def _surely_low_until(piece: _OpenCut) -> datetime | None:
    """Return until when a cut without an end was surely low; None if unknown.

    After the series of routes and probing have returned, low readings of traffic may be
    chance and do not count.
    """
    seen, back = piece.cut.seen_low, piece.steady_end
    if seen is None or back is None or back.until == _NEVER:
        return seen
    return min(seen, back.since)
