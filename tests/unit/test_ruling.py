"""A manual correction becomes one event of its incident (P11, P17)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot import bootstrap
from bot.clock import StillClock
from bot.editorial.manual_corrections import ManualCorrections
from bot.errors import BotError, StoreError
from bot.model.incident import EventKind, State
from bot.store.sql_store import SqlStore
from tests import stories
from tests.stories import blackout, published

SAYS = "The drop was planned maintenance."


@pytest.fixture
def house(tmp_path) -> Iterator[bootstrap.Application]:
    """An application in the middle of a blackout."""
    channels = {"file": {"kind": "file", "path": str(tmp_path / "posts.jsonl")}}
    recording = blackout(tmp_path / "recording")
    settings = published(tmp_path, recording, channels, "14d")
    clock = StillClock(stories.FALL + timedelta(hours=6))
    house = bootstrap.build_live(settings, clock, bootstrap.BackfillProgress())
    house.newsroom.open()
    house.newsroom.tick()
    yield house
    house.store.close()


def bench(house: bootstrap.Application) -> ManualCorrections:
    return ManualCorrections(house.store, house.clock)


def kinds(store: SqlStore) -> list[str]:
    (incident,) = store.incidents.all()
    return [str(event.kind) for event in store.incidents.events(incident.id)]


def tick(house: bootstrap.Application) -> None:
    house.clock.sleep(timedelta(minutes=30))
    house.newsroom.tick()


def test_manual_retraction_becomes_an_event_with_its_statement(house):
    (incident,) = house.store.incidents.all()
    bench(house).rule(incident.id, EventKind.RETRACTED, SAYS, "Ada")
    tick(house)
    last = house.store.incidents.events(incident.id)[-1]
    assert (last.kind, last.reason) == ("retracted", "a-person-withdrew-it")
    assert last.facts.statement == SAYS
    assert house.store.incidents.all()[0].state is State.RETRACTED
    assert house.store.rulings.pending() == ()


def test_retracted_drop_is_not_reported_again(house):
    (incident,) = house.store.incidents.all()
    bench(house).rule(incident.id, EventKind.RETRACTED, SAYS, "Ada")
    before = kinds(house.store)
    for _ in range(6):
        tick(house)
    assert kinds(house.store) == [*before, "retracted"]


def test_manual_correction_leaves_the_incident_open(house):
    (incident,) = house.store.incidents.all()
    bench(house).rule(incident.id, EventKind.CORRECTED, "It was Tele2.", "Ada")
    tick(house)
    last = house.store.incidents.events(incident.id)[-1]
    assert (last.kind, last.facts.state) == ("corrected", State.CONFIRMED)
    assert house.store.incidents.all()[0].open


def test_manual_correction_without_its_mark_is_applied_once(house):
    """P10: a crash between the event and its mark."""
    (incident,) = house.store.incidents.all()
    for kind in (EventKind.CORRECTED, EventKind.RETRACTED):
        bench(house).rule(incident.id, kind, SAYS, "Ada")
        bench(house)._store.rulings.append(house.store.rulings.pending()[0])
        tick(house)
    assert kinds(house.store).count("corrected") == 1
    assert kinds(house.store).count("retracted") == 1


def test_manual_correction_goes_wherever_the_claim_went(house):
    (incident,) = house.store.incidents.all()
    bench(house).rule(incident.id, EventKind.RETRACTED, SAYS, "Ada")
    tick(house)
    texts = [d.post.text for d in house.store.deliveries.all()]
    assert SAYS in texts[-1]
    assert texts[-1].startswith("❌ Retracted: we withdraw our report")


@pytest.mark.parametrize(
    ("says", "by", "message"),
    [
        ("", "Ada", "--statement"),
        (SAYS, " ", "--by"),
        ("x" * 141, "Ada", "shorten it to 140"),
    ],
)
def test_manual_correction_needs_name_and_short_statement(house, says, by, message):
    (incident,) = house.store.incidents.all()
    with pytest.raises(BotError, match=message):
        bench(house).rule(incident.id, EventKind.RETRACTED, says, by)


def test_manual_correction_of_unknown_incident_is_refused(house):
    with pytest.raises(StoreError, match="no incident XX-2026-0101"):
        bench(house).rule("XX-2026-0101", EventKind.RETRACTED, SAYS, "Ada")


def test_second_retraction_of_an_incident_is_refused(house):
    (incident,) = house.store.incidents.all()
    bench(house).rule(incident.id, EventKind.RETRACTED, SAYS, "Ada")
    tick(house)
    with pytest.raises(BotError, match="was retracted already"):
        bench(house).rule(incident.id, EventKind.CORRECTED, SAYS, "Ada")
