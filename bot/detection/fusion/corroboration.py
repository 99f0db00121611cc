"""Corroboration: how many independent families saw one drop; each counts once (P7)."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.signal import STRONG_FAMILIES, Family
from bot.model.verdict import Finding, SeriesState

TOGETHER = timedelta(hours=2)
"""How long two families must be down at the same time to count together.

This does not apply if they fell within this time of each other."""
_NEW_LEVEL = timedelta(days=7)
_SHALLOW = 0.5
"""A drop may be a lasting change of level if it is `_NEW_LEVEL` old and never fell
below `_SHALLOW`."""
_VANISHED = 0.05
"""The level below which a network counts as gone.

It is above zero, because a few routes or answers to probes may remain."""
_MOST = 0.5
_LEAST_PARTS = 3
"""The least number of regions that show the state of their place.

More than the share `_MOST` of the regions must be down too."""
LONE_TRAFFIC = 0.5
"""The level below which traffic can open an incident alone.

A drop of traffic begins at 0.70, and at 0.35 while less than two weeks are known. Between
0.50 and 0.70 traffic can only corroborate other families."""


_Drop = tuple[Interval, Family]


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What the verdict rules look at.

    Attributes:
        families: the families that fell together over the place, in the order they
            fell. The place's own series show their drops, or the series of most of its
            regions do. Some families may have recovered.
        entity_pairs: in how many parts two families dropped together.
        parts: how many parts are in a sustained drop.
        regions: how many of these parts are regions.
        watched_regions: how many regions of the place are watched.
        regional_cluster: whether a quarter of the watched regions of one state or
            province, and at least five, are in a sustained drop.
        assessable: how many of the place's own series can be assessed.
        own_series: how many series the place itself has.
        lead_families: families of the place that can open an incident alone now.
        sustained: whether a strong family among `families` has shown the drop in two
            bins; this family may have recovered since.
        vanished: how many operators' networks are gone from routing or probing.
        shallow: families of the place that have been in a shallow drop together for
            `TOGETHER`; () unless traffic is among them.
    """

    families: tuple[Family, ...]
    entity_pairs: int
    parts: int
    regions: int
    watched_regions: int
    regional_cluster: bool
    assessable: int
    own_series: int
    lead_families: tuple[Family, ...] = ()
    sustained: bool = False
    vanished: int = 0
    shallow: tuple[Family, ...] = ()


def corroborate(
    own: tuple[Finding, ...],
    parts: tuple[Finding, ...],
    watched: tuple[Entity, ...],
    window: timedelta,
    shallow: tuple[Finding, ...] = (),
    operators: frozenset[Entity] = frozenset(),
) -> Corroboration:
    """Return which families, and how many parts, of a place are in a drop.

    Args:
        own: findings of the place itself.
        parts: findings of its networks and regions.
        watched: the networks and regions of the place that are watched.
        window: how far apart the onsets of two families may lie in one event.
        shallow: findings of the place itself, made with the thresholds of shallow
            drops.
        operators: the networks in the register of operators. Only these count as
            vanished, because other networks often disappear without an outage.
    """
    by_entity = defaultdict(list)
    for f in parts:
        by_entity[f.entity].append(f)
    pairs = [of_one for of_one in by_entity.values() if _has_pair(of_one, window)]
    dropped = {
        f.entity for f in parts if f.state is SeriesState.DROPPED and f.sustained
    }
    regions = [e for e in dropped if e.kind is EntityKind.REGION]
    whole = (*own, *widespread(own, parts))
    families = coincident(own, window)
    # Parts add to what the place's own series show, and do not replace it.
    if families:
        families = coincident(whole, window)
    return Corroboration(
        families=families,
        entity_pairs=len(pairs),
        parts=len(dropped),
        regions=len(regions),
        watched_regions=sum(e.kind is EntityKind.REGION for e in watched),
        regional_cluster=_has_regional_cluster(regions, watched),
        assessable=sum(f.state is not SeriesState.UNKNOWN for f in own),
        own_series=len(own),
        lead_families=tuple(f.family for f in own if _may_lead(f)),
        sustained=any(
            f.sustained and f.family in STRONG_FAMILIES and f.family in families
            for f in whole
        ),
        vanished=len({f.entity for f in parts if _has_vanished(f)} & operators),
        shallow=_shallow_families(shallow, window),
    )


def _shallow_families(
    shallow: tuple[Finding, ...], window: timedelta
) -> tuple[Family, ...]:
    """Return the families in a lasting shallow drop, or () unless traffic is in one.

    Traffic and at least one other family must be in such a drop. Counts of addresses
    fall a little mostly because a map of addresses changed, and traffic does not depend
    on this map.
    """
    lasting = [
        f
        for f in shallow
        if f.state is SeriesState.DROPPED
        and f.onset is not None
        and f.as_of - f.onset.until >= TOGETHER
    ]
    families = coincident(lasting, window)
    return families if Family.TRAFFIC in families and len(families) > 1 else ()


def widespread(
    own: tuple[Finding, ...], parts: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Return a finding for each strong family that is down in most of the regions.

    It is the finding of the region whose onset is in the middle. A family is left out
    if a series of it can be assessed for the place itself, because this series decides
    for the whole place.
    """
    measured = {f.family for f in own if f.state is not SeriesState.UNKNOWN}
    middle: list[Finding] = []
    for family in STRONG_FAMILIES:
        regions = [
            f
            for f in parts
            if f.family is family
            and f.entity.kind is EntityKind.REGION
            and f.state is not SeriesState.UNKNOWN
        ]
        down = sorted(
            (f for f in regions if f.state is SeriesState.DROPPED and f.sustained),
            key=lambda f: (f.onset is None, f.onset, f.entity),
        )
        many = len(down) >= _LEAST_PARTS and len(down) > _MOST * len(regions)
        if many and family not in measured:
            middle.append(down[len(down) // 2])
    return tuple(middle)


def _has_vanished(f: Finding) -> bool:
    """Whether a network is gone from routing or probing."""
    return (
        f.entity.kind is EntityKind.ASN
        and f.family in {Family.CONTROL_PLANE, Family.ACTIVE_PROBING}
        and f.state is SeriesState.DROPPED
        and f.sustained
        and f.smoothed_level is not None
        and f.smoothed_level < _VANISHED
    )


def _may_lead(f: Finding) -> bool:
    """Whether a finding may open an incident before another family corroborates it.

    Traffic may do so only below the level `LONE_TRAFFIC`, because traffic also falls a
    little on holidays, during matches and in bad weather, mostly without an outage.
    """
    if (
        f.state is not SeriesState.DROPPED
        or not f.sustained
        or f.family not in STRONG_FAMILIES
    ):
        return False
    # Traffic of unknown depth counts as normal, so it opens no incident alone (P1).
    level = 1.0 if f.smoothed_level is None else f.smoothed_level
    return f.family is not Family.TRAFFIC or level < LONE_TRAFFIC


def _has_pair(findings: list[Finding], window: timedelta) -> bool:
    """Whether two families dropped together in a part, and one drop is sustained."""
    sustained = any(f.state is SeriesState.DROPPED and f.sustained for f in findings)
    return sustained and len(coincident(findings, window)) > 1


def _has_regional_cluster(dropped: Iterable[Entity], watched: Iterable[Entity]) -> bool:
    """Whether a quarter of one state's watched regions, and at least five, dropped."""
    down = Counter(state_of(e) for e in dropped)
    total = Counter(state_of(e) for e in watched if e.kind is EntityKind.REGION)
    # Five regions alone are few in a large state, and a quarter alone may be one region
    # of a small state.
    return any(n >= 5 and 4 * n >= total[state] for state, n in down.items())


def state_of(region: Entity) -> str:
    """Return the state or province of a region: `US/Louisiana` for its parishes."""
    return "/".join(region.code.split("/")[:2])


def coincident(findings: Iterable[Finding], window: timedelta) -> tuple[Family, ...]:
    """Return the families that dropped together, in the order they fell.

    They are the largest set of dropped families whose onsets lie within `window` of each
    other. Of equally large sets, the latest is taken, because it is the current event.
    A family stays in the set only if it fell within `TOGETHER` of another family of the
    set, or was down with one for as long. If no family did, only the latest stays. Two
    kinds of families are added to the set:

    - a strong family that fell at another time, once it has been down together with a
      strong family of the set for `TOGETHER`;
    - a family that fell with the set and has recovered, because a family with a longer
      publication lag may report the same hour only after this recovery.
    """
    findings = list(findings)
    drops = sorted(
        (f.onset, f.family)
        for f in findings
        if f.state is SeriesState.DROPPED and f.onset is not None
    )
    best: list[_Drop] = []
    for first, _ in drops:
        together = _within(drops, first, window)
        # Onsets ascend, so the last of equal sets is the latest.
        if len(_families(together)) >= len(_families(best)):
            best = together
    best = _really_together(findings, best)
    best += _down_at_once(findings, best)
    # Recovered families are added after the choice, so they cannot decide which drop is
    # the current event.
    over = [
        (f.last_onset, f.family)
        for f in findings
        if f.last_onset is not None and _was_down_with(f, best, window)
    ]
    return _families(sorted([*best, *over]))


def _really_together(findings: list[Finding], drops: list[_Drop]) -> list[_Drop]:
    """Return those of `drops` that began or lasted together with one of another family.

    If there are none, return only the latest of `drops`.
    """
    chosen = [f for f in findings if (f.onset, f.family) in drops]
    kept = {
        (f.onset, f.family)
        for f in chosen
        if any(f.family is not g.family and _fell_with(f, g) for g in chosen)
    }
    return [drop for drop in drops if drop in kept] or drops[-1:]


def _fell_with(f: Finding, other: Finding) -> bool:
    """Whether two drops began within `TOGETHER`, or surely overlap for as long."""
    if f.onset is None or other.onset is None:
        return False
    first, second = sorted((f.onset, other.onset))
    near = second.since - first.until <= TOGETHER
    return near or _overlap(f, other) >= TOGETHER


def _down_at_once(findings: list[Finding], drops: list[_Drop]) -> list[_Drop]:
    """Return other drops that have surely overlapped one of `drops` for `TOGETHER`."""
    lasting = [f for f in findings if _lasts(f)]
    chosen = [f for f in lasting if (f.onset, f.family) in drops]
    return [
        (f.onset, f.family)
        for f in lasting
        if f.onset is not None
        and (f.onset, f.family) not in drops
        and any(_overlap(f, other) >= TOGETHER for other in chosen)
    ]


def _lasts(f: Finding) -> bool:
    """Whether a strong family is in a drop that is not a lasting change of level."""
    if f.state is not SeriesState.DROPPED or f.onset is None or not f.sustained:
        return False
    old = f.as_of - f.onset.until >= _NEW_LEVEL
    deep = f.lowest is not None and f.lowest < _SHALLOW
    return f.family in STRONG_FAMILIES and (deep or not old)


def _overlap(f: Finding, other: Finding) -> timedelta:
    """Return how long two drops surely overlap; negative if they may not overlap."""
    if f.onset is None or other.onset is None:
        return timedelta(0)
    return min(f.as_of, other.as_of) - max(f.onset.until, other.onset.until)


def _families(drops: Iterable[_Drop]) -> tuple[Family, ...]:
    return tuple(dict.fromkeys(family for _, family in drops))


def _within(drops: list[_Drop], first: Interval, window: timedelta) -> list[_Drop]:
    return [
        (onset, family)
        for onset, family in drops
        # A set that begins with an earlier onset is tried separately.
        if onset >= first and onset.since <= first.until + window
    ]


def _was_down_with(f: Finding, drops: list[_Drop], window: timedelta) -> bool:
    """Whether a recovered series was down at the onset of one of `drops`.

    The drop of the recovered series must enclose this onset, as far as the times are
    known. A drop that is only near it in time does not count.
    """
    if (
        f.state is not SeriesState.ORDINARY
        or f.last_onset is None
        or f.recovered is None
    ):
        return False
    fell, back = f.last_onset, f.recovered
    return any(
        fell.since <= onset.until
        and onset.since < back.until
        # The two drops must also have begun or lasted together, as in `_fell_with`.
        and (
            onset.since - fell.until <= TOGETHER or back.since - onset.until >= TOGETHER
        )
        # A long drop that began much earlier is another event, even if it encloses this
        # onset.
        and onset.since <= fell.until + window
        for onset, _ in drops
    )
