"""Raw answers of sources: hashed, compressed, kept for a limited time (P3)."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.errors import StoreError
from bot.model.interval import Interval
from bot.model.signal import Answer, AnswerRecord
from bot.store import schema
from bot.store.database import Database
from bot.store.serialization import pack, unpack

# The most hashes in one statement: SQLite before 3.32 accepts at most 999 values.
_BATCH = 500


class StoredAnswers:
    """Raw answers, kept byte for byte; equal bodies are stored once."""

    def __init__(self, database: Database) -> None:
        """Keep the answers in `database`."""
        self._database = database

    def save(self, answer: Answer) -> str:
        """Store an answer and return the SHA-256 of its body in hex.

        Raises:
            StoreError: the answer could not be stored, so it must not be parsed (P3).
        """
        digest, packed = pack(answer.body)
        bodies = schema.answer_bodies
        row = {
            "sha256": digest,
            "source": answer.source,
            "request": answer.request.key,
            "since": answer.request.window.since,
            "until": answer.request.window.until,
            "status": answer.status,
            "at": answer.at,
        }
        with self._database.write(f"keep an answer of {answer.source}") as connection:
            same_body = select(bodies.c.sha256).where(bodies.c.sha256 == digest)
            if connection.execute(same_body).first() is None:
                connection.execute(insert(bodies).values(sha256=digest, body=packed))
            connection.execute(insert(schema.answers).values(row))
        return digest

    def received(self, interval: Interval, limit: int) -> tuple[AnswerRecord, ...]:
        """Return the newest answers that arrived in an interval, oldest first.

        Args:
            interval: the time, both ends included.
            limit: how many answers are returned at most.

        Raises:
            StoreError: the store cannot be read.
        """
        table = schema.answers
        query = (
            select(table)
            .where(table.c.at >= interval.since, table.c.at <= interval.until)
            .order_by(table.c.at.desc(), table.c.id.desc())
            .limit(limit)
        )
        with self._database.read("list answers") as connection:
            rows = connection.execute(query).all()
        return tuple(
            AnswerRecord(
                sha256=row.sha256,
                source=row.source,
                request=row.request,
                window=Interval(row.since, row.until),
                status=row.status,
                at=row.at,
            )
            for row in reversed(rows)
        )

    def delete_before(self, received_before: datetime) -> int:
        """Delete answers that arrived before `received_before`; return how many.

        `received_before` is aware. A body is deleted once no answer refers to it.

        Raises:
            StoreError: the store cannot be written.
        """
        table = schema.answers
        old = table.c.at < received_before
        with self._database.write("forget old answers") as connection:
            # Repeated hashes are removed here. With DISTINCT in the query, SQLite would
            # read the hashes of all answers, not only of the old ones.
            digests = connection.execute(select(table.c.sha256).where(old)).scalars()
            candidates = sorted(set(digests))
            deleted = connection.execute(delete(table).where(old))
            _delete_unused(connection, candidates)
            return deleted.rowcount

    def body(self, digest: str) -> bytes:
        """Return the body whose SHA-256 in hex is `digest`.

        Raises:
            StoreError: the body was never stored, was deleted, or is damaged.
        """
        bodies = schema.answer_bodies
        query = select(bodies.c.body).where(bodies.c.sha256 == digest)
        with self._database.read("read an answer") as connection:
            packed = connection.execute(query).scalar()
        if packed is None:
            raise StoreError(f"no answer with the hash {digest} is kept")
        return unpack(digest, packed)


def _delete_unused(connection: Connection, digests: list[str]) -> None:
    """Delete the bodies that no answer refers to any more.

    `digests` are the hashes of the answers that were just deleted. Only bodies with
    these hashes are tested: no other body can have become unused, and a search of all
    bodies would become slower as the store grows.
    """
    bodies, answers = schema.answer_bodies, schema.answers
    users = select(answers.c.id).where(answers.c.sha256 == bodies.c.sha256)
    for start in range(0, len(digests), _BATCH):
        batch = bodies.c.sha256.in_(digests[start : start + _BATCH])
        connection.execute(delete(bodies).where(batch, ~users.exists()))
