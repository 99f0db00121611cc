"""A stand-in for X on loopback, stricter than X where X is not documented.

X itself was never contacted: the answers follow its documentation.
"""

import html
import re
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from xdk.posts.models import CreateRequest

from tests.servers.local import LocalServer, ReceivedRequest, Reply
from tests.servers.x_media import MediaStore, XMedia
from tests.servers.x_rules import Authenticator, Counter, XRefusal, read_body

USER, OTHER_USER = "1500000000000000001", "1500000000000000002"
KEYS = {
    "consumer_key": "consumerkeyA1b2C3",
    "consumer_secret": "consumersecretD4e5F6",
    "access_token": "accesstokenG7h8I9",
    "access_token_secret": "accesstokensecretJ1k2L3",
}
BEARERS = {"oauth2tokenK4l5M6": USER, "anothertokenN7o8P9": OTHER_USER}
WINDOW_S = 900
LIMITS = {
    "POST /2/tweets": 100,
    "DELETE /2/tweets/:id": 50,
    "POST /2/media/upload": 500,
    "POST /2/media/upload/initialize": 1875,
    "POST /2/media/upload/:id/append": 1875,
    "POST /2/media/upload/:id/finalize": 1875,
    "POST /2/media/metadata": 500,
    "GET /2/users/me": 75,
    "GET /2/users/:id/tweets": 900,
}
POST_PRICE, LINK_POST_PRICE = Decimal("0.015"), Decimal("0.200")
ALT_TEXT_PRICE, READ_PRICE = Decimal("0.005"), Decimal("0.001")
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
GONE = "You attempted to reply to a Tweet that is deleted or not visible to you."
SUSPENDED = "Your account is suspended and is not permitted to access this feature."
READ_ONLY = (
    "Your client app is not configured with the appropriate oauth1 app permissions for"
    " this endpoint."
)
NO_CREDIT = "Your account does not have any credits to fulfill this request."
FIELDS = frozenset({"id", "text", "created_at", "referenced_tweets", "attachments"})
_ID = re.compile(r"(?<=\w)/[0-9]+")
FAULTS = frozenset(
    {
        "answer-lost",
        "500",
        "503",
        "503-after",
        "slow",
        "slow-body",
        "reset",
        "429",
        "401",
        "suspended",
        "read-only",
        "no-credit",
    }
)


@dataclass
class Tweet:
    """One post; `sent` is the text as it was sent, `text` as X shows it."""

    id: str
    sent: str
    text: str
    media: list[str]
    reply_to: str | None
    owner: str = USER
    at: float = field(default_factory=time.time)


@dataclass
class XStandIn:
    """The state of the stand-in; `start` makes it listen.

    Attributes:
        signed_base: the base address that clients use in their signatures; "" means the
            address of the stand-in.
        faults: the next faults, as (kind, path). The first one applies to the next
            request to its path, and is then removed.
        spent: what X would have charged, in US dollars.
    """

    signed_base: str = "https://api.twitter.com"
    limits: dict[str, int] = field(default_factory=lambda: dict(LIMITS))
    tweets: list[Tweet] = field(default_factory=list)
    media_store: MediaStore = field(default_factory=MediaStore)
    faults: deque[tuple[str, str]] = field(default_factory=deque)
    requests: list[ReceivedRequest] = field(default_factory=list)
    spent: Decimal = Decimal(0)
    slow_s: float = 3.0
    base_url: str = ""

    def start(self) -> "XStandIn":
        """Listen on a free loopback port."""
        self._counter = Counter()
        self._authenticator = Authenticator(KEYS, USER, BEARERS)
        self._windows: dict[tuple[str, str], tuple[int, int]] = {}
        self._created_count = 0
        self._lock = threading.Lock()
        self._server = LocalServer(self.answer)
        self.base_url = self._server.base_url
        return self

    @property
    def media(self) -> dict[str, XMedia]:
        """The images of all users, by id."""
        return self.media_store.images

    def stop(self) -> None:
        """Stop the server, and the process that counts characters."""
        self._server.stop()
        self._counter.stop()

    def fail_next(self, kind: str, path: str = "/2/tweets") -> None:
        """Make the next request to `path` fail with the fault `kind`."""
        assert kind in FAULTS
        self.faults.append((kind, path))

    def answer(self, request: ReceivedRequest) -> Reply:
        """Answer a request, one at a time, and apply the fault that waits for it."""
        with self._lock:
            self.requests.append(request)
            fault = self._take_fault(request.path)
            limits: dict[str, str] = {}
            try:
                user = self._user(request)
                _refuse_by_fault(fault)
                limits = self._count(request, user, full=fault == "429")
                status, body = self._route(request, user)
            except XRefusal as refusal:
                limits = self._last if refusal.status == 429 else limits
                return Reply(refusal.status, refusal.body, limits)
        return self._apply_fault(Reply(status, body, limits), fault)

    def _take_fault(self, path: str) -> str:
        """Remove and return the fault for this request; "" if there is none."""
        if self.faults and self.faults[0][1] == path:
            return self.faults.popleft()[0]
        return ""

    def _apply_fault(self, reply: Reply, fault: str) -> Reply:
        """Return the answer to a processed request with `fault` applied to it."""
        faulty = {
            "answer-lost": replace(reply, sent_share=0.0),
            "reset": replace(reply, sent_share=0.5),
            "slow": replace(reply, wait_s=self.slow_s),
            "slow-body": replace(reply, pause_s=self.slow_s),
            "503-after": Reply(503, {"title": "Service Unavailable", "status": 503}),
        }
        return faulty.get(fault, reply)

    def _user(self, request: ReceivedRequest) -> str:
        url = (self.signed_base or self.base_url) + request.path
        url += f"?{request.raw_query}" if request.raw_query else ""
        authorization = request.headers.get("authorization", "")
        return self._authenticator.user(url, request.method, authorization)

    def _count(
        self, request: ReceivedRequest, user: str, *, full: bool
    ) -> dict[str, str]:
        """Count a request; return its rate limit headers. Raises XRefusal (404 or 429)."""
        route = f"{request.method} {_ID.sub('/:id', request.path)}"
        if route not in self.limits:
            raise XRefusal(404, "Not Found", "no such route")
        now, limit = int(self.media_store.now()), self.limits[route]
        window_start, used = self._windows.get((user, route), (now, 0))
        if now - window_start >= WINDOW_S:
            window_start, used = now, 0
        used = limit if full else used
        reset = str(window_start + WINDOW_S)
        if used >= limit:
            self._last = _window(limit, 0, reset)
            raise XRefusal(429, "Too Many Requests", "Too Many Requests")
        self._windows[user, route] = (window_start, used + 1)
        return _window(limit, limit - used - 1, reset)

    def _route(self, request: ReceivedRequest, user: str) -> tuple[int, dict[str, Any]]:
        routes: dict[
            tuple[str, str],
            Callable[[ReceivedRequest, str], tuple[int, dict[str, Any]]],
        ] = {
            ("POST", "/2/tweets"): self._create,
            ("POST", "/2/media/upload"): self.media_store.upload,
            ("POST", "/2/media/upload/initialize"): self.media_store.initialize,
            ("POST", "/2/media/metadata"): self._describe,
            ("GET", "/2/users/me"): self._me,
            ("GET", f"/2/users/{user}/tweets"): self._timeline,
        }
        if handler := routes.get((request.method, request.path)):
            return handler(request, user)
        match = re.fullmatch(r"/2/(tweets|media/upload)/([0-9]+)/?(\w*)", request.path)
        steps = {
            "append": self.media_store.append,
            "finalize": self.media_store.finalize,
        }
        if match and request.method == "POST" and match[3] in steps:
            return steps[match[3]](request, user, match[2])
        if match and request.method == "DELETE" and match[1] == "tweets":
            return self._delete(user, match[2])
        raise XRefusal(404, "Not Found", "no such route")

    def _create(
        self, request: ReceivedRequest, user: str
    ) -> tuple[int, dict[str, Any]]:
        body = read_body(CreateRequest, request)
        text = body.text or ""
        media = body.media.media_ids if body.media else []
        reply_to = body.reply.in_reply_to_tweet_id if body.reply else None
        counted = self._counter.count(text)
        self.media_store.check(media, user)
        self._check_post(text, user, reply_to, counted)
        tweet = Tweet(
            id=str(1_900_000_000_000_000_001 + self._created_count),
            sent=text,
            text=_displayed_text(text, counted["urls"], pictured=bool(media)),
            media=list(media),
            reply_to=reply_to,
            owner=user,
            at=self.media_store.now(),
        )
        self._created_count += 1
        self.tweets.append(tweet)
        self.spent += LINK_POST_PRICE if counted["urls"] else POST_PRICE
        return 201, {"data": _tweet_json(tweet, set())}

    def _check_post(
        self, text: str, user: str, reply_to: str | None, counted: dict[str, Any]
    ) -> None:
        if not counted["valid"]:
            detail = f"The text counts {counted['weightedLength']}, or is not valid."
            raise XRefusal(400, "Invalid Request", detail)
        if reply_to and reply_to not in {tweet.id for tweet in self.tweets}:
            raise XRefusal(403, "Forbidden", GONE)
        if (user, text) in {(tweet.owner, tweet.sent) for tweet in self.tweets}:
            raise XRefusal(403, "Forbidden", DUPLICATE)

    def _delete(self, user: str, id_: str) -> tuple[int, dict[str, Any]]:
        tweet = next((tweet for tweet in self.tweets if tweet.id == id_), None)
        if tweet is None:
            raise XRefusal(404, "Not Found Error", f"Could not find tweet [{id_}].")
        if tweet.owner != user:
            raise XRefusal(403, "Forbidden", "You are not authorized to delete this.")
        self.tweets.remove(tweet)
        return 200, {"data": {"deleted": True}}

    def _describe(
        self, request: ReceivedRequest, user: str
    ) -> tuple[int, dict[str, Any]]:
        result = self.media_store.describe(request, user)
        self.spent += ALT_TEXT_PRICE
        return result

    def _me(self, request: ReceivedRequest, user: str) -> tuple[int, dict[str, Any]]:
        return 200, {"data": {"id": user, "name": "Wire", "username": "wire"}}

    def _timeline(
        self, request: ReceivedRequest, user: str
    ) -> tuple[int, dict[str, Any]]:
        size = int(request.query.get("max_results", "10"))
        fields = set(request.query.get("tweet.fields", "id,text").split(","))
        allowed = {"max_results", "tweet.fields", "pagination_token"}
        if not 5 <= size <= 100 or not fields <= FIELDS or set(request.query) - allowed:
            raise XRefusal(400, "Invalid Request", "a parameter is not valid")
        begin = int(request.query.get("pagination_token", "p0")[1:])
        newest = [tweet for tweet in self.tweets[::-1] if tweet.owner == user]
        page = [_tweet_json(tweet, fields) for tweet in newest[begin : begin + size]]
        self.spent += READ_PRICE * len(page)
        meta: dict[str, Any] = {"result_count": len(page)}
        if begin + size < len(newest):
            meta["next_token"] = f"p{begin + size}"
        return 200, {"data": page, "meta": meta} if page else {"meta": meta}


def _refuse_by_fault(fault: str) -> None:
    refusals = {
        "500": XRefusal(500, "Internal Server Error", "Internal Server Error"),
        "503": XRefusal(503, "Service Unavailable", "Service Unavailable"),
        "401": XRefusal(401, "Unauthorized", "Unauthorized"),
        "suspended": XRefusal(403, "Forbidden", SUSPENDED),
        "read-only": XRefusal(403, "Forbidden", READ_ONLY),
        "no-credit": XRefusal(402, "CreditsDepleted", NO_CREDIT),
    }
    if fault in refusals:
        raise refusals[fault]


def _window(limit: int, remaining: int, reset: str) -> dict[str, str]:
    return {
        "x-rate-limit-limit": str(limit),
        "x-rate-limit-remaining": str(remaining),
        "x-rate-limit-reset": reset,
    }


def _tweet_json(tweet: Tweet, wanted: set[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": tweet.id,
        "text": tweet.text,
        "edit_history_tweet_ids": [tweet.id],
    }
    if "created_at" in wanted:
        at = datetime.fromtimestamp(tweet.at, tz=UTC).isoformat(timespec="milliseconds")
        fields["created_at"] = at.replace("+00:00", "Z")
    if tweet.reply_to and "referenced_tweets" in wanted:
        fields["referenced_tweets"] = [{"type": "replied_to", "id": tweet.reply_to}]
    return fields


def _displayed_text(text: str, urls: list[dict[str, Any]], *, pictured: bool) -> str:
    """Return a text as X shows it: escaped, with t.co links, the picture's link last."""
    displayed, end = "", 0
    utf16 = text.encode("utf-16-le")
    for number, url in enumerate(urls):
        begin, until = url["indices"]
        displayed += html.escape(
            utf16[2 * end : 2 * begin].decode("utf-16-le"), quote=False
        )
        displayed += f"https://t.co/link{number:06}"
        end = until
    displayed += html.escape(utf16[2 * end :].decode("utf-16-le"), quote=False)
    return re.sub(r"\s+$", "", displayed) + (
        " https://t.co/picture01" if pictured else ""
    )
