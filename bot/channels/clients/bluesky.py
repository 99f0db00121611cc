"""One account's records on a Bluesky server: four calls, and a session that is renewed.

Sessions are few: a server lets an account log in some hundred times a day at most, so
one is kept as long as it lasts and then renewed; the password comes last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import httpx
from pydantic import SecretStr

from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.http.channel_client import ChannelClient, ErrorPolicy

# What a server says of a token, with status 400: nothing was done, renew it.
_RUN_OUT = frozenset({"ExpiredToken", "InvalidToken"})
_HINTS = {401: "the handle or its app password is not valid (any more)"}
_KEY_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_REPO, _SERVER = "/xrpc/com.atproto.repo.", "/xrpc/com.atproto.server."


@dataclass(frozen=True, slots=True)
class Login:
    """Who posts: a handle or a DID, and an app password."""

    handle: str
    password: SecretStr


@dataclass(frozen=True, slots=True)
class RepoRecord:
    """A record; `cid` is the hash of `value`, which not every answer tells."""

    uri: str
    cid: str
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Session:
    did: str
    access: SecretStr
    refresh: SecretStr


class Repository:
    """What an account keeps on its server, by collection and key."""

    def __init__(
        self, name: str, http: httpx.Client, login: Login, clock: Clock
    ) -> None:
        """Take a client (see `conversation.client`); nothing is asked yet."""
        self._name = name
        self._login = login
        # The session's tokens are kept here too, as they come.
        self._secrets: list[SecretStr | None] = [login.password]
        manners = ErrorPolicy(hints=_HINTS)
        self._server = ChannelClient(name, http, self._secrets, clock, manners)
        self._session: _Session | None = None

    def open(self) -> None:
        """Log in unless we are.

        Raises:
            ChannelError: as `ChannelClient.ask` and `told`, here and below; but what is
                lost here leaves nothing in doubt.
        """
        self._opened()

    def upload(self, data: bytes, mime: str) -> dict[str, Any]:
        """Keep bytes, and return what a record refers to them by; harmless twice."""
        headers = {"Content-Type": mime}
        answer = self._ask("POST", "uploadBlob", headers=headers, content=data)
        told = self._server.told(answer)
        if isinstance(told, dict) and isinstance(told.get("blob"), dict):
            return dict(told["blob"])
        raise ChannelUnknown(f"{self._name}: the answer names no blob")

    def put(
        self, collection: str, rkey: str, value: Mapping[str, Any], stands: str | None
    ) -> RepoRecord | None:
        """Write where `stands` (a cid; None: nothing) stands; None: another does.

        Where `value` itself stands already, nothing happens: harmless twice.
        """
        place = self._place(collection, rkey)
        question = place | {"record": value, "swapRecord": stands}
        answer = self._ask("POST", "putRecord", json=question)
        return None if _error(answer) == "InvalidSwap" else self._record(answer)

    def get(self, collection: str, rkey: str) -> RepoRecord | None:
        """Read; None: the server says that there is none."""
        place = self._place(collection, rkey)
        answer = self._ask("GET", "getRecord", params=place)
        return None if _error(answer) == "RecordNotFound" else self._record(answer)

    def delete(self, collection: str, rkey: str) -> None:
        """Remove; one that is not there is no error."""
        place = self._place(collection, rkey)
        self._server.accept(self._ask("POST", "deleteRecord", json=place))

    def _place(self, collection: str, rkey: str) -> dict[str, Any]:
        did = self._opened().did
        return {"repo": did, "collection": collection, "rkey": rkey}

    def _record(self, answer: httpx.Response) -> RepoRecord:
        told = self._server.told(answer)
        found = _strings(told, "uri", "cid")
        if not found or found[0].count("/") != 4:
            raise ChannelUnknown(f"{self._name}: the answer names no record")
        value = told.get("value")
        return RepoRecord(found[0], found[1], value if isinstance(value, dict) else {})

    def _ask(self, method: str, call: str, **question: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own keywords
        """Ask within the session, and once more if that had run out."""
        answer = self._ask_in(self._opened(), method, call, **question)
        if _error(answer) in _RUN_OUT:
            answer = self._ask_in(self._renewed(), method, call, **question)
        return answer

    def _ask_in(
        self,
        session: _Session,
        method: str,
        call: str,
        **question: Any,  # noqa: ANN401 - as above
    ) -> httpx.Response:
        own = question.pop("headers", {})
        headers = own | _bearing(session.access)
        return self._server.ask(method, _REPO + call, headers=headers, **question)

    def _opened(self) -> _Session:
        if self._session is None:
            who, password = self._login.handle, self._login.password
            form = {"identifier": who, "password": password.get_secret_value()}
            self._session = self._begun("createSession", json=form)
        return self._session

    def _renewed(self) -> _Session:
        old = self._opened()
        try:
            self._session = self._begun("refreshSession", headers=_bearing(old.refresh))
        except ChannelRefused:  # that has run out too, or was revoked
            self._session = None
        return self._opened()

    def _begun(self, call: str, **question: Any) -> _Session:  # noqa: ANN401 - as above
        """A new session; an answer that is lost here leaves no post in doubt."""
        try:
            answer = self._server.ask("POST", _SERVER + call, **question)
            told = self._server.told(answer)
        except ChannelUnknown as error:
            raise ChannelUnavailable(f"{error} (session)") from None
        if not (found := _strings(told, "did", "accessJwt", "refreshJwt")):
            raise ChannelUnavailable(f"{self._name}: the answer holds no session")
        did, access, refresh = found
        session = _Session(did, SecretStr(access), SecretStr(refresh))
        self._secrets[1:] = [session.access, session.refresh]
        return session


def record_key(at: datetime, name: str) -> str:
    """A TID, the only keys that posts may have: a number that grows with time.

    Of the second `at`; its microseconds and last ten bits are drawn from `name`, so
    that what was made at once has as many keys as there are names.
    """
    drawn = int.from_bytes(sha256(name.encode()).digest()[:8])
    micros = int(at.timestamp()) * 1_000_000 + drawn % 1_000_000
    number = (micros % 2**53) << 10 | drawn // 1_000_000 % 1024
    return "".join(_KEY_LETTERS[number >> bit & 31] for bit in range(60, -1, -5))


def _strings(told: Any, *names: str) -> list[str]:  # noqa: ANN401 - any JSON
    """What stands under `names`; empty unless all are strings."""
    told = told if isinstance(told, dict) else {}
    found = [told[name] for name in names if isinstance(told.get(name), str)]
    return found if len(found) == len(names) else []


def _bearing(token: SecretStr) -> dict[str, str]:
    return {"Authorization": f"Bearer {token.get_secret_value()}"}


def _error(answer: httpx.Response) -> str:
    """The name of the error that a question of ours was refused with, if it has one."""
    if not 400 <= answer.status_code < 500:
        return ""
    try:
        told = answer.json()
    except ValueError:
        return ""
    return str(told.get("error", "")) if isinstance(told, dict) else ""
