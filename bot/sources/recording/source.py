"""A recording as a source: the same readings again, for replay.

Cadence, lag, licence and credit are the recording's own. It answers every bin it
has, due or not: the loop that asks has the clock. For a recording that keeps to
its publication times see `bot.replay.server`.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from bot.clock import Clock
from bot.errors import RecordingError, SourceFormatChanged
from bot.model.entity import Entity
from bot.model.interval import Interval
from bot.model.signal import Answer, Chunk, Gap, Parsed, Request, Signal
from bot.settings import Section
from bot.sources.recording.folder import load
from bot.sources.recording.readings_csv import (
    CsvRow,
    bin_of,
    cells,
    fill,
    read_rows,
    write_rows,
)
from bot.sources.recording.recording import Recording, RecordingInfo, assemble

__all__ = [
    "Recording",
    "RecordingConfig",
    "RecordingInfo",
    "RecordingSource",
    "assemble",
    "build",
    "load",
]

_OK = 200


class RecordingConfig(Section):
    """Where the recording is: a folder with recording.toml and series.csv."""

    folder: str


class RecordingSource:
    """Reads a recording as if it were somebody who measures."""

    name = "recording"

    def __init__(self, recording: Recording, clock: Clock) -> None:
        """Answer from `recording`; answers are stamped by `clock`."""
        self.signals: tuple[Signal, ...] = recording.signals
        self.rows: Mapping[str, tuple[Entity, ...]] = recording.rows
        self.parents: Mapping[Entity, Entity] = recording.parents
        self._entities = recording.entities
        self._clock = clock
        self._by_id = {s.id: s for s in self.signals}
        self._lines = recording.lines
        self._begins = np.array([self._begin(row) for row in self._lines])

    def questions(self, window: Interval) -> tuple[Request, ...]:
        """One question for everything in `window`; none for an empty window."""
        if not window.width:
            return ()
        since, until = window.since.isoformat(), window.until.isoformat()
        request = Request(
            key=f"{self.name}/{since}/{until}",
            signals=tuple(self._by_id),
            entities=self._entities,
            window=window,
            path=f"series.csv?since={since}&until={until}",
        )
        return (request,)

    def ask(self, request: Request) -> Answer:
        """The recording's own lines whose bins begin within the window, as CSV."""
        since, until = request.window.since, request.window.until
        inside = (self._begins >= since.timestamp()) & (
            self._begins < until.timestamp()
        )
        body = write_rows(self._lines[i] for i in np.flatnonzero(inside))
        return Answer(self.name, request, self._clock.now(), _OK, body.encode())

    def parse(self, answer: Answer) -> Parsed:
        """Read the CSV of an answer; a series without a reading is a gap (P5).

        Raises:
            SourceFormatChanged: it is not what `ask` writes.
        """
        window = answer.request.window
        found = cells(self._read(answer), self._by_id)
        chunks: list[Chunk] = []
        gaps: list[Gap] = []
        for signal_id, entities in self.rows.items():
            first, bins = _bins(self._by_id[signal_id], window)
            for entity in entities:
                readings = found.get((signal_id, entity))
                if readings:
                    values = fill(readings, first, bins)
                    chunks.append(Chunk(entity, signal_id, first, values))
                elif bins:
                    gaps.append(Gap(signal_id, entity, window, "series-absent"))
        return Parsed(tuple(chunks), tuple(gaps))

    def _read(self, answer: Answer) -> list[CsvRow]:
        window = answer.request.window
        try:
            text = answer.body.decode("utf-8")
            rows = read_rows(text, "the recording's answer")
        except (RecordingError, UnicodeDecodeError) as error:
            raise SourceFormatChanged(str(error)) from error
        if not text.endswith("\n"):
            raise SourceFormatChanged("the recording's answer ends within a line")
        since, until = window.since.timestamp(), window.until.timestamp()
        known = {(s, e) for s, entities in self.rows.items() for e in entities}
        for row in rows:
            if (row.signal, row.entity) not in known:
                raise SourceFormatChanged(f"not recorded: {row.signal} {row.entity}")
            if not since <= self._begin(row) < until:
                raise SourceFormatChanged(f"line {row.line} is not in the window")
        return rows

    def _begin(self, row: CsvRow) -> float:
        """When the bin that the line lies in begins, in seconds since 1970."""
        signal = self._by_id[row.signal]
        phase_s = signal.phase.total_seconds()
        return bin_of(signal, row.at) * signal.step_s + phase_s


def build(config: RecordingConfig, clock: Clock, _pause: Clock) -> RecordingSource:
    """The source a configuration asks for; a recording never waits.

    Raises:
        RecordingError: there is no recording, or it is broken.
    """
    return RecordingSource(load(Path(config.folder)), clock)


def _bins(signal: Signal, window: Interval) -> tuple[int, int]:
    """The first bin that begins within `window`, and how many do."""
    at = signal.bin_of(window.since)
    first = at if signal.start_of(at) >= window.since else at + 1
    end = signal.bin_of(window.until)
    after = end if signal.start_of(end) >= window.until else end + 1
    return first, max(0, after - first)
