"""Notifies a WebSub hub that the feeds have changed, once for each post on the channel.

A notification (a ping) carries no text: the hub fetches the feed and passes it on to the
subscribers of the feed.
The hub is a channel, so that pings are retried, paused and recorded in the same way as
posts. If a policy rule publishes every event on this channel, the hub is pinged after
every incident event.
"""

from typing import Annotated, Literal

from pydantic import Field

from bot.channels.shared.targets import digest_of
from bot.clock import Clock
from bot.http.channel_client import ALL_RETRYABLE, ChannelClient, ErrorPolicy
from bot.http.public_only import ExternalAddress, Resolver, addresses_of, public_client
from bot.model.delivery import Post, Receipt
from bot.model.draft import LinkPolicy, Outlet
from bot.settings import PageShown, matching, server_of

# A ping has no text. The limit is so high that no draft is shortened for this channel.
_LIMIT = 100_000
_HINTS = {
    400: "the hub does not know the feed: compare `topics` with the feeds' URLs",
    404: "there is no hub at that address",
}


class WebSubConfig(ExternalAddress):
    """A hub, and the URLs (`topics`) of the feeds that announce this hub."""

    kind: Literal["websub"] = "websub"
    topics: Annotated[
        tuple[
            Annotated[
                str,
                matching(r"https?://[^\s#]+", "write a URL that begins with https://"),
                PageShown,
            ],
            ...,
        ],
        Field(strict=False, min_length=1, repr=False),
    ]

    @property
    def target(self) -> str:
        """Where pings go: the hub's server, and a digest of its URL and the feeds."""
        digest = digest_of(self.url, *sorted(self.topics))
        return f"websub {server_of(self.url)} {digest}"


class WebSubChannel:
    """Pings the hub once for each feed."""

    def __init__(
        self,
        name: str,
        config: WebSubConfig,
        clock: Clock,
        resolve: Resolver = addresses_of,
    ) -> None:
        """Create the HTTP client; no request is sent yet."""
        self.name = name
        self.target = config.target
        self._config = config
        http = public_client(name, config, resolve)
        policy = ErrorPolicy(hints=_HINTS, retry_statuses=ALL_RETRYABLE)
        self._hub = ChannelClient(name, http, (config.hidden_part,), clock, policy)

    def outlet(self) -> Outlet:
        """Return an outlet that accepts any text, because no text is sent."""
        return Outlet(
            name=self.name, kind="websub", limit=_LIMIT, links=LinkPolicy.NEVER
        )

    def token(self, post: Post) -> str:
        """Return the post's key in place of a token, because the hub takes none."""
        return post.key

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Ping the hub for each feed; repeating the pings does no harm.

        Raises:
            ChannelUnavailable, ChannelRefused, ChannelUnknown: see `ports.Channel.send`.
        """
        del picture
        for topic in self._config.topics:
            ping = {"hub.mode": "publish", "hub.url": topic}
            self._hub.raise_for_status(
                self._hub.request("POST", self._config.url, data=ping)
            )
        return Receipt(id=post.key)

    def find(self, post: Post) -> Receipt | None:
        """Return None: a second ping only makes the hub fetch the feed again."""
        del post
        return None

    def remove(self, receipt: Receipt) -> None:
        """Do nothing: a ping publishes nothing that could be deleted."""
        del receipt
