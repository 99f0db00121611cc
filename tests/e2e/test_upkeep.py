"""What the program does once a day, and what keeps its store small."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import create_engine, func, select, table

from bot.clock import StillClock
from bot.errors import StoreError
from bot.replay.server import ReplayServer
from tests.shutdowns import (
    BEGIN,
    CUT,
    DAY,
    HOUR,
    gaps_of,
    live_application,
    load_shutdown,
)

pytestmark = pytest.mark.servers

IODA_COUNTRIES = {"countries": ["KG", "KZ", "NR", "UZ"]}


@pytest.fixture
def served(tmp_path):
    recording = load_shutdown(tmp_path / "recording")
    clock = StillClock(CUT - 2 * DAY)
    with ReplayServer(recording, clock) as server:
        yield server, recording, clock, tmp_path


def rows(folder, name: str) -> int:
    engine = create_engine(f"sqlite:///{folder / 'live.db'}")
    with engine.connect() as connection:
        query = select(func.count()).select_from(table(name))
        count: Any = connection.execute(query).scalar()
    engine.dispose()
    return int(count)


def test_old_answers_are_deleted_once_a_day(served):
    server, recording, clock, folder = served
    store = {"path": str(folder / "live.db"), "keep_answers": "6h"}
    application = live_application(server, recording, clock, folder, store=store)
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


def test_entity_that_is_always_absent_has_one_growing_gap(served):
    """P5, P17: IODA never has a series for Nauru, so one gap of Nauru keeps growing."""
    server, recording, clock, folder = served
    application = live_application(
        server, recording, clock, folder, ioda=IODA_COUNTRIES
    )
    application.runner.tick()
    first = rows(folder, "gaps")
    for _ in range(12):
        clock.sleep(2 * HOUR)
        assert application.runner.tick().failed == ()
    assert rows(folder, "gaps") == first
    (gap_of_nauru,) = [
        gap
        for gap in gaps_of(application, "ioda.bgp")
        if gap.entity and gap.entity.code == "NR"
    ]
    assert gap_of_nauru.window.until == clock.now()
    application.store.close()


def test_weeks_missing_in_the_backfill_are_requested_next_day(served):
    """P5: the loop requests the weeks that are missing, without a restart."""
    server, recording, clock, folder = served
    original = server.api.signals_raw
    week = str(int(BEGIN.timestamp()))

    def with_missing_week(kind, codes, query):
        answer = original(kind, codes, query)
        return answer | {"data": [[]]} if query["from"] == week else answer

    server.api.signals_raw = with_missing_week
    application = live_application(server, recording, clock, folder)
    application.runner.tick()
    server.api.signals_raw = original
    requested = rows(folder, "asked")
    clock.sleep(DAY)
    application.runner.tick()
    assert rows(folder, "asked") == requested + 2
    application.store.close()


def test_signal_with_another_step_is_refused_with_advice(served):
    """P16: the tick ends with an error that names the setting."""
    server, recording, clock, folder = served
    application = live_application(server, recording, clock, folder)
    application.runner.tick()
    application.store.close()
    other = {"signals": {"ioda.bgp": {"step": "30m"}}}
    application = live_application(server, recording, clock, folder, ioda=other)
    with pytest.raises(StoreError, match="restore its `step` in the configuration"):
        application.runner.tick()
    application.store.close()


def test_bins_unread_because_of_a_stop_are_not_assessed(served):
    """P5, P14: bins left unread by a stop are neither stored as a gap nor assessed."""
    server, recording, clock, folder = served
    application = live_application(server, recording, clock, folder)
    application.runner.tick()
    before = application.store.incidents.states()
    clock.sleep(DAY)
    application.runner._stop = lambda: True
    application.runner.tick()
    assert application.store.incidents.states() == before
    assert gaps_of(application, "ioda.bgp")[-1].window.until <= clock.now() - DAY
    application.store.close()
