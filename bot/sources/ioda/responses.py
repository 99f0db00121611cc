"""Parses responses of the IODA API.

A response in an unknown form, or one that does not fit its request, raises an error.

Known pitfalls of these responses:

- null means missing, not zero; an absent series means unknown;
- an error of IODA comes with HTTP status 200: either `error` is set, or there is no
  data;
- the series may be in any order;
- `from` and `until` are the ends of the data, not of the requested window.
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
from bot.model.signal import Chunk, Gap, ParsedAnswer
from bot.sources.ioda.signals import Datasource


@dataclass(frozen=True, slots=True)
class ExpectedAnswer:
    """What a response is checked against: its request, and the time of its arrival.

    Attributes:
        codes: the requested entities, by IODA's code.
        window: the requested time; it begins and ends with a bin.
        arrived_at: when the response arrived; aware, UTC.
    """

    datasource: Datasource
    kind: EntityKind
    codes: Mapping[str, Entity]
    window: Interval
    arrived_at: datetime


_Epoch = Annotated[int, Field(ge=0, le=2**40)]
_Reading = Annotated[float, Field(ge=0, allow_inf_nan=False)]

# Only the first wrong value of a list is reported: a million errors would take 800 MB.
_FIRST_ERROR = Field(fail_fast=True)


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
    values: Annotated[list[_Reading | None], _FIRST_ERROR]


_SeriesOfEntity = Annotated[list[_Series], _FIRST_ERROR]


class _Envelope(_Payload):
    type: Literal["signals"]
    error: str | None = None
    data: Annotated[list[_SeriesOfEntity], _FIRST_ERROR] | None


def read_response(body: bytes, expected: ExpectedAnswer) -> ParsedAnswer:
    """Return the readings and gaps of a response (P5).

    Raises:
        SourceFormatChanged: the response does not have the documented form, or does not
            fit the request.
        SourceUnavailable: the response reports an error, or has no bins, or all its
            values are null although a bin was due (P6).
    """
    envelope = _validated(body)
    if envelope.error:
        raise SourceUnavailable(f"IODA reports an error: {one_line(envelope.error)}")
    by_entity = dict(_requested_chunks(envelope, expected))
    if not by_entity:
        raise SourceUnavailable("IODA answered without any data")
    chunks = tuple(c for c in by_entity.values() if not np.isnan(c.values).all())
    if not chunks and _first_bin_was_due(expected):
        raise SourceUnavailable("IODA answered without any data: every value is null")
    return ParsedAnswer(chunks, tuple(_gaps(by_entity, chunks, expected)))


def _validated(body: bytes) -> _Envelope:
    try:
        return _Envelope.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the body"
        raise SourceFormatChanged(
            one_line(f"the form of IODA's answers has changed: {where}: {first['msg']}")
        ) from None


def _requested_chunks(
    envelope: _Envelope, expected: ExpectedAnswer
) -> Iterator[tuple[Entity, Chunk]]:
    """Yield each requested series that has bins, in the order of the response.

    Raises:
        SourceFormatChanged: a series does not fit the request, or comes twice.
    """
    seen: set[Entity] = set()
    for series in (s for of_entity in envelope.data or () for s in of_entity):
        _check_series(series, expected)
        entity = expected.codes.get(series.entity_code)
        if entity is None:
            log = structlog.get_logger()
            log.warning("ioda-unasked-entity", code=one_line(series.entity_code))
        elif entity in seen:
            raise SourceFormatChanged(f"IODA sent {entity} twice in one answer")
        elif series.values:
            seen.add(entity)
            yield entity, _chunk(series, entity, expected)


def _check_series(series: _Series, expected: ExpectedAnswer) -> None:
    """Raise SourceFormatChanged if a series is not as requested, or lacks a bin."""
    wanted = (
        expected.kind.value,
        expected.datasource.name,
        expected.datasource.subtype,
    )
    got = (series.entity_type, series.datasource, series.subtype)
    if got != wanted:
        raise SourceFormatChanged(
            one_line(f"IODA answered with {'/'.join(got)}, not {'/'.join(wanted)}")
        )
    signal = expected.datasource.signal
    if series.step != signal.step_s:
        raise SourceFormatChanged(
            f"IODA answered {signal.id} in steps of {series.step} s, not"
            f" {signal.step_s} s; if that is right, set `step` of this signal in"
            " [sources.ioda.signals]"
        )
    if (series.since - signal.phase.total_seconds()) % signal.step_s:
        raise SourceFormatChanged(
            f"IODA's bins of {signal.id} do not start at the expected times"
        )
    # If the server left out a missing bin, all later values would get a wrong time.
    if series.until != series.since + series.step * len(series.values):
        raise SourceFormatChanged(f"IODA's {signal.id} does not have one value per bin")


def _chunk(series: _Series, entity: Entity, expected: ExpectedAnswer) -> Chunk:
    """Return the values within the requested window.

    The API rounds the window, so the response may have one extra bin on each side.
    These bins are dropped.

    Raises:
        SourceFormatChanged: there is more than one extra bin on a side.
    """
    signal = expected.datasource.signal
    first = int(series.since - signal.phase.total_seconds()) // signal.step_s
    begin, end = (
        signal.bin_at(expected.window.since),
        signal.bin_at(expected.window.until),
    )
    if first < begin - 1 or first + len(series.values) > end + 1:
        raise SourceFormatChanged(
            f"IODA answered {signal.id} for another time than was requested"
        )
    # A value too large for float32 becomes the largest float32. This is still above
    # every signal's maximum, so the reading is later replaced by a gap.
    largest = np.finfo(np.float32).max
    values = np.minimum(np.array(series.values, np.float64), largest).astype(np.float32)
    inside = values[max(0, begin - first) : max(0, end - first)]
    return Chunk(entity, signal.id, max(first, begin), inside)


def _first_bin_was_due(expected: ExpectedAnswer) -> bool:
    """Return whether the first requested bin was due when the response arrived."""
    signal = expected.datasource.signal
    return signal.due_at(signal.bin_at(expected.window.since)) <= expected.arrived_at


def _gaps(
    by_entity: Mapping[Entity, Chunk],
    chunks: tuple[Chunk, ...],
    expected: ExpectedAnswer,
) -> Iterator[Gap]:
    """Yield a gap for each requested entity without readings.

    A series of nulls is a gap only if its first requested bin was due.
    """
    signal = expected.datasource.signal.id
    with_readings = {chunk.entity for chunk in chunks}
    for entity in expected.codes.values():
        if entity not in by_entity:
            yield Gap(signal, entity, expected.window, "series-absent")
        elif entity not in with_readings and _first_bin_was_due(expected):
            yield Gap(signal, entity, expected.window, "only-nulls")
