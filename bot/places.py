"""What people call things: names, hashtags, local time, and networks by brand."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from zoneinfo import ZoneInfo

import regex
from babel import Locale
from babel.core import get_global

from bot.errors import ConfigError
from bot.model.entity import Entity, EntityKind, Network, NetworkKind

_NEEDED = ("asn", "brand", "holder", "kind", "country", "source", "date")
_TAG_LANGUAGE = "en"
_WORD = regex.compile(r"[\p{L}\p{M}\p{Nd}]+")


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """Networks, zones and names; read once, never changed, equal to itself alone.

    Attributes:
        networks: by AS number.
        zones: the tz database's name of a country's principal zone, by country code.
        names: shorter names where CLDR is formal, by language and country code.
        brands: local spellings of brands, by language and AS number.
        cities: names where CLDR's are not the usual ones, by language and zone.
    """

    networks: Mapping[int, Network]
    zones: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]
    brands: Mapping[str, Mapping[str, str]]
    cities: Mapping[str, Mapping[str, str]]

    def network(self, asn: int) -> Network | None:
        """The network of that number, if we have it on record with a source."""
        return self.networks.get(asn)

    def networks_of(self, country: str) -> tuple[Network, ...]:
        """The networks on record for a country, by number."""
        rows = (n for n in self.networks.values() if n.country == country)
        return tuple(sorted(rows, key=lambda n: n.asn))

    def country(self, entity: Entity) -> str | None:
        """The country code of any entity, a network's through the record."""
        if entity.kind is not EntityKind.ASN:
            return entity.country
        found = self.network(int(entity.code))
        return found.country if found else None

    def name(self, entity: Entity, lang: str, brand: str = "") -> str:
        """What people call it: a country by CLDR, a region by its leaf, a network by brand.

        `brand` is a network's as it was known when something was found of it.
        """
        if entity.kind is EntityKind.REGION:
            return entity.leaf
        if entity.kind is EntityKind.ASN:
            found = self.network(int(entity.code))
            local = self.brands.get(lang, {}).get(entity.code)
            return local or brand or (found.brand if found else f"AS{entity.code}")
        short = self.names.get(lang, {}).get(entity.code)
        return short or _cldr_name(entity.code, lang)

    def hashtag(self, entity: Entity, lang: str = _TAG_LANGUAGE) -> str:
        """The name as one tag: #Kazakhstan, #CotedIvoire, #Казахстан, #جمهورية_الكونغو.

        Letters, their marks and digits alone, which every platform takes for a tag.
        In English without accents, as people type it there; where a script has no
        capitals to tell the words apart, a low line does.
        """
        name = self.name(entity, lang)
        if lang.partition("-")[0] == _TAG_LANGUAGE:
            plain = unicodedata.normalize("NFKD", name)
            name = plain.encode("ascii", "ignore").decode("ascii")
        words = _WORD.findall(unicodedata.normalize("NFC", name))
        if not any(c.isupper() for c in name):
            return "#" + "_".join(words)
        # "dIvoire" keeps its own capital; "of" gets one.
        return "#" + "".join(w.capitalize() if w.islower() else w for w in words)

    def zone(self, entity: Entity) -> str:
        """The tz database's name of the zone whose clocks most people there read."""
        return self.zones.get(self.country(entity) or "", "UTC")

    def local(self, at: datetime, entity: Entity) -> datetime:
        """`at` on the clocks of the place, with the offset of that time (P9)."""
        return at.astimezone(_zone_info(self.zone(entity)))

    def city(self, entity: Entity, lang: str) -> str:
        """The city its zone is named after; "UTC" where no zone is known."""
        zone = self.zone(entity)
        local = self.cities.get(lang.partition("-")[0], {}).get(zone)
        return local or _cldr_city(zone, lang)

    def cities_of(self, entity: Entity, lang: str) -> frozenset[str]:
        """Its city as we call it and as CLDR does."""
        return frozenset({self.city(entity, lang), _cldr_city(self.zone(entity), lang)})


def _cldr_city(zone: str, lang: str) -> str:
    known = Locale.parse(lang, sep="-").time_zones
    # CLDR keeps a city under its zone's first name, as it was before it was renamed.
    for name in (zone, *_older_names(zone)):
        if zone != "UTC" and "city" in known.get(name, {}):
            return str(known[name]["city"])
    return zone.replace("_", " ").rsplit("/", 1)[-1]


def load_register() -> Register:
    """Read the register that the package carries.

    Raises:
        ConfigError: a row lacks its source, its date or another field.
    """
    data = files("bot") / "data"
    extra = tomllib.loads((data / "names.toml").read_text(encoding="utf-8"))
    return Register(
        networks=read_networks((data / "operators.toml").read_text(encoding="utf-8")),
        zones={**_first_zones(), **extra["zones"]},
        names=extra["names"],
        brands=extra["brands"],
        cities=extra["cities"],
    )


def read_networks(text: str) -> dict[int, Network]:
    """Networks by number, from TOML.

    Raises:
        ConfigError: naming every row that lacks something, above all its source.
    """
    rows = tomllib.loads(text).get("network", [])
    problems = tuple(
        f"network {row.get('asn', number)}: {key} is missing"
        for number, row in enumerate(rows, start=1)
        for key in _NEEDED
        if not row.get(key)
    )
    if problems:
        raise ConfigError(problems)
    return {row["asn"]: _network(row) for row in rows}


def _network(row: Mapping[str, object]) -> Network:
    return Network(
        asn=int(str(row["asn"])),
        brand=str(row["brand"]),
        holder=str(row["holder"]),
        kind=NetworkKind(str(row["kind"])),
        country=str(row["country"]),
    )


def _first_zones() -> dict[str, str]:
    """The first zone that tzdata's zone.tab has for each country."""
    zones: dict[str, str] = {}
    for line in (_tzdata() / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones.setdefault(country, zone)
    return zones


def _tzdata() -> Traversable:
    return files("tzdata") / "zoneinfo"


@lru_cache(maxsize=512)
def _zone_info(zone: str) -> ZoneInfo:
    """The zone from the tzdata package, so that every machine says the same (P14)."""
    path = _tzdata()
    for part in zone.split("/"):
        path = path / part
    with path.open("rb") as stream:
        return ZoneInfo.from_file(stream, key=zone)


@lru_cache(maxsize=512)
def _older_names(zone: str) -> tuple[str, ...]:
    aliases = get_global("zone_aliases")
    return tuple(sorted(old for old, new in aliases.items() if new == zone))


@lru_cache(maxsize=1024)
def _cldr_name(country: str, lang: str) -> str:
    return str(Locale.parse(lang, sep="-").territories.get(country, country))
