"""Fills a store with released incidents that have readings, drafts and pictures."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, insert

from bot import bootstrap
from bot.config.sections import Config
from bot.model.draft import SITE
from bot.model.entity import Entity, EntityKind
from bot.model.event import Facts, IncidentChange, IncidentEvent
from bot.model.incident import EventKind
from bot.model.interval import Interval
from bot.rendering.pictures import picture_record
from bot.sources.ioda.config import iso_countries
from bot.store import schema
from bot.store.database import Database, connect
from bot.store.sql_store import open_store
from tests import builders, stories
from tests.benchmarks.archive import decision_row, delivery_row, draft_row

YEARS = timedelta(days=730)
"""The incidents are spread over the two years before `stories.START`."""
_BATCH = 200
_PNG_END = 12
"""The length of the last chunk of a PNG file, in bytes."""
_QUARTER = timedelta(minutes=15)


def fill_with_released(config: Config, size: int) -> None:
    """Store `size` incidents, each confirmed, posted with its picture, and restored."""
    images = _images(config)
    store = open_store(config.store.path)
    database = connect(config.store.path)
    try:
        for start in range(0, size, _BATCH):
            numbers = range(start, min(start + _BATCH, size))
            pairs = [_changes(number, size) for number in numbers]
            for changes in zip(*pairs, strict=True):
                store.incidents.record(changes, (), {}, stories.START)
            events = [change.event for pair in pairs for change in pair]
            _release(database, events, images)
    finally:
        database.close()
        store.close()


def _changes(number: int, size: int) -> tuple[IncidentChange, ...]:
    """Return both steps of an incident."""
    codes = iso_countries()
    place = Entity(EntityKind.COUNTRY, codes[number % len(codes)])
    began = stories.START - YEARS * ((size - number) / size)
    began = began.replace(second=0, microsecond=0)
    name = f"{place.code}-{began:%Y-%m%d}-{number}"
    steps = (_confirmed(place, began), _restored(place, began))
    events = [
        builders.event(kind, seq, incident=name, facts=facts)
        for seq, (kind, facts) in enumerate(steps, start=1)
    ]
    return tuple(
        IncidentChange(
            builders.incident_of(*events[: event.seq]),
            event,
            builders.evidence(event.facts, days_before=1),
        )
        for event in events
    )


def _confirmed(place: Entity, began: datetime) -> tuple[EventKind, Facts]:
    facts = builders.facts(
        place=place,
        as_of=began + 2 * _QUARTER,
        onset=Interval(began, began + _QUARTER),
        series=_series(place, began, began + 2 * _QUARTER, 0.02),
    )
    return EventKind.CONFIRMED, facts


def _restored(place: Entity, began: datetime) -> tuple[EventKind, Facts]:
    ended = began + timedelta(hours=18)
    facts = builders.restored(
        place=place,
        as_of=ended + timedelta(hours=6),
        onset=Interval(began, began + _QUARTER),
        restored=Interval(ended, ended + _QUARTER),
        series=_series(place, began, ended + timedelta(hours=6), 0.98),
        phases=(),
    )
    return EventKind.RESTORED, facts


def _series(place: Entity, began: datetime, at: datetime, level: float) -> tuple:
    times: dict[str, Any] = {"as_of": at, "onset": Interval(began, began + _QUARTER)}
    signals = (builders.PROBING, builders.TRAFFIC)
    return tuple(builders.series(signal, level, place, **times) for signal in signals)


def _images(config: Config) -> Mapping[EventKind, bytes]:
    """Return a drawn chart for each kind of step."""
    renderer, images = bootstrap.renderer(config), {}
    for change in _changes(0, 1):
        _, image = renderer.draft(change.event, change.evidence, [builders.X])
        assert image is not None
        images[change.event.kind] = image
    return images


def _own_image(image: bytes, event: IncidentEvent) -> bytes:
    """Return a PNG file as another picture: with the event's key in it.

    To draw a chart for each of thousands of events would take most of the time.
    """
    content = b"tEXtevent\0" + event.key.encode()
    chunk = struct.pack(">I", len(content) - 4) + content
    chunk += struct.pack(">I", zlib.crc32(content))
    return image[:-_PNG_END] + chunk + image[-_PNG_END:]


def _release(
    database: Database,
    events: Sequence[IncidentEvent],
    images: Mapping[EventKind, bytes],
) -> None:
    with database.write("release incidents") as connection:
        for event in events:
            image = _own_image(images[event.kind], event)
            picture = picture_record(event, image, "A chart of a made-up place.")
            _insert(
                connection, schema.pictures, {"sha256": picture.sha256, "body": image}
            )
            _insert(connection, schema.drafts, draft_row(event, picture))
            _insert(connection, schema.deliveries, delivery_row(event, picture))
            for channel in ("wire", SITE):
                _insert(connection, schema.decisions, decision_row(event, channel))
        connection.execute(delete(schema.unfinished))
        connection.execute(delete(schema.stale_pages))


def _insert(connection: Connection, table: Table, row: dict[str, Any]) -> None:
    connection.execute(insert(table), [row])
