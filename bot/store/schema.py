"""The tables of the store for SQLAlchemy Core; `migrations/` updates older stores."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.columns import Instant

# Constraints are named, so that a later migration can refer to them on any database.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

metadata = MetaData(naming_convention=NAMING)

answer_bodies = Table(
    "answer_bodies",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", ForeignKey(answer_bodies.c.sha256), nullable=False, index=True),
    Column("source", String, nullable=False),
    Column("request", String, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("status", Integer, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)

# Each row is the time grid of one signal. Without the grid, the signal's bin numbers
# stand for no time.
signals = Table(
    "signals",
    metadata,
    Column("id", String, primary_key=True),
    Column("step_s", Integer, nullable=False),
    Column("phase_s", Integer, nullable=False),
)

series = Table(
    "series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("signal", ForeignKey(signals.c.id), nullable=False),
    Column("entity", String, nullable=False),
    UniqueConstraint("signal", "entity"),
)

# One row holds the readings of one series for about a day, packed as float32
# (readings/packing.py).
readings = Table(
    "readings",
    metadata,
    Column("series", ForeignKey(series.c.id), primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("bins", LargeBinary, nullable=False),
)

# When each bin of a row of `readings` was first seen. The times have a table of their
# own, because mostly only the readings are read.
first_seen = Table(
    "first_seen",
    metadata,
    Column("series", Integer, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("times", LargeBinary, nullable=False),
    ForeignKeyConstraint(["series", "day"], [readings.c.series, readings.c.day]),
)

revisions = Table(
    "revisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("series", ForeignKey(series.c.id), nullable=False, index=True),
    Column("bin", Integer, nullable=False),
    Column("old", Float, nullable=False),
    Column("new", Float, nullable=False),
    Column("at", Instant, nullable=False),
)

# For a gap in a whole signal, `entity` is an empty text, not NULL: the unique
# constraint would ignore rows with NULL.
gaps = Table(
    "gaps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("signal", String, nullable=False),
    Column("entity", String, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("reason", String, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("signal", "entity", "since", "until", "reason"),
    Index(None, "signal", "entity", "until"),
)

asked = Table(
    "asked",
    metadata,
    Column("key", String, primary_key=True),
    Column("at", Instant, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", String, primary_key=True),
    Column("place", String, nullable=False, index=True),
    Column("state", String, nullable=False, index=True),
    Column("opened_at", Instant, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "opened_at", "id"),
    Index(None, "place", "opened_at"),
)

evidence = Table(
    "evidence",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

# Append-only: no statement in this package changes or deletes an event (P11).
events = Table(
    "events",
    metadata,
    Column("incident", ForeignKey(incidents.c.id), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Column("reason", String, nullable=False),
    Column("evidence", ForeignKey(evidence.c.sha256), nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("body", Text, nullable=False),
)

# The pending steps of events. Each row is one step that remains to be done for one
# event, and is removed when the step is done. Without this table, each tick would have
# to search all events.
unfinished = Table(
    "unfinished",
    metadata,
    Column("event", ForeignKey(events.c.key), primary_key=True),
    Column("step", String, primary_key=True),
)

# Append-only. A classification is derived from an event but stored separately (P8).
classifications = Table(
    "classifications",
    metadata,
    Column("incident", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("why", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("body", Text, nullable=False),
    ForeignKeyConstraint(
        ["incident", "seq"],
        [events.c.incident, events.c.seq],
        name="fk_classifications_incident",
    ),
)

# Append-only. Each row is what one person did with an attribution: one step. An
# attribution has at most one step of each kind (P8, P11).
attribution_steps = Table(
    "attribution_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("incident", ForeignKey(incidents.c.id), nullable=False),
    Column("number", Integer, nullable=False),
    Column("act", String, nullable=False),
    Column("by", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("incident", "number", "act"),
)

article_steps = Table(
    "article_steps",
    metadata,
    Column("incident", ForeignKey(incidents.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("act", String, nullable=False),
    Column("by", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("body", Text, nullable=False),
)

silences = Table(
    "silences",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("outcome", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("reason", String, nullable=False),
    Index(None, "place", "id"),
)

detector_states = Table(
    "detector_states",
    metadata,
    Column("signal", String, primary_key=True),
    Column("state", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)

pictures = Table(
    "pictures",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event", ForeignKey(events.c.key), nullable=False, index=True),
    Column("channel", String, nullable=False),
    Column("action", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("at", Instant, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String, primary_key=True),
    Column("event", ForeignKey(events.c.key), nullable=False, unique=True),
    Column("state", String, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("picture", ForeignKey(pictures.c.sha256)),
    Column("body", Text, nullable=False),
)

# Append-only history of each draft: every version and state, with its reason.
draft_versions = Table(
    "draft_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("draft", ForeignKey(drafts.c.id), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("state", String, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("body", Text, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("key", String, primary_key=True),
    Column("event", ForeignKey(events.c.key), nullable=False, index=True),
    Column("channel", String, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("tries", Integer, nullable=False),
    Column("not_before", Instant, nullable=False, index=True),
    Column("receipt_id", String),
    Column("receipt_url", String),
    Column("note", Text, nullable=False),
    Column("claimed_at", Instant),
    Column("settled_at", Instant, index=True),
    Column("post", Text, nullable=False),
)

# Append-only. Each row pauses or resumes a channel; the last row of a channel counts.
pauses = Table(
    "pauses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String, nullable=False),
    Column("stops", Boolean, nullable=False),
    Column("by", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "channel", "id"),
)

# One row at most: what operators were told last.
alert_memory = Table(
    "alert_memory",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("body", Text, nullable=False),
)

# One row at most: the newest state of the readers' file.
reader_file = Table(
    "reader_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity", String, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("readers", Integer, nullable=False),
    Column("accepted_at", Instant),
    Column("note", Text, nullable=False),
)
departed_readers = Table(
    "departed_readers",
    metadata,
    Column("reader", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("never_again", Boolean, nullable=False),
)
# One row at most: the newest head of the ledger of evidence.
ledger_head = Table(
    "ledger_head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("entries", Integer, nullable=False),
    Column("last", String(64), nullable=False),
    Column("note", Text, nullable=False),
)

# Manual corrections of incidents; a tick turns each of them into one event.
manual_corrections = Table(
    "rulings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("incident", ForeignKey(incidents.c.id), nullable=False),
    Column("kind", String, nullable=False),
    Column("statement", Text, nullable=False),
    Column("by", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("done", Boolean, nullable=False, index=True),
)

# The queue of report pages that are out of date. A row is added in the transaction of
# the change that makes a page outdated, and is removed when the page is written.
# `refresh` is true if only the version of the program or the settings of the site
# changed; such a page may be written later.
stale_pages = Table(
    "stale_pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("incident", ForeignKey(incidents.c.id), nullable=False, index=True),
    Column("refresh", Boolean, nullable=False, index=True),
)

# The site version (see `renderer.site_version`) for which all pages were last queued to
# be written again. At most one row.
site_versions = Table(
    "site_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", String, nullable=False),
)
