"""The results of artefact checks in words."""

import re

from bot.model.event import Facts
from bot.model.verdict import Check
from bot.text.credits import source_name
from bot.text.signal_names import labelled_name
from bot.text.translations import Translations

_RESULTS = {True: "passed", False: "failed", None: "unanswered"}
_SIGNAL_ID = re.compile(r"\b[a-z0-9]+\.[a-z0-9-]+\b")
_ORDER = (False, None, True)


def ordered_checks(facts: Facts) -> list[Check]:
    """Return the checks of an event: failed ones first, then those without an answer."""
    return sorted(facts.checks, key=lambda check: _ORDER.index(check.passed))


def check_result(check: Check, translations: Translations) -> str:
    """Return the result of a check, with the signal that was checked, if there is one."""
    result = translations.translate("checks", check.name, _RESULTS[check.passed])
    if not check.signal:
        return result
    source = source_name(translations, check.signal)
    name = labelled_name(translations, check.signal) or source
    return translations.translate("answers", "of", result=result, signal=name)


def check_note(check: Check, translations: Translations) -> str:
    """Return what a check found, with the names of signals in place of their ids."""
    text = translations.find("illnesses", check.note)
    if isinstance(text, str):
        return text
    return _SIGNAL_ID.sub(
        lambda match: labelled_name(translations, match[0]) or match[0], check.note
    )
