"""The names of signals in texts."""

from bot.model.event import Facts
from bot.text.translations import Translations


def signal_name(translations: Translations, signal: str, family: str) -> str:
    """Return the name of a signal; if it has none, the name of its family."""
    return labelled_name(translations, signal) or translations.translate(
        "families", family
    )


def labelled_name(translations: Translations, signal: str) -> str | None:
    """Return the name that a source's brand gives a signal; None if there is none."""
    source, _, key = signal.partition(".")
    brand = translations.brands.get(source)
    label = brand.signals.get(key) if brand else None
    if label is None:
        return None
    if label.product is not None and translations.has("products", label.family):
        return translations.translate("products", label.family, product=label.product)
    return translations.translate("families", label.family)


def silent_signals(facts: Facts, translations: Translations) -> str:
    """Return the names of the place's signals without a current reading, or ""."""
    names = [
        signal_name(translations, series.signal, series.family)
        for series in facts.levels.series
        if series.level is None
    ]
    return translations.join_list(list(dict.fromkeys(names))) if names else ""
