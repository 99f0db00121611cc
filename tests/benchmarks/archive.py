"""Fills a store and a site with incidents that are over, as years of operation do."""

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Table, delete, insert

from bot import bootstrap
from bot.bootstrap.components import unpublished_pages
from bot.config.sections import Config
from bot.model.delivery import DeliveryState, Post
from bot.model.draft import Draft, DraftState, OutletText, Picture
from bot.model.entity import Entity, EntityKind
from bot.model.event import IncidentChange, IncidentEvent
from bot.model.incident import EventKind, Evidence, State
from bot.sources.ioda.config import iso_countries
from bot.store import schema
from bot.store.database import connect
from bot.store.serialization import to_json
from bot.store.sql_store import open_store
from tests import builders, stories

_WORDS = "Confirmed: the internet is down in a made-up place. " * 4


def fill(config: Config, size: int) -> None:
    """Store `size` incidents of two years, all of them over, posted and on the site."""
    changes = [_change(number, size) for number in range(size)]
    with closing(open_store(config.store.path)) as store:
        store.incidents.record(changes, (), {}, stories.START)
    database = connect(config.store.path)
    with database.write("fill an archive") as connection:
        events = [change.event for change in changes]
        for table, rows in (
            (schema.drafts, [draft_row(event) for event in events]),
            (schema.decisions, [decision_row(event) for event in events]),
            (schema.deliveries, [delivery_row(event) for event in events]),
        ):
            _insert(connection, table, rows)
        connection.execute(delete(schema.unfinished))
        connection.execute(delete(schema.stale_pages))
    database.close()
    _write_site(config, changes)


def _insert(connection, table: Table, rows: list[dict]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _change(number: int, of: int) -> IncidentChange:
    codes = iso_countries()
    place = Entity(EntityKind.COUNTRY, codes[number % len(codes)])
    at = stories.START - timedelta(days=730) * ((of - number) / of)
    facts = builders.facts(place=place, as_of=at, state=State.RESTORED)
    name = f"{place.code}-{at:%Y-%m%d}-{number}"
    event = replace(builders.event(EventKind.RESTORED, facts=facts), incident=name)
    return IncidentChange(builders.incident_of(event), event, Evidence(()))


def draft_row(event: IncidentEvent, picture: Picture | None = None) -> dict:
    """Return the row of an event's approved draft in `schema.drafts`."""
    text = OutletText("wire", "en", _WORDS, len(_WORDS))
    state = DraftState.APPROVED
    draft = Draft(
        event.key, event.incident, event.key, (text,), picture, state, 1, event.at
    )
    sha256 = picture.sha256 if picture else None
    keys = {"id": event.key, "event": event.key, "picture": sha256}
    return {**keys, "state": state.value, "version": 1, "body": to_json(draft)}


def decision_row(event: IncidentEvent, channel: str = "wire") -> dict:
    """Return the row of the decision to publish an event, in `schema.decisions`."""
    fields = {"action": "publish", "reason": "tests-let-out", "at": event.at}
    return {"event": event.key, "channel": channel, **fields}


def delivery_row(event: IncidentEvent, picture: Picture | None = None) -> dict:
    """Return the row of an event's sent post in `schema.deliveries`."""
    key = f"{event.key}/wire"
    post = Post(
        key=key,
        incident=event.incident,
        event=event.key,
        channel="wire",
        lang="en",
        at=event.at,
        made_at=event.at,
        text=_WORDS,
        length=len(_WORDS),
        picture=picture,
        reply_to=None,
    )
    return {
        "key": key,
        "event": event.key,
        "channel": "wire",
        "state": DeliveryState.SENT.value,
        "tries": 1,
        "not_before": event.at,
        "receipt_id": "1",
        "note": "",
        "claimed_at": event.at,
        "settled_at": event.at,
        "post": to_json(post),
    }


def _write_site(config: Config, changes: Sequence[IncidentChange]) -> None:
    """Write the site as an earlier run would leave it, without the pages' content."""
    root = config.site.out
    root.mkdir(parents=True, exist_ok=True)
    (root / "index.html").write_text("", "utf-8")
    renderer = bootstrap.renderer(config)
    renderer.mark_site()
    unpublished_pages(config, renderer).mark(is_complete=True)
    version = renderer.site_version()
    with closing(open_store(config.store.path)) as store:
        store.pages.queue_all(version)
    database = connect(config.store.path)
    with database.write("every page is current") as connection:
        connection.execute(delete(schema.stale_pages))
    database.close()
    for change in changes:
        folder = root / "i" / change.incident.id
        folder.mkdir(parents=True)
        (folder / "incident.json").write_text(json.dumps(_row(change)), "utf-8")


def _row(change: IncidentChange) -> dict:
    at = _iso(change.event.at)
    return {
        "id": change.incident.id,
        "entity": str(change.incident.place),
        "state": "restored",
        "state_name": "Restored",
        "onset": {"from": at, "to": at},
        "restored": {"from": at, "to": at},
        "as_of": at,
        "title": "A made-up place: nation-scale blackout",
        "lead": _WORDS,
        "reconstruction": False,
        "drill": False,
        "credits": builders.IODA,
    }


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
