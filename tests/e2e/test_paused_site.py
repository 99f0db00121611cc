"""While everything is stopped, the report site shows nothing that was not out before (P16)."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot import bootstrap
from bot.clock import StillClock
from bot.editorial.manual_corrections import ManualCorrections
from bot.model.incident import EventKind, State
from bot.model.operations import ALL_CHANNELS, Pause
from tests import stories

POLL = timedelta(minutes=30)


class PausedHarness:
    """A live application with a site, which reads a made-up blackout."""

    def __init__(
        self, application: bootstrap.Application, clock: StillClock, site: Path
    ) -> None:
        self.application, self.clock, self.site = application, clock, site
        self.store = application.store

    def tick(self, hours: float) -> None:
        for _ in range(int(hours * 2)):
            self.clock.sleep(POLL)
            assert self.application.runner.tick().failed == ()

    def pause(self) -> None:
        now = self.clock.now()
        self.store.pauses.pause(Pause(ALL_CHANNELS, "Ada", "a check", now))

    def resume(self) -> None:
        self.store.pauses.resume(ALL_CHANNELS, "Ada", "it is right", self.clock.now())

    def files(self) -> dict[Path, bytes]:
        """Return the bytes of each file of the site, by its path."""
        return {p: p.read_bytes() for p in self.site.rglob("*") if p.is_file()}

    def page(self) -> str:
        """Return the text of the page of the only incident."""
        (incident,) = self.store.incidents.all()
        page = self.site / "i" / incident.id / "index.html"
        return page.read_text("utf-8")


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[PausedHarness]:
    recording = stories.blackout(tmp_path / "recording")
    channels = {"wire": {"kind": "file", "path": str(tmp_path / "posts.jsonl")}}
    config = stories.publishing_config(tmp_path, recording, channels, "14d")
    clock = StillClock(stories.FALL - 2 * POLL)
    application = bootstrap.build_live(config, clock, bootstrap.BackfillProgress())
    with closing(application.store):
        application.runner.open()
        application.runner.tick()
        yield PausedHarness(application, clock, config.site.out)


def test_nothing_new_is_on_the_site_until_all_resumes(harness: PausedHarness) -> None:
    harness.pause()
    before = harness.files()
    harness.tick(5)
    (incident,) = harness.store.incidents.all()
    assert incident.state is State.CONFIRMED
    assert harness.files() == before
    harness.resume()
    harness.tick(0.5)
    assert "Confirmed" in harness.page()
    assert harness.files() != before


def test_correction_reaches_the_site_while_all_is_stopped(
    harness: PausedHarness,
) -> None:
    """P11: a false page is set right at once; the pause holds back only new claims."""
    harness.tick(3)
    assert "Confirmed" in harness.page()
    harness.pause()
    before = harness.page()
    harness.tick(1)
    assert harness.page() == before
    (incident,) = harness.store.incidents.all()
    corrections = ManualCorrections(harness.store, harness.clock, "")
    statement = "The source had a fault."
    corrections.record(incident.id, EventKind.RETRACTED, statement, "Ada")
    harness.tick(0.5)
    assert "The source had a fault." in harness.page()
