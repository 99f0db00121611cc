"""The history of a place: its earlier incidents by kind, season and duration."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.model.incident import Incident, State
from bot.model.incident_report import IncidentReport
from bot.model.interval import duration_range_between
from bot.text.phrases import disruption_noun
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

_INDEX = "index.html"
_LEAST = 3
"""Fewer incidents than this are only listed."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HistoryView:
    """How many earlier confirmed incidents there were, in three ways.

    Each item is a name and a count. Incidents without a known end count in `lengths` as
    "end not known", as do those whose length may be on either side of a limit.
    """

    kinds: tuple[tuple[str, int], ...]
    seasons: tuple[tuple[str, int], ...]
    lengths: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class EarlierIncidentView:
    """An earlier incident of the same place; `file` is that of its page."""

    id: str
    title: str
    time: str
    file: str


def earlier_incident_views(
    report: IncidentReport, times: TimeFormatter, folder: Path, page_file: str
) -> tuple[EarlierIncidentView, ...]:
    """Return the earlier incidents of the place, newest first.

    Args:
        report: has the incidents.
        times: formats the times.
        folder: the folder of the page.
        page_file: the file of the page; an earlier incident without such a file has its
            page in the language of the site.
    """
    return tuple(
        _earlier_incident(
            incident,
            times,
            page_file
            if (folder.parent / incident.id / page_file).is_file()
            else _INDEX,
        )
        for incident in report.previous
    )


def history_view(report: IncidentReport, times: TimeFormatter) -> HistoryView | None:
    """Return the counts of the listed earlier incidents that were confirmed.

    Retracted incidents are left out. The result is None if there are fewer than three.
    """
    past = [
        incident
        for incident in report.previous
        if incident.confirmed_at is not None and incident.state is not State.RETRACTED
    ]
    if len(past) < _LEAST:
        return None
    translations = times.translations
    return HistoryView(
        kinds=_counts([_kind(incident, translations) for incident in past]),
        seasons=_counts(
            [_season(times.local(i.onset.since), translations) for i in past]
        ),
        lengths=_counts([_length(incident, translations) for incident in past]),
    )


def _earlier_incident(
    incident: Incident, times: TimeFormatter, file: str
) -> EarlierIncidentView:
    translations = times.translations
    noun = disruption_noun(
        translations, incident.place.kind, incident.scope, incident.severity
    )
    # An incident that was never confirmed is called a drop, not a disruption (P7).
    if incident.confirmed_at is None:
        noun = translations.translate("page", "drop")
    state = translations.translate("kinds", incident.state)
    return EarlierIncidentView(
        id=incident.id,
        title=f"{noun[:1].upper()}{noun[1:]} ({state})",
        time=times.with_year(incident.onset.since),
        file=file,
    )


def _counts(names: list[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(names)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _kind(incident: Incident, translations: Translations) -> str:
    return disruption_noun(
        translations, incident.place.kind, incident.scope, incident.severity
    )


def _season(onset: datetime, translations: Translations) -> str:
    """Return the name of the quarter of the year; seasons differ between hemispheres."""
    return translations.translate("history", f"quarter{(onset.month + 2) // 3}")


def _length(incident: Incident, translations: Translations) -> str:
    if incident.restored is None:
        return translations.translate("history", "unended")
    length = duration_range_between(incident.onset, incident.restored)
    if length.longest < _DAY:
        return translations.translate("history", "hours")
    if length.shortest >= 7 * _DAY:
        return translations.translate("history", "weeks")
    is_days = length.shortest >= _DAY and length.longest < 7 * _DAY
    return translations.translate("history", "days" if is_days else "between")
