"""The report pages: static files that need no JavaScript (P15)."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.charts.canvas.theme import POST
from bot.charts.illustrator import Illustrator
from bot.errors import RenderingError
from bot.incidents.timeline.silence import event_with_current_levels
from bot.model.draft import Draft, DraftState
from bot.model.event import IncidentEvent
from bot.model.incident import Evidence
from bot.model.incident_report import IncidentReport, Listing
from bot.model.source_status import SourceStatus
from bot.site.charts import CARD_FILE, ChartView, write_event_charts
from bot.site.data_files import csv_text, data_window
from bot.site.event_views import (
    EventView,
    PictureView,
    check_views,
    earlier_incident_views,
    fact_rows,
    level_text,
    page_event_text,
    public_texts,
    source_views,
)
from bot.site.feeds.feed_files import feeds_in, has_feeds
from bot.site.feeds.items import feed_of
from bot.site.front_page import SOURCES, FrontPage, SiteTemplates
from bot.site.impact_view import impact_view
from bot.site.incident_json import TIME_FORMAT, incident_document, to_json
from bot.site.lists import FrontPageLists
from bot.site.outputs import OutputSettings, PageUpdate, SiteOutput
from bot.site.page_files import (
    DOCUMENT,
    holds_picture,
    page_folder,
    read_document,
    remove_other_events,
)
from bot.site.page_values import cause_values, heading_values
from bot.site.public_outputs import public_outputs
from bot.site.source_views import fault_sentences, format_utc, status_rows
from bot.site.static_files import copy_scorecard, write_atomically
from bot.text.places_affected import zone_of
from bot.text.reasons import posted_in_words, rule_in_words
from bot.text.text_builder import describe_baseline
from bot.text.times import TimeFormatter

_MARK = "site.stamp"
"""A file of the site; if it is missing, pages may be missing, too."""


@dataclass(frozen=True, slots=True)
class Site:
    """The folder of the site: `index.html`, `404.html`, `archive/`, `feeds/`, `i/`, ...

    Attributes:
        scorecard: the address or the folder of the score page; "" for none.
        lists: the lists on the front page; pass the same object in each tick.
        channel_kinds: the kind of each configured channel, by its name.
        hubs: the WebSub hubs that the feeds announce.
        unpublished: whether the pages may show what is not released; each then says so.
    """

    root: Path
    illustrator: Illustrator
    contact: str
    scorecard: str = ""
    lists: FrontPageLists = field(default_factory=FrontPageLists)
    channel_kinds: Mapping[str, str] = field(default_factory=dict)
    unpublished: bool = False
    hubs: tuple[str, ...] = ()

    def publish(self, report: IncidentReport) -> None:
        """Write one incident's page with its charts and data.

        Raises:
            OSError: the folder cannot be written.
            RenderingError: the text of the page cannot be made.
        """
        folder = page_folder(self.root, report.incident.id)
        folder.mkdir(parents=True, exist_ok=True)
        remove_other_events(folder, {event.seq for event in report.events})
        copy_scorecard(self.scorecard, self.root)
        times = TimeFormatter(
            self.illustrator.translations,
            self.illustrator.register,
            zone_of(report.events[-1].facts, self.illustrator.register),
        )
        page = self._page(report, folder, times)
        # The navigation links to what exists, so a first page needs it before.
        for output in self.outputs:
            output.create()
        # The outputs are updated after the page that they link to.
        has_feeds = not self.unpublished
        html = self.templates.render_page(
            "report", page=page, up="../../", has_feeds=has_feeds
        )
        write_atomically(folder / "index.html", html)
        # The front page links to each incident that has `incident.json`, so this file
        # is written after the page. Its last version is written after the outputs: until
        # then, the file also names the feeds in which the incident was.
        document = incident_document(report, page)
        # Pages for the operator alone have no readers, and so no outputs.
        if not self.unpublished:
            self._update_outputs(report, document, page)
        write_atomically(folder / DOCUMENT, to_json(document))
        self.templates.write_shared_files()

    def _update_outputs(
        self,
        report: IncidentReport,
        document: dict[str, Any],
        page: Mapping[str, Any],
    ) -> None:
        before = read_document(self.root, report.incident.id)
        # After a crash, `incident.json` must name every feed that the incident may be in.
        both = {*document["feeds"], *feeds_in(before)}
        interim = to_json({**document, "feeds": sorted(both)})
        write_atomically(page_folder(self.root, report.incident.id) / DOCUMENT, interim)
        update = PageUpdate(report, document, before, page)
        for output in self.outputs:
            output.update(update)

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

    def publish_sources(self, statuses: Sequence[SourceStatus], at: datetime) -> None:
        """Write the source statuses as of `at` (aware, UTC), and the front page.

        Raises:
            OSError: the folder cannot be written.
        """
        translations = self.illustrator.translations
        self.root.mkdir(parents=True, exist_ok=True)
        copy_scorecard(self.scorecard, self.root)
        content = {
            "as_of": at.strftime(TIME_FORMAT),
            "as_of_words": format_utc(at, translations),
            "signals": status_rows(statuses, translations),
        }
        write_atomically(self.root / SOURCES, to_json(content))
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
        return SiteTemplates(
            self.root,
            self.illustrator.templates,
            self.illustrator.translations.lang,
            self.contact,
            self.scorecard,
            self.unpublished,
        )

    @property
    def outputs(self) -> tuple[SiteOutput, ...]:
        """The outputs beside the pages; pages for the operator alone have none."""
        return () if self.unpublished else public_outputs(self.settings)

    @property
    def settings(self) -> OutputSettings:
        """What every output of the site needs."""
        return OutputSettings(
            self.root, self.illustrator, self.hubs, self.contact, self.scorecard
        )

    @property
    def _front_page(self) -> FrontPage:
        return FrontPage(self.templates, self.illustrator, self.lists)

    def _page(
        self, report: IncidentReport, folder: Path, times: TimeFormatter
    ) -> Mapping[str, Any]:
        """Write the files of a page; return the values for the page's template."""
        # A report has only events that may be shown. Its last event may therefore be
        # older than the incident's newest event (P12).
        last, translations = event_with_current_levels(report), times.translations
        charts = write_event_charts(self.illustrator, report, folder)
        event_text = page_event_text(last, times)
        return {
            **heading_values(report, event_text, times),
            "lead": self.first_paragraph(last, times),
            "events": self._event_views(report, charts, folder, times),
            "charts": charts,
            "address": self.settings.page_url(report.incident.id),
            # If there are no charts, `write_event_charts` has removed the card too.
            "card": CARD_FILE if charts else "",
            "facts": fact_rows(last, event_text, times),
            "impact": impact_view(last, translations),
            "troubles": fault_sentences(report, times),
            **cause_values(report, times),
            "previous": earlier_incident_views(report, times),
            "more_previous": report.more_previous,
            "baseline": describe_baseline(translations, last.facts, "methods_long"),
            "rule": rule_in_words(
                translations.table, last.facts.rule, last.facts.checks
            ),
            "checks": check_views(last, translations),
            "credits": event_text.sources.credits,
            "feed": feed_of(report.incident.place),
            "sources": source_views(report.events, translations),
        }

    def _event_views(
        self,
        report: IncidentReport,
        charts: Sequence[ChartView],
        folder: Path,
        times: TimeFormatter,
    ) -> tuple[EventView, ...]:
        """Return the views of all events, the newest first."""
        newest, *others = (
            self._event(report, event, folder, times)
            for event in reversed(report.events)
        )
        # The page shows the first chart, not the newest event's picture. That chart
        # gives no levels of silent series, so the alt text must not give any.
        if charts and report.readings.silence and newest.picture is not None:
            picture = replace(newest.picture, alt=charts[0].alt)
            newest = replace(newest, picture=picture)
        return newest, *others

    def _event(
        self,
        report: IncidentReport,
        event: IncidentEvent,
        folder: Path,
        times: TimeFormatter,
    ) -> EventView:
        event_text = page_event_text(event, times)
        evidence = report.evidence.get(event.key, Evidence(traces=()))
        draft = report.drafts.get(event.key)
        csv, picture = None, None
        if evidence.traces:
            # The CSV file is written before the picture file: once the picture file is
            # current, `_csv` no longer replaces an existing CSV file.
            csv = self._csv(event, evidence, folder, draft)
            picture = self._picture(event, evidence, folder, draft)
        return EventView(
            seq=event.seq,
            label=event_text.label,
            datetime=event.at.strftime(TIME_FORMAT),
            time=times.with_year(event.at),
            level=level_text(times.translations, event_text) or "",
            onset=event_text.timing.onset,
            reason=rule_in_words(
                times.translations.table, event.reason, event.facts.checks
            ),
            texts=public_texts(event, draft, report.deliveries, self._words),
            facts=self.first_paragraph(event, times),
            picture=picture,
            csv=csv,
        )

    def _words(self, channel: str) -> str:
        """Return in words where a channel posts."""
        # The kind of a channel that is not configured any more is unknown. Its name may
        # be the name of its kind, so the name is tried.
        kind = self.channel_kinds.get(channel, channel)
        return posted_in_words(self.illustrator.translations.table, kind)

    def _picture(
        self,
        event: IncidentEvent,
        evidence: Evidence,
        folder: Path,
        draft: Draft | None,
    ) -> PictureView | None:
        """Write an event's chart into `folder`; return its view, None if this fails.

        If the chart's file already holds the picture of the draft, nothing is drawn.
        """
        path = folder / f"{event.seq}.png"
        try:
            alt = self._alt_text(event, evidence, draft)
            if not holds_picture(path, draft):
                image, _ = self.illustrator.picture(event, evidence)
                write_atomically(path, image)
        except (RenderingError, ValueError, RuntimeError):
            # The page is complete without a chart.
            return None
        return PictureView(path.name, alt, POST.width, POST.height)

    def _alt_text(
        self, event: IncidentEvent, evidence: Evidence, draft: Draft | None
    ) -> str:
        """Return the alt text of an approved draft; in all other cases, a new one.

        A draft that is not approved may have an edited alt text that is under review.
        """
        if draft and draft.picture and draft.state is DraftState.APPROVED:
            return draft.picture.alt
        return self.illustrator.describe(event, evidence)

    def _csv(
        self,
        event: IncidentEvent,
        evidence: Evidence,
        folder: Path,
        draft: Draft | None,
    ) -> str:
        path = folder / f"{event.seq}.csv"
        is_current = path.is_file() and holds_picture(
            folder / f"{event.seq}.png", draft
        )
        if not is_current:
            window = data_window(event, evidence, self.illustrator)
            write_atomically(path, csv_text(evidence, event.facts, window))
        return path.name

    def first_paragraph(self, event: IncidentEvent, times: TimeFormatter) -> str:
        """Return the first paragraph of a page as of an event."""
        name = f"site/{times.translations.lang}/lead.txt"
        template = self.illustrator.templates.get_template(name)
        # The template has several lines. The paragraph is one line, also in
        # `incident.json`, so the lines are joined.
        event_text = page_event_text(event, times)
        return " ".join(template.render(s=event_text, reason=event.reason).split())
