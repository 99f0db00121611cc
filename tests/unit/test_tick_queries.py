"""A tick never reads the whole of a table that grows with the archive."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot import bootstrap
from bot.clock import StillClock
from bot.store.database import Database
from bot.store.sql_store import SqlStore
from tests import stories
from tests.contract.stored import T0, answer

POLL = timedelta(minutes=30)
# Tables that stay small: they have a row for each signal, one for the site, one for each
# pending step, one for each use of the kill switch, and one for what operators were told.
BOUNDED = {"detector_states", "site_versions", "unfinished", "pauses", "alert_memory"}


class Statements:
    """Records the queries, updates and deletes of a database, each with example values."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.values: dict[str, Any] = {}
        event.listen(database._engine, "before_cursor_execute", self._note)

    def _note(self, _connection, _cursor, sql, values, _context, many) -> None:
        if sql.startswith(("SELECT", "UPDATE", "DELETE", "INSERT INTO unfinished")):
            self.values[sql] = values[0] if many else values

    def scans(self) -> Iterator[tuple[str, str]]:
        """Yield (table, statement) where SQLite would scan a whole table or index."""
        with self._database.read("explain statements") as connection:
            for sql, values in tuple(self.values.items()):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
                for row in plan.all():
                    scan = re.match(r"SCAN (?!CONSTANT|\()(\w+)", row.detail)
                    if scan:
                        yield scan[1], sql


def unbounded(statements: Statements) -> list[str]:
    """Return the statements that scan a growing table without a LIMIT."""
    return [
        sql
        for table, sql in statements.scans()
        if table not in BOUNDED and "LIMIT" not in sql
    ]


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[Any, StillClock]]:
    """Yield an application and its clock, two hours before a recorded blackout begins."""
    recording = stories.blackout(tmp_path / "recording")
    channels = {"wire": {"kind": "file", "path": str(tmp_path / "posts.jsonl")}}
    config = stories.publishing_config(tmp_path, recording, channels, "14d")
    clock = StillClock(stories.FALL - 4 * POLL)
    application = bootstrap.build_live(config, clock, bootstrap.BackfillProgress())
    with closing(application.store):
        application.runner.open()
        application.runner.tick()
        yield application, clock


def test_no_tick_of_a_blackout_reads_a_whole_table(live):
    application, clock = live
    store: SqlStore = application.store
    statements = Statements(store._database)
    kinds, posts = set(), 0
    for _ in range(12):
        clock.sleep(POLL)
        result = application.runner.tick()
        application.alerts.after_tick({}, result.alerts)
        kinds |= {str(step.kind) for step in result.events}
        posts += len(result.sent)
    assert "confirmed" in kinds
    assert posts
    assert unbounded(statements) == []


def test_old_answers_are_deleted_without_reading_the_others(live):
    application, _ = live
    application.store.answers.save(answer(at=T0))
    statements = Statements(application.store._database)
    assert application.store.answers.delete_before(T0 + POLL) == 1
    assert any("answer_bodies" in sql for sql in statements.values)
    assert unbounded(statements) == []


def test_scan_of_a_whole_table_is_detected(live):
    application, _ = live
    statements = Statements(application.store._database)
    application.store.incidents.all()
    (statement,) = unbounded(statements)
    assert "FROM incidents" in statement


def test_pause_of_a_channel_is_looked_up_by_its_name(live):
    application, _ = live
    statements = Statements(application.store._database)
    assert not application.store.pauses.is_paused("wire")
    assert any("pauses" in sql for sql in statements.values)
    assert list(statements.scans()) == []
