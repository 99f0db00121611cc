"""The data of a report page: `incident.json`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.incidents.timeline.silence import event_with_current_levels
from bot.model.event import Facts
from bot.model.incident import CORRECTION_KINDS
from bot.model.incident_report import IncidentReport
from bot.model.interval import Interval
from bot.model.timeline import Cut, SeriesLevel
from bot.model.verdict import SeriesState
from bot.site.event_views import EventView
from bot.site.feeds.items import ALL, feed_of
from bot.site.impact_view import impact_json
from bot.site.incident_page.articles import articles_json

TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def incident_document(
    report: IncidentReport, page_values: Mapping[str, Any]
) -> dict[str, object]:
    """Return the content of `incident.json`: the main facts of the page as data.

    `page_values` has the values that the page's template gets.
    """
    incident, facts = report.incident, event_with_current_levels(report).facts
    return {
        "id": incident.id,
        "entity": str(incident.place),
        "published": _time(report.events[0].at),
        "updated": _time(report.events[-1].at),
        "feeds": sorted(_feeds(report)),
        "corrections": [*_corrections(report, page_values["events"])],
        "state": page_values["state"],
        "state_name": page_values["state_name"],
        "confirmed": report.events[-1].is_confirmed,
        "scope": str(facts.scope),
        "severity": str(facts.severity),
        "onset": _interval(facts.timing.onset),
        "restored": _interval(facts.timing.restored) if facts.timing.restored else None,
        "cuts": [_cut(cut) for cut in facts.timing.all_cuts],
        "as_of": facts.timing.as_of.strftime(TIME_FORMAT),
        # The level of a part is left out, because readers would take it for the level
        # of the place.
        "level": facts.levels.now if facts.levels.part is None else None,
        "parts": [
            _part_entry(series)
            for series in (*facts.parts.regions, *facts.parts.networks)
        ],
        "level_read_at": _read_at(facts),
        "silent_since": _time(report.readings.blind_since),
        "signals": [_signal_entry(series) for series in facts.levels.series],
        "impact": impact_json(facts.impact),
        "class": _classification_entry(report),
        "title": page_values["title"],
        "lead": page_values["lead"],
        "statement": facts.statement or None,
        "reconstruction": facts.reconstruction,
        "drill": facts.drill,
        "credits": page_values["credits"],
        "further_reading": articles_json(report),
        "previous": [incident.id for incident in report.previous],
    }


def _feeds(report: IncidentReport) -> set[str]:
    """Return the feeds that an incident is in.

    These are `ALL`, the feed of its place, and that of each part that the events on its
    page list. The feed of corrections is written apart.
    """
    parts = (event.facts.parts for event in report.events)
    fell = {s.entity for part in parts for s in (*part.regions, *part.networks)}
    return {ALL, *(feed_of(entity) for entity in {report.incident.place, *fell})}


def _corrections(
    report: IncidentReport, views: Sequence[EventView]
) -> Iterator[dict[str, object]]:
    """Yield an entry for each correction and retraction, oldest first (P11).

    `views` has the page's views of the events, newest first.
    """
    corrections = {e.seq: e for e in report.events if e.kind in CORRECTION_KINDS}
    for view in reversed(views):
        if view.seq in corrections:
            event = corrections[view.seq]
            yield {
                "seq": event.seq,
                "kind": str(event.kind),
                "label": view.label,
                "at": _time(event.at),
                "text": view.facts,
            }


def _read_at(facts: Facts) -> str | None:
    """Return the time of the principal series' last reading, even if it is not current.

    None if there is no principal series.
    """
    return _time(facts.timing.as_of) if facts.principal else None


def _part_entry(series: SeriesLevel) -> dict[str, object]:
    """Return the entry of a part that fell: entity, signal, level and reading time."""
    return {
        "entity": str(series.entity),
        "signal": series.signal,
        "level": series.level,
        "read_at": _time(series.as_of),
    }


def _signal_entry(series: SeriesLevel) -> dict[str, object]:
    """Return the entry of one series of the place.

    A series without a current reading has the level None and the state unknown.
    """
    return {
        "id": series.signal,
        "family": str(series.family),
        "state": str(series.state if series.level is not None else SeriesState.UNKNOWN),
        "level": series.level,
        "read_at": _time(series.as_of),
    }


def _time(time: datetime | None) -> str | None:
    return time.strftime(TIME_FORMAT) if time else None


def _classification_entry(report: IncidentReport) -> dict[str, object] | None:
    """Return the class at the last event, with its rule; None if there is no class."""
    if not report.classified:
        return None
    result = report.classified[-1].classification
    return {"id": result.kind, "rule": result.why, "version": result.version}


def _cut(cut: Cut) -> dict[str, object]:
    ended = _interval(cut.ended) if cut.ended else None
    unseen = _interval(cut.unseen) if cut.unseen else None
    silence = _interval(cut.silent_before) if cut.silent_before else None
    return {
        "silent_before": silence,
        "began": _interval(cut.began),
        "ended": ended,
        "seen_until": _time(cut.seen_low),
        "unseen": unseen,
    }


def _interval(interval: Interval) -> dict[str, str]:
    return {
        "from": interval.since.strftime(TIME_FORMAT),
        "to": interval.until.strftime(TIME_FORMAT),
    }


def to_json(value: object) -> str:
    """Return a value as indented JSON with sorted keys."""
    # With sorted keys the same incident always gives the same bytes (P14).
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
