"""The state of the followed series at one instant of a detection run."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.detection import artefacts, findings
from bot.detection.batch import SignalBatch
from bot.detection.day_shapes import PastReadings
from bot.detection.drop_times.drops import silences_of
from bot.detection.drop_times.end import precise_return
from bot.detection.drop_times.onset import precise_onset
from bot.detection.kernel.inputs import Record
from bot.detection.kernel_calls import BinReadings
from bot.detection.setup import DetectionSetup, id_of_twin
from bot.detection.source_health import Health
from bot.model.entity import Entity
from bot.model.incident import Trace
from bot.model.interval import Interval
from bot.model.signal import Family, Values
from bot.model.timeline import Drop
from bot.model.verdict import Finding

_BEFORE_ONSET = timedelta(days=7)
"""To make an onset precise, a trace is used that begins this long before the onset.

A series may stay just above the threshold for days before its drop is detected.
"""
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The state of detection at one instant; immutable.

    Attributes:
        at: when the newest of the assessed bins was due; aware, UTC.
        places: the followed places, sorted: places with a drop, and the places for
            which the caller asked.
        bins: the number of the last assessed bin, by signal id.
        health: whether the signal could be believed in its last assessed bin, by signal
            id.
        setup: the watched signals and entities.
        batches: the assessed bins of each signal, by signal id.
    """

    at: datetime
    places: tuple[Entity, ...]
    bins: Mapping[str, int]
    health: Mapping[str, Health]
    setup: DetectionSetup
    batches: Mapping[str, SignalBatch]

    def has_drop(self, place: Entity) -> bool:
        """Whether a series of the place or its parts is in a drop or a shallow drop."""
        members = self.setup.members.get(place, [])
        return any(
            self._state(signal_id, row)["dropped"]
            for signal_id, row in members + self.setup.twin_members.get(place, [])
        )

    def findings(self, place: Entity) -> list[Finding]:
        """Return the findings of the place and of its parts."""
        return [
            findings.finding_of_row(
                self.setup.signals[signal_id],
                *self.batches[signal_id].states_after(row, self.bins[signal_id]),
                self.setup.thresholds,
            )
            for signal_id, row in self.setup.members.get(place, ())
        ]

    def shallow_findings(self, place: Entity) -> list[Finding]:
        """Return the findings of the place's own series by the limits of shallow drops."""
        return [
            replace(
                findings.finding_of_row(
                    self.setup.signals[twin_id],
                    *self.batches[twin_id].states_after(row, self.bins[twin_id]),
                    self.setup.thresholds,
                ),
                signal=twin_id.removesuffix(id_of_twin("")),
                shallow=True,
            )
            for twin_id, row in self.setup.twin_members.get(place, ())
        ]

    def row_of(self, finding: Finding) -> int:
        """Return the row of a finding's series."""
        return self.setup.row_of[finding.signal][finding.entity]

    def readings(self, signal_id: str) -> BinReadings:
        """Return readings and baselines of all rows in a signal's last assessed bin."""
        return self.batches[signal_id].readings_at(self.bins[signal_id])

    def baseline_of(self, finding: Finding) -> float:
        """Return the baseline of a finding's series in the last assessed bin.

        Late in a long drop, this is the baseline that was kept from before the drop.
        """
        expected = float(self.readings(finding.signal).expected[self.row_of(finding)])
        if not math.isnan(expected):
            return expected
        return float(self._state(*self._assessed_series(finding))["kept"])

    def reads_high(self, signal_id: str, is_place: Flags) -> bool:
        """Whether the median level of a signal's places is high.

        `is_place` is True for each row of the signal that is a place, not a part.
        """
        thresholds = self.setup.thresholds
        routes = self.setup.signals[signal_id].family is Family.CONTROL_PLANE
        # Routes vary least of all families, so a smaller change of the median shows a
        # fault.
        level = thresholds.ill_routes if routes else thresholds.ill_level
        readings, least = self.readings(signal_id), thresholds.control_basket
        return artefacts.reads_high_in_most_places(readings, is_place, level, least)

    def readings_before_drop(self, finding: Finding) -> Values:
        """Return the readings of all rows in the last good bin before a finding's drop.

        The good bin is the last assessed bin before the drop in which the finding's
        series was not low. The readings are NaN if there was no such bin.
        """
        # Without such a bin, `good` is NEVER, a bin outside the panel.
        good = int(self._state(*self._assessed_series(finding))["onset_good"])
        return self.batches[finding.signal].raw_readings_at(good)

    def past_readings(self, finding: Finding) -> PastReadings:
        """Return the readings of a finding's series in the past weeks.

        The series must be in a drop.
        """
        id_, row = self._assessed_series(finding)
        return self.batches[id_].past_readings(row, self.bins[id_])

    def minimum_of(self, finding: Finding) -> float:
        """Return `Signal.minimum` of a finding's signal; 0 if its unit is no count."""
        return self.setup.signals[finding.signal].minimum

    def trace_since(self, finding: Finding, since: datetime) -> Trace:
        """Return the trace of a finding's series from `since` on."""
        network = self.setup.watchlist.networks.get(finding.entity)
        brand = network.brand if network else ""
        id_, row = self._assessed_series(finding)
        trace = self.batches[id_].trace_since(row, self.bins[id_], since, brand)
        return replace(trace, signal=finding.signal)

    def precise_onset_of(self, finding: Finding) -> Interval | None:
        """Return the onset of the last drop as precisely as the readings show it.

        The result is None if the series never had a drop.
        """
        onset = finding.onset or finding.last_onset
        if onset is None:
            return None
        trace = self.trace_since(finding, onset.since - _BEFORE_ONSET)
        return precise_onset(trace, self.setup.signals[finding.signal], onset)

    def precise_return_of(self, finding: Finding) -> Interval | None:
        """Return when a finding's series returned, as precisely as readings show it.

        The result is None if the series is in a drop, or if it never returned from one.
        """
        if finding.recovered is None:
            return None
        signal, onset = self.setup.signals[finding.signal], finding.last_onset
        fell = onset.until if onset else finding.recovered.since
        trace = self.trace_since(finding, fell - _BEFORE_ONSET)
        return precise_return(trace, signal, finding.recovered, fell)

    def drops_since(self, finding: Finding, since: datetime) -> tuple[Drop, ...]:
        """Return the drops of a finding's series that had not ended at `since`."""
        id_, row = self._assessed_series(finding)
        return self.batches[id_].drops_since(row, self.bins[id_], since)

    def silences_since(self, finding: Finding, since: datetime) -> tuple[Interval, ...]:
        """Return the spans of an hour or more in which a finding's series has no readings.

        Only the time from `since` on is searched. The oldest span comes first.
        """
        trace = self.trace_since(finding, since)
        return silences_of(trace, self.setup.signals[finding.signal])

    def _assessed_series(self, finding: Finding) -> tuple[str, int]:
        """Return the id of the assessed signal and the row of a finding's series.

        A shallow finding comes from the twin of its signal: the same readings, assessed
        with the limits for shallow drops.
        """
        id_ = id_of_twin(finding.signal) if finding.shallow else finding.signal
        return id_, self.setup.row_of[id_][finding.entity]

    def _state(self, signal_id: str, row: int) -> Record:
        # The states have only the followed rows, so `states_after` gives the row's position
        # in them.
        states, position = self.batches[signal_id].states_after(
            row, self.bins[signal_id]
        )
        return states.table[position]
