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

from bot.editorial.deciding import Classifier, load_background
from bot.errors import StoreError
from bot.model.attribution import (
    AttributionAct,
    AttributionLevel,
    AttributionStep,
    CauseClaim,
)
from bot.model.classification import Classification, ClassKind, EventClassification
from bot.model.entity import Entity, EntityKind
from bot.store.database import Database, connect
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import HOUR, T0, change, record

KAZAKHSTAN = "KZ-2022-0104"
CLAIM = CauseClaim(
    AttributionLevel.A2,
    "a failed cable",
    "The operator",
    "https://news.example/1",
    "copies/1.html",
    "an order",
)
CLASSIFICATION = Classification(
    ClassKind.BLACKOUT, "most-of-a-country", ("scope=national", "lowest=0.02"), 1
)


@pytest.fixture(params=["memory", "sqlite file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    on_file = request.param == "sqlite file"
    opened = open_store(tmp_path / "store.db" if on_file else ":memory:")
    yield opened
    opened.close()


def step(
    act: AttributionAct = AttributionAct.ADD, number: int = 1, **more
) -> AttributionStep:
    claim = CLAIM if act is AttributionAct.ADD else None
    base = AttributionStep(KAZAKHSTAN, number, act, "Ada", "read it", T0, claim)
    return replace(base, **more)


class TestClassifications:
    def test_class_is_read_back_with_its_event(self, store):
        first, second = record(store, change(1), change(2))
        classified = [
            EventClassification(e.incident, e.seq, e.at, CLASSIFICATION)
            for e in (first, second)
        ]
        store.classifications.record(classified)
        assert store.classifications.history(KAZAKHSTAN) == tuple(classified)
        assert store.classifications.history("IR-2022-0104") == ()

    def test_unclassified_events_are_pending_oldest_first(self, store):
        second, first = record(store, change(2), change(1))
        assert store.classifications.pending() == (first, second)
        classified = EventClassification(
            first.incident, first.seq, first.at, CLASSIFICATION
        )
        store.classifications.record([classified])
        assert store.classifications.pending() == (second,)

    def test_class_is_never_replaced(self, store):
        """P11: a second class for an event is refused, and the call stores nothing."""
        first, second = record(store, change(1), change(2))
        stored = EventClassification(
            first.incident, first.seq, first.at, CLASSIFICATION
        )
        store.classifications.record([stored])
        replacement = replace(
            stored, classification=replace(CLASSIFICATION, kind=ClassKind.EXAM)
        )
        other = EventClassification(
            second.incident, second.seq, second.at, CLASSIFICATION
        )
        with pytest.raises(StoreError, match="already stored"):
            store.classifications.record([other, replacement])
        assert store.classifications.history(KAZAKHSTAN) == (stored,)

    def test_class_of_an_unknown_event_is_refused(self, store):
        with pytest.raises(StoreError, match="refers to"):
            store.classifications.record(
                [EventClassification(KAZAKHSTAN, 1, T0, CLASSIFICATION)]
            )

    def test_context_is_a_month_of_the_place_and_a_day_of_all_places(self, store):
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
        ids = [incident.id for incident in store.classifications.near(event)]
        assert ids == ["KZ-NEAR", "IR-NEAR"]

    def test_each_event_is_classified_once(self, store):
        """P10: a later classifier skips the events that have a class already."""
        record(store, change(1), change(2))
        classified = Classifier(store).classify_all()
        assert [item.seq for item in classified] == [1, 2]
        assert Classifier(store).classify_all() == ()
        assert store.classifications.history(KAZAKHSTAN) == classified
        record(store, change(3))
        assert [item.seq for item in Classifier(store).classify_all()] == [3]

    def test_classifying_changes_no_incident_or_evidence(self, store):
        """P8: classifying changes no incident, event or evidence."""
        (event,) = record(store, change())
        before = store.incidents.all(), store.incidents.evidence(event.key)
        Classifier(store).classify_all()
        assert (store.incidents.all(), store.incidents.evidence(event.key)) == before
        assert store.incidents.events(KAZAKHSTAN) == (event,)

    def test_desk_shows_the_class_of_the_event(self, store):
        (event,) = record(store, change())
        assert load_background(store, event).classification is None
        (classified,) = Classifier(store).classify_all()
        assert load_background(store, event).classification == classified.classification


class TestAttributions:
    def test_attribution_steps_are_read_back_in_order(self, store):
        record(store, change())
        steps = (
            step(),
            step(AttributionAct.SIGN, by="Grace", reason="read it too", at=T0 + HOUR),
            step(
                number=2,
                claim=replace(CLAIM, level=AttributionLevel.A1, alternative=""),
            ),
            step(AttributionAct.WITHDRAW, reason="denied", at=T0 + 2 * HOUR),
        )
        for attribution_step in steps:
            store.attributions.append(attribution_step)
        assert store.attributions.history(KAZAKHSTAN) == steps
        first, second = store.attributions.of_incident(KAZAKHSTAN)
        assert (first.claim, first.signed, first.withdrawn) == (
            CLAIM,
            steps[1],
            steps[3],
        )
        assert (second.is_shown, first.is_shown) == (True, False)

    @pytest.mark.parametrize(
        ("done_steps", "refused_step", "message"),
        [
            ((), step(incident="XX-2022-0101"), "no incident XX-2022-0101"),
            ((), step(AttributionAct.SIGN), "has no attribution 1"),
            ((), step(AttributionAct.WITHDRAW), "has no attribution 1"),
            ((step(),), step(), "already has a step.*; each step is done once"),
            (
                (step(), step(AttributionAct.SIGN)),
                step(AttributionAct.SIGN),
                "already has a step.*; each step is done once",
            ),
            (
                (step(), step(AttributionAct.WITHDRAW)),
                step(AttributionAct.SIGN),
                "was already withdrawn",
            ),
            (
                (step(), step(AttributionAct.WITHDRAW)),
                step(AttributionAct.WITHDRAW),
                "already withdrawn",
            ),
        ],
    )
    def test_invalid_or_repeated_attribution_step_is_refused(
        self, store, done_steps, refused_step, message
    ):
        record(store, change())
        for done_step in done_steps:
            store.attributions.append(done_step)
        with pytest.raises(StoreError, match=message):
            store.attributions.append(refused_step)
        assert store.attributions.history(KAZAKHSTAN) == done_steps

    def test_attribution_step_is_on_disk_after_append(self, tmp_path):
        """P10: a step is on disk when `append` returns, while the store is still open."""
        path = tmp_path / "store.db"
        first_store = open_store(path)
        record(first_store, change())
        first_store.attributions.append(step())
        second_store = open_store(path)
        assert second_store.attributions.history(KAZAKHSTAN) == (step(),)
        second_store.close()
        first_store.close()

    def test_failed_attribution_step_is_not_stored(self, tmp_path):
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


def create_first_tables(database: Database) -> MetaData:
    """Create the tables of the first schema version; return them."""
    config, tables = Config(stdout=StringIO()), MetaData()
    config.set_main_option("script_location", "bot.store:migrations")
    with database.write("make the first tables") as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        tables.reflect(connection)
    return tables


def copy_rows(source: Database, target: Database, tables: MetaData) -> None:
    """Copy the rows of `tables` from the store `source` to the store `target`."""
    with source.read("read it") as read, target.write("copy it") as write:
        for table in tables.sorted_tables:
            rows = read.execute(select(*table.columns)).mappings().all()
            if rows and table.name != "alembic_version":
                write.execute(insert(table), [dict(row) for row in rows])


def test_events_of_a_migrated_store_are_classified(tmp_path):
    """Migrating a store of the first schema version keeps its events."""
    new_store, old_store = open_store(":memory:"), connect(tmp_path / "store.db")
    (event,) = record(new_store, change())
    copy_rows(new_store._database, old_store, create_first_tables(old_store))
    old_store.close()
    new_store.close()
    store = open_store(tmp_path / "store.db")
    assert store.incidents.event(event.key) == event
    assert [classified.seq for classified in Classifier(store).classify_all()] == [1]
    store.close()
