"""Raw answers: hashed, compressed, kept for a while (P3)."""

from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.errors import StoreError
from bot.model.signal import Answer
from bot.store import schema
from bot.store.database import Database
from bot.store.serialization import pack, unpack


class StoredAnswers:
    """What sources said, word for word; equal bodies lie there once."""

    def __init__(self, database: Database) -> None:
        """Work on `database`."""
        self._database = database

    def keep(self, answer: Answer) -> str:
        """Store an answer and return the SHA-256 of its body in hex.

        Raises:
            StoreError: it could not be stored, so nothing may be concluded from it.
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
            known = select(bodies.c.sha256).where(bodies.c.sha256 == digest)
            if connection.execute(known).first() is None:
                connection.execute(insert(bodies).values(sha256=digest, body=packed))
            connection.execute(insert(schema.answers).values(row))
        return digest

    def forget(self, before: datetime) -> int:
        """Drop answers given before `before` (aware); returns how many.

        A body goes with the last answer that had it.

        Raises:
            StoreError: the store cannot be written.
        """
        bodies, answers = schema.answer_bodies, schema.answers
        with self._database.write("forget old answers") as connection:
            dropped = connection.execute(delete(answers).where(answers.c.at < before))
            used = select(answers.c.id).where(answers.c.sha256 == bodies.c.sha256)
            connection.execute(delete(bodies).where(~used.exists()))
            return dropped.rowcount

    def body(self, digest: str) -> bytes:
        """The body whose SHA-256 in hex is `digest`.

        Raises:
            StoreError: there is none (any more), or it is damaged.
        """
        bodies = schema.answer_bodies
        query = select(bodies.c.body).where(bodies.c.sha256 == digest)
        with self._database.read("read an answer") as connection:
            packed = connection.execute(query).scalar()
        if packed is None:
            raise StoreError(f"no answer with the hash {digest} is kept")
        return unpack(digest, packed)
