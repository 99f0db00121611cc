"""A recording in memory: stored readings of some signals, put together as series."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.errors import RecordingError
from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.signal import Chunk, Signal
from bot.sources.recording.readings_csv import CsvRow, Series, cells, fill

_MOST_BINS = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RecordingInfo:
    """Whose recording it is; `reconstruction`: made from facts, not measured."""

    title: str
    credit: str
    licence: str
    note: str = ""
    reconstruction: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recording(RecordingInfo):
    """Stored readings of some signals and entities.

    Attributes:
        entities: all of them, sorted; rows: those of each signal (by id), sorted.
        series: one run of bins for each signal and entity, NaN where missing.
        parents: the country of every network and region, as far as is known.
        span: from the first bin's begin to the last bin's end, aware, UTC.
        lines: the readings as they were written, in their order.
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
        """Every series, in the order it was first told of."""
        return tuple(self.series.values())


def assemble(
    about: RecordingInfo, signals: tuple[Signal, ...], rows: Iterable[CsvRow]
) -> Recording:
    """Put readings of `signals` together as a recording; `rows` is not empty.

    Raises:
        RecordingError: when the readings lie so far apart that one is mistaken.
    """
    lines = tuple(rows)
    by_id = {s.id: s for s in signals}
    chunks = {
        series: _chunk(series, readings)
        for series, readings in cells(lines, by_id).items()
    }
    entities = tuple(sorted({entity for _, entity in chunks}))
    return Recording(
        title=about.title,
        credit=about.credit,
        licence=about.licence,
        note=about.note,
        reconstruction=about.reconstruction,
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
    if last - first > _MOST_BINS:
        raise RecordingError(
            f"series.csv: {signal} of {entity} spans {last - first} bins;"
            " one of its times must be wrong"
        )
    return Chunk(entity, signal, first, fill(readings, first, last - first + 1))


def _parents(entities: tuple[Entity, ...]) -> dict[Entity, Entity]:
    """Regions tell their country; networks belong to the only one there is."""
    countries = {code for e in entities if (code := e.country)}
    only = countries.pop() if len(countries) == 1 else None
    found = {}
    for entity in entities:
        code = entity.country or only
        if entity.kind is not EntityKind.COUNTRY and code:
            found[entity] = Entity(EntityKind.COUNTRY, code)
    return found


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
