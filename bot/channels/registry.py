"""Every kind of channel: its section of the configuration, and how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.channels.apprise import AppriseChannel, AppriseConfig
from bot.channels.bluesky import BlueskyChannel, BlueskyConfig
from bot.channels.file import FileChannel, FileConfig
from bot.channels.mail import MailChannel, MailConfig
from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.channels.matrix import MatrixChannel, MatrixConfig
from bot.channels.ntfy import NtfyChannel, NtfyConfig
from bot.channels.telegram import TelegramChannel, TelegramConfig
from bot.channels.webhook import WebhookChannel, WebhookConfig
from bot.channels.websub import WebSubChannel, WebSubConfig
from bot.channels.x import XChannel, XConfig
from bot.clock import Clock
from bot.model.draft import Counting, Outlet
from bot.ports import Channel
from bot.settings import Section

S = TypeVar("S", bound=Section)


@dataclass(frozen=True)
class ChannelKind(Generic[S]):
    """A section, and the channel made from a name, such a section and a clock.

    Attributes:
        public: whether the public may be told through it.
        inside: whether editors and operators may.
    """

    section: type[S]
    make: Callable[[str, S, Clock], Channel]
    public: bool = True
    inside: bool = False


# Each line spells its section, so that the type checker proves the channel fits it.
CHANNELS: Mapping[str, ChannelKind[Any]] = {
    "apprise": ChannelKind[AppriseConfig](
        AppriseConfig, AppriseChannel, public=False, inside=True
    ),
    "bluesky": ChannelKind[BlueskyConfig](BlueskyConfig, BlueskyChannel),
    "file": ChannelKind[FileConfig](FileConfig, FileChannel),
    "mail": ChannelKind[MailConfig](MailConfig, MailChannel, inside=True),
    "mastodon": ChannelKind[MastodonConfig](MastodonConfig, MastodonChannel),
    "matrix": ChannelKind[MatrixConfig](MatrixConfig, MatrixChannel),
    "ntfy": ChannelKind[NtfyConfig](NtfyConfig, NtfyChannel, public=False, inside=True),
    "telegram": ChannelKind[TelegramConfig](TelegramConfig, TelegramChannel),
    "webhook": ChannelKind[WebhookConfig](WebhookConfig, WebhookChannel),
    "websub": ChannelKind[WebSubConfig](WebSubConfig, WebSubChannel),
    "x": ChannelKind[XConfig](XConfig, XChannel),
}


# Only kinds whose posts are written for readers; tests hold them to the channels' own.
DEFAULT_OUTLETS: Mapping[str, Outlet] = {
    outlet.kind: outlet
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
        Outlet("webhook", "webhook", limit=100_000, url_length=None),
        Outlet("file", "file", limit=280, counting=Counting.WEIGHTED),
    )
}
