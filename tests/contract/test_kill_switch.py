"""The kill switch (P16), opened alone or with the whole store, uses the same table."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.model.operations import ALL_CHANNELS, Pause
from bot.ports import Pauses
from bot.store.pauses import open_pauses
from bot.store.sql_store import open_store
from tests.contract.stored import T0, drop_later_tables

ADA = Pause("masto", "Ada", "the account is being moved", T0)
ALL = Pause(ALL_CHANNELS, "Grace", "wrong numbers", T0 + timedelta(seconds=1))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "store.db"


@pytest.fixture
def open_whole_store(file: Path) -> Iterator[Callable[[], Pauses]]:
    """A function that opens the whole store, as the loop does, and returns its pauses."""
    with ExitStack() as stack:

        def opened() -> Pauses:
            store = open_store(file)
            stack.callback(store.close)
            return store.pauses

        yield opened


@pytest.fixture(params=["switch first", "store first"])
def both_ways(
    request: pytest.FixtureRequest, file: Path, open_whole_store: Callable[[], Pauses]
) -> tuple[Pauses, Pauses]:
    """Two kill switches on one file: one opened alone, one with the whole store.

    The parameter decides which is opened first.
    """
    if request.param == "switch first":
        return open_pauses(file), open_whole_store()
    store = open_whole_store()
    return open_pauses(file), store


def test_each_way_sees_the_pauses_of_the_other(
    both_ways: tuple[Pauses, Pauses],
) -> None:
    switch, store = both_ways
    for writer, reader in ((switch, store), (store, switch)):
        writer.pause(ADA)
        writer.pause(ALL)
        assert reader.active() == writer.active() == (ALL, ADA)
        writer.resume(ALL_CHANNELS, "Ada", "mended", T0)
        assert reader.active() == (ADA,)
        assert reader.is_paused("masto")
        assert not reader.is_paused("wire")
        writer.resume("masto", "Ada", "moved", T0)
        assert reader.active() == ()


def test_both_ways_write_the_same_row(
    both_ways: tuple[Pauses, Pauses], file: Path
) -> None:
    for pauses in both_ways:
        pauses.pause(ADA)
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT * FROM pauses ORDER BY id").fetchall()
    connection.close()
    assert [row[1:] for row in rows] == [rows[0][1:]] * 2


def test_store_with_old_tables_is_migrated(file: Path) -> None:
    open_pauses(file)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
        drop_later_tables(connection)
        connection.execute("DROP TABLE rulings")
        for table in ("unfinished", "stale_pages", "site_versions"):
            connection.execute(f"DROP TABLE {table}")
        for index in (
            "incidents_state",
            "incidents_opened_at_id",
            "incidents_place_opened_at",
            "deliveries_not_before",
            "deliveries_settled_at",
            "gaps_signal_entity_until",
            "pauses_channel_id",
        ):
            connection.execute(f"DROP INDEX ix_{index}")
    connection.close()
    switch = open_pauses(file)
    switch.pause(ADA)
    store = open_store(file)
    assert store.manual_corrections.pending() == ()
    assert store.pauses.active() == (ADA,)
    store.close()


def test_store_of_a_newer_version_is_refused(file: Path) -> None:
    open_pauses(file)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        open_pauses(file)


def test_file_that_is_not_a_store_is_not_changed(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database, but long enough to be taken for one" * 99)
    content = file.read_bytes()
    with pytest.raises(StoreError, match="the file is not a store"):
        open_pauses(file)
    assert file.read_bytes() == content


def test_deleted_store_is_not_created_again(file: Path) -> None:
    switch = open_pauses(file)
    for part in file.parent.iterdir():
        part.unlink()
    with pytest.raises(StoreError, match="cannot be opened"):
        switch.pause(ADA)
    assert not file.exists()


def test_failed_pause_is_not_stored(file: Path) -> None:
    switch = open_pauses(file)
    with pytest.raises(StoreError):
        switch.pause(Pause("masto", None, "why", T0))  # type: ignore[arg-type]
    assert switch.active() == ()
