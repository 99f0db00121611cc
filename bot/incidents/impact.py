"""Who is cut off, from the findings of a place and its networks (P4, P5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from bot.model.entity import Entity, EntityKind, NetworkKind
from bot.model.impact import Direction, Impact, KindImpact
from bot.model.incident import SeriesLevel
from bot.model.signal import Family
from bot.model.verdict import Finding, SeriesState, Verdict
from bot.model.watchlist import Watchlist

_KINDS = (NetworkKind.MOBILE, NetworkKind.FIXED, NetworkKind.HOSTING)


@dataclass(frozen=True, slots=True)
class _Side:
    """Who can tell of one direction.

    Attributes:
        own: families of the place's own series, the one that tells most first.
        kinds: networks of these kinds tell, too; by_family: by these of their series.
    """

    own: tuple[Family, ...]
    kinds: tuple[NetworkKind, ...]
    by_family: tuple[Family, ...]


# Traffic is what people do; where their own network is gone, they do nothing.
_USERS = _Side(
    own=(Family.TRAFFIC, Family.TELEMETRY),
    kinds=(NetworkKind.MOBILE, NetworkKind.FIXED),
    by_family=(
        Family.TRAFFIC,
        Family.TELEMETRY,
        Family.ACTIVE_PROBING,
        Family.CONTROL_PLANE,
    ),
)
# Probes come from outside, as visitors do; routes are the way in.
_SERVICES = _Side(
    own=(Family.ACTIVE_PROBING, Family.CONTROL_PLANE),
    kinds=(NetworkKind.HOSTING,),
    by_family=(Family.ACTIVE_PROBING, Family.CONTROL_PLANE),
)


def impact(verdict: Verdict, fallen: Iterable[SeriesLevel], watch: Watchlist) -> Impact:
    """What a verdict says of each kind of network, and of each direction.

    Args:
        verdict: with a finding for every watched series of the place.
        fallen: the parts that read dropped, as they are told; their levels are
            the ones that are used (P4).
        watch: which network is of what kind.
    """
    found = _by_network(verdict)
    told = {one.entity: one.level for one in fallen}
    return Impact(
        kinds=tuple(_of_kind(kind, found, told, watch) for kind in _KINDS),
        users_out=_direction(_USERS, verdict, found, watch),
        services_in=_direction(_SERVICES, verdict, found, watch),
    )


_Networks = Mapping[Entity, tuple[Finding, ...]]


def _by_network(verdict: Verdict) -> _Networks:
    found: dict[Entity, tuple[Finding, ...]] = {}
    for f in verdict.parts:
        if f.entity.kind is EntityKind.ASN:
            found[f.entity] = (*found.get(f.entity, ()), f)
    return found


def _of_kind(
    kind: NetworkKind,
    found: _Networks,
    told: Mapping[Entity, float | None],
    watch: Watchlist,
) -> KindImpact:
    marks = {e: _mark(f) for e, f in found.items() if watch.kind(e) is kind}
    down = [entity for entity, mark in marks.items() if mark is SeriesState.DROPPED]
    levels = [level for e in down if (level := told.get(e)) is not None]
    return KindImpact(
        kind=kind,
        watched=len(marks),
        dropped=len(down),
        unknown=sum(mark is SeriesState.UNKNOWN for mark in marks.values()),
        median_level=median(levels) if levels else None,
    )


def _mark(findings: Iterable[Finding]) -> SeriesState:
    """How one network reads: a fall that is not firm yet is nothing to count on."""
    known = [f for f in findings if f.state is not SeriesState.UNKNOWN]
    if any(f.state is SeriesState.DROPPED and f.firm for f in known):
        return SeriesState.DROPPED
    steady = known and all(f.state is SeriesState.ORDINARY for f in known)
    return SeriesState.ORDINARY if steady else SeriesState.UNKNOWN


def _direction(
    side: _Side, verdict: Verdict, found: _Networks, watch: Watchlist
) -> Direction:
    """The place's own series and the networks concerned: a fall outweighs.

    A place of which half the networks fell is not ordinary, whatever its average.
    """
    own = _own(side, verdict.own)
    networks = _networks(side, found, watch)
    if own.state is SeriesState.DROPPED or networks.state is not SeriesState.DROPPED:
        return networks if own.state is SeriesState.UNKNOWN else own
    return networks


def _own(side: _Side, findings: Iterable[Finding]) -> Direction:
    """The word of the first family that says anything."""
    states = [(f.family, f.state) for f in findings]
    for family in side.own:
        said = {state for whose, state in states if whose is family}
        for state in (SeriesState.DROPPED, SeriesState.ORDINARY):
            if state in said:
                return Direction(state, family)
    return Direction(SeriesState.UNKNOWN, None)


def _networks(side: _Side, found: _Networks, watch: Watchlist) -> Direction:
    """Dropped where half of those that tell fell, ordinary where none did."""
    those = [
        tuple(f for f in findings if f.family in side.by_family)
        for entity, findings in found.items()
        if watch.kind(entity) in side.kinds
    ]
    marks = [_mark(findings) for findings in those]
    fell, told = (
        marks.count(SeriesState.DROPPED),
        len(marks) - marks.count(SeriesState.UNKNOWN),
    )
    if not told or 0 < 2 * fell < told:
        return Direction(SeriesState.UNKNOWN, None)
    state = SeriesState.DROPPED if fell else SeriesState.ORDINARY
    telling = {f.family for findings in those for f in findings if f.state is state}
    first = next(family for family in side.by_family if family in telling)
    return Direction(state, first, by_networks=True)
