"""The protocols that the core depends on: sources, channels, a renderer, a store."""

from bot.ports.pages import PageParts, Pages, PlacePages, UnpublishedPages
from bot.ports.readings import Answers, Readings
from bot.ports.requests import AlertMemories, Articles, Pauses, PendingCorrections
from bot.ports.services import (
    Channel,
    CheckedChannel,
    ClaimLinter,
    DatedSource,
    ListedChannel,
    MultiPartChannel,
    PublishedTimes,
    Renderer,
    SeparateMessagesChannel,
    Source,
    StoreFailureRecord,
)
from bot.ports.store import (
    Attributions,
    Classifications,
    Deliveries,
    Drafts,
    Incidents,
    Store,
)

__all__ = [
    "AlertMemories",
    "Answers",
    "Articles",
    "Attributions",
    "Channel",
    "CheckedChannel",
    "ClaimLinter",
    "Classifications",
    "DatedSource",
    "Deliveries",
    "Drafts",
    "Incidents",
    "ListedChannel",
    "MultiPartChannel",
    "PageParts",
    "Pages",
    "Pauses",
    "PendingCorrections",
    "PlacePages",
    "PublishedTimes",
    "Readings",
    "Renderer",
    "SeparateMessagesChannel",
    "Source",
    "Store",
    "StoreFailureRecord",
    "UnpublishedPages",
]
