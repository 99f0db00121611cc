"""Words in one plain form, whatever the script, with the way back to the original."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from bot.model.objection import ClaimKind, Weight

MASK = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for what was dealt with: it is no letter, no digit and no space."""
# One letter for what two keyboards write, and one dash, quote and point for all.
_ONE = {
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
# Vowel signs that Arabic and Persian write or leave out.
_OPTIONAL = {chr(code) for code in (*range(0x64B, 0x660), 0x670)}


@dataclass(frozen=True, slots=True)
class PlainText:
    """`text`, and for each of its characters where it stands in the original."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same stretch in the original."""
        return self.at[start], self.at[end - 1] + 1

    def without(self, start: int, end: int) -> "PlainText":
        """The same with a stretch masked."""
        masked = self.text[:start] + MASK * (end - start) + self.text[end:]
        return PlainText(masked, self.at)


_STOP = regex.compile(r"[!?。။।\n]|\.(?=\s|$)")


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence (of plain text) that holds a stretch begins and ends."""
    begin = max((m.end() for m in _STOP.finditer(text, 0, start)), default=0)
    stop = _STOP.search(text, end)
    return begin, stop.start() if stop else len(text)


def plain(words: str) -> PlainText:
    """Digits of all scripts as 0-9, compatibility forms and invisible marks gone."""
    pairs = [(c, n) for n, one in enumerate(words) for c in _plain_of(one)]
    return PlainText("".join(c for c, _ in pairs), tuple(n for _, n in pairs))


@lru_cache(maxsize=4096)
def _plain_of(one: str) -> tuple[str, ...]:
    return tuple(_parts(one))


def _parts(one: str) -> Iterator[str]:
    for part in unicodedata.normalize("NFKD", one):
        if unicodedata.category(part) == "Cf" or part in _OPTIONAL:
            continue
        digit = unicodedata.decimal(part, None)
        yield from _ONE.get(part, part) if digit is None else str(digit)


@dataclass(frozen=True, slots=True)
class RaisedObjection:
    """An objection in the plain text; `reason` names the sentence that explains it."""

    kind: ClaimKind
    weight: Weight
    start: int
    end: int
    reason: str
    values: Mapping[str, str] = field(default_factory=dict)
