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
    """What the pattern of an incident looks like, and why this class was chosen.

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
class EventClassification:
    """The class of an incident, as known when one of its events was made.

    Attributes:
        incident: the id of the incident.
        seq: the number of the event within the incident.
        at: the time of the event, so that a replay gives the same record (P14).
    """

    incident: str
    seq: int
    at: datetime
    classification: Classification


@dataclass(frozen=True, slots=True)
class EditorContext:
    """What editors see beside a draft that waits for review.

    Attributes:
        classification: the class of the incident, as of the draft's event; None if
            there is none yet.
        other_incidents: other incidents, which opened no later than the event. They are
            recent incidents of the same place, and incidents of any place that opened at
            about the same time.
        evidence: the traces from which the picture of the draft was drawn.
    """

    classification: Classification | None = None
    other_incidents: tuple[Incident, ...] = ()
    evidence: Evidence = field(default_factory=lambda: Evidence(traces=()))
