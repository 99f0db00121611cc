"""What is watched, and what belongs to what."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.model.entity import Entity, EntityKind, Network, NetworkKind


@dataclass(frozen=True)
class Watchlist:
    """The watched entities, grouped into places.

    Attributes:
        place_of: for every entity the place that incidents are told of: mostly
            its country; the entity itself where no country is known.
        networks: the register's entries for watched networks.
        zones: by place the tz database's name of the zone most people there live by;
            a place that is not named keeps UTC.
    """

    place_of: Mapping[Entity, Entity]
    networks: Mapping[Entity, Network]
    zones: Mapping[Entity, str] = field(default_factory=dict)

    def parts(self, place: Entity) -> tuple[Entity, ...]:
        """The watched networks and regions of `place`, in order."""
        return self._parts.get(place, ())

    @cached_property
    def _parts(self) -> dict[Entity, tuple[Entity, ...]]:
        parts: dict[Entity, list[Entity]] = {}
        for entity, place in sorted(self.place_of.items()):
            if entity != place:
                parts.setdefault(place, []).append(entity)
        return {place: tuple(those) for place, those in parts.items()}

    def kind(self, entity: Entity) -> NetworkKind:
        """What sort of network `entity` is, as far as is known."""
        network = self.networks.get(entity)
        return network.kind if network else NetworkKind.UNKNOWN


def _utc(_: Entity) -> str:
    return "UTC"


def group(
    entities: Iterable[Entity],
    networks: Mapping[Entity, Network],
    parents: Mapping[Entity, Entity],
    zone: Callable[[Entity], str] = _utc,
) -> Watchlist:
    """Put every entity under its country, as far as its country is known.

    Args:
        entities: what is watched.
        networks: the register's entries.
        parents: places of regions, where their code does not tell.
        zone: the tz database's name of a place's zone.
    """
    known = sorted(set(entities))
    place_of = {e: _place(e, networks, parents) for e in known}
    return Watchlist(
        place_of=place_of,
        networks={e: networks[e] for e in known if e in networks},
        zones={place: zone(place) for place in sorted(set(place_of.values()))},
    )


def _place(
    entity: Entity,
    networks: Mapping[Entity, Network],
    parents: Mapping[Entity, Entity],
) -> Entity:
    if entity in parents:
        return parents[entity]
    network = networks.get(entity)
    country = network.country if network else entity.country
    return Entity(EntityKind.COUNTRY, country) if country else entity
