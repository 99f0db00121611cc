"""A correction goes to every channel that carried the error; its status is known (P11)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.clock import StillClock
from bot.editorial.corrections import CorrectionMarker, all_correction_statuses
from bot.editorial.review import DraftReview
from bot.errors import BotError, ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import DeliveryState
from bot.model.draft import Outlet
from bot.model.incident import EventKind
from bot.publishing.channel_worker import RetryDelays
from bot.publishing.publisher import Pacing, Publisher
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import PNG, T0, change, decision, draft, post, record
from tests.fakes import FakeChannel, FakeRenderer

POLL = timedelta(minutes=5)
KEY = "KZ-2022-0104"


@dataclass
class Editable(FakeChannel):
    """A channel that can replace the text of a post."""

    def outlet(self) -> Outlet:
        return replace(super().outlet(), edits=True)


@dataclass
class CorrectionHarness:
    """A publisher with one channel that can replace text, and one that cannot."""

    store: SqlStore
    clock: StillClock
    masto: Editable
    x: FakeChannel

    def __post_init__(self) -> None:
        channels = {"masto": self.masto, "x": self.x}
        pacing = Pacing(RetryDelays(timedelta(seconds=60)), None)
        self.publisher = Publisher(self.store, channels, self.clock, pacing)
        self.marker = CorrectionMarker(self.store, FakeRenderer(), channels, self.clock)

    def say(self, seq: int, kind: EventKind, *channels: str) -> None:
        """Record an event of `kind`, and queue a post of it on each of `channels`."""
        recorded = change(seq)
        recorded = replace(recorded, event=replace(recorded.event, kind=kind))
        (event,) = record(self.store, recorded)
        posts = [post(event, name, text=f"{kind} {seq}") for name in channels]
        self.store.drafts.save(draft(event), PNG, (decision(event),), posts)

    def tick(self) -> None:
        self.clock.sleep(POLL)
        self.marker.mark_all()
        self.publisher.publish_due()

    def told(self, channel: str) -> dict[str, DeliveryState]:
        deliveries = self.store.deliveries.all()
        mine = [d for d in deliveries if d.post.channel == channel]
        return {d.post.key.removeprefix(f"{KEY}."): d.state for d in mine}


@pytest.fixture
def harness() -> Iterator[CorrectionHarness]:
    store = open_store(":memory:")
    yield CorrectionHarness(store, StillClock(T0), Editable("masto"), FakeChannel("x"))
    store.close()


def test_channel_that_posted_the_claim_needs_its_correction(harness):
    harness.say(1, EventKind.CONFIRMED, "masto", "x")
    harness.tick()
    harness.say(2, EventKind.RETRACTED, "masto", "x")
    harness.x.script.append(ChannelUnavailable("away"))
    harness.tick()
    owed = {debt.channel: debt for debt in all_correction_statuses(harness.store)}
    assert owed["masto"].took == 2 * POLL
    assert (owed["x"].stands, owed["x"].paid_at) == (DeliveryState.WAITING, None)
    harness.tick()
    assert [debt.took for debt in all_correction_statuses(harness.store)] == [
        2 * POLL,
        3 * POLL,
    ]


def test_channel_without_the_claim_needs_no_correction(harness):
    harness.say(1, EventKind.CONFIRMED, "masto", "x")
    harness.x.script.append(ChannelRefused("no"))
    harness.tick()
    harness.say(2, EventKind.RETRACTED, "masto")
    harness.tick()
    assert [debt.channel for debt in all_correction_statuses(harness.store)] == [
        "masto"
    ]


def test_claim_that_may_be_posted_is_corrected_too(harness):
    harness.say(1, EventKind.CONFIRMED, "x")
    harness.x.script.extend(
        [ChannelUnknown("no answer"), ChannelUnknown("cannot look")]
    )
    harness.tick()
    harness.tick()
    harness.say(2, EventKind.RETRACTED)
    (debt,) = all_correction_statuses(harness.store)
    assert (debt.channel, debt.stands) == ("x", None)


def test_later_correction_replaces_an_earlier_one(harness):
    harness.say(1, EventKind.CONFIRMED, "x")
    harness.tick()
    harness.say(2, EventKind.CORRECTED)
    harness.say(3, EventKind.RETRACTED, "x")
    harness.tick()
    assert [
        (d.event[-1], d.paid_at is not None)
        for d in all_correction_statuses(harness.store)
    ] == [
        ("2", True),
        ("3", True),
    ]


def test_every_claim_is_marked_where_text_is_replaceable(harness):
    harness.say(1, EventKind.CONFIRMED, "masto", "x")
    harness.say(2, EventKind.UPDATED, "masto", "x")
    harness.tick()
    harness.say(3, EventKind.RETRACTED, "masto", "x")
    harness.tick()
    harness.tick()
    harness.tick()
    marks = [p for p in harness.masto.posts if p.amends]
    assert [(p.amends, p.text) for p in marks] == [
        ("masto-1", "retracted: confirmed 1"),
        ("masto-2", "retracted: updated 2"),
    ]
    assert not [p for p in harness.x.posts if p.amends]


def test_correction_marks_only_the_last_claim(harness):
    harness.say(1, EventKind.CONFIRMED, "masto")
    harness.say(2, EventKind.UPDATED, "masto")
    harness.tick()
    harness.say(3, EventKind.CORRECTED, "masto")
    for _ in range(3):
        harness.tick()
    assert [p.amends for p in harness.masto.posts if p.amends] == ["masto-2"]


def test_nothing_is_marked_before_its_correction_is_sent(harness):
    harness.say(1, EventKind.CONFIRMED, "masto")
    harness.tick()
    harness.say(2, EventKind.RETRACTED, "masto")
    harness.masto.script.append(ChannelUnavailable("away"))
    harness.tick()
    assert harness.told("masto").keys() == {"1/masto", "2/masto"}


def test_mark_is_not_part_of_the_thread(harness):
    harness.say(1, EventKind.CONFIRMED, "masto")
    harness.tick()
    harness.say(2, EventKind.CORRECTED, "masto")
    harness.tick()
    harness.masto.script.append(ChannelUnavailable("away"))
    harness.tick()  # the mark of the first post is not sent yet
    harness.say(3, EventKind.RESTORED, "masto")
    harness.tick()
    harness.tick()
    last = next(p for p in harness.masto.posts if p.event.endswith(".3"))
    assert last.reply_to == "masto-2"


def test_claim_cannot_be_approved_after_its_retraction(harness):
    harness.say(1, EventKind.CONFIRMED)
    harness.say(2, EventKind.RETRACTED)
    review = DraftReview(harness.store, harness.clock, FakeRenderer())
    with pytest.raises(BotError, match="was retracted since; reject this draft"):
        review.approve(f"{KEY}.1", "it looked right")
    assert harness.store.deliveries.all() == ()
