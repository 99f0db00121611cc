"""A store on disk: crashes, concurrent access, schema versions, wrong addresses."""

import os
import signal as signals
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
from bot.store.migrate import upgrade
from bot.store.migrations import NEWEST
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
    queued,
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

STOP_HALF_WAY = """
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
def opened(path: Path) -> Iterator[SqlStore]:
    store = open_store(path)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def raw(path: Path) -> Iterator[Database]:
    database = connect(path)
    try:
        yield database
    finally:
        database.close()


def run_and_kill(script: str, path: Path, lines: int) -> list[str]:
    """Run a script until it has printed `lines` lines; kill it; return all that it printed."""
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    printed = [process.stdout.readline().strip() for _ in range(lines)]
    os.kill(process.pid, signals.SIGKILL)
    rest, _ = process.communicate()
    return printed + rest.split()


def together(*jobs: Callable[[], None]) -> None:
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


def test_a_claim_survives_the_death_of_who_made_it(path):
    """P10: every claim that the killed process reported is stored."""
    with opened(path) as store:
        keys = queued(store, *(f"c{number:02}" for number in range(40)))
    claimed = run_and_kill(CLAIM_UNTIL_KILLED, path, lines=5)
    with opened(path) as store:
        states = {one.post.key: one.state for one in store.deliveries.all()}
        sending = [key for key in keys if states[key] == "sending"]
        # The process may have made one more claim and been killed before reporting it.
        assert sending[: len(claimed)] == claimed
        assert len(sending) <= len(claimed) + 1
        assert store.deliveries.recover(T0) == len(sending)


def test_what_was_half_written_at_a_kill_was_never_written(path):
    """P10: a transaction that a kill interrupts leaves no change and no lock."""
    with opened(path) as store:
        queued(store, "x", "mastodon")
    assert run_and_kill(STOP_HALF_WAY, path, lines=1) == ["half-way"]
    with opened(path) as store:
        assert not store.readings.asked("half-way")
        assert {one.state for one in store.deliveries.all()} == {"waiting"}
        assert store.deliveries.claim(store.deliveries.due(T0)[0].post.key, T0)
    with raw(path) as database, database.read("check") as connection:
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        assert not connection.execute(text("PRAGMA foreign_key_check")).all()


def test_a_promise_is_on_the_disk_before_it_is_given(path):
    """P10: a claim survives a power cut, because `synchronous` is 2, which means FULL."""
    with opened(path), raw(path) as database, database.read("look") as connection:
        found = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


def test_of_many_who_claim_at_once_exactly_one_wins(path):
    """P10: each delivery is claimed by only one of four threads on two connections."""
    with opened(path) as one, opened(path) as two:
        keys = queued(one, *(f"c{number}" for number in range(15)))
        won: list[str] = []

        def claim_all(store: SqlStore) -> None:
            won.extend(key for key in keys if store.deliveries.claim(key, T0))

        together(*(lambda s=s: claim_all(s) for s in (one, two, one, two)))
        assert sorted(won) == sorted(keys)
        assert {one.tries for one in two.deliveries.all()} == {1}


def test_an_editor_and_the_loop_work_at_the_same_time(path):
    with opened(path) as loop, opened(path) as desk:
        (event,) = record(loop, change())
        loop.drafts.save(draft(event), PNG, (), ())

        def write_readings() -> None:
            for number in range(30):
                told = parsed(chunk(number, number))
                loop.readings.write(told, {signal().id: signal()}, T0)

        def edit() -> None:
            for _ in range(15):
                seen = desk.drafts.get(event.key)
                desk.drafts.edit(seen, "again", T0)
            approved = desk.drafts.get(event.key)
            desk.drafts.move(approved, DraftState.APPROVED, "", T0, [post(event)])

        together(write_readings, edit)
        assert loop.drafts.get(event.key).version == 16
        assert len(loop.deliveries.due(T0)) == 1


def test_two_editors_cannot_both_approve(path):
    """P10: of two approvals at once one is refused, so the post is queued once."""
    with opened(path) as one, opened(path) as two:
        (event,) = record(one, change())
        one.drafts.save(draft(event), PNG, (), ())
        refused = count()

        def approve(store: SqlStore) -> None:
            try:
                seen = draft(event)
                store.drafts.move(seen, DraftState.APPROVED, "", T0, [post(event)])
            except StoreError:
                next(refused)

        together(lambda: approve(one), lambda: approve(two))
        assert next(refused) == 1
        assert len(one.deliveries.all()) == 1


def test_a_store_in_memory_serves_several_threads():
    store = open_store(":memory:")

    def mark(name: str) -> None:
        for number in range(50):
            store.readings.mark_asked(f"{name}{number}", T0)

    together(lambda: mark("a"), lambda: mark("b"))
    assert store.readings.asked("a49")
    assert store.readings.asked("b49")
    store.close()


def test_a_store_is_made_once_by_however_many_open_it(path):
    together(*[lambda: open_store(path).close()] * 4)
    with opened(path) as store:
        assert store.incidents.all() == ()


def test_creating_and_migrating_give_the_same_tables(path, tmp_path):
    migrated = tmp_path / "migrated.db"
    with raw(migrated) as database, database.write("migrate it") as connection:
        upgrade(connection)
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
    with opened(path):
        assert _definitions(path) == _definitions(migrated)


def _definitions(path: Path) -> dict[str, list[str]]:
    """Return the sorted lines of the SQL that defines each table and index, by name."""
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    with raw(path) as database, database.read("list its tables") as connection:
        rows = connection.execute(text(query)).all()
    return {
        name: sorted(line.strip(" ,\t") for line in sql.replace('"', "").splitlines())
        for name, sql in rows
    }


def test_a_new_store_is_created_without_alembic(path):
    script = (
        "import sys; from bot.store.sql_store import open_store;"
        f" open_store({str(path)!r}).close(); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=60)


def test_the_newest_version_is_the_last_step():
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [NEWEST]


def test_a_store_that_is_up_to_date_is_opened_without_alembic(path):
    """Loading Alembic would take memory, and time at every command of an editor."""
    open_store(path).close()
    asked = (
        "import sys; from bot.store.sql_store import open_store;"
        f" open_store({str(path)!r}).close(); sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=True, timeout=60)


def test_opening_says_nothing(path, caplog, capfd):
    with caplog.at_level("INFO"), opened(path), opened(path):
        pass
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_a_store_opened_again_has_everything(path):
    with opened(path) as store:
        (event,) = record(store, change())
    with opened(path) as store:
        assert store.incidents.event(event.key) == event


def test_a_store_of_a_newer_version_is_refused_and_left_alone(path):
    """P16: a store of a newer schema version is refused and not changed."""
    with opened(path):
        pass
    with raw(path) as database, database.write("age") as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"newer version.*9999.*install that version"):
        open_store(path)
    with raw(path) as database, database.read("look") as connection:
        version = connection.scalar(text("SELECT version_num FROM alembic_version"))
    assert version == "9999"


def test_a_file_that_is_no_store_is_left_alone(path):
    path.write_bytes(b"not a database, but something dear to somebody" * 50)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a store; move it away"):
        open_store(path)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"folder .* cannot be made"):
        open_store(tmp_path / "file" / "store.db")


def test_a_folder_is_not_a_store(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path)


@pytest.mark.parametrize(
    "address",
    ["://user:hunter2@host/db", "nosuch://user:hunter2@host/db", "mssql://a:hunter2@b"],
)
def test_a_bad_address_is_told_without_its_password(address):
    with pytest.raises(StoreError) as caught:
        open_store(address)
    assert "hunter2" not in str(caught.value)


def test_a_url_and_a_path_name_the_same_store(path):
    with opened(path) as store:
        store.readings.mark_asked("question", T0)
    store = open_store(f"sqlite:///{path}")
    assert store.readings.asked("question")
    store.close()


def test_a_store_that_another_process_holds_too_long_is_said_so(path, monkeypatch):
    monkeypatch.setattr(databases, "BUSY_TIMEOUT_S", 0.2)
    with opened(path) as store, raw(path) as other, other.write("hold it"):
        with pytest.raises(StoreError, match=r"forget old answers.*another process"):
            store.answers.forget(T0)
        # A writer does not block readers.
        assert store.deliveries.all() == ()


def test_a_time_without_a_zone_is_refused(path):
    """P9: only times with a time zone are stored."""
    with opened(path) as store:
        naive = T0.replace(tzinfo=None)
        with pytest.raises(StoreError, match="aware times only"):
            store.readings.mark_asked("question", naive)
        assert not store.readings.asked("question")


def test_an_error_repeats_nothing_of_what_was_to_be_stored(path):
    """An error, which may be logged, contains no text of a post or a draft."""
    with opened(path) as store:
        (event,) = record(store, change())
        secret = replace(post(event), text="embargoed")
        store.drafts.save(draft(event), PNG, (), [secret])
        naive = replace(secret, key="another", made_at=T0.replace(tzinfo=None))
        for wrong in (secret, naive):
            with pytest.raises(StoreError) as caught:
                store.drafts.move(draft(event), DraftState.HELD, "", T0, [wrong])
            assert "embargoed" not in str(caught.value)
