"""A person settles a delivery while the program works on it (P10, P19)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from bot.clock import StillClock
from bot.errors import ChannelError, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import DeliveryState, Post, Receipt
from bot.publishing.delivery_admin import DeliveryAdmin
from bot.store.sql_store import open_store
from tests.contract.stored import T0
from tests.fakes import FakeChannel
from tests.unit.test_publishing import PublisherHarness

KEY = "KZ-2022-0104.1/x"
TARGETS = {"x": FakeChannel("x").target}
DECISIONS: dict[str, Callable[[DeliveryAdmin], object]] = {
    "posted": lambda admin: admin.mark_posted(KEY, Receipt("x-1")),
    "not posted": lambda admin: admin.mark_not_posted(KEY, TARGETS),
    "given up": lambda admin: admin.drop(KEY, FakeChannel("x")),
    "dropped": lambda admin: admin.drop(KEY, FakeChannel("x"), not_posted=True),
}


@dataclass
class WatchedChannel(FakeChannel):
    """A channel that calls `during` once, while the program searches it."""

    during: Callable[[], object] | None = None

    def find(self, post: Post) -> Receipt | None:
        during, self.during = self.during, None
        if during is not None:
            during()
        return super().find(post)


@pytest.fixture
def harness() -> Iterator[PublisherHarness]:
    store = open_store(":memory:")
    x = WatchedChannel("x")
    yield PublisherHarness(store, StillClock(T0), x, FakeChannel("masto"))
    store.close()


def settle_during_search(
    harness: PublisherHarness, decision: str, error: ChannelError | None
) -> None:
    """Let a person settle a post while the program searches; the search raises `error`."""
    harness.queue("x", "masto")
    harness.x.script.append(ChannelUnknown("no answer"))
    harness.tick()
    assert harness.delivery(KEY).state is DeliveryState.UNKNOWN
    admin = DeliveryAdmin(harness.store, harness.clock, "Ada", "saw the channel")
    assert isinstance(harness.x, WatchedChannel)
    harness.x.during = lambda: DECISIONS[decision](admin)
    harness.x.script.append(error)
    harness.tick()


@pytest.mark.parametrize("decision", DECISIONS)
@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize(
    "error", [None, ChannelUnavailable("down"), ChannelUnknown("cannot look")]
)
def test_what_the_person_recorded_stays_and_the_run_goes_on(
    harness, decision, published, error
):
    """P19: this must not look like a failed store, which ends the run."""
    harness.x.publishes_on_error = published
    settle_during_search(harness, decision, error)
    harness.tick()
    states = {
        "posted": DeliveryState.SENT,
        "not posted": DeliveryState.SENT,  # it is sent again, unless it was found
        "given up": DeliveryState.SENT
        if published and error is None
        else DeliveryState.GIVEN_UP,
        "dropped": DeliveryState.DROPPED,
    }
    assert harness.delivery(KEY).state is states[decision]


def test_a_post_that_is_found_is_not_sent_again_whatever_the_person_says(harness):
    """P10: the person looked in the wrong place; the program found the post."""
    harness.x.publishes_on_error = True
    settle_during_search(harness, "not posted", None)
    harness.tick()
    assert len(harness.x.posts) == 1
