"""How the families of one place vote: one family, one vote (P7)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import Finding, SeriesState

STRONG = (Family.ACTIVE_PROBING, Family.TRAFFIC, Family.CONTROL_PLANE)
"""Families that may speak first, in the order in which their level is quoted.

Telescope and telemetry are too noisy to open anything alone."""
LONE_TRAFFIC = 0.5
"""Below that share of ordinary traffic may speak alone: between the warning and the
critical level of the reference (0.70 and 0.35; "corroborate only" where shallow)."""


_Fall = tuple[Interval, Family]


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What the rules look at.

    Attributes:
        fell: families that dropped at the place itself within one coincidence.
        pairs: parts in which two families coincide; parts: parts with a drop.
        regions: how many regions dropped; watched_regions: of how many.
        crowded: whether a quarter of one larger region (a state or province), and
            five of its parts at least, dropped.
        known: how many of the place's own series can be judged.
        leads: the families that are down now and may speak first.
        borne: whether a family that may speak first, down now or back already, has
            shown it in two bins.
    """

    fell: tuple[Family, ...]
    pairs: int
    parts: int
    regions: int
    watched_regions: int
    crowded: bool
    known: int
    own: int
    leads: tuple[Family, ...] = ()
    borne: bool = False


def corroborate(
    own: tuple[Finding, ...],
    parts: tuple[Finding, ...],
    watched: tuple[Entity, ...],
    window: timedelta,
) -> Corroboration:
    """Count the votes of a place.

    Args:
        own: findings of the place itself.
        parts: findings of its networks and regions.
        watched: the networks and regions of the place that are watched.
        window: how far apart two families may fall and still be one event.
    """
    by_part = {f.entity for f in parts}
    pairs = [e for e in by_part if _pair([f for f in parts if f.entity == e], window)]
    dropped = {f.entity for f in parts if f.state is SeriesState.DROPPED and f.firm}
    regions = [e for e in dropped if e.kind is EntityKind.REGION]
    fell = coincident(own, window)
    return Corroboration(
        fell=fell,
        pairs=len(pairs),
        parts=len(dropped),
        regions=len(regions),
        watched_regions=sum(e.kind is EntityKind.REGION for e in watched),
        crowded=_crowded(regions, watched),
        known=sum(f.state is not SeriesState.UNKNOWN for f in own),
        own=len(own),
        leads=tuple(f.family for f in own if _may_lead(f)),
        borne=any(f.firm and f.family in STRONG and f.family in fell for f in own),
    )


def _may_lead(f: Finding) -> bool:
    """Whether a finding may speak for its place before another family has told.

    Traffic may where it is deep: shallow, it has too many reasons to fall (a holiday,
    a match, the weather), and most of them no outage.
    """
    if f.state is not SeriesState.DROPPED or not f.firm or f.family not in STRONG:
        return False
    level = 1.0 if f.settled is None else f.settled
    return f.family is not Family.TRAFFIC or level < LONE_TRAFFIC


def _pair(findings: list[Finding], window: timedelta) -> bool:
    """Whether two families fell together in a part, one of them firmly."""
    firm = any(f.state is SeriesState.DROPPED and f.firm for f in findings)
    return firm and len(coincident(findings, window)) > 1


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

    Of those that are down the largest set whose onsets lie within `window` of each
    other; of equal ones the latest, which is the event that is happening. Families
    report at different delays: one that fell with them and is back already, before
    the slowest has told of the same hour, counts as well.
    """
    every = list(findings)
    fallen = sorted(
        (f.onset, f.family)
        for f in every
        if f.state is SeriesState.DROPPED and f.onset is not None
    )
    best: list[_Fall] = []
    for first, _ in fallen:
        together = _within(fallen, first, window)
        if len(_families(together)) >= len(_families(best)):
            best = together
    over = [
        (f.last_onset, f.family)
        for f in every
        if f.last_onset is not None and _was_down_with(f, best, window)
    ]
    return _families(sorted([*best, *over]))


def _families(falls: Iterable[_Fall]) -> tuple[Family, ...]:
    return tuple(dict.fromkeys(family for _, family in falls))


def _within(fallen: list[_Fall], first: Interval, window: timedelta) -> list[_Fall]:
    return [
        (onset, family)
        for onset, family in fallen
        if onset >= first and onset.since <= first.until + window
    ]


def _was_down_with(f: Finding, fallen: list[_Fall], window: timedelta) -> bool:
    """Whether a series that is back was down when one of the fallen fell.

    Its own fall and return must enclose the other's onset, as far as both are known:
    a coincidence in time and not just nearness.
    """
    if (
        f.state is not SeriesState.ORDINARY
        or f.last_onset is None
        or f.recovered is None
    ):
        return False
    return any(
        f.last_onset.since <= onset.until
        and onset.since < f.recovered.until
        and onset.since <= f.last_onset.until + window
        for onset, _ in fallen
    )
