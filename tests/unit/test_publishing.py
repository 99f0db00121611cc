"""The publisher claims, sends and settles posts, also when channels fail (P10)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
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
from bot.model.incident import EventKind, IncidentChange
from bot.model.operations import ALL_CHANNELS, Pause
from bot.policy.channel_rules import Budget, QuietHours
from bot.policy.channel_rules import ChannelRules as Rules
from bot.policy.reasons import DelayReason
from bot.publishing.channel_worker import RetryDelays
from bot.publishing.publisher import Pacing, Publisher
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import HOUR, PNG, T0, change, decision, draft, post, record
from tests.fakes import FakeChannel

SETTLE = timedelta(seconds=60)
POLL = timedelta(minutes=5)
UNKNOWN = ChannelUnknown("no answer")
AWAY = ChannelUnavailable("not reached")
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
        self.publisher = self.anew()

    def anew(self) -> Publisher:
        channels = {"x": self.x, "masto": self.masto}
        pacing = Pacing(RetryDelays(SETTLE), None, self.channel_rules)
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
        """Queue a post of another incident; its kind is CONFIRMED if None."""
        self._queue(change(1, incident="IR-2026-0108"), channel, kind)

    def queue_last(self, channel: str, kind: EventKind) -> None:
        """Queue one more post of the same incident, of this kind."""
        self._queue(change(9), channel, kind)

    def _queue(
        self, last: IncidentChange, channel: str, kind: EventKind | None
    ) -> None:
        (event,) = record(self.store, last)
        posts = [post(event, channel, kind=kind or event.kind)]
        self.store.drafts.save(draft(event), PNG, (decision(event),), posts)

    def one(self, key: str = "KZ-2022-0104.1/x") -> Delivery:
        return next(d for d in self.store.deliveries.all() if d.post.key == key)


@pytest.fixture
def harness() -> Iterator[PublisherHarness]:
    store = open_store(":memory:")
    yield PublisherHarness(
        store, StillClock(T0), FakeChannel("x"), FakeChannel("masto")
    )
    store.close()


def test_a_thread_goes_out_in_order_each_answering_the_one_before(harness):
    harness.queue("x", events=3)
    harness.tick()
    assert [p.event[-1] for p in harness.x.posts] == ["1", "2", "3"]
    assert [p.reply_to for p in harness.x.posts] == [None, "x-1", "x-2"]
    assert harness.tick() == []


def test_an_answer_whose_parent_failed_opens_the_thread_in_the_words_for_that(harness):
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
    told = [(p.text, p.reply_to) for p in harness.x.posts]
    assert told == [("Update. https://example.org/i/", None), ("Update 2.", "x-1")]


def test_a_later_post_waits_for_an_earlier_one(harness):
    harness.queue("x", events=2)
    harness.x.script.append(AWAY)
    assert harness.tick() == []
    assert harness.x.calls == ["send KZ-2022-0104.1/x"]
    assert harness.tick() == ["KZ-2022-0104.1/x", "KZ-2022-0104.2/x"]


def test_the_trouble_of_one_channel_never_delays_another(harness):
    harness.queue("masto", "x", events=2)
    harness.masto.script.extend([AWAY, UNKNOWN, UNKNOWN])
    harness.tick()
    assert [p.event[-1] for p in harness.x.posts] == ["1", "2"]
    assert harness.masto.posts == []


def test_a_mistake_of_ours_in_one_channel_delays_no_other(harness):
    harness.queue("masto", "x")
    harness.masto.script.extend([ValueError("ours"), KeyError("ours")])
    with pytest.raises(ValueError, match="ours"):
        harness.tick()
    assert harness.one("KZ-2022-0104.1/masto").state is STATES.UNKNOWN
    assert harness.one("KZ-2022-0104.1/x").state is STATES.SENT
    # The first tick sent this post, but raised instead of returning it.
    assert harness.tick(timedelta(seconds=5)) == ["KZ-2022-0104.1/x"]
    with pytest.raises(KeyError):
        harness.tick()
    assert harness.tick() == []
    assert harness.tick() == ["KZ-2022-0104.1/masto"]


def test_a_slow_channel_holds_up_neither_the_others_nor_the_next_round(harness):
    begun, may_end = Event(), Event()

    class Slow(FakeChannel):
        def send(self, post, picture):
            begun.set()
            may_end.wait(10)
            return super().send(post, picture)

    harness.masto = Slow("masto")
    harness.publisher = Publisher(
        harness.store,
        {"x": harness.x, "masto": harness.masto},
        harness.clock,
        Pacing(RetryDelays(SETTLE), timedelta(seconds=0.2)),
    )
    harness.queue("masto", "x", events=2)
    assert harness.tick() == ["KZ-2022-0104.1/x", "KZ-2022-0104.2/x"]
    assert begun.is_set()
    assert harness.tick() == []  # a tick does not start a busy worker again
    may_end.set()
    harness.publisher.close()
    assert harness.tick_sent() == ["KZ-2022-0104.1/masto", "KZ-2022-0104.2/masto"]
    assert len(harness.masto.posts) == 2


def test_a_channel_that_cannot_be_reached_is_not_asked_for_every_post(harness):
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


def test_a_stopped_channel_posts_nothing_until_it_is_let_go_on(harness):
    harness.queue("x", "masto", events=2)
    harness.store.pauses.pause(Pause("x", "the night editor", "wrong numbers", T0))
    assert harness.tick() == ["KZ-2022-0104.1/masto", "KZ-2022-0104.2/masto"]
    assert harness.x.calls == []
    harness.store.pauses.resume("x", "the night editor", "mended", T0)
    assert harness.tick() == ["KZ-2022-0104.1/x", "KZ-2022-0104.2/x"]


def test_the_kill_switch_for_all_stops_between_two_posts(harness):
    class Stops(FakeChannel):
        def send(self, post, picture):
            receipt = super().send(post, picture)
            harness.store.pauses.pause(Pause(ALL_CHANNELS, "an editor", "stop!", T0))
            return receipt

    harness.x = Stops("x")
    harness.publisher = harness.anew()
    harness.queue("x", events=3)
    assert harness.tick() == ["KZ-2022-0104.1/x"]
    assert harness.tick() == []
    assert harness.store.pauses.active() == (
        Pause(ALL_CHANNELS, "an editor", "stop!", T0),
    )


def test_parents_root_and_key_are_frozen_before_the_first_byte(harness):  # P10
    harness.queue("x", events=3)
    harness.x.script.extend([None, None, UNKNOWN])
    harness.tick()
    last = harness.one("KZ-2022-0104.3/x").post
    assert (last.root, last.reply_to) == ("x-1", "x-2")
    assert last.token == "x:KZ-2022-0104.3/x"
    assert last.frozen


def test_an_unknown_post_is_read_back_and_not_sent_again(harness):
    harness.queue("x")
    harness.x.script.append(UNKNOWN)
    harness.x.keeps = True
    harness.tick()
    assert harness.tick(timedelta(seconds=30)) == []  # too early to look for the post
    assert harness.tick() == ["KZ-2022-0104.1/x"]
    assert harness.x.calls == ["send KZ-2022-0104.1/x", "find KZ-2022-0104.1/x"]
    assert len(harness.x.posts) == 1
    assert harness.one().receipt is not None


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
    harness.x = TwoPartChannel("x", keeps=True)
    harness.publisher = harness.anew()
    harness.queue("x")
    harness.x.script.extend([UNKNOWN, None, AWAY])
    harness.tick()
    assert harness.tick() == []
    assert harness.one().state is STATES.UNKNOWN
    assert harness.tick() == ["KZ-2022-0104.1/x"]
    assert harness.one().receipt == Receipt("x-1 picture")
    kinds = [call.split()[0] for call in harness.x.calls]
    assert kinds == ["send", "find", "complete", "find", "complete"]


def test_a_post_that_is_not_found_is_not_completed(harness):
    harness.x = TwoPartChannel("x")
    harness.publisher = harness.anew()
    harness.queue("x")
    harness.x.script.append(UNKNOWN)
    harness.tick()
    harness.tick()
    kinds = [call.split()[0] for call in harness.x.calls]
    assert kinds == ["send", "find"]


def test_a_post_that_cannot_be_completed_goes_to_a_person(harness):
    harness.x = TwoPartChannel("x", keeps=True)
    harness.publisher = harness.anew()
    harness.queue("x")
    harness.x.script.extend([UNKNOWN, None, ChannelUnknown("the picture is not told")])
    harness.tick()
    harness.tick()
    assert harness.one().state is STATES.PERSON
    assert harness.one().note == "the picture is not told"


def test_only_certain_absence_lets_it_be_sent_again(harness):
    harness.queue("x")
    harness.x.script.extend([UNKNOWN, AWAY, AWAY])
    for _ in range(5):
        harness.tick()
    kinds = [call.split()[0] for call in harness.x.calls]
    assert kinds == ["send", "find", "find", "find", "send"]
    assert len(harness.x.posts) == 1


def test_where_the_channel_cannot_tell_a_person_decides(harness):
    harness.queue("x", events=2)
    harness.x.script.extend([UNKNOWN, ChannelUnknown("its posts are not told")])
    harness.tick()
    assert harness.tick() == ["KZ-2022-0104.2/x"]  # the next post of the thread is sent
    assert harness.one().state is STATES.PERSON
    assert harness.one().note == "its posts are not told"


def test_what_was_being_sent_when_we_died_is_read_back(harness):
    harness.queue("x")
    harness.store.deliveries.claim("KZ-2022-0104.1/x", T0)
    harness.x.posts.append(harness.one().post)
    harness.publisher = harness.anew()
    assert harness.publisher.recover() == 1
    assert harness.tick(timedelta(seconds=30)) == []
    assert harness.tick() == ["KZ-2022-0104.1/x"]
    assert harness.x.calls == ["find KZ-2022-0104.1/x"]


def test_a_channels_own_wish_is_kept(harness):
    harness.queue("x")
    harness.x.script.append(ChannelUnavailable("too many", retry_after=HOUR))
    harness.tick()
    assert harness.one().not_before == harness.clock.now() + HOUR
    harness.tick(timedelta(minutes=59))
    assert len(harness.x.calls) == 1
    assert harness.tick() == ["KZ-2022-0104.1/x"]


def test_pauses_grow_and_are_bounded(harness):
    harness.queue("x")
    harness.x.script.extend([AWAY] * 14)
    waits = []
    for _ in range(14):
        harness.tick(2 * HOUR)
        waits.append(harness.one().not_before - harness.clock.now())
    assert waits == sorted(waits)
    assert waits[0] < timedelta(minutes=1) < waits[3] < waits[-1] == HOUR
    assert harness.tick(2 * HOUR) == ["KZ-2022-0104.1/x"]


def test_a_refused_post_does_not_block_the_next_of_its_thread(harness):
    harness.queue("x", events=2)
    harness.x.script.append(ChannelRefused("no"))
    assert harness.tick() == ["KZ-2022-0104.2/x"]
    assert harness.one().state is STATES.REFUSED
    assert harness.x.posts[0].reply_to is None


def test_a_duplicate_that_is_never_found_goes_to_a_person(harness):
    """The channel calls the post a duplicate each time, but never finds it."""
    harness.queue("x")
    duplicate = ChannelUnknown("answered 403; duplicate content")
    harness.x.script.extend([duplicate, None] * 50)
    for _ in range(100):
        harness.tick(2 * HOUR)
    assert harness.one().state is STATES.PERSON
    assert harness.x.calls.count("send KZ-2022-0104.1/x") == 5
    assert "5 times" in harness.one().note


def test_a_post_for_a_channel_that_is_gone_stays_and_holds_nobody_up(harness):
    harness.queue("fax", "x")
    assert harness.tick() == ["KZ-2022-0104.1/x"]
    assert harness.one("KZ-2022-0104.1/fax").state is STATES.WAITING


def test_an_incident_whose_page_is_not_there_waits(harness):  # P15
    harness.queue("x")
    harness.clock.sleep(POLL)
    assert harness.publisher.publish_due({"KZ-2022-0104"}) == ()
    assert harness.x.calls == []
    assert harness.tick() == ["KZ-2022-0104.1/x"]


# Channel rules


def ruled(harness, **rules):
    """Set the rules of channel `x`, and create the publisher anew."""
    harness.channel_rules["x"] = Rules(**rules)
    harness.publisher = harness.anew()


def test_at_most_so_many_posts_a_day_the_rest_follows(harness):
    ruled(harness, posts_per_day=2)
    harness.queue("x", "masto", events=3)
    harness.tick()
    assert len(harness.x.posts) == 2
    assert len(harness.masto.posts) == 3
    assert "at most 2" in harness.one("KZ-2022-0104.3/x").note
    harness.tick(23 * HOUR)
    assert len(harness.x.posts) == 2
    harness.tick(HOUR)
    assert len(harness.x.posts) == 3


def test_one_incident_may_not_use_up_the_day(harness):
    ruled(harness, posts_per_incident_per_day=1, posts_per_day=10)
    harness.queue("x", events=2)
    harness.queue_elsewhere("x")
    harness.tick()
    told = sorted(p.incident for p in harness.x.posts)
    assert told == ["IR-2026-0108", "KZ-2022-0104"]


def test_corrections_wait_for_no_cap_and_no_morning(harness):
    ruled(harness, posts_per_day=1, quiet=QuietHours(time(0), time(23, 59)))
    harness.queue("x")
    harness.queue_last("x", EventKind.CORRECTED)
    harness.tick()
    assert [p.kind for p in harness.x.posts] == [
        EventKind.CONFIRMED,
        EventKind.CORRECTED,
    ]


def test_minor_news_waits_for_the_morning_by_the_channels_own_clock(harness):
    # At T0 it is 05:00 in Almaty; the quiet hours are from 00:00 to 10:00 there.
    local = T0.astimezone(ZoneInfo("Asia/Almaty"))
    ends = (local + timedelta(hours=5)).time().replace(second=0, microsecond=0)
    begins = (local - timedelta(hours=5)).time().replace(second=0, microsecond=0)
    ruled(harness, quiet=QuietHours(begins, ends, "Asia/Almaty"))
    harness.queue("x", events=2)  # the posts of a confirmation and an update
    harness.tick()
    assert [p.kind for p in harness.x.posts] == [EventKind.CONFIRMED]
    harness.tick(4 * HOUR)
    assert len(harness.x.posts) == 1
    harness.tick(HOUR)
    assert [p.kind for p in harness.x.posts] == [EventKind.CONFIRMED, EventKind.UPDATED]


def test_the_months_money_leaves_its_reserve_to_corrections(harness):
    ruled(
        harness,
        budget=Budget(
            monthly_budget=0.5, reserve=0.2, cost_per_post=0.1, cost_per_link=0.2
        ),
    )
    harness.queue("x", events=4)
    harness.tick()
    assert len(harness.x.posts) == 3
    assert harness.one("KZ-2022-0104.4/x").note == DelayReason.BUDGET_SPENT
    harness.queue_elsewhere("x", EventKind.CORRECTED)
    harness.tick()
    assert harness.x.posts[-1].kind is EventKind.CORRECTED
    harness.tick(32 * 24 * HOUR)
    assert len(harness.x.posts) == 5


def test_a_claim_is_not_told_after_its_retraction(harness):
    harness.queue("x", events=2)
    harness.x.script.extend([None, AWAY])
    harness.tick()
    harness.queue_last("x", EventKind.RETRACTED)
    harness.tick()
    harness.tick()
    kinds = [p.kind for p in harness.x.posts]
    assert kinds == [EventKind.CONFIRMED, EventKind.RETRACTED]
    assert harness.one("KZ-2022-0104.2/x").state is STATES.DROPPED
