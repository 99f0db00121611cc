"""Names, hashtags and time zones of places, and the register of networks."""

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
# Some countries have no zone in the tz database; their clocks show the time of another
# country. Texts must not name the other country's city, so zones for them are named here.
_SHARED_CLOCKS = {"Europe/Pristina": "Europe/Belgrade"}
"""Zones that the tz database lacks, each with a listed zone that has the same time."""
_WORD = regex.compile(r"[\p{L}\p{M}\p{Nd}]+")


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """The known networks, time zones and names; immutable, compared by identity.

    Attributes:
        networks: the networks in the register, by AS number.
        zones: the principal zone of each country, by country code: a name of the tz
            database or of `_SHARED_CLOCKS`.
        names: short names by language and country code, for the countries whose name in
            CLDR is a formal name.
        brands: local spellings of brands, by language and AS number.
        cities: usual names of cities by language and time zone, where CLDR has another
            name.
        region_ranks: the English word for a state's counties, such as "Parish", by
            country code and the state's name in the form of `comparison_key`. The key
            `"*"` stands for all states that are not listed.
        region_zones: the time zone of each region, by country code and the region's
            name in the form of `comparison_key`, for countries with several zones. The
            key `"*"` stands for all regions that are not listed.
    """

    networks: Mapping[int, Network]
    zones: Mapping[str, str]
    names: Mapping[str, Mapping[str, str]]
    brands: Mapping[str, Mapping[str, str]]
    cities: Mapping[str, Mapping[str, str]]
    region_zones: Mapping[str, Mapping[str, str]]
    region_ranks: Mapping[str, Mapping[str, str]]

    def network(self, asn: int) -> Network | None:
        """Return the network with the AS number `asn`; None if not in the register."""
        return self.networks.get(asn)

    def networks_of(self, country: str) -> tuple[Network, ...]:
        """Return the register's networks of a country, ordered by AS number."""
        rows = (n for n in self.networks.values() if n.country == country)
        return tuple(sorted(rows, key=lambda n: n.asn))

    def country(self, entity: Entity) -> str | None:
        """Return an entity's country code; None for a network not in the register."""
        if entity.kind is not EntityKind.ASN:
            return entity.country
        network = self.network(int(entity.code))
        return network.country if network else None

    def name(self, entity: Entity, lang: str, brand: str = "") -> str:
        """Return a country's usual name, a region's name or a network's brand.

        In English the name of a county has its rank: "Acadia Parish".

        Args:
            entity: what is named.
            lang: a language code as in CLDR.
            brand: the network's brand when the event was recorded; "" if unknown.
        """
        if entity.kind is EntityKind.REGION:
            return self._region_name(entity, lang)
        if entity.kind is EntityKind.ASN:
            network = self.network(int(entity.code))
            local = self.brands.get(lang, {}).get(entity.code)
            # A brand in `lang` comes first. Otherwise the brand recorded with the event
            # is preferred to the network's: the register may have changed since.
            return local or brand or (network.brand if network else f"AS{entity.code}")
        short = self.names.get(lang, {}).get(entity.code)
        return short or _cldr_name(entity.code, lang)

    def _region_name(self, entity: Entity, lang: str) -> str:
        """Return a region's name; English adds a county's kind: "Orange County"."""
        country, *states, name = entity.code.split("/")
        if len(states) != 1 or lang.partition("-")[0] != _TAG_LANGUAGE:
            return name
        ranks = self.region_ranks.get(country, {})
        rank = ranks.get(comparison_key(states[0]), ranks.get("*", ""))
        # Independent cities such as "Carson City" are in no county.
        return f"{name} {rank}" if rank and not name.endswith(" City") else name

    def state_name(self, entity: Entity) -> str:
        """Return the name of the state or province in a region's code."""
        return entity.code.split("/")[1]

    def hashtag(self, entity: Entity, lang: str = _TAG_LANGUAGE) -> str:
        """Return the name as a hashtag: #Kazakhstan, #CotedIvoire, #Казахстан.

        A tag has letters, combining marks, digits and underscores only, which every
        platform accepts. English tags have no accents. In scripts without capital
        letters, underscores separate the words.
        """
        name = self.name(entity, lang)
        if lang.partition("-")[0] == _TAG_LANGUAGE:
            plain = unicodedata.normalize("NFKD", name)
            name = plain.encode("ascii", "ignore").decode("ascii")
        words = _WORD.findall(unicodedata.normalize("NFC", name))
        if not any(c.isupper() for c in name):
            return "#" + "_".join(words)
        # Only words without capitals are changed: "of" becomes "Of", "dIvoire" stays.
        return "#" + "".join(w.capitalize() if w.islower() else w for w in words)

    def principal_zone(self, entity: Entity) -> str:
        """Return the main time zone of the entity's country; "UTC" if it is not known.

        The result is a name of the tz database.
        """
        zone = self._listed_zone(entity)
        return _SHARED_CLOCKS.get(zone, zone)

    def _listed_zone(self, entity: Entity) -> str:
        # The country of a network may be unknown. Its local time is then unknown too,
        # and texts give times in UTC only.
        return self.zones.get(self.country(entity) or "", "UTC")

    @property
    def countries(self) -> frozenset[str]:
        """The codes of all countries that are in ISO 3166 or in `zones`.

        Some countries of ISO 3166 are not in `zones`, because nobody lives there.
        """
        return _iso_countries() | self.zones.keys()

    @property
    def all_zones(self) -> frozenset[str]:
        """All time zones in which a text may give times, except UTC."""
        of_regions = (
            zone for zones in self.region_zones.values() for zone in zones.values()
        )
        return frozenset({*self.zones.values(), *of_regions} - {"UTC"})

    def local_zone(self, entity: Entity) -> str:
        """Return the time zone that people in the entity use; "UTC" if it is not known.

        For a region, this is the zone of the region; `principal_zone` returns the main
        zone of the whole country. Texts name the city of the zone, and this city should
        be in the entity's country. So if the tz database has no zone for the country,
        this method returns a key of `_SHARED_CLOCKS`, named after a city of the
        country. `principal_zone` then returns the zone of the tz database that has the
        same time.
        """
        country = self.country(entity) or ""
        regions = self.region_zones.get(country)
        if entity.kind is not EntityKind.REGION or regions is None:
            return self._listed_zone(entity)
        # A county has the zone of its state, unless the county itself is listed.
        own, state = entity.code.partition("/")[2], entity.code.split("/")[1]
        listed = (regions.get(comparison_key(name)) for name in (own, state))
        return next(filter(None, listed), regions.get("*", "UTC"))

    def city(self, zone: str, lang: str) -> str:
        """Return the city that a time zone is named after; "UTC" for the zone UTC."""
        local = self.cities.get(lang.partition("-")[0], {}).get(zone)
        return local or _cldr_city(zone, lang)

    def cities_of(self, zone: str, lang: str) -> frozenset[str]:
        """Return the name of the zone's city as in the register, and as in CLDR."""
        return frozenset({self.city(zone, lang), _cldr_city(zone, lang)})


def local_time(time: datetime, zone: str) -> datetime:
    """Return `time` as local time in `zone`, with the UTC offset of that time (P9)."""
    return time.astimezone(_zone_info(_SHARED_CLOCKS.get(zone, zone)))


def comparison_key(name: str) -> str:
    """Return a name's letters without case and accents, for comparing names."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in plain if c.isalpha())


def _cldr_city(zone: str, lang: str) -> str:
    cities = Locale.parse(lang, sep="-").time_zones
    # CLDR lists the city of a renamed zone under the zone's original name.
    for name in (zone, *_older_names(zone)):
        if zone != "UTC" and "city" in cities.get(name, {}):
            return str(cities[name]["city"])
    return zone.replace("_", " ").rsplit("/", 1)[-1]


@lru_cache(maxsize=1)
def load_register() -> Register:
    """Read the register from the package's data files, once for each process.

    Raises:
        ConfigError: a network's row lacks its source, its date or another field.
    """
    data = files("bot") / "data"
    extra = tomllib.loads((data / "names.toml").read_text(encoding="utf-8"))
    return Register(
        networks=read_networks((data / "operators.toml").read_text(encoding="utf-8")),
        # The first zone of a country is not always the zone of most of its people. The
        # data file replaces such zones.
        zones={**_first_zone_by_country(), **extra["zones"]},
        names=extra["names"],
        brands=extra["brands"],
        cities=extra["cities"],
        region_zones=_region_zones((data / "region-zones.toml").read_text("utf-8")),
        region_ranks=_county_words((data / "region-ranks.toml").read_text("utf-8")),
    )


def _region_zones(text: str) -> dict[str, dict[str, str]]:
    """Return the zones of regions, by country code and comparable name, from TOML."""
    return {
        country: {
            "*" if name == "*" else comparison_key(name): zone
            for zone, names in zones.items()
            for name in names
        }
        for country, zones in tomllib.loads(text).items()
    }


def _county_words(text: str) -> dict[str, dict[str, str]]:
    """Return the words for counties, such as "Parish", by country code and state key."""
    return {
        country: {
            state if state == "*" else comparison_key(state): rank
            for state, rank in ranks.items()
        }
        for country, ranks in tomllib.loads(text).items()
    }


def read_networks(text: str) -> dict[int, Network]:
    """Return networks by AS number, read from TOML text.

    Raises:
        ConfigError: rows lack fields; the message names every such row and field.
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


def _first_zone_by_country() -> dict[str, str]:
    """Return the first zone of each country in tzdata's zone.tab."""
    zones: dict[str, str] = {}
    for line in (_tzdata() / "zone.tab").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            zones.setdefault(country, zone)
    return zones


@lru_cache(maxsize=1)
def _iso_countries() -> frozenset[str]:
    """Return the country codes of ISO 3166, from tzdata's iso3166.tab."""
    lines = (_tzdata() / "iso3166.tab").read_text(encoding="utf-8").splitlines()
    rows = (line for line in lines if line and not line.startswith("#"))
    return frozenset(row.partition("\t")[0] for row in rows)


def _tzdata() -> Traversable:
    return files("tzdata") / "zoneinfo"


@lru_cache(maxsize=512)
def _zone_info(zone: str) -> ZoneInfo:
    """Read a zone from the tzdata package, which is the same on every machine (P14)."""
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
