"""The feed files of the site: `feeds/NAME.atom` and `feeds/NAME.json`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.charts.illustrator import Illustrator
from bot.model.entity import Entity, EntityKind
from bot.site.feeds.items import (
    FeedItem,
    IncidentData,
    correction_items,
    feeds_of,
    incident_item,
)
from bot.site.incident_json import to_json
from bot.site.static_files import write_atomically
from bot.text.reasons import state_in_words

_FOLDER = "feeds"
ALL, CORRECTIONS = "all", "corrections"
_MAX_ITEMS = 100
"""A feed has at most this many items: those that changed last."""
_NO_ITEM = "1970-01-01T00:00:00Z"
"""The time of a feed without items; Atom requires a time."""
_JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True)
class Feeds:
    """The feeds: of all incidents, of corrections, of each country and each network.

    Each feed is kept up to date from its own JSON file, so the cost of a change does not
    depend on how many incidents there were.

    Attributes:
        root: the site's folder.
        illustrator: has the templates, the site's address, and the names of places.
        hubs: the WebSub hubs that the feeds announce.
    """

    root: Path
    illustrator: Illustrator
    hubs: tuple[str, ...] = ()

    def update(self, document: IncidentData, page: str) -> None:
        """Put the present items of an incident into its feeds.

        Args:
            document: the content of the incident's `incident.json`.
            page: the public URL of its page.

        Raises:
            OSError: a feed cannot be written.
        """
        item = incident_item(document, page)
        corrections = correction_items(document, page)
        for name in (ALL, *sorted(feeds_of(document))):
            self._replace(name, document["id"], [item])
        self._replace(CORRECTIONS, document["id"], corrections)

    def remove(self, incident: str) -> None:
        """Remove the items of an incident from all feeds (P12).

        Raises:
            OSError: a feed cannot be written.
        """
        folder = self.root / _FOLDER
        # An incident is removed rarely, so all feeds are searched.
        for path in sorted(folder.rglob("*.json")):
            name = path.relative_to(folder).with_suffix("").as_posix()
            self._replace(name, incident, [])

    def _replace(self, name: str, incident: str, items: Sequence[FeedItem]) -> None:
        """Replace the items of an incident in a feed; write the feed if it changed."""
        path = self.root / _FOLDER / f"{name}.json"
        before = _items(path)
        others = [i for i in before if i["_outagewire"]["incident"] != incident]
        after = sorted(
            (*others, *items), key=lambda i: (i["date_modified"], i["id"]), reverse=True
        )[:_MAX_ITEMS]
        if after != before or not path.is_file():
            self._write(name, after)

    def _write(self, name: str, items: Sequence[FeedItem]) -> None:
        """Write the Atom file of a feed, and then the JSON file, which is read back."""
        site = f"{self.illustrator.base_url.rstrip('/')}/"
        address, title = f"{site}{_FOLDER}/{name}", self._title(name)
        lang = self.illustrator.translations.lang
        template = self.illustrator.templates.get_template("site/feed.xml")
        atom = template.render(
            title=title,
            lang=lang,
            address=f"{address}.atom",
            site=site,
            hubs=self.hubs,
            updated=items[0]["date_modified"] if items else _NO_ITEM,
            items=items,
        )
        document = {
            "version": _JSON_FEED,
            "title": title,
            "home_page_url": site,
            "feed_url": f"{address}.json",
            "language": lang,
            "hubs": [{"type": "WebSub", "url": hub} for hub in self.hubs],
            "items": items,
        }
        path = self.root / _FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path.with_suffix(".atom"), atom)
        write_atomically(path.with_suffix(".json"), to_json(document))

    def _title(self, name: str) -> str:
        kind, _, code = name.partition("/")
        translations = self.illustrator.translations
        words = state_in_words(translations.table, "feeds", "place" if code else kind)
        if not code:
            return words
        entity = (
            Entity(EntityKind.ASN, code.removeprefix("AS"))
            if kind == "network"
            else Entity(EntityKind.COUNTRY, code)
        )
        place = self.illustrator.register.name(entity, translations.lang)
        return words.format(place=place)


def has_feeds(root: Path) -> bool:
    """Return whether the site has feeds, which the first page of an incident brings."""
    return (root / _FOLDER / f"{ALL}.json").is_file()


def _items(path: Path) -> list[FeedItem]:
    """Return the items of a JSON feed; none if the file is missing or damaged."""
    try:
        items: list[FeedItem] = json.loads(path.read_text(encoding="utf-8"))["items"]
        return [item for item in items if item["_outagewire"]["incident"]]
    except (OSError, ValueError, LookupError, TypeError):
        return []
