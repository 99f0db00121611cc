"""How much of a place is down, as far as the series of the place and its parts show."""

from collections.abc import Collection
from datetime import timedelta

from bot.detection.fusion.corroboration import Corroboration, state_of
from bot.detection.fusion.place_findings import PlaceFindings
from bot.model.entity import Entity, EntityKind, NetworkKind
from bot.model.signal import STRONG_FAMILIES, Family
from bot.model.verdict import Finding, Scope, SeriesState
from bot.model.watchlist import Watchlist

_MOST = 0.5
"""If parts of at least this share of the place are down, the whole place is down."""
_SHALLOW = 0.65
"""A place above this level may have fallen only because one of its parts fell."""
_NEARLY = 0.9
"""The least level that counts as normal, except for traffic of the place itself."""
_FALLS_WITHIN = timedelta(minutes=30)
"""A place fell with its regions if it fell within this time of the first region."""
_MOBILE_LEAST_LEVEL = 0.4
"""If a country's own probing is below this level, not only mobile networks are down."""


def scope_of(
    place_findings: PlaceFindings,
    dropped: tuple[Finding, ...],
    corroboration: Corroboration,
    watchlist: Watchlist,
) -> Scope:
    """Return how much of the place is down, by the series of the place and its parts.

    Args:
        place_findings: the findings of the place and of its parts.
        dropped: the findings of parts that are in a sustained drop.
        corroboration: the families and parts of the place that fell.
        watchlist: the watched parts of the place, and the kinds of its networks.
    """
    networks = {f.entity for f in dropped if f.entity.kind is EntityKind.ASN}
    regions = {f.entity for f in dropped if f.entity.kind is EntityKind.REGION}
    kinds = {watchlist.kind_of(e) for e in networks}
    # Mobile networks are tested first, because the country's own series fall with them.
    if kinds == {NetworkKind.MOBILE} and _fixed_networks_stand(
        place_findings, watchlist
    ):
        return (
            Scope.MOBILE
            if _most_mobile_networks_low(place_findings, networks, watchlist)
            else Scope.OPERATOR
        )
    if place_findings.place.kind is not EntityKind.COUNTRY:
        return Scope.NATIONAL
    half = 2 * len(regions) >= corroboration.watched_regions
    # If the place itself has only shallow drops, and some of its regions are down, but
    # less than half, then these regions are all that is down.
    shallow = corroboration.families == corroboration.shallow
    in_part = _is_less_than_half_down(place_findings) or bool(
        shallow and regions and not half
    )
    if corroboration.families and not in_part:
        return Scope.NATIONAL
    if not regions:
        return Scope.OPERATOR
    # If all these regions lie in one state or province, the drop is not national, even
    # if they are half of the watched regions.
    spread = len({state_of(r) for r in regions}) > 1
    fell = _no_region_stands(place_findings, dropped)
    stands = in_part or _place_reads_normal(
        place_findings.own, dropped, _FALLS_WITHIN if fell else None
    )
    return Scope.NATIONAL if half and spread and not stands else Scope.REGIONAL


def _most_mobile_networks_low(
    place_findings: PlaceFindings,
    dropped_networks: Collection[Entity],
    watchlist: Watchlist,
) -> bool:
    """Whether at least two, and three quarters, of the mobile networks are low.

    Only mobile networks that can be assessed count. If the result is False, single
    networks are down, and not mobile internet as a whole.
    """
    mobile = {
        f.entity
        for f in place_findings.parts
        if watchlist.kind_of(f.entity) is NetworkKind.MOBILE
        and f.state is not SeriesState.UNKNOWN
    }
    # A network that is back is still in its drop for the hold time. So its level is
    # tested, not its state.
    low = {
        f.entity
        for f in place_findings.parts
        if f.entity in dropped_networks and (f.level is None or f.level < _NEARLY)
    }
    return len(low) > 1 and 4 * len(low) >= 3 * len(mobile)


def _is_less_than_half_down(place_findings: PlaceFindings) -> bool:
    """Whether the place's own series show that less than half of the place is down.

    They do if the parts that fell make up less than half of the place. If this share is
    not known, two things must be true instead:

    - The place reads normal in a family in which one part fell deeply and another part
      reads normal.
    - No strong family of the place fell deeply.
    """
    own = [
        f
        for f in place_findings.own
        if f.state is SeriesState.DROPPED and f.family in STRONG_FAMILIES
    ]
    # The first family with a known share decides. Routes come last, because fewer parts
    # have routes of their own.
    own.sort(key=lambda f: STRONG_FAMILIES.index(f.family))
    of_each = [
        _share_of_fallen_parts(
            f, [p for p in place_findings.parts if p.signal == f.signal]
        )
        for f in own
    ]
    shares = [share for share in of_each if share is not None]
    if shares:
        return shares[0] < _MOST
    shallow = all(f.lowest is not None and f.lowest > _SHALLOW for f in own)
    # A place still reads normal if all of it falls only a little. So if a part fell
    # only a little, a normal reading of the place does not show that the rest is up.
    # Only parts that fell deeply are used.
    fallen = tuple(
        f
        for f in place_findings.parts
        if f.state is SeriesState.DROPPED
        and f.lowest is not None
        and f.lowest < _SHALLOW
    )
    standing = {
        f.family for f in place_findings.parts if f.state is SeriesState.ORDINARY
    }
    families = standing & {f.family for f in fallen}
    return shallow and _place_reads_normal(
        tuple(f for f in place_findings.own if f.family in families), fallen
    )


def _share_of_fallen_parts(own: Finding, parts: list[Finding]) -> float | None:
    """Return what share of a place the fallen parts make up, 0 to 1; None if unknown.

    The share is the loss of the place divided by the mean loss of the parts that fell.
    Example: the place has lost a quarter, and the parts that fell have each lost half.
    Then these parts make up half of the place. Losses are taken at the lowest levels,
    because present levels rise at different times. The share is unknown if no part
    fell, or if every other part is down or unknown.

    Args:
        own: the finding of the place's own series, which is in a drop.
        parts: the findings of the same signal for the parts of the place.
    """
    fallen = [f for f in parts if _part_fell_with(own, f)]
    of_each = [f.last_lowest if f.lowest is None else f.lowest for f in fallen]
    lows = [low for low in of_each if low is not None]
    stand = any(f.state is SeriesState.ORDINARY and f not in fallen for f in parts)
    if own.lowest is None or not lows or not stand:
        return None
    lost = 1 - sum(lows) / len(lows)
    return 1.0 if lost <= 0 else min(1.0, (1 - own.lowest) / lost)


def _part_fell_with(own: Finding, part: Finding) -> bool:
    """Whether `part` is down, or was down and returned during the drop of the place."""
    if part.state is not SeriesState.ORDINARY or own.onset is None:
        return part.state is SeriesState.DROPPED
    # An earlier drop of the part may have ended within the onset, which may be hours
    # wide. So the part must have returned after the onset.
    return part.recovered is not None and part.recovered.until > own.onset.until


def _no_region_stands(
    place_findings: PlaceFindings, dropped: tuple[Finding, ...]
) -> bool:
    """Whether no region reads normal in a signal in which another region fell."""
    signals = {f.signal for f in dropped if f.entity.kind is EntityKind.REGION}
    return not any(
        f.entity.kind is EntityKind.REGION
        and f.signal in signals
        and f.state is SeriesState.ORDINARY
        for f in place_findings.parts
    )


def _place_reads_normal(
    own: tuple[Finding, ...],
    dropped: tuple[Finding, ...],
    delay: timedelta | None = None,
) -> bool:
    """Whether a strong family of the place itself reads normal after parts of it fell.

    If so, only parts of the place are down. Routes may read normal while nothing
    answers, so they count only if the routes of a part fell.

    Args:
        own: the findings of the place itself.
        dropped: the findings of the place's parts that are in a drop.
        delay: readings count from this long after the first of these parts fell; None for
            no delay.
    """
    fell = {f.family for f in dropped}
    since = min((f.onset.until for f in dropped if f.onset), default=None)
    if since is not None and delay is not None:
        since += delay
    return any(
        f.state is SeriesState.ORDINARY
        # In the first low bin of a drop, the state is still ORDINARY, because two low
        # bins are needed. So the level is tested too.
        and (f.family is Family.TRAFFIC or f.level is None or f.level >= _NEARLY)
        and f.family in STRONG_FAMILIES
        and (f.family in fell or f.family is not Family.CONTROL_PLANE)
        and (since is None or f.as_of >= since)
        for f in own
    )


def _fixed_networks_stand(place_findings: PlaceFindings, watchlist: Watchlist) -> bool:
    """Whether a fixed network reads normal and the place's own probing is not very low.

    Probing is very low if a level of it is known and below `_MOBILE_LEAST_LEVEL`.
    """
    lines = [
        f
        for f in place_findings.parts
        if watchlist.kind_of(f.entity) is NetworkKind.FIXED
    ]
    fixed = any(f.state is SeriesState.ORDINARY for f in lines)
    levels = [
        f.smoothed_level
        for f in place_findings.own
        if f.family is Family.ACTIVE_PROBING
    ]
    return fixed and all(v is None or v >= _MOBILE_LEAST_LEVEL for v in levels)
