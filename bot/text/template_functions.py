"""How templates speak: messages filled from a story, and kept in reading order."""

from collections.abc import Callable
from dataclasses import fields, replace

import regex
from babel import Locale

from bot.text.event_text import EventText
from bot.text.slots import Slot
from bot.text.translations import Translations

TemplateFunction = Callable[[str], str]
# Where Latin words stand in a text that runs from right to left: names, addresses and
# "UTC", with what belongs to them, up to a whole credit line; no link, which platforms
# look for themselves.
_WORD = r"\p{Latin}(?:[\p{Latin}\p{M}\d&'/_-]|\.(?=\w))*"
_LATIN = regex.compile(
    rf"https?://\S+(*SKIP)(*FAIL)|{_WORD}(?:(?:,? | \N{{EN DASH}} ){_WORD})*"
)
_ARABIC_MARK = "\N{ARABIC LETTER MARK}"


def template_functions(
    words: Translations, story: EventText, **more: str
) -> dict[str, TemplateFunction]:
    """What a template calls: `say` names the place by its hashtag, `plainly` does not.

    `more` is filled in beside what the story has.
    """
    told = {f.name: getattr(story, f.name) for f in fields(story)}
    known = {name: value for name, value in told.items() if isinstance(value, str)}
    known |= {"number": story.operator_range if story.narrow else story.level, **more}
    plain = {**known, "where": story.within}
    tag = words.say("hashtag", tag=story.tag)
    tagged = {**known, "place": tag, "where": story.tag_within}
    return {
        "say": lambda name: words.say(name, **tagged),
        "plainly": lambda name: words.say(name, **plain),
    }


def settled(slot: Slot, words: Translations) -> Slot:
    """The slot as the language sets it: its space, and its Latin words in place."""
    before = words.say("gap") if slot.before == " " else slot.before
    texts = tuple(settle(text, words) for text in slot.texts)
    return replace(slot, before=before, texts=texts)


def settle(text: str, words: Translations) -> str:
    """Close every run of Latin words in a text from right to left.

    Without a mark, digits and names that follow a Latin word join its run and read in
    the wrong order. The Arabic letter mark cannot be seen, and counts one on X, where
    an isolate would count four.
    """
    if Locale.parse(words.about.locale).text_direction != "rtl":
        return text
    return _LATIN.sub(lambda found: found[0] + _ARABIC_MARK, text)
