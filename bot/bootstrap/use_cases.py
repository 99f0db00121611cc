"""What the commands of people work with: a store, a clock, and little else."""

from collections.abc import Iterator
from dataclasses import replace

from bot.bootstrap.components import channels, renderer, renderer_of
from bot.channels.registry import USUAL
from bot.channels.text_options import Voice
from bot.clock import SystemClock
from bot.config.sections import Config
from bot.editorial.attributions import Attributing
from bot.editorial.manual_corrections import Bench
from bot.editorial.review import Review
from bot.model.draft import Outlet
from bot.places import load_register
from bot.ports import Store
from bot.publishing.channel_check import Step, rehearsal_post, rehearse
from bot.rendering.messages import rehearsal_picture, rehearsal_words
from bot.rendering.renderer import TemplateRenderer
from bot.settings import Section
from bot.store.sql_store import open_store
from bot.text.translations import environment, templates_root


def reviewing(config: Config) -> tuple[Review, Store]:
    """What the `drafts` commands work with: the store, and who checks words."""
    store = open_store(config.store.path)
    checker = renderer_of(config, load_register())
    return Review(store, SystemClock(), checker), store


def previewing(config: Config) -> tuple[TemplateRenderer, Store]:
    """What the `preview` command works with: who writes, and the store."""
    return renderer(config), open_store(config.store.path)


def outlets(config: Config) -> tuple[Outlet, ...]:
    """The configured channels by their usual limits; where all are files, every kind.

    No server is asked, and no secret is read.
    """
    told = [
        section.spoken(replace(USUAL[kind], name=name))
        for name, section in sorted(config.channels.items())
        if isinstance(section, Voice) and (kind := _kind(section)) in USUAL
    ]
    only_files = all(outlet.kind == "file" for outlet in told)
    return tuple(USUAL.values()) if only_files else tuple(told)


def _kind(section: Section) -> str:
    return str(getattr(section, "kind", ""))


def attributing(config: Config) -> Attributing:
    """What the `causes` commands work with: the store alone."""
    return Attributing(open_store(config.store.path), SystemClock())


def ruling(config: Config) -> tuple[Bench, Store]:
    """What the `incidents` commands work with: the store alone."""
    store = open_store(config.store.path)
    return Bench(store, SystemClock()), store


def rehearsing(config: Config, name: str) -> Iterator[Step]:
    """A test post on one channel, step by step. Raises as the channel does."""
    clock = SystemClock()
    channel = channels(config, clock)[name]
    templates = environment(templates_root())
    outlet, now = channel.outlet(), clock.now()
    words = rehearsal_words(templates, outlet, now)
    picture, image = rehearsal_picture(templates, outlet.lang)
    post = rehearsal_post(outlet, words.body, words.length, picture, now)
    return rehearse(channel, post, image, clock)
