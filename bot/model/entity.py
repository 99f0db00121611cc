"""A place or a network: what can be cut off."""

import re
from dataclasses import dataclass
from enum import StrEnum

_COUNTRY = re.compile(r"^[A-Z]{2}$")
_REGION = re.compile(r"^[A-Z]{2}(/[^/]+)+$")
_ASN = re.compile(r"^\d{1,10}$")


class EntityKind(StrEnum):
    """What sort of thing an entity is."""

    COUNTRY = "country"
    REGION = "region"
    ASN = "asn"


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """`country:KZ`, `region:KZ/Almaty` or `asn:9198`."""

    kind: EntityKind
    code: str

    def __post_init__(self) -> None:
        """Refuse a code that its kind cannot have.

        Raises:
            ValueError: naming the entity as it was written.
        """
        pattern = {
            EntityKind.COUNTRY: _COUNTRY,
            EntityKind.REGION: _REGION,
            EntityKind.ASN: _ASN,
        }[self.kind]
        if not pattern.match(self.code):
            raise ValueError(f"not an entity: {self.kind}:{self.code}")

    def __str__(self) -> str:
        """As it is written everywhere."""
        return f"{self.kind}:{self.code}"

    @property
    def country(self) -> str | None:
        """The country code that the entity itself tells; a network tells none."""
        return None if self.kind is EntityKind.ASN else self.code[:2]

    @property
    def leaf(self) -> str:
        """The last part of the code: a region's own name."""
        return self.code.rsplit("/", 1)[-1]


def parse_entity(text: str) -> Entity:
    """Read `kind:code`.

    Raises:
        ValueError: when it is not one.
    """
    kind, _, code = text.partition(":")
    if kind not in set(EntityKind):
        raise ValueError(
            f"not an entity: {text!r} (write country:KZ, region:KZ/Almaty, asn:9198)"
        )
    return Entity(EntityKind(kind), code)


class NetworkKind(StrEnum):
    """What a network is to its users."""

    MOBILE = "mobile"
    FIXED = "fixed"
    TRANSIT = "transit"
    HOSTING = "hosting"
    ACADEMIC = "academic"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Network:
    """A network as people know it: number, brand, holder, kind, country."""

    asn: int
    brand: str
    holder: str
    kind: NetworkKind
    country: str

    @property
    def entity(self) -> Entity:
        """The network as an entity."""
        return Entity(EntityKind.ASN, str(self.asn))
