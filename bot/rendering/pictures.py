"""The theme of a draft's picture, and the record of the picture."""

import hashlib
from collections.abc import Sequence

from jinja2 import Environment

from bot.charts.canvas.theme import DARK, LIGHT, POST, Theme
from bot.model.draft import ColorScheme, Outlet, Picture
from bot.model.event import IncidentEvent
from bot.text.translations import load_translations


def chart_language(
    templates: Environment, outlets: Sequence[Outlet], default: str
) -> str:
    """Return the language of the picture that all outlets share.

    `default` is returned if the outlets have several languages, or if their language has
    no captions for charts.
    """
    langs = {load_translations(templates, o.lang).lang for o in outlets}
    lang = langs.pop() if len(langs) == 1 else default
    has_captions = load_translations(templates, lang).has("chart", "foot")
    return lang if has_captions else default


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
