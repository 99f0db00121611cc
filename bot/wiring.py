"""The composition root: from a configuration to the objects that run."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.app.alarm import OPERATORS, Alarm, Patience, Ways
from bot.app.attributing import Attributing
from bot.app.classifying import Classifier
from bot.app.correcting import Marker
from bot.app.deciding import EDITORS, Decider
from bot.app.history import History
from bot.app.judging import Judge, Rules
from bot.app.lane import Waits
from bot.app.newsroom import Keeping, Newsroom, Staff
from bot.app.publishing import PATIENCE, Pacing, Publisher
from bot.app.reading import Progress, Reader
from bot.app.rehearsing import Step, rehearsal_post, rehearse
from bot.app.reviewing import Review
from bot.app.roll import RollCall
from bot.app.ruling import Bench
from bot.channels.file import FileChannel, FileConfig
from bot.channels.registry import CHANNELS
from bot.channels.usual import USUAL
from bot.channels.voice import Voice
from bot.clock import Clock, ScaledClock, StillClock, SystemClock
from bot.config import Config, DetectionSection
from bot.detection.thresholds import FAMILY_LIMITS, Limit, Thresholds
from bot.errors import ConfigError, SourceError
from bot.heartbeat import Heartbeat
from bot.http import Patience as Perseverance
from bot.http import PoliteReader, make_client
from bot.incidents.desk import Desk
from bot.incidents.machine import Pace
from bot.incidents.policy import Policy, PolicyRule
from bot.model.draft import Action, Outlet
from bot.model.entity import Entity, Network
from bot.model.signal import Signal
from bot.model.watch import Watch, group
from bot.places import Register, load_register
from bot.ports import Channel, Renderer, Source, Store
from bot.rendering.drafts import TemplateRenderer
from bot.rendering.rehearsal import rehearsal_picture, rehearsal_words
from bot.rendering.words import environment, templates_root
from bot.settings import Section
from bot.sources.recorded import Recording
from bot.sources.recording import RecordingSource
from bot.sources.registry import SOURCES
from bot.store.sql import open_store


@dataclass(frozen=True, slots=True)
class House:
    """A newsroom with what stands around it.

    `pause` is the clock on which sources are waited for; waking it hurries a stop.
    """

    newsroom: Newsroom
    store: Store
    clock: Clock
    pause: Clock
    alarm: Alarm


@dataclass(frozen=True, slots=True)
class Plan:
    """What a newsroom is built from.

    Attributes:
        clock: what the loop takes for the present.
        wall: the machine's time, by which servers are waited for.
        begins: where the history in memory begins.
        keep: how much of it is kept.
        keep_answers: how long raw answers are kept; None: for ever.
    """

    sources: tuple[Source, ...]
    channels: Mapping[str, Channel]
    policy: Policy
    rules: Rules
    renderer: Renderer
    register: Register
    store: Store
    clock: Clock
    wall: Clock
    begins: datetime
    keep: timedelta
    settle_after: timedelta = timedelta(0)
    desks: Mapping[str, Desk] = field(default_factory=dict)
    keep_answers: timedelta | None = None
    ways: Ways = field(default_factory=Ways)
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class Watching:
    """Who is told of a back-fill's progress, and who may stop it."""

    progress: Progress = lambda _done, _of: None
    stop: Callable[[], bool] = lambda: False


def live(
    config: Config,
    clock: Clock,
    watching: Watching,
    *,
    reconstruction: bool = False,
) -> House:
    """The newsroom of a configuration.

    Raises:
        ConfigError, StoreError: as `open_store` and the parts raise them.
    """
    wall = clock if isinstance(clock, StillClock) else SystemClock()
    pause = clock if isinstance(clock, StillClock) else SystemClock()
    config.store.path.parent.mkdir(parents=True, exist_ok=True)
    register = load_register()
    keep = config.loop.history
    plan = Plan(
        sources=_sources(config, clock, pause),
        channels=channels(config, wall),
        policy=config.policy.policy(),
        rules=replace(_rules(config), reconstruction=reconstruction),
        renderer=_renderer(config, register),
        register=register,
        store=open_store(config.store.path),
        clock=clock,
        wall=wall,
        begins=clock.now() - keep,
        keep=keep,
        settle_after=config.loop.settle_after,
        desks={name: section.desk() for name, section in config.desk.items()},
        keep_answers=config.store.keep_answers,
        ways=_ways(config, wall),
        patience=Patience(config.alarm.after, config.alarm.again),
    )
    return build(plan, watching, pause)


def replaying(
    recording: Recording, out: Path, config: Config
) -> tuple[House, StillClock]:
    """A newsroom that plays `recording` into `out`, and the clock to move it by.

    It begins with an empty store.

    Its channel is `file`, with X-sized text; `config` gives thresholds and pace.
    """
    rules = replace(_rules(config), reconstruction=recording.reconstruction)
    clock = StillClock(recording.span.since)
    wires = {"file": _wire("file", out / "posts.jsonl", clock)}
    return _played(recording, _told_into(out, config), (rules, openly()), wires, clock)


def drilling(
    recording: Recording, out: Path, config: Config
) -> tuple[House, StillClock]:
    """The same as an exercise: the operator's policy, and his channels as files.

    Nothing of it can leave this machine: no other channel is made (P16).
    """
    rules = replace(_rules(config), reconstruction=recording.reconstruction, drill=True)
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
) -> tuple[House, StillClock]:
    register = load_register()
    rules, policy = judged_by
    plan = Plan(
        sources=(RecordingSource(recording, clock),),
        channels=wires,
        policy=policy,
        rules=rules,
        renderer=_renderer(config, register),
        register=register,
        store=open_store(":memory:"),
        clock=clock,
        wall=clock,
        begins=recording.span.since,
        keep=recording.span.width + timedelta(days=1),
    )
    return build(plan, Watching(), clock), clock


def openly() -> Policy:
    """Everything goes out but what was never confirmed: replay and demonstration."""
    suspected = PolicyRule("one-family-stays-on-the-page", Action.HOLD, confirmed=False)
    return Policy(
        (suspected, PolicyRule("replay-lets-out", Action.PUBLISH)), stale_after=None
    )


def build(plan: Plan, watching: Watching, pause: Clock) -> House:
    """Put the parts together."""
    signals = _signals(plan.sources)
    rows = {id_: r for source in plan.sources for id_, r in source.rows.items()}
    watch = _watch(plan, rows)
    staff = Staff(
        reader=Reader(plan.sources, plan.store, plan.clock),
        history=History(signals, rows, plan.begins, plan.keep),
        judge=Judge(signals, rows, watch, plan.rules, plan.store.incidents.current()),
        roll=RollCall(signals, plan.store.readings, plan.rules.grace),
        classifier=Classifier(plan.store),
        decider=Decider(
            plan.store,
            plan.renderer,
            plan.channels,
            plan.policy,
            plan.clock,
            plan.desks,
        ),
        marker=Marker(plan.store, plan.renderer, plan.channels, plan.wall),
        publisher=_publisher(plan),
        renderer=plan.renderer,
        store=plan.store,
        clock=plan.clock,
    )
    keeping = Keeping(plan.keep, plan.keep_answers)
    newsroom = Newsroom(staff, keeping, watching.progress, watching.stop)
    alarm = Alarm(plan.store, plan.renderer, plan.wall, plan.ways, plan.patience)
    return House(newsroom, plan.store, plan.clock, pause, alarm)


def _publisher(plan: Plan) -> Publisher:
    """On a clock that stands still nobody is waited for in vain: nothing is left."""
    patience = None if isinstance(plan.wall, StillClock) else PATIENCE
    return Publisher(
        plan.store,
        plan.channels,
        plan.wall,
        Pacing(Waits(plan.settle_after), patience, plan.desks),
    )


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


def _ways(config: Config, clock: Clock) -> Ways:
    """How the operators are reached."""
    told, address = config.operators, config.alarm.heartbeat
    bell = CHANNELS[told.kind].make(OPERATORS, told, clock) if told else None
    return Ways(bell, Heartbeat(address) if address else None)


def reviewing(config: Config) -> tuple[Review, Store]:
    """What the `drafts` commands work with: the store, and who checks words."""
    store = open_store(config.store.path)
    checker = _renderer(config, load_register())
    return Review(store, SystemClock(), checker), store


def previewing(config: Config) -> tuple[TemplateRenderer, Store]:
    """What the `preview` command works with: who writes, and the store."""
    return renderer(config), open_store(config.store.path)


def renderer(config: Config) -> TemplateRenderer:
    """Who writes and draws."""
    return _renderer(config, load_register())


def outlets(config: Config) -> tuple[Outlet, ...]:
    """The configured channels by their usual limits; where all are files, every kind.

    No server is asked, and no secret is read.
    """
    told = [
        _usual(name, kind, section)
        for name, section in sorted(config.channels.items())
        if isinstance(section, Voice) and (kind := _kind(section)) in USUAL
    ]
    only_files = all(outlet.kind == "file" for outlet in told)
    return tuple(USUAL.values()) if only_files else tuple(told)


def _kind(section: Section) -> str:
    return str(getattr(section, "kind", ""))


def _usual(name: str, kind: str, section: Voice) -> Outlet:
    return replace(
        USUAL[kind],
        name=name,
        lang=section.lang,
        links=section.links,
        templates=section.templates,
        plain=section.plain,
    )


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


def clock_of(config: Config) -> Clock:
    """The machine's clock, or a copy of a replay server's.

    Raises:
        ConfigError: the replay server does not tell its time.
    """
    if config.clock.follow is None:
        return SystemClock()
    wall = SystemClock()
    try:
        client = make_client("", timedelta(seconds=10))
        reader = PoliteReader(client, wall, Perseverance(attempts=2), timedelta(0))
        told = json.loads(reader.get(config.clock.follow).body)
        start, factor = datetime.fromisoformat(told["now"]), float(told["factor"])
    except (SourceError, ValueError, KeyError, TypeError) as error:
        problem = f"clock.follow: {config.clock.follow} does not tell the time: {error}"
        raise ConfigError((problem,)) from error
    return ScaledClock(start, factor)


def _sources(config: Config, clock: Clock, wall: Clock) -> tuple[Source, ...]:
    return tuple(
        SOURCES[name].build(section, clock, wall)
        for name, section in config.configured_sources().items()
    )


def _signals(sources: Iterable[Source]) -> dict[str, Signal]:
    return {s.id: s for source in sources for s in source.signals}


def _watch(plan: Plan, rows: Mapping[str, tuple[Entity, ...]]) -> Watch:
    watched = {entity for entities in rows.values() for entity in entities}
    networks: dict[Entity, Network] = {
        network.entity: network for network in plan.register.networks.values()
    }
    parents: dict[Entity, Entity] = {}
    for source in plan.sources:
        parents |= source.parents
    return group(watched, networks, parents, plan.register.zone)


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


def _rules(config: Config) -> Rules:
    return Rules(
        thresholds=_thresholds(config.detection),
        pace=Pace(**config.pace.model_dump()),
        grace=config.loop.grace,
        calendar=tuple(window.expected() for window in config.calendar),
    )


def _renderer(config: Config, register: Register) -> TemplateRenderer:
    site = config.site
    return TemplateRenderer(
        register=register,
        site=site.out,
        base_url=site.base_url,
        contact=site.contact,
        templates=environment(templates_root()),
        scorecard=site.scorecard or "",
    )


def _wire(name: str, path: Path, clock: Clock) -> FileChannel:
    return FileChannel(name, FileConfig(path=path), clock)
