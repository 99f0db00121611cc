"""A recording as a source, for replay.

Steps, lags, licence and credit are the recording's own. The source answers with every
recorded bin of the requested window, even if a bin is not due yet: the loop requests
only what is due on its clock. `bot.replay.server` in contrast serves a bin only once it
is due.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from bot.clock import Clock
from bot.errors import RecordingError, SourceFormatChanged
from bot.model.entity import Entity
from bot.model.interval import Interval
from bot.model.signal import Answer, Chunk, Gap, ParsedAnswer, Request, Signal
from bot.settings import FilePath, Section
from bot.sources.recording.folder import load_recording
from bot.sources.recording.readings_csv import (
    CsvRow,
    bin_of,
    make_values,
    read_rows,
    readings_by_series,
    write_rows,
)
from bot.sources.recording.recording import Recording, RecordingInfo, assemble_recording

__all__ = [
    "Recording",
    "RecordingConfig",
    "RecordingInfo",
    "RecordingSource",
    "assemble_recording",
    "build",
    "load_recording",
]

_OK = 200


class RecordingConfig(Section):
    """The configuration section: a folder with recording.toml and series.csv."""

    folder: FilePath


class RecordingSource:
    """Serves the readings of a recording as if they were measured live."""

    name = "recording"

    def __init__(self, recording: Recording, clock: Clock) -> None:
        """Serve `recording`; answers are dated with `clock`."""
        self.reconstruction = recording.reconstruction
        self.signals: tuple[Signal, ...] = recording.signals
        self.rows: Mapping[str, tuple[Entity, ...]] = recording.rows
        self.parents: Mapping[Entity, Entity] = recording.parents
        self._entities = recording.entities
        self._clock = clock
        self._by_id = {s.id: s for s in self.signals}
        self._lines = recording.lines
        self._bin_starts = np.array([self._bin_start(row) for row in self._lines])

    def requests(self, window: Interval) -> tuple[Request, ...]:
        """Return one request for everything in `window`, or () for an empty window."""
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
        """Return the recording's lines whose bins begin within the window, as CSV."""
        since, until = request.window.since, request.window.until
        inside = (self._bin_starts >= since.timestamp()) & (
            self._bin_starts < until.timestamp()
        )
        body = write_rows(self._lines[i] for i in np.flatnonzero(inside))
        return Answer(self.name, request, self._clock.now(), _OK, body.encode())

    def parse(self, answer: Answer) -> ParsedAnswer:
        """Return the readings of an answer; a series without a reading is a gap (P5).

        Raises:
            SourceFormatChanged: the answer cannot be read, or has a line that does not
                belong to its request or to the recording.
        """
        window = answer.request.window
        by_series = readings_by_series(self._read(answer), self._by_id)
        chunks: list[Chunk] = []
        gaps: list[Gap] = []
        for signal_id, entities in self.rows.items():
            first, bins = _bins(self._by_id[signal_id], window)
            for entity in entities:
                readings = by_series.get((signal_id, entity))
                if readings:
                    values = make_values(readings, first, bins)
                    chunks.append(Chunk(entity, signal_id, first, values))
                elif bins:
                    gaps.append(Gap(signal_id, entity, window, "series-absent"))
        return ParsedAnswer(tuple(chunks), tuple(gaps))

    def _read(self, answer: Answer) -> list[CsvRow]:
        window = answer.request.window
        try:
            text = answer.body.decode("utf-8")
            rows = read_rows(text, "the recording's answer")
        except (RecordingError, UnicodeDecodeError) as error:
            raise SourceFormatChanged(str(error)) from error
        if not text.endswith("\n"):
            # The last line may have been cut within a number. The remaining digits
            # would then be read as another number.
            raise SourceFormatChanged("the recording's answer ends within a line")
        since, until = window.since.timestamp(), window.until.timestamp()
        recorded = {(s, e) for s, entities in self.rows.items() for e in entities}
        for row in rows:
            if (row.signal, row.entity) not in recorded:
                raise SourceFormatChanged(
                    f"line {row.line} of the recording's answer is of a series that the"
                    f" recording does not have: {row.signal} for {row.entity}"
                )
            if not since <= self._bin_start(row) < until:
                raise SourceFormatChanged(
                    f"line {row.line} of the recording's answer is not in the window"
                )
        return rows

    def _bin_start(self, row: CsvRow) -> float:
        """Return the start of the bin of a line, in seconds since 1970."""
        signal = self._by_id[row.signal]
        phase_s = signal.phase.total_seconds()
        return bin_of(signal, row.time_s) * signal.step_s + phase_s


def build(config: RecordingConfig, clock: Clock, _pause: Clock) -> RecordingSource:
    """Build the source from its configuration.

    A recording is read without waits, so the second clock is not used.

    Raises:
        RecordingError: the recording is missing or invalid.
    """
    return RecordingSource(load_recording(Path(config.folder)), clock)


def _bins(signal: Signal, window: Interval) -> tuple[int, int]:
    """Return the first bin that begins within `window`, and how many bins do."""
    at = signal.bin_at(window.since)
    first = at if signal.start_of(at) >= window.since else at + 1
    at = signal.bin_at(window.until)
    end = at if signal.start_of(at) >= window.until else at + 1
    return first, max(0, end - first)
