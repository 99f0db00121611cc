"""Builds what readers who subscribe themselves need, from the configuration."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.bootstrap.page_languages import other_page_languages
from bot.channels.readers import ReadersChannel, ReadersConfig
from bot.clock import Clock
from bot.config.sections import Config
from bot.errors import BotError, StoreError
from bot.model.operations import AlertKind, OperatorAlert
from bot.places import Register, load_register
from bot.publishing.pausing import require_name_and_reason
from bot.site.languages.messages import SITE_LANG
from bot.sources.registry import all_brands
from bot.store.file_memories import StoredFileMemory
from bot.store.files.origin import is_reconstructed
from bot.store.incidents.retractions import is_retracted
from bot.store.pauses import open_pauses
from bot.subscriptions.config import SubscriptionsSection
from bot.subscriptions.database import SubscriptionFile
from bot.subscriptions.file_check import (
    Departure,
    FileCheck,
    KnownFile,
)
from bot.subscriptions.letters import ReaderTexts
from bot.subscriptions.limits import RequestCounter
from bot.subscriptions.mailing import ReaderMailing
from bot.subscriptions.messages import MessageStore
from bot.subscriptions.readers import ReaderStore
from bot.subscriptions.service import SubscriptionParts, SubscriptionService
from bot.subscriptions.tokens import SubscriptionKeys
from bot.text.translations import environment, templates_root

if TYPE_CHECKING:
    from starlette.routing import Route


def readers_channel(
    config: Config, name: str, section: ReadersConfig, clock: Clock
) -> ReadersChannel:
    """Build the channel `name`, which sends to the readers of its language.

    Raises:
        StoreError: the file of the subscriptions cannot be used.
    """
    settings = config.subscriptions
    if settings is None:
        return ReadersChannel(name, section, clock)
    check = _open_file(config, settings)
    mailing = ReaderMailing(
        MessageStore(check.file),
        _keys(settings),
        _texts(load_register()),
        config.site.base_url,
        partial(_is_paused, config),
        partial(is_retracted, config.store.path),
        check,
    )
    return ReadersChannel(name, section, clock, mailing)


def reader_store(config: Config) -> ReaderStore:
    """Open the readers of a configuration.

    Raises:
        BotError: no subscriptions are configured.
        StoreError: the file of the subscriptions cannot be used.
    """
    settings = _require_subscriptions(config)
    return _reader_store(_open_file(config, settings), settings)


def subscription_service(config: Config, clock: Clock) -> SubscriptionService:
    """Build what the pages for readers do.

    Raises:
        BotError: no subscriptions are configured.
        StoreError: the file of the subscriptions cannot be used.
    """
    settings = _require_subscriptions(config)
    check, keys = _open_file(config, settings), _keys(settings)
    parts = SubscriptionParts(
        _reader_store(check, settings),
        RequestCounter(check.file, keys, settings.limits()),
        keys,
        _texts(load_register()),
        {
            section.lang: readers_channel(config, name, section, clock)
            for name, section in config.channels.items()
            if isinstance(section, ReadersConfig)
        },
        config.site.base_url,
        clock,
    )
    return SubscriptionService(parts)


@dataclass(frozen=True, slots=True)
class ReaderPages:
    """The pages for readers, for the server that shows the site.

    Attributes:
        routes: the routes of the pages.
        upkeep: sends letters that wait, and erases addresses that were not confirmed in
            time; to be called at the start and about once an hour. May raise StoreError.
    """

    routes: "list[Route]"
    upkeep: Callable[[], None]


def pages_for_readers(config: Config, clock: Clock) -> ReaderPages | None:
    """Build the pages for readers; None without subscriptions.

    Raises:
        StoreError: the file of the subscriptions cannot be used.
    """
    if config.subscriptions is None:
        return None
    from bot.subscriptions.form_page import FormPage
    from bot.subscriptions.web import subscription_routes

    service, site = subscription_service(config, clock), config.site
    templates = service.texts.templates
    published = (SITE_LANG, *other_page_languages(config, templates))
    of_letters = {service.texts.code(lang) for lang in service.languages}
    pages = FormPage(
        service.texts,
        site.out,
        site.contact,
        site.scorecard or "",
        site.base_url,
        published,
        (*published, *sorted(of_letters - {*published})),
        partial(_shows_reconstruction, config),
    )
    return ReaderPages(subscription_routes(service, pages), service.send_letters)


def _shows_reconstruction(config: Config) -> bool:
    try:
        return is_reconstructed(config.store.path)
    except StoreError:
        # Readers must be able to leave also while the store fails, and these pages state
        # nothing of an event.
        return False


def _require_subscriptions(config: Config) -> SubscriptionsSection:
    if config.subscriptions is None:
        raise BotError(
            "no subscriptions are configured; add the section [subscriptions], as"
            " config.example.toml shows"
        )
    return config.subscriptions


@dataclass
class ReaderFileAlerts:
    """Looks at each tick whether the readers' file is the one that is known (P19)."""

    check: FileCheck
    clock: Clock
    _since: datetime | None = None

    def __call__(self) -> tuple[OperatorAlert, ...]:
        """Return an alert if the file was lost, replaced or restored."""
        try:
            self.check.require_known()
        except StoreError as error:
            self._since = self._since or self.clock.now()
            kind = AlertKind.READERS
            return (OperatorAlert(kind, "", self._since, str(error)),)
        self._since = None
        return ()


def reader_file_alerts(config: Config, clock: Clock) -> ReaderFileAlerts | None:
    """Build the look at the readers' file; None without subscriptions."""
    if config.subscriptions is None:
        return None
    return ReaderFileAlerts(_open_file(config, config.subscriptions), clock)


@dataclass(frozen=True, slots=True)
class AcceptedFile:
    """What was found in a file that a person accepted.

    Attributes:
        before, now: how many readers were known, and how many the file has.
        departed: how many readers of the file had left since, and were erased again.
    """

    before: int
    now: int
    departed: int


def accept_reader_file(
    config: Config, now: datetime, person: str, reason: str
) -> AcceptedFile:
    """Go on with the file that is there, or with a new one if it is missing.

    Readers who left since the copy was made are erased again.

    Raises:
        BotError: no subscriptions are configured, there is no store yet, or the name or the
            reason is missing.
        StoreError: the file or the store cannot be used.
    """
    by, why = require_name_and_reason(person, reason)
    settings = _require_subscriptions(config)
    check = _open_file(config, settings)
    if not config.store.path.is_file():
        raise BotError("there is no store yet, so every file of readers is accepted")
    record = check.memory.read()
    check.file.create()
    readers = ReaderStore(check.file, _keys(settings))
    departed = check.departures_of([reader.id for reader in readers.all()])
    for reader, never_again in departed:
        readers.erase(reader, now, never_again=never_again)
    state = check.file.state()
    check.memory.write(KnownFile(state, now, f"{by}: {why}"))
    before = record.state.readers if record else 0
    return AcceptedFile(before, state.readers, len(departed))


def _open_file(config: Config, settings: SubscriptionsSection) -> FileCheck:
    """Open the readers' file; a file that was lost is not made anew."""
    path = settings.path
    check = FileCheck(SubscriptionFile(path), path, StoredFileMemory(config.store.path))
    check.create()
    return check


def _reader_store(check: FileCheck, settings: SubscriptionsSection) -> ReaderStore:
    return ReaderStore(check.file, _keys(settings), partial(_note_departure, check))


def _note_departure(check: FileCheck, departure: Departure) -> None:
    # The reader is erased in any case; this only matters if an old copy is restored.
    try:
        check.memory.note_departure(departure)
    except StoreError as error:
        log = structlog.get_logger("subscriptions")
        log.warning("the store does not know who left", error=str(error))


def _keys(settings: SubscriptionsSection) -> SubscriptionKeys:
    return SubscriptionKeys(settings.key.get_secret_value())


def _texts(register: Register) -> ReaderTexts:
    return ReaderTexts(environment(templates_root(), all_brands()), register)


def _is_paused(config: Config, channel: str) -> bool:
    # The store is opened for each message, so that a stop holds at once (P16).
    store = config.store.path
    return store.is_file() and open_pauses(store).is_paused(channel)
