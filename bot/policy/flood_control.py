"""Incidents in many places at once go to review, because a source may be at fault.

If a fault of a source lowers only a few places in each bin, the health checks of the
source do not notice it (P6). Within an hour, it may still open incidents in many
places.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.entity import Entity
from bot.model.event import IncidentEvent


@dataclass(frozen=True, slots=True)
class Flood:
    """The limit above which incidents in many places wait for a person.

    Attributes:
        above: the most places in which incidents may open within one period. When an
            incident opens, the places of the period that ends at this time are counted.
            If there are more than `above`, all events of the incident go to review.
        within: the length of the period.
    """

    above: int = 10
    within: timedelta = timedelta(hours=1)

    def since(self, event: IncidentEvent) -> datetime:
        """Return the start of the period that ends when the event's incident opened.

        Only incidents that opened after this time count.
        """
        return opened_at(event) - self.within

    def holds(self, event: IncidentEvent, places: Collection[Entity]) -> bool:
        """Return whether the limit was exceeded when the event's incident opened.

        Args:
            event: any event of the incident.
            places: the places where incidents opened after `since`, but not after this
                incident. Incidents that opened after it must not count: a live run does
                not know them yet, and a replay must decide like the live run (P14).
        """
        return len({*places, event.facts.place}) > self.above


def opened_at(event: IncidentEvent) -> datetime:
    """Return when the event's incident opened: the time of its first event."""
    return event.facts.phases[0].at if event.facts.phases else event.at
