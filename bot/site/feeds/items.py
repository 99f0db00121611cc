"""The items of feeds, made from the `incident.json` of an incident."""

import re
from collections.abc import Mapping
from typing import TypedDict, TypeGuard

from bot.model.entity import Entity, EntityKind
from bot.site.page_files import ENGLISH_MARKS, IncidentData, title_marks

# Matches the characters that XML 1.0 cannot hold, not even escaped.
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ALL = "all"
"""The path of the feed with all incidents."""


class FeedItem(TypedDict):
    """An item of a feed, as JSON Feed 1.1 has it.

    The times are texts in the form of RFC 3339, UTC. `_outagewire` has what JSON Feed has
    no field for: the incident's id, and the credit of the sources (P13).

    Source: https://www.jsonfeed.org/version/1.1/
    """

    id: str
    url: str
    title: str
    content_text: str
    date_published: str
    date_modified: str
    tags: list[str]
    _outagewire: dict[str, str]


def incident_item(
    document: IncidentData, page: str, marks: Mapping[str, str] = ENGLISH_MARKS
) -> FeedItem:
    """Return the item of an incident, which changes with each of its events.

    Args:
        document: the content of `incident.json`.
        page: the public URL of the incident's page; it is the id of the item, which
            must never change.
        marks: the words before the title of a drill or a reconstruction.
    """
    times = document["published"], document["updated"]
    return _item(document, page, *times, marks)


def correction_items(document: IncidentData, page: str) -> list[FeedItem]:
    """Return an item for each correction and retraction of an incident (P11)."""
    return [
        {
            **_item(document, f"{page}#event-{event['seq']}", event["at"], event["at"]),
            "title": xml_text(
                f"{title_marks(document)}{event['label']}: {document['title']}"
            ),
            "content_text": _content(event["text"], document, title_marks(document)),
        }
        for event in document["corrections"]
    ]


def feed_of(entity: Entity) -> str:
    """Return the path of the feed of a country with its regions, or of a network.

    The path is within the folder of the feeds, and has no suffix.
    """
    if entity.kind is EntityKind.ASN:
        return f"network/AS{entity.code}"
    return f"country/{entity.country}"


def is_item(value: object) -> TypeGuard[FeedItem]:
    """Return whether a value that was read from a file is a whole item of a feed."""
    if not isinstance(value, dict):
        return False
    texts = ("id", "url", "title", "content_text", "date_published", "date_modified")
    own, tags = value.get("_outagewire"), value.get("tags")
    return (
        all(isinstance(value.get(name), str) for name in texts)
        and isinstance(own, dict)
        and all(isinstance(own.get(name), str) for name in ("incident", "credits"))
        and isinstance(tags, list)
        and all(isinstance(tag, str) for tag in tags)
    )


def _item(
    document: IncidentData,
    address: str,
    published: str,
    updated: str,
    marks: Mapping[str, str] = ENGLISH_MARKS,
) -> FeedItem:
    mark = title_marks(document, marks)
    return {
        "id": address,
        "url": address,
        "title": xml_text(f"{mark}{document['title']} ({document['state_name']})"),
        "content_text": _content(document["lead"], document, mark),
        "date_published": published,
        "date_modified": updated,
        "tags": [document["entity"], document["state"]],
        "_outagewire": {
            "incident": document["id"],
            "credits": xml_text(document["credits"]),
        },
    }


def _content(text: str, document: IncidentData, mark: str) -> str:
    return xml_text(f"{mark}{text}\n\n{document['credits']}")


def xml_text(text: str) -> str:
    """Return a text without the characters that XML cannot hold, not even escaped."""
    return _NOT_IN_XML.sub("", text)
