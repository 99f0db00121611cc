"""Every kind of channel: its section of the configuration, and how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.channels.bluesky import BlueskyChannel, BlueskyConfig
from bot.channels.file import FileChannel, FileConfig
from bot.channels.mail import MailChannel, MailConfig
from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.channels.x import XChannel, XConfig
from bot.clock import Clock
from bot.ports import Channel
from bot.settings import Section

S = TypeVar("S", bound=Section)


@dataclass(frozen=True)
class Kind(Generic[S]):
    """A section, and the channel made from a name, such a section and a clock."""

    section: type[S]
    make: Callable[[str, S, Clock], Channel]


# Each line spells its section, so that the type checker proves the channel fits it.
CHANNELS: Mapping[str, Kind[Any]] = {
    "bluesky": Kind[BlueskyConfig](BlueskyConfig, BlueskyChannel),
    "file": Kind[FileConfig](FileConfig, FileChannel),
    "mail": Kind[MailConfig](MailConfig, MailChannel),
    "mastodon": Kind[MastodonConfig](MastodonConfig, MastodonChannel),
    "x": Kind[XConfig](XConfig, XChannel),
}
