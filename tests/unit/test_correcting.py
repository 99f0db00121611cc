"""Corrections go to each channel that has the error; their status is known (P11)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.clock import StillClock
from bot.editorial.corrections import CorrectionMarker, all_correction_statuses
from bot.editorial.manual_corrections import ManualCorrections
from bot.editorial.review import DraftReview
from bot.errors import BotError, ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import DeliveryState
from bot.model.draft import Outlet
from bot.model.incident import CORRECTION_KINDS, EventKind
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import PNG, T0, change, decision, draft, post, record
from tests.fakes import FakeChannel, FakeRenderer

POLL = timedelta(minutes=5)
INCIDENT = "KZ-2022-0104"


@dataclass
class EditableChannel(FakeChannel):
    """A channel that can replace the text of a post."""

    def outlet(self) -> Outlet:
        return replace(super().outlet(), edits=True)


@dataclass
class CorrectionHarness:
    """A publisher with one channel that can replace text, and one that cannot."""

    store: SqlStore
    clock: StillClock
    masto: EditableChannel
    x: FakeChannel

    def __post_init__(self) -> None:
        channels = {"masto": self.masto, "x": self.x}
        pacing = PostTiming(RetryDelays(timedelta(seconds=60)), None, guard=None)
        self.publisher = Publisher(self.store, channels, self.clock, pacing)
        self.marker = CorrectionMarker(self.store, FakeRenderer(), channels, self.clock)

    def record_event(self, seq: int, kind: EventKind, *channels: str) -> None:
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

    def delivery_states(self, channel: str) -> dict[str, DeliveryState]:
        deliveries = self.store.deliveries.all()
        own = [d for d in deliveries if d.post.channel == channel]
        return {d.post.key.removeprefix(f"{INCIDENT}."): d.state for d in own}


@pytest.fixture
def harness() -> Iterator[CorrectionHarness]:
    store = open_store(":memory:")
    yield CorrectionHarness(
        store, StillClock(T0), EditableChannel("masto"), FakeChannel("x")
    )
    store.close()


def test_channel_that_posted_the_claim_needs_its_correction(harness):
    harness.record_event(1, EventKind.CONFIRMED, "masto", "x")
    harness.tick()
    harness.record_event(2, EventKind.RETRACTED, "masto", "x")
    harness.x.script.append(ChannelUnavailable("away"))
    harness.tick()
    by_channel = {
        correction.channel: correction
        for correction in all_correction_statuses(harness.store)
    }
    assert by_channel["masto"].time_to_post == 2 * POLL
    assert (by_channel["x"].delivery_state, by_channel["x"].corrected_at) == (
        DeliveryState.WAITING,
        None,
    )
    harness.tick()
    assert [
        correction.time_to_post for correction in all_correction_statuses(harness.store)
    ] == [
        2 * POLL,
        3 * POLL,
    ]


def test_channel_without_the_claim_needs_no_correction(harness):
    harness.record_event(1, EventKind.CONFIRMED, "masto", "x")
    harness.x.script.append(ChannelRefused("no"))
    harness.tick()
    harness.record_event(2, EventKind.RETRACTED, "masto")
    harness.tick()
    assert [
        correction.channel for correction in all_correction_statuses(harness.store)
    ] == ["masto"]


def test_claim_that_may_be_posted_is_corrected_too(harness):
    harness.record_event(1, EventKind.CONFIRMED, "x")
    harness.x.script.extend(
        [ChannelUnknown("no answer"), ChannelUnknown("cannot look")]
    )
    harness.tick()
    harness.tick()
    harness.record_event(2, EventKind.RETRACTED)
    (correction,) = all_correction_statuses(harness.store)
    assert (correction.channel, correction.delivery_state) == ("x", None)


def test_later_correction_replaces_an_earlier_one(harness):
    harness.record_event(1, EventKind.CONFIRMED, "x")
    harness.tick()
    harness.record_event(2, EventKind.CORRECTED)
    harness.record_event(3, EventKind.RETRACTED, "x")
    harness.tick()
    assert [
        (d.event[-1], d.corrected_at is not None)
        for d in all_correction_statuses(harness.store)
    ] == [
        ("2", True),
        ("3", True),
    ]


def test_every_claim_is_marked_where_text_is_replaceable(harness):
    harness.record_event(1, EventKind.CONFIRMED, "masto", "x")
    harness.record_event(2, EventKind.UPDATED, "masto", "x")
    harness.tick()
    harness.record_event(3, EventKind.RETRACTED, "masto", "x")
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
    harness.record_event(1, EventKind.CONFIRMED, "masto")
    harness.record_event(2, EventKind.UPDATED, "masto")
    harness.tick()
    harness.record_event(3, EventKind.CORRECTED, "masto")
    for _ in range(3):
        harness.tick()
    assert [p.amends for p in harness.masto.posts if p.amends] == ["masto-2"]


def test_nothing_is_marked_before_its_correction_is_sent(harness):
    harness.record_event(1, EventKind.CONFIRMED, "masto")
    harness.tick()
    harness.record_event(2, EventKind.RETRACTED, "masto")
    harness.masto.script.append(ChannelUnavailable("away"))
    harness.tick()
    assert harness.delivery_states("masto").keys() == {"1/masto", "2/masto"}


def test_mark_is_not_part_of_the_thread(harness):
    harness.record_event(1, EventKind.CONFIRMED, "masto")
    harness.tick()
    harness.record_event(2, EventKind.CORRECTED, "masto")
    harness.tick()
    harness.masto.script.append(ChannelUnavailable("away"))
    harness.tick()  # the first post is not marked as corrected yet
    harness.record_event(3, EventKind.RESTORED, "masto")
    harness.tick()
    harness.tick()
    last = next(p for p in harness.masto.posts if p.event.endswith(".3"))
    assert last.reply_to == "masto-2"


def refuse_approval(harness: CorrectionHarness, kind: EventKind) -> None:
    """Check that the claim of the first event is not approved after a correction."""
    review = DraftReview(harness.store, harness.clock, FakeRenderer(), {})
    with pytest.raises(
        BotError, match=f"was {kind} after this event; reject this draft"
    ):
        review.approve(f"{INCIDENT}.1", "it looked right")
    assert harness.store.deliveries.all() == ()


@pytest.mark.parametrize("kind", CORRECTION_KINDS)
@pytest.mark.parametrize("claim", [EventKind.CONFIRMED, EventKind.RESTORED])
def test_claim_cannot_be_approved_after_its_correction(harness, claim, kind):
    harness.record_event(1, claim)
    harness.record_event(2, kind)
    refuse_approval(harness, kind)


@pytest.mark.parametrize("kind", CORRECTION_KINDS)
def test_claim_cannot_be_approved_while_its_correction_waits(harness, kind):
    harness.record_event(1, EventKind.CONFIRMED)
    corrections = ManualCorrections(harness.store, harness.clock, "https://w.example")
    corrections.record(INCIDENT, kind, "Only one network was affected.", "Ada")
    refuse_approval(harness, kind)
