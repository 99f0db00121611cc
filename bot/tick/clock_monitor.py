"""Checks the machine's clock before each tick against sources and servers.

`incidents.plausible_clock` has the rules; this module collects the evidence.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import numpy as np
import structlog

from bot.editorial.isolation import failure_of
from bot.errors import SourceUnreachable
from bot.incidents.plausible_clock import TimeEvidence, agree, doubt
from bot.model.interval import Interval
from bot.model.operations import AlertKind, OperatorAlert
from bot.model.signal import Chunk, Request, Signal
from bot.ports import DatedSource, Source

Elapsed = Callable[[], timedelta]
"""Returns the time since a fixed instant, by a clock that nobody can set."""
Newest = Mapping[str, int | None]
"""The number of the newest bin with a reading, by signal id; None without a reading."""


@dataclass(frozen=True, slots=True)
class _Trusted:
    """What the clock showed when it was last trusted, and the elapsed time then."""

    at: datetime
    elapsed: timedelta

    def now(self, elapsed: timedelta) -> datetime:
        """Return what the clock should show when the elapsed time is `elapsed`."""
        return self.at + (elapsed - self.elapsed)


@dataclass(slots=True)
class _Probe:
    """The result of requests to one source.

    Attributes:
        newest: the number of the newest bin with a reading, by signal id.
        unreachable: whether no connection to the source could be made.
    """

    newest: dict[str, int] = field(default_factory=dict)
    unreachable: bool = False


class ClockMonitor:
    """Decides before each tick whether the machine's clock can be trusted.

    Before the first tick, and whenever the readings and dates of earlier answers do not
    show that the clock is right, the monitor sends requests to the sources. The answers
    are not stored. Usually one answer is enough.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        elapsed: Elapsed | None,
        grace: timedelta,
        stored: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        """Check the clock against these sources.

        Args:
            sources: the sources that can be asked.
            elapsed: see `Elapsed`; None for a clock that is always trusted, such as
                that of a replay.
            grace: how long to wait for a missing reading after it was due.
            stored: returns when the last tick was stored; None if none was.
        """
        self._sources = sources
        self._elapsed = elapsed
        self._grace = grace
        self._stored = stored
        self._signals = {s.id: s for source in sources for s in source.signals}
        self._trusted: _Trusted | None = None
        self._since: datetime | None = None
        self._log = structlog.get_logger("clock")

    def check(self, now: datetime, newest: Newest) -> OperatorAlert | None:
        """Return an alert if the clock that shows `now` is not trusted, otherwise None.

        Args:
            now: the time that the clock shows; aware, UTC.
            newest: for each signal, the newest bin with a reading in the history.
        """
        if self._elapsed is None:
            return None
        elapsed = self._elapsed()
        reason = self._doubt(now, elapsed, newest)
        # Sources are asked only before the first tick, and if earlier answers do not
        # show that the clock is right.
        if reason is not None or self._trusted is None:
            reason = self._doubt_after_asking(now, newest)
        if reason is None:
            self._trust(now, elapsed)
            return None
        self._since = self._since or now
        self._log.error("clock not trusted: tick skipped", reason=reason)
        return OperatorAlert(AlertKind.CLOCK, "", self._since, reason)

    def has_jumped(self, now: datetime) -> bool:
        """Whether the clock was set since it was last trusted; sends no requests."""
        if self._elapsed is None or self._trusted is None:
            return False
        return not agree(now, self._trusted.now(self._elapsed()))

    def _trust(self, now: datetime, elapsed: timedelta) -> None:
        if self._since is not None:
            self._log.warning("clock trusted again", at=now.isoformat())
        self._trusted, self._since = _Trusted(now, elapsed), None

    def _doubt(self, now: datetime, elapsed: timedelta, newest: Newest) -> str | None:
        """Return why the clock is not trusted, by the rules of `plausible_clock`.

        None if they do. No requests are sent.
        """
        trusted = self._trusted
        begins = [
            self._signals[id_].start_of(index)
            for id_, index in newest.items()
            if index is not None and id_ in self._signals
        ]
        return doubt(
            TimeEvidence(
                now=now,
                expected=trusted.now(elapsed) if trusted else None,
                servers=self._servers(elapsed),
                newest=max(begins, default=None),
                # After a restart it is not known what the clock should show. Only the
                # last stored tick limits the time.
                stored=None if trusted else self._stored(),
                current=any(
                    self._is_current(self._signals[id_], index, now)
                    for id_, index in newest.items()
                    if index is not None and id_ in self._signals
                ),
            )
        )

    def _servers(self, elapsed: timedelta) -> list[datetime]:
        """Return what the clocks of servers show now, by their last dated answers."""
        dates = [s.server_time for s in self._sources if isinstance(s, DatedSource)]
        # An answer may be some minutes old, so the elapsed time is added to its date.
        # The elapsed time is used, because the machine's clock may have been set
        # meanwhile.
        return [date + (elapsed - then) for date, then in filter(None, dates)]

    def _is_current(self, signal: Signal, index: int, now: datetime) -> bool:
        """Whether bin `index` has begun at `now`, and the next bin is not overdue."""
        return signal.start_of(index) <= now < signal.due_at(index + 1) + self._grace

    def _doubt_after_asking(self, now: datetime, newest: Newest) -> str | None:
        """Send requests to the sources until a server's clock agrees with `now`.

        Returns:
            Why the clock is not trusted after the last answer; None if it is trusted.
        """
        reason: str | None = None
        for source in self._sources:
            probe = _Probe()
            for request in self._questions(source, now):
                # After a source could not be reached, no further request is sent to it.
                if probe.unreachable:
                    break
                # Errors are ignored here. Even a response that refuses the request may
                # have the server's time, so the rules are applied again.
                failure_of(partial(self._ask, source, request, probe))
                reason = self._doubt(now, self._now_elapsed(), _later(newest, probe))
                if reason is None and self._is_settled(now):
                    return None
        return (
            reason if self._sources else self._doubt(now, self._now_elapsed(), newest)
        )

    def _is_settled(self, now: datetime) -> bool:
        """Whether a server's clock agrees with `now`: no more requests are needed."""
        servers = self._servers(self._now_elapsed())
        return any(agree(now, server) for server in servers)

    def _now_elapsed(self) -> timedelta:
        return self._elapsed() if self._elapsed is not None else timedelta(0)

    def _questions(self, source: Source, now: datetime) -> list[Request]:
        """Return, for each group of signals, one request for its newest bins.

        A group is made of the signals that the source reads with the same request.
        """
        reach = max(s.lag + 2 * s.step for s in source.signals) + self._grace
        asked: dict[tuple[str, ...], Request] = {}
        for request in source.requests(Interval(now - reach, now)):
            # One request is enough for each group of signals, because only the time of
            # the newest reading matters.
            asked.setdefault(request.signals, request)
        return list(asked.values())

    def _ask(self, source: Source, request: Request, probe: _Probe) -> None:
        """Send one request, and record in `probe` the newest bin of each signal.

        The answer is not stored.
        """
        try:
            answer = source.ask(request)
        except SourceUnreachable:
            probe.unreachable = True
            raise
        for chunk in source.parse(answer).chunks:
            last = _last_reading(chunk)
            if last is not None:
                newest = probe.newest.get(chunk.signal, last)
                probe.newest[chunk.signal] = max(newest, last)


def _later(newest: Newest, probe: _Probe) -> Newest:
    """Return for each signal the newer of its bins in `newest` and in `probe`."""
    merged = dict(newest)
    for signal, index in probe.newest.items():
        before = merged.get(signal)
        merged[signal] = index if before is None else max(before, index)
    return merged


def _last_reading(chunk: Chunk) -> int | None:
    """Return the number of a chunk's last bin with a reading; None if it has none."""
    columns = np.flatnonzero(~np.isnan(chunk.values))
    return chunk.first + int(columns[-1]) if len(columns) else None
