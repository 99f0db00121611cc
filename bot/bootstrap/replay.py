"""Applications that run a recording, as a replay or as a drill."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.bootstrap.application import Application, AppSpec, BackfillProgress, build
from bot.bootstrap.components import (
    program_settings,
    renderer_of,
    rules_of,
)
from bot.channels.file import FileChannel, FileConfig
from bot.clock import Clock, StillClock
from bot.config.sections import Config
from bot.editorial.deciding import EDITORS
from bot.model.draft import SITE, Action
from bot.places import load_register
from bot.policy.publication_rules import Policy, PolicyRule
from bot.rendering.place_pages import PlacePagesFolder
from bot.site.alerts.settings import CapStatus
from bot.sources.recording.recording import Recording
from bot.sources.recording.source import RecordingSource
from bot.store.sql_store import open_store
from bot.tick.rules import AssessmentRules


def build_replay(
    recording: Recording, out: Path, config: Config
) -> tuple[Application, StillClock]:
    """Build an application that replays `recording`, and the clock that it runs on.

    The application has an empty store in memory. Its only channel is the file
    `posts.jsonl` in `out`, with X's limit of 280 characters. The rules of detection and
    the settings of the site come from `config`.
    """
    rules = replace(rules_of(config), reconstruction=recording.reconstruction)
    clock = StillClock(recording.span.since)
    outputs = {"file": _file_channel("file", out / "posts.jsonl", clock)}
    return _replay_application(
        recording, _with_site_in(out, config), (rules, replay_policy()), outputs, clock
    )


def build_drill(
    recording: Recording, out: Path, config: Config
) -> tuple[Application, StillClock]:
    """Build a drill: a replay with the configured policy, and a file for each channel.

    The configured channels themselves are not built, so nothing can leave this machine
    (P16).
    """
    rules = replace(
        rules_of(config), reconstruction=recording.reconstruction, drill=True
    )
    # A drill shows every event of the recording. So the age limit, which is for live
    # news, is removed.
    policy = replace(config.policy.policy(), stale_after=None)
    clock = StillClock(recording.span.since)
    outputs = {
        name: _file_channel(name, out / f"{name}.jsonl", clock)
        for name in (*config.channels, EDITORS)
    }
    return _replay_application(
        recording, _with_site_in(out, config), (rules, policy), outputs, clock
    )


def _with_site_in(out: Path, config: Config) -> Config:
    """Return `config` with a site in the replay's folder `out`, whose alerts are tests."""
    # Alerts of what is over must never look like present ones (P16).
    changes = {
        "out": out / "site",
        "cap_status": CapStatus.TEST,
        "cap_restriction": None,
    }
    site = config.site.model_copy(update=changes)
    return config.model_copy(update={"site": site})


def _replay_application(
    recording: Recording,
    config: Config,
    rules_and_policy: tuple[AssessmentRules, Policy],
    outputs: Mapping[str, FileChannel],
    clock: StillClock,
) -> tuple[Application, StillClock]:
    register = load_register()
    rules, policy = rules_and_policy
    configured = (RecordingSource(recording, clock),)
    program = program_settings(config, rules, policy, configured)
    renderer = replace(renderer_of(config, register), program=program)
    spec = AppSpec(
        sources=configured,
        channels=outputs,
        policy=policy,
        rules=rules,
        renderer=renderer,
        register=register,
        # The store is in memory, so that a replay does not change the store of a live
        # run.
        store=open_store(":memory:"),
        clock=clock,
        # Deliveries use the replay's clock too. So retries take no real time, and the
        # output does not depend on the machine (P14).
        machine_clock=clock,
        history_since=recording.span.since,
        keep_readings=recording.span.width + timedelta(days=1),
        place_pages=PlacePagesFolder(renderer),
    )
    return build(spec, BackfillProgress(), clock), clock


def replay_policy() -> Policy:
    """Return the policy of a replay.

    Only confirmed incidents are posted; the report site shows all incidents.
    """
    page = PolicyRule("replay-shows-all", Action.PUBLISH, channels=(SITE,))
    suspected = PolicyRule("one-family-stays-on-the-page", Action.HOLD, confirmed=False)
    rest = PolicyRule("replay-lets-out", Action.PUBLISH)
    return Policy((page, suspected, rest), stale_after=None)


def _file_channel(name: str, path: Path, clock: Clock) -> FileChannel:
    return FileChannel(name, FileConfig(path=path), clock)
