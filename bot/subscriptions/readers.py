"""Readers and their requests to subscribe, in the file of the subscriptions."""

import json
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.model.entity import parse_entity
from bot.model.verdict import Severity
from bot.subscriptions.addresses import comparison_form
from bot.subscriptions.choices import Choice
from bot.subscriptions.database import SubscriptionFile, instant_text
from bot.subscriptions.file_check import Departure, reader_hash
from bot.subscriptions.tokens import SubscriptionKeys

REQUEST_EXPIRES_AFTER = timedelta(hours=48)
"""How long the address of an unconfirmed request is kept."""
_LETTER_IN_DOUBT_AFTER = timedelta(minutes=10)
"""A letter is not being sent any more after this; no conversation lasts as long."""


class LetterState(StrEnum):
    """The state of the letter that asks for confirmation; it is sent at most once."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A reader who confirmed the subscription.

    Attributes:
        id: 32 hexadecimal digits, made at random.
        address: where messages go.
        choice: what the reader wants to be told.
        since: when the reader confirmed it; aware, UTC.
    """

    id: str
    # Not part of the text of a record, which a log or an error might show.
    address: str = field(repr=False)
    choice: Choice
    since: datetime


@dataclass(frozen=True, slots=True)
class SubscriptionRequest:
    """A request to subscribe that is not confirmed.

    Attributes:
        id: 32 hexadecimal digits, made at random.
        address: where the letter goes that asks for confirmation; nothing else does.
        choice: what the reader wants to be told.
        asked, expires: when the request was made or its letter was last tried, and until
            when it can be confirmed; aware, UTC.
    """

    id: str
    # Not part of the text of a record, which a log or an error might show.
    address: str = field(repr=False)
    choice: Choice
    asked: datetime
    expires: datetime


class ReaderStore:
    """Stores requests and readers; every method may raise StoreError."""

    def __init__(
        self,
        file: SubscriptionFile,
        keys: SubscriptionKeys,
        note_departure: Callable[[Departure], None] | None = None,
    ) -> None:
        """Use a file that was created already, and the keys for hashes of addresses.

        `note_departure` is called with each reader who left; see `FileMemory`.
        """
        self._file = file
        self._keys = keys
        self._note_departure = note_departure

    def request(self, address: str, choice: Choice, now: datetime) -> None:
        """Store a request, unless its address is blocked or has an open request.

        An open request keeps its letter: whoever asks again and again for somebody else
        makes no second one. Only a letter that may not have been sent, because the program
        or the connection ended at that moment, is sent again, with the same Message-ID.
        """
        address_hash = self._hash(address)
        expires = now + REQUEST_EXPIRES_AFTER
        with self._file.transaction() as connection:
            _forget_expired(connection, now)
            # Every request writes to the disk, so that the time of the answer does not tell
            # whether the address is blocked or has an open request.
            connection.execute(
                "INSERT INTO requests VALUES (?, ?)", (address_hash, instant_text(now))
            )
            blocked = connection.execute(
                "SELECT 1 FROM blocked WHERE address_hash = ?", (address_hash,)
            ).fetchone()
            if blocked is None:
                connection.execute(
                    "INSERT INTO pending VALUES (:id, :address, :address_hash, :lang,"
                    " :severity, :places, :asked, :expires, :letter)"
                    " ON CONFLICT (address_hash) DO UPDATE SET letter = :letter,"
                    " asked = :asked WHERE letter = :sending AND asked < :in_doubt",
                    {
                        "id": secrets.token_hex(16),
                        "address": address,
                        "address_hash": address_hash,
                        **_choice_columns(choice),
                        "asked": instant_text(now),
                        "expires": instant_text(expires),
                        "letter": LetterState.WAITING,
                        "sending": LetterState.SENDING,
                        "in_doubt": instant_text(now - _LETTER_IN_DOUBT_AFTER),
                    },
                )

    def open_request(self, request: str, now: datetime) -> SubscriptionRequest | None:
        """Return a request that can be confirmed; None if there is none of this id."""
        with self._file.transaction() as connection:
            row = _open_request(connection, request, now)
        return None if row is None else _request_of(row)

    def claim_letter(self, now: datetime) -> SubscriptionRequest | None:
        """Claim the next letter that waits to be sent; None if none waits.

        A claimed letter is never sent again, unless `release_letter` says that it
        certainly was not sent. It then follows those that wait, so that a letter which
        always fails does not stop the others.
        """
        with self._file.transaction() as connection:
            _forget_expired(connection, now)
            row = connection.execute(
                "UPDATE pending SET letter = ?, asked = ? WHERE id = (SELECT id FROM"
                " pending WHERE letter = ? ORDER BY asked, id LIMIT 1) RETURNING *",
                (LetterState.SENDING, instant_text(now), LetterState.WAITING),
            ).fetchone()
        return None if row is None else _request_of(row)

    def release_letter(self, request: str) -> None:
        """Let a claimed letter wait again, because it certainly was not sent."""
        self._set_letter(request, LetterState.WAITING)

    def settle_letter(self, request: str) -> None:
        """Record that a letter was sent."""
        self._set_letter(request, LetterState.SENT)

    def drop_request(self, request: str) -> None:
        """Erase a request, because its address takes no mail."""
        with self._file.transaction() as connection:
            connection.execute("DELETE FROM pending WHERE id = ?", (request,))

    def confirm(self, request: str, now: datetime) -> Subscriber | None:
        """Make the reader of a request; None if the request is not open.

        The request is erased, so that it can be confirmed only once. A reader of the same
        address gets the new choice, and keeps the id.
        """
        with self._file.transaction() as connection:
            row = _open_request(connection, request, now)
            if row is None:
                return None
            connection.execute("DELETE FROM pending WHERE id = ?", (request,))
            reader = connection.execute(
                "INSERT INTO readers"
                " (id, address, address_hash, lang, severity, places, since)"
                " VALUES (:id, :address, :address_hash, :lang, :severity, :places, :now)"
                " ON CONFLICT (address_hash) DO UPDATE SET address = :address,"
                " lang = :lang, severity = :severity, places = :places RETURNING *",
                {**dict(row), "now": instant_text(now)},
            ).fetchone()
        return reader_of(reader)

    def find(self, reader: str) -> Subscriber | None:
        """Return a reader by id; None if there is none."""
        with self._file.transaction() as connection:
            row = connection.execute(
                "SELECT * FROM readers WHERE id = ?", (reader,)
            ).fetchone()
        return None if row is None else reader_of(row)

    def erase(self, reader: str, now: datetime, *, never_again: bool) -> bool:
        """Erase a reader with all messages; return whether there was one.

        With `never_again`, a keyed hash of the address stays, and later requests for this
        address are ignored.
        """
        with self._file.transaction() as connection:
            row = connection.execute(
                "DELETE FROM readers WHERE id = ? RETURNING address_hash", (reader,)
            ).fetchone()
            if row is not None:
                _forget_address(
                    connection, row["address_hash"], now, never_again=never_again
                )
        if row is not None:
            self._note_left(reader, now, never_again=never_again)
        return row is not None

    def erase_address(self, address: str, now: datetime, *, never_again: bool) -> bool:
        """Erase the reader and the request of an address; return whether there was one."""
        address_hash = self._hash(address)
        with self._file.transaction() as connection:
            readers = connection.execute(
                "DELETE FROM readers WHERE address_hash = ? RETURNING id",
                (address_hash,),
            ).fetchall()
            requests = connection.execute(
                "SELECT id FROM pending WHERE address_hash = ?", (address_hash,)
            ).fetchall()
            _forget_address(connection, address_hash, now, never_again=never_again)
        for reader in readers:
            self._note_left(reader["id"], now, never_again=never_again)
        return bool(readers or requests)

    def allow_address(self, address: str) -> bool:
        """Accept requests for a blocked address again; return whether it was blocked."""
        with self._file.transaction() as connection:
            rows = connection.execute(
                "DELETE FROM blocked WHERE address_hash = ? RETURNING since",
                (self._hash(address),),
            ).fetchall()
        return bool(rows)

    def all(self) -> tuple[Subscriber, ...]:
        """Return all readers, in the order in which they first confirmed."""
        with self._file.transaction() as connection:
            rows = connection.execute("SELECT * FROM readers ORDER BY number")
            return tuple(reader_of(row) for row in rows)

    def counts(self, now: datetime) -> Mapping[str, int]:
        """Return how many readers, open requests and blocked addresses there are."""
        with self._file.transaction() as connection:
            _forget_expired(connection, now)
            row = connection.execute(
                "SELECT (SELECT count(*) FROM readers) AS readers,"
                " (SELECT count(*) FROM pending) AS pending,"
                " (SELECT count(*) FROM blocked) AS blocked"
            ).fetchone()
        return dict(row)

    def _note_left(self, reader: str, now: datetime, *, never_again: bool) -> None:
        if self._note_departure is not None:
            self._note_departure(Departure(reader_hash(reader), now, never_again))

    def _set_letter(self, request: str, state: LetterState) -> None:
        with self._file.transaction() as connection:
            connection.execute(
                "UPDATE pending SET letter = ? WHERE id = ?", (state, request)
            )

    def _hash(self, address: str) -> str:
        return self._keys.address_hash(comparison_form(address))


def reader_of(row: sqlite3.Row) -> Subscriber:
    """Return the reader in a row of the table `readers`."""
    since = datetime.fromisoformat(row["since"])
    return Subscriber(row["id"], row["address"], _choice_of(row), since)


def _request_of(row: sqlite3.Row) -> SubscriptionRequest:
    times = (datetime.fromisoformat(row[name]) for name in ("asked", "expires"))
    return SubscriptionRequest(row["id"], row["address"], _choice_of(row), *times)


def _choice_of(row: sqlite3.Row) -> Choice:
    places = tuple(parse_entity(text) for text in json.loads(row["places"]))
    return Choice(row["lang"], Severity(row["severity"]), places)


def _choice_columns(choice: Choice) -> dict[str, str]:
    places = json.dumps([str(place) for place in choice.places])
    return {"lang": choice.lang, "severity": choice.severity, "places": places}


def _open_request(
    connection: sqlite3.Connection, request: str, now: datetime
) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM pending WHERE id = ? AND expires >= ?",
        (request, instant_text(now)),
    ).fetchone()
    return row


def _forget_expired(connection: sqlite3.Connection, now: datetime) -> None:
    connection.execute("DELETE FROM pending WHERE expires < ?", (instant_text(now),))


def _forget_address(
    connection: sqlite3.Connection,
    address_hash: str,
    now: datetime,
    *,
    never_again: bool,
) -> None:
    connection.execute("DELETE FROM pending WHERE address_hash = ?", (address_hash,))
    connection.execute("DELETE FROM requests WHERE who = ?", (address_hash,))
    if never_again:
        connection.execute(
            "INSERT INTO blocked VALUES (?, ?) ON CONFLICT DO NOTHING",
            (address_hash, instant_text(now)),
        )
