"""Entities: the countries, regions and networks that are watched."""

import re
from dataclasses import dataclass
from enum import StrEnum

_COUNTRY = re.compile(r"[A-Z]{2}")
_REGION = re.compile(r"[A-Z]{2}(/[^/]+)+")
_ASN = re.compile(r"[0-9]{1,10}")


class EntityKind(StrEnum):
    """The kind of an entity."""

    COUNTRY = "country"
    REGION = "region"
    ASN = "asn"


# Ordered, so that a sorted set of entities is the same in every process (P14).
@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A country, region or network: `country:KZ`, `region:KZ/Almaty` or `asn:9198`.

    Attributes:
        code: the part after the colon.
    """

    kind: EntityKind
    code: str

    def __post_init__(self) -> None:
        """Check that the code has the form that its kind requires.

        Raises:
            ValueError: the code has another form; the message names the entity.
        """
        pattern = {
            EntityKind.COUNTRY: _COUNTRY,
            EntityKind.REGION: _REGION,
            EntityKind.ASN: _ASN,
        }[self.kind]
        # Only printable codes are accepted: a control character in a name could end a
        # line in a log, or a cell in a file.
        if not pattern.fullmatch(self.code) or not self.code.isprintable():
            text = f"{self.kind}:{self.code}"
            raise ValueError(
                f"not an entity: {text if text.isprintable() else repr(text)}"
            )

    def __str__(self) -> str:
        """Return `kind:code`, the form used in files and messages."""
        return f"{self.kind}:{self.code}"

    @property
    def country(self) -> str | None:
        """Return the code of the country; None for a network."""
        # An AS number does not show the country of a network; the register of networks
        # does.
        return None if self.kind is EntityKind.ASN else self.code[:2]

    @property
    def last_code_part(self) -> str:
        """Return the code after its last slash, such as `Almaty` of `KZ/Almaty`.

        For a country or a network, this is the whole code.
        """
        return self.code.rsplit("/", 1)[-1]


SeriesKey = tuple[Entity, str]
"""The key of a series: its entity, and the id of its signal."""


def parse_entity(text: str) -> Entity:
    """Parse `kind:code`.

    Raises:
        ValueError: the text does not have this form.
    """
    kind, _, code = text.partition(":")
    if kind not in set(EntityKind):
        raise ValueError(
            f"not an entity: {text!r}; write it in a form such as country:KZ,"
            " region:KZ/Almaty or asn:9198"
        )
    return Entity(EntityKind(kind), code)


class NetworkKind(StrEnum):
    """What a network is used for."""

    MOBILE = "mobile"
    FIXED = "fixed"
    TRANSIT = "transit"
    HOSTING = "hosting"
    ACADEMIC = "academic"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Network:
    """A network: AS number, brand, holder, kind and country."""

    asn: int
    brand: str
    holder: str
    kind: NetworkKind
    country: str

    @property
    def entity(self) -> Entity:
        """The network as an entity."""
        return Entity(EntityKind.ASN, str(self.asn))
