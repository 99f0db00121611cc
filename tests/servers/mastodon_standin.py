"""A stand-in for Mastodon's own extras, which the real server of the tests lacks.

Idempotency keys, pictures that take their time, windows, edits and deletions; stricter
than Mastodon where that passes over what it does not know.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tests.servers.local import LocalServer, Question, Reply
from tests.servers.mastodon_rules import (
    MOST_MEDIA,
    Refusal,
    as_mastodon_shows,
    check_alt,
    check_image,
    check_length,
    fields_of,
    instance,
)

TOKEN = "mastodontokenQ7r8S9"
ACCOUNT = "7"
KEY_LIVES_S = 3600
# By what is asked: how many, within how many seconds.
WINDOWS = {"all": (300, 300), "media": (30, 1800), "delete": (30, 1800)}
FAULTS = frozenset(
    {"answer-lost", "503", "503-after", "slow", "slow-body", "reset", "429", "401"}
)
_NEW = frozenset(
    {
        "status",
        "media_ids",
        "in_reply_to_id",
        "sensitive",
        "spoiler_text",
        "visibility",
        "language",
    }
)
_EDIT = (_NEW - {"visibility", "in_reply_to_id"}) | {"media_attributes"}
_UPLOAD = frozenset({"file", "description", "focus", "thumbnail"})


@dataclass
class Media:
    """One picture; `polls` answers yet until it is ready, or failed."""

    alt: str
    data: bytes
    polls: int = 0
    fails: bool = False
    attached: bool = False


@dataclass
class Status:
    """One status as it stands; `edits` is how often it was really changed."""

    id: str
    text: str
    spoiler: str
    sensitive: bool
    language: str
    visibility: str
    media: list[str]
    reply_to: str | None
    at: float = 0.0
    edits: int = 0


@dataclass
class MastodonStandIn:
    """The state of the stand-in; `start` makes it listen.

    Attributes:
        polls: how often a new picture is "still being processed"; fails: whether it
            then turns out to be none.
        decodes: whether pictures are looked at.
        windows: by what is asked: how many, within how many seconds.
        faults: what goes wrong with the next requests: (kind, method, path).
        now: the server's time, in seconds since 1970.
    """

    polls: int = 0
    fails: bool = False
    decodes: bool = True
    windows: dict[str, tuple[int, int]] = field(default_factory=lambda: dict(WINDOWS))
    statuses: list[Status] = field(default_factory=list)
    media: dict[str, Media] = field(default_factory=dict)
    faults: deque[tuple[str, str, str]] = field(default_factory=deque)
    asked: list[Question] = field(default_factory=list)
    now: Callable[[], float] = time.time
    slow_s: float = 3.0
    base_url: str = ""

    def __post_init__(self) -> None:
        self._keys: dict[str, tuple[str, float]] = {}
        self._used: dict[tuple[str, int], int] = {}
        self._made = 100
        self._lock = threading.Lock()

    def start(self) -> "MastodonStandIn":
        """Listen on a free loopback port."""
        self._server = LocalServer(self.answer)
        self.base_url = self._server.base_url
        return self

    def stop(self) -> None:
        """Stop listening."""
        self._server.stop()

    def fail_next(
        self, kind: str, path: str = "/api/v1/statuses", method: str = "POST"
    ) -> None:
        """Let the next such request go wrong in the way `kind`."""
        assert kind in FAULTS
        self.faults.append((kind, method, path))

    def answer(self, asked: Question) -> Reply:
        """Judge one request, one at a time, and let its fault happen."""
        with self._lock:
            asked = replace(asked, path=asked.path.rstrip("/"))
            self.asked.append(asked)
            fault = self._take_fault(asked)
            windows: dict[str, str] = {}
            try:
                self._let_in(asked, fault)
                windows = self._count(asked, full=fault == "429")
                status, told = self._route(asked)
            except Refusal as refusal:
                headers = windows or self._last if refusal.status == 429 else windows
                return Reply(refusal.status, {"error": refusal.error}, headers)
        return self._spoil(Reply(status, told, windows), fault)

    def _take_fault(self, asked: Question) -> str:
        if self.faults and self.faults[0][1:] == (asked.method, asked.path):
            return self.faults.popleft()[0]
        return ""

    def _spoil(self, reply: Reply, fault: str) -> Reply:
        """What is done is done, but the answer may not come as it should."""
        spoilt = {
            "answer-lost": replace(reply, comes=0.0),
            "reset": replace(reply, comes=0.5),
            "slow": replace(reply, wait_s=self.slow_s),
            "slow-body": replace(reply, pause_s=self.slow_s),
            "503-after": Reply(503, b"<html>Service Unavailable"),
        }
        return spoilt.get(fault, reply)

    def _let_in(self, asked: Question, fault: str) -> None:
        if fault == "503":
            raise Refusal(503, "Service Unavailable")
        if fault == "401":
            raise Refusal(401, "The access token was revoked")
        if asked.path.endswith("/instance"):
            return
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            raise Refusal(401, "The access token is invalid")

    def _count(self, asked: Question, *, full: bool) -> dict[str, str]:
        """The headers of the tightest window. Raises Refusal: 429."""
        kinds = ["all"]
        if (asked.method, asked.path) == ("POST", "/api/v2/media"):
            kinds.append("media")
        if asked.method == "DELETE":
            kinds.append("delete")
        for kind in kinds:
            limit, period = self.windows[kind]
            window = int(self.now() // period)
            used = self._used.get((kind, window), 0) + 1
            self._last = _window(limit, limit - used, (window + 1) * period)
            if used > limit or full:
                self._last["X-RateLimit-Remaining"] = "0"
                raise Refusal(429, "Too many requests")
            self._used[kind, window] = used
        return self._last

    def _route(self, asked: Question) -> tuple[int, Any]:
        routes: dict[tuple[str, str], Callable[[Question], tuple[int, Any]]] = {
            ("GET", "/api/v1/instance"): lambda _: (200, instance("localhost")),
            ("GET", "/api/v2/instance"): lambda _: (200, instance("localhost")),
            ("GET", "/api/v1/accounts/verify_credentials"): lambda _: (200, _account()),
            ("GET", f"/api/v1/accounts/{ACCOUNT}/statuses"): self._timeline,
            ("POST", "/api/v2/media"): self._upload,
            ("POST", "/api/v1/statuses"): self._create,
        }
        one: dict[tuple[str, str], Callable[[Question, str], tuple[int, Any]]] = {
            ("GET", "/api/v1/media"): self._poll,
            ("PUT", "/api/v1/media"): self._describe,
            ("GET", "/api/v1/statuses"): lambda _, i: (200, self._told(self._one(i))),
            ("PUT", "/api/v1/statuses"): self._edit,
            ("DELETE", "/api/v1/statuses"): self._delete,
        }
        if handler := routes.get((asked.method, asked.path)):
            return handler(asked)
        folder, _, id_ = asked.path.rpartition("/")
        if single := one.get((asked.method, folder)):
            return single(asked, id_)
        raise Refusal(404, f"Not found: {asked.method} {asked.path}")

    # Pictures

    def _upload(self, asked: Question) -> tuple[int, Any]:
        told = fields_of(asked, _UPLOAD)
        if self.decodes:
            check_image(told.get("file"))
        check_alt(told.get("description") or "")
        id_ = self._next_id()
        alt, data = told.get("description") or "", told["file"].data
        self.media[id_] = Media(alt, data, self.polls, self.fails)
        waits = bool(self.polls or self.fails)
        return (202 if waits else 200), self._told_media(id_)

    def _poll(self, asked: Question, id_: str) -> tuple[int, Any]:
        kept = self._loose(id_)
        if kept.polls > 0:
            told = self._told_media(id_)
            kept.polls -= 1
            return 206, told
        if kept.fails:
            raise Refusal(422, "Error processing thumbnail for uploaded media")
        return 200, self._told_media(id_)

    def _describe(self, asked: Question, id_: str) -> tuple[int, Any]:
        kept, told = self._loose(id_), fields_of(asked, _UPLOAD - {"file"})
        check_alt(told.get("description") or "")
        kept.alt = told.get("description") or kept.alt
        return 200, self._told_media(id_)

    def _loose(self, id_: str) -> Media:
        """A picture that is on no status yet."""
        kept = self.media.get(id_)
        if kept is None or kept.attached:
            raise Refusal(404, "Record not found")
        return kept

    def _told_media(self, id_: str) -> dict[str, Any]:
        kept = self.media[id_]
        ready = kept.polls <= 0 and not kept.fails
        url = f"{self.base_url}/media/{id_}.png" if ready else None
        return {"id": id_, "type": "image", "url": url, "description": kept.alt or None}

    # Statuses

    def _create(self, asked: Question) -> tuple[int, Any]:
        told = fields_of(asked, _NEW)
        key = asked.headers.get("idempotency-key", "")
        known, at = self._keys.get(key, ("", 0.0))
        if known and self.now() - at < KEY_LIVES_S:
            return 200, self._told(self._one(known))
        reply_to = str(told.get("in_reply_to_id") or "") or None
        if reply_to and reply_to not in {s.id for s in self.statuses}:
            raise Refusal(404, "The post you are trying to reply to does not exist.")
        made = self._worded(Status("", "", "", False, "", "", [], reply_to), told)
        made.visibility = told.get("visibility") or "public"
        if made.visibility not in {"public", "unlisted", "private", "direct"}:
            raise Refusal(422, "Validation failed: Visibility is not included")
        made.id, made.at = self._next_id(), self.now()
        self.statuses.append(made)
        if key:
            self._keys[key] = (made.id, self.now())
        return 200, self._told(made)

    def _worded(self, status: Status, told: dict[str, Any]) -> Status:
        """The status with the words and pictures of a wish. Raises Refusal."""
        text, spoiler = (told.get(k) or "" for k in ("status", "spoiler_text"))
        media = [str(one) for one in told.get("media_ids") or ()]
        if not text.strip() and not media:
            raise Refusal(422, "Validation failed: Text can't be blank")
        check_length(text, spoiler)
        self._check_media(media, status.media)
        for id_ in media:
            self.media[id_].attached = True
        flag = str(told.get("sensitive", "false")).lower() in {"true", "1"}
        return replace(
            status,
            text=text,
            spoiler=spoiler,
            media=media,
            sensitive=flag or bool(spoiler),
            language=told.get("language") or "",
        )

    def _check_media(self, media: list[str], own: list[str]) -> None:
        if len(media) > MOST_MEDIA:
            raise Refusal(422, "Cannot attach more than 4 files")
        for id_ in media:
            kept = self.media.get(id_)
            if kept is None or (kept.attached and id_ not in own):
                raise Refusal(422, f"Media {id_} not found or already attached")
            if kept.polls > 0 or kept.fails:
                raise Refusal(422, "Cannot attach files that have not been processed.")

    def _edit(self, asked: Question, id_: str) -> tuple[int, Any]:
        """As Mastodon edits: what the wish does not name is no more."""
        before, told = self._one(id_), fields_of(asked, _EDIT)
        after = self._worded(before, told)
        for wish in told.get("media_attributes") or ():
            check_alt(wish.get("description") or "")
            if wish["id"] in after.media:
                self.media[wish["id"]].alt = wish.get("description") or ""
        if after != before:
            after.edits += 1
        self.statuses[self.statuses.index(before)] = after
        return 200, self._told(after)

    def _delete(self, asked: Question, id_: str) -> tuple[int, Any]:
        gone = self._one(id_)
        self.statuses.remove(gone)
        return 200, self._told(gone) | {"text": gone.text}

    def _timeline(self, asked: Question) -> tuple[int, Any]:
        known = {"limit", "max_id", "exclude_replies", "exclude_reblogs", "pinned"}
        if strange := sorted(set(asked.query) - known):
            raise Refusal(422, f"unknown parameters: {strange}")
        older = int(asked.query.get("max_id", 10**18))
        page = [s for s in self.statuses[::-1] if int(s.id) < older]
        most = min(int(asked.query.get("limit", "20")), 40)
        return 200, [self._told(status) for status in page[:most]]

    def _one(self, id_: str) -> Status:
        found = [s for s in self.statuses if s.id == id_]
        if not found:
            raise Refusal(404, "Record not found")
        return found[0]

    def _told(self, status: Status) -> dict[str, Any]:
        made = datetime.fromtimestamp(status.at, tz=UTC).isoformat()
        return {
            "id": status.id,
            "created_at": made,
            "edited_at": made if status.edits else None,
            "in_reply_to_id": status.reply_to,
            "in_reply_to_account_id": ACCOUNT if status.reply_to else None,
            "sensitive": status.sensitive,
            "spoiler_text": status.spoiler,
            "visibility": status.visibility,
            "language": status.language or None,
            "uri": f"{self.base_url}/users/wire/statuses/{status.id}",
            "url": f"{self.base_url}/@wire/{status.id}",
            "content": as_mastodon_shows(status.text),
            "media_attachments": [self._told_media(id_) for id_ in status.media],
            "account": _account(),
        }

    def _next_id(self) -> str:
        self._made += 1
        return str(self._made)


def _account() -> dict[str, Any]:
    return {"id": ACCOUNT, "username": "wire", "acct": "wire"}


def _window(limit: int, remaining: int, reset: float) -> dict[str, str]:
    """Mastodon tells the reset as an ISO time, in UTC."""
    at = datetime.fromtimestamp(reset, tz=UTC).isoformat(timespec="microseconds")
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(max(remaining, 0)),
        "X-RateLimit-Reset": at.replace("+00:00", "Z"),
    }
