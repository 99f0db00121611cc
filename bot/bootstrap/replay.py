"""Newsrooms that play a recording, as a replay or as an exercise."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.bootstrap.application import Application, AppSpec, BackfillProgress, build
from bot.bootstrap.components import renderer_of, rules_of
from bot.channels.file import FileChannel, FileConfig
from bot.clock import Clock, StillClock
from bot.config.sections import Config
from bot.editorial.deciding import EDITORS
from bot.model.draft import Action
from bot.places import load_register
from bot.policy.publication_rules import Policy, PolicyRule
from bot.sources.recording.recording import Recording
from bot.sources.recording.source import RecordingSource
from bot.store.sql_store import open_store
from bot.tick.assessment import Rules


def replaying(
    recording: Recording, out: Path, config: Config
) -> tuple[Application, StillClock]:
    """A newsroom that plays `recording` into `out`, and the clock to move it by.

    It begins with an empty store.

    Its channel is `file`, with X-sized text; `config` gives thresholds and pace.
    """
    rules = replace(rules_of(config), reconstruction=recording.reconstruction)
    clock = StillClock(recording.span.since)
    wires = {"file": _wire("file", out / "posts.jsonl", clock)}
    return _played(recording, _told_into(out, config), (rules, openly()), wires, clock)


def drilling(
    recording: Recording, out: Path, config: Config
) -> tuple[Application, StillClock]:
    """The same as an exercise: the operator's policy, and his channels as files.

    Nothing of it can leave this machine: no other channel is made (P16).
    """
    rules = replace(
        rules_of(config), reconstruction=recording.reconstruction, drill=True
    )
    policy = replace(config.policy.policy(), stale_after=None)
    clock = StillClock(recording.span.since)
    wires = {
        name: _wire(name, out / f"{name}.jsonl", clock)
        for name in (*config.channels, EDITORS)
    }
    return _played(recording, _told_into(out, config), (rules, policy), wires, clock)


def _told_into(out: Path, config: Config) -> Config:
    """The configuration, with its site in the folder of a replay."""
    site = config.site.model_copy(update={"out": out / "site"})
    return config.model_copy(update={"site": site})


def _played(
    recording: Recording,
    config: Config,
    judged_by: tuple[Rules, Policy],
    wires: Mapping[str, FileChannel],
    clock: StillClock,
) -> tuple[Application, StillClock]:
    register = load_register()
    rules, policy = judged_by
    plan = AppSpec(
        sources=(RecordingSource(recording, clock),),
        channels=wires,
        policy=policy,
        rules=rules,
        renderer=renderer_of(config, register),
        register=register,
        store=open_store(":memory:"),
        clock=clock,
        wall=clock,
        begins=recording.span.since,
        keep=recording.span.width + timedelta(days=1),
    )
    return build(plan, BackfillProgress(), clock), clock


def openly() -> Policy:
    """Everything goes out but what was never confirmed: replay and demonstration."""
    suspected = PolicyRule("one-family-stays-on-the-page", Action.HOLD, confirmed=False)
    return Policy(
        (suspected, PolicyRule("replay-lets-out", Action.PUBLISH)), stale_after=None
    )


def _wire(name: str, path: Path, clock: Clock) -> FileChannel:
    return FileChannel(name, FileConfig(path=path), clock)
