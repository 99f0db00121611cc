"""A restored store does not know what was published since, so channels are searched (P10)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.clock import StillClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import DeliveryState
from bot.publishing.channel_worker import RetryDelays
from bot.publishing.publisher import Pacing, Publisher
from bot.store.sql_store import open_store
from tests.contract.stored import PNG, T0, change, decision, draft, post, record
from tests.fakes import FakeChannel

MINUTE = timedelta(minutes=1)
FIRST, SECOND = "KZ-2022-0104.1/x", "KZ-2022-0104.2/x"


class BehindHarness:
    """A publisher of one channel that begins at T0, with two posts to send.

    `made_at` is the time at which the posts were made.
    """

    def __init__(self, store, made_at) -> None:
        self.store, self.clock, self.x = store, StillClock(T0), FakeChannel("x")
        pacing = Pacing(RetryDelays(MINUTE), None)
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
