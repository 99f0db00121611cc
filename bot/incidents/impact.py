"""The impact of an incident: who is cut off, as the findings show it (P4, P5)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import median

from bot.incidents.steps import NEARLY_NORMAL
from bot.model.entity import Entity, EntityKind, NetworkKind, SeriesKey
from bot.model.event import Direction, Facts, Impact, KindImpact
from bot.model.incident_report import SilentSeries
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.timeline import SeriesLevel
from bot.model.verdict import Finding, SeriesState, Verdict
from bot.model.watchlist import Watchlist

_KINDS = (NetworkKind.MOBILE, NetworkKind.FIXED, NetworkKind.HOSTING)


@dataclass(frozen=True, slots=True)
class _DirectionSeries:
    """Which series show the state of one direction of traffic.

    Attributes:
        own: the families of the place's own series that count. The first measures the
            direction most directly.
        kinds: the kinds of networks whose series count too.
        network_families: the families that count among the series of these networks, in
            the same order as `own`.
    """

    own: tuple[Family, ...]
    kinds: tuple[NetworkKind, ...]
    network_families: tuple[Family, ...]


# Traffic measures users directly. Probing and routes measure the networks of users: if
# a network is down, its users are cut off.
_USERS = _DirectionSeries(
    own=(Family.TRAFFIC, Family.TELEMETRY),
    kinds=(NetworkKind.MOBILE, NetworkKind.FIXED),
    network_families=(
        Family.TRAFFIC,
        Family.TELEMETRY,
        Family.ACTIVE_PROBING,
        Family.CONTROL_PLANE,
    ),
)
# Probes reach a service from outside, as visitors do, and both need routes to it. So these
# two families measure whether a service can be reached.
_SERVICES = _DirectionSeries(
    own=(Family.ACTIVE_PROBING, Family.CONTROL_PLANE),
    kinds=(NetworkKind.HOSTING,),
    network_families=(Family.ACTIVE_PROBING, Family.CONTROL_PLANE),
)


def impact_of(
    verdict: Verdict,
    fallen_parts: Iterable[SeriesLevel],
    watch: Watchlist,
    onset: Interval,
    silence: SilentSeries | None = None,
) -> Impact:
    """Return the impact on each kind of network and on each direction of traffic.

    Two groups of series count as unknown. A series whose newest reading is from before
    the onset shows nothing of the incident. A silent series shows nothing of the
    present.

    Args:
        verdict: the present verdict, with a finding for every watched series of the
            place and its parts.
        fallen_parts: the parts that are down, with the levels that are published (P4).
        watch: gives the kind of each network.
        onset: the interval in which the incident began.
        silence: the silent series; None if there are none.
    """
    late = {f.key for f in verdict.findings if _is_late(f, onset)}
    unusable = late | set(silence or ())
    verdict = replace(
        verdict,
        own=tuple(_with_unknown_if_unusable(f, unusable) for f in verdict.own),
        parts=tuple(_with_unknown_if_unusable(f, unusable) for f in verdict.parts),
    )
    networks = _findings_by_network(verdict)
    levels = {series.entity: series.level for series in fallen_parts}
    users_out = _direction_state(_USERS, verdict, networks, watch)
    services_in = _direction_state(_SERVICES, verdict, networks, watch)
    return Impact(
        kinds=tuple(_impact_on_kind(kind, networks, levels, watch) for kind in _KINDS),
        users_out=_with_pending_mark(users_out, _USERS, verdict, late),
        services_in=_with_pending_mark(services_in, _SERVICES, verdict, late),
    )


def _is_late(f: Finding, onset: Interval) -> bool:
    """Whether a finding's state is known, but its reading is from before the onset."""
    return f.state is not SeriesState.UNKNOWN and f.as_of < onset.until


def _with_unknown_if_unusable(f: Finding, unusable: Collection[SeriesKey]) -> Finding:
    """Return the finding; its state becomes unknown if its series is in `unusable`."""
    if f.key not in unusable:
        return f
    return replace(f, state=SeriesState.UNKNOWN, level=None, smoothed_level=None)


def _with_pending_mark(
    direction: Direction,
    side: _DirectionSeries,
    verdict: Verdict,
    late: Collection[SeriesKey],
) -> Direction:
    """Return `direction`, marked as pending if its state may still become known.

    An unknown state may become known if a series of the place itself has no reading
    since the onset yet. Only series of the families in `side.own` count. `late` has the
    series of known state whose newest reading is from before the onset.
    """
    own = (f for f in verdict.own if f.family in side.own)
    is_unknown = direction.state is SeriesState.UNKNOWN
    return replace(direction, is_pending=is_unknown and any(f.key in late for f in own))


_Networks = Mapping[Entity, tuple[Finding, ...]]


def _findings_by_network(verdict: Verdict) -> _Networks:
    findings: dict[Entity, tuple[Finding, ...]] = {}
    for f in verdict.parts:
        if f.entity.kind is EntityKind.ASN:
            findings[f.entity] = (*findings.get(f.entity, ()), f)
    return findings


def _impact_on_kind(
    kind: NetworkKind,
    networks: _Networks,
    levels: Mapping[Entity, float | None],
    watch: Watchlist,
) -> KindImpact:
    states = {
        e: _network_state(f) for e, f in networks.items() if watch.kind_of(e) is kind
    }
    down = [entity for entity, state in states.items() if state is SeriesState.DROPPED]
    known_levels = [level for e in down if (level := levels.get(e)) is not None]
    return KindImpact(
        kind=kind,
        watched=len(states),
        dropped=len(down),
        unknown=sum(state is SeriesState.UNKNOWN for state in states.values()),
        median_level=median(known_levels) if known_levels else None,
    )


def _network_state(findings: Iterable[Finding]) -> SeriesState:
    """Return the state of one network from the findings of its series.

    If any series is in a sustained drop, the network is dropped. If all assessed series
    are normal, the network is ordinary. In all other cases the state is unknown.
    """
    assessed = [f for f in findings if f.state is not SeriesState.UNKNOWN]
    if any(f.state is SeriesState.DROPPED and f.sustained for f in assessed):
        return SeriesState.DROPPED
    ordinary = assessed and all(f.state is SeriesState.ORDINARY for f in assessed)
    return SeriesState.ORDINARY if ordinary else SeriesState.UNKNOWN


def _direction_state(
    side: _DirectionSeries, verdict: Verdict, networks: _Networks, watch: Watchlist
) -> Direction:
    """Return the state of traffic in one direction, by the place's series and networks.

    If either of them shows a drop, the state is dropped: a place is not normal while
    half of its networks are down. If only routes read normal, the state is unknown:
    routes may stay up while nobody is online.
    """
    direction = _direction_by_any_series(side, verdict, networks, watch)
    if direction == Direction(
        SeriesState.ORDINARY, Family.CONTROL_PLANE, direction.by_networks
    ):
        return Direction(SeriesState.UNKNOWN, None)
    return direction


def _direction_by_any_series(
    side: _DirectionSeries, verdict: Verdict, networks: _Networks, watch: Watchlist
) -> Direction:
    own = _direction_by_place(side, verdict.own)
    by_networks = _direction_by_networks(side, networks, watch)
    if own.state is SeriesState.DROPPED or by_networks.state is not SeriesState.DROPPED:
        return by_networks if own.state is SeriesState.UNKNOWN else own
    return by_networks


def _direction_by_place(
    side: _DirectionSeries, findings: Iterable[Finding]
) -> Direction:
    """Return the state that the place's own series show.

    It is the state of the first family in `side.own` with a series that is dropped or
    normal. A series that reads low without a drop counts as unknown.
    """
    states = [(f.family, f.state) for f in findings if not _reads_low_without_drop(f)]
    for family in side.own:
        of_family = {state for other, state in states if other is family}
        for state in (SeriesState.DROPPED, SeriesState.ORDINARY):
            if state in of_family:
                return Direction(state, family)
    return Direction(SeriesState.UNKNOWN, None)


def _reads_low_without_drop(f: Finding) -> bool:
    """Whether a series is not in a drop, but reads below `NEARLY_NORMAL`."""
    low = f.level is not None and f.level < NEARLY_NORMAL
    return f.state is SeriesState.ORDINARY and low


def _direction_by_networks(
    side: _DirectionSeries, networks: _Networks, watch: Watchlist
) -> Direction:
    """Return the state that the networks show together.

    Networks whose own state is unknown are not counted. If none is left, the result is
    unknown. Otherwise it is dropped if at least half of the rest are down, ordinary if
    none is down, and unknown in between.
    """
    relevant = [
        tuple(f for f in findings if f.family in side.network_families)
        for entity, findings in networks.items()
        if watch.kind_of(entity) in side.kinds
    ]
    states = [_network_state(findings) for findings in relevant]
    down = states.count(SeriesState.DROPPED)
    assessed = len(states) - states.count(SeriesState.UNKNOWN)
    # If some networks are down, but fewer than half, the state is unknown.
    if not assessed or 0 < 2 * down < assessed:
        return Direction(SeriesState.UNKNOWN, None)
    state = SeriesState.DROPPED if down else SeriesState.ORDINARY
    families = {f.family for findings in relevant for f in findings if f.state is state}
    first = next(family for family in side.network_families if family in families)
    return Direction(state, first, by_networks=True)


def impact_without(impact: Impact, facts: Facts, silence: SilentSeries) -> Impact:
    """Return the published impact without what only silent series showed.

    A state that only silent series showed becomes unknown. Silent networks count as
    unknown.
    """
    return Impact(
        kinds=tuple(_kind_without(kind, facts, silence) for kind in impact.kinds),
        users_out=_direction_without(impact.users_out, _USERS, facts, silence),
        services_in=_direction_without(impact.services_in, _SERVICES, facts, silence),
    )


def _kind_without(
    impact: KindImpact, facts: Facts, silence: SilentSeries
) -> KindImpact:
    """Return the impact on one kind of network; silent networks count as unknown.

    If a network was down and is now silent, it does not count as down any more.
    """
    of_kind = [s for s in facts.parts.networks if s.kind is impact.kind]
    # A network without a level was silent already when the event was made. It was not
    # counted as down then, so it is not subtracted now.
    silent = sum(s.key in silence and s.level is not None for s in of_kind)
    if not silent:
        return impact
    levels = [s.level for s in of_kind if s.level is not None and s.key not in silence]
    return replace(
        impact,
        dropped=max(0, impact.dropped - silent),
        unknown=impact.unknown + silent,
        median_level=median(levels) if levels else None,
    )


def _direction_without(
    direction: Direction, side: _DirectionSeries, facts: Facts, silence: SilentSeries
) -> Direction:
    """Return the direction, with an unknown state if all series that show it are silent.

    Only the series that `facts` lists are considered. If `facts` lists no series that
    shows the state, the direction is unchanged.
    """
    networks = (s for s in facts.parts.networks if s.kind in side.kinds)
    own = (s for s in facts.levels.series if s.family is direction.family)
    keys = [s.key for s in (networks if direction.by_networks else own)]
    if not keys or not all(key in silence for key in keys):
        return direction
    return Direction(SeriesState.UNKNOWN, None)
