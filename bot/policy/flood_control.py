"""Review of incidents that open in many places at once: a source may be at fault.

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
class FloodLimit:
    """The limit for incidents that open in many places within one period.

    The period of an incident has the length `within` and ends when the incident opened.
    If incidents opened in more than `above` places in this period, all events of the
    incident go to review.

    Attributes:
        above: the largest number of places that does not exceed the limit.
        within: the length of the period.
    """

    above: int = 10
    within: timedelta = timedelta(hours=1)

    def period_start(self, event: IncidentEvent) -> datetime:
        """Return the start of the period that ends when the event's incident opened.

        Incidents that opened at or before the start of the period do not count.
        """
        return opened_at(event) - self.within

    def is_exceeded(self, event: IncidentEvent, places: Collection[Entity]) -> bool:
        """Return whether the limit was exceeded when the event's incident opened.

        Args:
            event: any event of the incident.
            places: the places where incidents opened in the period (see `FloodLimit`).
                Incidents that opened after the event's incident do not count: a live
                run does not know them yet, and a replay must decide in the same way
                (P14).
        """
        return len({*places, event.facts.place}) > self.above


def opened_at(event: IncidentEvent) -> datetime:
    """Return when the event's incident opened: the time of its first event."""
    return event.facts.phases[0].at if event.facts.phases else event.at
