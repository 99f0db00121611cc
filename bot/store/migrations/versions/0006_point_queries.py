"""Add indexes for queries that each tick makes. There is no downgrade."""

from alembic import op

revision = "0006"
down_revision = "0005"

_INDEXES = (
    ("ix_gaps_signal_entity_until", "gaps", ["signal", "entity", "until"]),
    ("ix_pauses_channel_id", "pauses", ["channel", "id"]),
    ("ix_rulings_done", "rulings", ["done"]),
)


def upgrade() -> None:
    """Create the indexes."""
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns)
