"""The IODA signals that we read, and how to request them.

Steps and lags were measured on the live service; units are IODA's own.
"""

from dataclasses import dataclass
from datetime import timedelta

from bot.model.entity import EntityKind
from bot.model.signal import ADDRESS_MAP, Family, Signal
from bot.sources.ioda.brand import CREDIT, GTR_CREDIT, LICENCE, LINK

# IODA's own detection ignores counts whose expected value is below this number.
_MIN_COUNT = 20.0
# How many /24 blocks, and how many addresses, IPv4 has.
_MAX_BLOCKS, _MAX_ADDRESSES = 2.0**24, 2.0**32
# Our own limit, because the Google series has no documented range. Google describes its
# normalised traffic as a country's share of worldwide traffic. IODA multiplies this
# share by 1e10. If that is right, no true value is above 1e10. The limit is a hundred
# times higher: it rejects corrupt numbers and no real reading. A wrong value below the
# limit does no harm: the baseline shows it as a rise, and no incident opens on a rise.
_MAX_GTR = 1e12
_EVERYWHERE = (EntityKind.COUNTRY, EntityKind.REGION, EntityKind.ASN)


@dataclass(frozen=True, slots=True)
class Datasource:
    """A signal and the way IODA serves it.

    Attributes:
        name: IODA's name of the datasource.
        kinds: the kinds of entities that have series.
        subtype: which series to request, if the datasource has several; "" if not.
    """

    name: str
    signal: Signal
    kinds: tuple[EntityKind, ...]
    subtype: str


def catalogue() -> dict[str, Datasource]:
    """Return the datasources that we can read, by IODA's name."""
    datasources = (
        _routes_datasource(),
        _probing_datasource(),
        _telescope_datasource(),
        _google_datasource(),
    )
    return {datasource.name: datasource for datasource in datasources}


def _routes_datasource() -> Datasource:
    """Return the datasource of routes.

    It counts the /24 blocks that more than half of the full-feed BGP peers see.
    """
    signal = _signal("bgp", "visible /24s", 5, 30, Family.CONTROL_PLANE, _MAX_BLOCKS)
    return Datasource("bgp", signal, _EVERYWHERE, "")


def _probing_datasource() -> Datasource:
    """Return the datasource of probing.

    It counts the /24 blocks that are judged to be up by probes from a single site.
    """
    family = Family.ACTIVE_PROBING
    signal = _signal("ping-slash24", "up /24s", 10, 40, family, _MAX_BLOCKS)
    return Datasource("ping-slash24", signal, _EVERYWHERE, "")


def _telescope_datasource() -> Datasource:
    """Return the datasource of the telescope.

    It counts the different addresses that send unsolicited traffic, and is very noisy.
    """
    family = Family.TELESCOPE
    signal = _signal("merit-nt", "unique source IPs", 5, 30, family, _MAX_ADDRESSES)
    return Datasource("merit-nt", signal, _EVERYWHERE, "")


def _google_datasource() -> Datasource:
    """Return the datasource of Google's web search traffic.

    Its values are published 2 to 3 hours late. Google normalises the traffic and IODA
    scales it. So only changes of the values have a meaning, and the signal has no
    `minimum` (the lowest baseline that can be assessed).
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
        maximum=_MAX_GTR,
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
        minimum=_MIN_COUNT,
        maximum=maximum,
        # IODA looks up the places of prefixes and blocks in one geolocation database.
        inputs=(ADDRESS_MAP,),
    )
