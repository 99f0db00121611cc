"""How much of each recent incident is released, kept in memory between ticks."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from bot.errors import RecordDamaged
from bot.model.entity import Entity
from bot.policy.level_rules import ReleasedSpan, released_span, unreadable_span
from bot.ports import Store

_DAY = timedelta(days=1)
_LOOK_BACK = timedelta(days=90)
"""At the start, incidents that opened at most so long ago are read.

The newest incident of each place is read too, however old it is.
"""


class RecentIncidents:
    """Reads incidents at the start, and later only those that changed."""

    def __init__(self, store: Store) -> None:
        """Read from `store`; nothing is read before the first call of `update`."""
        self._store = store
        self._spans: dict[str, ReleasedSpan] = {}
        self._is_loaded = False

    @property
    def spans(self) -> tuple[ReleasedSpan, ...]:
        """How much of each incident is released."""
        return tuple(self._spans.values())

    def update(
        self, changed: Iterable[str], now: datetime, since: datetime
    ) -> frozenset[Entity]:
        """Read the incidents in `changed` again; return the places of all that were read.

        Incidents that ended before `since` are forgotten.

        Raises:
            StoreError: the store cannot be read.
        """
        incidents = {*changed}
        if not self._is_loaded:
            incidents |= self._at_start(now)
        read = self._read(sorted(incidents), now)
        self._is_loaded = True
        self._spans |= read
        self._spans = {
            incident: span
            for incident, span in self._spans.items()
            if span.is_open or span.changed_at >= since
        }
        return frozenset(span.place for span in read.values())

    def _at_start(self, now: datetime) -> set[str]:
        incidents = self._store.incidents
        # The newest incident may have opened in the second in which the program starts.
        opened = incidents.ids_opened_within(now - _LOOK_BACK, now + _DAY)
        newest = (i.id for i in incidents.newest_of_each_place())
        damaged = (i.id for i in incidents.unreadable())
        return {*opened, *newest, *damaged}

    def _read(self, incidents: list[str], now: datetime) -> Mapping[str, ReleasedSpan]:
        if not incidents:
            return {}
        releases = self._store.pages.releases(incidents)
        spans = {}
        for incident in incidents:
            try:
                record = self._store.incidents.get(incident)
                spans[incident] = released_span(record, releases.get(incident, ()))
            except RecordDamaged:
                place = self._store.incidents.place_of(incident)
                if place is not None:
                    spans[incident] = unreadable_span(place, now)
        return spans
