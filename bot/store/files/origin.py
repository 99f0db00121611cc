"""What the readings of a store are: measured live, replayed, or reconstructed (P16).

If a live run continued the store of a replay, it would publish the replay's open incidents
as present events. So a store belongs to one kind of run from its first reading on.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import StoreError
from bot.store.plain_sql import BUSY_TIMEOUT_S, advice

# SQLite keeps the application id in the header of the file, so it is also in every copy.
_LIVE = 0
_REPLAYED, _RECONSTRUCTED = 1, 2
_MARK = 0x4F775200
"""The first bytes of the application id of a store that is not live."""
_USED = "SELECT EXISTS (SELECT 1 FROM answers) OR EXISTS (SELECT 1 FROM incidents)"


def claim_store(store: Path, *, replayed: bool, reconstructed: bool) -> None:
    """Reserve a store for one kind of run; check that no other kind has used it.

    Args:
        store: the path of a store whose tables are up to date.
        replayed: whether the run follows the clock of a replay server.
        reconstructed: whether a source serves readings that were made from published
            facts.

    Raises:
        StoreError: another kind of run has used the store, or the store failed.
    """
    wanted = _REPLAYED * replayed + _RECONSTRUCTED * reconstructed
    try:
        with closing(sqlite3.connect(store, timeout=BUSY_TIMEOUT_S)) as connection:
            used = bool(connection.execute(_USED).fetchone()[0])
            origin = _origin(connection)
            if used and origin != wanted:
                raise StoreError(
                    f"the store {store} holds {_words(origin)} readings, and this run has"
                    f" {_words(wanted)} ones; choose another `path` in [store], and"
                    " another `out` in [site]"
                )
            # The header is written only if it changes, because a write needs a lock.
            if origin != wanted:
                number = _MARK + wanted if wanted else _LIVE
                connection.execute(f"PRAGMA application_id = {number}")
    except sqlite3.Error as error:
        raise StoreError(f"the store cannot be opened: {advice(str(error))}") from None


def is_reconstructed(store: Path) -> bool:
    """Return whether a store is reserved for readings made from published facts.

    A store that does not exist yet is not.

    Raises:
        StoreError: the store cannot be read.
    """
    return bool(_stored_origin(store) & _RECONSTRUCTED)


def is_replayed(store: Path) -> bool:
    """Return whether a store holds replayed readings; one that does not exist has none.

    Raises:
        StoreError: the store cannot be read.
    """
    return bool(_stored_origin(store) & _REPLAYED)


def _stored_origin(store: Path) -> int:
    """Return what is written in a store about its readings; 0 if there is no file."""
    if not store.is_file():
        return 0
    address = f"{store.absolute().as_uri()}?mode=ro"
    try:
        with closing(
            sqlite3.connect(address, uri=True, timeout=BUSY_TIMEOUT_S)
        ) as connection:
            return _origin(connection)
    except sqlite3.Error as error:
        raise StoreError(f"the store cannot be opened: {advice(str(error))}") from None


def _origin(connection: sqlite3.Connection) -> int:
    (number,) = connection.execute("PRAGMA application_id").fetchone()
    return int(number) - _MARK if number else _LIVE


def _words(origin: int) -> str:
    if origin & _RECONSTRUCTED:
        return "reconstructed"
    return "replayed" if origin & _REPLAYED else "live"
