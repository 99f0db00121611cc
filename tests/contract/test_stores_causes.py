"""Classifications and attributions in every store: apart from events, and append-only."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, insert, select, text

from bot.editorial.deciding import Classifier, background_of
from bot.errors import StoreError
from bot.model.attribution import Act, AttributionStep, Claim, Level
from bot.model.classification import Classification, Classified, ClassKind
from bot.model.entity import Entity, EntityKind
from bot.store.database import Database, connect
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import HOUR, T0, change, record

KAZAKHSTAN = "KZ-2022-0104"
CLAIM = Claim(
    Level.A2,
    "a failed cable",
    "The operator",
    "https://news.example/1",
    "copies/1.html",
    "an order",
)
FOUND = Classification(
    ClassKind.BLACKOUT, "most-of-a-country", ("scope=national", "lowest=0.02"), 1
)


@pytest.fixture(params=["memory", "sqlite file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    on_file = request.param == "sqlite file"
    opened = open_store(tmp_path / "store.db" if on_file else ":memory:")
    yield opened
    opened.close()


def step(act: Act = Act.ADD, number: int = 1, **more) -> AttributionStep:
    claim = CLAIM if act is Act.ADD else None
    made = AttributionStep(KAZAKHSTAN, number, act, "Ada", "read it", T0, claim)
    return replace(made, **more)


class TestClassifications:
    def test_a_class_comes_back_as_it_was_beside_its_event(self, store):
        first, second = record(store, change(1), change(2))
        told = [Classified(e.incident, e.seq, e.at, FOUND) for e in (first, second)]
        store.classifications.record(told)
        assert store.classifications.history(KAZAKHSTAN) == tuple(told)
        assert store.classifications.history("IR-2022-0104") == ()

    def test_events_without_a_class_are_pending_oldest_first(self, store):
        second, first = record(store, change(2), change(1))
        assert store.classifications.pending() == (first, second)
        one = Classified(first.incident, first.seq, first.at, FOUND)
        store.classifications.record([one])
        assert store.classifications.pending() == (second,)

    def test_a_class_is_never_replaced(self, store):
        """P11: a second class for an event is refused, with all others of the same call."""
        first, second = record(store, change(1), change(2))
        kept = Classified(first.incident, first.seq, first.at, FOUND)
        store.classifications.record([kept])
        again = replace(kept, classification=replace(FOUND, kind=ClassKind.EXAM))
        other = Classified(second.incident, second.seq, second.at, FOUND)
        with pytest.raises(StoreError, match="already stored"):
            store.classifications.record([other, again])
        assert store.classifications.history(KAZAKHSTAN) == (kept,)

    def test_a_class_of_no_event_is_refused(self, store):
        with pytest.raises(StoreError, match="refers to"):
            store.classifications.record([Classified(KAZAKHSTAN, 1, T0, FOUND)])

    def test_beside_are_the_places_own_month_and_everybodys_day(self, store):
        iran = Entity(EntityKind.COUNTRY, "IR")
        now = change().event.at
        (event,) = record(store, change())
        record(
            store,
            change(1, "KZ-OLD", as_of=now - timedelta(days=40)),
            change(1, "KZ-NEAR", as_of=now - timedelta(days=20)),
            change(1, "IR-OLD", as_of=now - timedelta(days=20), place=iran),
            change(1, "IR-NEAR", as_of=now - HOUR, place=iran),
            change(1, "IR-LATER", as_of=now + HOUR, place=iran),
        )
        found = [i.id for i in store.classifications.beside(event)]
        assert found == ["KZ-NEAR", "IR-NEAR"]

    def test_classifying_is_resumable_and_done_once(self, store):
        """P10: each event is classified once, also by a later classifier."""
        record(store, change(1), change(2))
        found = Classifier(store).classify_all()
        assert [one.seq for one in found] == [1, 2]
        assert Classifier(store).classify_all() == ()
        assert store.classifications.history(KAZAKHSTAN) == found
        record(store, change(3))
        assert [one.seq for one in Classifier(store).classify_all()] == [3]

    def test_classifying_changes_nothing_in_what_was_detected(self, store):
        """P8: classifying changes no incident, event or evidence."""
        (event,) = record(store, change())
        before = store.incidents.all(), store.incidents.evidence(event.key)
        Classifier(store).classify_all()
        assert (store.incidents.all(), store.incidents.evidence(event.key)) == before
        assert store.incidents.events(KAZAKHSTAN) == (event,)

    def test_the_desk_is_told_the_class_of_the_very_event(self, store):
        (event,) = record(store, change())
        assert background_of(store, event).classification is None
        (one,) = Classifier(store).classify_all()
        assert background_of(store, event).classification == one.classification


class TestAttributions:
    def test_every_act_comes_back_in_order(self, store):
        record(store, change())
        acts = (
            step(),
            step(Act.SIGN, by="Grace", reason="read it too", at=T0 + HOUR),
            step(number=2, claim=replace(CLAIM, level=Level.A1, alternative="")),
            step(Act.WITHDRAW, reason="denied", at=T0 + 2 * HOUR),
        )
        for act in acts:
            store.attributions.append(act)
        assert store.attributions.history(KAZAKHSTAN) == acts
        one, two = store.attributions.of_incident(KAZAKHSTAN)
        assert (one.claim, one.signed, one.withdrawn) == (CLAIM, acts[1], acts[3])
        assert (two.shown, one.shown) == (True, False)

    @pytest.mark.parametrize(
        ("done", "act", "told"),
        [
            ((), step(incident="XX-2022-0101"), "no incident XX-2022-0101"),
            ((), step(Act.SIGN), "has no attribution 1"),
            ((), step(Act.WITHDRAW), "has no attribution 1"),
            ((step(),), step(), "already has a step.*; each step is done once"),
            (
                (step(), step(Act.SIGN)),
                step(Act.SIGN),
                "already has a step.*; each step is done once",
            ),
            ((step(), step(Act.WITHDRAW)), step(Act.SIGN), "was already withdrawn"),
            ((step(), step(Act.WITHDRAW)), step(Act.WITHDRAW), "already withdrawn"),
        ],
    )
    def test_an_act_on_nothing_or_done_twice_is_refused(self, store, done, act, told):
        record(store, change())
        for one in done:
            store.attributions.append(one)
        with pytest.raises(StoreError, match=told):
            store.attributions.append(act)
        assert store.attributions.history(KAZAKHSTAN) == done

    def test_an_act_outlives_the_process_that_made_it(self, tmp_path):
        """P10: a step is on disk when `append` returns, while the store is still open."""
        path = tmp_path / "store.db"
        ours = open_store(path)
        record(ours, change())
        ours.attributions.append(step())
        theirs = open_store(path)
        assert theirs.attributions.history(KAZAKHSTAN) == (step(),)
        theirs.close()
        ours.close()

    def test_an_act_that_fails_half_way_leaves_nothing(self, tmp_path):
        """A step whose transaction is aborted is not stored."""
        store = open_store(tmp_path / "store.db")
        record(store, change())
        with store._database.write("make it fail") as connection:
            connection.execute(
                text(
                    "CREATE TRIGGER no_acts AFTER INSERT ON attribution_steps"
                    " BEGIN SELECT RAISE(ABORT, 'the power went'); END"
                )
            )
        with pytest.raises(StoreError, match="the power went"):
            store.attributions.append(step())
        assert store.attributions.history(KAZAKHSTAN) == ()
        store.close()


def first_tables(database: Database) -> MetaData:
    """Create the tables of the first schema version; return them."""
    config, tables = Config(stdout=StringIO()), MetaData()
    config.set_main_option("script_location", "bot.store:migrations")
    with database.write("make the first tables") as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        tables.reflect(connection)
    return tables


def copy(ours: Database, theirs: Database, tables: MetaData) -> None:
    """Copy the rows of `tables` from the store `ours` to the store `theirs`."""
    with ours.read("read it") as read, theirs.write("copy it") as write:
        for table in tables.sorted_tables:
            rows = read.execute(select(*table.columns)).mappings().all()
            if rows and table.name != "alembic_version":
                write.execute(insert(table), [dict(row) for row in rows])


def test_a_store_from_before_gets_its_classes_at_the_next_round(tmp_path):
    """Migrating a store of the first schema version keeps its events."""
    new, before = open_store(":memory:"), connect(tmp_path / "store.db")
    (event,) = record(new, change())
    copy(new._database, before, first_tables(before))
    before.close()
    new.close()
    store = open_store(tmp_path / "store.db")
    assert store.incidents.event(event.key) == event
    assert [one.seq for one in Classifier(store).classify_all()] == [1]
    store.close()
