"""The cuts of an incident: the times in which its subject was down, and their duration."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.incidents.timeline.chance import without_chance
from bot.incidents.timeline.hidden_cuts import with_silences_before
from bot.model.interval import Interval, Span, span_between
from bot.model.signal import FLAT_FAMILIES
from bot.model.timeline import Cut, SeriesTimeline
from bot.model.verdict import SeriesState

_ROUGH = timedelta(hours=1)
"""The width above which a time counts as imprecise."""
_BACK_FOR = timedelta(hours=3)
"""After so long without a low reading, a new drop of another series is another cut."""
_BY_CHANCE = timedelta(hours=6)
"""How long before a fall a noisy series may read low by chance."""
_NOTHING = timedelta(0)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Piece:
    """An unfinished cut, while drops are joined.

    Attributes:
        steady: whether a steady series shows when it began.
        silent: whether its end is only the last reading of a series that fell silent.
        steady_end: when a steady series returned, as precisely as any shows it; None if
            none fell, or if none is back.
    """

    cut: Cut
    steady: bool
    silent: bool = False
    steady_end: Interval | None = None


def cuts(
    series: Iterable[SeriesTimeline], restored: Interval | None
) -> tuple[Cut, ...]:
    """Return the times in which any of these series was down, oldest first.

    Args:
        series: the subject of the incident.
        restored: when the incident ended, if it is over: a drop of a series that has
            been silent since then counts as ended, too.
    """
    series = tuple(series)
    steady = [s for s in series if s.family in FLAT_FAMILIES]
    series = [s if s in steady else without_chance(s, steady) for s in series]
    returns = [d.ended for s in steady for d in s.drops if d.ended is not None]
    drops = sorted(
        (
            piece
            for source in series
            for piece in _across_silence(list(_pieces_of(source, restored)), returns)
        ),
        key=lambda piece: (piece.cut.began.until, piece.cut.began.since),
    )
    pieces: list[_Piece] = []
    for piece in drops:
        _add(piece, pieces)
    times = [_without_silence(piece, restored) for piece in pieces]
    return tuple(with_silences_before(times, steady))


def _across_silence(
    pieces: list[_Piece], returns: Sequence[Interval]
) -> Iterator[_Piece]:
    """Yield the drops of a series; two around a silence are one, unless others returned.

    Args:
        pieces: the drops of the series, oldest first.
        returns: when steady series returned.
    """
    before: _Piece | None = None
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


def _pieces_of(source: SeriesTimeline, restored: Interval | None) -> Iterator[_Piece]:
    """Yield the drops of a series; one in which it fell silent ends with its last reading."""
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
            yield _Piece(cut, steady, silent=True, steady_end=open_)
        else:
            ended = drop.ended or restored
            cut = Cut(drop.onset, ended, drop.seen_low)
            yield _Piece(cut, steady, steady_end=drop.ended if steady else None)


def _without_silence(piece: _Piece, restored: Interval | None) -> Cut:
    """Return the cut of a piece; nobody saw the end of one that is silent."""
    cut = piece.cut
    if not piece.silent or cut.ended is None:
        return cut
    if restored is None:
        return replace(cut, ended=None)
    until = max(restored.until, cut.ended.since)
    return replace(cut, ended=Interval(cut.ended.since, until))


def _add(piece: _Piece, pieces: list[_Piece]) -> None:
    """Add a drop to the cuts, of which the last may be the same cut."""
    if pieces and (gap := _unseen_by_steady(pieces[-1], piece)):
        unsure = replace(piece, cut=replace(piece.cut, unseen=gap))
        pieces[-1] = _join(pieces[-1], unsure)
        return
    if pieces and _meets(pieces[-1], piece.cut.began):
        pieces[-1] = _join(pieces[-1], piece, again=len(pieces) > 1)
        return
    if pieces:
        last = pieces[-1]
        ended = _ended_by(last, piece.cut.began)
        pieces[-1] = replace(last, cut=ended, silent=False)
    pieces.append(piece)


def _unseen_by_steady(piece: _Piece, other: _Piece) -> Interval | None:
    """Return the time before a later drop of traffic in which no steady series was seen.

    Traffic alone does not show whether it had been back before: a partial return may
    read nearly normal by chance. None if steady series were seen, or if it is not later.
    """
    end, began = piece.steady_end, other.cut.began
    if end is None or other.steady or end.width < _BACK_FOR:
        return None
    unseen = end.since <= began.since < end.until
    return Interval(end.since, began.until) if unseen else None


def _join(piece: _Piece, other: _Piece, *, again: bool = False) -> _Piece:
    """Return the cut that two overlapping drops make together.

    `again` says that it is not the first cut of the incident.
    """
    seen = [p.cut.seen_low for p in (piece, other) if p.cut.seen_low is not None]
    ended = _from_steady_return(_latest(piece.cut.ended, other.cut.ended), piece, other)
    cut = Cut(
        _earliest(piece, other, again=again),
        ended,
        max(seen, default=None),
        _hull(
            _unseen(piece.cut, other.cut),
            _unseen(other.cut, piece.cut),
            _before_wide_onset(piece.cut, other.cut),
            _before_wide_onset(other.cut, piece.cut),
        ),
    )
    silent = any(p.silent and p.cut.ended == ended for p in (piece, other))
    end = _steady_end(piece.steady_end, other.steady_end)
    return _Piece(cut, piece.steady or other.steady, silent, end)


def _steady_end(first: Interval | None, second: Interval | None) -> Interval | None:
    """Return the later of two returns, or the more precise one where they are one."""
    if first is None or second is None:
        return first or second
    if first.until < second.since or second.until < first.since:
        return max(first, second)
    return min(first, second, key=lambda i: i.width)


def _hull(*intervals: Interval | None) -> Interval | None:
    """Return the shortest interval that contains these, or None."""
    some = [i for i in intervals if i is not None]
    if not some:
        return None
    return Interval(min(i.since for i in some), max(i.until for i in some))


def _before_wide_onset(cut: Cut, other: Cut) -> Interval | None:
    """Return the time from the end of a cut to the end of the wide onset of another.

    A series that was silent for hours and is low after them may have fallen in the first
    cut, or later.
    """
    if other.began.width <= _BACK_FOR or cut.ended is None:
        return None
    unsure = cut.ended.until < other.began.until
    return Interval(cut.ended.since, other.began.until) if unsure else None


def _from_steady_return(
    ended: Interval | None, piece: _Piece, other: _Piece
) -> Interval | None:
    """Return the end of a cut from the return of a steady series on.

    Traffic may read low by chance after service is back, so that it returns later.
    """
    returns = [p.steady_end for p in (piece, other) if p.steady_end is not None]
    first = min((i.since for i in returns if i.until != _NEVER), default=None)
    if ended is None or first is None or first >= ended.since:
        return ended
    last = max((p.cut.ended, p.steady) for p in (piece, other) if p.cut.ended)
    return ended if last[1] else Interval(first, ended.until)


def _unseen(cut: Cut, other: Cut) -> Interval | None:
    """Return the time of a cut in which neither it nor another cut was seen low, or None."""
    gap, silent = cut.unseen, other.unseen
    if gap is None:
        return None
    lasted = other.ended is None or other.ended.since >= gap.until
    if not lasted or other.began.until > gap.since:
        return gap
    # The other series may have been silent at the same time.
    if silent is None or silent.until <= gap.since or gap.until <= silent.since:
        return None
    return Interval(max(gap.since, silent.since), min(gap.until, silent.until))


def _earliest(piece: _Piece, other: _Piece, *, again: bool) -> Interval:
    """Return when the first of two series fell; `other` is the later one.

    Traffic may read low by chance before it falls. So if a steady series fell soon after
    it, the outage began between the two. After a partial return it may read low by
    chance for long.
    """
    first, second = piece.cut.began, other.cut.began
    apart = first.until <= second.since
    if not again:
        apart = apart and second.since <= first.until + _BY_CHANCE
    if apart and other.steady and not piece.steady:
        return Interval(first.since, second.until)
    # Of onsets that end together, the narrowest is the most precise.
    return min(first, second, key=lambda i: (i.until, -i.since.timestamp()))


def _latest(first: Interval | None, second: Interval | None) -> Interval | None:
    if first is None or second is None:
        return None
    return Interval(max(first.since, second.since), max(first.until, second.until))


def _meets(piece: _Piece, began: Interval) -> bool:
    """Whether a drop with the onset `began` probably began before the cut ended.

    An onset or an end that is known to hours only is that of a series which was silent,
    or mostly back. A drop that begins later in the end of a cut is another one.
    """
    cut = piece.cut
    if began.since < cut.began.until:
        return True
    # Where all bins are wide, all times are.
    rough = _ROUGH if cut.ended is None else min(began.width, cut.ended.width)
    rough = max(_ROUGH, rough)
    since = max(began.since, began.until - rough)
    if cut.ended is None:
        low = cut.seen_low
        return low is None or began.since < low or since < low + _BACK_FOR
    if piece.silent and began.since <= cut.ended.since:
        # The same series was low before its silence and after it.
        return True
    return since < min(cut.ended.until, cut.ended.since + rough)


def _ended_by(piece: _Piece, next_began: Interval) -> Cut:
    """Return the cut of a piece that had ended when the next one began."""
    cut = piece.cut
    if cut.ended is None:
        since = _last_low(piece) or next_began.since
    elif piece.silent or cut.ended.until > next_began.until:
        since = cut.ended.since
    else:
        return cut
    until = next_began.until
    return replace(cut, ended=Interval(min(since, until), until))


def _last_low(piece: _Piece) -> datetime | None:
    """Return until when a piece without an end was low for certain.

    Traffic may read low by chance after a steady series is back.
    """
    seen, back = piece.cut.seen_low, piece.steady_end
    if seen is None or back is None or back.until == _NEVER:
        return seen
    return min(seen, back.since)


def cuts_from(onset: Interval, times: tuple[Cut, ...]) -> tuple[Cut, ...]:
    """Return the cuts from the published onset on, with which the first one begins."""
    # Parts may have fallen before the onset, which is that of a quarter of them. A text
    # gives the onset and the duration together, so the duration counts from the onset.
    later = [c for c in times if c.ended is None or c.ended.until > onset.until]
    if not later:
        return ()
    # An onset that is known to hours may be that of a cut which is left out.
    unsure = len(later) < len(times) and onset.width >= _BACK_FOR
    unseen = onset if unsure else later[0].unseen
    return (replace(later[0], began=onset, unseen=unseen), *later[1:])


def until_end(times: tuple[Cut, ...], restored: Interval | None) -> tuple[Cut, ...]:
    """Return the cuts; if the incident is over, the last one lasts until both ends.

    The series that returned last may be of a part, which the cuts do not show.
    """
    if restored is None or not times or (end := times[-1].ended) is None:
        return times
    later = Interval(max(end.since, restored.since), max(end.until, restored.until))
    return (*times[:-1], replace(times[-1], ended=later))


def time_down(times: Sequence[Cut], as_of: datetime) -> Span:
    """Return how long the cuts lasted together; the time between them does not count.

    Args:
        times: the cuts of an incident, each with the silence before it.
        as_of: the time of the newest reading; aware, UTC. A cut that is not over lasts
            until then, or at least until it was last seen to.
    """
    spans = [span_between(c.began, c.ended or _until_now(c, as_of)) for c in times]
    seen = (
        max(
            timedelta(0), span.shortest - (cut.unseen.width if cut.unseen else _NOTHING)
        )
        for span, cut in zip(spans, times, strict=True)
    )
    # Another cut may have been all through a silence.
    hidden = (c.silent_before.width for c in times if c.silent_before)
    longest = sum((s.longest for s in spans), _NOTHING) + sum(hidden, _NOTHING)
    return Span(sum(seen, _NOTHING), longest)


def _until_now(cut: Cut, as_of: datetime) -> Interval:
    """Return from when on a cut that is not over may have ended."""
    return Interval(min(cut.seen_low or as_of, as_of), as_of)
