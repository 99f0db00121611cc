"""How much of a place is down, as far as its series and those of its parts show."""

from collections.abc import Collection
from datetime import timedelta

from bot.detection.fusion.corroboration import Corroboration, state_of
from bot.detection.fusion.place_findings import PlaceFindings
from bot.model.entity import Entity, EntityKind, NetworkKind
from bot.model.signal import STRONG_FAMILIES, Family
from bot.model.verdict import Finding, Scope, SeriesState
from bot.model.watchlist import Watchlist

_MOST = 0.5
"""A place is down as a whole if the parts that fell hold at least this share of it."""
_SHALLOW = 0.65
"""If a place fell no lower than this level, its fall may be that of a part alone."""
_NEARLY = 0.9
"""The least level that counts as normal, except for traffic of the place itself."""
_FALLS_WITHIN = timedelta(minutes=30)
"""If all regions fell, the place falls with them, but another family may be later."""
_MOBILE_LEAST_LEVEL = 0.4
"""If a country's own probing is below this level, not only mobile networks are down."""


def scope_of(
    case: PlaceFindings,
    dropped: tuple[Finding, ...],
    corroboration: Corroboration,
    watch: Watchlist,
) -> Scope:
    """Return how much of the place is down, as far as its parts show."""
    networks = {f.entity for f in dropped if f.entity.kind is EntityKind.ASN}
    regions = {f.entity for f in dropped if f.entity.kind is EntityKind.REGION}
    kinds = {watch.kind(e) for e in networks}
    # Mobile networks are tested first, because the country's own series fall with them.
    if kinds == {NetworkKind.MOBILE} and _fixed_lines_stand(case, watch):
        return Scope.MOBILE if _most_mobile(case, networks, watch) else Scope.OPERATOR
    if case.place.kind is not EntityKind.COUNTRY:
        return Scope.NATIONAL
    half = 2 * len(regions) >= corroboration.watched_regions
    # If the place has only shallow drops, and a few of its regions are down, then the
    # loss of the place is the loss of these regions.
    shallow = corroboration.families == corroboration.shallow
    in_part = _is_in_part(case) or bool(shallow and regions and not half)
    if corroboration.families and not in_part:
        return Scope.NATIONAL
    if not regions:
        return Scope.OPERATOR
    # A drop within a single state is not national, however few regions of other states
    # are watched.
    spread = len({state_of(r) for r in regions}) > 1
    fell = _with_all_regions(case, dropped)
    stands = in_part or _reads_normal(
        case.own, dropped, _FALLS_WITHIN if fell else None
    )
    return Scope.NATIONAL if half and spread and not stands else Scope.REGIONAL


def _most_mobile(
    case: PlaceFindings, networks: Collection[Entity], watch: Watchlist
) -> bool:
    """Whether three quarters of the assessable mobile networks, at least two, are low.

    If not, single networks are down, and not mobile internet as a whole.
    """
    mobile = {
        f.entity
        for f in case.parts
        if watch.kind(f.entity) is NetworkKind.MOBILE
        and f.state is not SeriesState.UNKNOWN
    }
    # The level is tested, because a network that is back is still in its drop for a few
    # bins.
    low = {
        f.entity
        for f in case.parts
        if f.entity in networks and (f.level is None or f.level < _NEARLY)
    }
    return len(low) > 1 and 4 * len(low) >= 3 * len(mobile)


def _is_in_part(case: PlaceFindings) -> bool:
    """Whether the place's own series show that less than half of it is down.

    They do if the parts that fell hold less than half of the place. If this share is
    not known, the place must read normal in a family in which one part fell and another
    part reads normal, and no strong family of the place may have fallen deeply.
    """
    own = [
        f
        for f in case.own
        if f.state is SeriesState.DROPPED and f.family in STRONG_FAMILIES
    ]
    # The first family in this order whose share is known decides. Routes come last,
    # because fewer parts have routes of their own.
    own.sort(key=lambda f: STRONG_FAMILIES.index(f.family))
    of_each = [
        _share_in(f, [p for p in case.parts if p.signal == f.signal]) for f in own
    ]
    shares = [share for share in of_each if share is not None]
    if shares:
        return shares[0] < _MOST
    shallow = all(f.lowest is not None and f.lowest > _SHALLOW for f in own)
    # A part that fell only a little says little about a place that did not fall.
    fallen = tuple(
        f
        for f in case.parts
        if f.state is SeriesState.DROPPED
        and f.lowest is not None
        and f.lowest < _SHALLOW
    )
    standing = {f.family for f in case.parts if f.state is SeriesState.ORDINARY}
    families = standing & {f.family for f in fallen}
    return shallow and _reads_normal(
        tuple(f for f in case.own if f.family in families), fallen
    )


def _share_in(own: Finding, parts: list[Finding]) -> float | None:
    """Return what share of a place the parts that fell hold, 0 to 1; None if unknown.

    The share is the loss of the place over the mean loss of these parts: if the place
    has lost a quarter, and the parts have lost half, the parts hold half of the place.
    The losses at the lowest levels are compared, because present levels rise at
    different times, and the place's own series may have fallen silent before parts
    returned. The share is unknown if no part fell, or if no other part reads normal.
    """
    fallen = [f for f in parts if _fell_with(own, f)]
    of_each = [f.last_lowest if f.lowest is None else f.lowest for f in fallen]
    lows = [low for low in of_each if low is not None]
    stand = any(f.state is SeriesState.ORDINARY and f not in fallen for f in parts)
    if own.lowest is None or not lows or not stand:
        return None
    lost = 1 - sum(lows) / len(lows)
    return 1.0 if lost <= 0 else min(1.0, (1 - own.lowest) / lost)


def _fell_with(own: Finding, part: Finding) -> bool:
    """Whether a part is down, or returned during the drop of the place's own series."""
    if part.state is not SeriesState.ORDINARY or own.onset is None:
        return part.state is SeriesState.DROPPED
    # The onset may be hours wide, and an earlier drop of the part may have ended within
    # it. So the part must have returned after the end of the onset.
    return part.recovered is not None and part.recovered.until > own.onset.until


def _with_all_regions(case: PlaceFindings, dropped: tuple[Finding, ...]) -> bool:
    """Whether no region reads normal in a signal in which regions fell."""
    signals = {f.signal for f in dropped if f.entity.kind is EntityKind.REGION}
    return not any(
        f.entity.kind is EntityKind.REGION
        and f.signal in signals
        and f.state is SeriesState.ORDINARY
        for f in case.parts
    )


def _reads_normal(
    own: tuple[Finding, ...],
    dropped: tuple[Finding, ...],
    delay: timedelta | None = None,
) -> bool:
    """Whether a strong family of the place itself reads normal since its parts fell.

    If so, the place as a whole is not down, only parts of it. Routes may read normal
    while nothing answers, so they count only if the routes of a part fell.

    Args:
        own: the findings of the place itself.
        dropped: the findings of its parts that are in a drop.
        delay: how long after the first part fell a reading must be to count.
    """
    fell = {f.family for f in dropped}
    since = min((f.onset.until for f in dropped if f.onset), default=None)
    if since is not None and delay is not None:
        since += delay
    return any(
        f.state is SeriesState.ORDINARY
        # The level is tested too: a drop begins only after two low bins, so in its
        # first low bin the state is still ORDINARY.
        and (f.family is Family.TRAFFIC or f.level is None or f.level >= _NEARLY)
        and f.family in STRONG_FAMILIES
        and (f.family in fell or f.family is not Family.CONTROL_PLANE)
        and (since is None or f.as_of >= since)
        for f in own
    )


def _fixed_lines_stand(case: PlaceFindings, watch: Watchlist) -> bool:
    """Whether a fixed network reads normal, and the place's own probing is not too low."""
    lines = [f for f in case.parts if watch.kind(f.entity) is NetworkKind.FIXED]
    fixed = any(f.state is SeriesState.ORDINARY for f in lines)
    levels = [f.smoothed_level for f in case.own if f.family is Family.ACTIVE_PROBING]
    return fixed and all(v is None or v >= _MOBILE_LEAST_LEVEL for v in levels)
