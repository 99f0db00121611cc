"""The database of the store: how it is opened, its transactions and its errors."""

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    SQLAlchemyError,
    StatementError,
)
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from bot.errors import StoreError, StoreLocked
from bot.store.files.store_file import StoreFile, refuse_foreign
from bot.store.files.store_file import connect as open_existing
from bot.store.plain_sql import (
    BUSY_TIMEOUT_S,
    LOCKED,
    RunStatement,
    advice,
    make_durable,
)

MEMORY = ":memory:"

_SQLITE = "sqlite"

# The execution option by which `_begin_sqlite` recognizes a write transaction.
_WRITES = "outagewire_writes"


class Database:
    """A database whose write transactions are committed as a whole or undone."""

    def __init__(self, engine: Engine, file: StoreFile | None = None) -> None:
        """Use an engine made by `connect`, and the file that it reads, if it reads one."""
        self._engine = engine
        self._file = file
        self._writer = engine.execution_options(**{_WRITES: True})
        # A store in memory has only one connection, so its threads must take turns.
        self._lock: AbstractContextManager[object] = (
            threading.RLock() if isinstance(engine.pool, StaticPool) else nullcontext()
        )

    @contextmanager
    def read(self, purpose: str) -> Iterator[Connection]:
        """Open a transaction that sees one consistent state of the store.

        `purpose` completes the error message "the store could not ...".

        Raises:
            StoreError: the database or its driver reported an error.
        """
        self._check_file()
        with self._lock, _store_errors(purpose), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, purpose: str) -> Iterator[Connection]:
        """Open a transaction that is committed at the end, or undone by any exception.

        `purpose` completes the error message "the store could not ...".

        Raises:
            StoreError: the database or its driver reported an error.
        """
        self._check_file()
        with self._lock, _store_errors(purpose), self._writer.begin() as connection:
            yield connection
        # If the file was deleted, the commit is lost, and SQLite reports no error.
        self._check_file()

    def mark_file(self) -> None:
        """Mark the file, if there is one, so that `check` recognizes it.

        Raises:
            StoreError: the file cannot be written.
        """
        if self._file is not None:
            with _store_errors("be marked"):
                self._file.mark()

    def check(self) -> None:
        """Check the file, if there is one (see `StoreFile.check`).

        Raises:
            StoreError: the file was deleted, replaced or damaged.
        """
        if self._file is not None:
            self._file.check()

    def _check_file(self) -> None:
        if self._file is not None:
            self._file.check_is_same()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


class PlainDatabase:
    """Runs plain SQL statements inside the transactions of a `Database`."""

    def __init__(self, database: Database) -> None:
        """Use the connections of `database`."""
        self._database = database

    @contextmanager
    def read(self, purpose: str) -> Iterator[RunStatement]:
        """Open a transaction that sees one consistent state; see `Database.read`."""
        with self._database.read(purpose) as connection:
            yield partial(_run, connection)

    @contextmanager
    def write(self, purpose: str) -> Iterator[RunStatement]:
        """Open a transaction that is committed or undone; see `Database.write`."""
        with self._database.write(purpose) as connection:
            yield partial(_run, connection)


def _run(
    connection: Connection, sql: str, values: Mapping[str, object]
) -> Sequence[Sequence[Any]]:
    result = connection.execute(text(sql), values)
    return result.all() if result.returns_rows else ()


def connect(url_or_path: str | Path, *, create: bool = True) -> Database:
    """Open a database, given as a URL, as the path of an SQLite file, or as `:memory:`.

    With `create`, an SQLite file and its folder are created if they do not exist.

    Raises:
        StoreError: the URL is not valid, the driver for its database is not installed,
            the folder cannot be created, the file does not exist and `create` is False,
            or the file belongs to another program or to a newer version of this
            program. Such a file is left as it is.
    """
    url = _url_of(url_or_path)
    options: dict[str, object] = {"hide_parameters": True}
    file: StoreFile | None = None
    if url.get_backend_name() == _SQLITE:
        if url.database in {None, "", MEMORY}:
            options["connect_args"] = {"check_same_thread": False}
            options["poolclass"] = StaticPool
        else:
            path = Path(str(url.database))
            file = _open_file(path, create=create)
            # `open_existing` does not create the file again if it is deleted later.
            options["creator"] = partial(open_existing, path, timeout_s=BUSY_TIMEOUT_S)
    engine = _make_engine(url, options)
    if engine.dialect.name == _SQLITE:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, file)


def _open_file(path: Path, *, create: bool) -> StoreFile:
    if create:
        _make_folder(path.parent)
    with _store_errors("be opened"):
        _retry_while_locked(partial(refuse_foreign, path))
    if create:
        _make_private(path)
    return StoreFile(path, BUSY_TIMEOUT_S)


def _url_of(url_or_path: str | Path) -> URL:
    address = str(url_or_path)
    if isinstance(url_or_path, Path) or "://" not in address:
        return URL.create(_SQLITE, database=address)
    try:
        return make_url(address)
    except ArgumentError:
        # The address may contain a password, so the message does not repeat it.
        raise StoreError(
            "the address of the store is not a database URL; write the path of a"
            " file, or sqlite:///PATH"
        ) from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the folder {folder} of the store cannot be made: {error.strerror};"
            " create it, or choose another path"
        ) from error


def _make_private(file: Path) -> None:
    """Create a new store's file, so that only its owner can read and write the file.

    The store holds drafts, which other users must not see. SQLite gives the same
    permissions to the files that it creates next to this file. A file that already
    exists keeps its permissions.
    """
    # Errors are ignored: the file may already exist, and an invalid path is reported
    # later, when the database is opened.
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _make_engine(url: URL, options: dict[str, object]) -> Engine:
    try:
        return create_engine(url, **options)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            f"no driver is installed for a store in {url.get_backend_name()};"
            " install one, or use an SQLite file"
        ) from error


def _prepare_sqlite(raw: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # With None, Python's driver begins no transactions. `_begin_sqlite` begins them
    # instead, because the driver would begin them too late.
    raw.isolation_level = None
    cursor = raw.cursor()
    # In WAL mode, readers do not wait for the writer, and the writer does not wait for
    # readers.
    _retry_while_locked(partial(cursor.execute, "PRAGMA journal_mode=WAL"))
    cursor.close()
    make_durable(raw)


def _retry_while_locked(run: Callable[[], object]) -> None:
    """Call `run`; repeat the call while the file is locked, up to `BUSY_TIMEOUT_S`.

    SQLite's own timeout does not help here: when several processes create the same
    store at the same time, some of them get SQLite's error immediately.
    """
    try:
        run()
    except sqlite3.OperationalError as error:
        if not _is_locked(error):
            raise
        # tenacity is imported only here, because it is rarely needed.
        from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random

        retrying = Retrying(
            retry=retry_if_exception(_is_locked),
            wait=wait_random(0, 0.05),
            stop=stop_after_delay(BUSY_TIMEOUT_S),
            reraise=True,
        )
        retrying(run)


def _is_locked(error: BaseException) -> bool:
    return LOCKED in str(error)


def _begin_sqlite(connection: Connection) -> None:
    # A write transaction takes the write lock at its beginning. If it took the lock
    # after its first read, and another process had written in between, SQLite would
    # report an error at once.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _store_errors(purpose: str) -> Iterator[None]:
    """Translate the exceptions of SQLAlchemy and its drivers into StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(
            f"the store could not {purpose}: {advice(str(error))}"
        ) from error
    except IntegrityError as error:
        raise StoreError(
            f"the store could not {purpose}: a record is already stored, or refers to"
            f" something that is not stored ({error.orig})"
        ) from error
    except DBAPIError as error:
        message = advice(str(error.orig))
        kind = StoreLocked if LOCKED in str(error.orig) else StoreError
        raise kind(f"the store could not {purpose}: {message}") from error
    except SQLAlchemyError as error:
        # Of a StatementError only the cause is quoted, because its whole message would
        # repeat the values to be stored.
        cause = error.orig if isinstance(error, StatementError) else error
        raise StoreError(f"the store could not {purpose}: {cause}") from error
