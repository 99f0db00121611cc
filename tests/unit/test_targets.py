"""A post goes only to the target for which it was approved (P11, P16).

A channel that points elsewhere, because its configuration was changed, is another target.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from bot.clock import StillClock
from bot.editorial.corrections import CorrectionMarker
from bot.editorial.deciding import EDITORS, Decider
from bot.editorial.review import DraftReview
from bot.errors import BotError, ChannelUnknown
from bot.model.delivery import Delivery, DeliveryState, Receipt
from bot.model.draft import DraftState, Outlet
from bot.model.incident import EventKind
from bot.model.operations import AlertKind
from bot.policy.operator_alerts import DeliveryStatus, due_alerts
from bot.policy.publication_rules import Policy
from bot.publishing.delivery_admin import DeliveryAdmin
from bot.publishing.publisher import PostTiming, Publisher
from bot.publishing.retry_delays import RetryDelays
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import PNG, T0, change, decision, draft, post, record
from tests.fakes import FakeChannel, FakeRenderer

INCIDENT = "KZ-2022-0104"
OLD, NEW = "fake one.example", "fake two.example"
REASON = "two sources checked"


@dataclass
class EditingChannel(FakeChannel):
    """A channel that can replace texts and picture descriptions of its posts."""

    def outlet(self) -> Outlet:
        return replace(super().outlet(), edits=True, redescribes=True)


@dataclass
class MovingHarness:
    """A store with one channel, `x`, which a test can point elsewhere."""

    store: SqlStore
    clock: StillClock
    x: EditingChannel

    def __post_init__(self) -> None:
        channels = {"x": self.x}
        pacing = PostTiming(RetryDelays(timedelta(seconds=60)), None, guard=None)
        self.publisher = Publisher(self.store, channels, self.clock, pacing)
        self.renderer = FakeRenderer()
        self.marker = CorrectionMarker(self.store, self.renderer, channels, self.clock)

    @property
    def targets(self) -> dict[str, str]:
        return {"x": self.x.target}

    @property
    def review(self) -> DraftReview:
        """The review of a person whose configuration has the present target."""
        return DraftReview(self.store, self.clock, self.renderer, self.targets)

    @property
    def admin(self) -> DeliveryAdmin:
        return DeliveryAdmin(self.store, self.clock, "Ada", "looked")

    def decide(self, seq: int = 1, kind: EventKind | None = None) -> str:
        """Draft an event, which then waits for a person; return the draft's id."""
        recorded = change(seq)
        if kind is not None:
            recorded = replace(recorded, event=replace(recorded.event, kind=kind))
        record(self.store, recorded)
        policy = Policy((), stale_after=None)
        Decider(
            self.store, self.renderer, {"x": self.x}, policy, self.clock
        ).decide_all()
        return recorded.event.key

    def approve(self, seq: int = 1, kind: EventKind | None = None) -> None:
        self.review.approve(self.decide(seq, kind), REASON)

    def move(self) -> None:
        """Point the channel elsewhere, as a changed configuration does."""
        self.x.target = NEW

    def tick(self) -> None:
        self.clock.sleep(timedelta(minutes=5))
        self.marker.mark_all()
        self.publisher.publish_due()

    def delivery(self, key: str = f"{INCIDENT}.1/x") -> Delivery:
        stored = self.store.deliveries.get(key)
        assert stored is not None
        return stored


@pytest.fixture
def harness() -> Iterator[MovingHarness]:
    store = open_store(":memory:")
    yield MovingHarness(store, StillClock(T0), EditingChannel("x", target=OLD))
    store.close()


def test_an_approved_post_is_not_sent_to_another_target(harness: MovingHarness) -> None:
    """P16: the approval was for what was seen, and a person decides what to do."""
    harness.approve()
    harness.move()
    harness.tick()
    assert harness.x.calls == []
    delivery = harness.delivery()
    assert delivery.state is DeliveryState.PERSON
    for part in (OLD, NEW, "deliveries settle", delivery.post.key, "--not-posted"):
        assert part in delivery.note


def test_the_operators_are_alerted_to_a_post_for_another_target(
    harness: MovingHarness,
) -> None:
    harness.approve()
    harness.move()
    harness.tick()
    status = DeliveryStatus(harness.store.deliveries.all(), (), ())
    (alert,) = due_alerts(status, harness.clock.now(), timedelta(minutes=15))
    assert alert.kind is AlertKind.PERSON
    assert NEW in alert.note


def test_a_post_is_sent_if_the_channel_points_back(harness: MovingHarness) -> None:
    harness.approve()
    harness.move()
    harness.x.target = OLD
    harness.tick()
    assert [p.target for p in harness.x.posts] == [OLD]


def test_a_person_can_send_the_post_to_the_new_target(harness: MovingHarness) -> None:
    harness.approve()
    harness.move()
    harness.tick()
    harness.admin.mark_not_posted(f"{INCIDENT}.1/x", harness.targets)
    harness.tick()
    (sent,) = harness.x.posts
    assert sent.target == NEW
    assert harness.delivery().state is DeliveryState.SENT


def test_a_channel_that_is_gone_leaves_the_target_as_it_was(
    harness: MovingHarness,
) -> None:
    harness.approve()
    harness.move()
    harness.tick()
    harness.admin.mark_not_posted(f"{INCIDENT}.1/x", {})
    harness.tick()
    assert harness.x.calls == []
    assert harness.delivery().post.target == OLD


def test_a_post_of_unknown_outcome_is_not_looked_for_elsewhere(
    harness: MovingHarness,
) -> None:
    """P10: it is absent in the new target, and may be published in the old one."""
    harness.approve()
    harness.x.script.append(ChannelUnknown("no answer"))
    harness.tick()
    harness.move()
    harness.tick()
    assert harness.x.calls == [f"send {INCIDENT}.1/x"]
    delivery = harness.delivery()
    assert delivery.state is DeliveryState.PERSON
    assert f"may be published in {OLD}" in delivery.note


def test_a_thread_begins_anew_in_another_target(harness: MovingHarness) -> None:
    """P2: the id of an old post may be that of another message in the new target."""
    harness.approve(1)
    harness.tick()
    harness.move()
    harness.approve(2)
    harness.approve(3)
    harness.tick()
    assert [(p.event[-1], p.reply_to) for p in harness.x.posts] == [
        ("1", None),
        ("2", None),
        ("3", "x-2"),
    ]


def test_a_redirected_post_forgets_what_it_replied_to(harness: MovingHarness) -> None:
    harness.approve(1)
    harness.tick()
    harness.approve(2)
    harness.x.script.append(ChannelUnknown("no answer"))
    harness.tick()
    assert harness.delivery(f"{INCIDENT}.2/x").post.reply_to == "x-1"
    harness.move()
    harness.tick()
    harness.admin.mark_not_posted(f"{INCIDENT}.2/x", harness.targets)
    harness.tick()
    assert [(p.event[-1], p.reply_to) for p in harness.x.posts] == [
        ("1", None),
        ("2", None),
    ]


def test_a_post_in_another_target_is_never_amended(harness: MovingHarness) -> None:
    """P11: the mark of the wrong post would replace another message."""
    harness.approve(1)
    harness.tick()
    harness.approve(2, EventKind.CORRECTED)
    harness.tick()
    harness.move()
    harness.tick()
    key = f"{INCIDENT}.2/x/marks/1"
    assert not [p for p in harness.x.posts if p.amends]
    mark = harness.delivery(key)
    assert (mark.state, mark.post.target) == (DeliveryState.PERSON, OLD)
    assert "by hand" in mark.note
    with pytest.raises(BotError, match="by hand"):
        harness.admin.mark_not_posted(key, harness.targets)
    harness.admin.mark_posted(key, Receipt("x-1"))


def test_a_correction_belongs_where_the_wrong_posts_are(harness: MovingHarness) -> None:
    """P11: in the new target nobody read what is corrected."""
    harness.approve(1)
    harness.tick()
    harness.move()
    harness.approve(2, EventKind.CORRECTED)
    harness.tick()
    correction = harness.delivery(f"{INCIDENT}.2/x")
    assert (correction.state, correction.post.target) == (DeliveryState.PERSON, OLD)
    assert [p.event[-1] for p in harness.x.posts] == ["1"]


def test_a_correction_is_sent_where_a_wrong_post_is(harness: MovingHarness) -> None:
    harness.approve(1)
    harness.tick()
    harness.move()
    harness.approve(2)
    harness.tick()
    harness.approve(3, EventKind.CORRECTED)
    harness.tick()
    assert [(p.event[-1], p.reply_to) for p in harness.x.posts[-2:]] == [
        ("2", None),
        ("3", "x-2"),
    ]


def test_no_description_is_changed_in_another_target(harness: MovingHarness) -> None:
    (event,) = record(harness.store, change())
    posts = [post(event, target=OLD)]
    harness.store.drafts.save(draft(event), PNG, (decision(event),), posts)
    harness.tick()
    harness.move()
    with pytest.raises(BotError, match="by hand"):
        harness.admin.queue_description(
            f"{INCIDENT}.1/x", harness.x.outlet(), "A chart.", harness.renderer, NEW
        )
    assert len(harness.store.deliveries.all()) == 1


def test_a_draft_for_another_target_is_not_approved(harness: MovingHarness) -> None:
    """P16: what a person reads names the old target, so the approval is for that one."""
    draft_id = harness.decide()
    harness.move()
    with pytest.raises(BotError, match=f"made for {OLD}.*{NEW} now.*--redirect x"):
        harness.review.approve(draft_id, REASON)
    assert harness.store.drafts.get(draft_id).state is DraftState.WAITING
    assert harness.store.deliveries.all() == ()


def test_a_person_can_approve_a_draft_for_the_new_target(
    harness: MovingHarness,
) -> None:
    draft_id = harness.decide()
    harness.move()
    assert harness.review.new_targets(harness.store.drafts.get(draft_id)) == {"x": NEW}
    harness.review.approve(draft_id, REASON, redirect=["x"])
    # The approval that is stored names the target.
    (text,) = harness.store.drafts.get(draft_id).texts
    assert text.target == NEW
    harness.tick()
    assert [p.target for p in harness.x.posts] == [NEW]


def test_an_edit_keeps_the_target_of_the_draft(harness: MovingHarness) -> None:
    draft_id = harness.decide()
    (text,) = harness.store.drafts.get(draft_id).texts
    words = replace(text, body="Shorter.", target=None)
    harness.review.edit(draft_id, {"x": words}, "shorter")
    harness.move()
    with pytest.raises(BotError, match="--redirect"):
        harness.review.approve(draft_id, REASON, version=2)


def test_a_letter_follows_the_editors_anywhere(harness: MovingHarness) -> None:
    """A letter asks for a decision, so it must reach the editors where they are now."""
    editors = FakeChannel(EDITORS, target=OLD)
    channels = {"x": harness.x, EDITORS: editors}
    record(harness.store, change())
    policy = Policy((), stale_after=None)
    Decider(
        harness.store, harness.renderer, channels, policy, harness.clock
    ).decide_all()
    editors.target = NEW
    pacing = PostTiming(RetryDelays(), None, guard=None)
    Publisher(harness.store, channels, harness.clock, pacing).publish_due()
    assert [p.key for p in editors.posts] == [f"{INCIDENT}.1/{EDITORS}"]


def test_a_post_of_an_older_version_is_sent_as_before(harness: MovingHarness) -> None:
    """Its target is unknown; so is that of a draft, which gets one when approved."""
    first, second = record(harness.store, change(1), change(2))
    for event, posts in ((first, [post(first)]), (second, [])):
        harness.store.drafts.save(draft(event), PNG, (decision(event),), posts)
    harness.move()
    harness.review.approve(second.key, REASON)
    harness.tick()
    assert [(p.target, p.reply_to) for p in harness.x.posts] == [
        (None, None),
        (NEW, "x-1"),
    ]
