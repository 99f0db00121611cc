"""The publisher claims, sends and settles posts, also when channels fail (P10)."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from bot.clock import StillClock
from bot.errors import (
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
    ChannelUnreachable,
)
from bot.model.delivery import Delivery, DeliveryState, Post, Receipt
from bot.model.event import IncidentChange
from bot.model.incident import EventKind, State
from bot.model.operations import ALL_CHANNELS, Pause
from bot.policy.channel_rules import Budget, QuietHours
from bot.policy.channel_rules import ChannelRules as Rules
from bot.policy.reasons import DelayReason
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import HOUR, PNG, T0, change, decision, draft, post, record
from tests.fakes import FakeChannel

SETTLE = timedelta(seconds=60)
POLL = timedelta(minutes=5)
UNKNOWN = ChannelUnknown("no answer")
UNAVAILABLE = ChannelUnavailable("not reached")
STATES = DeliveryState


@dataclass
class PublisherHarness:
    """A publisher with the fake channels `x` and `masto`, and methods that queue posts."""

    store: SqlStore
    clock: StillClock
    x: FakeChannel
    masto: FakeChannel
    channel_rules: dict[str, Rules] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.publisher = self.make_publisher()

    def make_publisher(self) -> Publisher:
        channels = {"x": self.x, "masto": self.masto}
        pacing = PostTiming(RetryDelays(SETTLE), None, self.channel_rules, guard=None)
        return Publisher(self.store, channels, self.clock, pacing)

    def queue(self, *channels: str, events: int = 1) -> None:
        changes = [change(seq) for seq in range(1, events + 1)]
        for event in record(self.store, *changes):
            posts = [post(event, channel) for channel in channels]
            self.store.drafts.save(draft(event), PNG, (decision(event),), posts)

    def tick(self, after: timedelta = POLL) -> list[str]:
        """Let `after` pass, and publish what is due; return the keys of the posts sent."""
        self.clock.sleep(after)
        return [d.post.key for d in self.publisher.publish_due()]

    def tick_sent(self) -> list[str]:
        """Return the keys of posts that workers have sent since the last tick."""
        return [d.post.key for d in self.publisher.collect_sent()]

    def queue_elsewhere(self, channel: str, kind: EventKind | None = None) -> None:
        """Queue a post of another incident; if `kind` is None, its kind is CONFIRMED."""
        self._queue(change(1, incident="IR-2026-0108"), channel, kind)

    def queue_last(self, channel: str, kind: EventKind) -> None:
        """Queue a post of `kind` on a later event of the incident that `queue` uses."""
        last = change(9)
        if kind is EventKind.RETRACTED:
            incident = replace(last.incident, state=State.RETRACTED)
            last = replace(last, incident=incident)
        self._queue(last, channel, kind)

    def _queue(
        self, last: IncidentChange, channel: str, kind: EventKind | None
    ) -> None:
        (event,) = record(self.store, last)
        posts = [post(event, channel, kind=kind or event.kind)]
        self.store.drafts.save(draft(event), PNG, (decision(event),), posts)

    def delivery(self, key: str = "KZ-2022-0104.1/x") -> Delivery:
        return next(d for d in self.store.deliveries.all() if d.post.key == key)


@pytest.fixture
def harness() -> Iterator[PublisherHarness]:
    store = open_store(":memory:")
    yield PublisherHarness(
        store, StillClock(T0), FakeChannel("x"), FakeChannel("masto")
    )
    store.close()


def test_thread_is_sent_in_order_with_each_post_as_a_reply(harness):
    harness.queue("x", events=3)
    harness.tick()
    assert [p.event[-1] for p in harness.x.posts] == ["1", "2", "3"]
    assert [p.reply_to for p in harness.x.posts] == [None, "x-1", "x-2"]
    assert harness.tick() == []


def test_reply_to_a_failed_post_is_sent_with_its_opening_text(harness):
    harness.queue("x")
    harness.x.script.append(ChannelRefused("no"))
    harness.tick()
    (event,) = record(harness.store, change(2))
    second = post(event, "x", text="Update.", opening="Update. https://example.org/i/")
    harness.store.drafts.save(draft(event), PNG, (decision(event),), [second])
    (event,) = record(harness.store, change(3))
    third = post(event, "x", text="Update 2.", opening="Update 2. https://example.org")
    harness.store.drafts.save(draft(event), PNG, (decision(event),), [third])
    harness.tick()
    sent = [(p.text, p.reply_to) for p in harness.x.posts]
    assert sent == [("Update. https://example.org/i/", None), ("Update 2.", "x-1")]


def test_a_later_post_waits_for_an_earlier_one(harness):
    harness.queue("x", events=2)
    harness.x.script.append(UNAVAILABLE)
    assert harness.tick() == []
    assert harness.x.calls == ["send KZ-2022-0104.1/x"]
    assert harness.tick() == ["KZ-2022-0104.1/x", "KZ-2022-0104.2/x"]


def test_failing_channel_never_delays_another(harness):
    harness.queue("masto", "x", events=2)
    harness.masto.script.extend([UNAVAILABLE, UNKNOWN, UNKNOWN])
    harness.tick()
    assert [p.event[-1] for p in harness.x.posts] == ["1", "2"]
    assert harness.masto.posts == []


def test_unexpected_error_in_one_channel_delays_no_other(harness):
    harness.queue("masto", "x")
    harness.masto.script.extend([ValueError("ours"), KeyError("ours")])
    with pytest.raises(ValueError, match="ours"):
        harness.tick()
    assert harness.delivery("KZ-2022-0104.1/masto").state is STATES.UNKNOWN
    assert harness.delivery("KZ-2022-0104.1/x").state is STATES.SENT
    # The first tick sent this post, but raised instead of returning it.
    assert harness.tick(timedelta(seconds=5)) == ["KZ-2022-0104.1/x"]
    with pytest.raises(KeyError):
        harness.tick()
    assert harness.tick() == []
    assert harness.tick() == ["KZ-2022-0104.1/masto"]


def test_slow_channel_delays_neither_others_nor_the_next_tick(harness):
    begun, may_end = Event(), Event()

    class SlowChannel(FakeChannel):
        def send(self, post, picture):
            begun.set()
            may_end.wait(10)
            return super().send(post, picture)

    harness.masto = SlowChannel("masto")
    harness.publisher = Publisher(
        harness.store,
        {"x": harness.x, "masto": harness.masto},
        harness.clock,
        PostTiming(RetryDelays(SETTLE), timedelta(seconds=0.2), guard=None),
    )
    harness.queue("masto", "x", events=2)
    assert harness.tick() == ["KZ-2022-0104.1/x", "KZ-2022-0104.2/x"]
    assert begun.is_set()
    assert harness.tick() == []  # a tick does not start a busy worker again
    may_end.set()
    harness.publisher.close()
    assert harness.tick_sent() == ["KZ-2022-0104.1/masto", "KZ-2022-0104.2/masto"]
    assert len(harness.masto.posts) == 2


def test_unreachable_channel_is_not_tried_for_every_post(harness):
    harness.queue("x", events=1)
    harness.queue_elsewhere("x")
    harness.x.script.extend([ChannelUnreachable("not reached")] * 2)
    harness.tick()
    assert len(harness.x.calls) == 1
    harness.tick(timedelta(seconds=10))
    assert len(harness.x.calls) == 1
    harness.tick()
    harness.tick()
    assert len(harness.x.posts) == 2


def test_paused_channel_posts_nothing_until_it_is_resumed(harness):
    harness.queue("x", "masto", events=2)
    harness.store.pauses.pause(Pause("x", "the night editor", "wrong numbers", T0))
    assert harness.tick() == ["KZ-2022-0104.1/masto", "KZ-2022-0104.2/masto"]
    assert harness.x.calls == []
    harness.store.pauses.resume("x", "the night editor", "mended", T0)
    assert harness.tick() == ["KZ-2022-0104.1/x", "KZ-2022-0104.2/x"]


def test_pause_of_all_channels_stops_between_two_posts(harness):
    class PausingChannel(FakeChannel):
        def send(self, post, picture):
            receipt = super().send(post, picture)
            harness.store.pauses.pause(Pause(ALL_CHANNELS, "an editor", "stop!", T0))
            return receipt

    harness.x = PausingChannel("x")
    harness.publisher = harness.make_publisher()
    harness.queue("x", events=3)
    assert harness.tick() == ["KZ-2022-0104.1/x"]
    assert harness.tick() == []
    assert harness.store.pauses.active() == (
        Pause(ALL_CHANNELS, "an editor", "stop!", T0),
    )


def test_parent_root_and_token_are_stored_before_sending(harness):  # P10
    harness.queue("x", events=3)
    harness.x.script.extend([None, None, UNKNOWN])
    harness.tick()
    last = harness.delivery("KZ-2022-0104.3/x").post
    assert (last.root, last.reply_to) == ("x-1", "x-2")
    assert last.token == "x:KZ-2022-0104.3/x"
    assert last.frozen


def test_an_unknown_post_is_read_back_and_not_sent_again(harness):
    harness.queue("x")
    harness.x.script.append(UNKNOWN)
    harness.x.publishes_on_error = True
    harness.tick()
    assert harness.tick(timedelta(seconds=30)) == []  # too early to look for the post
    assert harness.tick() == ["KZ-2022-0104.1/x"]
    assert harness.x.calls == ["send KZ-2022-0104.1/x", "find KZ-2022-0104.1/x"]
    assert len(harness.x.posts) == 1
    assert harness.delivery().receipt is not None


class TwoPartChannel(FakeChannel):
    """A channel that sends the picture of a post after its text."""

    def complete(self, post: Post, receipt: Receipt) -> Receipt:
        """Send the picture, or fail as scripted."""
        self.calls.append(f"complete {post.key}")
        fault = self._next()
        if fault is not None:
            raise fault
        return Receipt(f"{receipt.id} picture")


def test_a_post_that_is_found_is_completed_before_it_counts_as_sent(harness):
    harness.x = TwoPartChannel("x", publishes_on_error=True)
    harness.publisher = harness.make_publisher()
    harness.queue("x")
    harness.x.script.extend([UNKNOWN, None, UNAVAILABLE])
    harness.tick()
    assert harness.tick() == []
    assert harness.delivery().state is STATES.UNKNOWN
    assert harness.tick() == ["KZ-2022-0104.1/x"]
    assert harness.delivery().receipt == Receipt("x-1 picture")
    kinds = [call.split()[0] for call in harness.x.calls]
    assert kinds == ["send", "find", "complete", "find", "complete"]


def test_a_post_that_is_not_found_is_not_completed(harness):
    harness.x = TwoPartChannel("x")
    harness.publisher = harness.make_publisher()
    harness.queue("x")
    harness.x.script.append(UNKNOWN)
    harness.tick()
    harness.tick()
    kinds = [call.split()[0] for call in harness.x.calls]
    assert kinds == ["send", "find"]


def test_post_that_cannot_be_completed_is_left_to_a_person(harness):
    harness.x = TwoPartChannel("x", publishes_on_error=True)
    harness.publisher = harness.make_publisher()
    harness.queue("x")
    harness.x.script.extend([UNKNOWN, None, ChannelUnknown("the picture is not told")])
    harness.tick()
    harness.tick()
    assert harness.delivery().state is STATES.PERSON
    assert harness.delivery().note == "the picture is not told"


def test_post_is_sent_again_only_if_it_is_certainly_absent(harness):
    harness.queue("x")
    harness.x.script.extend([UNKNOWN, UNAVAILABLE, UNAVAILABLE])
    for _ in range(5):
        harness.tick()
    kinds = [call.split()[0] for call in harness.x.calls]
    assert kinds == ["send", "find", "find", "find", "send"]
    assert len(harness.x.posts) == 1


def test_post_whose_outcome_stays_unknown_is_left_to_a_person(harness):
    harness.queue("x", events=2)
    harness.x.script.extend([UNKNOWN, ChannelUnknown("its posts are not told")])
    harness.tick()
    assert harness.tick() == ["KZ-2022-0104.2/x"]  # the next post of the thread is sent
    assert harness.delivery().state is STATES.PERSON
    assert harness.delivery().note == "its posts are not told"


def test_post_in_sending_at_a_crash_is_read_back(harness):
    harness.queue("x")
    harness.store.deliveries.claim("KZ-2022-0104.1/x", T0)
    harness.x.posts.append(harness.delivery().post)
    harness.publisher = harness.make_publisher()
    assert harness.publisher.recover() == 1
    assert harness.tick(timedelta(seconds=30)) == []
    assert harness.tick() == ["KZ-2022-0104.1/x"]
    assert harness.x.calls == ["find KZ-2022-0104.1/x"]


def test_retry_after_of_a_channel_is_honoured(harness):
    harness.queue("x")
    harness.x.script.append(ChannelUnavailable("too many", retry_after=HOUR))
    harness.tick()
    assert harness.delivery().not_before == harness.clock.now() + HOUR
    harness.tick(timedelta(minutes=59))
    assert len(harness.x.calls) == 1
    assert harness.tick() == ["KZ-2022-0104.1/x"]


def test_retry_delays_grow_up_to_a_limit(harness):
    harness.queue("x")
    harness.x.script.extend([UNAVAILABLE] * 14)
    waits = []
    for _ in range(14):
        harness.tick(2 * HOUR)
        waits.append(harness.delivery().not_before - harness.clock.now())
    assert waits == sorted(waits)
    assert waits[0] < timedelta(minutes=1) < waits[3] < waits[-1] == HOUR
    assert harness.tick(2 * HOUR) == ["KZ-2022-0104.1/x"]


def test_a_refused_post_does_not_block_the_next_of_its_thread(harness):
    harness.queue("x", events=2)
    harness.x.script.append(ChannelRefused("no"))
    assert harness.tick() == ["KZ-2022-0104.2/x"]
    assert harness.delivery().state is STATES.REFUSED
    assert harness.x.posts[0].reply_to is None


def test_duplicate_that_is_never_found_is_left_to_a_person(harness):
    """The channel calls the post a duplicate each time, but never finds it."""
    harness.queue("x")
    duplicate = ChannelUnknown("answered 403; duplicate content")
    harness.x.script.extend([duplicate, None] * 50)
    for _ in range(100):
        harness.tick(2 * HOUR)
    assert harness.delivery().state is STATES.PERSON
    assert harness.x.calls.count("send KZ-2022-0104.1/x") == 5
    assert "5 times" in harness.delivery().note


def test_post_for_a_removed_channel_waits_and_delays_no_other(harness):
    harness.queue("fax", "x")
    assert harness.tick() == ["KZ-2022-0104.1/x"]
    assert harness.delivery("KZ-2022-0104.1/fax").state is STATES.WAITING


def test_post_waits_until_its_page_is_written(harness):  # P15
    harness.queue("x")
    harness.clock.sleep(POLL)
    assert harness.publisher.publish_due(lambda: {"KZ-2022-0104"}) == ()
    assert harness.x.calls == []
    assert harness.tick() == ["KZ-2022-0104.1/x"]


# Channel rules


def set_rules(harness, **rules):
    """Set the rules of channel `x`, and create the publisher anew."""
    harness.channel_rules["x"] = Rules(**rules)
    harness.publisher = harness.make_publisher()


def test_posts_beyond_the_daily_cap_are_sent_later(harness):
    set_rules(harness, posts_per_day=2)
    harness.queue("x", "masto", events=3)
    harness.tick()
    assert len(harness.x.posts) == 2
    assert len(harness.masto.posts) == 3
    assert "at most 2" in harness.delivery("KZ-2022-0104.3/x").note
    harness.tick(23 * HOUR)
    assert len(harness.x.posts) == 2
    harness.tick(HOUR)
    assert len(harness.x.posts) == 3


def test_cap_per_incident_leaves_posts_for_other_incidents(harness):
    set_rules(harness, posts_per_incident_per_day=1, posts_per_day=10)
    harness.queue("x", events=2)
    harness.queue_elsewhere("x")
    harness.tick()
    incidents = sorted(p.incident for p in harness.x.posts)
    assert incidents == ["IR-2026-0108", "KZ-2022-0104"]


def test_corrections_ignore_caps_and_quiet_hours(harness):
    set_rules(harness, posts_per_day=1, quiet=QuietHours(time(0), time(23, 59)))
    harness.queue("x")
    harness.queue_last("x", EventKind.CORRECTED)
    harness.tick()
    assert [p.kind for p in harness.x.posts] == [
        EventKind.CONFIRMED,
        EventKind.CORRECTED,
    ]


def test_update_waits_for_the_end_of_local_quiet_hours(harness):
    # At T0 it is 05:00 in Almaty; the quiet hours are from 00:00 to 10:00 there.
    local = T0.astimezone(ZoneInfo("Asia/Almaty"))
    ends = (local + timedelta(hours=5)).time().replace(second=0, microsecond=0)
    begins = (local - timedelta(hours=5)).time().replace(second=0, microsecond=0)
    set_rules(harness, quiet=QuietHours(begins, ends, "Asia/Almaty"))
    harness.queue("x", events=2)  # the posts of a confirmation and an update
    harness.tick()
    assert [p.kind for p in harness.x.posts] == [EventKind.CONFIRMED]
    harness.tick(4 * HOUR)
    assert len(harness.x.posts) == 1
    harness.tick(HOUR)
    assert [p.kind for p in harness.x.posts] == [EventKind.CONFIRMED, EventKind.UPDATED]


def test_monthly_budget_keeps_a_reserve_for_corrections(harness):
    set_rules(
        harness,
        budget=Budget(
            monthly_budget=0.5, reserve=0.2, cost_per_post=0.1, cost_per_link=0.2
        ),
    )
    harness.queue("x", events=4)
    harness.tick()
    assert len(harness.x.posts) == 3
    assert harness.delivery("KZ-2022-0104.4/x").note == DelayReason.BUDGET_SPENT
    harness.queue_elsewhere("x", EventKind.CORRECTED)
    harness.tick()
    assert harness.x.posts[-1].kind is EventKind.CORRECTED
    harness.tick(32 * 24 * HOUR)
    assert len(harness.x.posts) == 5


def test_claim_is_not_posted_after_its_retraction(harness):
    harness.queue("x", events=2)
    harness.x.script.extend([None, UNAVAILABLE])
    harness.tick()
    harness.queue_last("x", EventKind.RETRACTED)
    harness.tick()
    harness.tick()
    kinds = [p.kind for p in harness.x.posts]
    assert kinds == [EventKind.CONFIRMED, EventKind.RETRACTED]
    assert harness.delivery("KZ-2022-0104.2/x").state is STATES.DROPPED
