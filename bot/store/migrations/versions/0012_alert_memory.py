"""Add what operators were told, and an index of drafts by state. There is no downgrade."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create the table, empty, and the index, which each tick uses."""
    op.create_table(
        "alert_memory",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_drafts_state", "drafts", ["state"])
