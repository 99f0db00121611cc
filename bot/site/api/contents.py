"""Makes the files of one incident from its page."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from bot.incidents.timeline.silence import event_with_current_levels
from bot.model.delivery import web_address
from bot.model.entity import Entity
from bot.model.event import Credit, IncidentEvent
from bot.model.incident_report import IncidentReport
from bot.model.interval import Interval
from bot.model.timeline import Drop, SeriesTimeline
from bot.site.api.folder import ApiFolder
from bot.site.api.list_records import IncidentSummary
from bot.site.api.records import (
    ApiCredit,
    ApiDrop,
    ApiEvent,
    ApiIncident,
    ApiInterval,
    ApiPost,
    ApiTimeline,
    IncidentFile,
)
from bot.site.event_views import EventView
from bot.site.incident_json import TIME_FORMAT
from bot.site.outputs import PageUpdate


def incident_name(incident: str) -> str:
    """Return the name of an incident's file within the API."""
    return f"incidents/{incident}"


def series_name(incident: str) -> str:
    """Return the name of the file with an incident's series."""
    return f"incidents/{incident}/series"


def incident_file(update: PageUpdate, folder: ApiFolder) -> IncidentFile:
    """Return the file of an incident with its events and its timeline."""
    return IncidentFile(
        schema_=folder.schema_url("incident"),
        licence=folder.words("licence"),
        incident=_incident(update, folder),
        events=tuple(_events(update, folder)),
        timeline=tuple(_timeline(update.report)),
    )


def incident_summary(update: PageUpdate, folder: ApiFolder) -> IncidentSummary:
    """Return an incident's entry in lists."""
    values = _chosen(update.document, IncidentSummary)
    values |= {
        "url": folder.url(incident_name(update.incident)),
        "page": folder.settings.page_url(update.incident),
    }
    return IncidentSummary.model_validate(values)


def api_credit(credit: Credit) -> ApiCredit:
    """Return the credit of a signal (P13)."""
    return ApiCredit(
        signal=credit.signal,
        text=credit.text,
        licence=credit.licence,
        link=web_address(credit.link) or None,
    )


def api_interval(interval: Interval) -> ApiInterval:
    """Return an interval with its times as text."""
    return ApiInterval(since=api_time(interval.since), until=api_time(interval.until))


def api_time(time: datetime) -> str:
    """Return a UTC time as text."""
    return time.strftime(TIME_FORMAT)


def shown_entities(report: IncidentReport) -> frozenset[Entity]:
    """Return the place, and the parts that the shown events name.

    A later event may carry the drops of a part that only a held event names (P12).
    """
    parts = (event.facts.parts for event in report.events)
    named = {series.entity for p in parts for series in (*p.affected_series, *p.back)}
    return frozenset({report.incident.place, *named})


def credits_of(report: IncidentReport) -> tuple[Credit, ...]:
    """Return the credits of all shown events, each once, in the order of the events."""
    credits_in_order = (c for e in report.events for c in e.facts.sources.credits)
    return tuple(dict.fromkeys(credits_in_order))


def _incident(update: PageUpdate, folder: ApiFolder) -> ApiIncident:
    report, settings = update.report, folder.settings
    illustrator = settings.illustrator
    names = illustrator.register, illustrator.translations.lang
    values = _chosen(update.document, ApiIncident)
    values |= {
        "page": settings.page_url(update.incident),
        "series": folder.url(series_name(update.incident)),
        "place": names[0].name(report.incident.place, names[1]),
        "credits": [api_credit(credit) for credit in credits_of(report)],
    }
    return ApiIncident.model_validate(values)


def _chosen(
    document: Mapping[str, Any], record: type[ApiIncident] | type[IncidentSummary]
) -> dict[str, Any]:
    """Return those values of `incident.json` that a record has, by their keys."""
    fields = record.model_fields.items()
    keys = {str(field.validation_alias or name) for name, field in fields}
    return {key: document[key] for key in sorted(keys & document.keys())}


def _events(update: PageUpdate, folder: ApiFolder) -> Iterator[ApiEvent]:
    views: dict[int, EventView] = {view.seq: view for view in update.page["events"]}
    base = folder.settings.page_url(update.incident)
    for event in update.report.events:
        yield _event(event, views[event.seq], base)


def _event(event: IncidentEvent, view: EventView, base: str) -> ApiEvent:
    facts, levels = event.facts, event.facts.levels
    restored = facts.timing.restored
    return ApiEvent(
        seq=event.seq,
        kind=event.kind,
        label=view.label,
        at=api_time(event.at),
        reason=event.reason,
        state=facts.state,
        scope=facts.scope,
        severity=facts.severity,
        onset=api_interval(facts.timing.onset),
        restored=api_interval(restored) if restored else None,
        # The level of a part is left out, because readers would take it for the level
        # of the place.
        level=levels.now if levels.part is None else None,
        text=view.facts,
        statement=facts.statement or None,
        posts=tuple(_posts(view)),
        chart=f"{base}{quote(view.picture.src)}" if view.picture else None,
        data=f"{base}{quote(view.csv)}" if view.csv else None,
    )


def _posts(view: EventView) -> Iterator[ApiPost]:
    for text in view.texts:
        addresses = (web_address(link.url) for link in text.links)
        yield ApiPost(
            lang=text.lang, text=text.body, urls=tuple(a for a in addresses if a)
        )


def _timeline(report: IncidentReport) -> Iterator[ApiTimeline]:
    shown = shown_entities(report)
    for series in event_with_current_levels(report).facts.timeline:
        if series.entity in shown:
            yield _series_timeline(series)


def _series_timeline(series: SeriesTimeline) -> ApiTimeline:
    return ApiTimeline(
        entity=str(series.entity),
        signal=series.signal,
        family=series.family,
        state=series.state,
        as_of=api_time(series.as_of),
        drops=tuple(_drop(drop) for drop in series.drops),
        silences=tuple(api_interval(silence) for silence in series.silences),
    )


def _drop(drop: Drop) -> ApiDrop:
    return ApiDrop(
        onset=api_interval(drop.onset),
        ended=api_interval(drop.ended) if drop.ended else None,
        lowest=drop.lowest,
        seen_low=api_time(drop.seen_low) if drop.seen_low else None,
    )
