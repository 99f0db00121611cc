"""The feed files of the site: `feeds/NAME.atom` and `feeds/NAME.json`."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.charts.illustrator import Illustrator
from bot.model.entity import Entity, EntityKind
from bot.site.feeds.items import (
    ALL,
    FeedItem,
    correction_items,
    incident_item,
    is_item,
)
from bot.site.incident_json import to_json
from bot.site.outputs import OutputSettings, PageUpdate, SiteOutput
from bot.site.page_files import IncidentData
from bot.site.static_files import write_atomically
from bot.text.reasons import state_in_words

_FOLDER = "feeds"
CORRECTIONS = "corrections"
_NAME = re.compile(r"all|country/[A-Z]{2}|network/AS[0-9]+")
_MAX_ITEMS = 100
"""A feed has at most this many items: those that changed last."""
_NO_ITEM = "1970-01-01T00:00:00Z"
"""The time of a feed without items; Atom requires a time."""
_JSON_FEED = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True)
class Feeds(SiteOutput):
    """The feeds: of all incidents, of corrections, of each country and each network.

    Each feed is kept up to date from its own JSON file, so the cost of a change does not
    depend on how many incidents there were.
    """

    settings: OutputSettings

    def create(self) -> None:
        """Write the feeds that every site has, without items, if they are missing.

        Raises:
            OSError: a feed cannot be written.
        """
        for name in (ALL, CORRECTIONS):
            if not (self._folder / f"{name}.json").is_file():
                self._write(name, [])

    def update(self, update: PageUpdate) -> None:
        """Put the present items of an incident into its feeds.

        From the feeds that only its former `incident.json` names, it is removed.

        Raises:
            OSError: a feed cannot be written.
        """
        incident, document = update.incident, update.document
        page = self.settings.page_url(incident)
        item = incident_item(document, page)
        for name in feeds_in(update.before) - set(document["feeds"]):
            self._replace(name, incident, [])
        for name in document["feeds"]:
            self._replace(name, incident, [item])
        self._replace(CORRECTIONS, incident, correction_items(document, page))

    def remove(self, incident: str, before: IncidentData | None) -> None:
        """Remove the items of an incident from its feeds (P12).

        Args:
            incident: the id of the incident.
            before: the content of its `incident.json`. If it is None, all feeds are
                searched.

        Raises:
            OSError: a feed cannot be written.
        """
        names = feeds_in(before) if before else self._all_names()
        for name in sorted({*names, ALL, CORRECTIONS}):
            self._replace(name, incident, [])

    @property
    def _folder(self) -> Path:
        return self.settings.root / _FOLDER

    @property
    def _illustrator(self) -> Illustrator:
        return self.settings.illustrator

    def _all_names(self) -> set[str]:
        folder = self._folder
        paths = folder.rglob("*.json")
        return {p.relative_to(folder).with_suffix("").as_posix() for p in paths}

    def _replace(self, name: str, incident: str, items: Sequence[FeedItem]) -> None:
        """Replace the items of an incident in a feed.

        The feed of a country or network without items is removed: its name alone would
        say that something happened there (P12).
        """
        path = self._folder / f"{name}.json"
        others = [
            item for item in _items(path) if item["_outagewire"]["incident"] != incident
        ]
        newest = sorted(
            (*others, *items), key=lambda i: (i["date_modified"], i["id"]), reverse=True
        )[:_MAX_ITEMS]
        if newest or name in {ALL, CORRECTIONS}:
            self._write(name, newest)
        else:
            path.with_suffix(".atom").unlink(missing_ok=True)
            path.unlink(missing_ok=True)

    def _write(self, name: str, items: Sequence[FeedItem]) -> None:
        """Write the Atom file of a feed, and then the JSON file, which is read back."""
        site = self.settings.site_url
        address, title = f"{site}{_FOLDER}/{name}", self._title(name)
        lang = self._illustrator.translations.lang
        template = self._illustrator.templates.get_template("site/feed.xml")
        atom = template.render(
            title=title,
            lang=lang,
            address=f"{address}.atom",
            site=site,
            hubs=self.settings.hubs,
            updated=items[0]["date_modified"] if items else _NO_ITEM,
            items=items,
        )
        document = {
            "version": _JSON_FEED,
            "title": title,
            "home_page_url": site,
            "feed_url": f"{address}.json",
            "language": lang,
            "hubs": [{"type": "WebSub", "url": hub} for hub in self.settings.hubs],
            "items": items,
        }
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path.with_suffix(".atom"), atom)
        write_atomically(path.with_suffix(".json"), to_json(document))

    def _title(self, name: str) -> str:
        kind, _, code = name.partition("/")
        translations = self._illustrator.translations
        words = state_in_words(translations.table, "feeds", "place" if code else kind)
        if not code:
            return words
        entity = (
            Entity(EntityKind.ASN, code.removeprefix("AS"))
            if kind == "network"
            else Entity(EntityKind.COUNTRY, code)
        )
        place = self._illustrator.register.name(entity, translations.lang)
        return words.format(place=place)


def has_feeds(root: Path) -> bool:
    """Return whether the site has feeds; the first page or `Site.mark` brings them."""
    return has_feed(root, ALL)


def has_feed(root: Path, name: str) -> bool:
    """Return whether the site has the feed `name`, such as `country/KZ`."""
    return (root / _FOLDER / f"{name}.json").is_file()


def feeds_in(document: IncidentData | None) -> set[str]:
    """Return the feeds that an incident's document names; none before there were feeds.

    Names of another form are left out: the file may be damaged.
    """
    names = document.get("feeds") if document else None
    if not isinstance(names, list):
        return set()
    return {name for name in names if isinstance(name, str) and _NAME.fullmatch(name)}


def _items(path: Path) -> list[FeedItem]:
    """Return the items of a JSON feed; none if the file is missing or damaged."""
    try:
        items = json.loads(path.read_text(encoding="utf-8"))["items"]
        return [item for item in items if is_item(item)]
    # Deeply nested content raises RecursionError.
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return []
