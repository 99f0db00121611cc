"""Objections: claims in a text that the facts of its event do not support."""

from dataclasses import dataclass
from enum import StrEnum


class ClaimKind(StrEnum):
    """The kind of a claim."""

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
    LINK = "link"
    LANGUAGE = "language"


class Weight(StrEnum):
    """What resolves an objection: other words, or a second person's approval."""

    BLOCK = "block"
    SECOND = "second"


@dataclass(frozen=True, slots=True, order=True)
class Objection:
    """One claim that the facts do not support.

    Attributes:
        start, end: the claim's characters [start, end) in the text.
        words: the claim as written.
        facts: what the facts say instead, in a sentence for editors.
    """

    start: int
    end: int
    words: str
    kind: ClaimKind
    weight: Weight
    facts: str
