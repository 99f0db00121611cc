"""Records for tests of stores: readings, an event with its draft and posts."""

import sqlite3
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import numpy as np

from bot.model.delivery import Post
from bot.model.draft import Action, Decision, Draft, DraftState, OutletText, Picture
from bot.model.entity import Entity, EntityKind
from bot.model.event import IncidentChange, IncidentEvent
from bot.model.incident import EventKind, Evidence
from bot.model.interval import Interval
from bot.model.signal import Answer, Chunk, Family, Gap, ParsedAnswer, Request, Signal
from bot.ports import Store
from tests import builders

T0 = datetime(2026, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
KZ = Entity(EntityKind.COUNTRY, "KZ")
NETWORK = Entity(EntityKind.ASN, "9198")
PNG = b"\x89PNG a chart"
CHART = Picture("chart.png", "image/png", 8, 5, sha256(PNG).hexdigest(), "A chart.")


def signal(step_s: int = 300, phase_s: int = 0, name: str = "test.probing") -> Signal:
    """Return a signal whose bins have this step and phase, in seconds."""
    return Signal(
        id=name,
        unit="networks",
        step=timedelta(seconds=step_s),
        lag=timedelta(minutes=5),
        family=Family.ACTIVE_PROBING,
        credit="nobody",
        licence="CC0-1.0",
        phase=timedelta(seconds=phase_s),
    )


def chunk(
    first: int, *values: float, entity: Entity = KZ, signal_id: str = ""
) -> Chunk:
    """Return a chunk with `values` as the readings from bin `first` on."""
    readings = np.array(values, dtype=np.float32)
    return Chunk(entity, signal_id or signal().id, first, readings)


def parsed(*chunks: Chunk, gaps: tuple[Gap, ...] = ()) -> ParsedAnswer:
    """Return a parsed answer with these chunks and gaps."""
    return ParsedAnswer(chunks, gaps)


def gap(entity: Entity | None = KZ, reason: str = "http-500") -> Gap:
    """Return a gap of one hour from T0."""
    return Gap(signal().id, entity, Interval(T0, T0 + HOUR), reason)


def answer(body: bytes = b'{"data":[]}', at: datetime = T0) -> Answer:
    """Return a raw answer of the source `ioda`, received at `at`."""
    window = Interval(T0 - HOUR, T0)
    request = Request("ioda/country/KZ", (signal().id,), (KZ,), window, "/v2/x")
    return Answer("ioda", request, at, 200, body)


def change(
    seq: int = 1, incident: str = "KZ-2022-0104", **facts: Any
) -> IncidentChange:
    """Return the change that makes event `seq`, an hour after the previous event.

    If `as_of` is given, the onset is shortly before that time. The evidence has a
    reading for every ten minutes since the onset, and years of readings would take long
    to make.
    """
    if "as_of" in facts:
        facts.setdefault("onset", _onset_before(facts["as_of"]))
    facts.setdefault("as_of", builders.NOW + (seq - 1) * HOUR)
    kind = EventKind.CONFIRMED if seq == 1 else EventKind.UPDATED
    event = builders.event(kind, seq, incident=incident, **facts)
    evidence = builders.evidence(event.facts, days_before=0.1)
    return IncidentChange(
        builders.incident_of(event), event, Evidence(evidence.traces[:1])
    )


def _onset_before(as_of: datetime) -> Interval:
    """Return an onset that is as long before `as_of` as ONSET is before NOW."""
    shift = as_of - builders.NOW
    return Interval(builders.ONSET.since + shift, builders.ONSET.until + shift)


def record(store: Store, *changes: IncidentChange) -> tuple[IncidentEvent, ...]:
    """Store changes; return their events."""
    store.incidents.record(changes, (), {}, T0)
    return tuple(change.event for change in changes)


def draft(event: IncidentEvent, **changes: Any) -> Draft:
    """Return a draft of an event, with text and picture, that waits for an editor."""
    fields: dict[str, Any] = {
        "id": event.key,
        "incident": event.incident,
        "event": event.key,
        "texts": (OutletText("x", "en", "Confirmed: ...", 14),),
        "picture": CHART,
        "state": DraftState.WAITING,
        "version": 1,
        "made_at": T0,
        "note": "policy: review",
    }
    return Draft(**{**fields, **changes})


def post(event: IncidentEvent, channel: str = "x", **changes: Any) -> Post:
    """Return the post of an event on a channel."""
    fields: dict[str, Any] = {
        "key": f"{event.key}/{channel}",
        "incident": event.incident,
        "event": event.key,
        "channel": channel,
        "lang": "en",
        "at": event.at,
        "made_at": T0,
        "text": "Confirmed: ...",
        "length": 14,
        "picture": CHART,
        "reply_to": None,
        "kind": event.kind,
    }
    return Post(**{**fields, **changes})


def decision(event: IncidentEvent, action: Action = Action.REVIEW) -> Decision:
    """Return a policy decision on an event."""
    return Decision(event.key, "x", action, "fresh-install", T0)


def queue_posts(store: Store, *channels: str) -> tuple[str, ...]:
    """Queue the posts of one event on these channels; return their keys."""
    (event,) = record(store, change())
    posts = tuple(post(event, channel) for channel in channels)
    store.drafts.save(draft(event), PNG, (decision(event),), posts)
    return tuple(queued_post.key for queued_post in posts)


def drop_later_tables(database: sqlite3.Connection) -> None:
    """Drop the tables and the index that the migrations after version 0008 create."""
    database.execute("DROP INDEX ix_drafts_state")
    database.execute("DROP TABLE alert_memory")
    database.execute("DROP TABLE article_steps")
    database.execute("DROP TABLE reader_file")
    database.execute("DROP TABLE departed_readers")
    database.execute("DROP TABLE ledger_head")
