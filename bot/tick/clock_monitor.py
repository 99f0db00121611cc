"""Checks the machine's clock in each tick against sources and servers.

`incidents.plausible_clock` has the rules; this module collects the evidence.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

import numpy as np
import structlog

from bot.clock import TrustedClock
from bot.editorial.isolation import call_and_catch
from bot.errors import SourceUnreachable
from bot.incidents.plausible_clock import (
    NewestReading,
    TimeEvidence,
    clocks_agree,
    confirms,
    distrust_reason,
    is_contested,
)
from bot.model.interval import Interval
from bot.model.operations import AlertKind, OperatorAlert
from bot.model.signal import Chunk, Request
from bot.ports import DatedSource, Source

NewestBins = Mapping[str, int | None]
"""The number of the newest bin with a reading, by signal id; None without a reading."""
_START_OF_TIME = datetime.min.replace(tzinfo=UTC)
_END_OF_TIME = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Moment:
    """What the machine's clock and the monotonic clock show at the same time."""

    now: datetime
    elapsed: timedelta

    def expected(self, elapsed: timedelta) -> datetime:
        """Return what the machine's clock should show at monotonic time `elapsed`."""
        return self.now + (elapsed - self.elapsed)


@dataclass(slots=True)
class _ProbeResult:
    """The result of requests to one source.

    Attributes:
        newest: the number of the newest bin with a reading, by signal id.
        answered: whether an answer could be read.
        unreachable: whether no connection to the source could be made.
    """

    newest: dict[str, int] = field(default_factory=dict)
    answered: bool = False
    unreachable: bool = False


class ClockMonitor:
    """Decides in each tick whether the machine's clock can be trusted.

    Before the first tick, and whenever the readings and dates of earlier answers do not
    show that the clock is right, the monitor sends requests to the sources. The answers
    are not stored. Usually one answer is enough.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        clock: TrustedClock | None,
        grace: timedelta,
        last_tick_stored: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        """Create a monitor that checks the clock against `sources`.

        Args:
            sources: the sources that can be asked.
            clock: gives the trusted time; it is set to the machine's clock whenever the
                machine's clock can be trusted. None if the time is simulated, as in a
                replay; simulated time is always trusted.
            grace: how long to wait for a missing reading after it was due.
            last_tick_stored: returns when the last tick was stored; None if none was.
        """
        self._sources = sources
        self._clock = clock
        self._grace = grace
        self._stored = last_tick_stored
        self._signals = {s.id: s for source in sources for s in source.signals}
        # What the machine's clock should show is this moment, plus what the monotonic
        # clock has counted since. The moment is replaced only if a server agrees with
        # the machine's clock, or if the readings decide whether that clock is right. If
        # each tick replaced the moment, a slow drift would never show.
        self._reference: _Moment | None = None
        # Recordings cannot confirm the clock. If there are no other sources, the clock
        # counts as confirmed.
        self._confirmed = not any(isinstance(s, DatedSource) for s in sources)
        # For each server whose clock was found to be wrong: how far it is ahead of the
        # machine's clock.
        self._overruled: tuple[timedelta, ...] = ()
        self._since: datetime | None = None
        self._log = structlog.get_logger("clock")

    def check(
        self, newest_bins: NewestBins, *, after_reading: bool = False
    ) -> OperatorAlert | None:
        """Return an alert if the machine's clock is not trusted, otherwise None.

        Args:
            newest_bins: for each signal, the newest bin with a reading in the history.
            after_reading: whether the sources were just read; then they are asked again
                only if their answers contradict the clock.
        """
        if self._clock is None:
            return None
        moment = _Moment(self._clock.machine_now(), self._clock.elapsed())
        evidence = self._evidence(moment, newest_bins)
        # To save requests, sources are asked only at the start and in doubt; otherwise
        # the readings and dates of earlier answers are enough.
        first = not (self._confirmed and self._reference) and not after_reading
        if first or is_contested(evidence) or distrust_reason(evidence) is not None:
            evidence = self._ask_sources(moment, newest_bins)
        reason = distrust_reason(evidence)
        if reason is None:
            self._trust(moment, evidence)
            return None
        self._since = self._since or self._clock.now()
        self._log.error("clock not trusted: tick skipped", reason=reason)
        return OperatorAlert(AlertKind.CLOCK, "", self._since, reason)

    def has_jumped(self) -> bool:
        """Whether the clock was set since it was last trusted; sends no requests."""
        clock = self._clock
        return clock is not None and not clocks_agree(clock.machine_now(), clock.now())

    def _trust(self, moment: _Moment, evidence: TimeEvidence) -> None:
        if self._since is not None:
            self._log.warning("clock trusted again", at=moment.now.isoformat())
        now, expected = moment.now, evidence.expected
        agreeing = [clocks_agree(now, server) for server in evidence.servers]
        if agreeing and not any(agreeing):
            self._log.warning("clocks of servers are wrong", servers=len(agreeing))
            errors = (*(s - now for s in evidence.servers), *self._overruled)
            self._overruled = errors[: len(self._sources)]
        if any(agreeing) or expected is None or not clocks_agree(now, expected):
            self._reference = moment
        self._confirmed = self._confirmed or confirms(evidence)
        self._since = None
        if self._clock is not None:
            self._clock.trust(moment.now, moment.elapsed)

    def _evidence(
        self, moment: _Moment, newest: NewestBins, *, answered: bool = False
    ) -> TimeEvidence:
        """Return what is known of the time; no requests are sent."""
        reference = self._reference
        expected = reference.expected(moment.elapsed) if reference else None
        return TimeEvidence(
            now=moment.now,
            expected=expected,
            servers=self._server_times(moment, expected),
            readings=tuple(self._readings(newest)),
            # After a restart nothing says what the clock should show; the last stored
            # tick is then the only lower limit.
            stored=None if self._confirmed and reference else self._stored(),
            confirmed=self._confirmed,
            answered=answered,
        )

    def _server_times(
        self, moment: _Moment, expected: datetime | None
    ) -> list[datetime]:
        """Return what the clocks of servers show now, by their last dated answers.

        A server whose clock was found to be wrong is left out while its error lasts.
        """
        dates = [s.server_time for s in self._sources if isinstance(s, DatedSource)]
        # An answer may be some minutes old, so its date is moved forward by the elapsed
        # time. The machine's clock is not used, because it may have been set since.
        servers = [
            _moved(date, moment.elapsed - then) for date, then in filter(None, dates)
        ]
        if expected is None:
            return servers
        wrong = [_moved(expected, error) for error in self._overruled]
        return [s for s in servers if not any(clocks_agree(s, at) for at in wrong)]

    def _readings(self, newest: NewestBins) -> Iterator[NewestReading]:
        for id_, index in newest.items():
            signal = self._signals.get(id_)
            if signal is not None and index is not None:
                until = signal.due_at(index + 1) + self._grace
                yield NewestReading(signal.start_of(index), until)

    def _ask_sources(self, moment: _Moment, newest: NewestBins) -> TimeEvidence:
        """Ask sources until a server's clock agrees; return what is known then.

        If no server's clock agrees, the sources are also asked for readings of later
        times than `moment`: such readings show that the clock is behind.
        """
        probes = {source.name: _ProbeResult() for source in self._sources}
        merged = newest
        before, after = self._windows(moment.now)
        # A recording may have readings of later times even if the clock is right, so
        # recordings are not asked for them.
        live = [s for s in self._sources if isinstance(s, DatedSource)]
        for window, sources in ((before, self._sources), (after, live)):
            for source in sources:
                for request in _questions(source, window):
                    probe = probes[source.name]
                    # If a source cannot be reached, another request to it would only
                    # repeat the same retries.
                    if probe.unreachable:
                        break
                    # Errors are ignored, but the evidence is examined after an error
                    # too: a response that refuses the request may have the server's time.
                    call_and_catch(partial(self._send_probe, source, request, probe))
                    merged = _later_bins(merged, probe)
                    evidence = self._evidence(moment, merged, answered=True)
                    if any(clocks_agree(moment.now, s) for s in evidence.servers):
                        return evidence
        answered = any(probe.answered for probe in probes.values())
        return self._evidence(moment, merged, answered=answered)

    def _windows(self, now: datetime) -> tuple[Interval, Interval]:
        """Return an interval up to `now`, and an equally long one that follows it.

        The first interval has the newest readings.
        """
        lags = (s.lag + 2 * s.step for s in self._signals.values())
        reach = max(lags, default=timedelta(0)) + self._grace
        return Interval(now - reach, now), Interval(now, _moved(now, reach))

    def _send_probe(
        self, source: Source, request: Request, probe: _ProbeResult
    ) -> None:
        """Send one request, and record in `probe` the newest bin of each signal.

        The answer is not stored.
        """
        try:
            answer = source.ask(request)
        except SourceUnreachable:
            probe.unreachable = True
            raise
        chunks = source.parse(answer).chunks
        probe.answered = True
        for chunk in chunks:
            last = _last_read_bin(chunk)
            if last is not None:
                newest = probe.newest.get(chunk.signal, last)
                probe.newest[chunk.signal] = max(newest, last)


def _questions(source: Source, window: Interval) -> list[Request]:
    """Return, for each group of signals, one request within `window`.

    A group is made of the signals that the source reads with the same request.
    """
    asked: dict[tuple[str, ...], Request] = {}
    for request in source.requests(window):
        # One request is enough for each group of signals, because only the time of
        # the newest reading matters.
        asked.setdefault(request.signals, request)
    return list(asked.values())


def _moved(at: datetime, span: timedelta) -> datetime:
    """Return `at` plus `span`, within the times that can be represented."""
    return at + max(_START_OF_TIME - at, min(span, _END_OF_TIME - at))


def _later_bins(newest: NewestBins, probe: _ProbeResult) -> NewestBins:
    """Return for each signal the newer of its bins in `newest` and in `probe`."""
    merged = dict(newest)
    for signal, index in probe.newest.items():
        before = merged.get(signal)
        merged[signal] = index if before is None else max(before, index)
    return merged


def _last_read_bin(chunk: Chunk) -> int | None:
    """Return the number of a chunk's last bin with a reading; None if it has none."""
    columns = np.flatnonzero(~np.isnan(chunk.values))
    return chunk.first + int(columns[-1]) if len(columns) else None
