"""Ids that people can read aloud, and that never change."""

from collections.abc import Collection
from datetime import datetime

from bot.model.entity import Entity, EntityKind


def name(place: Entity, onset: datetime, taken: Collection[str]) -> str:
    """`KZ-2022-0104`: place and UTC day of the onset; `-2` for the day's second."""
    prefix = "AS" if place.kind is EntityKind.ASN else ""
    code = place.code.replace("/", "-").replace(" ", "-")
    first = f"{prefix}{code}-{onset:%Y-%m%d}"
    if first not in taken:
        return first
    count = 2
    while f"{first}-{count}" in taken:
        count += 1
    return f"{first}-{count}"
