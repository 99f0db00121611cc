"""What the program does once a day, and what keeps its store small."""

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
    application = watching(server, recording, clock, folder, store=store)
    application.runner.tick()
    first = rows(folder, "answers")
    for _ in range(3):
        clock.sleep(8 * HOUR - timedelta(minutes=1))
        application.runner.tick()
    assert rows(folder, "answers") == first + 6, (
        "answers were deleted before a day had passed"
    )
    clock.sleep(HOUR)
    application.runner.tick()
    assert rows(folder, "answers") <= first
    application.store.close()


def test_an_entity_that_is_always_absent_is_one_gap_that_grows(served):
    """P5, P17: IODA never has a series for the tiniest countries, such as Nauru."""
    server, recording, clock, folder = served
    application = watching(server, recording, clock, folder, ioda=TINY)
    application.runner.tick()
    first = rows(folder, "gaps")
    for _ in range(12):
        clock.sleep(2 * HOUR)
        assert application.runner.tick().failed == ()
    assert rows(folder, "gaps") == first
    (absent,) = [
        gap
        for gap in gaps_of(application, "ioda.bgp")
        if gap.entity and gap.entity.code == "NR"
    ]
    assert absent.window.until == clock.now()
    application.store.close()


def test_weeks_that_failed_in_the_back_fill_are_asked_again_next_day(served):
    """P5: weeks that are missing in the history are read without a restart."""
    server, recording, clock, folder = served
    truly = server.api.signals_raw
    week = str(int(BEGIN.timestamp()))

    def holed(kind, codes, query):
        answer = truly(kind, codes, query)
        return answer | {"data": [[]]} if query["from"] == week else answer

    server.api.signals_raw = holed
    application = watching(server, recording, clock, folder)
    application.runner.tick()
    server.api.signals_raw = truly
    asked = rows(folder, "asked")
    clock.sleep(DAY)
    application.runner.tick()
    assert rows(folder, "asked") == asked + 2
    application.store.close()


def test_a_signal_with_another_step_is_refused_with_what_to_do(served):
    """P16: the tick ends with an error that names the setting."""
    server, recording, clock, folder = served
    application = watching(server, recording, clock, folder)
    application.runner.tick()
    application.store.close()
    other = {"signals": {"ioda.bgp": {"step": "30m"}}}
    application = watching(server, recording, clock, folder, ioda=other)
    with pytest.raises(StoreError, match=r"set its `step` .* back, or name a new file"):
        application.runner.tick()
    application.store.close()


def test_a_reading_that_a_stop_broke_off_is_not_judged(served):
    """P5, P14: bins that a stop left unread are no gap, and no series is judged."""
    server, recording, clock, folder = served
    application = watching(server, recording, clock, folder)
    application.runner.tick()
    before = application.store.incidents.states()
    clock.sleep(DAY)
    application.runner._stop = lambda: True
    application.runner.tick()
    assert application.store.incidents.states() == before
    assert gaps_of(application, "ioda.bgp")[-1].window.until <= clock.now() - DAY
    application.store.close()
