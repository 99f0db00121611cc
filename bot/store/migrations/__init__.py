"""Alembic migrations, which create and change the tables of a store."""

from bot.errors import StoreError

NEWEST = "0012"
"""The version of the tables that this program needs: the id of the last migration."""
VERSIONS = tuple(f"{number:04}" for number in range(1, int(NEWEST) + 1))
"""All versions of the tables, from the oldest to `NEWEST`."""


def refuse_newer(version: object) -> None:
    """Raise StoreError if the tables have a version that is newer than `NEWEST`."""
    if str(version).isdecimal() and str(version) > NEWEST:
        raise StoreError(
            "the store was written by a newer version of Outagewire (its tables are at"
            f" {version}, this version supports up to {NEWEST}): install the newer"
            " version, or choose another store"
        )
