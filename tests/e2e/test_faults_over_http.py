"""Every fault of a source, over real HTTP: none causes a false report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import pytest

from bot.bootstrap import Application
from bot.clock import StillClock
from bot.detection.setup import is_twin
from bot.model.signal import Gap
from bot.replay import run
from bot.replay.faults import ServerFault
from bot.replay.server import ReplayServer
from bot.sources.recording.source import Recording
from bot.tick.runner import TickResult
from tests.shutdowns import (
    BEGIN,
    CUT,
    DAY,
    END,
    HOUR,
    RESTORED,
    gaps_of,
    kinds,
    live_application,
    load_shutdown,
    read_incidents,
    replay_incidents,
)

pytestmark = pytest.mark.servers

SIGNALS = ("ioda.bgp", "ioda.ping-slash24")


@dataclass
class LiveApplication:
    """A live application, the server that it reads, and the clock that both use."""

    recording: Recording
    server: ReplayServer
    clock: StillClock
    application: Application

    def tick_until(
        self, at: datetime, stride: timedelta = 2 * HOUR
    ) -> list[TickResult]:
        """Run a tick after every `stride`, the last one at `at`; return the results."""
        ticks = []
        while self.clock.now() < at:
            self.clock.sleep(min(stride, at - self.clock.now()))
            ticks.append(self.application.runner.tick())
        return ticks

    def set_fault(self, fault: ServerFault | None) -> None:
        """Set a fault of the server, or end it with None, while the server runs."""
        reply = httpx.put(f"{self.server.url}/fault", content=fault or "")
        assert reply.status_code == 200

    def event_kinds(self) -> list[str]:
        """Return the kinds of all events of all incidents."""
        store = self.application.store
        return [e.kind for i in store.incidents.all() for e in self.events(i.id)]

    def events(self, incident: str):
        return self.application.store.incidents.events(incident)

    def gaps(self, since: datetime, until: datetime) -> list[Gap]:
        """Return the gaps of whole signals that overlap the time from `since` to `until`."""
        all_gaps = [g for s in SIGNALS for g in gaps_of(self.application, s)]
        return [
            gap
            for gap in all_gaps
            if gap.entity is None
            and gap.window.since < until
            and gap.window.until > since
        ]


@pytest.fixture
def live(tmp_path) -> Iterator[LiveApplication]:
    recording = load_shutdown(tmp_path / "recording")
    clock = StillClock(CUT - DAY)
    with ReplayServer(recording, clock) as server:
        application = live_application(server, recording, clock, tmp_path)
        assert application.runner.tick().failed == ()
        yield LiveApplication(recording, server, clock, application)
        application.store.close()


FAST_FAULTS = {ServerFault.HANG, ServerFault.NULLS, ServerFault.TRUNCATED}


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(fault, marks=[] if fault in FAST_FAULTS else [pytest.mark.slow])
        for fault in ServerFault
    ],
)
def test_fault_opens_and_closes_nothing_and_is_recorded(live, fault, tmp_path):
    """P5, P6, P17: a fault of the source opens and closes no incident.

    The fault first comes on a normal day, and then during an outage.
    """
    fault_start = CUT - DAY + HOUR
    live.set_fault(fault)
    assert all(tick.failed for tick in live.tick_until(fault_start + 6 * HOUR))
    assert live.event_kinds() == []
    assert {g.signal for g in live.gaps(fault_start, fault_start + 6 * HOUR)} == set(
        SIGNALS
    )

    live.set_fault(None)
    live.tick_until(CUT + 5 * HOUR)
    (incident,) = live.application.store.incidents.all()
    before = live.event_kinds()
    assert before == ["confirmed"]

    live.set_fault(fault)
    assert all(tick.failed for tick in live.tick_until(RESTORED + 4 * HOUR, 3 * HOUR))
    assert live.event_kinds() == before
    assert live.application.store.incidents.all()[0].is_open
    assert {g.signal for g in live.gaps(CUT + 6 * HOUR, RESTORED)} == set(SIGNALS)

    live.set_fault(None)
    assert live.tick_until(RESTORED + 5 * HOUR)[0].failed == ()
    live.tick_until(END, 6 * HOUR)
    run.write_results(live.application.store, tmp_path)
    (stored,) = read_incidents(tmp_path)
    assert stored["id"] == incident.id
    assert kinds(stored)[-1] == "restored"
    restored = [
        datetime.fromisoformat(stored["restored"][end]) for end in ("from", "to")
    ]
    assert restored[0] <= RESTORED <= restored[1], (
        "P9: the true return is outside the published interval"
    )


def test_pages_name_a_source_that_is_silent_during_an_incident(live, tmp_path):
    """P5: the incident's page and the front page name a silent source until it is back."""
    site = tmp_path / "site"
    live.tick_until(CUT + 5 * HOUR)
    (incident,) = live.application.store.incidents.all()
    page = site / "i" / incident.id / "index.html"
    assert "ill or silent" not in page.read_text()
    live.set_fault(ServerFault.ERROR)
    live.tick_until(CUT + 9 * HOUR)
    assert "is silent since its reading of" in page.read_text()
    assert "got no usable answer" in page.read_text()
    assert "silent since" in (site / "index.html").read_text()
    live.set_fault(None)
    live.tick_until(CUT + 11 * HOUR)
    assert "is silent since" not in page.read_text()
    assert "got no usable answer" in page.read_text()
    assert "silent since" not in (site / "index.html").read_text()


@pytest.mark.parametrize(
    "fault",
    [
        ServerFault.NULLS,
        pytest.param(ServerFault.ERROR, marks=pytest.mark.slow),
        pytest.param(ServerFault.EMPTY, marks=pytest.mark.slow),
    ],
)
def test_fault_shorter_than_the_grace_time_changes_nothing(live, fault, tmp_path):
    """P14: bins that come late, but within the grace time, are assessed as usual."""
    live.tick_until(CUT + 84 * timedelta(minutes=1))
    live.set_fault(fault)
    live.tick_until(CUT + 144 * timedelta(minutes=1), HOUR / 2)
    live.set_fault(None)
    live.tick_until(END + HOUR, 3 * HOUR)
    run.write_results(live.application.store, tmp_path / "live")
    assert read_incidents(tmp_path / "live") == replay_incidents(
        live.recording, tmp_path / "replay"
    )


def test_readings_after_a_long_fault_are_stored(live):
    """P5: the first bins of the outage come too late for assessment, but are stored."""
    live.set_fault(ServerFault.ERROR)
    live.tick_until(CUT + 4 * HOUR)
    assert live.event_kinds() == []
    live.set_fault(None)
    live.tick_until(CUT + 9 * HOUR)
    (incident,) = live.application.store.incidents.all()
    assert incident.onset.since <= CUT <= incident.onset.until, (
        "P9: the cut is outside the onset"
    )
    signal = live.recording.signals[0]
    (place,) = [e for e in live.recording.entities if e.code == "KZ"]
    window = live.recording.span
    panel = live.application.store.readings.panel(signal, (place,), window)
    missed_bin = signal.bin_at(CUT) - panel.first
    assert panel.values[0, missed_bin] < 1000


def test_loop_waits_for_a_slow_source(tmp_path):
    recording = load_shutdown(tmp_path / "recording")
    clock = StillClock(CUT + 5 * HOUR)
    ioda = {"timeout": "5s", "datasources": ["bgp"]}
    with ReplayServer(recording, clock, fault=ServerFault.SLOW) as server:
        application = live_application(
            server, recording, clock, tmp_path, ioda=ioda, loop={"history": "1d"}
        )
        assert application.runner.tick().failed == ()
        application.store.close()


def test_first_assessment_waits_for_the_history(tmp_path):
    """P6: nothing is assessed before the history is read; then the outage is found."""
    recording = load_shutdown(tmp_path / "recording")
    clock = StillClock(CUT + 5 * HOUR)
    with ReplayServer(recording, clock, fault=ServerFault.EMPTY) as server:
        application = live_application(server, recording, clock, tmp_path)
        assert application.runner.tick().failed
        assert not application.store.incidents.states()
        server.fault = None
        assert application.runner.tick().failed == ()
        assert len(application.store.incidents.all()) == 1
        application.store.close()


def test_weeks_before_a_recording_do_not_prevent_a_start(tmp_path):
    recording = load_shutdown(tmp_path / "recording")
    clock = StillClock(BEGIN + 7 * DAY + 12 * HOUR)
    with ReplayServer(recording, clock) as server:
        application = live_application(server, recording, clock, tmp_path)
        assert application.runner.tick().failed == ()
        states = application.store.incidents.states()
        assert {i for i in states if not is_twin(i)} == set(SIGNALS)
        application.store.close()


def test_one_failing_signal_does_not_stop_the_others(tmp_path):
    """P6: the failing signal has one growing gap, and the other signal is read."""
    recording = load_shutdown(tmp_path / "recording")
    clock = StillClock(CUT - DAY)
    ioda = {"datasources": ["merit-nt", "bgp"], "timeout": "5s"}
    with ReplayServer(recording, clock) as server:
        application = live_application(server, recording, clock, tmp_path, ioda=ioda)
        for _ in range(12):
            clock.sleep(HOUR)
            assert len(application.runner.tick().failed) == 1
        gaps = gaps_of(application, "ioda.merit-nt")
        assert len(gaps) == 1
        assert "ioda.bgp" in application.store.incidents.states()
        application.store.close()
