"""Protocols that the core needs: sources, channels, a renderer and a store."""

from bot.ports.pages import Pages
from bot.ports.readings import Answers, Readings
from bot.ports.services import Channel, Checker, DatedSource, Renderer, Source
from bot.ports.store import (
    Attributions,
    Classifications,
    Deliveries,
    Drafts,
    Incidents,
    Pauses,
    PendingCorrections,
    Store,
)

__all__ = [
    "Answers",
    "Attributions",
    "Channel",
    "Checker",
    "Classifications",
    "DatedSource",
    "Deliveries",
    "Drafts",
    "Incidents",
    "Pages",
    "Pauses",
    "PendingCorrections",
    "Readings",
    "Renderer",
    "Source",
    "Store",
]
