"""What a newsroom does once a day, and that its store does not grow for nothing."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from bot.clock import StillClock
from bot.errors import StoreError
from bot.replay.server import ReplayServer
from tests.shutdowns import BEGIN, CUT, DAY, HOUR, a_shutdown, gaps_of, watching

pytestmark = pytest.mark.servers

TINY = {"countries": ["KG", "KZ", "NR", "UZ"]}


@pytest.fixture
def served(tmp_path):
    recording = a_shutdown(tmp_path / "recording")
    clock = StillClock(CUT - 2 * DAY)
    with ReplayServer(recording, clock) as server:
        yield server, recording, clock, tmp_path


def rows(folder, table: str) -> int:
    engine = create_engine(f"sqlite:///{folder / 'live.db'}")
    with engine.connect() as connection:
        count: Any = connection.execute(text(f"select count(*) from {table}")).scalar()
    engine.dispose()
    return int(count)


def test_old_answers_are_forgotten_once_a_day(served):
    server, recording, clock, folder = served
    store = {"path": str(folder / "live.db"), "keep_answers": "6h"}
    house = watching(server, recording, clock, folder, store=store)
    house.newsroom.tick()
    first = rows(folder, "answers")
    for _ in range(3):
        clock.sleep(8 * HOUR - timedelta(minutes=1))
        house.newsroom.tick()
    assert rows(folder, "answers") == first + 6, "not a day yet"
    clock.sleep(HOUR)
    house.newsroom.tick()
    assert rows(folder, "answers") <= first
    house.store.close()


def test_an_entity_that_is_always_absent_is_one_gap_that_grows(served):  # P5, P17
    """IODA has no series for the tiniest countries, in any answer."""
    server, recording, clock, folder = served
    house = watching(server, recording, clock, folder, ioda=TINY)
    house.newsroom.tick()
    first = rows(folder, "gaps")
    for _ in range(12):
        clock.sleep(2 * HOUR)
        assert house.newsroom.tick().failed == ()
    assert rows(folder, "gaps") == first
    (absent,) = [
        gap
        for gap in gaps_of(house, "ioda.bgp")
        if gap.entity and gap.entity.code == "NR"
    ]
    assert absent.window.until == clock.now()
    house.store.close()


def test_weeks_that_failed_in_the_back_fill_are_asked_again_next_day(served):
    """P5: a hole in the history is mended without a restart."""
    server, recording, clock, folder = served
    truly = server.api.signals_raw
    week = str(int(BEGIN.timestamp()))

    def holed(kind, codes, query):
        answer = truly(kind, codes, query)
        return answer | {"data": [[]]} if query["from"] == week else answer

    server.api.signals_raw = holed
    house = watching(server, recording, clock, folder)
    house.newsroom.tick()
    server.api.signals_raw = truly
    asked = rows(folder, "asked")
    clock.sleep(DAY)
    house.newsroom.tick()
    assert rows(folder, "asked") == asked + 2
    house.store.close()


def test_a_signal_with_another_step_is_refused_with_what_to_do(served):  # P16
    server, recording, clock, folder = served
    house = watching(server, recording, clock, folder)
    house.newsroom.tick()
    house.store.close()
    other = {"signals": {"ioda.bgp": {"step": "30m"}}}
    house = watching(server, recording, clock, folder, ioda=other)
    with pytest.raises(StoreError, match=r"set its `step` .* back, or name a new file"):
        house.newsroom.tick()
    house.store.close()


def test_a_reading_that_a_stop_broke_off_is_not_judged(served):  # P5, P14
    """What was not asked for is no silence: the next start asks and judges."""
    server, recording, clock, folder = served
    house = watching(server, recording, clock, folder)
    house.newsroom.tick()
    before = house.store.incidents.states()
    clock.sleep(DAY)
    house.newsroom._stop = lambda: True
    house.newsroom.tick()
    assert house.store.incidents.states() == before
    assert gaps_of(house, "ioda.bgp")[-1].window.until <= clock.now() - DAY
    house.store.close()
