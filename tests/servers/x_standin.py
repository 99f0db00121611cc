"""A stand-in for X on loopback, stricter than X where X is not documented.

X itself was never contacted: the answers are worded after its documentation.
"""

import html
import re
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from xdk.media.models import CreateMetadataRequest, UploadRequest
from xdk.posts.models import CreateRequest

from tests.servers.local import LocalServer, Question, Reply
from tests.servers.x_rules import Counter, Refusal, Signatures, read_body, read_image

USER = "1500000000000000001"
KEYS = {
    "consumer_key": "consumerkeyA1b2C3",
    "consumer_secret": "consumersecretD4e5F6",
    "access_token": "accesstokenG7h8I9",
    "access_token_secret": "accesstokensecretJ1k2L3",
}
WINDOW_S = 900
MEDIA_LIFE_S = 86_400
LIMITS = {
    "/2/tweets": 100,
    "/2/media/upload": 500,
    "/2/media/metadata": 500,
    "/2/users/me": 75,
    "timeline": 900,
}
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
GONE = "You attempted to reply to a Tweet that is deleted or not visible to you."
FIELDS = frozenset({"id", "text", "created_at", "referenced_tweets", "attachments"})
FAULTS = frozenset(
    {"answer-lost", "503", "503-after", "slow", "reset", "429", "401", "no-credit"}
)


@dataclass
class Tweet:
    """One post, as sent and as X shows it."""

    id: str
    sent: str
    text: str
    media: list[str]
    reply_to: str | None


@dataclass
class Media:
    """One uploaded image."""

    data: bytes
    at: float
    alt: str = ""


@dataclass
class XStandIn:
    """The state of the stand-in; `start` makes it listen.

    Attributes:
        signed_base: the address clients sign for; empty: the stand-in's own.
        faults: what goes wrong with the next requests: (kind, path).
        spent: what X would have charged, in dollars.
    """

    signed_base: str = "https://api.twitter.com"
    limits: dict[str, int] = field(default_factory=lambda: dict(LIMITS))
    tweets: list[Tweet] = field(default_factory=list)
    media: dict[str, Media] = field(default_factory=dict)
    faults: deque[tuple[str, str]] = field(default_factory=deque)
    asked: list[Question] = field(default_factory=list)
    spent: Decimal = Decimal(0)
    slow_s: float = 3.0
    base_url: str = ""

    def start(self) -> "XStandIn":
        """Listen on a free loopback port."""
        self._counter = Counter()
        self._signatures = Signatures(KEYS)
        self._windows: dict[str, tuple[float, int]] = {}
        self._lock = threading.Lock()
        self._server = LocalServer(self.answer)
        self.base_url = self._server.base_url
        return self

    def stop(self) -> None:
        """Stop listening and counting."""
        self._server.stop()
        self._counter.stop()

    def fail_next(self, kind: str, path: str = "/2/tweets") -> None:
        """Let the next request to `path` go wrong in the way `kind`."""
        assert kind in FAULTS
        self.faults.append((kind, path))

    def answer(self, asked: Question) -> Reply:
        """Judge one request, one at a time, and let its fault happen."""
        with self._lock:
            self.asked.append(asked)
            fault = self._take_fault(asked.path)
            limits: dict[str, str] = {}
            try:
                self._check_signature(asked)
                self._refuse_by_fault(fault)
                limits = self._count(asked, full=fault == "429")
                status, told = self._route(asked)
            except Refusal as refusal:
                limits = limits or self._full(refusal)
                return Reply(refusal.status, refusal.body, limits)
        return self._spoil(Reply(status, told, limits), fault)

    def _take_fault(self, path: str) -> str:
        """The fault meant for this request, if any; used up."""
        if self.faults and self.faults[0][1] == path:
            return self.faults.popleft()[0]
        return ""

    def _spoil(self, reply: Reply, fault: str) -> Reply:
        """What is done is done, but the answer may not come as it should."""
        spoilt = {
            "answer-lost": replace(reply, comes=0.0),
            "reset": replace(reply, comes=0.5),
            "slow": replace(reply, wait_s=self.slow_s),
            "503-after": Reply(503, {"title": "Service Unavailable", "status": 503}),
        }
        return spoilt.get(fault, reply)

    def _check_signature(self, asked: Question) -> None:
        url = (self.signed_base or self.base_url) + asked.path
        url += f"?{asked.raw_query}" if asked.raw_query else ""
        authorization = asked.headers.get("authorization", "")
        self._signatures.check(url, asked.method, authorization)

    def _refuse_by_fault(self, fault: str) -> None:
        if fault == "503":
            raise Refusal(503, "Service Unavailable", "Service Unavailable")
        if fault == "401":
            raise Refusal(401, "Unauthorized", "Unauthorized")
        if fault == "no-credit":
            detail = "Your account does not have any credits to fulfill this request."
            raise Refusal(402, "CreditsDepleted", detail)

    def _count(self, asked: Question, *, full: bool) -> dict[str, str]:
        """The three headers of this route's window. Raises Refusal: 429."""
        route = asked.path if asked.path in self.limits else "timeline"
        began, used = self._windows.get(route, (time.time(), 0))
        if time.time() - began >= WINDOW_S:
            began, used = time.time(), 0
        limit = self.limits[route]
        used = limit if full else used
        self._windows[route] = (began, used if full else used + 1)
        if used >= limit:
            self._last_reset = str(int(began + WINDOW_S))
            if full:
                del self._windows[route]
            raise Refusal(429, "Too Many Requests", "Too Many Requests")
        return _window(limit, limit - used - 1, str(int(began + WINDOW_S)))

    def _full(self, refusal: Refusal) -> dict[str, str]:
        return _window(100, 0, self._last_reset) if refusal.status == 429 else {}

    def _route(self, asked: Question) -> tuple[int, dict[str, Any]]:
        routes: dict[
            tuple[str, str], Callable[[Question], tuple[int, dict[str, Any]]]
        ] = {
            ("POST", "/2/tweets"): self._create,
            ("POST", "/2/media/upload"): self._upload,
            ("POST", "/2/media/metadata"): self._describe,
            ("GET", "/2/users/me"): self._me,
            ("GET", f"/2/users/{USER}/tweets"): self._timeline,
        }
        handler = routes.get((asked.method, asked.path))
        if handler is None:
            raise Refusal(404, "Not Found", "no such route")
        return handler(asked)

    def _create(self, asked: Question) -> tuple[int, dict[str, Any]]:
        wish = read_body(
            CreateRequest, asked.body, asked.headers.get("content-type", "")
        )
        text = wish.text or ""
        media = wish.media.media_ids if wish.media else []
        reply_to = wish.reply.in_reply_to_tweet_id if wish.reply else None
        counted = self._counter.count(text)
        self._check_post(text, media, reply_to, counted)
        made = Tweet(
            id=str(1_900_000_000_000_000_001 + len(self.tweets)),
            sent=text,
            text=_shown(text, counted["urls"], pictured=bool(media)),
            media=list(media),
            reply_to=reply_to,
        )
        self.tweets.append(made)
        self.spent += Decimal("0.200") if counted["urls"] else Decimal("0.015")
        return 201, {"data": _told(made, set())}

    def _check_post(
        self, text: str, media: list[str], reply_to: str | None, counted: dict[str, Any]
    ) -> None:
        if not counted["valid"]:
            detail = f"The text counts {counted['weightedLength']}, or is not valid."
            raise Refusal(400, "Invalid Request", detail)
        if len(media) > 4 or any(not self._usable(one) for one in media):
            raise Refusal(400, "Invalid Request", "Your media IDs are invalid.")
        if any(not self.media[one].alt for one in media):
            raise Refusal(400, "Invalid Request", "a picture without alt text")
        if reply_to and reply_to not in {tweet.id for tweet in self.tweets}:
            raise Refusal(403, "Forbidden", GONE)
        if text in {tweet.sent for tweet in self.tweets}:
            raise Refusal(403, "Forbidden", DUPLICATE)

    def _usable(self, media: str) -> bool:
        kept = self.media.get(media)
        return kept is not None and time.time() - kept.at < MEDIA_LIFE_S

    def _upload(self, asked: Question) -> tuple[int, dict[str, Any]]:
        wish = read_body(
            UploadRequest, asked.body, asked.headers.get("content-type", "")
        )
        if wish.media_category != "tweet_image":
            raise Refusal(400, "Invalid Request", "only images here")
        data, width, height = read_image(wish.media)
        made = str(1_800_000_000_000_000_001 + len(self.media))
        self.media[made] = Media(data, time.time())
        image = {"w": width, "h": height, "image_type": "image/png"}
        told = {"id": made, "media_key": f"3_{made}", "size": len(data), "image": image}
        return 200, {"data": {**told, "expires_after_secs": MEDIA_LIFE_S}}

    def _describe(self, asked: Question) -> tuple[int, dict[str, Any]]:
        wish = read_body(
            CreateMetadataRequest, asked.body, asked.headers.get("content-type", "")
        )
        alt = wish.metadata.alt_text if wish.metadata else None
        if not self._usable(wish.id) or alt is None or not 1 <= len(alt.text) <= 1000:
            raise Refusal(400, "Invalid Request", "unknown media, or alt text too long")
        self.media[wish.id].alt = alt.text
        self.spent += Decimal("0.005")
        return 200, {"data": {"id": wish.id}}

    def _me(self, asked: Question) -> tuple[int, dict[str, Any]]:
        return 200, {"data": {"id": USER, "name": "Wire", "username": "wire"}}

    def _timeline(self, asked: Question) -> tuple[int, dict[str, Any]]:
        size = int(asked.query.get("max_results", "10"))
        wanted = set(asked.query.get("tweet.fields", "id,text").split(","))
        known = {"max_results", "tweet.fields", "pagination_token"}
        if not 5 <= size <= 100 or not wanted <= FIELDS or set(asked.query) - known:
            raise Refusal(400, "Invalid Request", "a parameter is not valid")
        begin = int(asked.query.get("pagination_token", "p0")[1:])
        newest = self.tweets[::-1]
        page = [_told(tweet, wanted) for tweet in newest[begin : begin + size]]
        meta: dict[str, Any] = {"result_count": len(page)}
        if begin + size < len(newest):
            meta["next_token"] = f"p{begin + size}"
        return 200, {"data": page, "meta": meta} if page else {"meta": meta}


def _window(limit: int, remaining: int, reset: str) -> dict[str, str]:
    return {
        "x-rate-limit-limit": str(limit),
        "x-rate-limit-remaining": str(remaining),
        "x-rate-limit-reset": reset,
    }


def _told(tweet: Tweet, wanted: set[str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": tweet.id,
        "text": tweet.text,
        "edit_history_tweet_ids": [tweet.id],
    }
    if tweet.reply_to and "referenced_tweets" in wanted:
        told["referenced_tweets"] = [{"type": "replied_to", "id": tweet.reply_to}]
    return told


def _shown(text: str, urls: list[dict[str, Any]], *, pictured: bool) -> str:
    """As X shows a text: links as t.co, entities escaped, the picture's link last."""
    shown, end = "", 0
    utf16 = text.encode("utf-16-le")
    for number, url in enumerate(urls):
        begin, until = url["indices"]
        shown += html.escape(
            utf16[2 * end : 2 * begin].decode("utf-16-le"), quote=False
        )
        shown += f"https://t.co/link{number:06}"
        end = until
    shown += html.escape(utf16[2 * end :].decode("utf-16-le"), quote=False)
    return re.sub(r"\s+$", "", shown) + (" https://t.co/picture01" if pictured else "")
