"""Notices that the ledger was lost, replaced by an older copy, or begun anew (P4, P19).

The ledger is public, so others may hold copies and time stamps of entries that the ledger
in the folder of the site does not have any more. The store remembers the newest head.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from bot.clock import Clock
from bot.errors import StoreError, reason_of
from bot.model.operations import AlertKind, OperatorAlert
from bot.site.evidence.ledger import hash_of_entry, newest_head


@dataclass(frozen=True, slots=True)
class KnownHead:
    """The newest head of the ledger that is known.

    Attributes:
        entries: how many entries the ledger had.
        last: the SHA-256 of the last one, in hex.
        note: who accepted another ledger last, when and why; "" if nobody did.
    """

    entries: int
    last: str
    note: str = ""


class LedgerMemory(Protocol):
    """Remembers the newest head; each method may raise StoreError."""

    def read(self) -> KnownHead | None:
        """Return what is remembered; None if no entry was ever seen."""
        ...

    def write(self, head: KnownHead) -> None:
        """Remember this head in place of the former."""
        ...


@dataclass(slots=True)
class LedgerLoss:
    """Compares the ledger with the known head, and remembers each newer head.

    Attributes:
        folder: the ledger's folder.
        memory: what is known; it is read only if the head has changed.
    """

    folder: Path
    memory: LedgerMemory
    clock: Clock
    _checked: object = field(default=..., init=False)
    _alert: OperatorAlert | None = field(default=None, init=False)

    def alerts(self) -> tuple[OperatorAlert, ...]:
        """Return an alert while the ledger does not continue the known one.

        A person may have accepted the ledger meanwhile, so a problem is looked at again.
        """
        head = newest_head(self.folder)
        if self._alert is not None or head != self._checked:
            self._check(head)
            self._checked = head
        return () if self._alert is None else (self._alert,)

    def _check(self, head: Any) -> None:  # noqa: ANN401 - parsed JSON
        try:
            former = self.memory.read()
            problem = None if former is None else problem_of(self.folder, former, head)
            if problem is None and head is not None:
                self.memory.write(_of(head, "" if former is None else former.note))
        except (StoreError, OSError) as error:
            # Trouble of the store or the disk has alerts of its own.
            problem = None if self._alert is None else reason_of(error)
        since = self._alert.since if self._alert else self.clock.now()
        self._alert = (
            OperatorAlert(AlertKind.LEDGER, "", since, problem) if problem else None
        )


def problem_of(folder: Path, former: KnownHead, head: Any) -> str | None:  # noqa: ANN401
    """Return why a ledger does not continue the known one; None if it does.

    Args:
        folder: the ledger's folder.
        former: the known head.
        head: the head of the ledger, see `newest_head`.

    Raises:
        OSError: a file cannot be read.
    """
    count = 0 if head is None else head["entries"]
    if count < former.entries:
        return f"its entries end at {count}, and ended at {former.entries}"
    same = head["last"] if count == former.entries else None
    if (same or hash_of_entry(folder, former.entries)) != former.last:
        return f"its entry {former.entries} is not the one that was published"
    return None


def accepted_head(folder: Path, by: str, reason: str, at: datetime) -> KnownHead:
    """Return the head of the ledger that is there, with who accepted it and why.

    Args:
        folder: the ledger's folder.
        by: the name of the person.
        reason: why the ledger is accepted.
        at: the present time; aware, UTC.
    """
    note = f"{at:%Y-%m-%d %H:%M} UTC, {by}: {reason}"
    head = newest_head(folder)
    return KnownHead(0, "", note) if head is None else _of(head, note)


def _of(head: Any, note: str) -> KnownHead:  # noqa: ANN401 - parsed JSON
    return KnownHead(head["entries"], head["last"], note)
