"""What a damaged record hides, and what it does not hide."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.errors import RecordDamaged
from bot.model.attribution import AttributionAct
from bot.model.entity import parse_entity
from bot.model.incident import State, UnreadableIncident
from bot.store.sql_store import SqlStore, open_store
from bot.tick.incident_reports import incident_report
from tests.contract.stored import (
    PNG,
    change,
    decision,
    draft,
    queue_posts,
    record,
)
from tests.contract.test_stores_causes import step
from tests.signals import START, STEP, a_signal, a_week_of, assess

KZ = parse_entity("country:KZ")
FIRST, SECOND = "KZ-2022-0104", "KZ-2022-0105"
CUT_OFF = "UPDATE incidents SET body = '{' WHERE id = :id"


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store(":memory:")
    yield opened
    opened.close()


def damage(store: SqlStore, statement: str, **values: str) -> None:
    with store._database.write("be damaged by the test") as connection:
        assert connection.execute(text(statement), values).rowcount == 1


def events_of(*unreadable: UnreadableIncident) -> tuple[list[str], list[str]]:
    """Return the events of a drop in Kazakhstan, and the alerts on its place."""
    values = a_week_of()
    values[-20:] = 10.0
    results, assessor = assess(
        {(a_signal(), "country:KZ"): values}, unreadable=unreadable
    )
    ids = [change.incident.id for change in results.changes]
    return ids, [alert.note for alert in assessor.failures.values()]


def test_drop_that_may_belong_to_a_damaged_incident_makes_no_event():
    """P10: it would be announced a second time as new."""
    (expected, *_), notes = events_of()
    assert notes == []
    ids, (note,) = events_of(UnreadableIncident(FIRST, KZ, closed_at=None))
    assert ids == []
    assert FIRST in note
    fell = START + STEP * (len(a_week_of()) - 20)
    recent = UnreadableIncident(FIRST, KZ, closed_at=fell - timedelta(hours=1))
    assert events_of(recent)[0] == []
    old = UnreadableIncident(expected, KZ, closed_at=fell - timedelta(days=3))
    ids, notes = events_of(old)
    # A new incident never overwrites the damaged record.
    assert set(ids) == {f"{expected}-2"}
    assert notes == []


def test_place_of_a_damaged_incident_has_no_current_incident(store):  # P2, P10
    at = change().event.at
    record(store, change(1, FIRST, state=State.RESTORED))
    record(store, change(1, SECOND, as_of=at + timedelta(days=1)))
    damage(store, CUT_OFF, id=SECOND)
    assert store.incidents.newest_of_each_place() == ()
    (unreadable,) = store.incidents.unreadable()
    assert unreadable == UnreadableIncident(SECOND, unreadable.place, None)
    assert [i.id for i in store.incidents.all()] == [FIRST]
    assert set(store.damaged()) == {f"incident {SECOND}"}


def test_damaged_closed_incident_has_the_time_of_its_last_event(store):
    restored = change(1, FIRST, state=State.RESTORED)
    record(store, restored)
    damage(store, "UPDATE incidents SET body = '[]'")
    (unreadable,) = store.incidents.unreadable()
    assert unreadable.closed_at == restored.event.at


def test_events_after_a_damaged_one_wait(store):
    record(store, change(1, FIRST), change(2, FIRST), change(1, SECOND))
    damage(store, "UPDATE events SET body = '1' WHERE key = :key", key=f"{FIRST}.1")
    assert [event.key for event in store.incidents.undecided()] == [f"{SECOND}.1"]
    pending = [event.key for event in store.classifications.pending()]
    assert pending == [f"{SECOND}.1", f"{FIRST}.2"]


def test_attribution_with_a_damaged_step_is_left_out(store):
    """P8, P11: the damaged step may have withdrawn it."""
    record(store, change())
    for number in (1, 2):
        store.attributions.append(step(number=number))
    store.attributions.append(step(AttributionAct.WITHDRAW))
    damage(store, "UPDATE attribution_steps SET act = 'doubt' WHERE act = 'withdraw'")
    assert [a.number for a in store.attributions.of_incident(FIRST)] == [2]
    (name,) = store.damaged()
    assert name.endswith(f"on cause 1 of {FIRST}")


def test_damaged_earlier_incident_stops_no_page(store):  # P15
    at = change().event.at
    later = change(1, SECOND, as_of=at + timedelta(days=1))
    for stored in (change(1, FIRST), later):
        (event,) = record(store, stored)
        store.drafts.save(draft(event), PNG, (decision(event),), ())
    report = incident_report(store, SECOND)
    assert report is not None
    assert [incident.id for incident in report.previous] == [FIRST]
    unknown = "UPDATE drafts SET state = 'lost' WHERE event = :event"
    damage(store, unknown, event=f"{FIRST}.1")
    assert incident_report(store, SECOND) == replace(report, previous=())
    with pytest.raises(RecordDamaged, match=FIRST):
        incident_report(store, FIRST)
    damage(store, CUT_OFF, id=FIRST)
    assert incident_report(store, SECOND) == replace(report, previous=())


@pytest.mark.parametrize("time", ["yesterday", "2022-01-05T10:00:00", "9999"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE deliveries SET not_before = :time WHERE key = :key",
        "UPDATE deliveries SET settled_at = :time WHERE key = :key",
    ],
)
def test_damaged_time_hides_only_its_delivery(store, statement, time):
    damaged_key, key = queue_posts(store, "x", "mail")
    damage(store, statement, time=time, key=damaged_key)
    assert [delivery.post.key for delivery in store.deliveries.all()] == [key]
    due = store.deliveries.due(START + timedelta(days=365))
    assert [delivery.post.key for delivery in due] == [key]
    assert set(store.damaged()) == {f"delivery {damaged_key}"}
    with pytest.raises(RecordDamaged, match="a time that cannot be read"):
        store.deliveries.get(damaged_key)


def test_repaired_record_is_not_named_any_more(store):
    (key,) = queue_posts(store, "x")
    damage(store, "UPDATE deliveries SET state = 'lost'")
    assert store.deliveries.all() == ()
    assert set(store.damaged()) == {f"delivery {key}"}
    damage(store, "UPDATE deliveries SET state = 'waiting'")
    assert len(store.deliveries.all()) == 1
    assert store.damaged() == {}
