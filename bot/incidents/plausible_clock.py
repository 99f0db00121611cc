"""Decides whether the machine's clock can be trusted.

If the clock is ahead, bins count as missing before their readings can arrive, and
detection sees nothing until the real time has caught up. If the clock is behind, posts
have wrong times.

A rival of the clock is another account of the time that contradicts it by more than ten
minutes: a server's clock (the `Date` of its answers), the monotonic clock, or the last
stored tick, if that is later and nothing has confirmed the clock since the start. Readings
decide between the clock and its rivals: a time fits the readings if no bin with a reading
begins more than ten minutes later, and if at that time the newest reading of at least one
signal is current.

The first of these rules that applies decides:

1. A server's clock agrees: the clock is trusted. If another server's clock disagrees, the
   monotonic clock or the readings must agree as well.
2. There is a reading of a bin that begins more than ten minutes from now: the clock is
   behind, and not trusted.
3. The clock has rivals: it is trusted only if it fits the readings and no rival does. So a
   server with a wrong clock does not stop the ticks, and ticks go on after the machine was
   suspended.
4. Nothing has confirmed the clock since the start. If a source answers, and its readings
   do not fit the clock, the clock is not trusted. If no source answers, it is not trusted
   if the last tick was stored more than a day ago.
5. Otherwise the clock is trusted.

After a real jump of time (a suspended machine) ticks go on with the first dated answer
of a source; if older answers of other servers contradict it, readings must fit as well.
After a wrong change of the clock, they go on once the clock is set right. Neither needs
a restart. There is one exception: if the sources send no `Date`, and the machine is
suspended so shortly that the readings fit both the time before and the time after, only
a restart ends the doubt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=10)
"""The largest difference between clocks that agree."""
_LONGEST_STOP = timedelta(days=1)
"""If the program stopped for longer, a source must answer before the clock is trusted.

A clock that is far ahead makes certificates look expired, so that no source can be
reached and nothing contradicts the clock. After a shorter stop no answer is needed, so
waiting posts are sent even while no source answers.
"""


@dataclass(frozen=True, slots=True)
class NewestReading:
    """The newest reading of a signal.

    Attributes:
        at: the start of its bin; aware, UTC.
        current_until: when the reading of the next bin is overdue; aware, UTC.
    """

    at: datetime
    current_until: datetime


@dataclass(frozen=True, slots=True)
class TimeEvidence:
    """What is known of the time; all times aware, UTC.

    Attributes:
        now: what the machine's clock shows.
        expected: what the machine's clock should show by the monotonic clock; None
            until the machine's clock was trusted for the first time.
        servers: what the clocks of servers show now.
        readings: the newest reading of each signal that has one.
        stored: when the last tick was stored; None if no tick was stored, or if the
            clock was confirmed since the start.
        confirmed: whether the clock was confirmed since the start. Also true if no
            source is a `DatedSource`, as in a replay: nothing can confirm the clock then.
        answered: whether a source has answered since the start.
    """

    now: datetime
    expected: datetime | None = None
    servers: Sequence[datetime] = ()
    readings: Sequence[NewestReading] = ()
    stored: datetime | None = None
    confirmed: bool = True
    answered: bool = False


def distrust_reason(evidence: TimeEvidence) -> str | None:
    """Return why the clock is not trusted, by the rules above; else None."""
    now = evidence.now
    # The order is that of the rules: each rule applies only if none before it did.
    if _is_confirmed_by_servers(evidence):
        return None
    newest = max((reading.at for reading in evidence.readings), default=now)
    # No bin is published before it begins, so no reading can lie in the future.
    if newest - now > TOLERANCE:
        return f"it shows {_time_text(now)}, but there are readings of {_time_text(newest)}"
    rivals = list(_rivals(evidence))
    if rivals:
        rival_fits = any(_fits(evidence, at) for at, _ in rivals)
        return None if _fits(evidence, now) and not rival_fits else rivals[0][1]
    return _distrust_reason_without_rivals(evidence)


def is_contested(evidence: TimeEvidence) -> bool:
    """Whether the clock has rivals and servers do not confirm it.

    Then new answers of the sources, by their dates or readings, must show whether the
    clock is right.
    """
    return not _is_confirmed_by_servers(evidence) and any(_rivals(evidence))


def confirms(evidence: TimeEvidence) -> bool:
    """Whether a server's clock or the readings agree with the machine's clock."""
    now = evidence.now
    return any(clocks_agree(now, s) for s in evidence.servers) or _fits(evidence, now)


def clocks_agree(first: datetime, second: datetime) -> bool:
    """Whether two clocks show the same time, within `TOLERANCE`."""
    return abs(first - second) <= TOLERANCE


def _is_confirmed_by_servers(evidence: TimeEvidence) -> bool:
    """Return whether all servers confirm the clock, or one server and other evidence.

    This is rule 1.
    """
    now, expected = evidence.now, evidence.expected
    agreeing = [clocks_agree(now, server) for server in evidence.servers]
    if all(agreeing):
        return bool(agreeing)
    is_steady = expected is not None and clocks_agree(now, expected)
    return any(agreeing) and (is_steady or _fits(evidence, now))


def _rivals(evidence: TimeEvidence) -> Iterator[tuple[datetime, str]]:
    """Yield each rival of the clock with the reason to doubt the clock."""
    now, expected, stored = evidence.now, evidence.expected, evidence.stored
    shows = f"it shows {_time_text(now)}"
    for server in sorted(evidence.servers, reverse=True):
        if not clocks_agree(now, server):
            yield server, f"{shows}, but a server's clock shows {_time_text(server)}"
    if expected is not None and not clocks_agree(now, expected):
        yield expected, f"it jumped from {_time_text(expected)} to {_time_text(now)}"
    # A tick cannot have been stored later than now, so the clock was set back.
    if stored is not None and stored - now > TOLERANCE:
        yield stored, f"{shows}, but the last tick was at {_time_text(stored)}"


def _distrust_reason_without_rivals(evidence: TimeEvidence) -> str | None:
    """Return why a clock without a rival is not trusted (rule 4); None if trusted."""
    now, stored = evidence.now, evidence.stored
    if evidence.confirmed:
        return None
    if evidence.answered and not _fits(evidence, now):
        return f"it shows {_time_text(now)}, but no source has current readings for that time"
    if not evidence.answered and stored is not None and now - stored > _LONGEST_STOP:
        return (
            f"it shows {_time_text(now)}, but the last tick was at {_time_text(stored)},"
            " and no source answers to confirm the time"
        )
    return None


def _fits(evidence: TimeEvidence, at: datetime) -> bool:
    """Whether `at` fits the readings: none is much later, at least one is current."""
    readings = evidence.readings
    is_current = any(r.at <= at < r.current_until for r in readings)
    return is_current and all(r.at - at <= TOLERANCE for r in readings)


def _time_text(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
