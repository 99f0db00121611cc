"""Decides up to which instant the site may show the levels of a place (P12).

A level, a chart or a map can show an event before a person has let it out. So the levels
of a place end where an incident begins that is not released, also after this incident
has ended. Pages show what is cut off in the same way as readings that never arrived.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.model.draft import Release
from bot.model.entity import Entity
from bot.model.incident import Incident
from bot.model.watchlist import Watchlist
from bot.policy.publication_rules import released_events

NOTHING = datetime.min.replace(tzinfo=UTC)
"""The limit before which no reading lies: no level is shown."""


@dataclass(frozen=True, slots=True)
class ReleasedSpan:
    """How much of an incident is released.

    Attributes:
        until: up to when the released events show the levels of the place; if no event
            is released, the last instant before the onset. None if the newest event is
            released: then nothing of the incident is withheld. Aware, UTC.
        is_open: whether the incident is neither restored nor retracted.
        changed_at: the time of the incident's last event; aware, UTC.
    """

    place: Entity
    until: datetime | None
    is_open: bool
    changed_at: datetime


def released_span(incident: Incident, releases: Sequence[Release]) -> ReleasedSpan:
    """Return how much of an incident is released.

    Args:
        incident: the incident.
        releases: the `Release` of each event, oldest first; () if they are not known.
    """
    shown = released_events(releases)
    until: datetime | None = incident.onset.since
    if shown and shown[-1] == incident.seq:
        until = None
    elif shown and len(incident.phases) == incident.seq:
        # The evidence of a released event shows the levels up to the event.
        until = incident.phases[shown[-1] - 1].at
    return ReleasedSpan(incident.place, until, incident.is_open, incident.changed_at)


def unreadable_span(place: Entity, at: datetime) -> ReleasedSpan:
    """Return the span of an incident whose record cannot be read: nothing is shown."""
    return ReleasedSpan(place, NOTHING, is_open=True, changed_at=at)


def related_places(entity: Entity, watchlist: Watchlist) -> frozenset[Entity]:
    """Return the places whose incidents the levels of an entity may show.

    These are the entity itself, the place that it lies in, and its parts.
    """
    place = watchlist.place_of.get(entity, entity)
    return frozenset({entity, place, *watchlist.parts_of(entity)})


def level_limit(
    places: Collection[Entity], spans: Iterable[ReleasedSpan], since: datetime
) -> datetime | None:
    """Return the last instant whose levels may be shown; None if there is no limit.

    Args:
        places: the related places of the entity (see `related_places`).
        spans: the incidents of all places.
        since: the start of the time that is shown. Incidents that ended before it do
            not count: nothing of them is in the shown time.
    """
    limits = [
        span.until
        for span in spans
        if span.until is not None
        and span.place in places
        and (span.is_open or span.changed_at >= since)
    ]
    return min(limits, default=None)


def series_limit(
    limit: datetime | None,
    low_after: datetime | None,
    places: Collection[Entity],
    spans: Iterable[ReleasedSpan],
) -> datetime | None:
    """Return the last instant that may be shown of one series; None without a limit.

    A low series may be the beginning of an incident, which opens only later. Its low
    readings are shown only if an open incident of the place is released as a whole.

    Args:
        limit: the result of `level_limit`.
        low_after: the instant after which the series is low; None if it is not low.
        places: the related places of the series.
        spans: the incidents of all places.
    """
    if low_after is None:
        return limit
    is_reported = any(
        span.is_open and span.until is None and span.place in places for span in spans
    )
    if is_reported:
        return limit
    return low_after if limit is None else min(limit, low_after)
