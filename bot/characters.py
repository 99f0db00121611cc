"""Finds characters in texts from outside that are hidden or look like others."""

import re
import unicodedata
from itertools import pairwise

# Unicode categories: control, format, surrogate and private-use characters, and line
# and paragraph separators. A terminal obeys some of these characters. Others reverse
# the order of the words, or hide words.
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
# These characters are hidden, but texts need them. The first two join or divide letters
# of Persian, Hindi and Burmese; the second also joins emoji. The others keep numbers
# and Latin names in their place in Arabic and Persian texts.
_JOINERS_AND_MARKS = frozenset("\u200c\u200d\u200e\u200f\u061c")
_ISOLATES, _END_OF_ISOLATE = "\u2066\u2067\u2068", "\u2069"
# Characters that show nothing, but that Unicode counts as letters, marks or symbols.
_EMPTY_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_ALPHABETS = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"})
"""Alphabets with letters that look alike."""
_WORD = re.compile(r"[^\W\d_]{2,}")


def character_problem(
    text: str, *, may_have_lines: bool = False, check_alphabets: bool = True
) -> str:
    """Return what is wrong with the characters of a text; "" if nothing is.

    Args:
        text: a text from a person, a file or a server.
        may_have_lines: whether the text may have line breaks and isolates. Isolates are the
            invisible characters around a name that is written in the other direction.
        check_alphabets: whether a word with letters of two alphabets counts as wrong.
    """
    hidden = _hidden_characters(text, may_have_lines=may_have_lines)
    if hidden:
        codes = ", ".join(sorted({f"U+{ord(c):04X}" for c in hidden}))
        return f"has characters that are not shown ({codes}); remove them"
    if may_have_lines and not _is_balanced(text):
        return (
            "has one end of a direction isolate (U+2066 to U+2069) without the other in"
            " the same line; remove it"
        )
    mixed = _mixed_word(text) if check_alphabets else ""
    return (
        f"has letters of two alphabets in {mixed!r}; write it with one alphabet"
        if mixed
        else ""
    )


def are_same_name(first: str, second: str) -> bool:
    """Return whether two names of persons have the same letters and digits.

    Case, accents, spaces, punctuation and letters that show nothing are ignored.
    """
    return _letters(first) == _letters(second)


def escape_hidden(text: str, *, may_have_lines: bool = False) -> str:
    """Return `text` with its hidden characters as escapes, for a terminal or a log."""
    hidden = set(_hidden_characters(text, may_have_lines=may_have_lines))
    return "".join(
        c.encode("unicode_escape").decode() if c in hidden else c for c in text
    )


def one_visible_line(text: str) -> str:
    """Return `text` on one line, with a space in place of each hidden character."""
    hidden = set(_hidden_characters(text, may_have_lines=False))
    return " ".join("".join(" " if c in hidden else c for c in text).split())


def _hidden_characters(text: str, *, may_have_lines: bool) -> list[str]:
    allowed = _JOINERS_AND_MARKS
    if may_have_lines:
        allowed |= {"\n", *_ISOLATES, _END_OF_ISOLATE}
    return [
        c
        for c in text
        if c in _EMPTY_LETTERS
        or (unicodedata.category(c) in _HIDDEN_CATEGORIES and c not in allowed)
    ]


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character in _ISOLATES) - (character == _END_OF_ISOLATE)
        # Each isolate (of text direction) must end in the line in which it begins.
        if depth < 0 or (character == "\n" and depth):
            return False
    return depth == 0


def _mixed_word(text: str) -> str:
    """Return the first word in which letters of two `_ALPHABETS` meet; "" if none."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text))
    return next((word for word in words if _mixes_alphabets(word)), "")


def _mixes_alphabets(word: str) -> bool:
    alphabets = [unicodedata.name(c, "").partition(" ")[0] for c in word]
    return any(a != b and {a, b} <= _ALPHABETS for a, b in pairwise(alphabets))


def _letters(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name).casefold()
    return "".join(c for c in parts if c.isalnum() and c not in _EMPTY_LETTERS)
