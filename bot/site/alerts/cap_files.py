"""The files of alerts: `i/ID/cap/SEQ.xml` for each event, and `cap/index.atom`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, TypeGuard

from bot.model.entity import Entity, EntityKind
from bot.model.event import IncidentEvent
from bot.model.incident import State
from bot.site.alerts.cap_message import CapMessage, cap_messages, geocodes
from bot.site.event_views import page_event_text, page_title
from bot.site.feeds.items import xml_text
from bot.site.incident_json import to_json
from bot.site.outputs import OutputSettings, PageUpdate, SiteOutput
from bot.site.page_files import IncidentData
from bot.site.static_files import write_atomically
from bot.text.places_affected import zone_of
from bot.text.reasons import state_in_words
from bot.text.times import TimeFormatter

_FOLDER = "cap"
"""The name of the folder of the index, and of the folder of an incident's messages."""
_INDEX = "index.atom"
_ENTRIES = "index.json"
_MAX_ENTRIES = 100
"""The index has at most this many messages: those that were sent last."""
_NO_ENTRY = "1970-01-01T00:00:00+00:00"
"""The time of an index without entries; Atom requires a time."""


class _Entry(TypedDict):
    """An entry of the index: one message.

    `incident` is the id of the incident, `url` the address of the message, and `page`
    that of the incident's page.
    """

    incident: str
    url: str
    page: str
    sent: str
    status: str
    msg_type: str
    title: str
    summary: str
    credits: str


@dataclass(frozen=True, slots=True)
class Alerts(SiteOutput):
    """An alert for each released event, in the Common Alerting Protocol (CAP 1.2).

    A reconstruction has no alerts. The files follow from the released events alone (P12,
    P14): an event that is not shown any more disappears from the messages that referred
    to it, too.
    """

    settings: OutputSettings

    def create(self) -> None:
        """Write an index without entries, if there is none.

        Raises:
            OSError: the index cannot be written.
        """
        if not (self._folder / _INDEX).is_file():
            self._write_index(_entries(self._folder / _ENTRIES))

    def write_files(self, update: PageUpdate) -> None:
        """Write the messages of an incident.

        Raises:
            OSError: a file cannot be written.
        """
        folder = self.settings.page_folder(update.incident) / _FOLDER
        names = set()
        for event, _, values in self._messages(update):
            folder.mkdir(parents=True, exist_ok=True)
            write_atomically(folder / f"{event.seq}.xml", self._render("cap", values))
            names.add(f"{event.seq}.xml")
        _remove_others(folder, names)

    def write_lists(self, update: PageUpdate) -> None:
        """Put the messages of an incident into the index.

        Raises:
            OSError: a file cannot be written.
        """
        entries = [self._entry(*message) for message in self._messages(update)]
        self._replace(update.incident, entries)

    def _messages(
        self, update: PageUpdate
    ) -> Iterator[tuple[IncidentEvent, CapMessage, Mapping[str, object]]]:
        """Yield each event with its message, and the values of the message's template."""
        settings = self.settings
        events = {event.seq: event for event in update.report.events}
        views = {view.seq: view.facts for view in update.page["events"]}
        messages = cap_messages(
            update.report.events, settings.alerts, settings.site_url
        )
        for message in messages:
            event = events[message.seq]
            yield event, message, self._values(event, message, views[event.seq])

    def write_again(self) -> None:
        """Write the index again from its data.

        Raises:
            OSError: the index cannot be written.
        """
        self._write_index(_entries(self._folder / _ENTRIES))

    def remove(self, incident: str, before: IncidentData | None) -> None:  # noqa: ARG002
        """Remove the messages of an incident, and their entries in the index (P12).

        Raises:
            OSError: a file cannot be written or removed.
        """
        self._replace(incident, [])
        _remove_others(self.settings.page_folder(incident) / _FOLDER, set())

    @property
    def _folder(self) -> Path:
        return self.settings.root / _FOLDER

    def _values(
        self, event: IncidentEvent, message: CapMessage, facts: str
    ) -> dict[str, object]:
        """Return the values of a message's template; `facts` is the event in words."""
        illustrator = self.settings.illustrator
        translations, register = illustrator.translations, illustrator.register
        zone = zone_of(event.facts, register)
        text = page_event_text(event, TimeFormatter(translations, register, zone))
        title = page_title(translations, text, event.facts.timing.onset.since)
        confirmed = message.certainty == "Observed"
        retracted = event.facts.state is State.RETRACTED
        mark = "[Drill] " if event.facts.drill else ""
        return {
            "m": message,
            "lang": translations.lang,
            "event": self._words("confirmed" if confirmed else "other"),
            "note": xml_text(facts) if retracted else "",
            "headline": xml_text(f"{mark}{text.label}: {title}"),
            # Whoever shows an alert shows the credit with it (P13).
            "description": xml_text(f"{mark}{facts}\n\n{text.sources.credits}"),
            "credits": xml_text(text.sources.credits),
            "page": self.settings.page_url(event.incident),
            "contact": xml_text(self.settings.contact),
            "areas": [self._area(area) for area in message.areas],
        }

    def _area(self, area: Entity) -> Mapping[str, object]:
        illustrator = self.settings.illustrator
        lang, register = illustrator.translations.lang, illustrator.register
        name = register.name(area, lang)
        if area.kind is EntityKind.ASN:
            name = self._words("network").format(name=name, code=area.code)
        elif area.kind is EntityKind.REGION:
            country = register.name(
                Entity(EntityKind.COUNTRY, area.country or ""), lang
            )
            name = self._words("region").format(name=name, country=country)
        return {"name": xml_text(name), "codes": [*geocodes(area)]}

    def _entry(
        self, event: IncidentEvent, message: CapMessage, values: Mapping[str, object]
    ) -> _Entry:
        page = self.settings.page_url(event.incident)
        return {
            "incident": event.incident,
            "url": f"{page}{_FOLDER}/{event.seq}.xml",
            "page": page,
            "sent": message.header.sent,
            "status": message.status,
            "msg_type": message.msg_type,
            "title": str(values["headline"]),
            "summary": str(values["description"]),
            "credits": str(values["credits"]),
        }

    def _replace(self, incident: str, entries: Sequence[_Entry]) -> None:
        """Replace the entries of an incident in the index."""
        path = self._folder / _ENTRIES
        others = [entry for entry in _entries(path) if entry["incident"] != incident]
        newest = sorted(
            (*others, *entries), key=lambda e: (e["sent"], e["url"]), reverse=True
        )
        self._write_index(newest[:_MAX_ENTRIES])

    def _write_index(self, entries: Sequence[_Entry]) -> None:
        """Write the index, and then the JSON file from which it is read back."""
        self._folder.mkdir(parents=True, exist_ok=True)
        site = self.settings.site_url
        values = {
            "address": f"{site}{_FOLDER}/{_INDEX}",
            "site": site,
            "title": self._words("title"),
            "lang": self.settings.illustrator.translations.lang,
            "updated": entries[0]["sent"] if entries else _NO_ENTRY,
            "items": entries,
        }
        if not self.settings.data_only:
            write_atomically(self._folder / _INDEX, self._render("cap-index", values))
        write_atomically(self._folder / _ENTRIES, to_json({"entries": entries}))

    def _render(self, name: str, values: Mapping[str, object]) -> str:
        template = self.settings.illustrator.templates.get_template(f"site/{name}.xml")
        return template.render(values)

    def _words(self, key: str) -> str:
        table = self.settings.illustrator.translations.table
        return state_in_words(table, "cap", key)


def _remove_others(folder: Path, kept: set[str]) -> None:
    """Remove the files of a folder that are not in `kept`, and the folder if empty."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if path.name not in kept:
            path.unlink()
    if not kept:
        folder.rmdir()


def _entries(path: Path) -> list[_Entry]:
    """Return the entries of the index; none if the file is missing or damaged."""
    return list(_read_entries(path))


def _read_entries(path: Path) -> Iterator[_Entry]:
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["entries"]
    # Deeply nested content raises RecursionError.
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return
    if isinstance(entries, list):
        yield from (entry for entry in entries if _is_entry(entry))


def _is_entry(value: object) -> TypeGuard[_Entry]:
    names = _Entry.__required_keys__
    return (
        isinstance(value, dict)
        and value.keys() == names
        and all(isinstance(value[name], str) for name in names)
    )
