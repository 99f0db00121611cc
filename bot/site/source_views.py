"""The status of the sources, and their faults during an incident (P5, P6, P17)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from bot.model.event import IncidentEvent
from bot.model.incident_report import IncidentReport
from bot.model.signal import Family
from bot.model.source_status import FaultKind, SourceFault, SourceStatus
from bot.model.verdict import CheckName
from bot.text.credits import source_name
from bot.text.names import capitalise
from bot.text.signal_names import labelled_name, signal_name
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


def fault_sentences(report: IncidentReport, times: TimeFormatter) -> tuple[str, ...]:
    """Return one sentence for each period in which a source was unhealthy or silent.

    Stored faults come first. Faults that the events show follow, but only of signals
    without a stored fault.
    """
    families = _families(report.events)
    stored = [_fault(fault, families, times) for fault in report.faults]
    signals_with_faults = {fault.signal for fault in report.faults}
    shown_by_events = [
        _event_fault(signal, key, run, families, times)
        for key, signal, run in _runs(report.events)
        if signal not in signals_with_faults
    ]
    # Two faults can give the same sentence, which is then shown once.
    return tuple(dict.fromkeys((*stored, *shown_by_events)))


def status_rows(
    statuses: Sequence[SourceStatus], translations: Translations
) -> list[dict[str, str | None]]:
    """Return the status of each signal; times are ISO 8601 in UTC, None if not known."""
    return [
        {
            "signal": status.signal,
            "name": capitalise(signal_name(translations, status.signal, status.family)),
            "source": source_name(translations, status.signal, [status.credit]),
            "credit": status.credit.text,
            "licence": status.credit.licence,
            "link": status.credit.link,
            "newest": _iso(status.newest),
            "newest_words": (
                format_utc(status.newest, translations) if status.newest else None
            ),
            "state": str(status.standing),
            "state_words": _state(status, translations),
            "since": _iso(status.since),
        }
        for status in statuses
    ]


def format_utc(at: datetime, translations: Translations) -> str:
    """Format a time that concerns no place: "11:00 UTC on 5 January 2022"."""
    time = translations.date(at.astimezone(UTC), "clock")
    clock = translations.translate("times", "utc", time=time)
    day = translations.date(at, "dated")
    return translations.translate("times", "on", time=clock, day=day)


def _state(status: SourceStatus, translations: Translations) -> str:
    key = str(status.standing)
    why = _reason(status.reason, translations)
    if status.since is None:
        # Some states have a separate message for an unknown beginning.
        undated = translations.find("standings", f"{key}_undated")
        key = f"{key}_undated" if undated else key
        return translations.translate("standings", key, why=why)
    since = format_utc(status.since, translations)
    return translations.translate("standings", key, since=since, why=why)


def _iso(at: datetime | None) -> str | None:
    return at.strftime(_TIME_FORMAT) if at else None


def _fault(
    fault: SourceFault, families: Mapping[str, Family], times: TimeFormatter
) -> str:
    """Return the sentence for a stored fault, past or lasting."""
    translations, until = times.translations, fault.until
    form = "lasting" if until is None else "past"
    # Both ends of a very short fault are almost the same, so its sentence gives one time.
    if until is not None and until - fault.since < times.resolution:
        form = "once"
    is_ill = fault.kind is FaultKind.ILL
    return translations.translate(
        "faults",
        fault.kind,
        form,
        name=_name(fault.signal, families, translations),
        source=source_name(translations, fault.signal),
        since=times.instant(fault.since),
        until=times.instant(until, near=fault.since) if until else "",
        why=_reason(fault.reason, translations) if is_ill else "",
    )


def _reason(reason: str, translations: Translations) -> str:
    """Return a stored reason in plain words.

    A reason without a message gets the message "other", because a text from the server
    of a source is never shown.
    """
    text = translations.find("illnesses", reason)
    return (
        text if isinstance(text, str) else translations.translate("illnesses", "other")
    )


_Run = tuple[datetime, datetime | None]
"""The time of the first event that shows a fault, and of the next event without it.

The second time is None if no later event is without the fault.
"""


def _runs(events: Sequence[IncidentEvent]) -> Iterator[tuple[str, str, _Run]]:
    """Yield key, signal and run of each fault that the events show.

    The keys are "mute" and "doubted" (see `_mute` and `_doubted`). The end of a run is
    None if the last event still shows the fault.
    """
    for key, signals_of in (("mute", _mute), ("doubted", _doubted)):
        began: dict[str, datetime] = {}
        for event in events:
            current = signals_of(event)
            # The list is a copy, because the loop removes entries from `began`.
            for signal in [s for s in began if s not in current]:
                yield key, signal, (began.pop(signal), event.at)
            # Sets have no fixed order, and the same events must give the same page
            # (P14).
            for signal in sorted(current):
                began.setdefault(signal, event.at)
        for signal, since in began.items():
            yield key, signal, (since, None)


def _mute(event: IncidentEvent) -> frozenset[str]:
    """Return the signals of the place that had no current reading at an event."""
    return frozenset(event.facts.levels.unknown)


def _doubted(event: IncidentEvent) -> frozenset[str]:
    """Return the signals that failed the check of source health at an event."""
    return frozenset(
        check.signal
        for check in event.facts.checks
        if check.name is CheckName.SOURCE_HEALTH and check.passed is False
    )


def _event_fault(
    signal: str,
    key: str,
    run: _Run,
    families: Mapping[str, Family],
    times: TimeFormatter,
) -> str:
    """Return the sentence for a fault that only the events show."""
    translations, (since, until) = times.translations, run
    return translations.translate(
        "faults",
        key,
        "past" if until else "lasting",
        name=_name(signal, families, translations),
        since=times.instant(since),
        until=times.instant(until, near=since) if until else "",
    )


def _families(events: Iterable[IncidentEvent]) -> dict[str, Family]:
    return {s.signal: s.family for event in events for s in (*event.facts.listed,)}


def _name(
    signal: str, families: Mapping[str, Family], translations: Translations
) -> str:
    """Return the name of a signal with its source, such as "BGP routing (IODA)"."""
    family = families.get(signal)
    name = labelled_name(translations, signal)
    if name is None:
        name = signal_name(translations, signal, family) if family else signal
    source = source_name(translations, signal)
    return capitalise(
        translations.translate("credits", "sources", signals=name, source=source)
    )
