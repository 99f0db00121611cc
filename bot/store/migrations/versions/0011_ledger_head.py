"""Add what the store remembers of the ledger of evidence. There is no downgrade."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the table, empty: no entry of the ledger is known."""
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("last", sa.String(64), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
    )
