"""Alembic runs this file: it applies the steps on the connection it is given."""

from alembic import context

from bot.store.schema import metadata


def apply() -> None:
    """Apply the steps within the caller's transaction."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        # SQLite cannot alter a constraint: Alembic then rebuilds the table.
        render_as_batch=True,
    )
    context.run_migrations()


apply()
