"""Classes of disruptions: how they look in the data, never why they happened (P8)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.incident import Evidence, Incident


class ClassKind(StrEnum):
    """What a disruption looks like in the data.

    The suffix "-like" states a resemblance, not a cause.
    """

    BLACKOUT = "national-blackout"
    MOBILE = "mobile"
    REGIONAL = "regional"
    OPERATOR = "operator"
    PARTIAL = "partial-restriction"
    ROUTING = "routing-only"
    POWER = "power-like"
    CABLE = "cable-like"
    EXAM = "exam-like"
    ARTEFACT = "measurement-artefact"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Classification:
    """A class, and why it was chosen.

    Attributes:
        why: the id of the rule that matched.
        evidence: the features that the rule matched, as `name=value`, for editors.
        version: the version of the rule table.
    """

    kind: ClassKind
    why: str
    evidence: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Classified:
    """The class of an incident as of one of its events.

    Attributes:
        seq: the event's number within the incident.
        at: the event's own time, so that a replay gives the same record (P14).
    """

    incident: str
    seq: int
    at: datetime
    classification: Classification


@dataclass(frozen=True, slots=True)
class Background:
    """Context for editors that accompanies a draft for review.

    Attributes:
        classification: the incident's class as of the event; None if there is none yet.
        beside: other incidents that opened no later than the event: recent incidents
            of the same place, and incidents of any place that opened at about the same
            time.
        evidence: the traces from which the draft's picture was drawn.
    """

    classification: Classification | None = None
    beside: tuple[Incident, ...] = ()
    evidence: Evidence = field(default_factory=lambda: Evidence(traces=()))
