"""The store of readings, their revisions, gaps, and answered backfill requests."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy import Connection, insert, select

from bot.model.entity import Entity
from bot.model.interval import Interval
from bot.model.signal import Chunk, Gap, Panel, ParsedAnswer, Signal
from bot.store import schema
from bot.store.database import Database
from bot.store.readings import rows
from bot.store.readings.gaps import faults_of, gaps_of, write_gaps
from bot.store.readings.packing import Times, bins_within


@dataclass(frozen=True, slots=True)
class ReadingRevision:
    """A reading that its source changed from `old` to `new` (P9).

    `bin` is the number of the reading's bin. `at` is when the new value was first seen:
    aware, UTC.
    """

    bin: int
    old: float
    new: float
    at: datetime


class StoredReadings:
    """Readings, packed in rows of about a day for each series."""

    def __init__(self, database: Database) -> None:
        """Keep readings and gaps in `database`."""
        self._database = database

    def write(
        self, parsed: ParsedAnswer, signals: Mapping[str, Signal], at: datetime
    ) -> None:
        """Store gaps and readings, seen at `at`, in one transaction.

        Readings are stored if they are new or revised. A reading that equals the stored
        one changes nothing, and a missing value replaces no reading (P5).

        Raises:
            StoreError: a signal changed its step or phase, `at` cannot be stored (see
                `times_seen`), or the store cannot be written.
        """
        if not (parsed.chunks or parsed.gaps):
            return
        # The chunks are grouped by signal, so that each row is written once, even if
        # several chunks have bins in it.
        chunks: defaultdict[str, list[Chunk]] = defaultdict(list)
        for chunk in parsed.chunks:
            chunks[chunk.signal].append(chunk)
        with self._database.write("save readings") as connection:
            write_gaps(connection, parsed.gaps, at)
            for signal_id, signal_chunks in chunks.items():
                rows.write(connection, signals[signal_id], signal_chunks, at)

    def write_gaps(self, gaps: Iterable[Gap], at: datetime) -> None:
        """Store gaps that were seen at `at`; a stored gap keeps its first-seen time.

        Raises:
            StoreError: the store cannot be written.
        """
        new = tuple(gaps)
        if new:
            with self._database.write("save gaps") as connection:
                write_gaps(connection, new, at)

    def panel(
        self, signal: Signal, entities: tuple[Entity, ...], window: Interval
    ) -> Panel:
        """Return the stored readings whose bins begin within `window`.

        Each row is copied into the panel as soon as it is read. So little memory is
        needed besides the panel.

        Returns:
            A panel of shape (entities, bins), NaN where nothing is stored.

        Raises:
            StoreError: the signal changed its step or phase, or the store cannot be
                read.
        """
        bins = bins_within(signal, window)
        values = np.full((len(entities), len(bins)), np.nan, dtype=np.float32)
        with self._database.read(f"load the history of {signal.id}") as connection:
            rows.fill_values(connection, values, signal, entities, bins)
        return Panel(signal, entities, bins.start, values)

    def is_answered(self, key: str) -> bool:
        """Return whether the backfill request `key` was answered."""
        with self._database.read("look up a backfill request") as connection:
            return _is_asked(connection, key)

    def mark_answered(self, key: str, at: datetime) -> None:
        """Record that the backfill request `key` was answered at `at`.

        If an answer is recorded already, its time is kept.
        """
        with self._database.write("mark a backfill request") as connection:
            if not _is_asked(connection, key):
                connection.execute(insert(schema.asked).values(key=key, at=at))

    def first_seen(self, signal: Signal, entity: Entity, window: Interval) -> Times:
        """Return when each bin that begins within `window` was first seen.

        Returns:
            Seconds since 1970, shape (bins,), 0 for a bin that is missing.
        """
        bins = bins_within(signal, window)
        times = np.zeros((1, len(bins)), dtype=np.uint32)
        with self._database.read(f"read first-seen times of {signal.id}") as connection:
            rows.fill_times(connection, times, signal, (entity,), bins)
        return np.asarray(times[0], dtype=np.uint32)

    def revisions(self, signal: Signal, entity: Entity) -> tuple[ReadingRevision, ...]:
        """Return every change of a reading of one series, oldest first (P9)."""
        table, series = schema.revisions, schema.series
        query = (
            select(table.c.bin, table.c.old, table.c.new, table.c.at)
            .join_from(table, series)
            .where(series.c.signal == signal.id, series.c.entity == str(entity))
            .order_by(table.c.id)
        )
        with self._database.read(f"read revisions of {signal.id}") as connection:
            return tuple(ReadingRevision(*row) for row in connection.execute(query))

    def gaps(self, signal: str) -> tuple[tuple[Gap, datetime], ...]:
        """Return a signal's gaps, first stored first, each with its first-seen time."""
        with self._database.read(f"read gaps of {signal}") as connection:
            return gaps_of(connection, signal)

    def faults(
        self, signals: tuple[str, ...], since: datetime
    ) -> tuple[tuple[Gap, datetime], ...]:
        """Return the gaps of whole signals that end at `since` or later.

        The gaps are sorted by their start. Each gap comes with the time at which it was
        first seen.
        """
        with self._database.read("read the gaps of the sources") as connection:
            return faults_of(connection, signals, since)


def _is_asked(connection: Connection, key: str) -> bool:
    query = select(schema.asked.c.key).where(schema.asked.c.key == key)
    return connection.execute(query).first() is not None
