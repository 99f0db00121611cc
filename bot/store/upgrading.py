"""Alembic's part of opening a store: loaded only where tables are behind."""

import logging
from io import StringIO

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

# Inside the package, so that an installed wheel can migrate.
_SCRIPTS = "bot.store:migrations"


def upgrade(connection: Connection) -> None:
    """Apply every step that is missing, within the caller's transaction."""
    # It tells every step at INFO; a store that opened well has nothing to say.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config(stdout=StringIO())
    config.set_main_option("script_location", _SCRIPTS)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
