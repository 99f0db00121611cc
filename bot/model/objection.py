"""What the facts do not bear out in a draft's words, with the words marked."""

from dataclasses import dataclass
from enum import StrEnum


class ClaimKind(StrEnum):
    """What sort of claim it is."""

    PERCENT = "percent"
    TIME = "time"
    DATE = "date"
    DURATION = "duration"
    NUMBER = "number"
    PLACE = "place"
    OPERATOR = "operator"
    SOURCE = "source"
    NAME = "name"
    CERTAINTY = "certainty"
    STATE = "state"
    SCOPE = "scope"
    SEVERITY = "severity"
    SUPERLATIVE = "superlative"
    CAUSE = "cause"
    CONTEXT = "context"
    LOADED = "loaded"
    LANGUAGE = "language"


class Weight(StrEnum):
    """What an objection asks for: other words, or a second person's name."""

    BLOCK = "block"
    SECOND = "second"


@dataclass(frozen=True, slots=True, order=True)
class Objection:
    """One claim that nothing backs.

    Attributes:
        start, end: where the words stand, in characters of the text.
        words: those words.
        facts: what the facts say instead, in a sentence for editors.
    """

    start: int
    end: int
    words: str
    kind: ClaimKind
    weight: Weight
    facts: str
