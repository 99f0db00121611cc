"""Alembic migrations, which create and change the tables of a store."""

NEWEST = "0007"
"""The version of the tables that this program needs: the id of the last migration."""
