"""The status of the sources, and their faults during an incident (P5, P6, P17)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.model.delivery import web_address
from bot.model.event import IncidentEvent
from bot.model.incident_report import IncidentReport
from bot.model.signal import Family
from bot.model.source_status import FaultKind, SourceFault, SourceStatus
from bot.model.verdict import CheckName
from bot.text.checks import reason_of_illness
from bot.text.credits import source_name
from bot.text.names import capitalise
from bot.text.signal_names import labelled_name, signal_name
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
_LONG_BEFORE = timedelta(days=3)
"""A reading that is this much older than the onset says nothing about the incident."""


def fault_sentences(report: IncidentReport, times: TimeFormatter) -> tuple[str, ...]:
    """Return one sentence for each period in which a source was unhealthy or silent.

    Stored faults come first. Then come faults that the events show, but only of signals
    without a stored fault.
    """
    families = _families(report.events)
    stored = [_fault_sentence(fault, families, times) for fault in report.faults]
    signals_with_faults = {fault.signal for fault in report.faults}
    shown_by_events = [
        sentence(signal, run, families, times)
        for signals_of, sentence in (
            (_unknown_signals, _unknown_sentence),
            (_unhealthy_signals, _unhealthy_sentence),
        )
        for signal, run in _runs(report.events, signals_of)
        if signal not in signals_with_faults
    ]
    # Two faults can give the same sentence. It is shown once.
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
            "link": web_address(status.credit.link) or None,
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


def format_utc(time_utc: datetime, translations: Translations) -> str:
    """Format a time in UTC only, without the local time: "11:00 UTC on 5 January 2022"."""
    time = translations.date(time_utc.astimezone(UTC), "clock")
    clock = translations.translate("times", "utc", time=time)
    day = translations.date(time_utc, "dated")
    return translations.translate("times", "on", time=clock, day=day)


def _state(status: SourceStatus, translations: Translations) -> str:
    key = str(status.standing)
    why = _reason_words(status.reason, translations)
    if status.since is None:
        # Some states have another message if their beginning is not known.
        undated = f"{key}_undated"
        is_other = translations.has("standings", undated)
        is_other = is_other or translations.find("standings", undated) is not None
        key = undated if is_other else key
        return translations.translate("standings", key, why=why)
    since = format_utc(status.since, translations)
    return translations.translate("standings", key, since=since, why=why)


def _iso(at: datetime | None) -> str | None:
    return at.strftime(_TIME_FORMAT) if at else None


def _fault_sentence(
    fault: SourceFault, families: Mapping[str, Family], times: TimeFormatter
) -> str:
    """Return the sentence for a stored fault."""
    translations, until = times.translations, fault.until
    form = "lasting" if until is None else "past"
    # If a fault is very short, its two ends are almost equal, and only one is given.
    if until is not None and until - fault.since < times.resolution:
        form = "once"
    is_ill = fault.kind is FaultKind.ILL
    return translations.translate(
        "faults",
        fault.kind,
        form,
        name=_signal_and_source(fault.signal, families, translations),
        source=source_name(translations, fault.signal),
        since=times.instant(fault.since),
        until=times.instant(until, previous=fault.since) if until else "",
        why=_reason_words(fault.reason, translations) if is_ill else "",
    )


def _reason_words(reason: str, translations: Translations) -> str:
    """Return a stored reason in plain words.

    A reason without a message may be a text from a source's server. Such a text is
    never shown; the message "other" replaces it.
    """
    text = reason_of_illness(reason, translations)
    return text or translations.translate("illnesses", "other")


@dataclass(frozen=True, slots=True)
class _Run:
    """Successive events that all show the same fault of a signal.

    Attributes:
        first, last: the first and the last of these events.
        ended_at: the time of the next event, which no longer shows the fault; None if
            there is no later event.
    """

    first: IncidentEvent
    last: IncidentEvent
    ended_at: datetime | None


def _runs(
    events: Sequence[IncidentEvent],
    signals_of: Callable[[IncidentEvent], frozenset[str]],
) -> Iterator[tuple[str, _Run]]:
    """Yield (signal, run) for each run of consecutive events that show a fault.

    `signals_of` returns the signals for which an event shows the fault.
    """
    runs: dict[str, _Run] = {}
    for event in events:
        current = signals_of(event)
        # The loop goes over a list, because it removes entries from `runs`.
        for signal in [s for s in runs if s not in current]:
            yield signal, replace(runs.pop(signal), ended_at=event.at)
        # The set is sorted, so the same events always give the same page (P14).
        for signal in sorted(current):
            run = runs.get(signal, _Run(event, event, None))
            runs[signal] = replace(run, last=event)
    yield from runs.items()


def _unknown_signals(event: IncidentEvent) -> frozenset[str]:
    """Return the signals of the place whose state was unknown at an event."""
    return frozenset(event.facts.levels.unknown)


def _unhealthy_signals(event: IncidentEvent) -> frozenset[str]:
    """Return the signals that failed the check of source health at an event."""
    return frozenset(
        check.signal
        for check in event.facts.checks
        if check.name is CheckName.SOURCE_HEALTH and check.passed is False
    )


def _unknown_sentence(
    signal: str, run: _Run, families: Mapping[str, Family], times: TimeFormatter
) -> str:
    """Return the sentence for a signal that could not be judged.

    The sentence gives the time of the last reading that could be judged, unless this
    reading is long past: there may then be newer readings that are too small to judge.
    """
    event, form = run.last, "lasting" if run.ended_at is None else "past"
    readings = (s.as_of for s in event.facts.levels.series if s.signal == signal)
    since = next((at for at in readings if not is_long_past(at, event)), None)
    return times.translations.translate(
        "faults",
        "mute",
        f"{form}_undated" if since is None else form,
        name=_signal_and_source(signal, families, times.translations),
        at=times.instant(event.at, previous=since),
        since=times.instant(since) if since else "",
    )


def _unhealthy_sentence(
    signal: str, run: _Run, families: Mapping[str, Family], times: TimeFormatter
) -> str:
    """Return the sentence for a signal that failed the check of its source's health."""
    since, until = run.first.at, run.ended_at
    return times.translations.translate(
        "faults",
        "doubted",
        "past" if until else "lasting",
        name=_signal_and_source(signal, families, times.translations),
        since=times.instant(since),
        until=times.instant(until, previous=since) if until else "",
    )


def is_long_past(reading: datetime, event: IncidentEvent) -> bool:
    """Whether a reading is older than the onset by `_LONG_BEFORE` or more."""
    return event.facts.timing.onset.since - reading >= _LONG_BEFORE


def _families(events: Iterable[IncidentEvent]) -> dict[str, Family]:
    return {
        s.signal: s.family for event in events for s in (*event.facts.listed_series,)
    }


def _signal_and_source(
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
