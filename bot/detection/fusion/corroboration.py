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

Two families that fell within this time of each other count together in any case."""
_NEW_LEVEL = timedelta(days=7)
_SHALLOW = 0.5
"""The lowest level that a lasting change of level may have.

A drop may be a lasting change of level if it is also `_NEW_LEVEL` old."""
_VANISHED = 0.05
"""The level below which a network counts as gone.

The limit is above zero, because a few routes or answers to probes may remain."""
_MOST = 0.5
_LEAST_PARTS = 3
"""The fewest regions that must be down in a family to stand for the whole place.

They must also be more than the share `_MOST` of all regions that can be assessed."""
LONE_TRAFFIC = 0.5
"""The level below which traffic can open an incident alone.

A drop of traffic begins at 0.70, and at 0.35 while less than two weeks are known.
Between 0.50 and 0.70 traffic can only corroborate other families."""


_Drop = tuple[Interval, Family]


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What the verdict rules look at: the families and parts of a place that fell.

    Attributes:
        families: the families that fell together over the place, in the order they
            fell. A family fell over the place if the place's own series fell, or the
            series of most of its regions. Some families may have recovered.
        entity_pairs: in how many parts two families dropped together.
        parts: how many parts are in a sustained drop.
        regions: how many of these parts are regions.
        watched_regions: how many regions of the place are watched.
        regional_cluster: whether a quarter of the watched regions of one state or
            province, and at least five, are in a sustained drop.
        assessable: how many of the place's own series can be assessed.
        own_series: how many series the place itself has.
        lead_families: the families of the place that can now open an incident alone.
        sustained: whether a strong family among `families` has shown the drop in at
            least two bins; this family may have recovered since.
        vanished: how many operators' networks are gone from routing or probing.
        shallow: the families of the place that fell together and have been in a shallow
            drop for `TOGETHER`; () if traffic is not among them.
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
    whole = (*own, *widespread(own, parts))
    families = coincident(own, window)
    # Regions can add families only if one of the place's own series fell. They do not
    # replace the place's own series.
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
    """Return the families that are in a lasting shallow drop together.

    The result is () if traffic is not among them, or if no other family is. If counts
    of addresses fall a little, the cause is mostly a changed map of addresses. Traffic
    does not depend on such a map.
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

    If the regions that are down are sorted by onset, the finding is that of the region
    in the middle. A family is left out if the place itself has a series of this family
    that can be assessed, because that series decides for the whole place.
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
    """Whether a finding shows that a network is gone from routing or probing."""
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
    """Whether two families fell together in a part, and one drop is sustained."""
    sustained = any(f.state is SeriesState.DROPPED and f.sustained for f in findings)
    return sustained and len(coincident(findings, window)) > 1


def _has_regional_cluster(dropped: Iterable[Entity], watched: Iterable[Entity]) -> bool:
    """Whether a quarter of one state's watched regions, and at least five, dropped."""
    down = Counter(state_of(e) for e in dropped)
    total = Counter(state_of(e) for e in watched if e.kind is EntityKind.REGION)
    # Both limits are needed: five regions are few in a large state, and a quarter of a
    # small state may be a single region.
    return any(n >= 5 and 4 * n >= total[state] for state, n in down.items())


def state_of(region: Entity) -> str:
    """Return the state or province of a region, such as `US/Louisiana` for a parish."""
    return "/".join(region.code.split("/")[:2])


def coincident(findings: Iterable[Finding], window: timedelta) -> tuple[Family, ...]:
    """Return the families that dropped together, in the order they fell.

    They are the largest set of families in a drop whose onsets lie within `window` of
    each other. Of equally large sets, the latest is taken, because it is the current
    event. A family stays in the set only if it fell within `TOGETHER` of another family
    of the set, or was down together with another for at least `TOGETHER`. If no family
    meets this condition, only the one that fell last stays. Two kinds of families are
    added to the set:

    - a strong family that fell at another time, once it has been down together with a
      strong family of the set for `TOGETHER`;
    - a family that fell with the set and has recovered: another family, with a longer
      publication lag, may report the same hour only after this recovery.
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
    """Return those of `drops` that count together with a drop of another family.

    Two drops count together if they began at about the same time, or lasted at the same
    time (see `_fell_with`). If there are no such drops, the result is the latest of
    `drops` alone.
    """
    chosen = [f for f in findings if (f.onset, f.family) in drops]
    kept = {
        (f.onset, f.family)
        for f in chosen
        if any(f.family is not g.family and _fell_with(f, g) for g in chosen)
    }
    return [drop for drop in drops if drop in kept] or drops[-1:]


def _fell_with(f: Finding, other: Finding) -> bool:
    """Whether two drops began within `TOGETHER` of each other, or overlap that long.

    The overlap must be sure, however the onsets lie within their intervals.
    """
    if f.onset is None or other.onset is None:
        return False
    first, second = sorted((f.onset, other.onset))
    near = second.since - first.until <= TOGETHER
    return near or _overlap(f, other) >= TOGETHER


def _down_at_once(findings: list[Finding], drops: list[_Drop]) -> list[_Drop]:
    """Return other drops that surely overlap one of `drops` for at least `TOGETHER`.

    Only sustained drops of strong families are returned or compared (see `_lasts`).
    """
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
    """Whether a strong family is in a sustained drop that is no change of level.

    A drop that is old and was never deep may be a lasting change of level.
    """
    if f.state is not SeriesState.DROPPED or f.onset is None or not f.sustained:
        return False
    old = f.as_of - f.onset.until >= _NEW_LEVEL
    deep = f.lowest is not None and f.lowest < _SHALLOW
    return f.family in STRONG_FAMILIES and (deep or not old)


def _overlap(f: Finding, other: Finding) -> timedelta:
    """Return how long two drops overlap at least; negative if they may not overlap."""
    if f.onset is None or other.onset is None:
        return timedelta(0)
    return min(f.as_of, other.as_of) - max(f.onset.until, other.onset.until)


def _families(drops: Iterable[_Drop]) -> tuple[Family, ...]:
    return tuple(dict.fromkeys(family for _, family in drops))


def _within(drops: list[_Drop], first: Interval, window: timedelta) -> list[_Drop]:
    return [
        (onset, family)
        for onset, family in drops
        # Earlier onsets are left out, because the set that begins with an earlier onset
        # is tried separately.
        if onset >= first and onset.since <= first.until + window
    ]


def _was_down_with(f: Finding, drops: list[_Drop], window: timedelta) -> bool:
    """Whether a recovered series was down at the onset of one of `drops`.

    As far as the times are known, the onset must lie within the drop of the recovered
    series. It is not enough that the two are near each other in time.
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
        # A long drop that began much earlier is another event, even if this onset lies
        # within it.
        and onset.since <= fell.until + window
        for onset, _ in drops
    )
