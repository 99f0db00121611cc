"""All values of a report page, for its template."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.charts.illustrator import Illustrator
from bot.incidents.timeline.silence import event_with_current_levels
from bot.model.incident import CORRECTION_KINDS
from bot.model.incident_report import IncidentReport
from bot.site.charts.event_charts import card_file, write_event_charts
from bot.site.event_views import (
    EventView,
    fact_rows,
    page_event_text,
)
from bot.site.feeds.items import feed_of
from bot.site.impact_view import impact_view
from bot.site.incident_page.affected_parts import affected_parts_view, impact_map
from bot.site.incident_page.articles import article_values
from bot.site.incident_page.data_table import data_table
from bot.site.incident_page.heading import cause_values, heading_values
from bot.site.incident_page.history import earlier_incident_views, history_view
from bot.site.incident_page.observation import observation_view
from bot.site.incident_page.posts import EventWriter, first_paragraph, grouped_events
from bot.site.incident_page.sources_and_checks import check_views, source_views
from bot.site.incident_page.structured_data import live_blog
from bot.site.incident_page.timeline import timeline_entries
from bot.site.incident_page.versions import version_views
from bot.site.source_views import fault_sentences
from bot.text.places_affected import zone_of
from bot.text.reasons import rule_in_words
from bot.text.text_builder import describe_baseline
from bot.text.times import TimeFormatter


def page_values(
    report: IncidentReport,
    illustrator: Illustrator,
    folder: Path,
    describe_channel: Callable[[str], str],
    url: str,
    original: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Write the charts and data files of a page; return the values for its template.

    A page in another language than that of the site shares the frozen pictures and the
    data files of the `original`. Its own files have its language in their names.

    Args:
        report: what the page shows.
        illustrator: draws the charts.
        folder: the folder of the page.
        describe_channel: takes a channel's name; returns in words where it posts.
        url: the public URL of the page; it ends with a slash.
        original: the values of the page in the language of the site; None for this page.

    Raises:
        OSError: a file cannot be written.
        RenderingError: a text of the page cannot be made.
    """
    zone = zone_of(report.events[-1].facts, illustrator.register)
    times = TimeFormatter(illustrator.translations, illustrator.register, zone)
    # The lead is the same text as that of the newest version, unless a series is silent.
    last = event_with_current_levels(report)
    suffix = f".{illustrator.translations.lang}" if original else ""
    originals = original["events"] if original else ()
    views = EventWriter(
        illustrator, report, folder, times, describe_channel, originals
    ).views()
    values = {
        **heading_values(report, page_event_text(last, times), times),
        **_measured_values(report, times),
        **cause_values(report, times),
        **article_values(report, times),
        **_chart_values(report, illustrator, folder, suffix),
        **_event_values(report, views, times),
        "lead": first_paragraph(illustrator, last, times),
        "address": url,
        "page_url": f"{url}index{suffix}.html" if original else url,
        "text_file": f"index{suffix}.txt",
        "previous": earlier_incident_views(
            report, times, folder, f"index{suffix}.html"
        ),
    }
    return {**values, "json_ld": live_blog(report, values, illustrator)}


def _chart_values(
    report: IncidentReport, illustrator: Illustrator, folder: Path, suffix: str
) -> dict[str, Any]:
    """Write the charts of a page; return the values about them.

    Raises:
        OSError: a file cannot be written.
    """
    charts = write_event_charts(illustrator, report, folder, suffix)
    return {
        "charts": charts,
        "impact_map": impact_map(report, charts),
        "table": data_table(report, illustrator) if charts else None,
        # If there are no charts, `write_event_charts` has removed the card too.
        "card": card_file(suffix) if charts else None,
    }


def _event_values(
    report: IncidentReport, views: Sequence[EventView], times: TimeFormatter
) -> dict[str, Any]:
    """Return the values about the events; `views` has their views, newest first."""
    return {
        "events": views,
        "groups": grouped_events(report, views),
        "timeline": timeline_entries(report, views, times),
        "versions": version_views(views),
        "corrections": _corrections(report, views),
    }


def _measured_values(report: IncidentReport, times: TimeFormatter) -> dict[str, Any]:
    """Return the values that follow from the measurements."""
    # A report has only events that may be shown. Its last event may therefore be
    # older than the incident's newest event (P12).
    last, translations = event_with_current_levels(report), times.translations
    event_text = page_event_text(last, times)
    return {
        "facts": fact_rows(last, event_text, times),
        "impact": impact_view(last, translations),
        "affected": affected_parts_view(last, times),
        "troubles": fault_sentences(report, times),
        "observation": observation_view(report, translations),
        "more_previous": report.more_previous,
        "history": history_view(report, times),
        "baseline": describe_baseline(translations, last.facts, "methods_long"),
        "rule": rule_in_words(translations.table, last.facts.rule, last.facts.checks),
        "checks": check_views(last, translations),
        "credits": event_text.sources.credits,
        "feed": feed_of(report.incident.place),
        "sources": source_views(report.events, translations),
    }


def _corrections(
    report: IncidentReport, views: Sequence[EventView]
) -> tuple[EventView, ...]:
    """Return the views of the corrections and retractions, newest first (P11)."""
    numbers = {e.seq for e in report.events if e.kind in CORRECTION_KINDS}
    return tuple(view for view in views if view.seq in numbers)
