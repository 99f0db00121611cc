"""Normalise a text of any script; keep the position of each character."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from bot.model.draft import ClaimKind, ObjectionWeight

MASK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""The character that masks checked text; it is not a letter, a digit or a space."""
# Variants of letters, dashes, quotes and points, with the character that replaces each.
_EQUIVALENTS = {
    "ی": "ي",
    "ى": "ي",
    "ک": "ك",
    "ە": "ه",
    "ہ": "ه",
    "٫": ".",
    "٬": ",",
    "،": ",",
    "؟": "?",
    "’": "'",
    "‘": "'",
    "٪": "%",
    "ـ": "",
    **dict.fromkeys("‐‑‒–—−", "-"),
}
_DIGIT = regex.compile(r"\d")
# Arabic and Persian may leave out these vowel signs.
_OPTIONAL_MARKS = {chr(code) for code in (*range(0x64B, 0x660), 0x670)}


@dataclass(frozen=True, slots=True)
class PlainText:
    """A normalised text and the position of each character in the original."""

    text: str
    positions: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters from `start` to `end` are in the original."""
        return self.positions[start], self.positions[end - 1] + 1

    def masked(self, start: int, end: int) -> "PlainText":
        """Return a copy with the characters from `start` to `end` masked."""
        masked = self.text[:start] + MASK * (end - start) + self.text[end:]
        return PlainText(masked, self.positions)


# A full stop before a small letter ends an abbreviation: "28 févr. à 22h30".
_STOP = regex.compile(r"[!?。။।\n]|\.(?=\s|$)(?!\s+\p{Ll})")


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return start and end of the sentence with the characters `start` to `end`."""
    begin = max((m.end() for m in _STOP.finditer(text, 0, start)), default=0)
    stop = _STOP.search(text, end)
    return begin, stop.start() if stop else len(text)


def to_plain_text(text: str) -> PlainText:
    """Normalise a text, so that each character has one form.

    The result is in NFKD form. It has the digits 0-9, one character for similar
    characters such as dashes, and no invisible or optional marks.
    """
    pairs = [
        (c, n) for n, character in enumerate(text) for c in _plain_characters(character)
    ]
    return PlainText("".join(c for c, _ in pairs), tuple(n for _, n in pairs))


def _digit(character: str) -> int | None:
    """Return the value of a digit of any script; None for other characters."""
    value: int | None = unicodedata.decimal(character, None)
    if value is not None or not _DIGIT.fullmatch(character):
        return value
    # `regex` knows scripts that are newer than Python's table. The ten digits of a script
    # stand in order, zero first, and nothing but digits stands between two sets.
    zero = ord(character)
    while _DIGIT.fullmatch(chr(zero - 1)):
        zero -= 1
    return (ord(character) - zero) % 10


@lru_cache(maxsize=4096)
def _plain_characters(character: str) -> tuple[str, ...]:
    return tuple(_normalised(character))


def _normalised(character: str) -> Iterator[str]:
    for part in unicodedata.normalize("NFKD", character):
        if unicodedata.category(part) == "Cf" or part in _OPTIONAL_MARKS:
            continue
        digit = _digit(part)
        yield from _EQUIVALENTS.get(part, part) if digit is None else str(digit)


@dataclass(frozen=True, slots=True)
class RaisedObjection:
    """An objection to the characters from `start` to `end` of the plain text.

    `reason` is the key of the sentence that explains the objection to the editor.
    """

    kind: ClaimKind
    weight: ObjectionWeight
    start: int
    end: int
    reason: str
    values: Mapping[str, str] = field(default_factory=dict)
