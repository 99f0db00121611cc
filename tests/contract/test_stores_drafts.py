"""What every store must do with drafts and deliveries, in memory and in a file."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.errors import StoreError
from bot.model.delivery import Delivery, DeliveryState, Receipt
from bot.model.draft import Action, DraftState, OutletText
from bot.store.drafts import StoredDrafts
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import (
    CHART,
    HOUR,
    PNG,
    T0,
    change,
    decision,
    draft,
    post,
    queue_posts,
    record,
)

RECEIPT = Receipt("42", "https://channel.example/42")


@pytest.fixture(params=["memory", "sqlite file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    on_file = request.param == "sqlite file"
    opened = open_store(tmp_path / "deep" / "store.db" if on_file else ":memory:")
    yield opened
    opened.close()


class TestDrafts:
    def test_draft_decisions_picture_and_posts_are_saved_together(self, store):
        (event,) = record(store, change())
        store.drafts.save(draft(event), PNG, [decision(event)], [post(event)])
        assert store.drafts.get(event.key) == draft(event)
        assert store.drafts.of_incident(event.incident) == (draft(event),)
        assert store.drafts.decisions() == (decision(event),)
        assert store.drafts.picture(CHART.sha256) == PNG
        waiting = Delivery(post(event), DeliveryState.WAITING, None, 0, T0)
        assert store.deliveries.all() == (waiting,)

    def test_event_is_drafted_once(self, store):
        """P10: a second draft of an event is refused; none of its parts is stored."""
        (event,) = record(store, change())
        store.drafts.save(draft(event), PNG, [decision(event)], ())
        with pytest.raises(StoreError, match="already stored"):
            store.drafts.save(draft(event), PNG, [decision(event)], [post(event)])
        assert len(store.drafts.decisions()) == 1
        assert store.deliveries.all() == ()

    def test_picture_must_have_the_hash_that_its_draft_names(self, store):
        """P4: a draft is stored only with the picture whose hash it names."""
        (event,) = record(store, change())
        with pytest.raises(StoreError, match="does not have the hash"):
            store.drafts.save(draft(event), b"another", (), ())
        with pytest.raises(StoreError, match="refers to something"):
            store.drafts.save(draft(event), None, (), ())
        assert store.drafts.all() == ()
        with pytest.raises(StoreError, match="no picture"):
            store.drafts.picture(CHART.sha256)

    def test_draft_without_a_picture_is_saved(self, store):
        (event,) = record(store, change())
        store.drafts.save(draft(event, picture=None), None, (), [post(event)])
        assert store.drafts.get(event.key).picture is None

    def test_two_drafts_may_share_a_picture(self, store):
        for event in record(store, change(1), change(2)):
            store.drafts.save(draft(event), PNG, (), ())
        assert [d.id[-2:] for d in store.drafts.all()] == [".1", ".2"]

    def test_approval_queues_the_posts_and_stores_the_reason(self, store):
        """P17: the reason of an approval is stored with the draft."""
        (event,) = record(store, change())
        store.drafts.save(draft(event), PNG, (), ())
        store.drafts.change_state(
            draft(event), DraftState.APPROVED, "checked", T0, [post(event)]
        )
        moved = store.drafts.get(event.key)
        assert (moved.state, moved.note) == (DraftState.APPROVED, "checked")
        assert [d.post for d in store.deliveries.due(T0)] == [post(event)]

    def test_change_of_an_outdated_draft_is_refused(self, store):
        (event,) = record(store, change())
        seen = draft(event)
        store.drafts.save(seen, PNG, (), ())
        store.drafts.edit(seen, "typo", T0)
        for outdated in (seen, replace(seen, version=2, state=DraftState.HELD)):
            with pytest.raises(StoreError, match="someone else"):
                store.drafts.change_state(
                    outdated, DraftState.APPROVED, "", T0, [post(event)]
                )
            with pytest.raises(StoreError, match="someone else"):
                store.drafts.edit(outdated, "", T0)
        assert store.deliveries.all() == ()

    def test_history_has_each_version_with_its_reason(self, store):
        """P11, P17: the history has each version of a draft, with the reason and the time."""
        assert isinstance(store.drafts, StoredDrafts)
        (event,) = record(store, change())
        store.drafts.save(draft(event), PNG, (), ())
        edited = replace(draft(event), texts=(OutletText("x", "en", "Confirmed.", 10),))
        store.drafts.edit(edited, "shorter", T0 + HOUR)
        newest = store.drafts.get(event.key)
        assert newest == replace(edited, version=2)
        store.drafts.change_state(newest, DraftState.HELD, "wait", T0 + 2 * HOUR)
        steps = store.drafts.history(event.key)
        assert [(s.note, s.draft.version, s.at - T0) for s in steps] == [
            ("policy: review", 1, 0 * HOUR),
            ("shorter", 2, HOUR),
            ("wait", 2, 2 * HOUR),
        ]
        assert steps[0].draft == draft(event)

    @pytest.mark.parametrize("state", [DraftState.APPROVED, DraftState.REJECTED])
    def test_approved_or_rejected_draft_cannot_be_edited(self, store, state):
        """P11: an approved or rejected draft can no longer be edited."""
        (event,) = record(store, change())
        store.drafts.save(draft(event), PNG, (), ())
        store.drafts.change_state(draft(event), state, "settled", T0)
        with pytest.raises(StoreError, match="cannot be edited any more"):
            store.drafts.edit(store.drafts.get(event.key), "one more word", T0)

    def test_unknown_draft_is_an_error(self, store):
        with pytest.raises(StoreError, match="there is no draft"):
            store.drafts.get("KZ-1.1")

    def test_decision_to_hold_is_stored(self, store):
        """P17: a decision to hold is stored too."""
        (event,) = record(store, change())
        held = decision(event, Action.HOLD)
        store.drafts.save(draft(event), PNG, [held], ())
        assert store.drafts.decisions() == (held,)


_PERHAPS_PUBLISHED = {"sending", "unknown", "person", "given-up"}
_DROPPABLE = {"waiting", "unknown", "person", "given-up"}


class TestDeliveries:
    def test_post_is_claimed_sent_and_settled_once(self, store):
        """P10: a delivery that is sent cannot be claimed or settled again."""
        (key,) = queue_posts(store, "x")
        assert store.deliveries.claim(key, T0)
        assert not store.deliveries.claim(key, T0)
        assert store.deliveries.due(T0 + 99 * HOUR) == ()
        store.deliveries.settle(key, RECEIPT, T0)
        (sent,) = store.deliveries.all()
        assert (sent.state, sent.receipt, sent.tries) == ("sent", RECEIPT, 1)
        with pytest.raises(StoreError, match="is sent: it cannot be sent"):
            store.deliveries.settle(key, RECEIPT, T0)
        assert not store.deliveries.claim(key, T0)

    def test_unknown_delivery_cannot_be_claimed(self, store):
        assert not store.deliveries.claim("KZ-1.1/x", T0)
        with pytest.raises(StoreError, match="there is no delivery"):
            store.deliveries.refuse("KZ-1.1/x", "no")

    def test_delivery_is_retried_when_it_is_due(self, store):
        (key,) = queue_posts(store, "x")
        store.deliveries.claim(key, T0)
        store.deliveries.retry_at(key, T0 + HOUR, "429")
        assert store.deliveries.due(T0) == ()
        (due,) = store.deliveries.due(T0 + HOUR)
        assert (due.state, due.tries, due.note) == ("waiting", 1, "429")
        assert store.deliveries.claim(key, T0 + HOUR)
        assert store.deliveries.all()[0].tries == 2

    def test_delivery_interrupted_by_a_crash_is_unknown(self, store):
        """P10: a delivery that a crash interrupted becomes unknown and cannot be claimed."""
        first, second = queue_posts(store, "x", "mastodon")
        store.deliveries.claim(first, T0)
        assert store.deliveries.recover(T0 + HOUR) == 1
        assert store.deliveries.recover(T0 + HOUR) == 0
        states = {d.post.key: d.state for d in store.deliveries.due(T0 + HOUR)}
        assert states == {first: "unknown", second: "waiting"}
        assert not store.deliveries.claim(first, T0 + HOUR)

    @pytest.mark.parametrize("start", list(DeliveryState))
    @pytest.mark.parametrize(
        ("transition", "arguments", "end", "allowed"),
        [
            ("settle", (RECEIPT, T0), "sent", _PERHAPS_PUBLISHED),
            ("retry_at", (T0, "why"), "waiting", {"sending", "unknown"}),
            ("mark_unknown", (T0, "why"), "unknown", {"sending", "unknown"}),
            ("refuse", ("why",), "refused", {"sending"}),
            ("escalate", ("why",), "person", {"waiting", "sending", "unknown"}),
            ("requeue", (T0, "why"), "waiting", {"unknown", "person"}),
            ("drop", ("why",), "dropped", _DROPPABLE),
        ],
    )
    def test_only_valid_state_transitions_are_possible(
        self, start, transition, arguments, end, allowed
    ):
        store = open_store(":memory:")
        (key,) = queue_posts(store, "x")
        bring_to_state(store, key, start)
        apply: Any = getattr(store.deliveries, transition)
        if start in allowed:
            apply(key, *arguments)
            assert store.deliveries.all()[0].state == end
        else:
            with pytest.raises(StoreError, match=f"is {start}: it cannot be {end}"):
                apply(key, *arguments)
            assert store.deliveries.all()[0].state == start
        store.close()

    def test_posts_are_due_in_the_order_of_their_events(self, store):
        events = record(store, change(2), change(1), change(1, "AA-2022-0104"))
        for event in events:
            posts = [post(event, channel) for channel in ("x", "mastodon")]
            store.drafts.save(draft(event), PNG, (), posts)
        keys = [delivery.post.key for delivery in store.deliveries.due(T0)]
        assert keys == [
            "AA-2022-0104.1/mastodon",
            "AA-2022-0104.1/x",
            "KZ-2022-0104.1/mastodon",
            "KZ-2022-0104.1/x",
            "KZ-2022-0104.2/mastodon",
            "KZ-2022-0104.2/x",
        ]
        incident_keys = [
            delivery.post.key
            for delivery in store.deliveries.of_incident("KZ-2022-0104")
        ]
        assert incident_keys == keys[2:]

    def test_post_is_queued_once(self, store):
        """P10: an approval that would queue a post again changes nothing."""
        (event,) = record(store, change())
        store.drafts.save(draft(event), PNG, (), [post(event)])
        with pytest.raises(StoreError, match="already stored"):
            store.drafts.change_state(
                draft(event), DraftState.APPROVED, "", T0, [post(event)]
            )
        assert store.drafts.get(event.key).state == DraftState.WAITING


def bring_to_state(store: SqlStore, key: str, state: DeliveryState) -> None:
    """Take a waiting delivery to `state` by legal steps."""
    if state is DeliveryState.WAITING:
        return
    store.deliveries.claim(key, T0)
    if state is DeliveryState.SENT:
        store.deliveries.settle(key, RECEIPT, T0)
    if state is DeliveryState.REFUSED:
        store.deliveries.refuse(key, "too long")
    if state is DeliveryState.UNKNOWN:
        store.deliveries.mark_unknown(key, T0, "timed out")
    if state is DeliveryState.PERSON:
        store.deliveries.escalate(key, "cannot tell")
    if state is DeliveryState.DROPPED:
        store.deliveries.escalate(key, "cannot tell")
        store.deliveries.drop(key, "no news any more")
    if state is DeliveryState.GIVEN_UP:
        store.deliveries.escalate(key, "cannot tell")
        store.deliveries.drop(key, "no news any more", in_doubt=True)
