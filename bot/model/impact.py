"""Who is cut off: by kind of network, and in which direction."""

from dataclasses import dataclass

from bot.model.entity import NetworkKind
from bot.model.signal import Family
from bot.model.verdict import SeriesState


@dataclass(frozen=True, slots=True)
class KindImpact:
    """The watched networks of one kind, as they read now.

    Attributes:
        watched: how many are watched; 0 says nothing of the kind (P5).
        dropped: how many of them read dropped.
        unknown: how many say nothing that can be relied on; not ordinary (P5).
        median_level: the median level of those that fell, as a fraction of
            ordinary; None where none fell or no level is known.
    """

    kind: NetworkKind
    watched: int
    dropped: int
    unknown: int
    median_level: float | None


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction in one word.

    Attributes:
        state: ordinary, dropped or unknown.
        family: whose word it is; None where it is unknown.
        by_networks: networks of the kind concerned tell it, not the place's own
            series.
    """

    state: SeriesState
    family: Family | None
    by_networks: bool = False


@dataclass(frozen=True, slots=True)
class Impact:
    """Impact as a vector.

    Attributes:
        kinds: mobile, fixed and hosting networks, in that order.
        users_out: whether people in the place reach out.
        services_in: whether the world reaches what is hosted in the place.
    """

    kinds: tuple[KindImpact, ...]
    users_out: Direction
    services_in: Direction
