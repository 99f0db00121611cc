"""Add the table of manual corrections. There is no downgrade."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the empty table `rulings`, for manual corrections."""
    op.create_table(
        "rulings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("incident", sa.String, sa.ForeignKey("incidents.id"), nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("statement", sa.Text, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
    )
