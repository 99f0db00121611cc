"""Corroboration: how many independent families show the same drop (P7)."""

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

Two families also count together if they fell within this time of each other.
"""
_NEW_LEVEL = timedelta(days=7)
_SHALLOW = 0.5
"""The level above which a drop is shallow: it may be a lasting change of the level.

A shallow drop counts as such a change once it is `_NEW_LEVEL` old.
"""
_VANISHED = 0.05
"""The level below which a network counts as gone.

The limit is above zero, because a few routes or answers to probes may remain."""
_MOST = 0.5
_LEAST_REGIONS = 3
"""The fewest regions that must be down in a family to stand for the whole place.

The regions must also be more than the share `_MOST` of all regions that can be
assessed.
"""
LONE_TRAFFIC = 0.5
"""The level below which traffic can open an incident alone.

A drop of traffic begins at 0.70, and at 0.35 while less than two weeks are known.
Between 0.50 and 0.70 traffic can only corroborate other families."""


_Drop = tuple[Interval, Family]


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What the verdict rules look at: the families and parts of a place that fell.

    Attributes:
        families: the families that fell together, in the order they fell; some may have
            recovered. A family fell if the place's own series fell, or the series of
            most regions.
        parts_with_two_families: in how many parts two families fell together.
        parts: how many parts are in a sustained drop.
        regions: how many of these parts are regions.
        watched_regions: how many regions of the place are watched.
        regional_cluster: whether one state or province has at least five regions in a
            sustained drop, and these are at least a quarter of its watched regions.
        assessable: how many of the place's own series can be assessed.
        own_series: how many series the place itself has.
        lead_families: the families of the place that can now open an incident alone.
        sustained: whether a strong family among `families` showed the drop in at least
            two bins.
        vanished: how many operators' networks are gone from routing or probing.
        shallow: the families of the place that have been in a shallow drop together for
            `TOGETHER`. () if there is only one such family, or if traffic is not among
            them.
    """

    families: tuple[Family, ...]
    parts_with_two_families: int
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
    """Return which families of a place are in a drop, and how many of its parts.

    Args:
        own: the findings of the place itself.
        parts: the findings of its networks and regions.
        watched: the networks and regions of the place that are watched.
        window: how far apart the onsets of two families may lie for both to count as
            one event.
        shallow: the findings of the place itself, made with the thresholds of shallow
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
    whole = (*own, *widespread_findings(own, parts))
    families = families_fallen_together(own, window)
    # Regions may add families to those of the place. But if no series of the place
    # itself fell, regions alone give no family.
    if families:
        families = families_fallen_together(whole, window)
    return Corroboration(
        families=families,
        parts_with_two_families=len(pairs),
        parts=len(dropped),
        regions=len(regions),
        watched_regions=sum(e.kind is EntityKind.REGION for e in watched),
        regional_cluster=_has_regional_cluster(regions, watched),
        assessable=sum(f.state is not SeriesState.UNKNOWN for f in own),
        own_series=len(own),
        lead_families=tuple(f.family for f in own if _may_open_incident_alone(f)),
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
    """Return the families, traffic among them, that are in a lasting shallow drop.

    The result is () if traffic or a second family is missing. If counts of addresses
    fall by a little, the usual reason is that a map of addresses changed. Traffic does
    not depend on such a map.
    """
    lasting = [
        f
        for f in shallow
        if f.state is SeriesState.DROPPED
        and f.onset is not None
        and f.as_of - f.onset.until >= TOGETHER
    ]
    families = families_fallen_together(lasting, window)
    return families if Family.TRAFFIC in families and len(families) > 1 else ()


def widespread_findings(
    own: tuple[Finding, ...], parts: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Return one finding for each strong family that is down in most of the regions.

    The finding is that of one region: of the regions that are down, sorted by onset,
    the one in the middle. A family is left out if the place's own series of this family
    can be assessed: then that series shows whether the place is down.
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
        many = len(down) >= _LEAST_REGIONS and len(down) > _MOST * len(regions)
        if many and family not in measured:
            middle.append(down[len(down) // 2])
    return tuple(middle)


def _has_vanished(f: Finding) -> bool:
    """Whether a finding shows that a network is gone from routing or probing."""
    return (
        f.entity.kind is EntityKind.ASN
        and f.family in {Family.CONTROL_PLANE, Family.ACTIVE_PROBING}
        and f.state is SeriesState.DROPPED
        and f.sustained
        and f.smoothed_level is not None
        and f.smoothed_level < _VANISHED
    )


def _may_open_incident_alone(f: Finding) -> bool:
    """Whether a finding may open an incident without another family.

    Only a sustained drop of a strong family may. Traffic must also be below the level
    `LONE_TRAFFIC`: it falls a little on holidays, during matches and in bad weather,
    mostly without an outage.
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
    """Whether two families of a part fell together, and a drop is sustained."""
    sustained = any(f.state is SeriesState.DROPPED and f.sustained for f in findings)
    return sustained and len(families_fallen_together(findings, window)) > 1


def _has_regional_cluster(dropped: Iterable[Entity], watched: Iterable[Entity]) -> bool:
    """Return whether many regions in the same state or province have dropped.

    Many are at least five, and at least a quarter of the state's watched regions.
    """
    down = Counter(state_of(e) for e in dropped)
    total = Counter(state_of(e) for e in watched if e.kind is EntityKind.REGION)
    # Each limit alone is too weak: five regions are few in a large state, and a quarter
    # of a small state may be a single region.
    return any(n >= 5 and 4 * n >= total[state] for state, n in down.items())


def state_of(region: Entity) -> str:
    """Return the state or province of a region, such as `US/Louisiana` for a parish."""
    return "/".join(region.code.split("/")[:2])


def families_fallen_together(
    findings: Iterable[Finding], window: timedelta
) -> tuple[Family, ...]:
    """Return the families that fell together, in the order they fell.

    Of the families in a drop, the largest set is chosen whose onsets are within
    `window` of each other. Of equally large sets, the latest is chosen: it is the
    current event. A family stays in the set if it fell within `TOGETHER` of another
    family of the set, or has been down together with one for `TOGETHER`. If none can
    stay, only the family that fell last is kept. Then two kinds of families are
    added:

    - strong families that fell at another time, if they have been down together with a
      strong family of the set for `TOGETHER`;
    - families that fell with the set and have recovered: they may recover before a
      family with a longer publication lag reports the same hour.
    """
    findings = list(findings)
    drops = sorted(
        (f.onset, f.family)
        for f in findings
        if f.state is SeriesState.DROPPED and f.onset is not None
    )
    best: list[_Drop] = []
    for first, _ in drops:
        together = _drops_within(drops, first, window)
        # Onsets ascend, so of equally large sets the last one is the latest.
        if len(_families(together)) >= len(_families(best)):
            best = together
    best = _drops_with_a_partner(findings, best)
    best += _overlapping_drops(findings, best)
    # Recovered families are added only now. They must not decide which drops are the
    # current event.
    over = [
        (f.last_onset, f.family)
        for f in findings
        if f.last_onset is not None and _was_down_at_an_onset(f, best, window)
    ]
    return _families(sorted([*best, *over]))


def _drops_with_a_partner(findings: list[Finding], drops: list[_Drop]) -> list[_Drop]:
    """Return those of `drops` that count together with a drop of another family.

    Two drops count together if they began at about the same time, or overlap long
    enough (see `_fell_with`). If no two drops count together, only the last of `drops`
    is returned.
    """
    chosen = [f for f in findings if (f.onset, f.family) in drops]
    kept = {
        (f.onset, f.family)
        for f in chosen
        if any(f.family is not g.family and _fell_with(f, g) for g in chosen)
    }
    return [drop for drop in drops if drop in kept] or drops[-1:]


def _fell_with(f: Finding, other: Finding) -> bool:
    """Whether two drops began within `TOGETHER` of each other, or overlap for this time.

    An onset is known only as an interval. The overlap is taken to be the shortest one
    that the two intervals allow.
    """
    if f.onset is None or other.onset is None:
        return False
    first, second = sorted((f.onset, other.onset))
    near = second.since - first.until <= TOGETHER
    return near or _least_overlap(f, other) >= TOGETHER


def _overlapping_drops(findings: list[Finding], drops: list[_Drop]) -> list[_Drop]:
    """Return further drops that overlap one of `drops` for at least `TOGETHER`.

    Only sustained drops of strong families count, both among the returned drops and among
    `drops` (see `_is_lasting_strong_drop`).
    """
    lasting = [f for f in findings if _is_lasting_strong_drop(f)]
    chosen = [f for f in lasting if (f.onset, f.family) in drops]
    return [
        (f.onset, f.family)
        for f in lasting
        if f.onset is not None
        and (f.onset, f.family) not in drops
        and any(_least_overlap(f, other) >= TOGETHER for other in chosen)
    ]


def _is_lasting_strong_drop(f: Finding) -> bool:
    """Whether a finding is a sustained drop of a strong family, not a new normal level.

    A drop that is old and was never deep may be a new normal level.
    """
    if f.state is not SeriesState.DROPPED or f.onset is None or not f.sustained:
        return False
    old = f.as_of - f.onset.until >= _NEW_LEVEL
    deep = f.lowest is not None and f.lowest < _SHALLOW
    return f.family in STRONG_FAMILIES and (deep or not old)


def _least_overlap(f: Finding, other: Finding) -> timedelta:
    """Return how long two drops surely overlap; negative if they may be apart."""
    if f.onset is None or other.onset is None:
        return timedelta(0)
    return min(f.as_of, other.as_of) - max(f.onset.until, other.onset.until)


def _families(drops: Iterable[_Drop]) -> tuple[Family, ...]:
    return tuple(dict.fromkeys(family for _, family in drops))


def _drops_within(
    drops: list[_Drop], first: Interval, window: timedelta
) -> list[_Drop]:
    return [
        (onset, family)
        for onset, family in drops
        # Earlier onsets are left out: the caller also calls this function with each
        # earlier onset as `first`.
        if onset >= first and onset.since <= first.until + window
    ]


def _was_down_at_an_onset(f: Finding, drops: list[_Drop], window: timedelta) -> bool:
    """Whether a series that has recovered was down at the onset of one of `drops`.

    The onset must lie within the drop of the series that has recovered, as far as the
    times are known. A drop that is only near in time is not enough.
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
        # As in `_fell_with`, the two drops must also have begun together or overlap for
        # long.
        and (
            onset.since - fell.until <= TOGETHER or back.since - onset.until >= TOGETHER
        )
        # If the recovered series fell much earlier, its drop is another event, even if
        # it was still down at this onset.
        and onset.since <= fell.until + window
        for onset, _ in drops
    )
