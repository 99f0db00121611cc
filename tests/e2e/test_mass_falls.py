"""Very many countries that fall at once: nothing is reported, and operators are told."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import StillClock
from bot.replay.server import ReplayServer
from bot.sources.recording.source import Recording, load_recording
from bot.tick.loop import Loop
from tests.servers.smtp import Mailbox
from tests.shutdowns import (
    CUT,
    HOUR,
    RESTORED,
    live_application,
    shutdown,
)

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = pytest.mark.servers

COUNTRIES = ("AM", "AZ", "BD", "GE", "IN", "KG", "KZ", "NP", "PK", "TJ", "TM", "UZ")
SIZES = {country: 1000 + 500 * n for n, country in enumerate(COUNTRIES)}


class MassFall:
    """A live application in which all watched countries fall, and its operators."""

    def __init__(
        self,
        recording: Recording,
        server: ReplayServer,
        clock: StillClock,
        folder: Path,
        mailbox: Mailbox,
    ) -> None:
        self.clock = clock
        self._mailbox = mailbox
        self.application = live_application(
            server, recording, clock, folder, operators=mailbox.operators()
        )

    def watch_until_the_end(self, hours: int) -> None:
        """Run the loop for `hours`, with a tick each half hour."""
        end = self.clock.now() + hours * HOUR
        runner, alerts = self.application.runner, self.application.alerts
        half_hour = timedelta(minutes=30)

        def stop_at_end(_tick: object) -> None:
            if self.clock.now() >= end:
                loop.stop()

        loop = Loop(runner, self.clock, half_hour, stop_at_end, alerts)
        loop.run()

    def texts(self) -> list[str]:
        """Return the text of each letter to the operators."""
        bodies = [letter.get_body(("plain",)) for letter in self._mailbox.emails]
        return [body.get_content() for body in bodies if body is not None]


@pytest.fixture
def begins_at() -> datetime:
    """When the application starts."""
    return CUT - HOUR


@pytest.fixture
def fall(tmp_path: Path, mailbox: Mailbox, begins_at: datetime) -> Iterator[MassFall]:
    recording = load_recording(shutdown(tmp_path / "recording", SIZES, COUNTRIES))
    clock = StillClock(begins_at)
    with ReplayServer(recording, clock) as server:
        fall = MassFall(recording, server, clock, tmp_path, mailbox)
        yield fall
        fall.application.store.close()


def test_operators_learn_that_all_countries_fell_at_once(fall):  # P6, P19
    """The sources are taken to be at fault, so a real fall would be told by nothing else."""
    fall.watch_until_the_end(8)
    assert fall.application.store.incidents.all() == ()
    (alert,) = fall.texts()
    for signal in ("ioda.bgp", "ioda.ping-slash24"):
        assert f"{signal}" in alert
    assert alert.count("A source is taken to be at fault") == 2
    assert "many unrelated places fell at once" in alert

    fall.watch_until_the_end(int((RESTORED - CUT) / HOUR))
    assert "A source is no longer taken to be at fault" in fall.texts()[-1]
    assert 2 <= len(fall.texts()) <= 4


@pytest.mark.parametrize("begins_at", [CUT - timedelta(days=900)])
def test_operators_learn_that_no_source_has_any_reading(fall):  # P5, P19
    """Answers without readings are no error of a request, so nothing else would tell it."""
    fall.watch_until_the_end(3)
    (alert,) = fall.texts()
    assert alert.startswith("As of")
    assert "No source gives readings" in alert
    assert "IODA answered without any data" in alert
