"""Check that a text has no emoji but the bot's own, and mentions no account."""

from collections.abc import Iterator, Mapping

import regex

from bot.claims.links import find_links
from bot.claims.plain_text import PlainText, RaisedObjection, to_plain_text
from bot.model.draft import ClaimKind, ObjectionWeight
from bot.model.event import IncidentEvent
from bot.model.incident import CORRECTION_KINDS, EventKind, State

# Unassigned characters may be emoji of later versions of Unicode, and private-use
# characters show a picture in some fonts, so both count as symbols. The excluded signs
# claim nothing; the last one is `MASK`.
_SYMBOL = (
    r"[[\p{So}\p{Co}\p{Cn}\p{Extended_Pictographic}\p{Emoji_Modifier}]--[©®°¦\ufffc]]"
)
_EMOJI = regex.compile(
    # U+FE0F and U+20E3 turn the character before them into an emoji or a keycap. The flag
    # of a country is a pair of symbols.
    rf"(?:{_SYMBOL}|[\w#*]?[\ufe0f\u20e3])(?:{_SYMBOL}|[\ufe0f\u20e3])*",
    regex.V1,
)
# Anything may stand before the "@": some platforms see a mention even directly after a
# letter that is not Latin. "<@1>" and "<@&1>" are mentions in chats.
_MENTION = regex.compile(r"@[&!]?[\w\p{N}](?:[\w\p{N}.@:-]*[\w\p{N}])?")


def check_symbols(
    text: PlainText, event: IncidentEvent, glyphs: Mapping[str, Mapping[str, str]]
) -> Iterator[RaisedObjection]:
    """Yield an objection for each emoji and each mention of an account.

    An emoji says more than the facts may: a flag accuses a state, a flame says war. A
    mention notifies an account. The bot's own emoji may stand in the text once.

    Args:
        text: the text.
        event: the event that the text is about.
        glyphs: the emoji of posts, from `load_glyphs`.
    """
    own = to_plain_text(_own_glyph(event, glyphs)).text
    at = text.text.find(own) if own else -1
    if at >= 0:
        text = text.masked(at, at + len(own))
    for start, end in _emoji(text):
        yield RaisedObjection(
            ClaimKind.EMOJI, ObjectionWeight.SECOND, start, end, "emoji"
        )
    for start, end in _mentions(text):
        yield RaisedObjection(
            ClaimKind.MENTION, ObjectionWeight.SECOND, start, end, "mention"
        )


def emoji_and_mentions(text: str) -> tuple[str, ...]:
    """Return the emoji and the mentions of accounts in `text`."""
    plain = to_plain_text(text)
    spans = (plain.span(*span) for span in (*_emoji(plain), *_mentions(plain)))
    return tuple(text[start:end] for start, end in spans)


def _own_glyph(event: IncidentEvent, glyphs: Mapping[str, Mapping[str, str]]) -> str:
    """Return the emoji that begins the bot's post about an event; "" if none does."""
    suspected = event.facts.state is State.SUSPECTED
    is_correction = event.kind in CORRECTION_KINDS
    kind = EventKind.SUSPECTED if suspected and not is_correction else event.kind
    return glyphs["kinds"].get(kind) or glyphs["scopes"].get(event.facts.scope, "")


def _emoji(text: PlainText) -> Iterator[tuple[int, int]]:
    yield from (match.span() for match in _EMOJI.finditer(text.text))


def _mentions(text: PlainText) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each mention; "@" in a link mentions nobody."""
    links = find_links(text)
    for match in _MENTION.finditer(text.text):
        if not any(start <= match.start() < end for start, end in links):
            yield match.span()
