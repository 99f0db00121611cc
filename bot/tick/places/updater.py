"""Decides which pages of places are written in a tick."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.model.entity import Entity
from bot.ports import PlacePages, Store
from bot.tick.places.levels import PlaceLevelReader, shown_since
from bot.tick.places.recent_incidents import RecentIncidents

_ROUND = timedelta(hours=1)
"""The page of a place is written again after this time."""
_NEVER = datetime.min.replace(tzinfo=UTC)
_LIST_EVERY = timedelta(minutes=15)
"""The list of all places is written again after this time, or after a change."""
_MIN_REGULAR = 3
_TICKS_FOR_ALL = 84
"""A tick writes one page in so many, or `_MIN_REGULAR` if that is more."""
_MAX_OPEN = 4
"""A tick writes at most this many pages of places with an open incident."""
_MAX_NEW = 60
"""A tick writes at most this many pages that were not written since the start."""


class PlacePageUpdater:
    """Writes a few pages of places in each tick, and at once those that changed."""

    def __init__(
        self, store: Store, reader: PlaceLevelReader, pages: PlacePages
    ) -> None:
        """Write `pages` with the levels of `reader`; read what is released in `store`."""
        self._reader = reader
        self._pages = pages
        self._incidents = RecentIncidents(store)
        self._written: dict[Entity, datetime] = {}
        self._unwritten: set[Entity] = set()
        self._changed: set[str] = set()
        self._listed: datetime | None = None

    def note_change(self, incident: str) -> None:
        """Note that an incident changed, or what is released of it."""
        self._changed.add(incident)

    def write_all_again(self) -> None:
        """Write all pages again, as at the start: the site was removed."""
        self._written.clear()
        self._listed = None

    def write(self, now: datetime) -> None:
        """Write the pages that changed, and some of those that are an hour old.

        Nothing is written before the first readings are assessed.

        Raises:
            RenderingError: a page could not be written; the next tick tries again.
            StoreError: the store cannot be read.
        """
        if not self._reader.has_levels():
            return
        touched = self._incidents.update(self._changed, now, shown_since(now))
        # If reading the incidents fails, they are read again in the next tick.
        self._changed.clear()
        self._unwritten |= self._affected(touched)
        places = sorted({*self._unwritten, *self._due(now), *self._open(now)})
        if not places:
            return
        # A failed page must be tried again, also one without a change.
        self._unwritten |= {*places}
        readings = self._reader.read(places, self._incidents.spans, now)
        # The list names the open incidents, so a change of an incident changes it.
        with_list = bool(touched) or self._must_list(now, places)
        self._pages.write(readings, with_list=with_list)
        self._written |= dict.fromkeys(places, now)
        self._unwritten.clear()
        # A list that lacks places is written again as soon as it has all.
        is_whole = {*self._reader.places} <= self._written.keys()
        self._listed = now if with_list and is_whole else self._listed

    def write_all(self, now: datetime) -> None:
        """Write the pages of all places, and the list of them; outside of any tick.

        Nothing is written if no reading was ever assessed.

        Raises:
            RenderingError: a page could not be written.
            StoreError: the store cannot be read.
        """
        if self._reader.has_levels():
            while not {*self._reader.places} <= self._written.keys():
                self.write(now)

    def _must_list(self, now: datetime, places: Iterable[Entity]) -> bool:
        # After a start, the former list stays until the new one has every place.
        if not {*self._reader.places} <= {*self._written, *places}:
            return False
        listed = self._listed
        return listed is None or not listed <= now < listed + _LIST_EVERY

    def _affected(self, changed: frozenset[Entity]) -> set[Entity]:
        """Return the places whose levels incidents of the places in `changed` limit."""
        if not changed:
            return set()
        reader = self._reader
        return {p for p in reader.places if changed & reader.related(p)}

    def _open(self, now: datetime) -> Iterable[Entity]:
        """Return the places with an open incident whose pages are the oldest."""
        spans = self._incidents.spans
        places = {s.place for s in spans if s.is_open and s.until is None}
        watched = sorted(places.intersection(self._reader.places))
        watched.sort(key=lambda place: self._written.get(place, now))
        return watched[:_MAX_OPEN]

    def _due(self, now: datetime) -> Iterable[Entity]:
        """Return the places whose pages are the oldest, if these are old enough."""
        # A clock that was set back must not stop the writing of pages.
        written = self._written
        due = [
            place
            for place in self._reader.places
            if not now - _ROUND < written.get(place, _NEVER) <= now
        ]
        # The sort keeps the order of places that were written at the same time.
        due.sort(key=lambda place: written.get(place, _NEVER))
        limit = max(_MIN_REGULAR, len(self._reader.places) // _TICKS_FOR_ALL)
        if due and due[0] not in written:
            limit = max(limit, _MAX_NEW)
        return due[:limit]
