"""The timeline of an incident, from which the numbers of its events are computed (P4).

These numbers are the present level, the lowest level and the duration of the incident's
subject. The subject is what the incident is about: the place, if its own series fell,
or else the parts that fell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model.entity import Entity, SeriesKey
from bot.model.interval import Interval
from bot.model.signal import NOISY_FAMILIES
from bot.model.timeline import Drop, SeriesTimeline
from bot.model.verdict import Finding, Scope, round_to_percent

Timeline = tuple[SeriesTimeline, ...]

_LONG_GAP = timedelta(hours=2)
_CLEARLY = 0.1
"""If levels of two series differ by more than this, noise alone is not the cause."""


def extend_timeline(
    timeline_before: Timeline,
    findings: Iterable[Finding],
    drops: Mapping[SeriesKey, tuple[Drop, ...]],
    *,
    revised: bool = False,
) -> Timeline:
    """Return the timeline after an event: every series that fell in the incident.

    Args:
        timeline_before: the timeline at the last event; () for a new incident.
        findings: the present findings of the place and of its parts.
        drops: for each series, its drops in the incident, as the present readings show.
        revised: whether readings were revised; if so, drops in `timeline_before` may be
            wrong.
    """
    extended = {s.key: s for s in timeline_before}
    for f in findings:
        key = f.key
        stored = extended.get(key)
        earlier = stored.drops if stored else ()
        joined = _joined_drops(earlier, drops.get(key, ()), revised=revised)
        if joined:
            extended[key] = SeriesTimeline(
                entity=f.entity,
                signal=f.signal,
                family=f.family,
                drops=joined,
                state=f.state,
                level=f.level,
                as_of=f.as_of,
                reported=stored is not None and stored.reported,
                silences=stored.silences if stored else (),
            )
    return tuple(extended.values())


def with_silences(
    timeline: Timeline, silences: Mapping[SeriesKey, tuple[Interval, ...]]
) -> Timeline:
    """Return the timeline; each series is given its times without readings."""
    return tuple(_with_silences(s, silences.get(s.key, ())) for s in timeline)


def _with_silences(
    series: SeriesTimeline, newer: tuple[Interval, ...]
) -> SeriesTimeline:
    if not newer or not series.drops:
        return series
    began = series.drops[0].onset.until
    earlier = (i for i in series.silences if i.until <= newer[0].since)
    later = (i for i in newer if i.until > began)
    return replace(series, silences=(*earlier, *later))


def _joined_drops(
    earlier: tuple[Drop, ...], newer: tuple[Drop, ...], *, revised: bool
) -> tuple[Drop, ...]:
    """Return the drops of one series, oldest first and each drop only once.

    Args:
        earlier: the drops in the timeline at the last event.
        newer: the drops that the present readings show.
        revised: see `extend_timeline`.
    """
    # All drops but the last are over, even if they have no end because the series fell
    # silent during them.
    over = (*earlier[:-1], *(d for d in earlier[-1:] if d.ended is not None))
    if earlier and earlier[-1].ended is None and not revised:
        newer = _joined_as_published(earlier[-1], newer)
        newer = tuple(_with_published_onset(earlier[-1], drop) for drop in newer)
    if revised:
        over = tuple(d for d in over if not any(_overlap(new, d) for new in newer))
    # Detection keeps a limited number of drops of a series, and merges the oldest. So
    # drops that were over at the last event are taken from `earlier`, not from `newer`.
    return over + tuple(d for d in newer if not any(_overlap(d, old) for old in over))


def _joined_as_published(open_drop: Drop, newer: tuple[Drop, ...]) -> tuple[Drop, ...]:
    """Return `newer`; the drops that were published as one drop are joined.

    They were published as `open_drop`. Weeks after the onset of this drop, its baseline
    has fewer samples, so its levels change. Then a bin in the middle of the drop may no
    longer be low, and divides the drop in two. If drops are joined, those before
    `open_drop` are left out.
    """
    until = open_drop.seen_low
    if until is None:
        return newer
    parts = [d for d in newer if open_drop.onset.since <= d.onset.since < until]
    if len(parts) < 2:
        return newer
    whole = replace(
        parts[-1],
        onset=parts[0].onset,
        lowest=lowest_of(*(part.lowest for part in parts)),
    )
    return (whole, *(d for d in newer if d.onset.since >= until))


def _with_published_onset(open_drop: Drop, drop: Drop) -> Drop:
    """Return `drop`, with the onset of `open_drop` if `drop` also covers earlier drops.

    Later readings may show that the return between two drops was only partial. Then
    detection joins the two drops into one. If the return was published, the timeline
    keeps the two drops apart. If the series was silent between them, no return was
    published, and `drop` is unchanged.

    Args:
        open_drop: the last drop in the timeline at the last event; it had no end then.
        drop: a drop that the present readings show.
    """
    was_seen = open_drop.onset.width <= _LONG_GAP
    began_before = was_seen and drop.onset.until <= open_drop.onset.since
    lasts = drop.ended is None or drop.ended.since >= open_drop.onset.until
    return replace(drop, onset=open_drop.onset) if began_before and lasts else drop


def _overlap(drop: Drop, other: Drop) -> bool:
    """Whether two drops overlap.

    If `drop` has no end, it counts as still going on. If `other` has no end, it counts as
    ended at its own `seen_low`.
    """
    begins = drop.onset.until <= _last_surely_low(other)
    return begins and (
        drop.ended is None or other.onset.until <= _last_surely_low(drop)
    )


def _last_surely_low(drop: Drop) -> datetime:
    """Return the latest time at which a drop was certainly not over yet."""
    last = drop.ended.since if drop.ended else drop.seen_low
    # A drop of one bin may begin and end in the same interval, so `last` may be before
    # the end of the onset.
    return max(drop.onset.until, last or drop.onset.until)


def subject_series(
    timeline: Timeline, place: Entity, *, is_about_networks: bool
) -> Timeline:
    """Return the series that the incident is about.

    Args:
        timeline: every series that fell in the incident.
        place: the place of the incident.
        is_about_networks: whether the scope is operator or mobile: then the series of the
            parts are returned, whatever the place itself reads.
    """
    own = tuple(s for s in timeline if s.entity == place)
    steady = tuple(s for s in own if s.family not in NOISY_FAMILIES)
    parts = tuple(s for s in timeline if s.entity != place)
    if is_about_networks and parts:
        return parts
    return steady or parts or own


def timed_series(
    subject_of_event: Timeline, timeline: Timeline, scope: Scope
) -> Timeline:
    """Return the series from which the cuts of an event are computed.

    They are the series of the subject. A regional incident lasts while parts are down,
    whatever the place itself reads. So in a regional incident all other series that
    fell are added, except those of noisy families.

    Args:
        subject_of_event: the series of the subject.
        timeline: every series that fell in the incident.
        scope: the scope of the event.
    """
    if scope is not Scope.REGIONAL:
        return subject_of_event
    return (
        *subject_of_event,
        *(
            s
            for s in timeline
            if s not in subject_of_event and s.family not in NOISY_FAMILIES
        ),
    )


def lowest_in_drops(series: Iterable[SeriesTimeline]) -> float | None:
    """Return the lowest level in any drop of these series; None if none is known."""
    return lowest_of(*(drop.lowest for s in series for drop in s.drops))


def publishable_lowest(
    subject_of_event: Timeline, published: float | None
) -> float | None:
    """Return the lowest level of the reported series; None if it must not be published.

    A series is reported if one of its levels was published. The lowest level must not
    be published in two cases. First, an earlier event published a lower one, so that
    this level would look like an error. Second, another series fell clearly lower, and
    a drop of a reported series may have ended during hours without readings.

    Args:
        subject_of_event: the series that the incident is about.
        published: the lowest level that earlier events published; None if they
            published none.
    """
    reported = [s for s in subject_of_event if s.reported]
    now, of_any = lowest_in_drops(reported), lowest_in_drops(subject_of_event)
    if now is None or of_any is None:
        return None
    if any(map(may_have_ended_unseen, reported)) and now > of_any + _CLEARLY:
        return None
    if published is not None and round_to_percent(now) > round_to_percent(published):
        return None
    return now


def may_have_ended_unseen(series: SeriesTimeline) -> bool:
    """Whether a drop of the series may have ended during hours without a reading."""
    return any(
        (
            drop.ended.width
            if drop.ended
            else series.as_of - (drop.seen_low or series.as_of)
        )
        > _LONG_GAP
        for drop in series.drops
    )


def lowest_of(*levels: float | None) -> float | None:
    """Return the lowest of the levels that are known; None if none is known."""
    return min((level for level in levels if level is not None), default=None)
