"""A recording in memory: stored readings of some signals, arranged as series."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.errors import RecordingError
from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.signal import Chunk, Signal
from bot.sources.recording.readings_csv import (
    CsvRow,
    Series,
    make_values,
    readings_by_series,
)

# About 19 years of 5-minute bins. A longer span comes from a wrong time, and its array
# could fill the memory.
_MAX_BINS = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecordingInfo:
    """Title, credit and licence of a recording.

    `reconstruction` says whether the readings were made from published facts instead of
    measurements.
    """

    title: str
    credit: str
    licence: str
    note: str = ""
    reconstruction: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recording(RecordingInfo):
    """Stored readings of some signals and entities.

    Attributes:
        entities: all entities, sorted.
        rows: the entities of each signal, by signal id, sorted.
        series: the readings of each series, as consecutive bins; NaN where missing.
        parents: the country of each region, and of each network with a known country.
        span: the time from the start of the first bin to the end of the last; aware,
            UTC.
        lines: the lines of `series.csv`, in their order.
    """

    signals: tuple[Signal, ...]
    entities: tuple[Entity, ...]
    rows: Mapping[str, tuple[Entity, ...]]
    series: Mapping[Series, Chunk]
    parents: Mapping[Entity, Entity]
    span: Interval
    lines: tuple[CsvRow, ...]

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        """Return a chunk for each series, in the order of their first lines in the CSV."""
        return tuple(self.series.values())


def assemble_recording(
    info: RecordingInfo, signals: tuple[Signal, ...], rows: Iterable[CsvRow]
) -> Recording:
    """Build a recording from readings of `signals`; `rows` must not be empty.

    Raises:
        RecordingError: no line has a value, or two times of a series are so far apart
            that one of them must be wrong.
    """
    lines = tuple(rows)
    by_id = {s.id: s for s in signals}
    chunks = {
        series: _chunk(series, readings)
        for series, readings in readings_by_series(lines, by_id).items()
    }
    entities = tuple(sorted({entity for _, entity in chunks}))
    return Recording(
        title=info.title,
        credit=info.credit,
        licence=info.licence,
        note=info.note,
        reconstruction=info.reconstruction,
        signals=signals,
        entities=entities,
        rows={s: tuple(sorted(e for i, e in chunks if i == s)) for s in by_id},
        series=chunks,
        parents=_parents(entities),
        span=_span(chunks.values(), by_id),
        lines=lines,
    )


def _chunk(series: Series, readings: Mapping[int, float]) -> Chunk:
    signal, entity = series
    first, last = min(readings, default=0), max(readings, default=-1)
    if last - first > _MAX_BINS:
        raise RecordingError(
            f"series.csv: {signal} of {entity} spans {last - first + 1} bins;"
            " one of its times must be wrong"
        )
    return Chunk(entity, signal, first, make_values(readings, first, last - first + 1))


def _parents(entities: tuple[Entity, ...]) -> dict[Entity, Entity]:
    """Return the country of each region, and of each network if it is known.

    The code of a region contains its country. The code of a network does not. If the
    recording has only one country, all networks belong to it.
    """
    countries = {code for e in entities if (code := e.country)}
    single_country = countries.pop() if len(countries) == 1 else None
    parents = {}
    for entity in entities:
        code = entity.country or single_country
        if entity.kind is not EntityKind.COUNTRY and code:
            parents[entity] = Entity(EntityKind.COUNTRY, code)
    return parents


def _span(chunks: Iterable[Chunk], signals: Mapping[str, Signal]) -> Interval:
    spans = [
        (
            signals[c.signal].start_of(c.first),
            signals[c.signal].start_of(c.first + len(c.values)),
        )
        for c in chunks
        if len(c.values)
    ]
    if not spans:
        raise RecordingError("series.csv: every value is missing")
    return Interval(min(s for s, _ in spans), max(u for _, u in spans))
