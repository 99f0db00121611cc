"""The parts of a newsroom, each made from its section of the configuration."""

import json
from datetime import datetime, timedelta

from bot.channels.registry import CHANNELS
from bot.clock import Clock, ScaledClock, SystemClock
from bot.config.sections import Config, DetectionSection
from bot.detection.thresholds import FAMILY_LIMITS, Limit, Thresholds
from bot.editorial.deciding import EDITORS
from bot.errors import ConfigError, SourceError
from bot.http.client import make_client
from bot.http.heartbeat import HttpHeartbeat
from bot.http.reader import RateLimitedReader
from bot.http.reader import RetryPolicy as Perseverance
from bot.incidents.transitions import Pace
from bot.places import Register, load_register
from bot.ports import Channel, Source
from bot.publishing.alerts import OPERATORS, AlertTargets
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import SOURCES, all_brands
from bot.text.translations import environment, templates_root
from bot.tick.assessment import Rules


def channels(config: Config, clock: Clock) -> dict[str, Channel]:
    """The configured channels, and the way to the editors if there is one."""
    made = {
        name: CHANNELS[section.kind].make(name, section, clock)
        for name, section in config.channels.items()
    }
    if config.editors is not None:
        kind = CHANNELS[config.editors.kind]
        made[EDITORS] = kind.make(EDITORS, config.editors, clock)
    return made


def ways(config: Config, clock: Clock) -> AlertTargets:
    """How the operators are reached."""
    told, address = config.operators, config.alarm.heartbeat
    bell = CHANNELS[told.kind].make(OPERATORS, told, clock) if told else None
    return AlertTargets(bell, HttpHeartbeat(address) if address else None)


def clock_of(config: Config) -> Clock:
    """The machine's clock, or a copy of a replay server's.

    Raises:
        ConfigError: the replay server does not tell its time.
    """
    if config.clock.follow is None:
        return SystemClock()
    wall = SystemClock()
    try:
        client = make_client(timedelta(seconds=10))
        reader = RateLimitedReader(client, wall, Perseverance(attempts=2), timedelta(0))
        told = json.loads(reader.get(config.clock.follow).body)
        start, factor = datetime.fromisoformat(told["now"]), float(told["factor"])
    except (SourceError, ValueError, KeyError, TypeError) as error:
        problem = f"clock.follow: {config.clock.follow} does not tell the time: {error}"
        raise ConfigError((problem,)) from error
    return ScaledClock(start, factor)


def sources(config: Config, clock: Clock, wall: Clock) -> tuple[Source, ...]:
    """Who is asked for readings; `wall` is the clock by which servers are waited for."""
    return tuple(
        SOURCES[name].build(section, clock, wall)
        for name, section in config.configured_sources().items()
    )


def _thresholds(section: DetectionSection) -> Thresholds:
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


def rules_of(config: Config) -> Rules:
    """What judging goes by."""
    return Rules(
        thresholds=_thresholds(config.detection),
        pace=Pace(**config.pace.model_dump()),
        grace=config.loop.grace,
        calendar=tuple(window.expected() for window in config.calendar),
    )


def renderer(config: Config) -> TemplateRenderer:
    """Who writes and draws."""
    return renderer_of(config, load_register())


def renderer_of(config: Config, register: Register) -> TemplateRenderer:
    """Who writes and draws, with names from a register."""
    site = config.site
    return TemplateRenderer(
        register=register,
        site=site.out,
        base_url=site.base_url,
        contact=site.contact,
        templates=environment(templates_root(), all_brands()),
        scorecard=site.scorecard or "",
    )
