"""Readings that cannot be true become gaps with a reason; other readings do not change."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import StillClock
from bot.detection.plausible import ABOVE_MAXIMUM, refuse_implausible
from bot.model.interval import Interval
from bot.model.signal import Chunk, Gap, ParsedAnswer
from bot.sources.recording.source import RecordingSource, load_recording
from bot.store.readings.readings import StoredReadings
from bot.store.sql_store import open_store
from bot.tick.history import History
from bot.tick.reader import Reader
from tests.builders import IR, KZ
from tests.recordings import write
from tests.signals import START, STEP, a_panel, a_signal, assess
from tests.stories import ABOUT

MAXIMUM = 100.0
SIGNAL = a_signal(maximum=MAXIMUM)
FIRST = SIGNAL.bin_at(START)
READINGS = st.lists(
    st.floats(0, 2.0**70, width=32) | st.just(float("nan")), min_size=1, max_size=20
)


def refuse_readings(*series: list[float]) -> ParsedAnswer:
    """Apply `refuse_implausible` to a series of KZ and, if given, a second, of IR."""
    places = (KZ, IR)[: len(series)]
    chunks = tuple(
        Chunk(place, SIGNAL.id, FIRST, np.array(values, dtype=np.float32))
        for place, values in zip(places, series, strict=True)
    )
    return refuse_implausible(ParsedAnswer(chunks, ()), {SIGNAL.id: SIGNAL})


@given(READINGS)
def test_each_reading_is_unchanged_or_missing(values):  # P5
    (chunk,) = refuse_readings(values).chunks
    before = np.array(values, dtype=np.float32)
    kept = ~np.isnan(chunk.values)
    assert (chunk.values[kept] == before[kept]).all()
    assert (kept == (before <= MAXIMUM)).all()


@given(READINGS)
def test_every_refused_reading_lies_in_one_gap(values):  # P17
    parsed = refuse_readings(values)
    bins = [
        index
        for gap in parsed.gaps
        for index in range(
            SIGNAL.bin_at(gap.window.since), SIGNAL.bin_at(gap.window.until)
        )
    ]
    above = [FIRST + n for n, v in enumerate(values) if v > MAXIMUM]
    assert bins == above
    assert {gap.reason for gap in parsed.gaps} <= {ABOVE_MAXIMUM}


def test_a_run_of_refused_readings_is_one_gap():
    parsed = refuse_readings([1, 1e18, 1e18, 3], [5, 6, 7, 8])
    window = Interval(START + STEP, START + 3 * STEP)
    assert parsed.gaps == (Gap(SIGNAL.id, KZ, window, ABOVE_MAXIMUM),)
    assert parsed.chunks[1].values.tolist() == [5, 6, 7, 8]


def test_a_plausible_response_is_returned_unchanged():
    parsed = ParsedAnswer(
        (Chunk(KZ, SIGNAL.id, FIRST, np.ones(3, dtype=np.float32)),), ()
    )
    assert refuse_implausible(parsed, {SIGNAL.id: SIGNAL}) is parsed


def test_a_refused_reading_is_stored_as_a_gap(tmp_path):  # P5
    """An implausible reading that an older version stored is also loaded as missing."""
    about = ABOUT.replace('"up /24s"', '"index"')
    lines = [f"{START + n * STEP:%Y-%m-%dT%H:%MZ},country:IR" for n in range(4)]
    rows = [
        f"{line},ioda.ping-slash24,{v}"
        for line, v in zip(lines, (1, 2, 1e13, 3), strict=True)
    ]
    rows += [f"{line},ioda.bgp,100" for line in lines]
    header = "time,entity,signal,value\n"
    source = RecordingSource(
        load_recording(write(tmp_path, header + "\n".join(rows) + "\n", about)),
        StillClock(START),
    )
    store = open_store(":memory:")
    Reader((source,), store, StillClock(START)).read_new(
        Interval(START, START + 4 * STEP), lambda: False
    )
    signal = source.signals[0]
    window = Interval(START, START + 4 * STEP)
    stored = store.readings.panel(signal, (IR,), window).values[0]
    assert stored.tolist()[:2] == [1, 2]
    assert np.isnan(stored[2])
    assert isinstance(store.readings, StoredReadings)
    assert [gap.reason for gap, _ in store.readings.gaps(signal.id)] == [ABOVE_MAXIMUM]
    absurd = Chunk(IR, signal.id, signal.bin_at(START), np.array([1e13], np.float32))
    store.readings.write(ParsedAnswer((absurd,), ()), {signal.id: signal}, START)
    history = History({signal.id: signal}, {signal.id: (IR,)}, START, 9 * STEP)
    history.load(store.readings, window.until)
    read = history.panel(signal.id).values[0, :4]
    assert np.isnan(read).tolist() == [True, False, True, False]
    store.close()


def test_a_baseline_of_almost_nothing_is_not_assessed():
    """A fall to 0 from a baseline of 0.000001 opens no incident; a fall from 1 opens one."""
    tiny = replace(a_signal(minimum=0.0), unit="index")
    values = np.full(48 * 28, 1e-6, dtype=np.float32)
    values[-48:] = 0.0
    results, assessor = assess({(tiny, "country:KZ"): values})
    assert results.changes == []
    panel = a_panel(values, tiny, (KZ,))
    trace = assessor.trace(panel, 0, START + timedelta(days=27))
    assert trace.values[-1] == 0.0
    low = np.where(values == 0, 0, 1.0)
    falls, _ = assess({(tiny, "country:KZ"): low})
    assert falls.changes != []
