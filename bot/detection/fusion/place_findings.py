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
        own: the findings of the place itself.
        parts: the findings of its networks and regions.
        checks: the results of the artefact checks that were made before the verdict.
        shallow: the findings of the place itself, made with the thresholds of shallow
            drops.
        follows_shallow: whether the place has an open incident that shallow drops
            opened.
    """

    place: Entity
    at: datetime
    own: tuple[Finding, ...]
    parts: tuple[Finding, ...]
    checks: tuple[Check, ...]
    shallow: tuple[Finding, ...] = ()
    follows_shallow: bool = False
