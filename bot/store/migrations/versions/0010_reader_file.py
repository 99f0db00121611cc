"""Add what the store remembers of the readers' file. There is no downgrade."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the tables, empty: no file of readers is known."""
    op.create_table(
        "reader_file",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("identity", sa.String, nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.Column("readers", sa.Integer, nullable=False),
        sa.Column("accepted_at", sa.String(27)),
        sa.Column("note", sa.Text, nullable=False),
    )
    op.create_table(
        "departed_readers",
        sa.Column("reader", sa.String(64), primary_key=True),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("never_again", sa.Boolean, nullable=False),
    )
