"""How IODA is named and credited in everything that is published."""

from typing import Final

from bot.model.signal import Family, SignalLabel, SourceBrand

# IODA's page footer grants no licence. IODA is credited and linked wherever its data is
# used.
CREDIT: Final = "IODA, Internet Intelligence Lab, Georgia Tech"
GTR_CREDIT: Final = (
    "Google Transparency Report, through IODA (Internet Intelligence Lab, Georgia Tech)"
)
LICENCE: Final = "© Georgia Tech Research Corporation, all rights reserved"
LINK: Final = "https://ioda.inetintel.cc.gatech.edu/"

BRANDS: Final = (
    SourceBrand(
        id="ioda",
        name="IODA",
        signals={
            "bgp": SignalLabel(Family.CONTROL_PLANE),
            "ping-slash24": SignalLabel(Family.ACTIVE_PROBING),
            "merit-nt": SignalLabel(Family.TELESCOPE),
            "gtr": SignalLabel(Family.TRAFFIC, product="Google"),
            # This signal is not read live, but recordings of IODA may contain it.
            "mozilla": SignalLabel(Family.TELEMETRY, product="Firefox"),
        },
        # Texts may name three other organisations too: IODA serves what they measure.
        evidence={
            "IODA": ("ioda",),
            "Google": ("gtr", "google"),
            "Merit": ("merit",),
            "Mozilla": ("mozilla",),
        },
        other_names=(
            "Internet Outage Detection and Analysis",
            "Internet Intelligence Lab",
            "Georgia Tech",
            "Georgia",
            "Tech",
            "Firefox",
        ),
    ),
)
