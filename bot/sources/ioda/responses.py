"""What an answer of the IODA API says, read without ever guessing.

The pitfalls it knows: a null is missing and not zero; a series that is absent is
unknown; back-end errors come under HTTP 200, with `error` or with no data at all;
series come in any order; times are those of the data, not of the question.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

import numpy as np
import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import SourceFormatChanged, SourceUnavailable
from bot.http.client import one_line
from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.signal import Chunk, Gap, Parsed
from bot.sources.ioda.signals import Datasource


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """What an answer has to answer.

    Attributes:
        codes: the entities that were asked for, by IODA's code for them.
        window: the bins that were asked for, on the signal's grid.
        at: when the answer came, aware, UTC.
    """

    datasource: Datasource
    kind: EntityKind
    codes: Mapping[str, Entity]
    window: Interval
    at: datetime


_Epoch = Annotated[int, Field(ge=0, le=2**40)]
_Reading = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Payload(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _Series(_Payload):
    entity_type: str = Field(alias="entityType")
    entity_code: str = Field(alias="entityCode")
    datasource: str
    subtype: str
    since: _Epoch = Field(alias="from")
    until: _Epoch
    step: _Epoch
    values: list[_Reading | None]


class _Envelope(_Payload):
    type: Literal["signals"]
    error: str | None = None
    data: list[list[_Series]] | None


def read(body: bytes, asked: ExpectedAnswer) -> Parsed:
    """The readings in an answer, and the silences (P5).

    Raises:
        SourceFormatChanged: it is not what the API promises.
        SourceUnavailable: it says, or shows, that the source is ill (P6).
    """
    envelope = _validated(body)
    if envelope.error:
        raise SourceUnavailable(f"IODA reports an error: {one_line(envelope.error)}")
    told = dict(_told(envelope, asked))
    if not told:
        raise SourceUnavailable("IODA answered without any data")
    chunks = tuple(c for c in told.values() if not np.isnan(c.values).all())
    if not chunks and _any_due(asked):
        raise SourceUnavailable("IODA answered without any data: every value is null")
    return Parsed(chunks, tuple(_gaps(told, chunks, asked)))


def _validated(body: bytes) -> _Envelope:
    try:
        return _Envelope.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the body"
        raise SourceFormatChanged(
            one_line(f"IODA's answer has changed: {where}: {first['msg']}")
        ) from None


def _told(envelope: _Envelope, asked: ExpectedAnswer) -> Iterator[tuple[Entity, Chunk]]:
    """Each series we asked for, once, whatever their order."""
    seen: set[Entity] = set()
    for series in (s for of_entity in envelope.data or () for s in of_entity):
        _refuse_other(series, asked)
        entity = asked.codes.get(series.entity_code)
        if entity is None:
            log = structlog.get_logger()
            log.warning("ioda-unasked-entity", code=one_line(series.entity_code))
        elif entity in seen:
            raise SourceFormatChanged(f"IODA told {entity} twice in one answer")
        elif series.values:
            seen.add(entity)
            yield entity, _chunk(series, entity, asked)


def _refuse_other(series: _Series, asked: ExpectedAnswer) -> None:
    """Refuse a series of something else, or on another grid, than was asked for."""
    wanted = (asked.kind.value, asked.datasource.name, asked.datasource.subtype)
    got = (series.entity_type, series.datasource, series.subtype)
    if got != wanted:
        raise SourceFormatChanged(
            one_line(f"IODA answered with {'/'.join(got)}, not {'/'.join(wanted)}")
        )
    signal = asked.datasource.signal
    if series.step != signal.step_s:
        raise SourceFormatChanged(
            f"IODA answered {signal.id} in steps of {series.step} s, not"
            f" {signal.step_s} s; if that is right, set `step` of this signal"
        )
    if (series.since - signal.phase.total_seconds()) % signal.step_s:
        raise SourceFormatChanged(f"IODA's bins of {signal.id} are off their grid")
    # Where gaps were squeezed out, values would stand at wrong times.
    if series.until != series.since + series.step * len(series.values):
        raise SourceFormatChanged(f"IODA's {signal.id} has not one value a bin")


def _chunk(series: _Series, entity: Entity, asked: ExpectedAnswer) -> Chunk:
    """The values within the window that was asked for.

    One bin more on either side is dropped (the API rounds); more is refused.
    """
    signal = asked.datasource.signal
    first = int(series.since - signal.phase.total_seconds()) // signal.step_s
    begin, end = signal.bin_of(asked.window.since), signal.bin_of(asked.window.until)
    if first < begin - 1 or first + len(series.values) > end + 1:
        raise SourceFormatChanged(f"IODA answered {signal.id} for another time")
    # The largest float32 is above every signal's maximum, so detection drops it.
    largest = np.finfo(np.float32).max
    values = np.minimum(np.array(series.values, np.float64), largest).astype(np.float32)
    inside = values[max(0, begin - first) : max(0, end - first)]
    return Chunk(entity, signal.id, max(first, begin), inside)


def _any_due(asked: ExpectedAnswer) -> bool:
    signal = asked.datasource.signal
    return signal.due_at(signal.bin_of(asked.window.since)) <= asked.at


def _gaps(
    told: Mapping[Entity, Chunk], chunks: tuple[Chunk, ...], asked: ExpectedAnswer
) -> Iterator[Gap]:
    """Entities that were asked for and have no reading; nulls only once due."""
    signal = asked.datasource.signal.id
    heard = {chunk.entity for chunk in chunks}
    for entity in asked.codes.values():
        if entity not in told:
            yield Gap(signal, entity, asked.window, "series-absent")
        elif entity not in heard and _any_due(asked):
            yield Gap(signal, entity, asked.window, "only-nulls")
