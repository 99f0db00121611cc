"""Properties of assessment that hold for any readings."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.entity import parse_entity
from bot.model.incident import EventKind
from bot.model.signal import Chunk, Family
from bot.model.watchlist import group_into_places
from bot.tick.assessment import Assessor
from bot.tick.history import History
from bot.tick.rules import AssessmentRules
from tests.signals import START, STEP, WEEK, a_signal, a_week_of

QUICK = settings(max_examples=10, deadline=None, derandomize=True)
PROBING = a_signal("t.probe", minimum=0.0)
TRAFFIC = a_signal("t.traffic", Family.TRAFFIC, minimum=0.0)
SIGNALS = {s.id: s for s in (PROBING, TRAFFIC)}
KZ = parse_entity("country:KZ")
OTHERS = [parse_entity(f"country:{a}{b}") for a in "ABC" for b in "ABCDEF"]
TAIL = 24  # number of bins after the first week
BEGIN = WEEK - 12
levels = st.lists(st.sampled_from([0.02, 0.3, 0.6, 1.0]), min_size=4, max_size=4)


def readings_for(steps, signal, seed=1):
    """Return a normal week, then three hours at each of four levels in turn."""
    week = a_week_of(weeks=1, seed=seed, swing=0.1)
    tail = np.repeat(np.array(steps, dtype=np.float32), TAIL // 4)
    noise = a_week_of(1.0, weeks=1, seed=seed + len(signal))[:TAIL]
    return np.concatenate([week, week[:TAIL] * tail * noise]).astype(np.float32)


def make_readings(steps, quiet=10):
    """Return readings in which KZ follows `steps`, and `quiet` other places stay normal."""
    readings = {(s, KZ): readings_for(steps, s, seed=1) for s in SIGNALS}
    for number, place in enumerate(OTHERS[:quiet]):
        readings |= {
            (s, place): readings_for([1.0] * 4, s, seed=9 + number) for s in SIGNALS
        }
    return readings


class AssessorHarness:
    """An assessor that can be given readings in any order, in any number of calls."""

    def __init__(self, readings):
        rows = {s: tuple(sorted(p for i, p in readings if i == s)) for s in SIGNALS}
        places = {place for _, place in readings}
        self.history = History(SIGNALS, rows, START, STEP * WEEK * 2)
        self.assessor = Assessor(
            SIGNALS, rows, group_into_places(places, {}, {}), AssessmentRules(), ()
        )
        for signal in SIGNALS:  # bins before BEGIN count as assessed, to save time
            last = SIGNALS[signal].bin_at(START) + BEGIN - 1
            states = self.assessor.states[signal]
            self.assessor.restore_states(signal, replace(states, index=last))
        self.changes = []

    def add(self, chunks):
        self.history.add(chunks)

    def assess_until(self, bins):
        results = self.assessor.assess(self.history, START + STEP * (bins + 1))
        self.history.mark_assessed(
            {i: s.index for i, s in self.assessor.states.items()}
        )
        self.changes += results.changes
        return results

    @property
    def summary(self):
        return [
            (
                c.incident.id,
                c.event.kind,
                c.event.at,
                round(c.event.facts.levels.now, 4),
            )
            for c in self.changes
        ]


def chunks(readings, since=0, until=None):
    for (signal, place), values in readings.items():
        first = SIGNALS[signal].bin_at(START) + since
        yield Chunk(place, signal, first, values[since:until])


def assess_all(readings):
    harness = AssessorHarness(readings)
    harness.add(chunks(readings))
    harness.assess_until(WEEK + TAIL)
    return harness


@QUICK
@given(levels, st.integers(0, 99), st.integers(8, 60))
def test_the_order_in_which_readings_arrive_does_not_matter(steps, seed, size):
    readings = make_readings(steps)
    pieces = [
        piece
        for since in range(0, WEEK + TAIL, size)
        for piece in chunks(readings, since, since + size)
    ]
    harness = AssessorHarness(readings)
    harness.add(
        pieces[at] for at in np.random.default_rng(seed).permutation(len(pieces))
    )
    harness.assess_until(WEEK + TAIL)
    assert harness.changes == assess_all(readings).changes


@QUICK
@given(levels)
def test_a_replayed_tick_changes_nothing(steps):  # P14
    harness = assess_all(readings := make_readings(steps))
    before = harness.summary
    harness.add(chunks(readings))
    again = harness.assess_until(WEEK + TAIL)
    assert not again.changes
    assert not again.abstentions
    assert harness.summary == before


@QUICK
@given(levels, st.integers(-6, 12))
def test_scaling_a_series_changes_nothing(steps, power):
    # This holds only for signals without `minimum`, which are not counts: the noise of a
    # count depends on its size. A factor that is a power of two causes no rounding.
    readings = make_readings(steps)
    scaled = {k: np.ldexp(v, power) for k, v in readings.items()}
    assert assess_all(scaled).summary == assess_all(readings).summary


@QUICK
@given(st.lists(st.tuples(st.integers(0, WEEK + TAIL), st.integers(1, 60)), max_size=6))
def test_unknown_readings_never_open_an_incident(holes):  # P5
    readings = make_readings([1.0] * 4)
    for at, width in holes:
        for signal in SIGNALS:
            readings[signal, KZ][at : at + width] = np.nan
    assert not assess_all(readings).changes


@QUICK
@given(st.integers(6, TAIL), st.sampled_from([(0, 1), (0,), (1,)]))
def test_unknown_readings_never_close_an_incident(silent_after, which):  # P5
    readings = make_readings([0.02] * 4)
    for number in which:
        readings[tuple(SIGNALS)[number], KZ][WEEK + silent_after :] = np.nan
    kinds = [c.event.kind for c in assess_all(readings).changes]
    assert EventKind.CONFIRMED in kinds
    assert EventKind.RESTORED not in kinds


@QUICK
@given(levels, st.integers(0, 7))
def test_normal_neighbours_change_nothing(steps, more):
    assert (
        assess_all(make_readings(steps, 10 + more)).summary
        == assess_all(make_readings(steps)).summary
    )


@QUICK
@given(
    st.lists(
        st.tuples(
            st.integers(WEEK, WEEK + TAIL - 2),
            st.sampled_from([0.0, 0.4, 0.9, 1.1, np.nan]),
            st.sampled_from([*OTHERS[:10], KZ]),
        ),
        max_size=12,
    )
)
def test_late_revisions_of_one_family_confirm_nothing(revisions):  # P1, P7
    readings = make_readings([1.0] * 4)
    harness = assess_all(readings)
    for at, factor, place in revisions:
        value = readings[PROBING.id, place][at : at + 1] * np.float32(factor)
        first = PROBING.bin_at(START) + at
        harness.add([Chunk(place, PROBING.id, first, value)])
        harness.assess_until(WEEK + TAIL)
    assert EventKind.CONFIRMED not in [c.event.kind for c in harness.changes]


@QUICK
@given(levels, st.integers(1, TAIL - 1))
def test_late_readings_give_the_same_state_as_prompt_ones(steps, held):
    readings = make_readings(steps)
    late, prompt = AssessorHarness(readings), assess_all(readings)
    late.add(chunks(readings, 0, WEEK + TAIL - held))
    late.assess_until(WEEK + TAIL - held)
    late.add(chunks(readings, WEEK + TAIL - held))
    late.assess_until(WEEK + TAIL)
    assert late.summary == prompt.summary
