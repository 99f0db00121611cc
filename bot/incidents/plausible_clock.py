"""Whether the time that this machine shows can be right.

A clock that is ahead makes detection give up bins that have not come yet: it would be
blind until the real time has caught up. A clock that is behind posts wrong times.

The rule, in its order:

1. A server's clock agrees (the `Date` of its answers, to ten minutes): the time is
   believed, whatever else is known. This is how a suspended machine that woke goes on.
2. A stored reading is of a time that has not come: the clock is behind, and is not
   believed. Nobody has measured the future.
3. Readings reach up to the present, that is, no later than a bin is waited for: the time
   is believed, also where servers show another. Replayed data come from such servers,
   and a machine without any dated answer goes on once its sources do.
4. Servers are known, and none of them agrees: the time is not believed.
5. The clock moved by more than ten minutes against the monotonic one, or is earlier than
   the last round that was stored: it is not believed until 1 or 3 holds.
6. Nothing contradicts it: the time is believed.

So a jump that is real lasts until the first source answers, and no longer; one that is
not real lasts until the clock is right again. Neither needs a restart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=10)
"""Clocks that differ by less agree: no bin is given up so soon after it is due."""


@dataclass(frozen=True, slots=True)
class TimeEvidence:
    """What is known of the time, beside the clock; all aware, UTC.

    Attributes:
        now: what the clock shows.
        expected: what it should show by the monotonic clock, if it was believed before.
        servers: what the clocks of servers show now.
        newest: when the newest known reading's bin begins.
        stored: when the last round was stored, as far as that is not known better.
        current: whether some signal's readings reach up to `now`.
    """

    now: datetime
    expected: datetime | None = None
    servers: Sequence[datetime] = ()
    newest: datetime | None = None
    stored: datetime | None = None
    current: bool = False


def doubt(evidence: TimeEvidence) -> str | None:
    """Why the clock is not believed, by the rule above; None where it is."""
    now = evidence.now
    if any(agree(now, server) for server in evidence.servers):
        return None
    if evidence.newest is not None and evidence.newest > now + TOLERANCE:
        return f"it shows {_shown(now)}, but there are readings of {_shown(evidence.newest)}"
    if evidence.current:
        return None
    if evidence.servers:
        server = _shown(max(evidence.servers))
        return f"it shows {_shown(now)}, but a server's clock shows {server}"
    return _doubt_without_witness(evidence)


def _doubt_without_witness(evidence: TimeEvidence) -> str | None:
    now, expected, stored = evidence.now, evidence.expected, evidence.stored
    if expected is not None and not agree(now, expected):
        return f"it was set from {_shown(expected)} to {_shown(now)}"
    if stored is not None and stored > now + TOLERANCE:
        return f"it shows {_shown(now)}, but the last round was at {_shown(stored)}"
    return None


def agree(first: datetime, second: datetime) -> bool:
    """Whether two clocks show the same time, within `TOLERANCE`."""
    return abs(first - second) <= TOLERANCE


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
