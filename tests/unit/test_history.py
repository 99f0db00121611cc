"""The readings of the four weeks before a bin are kept until the bin is assessed."""

from datetime import timedelta

import numpy as np

from bot.model.entity import Entity, parse_entity
from bot.model.operations import AlertKind, OperatorAlert
from bot.model.signal import Chunk, Values
from bot.tick.history import History
from bot.tick.places.unmeasured import NamedPlaces
from tests.signals import START, a_signal

KZ = parse_entity("country:KZ")
KEEP = timedelta(days=28)
DAY = 48  # bins
SIGNAL = a_signal()
FIRST = SIGNAL.bin_at(START)


def a_history() -> History:
    return History({SIGNAL.id: SIGNAL}, {SIGNAL.id: (KZ,)}, START, KEEP)


def add_day(history: History, day: int) -> None:
    """Add the readings of day `day`, counted from 0; each reading is the number of its bin."""
    first = FIRST + day * DAY
    values = np.arange(first, first + DAY, dtype=np.float32)
    history.add([Chunk(KZ, SIGNAL.id, first, values)])


def has_four_weeks_before(history: History, index: int) -> bool:
    """Return whether memory holds the readings that assessing bin `index` needs.

    These are the readings of four weeks, one day and one hour before the bin.
    """
    panel = history.panel(SIGNAL.id)
    oldest = index - 29 * DAY - 2 - panel.first
    readings = panel.values[0, max(0, oldest) : index - panel.first]
    return oldest >= 0 and bool(
        (readings == np.arange(oldest, oldest + len(readings)) + panel.first).all()
    )


def alerts_of(named: Entity, history: History, hours: float) -> list[OperatorAlert]:
    """Return the alerts on a named place this many hours after START."""
    places = NamedPlaces([named], {SIGNAL.id: SIGNAL}, history)
    return list(places.alerts(START, START + timedelta(hours=hours)))


def test_named_place_without_any_reading_is_reported():  # P5, P19
    """A misspelt or retired name gets no error from a source, only empty answers."""
    history = a_history()
    add_day(history, 0)
    nowhere = parse_entity("region:KZ/9999")
    assert alerts_of(nowhere, history, 0.9) == []
    (alert,) = alerts_of(nowhere, history, 1.1)
    assert alert == OperatorAlert(AlertKind.UNMEASURED, str(nowhere), START)
    assert alerts_of(KZ, history, 24 + 23) == []
    (lost,) = alerts_of(KZ, history, 24 + 25)
    assert lost.since == START + timedelta(days=1)


def test_late_assessment_still_has_four_weeks_of_readings():  # P14
    history = a_history()
    for day in range(40):
        add_day(history, day)
    assessed = FIRST + 30 * DAY
    history.mark_assessed({SIGNAL.id: assessed})
    for day in range(40, 45):
        add_day(history, day)
        assert has_four_weeks_before(history, assessed + 1)


def test_assessed_bins_are_dropped_and_memory_stays_constant():
    history = a_history()
    sizes, late = set(), set()
    for day in range(90):
        add_day(history, day)
        history.mark_assessed({SIGNAL.id: FIRST + (day + 1) * DAY - 8})
        sizes.add(history.panel(SIGNAL.id).values.shape)
        if day >= 45:
            late.add(history.panel(SIGNAL.id).values.shape)
    assert max(sizes) <= (1, 31 * DAY)
    assert len(late) == 1
    assert has_four_weeks_before(history, FIRST + 90 * DAY - 7)


def test_a_call_with_many_series_equals_a_call_for_each():  # P14
    """Chunks have gaps, different bins, unwatched and repeated places, in any order."""
    rng = np.random.default_rng(1)
    places = tuple(parse_entity(f"asn:{n}") for n in range(1, 9))
    together, separate = (
        History({SIGNAL.id: SIGNAL}, {SIGNAL.id: places[:7]}, START, KEEP)
        for _ in range(2)
    )
    for _ in range(60):
        firsts = FIRST + rng.choice([0, 0, 0, 5, 1400], 8)
        orders = (np.arange(8), rng.permutation(8), rng.integers(0, 8, 8))
        order = orders[rng.integers(0, 3)]
        chunks = [
            Chunk(places[row], SIGNAL.id, int(first), a_few_readings(rng))
            for row, first in zip(order.tolist(), firsts.tolist(), strict=True)
        ]
        together.add(chunks)
        for chunk in chunks:
            separate.add([chunk])
        assert contents(together) == contents(separate)
        for history in (together, separate):
            history.mark_assessed({SIGNAL.id: FIRST + 8})


def a_few_readings(rng: np.random.Generator) -> Values:
    """Return nine readings, of which some are missing."""
    values = rng.integers(90, 93, 9).astype(np.float32)
    values[rng.random(9) < 0.2] = np.nan
    return values


def contents(history: History) -> list[object]:
    """Return the window and its changes, in a form that can be compared."""
    panel = history.panel(SIGNAL.id)
    newest = [history.newest_bin_of(SIGNAL.id, entity) for entity in panel.entities]
    changes = [
        (
            revision.first,
            [(r.row, r.bins.tolist(), repr(r.shares)) for r in revision.revised],
        )
        for revision in history.take_changes().values()
    ]
    return [panel.first, panel.values.tobytes(), newest, changes]


def test_restart_begins_four_weeks_before_the_next_bin():  # P14
    history = a_history()
    history.reach_back({SIGNAL.id: FIRST + 20 * DAY})
    assert history.panel(SIGNAL.id).first == FIRST - 9 * DAY - 2
    very_late = a_history()
    very_late.reach_back({SIGNAL.id: FIRST - 300 * DAY})
    assert very_late.panel(SIGNAL.id).first == FIRST - 14 * DAY
