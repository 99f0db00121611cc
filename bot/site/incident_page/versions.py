"""The version history of a page: what changed in its first paragraph, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from bot.site.event_views import EventView

_WORD = re.compile(r"\S+\s*")
_LEAST_SAME = 3
"""Fewer successive words between two changes are part of the change."""


class ChangeKind(StrEnum):
    """What became of some successive words of a text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class TextChange:
    """Successive words that are the same in two texts, or in one of them alone."""

    kind: ChangeKind
    text: str


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of the page: its event, and the changes from the version before it.

    Attributes:
        changes: all words of both texts, in order.
    """

    event: EventView
    changes: tuple[TextChange, ...]


def version_views(views: Sequence[EventView]) -> tuple[VersionView, ...]:
    """Return one version for each event, the newest first (P11).

    The text of a version is the first paragraph of the page as of its event. Of the first
    version, all words are the same.

    Args:
        views: the views of the events, newest first.
    """
    if not views:
        return ()
    first = views[-1]
    later = (
        VersionView(new, text_changes(old.facts, new.facts))
        for new, old in pairwise(views)
    )
    return *later, VersionView(first, (TextChange(ChangeKind.SAME, first.facts),))


# A page is written again whenever something happens, and its earlier texts stay the same.
@lru_cache(maxsize=4096)
def text_changes(before: str, after: str) -> tuple[TextChange, ...]:
    """Return the words of two texts in order, each with what became of it."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    changes: list[TextChange] = []
    # Without `autojunk=False`, frequent words of long texts would not be compared.
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    i = j = 0
    for a, b, size in matcher.get_matching_blocks():
        at_edge = a == b == 0 or (a + size == len(old) and b + size == len(new))
        # One or two words that happen to be the same in two sentences would only break
        # up what changed.
        if size < _LEAST_SAME and not at_edge:
            continue
        changes += _changes(ChangeKind.REMOVED, old[i:a])
        changes += _changes(ChangeKind.ADDED, new[j:b])
        changes += _changes(ChangeKind.SAME, new[b : b + size])
        i, j = a + size, b + size
    return tuple(changes)


def _changes(kind: ChangeKind, words: Sequence[str]) -> list[TextChange]:
    return [TextChange(kind, "".join(words))] if words else []
