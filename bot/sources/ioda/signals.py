"""What IODA measures that we watch: signals, and how to ask for them.

Steps and lags are measured facts of the live service; units are IODA's own.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.model.entity import EntityKind
from bot.model.signal import Family, Signal
from bot.sources.ioda.brand import CREDIT, GTR_CREDIT, LICENCE, LINK

# Below it IODA itself judges no count.
_LEAST_COUNT = 20.0
# IPv4 has no more /24 blocks, and no more addresses.
_BLOCKS, _ADDRESSES = 2.0**24, 2.0**32
# Google does not document its scale, so this only excludes what is no measurement.
_MOST_TRAFFIC = 1e12
_EVERYWHERE = (EntityKind.COUNTRY, EntityKind.REGION, EntityKind.ASN)


@dataclass(frozen=True, slots=True)
class Datasource:
    """A signal as IODA serves it.

    Attributes:
        name: IODA's own name for it.
        kinds: the kinds of entities it has series for.
        subtype: the one series we ask for where a datasource has several.
    """

    name: str
    signal: Signal
    kinds: tuple[EntityKind, ...]
    subtype: str


def catalogue() -> dict[str, Datasource]:
    """Every datasource we can read, by IODA's name for it."""
    every = (_bgp(), _ping(), _telescope(), _google())
    return {datasource.name: datasource for datasource in every}


def _bgp() -> Datasource:
    """Routes: /24s that more than half of the full-feed BGP peers see."""
    signal = _signal("bgp", "visible /24s", 5, 30, Family.CONTROL_PLANE, _BLOCKS)
    return Datasource("bgp", signal, _EVERYWHERE, "")


def _ping() -> Datasource:
    """Active probing: /24s judged up; all probers stand at one site."""
    family = Family.ACTIVE_PROBING
    signal = _signal("ping-slash24", "up /24s", 10, 40, family, _BLOCKS)
    return Datasource("ping-slash24", signal, _EVERYWHERE, "")


def _telescope() -> Datasource:
    """Network telescope: unique sources of unsolicited traffic; the noisiest."""
    family = Family.TELESCOPE
    signal = _signal("merit-nt", "unique source IPs", 5, 30, family, _ADDRESSES)
    return Datasource("merit-nt", signal, _EVERYWHERE, "")


def _google() -> Datasource:
    """Google's web search traffic, half-hourly and two to three hours late.

    Normalised by Google and scaled: only its changes mean something, so there is
    no least count.
    """
    signal = Signal(
        id="ioda.gtr",
        unit="normalised traffic",
        step=timedelta(minutes=30),
        lag=timedelta(hours=3),
        family=Family.TRAFFIC,
        credit=GTR_CREDIT,
        licence=LICENCE,
        link=LINK,
        maximum=_MOST_TRAFFIC,
    )
    return Datasource("gtr", signal, (EntityKind.COUNTRY,), "WEB_SEARCH")


def _signal(
    name: str, unit: str, step_m: int, lag_m: int, family: Family, maximum: float
) -> Signal:
    return Signal(
        id=f"ioda.{name}",
        unit=unit,
        step=timedelta(minutes=step_m),
        lag=timedelta(minutes=lag_m),
        family=family,
        credit=CREDIT,
        licence=LICENCE,
        link=LINK,
        minimum=_LEAST_COUNT,
        maximum=maximum,
    )
