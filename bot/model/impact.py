"""Impact: who is cut off, by kind of network and by direction."""

from dataclasses import dataclass

from bot.model.entity import NetworkKind
from bot.model.signal import Family
from bot.model.verdict import SeriesState


@dataclass(frozen=True, slots=True)
class KindImpact:
    """The state of the watched networks of one kind.

    Attributes:
        watched: how many are watched; 0: the impact is not known (P5).
        dropped: how many of them are down.
        unknown: how many have no reliable reading; they do not count as normal (P5).
        median_level: the median level of the networks that are down, 1.0 is normal;
            None if none is down or no level is known.
    """

    kind: NetworkKind
    watched: int
    dropped: int
    unknown: int
    median_level: float | None


@dataclass(frozen=True, slots=True)
class Direction:
    """The state of a place's traffic in one direction.

    Attributes:
        state: ordinary, dropped or unknown.
        family: the family that shows the state; None where the state is unknown.
        by_networks: whether the series of the place's networks show the state, and
            not the place's own.
        is_pending: whether the state is unknown because no reading since the onset has
            arrived yet.
    """

    state: SeriesState
    family: Family | None
    by_networks: bool = False
    is_pending: bool = False


@dataclass(frozen=True, slots=True)
class Impact:
    """The impact of an incident.

    Attributes:
        kinds: mobile, fixed and hosting networks, in that order.
        users_out: whether users in the place reach the internet.
        services_in: whether the internet reaches services hosted in the place.
    """

    kinds: tuple[KindImpact, ...]
    users_out: Direction
    services_in: Direction
