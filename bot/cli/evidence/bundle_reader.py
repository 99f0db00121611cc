"""The records in a bundle whose hashes are right."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from bot.incidents.fold import incident_after
from bot.model.draft import Outlet
from bot.model.event import IncidentEvent
from bot.model.incident import Evidence, Incident
from bot.model.incident_report import IncidentReport
from bot.site.evidence.archive import BundleError, decompress
from bot.site.evidence.bag import PAYLOAD
from bot.site.evidence.contents import (
    EVENT,
    INCIDENT,
    READINGS,
    STATUS,
    TEXTS,
    event_folder,
)
from bot.site.evidence.records import (
    EventTexts,
    PageStatus,
    read_record,
    reading_status,
)
from bot.site.page_files import is_page_name

T = TypeVar("T")
_LARGEST_READINGS = 128 * 1024 * 1024
"""The most bytes of readings that are parsed, which takes five times as much memory."""


@dataclass(frozen=True)
class BundledEvent:
    """One event in a bundle.

    Attributes:
        folder: the event's folder in the bag; it ends with a slash.
        evidence: the traces of the event; empty if the bundle has none.
    """

    folder: str
    event: IncidentEvent
    evidence: Evidence
    texts: EventTexts

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        """The outlets that the texts were fitted to."""
        return self.texts.outlets


@dataclass(frozen=True)
class Bundle:
    """The records in a bundle; each property raises BundleError if it cannot be read."""

    files: Mapping[str, bytes]

    @cached_property
    def events(self) -> tuple[BundledEvent, ...]:
        """The events, oldest first."""
        folders = {name.split("/")[1] for name in self.files if name.endswith(EVENT)}
        numbers = sorted({int(name) for name in folders if name.isdecimal()})
        if not numbers:
            raise BundleError("the bundle has no event; it is not from Outagewire")
        events = tuple(self._event(event_folder(number)) for number in numbers)
        for number, bundled in zip(numbers, events, strict=True):
            self._check_names(number, bundled, events[0].event.incident)
        return events

    @cached_property
    def status(self) -> PageStatus:
        """What the page depended on besides its events."""
        return self._record(PageStatus, STATUS)

    @cached_property
    def document(self) -> Mapping[str, Any]:
        """The content of `incident.json`."""
        try:
            document = json.loads(self.content(INCIDENT))
        except (ValueError, RecursionError) as error:
            raise BundleError(f"{INCIDENT}: the file cannot be read") from error
        if not isinstance(document, dict):
            raise BundleError(f"{INCIDENT}: the file cannot be read")
        return document

    @cached_property
    def report(self) -> IncidentReport:
        """The report of the page, without drafts, posts and earlier incidents."""
        incident: Incident | None = None
        for bundled in self.events:
            incident = incident_after(incident, bundled.event)
        if incident is None:
            raise BundleError(f"{PAYLOAD}: the bundle has no event")
        return IncidentReport(
            incident,
            tuple(bundled.event for bundled in self.events),
            {bundled.event.key: bundled.evidence for bundled in self.events},
            drafts={},
            deliveries=(),
            previous=(),
            classified=self.status.classified,
            readings=reading_status(self.status),
        )

    def content(self, name: str) -> bytes:
        """Return the content of a file.

        Raises:
            BundleError: the bundle does not have the file.
        """
        if name not in self.files:
            raise BundleError(f"{name}: the file is missing; this is no whole bundle")
        return self.files[name]

    def _check_names(self, number: int, bundled: BundledEvent, incident: str) -> None:
        """Check the number and the incident of an event: files are named after them.

        Raises:
            BundleError: they are not those of the bundle, or cannot be names of files.
        """
        event, name = bundled.event, f"{bundled.folder}{EVENT}"
        if event.seq != number:
            raise BundleError(f"{name}: the event has the number {event.seq}")
        if event.incident != incident or not is_page_name(incident):
            raise BundleError(
                f"{name}: {event.incident!r} is not the id of the bundle's incident"
            )

    def _event(self, folder: str) -> BundledEvent:
        evidence = Evidence(traces=())
        name = f"{folder}{READINGS}"
        if name in self.files:
            data = decompress(name, self.files[name], _LARGEST_READINGS)
            evidence = read_record(Evidence, name, data)
        return BundledEvent(
            folder,
            self._record(IncidentEvent, f"{folder}{EVENT}"),
            evidence,
            self._record(EventTexts, f"{folder}{TEXTS}"),
        )

    def _record(self, kind: type[T], name: str) -> T:
        return read_record(kind, name, self.content(name))
