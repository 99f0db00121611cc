"""Where the files of places are in the site's folder."""

import json
import re
from pathlib import Path
from typing import Any

from bot.model.entity import Entity, EntityKind
from bot.site.feeds.items import feed_of

PLACES = "places"
"""The folder of the page that lists all places."""
FOLDER = "place"
"""The folder of the pages of countries and networks."""
HISTORY, PAGE = "history.json", "index.html"
_NAME = re.compile(r"country/([A-Z]{2})|network/AS([0-9]{1,10})")


def name_of(entity: Entity) -> str:
    """Return the name of an entity's page: that of its feed, such as `country/KZ`."""
    return feed_of(entity)


def entity_of(name: str) -> Entity | None:
    """Return the entity of a page's name; None if the name has another form."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    kind = EntityKind.COUNTRY if match[1] else EntityKind.ASN
    return Entity(kind, match[1] or match[2])


def folder_of(root: Path, name: str) -> Path:
    """Return the folder of the page with this name."""
    return root / FOLDER / name


def read_object(path: Path) -> dict[str, Any] | None:
    """Return the JSON object in a file; None if it is missing or damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    # Deeply nested content raises RecursionError.
    except (OSError, ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None
