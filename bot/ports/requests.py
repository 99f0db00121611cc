"""Requests from people to the running program, kept in the store: pauses and corrections.

Every method may raise StoreError when the database cannot be read or written. Times
are aware, in UTC.
"""

from datetime import datetime
from typing import Protocol

from bot.model.incident import ManualCorrection
from bot.model.operations import Pause


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
