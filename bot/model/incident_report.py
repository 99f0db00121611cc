"""All there is on one incident: what its report page is made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.attribution import Attribution
from bot.model.classification import Classified
from bot.model.delivery import Delivery
from bot.model.draft import Draft
from bot.model.incident import Evidence, Incident, IncidentEvent
from bot.model.source_status import SourceFault


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """An incident with its events, and what was said of them, oldest first.

    Attributes:
        evidence: by event key.
        drafts: by event key; the newest version of each.
        deliveries: every post, whatever became of it.
        previous: other incidents of the same place, newest first.
        classified: its class as of each event, oldest first.
        attributions: what people say of the cause, shown or not, by number.
        faults: what befell its sources while it went on, oldest first.
    """

    incident: Incident
    events: tuple[IncidentEvent, ...]
    evidence: Mapping[str, Evidence]
    drafts: Mapping[str, Draft]
    deliveries: tuple[Delivery, ...]
    previous: tuple[Incident, ...]
    classified: tuple[Classified, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    faults: tuple[SourceFault, ...] = ()
