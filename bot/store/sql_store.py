"""The store on an SQL database: SQLite by default."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.store.answers import StoredAnswers
from bot.store.database import Database, PlainDatabase, connect
from bot.store.deliveries import StoredDeliveries
from bot.store.drafts import StoredDrafts
from bot.store.incidents.attributions import StoredAttributions
from bot.store.incidents.classifications import StoredClassifications
from bot.store.incidents.incidents import StoredIncidents
from bot.store.incidents.manual_corrections import StoredCorrections
from bot.store.migrate import migrate
from bot.store.pages import StoredPages
from bot.store.pauses import StoredPauses

# The ports name every record there is; what opens a store may need few of them.
if TYPE_CHECKING:
    from bot.ports import (
        Answers,
        Attributions,
        Classifications,
        Deliveries,
        Drafts,
        Incidents,
        Pages,
        Pauses,
        PendingCorrections,
        Readings,
    )


class SqlStore:
    """All that survives a restart, in one database.

    It may be used from several threads, and from several processes at once (the
    loop, and an editor's command line).
    """

    def __init__(self, database: Database) -> None:
        """Work on `database`, whose tables are there; `open_store` sees to that."""
        self._database = database
        self.answers: Answers = StoredAnswers(database)
        self.incidents: Incidents = StoredIncidents(database)
        self.classifications: Classifications = StoredClassifications(database)
        self.attributions: Attributions = StoredAttributions(database)
        self.drafts: Drafts = StoredDrafts(database)
        self.deliveries: Deliveries = StoredDeliveries(database)
        self.pauses: Pauses = StoredPauses(PlainDatabase(database))
        self.rulings: PendingCorrections = StoredCorrections(database)
        self.pages: Pages = StoredPages(database)

    @cached_property
    def readings(self) -> "Readings":
        """Readings come in arrays: numpy is loaded once somebody asks for some."""
        from bot.store.readings.readings import StoredReadings

        return StoredReadings(self._database)

    def close(self) -> None:
        """Let go of the files."""
        self._database.close()


def open_store(url_or_path: str | Path) -> SqlStore:
    """Open a store, make it where there is none, and bring its tables up to date.

    Args:
        url_or_path: an SQLAlchemy database URL, the path of an SQLite file, or
            `:memory:` for one that is gone when it is closed.

    Raises:
        StoreError: it cannot be opened, or a newer version of this program wrote it.
    """
    database = connect(url_or_path)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return SqlStore(database)
