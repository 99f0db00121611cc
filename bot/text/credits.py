"""Names of sources, and credit lines with the name of the licence."""

import re
from collections.abc import Iterable, Sequence

from bot.model.event import Credit, Facts
from bot.text.fitting.direction import isolate
from bot.text.translations import Translations

# A remark on a licence stands in brackets, or after a colon or semicolon.
_REMARK = re.compile(r"\s*[(:;].*")
_RESERVED = "all rights reserved"
# "GPL-3", "CC0-1.0", "CC BY 4.0": the first word begins with a capital letter, each
# other word with a capital letter or a digit.
_CODE = re.compile(r"[A-Z][\w.+-]*(?: [A-Z0-9][\w.+-]*)*")


def source_name(
    translations: Translations, signal: str, source_credits: Iterable[Credit] = ()
) -> str:
    """Return the name of the source that measured a signal.

    The first choice is the source's brand. The second is the name in the source's
    credit, up to the first comma. The third is the source's id.
    """
    key = signal.partition(".")[0]
    brand = translations.brands.get(key)
    if brand:
        return brand.name
    texts = (
        c.text for c in source_credits if c.signal.partition(".")[0] == key and c.text
    )
    return name_in_credit(next(texts, key))


def name_in_credit(text: str) -> str:
    """Return the name that a credit begins with, up to the first comma."""
    return text.partition(",")[0]


def licence_code(licence: str) -> str:
    """Return the code of a licence, such as "GPL-3", or ""; remarks are left out."""
    name = _REMARK.sub("", licence)
    return name if _CODE.fullmatch(name) else ""


def licence_name(translations: Translations, licence: str) -> str:
    """Return a licence's name in the language of a text; "" if there is no such name.

    A licence is stored in its owner's English words. A text in another language can
    give the licence's code, but not a remark such as "not for redistribution".
    """
    if _RESERVED in licence:
        return translations.translate("credits", "reserved")
    return licence_code(licence)


def credit_line(translations: Translations, facts: Facts) -> str:
    """Return the credits as one text, each with its licence, without repeats (P13)."""
    lines = list(dict.fromkeys(_credit(translations, c) for c in facts.sources.credits))
    return translations.join("credits", "join", lines) if lines else ""


def _credit(translations: Translations, credit: Credit) -> str:
    licence, rtl = licence_name(translations, credit.licence), translations.rtl
    if not licence:
        return isolate(credit.text, rtl=rtl)
    # The code of a licence is in Latin letters, so credit and code are isolated as one
    # unit. Any other name of a licence is in the language of the text.
    code = licence_code(credit.licence)
    line = translations.translate(
        "credits",
        "line",
        credit=credit.text if code else isolate(credit.text, rtl=rtl),
        licence=licence,
    )
    return isolate(line, rtl=rtl) if code else line


def quoted_words(source_credits: Sequence[Credit]) -> list[str]:
    """Return the phrases from credits and licences that a text may quote."""
    return [
        words
        for c in source_credits
        for words in (
            c.text,
            name_in_credit(c.text),
            c.licence,
            licence_code(c.licence),
        )
        if words
    ]
