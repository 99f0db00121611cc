"""The steps that events still wait for: added and removed with what they wait for."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, delete, insert, literal, select

from bot.model.incident import EventKind
from bot.store import schema

DRAFT, CLASS, CORRECTION = "draft", "class", "correction"
_CORRECTIONS = (EventKind.CORRECTED, EventKind.RETRACTED)


def begin(connection: Connection, event: str, kind: EventKind) -> None:
    """A new event waits for its draft and its class; a correction for its end too."""
    steps = [DRAFT, CLASS, *([CORRECTION] if kind in _CORRECTIONS else [])]
    rows = [{"event": event, "step": step} for step in steps]
    connection.execute(insert(schema.unfinished), rows)


def finish(connection: Connection, events: Iterable[str], step: str) -> None:
    """The step is done."""
    table = schema.unfinished
    for event in events:
        done = delete(table).where(table.c.event == event, table.c.step == step)
        connection.execute(done)


def reopen_corrections(connection: Connection, incidents: Iterable[str]) -> None:
    """What is posted on an incident later may have to be corrected as well."""
    events, table = schema.events, schema.unfinished
    for incident in incidents:
        waiting = select(table.c.event).where(table.c.step == CORRECTION)
        closed = select(events.c.key, literal(CORRECTION)).where(
            events.c.incident == incident,
            events.c.kind.in_([kind.value for kind in _CORRECTIONS]),
            events.c.key.not_in(waiting),
        )
        columns = ["event", "step"]
        connection.execute(insert(table).from_select(columns, closed))


def awaits(step: str) -> ColumnElement[bool]:
    """Whether an event of the table `events` waits for `step`."""
    table = schema.unfinished
    waiting = select(table.c.event).where(table.c.step == step)
    return schema.events.c.key.in_(waiting)
