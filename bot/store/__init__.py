"""The store: SQLAlchemy Core and Alembic, on SQLite by default."""
