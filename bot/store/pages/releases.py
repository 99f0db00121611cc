"""What decides which events the report site shows, as the store has it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    ScalarSelect,
    Select,
    String,
    and_,
    func,
    select,
    type_coerce,
)

from bot.model.draft import SITE, Action, DraftState, Release
from bot.model.incident import EventKind
from bot.model.operations import ALL_CHANNELS
from bot.store import schema
from bot.store.serialization import to_enum

# Times are read and compared as the text that the store keeps. All have the same width, so
# text sorts by time; a damaged time of one event then hides no other event.
_RELEASE_TIMES = ("published_at", "approved_at")


def pause_since(connection: Connection) -> str | None:
    """Return when the pause of all channels began, as text; None if there is none.

    Further pauses during a pause do not change when it began.
    """
    table = schema.pauses
    of_all = table.c.channel == ALL_CHANNELS
    last_end = (
        select(func.coalesce(func.max(table.c.id), 0))
        .where(of_all, table.c.stops.is_(False))
        .scalar_subquery()
    )
    query = select(_first_time(table.c.at)).where(
        of_all, table.c.stops.is_(True), table.c.id > last_end
    )
    since: str | None = connection.execute(query).scalar()
    return since


def release_query(incidents: Sequence[str]) -> Select[Any]:
    """Return the query for the events of incidents, with the states of their drafts.

    The column `site` has the last decision for the report site, or NULL. The column
    `is_on_channel` has whether a decision was to publish the event on a channel. The
    columns `published_at` and `approved_at` have when the event was first decided to be
    published, and when its draft was approved last, or NULL.
    """
    events, drafts, decisions = schema.events, schema.drafts, schema.decisions
    last_for_site = (
        select(decisions.c.action)
        .where(decisions.c.event == events.c.key, decisions.c.channel == SITE)
        .order_by(decisions.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    on_channel = (
        select(decisions.c.id)
        .where(decisions.c.event == events.c.key, decisions.c.channel != SITE)
        .where(decisions.c.action == Action.PUBLISH.value)
        .exists()
    )
    return (
        select(events.c.incident, events.c.seq, events.c.kind, drafts.c.state)
        .add_columns(last_for_site.label("site"), on_channel.label("is_on_channel"))
        .add_columns(
            type_coerce(events.c.recorded_at, String).label("recorded_at"),
            _published_at().label("published_at"),
            _approved_at().label("approved_at"),
        )
        .select_from(events)
        .outerjoin(drafts, drafts.c.event == events.c.key)
        .where(events.c.incident.in_(incidents))
        .order_by(events.c.incident, events.c.seq)
    )


def release_name(row: RowMapping) -> str:
    """Return the name of a row of `release_query`, for messages about damage."""
    return f"release of {row['incident']}.{row['seq']}"


def to_release(row: RowMapping, paused_since: str | None) -> Release:
    """Return the `Release` of a row of `release_query`.

    Args:
        row: the row.
        paused_since: when the pause of all channels began, as text; None: no pause.

    Raises:
        RecordDamaged: a value is none that the program writes.
    """
    draft = to_enum(DraftState, row["state"]) if row["state"] else None
    site = to_enum(Action, row["site"]) if row["site"] else None
    kind = to_enum(EventKind, row["kind"])
    times = [row[name] for name in _RELEASE_TIMES if row[name]]
    released_at = min(times, default=row["recorded_at"])
    is_paused = paused_since is not None and released_at >= paused_since
    return Release(row["seq"], kind, draft, site, bool(row["is_on_channel"]), is_paused)


def _published_at() -> ScalarSelect[Any]:
    """Return when the event was first decided to be published.

    Decisions before the last one that keeps the event off the site do not count.
    """
    events, decisions = schema.events, schema.decisions
    kept_off = decisions.alias()
    last_kept_off = (
        select(func.coalesce(func.max(kept_off.c.id), 0))
        .where(kept_off.c.event == events.c.key, kept_off.c.channel == SITE)
        .where(kept_off.c.action != Action.PUBLISH.value)
        .scalar_subquery()
    )
    is_publish = decisions.c.action == Action.PUBLISH.value
    return (
        select(_first_time(decisions.c.at))
        .where(and_(decisions.c.event == events.c.key, is_publish))
        .where(decisions.c.id > last_kept_off)
        .scalar_subquery()
    )


def _approved_at() -> ScalarSelect[Any]:
    versions = schema.draft_versions
    return (
        select(type_coerce(func.max(versions.c.at), String))
        .where(versions.c.draft == schema.drafts.c.id)
        .where(versions.c.state == DraftState.APPROVED.value)
        .scalar_subquery()
    )


def _first_time(column: ColumnElement[Any]) -> ColumnElement[str]:
    return type_coerce(func.min(column), String)
