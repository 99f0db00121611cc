"""The queue of outdated report pages."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from sqlalchemy import (
    Connection,
    RowMapping,
    and_,
    delete,
    func,
    insert,
    literal,
    select,
)

from bot.model.delivery import UNSETTLED
from bot.model.draft import Release
from bot.store import schema
from bot.store.damaged_records import DamagedRecords
from bot.store.database import Database
from bot.store.pages.releases import (
    pause_since,
    release_name,
    release_query,
    to_release,
)


class StoredPages:
    """The queue of pages to be written; the queue survives a crash (P15)."""

    def __init__(self, database: Database, damaged: DamagedRecords) -> None:
        """Keep the queue in `database`; note in `damaged` which records are damaged."""
        self._database = database
        self._damaged = damaged

    def version(self) -> str | None:
        """Return the site version that `queue_all` stored last; None if there is none."""
        with self._database.read("read the version of the site") as connection:
            query = select(schema.site_versions.c.version)
            version: str | None = connection.execute(query).scalar()
        return version

    def queue_all(self, version: str) -> None:
        """Queue every page for rewriting at low priority, and store the site version."""
        table = schema.stale_pages
        all_ids = select(schema.incidents.c.id, literal(value=True))
        with self._database.write("queue every page") as connection:
            # Rows of an earlier call are deleted, so that no page is written twice.
            connection.execute(delete(table).where(table.c.refresh.is_(True)))
            columns = ["incident", "refresh"]
            connection.execute(insert(table).from_select(columns, all_ids))
            connection.execute(delete(schema.site_versions))
            connection.execute(insert(schema.site_versions).values(version=version))

    def queue_later(self, incident: str, limit: int) -> None:
        """Queue the pages of later incidents of the same place, which list `incident`.

        These are the `limit` incidents that opened next.
        """
        table = schema.incidents
        of_incident = table.c.id == incident
        place = select(table.c.place).where(of_incident).scalar_subquery()
        opened = select(table.c.opened_at).where(of_incident).scalar_subquery()
        later = (
            select(table.c.id)
            .where(table.c.place == place, table.c.opened_at > opened)
            .order_by(table.c.opened_at, table.c.id)
            .limit(limit)
        )
        with self._database.write("queue later pages") as connection:
            mark_stale(connection, connection.execute(later).scalars().all())

    def with_posts_to_send(self) -> frozenset[str]:
        """Return the ids of the incidents with posts that may still be sent."""
        events, deliveries = schema.events, schema.deliveries
        unsettled = deliveries.c.state.in_([state.value for state in UNSETTLED])
        query = select(events.c.incident).join_from(deliveries, events).where(unsettled)
        with self._database.read("look for posts to send") as connection:
            return frozenset(connection.execute(query.distinct()).scalars())

    def urgent(self) -> Mapping[str, int]:
        """Return the incidents with outdated pages, each with the id of its last row.

        The id is a row id of the queue, to be passed to `mark_written` as `last_row`.
        Pages that only `queue_all` queued are left out; `waiting` returns them.
        """
        table = schema.stale_pages
        query = (
            select(table.c.incident, func.max(table.c.id))
            .where(table.c.refresh.is_(False))
            .group_by(table.c.incident)
        )
        with self._database.read("look for stale pages") as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def waiting(self, limit: int) -> Mapping[str, int]:
        """Return up to `limit` incidents that `queue_all` queued, each with its row id.

        The incident that was queued last comes first. The id is a row id of the queue,
        to be passed to `mark_written` as `last_row`.
        """
        table = schema.stale_pages
        query = (
            select(table.c.incident, table.c.id)
            .where(table.c.refresh.is_(True))
            .order_by(table.c.id.desc())
            .limit(limit)
        )
        with self._database.read("look for pages to refresh") as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def mark_written(self, incident: str, last_row: int) -> None:
        """Remove an incident's rows with ids up to `last_row` from the queue.

        The page that the caller has written shows the changes of these rows. Rows of
        later changes stay.
        """
        table = schema.stale_pages
        done = and_(table.c.incident == incident, table.c.id <= last_row)
        with self._database.write(
            f"mark the page of {incident} as written"
        ) as connection:
            connection.execute(delete(table).where(done))

    def releases(self, incidents: Sequence[str]) -> Mapping[str, tuple[Release, ...]]:
        """Return the `Release` of each event, by incident, oldest event first.

        An incident with a damaged draft or event is left out.
        """
        rows: dict[str, list[RowMapping]] = {i: [] for i in incidents}
        with self._database.read("look up what was released") as connection:
            since = pause_since(connection)
            for row in connection.execute(release_query(incidents)).mappings():
                rows[row["incident"]].append(row)
        releases = {}
        for incident, own in rows.items():
            readable = self._damaged.readable(
                own, release_name, partial(to_release, paused_since=since)
            )
            if len(readable) == len(own):
                releases[incident] = readable
        return releases


def mark_stale(connection: Connection, incidents: Iterable[str]) -> None:
    """Queue the pages of these incidents as out of date, in the caller's transaction."""
    rows = [{"incident": i, "refresh": False} for i in sorted(set(incidents))]
    if rows:
        connection.execute(insert(schema.stale_pages), rows)
