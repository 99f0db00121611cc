"""The steps by which a store's tables come to be."""

NEWEST = "0004"
"""The version of the tables that this program works on: Alembic's own head."""
