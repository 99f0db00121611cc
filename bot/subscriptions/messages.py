"""The messages of a post, one for each reader: expanded, claimed and settled (P10).

A post is expanded once, in one transaction: later readers do not get it. Each message is
claimed before it is sent, and settled afterwards. A message that was claimed and not
settled may have been sent; only a person can decide to send it again.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.delivery import Post
from bot.model.incident import CORRECTION_KINDS
from bot.subscriptions.database import SubscriptionFile, instant_text
from bot.subscriptions.readers import Subscriber, reader_of

_CLAIM = """UPDATE messages SET state = :sending, claimed = :now
            WHERE post = (SELECT number FROM posts WHERE key = :post)
            AND reader = (SELECT number FROM readers WHERE id = :reader)
            AND state = :waiting"""
_MESSAGE = """SELECT readers.*, parents.key AS parent_key, roots.key AS root_key,
                     messages.deferrals
              FROM messages JOIN posts ON posts.number = messages.post
              JOIN readers ON readers.number = messages.reader
              LEFT JOIN posts AS parents ON parents.number = messages.parent
              LEFT JOIN posts AS roots ON roots.number = messages.root
              WHERE posts.key = ? AND readers.id = ?"""
_SETTLE = """UPDATE messages SET state = :state, deferrals = deferrals + :deferred
             WHERE post = (SELECT number FROM posts WHERE key = :post)
             AND reader = (SELECT number FROM readers WHERE id = :reader)
             AND state = :sending"""
_WAITING = """SELECT readers.id FROM messages JOIN posts ON posts.number = messages.post
              JOIN readers ON readers.number = messages.reader
              WHERE posts.key = ? AND messages.state = ?
              ORDER BY messages.claimed, readers.number"""
# The first and the last message that a reader got, or may have got, in a thread.
_EARLIER = """SELECT messages.reader, min(messages.post) AS root,
                     max(messages.post) AS parent
              FROM messages JOIN posts ON posts.number = messages.post
              WHERE posts.incident = ? AND posts.channel = ?
              AND messages.state IN (?, ?, ?) GROUP BY messages.reader"""


class MessageState(StrEnum):
    """The state of one message.

    A message begins as waiting, and is sending while the server is called. In doubt: it may
    have been sent. Refused: the server does not take it for this reader. Withdrawn: it was
    not sent, because its incident was retracted.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    DOUBTFUL = "in-doubt"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ReaderMessage:
    """A claimed message.

    Attributes:
        parent, root: the keys of the last and of the first post of the incident that the
            reader got; None if this is the first.
        deferrals: how often the server deferred the message.
    """

    reader: Subscriber
    parent: str | None
    root: str | None
    deferrals: int


class MessageStore:
    """Stores the messages of posts; every method may raise StoreError."""

    def __init__(self, file: SubscriptionFile) -> None:
        """Use a file that was created already."""
        self._file = file

    def is_expanded(self, post: str) -> bool:
        """Return whether a post was expanded, by its key."""
        with self._file.transaction() as connection:
            row = connection.execute(
                "SELECT 1 FROM posts WHERE key = ?", (post,)
            ).fetchone()
        return row is not None

    def expand(self, post: Post, *, lacks_posts: bool = False) -> None:
        """Make a message for each reader of a post; do nothing if this was done before.

        Readers who got an earlier message of the incident get all that follow in their
        language, and corrections in any case (P11). Other readers get the post if their
        choice includes it, and no corrections: they know of nothing to correct.

        `lacks_posts` means that the file may lack earlier messages. Then corrections go to
        all readers whose choice includes them.
        """
        with self._file.transaction() as connection:
            number = connection.execute(
                "INSERT INTO posts (key, channel, incident, text_hash)"
                " VALUES (?, ?, ?, ?) ON CONFLICT (key) DO NOTHING RETURNING number",
                (post.key, post.channel, post.incident, _text_hash(post)),
            ).fetchone()
            if number is not None:
                earlier = _earlier(connection, post)
                messages = [
                    (number["number"], reader, parent, root, MessageState.WAITING)
                    for reader, parent, root in _recipients(
                        connection, post, earlier, lacks_posts=lacks_posts
                    )
                ]
                connection.executemany(
                    "INSERT INTO messages (post, reader, parent, root, state)"
                    " VALUES (?, ?, ?, ?, ?)",
                    messages,
                )

    def has_other_text(self, post: Post) -> bool:
        """Return whether a post of the same key was expanded, with another text.

        That is so if the main store was restored or begun anew: an event may then get the
        key of an event that was lost.
        """
        with self._file.transaction() as connection:
            row = connection.execute(
                "SELECT text_hash FROM posts WHERE key = ?", (post.key,)
            ).fetchone()
        return row is not None and row["text_hash"] != _text_hash(post)

    def doubt_interrupted(self, post: str) -> None:
        """Mark the messages of a post that were claimed and not settled as in doubt.

        This must be called before messages of the post are claimed, and by one process
        only.
        """
        with self._file.transaction() as connection:
            connection.execute(
                "UPDATE messages SET state = ? WHERE state = ?"
                " AND post = (SELECT number FROM posts WHERE key = ?)",
                (MessageState.DOUBTFUL, MessageState.SENDING, post),
            )

    def withdraw(self, post: str) -> None:
        """Let the waiting messages of a post never be sent."""
        with self._file.transaction() as connection:
            connection.execute(
                "UPDATE messages SET state = ? WHERE state = ?"
                " AND post = (SELECT number FROM posts WHERE key = ?)",
                (MessageState.WITHDRAWN, MessageState.WAITING, post),
            )

    def requeue_doubtful(self, post: str, absent_at: datetime) -> None:
        """Let messages in doubt wait again that were claimed before `absent_at`.

        Args:
            post: the key of the post.
            absent_at: when a person decided that the post may be sent again; aware.
        """
        with self._file.transaction() as connection:
            connection.execute(
                "UPDATE messages SET state = ? WHERE state = ? AND claimed < ?"
                " AND post = (SELECT number FROM posts WHERE key = ?)",
                (
                    MessageState.WAITING,
                    MessageState.DOUBTFUL,
                    instant_text(absent_at),
                    post,
                ),
            )

    def waiting(self, post: str) -> tuple[str, ...]:
        """Return the ids of the readers whose messages of a post wait.

        Those which were never tried come first, so that a message which always fails does
        not stop the others.
        """
        with self._file.transaction() as connection:
            rows = connection.execute(_WAITING, (post, MessageState.WAITING))
            return tuple(row["id"] for row in rows)

    def claim(self, post: str, reader: str, now: datetime) -> ReaderMessage | None:
        """Claim a waiting message; None if the reader has left, or it does not wait."""
        values = {
            "post": post,
            "reader": reader,
            "now": instant_text(now),
            "sending": MessageState.SENDING,
            "waiting": MessageState.WAITING,
        }
        with self._file.transaction() as connection:
            if connection.execute(_CLAIM, values).rowcount != 1:
                return None
            row = connection.execute(_MESSAGE, (post, reader)).fetchone()
        parent, root = row["parent_key"], row["root_key"]
        return ReaderMessage(reader_of(row), parent, root, row["deferrals"])

    def settle(
        self, post: str, reader: str, state: MessageState, *, deferred: bool = False
    ) -> None:
        """Record what became of a claimed message; nothing if the reader has left.

        `deferred` counts a deferral by the server.
        """
        values = {
            "post": post,
            "reader": reader,
            "state": state,
            "deferred": int(deferred),
            "sending": MessageState.SENDING,
        }
        with self._file.transaction() as connection:
            connection.execute(_SETTLE, values)

    def counts(self, post: str) -> Mapping[MessageState, int]:
        """Return how many messages of a post are in each state that occurs."""
        with self._file.transaction() as connection:
            rows = connection.execute(
                "SELECT messages.state, count(*) AS number FROM messages"
                " JOIN posts ON posts.number = messages.post WHERE posts.key = ?"
                " GROUP BY messages.state",
                (post,),
            )
            return {MessageState(row["state"]): row["number"] for row in rows}


def _text_hash(post: Post) -> str:
    return hashlib.sha256(post.text.encode()).hexdigest()


def _earlier(connection: sqlite3.Connection, post: Post) -> dict[int, tuple[int, int]]:
    """Return parent and root, by the number of each reader who has a message."""
    states = (MessageState.SENT, MessageState.DOUBTFUL, MessageState.SENDING)
    rows = connection.execute(_EARLIER, (post.incident, post.channel, *states))
    return {row["reader"]: (row["parent"], row["root"]) for row in rows}


def _recipients(
    connection: sqlite3.Connection,
    post: Post,
    earlier: Mapping[int, tuple[int, int]],
    *,
    lacks_posts: bool,
) -> Iterator[tuple[int, int | None, int | None]]:
    """Yield the number of each reader of a post, with parent and root of the message."""
    is_correction = post.kind in CORRECTION_KINDS
    for row in connection.execute("SELECT * FROM readers ORDER BY number"):
        number, choice = row["number"], reader_of(row).choice
        has_lang = choice.lang == post.lang
        if number in earlier and (has_lang or is_correction):
            yield number, *earlier[number]
        elif is_correction and not lacks_posts:
            continue
        elif has_lang and choice.wants(post.subject):
            yield number, None, None
