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

from bot.store.database import Database
from bot.store.migrations import NEWEST, refuse_newer
from bot.store.schema import metadata

_version_table = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""The table in which Alembic records the version, defined as Alembic creates it."""

# Alembic's notation for a folder in a package, which also works in an installed wheel.
_SCRIPTS = "bot.store:migrations"


def migrate(database: Database) -> None:
    """Bring the tables to the newest version, in one transaction.

    Raises:
        StoreError: the store cannot be read or changed, or a newer version of this
            program wrote it.
    """
    # Commands often open the store while the loop runs. So if the tables are up to
    # date, no write lock is taken and Alembic is not imported.
    with database.read("look up its version") as connection:
        if _version(connection) == NEWEST:
            return
    with database.write("bring its tables up to date") as connection:
        # The version is read again under the write lock, because another process may
        # have migrated the store meanwhile.
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
    refuse_newer(version)
    return version


def _create(connection: Connection) -> None:
    """Create the tables of the newest version in an empty database.

    This takes a tenth of the time of all migrations, and Alembic recommends it for new
    databases. A test checks that the migrations create the same tables.
    """
    _version_table.create(connection, checkfirst=False)
    # With `checkfirst=False`, creation fails if another program has a table of the same
    # name in the database. The first migration fails in that case too.
    metadata.create_all(connection, checkfirst=False)
    connection.execute(_version_table.insert().values(version_num=NEWEST))


def upgrade(connection: Connection) -> None:
    """Apply the missing migrations in the caller's transaction."""
    # Alembic is imported only here, because the import takes time and memory, and most
    # starts of the program do not need it.
    from alembic import command
    from alembic.config import Config

    # Alembic logs each migration at level INFO and prints text. Opening a store must
    # log and print nothing.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config(stdout=StringIO())
    config.set_main_option("script_location", _SCRIPTS)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
