"""What every followed series shows at one instant of a walk."""

from collections.abc import Mapping
from datetime import datetime

import numpy as np
import numpy.typing as npt

from bot.detection import artefacts, findings
from bot.detection.batch import DetectionBatch
from bot.detection.day_shapes import Past
from bot.detection.kernel.drops import BinReadings
from bot.detection.kernel.inputs import Record
from bot.detection.source_health import Health
from bot.detection.thresholds import Thresholds
from bot.model.entity import Entity
from bot.model.incident import Trace
from bot.model.signal import Family, Signal, Values
from bot.model.verdict import Finding
from bot.model.watchlist import Watchlist

Flags = npt.NDArray[np.bool_]


class Snapshot:
    """Stands at an instant, and is moved from one to the next.

    Attributes:
        health: by signal, whether it could be believed in its last judged bin.
    """

    def __init__(
        self,
        signals: Mapping[str, Signal],
        rows: Mapping[str, tuple[Entity, ...]],
        watch: Watchlist,
        thresholds: Thresholds,
    ) -> None:
        """Know which rows speak of which place."""
        self._signals = signals
        self._watch = watch
        self._thresholds = thresholds
        self._row = {i: {e: row for row, e in enumerate(rows[i])} for i in signals}
        self._members = _members(rows, watch)
        self._stretches: dict[str, DetectionBatch] = {}
        self._at: dict[str, int] = {}
        self.health = {i: Health(None, "not asked yet") for i in signals}

    def begin(self, stretches: dict[str, DetectionBatch]) -> None:
        """Stand before the first bin of these stretches."""
        self._stretches = stretches
        self._at = {i: stretch.bins.start - 1 for i, stretch in stretches.items()}

    def move(self, due: Mapping[str, int]) -> None:
        """Go on to these bins; the other signals stay where they are."""
        self._at |= due
        for signal_id, index in due.items():
            self.health[signal_id] = self._stretches[signal_id].health(index)

    def follow(self, places: list[Entity]) -> None:
        """Keep the states of all that speaks of these places, after each bin."""
        rows: dict[str, list[int]] = {i: [] for i in self._signals}
        for place in places:
            for signal_id, row in self._members.get(place, ()):
                rows[signal_id].append(row)
        for signal_id, stretch in self._stretches.items():
            stretch.follow(rows[signal_id])

    def instants(self) -> list[tuple[datetime, dict[str, int]]]:
        """Due times, oldest first, each with the bins that fall due then."""
        due: dict[datetime, dict[str, int]] = {}
        for signal_id, stretch in self._stretches.items():
            signal = self._signals[signal_id]
            for index in stretch.bins:
                due.setdefault(signal.due_at(index), {})[signal_id] = index
        return sorted(due.items(), key=lambda told: told[0])

    def dropped(self, place: Entity) -> bool:
        """Whether a series of the place, or of its parts, is in a drop."""
        return any(
            self._state(signal_id, row)["dropped"]
            for signal_id, row in self._members.get(place, ())
        )

    def findings(self, place: Entity) -> list[Finding]:
        """What the series of the place and its parts show."""
        return [
            findings.finding(
                self._signals[signal_id],
                *self._stretches[signal_id].after(row, self._at[signal_id]),
                self._thresholds,
            )
            for signal_id, row in self._members.get(place, ())
        ]

    def row(self, f: Finding) -> int:
        """The row of a finding's series."""
        return self._row[f.signal][f.entity]

    def look(self, signal_id: str) -> BinReadings:
        """How the last judged bin of a signal reads, in all rows."""
        return self._stretches[signal_id].look(self._at[signal_id])

    def swollen(self, signal_id: str, whole: Flags) -> bool:
        """Whether a signal reads high in all places (the rows in `whole`)."""
        told, routes = self._thresholds, Family.CONTROL_PLANE
        ill = self._signals[signal_id].family is routes
        level = told.ill_routes if ill else told.ill_level
        seen = self.look(signal_id)
        return artefacts.swollen(seen, whole, level, told.control_basket)

    def before(self, f: Finding) -> Values:
        """All rows as they read when a fallen series was last good."""
        good = int(self._state(f.signal, self.row(f))["onset_good"])
        return self._stretches[f.signal].column(good)

    def past(self, f: Finding) -> Past:
        """A fallen series over the last weeks."""
        return self._stretches[f.signal].past(self.row(f), self._at[f.signal])

    def least(self, f: Finding) -> float:
        """The least expected reading that can be judged; 0 where nothing is counted."""
        return self._signals[f.signal].minimum

    def trace(self, f: Finding, since: datetime) -> Trace:
        """A finding's series from `since` on."""
        network = self._watch.networks.get(f.entity)
        brand = network.brand if network else ""
        stretch = self._stretches[f.signal]
        return stretch.trace(self.row(f), self._at[f.signal], since, brand)

    def _state(self, signal_id: str, row: int) -> Record:
        states, place = self._stretches[signal_id].after(row, self._at[signal_id])
        return states.table[place]


def _members(
    rows: Mapping[str, tuple[Entity, ...]], watch: Watchlist
) -> dict[Entity, list[tuple[str, int]]]:
    """For each place the rows, by signal, that speak of it or of its parts."""
    members: dict[Entity, list[tuple[str, int]]] = {}
    for signal_id, entities in rows.items():
        for row, entity in enumerate(entities):
            members.setdefault(watch.place_of[entity], []).append((signal_id, row))
    return members
