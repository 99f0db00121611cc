"""The cuts of an incident: the times in which its subject was down, and their duration."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model.incident import Cut, Drop, SeriesTimeline
from bot.model.interval import Interval, Span, span_between
from bot.model.signal import Family
from bot.model.verdict import SeriesState

_ROUGH = timedelta(hours=1)
"""A time that is known less precisely is a rough one."""
_BACK_FOR = timedelta(hours=3)
"""After so long without a low reading, a new drop of another series is another cut."""
_BY_CHANCE = timedelta(hours=3)
"""How long before a fall a noisy series may read low by chance."""
_STEADY = frozenset({Family.ACTIVE_PROBING, Family.CONTROL_PLANE})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A cut, as far as it was put together, and whether a steady series shows its begin."""

    cut: Cut
    steady: bool


def cuts(
    series: Iterable[SeriesTimeline], restored: Interval | None
) -> tuple[Cut, ...]:
    """Return the times in which any of these series was down, oldest first.

    Args:
        series: the subject of the incident.
        restored: when the incident ended, if it is over: a drop of a series that has
            been silent since then counts as ended, too.
    """
    drops = sorted(
        ((s, d) for s in series for d in s.drops),
        key=lambda pair: (pair[1].onset.until, pair[1].onset.since),
    )
    pieces: list[_Piece] = []
    silent: list[_Piece] = []
    for source, drop in drops:
        piece = _Piece(_cut_of(drop, restored), source.family in _STEADY)
        if drop.ended is None and source.state is SeriesState.UNKNOWN:
            silent.append(piece)
        else:
            _add(piece, pieces)
    for piece in silent:
        _add_silent(piece, pieces)
    return tuple(piece.cut for piece in pieces)


def _cut_of(drop: Drop, restored: Interval | None) -> Cut:
    return Cut(drop.onset, drop.ended or restored, drop.seen_low)


def _add(piece: _Piece, pieces: list[_Piece]) -> None:
    """Add a drop to the cuts, of which the last may be the same cut."""
    if pieces and _meets(pieces[-1].cut, piece.cut.began):
        pieces[-1] = _join(pieces[-1], piece)
        return
    if pieces:
        last = pieces[-1]
        pieces[-1] = replace(last, cut=_ended_by(last.cut, piece.cut.began))
    pieces.append(piece)


def _add_silent(piece: _Piece, pieces: list[_Piece]) -> None:
    """Add the drop of a series that fell silent in it: it says nothing of the end.

    If another series shows the same cut, its end counts.
    """
    for n, other in enumerate(pieces):
        if _meets(other.cut, piece.cut.began):
            same = replace(piece, cut=replace(piece.cut, ended=other.cut.ended))
            pieces[n] = _join(other, same)
            return
    pieces.append(piece)
    pieces.sort(key=lambda p: (p.cut.began.until, p.cut.began.since))


def _join(piece: _Piece, other: _Piece) -> _Piece:
    """Return the cut that two overlapping drops make together."""
    seen = [p.cut.seen_low for p in (piece, other) if p.cut.seen_low is not None]
    cut = Cut(
        _earliest(piece, other),
        _latest(piece.cut.ended, other.cut.ended),
        max(seen, default=None),
    )
    return _Piece(cut, piece.steady or other.steady)


def _earliest(piece: _Piece, other: _Piece) -> Interval:
    """Return when the first of two series fell; `other` is the later one.

    Traffic may read low by chance before it falls. So if a steady series fell soon after
    it, the outage began between the two.
    """
    first, second = piece.cut.began, other.cut.began
    apart = first.until < second.since <= first.until + _BY_CHANCE
    if apart and other.steady and not piece.steady:
        return Interval(first.since, second.until)
    # Of onsets that end together, the narrowest is the most precise.
    return min(first, second, key=lambda i: (i.until, -i.since.timestamp()))


def _latest(first: Interval | None, second: Interval | None) -> Interval | None:
    if first is None or second is None:
        return None
    return Interval(max(first.since, second.since), max(first.until, second.until))


def _meets(cut: Cut, began: Interval) -> bool:
    """Whether a drop with the onset `began` probably began before the cut ended.

    An onset or an end that is known to hours only is that of a series which was silent,
    or mostly back. A drop that begins later in the end of a cut is another one.
    """
    if began.since < cut.began.until:
        return True
    since = max(began.since, began.until - _ROUGH)
    if cut.ended is None:
        return cut.seen_low is None or since < cut.seen_low + _BACK_FOR
    return since < min(cut.ended.until, cut.ended.since + _ROUGH)


def _ended_by(cut: Cut, next_began: Interval) -> Cut:
    """Return a cut that had ended when the next one began."""
    if cut.ended is None:
        since = cut.seen_low or next_began.since
        return Cut(cut.began, Interval(min(since, next_began.until), next_began.until))
    if cut.ended.until <= next_began.until:
        return cut
    return Cut(cut.began, Interval(cut.ended.since, next_began.until))


def from_onset(onset: Interval, times: tuple[Cut, ...]) -> tuple[Cut, ...]:
    """Return the cuts; the first begins at the published onset if that is not later."""
    if not times or onset.until > times[0].began.until:
        return times
    return (replace(times[0], began=onset), *times[1:])


def until_end(times: tuple[Cut, ...], restored: Interval | None) -> tuple[Cut, ...]:
    """Return the cuts; if the incident is over, the last one covers both ends.

    The end of the series that returned last may differ from the end of the last cut,
    because series have bins of different lengths.
    """
    if restored is None or not times or (end := times[-1].ended) is None:
        return times
    both = Interval(
        max(times[-1].began.since, min(end.since, restored.since)),
        max(end.until, restored.until),
    )
    return (*times[:-1], replace(times[-1], ended=both))


def time_down(times: Sequence[Cut], as_of: datetime) -> Span:
    """Return how long the cuts lasted together; the time between them does not count.

    Args:
        times: the cuts of an incident.
        as_of: the time of the newest reading; aware, UTC. A cut that is not over lasts
            until then, or at least until it was last seen to.
    """
    spans = [span_between(c.began, c.ended or _until_now(c, as_of)) for c in times]
    return Span(
        sum((s.shortest for s in spans), timedelta(0)),
        sum((s.longest for s in spans), timedelta(0)),
    )


def _until_now(cut: Cut, as_of: datetime) -> Interval:
    """Return from when on a cut that is not over may have ended."""
    return Interval(min(cut.seen_low or as_of, as_of), as_of)
