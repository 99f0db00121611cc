"""One tick: read, judge, record, decide, show, post."""

from dataclasses import replace

import pytest

from bot import wiring
from bot.app import newsroom as rooms
from bot.config import Config
from bot.errors import RenderingError
from bot.replay import playing
from bot.sources.recording import load
from tests.stories import blackout


class Pageless:
    """A renderer whose pages cannot be written until it is mended."""

    def __init__(self, inner) -> None:
        self.inner, self.mended = inner, False

    def draft(self, event, evidence, outlets):
        return self.inner.draft(event, evidence, outlets)

    def review(self, event, draft):
        return self.inner.review(event, draft)

    def publish_page(self, dossier):
        if not self.mended:
            raise RenderingError("the disk is full")
        self.inner.publish_page(dossier)


@pytest.fixture
def told(tmp_path):
    """A blackout played into a newsroom whose renderer writes no pages at first."""
    recording = load(blackout(tmp_path / "recording"))
    house, clock = wiring.replaying(recording, tmp_path / "out", Config())
    staff = house.newsroom._staff
    renderer = Pageless(staff.renderer)
    room = rooms.Newsroom(
        replace(staff, renderer=renderer), rooms.Keeping(recording.span.width)
    )
    lag = max(signal.lag for signal in recording.signals)
    playing.play(room, clock, recording.span, lag, lambda _: None)
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
