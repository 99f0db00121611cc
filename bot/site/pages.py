"""The report pages: static files that need no JavaScript (P15)."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.charts.illustrator import Illustrator
from bot.errors import RenderingError
from bot.model.event import IncidentEvent
from bot.model.incident_report import IncidentReport, Listing
from bot.model.source_status import SourceStatus
from bot.site.alerts.settings import AlertSettings
from bot.site.archive.months import Archive
from bot.site.evidence.settings import EvidenceSettings
from bot.site.feeds.feed_files import feeds_in, has_feeds
from bot.site.front_page import FrontPage
from bot.site.incident_json import incident_document, to_json
from bot.site.incident_page.posts import first_paragraph
from bot.site.incident_page.smallest_drops import smallest_drops_view
from bot.site.incident_page.values import page_values
from bot.site.info.program import ProgramSettings
from bot.site.languages.translated_pages import TranslatedPages
from bot.site.lists import FrontPageLists
from bot.site.outputs import OutputSettings, PageUpdate, SiteOutput
from bot.site.page_files import (
    DOCUMENT,
    page_folder,
    read_document,
    read_translations,
    remove_other_events,
)
from bot.site.page_templates import SiteTemplates, site_templates
from bot.site.public_outputs import public_outputs
from bot.site.static_files import copy_scorecard, write_atomically
from bot.text.reasons import posted_in_words
from bot.text.times import TimeFormatter

_MARK = "site.stamp"
"""A file of the site; if it is missing, pages may be missing, too."""


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """An incident's own files, written by `Site.write_files`.

    Attributes:
        update: what the lists need.
        failure: why a page in another language could not be written; None if all were.
    """

    update: PageUpdate
    failure: RenderingError | OSError | None = None

    def without_evidence(self) -> "WrittenFiles":
        """Return what the lists need, without what is large or bound to a store."""
        report = replace(self.update.report, evidence={}, answers={}, pictures={})
        return replace(self, update=replace(self.update, report=report, pages={}))


@dataclass(frozen=True, slots=True)
class Site:
    """The folder of the site: `index.html`, `404.html`, `archive/`, `feeds/`, `i/`, ...

    Attributes:
        scorecard: the address or the folder of the score page; "" for none.
        lists: the lists on the front page; pass the same object in each tick.
        channel_kinds: the kind of each configured channel, by its name.
        hubs: the WebSub hubs that the feeds announce.
        evidence: what evidence bundles need.
        unpublished: whether the pages may show what is not released; each then says so.
        program: the rules and settings in force; None if only pages are written.
        alerts: the settings of alerts, and the windows of the calendar.
        has_subscriptions: whether the server has the form at `subscribe`.
        languages: the other languages in which pages are written.
    """

    root: Path
    illustrator: Illustrator
    contact: str
    scorecard: str = ""
    lists: FrontPageLists = field(default_factory=FrontPageLists)
    channel_kinds: Mapping[str, str] = field(default_factory=dict)
    unpublished: bool = False
    hubs: tuple[str, ...] = ()
    program: ProgramSettings | None = None
    alerts: AlertSettings = field(default_factory=AlertSettings)
    evidence: EvidenceSettings = field(default_factory=EvidenceSettings)
    has_subscriptions: bool = False
    languages: tuple[str, ...] = ()

    def publish(self, report: IncidentReport) -> None:
        """Write one incident's page with its charts and data, and the lists that name it.

        Raises:
            OSError: the folder cannot be written.
            RenderingError: the text of the page cannot be made.
        """
        self.create_shared_files()
        self.write_lists(self.write_files(report))

    def create_shared_files(self) -> None:
        """Write what every site has, also before its first page.

        Raises:
            OSError: the folder cannot be written.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        copy_scorecard(self.scorecard, self.root)
        # The navigation links to what exists, so a first page needs it before.
        for output in self.outputs:
            output.create()

    def write_files(self, report: IncidentReport) -> WrittenFiles:
        """Write the files of one incident alone; `write_lists` must follow.

        Other processes may do this for other incidents at the same time.

        Raises:
            OSError: the folder cannot be written.
            RenderingError: the text of the page cannot be made.
        """
        folder = page_folder(self.root, report.incident.id)
        folder.mkdir(parents=True, exist_ok=True)
        remove_other_events(folder, {event.seq for event in report.events})
        url = self.settings.page_url(report.incident.id)
        page = page_values(report, self.illustrator, folder, self._words, url)
        page["smallest"] = smallest_drops_view(
            report, self.program, self.illustrator.translations
        )
        translated = self._translated_pages
        html = self.templates.render_page(
            "report",
            page=page,
            up="../../",
            has_feeds=not self.unpublished,
            editions=translated.links(report.incident.id),
        )
        write_atomically(folder / "index.html", html)
        # What a page no longer shows must soon be gone in all languages (P12). But a
        # translation that fails must not keep back anything else.
        pages: dict[str, Mapping[str, Any]] = {}
        failure: RenderingError | OSError | None = None
        try:
            translated.write(report, page, pages)
        except (RenderingError, OSError) as error:
            failure = error
        return WrittenFiles(self._write_data(report, page, pages), failure)

    def _write_data(
        self,
        report: IncidentReport,
        page: Mapping[str, Any],
        pages: Mapping[str, Mapping[str, Any]],
    ) -> PageUpdate:
        """Write what follows from a page and belongs to the incident alone.

        `pages` has the values of the page in the other languages.
        """
        incident = report.incident.id
        document: dict[str, Any] = {**incident_document(report, page)}
        before = read_document(self.root, incident)
        translations = read_translations(self.root, incident)
        update = PageUpdate(report, document, before, page, translations, pages)
        # Pages for the operator alone have no readers, and so no outputs.
        if self.outputs:
            # After a crash, `incident.json` must name every feed that the incident may be
            # in.
            both = feeds_in(before) | {*document["feeds"]}
            interim = to_json({**document, "feeds": sorted(both)})
            write_atomically(page_folder(self.root, incident) / DOCUMENT, interim)
        for output in self.outputs:
            output.write_files(update)
        return update

    def write_lists(self, written: WrittenFiles) -> None:
        """Write the files that an incident shares with others, after its own files.

        Raises:
            OSError: the folder cannot be written.
            RenderingError: a text of a list, or before of a translated page, cannot be
                made.
        """
        update = written.update
        for output in self.outputs:
            output.write_lists(update)
        # The front page links to each incident that has `incident.json`, so this file
        # is written after the page. Its last version is written after the lists: until
        # then, the file also names the feeds in which the incident was.
        path = page_folder(self.root, update.incident) / DOCUMENT
        write_atomically(path, to_json(update.document))
        if not self.lists.data_only:
            self.templates.write_shared_files()
        if written.failure is not None:
            raise written.failure

    def write_lists_again(self) -> None:
        """Write the lists from their data; see `OutputSettings.data_only`.

        Raises:
            OSError: the folder cannot be written.
            RenderingError: a text of a list cannot be made.
        """
        for output in self.outputs:
            output.write_again()
        self.templates.write_shared_files()

    def has_page(self, incident: str) -> bool:
        """Return whether the site has a page of an incident, or parts of one."""
        return page_folder(self.root, incident).is_dir()

    def remove(self, incident: str, listing: Listing) -> None:
        """Remove an incident's page and files, its feed items, and its line on lists.

        Raises:
            OSError: a file cannot be written or removed.
            RenderingError: a text of the lists cannot be made.
        """
        folder = page_folder(self.root, incident)
        before = read_document(self.root, incident)
        for output in self.outputs:
            output.remove(incident, before)
        # The folder is removed last: if it is there, the removal is not complete.
        (folder / DOCUMENT).unlink(missing_ok=True)
        self.list_incidents(listing)
        self._front_page.write()
        if folder.is_dir():
            shutil.rmtree(folder)

    def list_incidents(self, listing: Listing) -> None:
        """Read the front page's lists; write the timeline and changed archive pages.

        Raises:
            OSError: the folder cannot be written.
            RenderingError: the text of the timeline cannot be made.
        """
        self._front_page.update_lists(listing)
        self.lists.has_archive = Archive(self.settings).update(listing)

    def publish_sources(self, statuses: Sequence[SourceStatus], at: datetime) -> None:
        """Write the source statuses as of `at` (aware, UTC), and the front page.

        Raises:
            OSError: the folder cannot be written.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        copy_scorecard(self.scorecard, self.root)
        self._front_page.write_sources(statuses, at)
        # The front page links to the feeds, also before the first incident.
        for output in self.outputs:
            output.create()
            output.refresh(at)
        self.templates.write_shared_files()
        self._front_page.write()

    def write_front_page(self) -> None:
        """Write the front page from the lists and the source statuses written last.

        Raises:
            OSError: the folder cannot be written.
        """
        self._front_page.write()

    @property
    def is_marked(self) -> bool:
        """Whether the site has the file that `mark` wrote, and feeds if it has pages.

        The pages for the operator alone need no feeds.
        """
        has_pages = (self.root / "i").is_dir() and not self.unpublished
        is_whole = not has_pages or has_feeds(self.root)
        return is_whole and (self.root / _MARK).is_file()

    def mark(self, version: str) -> None:
        """Write `version` to a file that is lost if somebody removes the site's folder.

        Raises:
            OSError: the folder cannot be written.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        for output in self.outputs:
            output.create()
        write_atomically(self.root / _MARK, version)

    def remove_mark(self) -> None:
        """Remove the file that `mark` wrote.

        Raises:
            OSError: the file cannot be removed.
        """
        (self.root / _MARK).unlink(missing_ok=True)

    @property
    def templates(self) -> SiteTemplates:
        """The templates of all pages."""
        return site_templates(self.settings, unpublished=self.unpublished)

    @property
    def outputs(self) -> tuple[SiteOutput, ...]:
        """The outputs beside the pages; pages for the operator alone have none."""
        return () if self.unpublished else public_outputs(self.settings)

    @property
    def settings(self) -> OutputSettings:
        """What every output of the site needs."""
        place = self.root, self.illustrator, self.hubs, self.contact
        own = self.scorecard, self.program, self.alerts, self.evidence
        kept = self.lists.written_from
        # The pages for the operator alone are in the language of the site.
        languages = () if self.unpublished else self.languages
        others = self.has_subscriptions, languages, self.lists.data_only
        return OutputSettings(*place, *own, kept, *others)

    @property
    def _translated_pages(self) -> TranslatedPages:
        return TranslatedPages(self.settings, self.templates, self.channel_kinds)

    @property
    def _front_page(self) -> FrontPage:
        return FrontPage(self.settings, self.unpublished, self.lists)

    def _words(self, channel: str) -> str:
        """Return in words where a channel posts."""
        # The kind of a channel that is not configured any more is unknown. Its name may
        # be the name of its kind, so the name is tried.
        kind = self.channel_kinds.get(channel, channel)
        return posted_in_words(self.illustrator.translations.table, kind)

    def first_paragraph(self, event: IncidentEvent, times: TimeFormatter) -> str:
        """Return the first paragraph of a page as of an event."""
        return first_paragraph(self.illustrator, event, times)
