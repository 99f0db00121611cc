"""Tells a WebSub hub that the feeds have changed, after each post of an incident.

It carries no words: the hub reads the feed and hands it on. It is a channel like the
others, so that a ping is retried, paused and remembered as posts are; a policy rule
that lets everything out to it pings after every change of the record.
"""

from typing import Annotated, Literal

from pydantic import Field

from bot.clock import Clock
from bot.http.channel_client import ALL_RETRYABLE, ChannelClient, ErrorPolicy
from bot.http.public_only import Elsewhere, Resolver, addresses_of, guarded_client
from bot.model.delivery import Post, Receipt
from bot.model.draft import Links, Outlet

# No words are carried, so none is ever too long.
_LIMIT = 100_000
_HINTS = {
    400: "the hub does not know the feed: compare `topics` with the feeds' own link",
    404: "there is no hub at that address",
}


class WebSubConfig(Elsewhere):
    """A hub, and the feeds that name it as theirs."""

    kind: Literal["websub"] = "websub"
    topics: Annotated[
        tuple[Annotated[str, Field(pattern=r"^https?://[^\s#]+$")], ...],
        Field(strict=False, min_length=1),
    ]


class WebSubChannel:
    """Pings the hub once for each feed."""

    def __init__(
        self,
        name: str,
        config: WebSubConfig,
        clock: Clock,
        resolve: Resolver = addresses_of,
    ) -> None:
        """Keep what is needed; nothing is asked yet."""
        self.name = name
        self._config = config
        http = guarded_client(name, config, resolve)
        manners = ErrorPolicy(hints=_HINTS, later=ALL_RETRYABLE)
        self._hub = ChannelClient(name, http, (), clock, manners)

    def outlet(self) -> Outlet:
        """It takes any words, and carries none."""
        return Outlet(name=self.name, kind="websub", limit=_LIMIT, links=Links.NEVER)

    def token(self, post: Post) -> str:
        """The post's own key; a hub wants none."""
        return post.key

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Ping for every feed; after a failure all are pinged again, which is harmless.

        Raises:
            ChannelUnavailable, ChannelRefused, ChannelUnknown: see `ports.Channel.send`.
        """
        del picture
        for topic in self._config.topics:
            ping = {"hub.mode": "publish", "hub.url": topic}
            self._hub.accept(self._hub.ask("POST", self._config.url, data=ping))
        return Receipt(id=post.key)

    def find(self, post: Post) -> Receipt | None:
        """Always None: a hub that is pinged twice reads the feed twice, no more."""
        del post
        return None

    def remove(self, receipt: Receipt) -> None:
        """Nothing to do: a ping leaves nothing behind."""
        del receipt
