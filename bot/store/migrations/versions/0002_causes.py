"""Add tables for classifications and attributions. There is no downgrade."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_INSTANT = sa.String(27)


def upgrade() -> None:
    """Create both tables; the next tick classifies the events that are already stored."""
    op.create_table(
        "classifications",
        sa.Column("incident", sa.String, primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("why", sa.String, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["incident", "seq"],
            ["events.incident", "events.seq"],
            name="fk_classifications_incident",
        ),
    )
    op.create_table(
        "attribution_steps",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("incident", sa.String, sa.ForeignKey("incidents.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("act", sa.String, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("incident", "number", "act"),
    )
