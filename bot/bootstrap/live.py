"""The application of `outagewire run` and the demo, with live sources and channels."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.bootstrap.application import Application, AppSpec, BackfillProgress, build
from bot.bootstrap.components import (
    alert_targets,
    channels,
    program_settings,
    renderer_of,
    rules_of,
    sources,
    unpublished_pages,
)
from bot.bootstrap.timestamps import ledger_stamping
from bot.clock import Clock, StillClock, SystemClock, TrustedClock
from bot.config.sections import Config
from bot.model.entity import Entity, EntityKind
from bot.places import load_register
from bot.ports import Store
from bot.publishing.alert_messages import AlertMessenger
from bot.publishing.alerts import AlertTiming
from bot.publishing.store_failures import StoreFailures
from bot.rendering.place_pages import PlacePagesFolder
from bot.site.site_origin import claim_site
from bot.store.files.origin import claim_store
from bot.store.files.published_times import PublishedTimesFile
from bot.store.sql_store import open_store
from bot.tick.rules import AssessmentRules


def build_live(
    config: Config,
    clock: Clock,
    backfill: BackfillProgress,
    *,
    reconstruction: bool = False,
) -> Application:
    """Build the application that a configuration describes.

    Args:
        config: the configuration.
        clock: the loop's clock, which may follow the clock of a replay server.
        backfill: the functions to call while sources are read: one is told the progress
            of the backfill, one says whether to stop.
        reconstruction: whether the readings were made from published facts instead of
            measurements, as in the demo. If so, every text says so.

    Raises:
        RecordingError: a recording that is configured as a source cannot be read.
        StoreError: the store cannot be opened, or another kind of run has used it.
        BotError: another kind of run has used the folder of the site.
        OSError: the folder of the store cannot be created.
    """
    # Only the machine's own clock can be set wrong. A simulated clock is always trusted.
    if type(clock) is SystemClock:
        clock = TrustedClock(clock)
    # `machine_clock` and `pause` are separate clocks: a request to stop ends the sleep
    # of `pause`, but must not shorten the waits of deliveries, which use
    # `machine_clock`.
    machine_clock, pause = _machine_clock(clock), _machine_clock(clock)
    rules = replace(rules_of(config), reconstruction=reconstruction)
    # SQLite creates the file of the store, but not its folder.
    config.store.path.parent.mkdir(parents=True, exist_ok=True)
    spec = _spec(config, rules, clock, machine_clock, pause)
    return build(spec, backfill, pause)


def report_store_failure(config: Config, clock: Clock, error: str) -> None:
    """Alert the operators that the store cannot be opened.

    Args:
        config: the configuration.
        clock: the loop's clock.
        error: why the store cannot be opened.
    """
    machine_clock = _machine_clock(clock)
    targets = alert_targets(config, machine_clock)
    messenger = AlertMessenger(renderer_of(config, load_register()), targets.channel)
    failures = StoreFailures(messenger, targets.failures, config.alarm.again)
    failures.report(error, machine_clock.now())


def _machine_clock(clock: Clock) -> Clock:
    """Return a clock on which deliveries or sources wait while the loop uses `clock`.

    A `StillClock` is returned unchanged, because its waits take no real time. For any other
    clock, the result is a new clock.
    """
    if isinstance(clock, StillClock):
        return clock
    return clock.companion() if isinstance(clock, TrustedClock) else SystemClock()


def _spec(
    config: Config,
    rules: AssessmentRules,
    clock: Clock,
    machine_clock: Clock,
    pause: Clock,
) -> AppSpec:
    """Open the store; return the components that the configuration describes."""
    register = load_register()
    keep = config.loop.history
    configured = sources(config, clock, pause)
    reconstruction = rules.reconstruction or any(s.reconstruction for s in configured)
    policy = config.policy.policy()
    program = program_settings(config, rules, policy, configured)
    renderer = replace(renderer_of(config, register), program=program)
    return AppSpec(
        sources=configured,
        channels=channels(config, machine_clock),
        policy=policy,
        rules=rules,
        renderer=renderer,
        register=register,
        store=_open_store(config, reconstruction=reconstruction),
        clock=clock,
        machine_clock=machine_clock,
        history_since=clock.now() - keep,
        keep_readings=keep,
        settle_after=config.loop.settle_after,
        channel_rules={
            name: section.rules() for name, section in config.channel_rules.items()
        },
        keep_answers=config.store.keep_answers,
        alert_targets=alert_targets(config, machine_clock),
        alert_timing=AlertTiming(config.alarm.after, config.alarm.again),
        published=PublishedTimesFile(config.store.path),
        stale_after=_stale_after(config, clock),
        unpublished=unpublished_pages(config, renderer),
        place_pages=PlacePagesFolder(renderer),
        stamping=ledger_stamping(config, machine_clock),
        named=_named_entities(config),
    )


def _named_entities(config: Config) -> frozenset[Entity]:
    """Return the watched entities that the configuration names one by one.

    With `countries = "all"`, many countries are too small for any signal.
    """
    named: set[Entity] = set()
    for section in config.configured_sources().values():
        if hasattr(section, "watched_entities"):
            has_all = getattr(section, "countries", None) == "all"
            named |= {
                entity
                for entity in section.watched_entities()
                if not (has_all and entity.kind is EntityKind.COUNTRY)
            }
    return frozenset(named)


def _stale_after(config: Config, clock: Clock) -> Mapping[str, timedelta]:
    """Return for each channel how late a post may be before a person decides."""
    # With a simulated clock, posts have simulated times, and deliveries real ones. So
    # it cannot be said how late a delivery is, and there is no limit.
    if not isinstance(clock, TrustedClock):
        return {}
    # Channels to a WebSub hub have no limit: a late notification does no harm, because the
    # hub reads what is in the feed now.
    names = (n for n, section in config.channels.items() if section.kind != "websub")
    return dict.fromkeys(names, config.policy.stale_after)


def _open_store(config: Config, *, reconstruction: bool) -> Store:
    """Open the store; reserve it and the site for this run's kind of readings (P16)."""
    store, replayed = open_store(config.store.path), config.clock.follow is not None
    try:
        claim_store(config.store.path, replayed=replayed, reconstructed=reconstruction)
        claim_site(config.site.out, replayed=replayed)
        store.mark_file()
    except BaseException:
        store.close()
        raise
    return store
