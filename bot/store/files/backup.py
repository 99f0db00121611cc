"""Copies a store to a file while other programs write to the store."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from bot.durable_files import sync_folder
from bot.errors import StoreError
from bot.store.files.store_file import connect, refuse_foreign
from bot.store.migrations import NEWEST
from bot.store.plain_sql import advice

_VERSION = "SELECT version_num FROM alembic_version"
_UNFINISHED = ".part"
"""The end of the name of a copy that is not complete."""


def back_up(store: Path, to: Path) -> int:
    """Copy a store to a new file that only its owner may read; return its size in bytes.

    The copy shows the store at one moment: a read transaction sees no later commits. The
    copy is checked, and gets its name only when it is complete on the disk.

    Raises:
        StoreError: the store does not exist, is no store of this version, or cannot be
            read; or the copy exists already, cannot be written, or is damaged.
    """
    _refuse(store, to)
    _check_version(store)
    return _copy_checked(store, to)


def back_up_readers(readers: Path, to: Path) -> int:
    """Copy the readers' file to a new file, as `back_up` does; return its size in bytes.

    Raises:
        StoreError: the file does not exist or cannot be read; or the copy exists already,
            cannot be written, or is damaged.
    """
    if not readers.is_file():
        raise StoreError(
            f"{readers}: the file of the readers is missing, so only the store was copied;"
            " put the file back, or pass --without-readers"
        )
    if to.exists():
        raise StoreError(f"{to} exists already; choose the name of a new file")
    return _copy_checked(readers, to)


def _copy_checked(store: Path, to: Path) -> int:
    part = to.with_name(to.name + _UNFINISHED)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreError(
            f"the copy {part} cannot be written: {error.strerror}; choose another path,"
            " or delete this file if an earlier backup left it"
        ) from error
    try:
        _copy(store, part)
        _name(part, to)
    finally:
        with suppress(OSError):
            part.unlink()
    return to.stat().st_size


def _refuse(store: Path, to: Path) -> None:
    if not store.is_file():
        raise StoreError(f"there is no store at {store}; check [store] path")
    if to.exists():
        raise StoreError(f"{to} exists already; choose the name of a new file")


def _copy(store: Path, part: Path) -> None:
    try:
        with (
            closing(connect(store)) as old,
            closing(sqlite3.connect(part)) as new,
        ):
            # All pages in one step: with several steps, each commit of another program
            # would begin the copy anew.
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
            (result,) = new.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise StoreError(f"{store} cannot be copied: {advice(str(error))}") from None
    if result != "ok":
        raise StoreError(
            f"the copy of {store} is damaged ({result}); the file may be damaged, too:"
            " keep the older backups"
        )


def _check_version(store: Path) -> None:
    try:
        refuse_foreign(store)
        # If the file is another program's database, the mode `ro` leaves its journal as it
        # is.
        with closing(connect(store, "ro")) as connection:
            rows = connection.execute(_VERSION).fetchall()
    except sqlite3.Error as error:
        if "no such table" in str(error):
            raise StoreError(f"{store} is not a store of Outagewire") from None
        raise StoreError(f"the store cannot be copied: {advice(str(error))}") from None
    if rows != [(NEWEST,)]:
        raise StoreError(
            f"another version of this program wrote {store}; use that version, or run"
            " `outagewire incidents list` once to bring an older store up to date"
        )


def _name(part: Path, to: Path) -> None:
    """Give a complete copy its name, after its data is on the disk."""
    try:
        file = os.open(part, os.O_RDONLY)
        try:
            os.fsync(file)
        finally:
            os.close(file)
        # Unlike a rename, a link does not replace a file that appeared meanwhile.
        os.link(part, to)
        sync_folder(to.parent)
    except OSError as error:
        raise StoreError(
            f"the copy {to} cannot be written: {error.strerror}"
        ) from error
