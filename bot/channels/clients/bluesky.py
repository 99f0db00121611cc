"""Client for one account's repository on a Bluesky server, with a session.

A server allows an account a few hundred logins a day. A session is therefore used until
its access token expires, and is then refreshed. The password is sent again only if the
server refuses to refresh the session.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import httpx
from pydantic import SecretStr

from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.http.channel_client import ChannelClient, ErrorPolicy

# The server's error names for an access token that has expired or is invalid. A request
# with one of these errors had no effect.
_TOKEN_ERRORS = frozenset({"ExpiredToken", "InvalidToken"})
_HINTS = {
    401: "the handle or its app password is not valid (any more): make a new password"
}
# The alphabet of sortable base32, in which record keys are written.
_KEY_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_PAGES, _PAGE_SIZE = 5, 100
_REPO, _SERVER = "/xrpc/com.atproto.repo.", "/xrpc/com.atproto.server."


@dataclass(frozen=True, slots=True)
class Login:
    """The account: a handle or a DID, and an app password."""

    handle: str
    password: SecretStr


@dataclass(frozen=True, slots=True)
class RepoRecord:
    """A record; `cid` is the hash of the value. Some responses leave `value` empty."""

    uri: str
    cid: str
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Session:
    did: str
    access: SecretStr
    refresh: SecretStr


class Repository:
    """The records that an account has on its server, by collection and key.

    All methods raise the errors of `ChannelClient.json`. A failed login cannot have
    published a post, so its error is ChannelUnavailable or ChannelRefused, never
    ChannelUnknown.
    """

    def __init__(
        self, name: str, http: httpx.Client, login: Login, clock: Clock
    ) -> None:
        """Wrap an HTTP client (see `http.client.make_client`); no request is sent yet."""
        self._name = name
        self._login = login
        # `ChannelClient` keeps this list, so tokens added later are redacted as well.
        self._secrets: list[SecretStr | None] = [login.password]
        policy = ErrorPolicy(hints=_HINTS)
        self._server = ChannelClient(name, http, self._secrets, clock, policy)
        self._session: _Session | None = None

    def log_in(self) -> None:
        """Begin a session, unless one exists."""
        self._current_session()

    def upload(self, data: bytes, mime: str) -> dict[str, Any]:
        """Upload bytes; return the reference with which a record refers to them.

        Uploading the same bytes again does no harm.
        """
        headers = {"Content-Type": mime}
        response = self._request("POST", "uploadBlob", headers=headers, content=data)
        body = self._server.json(response)
        if isinstance(body, dict) and isinstance(body.get("blob"), dict):
            return dict(body["blob"])
        raise ChannelUnknown(
            f"{self._name}: the upload's response has no picture reference"
        )

    def put(
        self,
        collection: str,
        rkey: str,
        value: Mapping[str, Any],
        expected_cid: str | None,
    ) -> RepoRecord | None:
        """Write and return a record if the stored record has the hash `expected_cid`.

        If the stored record has another hash, nothing is written and the result is
        None. If the stored record already has the value `value`, nothing changes.

        Args:
            collection: the record's collection.
            rkey: the record's key.
            value: the record's content.
            expected_cid: the hash (CID) of the record to replace; None: the record must not
                exist yet.
        """
        body = self._address(collection, rkey) | {
            "record": value,
            "swapRecord": expected_cid,
        }
        response = self._request("POST", "putRecord", json=body)
        return (
            None if _error_name(response) == "InvalidSwap" else self._record(response)
        )

    def get(self, collection: str, rkey: str) -> RepoRecord | None:
        """Return a record; None if the server reports that it does not exist."""
        address = self._address(collection, rkey)
        response = self._request("GET", "getRecord", params=address)
        return (
            None
            if _error_name(response) == "RecordNotFound"
            else self._record(response)
        )

    def newest(self, collection: str) -> Iterator[RepoRecord]:
        """Yield the records of a collection, newest first in the order of their keys.

        Raises:
            ChannelRefused: the newest 500 records were read, and there are more.
        """
        query: dict[str, Any] = {
            "repo": self._current_session().did,
            "collection": collection,
            "limit": _PAGE_SIZE,
        }
        for _ in range(_PAGES):
            response = self._request("GET", "listRecords", params=query)
            body = self._server.json(response)
            records = body.get("records") if isinstance(body, dict) else None
            if not isinstance(records, list):
                raise ChannelUnknown(f"{self._name}: the records are not a list")
            yield from (self._record_in(record) for record in records)
            if not body.get("cursor"):
                return
            query["cursor"] = str(body["cursor"])
        newest = _PAGES * _PAGE_SIZE
        raise ChannelRefused(
            f"{self._name}: the account has more than {newest} new records, and the"
            " others were not read"
        )

    def delete(self, collection: str, rkey: str) -> None:
        """Delete a record; succeed if there is none."""
        address = self._address(collection, rkey)
        response = self._request("POST", "deleteRecord", json=address)
        self._server.raise_for_status(response)

    def _address(self, collection: str, rkey: str) -> dict[str, Any]:
        did = self._current_session().did
        return {"repo": did, "collection": collection, "rkey": rkey}

    def _record(self, response: httpx.Response) -> RepoRecord:
        return self._record_in(self._server.json(response))

    def _record_in(self, body: Any) -> RepoRecord:  # noqa: ANN401 - any JSON
        strings = _string_fields(body, "uri", "cid")
        # A URI has the form at://DID/COLLECTION/KEY.
        if not strings or strings[0].count("/") != 4:
            raise ChannelUnknown(f"{self._name}: the response has no record")
        uri, cid = strings
        value = body.get("value")
        return RepoRecord(uri, cid, value if isinstance(value, dict) else {})

    def _request(self, method: str, method_name: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own keywords
        """Send a request; send it once more in a new session if the token expired."""
        session = self._current_session()
        response = self._request_in(session, method, method_name, **options)
        if _error_name(response) in _TOKEN_ERRORS:
            session = self._renewed_session()
            response = self._request_in(session, method, method_name, **options)
        return response

    def _request_in(
        self,
        session: _Session,
        method: str,
        method_name: str,
        **options: Any,  # noqa: ANN401 - as above
    ) -> httpx.Response:
        headers = options.pop("headers", {}) | _authorization(session.access)
        return self._server.request(
            method, _REPO + method_name, headers=headers, **options
        )

    def _current_session(self) -> _Session:
        if self._session is None:
            handle, password = self._login.handle, self._login.password
            form = {"identifier": handle, "password": password.get_secret_value()}
            self._session = self._new_session("createSession", json=form)
        return self._session

    def _renewed_session(self) -> _Session:
        headers = _authorization(self._current_session().refresh)
        try:
            self._session = self._new_session("refreshSession", headers=headers)
        except ChannelRefused:  # the refresh token expired too, or was revoked
            self._session = None
        return self._current_session()

    def _new_session(self, method_name: str, **options: Any) -> _Session:  # noqa: ANN401 - as above
        """Begin a session.

        Raises:
            ChannelUnavailable: there is no usable response; try again later.
            ChannelRefused: the server rejects the login or the refresh token.
        """
        try:
            response = self._server.request("POST", _SERVER + method_name, **options)
            body = self._server.json(response)
        except ChannelUnknown as error:
            raise ChannelUnavailable(f"{error} (session)") from None
        strings = _string_fields(body, "did", "accessJwt", "refreshJwt")
        if not strings:
            raise ChannelUnavailable(f"{self._name}: the response has no session")
        did, access, refresh = strings
        session = _Session(did, SecretStr(access), SecretStr(refresh))
        self._secrets[1:] = [session.access, session.refresh]
        return session


def record_key(time: datetime, post_key: str) -> str:
    """Return a record key in the form TID, which Bluesky requires for posts.

    A TID sorts by time. It holds microseconds since 1970 and ten more bits. The seconds are
    those of `time`. The rest is taken from a hash of `post_key`, so that two posts of the
    same second have different keys.
    """
    digest = int.from_bytes(sha256(post_key.encode()).digest()[:8])
    microseconds = int(time.timestamp()) * 1_000_000 + digest % 1_000_000
    number = (microseconds % 2**53) << 10 | digest // 1_000_000 % 1024
    return "".join(_KEY_ALPHABET[number >> bit & 31] for bit in range(60, -1, -5))


def _string_fields(body: Any, *names: str) -> list[str]:  # noqa: ANN401 - any JSON
    """Return the values of the fields `names` of `body`; [] if one is not a string."""
    fields = body if isinstance(body, dict) else {}
    values = [fields[name] for name in names if isinstance(fields.get(name), str)]
    return values if len(values) == len(names) else []


def _authorization(token: SecretStr) -> dict[str, str]:
    return {"Authorization": f"Bearer {token.get_secret_value()}"}


def _error_name(response: httpx.Response) -> str:
    """Return the error name in a 4xx response; "" if the response has none."""
    if not 400 <= response.status_code < 500:
        return ""
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return ""
    return str(body.get("error", "")) if isinstance(body, dict) else ""
