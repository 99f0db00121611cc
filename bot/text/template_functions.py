"""Functions that templates call for translated messages and marks of text direction."""

from collections.abc import Callable
from dataclasses import replace

from bot.text.event_text import EventText
from bot.text.fitting.direction import mark_latin, mark_rtl
from bot.text.fitting.slots import Slot
from bot.text.translations import Translations

TemplateFunction = Callable[..., str]


def template_functions(
    translations: Translations, event_text: EventText, **extra_values: str
) -> dict[str, TemplateFunction]:
    """Return functions for templates: each takes a message name and returns its text.

    A template may give more values, such as `say("name", value="text")`.

    `say` writes the place as a hashtag; `plainly` writes it as a name. Messages may use
    the values of `event_text` and of `extra_values`.
    """
    values, names = {**event_text.values(), **extra_values}, event_text.names
    plain = {**values, "where": names.within}
    tag = translations.translate("hashtag", tag=names.tag)
    tagged = {**values, "place": tag, "where": names.tag_within}
    return {
        "say": lambda name, /, **more: translations.translate(name, **tagged, **more),
        "plainly": lambda name, /, **more: translations.translate(
            name, **plain, **more
        ),
    }


def localise_slot(slot: Slot, translations: Translations) -> Slot:
    """Return the slot with the separator and the direction marks of the language."""
    separator = (
        translations.translate("gap") if slot.separator == " " else slot.separator
    )
    variants = tuple(add_direction_marks(text, translations) for text in slot.variants)
    return replace(slot, separator=separator, variants=variants)


def add_direction_marks(text: str, translations: Translations) -> str:
    """Add a mark after each run of words that are read in the other direction."""
    return mark_latin(text) if translations.rtl else mark_rtl(text)
