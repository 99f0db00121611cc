"""The timeline of a page: events, measurements and context, told apart (P8)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.attribution import Attribution, AttributionStep
from bot.model.incident import State
from bot.model.incident_report import IncidentReport
from bot.model.interval import Interval
from bot.model.timeline import SeriesTimeline
from bot.site.event_views import EventView
from bot.site.incident_json import TIME_FORMAT
from bot.site.incident_page.posts import is_reminder
from bot.text.names import capitalise
from bot.text.signal_names import signal_name
from bot.text.times import TimeFormatter

_MOST_MEASUREMENTS = 40
"""The timeline has at most this many drops and returns: the first and the last ones."""


class EntryKind(StrEnum):
    """What an entry of the timeline is.

    - event: what was reported.
    - measurement: what the readings show.
    - context: what a person put on record, with a source.
    """

    EVENT = "event"
    MEASUREMENT = "measurement"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry; `at` orders the entries (aware, UTC), and `link` is an anchor or None."""

    kind: EntryKind
    at: datetime
    time: str
    text: str
    link: str | None = None

    @property
    def datetime(self) -> str:
        """The time as ISO 8601 text in UTC."""
        return self.at.strftime(TIME_FORMAT)


def timeline_entries(
    report: IncidentReport, views: Sequence[EventView], times: TimeFormatter
) -> tuple[TimelineEntry, ...]:
    """Return the timeline, the newest entry first.

    Args:
        report: has the events, the measurements and the statements on the cause.
        views: the views of the events, newest first.
        times: formats the times.
    """
    entries = [
        *_events(report, views),
        *_some(sorted(_measurements(report, times), key=lambda entry: entry.at)),
        *_context(report.attributions, times),
    ]
    # At the same time, a measurement comes before the event that reports it.
    order = list(EntryKind)
    return tuple(
        sorted(
            entries, key=lambda e: (e.at, -order.index(e.kind), e.text), reverse=True
        )
    )


def _events(
    report: IncidentReport, views: Sequence[EventView]
) -> Iterator[TimelineEntry]:
    """Yield the events without daily reminders, except a reminder that is the newest."""
    newest = report.events[-1]
    for event, view in zip(reversed(report.events), views, strict=True):
        if event is newest or not is_reminder(event):
            yield TimelineEntry(
                EntryKind.EVENT, event.at, view.time, view.label, f"#event-{view.seq}"
            )


def _measurements(
    report: IncidentReport, times: TimeFormatter
) -> Iterator[TimelineEntry]:
    """Yield the drops and returns of the place's own series and of published parts."""
    facts = report.events[-1].facts
    if facts.state is State.RETRACTED:
        # The readings that showed the drops may have been revised.
        return
    for series in facts.timeline:
        if series.entity != facts.place and not series.reported:
            continue
        for drop in series.drops:
            yield _measurement("fell", series, drop.onset, report, times)
            if drop.ended is not None:
                yield _measurement("returned", series, drop.ended, report, times)


def _measurement(
    key: str,
    series: SeriesTimeline,
    interval: Interval,
    report: IncidentReport,
    times: TimeFormatter,
) -> TimelineEntry:
    translations = times.translations
    name = signal_name(translations, series.signal, series.family)
    if series.entity != report.incident.place:
        part = times.register.name(series.entity, translations.lang)
        name = translations.translate("timeline", "part", part=part, signal=name)
    text = translations.translate("timeline", key, name=capitalise(name))
    return TimelineEntry(
        EntryKind.MEASUREMENT, interval.until, times.interval(interval), text
    )


def _some(entries: list[TimelineEntry]) -> list[TimelineEntry]:
    half = _MOST_MEASUREMENTS // 2
    return entries if len(entries) <= 2 * half else [*entries[:half], *entries[-half:]]


def _context(
    attributions: Sequence[Attribution], times: TimeFormatter
) -> Iterator[TimelineEntry]:
    """Yield when statements on the cause were shown here, and when they were withdrawn."""
    for attribution in attributions:
        if not attribution.was_ever_shown:
            continue
        shown = attribution.signed or attribution.added
        yield _statement("stated", attribution, shown, times)
        if attribution.withdrawn is not None:
            yield _statement("withdrawn", attribution, attribution.withdrawn, times)


def _statement(
    key: str, attribution: Attribution, step: AttributionStep, times: TimeFormatter
) -> TimelineEntry:
    text = times.translations.translate("timeline", key, who=attribution.claim.who)
    return TimelineEntry(
        EntryKind.CONTEXT, step.at, times.with_year(step.at), text, "#happening"
    )
