"""Every fault of a source, over real HTTP: none causes a false report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import pytest

from bot.bootstrap import Application
from bot.clock import StillClock
from bot.model.signal import Gap
from bot.replay import run
from bot.replay.faults import ServerFault
from bot.replay.server import ReplayServer
from bot.sources.recording.source import Recording
from bot.tick.runner import TickResult
from tests.shutdowns import (
    BACK,
    BEGIN,
    CUT,
    DAY,
    END,
    HOUR,
    a_shutdown,
    gaps_of,
    incidents_in,
    kinds,
    replayed,
    watching,
)

pytestmark = pytest.mark.servers

SIGNALS = ("ioda.bgp", "ioda.ping-slash24")


@dataclass
class Watch:
    """A live application, the server that it reads, and the clock that both use."""

    recording: Recording
    server: ReplayServer
    clock: StillClock
    application: Application

    def until(self, at: datetime, stride: timedelta = 2 * HOUR) -> list[TickResult]:
        """Tick after every `stride`, the last time at `at`; return the results."""
        ticks = []
        while self.clock.now() < at:
            self.clock.sleep(min(stride, at - self.clock.now()))
            ticks.append(self.application.runner.tick())
        return ticks

    def misbehave(self, fault: ServerFault | None) -> None:
        """Set a fault of the server, or end it with None, while the server runs."""
        reply = httpx.put(f"{self.server.url}/fault", content=fault or "")
        assert reply.status_code == 200

    def told(self) -> list[str]:
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
def watch(tmp_path) -> Iterator[Watch]:
    recording = a_shutdown(tmp_path / "recording")
    clock = StillClock(CUT - DAY)
    with ReplayServer(recording, clock) as server:
        application = watching(server, recording, clock, tmp_path)
        assert application.runner.tick().failed == ()
        yield Watch(recording, server, clock, application)
        application.store.close()


QUICK = {ServerFault.HANG, ServerFault.NULLS, ServerFault.TRUNCATED}


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(fault, marks=[] if fault in QUICK else [pytest.mark.slow])
        for fault in ServerFault
    ],
)
def test_a_fault_opens_nothing_closes_nothing_and_is_on_record(watch, fault, tmp_path):
    """P5, P6, P17: a fault on a normal day opens nothing, one in an outage closes nothing."""
    ill = CUT - DAY + HOUR
    watch.misbehave(fault)
    assert all(tick.failed for tick in watch.until(ill + 6 * HOUR))
    assert watch.told() == []
    assert {g.signal for g in watch.gaps(ill, ill + 6 * HOUR)} == set(SIGNALS)

    watch.misbehave(None)
    watch.until(CUT + 5 * HOUR)
    (incident,) = watch.application.store.incidents.all()
    before = watch.told()
    assert before == ["confirmed"]

    watch.misbehave(fault)
    assert all(tick.failed for tick in watch.until(BACK + 4 * HOUR, 3 * HOUR))
    assert watch.told() == before
    assert watch.application.store.incidents.all()[0].open
    assert {g.signal for g in watch.gaps(CUT + 6 * HOUR, BACK)} == set(SIGNALS)

    watch.misbehave(None)
    assert watch.until(BACK + 5 * HOUR)[0].failed == ()
    watch.until(END, 6 * HOUR)
    run.write(watch.application.store, tmp_path)
    (same,) = incidents_in(tmp_path)
    assert same["id"] == incident.id
    assert kinds(same)[-1] == "restored"
    restored = [datetime.fromisoformat(same["restored"][end]) for end in ("from", "to")]
    assert restored[0] <= BACK <= restored[1], (
        "P9: the true return is outside the published interval"
    )


def test_a_source_that_falls_silent_in_mid_incident_says_so(watch, tmp_path):
    """P5: the incident's page and the front page name a silent source until it is back."""
    site = tmp_path / "site"
    watch.until(CUT + 5 * HOUR)
    (incident,) = watch.application.store.incidents.all()
    page = site / "i" / incident.id / "index.html"
    assert "ill or silent" not in page.read_text()
    watch.misbehave(ServerFault.ERROR)
    watch.until(CUT + 9 * HOUR)
    assert "is silent since its reading of" in page.read_text()
    assert "stayed without a usable answer" in page.read_text()
    assert "silent since" in (site / "index.html").read_text()
    watch.misbehave(None)
    watch.until(CUT + 11 * HOUR)
    assert "is silent since" not in page.read_text()
    assert "stayed without a usable answer" in page.read_text()
    assert "silent since" not in (site / "index.html").read_text()


@pytest.mark.parametrize(
    "fault",
    [
        ServerFault.NULLS,
        pytest.param(ServerFault.ERROR, marks=pytest.mark.slow),
        pytest.param(ServerFault.EMPTY, marks=pytest.mark.slow),
    ],
)
def test_a_fault_shorter_than_the_grace_changes_no_word(watch, fault, tmp_path):
    """P14: bins that come late, but within the grace time, are judged as if on time."""
    watch.until(CUT + 84 * timedelta(minutes=1))
    watch.misbehave(fault)
    watch.until(CUT + 144 * timedelta(minutes=1), HOUR / 2)
    watch.misbehave(None)
    watch.until(END + HOUR, 3 * HOUR)
    run.write(watch.application.store, tmp_path / "live")
    assert incidents_in(tmp_path / "live") == replayed(
        watch.recording, tmp_path / "replay"
    )


def test_what_arrives_after_a_long_fault_is_stored_and_unsays_nothing(watch):
    """P5: the first bins of the outage come too late to be judged, but are stored."""
    watch.misbehave(ServerFault.ERROR)
    watch.until(CUT + 4 * HOUR)
    assert watch.told() == []
    watch.misbehave(None)
    watch.until(CUT + 9 * HOUR)
    (incident,) = watch.application.store.incidents.all()
    assert incident.onset.since <= CUT <= incident.onset.until, (
        "P9: the cut is outside the onset"
    )
    signal = watch.recording.signals[0]
    (place,) = [e for e in watch.recording.entities if e.code == "KZ"]
    window = watch.recording.span
    panel = watch.application.store.readings.panel(signal, (place,), window)
    missed = signal.bin_of(CUT) - panel.first
    assert panel.values[0, missed] < 1000


def test_a_slow_source_is_waited_for(tmp_path):
    recording = a_shutdown(tmp_path / "recording")
    clock = StillClock(CUT + 5 * HOUR)
    patient = {"timeout": "5s", "datasources": ["bgp"]}
    with ReplayServer(recording, clock, fault=ServerFault.SLOW) as server:
        application = watching(
            server, recording, clock, tmp_path, ioda=patient, loop={"history": "1d"}
        )
        assert application.runner.tick().failed == ()
        application.store.close()


def test_a_source_that_is_empty_at_the_first_start_is_waited_for(tmp_path):
    """P6: nothing is judged before the history is read; then the outage is found."""
    recording = a_shutdown(tmp_path / "recording")
    clock = StillClock(CUT + 5 * HOUR)
    with ReplayServer(recording, clock, fault=ServerFault.EMPTY) as server:
        application = watching(server, recording, clock, tmp_path)
        assert application.runner.tick().failed
        assert not application.store.incidents.states()
        server.fault = None
        assert application.runner.tick().failed == ()
        assert len(application.store.incidents.all()) == 1
        application.store.close()


def test_weeks_before_a_recording_began_do_not_stop_a_start(tmp_path):
    recording = a_shutdown(tmp_path / "recording")
    clock = StillClock(BEGIN + 7 * DAY + 12 * HOUR)
    with ReplayServer(recording, clock) as server:
        application = watching(server, recording, clock, tmp_path)
        assert application.runner.tick().failed == ()
        assert set(application.store.incidents.states()) == set(SIGNALS)
        application.store.close()


def test_one_ill_signal_does_not_keep_the_others_from_being_asked(tmp_path):
    """P6: the signal that fails has one gap that grows, and the other one is read."""
    recording = a_shutdown(tmp_path / "recording")
    clock = StillClock(CUT - DAY)
    both = {"datasources": ["merit-nt", "bgp"], "timeout": "5s"}
    with ReplayServer(recording, clock) as server:
        application = watching(server, recording, clock, tmp_path, ioda=both)
        for _ in range(12):
            clock.sleep(HOUR)
            assert len(application.runner.tick().failed) == 1
        asked = gaps_of(application, "ioda.merit-nt")
        assert len(asked) == 1
        assert "ioda.bgp" in application.store.incidents.states()
        application.store.close()
