"""Incidents in many places at once: a person decides, since a source may be at fault.

A source whose fault lowers a few places at a time passes its health checks (P6); what
that does to many places within an hour must not be posted place by place.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.entity import Entity
from bot.model.incident import IncidentEvent


@dataclass(frozen=True, slots=True)
class Flood:
    """The limit above which incidents in many places wait for a person.

    Attributes:
        above: incidents that open `within` this time in more places than this are
            sent to review, from the first place too many, with all their later events.
    """

    above: int = 10
    within: timedelta = timedelta(hours=1)

    def since(self, event: IncidentEvent) -> datetime:
        """Return the start of the period whose openings count with this incident's."""
        return opened_at(event) - self.within

    def holds(self, event: IncidentEvent, places: Collection[Entity]) -> bool:
        """Whether an event's incident opened in one place too many.

        Args:
            event: any event of the incident.
            places: where incidents opened from `since` to this one's opening. Later
                openings must not count: a live run does not know them yet, and a
                replay must decide alike (P14).
        """
        return len({*places, event.facts.place}) > self.above


def opened_at(event: IncidentEvent) -> datetime:
    """Return the time of the first event of the event's incident."""
    return event.facts.phases[0].at if event.facts.phases else event.at
