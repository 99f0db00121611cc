"""The store on an SQL database: SQLite by default."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.store.alert_memory import StoredAlertMemory
from bot.store.answers import StoredAnswers
from bot.store.damaged_records import DamagedRecords
from bot.store.database import Database, PlainDatabase, connect
from bot.store.deliveries import StoredDeliveries
from bot.store.drafts import StoredDrafts
from bot.store.incidents.articles import StoredArticles
from bot.store.incidents.attributions import StoredAttributions
from bot.store.incidents.classifications import StoredClassifications
from bot.store.incidents.incidents import StoredIncidents
from bot.store.incidents.manual_corrections import StoredCorrections
from bot.store.migrate import migrate
from bot.store.pages.queue import StoredPages
from bot.store.pauses import StoredPauses

# Only type checkers import the ports. The import takes long, because it loads every
# module of the model.
if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.ports import (
        AlertMemories,
        Answers,
        Articles,
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
    """All records that the program keeps, in one database.

    Several threads may use the same `SqlStore`. Several processes, such as the loop and
    the commands of editors, may use the same database.
    """

    def __init__(self, database: Database) -> None:
        """Use `database`; its tables must be up to date, as `open_store` ensures."""
        self._database = database
        self._damaged = DamagedRecords()
        self.answers: Answers = StoredAnswers(database)
        self.incidents: Incidents = StoredIncidents(database, self._damaged)
        self.classifications: Classifications = StoredClassifications(
            database, self._damaged
        )
        self.attributions: Attributions = StoredAttributions(database, self._damaged)
        self.articles: Articles = StoredArticles(database, self._damaged)
        self.drafts: Drafts = StoredDrafts(database, self._damaged)
        self.deliveries: Deliveries = StoredDeliveries(database, self._damaged)
        self.pauses: Pauses = StoredPauses(PlainDatabase(database))
        self.manual_corrections: PendingCorrections = StoredCorrections(
            database, self._damaged
        )
        self.pages: Pages = StoredPages(database, self._damaged)
        self.alert_memory: AlertMemories = StoredAlertMemory(database)

    @cached_property
    def readings(self) -> "Readings":
        """Readings, gaps, answered backfill requests; the first use imports numpy."""
        from bot.store.readings.readings import StoredReadings

        return StoredReadings(self._database)

    def mark_file(self) -> None:
        """Mark the store's file, so that `check` notices if other data overwrites it.

        Only the program that runs the loop does this.

        Raises:
            StoreError: the file cannot be written.
        """
        self._database.mark_file()

    def damaged(self) -> "Mapping[str, str]":
        """Return why the last attempt to read a record failed, by the record's name."""
        return self._damaged.reasons()

    def check(self) -> None:
        """Check that the store's file still exists, is the same file, and is intact.

        A large file is read as a whole only once a day (see `StoreFile.check`).

        Raises:
            StoreError: the file was deleted, replaced or damaged.
        """
        self._database.check()

    def close(self) -> None:
        """Close every database connection."""
        self._database.close()


def open_store(url_or_path: str | Path, *, create: bool = True) -> SqlStore:
    """Open a store, and bring its tables up to date.

    Args:
        url_or_path: an SQLAlchemy database URL, the path of an SQLite file, or
            `:memory:` for a store that exists until it is closed.
        create: whether to create an SQLite file that does not exist.

    Raises:
        StoreError: the store cannot be opened, does not exist, or belongs to another
            program or to a newer version of this program.
    """
    database = connect(url_or_path, create=create)
    try:
        migrate(database)
    except BaseException:
        database.close()
        raise
    return SqlStore(database)
