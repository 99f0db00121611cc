"""The input of a verdict."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.entity import Entity
from bot.model.verdict import Check, Finding


@dataclass(frozen=True, slots=True)
class PlaceFindings:
    """The findings from which the verdict on a place is made.

    Attributes:
        at: when the newest reading behind the findings was due; aware, UTC.
        own: findings of the place itself.
        parts: findings of its networks and regions.
        checks: artefact checks that were made before the verdict.
        shallow: findings of the place itself, made with the thresholds of shallow
            drops.
        follows_shallow: whether the place has an open incident of shallow drops.
    """

    place: Entity
    at: datetime
    own: tuple[Finding, ...]
    parts: tuple[Finding, ...]
    checks: tuple[Check, ...]
    shallow: tuple[Finding, ...] = ()
    follows_shallow: bool = False
