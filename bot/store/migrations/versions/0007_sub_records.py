"""Group the facts of each event into sub-records. There is no downgrade.

An empty text for an absent signal, baseline method or statement becomes None.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_events = sa.table("events", sa.column("key"), sa.column("body"))
_incidents = sa.table("incidents", sa.column("id"), sa.column("body"))
_AT_ONCE = 200
_SUB_RECORDS = {
    "timing": ("as_of", "onset", "restored", "duration", "cuts"),
    "levels": ("level", "lowest", "principal", "part", "method", "series", "unknown"),
    "parts": ("networks", "regions", "parts_back"),
    "sources": ("families", "opened_by", "returned", "credits"),
}
_NEW_NAMES = {"level": "now", "parts_back": "back"}
_MAY_LACK: Mapping[str, object] = {"cuts": [], "part": None, "parts_back": []}
"""Fields that the oldest events may lack, with the value to assume for each."""
_EMPTY_IS_ABSENT = ("principal", "method")


def upgrade() -> None:
    """Rewrite the bodies of all events and incidents, a few at a time."""
    _rewrite(_events, _events.c.key, _event)
    _rewrite(_incidents, _incidents.c.id, _incident)


def _rewrite(
    table: sa.TableClause,
    key: sa.ColumnClause[Any],
    convert: Callable[[dict[str, Any]], None],
) -> None:
    for name, body in _rows(table, key):
        try:
            record = json.loads(body)
            convert(record)
        except (ValueError, KeyError, TypeError, AttributeError):
            # A damaged record is left unchanged, and an error is reported when it is
            # read. It must not stop the migration of the other records.
            continue
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        if text != body:
            op.get_bind().execute(sa.update(table).where(key == name).values(body=text))


def _rows(
    table: sa.TableClause, key: sa.ColumnClause[Any]
) -> Iterator[tuple[str, str]]:
    """Yield the key and body of each row; only a few rows are in memory at a time."""
    last = ""
    while True:
        some = sa.select(key, table.c.body).where(key > last).order_by(key)
        rows = op.get_bind().execute(some.limit(_AT_ONCE)).all()
        if not rows:
            return
        yield from ((name, body) for name, body in rows)
        last = rows[-1][0]


def _event(event: dict[str, Any]) -> None:
    facts = event["facts"]
    if facts.keys().isdisjoint(_SUB_RECORDS):
        event["facts"] = _nested(facts)


def _nested(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of an event with their fields grouped into sub-records."""
    moved = {name for names in _SUB_RECORDS.values() for name in names}
    kept = {
        name: value
        for name, value in facts.items()
        if name not in moved | {"statement", "wrong"}
    }
    parts = {
        part: {_NEW_NAMES.get(name, name): _value(facts, name) for name in names}
        for part, names in _SUB_RECORDS.items()
    }
    statement, wrong = facts.get("statement") or None, facts.get("wrong")
    corrects = statement is not None or wrong is not None
    correction = {"statement": statement, "wrong": wrong} if corrects else None
    return {**kept, **parts, "correction": correction}


def _value(facts: Mapping[str, Any], name: str) -> object:
    value = facts[name] if name not in _MAY_LACK else facts.get(name, _MAY_LACK[name])
    return None if name in _EMPTY_IS_ABSENT and value == "" else value


def _incident(incident: dict[str, Any]) -> None:
    if incident.get("principal") == "":
        incident["principal"] = None
