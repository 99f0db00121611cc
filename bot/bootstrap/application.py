"""What a newsroom is built from, and how its parts are put together."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock, StillClock
from bot.editorial.corrections import CorrectionMarker
from bot.editorial.deciding import Classifier, Decider
from bot.model.entity import Entity, Network
from bot.model.signal import Signal
from bot.model.watchlist import Watchlist, group
from bot.places import Register
from bot.policy.channel_rules import ChannelRules
from bot.policy.publication_rules import Policy
from bot.ports import Channel, Renderer, Source, Store
from bot.publishing.alerts import AlertSender, AlertTargets, AlertTiming
from bot.publishing.channel_worker import RetryDelays
from bot.publishing.publisher import PATIENCE, Pacing, Publisher
from bot.tick.assessment import Judge, Rules
from bot.tick.history import History
from bot.tick.reader import Progress, Reader
from bot.tick.runner import Components, Retention, TickRunner
from bot.tick.source_status import SourceStatusCollector


@dataclass(frozen=True, slots=True)
class Application:
    """A newsroom with what stands around it.

    `pause` is the clock on which sources are waited for; waking it hurries a stop.
    """

    newsroom: TickRunner
    store: Store
    clock: Clock
    pause: Clock
    alarm: AlertSender


@dataclass(frozen=True, slots=True)
class AppSpec:
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
    desks: Mapping[str, ChannelRules] = field(default_factory=dict)
    keep_answers: timedelta | None = None
    ways: AlertTargets = field(default_factory=AlertTargets)
    patience: AlertTiming = field(default_factory=AlertTiming)


@dataclass(frozen=True, slots=True)
class BackfillProgress:
    """Who is told of a back-fill's progress, and who may stop it."""

    progress: Progress = lambda _done, _of: None
    stop: Callable[[], bool] = lambda: False


def build(plan: AppSpec, watching: BackfillProgress, pause: Clock) -> Application:
    """Put the parts together."""
    signals = _signals(plan.sources)
    rows = {id_: r for source in plan.sources for id_, r in source.rows.items()}
    watch = _watch(plan, rows)
    staff = Components(
        reader=Reader(plan.sources, plan.store, plan.clock),
        history=History(signals, rows, plan.begins, plan.keep),
        judge=Judge(signals, rows, watch, plan.rules, plan.store.incidents.current()),
        roll=SourceStatusCollector(signals, plan.store.readings, plan.rules.grace),
        classifier=Classifier(plan.store),
        decider=Decider(
            plan.store,
            plan.renderer,
            plan.channels,
            plan.policy,
            plan.clock,
            plan.desks,
        ),
        marker=CorrectionMarker(plan.store, plan.renderer, plan.channels, plan.wall),
        publisher=_publisher(plan),
        renderer=plan.renderer,
        store=plan.store,
        clock=plan.clock,
    )
    keeping = Retention(plan.keep, plan.keep_answers)
    newsroom = TickRunner(staff, keeping, watching.progress, watching.stop)
    alarm = AlertSender(plan.store, plan.renderer, plan.wall, plan.ways, plan.patience)
    return Application(newsroom, plan.store, plan.clock, pause, alarm)


def _publisher(plan: AppSpec) -> Publisher:
    """On a clock that stands still nobody is waited for in vain: nothing is left."""
    patience = None if isinstance(plan.wall, StillClock) else PATIENCE
    return Publisher(
        plan.store,
        plan.channels,
        plan.wall,
        Pacing(RetryDelays(plan.settle_after), patience, plan.desks),
    )


def _signals(sources: Iterable[Source]) -> dict[str, Signal]:
    return {s.id: s for source in sources for s in source.signals}


def _watch(plan: AppSpec, rows: Mapping[str, tuple[Entity, ...]]) -> Watchlist:
    watched = {entity for entities in rows.values() for entity in entities}
    networks: dict[Entity, Network] = {
        network.entity: network for network in plan.register.networks.values()
    }
    parents: dict[Entity, Entity] = {}
    for source in plan.sources:
        parents |= source.parents
    return group(watched, networks, parents, plan.register.zone)
