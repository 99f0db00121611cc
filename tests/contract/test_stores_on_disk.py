"""A store on disk: crashes, concurrent access, schema versions, wrong addresses."""

import os
import signal as signals
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.errors import StoreError
from bot.model.draft import DraftState
from bot.store import database as databases
from bot.store.database import Database, connect
from bot.store.files import store_file
from bot.store.files.backup import back_up
from bot.store.migrate import upgrade
from bot.store.migrations import NEWEST
from bot.store.pauses import open_pauses
from bot.store.schema import metadata
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import (
    PNG,
    T0,
    change,
    chunk,
    draft,
    parsed,
    post,
    queue_posts,
    record,
    signal,
)

ROOT = Path(__file__).parents[2]

CLAIM_UNTIL_KILLED = """
import sys
from bot.store.sql_store import open_store
from tests.contract.stored import T0
store = open_store(sys.argv[1])
for delivery in store.deliveries.due(T0):
    assert store.deliveries.claim(delivery.post.key, T0)
    print(delivery.post.key, flush=True)
"""

WRITE_UNTIL_KILLED = """
import sys, time
from sqlalchemy import insert, update
from bot.store import schema
from bot.store.database import connect
from tests.contract.stored import T0
with connect(sys.argv[1]).write("be killed") as connection:
    connection.execute(insert(schema.asked).values(key="half-way", at=T0))
    connection.execute(update(schema.deliveries).values(state="sent"))
    print("half-way", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.db"


@contextmanager
def open_temporarily(path: Path) -> Iterator[SqlStore]:
    store = open_store(path)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def raw_database(path: Path) -> Iterator[Database]:
    database = connect(path)
    try:
        yield database
    finally:
        database.close()


def run_and_kill(script: str, path: Path, lines: int) -> list[str]:
    """Run a script, kill it after `lines` printed lines, and return its output."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    printed = [process.stdout.readline().strip() for _ in range(lines)]
    os.kill(process.pid, signals.SIGKILL)
    remaining_output, _ = process.communicate()
    return printed + remaining_output.split()


def run_together(*jobs: Callable[[], None]) -> None:
    """Run the jobs at once, each in a thread; raise the first error of any of them."""
    failed: list[BaseException] = []
    ready = threading.Barrier(len(jobs))

    def run(job: Callable[[], None]) -> None:
        ready.wait()
        try:
            job()
        except BaseException as error:  # noqa: BLE001 - raised again below
            failed.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


def test_claim_survives_the_kill_of_its_process(path):
    """P10: every claim that the killed process reported is stored."""
    with open_temporarily(path) as store:
        keys = queue_posts(store, *(f"c{number:02}" for number in range(40)))
    claimed = run_and_kill(CLAIM_UNTIL_KILLED, path, lines=5)
    with open_temporarily(path) as store:
        states = {
            delivery.post.key: delivery.state for delivery in store.deliveries.all()
        }
        sending = [key for key in keys if states[key] == "sending"]
        # The process may have made one more claim and been killed before reporting it.
        assert sending[: len(claimed)] == claimed
        assert len(sending) <= len(claimed) + 1
        assert store.deliveries.recover(T0) == len(sending)


def test_kill_during_a_transaction_leaves_no_change(path):
    """P10: a transaction that a kill interrupts leaves no change and no lock."""
    with open_temporarily(path) as store:
        queue_posts(store, "x", "mastodon")
    assert run_and_kill(WRITE_UNTIL_KILLED, path, lines=1) == ["half-way"]
    with open_temporarily(path) as store:
        assert not store.readings.is_answered("half-way")
        assert {delivery.state for delivery in store.deliveries.all()} == {"waiting"}
        assert store.deliveries.claim(store.deliveries.due(T0)[0].post.key, T0)
    with raw_database(path) as database, database.read("check") as connection:
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        assert not connection.execute(text("PRAGMA foreign_key_check")).all()


def test_commits_are_synchronous(path):
    """P10: a claim survives a power cut, because `synchronous` is 2, which means FULL."""
    with (
        open_temporarily(path),
        raw_database(path) as database,
        database.read("look") as connection,
    ):
        pragmas = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


def test_concurrent_claims_have_one_winner(path):
    """P10: each delivery is claimed by only one of four threads on two connections."""
    with open_temporarily(path) as delivery, open_temporarily(path) as two:
        keys = queue_posts(delivery, *(f"c{number}" for number in range(15)))
        won: list[str] = []

        def claim_all(store: SqlStore) -> None:
            won.extend(key for key in keys if store.deliveries.claim(key, T0))

        run_together(
            *(lambda s=s: claim_all(s) for s in (delivery, two, delivery, two))
        )
        assert sorted(won) == sorted(keys)
        assert {delivery.tries for delivery in two.deliveries.all()} == {1}


def test_editor_and_loop_can_write_at_the_same_time(path):
    with open_temporarily(path) as loop_store, open_temporarily(path) as desk_store:
        (event,) = record(loop_store, change())
        loop_store.drafts.save(draft(event), PNG, (), ())

        def write_readings() -> None:
            for number in range(30):
                readings = parsed(chunk(number, number))
                loop_store.readings.write(readings, {signal().id: signal()}, T0)

        def edit() -> None:
            for _ in range(15):
                shown_draft = desk_store.drafts.get(event.key)
                desk_store.drafts.edit(shown_draft, "again", T0)
            approved = desk_store.drafts.get(event.key)
            desk_store.drafts.change_state(
                approved, DraftState.APPROVED, "", T0, [post(event)]
            )

        run_together(write_readings, edit)
        assert loop_store.drafts.get(event.key).version == 16
        assert len(loop_store.deliveries.due(T0)) == 1


def test_two_editors_cannot_both_approve(path):
    """P10: if two editors approve at once, one is refused; one post is queued."""
    with open_temporarily(path) as first, open_temporarily(path) as second:
        (event,) = record(first, change())
        first.drafts.save(draft(event), PNG, (), ())
        refused = count()

        def approve(store: SqlStore) -> None:
            try:
                seen = draft(event)
                store.drafts.change_state(
                    seen, DraftState.APPROVED, "", T0, [post(event)]
                )
            except StoreError:
                next(refused)

        run_together(lambda: approve(first), lambda: approve(second))
        assert next(refused) == 1
        assert len(first.deliveries.all()) == 1


def test_store_in_memory_serves_several_threads():
    store = open_store(":memory:")

    def mark(name: str) -> None:
        for number in range(50):
            store.readings.mark_answered(f"{name}{number}", T0)

    run_together(lambda: mark("a"), lambda: mark("b"))
    assert store.readings.is_answered("a49")
    assert store.readings.is_answered("b49")
    store.close()


def test_store_opened_concurrently_is_created_once(path):
    run_together(*[lambda: open_store(path).close()] * 4)
    with open_temporarily(path) as store:
        assert store.incidents.all() == ()


def test_creating_and_migrating_give_the_same_tables(path, tmp_path):
    migrated = tmp_path / "migrated.db"
    with raw_database(migrated) as database, database.write("migrate it") as connection:
        upgrade(connection)
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
    with open_temporarily(path):
        assert _definitions(path) == _definitions(migrated)


def _definitions(path: Path) -> dict[str, list[str]]:
    """Return the sorted lines of the SQL that defines each table and index, by name."""
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    with raw_database(path) as database, database.read("list its tables") as connection:
        rows = connection.execute(text(query)).all()
    return {
        name: sorted(line.strip(" ,\t") for line in sql.replace('"', "").splitlines())
        for name, sql in rows
    }


def test_new_store_is_created_without_alembic(path):
    script = (
        "import sys; from bot.store.sql_store import open_store;"
        f" open_store({str(path)!r}).close(); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=60)


def test_newest_version_is_the_last_migration():
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [NEWEST]


def test_current_store_is_opened_without_alembic(path):
    """Loading Alembic would use memory, and would slow down every command."""
    open_store(path).close()
    script = (
        "import sys; from bot.store.sql_store import open_store;"
        f" open_store({str(path)!r}).close(); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=60)


def test_opening_a_store_prints_nothing(path, caplog, capfd):
    with caplog.at_level("INFO"), open_temporarily(path), open_temporarily(path):
        pass
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_reopened_store_has_its_events(path):
    with open_temporarily(path) as store:
        (event,) = record(store, change())
    with open_temporarily(path) as store:
        assert store.incidents.event(event.key) == event


def test_store_of_a_newer_version_is_refused_and_unchanged(path):
    """P16: a store of a newer schema version is refused and not changed."""
    with open_temporarily(path):
        pass
    with raw_database(path) as database, database.write("age") as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    content = path.read_bytes()
    with pytest.raises(StoreError, match=r"newer version.*9999.*install the newer"):
        open_store(path)
    assert path.read_bytes() == content


def _with_a_table(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (text TEXT)")
    other.close()


def _with_versions_of_its_own(path: Path) -> None:
    """Another program may use Alembic as well, with a version that we have too."""
    _with_a_table(path)
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE alembic_version (version_num TEXT)")
        other.execute("INSERT INTO alembic_version VALUES ('0003')")
    other.close()


@pytest.mark.parametrize("make", [_with_a_table, _with_versions_of_its_own])
@pytest.mark.parametrize("create", [True, False])
def test_database_of_another_program_is_refused_and_unchanged(path, make, create):
    """P16: not a byte changes, so the journal mode is not changed either."""
    make(path)
    content = path.read_bytes()
    with pytest.raises(StoreError, match="database of another program"):
        open_store(path, create=create)
    with pytest.raises(StoreError, match="another program"):
        open_pauses(path)
    with pytest.raises(StoreError, match="not a store of Outagewire"):
        back_up(path, path.with_name("copy.db"))
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_missing_store_is_not_created_unless_asked(path):
    with pytest.raises(StoreError, match="there is no store at"):
        open_store(path, create=False)
    assert not path.exists()
    open_store(path).close()
    open_store(path, create=False).close()


def _delete(path: Path) -> None:
    path.unlink()


def _replace(path: Path) -> None:
    other = path.with_name("other.db")
    open_store(other).close()
    other.replace(path)


@pytest.mark.parametrize(
    ("lose", "message"), [(_delete, "was deleted"), (_replace, "another file is in")]
)
def test_lost_file_of_an_open_store_fails_every_transaction(path, lose, message):
    """P10: what is written to a file that was deleted would be lost."""
    with open_temporarily(path) as store:
        (event,) = record(store, change())
        lose(path)
        for act in (
            store.deliveries.all,
            lambda: store.incidents.event(event.key),
            lambda: store.readings.mark_answered("question", T0),
            lambda: store.pauses.is_paused("x"),
            store.check,
        ):
            with pytest.raises(StoreError, match=message):
                act()
    assert path.exists() == (lose is _replace)


def test_commit_to_a_file_that_was_just_deleted_fails(path):
    """P10: the commit succeeds, but nobody will ever read it."""
    open_store(path).close()
    with raw_database(path) as database:

        def write() -> None:
            with database.write("forget a request") as connection:
                connection.execute(text("DELETE FROM asked"))
                path.unlink()

        with pytest.raises(StoreError, match="was deleted"):
            write()


def _cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def _empty(path: Path) -> None:
    os.truncate(path, 0)


def _spoil_the_middle(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 8192)


def _spoil_the_header(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\0" * 4096)


def _overwrite_with_a_store(path: Path) -> None:
    other = path.with_name("other.db")
    open_store(other).close()
    path.write_bytes(other.read_bytes())


def _write_the_journal_into_the_file(path: Path) -> None:
    """Leave no page in the journal, from which SQLite would read it."""
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()


@pytest.mark.parametrize(
    "damage",
    [
        _cut_short,
        _empty,
        _spoil_the_middle,
        _spoil_the_header,
        _overwrite_with_a_store,
    ],
)
def test_check_notices_a_file_that_is_damaged_in_place(path, damage):
    """The file stays the same for the operating system, and SQLite may not read it again."""
    with open_temporarily(path) as store:
        store.mark_file()
        record(store, change())
        _write_the_journal_into_the_file(path)
        store.check()
        damage(path)
        with pytest.raises(StoreError, match=r"is damaged|was overwritten"):
            store.check()


def test_a_large_file_is_read_as_a_whole_once_a_day(path, monkeypatch):
    """A tick takes no longer as the archive grows."""
    seconds = [1000.0]
    monkeypatch.setattr(store_file, "_SMALL", 0)
    monkeypatch.setattr(store_file, "monotonic", lambda: seconds[0])
    with open_temporarily(path) as store:
        record(store, change())
        _write_the_journal_into_the_file(path)
        store.check()
        _spoil_the_middle(path)
        seconds[0] += 23 * 3600
        store.check()
        seconds[0] += 2 * 3600
        with pytest.raises(StoreError, match="is damaged"):
            store.check()


def test_a_small_file_is_read_as_a_whole_only_if_it_has_changed(path):
    """A tick takes no longer as a store grows to 64 MiB."""
    with open_temporarily(path) as store:
        record(store, change())
        _write_the_journal_into_the_file(path)
        store.check()
        before = path.stat()
        _spoil_the_middle(path)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        store.check()
        path.touch()
        with pytest.raises(StoreError, match="is damaged"):
            store.check()
        with pytest.raises(StoreError, match="is damaged"):
            store.check()


def test_file_that_cannot_be_opened_now_is_not_called_damaged(path, monkeypatch):
    """P10: somebody who puts an old copy in its place loses what was published since."""

    def fail(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    with open_temporarily(path) as store:
        monkeypatch.setattr(store_file, "connect", fail)
        with pytest.raises(StoreError, match="cannot be read") as raised:
            store.check()
    assert "damaged" not in str(raised.value)
    assert "backup" not in str(raised.value)


def test_file_that_is_not_a_store_is_unchanged(path):
    path.write_bytes(b"not a database, but something dear to somebody" * 50)
    content = path.read_bytes()
    with pytest.raises(StoreError, match="not a store; move it away"):
        open_store(path)
    assert path.read_bytes() == content


def test_error_names_a_folder_that_cannot_be_created(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"folder .* cannot be made"):
        open_store(tmp_path / "file" / "store.db")


def test_folder_is_refused_as_a_store(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path)


@pytest.mark.parametrize(
    "address",
    ["://user:hunter2@host/db", "nosuch://user:hunter2@host/db", "mssql://a:hunter2@b"],
)
def test_error_of_an_invalid_address_hides_its_password(address):
    with pytest.raises(StoreError) as caught:
        open_store(address)
    assert "hunter2" not in str(caught.value)


def test_url_and_path_open_the_same_store(path):
    with open_temporarily(path) as store:
        store.readings.mark_answered("question", T0)
    store = open_store(f"sqlite:///{path}")
    assert store.readings.is_answered("question")
    store.close()


def test_error_reports_a_store_locked_by_another_process(path, monkeypatch):
    monkeypatch.setattr(databases, "BUSY_TIMEOUT_S", 0.2)
    with (
        open_temporarily(path) as store,
        raw_database(path) as other,
        other.write("hold it"),
    ):
        with pytest.raises(StoreError, match=r"forget old answers.*another process"):
            store.answers.delete_before(T0)
        # A writer does not block readers.
        assert store.deliveries.all() == ()


def test_time_without_a_zone_is_refused(path):
    """P9: only times with a time zone are stored."""
    with open_temporarily(path) as store:
        naive_time = T0.replace(tzinfo=None)
        with pytest.raises(StoreError, match="aware times only"):
            store.readings.mark_answered("question", naive_time)
        assert not store.readings.is_answered("question")


def test_error_contains_no_text_of_a_post_or_draft(path):
    """An error, which may be logged, contains no text of a post or a draft."""
    with open_temporarily(path) as store:
        (event,) = record(store, change())
        secret_post = replace(post(event), text="embargoed")
        store.drafts.save(draft(event), PNG, (), [secret_post])
        naive_post = replace(
            secret_post, key="another", made_at=T0.replace(tzinfo=None)
        )
        for wrong in (secret_post, naive_post):
            with pytest.raises(StoreError) as caught:
                store.drafts.change_state(
                    draft(event), DraftState.HELD, "", T0, [wrong]
                )
            assert "embargoed" not in str(caught.value)
