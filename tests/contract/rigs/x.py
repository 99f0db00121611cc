"""The rig of the x channel, with a minimal X server in memory."""

import html
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.channels.x import XChannel, XConfig
from bot.clock import StillClock
from tests.contract.rigs.rig import AT, PNG, Rig, VisiblePost, scripted
from tests.servers.local import LocalServer, ReceivedRequest, Reply

X_KEYS = {
    "consumer_key": "xconsumerkeyA1",
    "consumer_secret": "xconsumersecretB2",
    "access_token": "xaccesstokenC3",
    "access_token_secret": "xaccesssecretD4",
}


class XMemory:
    """A minimal X server: posts, media, and the account's own timeline."""

    def __init__(self) -> None:
        self.tweets: list[dict[str, Any]] = []
        self.media: dict[str, list[Any]] = {}
        self._gone: set[str] = set()

    def answer(self, request: ReceivedRequest) -> Reply:
        """Answer a request, without checking its signature."""
        body = json.loads(request.body or b"{}")
        if request.method == "DELETE":
            self._gone.add(request.path.rpartition("/")[2])
            return Reply(200, {"data": {"deleted": True}})
        if request.method == "POST":
            return self._keep(request.path, body)
        if request.path == "/2/users/me":
            return Reply(200, {"data": {"id": "7"}})
        return Reply(200, {"data": self._timeline()})

    def _keep(self, path: str, body: dict[str, Any]) -> Reply:
        if path == "/2/media/upload":
            self.media[str(len(self.media) + 1)] = [body["media"], None]
            return Reply(200, {"data": {"id": str(len(self.media))}})
        if path == "/2/media/metadata":
            self.media[body["id"]][1] = body["metadata"]["alt_text"]["text"]
            return Reply(200, {"data": {"id": body["id"]}})
        self.tweets.append(body)
        return Reply(201, {"data": {"id": str(len(self.tweets)), "text": "..."}})

    def _timeline(self) -> list[dict[str, Any]]:
        newest_first: list[dict[str, Any]] = []
        for number, tweet in self._not_deleted():
            entry: dict[str, Any] = {
                "id": str(number),
                "text": html.escape(tweet["text"], quote=False),
            }
            if "media" in tweet:
                entry["text"] += " https://t.co/abc"
            if reply := tweet.get("reply"):
                parent = {"type": "replied_to", "id": reply["in_reply_to_tweet_id"]}
                entry["referenced_tweets"] = [parent]
            newest_first.insert(0, entry)
        return newest_first

    def _not_deleted(self) -> list[tuple[int, dict[str, Any]]]:
        numbered = enumerate(self.tweets, 1)
        return [(n, tweet) for n, tweet in numbered if str(n) not in self._gone]

    def visible_posts(self) -> list[VisiblePost]:
        """Return the posts as a reader sees them."""
        posts = []
        for _, tweet in self._not_deleted():
            media = tweet.get("media", {}).get("media_ids", [None])[0]
            data, alt = self.media.get(media, [None, None])
            image = PNG if data else None
            reply_to = tweet.get("reply", {}).get("in_reply_to_tweet_id")
            posts.append(VisiblePost(tweet["text"], alt, image, reply_to))
        return posts


def x_rig(folder: Path) -> Iterator[Rig]:
    """Yield the x channel with an X server in memory."""
    memory, clock = XMemory(), StillClock(AT)
    server = LocalServer(memory.answer)
    keys = {name: SecretStr(value) for name, value in X_KEYS.items()}
    connection = {"api_base": server.base_url, "timeout": timedelta(seconds=2)}
    config = XConfig.model_validate(keys | connection)
    channel = XChannel("one", config, clock)
    rig = Rig(channel, config, clock, memory.visible_posts, tuple(X_KEYS.values()))
    rig.post_path, rig.media_path = "/2/tweets", "/2/media/upload"
    rig.read_back_paths, rig.address_key = ("/2/users/7/tweets",), "api_base"
    rig.list_answer = lambda posts: {"data": posts, "meta": []}
    rig.list_entry = lambda sent, text: {"id": sent.id, "text": text}
    detail = "You attempted to reply to a Tweet that is deleted or not visible to you."
    rig.deleted_parent_reply = Reply(403, {"detail": detail})
    server.answer = scripted(rig, memory.answer)
    yield rig
    server.stop()
