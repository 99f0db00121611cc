"""Every name in the registries is the name of an existing class or function.

The registries hold names because their modules are imported only when needed.
"""

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
from bot.channels.readers import ReadersChannel, ReadersConfig
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
class TypedChannel(Generic[S]):
    """A channel and its section; the type checker verifies that the two fit."""

    section: type[S]
    make: Callable[[str, S, Clock], Channel]


@dataclass(frozen=True)
class TypedSource(Generic[S]):
    """The parts of a source, with the types that the type checker expects of them."""

    config: type[S]
    build: Callable[[S, Clock, Clock], Source]
    brands: tuple[SourceBrand, ...]


EXPECTED_CHANNELS: dict[str, TypedChannel[Any]] = {
    "apprise": TypedChannel[AppriseConfig](AppriseConfig, AppriseChannel),
    "bluesky": TypedChannel[BlueskyConfig](BlueskyConfig, BlueskyChannel),
    "file": TypedChannel[FileConfig](FileConfig, FileChannel),
    "mail": TypedChannel[MailConfig](MailConfig, MailChannel),
    "mastodon": TypedChannel[MastodonConfig](MastodonConfig, MastodonChannel),
    "matrix": TypedChannel[MatrixConfig](MatrixConfig, MatrixChannel),
    "ntfy": TypedChannel[NtfyConfig](NtfyConfig, NtfyChannel),
    "readers": TypedChannel[ReadersConfig](ReadersConfig, ReadersChannel),
    "telegram": TypedChannel[TelegramConfig](TelegramConfig, TelegramChannel),
    "webhook": TypedChannel[WebhookConfig](WebhookConfig, WebhookChannel),
    "websub": TypedChannel[WebSubConfig](WebSubConfig, WebSubChannel),
    "x": TypedChannel[XConfig](XConfig, XChannel),
}
EXPECTED_SOURCES: dict[str, TypedSource[Any]] = {
    "ioda": TypedSource[source.IodaConfig](
        source.IodaConfig, source.build, brand.BRANDS
    ),
    "recording": TypedSource[recording.RecordingConfig](
        recording.RecordingConfig, recording.build, recorded.BRANDS
    ),
}


def test_registries_have_exactly_the_expected_kinds():
    assert set(CHANNELS) == set(EXPECTED_CHANNELS)
    assert set(SOURCES) == set(EXPECTED_SOURCES)


@pytest.mark.parametrize("kind", sorted(CHANNELS))
def test_registry_names_of_a_channel_resolve_to_its_classes(kind):
    assert CHANNELS[kind].section_class is EXPECTED_CHANNELS[kind].section
    assert CHANNELS[kind].constructor is EXPECTED_CHANNELS[kind].make


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_registry_names_of_a_source_resolve_to_its_parts(name):
    assert SOURCES[name].section_class is EXPECTED_SOURCES[name].config
    assert SOURCES[name].build_function is EXPECTED_SOURCES[name].build
    assert SOURCES[name].brands is EXPECTED_SOURCES[name].brands
