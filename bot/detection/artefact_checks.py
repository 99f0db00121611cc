"""Artefact checks that need more than the findings of one place."""

from collections.abc import Iterator, Mapping

import numpy as np

from bot.detection import artefacts, day_shapes
from bot.detection.snapshot import Flags, Snapshot
from bot.model.entity import Entity, EntityKind
from bot.model.verdict import Check, CheckName, Finding, SeriesState
from bot.model.watchlist import Watchlist


class ArtefactChecks:
    """The artefact checks that look at other places, past weeks or a calendar."""

    def __init__(
        self,
        rows: Mapping[str, tuple[Entity, ...]],
        watchlist: Watchlist,
        calendar: tuple[artefacts.Expected, ...],
    ) -> None:
        """Derive which rows of each signal are places, and which are parts of a place.

        Args:
            rows: by signal id, the entity of each row of the signal's readings.
            watchlist: states which place each entity belongs to.
            calendar: places, with the windows of time in which a drop is expected.
        """
        self._rows = rows
        self._calendar = calendar
        place_of = watchlist.place_of
        self._place = {i: [place_of[e] for e in rows[i]] for i in rows}
        self._is_place = {
            i: np.array([place_of[e] == e for e in rows[i]], dtype=np.bool_)
            for i in rows
        }

    def source_health(
        self, findings: list[Finding], snapshot: Snapshot
    ) -> tuple[Check, ...]:
        """Return one check per signal of the findings: is its source healthy (P6)?"""
        used = {f.signal for f in findings}
        return tuple(
            Check(
                name=CheckName.SOURCE_HEALTH,
                signal=signal_id,
                # With too few places to compare, the result is unknown and not a pass
                # (P5).
                passed=None if health.unhealthy is None else not health.unhealthy,
                note=health.reason or "",
            )
            for signal_id, health in snapshot.health.items()
            if signal_id in used
        )

    def expected_event(
        self, place: Entity, findings: list[Finding]
    ) -> tuple[Check, ...]:
        """Check that the latest drop did not begin in a window of the calendar.

        The latest drop is that of the place or of one of its parts. The result is () if
        the calendar is empty.
        """
        if not self._calendar:
            return ()
        onset = max((f.onset for f in findings if f.onset is not None), default=None)
        return (artefacts.expected_event_check(self._calendar, place, onset),)

    def compare(
        self, place: Entity, findings: list[Finding], snapshot: Snapshot
    ) -> tuple[Check, ...]:
        """Run the expensive checks: comparisons with other places and past weeks.

        Args:
            place: the place that is assessed.
            findings: the findings of the place and of its parts.
            snapshot: the state of detection from which the findings were made.
        """
        dropped = [f for f in findings if f.state is SeriesState.DROPPED]
        own = [f for f in dropped if f.entity == place]
        return (
            *self._moved_addresses(place, dropped, snapshot),
            *_people_away(own, snapshot),
            *_population(own, snapshot),
            self._source_rise(findings, snapshot),
        )

    def _source_rise(self, findings: list[Finding], snapshot: Snapshot) -> Check:
        """Check that no signal with a recovered series reads high in most places.

        If it does, the source may have raised its readings, and the recovery may be no
        recovery.
        """
        # Only signals with a recovered series are checked: in other signals, a rise in
        # most places cannot be mistaken for a recovery.
        returned = {
            f.signal
            for f in findings
            if f.state is SeriesState.ORDINARY and f.recovered is not None
        }
        high = [
            i for i in sorted(returned) if snapshot.reads_high(i, self._is_place[i])
        ]
        return Check(CheckName.SOURCE_RISE, passed=not high, note=", ".join(high))

    def _moved_addresses(
        self, place: Entity, dropped: list[Finding], snapshot: Snapshot
    ) -> tuple[Check, ...]:
        """Make two checks: that no other series gained what a series in a drop lost.

        A gain in another place points to a new geolocation database. A gain in another
        part of the same place points to renumbering.
        """
        notes = {CheckName.GEOLOCATION: "", CheckName.RENUMBERING: ""}
        for f in dropped:
            # Only what counts addresses or routes can lose them to another series.
            if f.family not in artefacts.NETWORK_FAMILIES:
                continue
            own = f.entity == place
            # Renumbering takes addresses from a network, so the loss of a region is
            # not compared.
            if not own and f.entity.kind is not EntityKind.ASN:
                continue
            others, readings = self._others(f, place), snapshot.readings(f.signal)
            row, before = snapshot.row(f), snapshot.before(f)
            gaining = artefacts.gaining_row(readings, row, others, before)
            if gaining is not None:
                name = CheckName.GEOLOCATION if own else CheckName.RENUMBERING
                notes[name] = f"{self._rows[f.signal][gaining]} rose as {f.entity} fell"
        return tuple(Check(n, passed=not note, note=note) for n, note in notes.items())

    def _others(self, f: Finding, place: Entity) -> Flags:
        """Mark the rows of the signal that may have gained what the series of `f` lost.

        If `f` is a finding of the place itself, the rows of all other places are
        marked. If `f` is a finding of a part, the rows of the place's parts are marked.
        """
        same = np.array([p == place for p in self._place[f.signal]], dtype=np.bool_)
        is_place = self._is_place[f.signal]
        return is_place & ~same if f.entity == place else ~is_place & same


def _people_away(dropped: list[Finding], snapshot: Snapshot) -> Iterator[Check]:
    """Check that neither a holiday nor a changed clock explains the place's drops.

    A holiday or a changed clock affects people and not the network. So if a signal that
    does not measure people fell too, both checks pass. Without a drop, neither check is
    made.

    Args:
        dropped: the findings of the place's own series that are in a drop.
        snapshot: the state of detection from which the findings were made.
    """
    if not dropped:
        return
    people = [f for f in dropped if f.family in artefacts.PEOPLE_FAMILIES]
    pasts = [] if len(people) < len(dropped) else [snapshot.past(f) for f in people]
    # `all` of an empty list is True, but an empty list must not fail a check.
    day = bool(pasts) and all(map(day_shapes.like_another_day, pasts))
    hour = bool(pasts) and all(map(day_shapes.like_another_hour, pasts))
    yield Check(CheckName.SEASON, not day, "as low at these hours on other days" * day)
    yield Check(CheckName.CLOCK_CHANGE, not hour, "ordinary if moved by an hour" * hour)


def _population(dropped: list[Finding], snapshot: Snapshot) -> Iterator[Check]:
    """Check that the place does not consist of only a few networks.

    Args:
        dropped: the findings of the place's own series that are in a drop.
        snapshot: the state of detection from which the findings were made.
    """
    # If the unit of a signal is not a count, its minimum is 0. Such a signal does not
    # show how large the place is, so it is left out.
    counted = [f for f in dropped if snapshot.minimum(f) > 0]
    if not counted:
        return
    enough = any(
        snapshot.baseline(f) >= artefacts.POPULATION_FACTOR * snapshot.minimum(f)
        for f in counted
    )
    note = "" if enough else "few networks are the whole place"
    yield Check(CheckName.POPULATION, passed=enough, note=note)
