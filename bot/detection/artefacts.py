"""Artefact checks: could a drop come from the measurement instead of the network?

Each result is recorded with the verdict. A failed check in `BLOCKING` prevents the
outcome Confirmed (P1, P7). `bot.evaluation.threshold_provenance` states where each
limit comes from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.detection.kernel.columns import Floats
from bot.detection.kernel_calls import BinReadings
from bot.model.entity import Entity
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import Check, CheckName, Finding, SeriesState

# BLOCKING does not contain LEVEL_SHIFT and POPULATION: an event that fails one of these
# checks is sent to review. It does not contain SOURCE_HEALTH either: no drop begins in a
# bin in which the source is unhealthy.
BLOCKING = frozenset(
    {
        CheckName.GEOLOCATION,
        CheckName.RENUMBERING,
        CheckName.ROUTES_WITHOUT_SERVICE,
        CheckName.PEOPLE_WITHOUT_NETWORK,
        CheckName.EXPECTED_EVENT,
        CheckName.ADDRESSES_WITHOUT_PEOPLE,
        CheckName.CLOCK,
        CheckName.PARTIAL_BIN,
        CheckName.SEASON,
        CheckName.CLOCK_CHANGE,
        CheckName.SHARED_INPUT,
    }
)
"""Checks that prevent the outcome Confirmed if they fail."""
WAITED_FOR = frozenset({CheckName.ADDRESSES_WITHOUT_PEOPLE, CheckName.SHARED_INPUT})
"""Checks that prevent Confirmed if they fail, and while their result is unknown."""
PEOPLE_FAMILIES = frozenset({Family.TRAFFIC, Family.TELEMETRY})
"""Families that measure what people do; a holiday lowers their readings, too."""
NETWORK_FAMILIES = frozenset({Family.ACTIVE_PROBING, Family.CONTROL_PLANE})
"""Families that count addresses or routes.

Addresses and routes can move to another place or network."""
_SERVICE_FAMILIES = frozenset({Family.ACTIVE_PROBING, Family.TRAFFIC})
_ROUTING_FAMILIES = frozenset({Family.CONTROL_PLANE, Family.TELESCOPE})
_ADDRESS_FAMILIES = frozenset({*NETWORK_FAMILIES, Family.TELESCOPE})
_SHALLOW_ADDRESS_LOSS = 0.7
_SHALLOW = 0.5
CLEARLY_NORMAL = 0.95
"""The least level at which a series counts as clearly normal.

Such a series can show that a drop of another series of the same place is no outage.
"""
_MOVED_AT_MOST = 0.5
"""The largest share of a place's addresses that new geolocation assigns elsewhere."""
_STEADY = 0.1
_LASTING = timedelta(days=7)
POPULATION_FACTOR = 2.0
"""A place is small if its baseline is below this multiple of the signal's minimum."""
# A row gained what another row lost if its gain is between these two shares of the
# loss, and also more than `_GAIN_SPREADS` times the spread of the gaining row.
_GAIN_SHARES = (0.6, 1.4)
_GAIN_SPREADS = 4.0


@dataclass(frozen=True, slots=True)
class ExpectedEvent:
    """A time in which a drop is expected, such as exams, announced works or a holiday.

    Attributes:
        place: the place where the drop is expected.
        window: when the drop is expected; aware, UTC.
        what: the reason, in words for editors.
    """

    place: Entity
    window: Interval
    what: str


def own_series_checks(
    own: tuple[Finding, ...], families: tuple[Family, ...], at: datetime
) -> tuple[Check, ...]:
    """Return the checks that need only the place's own findings; () without a drop.

    Args:
        own: the findings of the place itself.
        families: the families that fell together, in the order they fell; () if none
            fell.
        at: when the newest reading behind the findings was due; aware, UTC.
    """
    if not families:
        return ()
    return (
        _clock_check(own, at),
        _partial_bin_check(own, families),
        _one_sided_check(
            CheckName.ROUTES_WITHOUT_SERVICE,
            own,
            families,
            _ROUTING_FAMILIES,
            _SERVICE_FAMILIES,
        ),
        _one_sided_check(
            CheckName.PEOPLE_WITHOUT_NETWORK,
            own,
            families,
            PEOPLE_FAMILIES,
            NETWORK_FAMILIES,
        ),
        Check(CheckName.ONE_VANTAGE, set(families) != {Family.ACTIVE_PROBING}),
        _level_shift_check(own, at),
        _addresses_without_people_check(own, families),
        _shared_input_check(own, families),
    )


def _dropped_with_onset(own: tuple[Finding, ...]) -> list[tuple[Finding, Interval]]:
    return [
        (f, f.onset)
        for f in own
        if f.state is SeriesState.DROPPED and f.onset is not None
    ]


def _clock_check(own: tuple[Finding, ...], at: datetime) -> Check:
    """Check the order of times: a drop's onset, its series' newest bin, then `at`."""
    odd = [
        f.signal
        for f, onset in _dropped_with_onset(own)
        if not onset.until <= f.as_of <= at
    ]
    return Check(CheckName.CLOCK, passed=not odd, note=", ".join(odd))


def _partial_bin_check(own: tuple[Finding, ...], families: tuple[Family, ...]) -> Check:
    """Check that a series shows its drop in two bins; the newest may be incomplete."""
    sustained = any(f.sustained for f in own if f.family in families)
    note = "" if sustained else "seen in the newest bin alone"
    return Check(CheckName.PARTIAL_BIN, passed=sustained, note=note)


def sympathetic_networks(parts: tuple[Finding, ...]) -> frozenset[Entity]:
    """Return the networks that read low only because another network is down.

    Their users cannot reach the network that is down, and report a fault of their own
    network. Such a network is recognised by this: a family that measures people fell a
    little; a family that counts addresses or routes reads normal; and no family that
    counts addresses or routes fell. If no other network lost addresses or routes, the
    result is empty.

    Args:
        parts: the findings of the networks and regions of one place.
    """
    lost = {
        f.entity
        for f in parts
        if f.state is SeriesState.DROPPED and f.family in NETWORK_FAMILIES
    }
    if not lost:
        return frozenset()
    normal = {
        f.entity
        for f in parts
        if f.state is SeriesState.ORDINARY
        and f.family in NETWORK_FAMILIES
        # A network that is down in one of these families may read normal in the other.
        and f.entity not in lost
    }
    people = [
        f
        for f in parts
        if f.state is SeriesState.DROPPED and f.family in PEOPLE_FAMILIES
    ]
    # A fault of another network lowers the series of this network only a little. So a
    # network with a deep fall has a fault of its own.
    deep = {f.entity for f in people if (f.smoothed_level or 0.0) < _SHALLOW}
    return frozenset({f.entity for f in people} & normal - deep)


def _one_sided_check(
    name: CheckName,
    own: tuple[Finding, ...],
    families: tuple[Family, ...],
    pattern_down: frozenset[Family],
    pattern_normal: frozenset[Family],
) -> Check:
    """Fail the check if only `pattern_down` fell and one of `pattern_normal` is normal.

    The check passes if any other family is down too. The result is unknown if no family
    of `pattern_normal` has a normal reading from after the start of the drop.

    Args:
        name: the name of the check.
        own: the findings of the place itself.
        families: the families that are down.
        pattern_down: the families that are down in the pattern that the check looks for.
        pattern_normal: the families that read normal in this pattern.
    """
    if not set(families) <= pattern_down:
        return Check(name, passed=True)
    begun = max((onset.until for _, onset in _dropped_with_onset(own)), default=None)
    normal = [
        f
        for f in own
        if f.family in pattern_normal - set(families)
        and f.state is SeriesState.ORDINARY
        # A reading from before the drop says nothing about the drop.
        and (begun is None or f.as_of >= begun)
    ]
    if not normal:
        return Check(name, passed=None, note="no other family can tell yet")
    names = ", ".join(sorted({f.family for f in normal}))
    return Check(name, passed=False, note=f"no drop in: {names}")


def _addresses_without_people_check(
    own: tuple[Finding, ...], families: tuple[Family, ...]
) -> Check:
    """Fail the check if addresses fell a little while traffic stayed clearly normal.

    If addresses are renumbered, or leased to another network, they disappear from
    routing and probing at once and for good. But nobody loses a connection. The result
    is unknown until traffic has a clearly normal reading from after the beginning of
    all drops of the place. The check passes if no traffic can be assessed, if a family that
    does not count addresses fell too, or if a drop is deep.
    """
    name = CheckName.ADDRESSES_WITHOUT_PEOPLE
    dropped = _dropped_with_onset(own)
    traffic = _assessed_traffic(own)
    shallow = all(
        (f.smoothed_level or 0.0) >= _SHALLOW_ADDRESS_LOSS for f, _ in dropped
    )
    # Without traffic that can be assessed, the check passes. An unknown result would
    # prevent the outcome Confirmed, possibly forever.
    if not (set(families) <= _ADDRESS_FAMILIES and shallow and traffic):
        return Check(name, passed=True)
    if not _stayed_normal(traffic, max(onset.until for _, onset in dropped)):
        return Check(name, passed=None, note="traffic cannot tell")
    return Check(name, passed=False, note="traffic is normal")


def _assessed_traffic(own: tuple[Finding, ...]) -> list[Finding]:
    return [
        f
        for f in own
        if f.family is Family.TRAFFIC and f.state is not SeriesState.UNKNOWN
    ]


def _stayed_normal(traffic: Iterable[Finding], fall_end: datetime) -> bool:
    """Whether a traffic series reads clearly normal after `fall_end`, with no drop since.

    A series of traffic may be far below its baseline without being in a drop, because
    traffic varies much. So the level is tested too.

    Args:
        traffic: the findings of traffic.
        fall_end: the time after which the readings count; aware, UTC.
    """
    return any(
        f.state is SeriesState.ORDINARY
        and f.as_of >= fall_end
        and (f.level or 0.0) >= CLEARLY_NORMAL
        and (f.recovered is None or f.recovered.until <= fall_end)
        for f in traffic
    )


def _shared_input_check(
    own: tuple[Finding, ...], families: tuple[Family, ...]
) -> Check:
    """Fail the check if all drops look like a change in one input that they share.

    An input is for example a map of addresses. If this map changes, the counts of all
    families that use the map fall in the same bin and stay at the new level, but
    traffic stays normal. If the drops look like this, the check fails once traffic has a
    clearly normal reading from after the fall; until then its result is unknown. The check
    passes if the drops do not look like this, or if no traffic series was assessed.
    """
    name = CheckName.SHARED_INPUT
    dropped = [(f, o) for f, o in _dropped_with_onset(own) if f.family in families]
    inputs = [set(f.inputs) for f, _ in dropped]
    shared = set.intersection(*inputs) if inputs else set()
    traffic = _assessed_traffic(own)
    alike = len(dropped) > 1 and shared and _looks_like_changed_map(dropped)
    if not alike or not traffic:
        return Check(name, passed=True)
    normal = _stayed_normal(traffic, max(onset.until for _, onset in dropped))
    note = f"one step in all signals that share: {', '.join(sorted(shared))}"
    return Check(name, passed=False if normal else None, note=note)


def _looks_like_changed_map(drops: list[tuple[Finding, Interval]]) -> bool:
    """Whether the drops look like a changed map of addresses.

    They do if all of this is true: the drops may have begun at the same time, each series
    is near the lowest level of its drop, and no series has lost a larger share than a
    changed map may assign to other places (`_MOVED_AT_MOST`).
    """
    together = max(onset.since for _, onset in drops) < min(
        onset.until for _, onset in drops
    )
    steady = all(
        f.level is not None
        and f.lowest is not None
        and f.level - f.lowest < _STEADY
        and f.level > 1 - _MOVED_AT_MOST
        for f, _ in drops
    )
    return together and steady


def _level_shift_check(own: tuple[Finding, ...], at: datetime) -> Check:
    """Fail the check if a shallow drop is a week old: it may be a new level."""
    lasting = [
        f
        for f, onset in _dropped_with_onset(own)
        if at - onset.until >= _LASTING and (f.level or 0.0) >= _SHALLOW
    ]
    note = "shallow for over a week" if lasting else ""
    return Check(CheckName.LEVEL_SHIFT, passed=not lasting, note=note)


def expected_event_check(
    calendar: Iterable[ExpectedEvent], place: Entity, onset: Interval | None
) -> Check:
    """Check that `onset` overlaps no event that the calendar expects in `place`.

    The result is unknown if `onset` is None.
    """
    if onset is None:
        return Check(CheckName.EXPECTED_EVENT, passed=None)
    named = [e.what for e in calendar if e.place == place and e.window.overlaps(onset)]
    return Check(CheckName.EXPECTED_EVENT, passed=not named, note="; ".join(named))


def reads_high_in_most_places(
    readings: BinReadings,
    is_place: npt.NDArray[np.bool_],
    unhealthy_below: float,
    least_places: int,
) -> bool:
    """Whether a signal reads high in most places, so that a recovery may be false.

    Args:
        readings: the readings and baselines of all rows of the signal in one bin.
        is_place: shape (rows,): True for each row that is a place, False for each row that
            is a part of a place.
        unhealthy_below: a source is unhealthy if its median level is below this (1.0 is
            normal). The signal reads high if its median level is above 1 /
            `unhealthy_below`.
        least_places: how many places must have a level; with fewer, the result is False.
    """
    # A row without a baseline gives NaN or infinity, and is left out below.
    with np.errstate(invalid="ignore", divide="ignore"):
        levels = (readings.read / readings.expected)[is_place]
    finite = levels[np.isfinite(levels)]
    if len(finite) < least_places:
        return False
    return float(np.median(finite)) > 1 / unhealthy_below


def gaining_row(
    readings: BinReadings,
    row: int,
    may_have_gained: npt.NDArray[np.bool_],
    readings_before: Floats,
) -> int | None:
    """Return the first row that gained what `row` lost; None if no row did.

    A new geolocation database may put addresses in another place, or addresses may move
    to a sibling network (Richter et al., IMC 2018). Then one row loses about as many
    addresses as another row gains at the same time. A row that was high before the drop
    gained nothing in the drop.

    Args:
        readings: the readings and baselines of all rows in the newest bin.
        row: the row that is in a drop.
        may_have_gained: shape (rows,): True for each row that may have gained.
        readings_before: shape (rows,): the reading of each row in the last bin before the
            drop of `row` in which `row` was not low.
    """
    lost = float(readings.expected[row] - readings.read[row])
    # `not lost > 0` is also true for NaN. So a missing reading or baseline ends the
    # search too.
    if not lost > 0:
        return None
    with np.errstate(invalid="ignore"):
        gain = readings.read - readings.expected
        similar = (gain >= _GAIN_SHARES[0] * lost) & (gain <= _GAIN_SHARES[1] * lost)
        clear = gain > _GAIN_SPREADS * readings.spread
        clear &= readings_before - readings.expected < 0.5 * gain
    rows = np.flatnonzero(similar & clear & may_have_gained)
    return int(rows[0]) if len(rows) else None
