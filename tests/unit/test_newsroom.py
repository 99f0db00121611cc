"""One tick: read, judge, record, decide, show, post."""

from dataclasses import replace

import pytest

from bot import bootstrap
from bot.config.sections import Config
from bot.editorial.attributions import AttributionEditor
from bot.errors import RenderingError
from bot.model.attribution import Claim, Level
from bot.replay import run
from bot.sources.recording.source import load
from bot.tick import runner as rooms
from tests.stories import blackout


class Pageless:
    """A renderer whose pages cannot be written until it is mended."""

    def __init__(self, inner) -> None:
        self.inner, self.mended = inner, False

    def draft(self, event, evidence, outlets):
        return self.inner.draft(event, evidence, outlets)

    def marked(self, event, outlet, words):
        return self.inner.marked(event, outlet, words)

    def check(self, event, text, causes=(), picture=None):
        return self.inner.check(event, text, causes, picture)

    def trouble(self, troubles, now):
        return self.inner.trouble(troubles, now)

    def review(self, event, draft, background):
        return self.inner.review(event, draft, background)

    def publish_page(self, dossier):
        if not self.mended:
            raise RenderingError("the disk is full")
        self.inner.publish_page(dossier)

    def publish_sources(self, conditions, at):
        self.inner.publish_sources(conditions, at)


@pytest.fixture
def told(tmp_path):
    """A blackout played into a newsroom whose renderer writes no pages at first."""
    recording = load(blackout(tmp_path / "recording"))
    house, clock = bootstrap.replaying(recording, tmp_path / "out", Config())
    staff = house.newsroom._staff
    renderer = Pageless(staff.renderer)
    room = rooms.TickRunner(
        replace(staff, renderer=renderer), rooms.Retention(recording.span.width)
    )
    lag = max(signal.lag for signal in recording.signals)
    run.play(room, clock, recording.span, lag, lambda _: None)
    yield room, renderer, house.store, tmp_path / "out" / "posts.jsonl"
    house.store.close()


def test_no_post_goes_out_before_its_page_is_there(told):  # P15
    room, renderer, store, posts = told
    assert store.deliveries.all()
    assert not posts.exists()
    renderer.mended = True
    room.tick()
    assert posts.exists()
    assert {d.state for d in store.deliveries.all()} == {"sent"}


def test_a_page_is_written_anew_when_people_say_what_the_cause_is(told):  # P8
    room, renderer, store, posts = told
    renderer.mended = True
    room.tick()
    (incident,) = store.incidents.all()
    page = posts.parent / "site" / "i" / incident.id / "index.html"
    assert "The cause is not known." in page.read_text("utf-8")
    desk = AttributionEditor(store, room._staff.clock)
    said = Claim(Level.A1, "a fault", "The operator", "https://a.example", "copy.html")
    desk.add(incident.id, said, "Ada", "read it")
    room.tick()
    assert "The operator says: a fault." in page.read_text("utf-8")
    written = page.stat().st_mtime_ns
    room.tick()
    assert page.stat().st_mtime_ns == written
    desk.withdraw(incident.id, 1, "Ada", "denied")
    room.open()  # a restart writes every page: nothing is missed in between
    assert "a fault" not in page.read_text("utf-8")


def test_every_event_has_its_class_when_it_is_told(told):  # P8
    _, _, store, _ = told
    (incident,) = store.incidents.all()
    known = store.classifications.history(incident.id)
    assert [one.seq for one in known] == [
        e.seq for e in store.incidents.events(incident.id)
    ]
    assert store.classifications.pending() == ()
    assert known[-1].found.kind == "national-blackout"
