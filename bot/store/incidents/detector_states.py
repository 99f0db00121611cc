"""The stored detector states, one for each signal."""

from datetime import datetime

from sqlalchemy import Connection, insert, update

from bot.store import schema


def save_state(connection: Connection, signal: str, state: bytes, at: datetime) -> None:
    """Replace the detector state of one signal, or insert one if it has none."""
    table = schema.detector_states
    saved = update(table).where(table.c.signal == signal).values(state=state, at=at)
    if connection.execute(saved).rowcount == 0:
        new = insert(table).values(signal=signal, state=state, at=at)
        connection.execute(new)
