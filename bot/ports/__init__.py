"""What the loop needs of the world: sources, channels, a renderer and a store."""

from bot.ports.services import Channel, Checker, Renderer, Source
from bot.ports.store import (
    Answers,
    Attributions,
    Classifications,
    Deliveries,
    Drafts,
    Incidents,
    Pauses,
    PendingCorrections,
    Readings,
    Store,
)

__all__ = [
    "Answers",
    "Attributions",
    "Channel",
    "Checker",
    "Classifications",
    "Deliveries",
    "Drafts",
    "Incidents",
    "Pauses",
    "PendingCorrections",
    "Readings",
    "Renderer",
    "Source",
    "Store",
]
