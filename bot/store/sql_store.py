"""The store on an SQL database: SQLite by default."""

from pathlib import Path

from bot.ports import (
    Answers,
    Attributions,
    Classifications,
    Deliveries,
    Drafts,
    Incidents,
    Pauses,
    PendingCorrections,
    Readings,
)
from bot.store.answers import StoredAnswers
from bot.store.attributions import StoredAttributions
from bot.store.classifications import StoredClassifications
from bot.store.database import Database, connect
from bot.store.deliveries import StoredDeliveries
from bot.store.drafts import StoredDrafts
from bot.store.incidents import StoredIncidents
from bot.store.manual_corrections import StoredCorrections
from bot.store.migrate import migrate
from bot.store.pauses import StoredPauses
from bot.store.readings.readings import StoredReadings


class SqlStore:
    """All that survives a restart, in one database.

    It may be used from several threads, and from several processes at once (the
    loop, and an editor's command line).
    """

    def __init__(self, database: Database) -> None:
        """Work on `database`, whose tables are there; `open_store` sees to that."""
        self._database = database
        self.answers: Answers = StoredAnswers(database)
        self.readings: Readings = StoredReadings(database)
        self.incidents: Incidents = StoredIncidents(database)
        self.classifications: Classifications = StoredClassifications(database)
        self.attributions: Attributions = StoredAttributions(database)
        self.drafts: Drafts = StoredDrafts(database)
        self.deliveries: Deliveries = StoredDeliveries(database)
        self.pauses: Pauses = StoredPauses(database)
        self.rulings: PendingCorrections = StoredCorrections(database)

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
