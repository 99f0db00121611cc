"""The database of all records: SQLAlchemy Core and Alembic, SQLite by default."""
