"""Bringing a store's tables up to date when it is opened."""

import logging
from io import StringIO

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.errors import StoreError
from bot.store.database import Database

# Inside the package, so that an installed wheel can migrate.
_SCRIPTS = "bot.store:migrations"


def migrate(database: Database) -> None:
    """Take the store to the newest version of its tables, in one transaction.

    Raises:
        StoreError: a newer version of this program wrote it.
    """
    # It tells every step at INFO; a store that opened well has nothing to say.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config(stdout=StringIO())
    config.set_main_option("script_location", _SCRIPTS)
    scripts = ScriptDirectory.from_config(config)
    # Only a store that is behind takes the lock: an editor's command line opens
    # one beside the running loop all the time.
    with database.read("look up its version") as connection:
        if _is_current(connection, scripts):
            return
    with database.write("bring its tables up to date") as connection:
        if not _is_current(connection, scripts):
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _is_current(connection: Connection, scripts: ScriptDirectory) -> bool:
    """Whether the tables are as this version wants them.

    Raises:
        StoreError: they are of a version that this one does not know.
    """
    stored = MigrationContext.configure(connection).get_current_heads()
    newest = scripts.get_heads()
    known = {script.revision for script in scripts.walk_revisions()}
    unknown = [revision for revision in stored if revision not in known]
    if unknown:
        raise StoreError(
            f"the store was written by a newer version of Outagewire (its tables are"
            f" at {unknown[0]}, this version knows up to {newest[0]}): install that"
            " version, or name another store"
        )
    return set(stored) == set(newest)
