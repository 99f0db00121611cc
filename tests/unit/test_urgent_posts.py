"""Urgent posts and corrections do not wait behind posts that a rule puts off (P11)."""

from datetime import time, timedelta

import pytest

from bot.model.delivery import DeliveryState
from bot.model.incident import EventKind
from bot.policy.channel_rules import ChannelRules, QuietHours
from bot.policy.reasons import DropReason
from tests.contract.stored import HOUR
from tests.unit.test_publishing import UNAVAILABLE, PublisherHarness, harness

__all__ = ["harness"]
NIGHT = QuietHours(time(0), time(6))  # it is midnight at first


def with_rules(harness: PublisherHarness, rules: ChannelRules) -> None:
    harness.channel_rules["x"] = rules
    harness.publisher = harness.make_publisher()


@pytest.mark.parametrize(
    "kind", [EventKind.CONFIRMED, EventKind.ESCALATED, EventKind.CORRECTED]
)
def test_urgent_post_does_not_wait_for_the_quiet_hours_of_an_earlier_one(harness, kind):
    """P11: a correction that waits behind an update waits as long as the update."""
    with_rules(harness, ChannelRules(quiet=NIGHT))
    harness.queue_elsewhere("x", EventKind.SUSPECTED)
    harness.queue("x", events=2)  # a confirmation and an update
    harness.tick()
    harness.queue_last("x", kind)
    harness.tick()
    assert [p.kind for p in harness.x.posts] == [EventKind.CONFIRMED, kind]
    overtaken = harness.delivery("KZ-2022-0104.2/x")
    assert overtaken.state is DeliveryState.DROPPED
    assert overtaken.note == DropReason.OVERTAKEN
    harness.tick(12 * HOUR)
    assert [p.kind for p in harness.x.posts[2:]] == [EventKind.SUSPECTED]


def test_correction_does_not_wait_for_the_cap_of_an_earlier_post(harness):
    with_rules(harness, ChannelRules(posts_per_incident_per_day=1))
    harness.queue("x", events=2)
    harness.tick()
    harness.queue_last("x", EventKind.CORRECTED)
    harness.tick()
    kinds = [p.kind for p in harness.x.posts]
    assert kinds == [EventKind.CONFIRMED, EventKind.CORRECTED]


def test_update_keeps_its_place_behind_an_earlier_post(harness):
    with_rules(harness, ChannelRules(quiet=NIGHT))
    harness.queue_elsewhere("x", EventKind.SUSPECTED)
    harness.queue("x", events=3)
    harness.tick()
    harness.tick(timedelta(hours=12))
    assert len(harness.x.posts) == 4
    assert {d.state for d in harness.store.deliveries.all()} == {DeliveryState.SENT}


def test_urgent_post_waits_for_a_post_that_was_tried(harness):
    """P10: an earlier post that the channel did not take is sent first."""
    harness.queue("x")
    harness.x.script.append(UNAVAILABLE)
    harness.tick()
    harness.queue_last("x", EventKind.ESCALATED)
    harness.x.script.append(UNAVAILABLE)
    harness.tick(timedelta(seconds=40))
    harness.tick()
    kinds = [p.kind for p in harness.x.posts]
    assert kinds == [EventKind.CONFIRMED, EventKind.ESCALATED]
