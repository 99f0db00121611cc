"""Add an index of drafts by state, which each tick uses. There is no downgrade."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Create the index."""
    op.create_index("ix_drafts_state", "drafts", ["state"])
