"""Posts that could not be sent for hours are not sent as new (P10, P18)."""

from collections.abc import Iterator
from datetime import time, timedelta

import pytest

from bot.clock import ScaledClock, StillClock, SystemClock, TrustedClock
from bot.config import loading as configuration
from bot.errors import ChannelUnreachable
from bot.model.delivery import DeliveryState
from bot.model.incident import EventKind
from bot.model.operations import ALL_CHANNELS, Pause
from bot.policy.channel_rules import ChannelRules, QuietHours
from bot.publishing.delivery_admin import DeliveryAdmin
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.store.sql_store import open_store
from tests.contract.stored import HOUR, T0
from tests.fakes import FakeChannel
from tests.unit.test_publishing import SETTLE, PublisherHarness

KEY = "KZ-2022-0104.1/x"
DOWN = ChannelUnreachable("down")


class LimitedHarness(PublisherHarness):
    """A publisher whose posts may be due for six hours on the channel `x`."""

    def make_publisher(self) -> Publisher:
        pacing = PostTiming(
            RetryDelays(SETTLE),
            None,
            self.channel_rules,
            guard=None,
            stale_after={"x": 6 * HOUR},
        )
        channels = {"x": self.x, "masto": self.masto}
        return Publisher(self.store, channels, self.clock, pacing)


@pytest.fixture
def harness() -> Iterator[LimitedHarness]:
    store = open_store(":memory:")
    yield LimitedHarness(store, StillClock(T0), FakeChannel("x"), FakeChannel("masto"))
    store.close()


def be_down(harness: LimitedHarness, hours: int) -> None:
    """Let the channel `x` be unreachable for so many hours, and then be back."""
    harness.x.script.extend([DOWN] * 1000)
    for _ in range(2 * hours):
        harness.tick(HOUR / 2)
    harness.x.script.clear()


def states(harness: LimitedHarness) -> set[DeliveryState]:
    return {d.state for d in harness.store.deliveries.all() if d.post.channel == "x"}


def test_old_posts_wait_for_a_person_when_a_channel_is_back(harness):
    harness.queue("x", events=3)
    be_down(harness, hours=12)
    harness.tick(2 * HOUR)
    assert harness.x.posts == []
    assert states(harness) == {DeliveryState.PERSON}
    assert "late by more than 6 h" in harness.delivery(KEY).note


def test_posts_are_sent_when_a_channel_is_soon_back(harness):
    harness.queue("x", events=3)
    be_down(harness, hours=3)
    harness.tick(2 * HOUR)
    assert len(harness.x.posts) == 3


def test_corrections_are_sent_however_late(harness):
    harness.queue_elsewhere("x", EventKind.CORRECTED)
    be_down(harness, hours=48)
    harness.tick(2 * HOUR)
    assert [p.kind for p in harness.x.posts] == [EventKind.CORRECTED]


def test_person_can_send_an_old_post_after_all(harness):
    harness.queue("x")
    be_down(harness, hours=12)
    harness.tick(2 * HOUR)
    admin = DeliveryAdmin(harness.store, harness.clock, "Ada", "still news")
    admin.mark_not_posted(KEY, {})
    harness.tick()
    assert [p.key for p in harness.x.posts] == [KEY]


def test_old_posts_wait_for_a_person_after_a_long_pause(harness):
    pause = Pause(ALL_CHANNELS, "Ada", "the account is being moved", T0)
    harness.store.pauses.pause(pause)
    harness.queue("x", "masto")
    harness.tick(24 * HOUR)
    harness.store.pauses.resume(ALL_CHANNELS, "Ada", "moved", T0)
    harness.tick()
    assert states(harness) == {DeliveryState.PERSON}
    assert len(harness.masto.posts) == 1  # without a limit


def test_delay_of_a_rule_does_not_make_a_post_old(harness):
    quiet = QuietHours(time(0), time(12))
    harness.channel_rules["x"] = ChannelRules(quiet=quiet)
    harness.publisher = harness.make_publisher()
    harness.queue_elsewhere("x", EventKind.RESTORED)
    harness.tick()
    harness.tick(12 * HOUR)
    assert [p.kind for p in harness.x.posts] == [EventKind.RESTORED]


@pytest.mark.parametrize("clock", [TrustedClock(SystemClock()), ScaledClock(T0, 60)])
def test_limit_is_for_real_times_only(tmp_path, clock):
    """The posts of a replay at another time must not look years late."""
    from bot.bootstrap.live import _stale_after

    hub = {"kind": "websub", "url": "https://hub.example/"}
    channels = {
        "file": {"kind": "file", "path": str(tmp_path / "posts.jsonl")},
        "hub": hub | {"topics": ["https://wire.example/feed.xml"]},
    }
    settings = configuration.check_values({"channels": channels}, "a test")
    expected = {"file": timedelta(hours=6)} if isinstance(clock, TrustedClock) else {}
    assert _stale_after(settings, clock) == expected
