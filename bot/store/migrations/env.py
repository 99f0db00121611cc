"""Applies migrations; Alembic runs this file with a connection in its configuration."""

from alembic import context

from bot.store.schema import metadata


def apply() -> None:
    """Apply the missing migrations in the caller's transaction."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        # SQLite cannot alter a constraint, so migrations that Alembic generates must
        # rebuild the table instead.
        render_as_batch=True,
    )
    context.run_migrations()


apply()
