"""Many places at once: now and then real, more often a source's fault; people look.

What one source does to a few places escapes the question for its health (P6), and
what it does to many within an hour must not go out place by place.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.entity import Entity
from bot.model.incident import IncidentEvent

REASON = "many-places-at-once"


@dataclass(frozen=True, slots=True)
class Flood:
    """How many places are too many to be told of unseen.

    Attributes:
        above: where incidents open in more places than that, `within` so long, the
            ones beyond wait for a person, with all their steps.
    """

    above: int = 10
    within: timedelta = timedelta(hours=1)

    def since(self, event: IncidentEvent) -> datetime:
        """After when others count that opened before the event's incident."""
        return opened_at(event) - self.within

    def holds(self, event: IncidentEvent, places: Collection[Entity]) -> bool:
        """Whether an event is of an incident beyond the first few.

        Args:
            event: any step of an incident.
            places: where incidents opened after `since`, up to this one's opening: what
                came later is not known yet, so that replay is live (P14).
        """
        return len({*places, event.facts.place}) > self.above


def opened_at(event: IncidentEvent) -> datetime:
    """When the event's incident was first told of."""
    return event.facts.phases[0].at if event.facts.phases else event.at
