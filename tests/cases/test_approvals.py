"""A person approves a draft after its incident has had another event."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.clock import StillClock
from bot.editorial.review import DraftReview
from bot.errors import BotError
from bot.model.draft import DraftState
from bot.model.event import IncidentChange
from bot.model.incident import EventKind, Evidence, State
from bot.store.sql_store import SqlStore, open_store
from tests import builders
from tests.contract.stored import PNG, T0, change, decision, draft, record
from tests.fakes import FakeRenderer

LATE = T0 + timedelta(hours=9)
NOTE = "two sources checked"


@dataclass
class ReviewHarness:
    """An incident that was confirmed and then restored; both drafts wait."""

    store: SqlStore
    review: DraftReview
    confirmed: str
    restored: str

    def queued(self) -> list[str]:
        """Return the events about which a post is queued."""
        return [delivery.post.event for delivery in self.store.deliveries.all()]


@pytest.fixture
def harness() -> Iterator[ReviewHarness]:
    store = open_store(":memory:")
    first = change(1)
    end = builders.event(
        EventKind.RESTORED,
        2,
        facts=builders.restored(),
        incident=first.incident.id,
    )
    assert end.facts.state is State.RESTORED
    last = IncidentChange(builders.incident_of(first.event, end), end, Evidence(()))
    for event in record(store, first, last):
        store.drafts.save(draft(event), PNG, (decision(event),), [])
    review = DraftReview(store, StillClock(LATE), FakeRenderer(), {})
    yield ReviewHarness(store, review, first.event.key, end.key)
    store.close()


def test_a_claim_is_refused_once_its_incident_was_restored(
    harness: ReviewHarness,
) -> None:
    """P1, P18: "Confirmed ... is at 30%" would be false hours after the return."""
    with pytest.raises(BotError, match="restored"):
        harness.review.approve(harness.confirmed, NOTE)
    assert harness.queued() == []
    assert harness.store.drafts.get(harness.confirmed).state is DraftState.WAITING


def test_a_claim_is_never_posted_after_its_restoration(
    harness: ReviewHarness,
) -> None:
    """P2, P18: once the restoration is approved, the earlier claim cannot be approved."""
    harness.review.approve(harness.restored, NOTE)
    with pytest.raises(BotError, match="restored"):
        harness.review.approve(harness.confirmed, NOTE)
    assert harness.queued() == [harness.restored]


def test_the_restoration_itself_can_still_be_approved(harness: ReviewHarness) -> None:
    """The last event of an incident may be approved at any time."""
    assert harness.review.approve(harness.restored, NOTE).state is DraftState.APPROVED
    assert harness.queued() == [harness.restored]
