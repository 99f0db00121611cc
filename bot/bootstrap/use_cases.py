"""The use cases of single commands, each with only the components that it needs."""

from collections.abc import Iterator
from dataclasses import replace

from bot.bootstrap.components import channels, renderer, renderer_of, targets
from bot.channels.registry import DEFAULT_OUTLETS
from bot.channels.shared.text_options import TextOptions
from bot.clock import SystemClock
from bot.config.sections import Config
from bot.editorial.attributions import AttributionEditor
from bot.editorial.manual_corrections import ManualCorrections
from bot.editorial.review import DraftReview
from bot.errors import BotError
from bot.model.draft import Outlet
from bot.places import load_register
from bot.ports import Store
from bot.publishing.channel_check import CheckStep, check_channel, make_test_post
from bot.rendering.messages import make_test_picture, make_test_text
from bot.rendering.renderer import TemplateRenderer
from bot.settings import Section
from bot.sources.registry import all_brands
from bot.store.pauses import open_pauses
from bot.store.sql_store import open_store
from bot.text.translations import environment, templates_root


def draft_review(config: Config) -> tuple[DraftReview, Store]:
    """Build what the `drafts` commands need: the review, and its store."""
    store = open_store(config.store.path, create=False)
    checker = renderer_of(config, load_register())
    return DraftReview(store, SystemClock(), checker, targets(config)), store


def preview_renderer(config: Config) -> tuple[TemplateRenderer, Store]:
    """Build what the `preview` command needs: the renderer and the store."""
    return renderer(config), open_store(config.store.path, create=False)


def preview_outlets(config: Config) -> tuple[Outlet, ...]:
    """Return an outlet for each configured channel that carries texts to the public.

    Each outlet has the usual limits of its channel's kind; no server is asked. If no
    channel or only files are configured, the result is one outlet of every kind.
    """
    configured = [
        section.apply_to(replace(DEFAULT_OUTLETS[kind], name=name))
        for name, section in sorted(config.channels.items())
        if isinstance(section, TextOptions)
        and (kind := _kind(section)) in DEFAULT_OUTLETS
    ]
    # A preview for files alone would not show what posts look like on other channels.
    only_files = all(outlet.kind == "file" for outlet in configured)
    return tuple(DEFAULT_OUTLETS.values()) if only_files else tuple(configured)


def _kind(section: Section) -> str:
    return str(getattr(section, "kind", ""))


def attribution_editor(config: Config) -> AttributionEditor:
    """Build the use case that records attributions, with the configured store."""
    return AttributionEditor(open_store(config.store.path, create=False), SystemClock())


def manual_corrections(config: Config) -> tuple[ManualCorrections, Store]:
    """Build what `incidents correct` and `retract` need: the use case and its store."""
    store = open_store(config.store.path, create=False)
    return ManualCorrections(store, SystemClock(), config.site.base_url), store


def channel_check(config: Config, name: str) -> Iterator[CheckStep]:
    """Send a test post to the channel `name`; yield each step when it is done.

    Raises:
        BotError: the channel is stopped.
        ChannelError: the channel's limits cannot be read from its server.
        RenderingError: the text of the test post is too long for the channel.
    """
    # A test post leaves this machine like any other, so a stop holds for it too (P16).
    store = config.store.path
    if store.is_file() and open_pauses(store).is_paused(name):
        raise BotError(
            f"{name} is stopped, so nothing is sent; `outagewire pause` shows who stopped"
            " it, and `outagewire resume` ends the stop"
        )
    clock = SystemClock()
    channel = channels(config, clock)[name]
    templates = environment(templates_root(), all_brands())
    outlet, now = channel.outlet(), clock.now()
    # `outlet` asks the server for its limits, which differ between servers, such as
    # those of Mastodon. The test post keeps to them.
    text = make_test_text(templates, outlet, now)
    picture, image = make_test_picture(templates, outlet.lang)
    post = make_test_post(outlet, text.body, text.length, picture, now)
    return check_channel(channel, post, image, clock)
