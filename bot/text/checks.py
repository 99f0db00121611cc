"""The results of artefact checks and the reasons of policy, in words."""

from bot.model.incident import Facts
from bot.model.verdict import Check
from bot.text.names import labelled_name
from bot.text.translations import Translations

_RESULTS = {True: "passed", False: "failed", None: "unanswered"}
_ORDER = (False, None, True)


def ordered_checks(facts: Facts) -> list[Check]:
    """Return the checks of an event: failed ones first, then those without an answer."""
    return sorted(facts.checks, key=lambda check: _ORDER.index(check.passed))


def check_result(check: Check, translations: Translations) -> str:
    """Return the result of a check, with the signal that was checked, if there is one."""
    result = translations.translate("checks", check.name, _RESULTS[check.passed])
    if not check.signal:
        return result
    name = labelled_name(translations, check.signal) or check.signal
    return translations.translate("answers", "of", result=result, signal=name)


def reason_in_words(note: str, translations: Translations) -> str:
    """Return the reasons in a draft's note as sentences.

    A reason without a sentence is returned as it is.
    """
    parts = []
    for reason in filter(None, (part.strip() for part in note.split(","))):
        text = translations.find("reasons", reason)
        parts.append(text if isinstance(text, str) else reason)
    return "; ".join(parts)
