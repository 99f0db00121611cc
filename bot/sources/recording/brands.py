"""The names of sources whose readings come from recordings only.

Their credit lines and licences are in the recordings themselves.
"""

from typing import Final

from bot.model.signal import Family, SignalLabel, SourceBrand

BRANDS: Final = (
    SourceBrand(
        id="routeviews",
        name="RouteViews",
        signals={"routes": SignalLabel(Family.CONTROL_PLANE)},
        # IODA's BGP signal is computed from RouteViews and RIPE RIS collectors.
        evidence={"RouteViews": ("routeviews", "bgp")},
    ),
    SourceBrand(
        id="monash",
        name="Monash IP Observatory",
        signals={"reachability": SignalLabel(Family.ACTIVE_PROBING)},
        evidence={"Monash IP Observatory": ("monash",)},
    ),
    # The claim linter accepts our name in every text, so our brand needs no evidence.
    SourceBrand(id="outagewire", name="Outagewire", signals={}, evidence={}),
)
