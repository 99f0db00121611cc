"""What the loop needs of the world: sources, channels, a renderer and a store."""

from bot.ports.keeping import (
    Answers,
    Attributions,
    Classifications,
    Deliveries,
    Drafts,
    Incidents,
    Pauses,
    Readings,
    Rulings,
    Store,
)
from bot.ports.outside import Channel, Checker, Renderer, Source
from bot.ports.pages import Pages

__all__ = [
    "Answers",
    "Attributions",
    "Channel",
    "Checker",
    "Classifications",
    "Deliveries",
    "Drafts",
    "Incidents",
    "Pages",
    "Pauses",
    "Readings",
    "Renderer",
    "Rulings",
    "Source",
    "Store",
]
