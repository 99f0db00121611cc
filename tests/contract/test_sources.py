"""What every source must do: the same tests for each.

The `ioda` source reads from the replay server, over real HTTP.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.clock import StillClock
from bot.errors import SourceError
from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.signal import Answer, Chunk, ParsedAnswer, Signal
from bot.ports import Source
from bot.replay.server import ReplayServer
from bot.sources.recording.source import Recording, RecordingSource
from bot.sources.registry import SOURCES
from tests.recordings import START, ioda_source, small, small_csv, write

DAY = Interval(START, START + timedelta(days=1))
# By this time every bin of the recording has long been due.
LATER = START + timedelta(days=3)


@dataclass(frozen=True, repr=False)
class SourceCase:
    """A source, and the recording whose readings it should return."""

    source: Source
    recording: Recording

    def answers(self, window: Interval) -> list[Answer]:
        return [self.source.ask(request) for request in self.source.requests(window)]

    def read(self, window: Interval) -> list[ParsedAnswer]:
        return [self.source.parse(a) for a in self.answers(window)]

    def signal(self, chunk: Chunk) -> Signal:
        return {s.id: s for s in self.source.signals}[chunk.signal]


def _recording(truth: Recording) -> Iterator[SourceCase]:
    yield SourceCase(RecordingSource(truth, StillClock(LATER)), truth)


def _ioda(truth: Recording) -> Iterator[SourceCase]:
    clock = StillClock(LATER)
    with ReplayServer(truth, clock) as server:
        yield SourceCase(ioda_source(server, clock), truth)


RIGS: dict[str, Callable[[Recording], Iterator[SourceCase]]] = {
    "ioda": _ioda,
    "recording": _recording,
}
"""Functions that make the case of a source; each registered source must have one."""


@pytest.fixture(scope="module", params=sorted(SOURCES))
def case(request, tmp_path_factory) -> Iterator[SourceCase]:
    """The case of every registered source in turn."""
    yield from RIGS[request.param](small(tmp_path_factory.mktemp("small")))


def readings_of(
    parsed: list[ParsedAnswer], case: SourceCase
) -> dict[tuple[str, Entity, int], float]:
    """Return the readings in `parsed` that are not missing, by signal, entity and bin."""
    return {
        (chunk.signal, chunk.entity, chunk.first + i): float(value)
        for parsed_answer in parsed
        for chunk in parsed_answer.chunks
        for i, value in enumerate(chunk.values)
        if not np.isnan(value)
    }


def expected_readings(
    case: SourceCase, window: Interval
) -> dict[tuple[str, Entity, int], float]:
    """Return the readings of the recording whose bins begin within `window`."""
    all_readings = readings_of([ParsedAnswer(case.recording.chunks, ())], case)
    grid = {s.id: s for s in case.source.signals}
    return {
        key: value
        for key, value in all_readings.items()
        if window.since <= grid[key[0]].start_of(key[2]) < window.until
    }


windows = st.tuples(
    st.integers(-600, 1700), st.integers(0, 2000)
)  # minutes from START to the window, and the minutes that it lasts


def window_of(minutes: tuple[int, int]) -> Interval:
    since = START + timedelta(minutes=minutes[0])
    return Interval(since, since + timedelta(minutes=minutes[1]))


def test_each_registered_source_is_in_this_suite():
    assert set(RIGS) == set(SOURCES)


def test_source_is_built_from_its_own_section(tmp_path):
    sections = {
        "ioda": {"countries": ["KZ"]},
        "recording": {"folder": str(write(tmp_path, small_csv()))},
    }
    clock = StillClock(LATER)
    for name, kind in SOURCES.items():
        source = kind.build_function(
            kind.section_class.model_validate(sections[name]), clock, clock
        )
        assert source.name == name
        assert Entity(EntityKind.COUNTRY, "KZ") in source.rows["ioda.bgp"]


def test_source_has_a_credit_for_each_signal(case):
    """P13: every signal has its credit and licence before anything is read."""
    assert all(s.credit and s.licence and s.unit for s in case.source.signals)
    assert set(case.source.rows) == {s.id for s in case.source.signals}


def test_region_belongs_to_its_country(case):
    parents = {str(e): str(p) for e, p in case.source.parents.items()}
    assert parents["region:KZ/Almaty"] == "country:KZ"


def test_source_returns_all_readings_of_the_recording(case):
    assert readings_of(case.read(DAY), case) == expected_readings(case, DAY)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(minutes=windows)
def test_answer_has_exactly_the_bins_of_the_window(case, minutes):
    window = window_of(minutes)
    expected = expected_readings(case, window)
    try:
        parsed = case.read(window)
    except SourceError:
        # A source may raise an error if it has no reading for a request at all.
        requests = case.source.requests(window)
        requested = {
            (request.signals[0], request.entities[0].kind) for request in requests
        }
        assert requested - {(signal, e.kind) for signal, e, _ in expected}
        return
    assert readings_of(parsed, case) == expected
    for chunk in (c for parsed_answer in parsed for c in parsed_answer.chunks):
        signal = case.signal(chunk)
        assert signal.start_of(chunk.first) >= window.since
        assert signal.start_of(chunk.first + len(chunk.values) - 1) < window.until


def test_two_half_windows_give_the_readings_of_the_whole(case):
    noon = START + timedelta(hours=12)
    halves = [Interval(DAY.since, noon), Interval(noon, DAY.until)]
    parts = [readings_of(case.read(half), case) for half in halves]
    assert parts[0] | parts[1] == readings_of(case.read(DAY), case)


def test_empty_window_makes_no_request(case):
    assert case.source.requests(Interval(START, START)) == ()


def test_request_key_is_unique_and_constant(case):
    keys = [request.key for request in case.source.requests(DAY)]
    assert keys == [request.key for request in case.source.requests(DAY)]
    assert len(set(keys)) == len(keys)
    other = {request.key for request in case.source.requests(replace(DAY, until=LATER))}
    assert not other & set(keys)


def test_absent_reading_is_nan_never_zero(case):
    """P5: neither a null nor an absent bin becomes a number; a real zero stays zero."""
    chunks = {
        (str(c.entity), c.signal): c
        for parsed_answer in case.read(DAY)
        for c in parsed_answer.chunks
    }
    values = chunks["country:KZ", "ioda.bgp"].values
    assert np.isnan(values[12:16]).all()
    assert np.isnan(values[18:20]).all()
    assert (values[24:26] == 0).all()


def test_absent_series_is_a_gap_never_zero(case):
    """P5: the series of asn:9198 ends at noon, so the afternoon is a gap."""
    noon = START + timedelta(hours=12)
    parsed = case.read(Interval(noon, DAY.until))
    gaps = [g for parsed_answer in parsed for g in parsed_answer.gaps]
    assert {(str(g.entity), g.signal, g.reason) for g in gaps} == {
        ("asn:9198", "ioda.bgp", "series-absent")
    }
    assert all(
        str(c.entity) != "asn:9198"
        for parsed_answer in parsed
        for c in parsed_answer.chunks
    )


def test_parsing_depends_on_the_raw_answer_only(case):
    """P3: parsing the same answer again gives the same readings and gaps."""
    for answer in case.answers(DAY):
        parsed_twice = [case.source.parse(answer) for _ in range(2)]
        assert readings_of(parsed_twice[:1], case) == readings_of(
            parsed_twice[1:], case
        )
        assert parsed_twice[0].gaps == parsed_twice[1].gaps
        assert answer.source == case.source.name
        assert (answer.status, answer.at) == (200, LATER)


def _longest(case: SourceCase) -> Answer:
    return max(case.answers(DAY), key=lambda answer: len(answer.body))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(share=st.floats(0, 1, exclude_max=True))
def test_truncated_answer_gives_no_wrong_reading(case, share):
    """P6: a truncated answer is refused, or gives only readings of the whole answer."""
    answer = _longest(case)
    whole = readings_of([case.source.parse(answer)], case)
    truncated = replace(answer, body=answer.body[: int(share * len(answer.body))])
    try:
        some = readings_of([case.source.parse(truncated)], case)
    except SourceError:
        return
    assert some.items() <= whole.items()


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    at=st.floats(0, 1, exclude_max=True),
    length=st.integers(0, 12),
    garbage=st.binary(max_size=12)
    | st.sampled_from([b"null", b"-", b"e9", b"[", b"<"]),
)
def test_garbage_in_an_answer_is_refused_or_stays_within_bounds(
    case, at, length, garbage
):
    """P6: garbage raises SourceError, or leaves finite, non-negative readings in the window."""
    answer = _longest(case)
    start = int(at * len(answer.body))
    body = answer.body[:start] + garbage + answer.body[start + length :]
    try:
        parsed = case.source.parse(replace(answer, body=body))
    except SourceError:
        return
    for chunk in parsed.chunks:
        signal = case.signal(chunk)
        numbers = chunk.values[~np.isnan(chunk.values)]
        assert np.isfinite(numbers).all()
        assert (numbers >= 0).all()
        assert chunk.entity in case.source.rows[chunk.signal]
        assert signal.start_of(chunk.first) >= DAY.since
        assert signal.start_of(chunk.first + len(chunk.values)) <= DAY.until


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.binary(max_size=200))
def test_random_bytes_are_refused(case, body):
    answer = _longest(case)
    with pytest.raises(SourceError):
        case.source.parse(replace(answer, body=body))
