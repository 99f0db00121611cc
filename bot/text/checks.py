"""The results of artefact checks in words."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.model.event import Facts
from bot.model.signal import Family
from bot.model.verdict import Check, CheckName, SeriesState
from bot.text.credits import source_name
from bot.text.signal_names import labelled_name
from bot.text.translations import Translations

_RESULTS = {True: "passed", False: "failed", None: "unanswered"}
_SIGNAL_ID = re.compile(r"\b[a-z0-9]+\.[a-z0-9-]+\b")
_ORDER = (False, None, True)


def ordered_checks(facts: Facts) -> list[Check]:
    """Return the checks of an event: failed ones first, then those without an answer."""
    checks = (_as_answered(check, facts) for check in facts.checks)
    return sorted(checks, key=lambda check: _ORDER.index(check.passed))


def _as_answered(check: Check, facts: Facts) -> Check:
    """Return a check with the result that texts give.

    The check `addresses-without-people` passes if traffic fell. It also passes if the
    loss of addresses is deep, or if traffic cannot be assessed: a check without an
    answer would prevent a verdict of Confirmed. In these two cases, texts say that the
    check has no answer.
    """
    asks_for_traffic = check.name is CheckName.ADDRESSES_WITHOUT_PEOPLE
    if not (asks_for_traffic and check.passed) or _traffic_fell(facts):
        return check
    return replace(check, passed=None)


def _traffic_fell(facts: Facts) -> bool:
    """Whether traffic fell in the incident, in the place or in a part of it."""
    fell = {s.family for s in facts.timeline if s.drops}
    down = {s.family for s in facts.listed_series if s.state is SeriesState.DROPPED}
    return Family.TRAFFIC in fell | down


def check_result(
    check: Check, translations: Translations, signals: Sequence[str] | None = None
) -> str:
    """Return the result of a check, with the signals that were checked, if there are any.

    `signals` has the ids of all signals with this result; None: only that of the check.
    """
    result = translations.translate("checks", check.name, _RESULTS[check.passed])
    if signals is None:
        signals = (check.signal,) if check.signal else ()
    if not signals:
        return result
    names = (
        labelled_name(translations, signal) or source_name(translations, signal)
        for signal in signals
    )
    listed = translations.join_list(list(dict.fromkeys(names)))
    return translations.translate("answers", "of", result=result, signal=listed)


def check_note(check: Check, translations: Translations) -> str:
    """Return what a check found, with the names of signals instead of their ids."""
    text = reason_of_illness(check.note, translations)
    if text is not None:
        return text
    # A note is stored in English.
    if translations.lang != "en":
        return ""
    return _SIGNAL_ID.sub(
        lambda match: labelled_name(translations, match[0]) or match[0], check.note
    )


def reason_of_illness(reason: str, translations: Translations) -> str | None:
    """Return why a source is ill in plain words; None if the reason has none."""
    text = translations.find("illnesses", reason.replace(" ", "-"))
    return text if isinstance(text, str) else None
