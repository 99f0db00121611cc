"""Stores of former versions, which held the facts of an event in one flat record."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from bot.errors import RecordDamaged
from bot.model.event import CorrectedClaims, Correction, Parts
from bot.model.incident import State
from bot.model.signal import Family
from bot.store.sql_store import open_store
from tests.builders import IODA, NOW, ONSET, PROBING, operators, series, utc
from tests.contract.stored import change, drop_later_tables, record

FORMER = json.loads(Path(__file__).with_name("former_facts.json").read_text())
"""Two events and an incident, as the version before sub-records wrote them."""
SET_BODY = {
    "events": "UPDATE events SET body = ? WHERE seq = ?",
    "incidents": "UPDATE incidents SET body = ? WHERE id = ?",
}


@pytest.fixture
def old_store(tmp_path) -> Path:
    """Return a store with the tables of the former version and two events."""
    path = tmp_path / "store.db"
    store = open_store(path)
    record(store, change(1), change(2))
    store.close()
    with sqlite3.connect(path) as database:
        database.execute("UPDATE alembic_version SET version_num = '0006'")
        drop_later_tables(database)
        for seq, name in enumerate(("revised", "withdrawn"), 1):
            set_body(database, "events", seq, FORMER[name])
    database.close()
    return path


def set_body(database: sqlite3.Connection, table: str, key: object, body: Any) -> None:
    text = body if isinstance(body, str) else json.dumps(body)
    assert database.execute(SET_BODY[table], (text, key)).rowcount == 1


def bodies(path: Path) -> list[str]:
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT body FROM events ORDER BY seq").fetchall()
    database.close()
    return [body for (body,) in rows]


def test_facts_of_a_former_version_are_read_whole(old_store):  # P4, P11
    with_claims, withdrawn = open_store(old_store).incidents.events(incident(old_store))
    facts = with_claims.facts
    assert (facts.timing.as_of, facts.timing.onset) == (NOW, ONSET)
    assert facts.timing.restored is None
    assert (facts.levels.now, facts.levels.lowest) == (0.02, 0.02)
    assert facts.levels.series == (series(PROBING, 0.02),)
    assert facts.levels.method is None
    assert facts.parts == Parts(networks=operators(0.3))
    assert facts.sources.opened_by == (Family.ACTIVE_PROBING, Family.TRAFFIC)
    assert facts.sources.credits[0].text == IODA
    claims = CorrectedClaims(utc("2022-01-05 11:00"), lowest=0.01)
    assert facts.correction == Correction(wrong=claims)
    assert withdrawn.facts.state is State.RETRACTED
    assert withdrawn.facts.correction == Correction(statement="It was a test.")
    assert withdrawn.facts.principal is None


def test_fields_that_the_oldest_events_lack_are_empty(old_store):
    facts = open_store(old_store).incidents.events(incident(old_store))[1].facts
    assert facts.timing.cuts == ()
    assert (facts.levels.part, facts.impact) == (None, None)
    assert facts.parts.back == ()


def test_incident_of_a_former_version_without_a_level_is_read(old_store):
    name = incident(old_store)
    with sqlite3.connect(old_store) as database:
        set_body(database, "incidents", name, {**FORMER["incident"], "id": name})
    database.close()
    assert open_store(old_store).incidents.get(name).principal is None


@pytest.mark.parametrize(
    "damaged",
    [
        "{",
        "[]",
        "null",
        '{"facts": {}}',
        '{"facts": null}',
        '{"facts": "timing"}',
        '{"facts": [1]}',
    ],
)
def test_damaged_event_stays_as_it_is_and_stops_no_other(old_store, damaged):  # P16
    with sqlite3.connect(old_store) as database:
        set_body(database, "events", 1, damaged)
        keys = database.execute("SELECT key FROM events ORDER BY seq").fetchall()
    database.close()
    store = open_store(old_store)
    assert bodies(old_store)[0] == damaged
    with pytest.raises(RecordDamaged):
        store.incidents.event(keys[0][0])
    assert store.incidents.event(keys[1][0]).facts.state is State.RETRACTED


@pytest.mark.parametrize("damaged", ["[]", "null", '"principal"'])
def test_damaged_incident_does_not_stop_the_others(old_store, damaged):  # P16
    name = incident(old_store)
    with sqlite3.connect(old_store) as database:
        set_body(database, "incidents", name, damaged)
    database.close()
    assert len(open_store(old_store).incidents.events(name)) == 2


def test_migrating_again_changes_nothing(old_store):
    open_store(old_store).close()
    before = bodies(old_store)
    with sqlite3.connect(old_store) as database:
        database.execute("UPDATE alembic_version SET version_num = '0006'")
        drop_later_tables(database)
    database.close()
    open_store(old_store).close()
    assert bodies(old_store) == before


def incident(path: Path) -> str:
    with sqlite3.connect(path) as database:
        (name,) = database.execute("SELECT id FROM incidents").fetchone()
    database.close()
    return str(name)
