"""What one part of the linter hands to the whole: a stretch of plain text and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.objection import ClaimKind, Weight


@dataclass(frozen=True, slots=True)
class Raised:
    """An objection in the plain text; `reason` names the sentence that explains it."""

    kind: ClaimKind
    weight: Weight
    start: int
    end: int
    reason: str
    values: Mapping[str, str] = field(default_factory=dict)
