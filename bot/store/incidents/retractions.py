"""Looks up whether an incident is retracted, in a file that another thread may use."""

from pathlib import Path

from bot.model.incident import State
from bot.store.plain_sql import SqliteFile

_STATE = "SELECT state FROM incidents WHERE id = :incident"


def is_retracted(path: Path, incident: str) -> bool:
    """Return whether an incident of the store at `path` is retracted.

    The store is opened for each call, so that a retraction holds at once (P11).

    Raises:
        StoreError: the store cannot be read.
    """
    if not path.is_file():
        return False
    with SqliteFile(path).read("look up the state of an incident") as run:
        rows = run(_STATE, {"incident": incident})
    return [tuple(row) for row in rows] == [(State.RETRACTED,)]
