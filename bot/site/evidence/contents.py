"""The payload of a bundle: what each of its files contains."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.charts.versions import versions_in_use, versions_text
from bot.errors import BotError
from bot.model.draft import Draft
from bot.model.event import IncidentEvent
from bot.site.evidence.archive import compress
from bot.site.evidence.bag import PAYLOAD, sha256_of
from bot.site.evidence.parameters import parameters_json
from bot.site.evidence.records import (
    EventTexts,
    compact_json,
    public_events,
    public_outlets,
    public_posts,
    read_record,
    record_json,
    status_of,
    value_json,
)
from bot.site.incident_json import to_json
from bot.site.outputs import OutputSettings, PageUpdate

EVENT = "event.json"
READINGS = "readings.json.gz"
TABLE = "readings.csv.gz"
PICTURE = "picture.png"
TEXTS = "texts.json"
PARAMETERS = "parameters.json"
ANSWERS = "answers.json"
STATUS = f"{PAYLOAD}status.json"
INCIDENT = f"{PAYLOAD}incident.json"
TIMELINE = f"{PAYLOAD}timeline.json"
VERSIONS = f"{PAYLOAD}versions.json"
README = f"{PAYLOAD}README.txt"
CRATE = f"{PAYLOAD}ro-crate-metadata.json"
LICENCES = f"{PAYLOAD}licences.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A payload file that stays as it is on the disk.

    Attributes:
        sha256: its hash, as the manifest on the disk has it.
        source: the file of the page that it is a second name of; None: it stays.
    """

    sha256: str
    source: Path | None = None


PayloadFile = bytes | Kept


@dataclass(frozen=True, slots=True)
class PayloadBuilder:
    """Builds the payload of an incident's bundle.

    Events never change, so what follows from an event alone is written once. The number
    of events therefore costs little.

    Attributes:
        folder: the folder of the bag.
        present: the SHA-256 of the payload files that are there already, by path.
    """

    settings: OutputSettings
    update: PageUpdate
    folder: Path
    present: Mapping[str, str]

    def event_files(self) -> dict[str, PayloadFile]:
        """Return the files of all events, by path.

        Raises:
            OSError: a file of the page cannot be read.
        """
        files: dict[str, PayloadFile] = {}
        for event, left_out in public_events(self.update.report):
            of_event = dict(self._files_of(event, left_out))
            files |= {f"{event_folder(event.seq)}{n}": f for n, f in of_event.items()}
        return files

    def common_files(self) -> dict[str, PayloadFile]:
        """Return the files about the whole incident, by path."""
        report, document = self.update.report, self.update.document
        versions = versions_in_use(self._templates)
        site = self.settings.site_url
        status = status_of(report, site, versions_text(versions))
        timeline = report.events[-1].facts.timeline
        return {
            INCIDENT: to_json(document).encode(),
            STATUS: record_json(status),
            TIMELINE: value_json(timeline),
            VERSIONS: value_json(dict(versions)),
        }

    def _files_of(
        self, event: IncidentEvent, left_out: int
    ) -> Iterator[tuple[str, PayloadFile]]:
        draft = self.update.report.drafts.get(event.key)
        yield EVENT, record_json(event)
        yield (
            PARAMETERS,
            self._kept(event, PARAMETERS) or parameters_json(self.settings.evidence),
        )
        yield ANSWERS, self._kept(event, ANSWERS) or self._answers(event)
        evidence = self.update.report.evidence.get(event.key)
        picture, drawn_with = None, None
        if evidence is not None and evidence.traces:
            yield (
                READINGS,
                self._kept(event, READINGS) or compress(compact_json(evidence)),
            )
            picture = self._picture(event)
            drawn_with = self._drawn_with(event, picture, draft)
            yield TABLE, self._table(event, picture)
        if picture is not None:
            yield PICTURE, picture
        yield TEXTS, record_json(self._texts(event, draft, drawn_with, left_out))

    def _answers(self, event: IncidentEvent) -> bytes:
        """Return the hashes of the answers; the store forgets the answers later."""
        return value_json(self.update.report.answers.get(event.key, ()))

    def _kept(self, event: IncidentEvent, name: str) -> Kept | None:
        digest = self.present.get(f"{event_folder(event.seq)}{name}")
        return Kept(digest) if digest else None

    def _picture(self, event: IncidentEvent) -> Kept | None:
        """Return the page's picture; None if the page has none for the event."""
        source = self._page_file(event, "png")
        if not source.is_file():
            return None
        copy = self.folder / event_folder(event.seq) / PICTURE
        kept = self._kept(event, PICTURE)
        # The page replaces a picture by a new file. So if both names are of one file,
        # the picture has not changed, and need not be read.
        if kept is not None and copy.is_file() and copy.samefile(source):
            return kept
        digest = sha256_of(source.read_bytes())
        return kept if kept and kept.sha256 == digest else Kept(digest, source)

    def _table(self, event: IncidentEvent, picture: Kept | None) -> PayloadFile:
        """Return the page's CSV file, compressed; it is as old as the page's picture."""
        kept = self._kept(event, TABLE)
        if kept is not None and picture is not None and picture.source is None:
            return kept
        return compress(self._page_file(event, "csv").read_bytes())

    def _drawn_with(
        self, event: IncidentEvent, picture: Kept | None, draft: Draft | None
    ) -> str | None:
        """Return the versions with which the page's picture was drawn."""
        posted = draft.picture.sha256 if draft and draft.picture else None
        if draft is not None and picture is not None and picture.sha256 == posted:
            return draft.made_with
        if picture is not None and picture.source is None:
            return self._former_versions(event)
        return versions_text(versions_in_use(self._templates))

    def _former_versions(self, event: IncidentEvent) -> str | None:
        name = f"{event_folder(event.seq)}{TEXTS}"
        try:
            data = (self.folder / name).read_bytes()
            return read_record(EventTexts, name, data).drawn_with
        except (OSError, BotError):
            return None

    def _texts(
        self,
        event: IncidentEvent,
        draft: Draft | None,
        drawn_with: str | None,
        left_out: int,
    ) -> EventTexts:
        leads = {view.seq: view.facts for view in self.update.page["events"]}
        posts = public_posts(event, draft, self.update.report)
        if not posts or draft is None:
            return EventTexts(
                leads[event.seq], posts, drawn_with=drawn_with, left_out=left_out
            )
        return EventTexts(
            leads[event.seq],
            posts,
            public_outlets(draft),
            draft.picture.alt if draft.picture else None,
            draft.picture.sha256 if draft.picture else None,
            edited=draft.version > 1,
            made_with=draft.made_with,
            drawn_with=drawn_with,
            left_out=left_out,
        )

    def _page_file(self, event: IncidentEvent, suffix: str) -> Path:
        folder = self.settings.page_folder(event.incident)
        return folder / f"{event.seq}.{suffix}"

    @property
    def _templates(self) -> Any:  # noqa: ANN401 - jinja2 is not imported here
        return self.settings.illustrator.templates


def event_folder(seq: int) -> str:
    """Return the folder of an event in the bag; it ends with a slash."""
    return f"{PAYLOAD}{seq}/"
