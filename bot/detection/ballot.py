"""How the families of one place vote: one family, one vote (P7)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import Finding, Mark

STRONG = (Family.ACTIVE_PROBING, Family.TRAFFIC, Family.CONTROL_PLANE)
"""Families that may speak first, in the order in which their level is quoted.

Telescope and telemetry are too noisy to open anything alone."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What the rules look at.

    Attributes:
        fell: families that dropped at the place itself within one coincidence.
        pairs: parts in which two families coincide; parts: parts with a drop.
        regions: how many regions dropped; watched_regions: of how many.
        crowded: whether a quarter of one larger region (a state or province), and
            five of its parts at least, dropped.
        known: how many of the place's own series can be judged.
    """

    fell: tuple[Family, ...]
    pairs: int
    parts: int
    regions: int
    watched_regions: int
    crowded: bool
    known: int
    own: int

    @property
    def strong(self) -> bool:
        """Whether one of them may speak first."""
        return any(family in STRONG for family in self.fell)


def count(
    own: tuple[Finding, ...],
    parts: tuple[Finding, ...],
    watched: tuple[Entity, ...],
    window: timedelta,
) -> Ballot:
    """Count the votes of a place.

    Args:
        own: findings of the place itself.
        parts: findings of its networks and regions.
        watched: the networks and regions of the place that are watched.
        window: how far apart two families may fall and still be one event.
    """
    by_part = {f.entity for f in parts}
    pairs = [
        e
        for e in by_part
        if len(coincident([f for f in parts if f.entity == e], window)) > 1
    ]
    dropped = {f.entity for f in parts if f.state is Mark.DROPPED}
    regions = [e for e in dropped if e.kind is EntityKind.REGION]
    return Ballot(
        fell=coincident(own, window),
        pairs=len(pairs),
        parts=len(dropped),
        regions=len(regions),
        watched_regions=sum(e.kind is EntityKind.REGION for e in watched),
        crowded=_crowded(regions, watched),
        known=sum(f.state is not Mark.UNKNOWN for f in own),
        own=len(own),
    )


def _crowded(fallen: Iterable[Entity], watched: Iterable[Entity]) -> bool:
    """Whether some state or province lost a quarter of its parts, and five."""
    down = Counter(state_of(e) for e in fallen)
    all_of = Counter(state_of(e) for e in watched if e.kind is EntityKind.REGION)
    return any(n >= 5 and 4 * n >= all_of[state] for state, n in down.items())


def state_of(region: Entity) -> str:
    """The larger region that a region lies in: `US/Louisiana` of its parishes."""
    return "/".join(region.code.split("/")[:2])


def coincident(findings: Iterable[Finding], window: timedelta) -> tuple[Family, ...]:
    """The families that fell together, in the order they fell.

    The largest set whose onsets lie within `window` of each other; of equal ones
    the latest, which is the event that is happening.
    """
    fallen = sorted(
        (f.onset, f.family)
        for f in findings
        if f.state is Mark.DROPPED and f.onset is not None
    )
    best: tuple[Family, ...] = ()
    for first, _ in fallen:
        together = _within(fallen, first, window)
        if len(together) >= len(best):
            best = together
    return best


def _within(
    fallen: list[tuple[Interval, Family]], first: Interval, window: timedelta
) -> tuple[Family, ...]:
    inside = [
        family
        for onset, family in fallen
        if onset >= first and onset.since <= first.until + window
    ]
    return tuple(dict.fromkeys(inside))
