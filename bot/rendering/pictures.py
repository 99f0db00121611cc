"""The theme of a draft's picture, and the record of the picture."""

import hashlib
from collections.abc import Sequence

from bot.charts.canvas.theme import DARK, LIGHT, POST, Theme
from bot.model.draft import ColorScheme, Outlet, Picture
from bot.model.event import IncidentEvent


def shared_theme(outlets: Sequence[Outlet]) -> Theme:
    """Return the theme of the picture that all outlets share.

    The theme is light, unless all outlets ask for a dark theme.
    """
    return DARK if {o.theme for o in outlets} == {ColorScheme.DARK} else LIGHT


def picture_record(event: IncidentEvent, image: bytes, alt: str) -> Picture:
    """Return the record of an event's chart; `image` is the chart as PNG."""
    return Picture(
        name=f"{event.incident}-{event.seq}.png",
        mime="image/png",
        width=POST.width,
        height=POST.height,
        sha256=hashlib.sha256(image).hexdigest(),
        alt=alt,
    )
