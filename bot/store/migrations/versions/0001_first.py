"""Create the first tables. There is no downgrade: restore a backup instead."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# These types are not imported from schema.py, because the types there may change later.
_INSTANT = sa.String(27)
_SHA256 = sa.String(64)


def upgrade() -> None:
    """Create all tables; referenced tables come first."""
    _make_facts()
    _make_readings()
    _make_incidents()
    _make_silences()
    _make_drafts()
    _make_deliveries()


def _make_facts() -> None:
    op.create_table(
        "answer_bodies",
        sa.Column("sha256", _SHA256, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "sha256", _SHA256, sa.ForeignKey("answer_bodies.sha256"), nullable=False
        ),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("request", sa.String, nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
    )
    op.create_index("ix_answers_at", "answers", ["at"])
    op.create_index("ix_answers_sha256", "answers", ["sha256"])
    op.create_table(
        "asked",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("at", _INSTANT, nullable=False),
    )
    op.create_table(
        "gaps",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("signal", sa.String, nullable=False),
        sa.Column("entity", sa.String, nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("until", _INSTANT, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.UniqueConstraint("signal", "entity", "since", "until", "reason"),
    )


def _make_readings() -> None:
    op.create_table(
        "signals",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("step_s", sa.Integer, nullable=False),
        sa.Column("phase_s", sa.Integer, nullable=False),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("signal", sa.String, sa.ForeignKey("signals.id"), nullable=False),
        sa.Column("entity", sa.String, nullable=False),
        sa.UniqueConstraint("signal", "entity"),
    )
    op.create_table(
        "readings",
        sa.Column("series", sa.Integer, sa.ForeignKey("series.id"), primary_key=True),
        sa.Column("day", sa.Integer, primary_key=True),
        sa.Column("bins", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "first_seen",
        sa.Column("series", sa.Integer, primary_key=True),
        sa.Column("day", sa.Integer, primary_key=True),
        sa.Column("times", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["series", "day"], ["readings.series", "readings.day"]),
    )
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("series", sa.Integer, sa.ForeignKey("series.id"), nullable=False),
        sa.Column("bin", sa.Integer, nullable=False),
        sa.Column("old", sa.Float, nullable=False),
        sa.Column("new", sa.Float, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
    )
    op.create_index("ix_revisions_series", "revisions", ["series"])


def _make_incidents() -> None:
    op.create_table(
        "evidence",
        sa.Column("sha256", _SHA256, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "incidents",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("opened_at", _INSTANT, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_incidents_place", "incidents", ["place"])
    op.create_table(
        "events",
        sa.Column(
            "incident", sa.String, sa.ForeignKey("incidents.id"), primary_key=True
        ),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column(
            "evidence", _SHA256, sa.ForeignKey("evidence.sha256"), nullable=False
        ),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_events_at", "events", ["at"])


def _make_silences() -> None:
    op.create_table(
        "silences",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("place", sa.String, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("outcome", sa.String, nullable=False),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
    )
    op.create_index("ix_silences_place_id", "silences", ["place", "id"])
    op.create_table(
        "detector_states",
        sa.Column("signal", sa.String, primary_key=True),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
    )


def _make_drafts() -> None:
    op.create_table(
        "pictures",
        sa.Column("sha256", _SHA256, primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("event", sa.String, sa.ForeignKey("events.key"), nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("picture", _SHA256, sa.ForeignKey("pictures.sha256")),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("event"),
    )
    op.create_table(
        "draft_versions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("draft", sa.String, sa.ForeignKey("drafts.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_draft_versions_draft", "draft_versions", ["draft"])
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("event", sa.String, sa.ForeignKey("events.key"), nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
    )
    op.create_index("ix_decisions_event", "decisions", ["event"])


def _make_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("event", sa.String, sa.ForeignKey("events.key"), nullable=False),
        sa.Column("channel", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("not_before", _INSTANT, nullable=False),
        sa.Column("receipt_id", sa.String),
        sa.Column("receipt_url", sa.String),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("claimed_at", _INSTANT),
        sa.Column("settled_at", _INSTANT),
        sa.Column("post", sa.Text, nullable=False),
    )
    op.create_index("ix_deliveries_event", "deliveries", ["event"])
    op.create_index("ix_deliveries_state", "deliveries", ["state"])
