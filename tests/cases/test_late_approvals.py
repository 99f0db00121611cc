"""Approvals that come after the incident has moved on."""

from dataclasses import dataclass

import pytest

from bot.errors import BotError
from tests import stories
from tests.cases.installation import Installation, new_installation

REVIEW_FIRST_EVENTS = {
    "stale_after": "3650d",
    "rules": [
        {
            "name": "first-waits",
            "action": "review",
            "kinds": ["suspected", "confirmed"],
        },
        {"name": "rest", "action": "publish"},
    ],
}


@dataclass(frozen=True)
class LateApproval:
    """What became of an approval that came after the restoration.

    Attributes:
        approved: whether the approval was accepted.
        events: the events that were posted, in the order of the posts.
        thread_count: how many posts begin a thread.
    """

    approved: bool
    events: list[str]
    thread_count: int


@pytest.fixture(scope="module")
def late_approval(tmp_path_factory: pytest.TempPathFactory) -> LateApproval:
    """An approval of the first draft, made after the restoration was posted."""
    home = tmp_path_factory.mktemp("late") / "home"
    installation = new_installation(home, policy=REVIEW_FIRST_EVENTS)
    installation.run(4)
    installation.clock.at = stories.RETURN
    installation.run(5)
    assert "Restored:" in installation.lines()[-1]["text"]
    try:
        installation.approve("IR-2026-0113.1")
    except BotError:
        approved = False
    else:
        approved = True
    installation.run(1)
    installation.stop()
    lines = installation.lines()
    thread_starts = [line for line in lines if line["in_reply_to"] is None]
    return LateApproval(approved, [line["event"] for line in lines], len(thread_starts))


def test_no_claim_is_posted_after_its_restoration(late_approval: LateApproval) -> None:
    """P18: a reader takes the last post of a thread for what is true now."""
    assert late_approval.events == sorted(late_approval.events)


def test_a_late_approval_starts_no_second_thread(late_approval: LateApproval) -> None:
    """P2: one incident is one thread."""
    assert late_approval.thread_count == 1


def test_an_approval_that_comes_too_late_is_refused(
    late_approval: LateApproval,
) -> None:
    """P17: the person who approves a draft too late gets an error."""
    assert not late_approval.approved


def test_an_approved_claim_is_not_posted_once_retracted(
    confirmed: Installation,
) -> None:
    """P11: an approved claim is not posted while its retraction waits for review."""
    confirmed.approve()
    confirmed.retract()
    confirmed.run(1)
    assert confirmed.incident().state == "retracted"
    assert confirmed.lines() == []


def test_a_dropped_post_of_a_retracted_claim_has_a_reason(
    confirmed: Installation,
) -> None:
    """P17: the approved post is dropped with a reason as soon as its claim is retracted."""
    confirmed.approve()
    (key,) = confirmed.deliveries()
    confirmed.retract()
    confirmed.run(1)
    delivery = confirmed.deliveries()[key]
    assert delivery.state == "dropped"
    assert "retracted" in delivery.note
