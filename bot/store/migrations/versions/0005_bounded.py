"""Add queues and indexes, so that a tick takes no longer when the archive grows.

There is no downgrade.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_INDEXES = (
    ("ix_incidents_state", "incidents", ["state"]),
    ("ix_incidents_opened_at_id", "incidents", ["opened_at", "id"]),
    ("ix_incidents_place_opened_at", "incidents", ["place", "opened_at"]),
    ("ix_deliveries_not_before", "deliveries", ["not_before"]),
    ("ix_deliveries_settled_at", "deliveries", ["settled_at"]),
)
_UNDONE = (
    """
    INSERT INTO unfinished (event, step) SELECT events.key, 'draft' FROM events
    LEFT JOIN drafts ON drafts.event = events.key WHERE drafts.id IS NULL
    """,
    """
    INSERT INTO unfinished (event, step) SELECT events.key, 'class' FROM events
    LEFT JOIN classifications ON classifications.incident = events.incident
    AND classifications.seq = events.seq WHERE classifications.seq IS NULL
    """,
    """
    INSERT INTO unfinished (event, step) SELECT key, 'correction' FROM events
    WHERE kind IN ('corrected', 'retracted')
    """,
)


def upgrade() -> None:
    """Create indexes and queues; queue the pending steps of all events."""
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns)
    op.create_table(
        "unfinished",
        sa.Column("event", sa.String, sa.ForeignKey("events.key"), primary_key=True),
        sa.Column("step", sa.String, primary_key=True),
    )
    op.create_table(
        "stale_pages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("incident", sa.String, sa.ForeignKey("incidents.id"), nullable=False),
        sa.Column("refresh", sa.Boolean, nullable=False),
    )
    op.create_index("ix_stale_pages_incident", "stale_pages", ["incident"])
    op.create_index("ix_stale_pages_refresh", "stale_pages", ["refresh"])
    op.create_table(
        "site_versions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("version", sa.String, nullable=False),
    )
    for statement in _UNDONE:
        op.execute(statement)
