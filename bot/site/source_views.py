"""What befell the sources, and how they stand, in words (P5, P6, P17)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from bot.model.incident import IncidentEvent
from bot.model.incident_report import IncidentReport
from bot.model.signal import Family
from bot.model.source_status import FaultKind, SourceFault, SourceStatus
from bot.model.verdict import CheckName
from bot.text.names import capitalise, labelled_name, signal_name, source_name
from bot.text.times import TimeFormatter
from bot.text.translations import Translations

_FORM = "%Y-%m-%dT%H:%M:%SZ"


def troubles_of(dossier: IncidentReport, moments: TimeFormatter) -> tuple[str, ...]:
    """One sentence for each time in which a source was ill or silent.

    What the store has on sources comes first; what only the steps tell follows.
    """
    names = _families(dossier.events)
    befell = [_sentence(fault, names, moments) for fault in dossier.faults]
    known = {fault.signal for fault in dossier.faults}
    told = [
        _of_step(signal, key, run, names, moments)
        for key, signal, run in _runs(dossier.events)
        if signal not in known
    ]
    return tuple(dict.fromkeys((*befell, *told)))


def condition_rows(
    conditions: Sequence[SourceStatus], words: Translations
) -> list[dict[str, str | None]]:
    """How each signal stands now; times are ISO 8601, UTC, null is not known."""
    return [
        {
            "signal": one.signal,
            "name": capitalise(signal_name(words, one.signal, one.family)),
            "source": source_name(words, one.signal),
            "credit": one.credit.text,
            "licence": one.credit.licence,
            "link": one.credit.link,
            "newest": _iso(one.newest),
            "newest_words": utc(one.newest, words) if one.newest else None,
            "state": str(one.standing),
            "state_words": _standing(one, words),
            "since": _iso(one.since),
        }
        for one in conditions
    ]


def utc(at: datetime, words: Translations) -> str:
    """As "11:00 UTC on 5 January 2022", where no place is spoken of."""
    told = words.date(at.astimezone(UTC), "clock")
    clock = words.translate("times", "utc", time=told)
    return words.translate("times", "on", time=clock, day=words.date(at, "dated"))


def _standing(one: SourceStatus, words: Translations) -> str:
    key = str(one.standing)
    why = _why(one.reason, words)
    if one.since is None:
        dateless = words.find("standings", f"{key}_undated")
        key = f"{key}_undated" if dateless else key
        return words.translate("standings", key, why=why)
    return words.translate("standings", key, since=utc(one.since, words), why=why)


def _iso(at: datetime | None) -> str | None:
    return at.strftime(_FORM) if at else None


def _sentence(
    fault: SourceFault, names: Mapping[str, Family], moments: TimeFormatter
) -> str:
    """A fault as it was, from when to when, or since when it lasts."""
    words, until = moments.translations, fault.until
    ends = "lasting" if until is None else "past"
    if until is not None and until - fault.since < moments.resolution:
        ends = "once"
    return words.translate(
        "faults",
        fault.kind,
        ends,
        name=_name(fault.signal, names, words),
        source=source_name(words, fault.signal),
        since=moments.instant(fault.since),
        until=moments.instant(until, near=fault.since) if until else "",
        why=_why(fault.reason, words) if fault.kind is FaultKind.ILL else "",
    )


def _why(reason: str, words: Translations) -> str:
    """A stored reason in plain words; never the words of somebody's server."""
    found = words.find("illnesses", reason)
    return found if isinstance(found, str) else words.translate("illnesses", "other")


_Run = tuple[datetime, datetime | None]


def _runs(events: Sequence[IncidentEvent]) -> Iterator[tuple[str, str, _Run]]:
    """From which step to which a signal said nothing, or failed its check.

    A run ends with the step at which it is over; None: not by the last one.
    """
    for key, those in (("mute", _mute), ("doubted", _doubted)):
        began: dict[str, datetime] = {}
        for event in events:
            now = those(event)
            for signal in [s for s in began if s not in now]:
                yield key, signal, (began.pop(signal), event.at)
            for signal in sorted(now):
                began.setdefault(signal, event.at)
        for signal, since in began.items():
            yield key, signal, (since, None)


def _mute(event: IncidentEvent) -> frozenset[str]:
    return frozenset(event.facts.unknown)


def _doubted(event: IncidentEvent) -> frozenset[str]:
    return frozenset(
        check.signal
        for check in event.facts.checks
        if check.name is CheckName.SOURCE_HEALTH and check.passed is False
    )


def _of_step(
    signal: str,
    key: str,
    run: _Run,
    names: Mapping[str, Family],
    moments: TimeFormatter,
) -> str:
    words, (since, until) = moments.translations, run
    return words.translate(
        "faults",
        key,
        "past" if until else "lasting",
        name=_name(signal, names, words),
        since=moments.instant(since),
        until=moments.instant(until, near=since) if until else "",
    )


def _families(events: Iterable[IncidentEvent]) -> dict[str, Family]:
    return {
        s.signal: s.family
        for event in events
        for s in (*event.facts.series, *event.facts.networks, *event.facts.regions)
    }


def _name(signal: str, names: Mapping[str, Family], words: Translations) -> str:
    """What people call a signal and who measures it, as "BGP routing (IODA)"."""
    family = names.get(signal)
    name = labelled_name(words, signal)
    if name is None:
        name = signal_name(words, signal, family) if family else signal
    return capitalise(
        words.translate(
            "credits", "sources", signals=name, source=source_name(words, signal)
        )
    )
