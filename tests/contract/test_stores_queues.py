"""What every store, in memory or in a file, must return to a tick: queues, records."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.clock import StillClock
from bot.editorial.corrections import CorrectionMarker, open_correction_statuses
from bot.errors import StoreError
from bot.model.delivery import Receipt
from bot.model.draft import SITE, Action, Decision, DraftState, Release
from bot.model.entity import Entity, EntityKind
from bot.model.event import IncidentChange
from bot.model.incident import EventKind, State
from bot.store import schema
from bot.store.database import connect
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import (
    HOUR,
    PNG,
    T0,
    change,
    decision,
    draft,
    post,
    record,
)
from tests.contract.test_stores_causes import copy_rows, create_first_tables
from tests.fakes import FakeChannel, FakeRenderer

KAZAKHSTAN = "KZ-2022-0104"
IRAN = Entity(EntityKind.COUNTRY, "IR")


@pytest.fixture(params=["memory", "sqlite file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    on_file = request.param == "sqlite file"
    opened = open_store(tmp_path / "store.db" if on_file else ":memory:")
    yield opened
    opened.close()


def correction_change(seq: int) -> IncidentChange:
    """Return the change that adds a correction as event `seq` of the incident."""
    base = change(seq)
    return replace(base, event=replace(base.event, kind=EventKind.CORRECTED))


def store_three_incidents(store: SqlStore) -> None:
    """Store a restored incident of Kazakhstan, one of Iran, and an open one of Kazakhstan."""
    at = change().event.at
    record(
        store,
        change(1, "KZ-1", state=State.RESTORED),
        change(1, "IR-1", as_of=at + HOUR, place=IRAN),
        change(1, "KZ-2", as_of=at + 2 * HOUR),
    )


class TestIncidentQueries:
    def test_incident_is_found_by_its_id(self, store):
        store_three_incidents(store)
        assert store.incidents.get("KZ-2").id == "KZ-2"
        with pytest.raises(StoreError, match="no incident KZ-3"):
            store.incidents.get("KZ-3")

    def test_place_of_a_damaged_incident_is_found(self, store):
        store_three_incidents(store)
        with store._database.write("damage it") as connection:
            connection.execute(update(schema.incidents).values(body="{}"))
        assert store.incidents.place_of("IR-1") == IRAN
        assert store.incidents.place_of("KZ-3") is None

    def test_newest_incidents_come_first_up_to_the_limit(self, store):
        store_three_incidents(store)
        assert store.incidents.newest_ids(2) == ("KZ-2", "IR-1")
        assert store.incidents.newest_ids(9) == ("KZ-2", "IR-1", "KZ-1")

    def test_restored_incidents_are_not_open(self, store):
        store_three_incidents(store)
        assert set(store.incidents.open_ids()) == {"IR-1", "KZ-2"}

    def test_earlier_incidents_of_a_place_come_newest_first(self, store):
        store_three_incidents(store)
        store.incidents.record([change(1, "KZ-3", as_of=T0)], (), {}, T0)
        last = store.incidents.get("KZ-3")
        earlier = [
            incident.id for incident in store.incidents.earlier_incidents(last, 9)
        ]
        assert earlier == ["KZ-2", "KZ-1"]
        assert [i.id for i in store.incidents.earlier_incidents(last, 1)] == ["KZ-2"]
        second = store.incidents.get("KZ-2")
        assert [i.id for i in store.incidents.earlier_incidents(second, 9)] == ["KZ-1"]

    def test_incidents_opened_within_a_span_are_in_order(self, store):
        store_three_incidents(store)
        at = change().event.at
        assert store.incidents.ids_opened_within(at, at + 2 * HOUR) == ("KZ-1", "IR-1")
        assert store.incidents.opening_times(["IR-1", "none"]) == {"IR-1": at + HOUR}

    def test_one_of_two_incidents_opened_together_is_current(self, store):
        record(store, change(1, "KZ-1"), change(1, "KZ-2"))
        assert [incident.id for incident in store.incidents.newest_of_each_place()] == [
            "KZ-2"
        ]


class TestPages:
    def test_change_of_anything_shown_makes_a_page_stale(self, store):
        (event,) = record(store, change())
        assert _write_stale_pages(store) == {KAZAKHSTAN}
        posts = [post(event)]
        store.drafts.save(draft(event), PNG, [decision(event)], posts)
        assert _write_stale_pages(store) == {KAZAKHSTAN}
        store.deliveries.claim(posts[0].key, T0)
        assert _write_stale_pages(store) == set()
        store.deliveries.settle(posts[0].key, Receipt("1"), T0)
        assert _write_stale_pages(store) == {KAZAKHSTAN}
        store.drafts.change_state(draft(event), DraftState.REJECTED, "wrong", T0)
        assert _write_stale_pages(store) == {KAZAKHSTAN}

    def test_page_changed_while_being_written_stays_stale(self, store):
        record(store, change())
        stale = store.pages.urgent()
        record(store, change(2))
        store.pages.mark_written(KAZAKHSTAN, stale[KAZAKHSTAN])
        assert set(store.pages.urgent()) == {KAZAKHSTAN}

    def test_refreshed_pages_wait_behind_stale_ones(self, store):
        store_three_incidents(store)
        _write_stale_pages(store)
        store.pages.queue_all("2")
        assert store.pages.version() == "2"
        assert store.pages.urgent() == {}
        waiting = store.pages.waiting(2)
        assert len(waiting) == 2
        for incident, last in waiting.items():
            store.pages.mark_written(incident, last)
        assert len(store.pages.waiting(9)) == 1

    def test_second_refresh_replaces_the_first(self, store):
        store_three_incidents(store)
        store.pages.queue_all("2")
        store.pages.queue_all("3")
        assert len(store.pages.waiting(99)) == 3

    def test_each_event_has_the_state_of_its_release(self, store):
        first, second, third = record(store, change(1), change(2), change(3))
        store.drafts.save(draft(first), PNG, [decision(first)], [])
        held = Decision(second.key, SITE, Action.HOLD, "do-no-harm", T0)
        state = DraftState.HELD
        store.drafts.save(draft(second, state=state), PNG, [held], [])
        # The last decision for the site is the one that counts.
        shown = Decision(second.key, SITE, Action.PUBLISH, "later", T0)
        waiting = store.drafts.get(second.key)
        store.drafts.change_state(waiting, state, "no", T0, decisions=[shown, held])
        releases = store.pages.releases([KAZAKHSTAN, "none"])
        assert releases == {
            KAZAKHSTAN: (
                Release(1, first.kind, DraftState.WAITING, site=None),
                Release(2, second.kind, DraftState.HELD, site=Action.HOLD),
                Release(3, third.kind, None, site=None),
            ),
            "none": (),
        }


def _write_stale_pages(store: SqlStore) -> set[str]:
    """Return the ids of the incidents with stale pages; mark these pages as written."""
    stale = store.pages.urgent()
    for incident, last in stale.items():
        store.pages.mark_written(incident, last)
    return set(stale)


class TestCorrections:
    def test_correction_is_open_until_all_posts_are_settled(self, store):
        keys = [key for key, _ in _post_and_correct(store)]
        assert _mark_and_list_open(store) == [f"{KAZAKHSTAN}.2"]
        assert len(open_correction_statuses(store)) == 1
        store.deliveries.claim(keys[1], T0)
        store.deliveries.settle(keys[1], Receipt("2"), T0)
        assert _mark_and_list_open(store) == []
        assert open_correction_statuses(store) == ()

    def test_later_post_reopens_the_correction(self, store):
        """P11: a post about the event that is sent later must be corrected too."""
        for key, number in _post_and_correct(store):
            if number == 2:
                store.deliveries.claim(key, T0)
                store.deliveries.settle(key, Receipt("2"), T0)
        assert _mark_and_list_open(store) == []
        event = store.incidents.event(f"{KAZAKHSTAN}.1")
        store.deliveries.queue([post(event, "masto", picture=None)])
        assert _mark_and_list_open(store) == [f"{KAZAKHSTAN}.2"]
        store.deliveries.claim(f"{event.key}/masto", T0)
        store.deliveries.settle(f"{event.key}/masto", Receipt("3"), T0)
        assert _mark_and_list_open(store) == [f"{KAZAKHSTAN}.2"]
        assert [
            correction.channel
            for correction in open_correction_statuses(store)
            if not correction.corrected_at
        ] == ["masto"]


def _post_and_correct(store: SqlStore) -> list[tuple[str, int]]:
    """Store a sent post and its waiting correction; return both posts' keys and numbers."""
    keys = []
    for seq, event in enumerate(
        record(store, change(1), correction_change(2)), start=1
    ):
        posts = [post(event, picture=None, kind=event.kind)]
        store.drafts.save(draft(event, picture=None), None, [], posts)
        keys.append((posts[0].key, seq))
    store.deliveries.claim(keys[0][0], T0)
    store.deliveries.settle(keys[0][0], Receipt("1"), T0)
    return keys


def _mark_and_list_open(store: SqlStore) -> list[str]:
    """Mark the settled corrections; return the keys of those that are still open."""
    channels = {"x": FakeChannel("x"), "masto": FakeChannel("masto")}
    CorrectionMarker(store, FakeRenderer(), channels, StillClock(T0)).mark_all()
    return [event.key for event in store.incidents.open_corrections()]


def test_post_with_a_queued_key_is_not_queued_again(store):
    (event,) = record(store, change())
    assert store.deliveries.queue([post(event, picture=None)]) == 1
    assert store.deliveries.queue([post(event, picture=None)]) == 0
    assert store.deliveries.queue([]) == 0


def test_delivery_is_found_by_its_key(store):
    (event,) = record(store, change())
    store.deliveries.queue([post(event, picture=None)])
    delivery = store.deliveries.get(f"{event.key}/x")
    assert delivery is not None
    assert delivery.post.event == event.key
    assert store.deliveries.get("none") is None


def test_delivery_settled_long_ago_is_not_recent(store):
    (event,) = record(store, change())
    store.deliveries.queue([post(event, picture=None), post(event, "m", picture=None)])
    store.deliveries.claim(f"{event.key}/x", T0)
    store.deliveries.settle(f"{event.key}/x", Receipt("1"), T0)
    late = T0 + timedelta(days=9)
    assert [d.post.channel for d in store.deliveries.recent(late)] == ["m"]
    assert len(store.deliveries.recent(T0)) == 2


def test_migrated_store_has_its_pending_steps(tmp_path):
    new_store, old_store = open_store(":memory:"), connect(tmp_path / "store.db")
    first, second, third = record(new_store, change(1), correction_change(2), change(3))
    new_store.drafts.save(draft(first), PNG, [decision(first)], [])
    copy_rows(new_store._database, old_store, create_first_tables(old_store))
    old_store.close()
    new_store.close()
    store = open_store(tmp_path / "store.db")
    assert store.incidents.undecided() == (second, third)
    assert store.classifications.pending() == (first, second, third)
    assert store.incidents.open_corrections() == (second,)
    assert store.pages.version() is None
    store.close()
