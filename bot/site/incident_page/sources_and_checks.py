"""Which other explanations were checked, and the credits of the sources of a page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.model.event import Credit, IncidentEvent
from bot.model.verdict import Check
from bot.text.checks import check_note, check_result, ordered_checks
from bot.text.credits import source_name
from bot.text.names import capitalise
from bot.text.signal_names import signal_name
from bot.text.translations import Translations


@dataclass(frozen=True, slots=True)
class CheckView:
    """The result of an artefact check, and what it found; both without a full stop.

    `passed` is None if the check has no answer.
    """

    result: str
    note: str
    passed: bool | None


@dataclass(frozen=True, slots=True)
class SourceView:
    """The credit that a source asks for, and its licence (P13).

    `name` has the signals with this credit.
    """

    name: str
    text: str
    licence: str
    link: str | None


def check_views(
    event: IncidentEvent, translations: Translations
) -> tuple[CheckView, ...]:
    """Return all artefact checks of an event, even those without an answer (P17).

    Signals with the same result of the same check are in one view.
    """
    groups = groupby(
        ordered_checks(event.facts),
        key=lambda check: (check.name, check.passed, check.note),
    )
    return tuple(_check_view(tuple(checks), translations) for _, checks in groups)


def _check_view(checks: Sequence[Check], translations: Translations) -> CheckView:
    """Return the view of checks that differ only in their signals."""
    first = checks[0]
    signals = tuple(check.signal for check in checks if check.signal)
    result = check_result(first, translations, signals)
    return CheckView(result, check_note(first, translations), first.passed)


def source_views(
    events: Sequence[IncidentEvent], translations: Translations
) -> tuple[SourceView, ...]:
    """Return the credit of every signal that the events used, each signal once (P13).

    Signals with the same credit are in one view.
    """
    names: dict[Credit, list[str]] = {}
    seen: set[str] = set()
    for event in events:
        families = {s.signal: s.family for s in event.facts.listed_series}
        for credit in event.facts.sources.credits:
            if credit.signal in seen:
                continue
            seen.add(credit.signal)
            # If the family of a signal is not known, the source is named instead.
            family = families.get(credit.signal)
            name = (
                signal_name(translations, credit.signal, family)
                if family
                else source_name(translations, credit.signal)
            )
            names.setdefault(replace(credit, signal=""), []).append(name)
    return tuple(
        SourceView(
            capitalise(translations.join_list(list(dict.fromkeys(signals)))),
            credit.text,
            credit.licence,
            credit.link,
        )
        for credit, signals in names.items()
    )
