"""Records that belong together, for the tests of stores: an event, its draft, its posts."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import numpy as np

from bot.model.delivery import Post
from bot.model.draft import Action, Decision, Draft, DraftState, Picture, Text
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, Evidence, IncidentChange, IncidentEvent
from bot.model.interval import Interval
from bot.model.signal import Answer, Chunk, Family, Gap, Parsed, Request, Signal
from bot.ports import Store
from tests import builders

T0 = datetime(2026, 1, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
KZ = Entity(EntityKind.COUNTRY, "KZ")
NETWORK = Entity(EntityKind.ASN, "9198")
PNG = b"\x89PNG a chart"
CHART = Picture("chart.png", "image/png", 8, 5, sha256(PNG).hexdigest(), "A chart.")


def signal(step_s: int = 300, phase_s: int = 0, name: str = "test.probing") -> Signal:
    """A signal on the grid asked for."""
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


def chunk(first: int, *values: float, entity: Entity = KZ, of: str = "") -> Chunk:
    """Values from bin `first` on."""
    told = np.array(values, dtype=np.float32)
    return Chunk(entity, of or signal().id, first, told)


def parsed(*chunks: Chunk, gaps: tuple[Gap, ...] = ()) -> Parsed:
    """An answer, read."""
    return Parsed(chunks, gaps)


def gap(entity: Entity | None = KZ, reason: str = "http-500") -> Gap:
    """An hour of silence."""
    return Gap(signal().id, entity, Interval(T0, T0 + HOUR), reason)


def answer(body: bytes = b'{"data":[]}', at: datetime = T0) -> Answer:
    """What a source said."""
    window = Interval(T0 - HOUR, T0)
    request = Request("ioda/country/KZ", (signal().id,), (KZ,), window, "/v2/x")
    return Answer("ioda", request, at, 200, body)


def change(
    seq: int = 1, incident: str = "KZ-2022-0104", **facts: Any
) -> IncidentChange:
    """One more event of an incident, an hour after the one before."""
    facts.setdefault("as_of", builders.NOW + (seq - 1) * HOUR)
    kind = EventKind.CONFIRMED if seq == 1 else EventKind.UPDATED
    event = builders.event(kind, seq, incident=incident, **facts)
    evidence = builders.evidence(event.facts, days_before=0.1)
    return IncidentChange(
        builders.incident_of(event), event, Evidence(evidence.traces[:1])
    )


def record(store: Store, *changes: IncidentChange) -> tuple[IncidentEvent, ...]:
    """Save them and return their events."""
    store.incidents.record(changes, (), {}, T0)
    return tuple(one.event for one in changes)


def draft(event: IncidentEvent, **more: Any) -> Draft:
    """Words and a picture for an event, waiting for an editor."""
    given: dict[str, Any] = {
        "id": event.key,
        "incident": event.incident,
        "event": event.key,
        "texts": (Text("x", "en", "Confirmed: ...", 14),),
        "picture": CHART,
        "state": DraftState.WAITING,
        "version": 1,
        "made_at": T0,
        "note": "policy: review",
    }
    return Draft(**{**given, **more})


def post(event: IncidentEvent, channel: str = "x", **more: Any) -> Post:
    """The event on a channel."""
    given: dict[str, Any] = {
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
    return Post(**{**given, **more})


def decision(event: IncidentEvent, action: Action = Action.REVIEW) -> Decision:
    """What policy said of it."""
    return Decision(event.key, "x", action, "fresh-install", T0)


def queued(store: Store, *channels: str) -> tuple[str, ...]:
    """Let one event out on these channels; returns the keys of its posts."""
    (event,) = record(store, change())
    posts = tuple(post(event, channel) for channel in channels)
    store.drafts.save(draft(event), PNG, (decision(event),), posts)
    return tuple(one.key for one in posts)
