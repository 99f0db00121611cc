"""What the `site` commands need, built from a configuration."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.bootstrap.application import stored_place_pages
from bot.bootstrap.components import (
    program_settings,
    renderer,
    renderer_of,
    rules_of,
    sources,
)
from bot.bootstrap.stores import open_configured_store
from bot.clock import SystemClock
from bot.config.sections import Config
from bot.errors import BotError
from bot.model.draft import SITE
from bot.model.interval import Interval
from bot.places import Register, load_register
from bot.ports import Source, Store
from bot.rendering.page_parts import SitePageParts
from bot.rendering.place_pages import PlacePagesFolder
from bot.rendering.renderer import TemplateRenderer
from bot.site.page_files import drill_in
from bot.site.site_origin import claim_site, is_replayed_site
from bot.store.files.origin import is_replayed
from bot.store.files.run_lock import only_run
from bot.store.pauses import open_pauses
from bot.tick.building.page_processes import PageFiles
from bot.tick.building.progress import unfinished_build
from bot.tick.building.site_builder import SiteBuilder


@contextmanager
def site_builder(config: Config, to: Path | None) -> Iterator[SiteBuilder]:
    """Yield the builder of the configured site, or of a copy of it in the folder `to`.

    Raises:
        BotError: `to` is in the folder of the pages for the operator alone, or has files
            that are no site; or one of store and site is that of a replay.
        StoreError: the store cannot be opened; or `outagewire run` uses it, and `to` is
            None or the folder of the configured site.
    """
    root = (to or config.site.out).absolute()
    if root.resolve().is_relative_to(config.site.unpublished_folder.resolve()):
        raise BotError(
            f"{root} is the folder of the pages for you alone; choose another with --to"
        )
    # Two programs that write the same lists would lose lines of each other.
    is_shared = root.resolve() != config.site.out.resolve()
    if is_shared and _has_other_files(config, root):
        raise BotError(
            f"{root} has files that are no site, and the build would replace and remove"
            " some of them; choose an empty folder with --to"
        )
    now = SystemClock().now()
    lock = nullcontext() if is_shared else only_run(config.store.path, now)
    with lock, open_configured_store(config) as store:
        claim_site(root, replayed=is_replayed(config.store.path))
        yield builder_of(config, store, root, now)


def builder_of(config: Config, store: Store, root: Path, now: datetime) -> SiteBuilder:
    """Return the builder of the configured site in the folder `root`.

    Args:
        config: the configuration.
        store: has the incidents, and the readings that the pages of places show.
        root: the folder of the site.
        now: aware, UTC.

    Raises:
        StoreError: the store cannot be read.
        RecordingError: a recording that is configured as a source cannot be read.
    """
    rules, register = rules_of(config), load_register()
    configured = _watched_sources(config)
    writer = _writer_of(config, root, register, configured)
    places = stored_place_pages(
        configured,
        register,
        store,
        rules,
        PlacePagesFolder(writer),
        Interval(now - config.loop.history, now),
    )
    open_files = partial(_page_files, config, root)
    parts = SitePageParts(writer)
    return SiteBuilder(store, writer, parts, root, places, open_files)


@contextmanager
def _page_files(config: Config, root: Path) -> Iterator[PageFiles]:
    """Open the store and the site in a process that writes pages."""
    writer = _writer_of(config, root, load_register(), _watched_sources(config))
    with open_configured_store(config) as store:
        yield PageFiles(store, SitePageParts(writer))


def _watched_sources(config: Config) -> tuple[Source, ...]:
    """Return the sources; they only say what is watched, and a build asks none of them."""
    clock = SystemClock()
    return sources(config, clock, clock)


def _writer_of(
    config: Config, root: Path, register: Register, configured: tuple[Source, ...]
) -> TemplateRenderer:
    """Return the renderer of the configured site in the folder `root`."""
    policy = config.policy.policy()
    program = program_settings(config, rules_of(config), policy, configured)
    return replace(renderer_of(config, register), site=root, program=program)


def _has_other_files(config: Config, root: Path) -> bool:
    """Return whether a folder has files, and neither a site nor an unfinished one."""
    if not root.is_dir() or not any(root.iterdir()):
        return False
    is_site = replace(renderer(config), site=root).site_exists()
    return not is_site and not unfinished_build(root).is_file()


def publishable_site(config: Config) -> Path:
    """Return the folder of the configured site.

    Raises:
        BotError: the site is that of a replay or a drill (P16), or it is not complete.
            Publishing it would remove the pages that it lacks.
    """
    root = config.site.out.absolute()
    if is_replayed_site(root) or config.clock.follow is not None:
        raise BotError(
            f"{root} has the site of a replay or a drill, which cannot leave this machine"
        )
    unfinished = unfinished_build(root).is_file()
    if unfinished or not renderer(config).site_exists():
        raise BotError(f"{root}: the site is not complete; run `outagewire site build`")
    if drill := drill_in(root):
        raise BotError(f"{root}: {drill} is a drill, which cannot leave this machine")
    return root


def stop_if_paused(config: Config) -> None:
    """Raise an error if nothing may leave this machine.

    Raises:
        BotError: everything is stopped with `outagewire pause` (P16).
    """
    store = config.store.path
    if store.is_file() and open_pauses(store).is_paused(SITE):
        raise BotError(
            "everything is stopped, so nothing is published; `outagewire pause` shows who"
            " stopped it, and `outagewire resume` ends the stop"
        )
