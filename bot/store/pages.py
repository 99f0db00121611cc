"""Which report pages are out of date, and how far each step has been let out."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, and_, delete, func, insert, literal, select

from bot.model.draft import SITE, Action, DraftState, Release
from bot.model.incident import EventKind
from bot.store import schema
from bot.store.database import Database


class StoredPages:
    """A durable queue of pages to be written; a crash loses none of it (P15)."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def version(self) -> str | None:
        """What all pages were made with; None before the first."""
        with self._database.read("read the version of the site") as connection:
            query = select(schema.site_versions.c.version)
            version: str | None = connection.execute(query).scalar()
        return version

    def refresh(self, version: str) -> None:
        """Every page is to be written anew, at leisure, as `version` has it."""
        table = schema.stale_pages
        all_ids = select(schema.incidents.c.id, literal(value=True))
        with self._database.write("queue every page") as connection:
            connection.execute(delete(table).where(table.c.refresh.is_(True)))
            columns = ["incident", "refresh"]
            connection.execute(insert(table).from_select(columns, all_ids))
            connection.execute(delete(schema.site_versions))
            connection.execute(insert(schema.site_versions).values(version=version))

    def stale(self) -> Mapping[str, int]:
        """Incidents whose pages are out of date, with the last change of each."""
        table = schema.stale_pages
        query = (
            select(table.c.incident, func.max(table.c.id))
            .where(table.c.refresh.is_(False))
            .group_by(table.c.incident)
        )
        with self._database.read("look for stale pages") as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def waiting(self, most: int) -> Mapping[str, int]:
        """Some of the pages that are to be refreshed at leisure, the newest first."""
        table = schema.stale_pages
        query = (
            select(table.c.incident, table.c.id)
            .where(table.c.refresh.is_(True))
            .order_by(table.c.id.desc())
            .limit(most)
        )
        with self._database.read("look for pages to refresh") as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def written(self, incident: str, last: int) -> None:
        """The page shows every change up to `last`; later ones stay in the queue."""
        table = schema.stale_pages
        done = and_(table.c.incident == incident, table.c.id <= last)
        with self._database.write(f"mark the page of {incident}") as connection:
            connection.execute(delete(table).where(done))

    def releases(self, incidents: Sequence[str]) -> Mapping[str, tuple[Release, ...]]:
        """How far each step of these incidents has been let out, in their order."""
        events, drafts, held = schema.events, schema.drafts, schema.decisions
        holds = and_(
            held.c.event == events.c.key,
            held.c.channel == SITE,
            held.c.action == Action.HOLD.value,
        )
        query = (
            select(events.c.incident, events.c.seq, events.c.kind)
            .add_columns(drafts.c.state, held.c.id.label("held"))
            .select_from(events)
            .outerjoin(drafts, drafts.c.event == events.c.key)
            .outerjoin(held, holds)
            .where(events.c.incident.in_(incidents))
            .order_by(events.c.incident, events.c.seq)
        )
        found: dict[str, list[Release]] = {incident: [] for incident in incidents}
        with self._database.read("look up what was let out") as connection:
            for row in connection.execute(query):
                draft = DraftState(row.state) if row.state else None
                release = Release(
                    row.seq, EventKind(row.kind), draft, row.held is not None
                )
                found[row.incident].append(release)
        return {incident: tuple(releases) for incident, releases in found.items()}


def mark_stale(connection: Connection, incidents: Iterable[str]) -> None:
    """In the caller's transaction: the pages of these incidents are out of date."""
    rows = [{"incident": one, "refresh": False} for one in sorted(set(incidents))]
    if rows:
        connection.execute(insert(schema.stale_pages), rows)
