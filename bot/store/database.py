"""One database: how it is opened, its two kinds of transaction, and its errors."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
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

from bot.errors import StoreError
from bot.store.plain_sql import BUSY_TIMEOUT_S, Run, advice, make_durable

MEMORY = ":memory:"

_WRITES = "outagewire_writes"


class Database:
    """An engine with transactions that either happen whole or raise StoreError."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine; `connect` makes one."""
        self._engine = engine
        self._writer = engine.execution_options(**{_WRITES: True})
        # All threads share the one connection of a store in memory: they take turns.
        self._turn: AbstractContextManager[object] = (
            threading.RLock() if isinstance(engine.pool, StaticPool) else nullcontext()
        )

    @contextmanager
    def read(self, doing: str) -> Iterator[Connection]:
        """See one consistent state of the store.

        `doing` completes the sentence "the store could not ...".

        Raises:
            StoreError: whatever the database or its driver objects to.
        """
        with self._turn, _explained(doing), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, doing: str) -> Iterator[Connection]:
        """Change the store: committed at the end, undone by any exception.

        `doing` completes the sentence "the store could not ...".

        Raises:
            StoreError: whatever the database or its driver objects to.
        """
        with self._turn, _explained(doing), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()


class PlainDatabase:
    """A database for statements in plain SQL, in the transactions of `Database`."""

    def __init__(self, database: Database) -> None:
        """Run statements on the connections of `database`."""
        self._database = database

    @contextmanager
    def read(self, doing: str) -> Iterator[Run]:
        """See one consistent state of the store. Raises StoreError."""
        with self._database.read(doing) as connection:
            yield partial(_run, connection)

    @contextmanager
    def write(self, doing: str) -> Iterator[Run]:
        """Change the store, wholly or not at all. Raises StoreError."""
        with self._database.write(doing) as connection:
            yield partial(_run, connection)


def _run(
    connection: Connection, sql: str, values: Mapping[str, object]
) -> Sequence[Sequence[Any]]:
    result = connection.execute(text(sql), values)
    return result.all() if result.returns_rows else ()


def connect(url_or_path: str | Path) -> Database:
    """Open a database by URL, by the path of an SQLite file, or `:memory:`.

    The folder of a file is made when it is not there.

    Raises:
        StoreError: the address is none, or its folder cannot be made.
    """
    url = _url_of(url_or_path)
    options: dict[str, object] = {"hide_parameters": True}
    if url.get_backend_name() == "sqlite":
        options["connect_args"] = {
            "check_same_thread": False,
            "timeout": BUSY_TIMEOUT_S,
        }
        if url.database in {None, "", MEMORY}:
            options["poolclass"] = StaticPool
        else:
            _make_folder(Path(str(url.database)).parent)
    engine = _make_engine(url, options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return Database(engine)


def _url_of(url_or_path: str | Path) -> URL:
    address = str(url_or_path)
    if isinstance(url_or_path, Path) or "://" not in address:
        return URL.create("sqlite", database=address)
    try:
        return make_url(address)
    except ArgumentError:
        # The text may carry a password: it is not repeated.
        raise StoreError(
            "the store's address is not a database URL; write the path of a file,"
            " or sqlite:///PATH"
        ) from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"the store's folder {folder} cannot be made: {error.strerror};"
            " make it, or name another place"
        ) from error


def _make_engine(url: URL, options: dict[str, object]) -> Engine:
    try:
        return create_engine(url, **options)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            f"no driver is installed for a {url.get_backend_name()} store:"
            " install it, or use an SQLite file"
        ) from error


def _prepare_sqlite(raw: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # SQLite only: the driver leaves transactions to us, so that BEGIN is ours.
    raw.isolation_level = None
    cursor = raw.cursor()
    # Readers never wait for the writer, nor it for them.
    _patiently(partial(cursor.execute, "PRAGMA journal_mode=WAL"))
    cursor.close()
    make_durable(raw)


def _patiently(run: Callable[[], object]) -> None:
    """Try until the file is free, for as long as any writer waits.

    Of several processes that make one store at once, SQLite turns some away here
    without waiting.
    """
    try:
        run()
    except sqlite3.OperationalError as error:
        if not _is_locked(error):
            raise
        from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random

        again = Retrying(
            retry=retry_if_exception(_is_locked),
            wait=wait_random(0, 0.05),
            stop=stop_after_delay(BUSY_TIMEOUT_S),
            reraise=True,
        )
        again(run)


def _is_locked(error: BaseException) -> bool:
    return "locked" in str(error)


def _begin_sqlite(connection: Connection) -> None:
    # SQLite only: a writer takes the lock at once. One that reads first and wants
    # it later fails without waiting when another process wrote in between.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _explained(doing: str) -> Iterator[None]:
    """The one place where the vendor's exceptions become ours."""
    try:
        yield
    except IntegrityError as error:
        raise StoreError(
            f"the store could not {doing}: it is stored already, or refers to"
            f" something that is not ({error.orig})"
        ) from error
    except DBAPIError as error:
        message = advice(str(error.orig))
        raise StoreError(f"the store could not {doing}: {message}") from error
    except SQLAlchemyError as error:
        # The statement's own cause: the rest would repeat what was to be stored.
        said = error.orig if isinstance(error, StatementError) else error
        raise StoreError(f"the store could not {doing}: {said}") from error
