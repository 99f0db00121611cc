"""The configuration section of the `ioda` source: what to watch, and request limits."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Literal, Self, TypeVar

from pydantic import AfterValidator, Field, field_validator, model_validator

from bot.model.entity import Entity, EntityKind
from bot.settings import Duration, Section, Timeout, between, matching
from bot.sources.ioda.signals import Datasource, catalogue

# CLDR territories that are not ISO 3166 countries: groupings, pseudo-locales, and codes
# that are reserved or user-assigned.
_NO_COUNTRY = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN"}
    | {"XA", "XB", "XK", "ZZ"}
)


def _region(code: str) -> str:
    """Return `code`; raise ValueError if it is not a valid region code."""
    # Creating the entity raises the error.
    Entity(EntityKind.REGION, code)
    return code


_Region = Annotated[str, AfterValidator(_region)]
_Item = TypeVar("_Item")
# TOML has lists where a frozen section has tuples, so a list is converted to a tuple.
# Its items are still validated strictly.
_Many = Annotated[tuple[_Item, ...], Field(strict=False)]
_Asn = Annotated[int, Field(ge=1, le=2**32 - 1)]
_IodaId = Annotated[
    str,
    matching(
        r"\d{1,9}", 'write IODA\'s number of the region in quotes, such as "1234"'
    ),
]


def _check_names(names: Iterable[str], valid: Iterable[str], kind: str) -> None:
    unknown = sorted(set(names) - set(valid))
    if unknown:
        raise ValueError(f"no such {kind}: {', '.join(unknown)}")


class SignalOverride(Section):
    """How a signal of the configured server differs from the live service's signal.

    A replay server, for example, may serve larger steps. A field that is None does not
    differ.
    """

    step: Annotated[Duration, between("1m", "1d")] | None = None
    lag: Annotated[Duration, between("0s", "7d")] | None = None
    unit: str | None = None
    minimum: Annotated[float, Field(ge=0)] | None = None
    credit: str | None = None
    licence: str | None = None


class IodaConfig(Section):
    """What to watch on IODA, and how to request it.

    Attributes:
        contact: the operator's address for IODA; it is sent in the User-Agent.
        countries: "all", or a list of ISO 3166 codes, which may include XK (Kosovo).
        regions: our region codes, each with IODA's number for the region
            ("KZ/Almaty" = "1234"). IODA's `entities/query` lists these numbers.
        networks: the AS numbers of the networks to watch.
        datasources: IODA's names of the datasources to read.
        min_interval: the shortest time between the starts of two requests.
        attempts: a request is sent at most this many times.
        batch: a request is for at most this many entities.
        signals: by signal id, how this server's signals differ from those of the live
            service.
        reconstruction: whether the server replays readings that were made from
            published facts instead of measurements.
    """

    base_url: Annotated[
        str,
        matching(
            r"https?://[^\s?#@]+[^\s?#@/]",
            "write the address of the API without a slash at its end",
        ),
    ] = "https://api.ioda.inetintel.cc.gatech.edu/v2"
    contact: Annotated[
        str,
        matching(
            r"[\x21-\x7e]*",
            "write a URL or mailto: address without spaces, in ASCII letters",
        ),
    ] = ""
    countries: Literal["all"] | _Many[str] = "all"
    regions: dict[_Region, _IodaId] = Field(default_factory=dict)
    networks: _Many[_Asn] = ()
    datasources: Annotated[_Many[str], Field(min_length=1)] = (
        "bgp",
        "ping-slash24",
        "merit-nt",
        "gtr",
    )
    min_interval: Annotated[Duration, between("0s", "1h")] = timedelta(seconds=2)
    timeout: Timeout = timedelta(seconds=45)
    attempts: Annotated[int, Field(ge=1, le=10)] = 4
    batch: Annotated[int, Field(ge=1, le=200)] = 40
    signals: dict[str, SignalOverride] = Field(default_factory=dict)
    reconstruction: bool = False

    @field_validator("datasources")
    @classmethod
    def _datasources_exist(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        _check_names(names, catalogue(), "datasource")
        return names

    @field_validator("countries")
    @classmethod
    def _countries_exist(cls, codes: str | tuple[str, ...]) -> str | tuple[str, ...]:
        if not isinstance(codes, str):
            # Kosovo has no ISO code, so "all" leaves it out, but XK may be listed.
            _check_names(codes, (*iso_countries(), "XK"), "country")
        return codes

    @field_validator("signals")
    @classmethod
    def _signals_exist(
        cls, overrides: dict[str, SignalOverride]
    ) -> dict[str, SignalOverride]:
        ids = [datasource.signal.id for datasource in catalogue().values()]
        _check_names(overrides, ids, "signal")
        return overrides

    @field_validator("regions")
    @classmethod
    def _numbers_differ(cls, regions: dict[str, str]) -> dict[str, str]:
        if len(set(regions.values())) < len(regions):
            raise ValueError("two regions have the same number; correct one of them")
        return regions

    @model_validator(mode="after")
    def _something_is_watched(self) -> Self:
        if self.countries != "all" and not self.watched_entities():
            raise ValueError("nothing to watch: name countries, regions or networks")
        return self

    def watched_entities(self) -> tuple[Entity, ...]:
        """Return each watched entity once: countries, regions, then networks."""
        codes = iso_countries() if self.countries == "all" else self.countries
        entities = [Entity(EntityKind.COUNTRY, c) for c in codes]
        entities += [Entity(EntityKind.REGION, code) for code in self.regions]
        entities += [Entity(EntityKind.ASN, str(n)) for n in self.networks]
        return tuple(dict.fromkeys(entities))

    def requested_datasources(self) -> tuple[Datasource, ...]:
        """Return the datasources to request, with the overrides in `signals` applied."""
        datasources = catalogue()
        names = dict.fromkeys(self.datasources)
        return tuple(self._as_served(datasources[name]) for name in names)

    def _as_served(self, datasource: Datasource) -> Datasource:
        override = self.signals.get(datasource.signal.id)
        changes = override.model_dump(exclude_none=True) if override else {}
        return replace(datasource, signal=replace(datasource.signal, **changes))


def iso_countries() -> tuple[str, ...]:
    """Return the ISO 3166 alpha-2 codes in CLDR, sorted."""
    from babel import Locale

    territories = Locale("en").territories
    codes = {str(code) for code in territories} - _NO_COUNTRY
    return tuple(sorted(code for code in codes if len(code) == 2 and code.isalpha()))
