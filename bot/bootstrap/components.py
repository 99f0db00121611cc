"""The parts of an application, each built from its section of the configuration."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot import __version__
from bot.bootstrap.page_languages import other_page_languages
from bot.channels.registry import CHANNELS
from bot.charts.drawn_charts import ChartCache
from bot.clock import Clock, ScaledClock, SystemClock
from bot.config.commands_in_text import config_option
from bot.config.sections import Config, DetectionSection
from bot.detection.thresholds import FAMILY_LIMITS, Limit, Thresholds
from bot.editorial.deciding import EDITORS
from bot.errors import ConfigError, SourceError
from bot.http.client import make_client
from bot.http.heartbeat import HttpHeartbeat
from bot.http.reader import RateLimitedReader, RetryPolicy
from bot.incidents.steps import EventTiming
from bot.places import Register, load_register
from bot.policy.publication_rules import Policy
from bot.ports import Channel, Source
from bot.publishing.alert_messages import OPERATORS
from bot.publishing.alerts import AlertTargets
from bot.rendering.renderer import TemplateRenderer
from bot.rendering.unpublished_pages import UnpublishedPagesFolder
from bot.site.alerts.settings import AlertSettings
from bot.site.evidence.settings import EvidenceSettings
from bot.site.info.program import ProgramSettings
from bot.sources.registry import SOURCES, all_brands
from bot.store.files.failure_record import StoreFailureFile
from bot.text.translations import environment, templates_root
from bot.tick.rules import AssessmentRules


def channels(config: Config, clock: Clock) -> dict[str, Channel]:
    """Build the configured channels, and the editors' channel if there is one."""
    built = {
        name: _channel(config, name, section, clock)
        for name, section in config.channels.items()
    }
    # Letters to editors are delivered like posts. So the editors' channel is one of the
    # channels, under a reserved name.
    if config.editors is not None:
        kind = CHANNELS[config.editors.kind]
        built[EDITORS] = kind.constructor(EDITORS, config.editors, clock)
    return built


def _channel(config: Config, name: str, section: Any, clock: Clock) -> Channel:  # noqa: ANN401 - the class depends on its kind
    if section.kind == "readers":
        from bot.bootstrap.subscriptions import readers_channel

        return readers_channel(config, name, section, clock)
    return CHANNELS[section.kind].constructor(name, section, clock)


def targets(config: Config) -> dict[str, str]:
    """Return where each configured channel points, by its name; nothing is built."""
    sections = {**config.channels}
    if config.editors is not None:
        sections[EDITORS] = config.editors
    return {name: section.target for name, section in sections.items()}


def alert_targets(config: Config, clock: Clock) -> AlertTargets:
    """Build the operators' channel and the heartbeat; each None if not configured."""
    section, url = config.operators, config.alarm.heartbeat
    channel = (
        CHANNELS[section.kind].constructor(OPERATORS, section, clock)
        if section
        else None
    )
    heartbeat = HttpHeartbeat(url) if url else None
    return AlertTargets(channel, heartbeat, StoreFailureFile(config.store.path))


def clock_of(config: Config) -> Clock:
    """Return the machine's clock or, with `clock.follow`, a copy of a server's clock.

    For a copy, the replay server is asked once, in this call, for its time and for the
    factor by which its clock is faster than real time.

    Raises:
        ConfigError: the replay server does not answer with its time.
    """
    if config.clock.follow is None:
        return SystemClock()
    wall = SystemClock()
    try:
        # There are only two attempts with a short timeout, so that the command soon
        # reports a replay server that was not started.
        client = make_client(timedelta(seconds=10))
        reader = RateLimitedReader(client, wall, RetryPolicy(attempts=2), timedelta(0))
        answer = json.loads(reader.get(config.clock.follow).body)
        start, factor = datetime.fromisoformat(answer["now"]), float(answer["factor"])
    except (SourceError, ValueError, KeyError, TypeError) as error:
        problem = (
            f"clock.follow: {config.clock.follow} did not answer with its time: {error};"
            " start `outagewire serve-recording`, or leave clock.follow out"
        )
        raise ConfigError((problem,)) from error
    return ScaledClock(start, factor)


def sources(config: Config, clock: Clock, waiting_clock: Clock) -> tuple[Source, ...]:
    """Build the configured sources.

    `clock` dates their answers. Between requests they wait on the clock `waiting_clock`.
    """
    return tuple(
        SOURCES[name].build_function(section, clock, waiting_clock)
        for name, section in config.configured_sources().items()
    )


def _thresholds(section: DetectionSection) -> Thresholds:
    # A configuration that sets the limits of one family keeps the default limits of the
    # other families.
    families = dict(FAMILY_LIMITS) | {
        family: Limit(limit.on, limit.off) for family, limit in section.families.items()
    }
    return Thresholds(
        limits=families,
        by_signal={i: Limit(s.on, s.off) for i, s in section.signals.items()},
        spreads=section.spreads,
        bins_to_open=section.bins_to_open,
        hold=section.hold,
        stale=section.stale,
        coincidence=section.coincidence,
    )


def rules_of(config: Config) -> AssessmentRules:
    """Build the rules by which readings are assessed."""
    return AssessmentRules(
        thresholds=_thresholds(config.detection),
        timing=EventTiming(**config.pace.model_dump()),
        grace=config.loop.grace,
        calendar=tuple(window.expected() for window in config.calendar),
    )


def program_settings(
    config: Config,
    rules: AssessmentRules,
    policy: Policy,
    configured: Iterable[Source],
) -> ProgramSettings:
    """Return the rules and settings that the pages of the site explain."""
    sources = tuple(configured)
    return ProgramSettings(
        thresholds=rules.thresholds,
        timing=rules.timing,
        table=rules.table,
        policy=policy,
        signals=tuple(signal for source in sources for signal in source.signals),
        poll=config.loop.poll,
        history=config.loop.history,
        grace=rules.grace,
        has_heartbeat=config.alarm.heartbeat is not None,
        version=__version__,
        licence=config.site.licence or None,
        reconstruction=rules.reconstruction or any(s.reconstruction for s in sources),
    )


def _signing_key(config: Config) -> str | None:
    key = config.evidence.key
    return None if key is None else key.get_secret_value()


def renderer(config: Config) -> TemplateRenderer:
    """Build the renderer of posts, pictures and pages."""
    return renderer_of(config, load_register())


def unpublished_pages(
    config: Config, register: Register, chart_cache: ChartCache | None = None
) -> UnpublishedPagesFolder:
    """Build the writer of pages with events that are not released.

    Args:
        config: the configuration.
        register: has the names of places.
        chart_cache: the cache of the public site, whose charts these pages often have.
    """
    site = config.site.unpublished_folder
    own = replace(renderer_of(config, register), site=site, unpublished=True)
    if chart_cache is not None:
        own = replace(own, chart_cache=chart_cache)
    return UnpublishedPagesFolder(own)


def _alert_settings(config: Config) -> AlertSettings:
    site = config.site
    return AlertSettings(
        site.cap_status,
        site.cap_restriction,
        site.cap_sender,
        # What the operator has not called public stays inside (P12).
        tuple(window.expected() for window in config.calendar if window.public),
    )


def renderer_of(config: Config, register: Register) -> TemplateRenderer:
    """Build the renderer of posts, pictures and pages, with names from `register`."""
    site, templates = config.site, environment(templates_root(), all_brands())
    return TemplateRenderer(
        register=register,
        site=site.out,
        base_url=site.base_url,
        contact=site.contact,
        templates=templates,
        scorecard=site.scorecard or "",
        hubs=site.hubs,
        alerts=_alert_settings(config),
        evidence=EvidenceSettings(
            thresholds=_thresholds(config.detection),
            timing=EventTiming(**config.pace.model_dump()),
            key=_signing_key(config),
        ),
        channel_kinds={
            name: str(getattr(section, "kind", ""))
            for name, section in config.channels.items()
        },
        config_option=config_option(config.file),
        page_languages=other_page_languages(config, templates),
    )
