"""Migration of a store's tables to the newest version, when the store is opened."""

import logging
from io import StringIO

from sqlalchemy import (
    Column,
    Connection,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    inspect,
    select,
)

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.migrations import NEWEST
from bot.store.schema import metadata

_version_table = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Alembic's own table, as Alembic creates it."""

# Alembic's notation for a folder in a package, which also works in an installed wheel.
_SCRIPTS = "bot.store:migrations"


def migrate(database: Database) -> None:
    """Bring the tables to the newest version, in one transaction.

    Raises:
        StoreError: the store cannot be read or changed, or a newer version of this
            program wrote it.
    """
    # If the store is up to date, neither the write lock is taken nor Alembic imported:
    # commands open a store all the time while the loop is running.
    with database.read("look up its version") as connection:
        if _version(connection) == NEWEST:
            return
    with database.write("bring its tables up to date") as connection:
        # Checked again under the lock: another process may have migrated meanwhile.
        version = _version(connection)
        if version is None:
            _create(connection)
        elif version != NEWEST:
            upgrade(connection)


def _version(connection: Connection) -> str | None:
    """Return the recorded version of the tables; None if the database records none.

    Raises:
        StoreError: a newer version of this program wrote the store.
    """
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = connection.execute(select(_version_table.c.version_num)).scalar()
    if version is not None and version > NEWEST:
        raise StoreError(
            "the store was written by a newer version of Outagewire (its tables are"
            f" at {version}, this version supports up to {NEWEST}): install that"
            " version, or choose another store"
        )
    return version


def _create(connection: Connection) -> None:
    """Create the tables of the newest version in an empty database.

    Alembic recommends this for a new database. It takes a tenth of the time of all
    migrations, and a test shows that the resulting tables are the same.
    """
    _version_table.create(connection, checkfirst=False)
    # `checkfirst=False`: a table of another program with the same name is an error, as it
    # is for the first migration.
    metadata.create_all(connection, checkfirst=False)
    connection.execute(_version_table.insert().values(version_num=NEWEST))


def upgrade(connection: Connection) -> None:
    """Apply the missing migrations in the caller's transaction."""
    # Alembic takes time and memory to import, and most starts do not need it.
    from alembic import command
    from alembic.config import Config

    # Alembic logs each migration at INFO and prints; opening a store must do neither.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config(stdout=StringIO())
    config.set_main_option("script_location", _SCRIPTS)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
