"""What else could this be? Named questions, asked before anything is confirmed.

Each answer is recorded with the verdict. A "yes, it could" to one of `BLOCKING`
keeps the verdict from Confirmed until a person looks (P1, P7).
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
    }
)
# These keep a verdict waiting also while nobody can answer them.
WAITED_FOR = frozenset({CheckName.ADDRESSES_WITHOUT_PEOPLE})
_SERVICE = frozenset({Family.ACTIVE_PROBING, Family.TRAFFIC})
_NETWORK = frozenset({Family.ACTIVE_PROBING, Family.CONTROL_PLANE})
_ROUTES = frozenset({Family.CONTROL_PLANE, Family.TELESCOPE})
PEOPLE = frozenset({Family.TRAFFIC, Family.TELEMETRY})
# Only where addresses are counted can they move from one place to another.
COUNTED = frozenset({Family.ACTIVE_PROBING, Family.CONTROL_PLANE})
_ADDRESSES = frozenset({*_NETWORK, Family.TELESCOPE})
_HARDLY = 0.7
_LASTING = timedelta(days=7)
_SHALLOW = 0.5
# Below so many times the least that can be judged, few networks are the whole place.
FEW = 2.0
# A twin gains between these shares of what was lost, beyond this many spreads.
_TWIN = (0.6, 1.4)
_TWIN_SPREADS = 4.0


@dataclass(frozen=True, slots=True)
class Expected:
    """A window in which a drop is foreseen: exams, announced works, a holiday."""

    place: Entity
    window: Interval
    what: str


def ask(
    own: tuple[Finding, ...], fell: tuple[Family, ...], at: datetime
) -> tuple[Check, ...]:
    """The questions that the place's own findings can answer.

    Args:
        own: findings of the place itself.
        fell: the families that fell together.
        at: when the verdict is made.
    """
    if not fell:
        return ()
    return (
        _clock(own, at),
        _partial(own, fell),
        _one_sided(CheckName.ROUTES_WITHOUT_SERVICE, own, fell, _ROUTES, _SERVICE),
        _one_sided(CheckName.PEOPLE_WITHOUT_NETWORK, own, fell, PEOPLE, _NETWORK),
        Check(CheckName.ONE_VANTAGE, set(fell) != {Family.ACTIVE_PROBING}),
        _level_shift(own, at),
        _leased(own, fell),
    )


def _clock(own: tuple[Finding, ...], at: datetime) -> Check:
    """Whether what fell did so in this order: the fall, the newest bin, now."""
    down = [f for f in own if f.state is SeriesState.DROPPED and f.onset is not None]
    odd = [f.signal for f in down if f.onset and not f.onset.until <= f.as_of <= at]
    return Check(CheckName.CLOCK, passed=not odd, note=", ".join(odd))


def _partial(own: tuple[Finding, ...], fell: tuple[Family, ...]) -> Check:
    """Whether some fall shows in more than its newest bin, which may be half full."""
    shown = any(f.sustained for f in own if f.family in fell)
    note = "" if shown else "seen in the newest bin alone"
    return Check(CheckName.PARTIAL_BIN, passed=shown, note=note)


def sympathetic(parts: tuple[Finding, ...]) -> frozenset[Entity]:
    """The networks that seem a little down only because another one is.

    Their people are missed (they call the one that is down, or blame their own), while
    their own addresses are seen to stand: who reads reports alone blames them too.
    """
    lost = {
        f.entity
        for f in parts
        if f.state is SeriesState.DROPPED and f.family in COUNTED
    }
    if not lost:
        return frozenset()
    stand = {
        f.entity
        for f in parts
        if f.state is SeriesState.ORDINARY
        and f.family in COUNTED
        and f.entity not in lost
    }
    people = [f for f in parts if f.state is SeriesState.DROPPED and f.family in PEOPLE]
    deep = {f.entity for f in people if (f.smoothed_level or 0.0) < _SHALLOW}
    return frozenset({f.entity for f in people} & stand - deep)


def _one_sided(
    name: CheckName,
    own: tuple[Finding, ...],
    fell: tuple[Family, ...],
    side: frozenset[Family],
    other: frozenset[Family],
) -> Check:
    """Fails if only `side` fell while `other` was seen to read ordinary since."""
    if not set(fell) <= side:
        return Check(name, passed=True)
    onsets = [f.onset for f in own if f.state is SeriesState.DROPPED and f.onset]
    begun = max((onset.until for onset in onsets), default=None)
    stand = [
        f
        for f in own
        if f.family in other - set(fell)
        and f.state is SeriesState.ORDINARY
        and (begun is None or f.as_of >= begun)
    ]
    if not stand:
        return Check(name, passed=None, note="nobody else can tell yet")
    names = ", ".join(sorted({f.family for f in stand}))
    return Check(name, passed=False, note=f"ordinary all the while: {names}")


def _leased(own: tuple[Finding, ...], fell: tuple[Family, ...]) -> Check:
    """A shallow loss of addresses waits for the traffic to say whether people lost.

    Space that is leased away, or renumbered at home, leaves routes and probing at
    once and for good; nobody's connection goes with it.
    """
    name = CheckName.ADDRESSES_WITHOUT_PEOPLE
    down = [f for f in own if f.state is SeriesState.DROPPED and f.onset is not None]
    traffic = [
        f
        for f in own
        if f.family is Family.TRAFFIC and f.state is not SeriesState.UNKNOWN
    ]
    shallow = all((f.smoothed_level or 0.0) >= _HARDLY for f in down)
    if not (set(fell) <= _ADDRESSES and shallow and traffic):
        return Check(name, passed=True)
    begun = max(f.onset.until for f in down if f.onset is not None)
    if not any(f.state is SeriesState.ORDINARY and f.as_of >= begun for f in traffic):
        return Check(name, passed=None, note="traffic has not told yet")
    return Check(name, passed=False, note="traffic is ordinary all the while")


def _level_shift(own: tuple[Finding, ...], at: datetime) -> Check:
    """A shallow drop that lasts for a week may be a lasting change and no outage."""
    lasting = [
        f
        for f in own
        if f.state is SeriesState.DROPPED
        and f.onset is not None
        and at - f.onset.until >= _LASTING
        and (f.level or 0.0) >= _SHALLOW
    ]
    note = "shallow for over a week" if lasting else ""
    return Check(CheckName.LEVEL_SHIFT, passed=not lasting, note=note)


def foreseen(
    calendar: Iterable[Expected], place: Entity, onset: Interval | None
) -> Check:
    """Whether the drop begins in a window in which one was expected."""
    if onset is None:
        return Check(CheckName.EXPECTED_EVENT, passed=None)
    named = [e.what for e in calendar if e.place == place and e.window.overlaps(onset)]
    return Check(CheckName.EXPECTED_EVENT, passed=not named, note="; ".join(named))


def swollen(
    seen: BinReadings, whole: npt.NDArray[np.bool_], level: float, least: int
) -> bool:
    """Whether a source reads high everywhere: what comes back with it may be its fault.

    Args:
        seen: how its newest bin reads.
        whole: which rows are places.
        level: the median level, below ordinary, at which a source is taken to be ill;
            above ordinary it is as far off.
        least: the fewest places from which that can be told.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        ratios = (seen.read / seen.expected)[whole]
    known = ratios[np.isfinite(ratios)]
    return len(known) >= least and float(np.median(known)) > 1 / level


def twin(
    seen: BinReadings,
    row: int,
    others: npt.NDArray[np.bool_],
    before: Floats,
) -> int:
    """The row among `others` that rises as `row` falls, or -1.

    Addresses that are placed elsewhere by a new map, or move to a sibling network,
    are lost by one and gained by another in equal measure, at the same time: whoever
    stood as high `before` (the readings of the last good bin) took nothing over.
    """
    lost = float(seen.expected[row] - seen.read[row])
    if not lost > 0:
        return -1
    with np.errstate(invalid="ignore"):
        gain = seen.read - seen.expected
        like = (gain >= _TWIN[0] * lost) & (gain <= _TWIN[1] * lost)
        clear = gain > _TWIN_SPREADS * seen.spread
        clear &= before - seen.expected < 0.5 * gain
    found = np.flatnonzero(like & clear & others)
    return int(found[0]) if len(found) else -1
