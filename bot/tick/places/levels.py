"""Reads the levels of a place from the readings in memory, up to what may be shown."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np

from bot.detection.kernel.columns import NEVER
from bot.detection.series_states import SeriesStates
from bot.model.entity import Entity, EntityKind
from bot.model.incident_report import PlaceReadings, PlaceSeries
from bot.model.signal import Panel, Signal, Values
from bot.model.watchlist import Watchlist
from bot.policy.level_rules import (
    NOTHING,
    ReleasedSpan,
    level_limit,
    related_places,
    series_limit,
)
from bot.tick.assessment import Assessor
from bot.tick.history import History

DAYS = 28
"""A page shows this many days, the present one included; days are those of UTC."""
_HOUR_S = 3600
_KINDS = (EntityKind.COUNTRY, EntityKind.ASN)
"""The kinds of entities that have a page."""


class PlaceLevelReader:
    """Reads the levels of watched countries and networks.

    Attributes:
        places: the watched countries and networks, in order.
    """

    def __init__(
        self,
        assessor: Assessor,
        history: History,
        rows: Mapping[str, tuple[Entity, ...]],
        watchlist: Watchlist,
        grace: timedelta,
    ) -> None:
        """Read from the arguments.

        Args:
            assessor: has the state of detection, and computes baselines.
            history: has the readings.
            rows: the watched entities of each signal, by signal id.
            watchlist: says which entities lie in which place.
            grace: how long to wait for a missing reading after it was due.
        """
        self._assessor = assessor
        self._history = history
        self._watchlist = watchlist
        self._grace = grace
        self._rows: dict[Entity, list[tuple[str, int]]] = {}
        for signal_id, entities in rows.items():
            for row, entity in enumerate(entities):
                if entity.kind in _KINDS:
                    self._rows.setdefault(entity, []).append((signal_id, row))
        self.places: tuple[Entity, ...] = tuple(sorted(self._rows))

    def has_levels(self) -> bool:
        """Return whether any reading was assessed."""
        return any(last != NEVER for last in self._assessor.last_bins.values())

    def related(self, place: Entity) -> frozenset[Entity]:
        """Return the places whose incidents the levels of `place` may show."""
        return related_places(place, self._watchlist)

    def read(
        self, places: Sequence[Entity], spans: Sequence[ReleasedSpan], now: datetime
    ) -> list[PlaceReadings]:
        """Return the levels of some places at `now`.

        Args:
            places: watched countries and networks.
            spans: how much of each recent incident is released.
            now: aware, UTC.
        """
        states = self._assessor.states
        return [self._read_place(place, states, spans, now) for place in places]

    def _read_place(
        self,
        place: Entity,
        states: Mapping[str, SeriesStates],
        spans: Sequence[ReleasedSpan],
        now: datetime,
    ) -> PlaceReadings:
        since, places = shown_since(now), self.related(place)
        own_spans = [span for span in spans if span.place in places]
        limit = level_limit(places, own_spans, since)
        series = []
        for signal_id, row in self._rows[place]:
            panel, own = self._history.panel(signal_id), states[signal_id]
            low = _low_after(panel.signal, own, row)
            # Readings that were not assessed yet may be the first of a drop.
            end = _end_bin(panel, own, series_limit(limit, low, places, own_spans))
            hours = hourly_means(panel, row, since, end, now)
            series.append(self._series(panel, row, end, hours, now))
        parent = self._watchlist.place_of.get(place, place)
        return PlaceReadings(
            place, now, since, tuple(series), None if parent == place else parent
        )

    def _series(
        self, panel: Panel, row: int, end: int, hours: Values, now: datetime
    ) -> PlaceSeries:
        signal = panel.signal
        newest = newest_bin(panel, row, signal.bin_at(shown_since(now)), end)
        if newest is None:
            return PlaceSeries(signal, None, None, hours)
        read_at = signal.last_instant_of(newest)
        level: float | None = None
        if now < signal.current_until(read_at, self._grace):
            trace = self._assessor.trace(panel, row, signal.start_of(newest))
            level = trace.comparable_levels[0] if trace.values else None
        return PlaceSeries(signal, level, read_at, hours)


def shown_since(now: datetime) -> datetime:
    """Return the start of the time that pages show: midnight, UTC, `DAYS` - 1 days ago."""
    today = datetime(now.year, now.month, now.day, tzinfo=UTC)
    return today - timedelta(days=DAYS - 1)


def newest_bin(panel: Panel, row: int, since: int, end: int) -> int | None:
    """Return the newest bin with a reading in [since, end); None if there is none."""
    first, last = max(since, panel.first), min(end, panel.last + 1)
    if last <= first:
        return None
    is_known = ~np.isnan(panel.values[row, first - panel.first : last - panel.first])
    # `argmax` returns the first True of the reversed array, in which the newest is first.
    back = int(np.argmax(is_known[::-1]))
    return last - 1 - back if is_known[len(is_known) - 1 - back] else None


def hourly_means(
    panel: Panel, row: int, since: datetime, end: int, now: datetime
) -> Values:
    """Return the mean of a row's readings in each hour from `since` to `now`.

    A bin belongs to the hour in which it begins; a bin that is longer than an hour
    belongs to each hour that begins in it.

    Args:
        panel: the readings of one signal.
        row: the row of the series.
        since: the start of the first hour; aware, UTC.
        end: bins from this number on are left out.
        now: the last hour contains this time.

    Returns:
        Shape (hours,), float32; NaN for an hour without a reading (P5).
    """
    signal = panel.signal
    hours = int((now - since).total_seconds()) // _HOUR_S + 1
    start = int(since.timestamp() - signal.phase.total_seconds())
    if signal.step_s > _HOUR_S:
        bins = (start + np.arange(hours) * _HOUR_S) // signal.step_s
        first = int(bins[0])
        values = panel.readings_of_row(row, first, max(first, end))
        inside = bins < first + len(values)
        means = np.full(hours, np.nan, dtype=np.float32)
        means[inside] = values[bins[inside] - first]
        return means
    first = -(-start // signal.step_s)
    values = panel.readings_of_row(row, first, max(first, end))
    number = ((first + np.arange(len(values))) * signal.step_s - start) // _HOUR_S
    is_known = ~np.isnan(values) & (number < hours)
    number = number[is_known]
    sums = np.bincount(number, values[is_known], hours)
    counts = np.bincount(number, minlength=hours)
    with np.errstate(invalid="ignore"):
        return np.asarray(sums / counts, dtype=np.float32)


def _low_after(signal: Signal, states: SeriesStates, row: int) -> datetime | None:
    """Return the instant after which a series is low; None if it is not low now."""
    state = states.state_of_row(row)
    if not (state.dropped or state.run):
        return None
    good = state.onset_good if state.dropped else state.good
    return NOTHING if good == NEVER else signal.last_instant_of(good)


def _end_bin(panel: Panel, states: SeriesStates, limit: datetime | None) -> int:
    """Return the number of the bin after the last bin that may be shown."""
    end = min(states.index, panel.last) + 1
    if limit is None:
        return end
    if limit == NOTHING:
        return panel.first
    signal = panel.signal
    # The bin that contains the limit describes times after it.
    shown = signal.bin_at(limit)
    last = shown if signal.last_instant_of(shown) <= limit else shown - 1
    return min(end, last + 1)
