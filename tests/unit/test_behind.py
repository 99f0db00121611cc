"""A restored store does not know what was published since, so channels are searched (P10)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.clock import StillClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import DeliveryState
from bot.publishing.channel_worker import RestoreGuard, RetryDelays
from bot.publishing.publisher import Pacing, Publisher
from bot.store.published_times import PublishedTimesFile
from bot.store.sql_store import open_store
from tests.contract.stored import PNG, T0, change, decision, draft, post, record
from tests.fakes import FakeChannel

MINUTE = timedelta(minutes=1)
FIRST, SECOND = "KZ-2022-0104.1/x", "KZ-2022-0104.2/x"


class BehindHarness:
    """A publisher of one channel that begins at T0, with two posts to send.

    `made_at` is the time at which the posts were made.
    """

    def __init__(self, store, made_at, published=None) -> None:
        self.store, self.clock, self.x = store, StillClock(T0), FakeChannel("x")
        guard = RestoreGuard(published)
        pacing = Pacing(RetryDelays(MINUTE), None, guard=guard)
        self.publisher = Publisher(store, {"x": self.x}, self.clock, pacing)
        for event in record(store, change(1), change(2)):
            posts = [post(event, "x", made_at=made_at)]
            store.drafts.save(draft(event), PNG, (decision(event),), posts)

    def tick(self) -> list[str]:
        self.clock.sleep(MINUTE)
        return [delivery.post.key for delivery in self.publisher.publish_due()]


@pytest.fixture
def harness() -> Iterator[BehindHarness]:
    store = open_store(":memory:")
    yield BehindHarness(store, T0 + MINUTE / 2)
    store.close()


def test_the_channel_is_searched_until_a_new_post_is_not_there(harness):
    assert harness.tick() == [FIRST, SECOND]
    assert harness.x.calls == [f"find {FIRST}", f"send {FIRST}", f"send {SECOND}"]


def test_a_post_that_is_on_the_channel_is_not_sent_again(harness):
    harness.tick()
    again = open_store(":memory:")
    restored = BehindHarness(again, T0 + MINUTE / 2)
    restored.x.posts = list(harness.x.posts)
    assert restored.tick() == [FIRST, SECOND]
    assert restored.x.calls == [f"find {FIRST}", f"find {SECOND}"]
    assert all(d.receipt is not None for d in again.deliveries.all())
    again.close()


def test_a_post_of_an_earlier_run_that_is_not_there_does_not_end_the_search():
    store = open_store(":memory:")
    harness = BehindHarness(store, T0 - MINUTE)
    assert harness.tick() == [FIRST, SECOND]
    assert [call.split()[0] for call in harness.x.calls] == ["find", "send"] * 2
    store.close()


def test_a_channel_that_cannot_be_searched_now_gets_the_post_later(harness):
    harness.x.script += [ChannelUnavailable("busy")]
    harness.tick()
    assert harness.x.posts == []
    assert harness.store.deliveries.all()[0].state is DeliveryState.WAITING
    harness.tick()
    assert len(harness.x.posts) == 2


@pytest.mark.parametrize("error", [ChannelUnknown("no way"), ChannelRefused("no read")])
def test_a_channel_without_a_search_gets_the_post(harness, error):
    harness.x.script += [error]
    harness.tick()
    assert harness.x.calls[:2] == [f"find {FIRST}", f"send {FIRST}"]


def test_a_channel_without_a_search_waits_for_a_person_if_the_store_is_behind(tmp_path):
    """The file beside the store tells of a later post than the store does."""
    published = PublishedTimesFile(tmp_path / "wire.db")
    published.note("x", T0 + 60 * MINUTE)
    store = open_store(":memory:")
    harness = BehindHarness(store, T0 + MINUTE / 2, published)
    harness.x.script += [ChannelUnknown("cannot be searched")] * 2
    assert harness.tick() == []
    assert harness.x.posts == []
    states = {delivery.state for delivery in store.deliveries.all()}
    assert states == {DeliveryState.PERSON}
    assert "older than the last post" in store.deliveries.all()[0].note
    store.close()


def test_the_file_tells_of_each_post_that_was_sent(tmp_path):
    store = open_store(":memory:")
    published = PublishedTimesFile(tmp_path / "wire.db")
    harness = BehindHarness(store, T0 + MINUTE / 2, published)
    harness.tick()
    assert published.last("x") == T0 + MINUTE
    assert PublishedTimesFile(tmp_path / "wire.db").last("x") == T0 + MINUTE
    assert published.last("masto") is None
    harness.x.script += [ChannelUnknown("cannot be searched")]
    again = Publisher(
        store,
        {"x": harness.x},
        harness.clock,
        Pacing(RetryDelays(MINUTE), None, guard=RestoreGuard(published)),
    )
    # The store knows its last post, so the next one is sent.
    (event,) = record(store, change(3))
    posts = [post(event, "x", made_at=harness.clock.now())]
    store.drafts.save(draft(event), PNG, (decision(event),), posts)
    harness.clock.sleep(MINUTE)
    assert [d.post.key for d in again.publish_due()] == ["KZ-2022-0104.3/x"]
    store.close()


@pytest.mark.parametrize("content", ["", "[]", '{"x": "soon"}', '{"x": 1e99}', "{"])
def test_a_damaged_file_tells_nothing(tmp_path, content):
    times = PublishedTimesFile(tmp_path / "wire.db")
    (tmp_path / "wire.db.published.json").write_text(content)
    assert times.last("x") is None
    times.note("x", T0)
    assert times.last("x") == T0
