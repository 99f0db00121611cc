"""The records that a report page is made from."""

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
    """What a page may show of an incident: events, drafts and posts, oldest first.

    Attributes:
        evidence: the evidence of each event, by event key.
        drafts: the newest version of each event's draft, by event key.
        deliveries: every post, whatever its state.
        previous: other incidents of the same place, newest first.
        more_previous: whether the place has more incidents than `previous` lists.
        classified: the incident's class as of each event, oldest first.
        attributions: what people say about the cause, shown or not, in order of number.
        faults: the faults of the incident's sources while it lasted, oldest first.
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
    more_previous: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A part of the archive: the incidents that opened in one month, UTC.

    Attributes:
        name: such as `2026-01`.
        incidents: the incidents' ids, in the order in which they opened.
        changed: the ids of incidents whose pages are new or may have changed.
    """

    name: str
    incidents: tuple[str, ...]
    changed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Listing:
    """What the lists of the site are made from.

    Attributes:
        front: the ids of the newest incidents, and of all open ones.
        archive: the months whose lists are to be written; empty if the front page lists
            all incidents.
    """

    front: tuple[str, ...]
    archive: tuple[Month, ...] = ()
