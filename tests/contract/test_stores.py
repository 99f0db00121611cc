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
from bot.model.signal import Parsed, Signal
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


def write(store: SqlStore, told: Parsed, at=T0, grid: Signal | None = None) -> None:
    of = grid or signal()
    store.readings.write(told, {of.id: of}, at)


def told(store: SqlStore, first: int, stop: int, entity=KZ, grid=None) -> list[float]:
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
    def test_an_answer_is_kept_word_for_word_under_its_hash(self, store):
        """P3: an answer is stored unchanged under its SHA-256 hash."""
        assert isinstance(store.answers, StoredAnswers)
        digest = store.answers.save(answer(b"<html>502</html>"))
        assert digest == sha256(b"<html>502</html>").hexdigest()
        assert store.answers.body(digest) == b"<html>502</html>"

    def test_a_body_said_twice_goes_with_the_last_answer_that_had_it(self, store):
        assert isinstance(store.answers, StoredAnswers)
        digest = store.answers.save(answer(at=T0))
        assert store.answers.save(answer(at=T0 + HOUR)) == digest
        assert store.answers.forget(T0 + HOUR) == 1
        assert store.answers.body(digest) == answer().body
        assert store.answers.forget(T0 + 2 * HOUR) == 1
        with pytest.raises(StoreError, match="no answer with the hash"):
            store.answers.body(digest)


class TestReadings:
    @pytest.mark.parametrize(
        ("step_s", "phase_s"),
        [(300, 0), (600, 120), (21_600, 0), (172_800, 0), (420, 60), (86_400, 3_600)],
    )
    def test_bins_come_back_where_they_were_whatever_the_grid(
        self, store, step_s, phase_s
    ):
        grid = signal(step_s, phase_s)
        first = grid.bin_of(T0) - 3
        values = [float(n) for n in range(700)]
        write(store, parsed(chunk(first, *values)), grid=grid)
        assert told(store, first, first + 700, grid=grid) == values
        assert told(store, first + 5, first + 9, grid=grid) == values[5:9]

    def test_a_window_has_the_bins_that_begin_within_it(self, store):
        first = signal().bin_of(T0)
        write(store, parsed(chunk(first, 1, 2, 3)))
        second = timedelta(seconds=1)
        window = Interval(T0 + second, T0 + timedelta(minutes=10) + second)
        panel = store.readings.panel(signal(), (KZ,), window)
        assert (panel.first, panel.values.tolist()) == (first + 1, [[2, 3]])

    def test_what_was_never_told_is_missing_and_not_zero(self, store):
        """P5: a bin without a reading is NaN."""
        write(store, parsed(chunk(10, 0, NAN, 2)))
        np.testing.assert_array_equal(told(store, 9, 14), [NAN, 0, NAN, 2, NAN])
        np.testing.assert_array_equal(told(store, 9, 11, NETWORK), [NAN, NAN])

    def test_a_missing_value_overwrites_nothing(self, store):
        """P5: a NaN does not replace a stored reading."""
        write(store, parsed(chunk(10, 1, 2)))
        write(store, parsed(chunk(10, NAN, NAN)))
        assert told(store, 10, 12) == [1, 2]

    def test_writing_the_same_twice_changes_nothing(self, store):
        """P10: readings and gaps that are written again keep their first time."""
        grid, window = signal(), Interval(signal().start_of(10), signal().start_of(12))
        told_once = parsed(chunk(10, 0.1, 2), gaps=(gap(), gap(None)))
        write(store, told_once, T0)
        write(store, told_once, T0 + HOUR)
        seen = readings(store).first_seen(grid, KZ, window)
        assert seen.tolist() == [int(T0.timestamp())] * 2
        assert readings(store).revisions(grid, KZ) == ()
        assert readings(store).gaps(grid.id) == ((gap(), T0), (gap(None), T0))

    def test_a_finer_float_than_the_store_keeps_is_no_revision(self, store):
        fine = replace(chunk(10), values=np.array([0.1], dtype=np.float64))
        write(store, parsed(fine))
        write(store, parsed(fine))
        assert readings(store).revisions(signal(), KZ) == ()

    def test_a_changed_reading_is_revised_and_the_old_one_kept(self, store):
        """P9: the old value of a changed reading is kept as a revision."""
        later = T0 + HOUR
        write(store, parsed(chunk(10, 1, NAN)), T0)
        write(store, parsed(chunk(10, 5, 6)), later)
        assert told(store, 10, 12) == [5, 6]
        assert readings(store).revisions(signal(), KZ) == (
            ReadingRevision(10, 1, 5, later),
        )
        window = Interval(signal().start_of(9), signal().start_of(12))
        seen = readings(store).first_seen(signal(), KZ, window)
        assert seen.tolist() == [0, int(T0.timestamp()), int(later.timestamp())]

    @settings(max_examples=30, deadline=None)
    @given(
        st.permutations(
            [chunk(280 + 7 * n, *range(n, n + 7)) for n in range(6)]
            + [chunk(290, 9, 8, entity=NETWORK)]
        ),
        st.integers(0, 7),
    )
    def test_the_order_of_arrival_does_not_matter(self, chunks, cut):
        one = open_store(":memory:")
        write(one, parsed(*chunks[:cut]))
        write(one, parsed(*chunks[cut:]))
        expected = [float(n + k) for n in range(6) for k in range(7)]
        assert told(one, 280, 322) == expected
        assert told(one, 290, 292, NETWORK) == [9, 8]
        one.close()

    def test_an_answer_is_saved_whole_or_not_at_all(self, store):
        write(store, parsed(chunk(10, 1)))
        other = signal(600, name="test.other")
        both = parsed(chunk(11, 2), chunk(5, 3, of=other.id), gaps=(gap(),))
        known = {signal().id: signal(), other.id: other}
        store.readings.write(parsed(chunk(5, 4, of=other.id)), known, T0)
        resampled = {**known, other.id: signal(300, name=other.id)}
        with pytest.raises(StoreError, match="in steps of 600 s"):
            store.readings.write(both, resampled, T0)
        np.testing.assert_array_equal(told(store, 10, 12), [1, NAN])
        assert readings(store).gaps(signal().id) == ()

    def test_a_signal_on_another_grid_is_not_read_as_if_it_were_the_same(self, store):
        write(store, parsed(chunk(10, 1)))
        with pytest.raises(
            StoreError, match="set its `step` in the configuration back"
        ):
            told(store, 0, 5, grid=signal(600))

    def test_a_gap_of_another_reason_is_another_gap(self, store):
        store.readings.write_gaps([gap(), gap(), gap(reason="html-body")], T0)
        noted = readings(store).gaps(signal().id)
        assert [one.reason for one, _ in noted] == ["http-500", "html-body"]

    def test_a_silence_that_goes_on_is_one_gap_that_grows(self, store):
        """P17: adjoining gaps become one, with the time at which the first was seen."""
        for hour in (0, 1, 4, 2):
            later = Interval(T0 + hour * HOUR, T0 + (hour + 1) * HOUR)
            store.readings.write_gaps([replace(gap(), window=later)], T0 + hour * HOUR)
        noted = readings(store).gaps(signal().id)
        assert [(one.window.since, one.window.until, at) for one, at in noted] == [
            (T0, T0 + 3 * HOUR, T0),
            (T0 + 4 * HOUR, T0 + 5 * HOUR, T0 + 4 * HOUR),
        ]
        bridge = Interval(T0 + 3 * HOUR, T0 + 4 * HOUR)
        store.readings.write_gaps([replace(gap(), window=bridge)], T0 + 5 * HOUR)
        ((whole, at),) = readings(store).gaps(signal().id)
        assert (whole.window, at) == (Interval(T0, T0 + 5 * HOUR), T0)

    def test_the_faults_of_a_source_are_the_silences_of_whole_signals(self, store):
        """P17: gaps of single places, or that ended before the given time, are left out."""
        whole = gap(None)
        old = Interval(T0 - 9 * HOUR, T0 - 8 * HOUR)
        store.readings.write_gaps([gap(), whole, replace(whole, window=old)], T0 + HOUR)
        assert store.readings.faults((signal().id,), T0) == ((whole, T0 + HOUR),)
        assert store.readings.faults(("test.other",), T0) == ()
        assert store.readings.faults((), T0) == ()

    def test_a_back_fill_goes_on_where_it_stopped(self, store):
        assert not store.readings.asked("ioda/KZ/2026-01")
        store.readings.mark_asked("ioda/KZ/2026-01", T0)
        store.readings.mark_asked("ioda/KZ/2026-01", T0 + HOUR)
        assert store.readings.asked("ioda/KZ/2026-01")
        assert not store.readings.asked("ioda/KZ/2026-02")

    def test_a_panel_of_nothing_is_empty(self, store):
        panel = store.readings.panel(signal(), (), Interval(T0, T0 + HOUR))
        assert panel.values.shape == (0, 12)
        panel = store.readings.panel(signal(), (KZ,), Interval(T0, T0))
        assert panel.values.shape == (1, 0)


class TestIncidents:
    def test_what_a_tick_concluded_comes_back_as_it_was(self, store):
        one = change()
        store.incidents.record([one], (), {"ioda.bgp": b"state"}, T0)
        assert store.incidents.all() == store.incidents.current() == (one.incident,)
        assert store.incidents.events(one.incident.id) == (one.event,)
        assert store.incidents.event(one.event.key) == one.event
        assert store.incidents.evidence(one.event.key) == one.evidence
        assert store.incidents.recorded_at(one.event.key) == T0
        assert store.incidents.states() == {"ioda.bgp": b"state"}

    def test_an_event_is_never_said_again_nor_changed(self, store):
        """P10, P11: a tick with an event that is stored already is refused as a whole."""
        record(store, change())
        again = change(as_of=T0)
        silence = Abstention(KZ, T0, "ordinary", "none", "quiet")
        with pytest.raises(StoreError, match="already stored"):
            store.incidents.record(
                [change(1, "KZ-2023-0101"), again], [silence], {"s": b""}, T0
            )
        assert [one.id for one in store.incidents.all()] == [change().incident.id]
        assert store.incidents.event(again.event.key) == change().event
        assert (store.incidents.abstentions(), store.incidents.states()) == ((), {})

    def test_an_incident_is_what_its_last_event_left(self, store):
        """P2: an incident is stored once, in the state after its last event."""
        record(store, change(1), change(2))
        record(store, change(3))
        assert store.incidents.all() == (change(3).incident,)
        assert [e.seq for e in store.incidents.events("KZ-2022-0104")] == [1, 2, 3]

    def test_the_newest_incident_of_each_place_is_current(self, store):
        iran = Entity(EntityKind.COUNTRY, "IR")
        newer = change(1, "KZ-2023-0101", as_of=T0)
        record(store, newer, change(), change(1, "IR-2022-0104", place=iran))
        ids = [one.id for one in store.incidents.current()]
        assert ids == ["IR-2022-0104", "KZ-2023-0101"]
        assert [one.id for one in store.incidents.all()][-1] == "KZ-2023-0101"

    def test_places_that_opened_are_those_after_one_instant_and_by_another(self, store):
        iran = Entity(EntityKind.COUNTRY, "IR")
        record(store, change(1, "IR-2022-0104", place=iran), change(), change(2))
        opened = change().event.at
        assert store.incidents.opened(opened - HOUR, opened) == (iran, KZ)
        assert store.incidents.opened(opened, opened + HOUR) == ()
        assert store.incidents.opened(opened - 2 * HOUR, opened - HOUR) == ()

    def test_the_same_silence_of_a_place_is_recorded_once(self, store):
        """P17: an abstention that differs only in time from its place's last is not stored."""
        quiet = Abstention(KZ, T0, "doubtful", "one-family", "too-short")
        iran = replace(quiet, place=Entity(EntityKind.COUNTRY, "IR"))
        later, other = replace(quiet, at=T0 + HOUR), replace(quiet, reason="held")
        store.incidents.record((), [quiet, later], {}, T0)
        store.incidents.record((), [later, iran], {}, T0)
        store.incidents.record((), [other, quiet], {}, T0)
        assert store.incidents.abstentions() == (quiet, iran, other, quiet)

    def test_a_detector_state_replaces_the_one_before(self, store):
        store.incidents.record((), (), {"a": b"1", "b": b"1"}, T0)
        store.incidents.record((), (), {"a": b"2"}, T0 + HOUR)
        assert store.incidents.states() == {"a": b"2", "b": b"1"}

    def test_events_without_a_draft_are_undecided_oldest_first(self, store):
        second, first = record(store, change(2), change(1))
        assert store.incidents.undecided() == (first, second)
        store.drafts.save(draft(first), PNG, (), ())
        assert store.incidents.undecided() == (second,)

    def test_what_is_not_there_is_an_error(self, store):
        for ask in ("event", "evidence", "recorded_at"):
            with pytest.raises(StoreError, match=r"there is no .*KZ-1\.1"):
                getattr(store.incidents, ask)("KZ-1.1")
