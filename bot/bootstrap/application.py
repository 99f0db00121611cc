"""The application: what it is built from, and how its parts are joined."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.clock import Clock, StillClock, TrustedClock
from bot.editorial.corrections import CorrectionMarker
from bot.editorial.deciding import Classifier, Decider
from bot.editorial.isolation import Isolation
from bot.model.entity import Entity, Network
from bot.model.interval import Interval
from bot.model.signal import Signal
from bot.model.watchlist import Watchlist, group_into_places
from bot.places import Register
from bot.policy.channel_rules import ChannelRules
from bot.policy.publication_rules import Policy
from bot.ports import (
    Channel,
    PlacePages,
    PublishedTimes,
    Renderer,
    Source,
    Store,
    UnpublishedPages,
)
from bot.publishing.alerts import AlertSender, AlertTargets, AlertTiming
from bot.publishing.publisher import MAX_TICK_WAIT, PostTiming, Publisher
from bot.publishing.restore_check import RestoreGuard
from bot.publishing.retry_delays import RetryDelays
from bot.publishing.stamping import LedgerStamping
from bot.tick.assessment import Assessor
from bot.tick.clock_monitor import ClockMonitor
from bot.tick.history import History, restore_detection
from bot.tick.incident_readings import IncidentReadings
from bot.tick.places.levels import PlaceLevelReader
from bot.tick.places.unmeasured import NamedPlaces
from bot.tick.places.updater import PlacePageUpdater
from bot.tick.reader import Progress, Reader
from bot.tick.report_pages import ReportPages
from bot.tick.rules import AssessmentRules
from bot.tick.runner import Components, Retention, TickRunner
from bot.tick.source_status import SourceStatusCollector


@dataclass(frozen=True, slots=True)
class Application:
    """The parts of the program that a command uses after they are built.

    Attributes:
        runner: runs the ticks.
        store: holds everything that must survive a restart.
        clock: the loop's clock, which may be simulated.
        reading_clock: the clock on which sources wait between requests. When the program is
            stopped, this clock is woken, which ends the waits.
        alerts: alerts the operators and sends heartbeats.
        channels: the channels, including that of the editors if there is one.
        stamping: has the ledger stamped; None: nobody stamps it.
    """

    runner: TickRunner
    store: Store
    clock: Clock
    reading_clock: Clock
    alerts: AlertSender
    channels: tuple[Channel, ...] = ()
    stamping: LedgerStamping | None = None


@dataclass(frozen=True, slots=True)
class AppSpec:
    """The parts that an application is built from.

    Attributes:
        channels: the channels by name, including the editors' channel if there is one.
        policy: the publication rules.
        rules: how readings are assessed.
        register: names of places, networks and time zones.
        clock: the loop's clock, which may be simulated.
        machine_clock: the clock of deliveries and retries. It shows the trusted time;
            with `clock.follow` it is the machine's clock, and in the replay of a
            recording the replay's clock.
        history_since: the time of the oldest readings to load into memory; aware, UTC.
        keep_readings: how long readings are kept in memory.
        settle_after: if a channel's answer to a post is lost, how long to wait before
            the channel is searched for the post.
        channel_rules: the channel rules, by channel.
        keep_answers: how long raw answers are kept; None: they are never deleted.
        alert_targets: where alerts and heartbeats go.
        alert_timing: when alerts are sent, and repeated.
        published: records when each channel published its last post; None: this is not
            recorded.
        stale_after: how long a post may be due before a person decides whether it is
            still sent, by channel.
        unpublished: writes pages with events that are not released; None: there are none.
        place_pages: writes the pages of the watched places; None: there are none.
        stamping: has the ledger stamped; None: nobody stamps it.
        named: the watched entities that the configuration names one by one.
    """

    sources: tuple[Source, ...]
    channels: Mapping[str, Channel]
    policy: Policy
    rules: AssessmentRules
    renderer: Renderer
    register: Register
    store: Store
    clock: Clock
    machine_clock: Clock
    history_since: datetime
    keep_readings: timedelta
    settle_after: timedelta = timedelta(0)
    channel_rules: Mapping[str, ChannelRules] = field(default_factory=dict)
    keep_answers: timedelta | None = None
    alert_targets: AlertTargets = field(default_factory=AlertTargets)
    alert_timing: AlertTiming = field(default_factory=AlertTiming)
    published: PublishedTimes | None = None
    stale_after: Mapping[str, timedelta] = field(default_factory=dict)
    unpublished: UnpublishedPages | None = None
    place_pages: PlacePages | None = None
    stamping: LedgerStamping | None = None
    named: frozenset[Entity] = frozenset()


@dataclass(frozen=True, slots=True)
class BackfillProgress:
    """Functions that are called while sources are read.

    Attributes:
        progress: is called during the backfill with the number of finished requests and
            the number of all requests.
        stop_requested: is called before each request; returns whether a stop was requested.
    """

    progress: Progress = lambda _done, _of: None
    stop_requested: Callable[[], bool] = lambda: False


def build(
    spec: AppSpec, backfill: BackfillProgress, reading_clock: Clock
) -> Application:
    """Build an application from its parts.

    Args:
        spec: the parts.
        backfill: the functions to call while sources are read.
        reading_clock: the clock on which sources wait between requests.
    """
    retention = Retention(spec.keep_readings, spec.keep_answers)
    runner = TickRunner(
        _components(spec), retention, backfill.progress, backfill.stop_requested
    )
    alerts = AlertSender(
        spec.store,
        spec.renderer,
        spec.machine_clock,
        spec.alert_targets,
        spec.alert_timing,
    )
    channels = tuple(spec.channels.values())
    return Application(
        runner, spec.store, spec.clock, reading_clock, alerts, channels, spec.stamping
    )


def _components(spec: AppSpec) -> Components:
    signals, rows = _series(spec.sources)
    store, rules = spec.store, spec.rules
    # If one source serves a reconstruction, any sentence may depend on it. So every
    # text says that readings were reconstructed.
    if any(source.reconstruction for source in spec.sources):
        rules = replace(rules, reconstruction=True)
    # All components share one `Isolation`, so that its operator alerts list the failures
    # of all of them.
    isolation = Isolation(store, spec.clock)
    history = History(signals, rows, spec.history_since, spec.keep_readings)
    watchlist = _watchlist(spec.sources, spec.register, rows)
    assessor = _assessor(store, signals, rows, watchlist, rules)
    places: PlacePageUpdater | None = None
    if spec.place_pages is not None:
        levels = PlaceLevelReader(assessor, history, rows, watchlist, rules.grace)
        places = PlacePageUpdater(store, levels, spec.place_pages)
    return Components(
        reader=Reader(spec.sources, store, spec.clock),
        history=history,
        assessor=assessor,
        status_collector=SourceStatusCollector(signals, store.readings, rules.grace),
        named_places=NamedPlaces(spec.named, signals, history),
        incident_readings=IncidentReadings(assessor, history, signals, rules.grace),
        classifier=Classifier(store, isolation),
        decider=_decider(spec, isolation),
        marker=CorrectionMarker(
            store, spec.renderer, spec.channels, spec.machine_clock, isolation
        ),
        publisher=_publisher(spec),
        pages=ReportPages(store, spec.renderer, spec.unpublished, places),
        store=store,
        clock=spec.clock,
        isolation=isolation,
        clock_monitor=_clock_monitor(spec),
    )


def _decider(spec: AppSpec, isolation: Isolation) -> Decider:
    return Decider(
        spec.store,
        spec.renderer,
        spec.channels,
        spec.policy,
        spec.clock,
        spec.channel_rules,
        isolation,
    )


def _publisher(spec: AppSpec) -> Publisher:
    # With a simulated clock, a tick waits until every channel has finished, so that the
    # results of a replay always have the same order.
    patience = None if isinstance(spec.machine_clock, StillClock) else MAX_TICK_WAIT
    return Publisher(
        spec.store,
        spec.channels,
        spec.machine_clock,
        PostTiming(
            RetryDelays(spec.settle_after),
            patience,
            spec.channel_rules,
            RestoreGuard(spec.published, spec.clock),
            spec.stale_after,
        ),
    )


def _clock_monitor(spec: AppSpec) -> ClockMonitor:
    # Only the machine's clock can be set wrong, so simulated clocks are not checked.
    clock = spec.clock if isinstance(spec.clock, TrustedClock) else None
    states_at = spec.store.incidents.states_at
    return ClockMonitor(spec.sources, clock, spec.rules.grace, states_at)


def stored_place_pages(
    sources: tuple[Source, ...],
    register: Register,
    store: Store,
    rules: AssessmentRules,
    pages: PlacePages,
    window: Interval,
) -> PlacePageUpdater:
    """Return the writer of the pages of places, with what is stored; nothing is read.

    Args:
        sources: say what is watched; none of them is asked.
        register: names of networks and time zones.
        store: has the readings, and the state of detection after the last tick.
        rules: how readings are assessed.
        pages: writes the pages.
        window: the readings that are loaded; it ends now.

    Raises:
        StoreError: the store cannot be read.
    """
    signals, rows = _series(sources)
    history = History(signals, rows, window.since, window.width)
    watchlist = _watchlist(sources, register, rows)
    assessor = _assessor(store, signals, rows, watchlist, rules)
    restore_detection(store.incidents.states(), assessor, history)
    history.load(store.readings, window.until)
    levels = PlaceLevelReader(assessor, history, rows, watchlist, rules.grace)
    return PlacePageUpdater(store, levels, pages)


def _series(
    sources: tuple[Source, ...],
) -> tuple[dict[str, Signal], dict[str, tuple[Entity, ...]]]:
    """Return the signals of all sources, and the entities of each, by signal id."""
    signals = {s.id: s for source in sources for s in source.signals}
    rows = {id_: r for source in sources for id_, r in source.rows.items()}
    return signals, rows


def _assessor(
    store: Store,
    signals: Mapping[str, Signal],
    rows: Mapping[str, tuple[Entity, ...]],
    watchlist: Watchlist,
    rules: AssessmentRules,
) -> Assessor:
    incidents = store.incidents
    current, unreadable = incidents.newest_of_each_place(), incidents.unreadable()
    return Assessor(signals, rows, watchlist, rules, current, unreadable)


def _watchlist(
    sources: tuple[Source, ...],
    register: Register,
    rows: Mapping[str, tuple[Entity, ...]],
) -> Watchlist:
    watched = {entity for entities in rows.values() for entity in entities}
    networks: dict[Entity, Network] = {
        network.entity: network for network in register.networks.values()
    }
    parents: dict[Entity, Entity] = {}
    for source in sources:
        parents |= source.parents
    return group_into_places(watched, networks, parents, register.principal_zone)
