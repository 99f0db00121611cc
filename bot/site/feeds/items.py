"""The items of feeds, made from the `incident.json` of an incident."""

import re
from collections.abc import Mapping
from typing import Any, TypedDict

from bot.model.entity import Entity, EntityKind, parse_entity

# XML 1.0 cannot hold other characters, not even escaped.
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

IncidentData = Mapping[str, Any]
"""The content of an incident's `incident.json`."""


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


def incident_item(document: IncidentData, page: str) -> FeedItem:
    """Return the item of an incident, which changes with each of its events.

    Args:
        document: the content of `incident.json`.
        page: the public URL of the incident's page; it is the id of the item, which
            must never change.
    """
    return _item(document, page, document["published"], document["updated"])


def correction_items(document: IncidentData, page: str) -> list[FeedItem]:
    """Return an item for each correction and retraction of an incident (P11)."""
    return [
        {
            **_item(document, f"{page}#event-{event['seq']}", event["at"], event["at"]),
            "title": _text(f"{event['label']}: {document['title']}"),
            "content_text": _content(event["text"], document),
        }
        for event in document["corrections"]
    ]


def feeds_of(document: IncidentData) -> frozenset[str]:
    """Return the paths of the feeds that carry an incident, without their suffix.

    An incident is in the feed of its country, and in the feed of each network that fell.
    """
    entities = [document["entity"], *(part["entity"] for part in document["parts"])]
    return frozenset(main_feed(parse_entity(entity)) for entity in entities)


def main_feed(place: Entity) -> str:
    """Return the path of the feed of a place: that of its country, or of the network."""
    if place.kind is EntityKind.ASN:
        return f"network/AS{place.code}"
    return f"country/{place.country}"


def _item(
    document: IncidentData, address: str, published: str, updated: str
) -> FeedItem:
    return {
        "id": address,
        "url": address,
        "title": _text(f"{document['title']} ({document['state_name']})"),
        "content_text": _content(document["lead"], document),
        "date_published": published,
        "date_modified": updated,
        "tags": [document["entity"], document["state"]],
        "_outagewire": {
            "incident": document["id"],
            "credits": _text(document["credits"]),
        },
    }


def _content(text: str, document: IncidentData) -> str:
    marks = [name for name in ("drill", "reconstruction") if document[name]]
    mark = "".join(f"[{name.capitalize()}] " for name in marks)
    return _text(f"{mark}{text}\n\n{document['credits']}")


def _text(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
