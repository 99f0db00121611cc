"""A machine whose clock may be wrong, and sources that publish by the real time."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import bootstrap
from bot.clock import Clock, StillClock, SystemClock, TrustedClock
from bot.config.sections import Config
from bot.errors import SourceUnreachable
from bot.model.operations import AlertKind
from bot.model.signal import Answer, Request
from bot.sources.recording.readings_csv import write_rows
from bot.sources.recording.source import RecordingSource, load_recording
from bot.store.sql_store import SqlStore
from bot.tick import runner as tick_runner
from bot.tick.clock_monitor import ClockMonitor
from bot.tick.reader import Reader
from tests import stories

HALF_HOUR = timedelta(minutes=30)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
GRACE = timedelta(hours=1)
_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass
class SimulatedTime:
    """The real time, and what the machine makes of it.

    Attributes:
        at: the real time.
        ahead: how far the machine's clock is ahead of it (negative: behind).
        frozen: what the machine's clock shows all the time; None: it moves.
        missed: the time that the monotonic clock did not count.
    """

    at: datetime
    ahead: timedelta = timedelta(0)
    frozen: datetime | None = None
    missed: timedelta = timedelta(0)

    def advance(self, span: timedelta) -> None:
        self.at += span

    def shown(self) -> datetime:
        if self.frozen is not None:
            return self.frozen
        return self.at + min(self.ahead, _LATEST - self.at)

    def elapsed(self) -> timedelta:
        return self.at - stories.START - self.missed


class WrongClock(SystemClock):
    """The machine's clock, which may be wrong."""

    def __init__(self, time: SimulatedTime) -> None:
        super().__init__()
        self.time = time

    def now(self) -> datetime:
        return self.time.shown()

    def elapsed(self) -> timedelta:
        return self.time.elapsed()

    def sleep(self, duration: timedelta) -> None:
        self.time.advance(duration)


class UncheckedClock(StillClock):
    """The machine's clock as early versions used it: whatever it shows is trusted."""

    def __init__(self, time: SimulatedTime) -> None:
        self.simulated = time

    def now(self) -> datetime:
        return self.simulated.shown()

    def sleep(self, duration: timedelta) -> None:
        self.simulated.advance(duration)


class TrueTimeSource(RecordingSource):
    """A source that publishes each bin when it is due by the real time.

    Attributes:
        name: the name of the source.
        shows_time: whether its answers show the server's time.
        server_ahead: how far its server's clock is ahead of the real time.
        unreachable: whether it cannot be reached.
        request_count: the number of requests.
        on_request: a function that is called at each request.
    """

    def __init__(
        self, folder: Path, time: SimulatedTime, clock: Clock, *signals: str
    ) -> None:
        """Serve `signals` of the recording in `folder`; without `signals`, all."""
        super().__init__(load_recording(folder), clock)
        if signals:
            self.name = f"recording of {', '.join(signals)}"
            self.signals = tuple(s for s in self.signals if s.id in signals)
            self.rows = {id_: self.rows[id_] for id_ in signals}
        self.time, self.shows_time, self.unreachable = time, False, False
        self.server_ahead = timedelta(0)
        self.request_count = 0
        self.on_request: Callable[[], None] = lambda: None
        self._date: tuple[datetime, timedelta] | None = None

    @property
    def server_time(self) -> tuple[datetime, timedelta] | None:
        return self._date

    def ask(self, request: Request) -> Answer:
        self.request_count += 1
        self.on_request()
        if self.unreachable:
            raise SourceUnreachable("not there")
        if self.shows_time:
            self._date = self.time.at + self.server_ahead, self.time.elapsed()
        answer = super().ask(request)
        due = [row for row in self._recorded(answer) if self._is_published(row.time_s)]
        return replace(answer, body=write_rows(due).encode())

    def _recorded(self, answer: Answer) -> list:
        lines = (self._lines[i] for i in range(len(self._lines)))
        window = answer.request.window
        since, until = window.since.timestamp(), window.until.timestamp()
        return [r for r in lines if since <= r.time_s < until and r.signal in self.rows]

    def _is_published(self, at: float) -> bool:
        return at + 3600 <= self.time.at.timestamp()  # bin and lag: 30 minutes each


class ClockHarness:
    """An application whose clock may be wrong; `stop` and `start` restart it."""

    def __init__(
        self,
        home: Path,
        config: Config,
        sources: Callable[[SimulatedTime, Clock], tuple[TrueTimeSource, ...]],
        *,
        checked: bool = True,
        at: datetime = stories.FALL - 6 * HOUR,
    ) -> None:
        """Build an application at the real time `at`; `start` starts it."""
        self.home, self.config, self.checked = home, config, checked
        self.time = SimulatedTime(at)
        self.clock: Clock
        self.clock = (
            TrustedClock(WrongClock(self.time))
            if checked
            else UncheckedClock(self.time)
        )
        self._sources_with = sources
        self.sources = sources(self.time, self.clock)

    @property
    def source(self) -> TrueTimeSource:
        return self.sources[0]

    def start(self) -> None:
        # A process that starts knows nothing of the time, and has asked no source.
        if self.checked:
            self.clock = TrustedClock(WrongClock(self.time))
        application = bootstrap.build_live(
            self.config, self.clock, bootstrap.BackfillProgress()
        )
        for source in self.sources:
            source._date, source._clock = None, self.clock
        assert isinstance(application.store, SqlStore)
        self.application, self.store = application, application.store
        trusted = self.clock if isinstance(self.clock, TrustedClock) else None
        components = replace(
            application.runner._components,
            reader=Reader(self.sources, application.store, self.clock),
            clock_monitor=ClockMonitor(
                self.sources, trusted, GRACE, application.store.incidents.states_at
            ),
        )
        retention = tick_runner.Retention(timedelta(days=7), answers=timedelta(days=30))
        self.runner = tick_runner.TickRunner(components, retention)
        self.runner.open()

    def stop(self) -> None:
        self.runner._components.publisher.close()
        self.store.close()

    def run_ticks(self, span: timedelta) -> list[tick_runner.TickResult]:
        ticks = []
        for _ in range(span // HALF_HOUR):
            self.time.advance(HALF_HOUR)
            ticks.append(self.runner.tick())
        return ticks

    def kinds(self) -> list[str]:
        incidents = self.store.incidents
        return [e.kind for i in incidents.all() for e in incidents.events(i.id)]

    def stored(self) -> tuple[object, ...]:
        incidents, readings = self.store.incidents, self.store.readings
        long_ago = self.time.at - 9999 * DAY
        gaps = readings.faults(tuple(stories.SIGNALS), long_ago)
        return incidents.states(), incidents.states_at(), gaps, self.kinds()


def blackout_harness(home: Path, *, checked: bool = True) -> ClockHarness:
    """Return a started application that watches the made-up blackout."""
    from bot.config import loading as configuration

    folder = stories.blackout(home / "recording")
    channels = {"wire": {"kind": "file", "path": str(home / "posts.jsonl")}}
    config = configuration.check_values(
        stories.settings(home, folder, channels, history="7d"), "test"
    )
    harness = ClockHarness(
        home,
        config,
        lambda time, clock: (TrueTimeSource(folder, time, clock),),
        checked=checked,
    )
    harness.start()
    return harness


def alert_kinds(ticks: list[tick_runner.TickResult]) -> list[list[AlertKind]]:
    return [[alert.kind for alert in tick.alerts] for tick in ticks]
