"""Alembic migrations, which create and change the tables of a store."""

NEWEST = "0008"
"""The version of the tables that this program needs: the id of the last migration."""
VERSIONS = tuple(f"{number:04}" for number in range(1, int(NEWEST) + 1))
"""All versions of the tables, from the oldest to `NEWEST`."""
