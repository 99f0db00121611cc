"""The registry of channel kinds: their configuration sections and classes.

The module of a channel is imported only when a configuration names its kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any, Final

from bot.model.draft import Counting, Outlet

if TYPE_CHECKING:
    from bot.clock import Clock
    from bot.ports import Channel
    from bot.settings import Section


@dataclass(frozen=True, slots=True)
class ChannelKind:
    """A kind of channel: its classes, and whom it may send to.

    Attributes:
        section_path: where the class of the channel's configuration section is, as
            "module:attribute".
        channel_path: where the class of the channel is, as "module:attribute".
        public: whether such a channel may carry posts to the public.
        internal: whether such a channel may carry messages to editors and operators.
    """

    section_path: str
    channel_path: str
    public: bool = True
    internal: bool = False

    @property
    def section_class(self) -> "type[Section]":
        """The class of the channel's configuration section."""
        section: type[Section] = resolve_name(self.section_path)
        return section

    @property
    def constructor(self) -> "Callable[[str, Any, Clock], Channel]":
        """The constructor, which takes the channel's name, its section and a clock."""
        make: Callable[[str, Any, Clock], Channel] = resolve_name(self.channel_path)
        return make


CHANNELS: Final[Mapping[str, ChannelKind]] = {
    "apprise": ChannelKind(
        "bot.channels.apprise:AppriseConfig",
        "bot.channels.apprise:AppriseChannel",
        public=False,
        internal=True,
    ),
    "bluesky": ChannelKind(
        "bot.channels.bluesky:BlueskyConfig", "bot.channels.bluesky:BlueskyChannel"
    ),
    "file": ChannelKind(
        "bot.channels.file:FileConfig", "bot.channels.file:FileChannel"
    ),
    "mail": ChannelKind(
        "bot.channels.mail:MailConfig", "bot.channels.mail:MailChannel", internal=True
    ),
    "mastodon": ChannelKind(
        "bot.channels.mastodon:MastodonConfig", "bot.channels.mastodon:MastodonChannel"
    ),
    "matrix": ChannelKind(
        "bot.channels.matrix:MatrixConfig", "bot.channels.matrix:MatrixChannel"
    ),
    "ntfy": ChannelKind(
        "bot.channels.ntfy:NtfyConfig",
        "bot.channels.ntfy:NtfyChannel",
        public=False,
        internal=True,
    ),
    "readers": ChannelKind(
        "bot.channels.readers:ReadersConfig", "bot.channels.readers:ReadersChannel"
    ),
    "telegram": ChannelKind(
        "bot.channels.telegram:TelegramConfig", "bot.channels.telegram:TelegramChannel"
    ),
    "webhook": ChannelKind(
        "bot.channels.webhook:WebhookConfig", "bot.channels.webhook:WebhookChannel"
    ),
    "websub": ChannelKind(
        "bot.channels.websub:WebSubConfig", "bot.channels.websub:WebSubChannel"
    ),
    "x": ChannelKind("bot.channels.x:XConfig", "bot.channels.x:XChannel"),
}


# The usual outlet of each kind. Previews use these outlets, because a preview connects
# to no server. Kinds that send no text to the public are left out. A contract test
# compares each outlet with the outlet that a channel of this kind returns.
DEFAULT_OUTLETS: Mapping[str, Outlet] = {
    outlet.name: outlet
    for outlet in (
        Outlet("x", "x", limit=280, counting=Counting.WEIGHTED),
        Outlet("mastodon", "mastodon", limit=500, alt_limit=1500),
        Outlet(
            "bluesky",
            "bluesky",
            limit=300,
            counting=Counting.GRAPHEMES_OR_BYTES,
            url_length=None,
            alt_limit=2000,
        ),
        Outlet(
            "telegram",
            "telegram",
            limit=1024,
            counting=Counting.UTF16,
            url_length=None,
        ),
        Outlet("matrix", "matrix", limit=4000, url_length=None, alt_limit=1500),
        Outlet("mail", "mail", limit=100_000, url_length=None),
        Outlet("readers", "mail", limit=100_000, url_length=None),
        Outlet("webhook", "webhook", limit=100_000, url_length=None),
        Outlet("file", "file", limit=280, counting=Counting.WEIGHTED),
    )
}
