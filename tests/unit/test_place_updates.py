"""Few pages of places are written in a tick, and at once those that changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
import pytest

from bot.errors import RenderingError
from bot.model.entity import Entity, EntityKind
from bot.model.incident_report import PlaceReadings
from bot.model.signal import Panel
from bot.site.places.level_view import CHART_HEIGHT, step_path
from bot.store.sql_store import open_store
from bot.tick.places.levels import (
    PlaceLevelReader,
    hourly_means,
    newest_bin,
    shown_since,
)
from bot.tick.places.updater import PlacePageUpdater
from tests.contract.stored import HOUR, KZ, T0, record, signal
from tests.unit.test_report_pages import KZ_1, change

NOW = T0 + 10 * HOUR
POLL = timedelta(minutes=5)
OTHERS = [Entity(EntityKind.COUNTRY, f"A{chr(65 + n)}") for n in range(12)]


@dataclass
class FakeLevels(PlaceLevelReader):
    """Levels of some countries, each of which is related only to itself."""

    places: tuple[Entity, ...] = (*OTHERS, KZ)
    assessed: bool = True

    def has_levels(self) -> bool:
        return self.assessed

    def related(self, place: Entity) -> frozenset[Entity]:
        return frozenset({place})

    def read(self, places, spans, now) -> list[PlaceReadings]:
        return [PlaceReadings(place, now, shown_since(now), ()) for place in places]


@dataclass
class FakePages:
    """Keeps the places of the last call; `broken` makes writing fail."""

    last: list[Entity] = field(default_factory=list)
    lists: int = 0
    broken: bool = False

    def write(self, places: Iterable[PlaceReadings], *, with_list: bool) -> None:
        self.last = [levels.place for levels in places]
        self.lists += with_list
        if self.broken:
            raise RenderingError("the disk is full")


@pytest.fixture
def world():
    store = open_store(":memory:")
    pages, levels = FakePages(), FakeLevels()
    yield store, pages, levels, PlacePageUpdater(store, levels, pages)
    store.close()


def written_at(world, at) -> list[Entity]:
    """Return the places whose pages a tick at this time writes."""
    world[1].last = []
    world[3].write(at)
    return world[1].last


def test_start_writes_all_pages_and_a_tick_a_few_old_ones(world):
    assert len(written_at(world, NOW)) == 13
    assert written_at(world, NOW + POLL) == []
    later = [written_at(world, NOW + HOUR + n * POLL) for n in range(6)]
    assert [len(places) for places in later] == [3, 3, 3, 3, 1, 0]
    assert sorted(place for places in later for place in places) == [*OTHERS, KZ]


def test_changed_incident_rewrites_its_place_and_the_list_at_once(world):  # P12
    store, pages, _, updater = world
    written_at(world, NOW)
    lists = pages.lists
    record(store, change(1))
    updater.note_change(KZ_1)
    assert written_at(world, NOW + POLL) == [KZ]
    assert pages.lists == lists + 1
    assert written_at(world, NOW + 2 * POLL) == []


def test_pages_that_failed_are_written_in_the_next_tick(world):
    _, pages, _, _ = world
    written_at(world, NOW)
    pages.broken = True
    with pytest.raises(RenderingError):
        written_at(world, NOW + HOUR)
    failed, pages.broken = pages.last, False
    assert {*failed} <= {*written_at(world, NOW + HOUR + POLL)}


def test_removed_site_gets_all_pages_of_places_again(world):
    written_at(world, NOW)
    world[3].write_all_again()
    assert len(written_at(world, NOW + POLL)) == 13


def test_nothing_is_written_before_readings_are_assessed(world):
    world[2].assessed = False
    assert written_at(world, NOW) == []
    world[2].assessed = True
    assert len(written_at(world, NOW + POLL)) == 13


def test_hour_without_a_reading_is_a_gap_and_not_zero():  # P5
    since = shown_since(NOW)
    test_signal = signal()
    first = test_signal.bin_at(since)
    values = np.full((1, 36), np.nan, dtype=np.float32)
    values[0, :6], values[0, 24:30] = 10, [0, 20, 0, 20, 0, 20]
    panel = Panel(test_signal, (KZ,), first, values)
    hours = hourly_means(panel, 0, since, first + 30, NOW)
    assert len(hours) == 27 * 24 + 11
    assert hours[:4].tolist() == pytest.approx([10, np.nan, 10, np.nan], nan_ok=True)
    assert np.isnan(hours[3:]).all()
    assert newest_bin(panel, 0, first, first + 30) == first + 29
    assert newest_bin(panel, 0, first, first + 24) == first + 5
    assert newest_bin(panel, 0, first + 6, first + 24) is None


def test_bins_longer_than_an_hour_cover_each_of_their_hours():
    since = shown_since(NOW)
    test_signal = signal(step_s=6 * 3600)
    first = test_signal.bin_at(since)
    values = np.array([[5, np.nan, 7]], dtype=np.float32)
    panel = Panel(test_signal, (KZ,), first, values)
    hours = hourly_means(panel, 0, since, first + 2, NOW)
    assert hours[:6].tolist() == [5] * 6
    assert np.isnan(hours[6:]).all()


def test_chart_has_a_step_for_each_hour_and_breaks_at_gaps():  # P5
    hours = np.array([10, 5, np.nan, 0], dtype=np.float32)
    half = CHART_HEIGHT // 2
    assert step_path(hours, 10) == f"M0 0h1V{half}h1M3 {CHART_HEIGHT}h1"
    assert step_path(np.full(4, np.nan, dtype=np.float32), 1) == ""
