"""The watched entities, grouped by place."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.model.entity import Entity, EntityKind, Network, NetworkKind


# This class has no slots, because `cached_property` stores its value in `__dict__`.
@dataclass(frozen=True)
class Watchlist:
    """The watched entities, grouped into places.

    Attributes:
        place_of: for each entity, the place of its incidents: usually its country, or
            the entity itself if its country is not known.
        networks: the register's entry of each watched network that the register lists.
        zones: for each place, its principal time zone in the tz database. The zone of a
            place that is not listed is UTC.
    """

    place_of: Mapping[Entity, Entity]
    networks: Mapping[Entity, Network]
    zones: Mapping[Entity, str] = field(default_factory=dict)

    def parts_of(self, place: Entity) -> tuple[Entity, ...]:
        """Return the watched networks and regions of `place`, in order."""
        return self._parts.get(place, ())

    @cached_property
    def _parts(self) -> dict[Entity, tuple[Entity, ...]]:
        parts: dict[Entity, list[Entity]] = {}
        for entity, place in sorted(self.place_of.items()):
            if entity != place:
                parts.setdefault(place, []).append(entity)
        return {place: tuple(those) for place, those in parts.items()}

    def kind_of(self, entity: Entity) -> NetworkKind:
        """Return the kind of a network; UNKNOWN if `entity` is not in the register."""
        network = self.networks.get(entity)
        return network.kind if network else NetworkKind.UNKNOWN


def _utc(_: Entity) -> str:
    return "UTC"


def group_into_places(
    entities: Iterable[Entity],
    networks: Mapping[Entity, Network],
    place_by_source: Mapping[Entity, Entity],
    zone_of: Callable[[Entity], str] = _utc,
) -> Watchlist:
    """Group entities into places: by country, if their country is known.

    Args:
        entities: the watched entities.
        networks: the entries of the register of networks, by entity.
        place_by_source: the place that a source gives for a region or network. This place
            is used even if the register names another country.
        zone_of: returns the time zone of a place, as in the tz database.
    """
    watched = sorted(set(entities))
    place_of = {e: _place_of(e, networks, place_by_source) for e in watched}
    return Watchlist(
        place_of=place_of,
        networks={e: networks[e] for e in watched if e in networks},
        zones={place: zone_of(place) for place in sorted(set(place_of.values()))},
    )


def _place_of(
    entity: Entity,
    networks: Mapping[Entity, Network],
    place_by_source: Mapping[Entity, Entity],
) -> Entity:
    # `place_by_source` is asked before the register: a recording of one country assigns all
    # its networks to that country, wherever the register places them.
    if entity in place_by_source:
        return place_by_source[entity]
    network = networks.get(entity)
    country = network.country if network else entity.country
    return Entity(EntityKind.COUNTRY, country) if country else entity
