"""Decides whether the machine's clock can be trusted.

If the clock is ahead, bins count as missing before their readings can arrive, and
detection sees nothing until the real time has caught up. If the clock is behind, posts
have wrong times.

The first of these rules that applies decides:

1. A server's clock (the `Date` of its answers) agrees within ten minutes: the clock is
   trusted. So ticks go on after the machine was suspended.
2. There is a reading of a bin that begins more than ten minutes from now: the clock is
   behind, and not trusted.
3. The readings of some signal reach up to the present: the clock is trusted, even if
   servers show another time. This rule is for servers of replayed data, and for
   sources whose answers have no date.
4. The clocks of servers are known, and none agrees: the clock is not trusted.
5. The clock moved by more than ten minutes against the monotonic clock, or is earlier
   than the last stored tick: it is not trusted.
6. Otherwise the clock is trusted.

So after the machine was suspended, ticks go on with the first dated answer of a source.
After somebody set the clock wrong, ticks go on once the clock is right. No restart is
needed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=10)
"""The largest difference between clocks that agree."""


@dataclass(frozen=True, slots=True)
class TimeEvidence:
    """What is known of the time; all times aware, UTC.

    Attributes:
        now: what the machine's clock shows.
        expected: what the machine's clock should show now, by the monotonic clock; None
            if the machine's clock was never trusted.
        servers: what the clock of each known server shows now.
        newest: the start of the newest bin with a reading; None without readings.
        stored: when the last tick was stored; None if no tick was stored, or if
            `expected` is not None.
        current: whether the readings of some signal reach up to `now`.
    """

    now: datetime
    expected: datetime | None = None
    servers: Sequence[datetime] = ()
    newest: datetime | None = None
    stored: datetime | None = None
    current: bool = False


def doubt(evidence: TimeEvidence) -> str | None:
    """Return why the clock is not trusted, by the rules above; else None."""
    now = evidence.now
    # The order is that of the rules: each rule applies only if none before it did.
    if any(agree(now, server) for server in evidence.servers):
        return None
    # A source publishes a bin after it has begun, so no reading can lie in the future.
    if evidence.newest is not None and evidence.newest > now + TOLERANCE:
        return f"it shows {_shown(now)}, but there are readings of {_shown(evidence.newest)}"
    if evidence.current:
        return None
    if evidence.servers:
        server = _shown(max(evidence.servers))
        return f"it shows {_shown(now)}, but a server's clock shows {server}"
    return _doubt_by_history(evidence)


def _doubt_by_history(evidence: TimeEvidence) -> str | None:
    """Return why the clock is not trusted, by rule 5 above; else None."""
    now, expected, stored = evidence.now, evidence.expected, evidence.stored
    if expected is not None and not agree(now, expected):
        return f"it jumped from {_shown(expected)} to {_shown(now)}"
    # A tick cannot have been stored later than now, so the clock was set back.
    if stored is not None and stored > now + TOLERANCE:
        return f"it shows {_shown(now)}, but the last tick was at {_shown(stored)}"
    return None


def agree(first: datetime, second: datetime) -> bool:
    """Whether two clocks show the same time, within `TOLERANCE`."""
    return abs(first - second) <= TOLERANCE


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
