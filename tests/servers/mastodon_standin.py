"""A stand-in for the parts of Mastodon that snac, the real server, does not have.

These are idempotency keys, pictures that are processed later, rate limits, edits and
deletions. Unlike Mastodon, the stand-in refuses unknown fields and parameters.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tests.servers.local import LocalServer, ReceivedRequest, Reply
from tests.servers.mastodon_rules import (
    MAX_MEDIA,
    MastodonRefusal,
    check_alt,
    check_image,
    check_length,
    fields_of,
    html_of,
    instance,
)

TOKEN = "mastodontokenQ7r8S9"
ACCOUNT = "7"
KEY_LIFETIME_S = 3600
# For each kind of request: (number of allowed requests, period in seconds).
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
class MastodonMedia:
    """One picture. It is being processed while `polls` is above 0.

    Each request for the picture lowers `polls` by one. At 0 the picture is ready, or
    its processing has failed if `fails` is true.
    """

    alt: str
    data: bytes
    polls: int = 0
    fails: bool = False
    attached: bool = False


@dataclass
class Status:
    """One status; `edits` counts the edits that changed something."""

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
    """An imitation of a Mastodon server; `start` makes it listen.

    Attributes:
        polls: how many requests for a new picture are answered "still being processed".
        fails: whether the processing of a new picture fails in the end.
        decodes: whether pictures are decoded and checked.
        windows: the rate limits by kind of request: (limit, seconds).
        faults: the next faults, as (kind, method, path). The first one applies to the
            next request with its method and path, and is then removed.
        now: returns the server's time in epoch seconds.
    """

    polls: int = 0
    fails: bool = False
    decodes: bool = True
    windows: dict[str, tuple[int, int]] = field(default_factory=lambda: dict(WINDOWS))
    statuses: list[Status] = field(default_factory=list)
    media: dict[str, MastodonMedia] = field(default_factory=dict)
    faults: deque[tuple[str, str, str]] = field(default_factory=deque)
    requests: list[ReceivedRequest] = field(default_factory=list)
    now: Callable[[], float] = time.time
    slow_s: float = 3.0
    base_url: str = ""

    def __post_init__(self) -> None:
        self._keys: dict[str, tuple[str, float]] = {}
        self._used: dict[tuple[str, int], int] = {}
        self._last_id = 100
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
        """Make the next request with this method and path fail with the fault `kind`."""
        assert kind in FAULTS
        self.faults.append((kind, method, path))

    def answer(self, request: ReceivedRequest) -> Reply:
        """Answer a request, one at a time, and apply the fault that waits for it."""
        with self._lock:
            request = replace(request, path=request.path.rstrip("/"))
            self.requests.append(request)
            fault = self._take_fault(request)
            windows: dict[str, str] = {}
            try:
                self._authorize(request, fault)
                windows = self._count(request, full=fault == "429")
                status, body = self._route(request)
            except MastodonRefusal as refusal:
                headers = windows or self._last if refusal.status == 429 else windows
                return Reply(refusal.status, {"error": refusal.error}, headers)
        return self._apply_fault(Reply(status, body, windows), fault)

    def _take_fault(self, request: ReceivedRequest) -> str:
        if self.faults and self.faults[0][1:] == (request.method, request.path):
            return self.faults.popleft()[0]
        return ""

    def _apply_fault(self, reply: Reply, fault: str) -> Reply:
        """Return the answer to a processed request with `fault` applied to it."""
        faulty = {
            "answer-lost": replace(reply, sent_share=0.0),
            "reset": replace(reply, sent_share=0.5),
            "slow": replace(reply, wait_s=self.slow_s),
            "slow-body": replace(reply, pause_s=self.slow_s),
            "503-after": Reply(503, b"<html>Service Unavailable"),
        }
        return faulty.get(fault, reply)

    def _authorize(self, request: ReceivedRequest, fault: str) -> None:
        if fault == "503":
            raise MastodonRefusal(503, "Service Unavailable")
        if fault == "401":
            raise MastodonRefusal(401, "The access token was revoked")
        if request.path.endswith("/instance"):
            return
        if request.headers.get("authorization") != f"Bearer {TOKEN}":
            raise MastodonRefusal(401, "The access token is invalid")

    def _count(self, request: ReceivedRequest, *, full: bool) -> dict[str, str]:
        """Count a request; return its rate limit headers. Raises MastodonRefusal (429)."""
        kinds = ["all"]
        if (request.method, request.path) == ("POST", "/api/v2/media"):
            kinds.append("media")
        if request.method == "DELETE":
            kinds.append("delete")
        for kind in kinds:
            limit, period = self.windows[kind]
            window = int(self.now() // period)
            used = self._used.get((kind, window), 0) + 1
            self._last = _window(limit, limit - used, (window + 1) * period)
            if used > limit or full:
                self._last["X-RateLimit-Remaining"] = "0"
                raise MastodonRefusal(429, "Too many requests")
            self._used[kind, window] = used
        return self._last

    def _route(self, request: ReceivedRequest) -> tuple[int, Any]:
        routes: dict[tuple[str, str], Callable[[ReceivedRequest], tuple[int, Any]]] = {
            ("GET", "/api/v1/instance"): lambda _: (200, instance("localhost")),
            ("GET", "/api/v2/instance"): lambda _: (200, instance("localhost")),
            ("GET", "/api/v1/accounts/verify_credentials"): lambda _: (200, _account()),
            ("GET", f"/api/v1/accounts/{ACCOUNT}/statuses"): self._timeline,
            ("POST", "/api/v2/media"): self._upload,
            ("POST", "/api/v1/statuses"): self._create,
        }
        routes_by_id: dict[
            tuple[str, str], Callable[[ReceivedRequest, str], tuple[int, Any]]
        ] = {
            ("GET", "/api/v1/media"): self._poll,
            ("PUT", "/api/v1/media"): self._describe,
            ("GET", "/api/v1/statuses"): lambda _, i: (
                200,
                self._status_json(self._find_status(i)),
            ),
            ("PUT", "/api/v1/statuses"): self._edit,
            ("DELETE", "/api/v1/statuses"): self._delete,
        }
        if handler := routes.get((request.method, request.path)):
            return handler(request)
        folder, _, id_ = request.path.rpartition("/")
        if single := routes_by_id.get((request.method, folder)):
            return single(request, id_)
        raise MastodonRefusal(404, f"Not found: {request.method} {request.path}")

    # Pictures

    def _upload(self, request: ReceivedRequest) -> tuple[int, Any]:
        fields = fields_of(request, _UPLOAD)
        if self.decodes:
            check_image(fields.get("file"))
        check_alt(fields.get("description") or "")
        id_ = self._next_id()
        alt, data = fields.get("description") or "", fields["file"].data
        self.media[id_] = MastodonMedia(alt, data, self.polls, self.fails)
        is_pending = bool(self.polls or self.fails)
        return (202 if is_pending else 200), self._media_json(id_)

    def _poll(self, request: ReceivedRequest, id_: str) -> tuple[int, Any]:
        picture = self._unattached_media(id_)
        if picture.polls > 0:
            body = self._media_json(id_)
            picture.polls -= 1
            return 206, body
        if picture.fails:
            raise MastodonRefusal(422, "Error processing thumbnail for uploaded media")
        return 200, self._media_json(id_)

    def _describe(self, request: ReceivedRequest, id_: str) -> tuple[int, Any]:
        picture, fields = (
            self._unattached_media(id_),
            fields_of(request, _UPLOAD - {"file"}),
        )
        check_alt(fields.get("description") or "")
        picture.alt = fields.get("description") or picture.alt
        return 200, self._media_json(id_)

    def _unattached_media(self, id_: str) -> MastodonMedia:
        """Return a picture that is not attached to a status. Raises MastodonRefusal (404)."""
        picture = self.media.get(id_)
        if picture is None or picture.attached:
            raise MastodonRefusal(404, "Record not found")
        return picture

    def _media_json(self, id_: str) -> dict[str, Any]:
        picture = self.media[id_]
        ready = picture.polls <= 0 and not picture.fails
        url = f"{self.base_url}/media/{id_}.png" if ready else None
        return {
            "id": id_,
            "type": "image",
            "url": url,
            "description": picture.alt or None,
        }

    # Statuses

    def _create(self, request: ReceivedRequest) -> tuple[int, Any]:
        fields = fields_of(request, _NEW)
        key = request.headers.get("idempotency-key", "")
        existing, at = self._keys.get(key, ("", 0.0))
        if existing and self.now() - at < KEY_LIFETIME_S:
            return 200, self._status_json(self._find_status(existing))
        reply_to = str(fields.get("in_reply_to_id") or "") or None
        if reply_to and reply_to not in {s.id for s in self.statuses}:
            raise MastodonRefusal(
                404, "The post you are trying to reply to does not exist."
            )
        status = self._with_content(
            Status("", "", "", False, "", "", [], reply_to), fields
        )
        status.visibility = fields.get("visibility") or "public"
        if status.visibility not in {"public", "unlisted", "private", "direct"}:
            raise MastodonRefusal(422, "Validation failed: Visibility is not included")
        status.id, status.at = self._next_id(), self.now()
        self.statuses.append(status)
        if key:
            self._keys[key] = (status.id, self.now())
        return 200, self._status_json(status)

    def _with_content(self, status: Status, fields: dict[str, Any]) -> Status:
        """Return `status` with the text and pictures of a request.

        Raises:
            MastodonRefusal: with status 422; Mastodon would not accept the fields.
        """
        text, spoiler = (fields.get(k) or "" for k in ("status", "spoiler_text"))
        media = [str(media_id) for media_id in fields.get("media_ids") or ()]
        if not text.strip() and not media:
            raise MastodonRefusal(422, "Validation failed: Text can't be blank")
        check_length(text, spoiler)
        self._check_media(media, status.media)
        for id_ in media:
            self.media[id_].attached = True
        is_sensitive = str(fields.get("sensitive", "false")).lower() in {"true", "1"}
        return replace(
            status,
            text=text,
            spoiler=spoiler,
            media=media,
            sensitive=is_sensitive or bool(spoiler),
            language=fields.get("language") or "",
        )

    def _check_media(self, media: list[str], own: list[str]) -> None:
        if len(media) > MAX_MEDIA:
            raise MastodonRefusal(422, "Cannot attach more than 4 files")
        for id_ in media:
            picture = self.media.get(id_)
            if picture is None or (picture.attached and id_ not in own):
                raise MastodonRefusal(422, f"Media {id_} not found or already attached")
            if picture.polls > 0 or picture.fails:
                raise MastodonRefusal(
                    422, "Cannot attach files that have not been processed."
                )

    def _edit(self, request: ReceivedRequest, id_: str) -> tuple[int, Any]:
        """Edit a status as Mastodon does: fields that the request leaves out are cleared."""
        before, fields = self._find_status(id_), fields_of(request, _EDIT)
        after = self._with_content(before, fields)
        for attributes in fields.get("media_attributes") or ():
            check_alt(attributes.get("description") or "")
            if attributes["id"] in after.media:
                self.media[attributes["id"]].alt = attributes.get("description") or ""
        if after != before:
            after.edits += 1
        self.statuses[self.statuses.index(before)] = after
        return 200, self._status_json(after)

    def _delete(self, request: ReceivedRequest, id_: str) -> tuple[int, Any]:
        status = self._find_status(id_)
        self.statuses.remove(status)
        return 200, self._status_json(status) | {"text": status.text}

    def _timeline(self, request: ReceivedRequest) -> tuple[int, Any]:
        allowed = {"limit", "max_id", "exclude_replies", "exclude_reblogs", "pinned"}
        if unknown := sorted(set(request.query) - allowed):
            raise MastodonRefusal(422, f"unknown parameters: {unknown}")
        older = int(request.query.get("max_id", 10**18))
        page = [s for s in self.statuses[::-1] if int(s.id) < older]
        limit = min(int(request.query.get("limit", "20")), 40)
        return 200, [self._status_json(status) for status in page[:limit]]

    def _find_status(self, id_: str) -> Status:
        matches = [s for s in self.statuses if s.id == id_]
        if not matches:
            raise MastodonRefusal(404, "Record not found")
        return matches[0]

    def _status_json(self, status: Status) -> dict[str, Any]:
        created_at = datetime.fromtimestamp(status.at, tz=UTC).isoformat()
        return {
            "id": status.id,
            "created_at": created_at,
            "edited_at": created_at if status.edits else None,
            "in_reply_to_id": status.reply_to,
            "in_reply_to_account_id": ACCOUNT if status.reply_to else None,
            "sensitive": status.sensitive,
            "spoiler_text": status.spoiler,
            "visibility": status.visibility,
            "language": status.language or None,
            "uri": f"{self.base_url}/users/wire/statuses/{status.id}",
            "url": f"{self.base_url}/@wire/{status.id}",
            "content": html_of(status.text),
            "media_attachments": [self._media_json(id_) for id_ in status.media],
            "account": _account(),
        }

    def _next_id(self) -> str:
        self._last_id += 1
        return str(self._last_id)


def _account() -> dict[str, Any]:
    return {"id": ACCOUNT, "username": "wire", "acct": "wire"}


def _window(limit: int, remaining: int, reset: float) -> dict[str, str]:
    """Return rate limit headers; Mastodon gives the reset as an ISO time in UTC."""
    at = datetime.fromtimestamp(reset, tz=UTC).isoformat(timespec="microseconds")
    return {
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": str(max(remaining, 0)),
        "X-RateLimit-Reset": at.replace("+00:00", "Z"),
    }
