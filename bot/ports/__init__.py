"""What the loop needs of the world: sources, channels, a renderer and a store."""

from bot.ports.keeping import (
    Answers,
    Attributions,
    Classifications,
    Deliveries,
    Drafts,
    Incidents,
    Pages,
    Pauses,
    Readings,
    Rulings,
    Store,
)
from bot.ports.outside import Channel, Checker, Renderer, Source

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
