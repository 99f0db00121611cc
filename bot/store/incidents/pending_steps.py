"""The queue of steps that remain to be done for events.

A row of the queue is one step of one event: a draft, a classification or a correction.
The row is added in the transaction that makes the step necessary, so that no step is
forgotten after a crash. The row of a draft or classification is removed in the
transaction that stores the draft or classification. The row of a correction is removed
once no channel has to post about it any more.
"""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, delete, insert, literal, select

from bot.model.incident import CORRECTION_KINDS, EventKind
from bot.store import schema


class PendingStep(StrEnum):
    """A step that may remain to be done for an event."""

    DRAFT = "draft"
    CLASS = "class"
    CORRECTION = "correction"


def add_steps(connection: Connection, event: str, kind: EventKind) -> None:
    """Queue the pending steps of a new event.

    The steps are the draft, the classification and, if the event is a correction or a
    retraction, the posts about it.
    """
    steps = [PendingStep.DRAFT, PendingStep.CLASS]
    if kind in CORRECTION_KINDS:
        # Every channel that carried the error must also post the correction.
        steps.append(PendingStep.CORRECTION)
    rows = [{"event": event, "step": step.value} for step in steps]
    connection.execute(insert(schema.unfinished), rows)


def mark_done(connection: Connection, events: Iterable[str], step: PendingStep) -> None:
    """Remove the pending step `step` of each event from the queue, because it is done."""
    table = schema.unfinished
    for event in events:
        row = (table.c.event == event) & (table.c.step == step.value)
        connection.execute(delete(table).where(row))


def reopen_corrections(connection: Connection, incidents: Iterable[str]) -> None:
    """Queue the closed corrections of these incidents again.

    The caller has just queued posts of these incidents. Such a post may repeat a claim
    whose correction was closed before, so it may have to be corrected too.
    """
    events, table = schema.events, schema.unfinished
    step = PendingStep.CORRECTION.value
    for incident in incidents:
        queued = select(table.c.event).where(table.c.step == step)
        closed = select(events.c.key, literal(step)).where(
            events.c.incident == incident,
            events.c.kind.in_([kind.value for kind in CORRECTION_KINDS]),
            events.c.key.not_in(queued),
        )
        columns = ["event", "step"]
        connection.execute(insert(table).from_select(columns, closed))


def is_pending(step: PendingStep) -> ColumnElement[bool]:
    """Return the SQL condition for rows of `events` for which `step` is pending."""
    table = schema.unfinished
    queued = select(table.c.event).where(table.c.step == step.value)
    return schema.events.c.key.in_(queued)
