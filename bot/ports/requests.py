"""What people ask of the running program, in the store: pauses, corrections, articles.

Every method may raise StoreError when the database cannot be read or written. Times
are aware, in UTC.
"""

from datetime import datetime
from typing import Protocol

from bot.model.articles.article import ArticleStep, ListedArticle
from bot.model.incident import ManualCorrection
from bot.model.operations import AlertMemory, Pause


class Pauses(Protocol):
    """The kill switch: which channels are paused, by whom and why (P16)."""

    def pause(self, pause: Pause) -> None:
        """Pause one channel, or all of them (`ALL_CHANNELS`)."""
        ...

    def resume(self, channel: str, by: str, reason: str, at: datetime) -> None:
        """Resume a channel, or all of them (`ALL_CHANNELS`).

        A channel that was paused by its own name stays paused when all are resumed.
        """
        ...

    def active(self) -> tuple[Pause, ...]:
        """Return the pauses in force, ordered by channel name."""
        ...

    def is_paused(self, channel: str) -> bool:
        """Return whether a channel is paused by its own name or by `ALL_CHANNELS`."""
        ...


class AlertMemories(Protocol):
    """What operators were told, so that a restart repeats no alert (P19)."""

    def read(self) -> AlertMemory:
        """Return the memory; empty if there is none, or if its record is damaged."""
        ...

    def write(self, memory: AlertMemory) -> None:
        """Keep `memory` in place of the earlier one."""
        ...


class PendingCorrections(Protocol):
    """Manual corrections of incidents; a tick makes an event of each (P11)."""

    def append(self, correction: ManualCorrection) -> None:
        """Save a correction. Raises StoreError if its incident does not exist."""
        ...

    def pending(self) -> tuple[ManualCorrection, ...]:
        """Return the corrections that are not yet events, oldest first."""
        ...

    def mark_done(self, correction: ManualCorrection) -> None:
        """Record that a tick has handled a correction: it is no longer pending."""
        ...


class Articles(Protocol):
    """Articles about incidents: an append-only list of what people did (P11)."""

    def append(self, step: ArticleStep) -> None:
        """Save one step: what a person did with an article.

        Raises:
            StoreError: the incident or article does not exist, an article that is added
                has the number of another, or the article was withdrawn.
        """
        ...

    def history(self, incident: str) -> tuple[ArticleStep, ...]:
        """Return every step on an incident's articles, by article, oldest first."""
        ...

    def of_incident(self, incident: str) -> tuple[ListedArticle, ...]:
        """Return the present state of an incident's articles, ordered by number."""
        ...

    def count(self, incident: str) -> int:
        """Return how many articles were ever added to an incident."""
        ...
