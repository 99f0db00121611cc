"""The registries name classes and functions that are imported late; every name is right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pytest

from bot.channels.apprise import AppriseChannel, AppriseConfig
from bot.channels.bluesky import BlueskyChannel, BlueskyConfig
from bot.channels.file import FileChannel, FileConfig
from bot.channels.mail import MailChannel, MailConfig
from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.channels.matrix import MatrixChannel, MatrixConfig
from bot.channels.ntfy import NtfyChannel, NtfyConfig
from bot.channels.registry import CHANNELS
from bot.channels.telegram import TelegramChannel, TelegramConfig
from bot.channels.webhook import WebhookChannel, WebhookConfig
from bot.channels.websub import WebSubChannel, WebSubConfig
from bot.channels.x import XChannel, XConfig
from bot.clock import Clock
from bot.model.signal import SourceBrand
from bot.ports import Channel, Source
from bot.settings import Section
from bot.sources.ioda import brand, source
from bot.sources.recording import brands as recorded
from bot.sources.recording import source as recording
from bot.sources.registry import SOURCES

S = TypeVar("S", bound=Section)


@dataclass(frozen=True)
class ChannelOf(Generic[S]):
    """A channel and its section, typed so that the type checker sees that they fit."""

    section: type[S]
    make: Callable[[str, S, Clock], Channel]


@dataclass(frozen=True)
class SourceOf(Generic[S]):
    """The parts of a source, typed so that the type checker sees that a `Source` is built."""

    config: type[S]
    build: Callable[[S, Clock, Clock], Source]
    brands: tuple[SourceBrand, ...]


CHANNELS_OF: dict[str, ChannelOf[Any]] = {
    "apprise": ChannelOf[AppriseConfig](AppriseConfig, AppriseChannel),
    "bluesky": ChannelOf[BlueskyConfig](BlueskyConfig, BlueskyChannel),
    "file": ChannelOf[FileConfig](FileConfig, FileChannel),
    "mail": ChannelOf[MailConfig](MailConfig, MailChannel),
    "mastodon": ChannelOf[MastodonConfig](MastodonConfig, MastodonChannel),
    "matrix": ChannelOf[MatrixConfig](MatrixConfig, MatrixChannel),
    "ntfy": ChannelOf[NtfyConfig](NtfyConfig, NtfyChannel),
    "telegram": ChannelOf[TelegramConfig](TelegramConfig, TelegramChannel),
    "webhook": ChannelOf[WebhookConfig](WebhookConfig, WebhookChannel),
    "websub": ChannelOf[WebSubConfig](WebSubConfig, WebSubChannel),
    "x": ChannelOf[XConfig](XConfig, XChannel),
}
SOURCES_OF: dict[str, SourceOf[Any]] = {
    "ioda": SourceOf[source.IodaConfig](source.IodaConfig, source.build, brand.BRANDS),
    "recording": SourceOf[recording.RecordingConfig](
        recording.RecordingConfig, recording.build, recorded.BRANDS
    ),
}


def test_the_registries_have_every_kind_and_no_other():
    assert set(CHANNELS) == set(CHANNELS_OF)
    assert set(SOURCES) == set(SOURCES_OF)


@pytest.mark.parametrize("kind", sorted(CHANNELS))
def test_a_channels_names_lead_to_its_classes(kind):
    assert CHANNELS[kind].section is CHANNELS_OF[kind].section
    assert CHANNELS[kind].make is CHANNELS_OF[kind].make


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_sources_names_lead_to_its_parts(name):
    assert SOURCES[name].config is SOURCES_OF[name].config
    assert SOURCES[name].build is SOURCES_OF[name].build
    assert SOURCES[name].brands is SOURCES_OF[name].brands
