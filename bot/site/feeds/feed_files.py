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
from bot.site.incident_page.structured_data import PUBLISHER
from bot.site.languages.links import SITE_LANG, edition_path
from bot.site.outputs import OutputSettings, PageUpdate, SiteOutput
from bot.site.page_files import MARKS, IncidentData, in_language
from bot.site.static_files import write_atomically
from bot.text.reasons import state_in_words
from bot.text.translations import Translations, load_translations

_FOLDER = "feeds"
_PAGE = "index.html"
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
        self._remove_former()
        for name in (ALL, CORRECTIONS):
            if not (self._folder / f"{name}.json").is_file():
                self._write(name, [])
        for lang in self.settings.languages:
            if not self._path(ALL, lang).is_file():
                self._write(ALL, [], lang)

    def write_lists(self, update: PageUpdate) -> None:
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
        for lang in self.settings.languages:
            translated = self._translated_item(update, lang)
            for name in document["feeds"]:
                self._replace(name, incident, [translated], lang)

    def _translated_item(self, update: PageUpdate, lang: str) -> FeedItem:
        """Return the item of an incident in another language.

        Without a page in the language, it is the item in the language of the site.
        """
        page = self.settings.page_url(update.incident)
        words = update.translations.get(lang)
        if words is None:
            return incident_item(update.document, page)
        translations = self._translations(lang)
        marks = {
            mark: f"[{translations.translate('site', 'mark', mark)}] " for mark in MARKS
        }
        document = in_language(update.document, update.translations, lang)
        return incident_item(document, f"{page}{edition_path(_PAGE, lang)}", marks)

    def write_again(self) -> None:
        """Write all feeds again from their JSON files.

        Raises:
            OSError: a feed cannot be written.
        """
        for lang in (SITE_LANG, *self.settings.languages):
            for name in sorted(self._all_names()):
                path = self._path(name, lang)
                if path.is_file():
                    self._write(name, _items(path), lang)

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

    def _remove_former(self) -> None:
        """Remove the feeds in languages that are no longer chosen; once in a process."""
        memory, languages = self.settings.written_from, self.settings.languages
        if memory.get(_FOLDER) == languages:
            return
        for path in self._folder.rglob("*.*.json"):
            if path.stem.rpartition(".")[2] not in languages:
                path.with_suffix(".atom").unlink(missing_ok=True)
                path.unlink(missing_ok=True)
        memory[_FOLDER] = languages

    def _all_names(self) -> set[str]:
        folder = self._folder
        paths = folder.rglob("*.json")
        names = {p.relative_to(folder).with_suffix("").as_posix() for p in paths}
        # A feed in another language has a dot in its name, and goes with its original.
        return {name for name in names if "." not in name}

    def _path(self, name: str, lang: str = SITE_LANG) -> Path:
        return self._folder / edition_path(f"{name}.json", lang)

    def _translations(self, lang: str) -> Translations:
        return load_translations(self._illustrator.templates, lang)

    def _replace(
        self,
        name: str,
        incident: str,
        items: Sequence[FeedItem],
        lang: str = SITE_LANG,
    ) -> None:
        """Replace the items of an incident in a feed.

        The feed of a country or network without items is removed: its name alone would
        say that something happened there (P12). If an incident has no items in the
        language of the site, it has none in any.
        """
        path = self._path(name, lang)
        if lang == SITE_LANG and not items:
            for other in self._languages_of(name):
                self._replace(name, incident, [], other)
        others = [
            item for item in _items(path) if item["_outagewire"]["incident"] != incident
        ]
        newest = sorted(
            (*others, *items), key=lambda i: (i["date_modified"], i["id"]), reverse=True
        )[:_MAX_ITEMS]
        if newest or name in {ALL, CORRECTIONS}:
            self._write(name, newest, lang)
        else:
            path.with_suffix(".atom").unlink(missing_ok=True)
            path.unlink(missing_ok=True)

    def _languages_of(self, name: str) -> list[str]:
        """Return the other languages that a feed has files in, also former ones."""
        path = self._path(name)
        if not path.parent.is_dir():
            return []
        start = f"{path.stem}."
        stems = (file.stem for file in path.parent.glob(f"{start}*.json"))
        return sorted(stem.removeprefix(start) for stem in stems if stem != path.stem)

    def _write(
        self, name: str, items: Sequence[FeedItem], lang: str = SITE_LANG
    ) -> None:
        """Write the Atom file of a feed, and then the JSON file, which is read back."""
        site, path = self.settings.site_url, self._path(name, lang)
        address = f"{site}{path.relative_to(self.settings.root).as_posix()}"
        address, title = address.removesuffix(".json"), self._title(name, lang)
        # Hubs are told of the feeds in the language of the site alone.
        hubs = self.settings.hubs if lang == SITE_LANG else ()
        home = site if lang == SITE_LANG else f"{site}{edition_path(_PAGE, lang)}"
        values = {
            "title": title,
            "lang": lang,
            "address": f"{address}.atom",
            "site": site,
            "home": home,
            "hubs": hubs,
            "updated": items[0]["date_modified"] if items else _NO_ITEM,
            "items": items,
        }
        document = {
            "version": _JSON_FEED,
            "title": title,
            "home_page_url": home,
            "feed_url": f"{address}.json",
            "language": lang,
            "hubs": [{"type": "WebSub", "url": hub} for hub in hubs],
            "items": items,
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self.settings.data_only:
            template = self._illustrator.templates.get_template("site/feed.xml")
            write_atomically(path.with_suffix(".atom"), template.render(values))
        write_atomically(path, to_json(document))

    def _title(self, name: str, lang: str) -> str:
        kind, _, code = name.partition("/")
        if lang != SITE_LANG:
            return self._translated_title(kind, code, self._translations(lang))
        translations = self._illustrator.translations
        words = state_in_words(translations.table, "feeds", "place" if code else kind)
        return words.format(place=self._place(kind, code, lang)) if code else words

    def _translated_title(self, kind: str, code: str, words: Translations) -> str:
        title = words.translate("site", "feed")
        if code:
            place = self._place(kind, code, words.lang)
            title = words.translate("incident", "dated", what=title, time=place)
        return words.translate("incident", "pair", name=PUBLISHER, value=title)

    def _place(self, kind: str, code: str, lang: str) -> str:
        entity = (
            Entity(EntityKind.ASN, code.removeprefix("AS"))
            if kind == "network"
            else Entity(EntityKind.COUNTRY, code)
        )
        return self._illustrator.register.name(entity, lang)


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
