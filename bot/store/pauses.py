"""The stored pauses of the kill switch; a restart ends no pause (P16)."""

from datetime import datetime
from pathlib import Path

from bot.errors import StoreError
from bot.model.operations import ALL_CHANNELS, Pause
from bot.store.files.run_lock import lock_path
from bot.store.migrations import NEWEST
from bot.store.plain_sql import SqliteFile, Transactions, instant_text

# `by` is an SQL keyword, so it is quoted.
_APPEND = """INSERT INTO pauses (channel, stops, "by", reason, at)
             VALUES (:channel, :stops, :by, :reason, :at)"""
# Pages that could not show what was decided during the pause are written again.
_QUEUE_PAGES = """INSERT INTO stale_pages (incident, refresh)
                  SELECT id, :refresh FROM incidents
                  WHERE id IN (
                    SELECT incident FROM events WHERE recorded_at >= :since
                    UNION
                    SELECT e.incident FROM decisions d JOIN events e ON e.key = d.event
                    WHERE d.at >= :since
                    UNION
                    SELECT e.incident FROM draft_versions v
                    JOIN drafts f ON f.id = v.draft JOIN events e ON e.key = f.event
                    WHERE v.at >= :since
                  )"""
_SINCE = """SELECT min(at) FROM pauses
            WHERE channel = :channel AND stops AND id > coalesce(
              (SELECT max(id) FROM pauses WHERE channel = :channel AND NOT stops), 0)"""
_ALL = 'SELECT channel, stops, "by", reason, at FROM pauses ORDER BY id'
_LAST = """SELECT stops FROM pauses
           WHERE id = (SELECT max(id) FROM pauses WHERE channel = :channel)"""
_VERSION = "SELECT version_num FROM alembic_version"


class StoredPauses:
    """An append-only list of pauses and resumptions; a channel's last entry counts."""

    def __init__(self, transactions: Transactions) -> None:
        """Keep the pauses in the database that `transactions` write to."""
        self._transactions = transactions

    def pause(self, pause: Pause) -> None:
        """Pause one channel, or all channels (`ALL_CHANNELS`)."""
        self._append(pause, stops=True)

    def resume(self, channel: str, by: str, reason: str, at: datetime) -> None:
        """Resume a channel, or end the pause of all channels (`ALL_CHANNELS`).

        A channel that was paused by its own name stays paused when the pause of all
        channels ends. The end of the pause of all channels queues the pages that could
        not show what was decided meanwhile.
        """
        self._append(Pause(channel, by, reason, at), stops=False)

    def active(self) -> tuple[Pause, ...]:
        """Return the pauses in force, ordered by channel name."""
        # All rows are read. There are few of them, because only people add them.
        with self._transactions.read("read the pauses") as run:
            rows = run(_ALL, {})
        last = {channel: row for channel, *row in rows}
        return tuple(
            Pause(channel, by, reason, datetime.fromisoformat(at))
            for channel, (stops, by, reason, at) in sorted(last.items())
            if stops
        )

    def is_paused(self, channel: str) -> bool:
        """Return whether a channel is paused, by its own name or with `ALL_CHANNELS`."""
        # This method is called before each post. So it reads only two rows, through an
        # index: the last of the channel and the last of `ALL_CHANNELS`.
        with self._transactions.read("look up the pauses of a channel") as run:
            acts = [
                *run(_LAST, {"channel": channel}),
                *run(_LAST, {"channel": ALL_CHANNELS}),
            ]
        return any(stops for (stops,) in acts)

    def _append(self, pause: Pause, *, stops: bool) -> None:
        values = {
            "channel": pause.channel,
            "stops": stops,
            "by": pause.by,
            "reason": pause.reason,
            "at": instant_text(pause.since),
        }
        with self._transactions.write("save the pause or its end") as run:
            if pause.channel == ALL_CHANNELS and not stops:
                ((since,),) = run(_SINCE, {"channel": ALL_CHANNELS})
                run(_QUEUE_PAGES, {"since": since, "refresh": False})
            run(_APPEND, values)


def open_pauses(path: Path) -> StoredPauses:
    """Open the kill switch of a store without loading the rest of the store.

    If the tables of the store are not up to date, `open_store` migrates them first, or
    reports why the store cannot be used. If the store never existed, it is created, so
    that everything can be stopped before the first run. If the store was lost, it is
    not created: a run that still goes on would not see the pause.

    Raises:
        StoreError: the store was lost or cannot be opened, or a newer version of this
            program wrote it.
    """
    file = SqliteFile(path)
    if not _is_up_to_date(file, path):
        # `sql_store` imports SQLAlchemy, which takes long. `sql_store` is therefore
        # imported only for a store that is not up to date.
        from bot.store.sql_store import open_store

        # A run leaves its lock file beside the store. So if there is a lock file and no
        # store, the store was lost.
        open_store(path, create=not lock_path(path).exists()).close()
    return StoredPauses(file)


def _is_up_to_date(file: SqliteFile, path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with file.read("look up its version") as run:
            return [tuple(row) for row in run(_VERSION, {})] == [(NEWEST,)]
    except StoreError:
        return False
