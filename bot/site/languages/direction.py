"""Keep Latin words and numbers in order in a page that is read from the right."""

import re
from collections.abc import Iterator
from html import escape, unescape

from bot.text.fitting.direction import ARABIC_MARK, begins_with_number, split_latin

_PIECE = re.compile(r"<[^>]*>|[^<]+")
_TAG = re.compile(r"<(/?)([a-z0-9]+)")
_TEXT_ONLY = frozenset({"option", "script", "style", "title"})
"""Elements that hold no other elements."""
_EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "source"})


def isolate_latin(html: str) -> str:
    """Return a page with an element `bdi` around each run of Latin words in its texts.

    A text that begins with a number gets a mark in front, so that its percent sign is
    where it is within a sentence. Left unchanged are elements that hold text alone, and
    those that state a direction or a language of their own.

    Args:
        html: a page in which `<` and `>` are only around tags.
    """
    return "".join(_pieces(html))


def _pieces(html: str) -> Iterator[str]:
    # The open elements within one that is left unchanged, this one first.
    unchanged: list[str] = []
    for piece in _PIECE.findall(html):
        tag = _TAG.match(piece)
        if tag is None:
            is_text = not unchanged and not piece.startswith("<")
            yield _isolated(piece) if is_text else piece
            continue
        name = tag[2]
        if tag[1]:
            if unchanged and unchanged[-1] == name:
                unchanged.pop()
        elif name not in _EMPTY and (unchanged or _is_left(name, piece)):
            unchanged.append(name)
        yield piece


def _is_left(name: str, tag: str) -> bool:
    states_own = " dir=" in tag or " lang=" in tag
    return name in _TEXT_ONLY or (name != "html" and states_own)


def _isolated(text: str) -> str:
    plain = unescape(text)
    if not plain.strip():
        return text
    parts = [
        f"<bdi>{escape(part, quote=False)}</bdi>"
        if is_latin
        else escape(part, quote=False)
        for part, is_latin in split_latin(plain)
    ]
    return f"{ARABIC_MARK if begins_with_number(plain) else ''}{''.join(parts)}"
