"""The ports through which raw answers and readings are stored and read."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from bot.model.entity import Entity
from bot.model.interval import Interval
from bot.model.signal import Answer, AnswerRecord, Gap, ParsedAnswer, Signal

# The import of Panel loads numpy. Commands that read only drafts or deliveries do not
# need numpy.
if TYPE_CHECKING:
    from bot.model.signal import Panel


class Answers(Protocol):
    """Raw responses of sources, hashed and compressed, kept for a limited time (P3)."""

    def save(self, answer: Answer) -> str:
        """Store an answer and return the SHA-256 of its body in hex."""
        ...

    def received(self, interval: Interval, limit: int) -> tuple[AnswerRecord, ...]:
        """Return the newest answers that arrived in an interval, oldest first."""
        ...

    def delete_before(self, received_before: datetime) -> int:
        """Delete answers received before `received_before`; return how many."""
        ...


class Readings(Protocol):
    """Readings and gaps, with the times at which they were first seen.

    Also the keys of the backfill requests that were answered.
    """

    def write(
        self, parsed: ParsedAnswer, signals: Mapping[str, Signal], at: datetime
    ) -> None:
        """Store readings and gaps that were first seen, or revised, at `at`."""
        ...

    def write_gaps(self, gaps: Iterable[Gap], at: datetime) -> None:
        """Store gaps that were first seen at `at`."""
        ...

    def faults(
        self, signals: tuple[str, ...], since: datetime
    ) -> tuple[tuple[Gap, datetime], ...]:
        """Return the gaps in which a whole signal is missing, oldest first.

        Only gaps that end at `since` or later are returned, each with the time at which
        it was first seen.
        """
        ...

    def panel(
        self, signal: Signal, entities: tuple[Entity, ...], window: Interval
    ) -> "Panel":
        """Return the stored readings whose bins begin within `window`."""
        ...

    def is_answered(self, key: str) -> bool:
        """Return whether the backfill request `key` was answered."""
        ...

    def mark_answered(self, key: str, at: datetime) -> None:
        """Store that the backfill request `key` was answered at `at`."""
        ...
