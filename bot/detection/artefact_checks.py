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
        calendar: tuple[artefacts.ExpectedEvent, ...],
    ) -> None:
        """Mark which rows of each signal are places, and which are parts of a place.

        Args:
            rows: by signal id, the entity of each row of the signal's readings.
            watchlist: gives the place of each entity.
            calendar: the times in which a drop is expected, each with its place.
        """
        self._rows = rows
        self._calendar = calendar
        place_of = watchlist.place_of
        self._place = {i: [place_of[e] for e in rows[i]] for i in rows}
        self._is_place = {
            i: np.array([place_of[e] == e for e in rows[i]], dtype=np.bool_)
            for i in rows
        }

    def source_health_checks(
        self, findings: list[Finding], snapshot: Snapshot
    ) -> tuple[Check, ...]:
        """Check for each signal of the findings whether its source is healthy (P6).

        Args:
            findings: the findings whose signals are checked.
            snapshot: the state of detection from which the findings were made.
        """
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

    def expected_event_checks(
        self, place: Entity, findings: list[Finding]
    ) -> tuple[Check, ...]:
        """Check that the latest drop did not begin during an event of the calendar.

        Of all drops of the place and of its parts, the latest is the one that began
        last. The result is () if the calendar is empty.
        """
        if not self._calendar:
            return ()
        onset = max((f.onset for f in findings if f.onset is not None), default=None)
        return (artefacts.expected_event_check(self._calendar, place, onset),)

    def expensive_checks(
        self, place: Entity, findings: list[Finding], snapshot: Snapshot
    ) -> tuple[Check, ...]:
        """Make the expensive checks, which compare with other places and past weeks.

        Args:
            place: the place that is assessed.
            findings: the findings of the place and of its parts.
            snapshot: the state of detection from which the findings were made.
        """
        dropped = [f for f in findings if f.state is SeriesState.DROPPED]
        own = [f for f in dropped if f.entity == place]
        return (
            *self._moved_address_checks(place, dropped, snapshot),
            *_season_and_clock_checks(own, snapshot),
            *_population_checks(own, snapshot),
            self._source_rise_check(findings, snapshot),
        )

    def _source_rise_check(self, findings: list[Finding], snapshot: Snapshot) -> Check:
        """Check that no signal of a recovered series reads high in most places.

        If a source raises its readings everywhere, a series may look recovered without
        being so.
        """
        # Other signals are not checked: without a recovered series, a rise in most
        # places cannot be mistaken for a recovery.
        returned = {
            f.signal
            for f in findings
            if f.state is SeriesState.ORDINARY and f.recovered is not None
        }
        high = [
            i for i in sorted(returned) if snapshot.reads_high(i, self._is_place[i])
        ]
        return Check(CheckName.SOURCE_RISE, passed=not high, note=", ".join(high))

    def _moved_address_checks(
        self, place: Entity, dropped: list[Finding], snapshot: Snapshot
    ) -> tuple[Check, ...]:
        """Make two checks that no other series gained what a series in a drop lost.

        The check for geolocation fails if another place gained: a new database may have
        moved addresses there. The check for renumbering fails if another part of the
        same place gained.
        """
        notes = {CheckName.GEOLOCATION: "", CheckName.RENUMBERING: ""}
        for f in dropped:
            # Only series of these families count addresses or routes, which can move to
            # another series.
            if f.family not in artefacts.NETWORK_FAMILIES:
                continue
            own = f.entity == place
            # Renumbering moves the addresses of a network. So a part that is not a
            # network is skipped.
            if not own and f.entity.kind is not EntityKind.ASN:
                continue
            others, readings = (
                self._rows_that_may_gain(f, place),
                snapshot.readings(f.signal),
            )
            row, before = snapshot.row_of(f), snapshot.readings_before_drop(f)
            gaining = artefacts.gaining_row(readings, row, others, before)
            if gaining is not None:
                name = CheckName.GEOLOCATION if own else CheckName.RENUMBERING
                notes[name] = f"{self._rows[f.signal][gaining]} rose as {f.entity} fell"
        return tuple(Check(n, passed=not note, note=note) for n, note in notes.items())

    def _rows_that_may_gain(self, finding: Finding, place: Entity) -> Flags:
        """Mark the rows of the signal that may have gained what the series of `finding` lost.

        For a finding of the place itself, these are the rows of all other places. For a
        finding of a part, they are the rows of the place's parts.
        """
        same = np.array(
            [p == place for p in self._place[finding.signal]], dtype=np.bool_
        )
        is_place = self._is_place[finding.signal]
        return is_place & ~same if finding.entity == place else ~is_place & same


def _season_and_clock_checks(
    dropped: list[Finding], snapshot: Snapshot
) -> Iterator[Check]:
    """Check that neither a holiday nor a changed clock explains the place's drops.

    Holidays and changed clocks affect people, not the network. So both checks pass if a
    drop is in a family that does not measure people. Without a drop, neither check is
    made.

    Args:
        dropped: the findings of the place's own series that are in a drop.
        snapshot: the state of detection from which the findings were made.
    """
    if not dropped:
        return
    people = [f for f in dropped if f.family in artefacts.PEOPLE_FAMILIES]
    pasts = (
        []
        if len(people) < len(dropped)
        else [snapshot.past_readings(f) for f in people]
    )
    # `all` of an empty list is True. So an empty list is tested first: without past
    # readings both checks pass.
    day = bool(pasts) and all(map(day_shapes.is_as_low_on_other_days, pasts))
    hour = bool(pasts) and all(map(day_shapes.is_normal_at_another_hour, pasts))
    yield Check(CheckName.SEASON, not day, "as low at these hours on other days" * day)
    yield Check(CheckName.CLOCK_CHANGE, not hour, "ordinary if moved by an hour" * hour)


def _population_checks(dropped: list[Finding], snapshot: Snapshot) -> Iterator[Check]:
    """Check that the place has more than a few networks.

    In a place of a few networks, one network that fails looks like an outage of the
    place.

    Args:
        dropped: the findings of the place's own series that are in a drop.
        snapshot: the state of detection from which the findings were made.
    """
    # A signal whose unit is not a count has the minimum 0. Such a signal does not show
    # how large the place is, so its findings are left out.
    counted = [f for f in dropped if snapshot.minimum_of(f) > 0]
    if not counted:
        return
    enough = any(
        snapshot.baseline_of(f) >= artefacts.POPULATION_FACTOR * snapshot.minimum_of(f)
        for f in counted
    )
    note = "" if enough else "few networks are the whole place"
    yield Check(CheckName.POPULATION, passed=enough, note=note)
