"""Which incidents the front page and the archive list."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Month:
    """A part of the archive: the incidents that opened in one month, UTC.

    Attributes:
        name: as `2026-01`.
        incidents: their ids, in the order in which they opened.
        changed: those whose pages are new or have changed.
    """

    name: str
    incidents: tuple[str, ...]
    changed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Listing:
    """What the lists of the site are made from.

    Attributes:
        front: the ids of the newest incidents, and of those that are not over.
        archive: the months whose lists are to be written; empty where the front page
            lists everything.
    """

    front: tuple[str, ...]
    archive: tuple[Month, ...] = ()
