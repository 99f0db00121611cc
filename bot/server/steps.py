"""New steps of incidents as server-sent events.

Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.types import Receive, Scope, Send

from bot.server.clients import Place, Places
from bot.site.feeds.items import FeedItem, is_item

_ID = re.compile(r"([0-9a-f]{1,20})-([0-9]{1,12})")
_RETRY_MS = 5000
"""How long a client waits before it connects again."""
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""The last one keeps nginx from holding events back."""


@dataclass(frozen=True, slots=True)
class PublishedStep:
    """The newest step of an incident, as the feed has it."""

    number: int
    item: FeedItem

    @property
    def version(self) -> tuple[str, list[str]]:
        """What differs between two steps of an incident: the time, and the tags."""
        return self.item["date_modified"], self.item["tags"]


@dataclass(frozen=True, slots=True)
class StreamLimits:
    """Limits of the streams.

    Attributes:
        clients: the most streams at the same time; further ones are told to come again.
        per_client: the most of them from one network of clients; see `Places`.
        poll_s: how often the feed's file is looked at.
        heartbeat_s: after how long without an event a comment is sent, which shows
            proxies and clients that the connection lives.
    """

    clients: int = 100
    per_client: int = 10
    poll_s: float = 0.5
    heartbeat_s: float = 15.0


class StepStream:
    """An ASGI application: the new steps of the feed `all`, as server-sent events.

    Only what the feed has at the moment is sent, so an incident that was removed from it
    is not sent again (P12). A client that connects again with `Last-Event-ID` gets what
    came since. If the id is not known, for example because the server was started again,
    the client gets all steps of the feed: it may know some of them, but misses none.
    """

    def __init__(self, feed: Path, limits: StreamLimits) -> None:
        """Watch the JSON feed in the file `feed`, which may be missing at first."""
        self._feed = feed
        self._limits = limits
        self._run = f"{time.time_ns():x}"
        self._steps: dict[str, PublishedStep] = {}
        self._number = 0
        self._file: tuple[int, int] | None = None
        self._changed = asyncio.Event()
        self._places = Places(limits.clients, limits.per_client)
        self._is_closing = False

    @property
    def clients(self) -> int:
        """How many clients are connected."""
        return len(self._places)

    def close(self) -> None:
        """End all streams soon; this may be called from any thread."""
        self._is_closing = True

    async def read(self) -> None:
        """Read the feed if it changed, and wake the streams for new steps."""
        if await run_in_threadpool(self._read):
            self._wake()

    async def watch(self) -> None:
        """Look at the feed until the streams are closed."""
        while not self._is_closing:
            await self.read()
            await asyncio.sleep(self._limits.poll_s)
        self._wake()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request with a stream that ends when the client or the server ends."""
        if scope["method"] not in {"GET", "HEAD"}:
            refusal = PlainTextResponse("Method Not Allowed", 405, {"Allow": "GET"})
            await refusal(scope, receive, send)
            return
        place = self._places.take(scope["client"][0] if scope.get("client") else "")
        if place is None:
            busy = PlainTextResponse("Too many clients", 503, {"Retry-After": "60"})
            await busy(scope, receive, send)
            return
        # A stream whose place was taken away must notice it.
        self._wake()
        try:
            await self._answer(place, scope, receive, send)
        finally:
            self._places.leave(place)

    async def _answer(
        self, place: Place, scope: Scope, receive: Receive, send: Send
    ) -> None:
        last = Headers(scope=scope).get("last-event-id")
        events = self._events(self._after(last), place)
        if scope["method"] == "HEAD":
            events = _nothing()
        answer = StreamingResponse(
            events, headers=_HEADERS, media_type="text/event-stream"
        )
        await answer(scope, receive, send)

    async def _events(self, after: int, place: Place) -> AsyncIterator[str]:
        """Yield the steps after the number `after`, and then each new one."""
        yield f"retry: {_RETRY_MS}\n\n"
        while not self._is_closing and not place.is_taken_away:
            changed = self._changed
            steps = sorted(self._steps.values(), key=lambda step: step.number)
            for step in (s for s in steps if s.number > after):
                after = step.number
                # A step may be removed while earlier ones are sent to a slow client.
                if step in self._steps.values():
                    yield self._event(step)
            if changed is not self._changed:
                continue
            try:
                await asyncio.wait_for(changed.wait(), self._limits.heartbeat_s)
            except TimeoutError:
                yield ": no new step\n\n"

    def _event(self, step: PublishedStep) -> str:
        item = step.item
        data = {
            "incident": item["_outagewire"]["incident"],
            "url": item["url"],
            "title": item["title"],
            "text": item["content_text"],
            "tags": item["tags"],
            "published": item["date_published"],
            "updated": item["date_modified"],
            "credits": item["_outagewire"]["credits"],
        }
        # JSON has no line breaks of its own, so the event has exactly these lines.
        text = json.dumps(data, sort_keys=True)
        return f"id: {self._run}-{step.number}\nevent: step\ndata: {text}\n\n"

    def _after(self, last: str | None) -> int:
        """Return the number of the step after which a client wants to continue."""
        if last is None:
            return self._number
        match = _ID.fullmatch(last)
        is_ours = match is not None and match[1] == self._run
        return int(match[2]) if match is not None and is_ours else 0

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def _read(self) -> bool:
        """Read the feed if its file changed; return whether there are new steps."""
        try:
            status = self._feed.stat()
            file = status.st_mtime_ns, status.st_ino
            if file == self._file:
                return False
            items = _items(json.loads(self._feed.read_bytes()))
        # Deeply nested content raises RecursionError.
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return False
        self._file = file
        return self._note(items)

    def _note(self, items: list[FeedItem]) -> bool:
        before, number = self._steps, self._number
        steps = {}
        # The feed has the newest item first, and steps are numbered in their order.
        for item in reversed(items):
            incident = item["_outagewire"]["incident"]
            step = PublishedStep(number + 1, item)
            if incident in before and before[incident].version == step.version:
                step = PublishedStep(before[incident].number, item)
            else:
                number += 1
            steps[incident] = step
        self._steps, has_new = steps, number > self._number
        self._number = number
        return has_new


def _items(feed: Any) -> list[FeedItem]:  # noqa: ANN401 - parsed JSON
    return [item for item in feed["items"] if is_item(item)]


async def _nothing() -> AsyncIterator[str]:
    """Yield no text: a request for the headers alone has no events."""
    yield ""
