"""The newsroom that runs: sources asked, channels told."""

from dataclasses import replace

from bot.bootstrap.application import Application, AppSpec, BackfillProgress, build
from bot.bootstrap.components import channels, renderer_of, rules_of, sources, ways
from bot.clock import Clock, StillClock, SystemClock
from bot.config.sections import Config
from bot.places import load_register
from bot.publishing.alerts import AlertTiming
from bot.store.sql_store import open_store


def build_live(
    config: Config,
    clock: Clock,
    watching: BackfillProgress,
    *,
    reconstruction: bool = False,
) -> Application:
    """The newsroom of a configuration.

    Raises:
        ConfigError, StoreError: as `open_store` and the parts raise them.
    """
    wall = clock if isinstance(clock, StillClock) else SystemClock()
    pause = clock if isinstance(clock, StillClock) else SystemClock()
    config.store.path.parent.mkdir(parents=True, exist_ok=True)
    register = load_register()
    keep = config.loop.history
    plan = AppSpec(
        sources=sources(config, clock, pause),
        channels=channels(config, wall),
        policy=config.policy.policy(),
        rules=replace(rules_of(config), reconstruction=reconstruction),
        renderer=renderer_of(config, register),
        register=register,
        store=open_store(config.store.path),
        clock=clock,
        wall=wall,
        begins=clock.now() - keep,
        keep=keep,
        settle_after=config.loop.settle_after,
        desks={name: section.rules() for name, section in config.channel_rules.items()},
        keep_answers=config.store.keep_answers,
        ways=ways(config, wall),
        patience=AlertTiming(config.alarm.after, config.alarm.again),
    )
    return build(plan, watching, pause)
