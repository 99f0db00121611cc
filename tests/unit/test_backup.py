"""`outagewire backup` copies a store safely while `run` writes to it (P10)."""

import sqlite3
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.bootstrap.backup import back_up_store
from bot.cli import main
from bot.errors import StoreError
from bot.store.file_memories import StoredFileMemory
from bot.store.files import backup
from bot.store.files.backup import back_up
from bot.store.sql_store import SqlStore, open_store
from bot.subscriptions.database import SubscriptionFile
from bot.subscriptions.file_check import KnownFile
from tests.contract.stored import change, record
from tests.subscriptions import Subscriptions


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wire.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqlStore]:
    store = open_store(path)
    record(store, change(1))
    yield store
    store.close()


def test_a_copy_has_the_incidents_and_is_private(store, path, tmp_path):
    to = tmp_path / "copy.db"
    size = back_up(path, to)
    assert size == to.stat().st_size > 0
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    copy = open_store(to)
    assert [i.id for i in copy.incidents.newest_of_each_place()] == ["KZ-2022-0104"]
    copy.close()


def test_a_copy_has_one_state_while_events_are_written(store, path, tmp_path):
    """Each copy can be opened, and has every event up to one moment."""
    stop = threading.Event()
    counts: list[int] = []

    def write() -> None:
        writer = open_store(path)
        seq = 2
        while not stop.is_set():
            record(writer, change(seq))
            seq += 1
        writer.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        for number in range(5):
            back_up(path, tmp_path / f"{number}.db")
    finally:
        stop.set()
        thread.join()
    for number in range(5):
        copy = open_store(tmp_path / f"{number}.db")
        seqs = [event.seq for event in copy.incidents.events("KZ-2022-0104")]
        copy.close()
        assert seqs == list(range(1, len(seqs) + 1))
        counts.append(len(seqs))
    assert counts == sorted(counts)


def test_an_existing_file_is_not_replaced(store, path, tmp_path):
    to = tmp_path / "copy.db"
    to.write_text("an older backup")
    with pytest.raises(StoreError, match="exists already"):
        back_up(path, to)
    assert to.read_text() == "an older backup"


def test_a_file_that_appears_meanwhile_is_not_replaced(
    store, path, tmp_path, monkeypatch
):
    to = tmp_path / "copy.db"
    copy = backup._copy

    def copy_and_appear(*paths: Path) -> None:
        copy(*paths)
        to.write_text("another backup")

    monkeypatch.setattr(backup, "_copy", copy_and_appear)
    with pytest.raises(StoreError, match="File exists"):
        back_up(path, to)
    assert to.read_text() == "another backup"
    assert not list(tmp_path.glob("*.part"))


def test_no_copy_is_left_of_a_store_that_is_damaged(store, path, tmp_path):
    store.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError):
        back_up(path, tmp_path / "copy.db")
    assert not list(tmp_path.glob("copy*"))


def test_only_a_store_of_this_version_is_copied(path, tmp_path):
    with pytest.raises(StoreError, match="there is no store"):
        back_up(path, tmp_path / "copy.db")
    assert not path.exists()
    with sqlite3.connect(path) as foreign:
        foreign.execute("CREATE TABLE other (id INTEGER)")
    foreign.close()
    with pytest.raises(StoreError, match="not a store of Outagewire"):
        back_up(path, tmp_path / "copy.db")
    with sqlite3.connect(path) as foreign:
        foreign.execute("CREATE TABLE alembic_version (version_num TEXT)")
        foreign.execute("INSERT INTO alembic_version VALUES ('9999')")
    foreign.close()
    with pytest.raises(StoreError, match="newer version"):
        back_up(path, tmp_path / "copy.db")


def test_a_folder_that_cannot_be_written_is_named(store, path, tmp_path):
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(path, tmp_path / "missing" / "copy.db")


def test_the_command_says_where_the_copy_is(store, path, tmp_path, monkeypatch, capsys):
    config = tmp_path / "config.toml"
    config.write_text(f'[store]\npath = "{path}"\n')
    to = tmp_path / "copy.db"
    command = ["outagewire", "backup", str(to), "--config", str(config)]
    monkeypatch.setattr("sys.argv", command)
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code in {None, 0}
    assert str(to) in capsys.readouterr().out
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 1
    assert "exists already" in capsys.readouterr().err


def test_the_readers_are_copied_beside_the_store(store, path, tmp_path):
    config = tmp_path / "config.toml"
    config.write_text(
        f'[store]\npath = "{path}"\n[subscriptions]\npath = "readers.db"\n'
    )
    assert len(back_up_store(config, tmp_path / "none-yet.db")) == 1
    Subscriptions(tmp_path).subscribe()
    store_copy, readers_copy = back_up_store(config, tmp_path / "copy.db")
    assert readers_copy.path == tmp_path / "copy.db.readers"
    assert stat.S_IMODE(readers_copy.path.stat().st_mode) == 0o600
    file = SubscriptionFile(readers_copy.path)
    assert file.state().readers == 1
    memory = StoredFileMemory(path)
    memory.write(KnownFile(file.state()))
    (tmp_path / "readers.db").unlink()
    with pytest.raises(StoreError, match="file of the readers is missing"):
        back_up_store(config, tmp_path / "second.db")
    without = back_up_store(config, tmp_path / "third.db", with_readers=False)
    assert [copy.path.name for copy in without] == ["third.db"]
    assert store_copy.size > 0
