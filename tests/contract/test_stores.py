"""What every store must do, in memory and in a file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.model.delivery import Receipt
from bot.model.entity import Entity, EntityKind
from bot.model.incident import Abstention
from bot.model.interval import Interval
from bot.model.signal import ParsedAnswer, Signal
from bot.store.answers import StoredAnswers
from bot.store.readings.readings import ReadingRevision, StoredReadings
from bot.store.sql_store import SqlStore, open_store
from tests.contract.stored import (
    HOUR,
    KZ,
    NETWORK,
    PNG,
    T0,
    answer,
    change,
    chunk,
    draft,
    gap,
    parsed,
    record,
    signal,
)

NAN = float("nan")
RECEIPT = Receipt("42", "https://channel.example/42")


@pytest.fixture(params=["memory", "sqlite file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    on_file = request.param == "sqlite file"
    opened = open_store(tmp_path / "deep" / "store.db" if on_file else ":memory:")
    yield opened
    opened.close()


def write(
    store: SqlStore, parsed_answer: ParsedAnswer, at=T0, grid: Signal | None = None
) -> None:
    of = grid or signal()
    store.readings.write(parsed_answer, {of.id: of}, at)


def stored_values(
    store: SqlStore, first: int, stop: int, entity=KZ, grid=None
) -> list[float]:
    """Return the stored readings of the bins from `first` up to, but not including, `stop`."""
    of = grid or signal()
    window = Interval(of.start_of(first), of.start_of(stop))
    panel = store.readings.panel(of, (entity,), window)
    assert panel.first == first
    assert panel.values.dtype == np.float32
    values: list[float] = panel.values[0].tolist()
    return values


def readings(store: SqlStore) -> StoredReadings:
    assert isinstance(store.readings, StoredReadings)
    return store.readings


class TestAnswers:
    def test_answer_is_stored_unchanged_under_its_hash(self, store):
        """P3: an answer is stored unchanged under its SHA-256 hash."""
        assert isinstance(store.answers, StoredAnswers)
        digest = store.answers.save(answer(b"<html>502</html>"))
        assert digest == sha256(b"<html>502</html>").hexdigest()
        assert store.answers.body(digest) == b"<html>502</html>"

    def test_newest_answers_of_an_interval_are_listed_in_order(self, store):  # P3
        digests = [
            store.answers.save(answer(str(n).encode(), T0 + n * HOUR)) for n in range(4)
        ]
        records = store.answers.received(Interval(T0, T0 + 2 * HOUR), 2)
        assert [r.sha256 for r in records] == digests[1:3]
        assert [r.at for r in records] == [T0 + HOUR, T0 + 2 * HOUR]
        assert records[0].request == answer().request.key

    def test_body_is_deleted_with_the_last_answer_that_has_it(self, store):
        assert isinstance(store.answers, StoredAnswers)
        digest = store.answers.save(answer(at=T0))
        assert store.answers.save(answer(at=T0 + HOUR)) == digest
        assert store.answers.delete_before(T0 + HOUR) == 1
        assert store.answers.body(digest) == answer().body
        assert store.answers.delete_before(T0 + 2 * HOUR) == 1
        with pytest.raises(StoreError, match="no answer with the hash"):
            store.answers.body(digest)


class TestReadings:
    @pytest.mark.parametrize(
        ("step_s", "phase_s"),
        [(300, 0), (600, 120), (21_600, 0), (172_800, 0), (420, 60), (86_400, 3_600)],
    )
    def test_readings_keep_their_bins_on_any_grid(self, store, step_s, phase_s):
        grid = signal(step_s, phase_s)
        first = grid.bin_at(T0) - 3
        values = [float(n) for n in range(700)]
        write(store, parsed(chunk(first, *values)), grid=grid)
        assert stored_values(store, first, first + 700, grid=grid) == values
        assert stored_values(store, first + 5, first + 9, grid=grid) == values[5:9]

    def test_window_has_the_bins_that_begin_in_it(self, store):
        first = signal().bin_at(T0)
        write(store, parsed(chunk(first, 1, 2, 3)))
        second = timedelta(seconds=1)
        window = Interval(T0 + second, T0 + timedelta(minutes=10) + second)
        panel = store.readings.panel(signal(), (KZ,), window)
        assert (panel.first, panel.values.tolist()) == (first + 1, [[2, 3]])

    def test_bin_without_a_reading_is_missing_not_zero(self, store):
        """P5: a bin without a reading is NaN."""
        write(store, parsed(chunk(10, 0, NAN, 2)))
        np.testing.assert_array_equal(
            stored_values(store, 9, 14), [NAN, 0, NAN, 2, NAN]
        )
        np.testing.assert_array_equal(stored_values(store, 9, 11, NETWORK), [NAN, NAN])

    def test_missing_value_overwrites_nothing(self, store):
        """P5: a NaN does not replace a stored reading."""
        write(store, parsed(chunk(10, 1, 2)))
        write(store, parsed(chunk(10, NAN, NAN)))
        assert stored_values(store, 10, 12) == [1, 2]

    def test_writing_the_same_readings_twice_changes_nothing(self, store):
        """P10: readings and gaps written again keep the time of the first writing."""
        grid, window = signal(), Interval(signal().start_of(10), signal().start_of(12))
        readings_and_gaps = parsed(chunk(10, 0.1, 2), gaps=(gap(), gap(None)))
        write(store, readings_and_gaps, T0)
        write(store, readings_and_gaps, T0 + HOUR)
        seen = readings(store).first_seen(grid, KZ, window)
        assert seen.tolist() == [int(T0.timestamp())] * 2
        assert readings(store).revisions(grid, KZ) == ()
        assert readings(store).gaps(grid.id) == ((gap(), T0), (gap(None), T0))

    def test_rounding_to_float32_is_not_a_revision(self, store):
        double_chunk = replace(chunk(10), values=np.array([0.1], dtype=np.float64))
        write(store, parsed(double_chunk))
        write(store, parsed(double_chunk))
        assert readings(store).revisions(signal(), KZ) == ()

    def test_changed_reading_keeps_the_old_value_as_a_revision(self, store):
        """P9: the old value of a changed reading is kept as a revision."""
        later = T0 + HOUR
        write(store, parsed(chunk(10, 1, NAN)), T0)
        write(store, parsed(chunk(10, 5, 6)), later)
        assert stored_values(store, 10, 12) == [5, 6]
        assert readings(store).revisions(signal(), KZ) == (
            ReadingRevision(10, 1, 5, later),
        )
        window = Interval(signal().start_of(9), signal().start_of(12))
        seen = readings(store).first_seen(signal(), KZ, window)
        assert seen.tolist() == [0, int(T0.timestamp()), int(later.timestamp())]

    def test_series_that_arrive_together_keep_their_own_times(self, store):
        """P9: each bin keeps the time at which it was first seen."""
        hours = [T0 + n * HOUR for n in range(3)]
        write(store, parsed(chunk(10, 1), chunk(10, 1, entity=NETWORK)), hours[0])
        write(store, parsed(chunk(10, 1, 2), chunk(10, 1, entity=NETWORK)), hours[1])
        both = parsed(chunk(11, 2, 3), chunk(10, 1, NAN, 3, entity=NETWORK))
        write(store, both, hours[2])
        window = Interval(signal().start_of(10), signal().start_of(13))
        first, second, third = (int(hour.timestamp()) for hour in hours)
        seen = [readings(store).first_seen(signal(), e, window) for e in (KZ, NETWORK)]
        assert [times.tolist() for times in seen] == [
            [first, second, third],
            [first, 0, third],
        ]
        assert stored_values(store, 10, 13) == [1, 2, 3]

    @settings(max_examples=30, deadline=None)
    @given(
        st.permutations(
            [chunk(280 + 7 * n, *range(n, n + 7)) for n in range(6)]
            + [chunk(290, 9, 8, entity=NETWORK)]
        ),
        st.integers(0, 7),
    )
    def test_order_of_arrival_does_not_matter(self, chunks, cut):
        store = open_store(":memory:")
        write(store, parsed(*chunks[:cut]))
        write(store, parsed(*chunks[cut:]))
        expected = [float(n + k) for n in range(6) for k in range(7)]
        assert stored_values(store, 280, 322) == expected
        assert stored_values(store, 290, 292, NETWORK) == [9, 8]
        store.close()

    def test_answer_is_saved_whole_or_not_at_all(self, store):
        write(store, parsed(chunk(10, 1)))
        other = signal(600, name="test.other")
        two_signals = parsed(
            chunk(11, 2), chunk(5, 3, signal_id=other.id), gaps=(gap(),)
        )
        signals = {signal().id: signal(), other.id: other}
        store.readings.write(parsed(chunk(5, 4, signal_id=other.id)), signals, T0)
        resampled = {**signals, other.id: signal(300, name=other.id)}
        with pytest.raises(StoreError, match="in steps of 600 s"):
            store.readings.write(two_signals, resampled, T0)
        np.testing.assert_array_equal(stored_values(store, 10, 12), [1, NAN])
        assert readings(store).gaps(signal().id) == ()

    def test_reading_a_signal_on_another_grid_is_refused(self, store):
        write(store, parsed(chunk(10, 1)))
        with pytest.raises(StoreError, match="restore its `step` in the configuration"):
            stored_values(store, 0, 5, grid=signal(600))

    def test_gap_with_another_reason_is_separate(self, store):
        store.readings.write_gaps([gap(), gap(), gap(reason="html-body")], T0)
        stored_gaps = readings(store).gaps(signal().id)
        assert [stored_gap.reason for stored_gap, _ in stored_gaps] == [
            "http-500",
            "html-body",
        ]

    def test_adjoining_gaps_are_merged(self, store):
        """P17: adjoining gaps become one, with the time at which the first was seen."""
        for hour in (0, 1, 4, 2):
            later = Interval(T0 + hour * HOUR, T0 + (hour + 1) * HOUR)
            store.readings.write_gaps([replace(gap(), window=later)], T0 + hour * HOUR)
        stored_gaps = readings(store).gaps(signal().id)
        assert [
            (stored_gap.window.since, stored_gap.window.until, at)
            for stored_gap, at in stored_gaps
        ] == [
            (T0, T0 + 3 * HOUR, T0),
            (T0 + 4 * HOUR, T0 + 5 * HOUR, T0 + 4 * HOUR),
        ]
        bridge = Interval(T0 + 3 * HOUR, T0 + 4 * HOUR)
        store.readings.write_gaps([replace(gap(), window=bridge)], T0 + 5 * HOUR)
        ((merged, at),) = readings(store).gaps(signal().id)
        assert (merged.window, at) == (Interval(T0, T0 + 5 * HOUR), T0)

    def test_source_faults_are_gaps_of_whole_signals(self, store):
        """P17: gaps of single places, and gaps that ended long ago, are not listed."""
        signal_gap = gap(None)
        old = Interval(T0 - 9 * HOUR, T0 - 8 * HOUR)
        store.readings.write_gaps(
            [gap(), signal_gap, replace(signal_gap, window=old)], T0 + HOUR
        )
        assert store.readings.faults((signal().id,), T0) == ((signal_gap, T0 + HOUR),)
        assert store.readings.faults(("test.other",), T0) == ()
        assert store.readings.faults((), T0) == ()

    def test_backfill_continues_where_it_stopped(self, store):
        assert not store.readings.is_answered("ioda/KZ/2026-01")
        store.readings.mark_answered("ioda/KZ/2026-01", T0)
        store.readings.mark_answered("ioda/KZ/2026-01", T0 + HOUR)
        assert store.readings.is_answered("ioda/KZ/2026-01")
        assert not store.readings.is_answered("ioda/KZ/2026-02")

    def test_panel_without_entities_or_bins_is_empty(self, store):
        panel = store.readings.panel(signal(), (), Interval(T0, T0 + HOUR))
        assert panel.values.shape == (0, 12)
        panel = store.readings.panel(signal(), (KZ,), Interval(T0, T0))
        assert panel.values.shape == (1, 0)


class TestIncidentRecords:
    def test_recorded_change_is_read_back_unchanged(self, store):
        recorded = change()
        store.incidents.record([recorded], (), {"ioda.bgp": b"state"}, T0)
        assert (
            store.incidents.all()
            == store.incidents.newest_of_each_place()
            == (recorded.incident,)
        )
        assert store.incidents.events(recorded.incident.id) == (recorded.event,)
        assert store.incidents.event(recorded.event.key) == recorded.event
        assert store.incidents.evidence(recorded.event.key) == recorded.evidence
        assert store.incidents.recorded_at(recorded.event.key) == T0
        assert store.incidents.states() == {"ioda.bgp": b"state"}

    def test_event_is_stored_once_and_never_changed(self, store):
        """P10, P11: the store refuses all events of a tick if one is stored already."""
        record(store, change())
        repeated = change(as_of=T0)
        abstention = Abstention(KZ, T0, "ordinary", "none", "quiet")
        with pytest.raises(StoreError, match="already stored"):
            store.incidents.record(
                [change(1, "KZ-2023-0101"), repeated], [abstention], {"s": b""}, T0
            )
        assert [incident.id for incident in store.incidents.all()] == [
            change().incident.id
        ]
        assert store.incidents.event(repeated.event.key) == change().event
        assert (store.incidents.abstentions(), store.incidents.states()) == ((), {})

    def test_incident_has_the_state_after_its_last_event(self, store):
        """P2: an incident is stored once, in the state after its last event."""
        record(store, change(1), change(2))
        record(store, change(3))
        assert store.incidents.all() == (change(3).incident,)
        assert [e.seq for e in store.incidents.events("KZ-2022-0104")] == [1, 2, 3]

    def test_newest_incident_of_each_place_is_current(self, store):
        iran = Entity(EntityKind.COUNTRY, "IR")
        newer = change(1, "KZ-2023-0101", as_of=T0)
        record(store, newer, change(), change(1, "IR-2022-0104", place=iran))
        ids = [incident.id for incident in store.incidents.newest_of_each_place()]
        assert ids == ["IR-2022-0104", "KZ-2023-0101"]
        assert [incident.id for incident in store.incidents.all()][-1] == "KZ-2023-0101"

    def test_opened_places_are_those_after_one_time_and_up_to_another(self, store):
        iran = Entity(EntityKind.COUNTRY, "IR")
        record(store, change(1, "IR-2022-0104", place=iran), change(), change(2))
        opened = change().event.at
        assert store.incidents.places_opened_in(opened - HOUR, opened) == (iran, KZ)
        assert store.incidents.places_opened_in(opened, opened + HOUR) == ()
        assert store.incidents.places_opened_in(opened - 2 * HOUR, opened - HOUR) == ()

    def test_same_abstention_of_a_place_is_recorded_once(self, store):
        """P17: an abstention is not stored again if only the time has changed."""
        abstention = Abstention(KZ, T0, "doubtful", "one-family", "too-short")
        iran = replace(abstention, place=Entity(EntityKind.COUNTRY, "IR"))
        later, other = (
            replace(abstention, at=T0 + HOUR),
            replace(abstention, reason="held"),
        )
        store.incidents.record((), [abstention, later], {}, T0)
        store.incidents.record((), [later, iran], {}, T0)
        store.incidents.record((), [other, abstention], {}, T0)
        assert store.incidents.abstentions() == (abstention, iran, other, abstention)

    def test_detector_state_replaces_the_previous_one(self, store):
        store.incidents.record((), (), {"a": b"1", "b": b"1"}, T0)
        store.incidents.record((), (), {"a": b"2"}, T0 + HOUR)
        assert store.incidents.states() == {"a": b"2", "b": b"1"}

    def test_events_without_a_draft_are_undecided_oldest_first(self, store):
        second, first = record(store, change(2), change(1))
        assert store.incidents.undecided() == (first, second)
        store.drafts.save(draft(first), PNG, (), ())
        assert store.incidents.undecided() == (second,)

    def test_unknown_event_is_an_error(self, store):
        for method in ("event", "evidence", "recorded_at"):
            with pytest.raises(StoreError, match=r"there is no .*KZ-1\.1"):
                getattr(store.incidents, method)("KZ-1.1")
