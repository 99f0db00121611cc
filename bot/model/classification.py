"""What class of disruption the pattern in the data shows; never its cause (P8)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.incident import Evidence, Incident


class ClassKind(StrEnum):
    """What the pattern looks like; `-like` is a likeness and no more."""

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
    """A class, and what it was concluded from.

    Attributes:
        why: the id of the rule that fired.
        evidence: what that rule saw, as `name=value`, for editors.
        version: of the table of rules.
    """

    kind: ClassKind
    why: str
    evidence: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Classified:
    """The class of an incident as of one of its events: a record of its own.

    Attributes:
        seq: the event's number within the incident.
        at: the event's own time, so that a replay says the same (P14).
    """

    incident: str
    seq: int
    at: datetime
    found: Classification


@dataclass(frozen=True, slots=True)
class Background:
    """What the editors' letter tells beside the draft.

    Attributes:
        found: the class as of the event; None where there is none yet.
        beside: the place's other incidents that had begun by then, and those of
            other places that began at about the same time.
        evidence: the arrays that the draft's picture was drawn from.
    """

    found: Classification | None = None
    beside: tuple[Incident, ...] = ()
    evidence: Evidence = field(default_factory=lambda: Evidence(traces=()))
