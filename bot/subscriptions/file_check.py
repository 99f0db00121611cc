"""Notices that the file of the subscriptions was lost, replaced or restored.

The main store remembers what the file was like (see `FileMemory`). So a file that is
missing, empty or older than the store knows does not pass for a new one, and readers do not
vanish without a word.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.errors import StoreError
from bot.subscriptions.database import FileState, SubscriptionFile


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the main store remembers of the file.

    Attributes:
        state: its newest state that was seen.
        accepted_at: when a person last accepted another or an older file; aware, UTC. None
            if nobody did.
        note: the name of this person, and the reason; "" if nobody did.
    """

    state: FileState
    accepted_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Departure:
    """A reader who left: a hash of the random id, and nothing of the address."""

    reader: str
    at: datetime
    never_again: bool


class FileMemory(Protocol):
    """What remembers the file elsewhere; each method may raise StoreError."""

    def read(self) -> KnownFile | None:
        """Return what is remembered; None if no file was ever seen."""
        ...

    def write(self, record: KnownFile) -> None:
        """Remember this."""
        ...

    def note_departure(self, departure: Departure) -> None:
        """Remember that a reader left, for as long as an old copy may be restored."""
        ...

    def departures(self) -> tuple[Departure, ...]:
        """Return the readers who left."""
        ...


@dataclass(frozen=True, slots=True)
class FileCheck:
    """Compares the file with what is remembered of it."""

    file: SubscriptionFile
    path: Path
    memory: FileMemory

    def create(self) -> None:
        """Make the file, if none is missing; an older file gets its new tables.

        Raises:
            StoreError: see `SubscriptionFile.create`.
        """
        is_remembered = self.memory.read() is not None
        if not (is_remembered and self.file.is_blank()):
            self.file.create()

    def require_known(self) -> None:
        """Check the file, and remember its state.

        Raises:
            StoreError: the file is missing, empty, another one or an older copy; or it
                cannot be read.
        """
        # What is remembered is read first: the file may change in between, but only to a
        # newer state.
        record = self.memory.read()
        state = None if self.file.is_blank() else self.file.state()
        if record is not None and (problem := _problem(record.state, state)):
            raise StoreError(f"{self.path}: {problem}; {_ADVICE}")
        if state is not None and (record is None or record.state != state):
            self.memory.write(
                KnownFile(state) if record is None else replace(record, state=state)
            )

    def accepted_at(self) -> datetime | None:
        """Return when a person last accepted another or an older file; None if never."""
        record = self.memory.read()
        return None if record is None else record.accepted_at

    def departures_of(self, readers: Iterable[str]) -> tuple[tuple[str, bool], ...]:
        """Return the ids among `readers` that left, and whether they come never again."""
        left = {d.reader: d.never_again for d in self.memory.departures()}
        hashes = {reader: reader_hash(reader) for reader in readers}
        return tuple((r, left[h]) for r, h in hashes.items() if h in left)


_ADVICE = (
    "nothing is sent to readers meanwhile. Put the file or its newest copy back; or run"
    " `outagewire readers accept --by NAME --reason '...'`, which goes on with what is there"
)


def reader_hash(reader: str) -> str:
    """Return the hash by which a reader who left is remembered; the id is random."""
    return hashlib.sha256(reader.encode()).hexdigest()


def _problem(record: FileState, state: FileState | None) -> str | None:
    """Return what is wrong with a file; None if it is as new as is record."""
    count = f"{record.readers} readers"
    if state is None:
        return f"the file of the readers is missing or empty; it had {count}"
    if state.identity != record.identity:
        return f"this is another file of readers than before, which had {count}"
    if state.changes < record.changes:
        return (
            f"this is an older copy of the file of the readers, which had {count}:"
            f" {record.changes - state.changes} changes are missing"
        )
    return None
