"""The append-only list of what people did with the articles of incidents (P11)."""

from collections import Counter

from sqlalchemy import Connection, RowMapping, func, insert, select

from bot.errors import StoreError
from bot.model.articles.article import (
    ArchivedCopy,
    Article,
    ArticleAct,
    ArticleStep,
    ListedArticle,
    articles_from_steps,
)
from bot.store import schema
from bot.store.damaged_records import DamagedRecords
from bot.store.database import Database
from bot.store.pages.queue import mark_stale
from bot.store.serialization import from_json, to_enum, to_json


class StoredArticles:
    """Stores the steps that people take on articles, each in its own transaction."""

    def __init__(self, database: Database, damaged: DamagedRecords) -> None:
        """Keep the steps in `database`; note damaged steps in `damaged`."""
        self._database = database
        self._damaged = damaged

    def append(self, step: ArticleStep) -> None:
        """Save one step: what a person did with an article.

        Raises:
            StoreError: the incident or article does not exist, an article that is added
                has the number of another, or the article was withdrawn.
        """
        with self._database.write("save the article") as connection:
            # The check runs under the write lock, so that two people cannot do the same
            # at once.
            position = _check(connection, step)
            body = step.article or step.copy
            connection.execute(
                insert(schema.article_steps).values(
                    incident=step.incident,
                    number=step.number,
                    position=position,
                    act=step.act.value,
                    by=step.by,
                    reason=step.reason,
                    at=step.at,
                    body=to_json(body) if body else "",
                )
            )
            mark_stale(connection, [step.incident])

    def history(self, incident: str) -> tuple[ArticleStep, ...]:
        """Return every step on an incident's articles, by article, oldest first.

        If a step is damaged, its whole article is left out: the step may be the one that
        withdrew it.
        """
        table = schema.article_steps
        query = (
            select(table)
            .where(table.c.incident == incident)
            .order_by(table.c.number, table.c.position)
        )
        with self._database.read(f"read the articles of {incident}") as connection:
            rows = connection.execute(query).mappings().all()
        steps = self._damaged.readable(rows, _name, _step_of)
        counts = Counter(row["number"] for row in rows)
        counts.subtract(step.number for step in steps)
        return tuple(step for step in steps if not counts[step.number])

    def of_incident(self, incident: str) -> tuple[ListedArticle, ...]:
        """Return an incident's articles in their present state, ordered by number."""
        return articles_from_steps(self.history(incident))

    def count(self, incident: str) -> int:
        """Return how many articles were ever added to an incident."""
        table = schema.article_steps
        query = select(func.max(table.c.number)).where(table.c.incident == incident)
        with self._database.read(f"count the articles of {incident}") as connection:
            return connection.execute(query).scalar() or 0


def _name(row: RowMapping) -> str:
    return f"step {row['position']} on article {row['number']} of {row['incident']}"


def _step_of(row: RowMapping) -> ArticleStep:
    act, body = to_enum(ArticleAct, row["act"]), row["body"]
    return ArticleStep(
        incident=row["incident"],
        number=row["number"],
        act=act,
        by=row["by"],
        reason=row["reason"],
        at=row["at"],
        article=from_json(Article, body) if act is ArticleAct.ADD else None,
        copy=from_json(ArchivedCopy, body) if act is ArticleAct.COPY else None,
    )


def _check(connection: Connection, step: ArticleStep) -> int:
    """Return the position of a step among those of its article, from 1.

    Raises:
        StoreError: the step may not follow the steps that are stored.
    """
    incidents, table = schema.incidents, schema.article_steps
    incident = select(incidents.c.id).where(incidents.c.id == step.incident)
    if connection.execute(incident).first() is None:
        raise StoreError(f"there is no incident {step.incident}")
    same = (table.c.incident == step.incident) & (table.c.number == step.number)
    stored = connection.execute(select(table.c.act).where(same)).scalars().all()
    if step.act is ArticleAct.ADD:
        if stored:
            raise StoreError(
                f"another person added article {step.number} of {step.incident} at the"
                " same time; try again"
            )
    elif not stored:
        raise StoreError(f"{step.incident} has no article {step.number}")
    elif ArticleAct.WITHDRAW.value in stored:
        raise StoreError(
            f"article {step.number} of {step.incident} was already withdrawn"
        )
    return len(stored) + 1
