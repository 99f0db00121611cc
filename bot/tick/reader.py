"""Reads from the sources; every answer is stored before it is parsed (P3)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from bot.clock import Clock
from bot.detection.plausible import refuse_implausible
from bot.errors import SourceError, SourceUnavailable, SourceUnreachable
from bot.model.entity import Entity
from bot.model.interval import Interval
from bot.model.signal import Answer, Gap, ParsedAnswer, Request, Signal
from bot.ports import Source, Store

_MOST_FAILURES = 2
"""After this many unanswered requests in a row, the rest of a group is given up.

A group is all requests for the same signals.
"""


class SourceCircuitBreaker:
    """Decides which requests to one source are still sent in a tick or a backfill.

    Only a request without an answer counts as a failure; an empty or malformed answer
    resets the count. Failures are counted for each group of signals that are requested
    together. So a group that fails does not stop the other groups. But if the source
    has answered nothing yet and one group was given up, each further group is given up
    after a single failure.
    """

    def __init__(self) -> None:
        """Begin without failures."""
        self._failures: dict[tuple[str, ...], int] = {}
        self._answered = False
        self._unreachable = False

    def allows(self, request: Request) -> bool:
        """Whether `request` may be sent.

        It may not if the source could not be reached, or if the request's group of
        signals was given up.
        """
        failures = self._failures.get(request.signals, 0)
        return not self._unreachable and failures < self._limit

    def record_answer(self, request: Request) -> None:
        """Note that the source answered `request`, whatever the answer was."""
        self._answered = True
        self._failures[request.signals] = 0

    def record_unreachable(self) -> None:
        """Note that no connection could be made, after all retries."""
        self._unreachable = True

    def record_failure(self, request: Request) -> None:
        """Note that `request` got no answer."""
        run = self._failures.get(request.signals, 0) + 1
        # If the limit is reached, `_MOST_FAILURES` is stored. If `run` were stored,
        # these signals would be requested again as soon as the limit is higher.
        self._failures[request.signals] = _MOST_FAILURES if run >= self._limit else run

    @property
    def has_answered(self) -> bool:
        """Whether the source answered any request."""
        return self._answered

    @property
    def _limit(self) -> int:
        given_up = any(run >= _MOST_FAILURES for run in self._failures.values())
        return 1 if given_up and not self._answered else _MOST_FAILURES


_WEEK = timedelta(days=7)
_MONDAY = datetime(1970, 1, 5, tzinfo=UTC)
"""The Monday from which the calendar weeks of a backfill are counted."""
_OVERLAP = timedelta(hours=6)
"""A request's window begins this long before the end of the last answered window.

So ticks also read late and revised readings.
"""
Progress = Callable[[int, int], None]
"""Called with how many requests of a backfill are done, and how many there are."""
StopRequested = Callable[[], bool]
"""Returns whether to end reading now; a later tick reads the rest."""
RequestedSeries = tuple[tuple[str, ...], tuple[Entity, ...]]
"""The signals and the entities of a request."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The result of the requests of one tick.

    Attributes:
        failed: one sentence for each request that failed.
        answered_series: the series (signals and entities) all of whose requests had
            answers that could be parsed.
        unanswered: the other series, each with a sentence on why a request failed.
    """

    parsed: tuple[ParsedAnswer, ...]
    failed: tuple[str, ...]
    answered_series: tuple[RequestedSeries, ...] = ()
    unanswered: tuple[tuple[RequestedSeries, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A failure of a source to answer, which has lasted for one tick or several.

    Attributes:
        since: the tick of the first failure.
        reason: a sentence on why the last request failed.
    """

    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class BackfillResult:
    """The result of a backfill.

    Attributes:
        read_until: the end of what was read; ticks read on from here.
        is_complete: whether the backfill ran to its end and at least one request was
            answered, now or earlier. Also true if there was nothing to request.
        has_data: whether the backfill ran to its end and at least one request brought
            data, now or earlier.
        failed: one sentence for each request that failed.
    """

    read_until: datetime
    is_complete: bool
    has_data: bool
    failed: tuple[str, ...]


class Reader:
    """Reads from all sources and stores the answers.

    In a tick each source is read in a thread of its own.
    """

    def __init__(self, sources: tuple[Source, ...], store: Store, clock: Clock) -> None:
        """Read from `sources` into `store`.

        `clock` gives the times of gaps, and of the requests that a backfill completed.
        """
        self._sources = sources
        self._store = store
        self._clock = clock
        self._signals: dict[str, Signal] = {
            signal.id: signal for source in sources for signal in source.signals
        }
        self._answered: dict[RequestedSeries, datetime] = {}
        self._failures: dict[str, str] = {}
        self._unanswered: dict[RequestedSeries, Unanswered] = {}
        self._log = structlog.get_logger("reading")

    @property
    def failures(self) -> Mapping[str, str]:
        """A sentence for each signal whose last request failed, by the signal's id."""
        return self._failures

    @property
    def unanswered(self) -> Mapping[RequestedSeries, Unanswered]:
        """Series that the last tick could not read, though it read others of the signal."""
        read = self._answered.keys() - self._unanswered.keys()
        signals = {signal for subject in read for signal in subject[0]}
        unanswered = self._unanswered.items()
        return {s: failure for s, failure in unanswered if signals.issuperset(s[0])}

    def backfill(
        self, window: Interval, progress: Progress, stop_requested: StopRequested
    ) -> BackfillResult:
        """Read the past calendar weeks of `window` that were not read yet.

        Each calendar week has the same requests after a restart, so requests that were
        answered are not sent again. A request that fails does not stop the others; the
        next backfill sends it again.

        Args:
            window: the time to read.
            progress: called with the numbers of finished requests and of all requests.
            stop_requested: returns whether to end reading; called before each request.
        """
        weeks = _weeks(window)
        # The last bins of a week may come late. So the ticks read on from a little
        # before the end of the last week.
        until = weeks[-1].until - _OVERLAP if weeks else window.since
        requests = [
            (source, request)
            for source in self._sources
            for week in weeks
            for request in source.requests(week)
        ]
        failed: list[str] = []
        breakers = {source.name: SourceCircuitBreaker() for source in self._sources}
        for count, (source, request) in enumerate(requests):
            progress(count, len(requests))
            if stop_requested():
                return BackfillResult(
                    until, is_complete=False, has_data=False, failed=tuple(failed)
                )
            # Requests that were answered before a restart are not sent again.
            if not self._store.readings.is_answered(request.key):
                failed += self._backfill_one(source, request, breakers[source.name])
            progress(count + 1, len(requests))
        has_data = len(failed) < len(requests)
        answered = has_data or any(b.has_answered for b in breakers.values())
        complete = answered or not requests
        return BackfillResult(until, complete, has_data, tuple(failed))

    def _backfill_one(
        self, source: Source, request: Request, breaker: SourceCircuitBreaker
    ) -> tuple[str, ...]:
        """Send one request and mark it as answered; return a sentence if it failed."""
        result = self._request(source, request, breaker)
        if isinstance(result, str):
            return (result,)
        self._store.readings.mark_answered(request.key, self._clock.now())
        return ()

    def read_new(self, window: Interval, stop_requested: StopRequested) -> ReadResult:
        """Read everything within `window` that has not been read yet.

        If a source answered for a signal and entity before, they are read from
        `_OVERLAP` (six hours) before the end of the last window that was answered. All
        others are read from the start of `window`. A request that fails leaves a gap,
        and does not stop the other requests.

        Args:
            window: the time to read.
            stop_requested: returns whether to end reading; called before each request.
        """
        # Each source has its own thread, so that the waits and retries of one source do
        # not delay the others.
        with ThreadPoolExecutor(max_workers=max(1, len(self._sources))) as pool:
            results = list(
                pool.map(
                    lambda s: self._read_source(s, window, stop_requested),
                    self._sources,
                )
            )
        answered = tuple(
            subject for result in results for subject in result.answered_series
        )
        self._answered |= dict.fromkeys(answered, window.until)
        self._note_unanswered(results, window.until)
        return ReadResult(
            parsed=tuple(p for result in results for p in result.parsed),
            failed=tuple(f for result in results for f in result.failed),
            answered_series=answered,
        )

    def _note_unanswered(self, results: Iterable[ReadResult], now: datetime) -> None:
        """Keep unanswered series with the time of the first failure; remove answered ones."""
        for result in results:
            for subject in result.answered_series:
                self._unanswered.pop(subject, None)
            for subject, reason in result.unanswered:
                before = self._unanswered.get(subject)
                since = before.since if before else now
                self._unanswered[subject] = Unanswered(since, reason)

    def _read_source(
        self, source: Source, window: Interval, stop: StopRequested
    ) -> ReadResult:
        parsed: list[ParsedAnswer] = []
        failed: list[str] = []
        breaker = SourceCircuitBreaker()
        complete: dict[RequestedSeries, bool] = {}
        unanswered: dict[RequestedSeries, str] = {}
        for request in self._requests(source, window):
            # If reading is stopped, the result has no `answered_series`, so that the
            # next tick sends all requests again.
            if stop():
                return ReadResult(tuple(parsed), tuple(failed))
            subject = _requested_series(request)
            result = self._request(source, request, breaker)
            is_read = isinstance(result, ParsedAnswer)
            complete[subject] = complete.get(subject, True) and is_read
            if isinstance(result, ParsedAnswer):
                parsed.append(result)
            else:
                failed.append(result)
                unanswered[subject] = result
        # The same signals and entities may need several requests. They count as
        # answered only if all of these succeeded.
        answered = tuple(subject for subject, done in complete.items() if done)
        return ReadResult(
            tuple(parsed), tuple(failed), answered, tuple(unanswered.items())
        )

    def _requests(self, source: Source, window: Interval) -> Iterator[Request]:
        """Yield the requests of a tick (see `read_new`).

        Each request begins shortly before the end of the last answer for its series
        (see `_next_start`), or at the start of `window` if there is no such answer.
        """
        starts = {
            window.since,
            *(_next_start(at, window) for at in self._answered.values()),
        }
        for since in sorted(starts):
            for request in source.requests(Interval(since, window.until)):
                answered = self._answered.get(_requested_series(request))
                start = _next_start(answered, window) if answered else window.since
                if since == start:
                    yield request

    def _request(
        self, source: Source, request: Request, breaker: SourceCircuitBreaker
    ) -> ParsedAnswer | str:
        """Send a request; return the parsed answer, or a sentence on why it failed.

        The answer and its readings are stored. If the request failed, gaps are stored.
        """
        if not breaker.allows(request):
            return self._record_failure(
                source, request, "not asked: earlier requests had no answer"
            )
        try:
            answer = source.ask(request)
        except SourceError as error:
            if isinstance(error, SourceUnreachable):
                breaker.record_unreachable()
            elif isinstance(error, SourceUnavailable):
                breaker.record_failure(request)
            return self._record_failure(
                source, request, f"{type(error).__name__}: {error}"
            )
        breaker.record_answer(request)
        return self._parse(source, request, answer)

    def _parse(
        self, source: Source, request: Request, answer: Answer
    ) -> ParsedAnswer | str:
        """Store an answer, then parse it and store its readings.

        The result is a sentence about the failure if the answer cannot be parsed.
        Implausible readings become gaps, and are no failure.
        """
        self._store.answers.save(answer)
        try:
            parsed = refuse_implausible(source.parse(answer), self._signals)
        except SourceError as error:
            return self._record_failure(
                source, request, f"{type(error).__name__}: {error}"
            )
        self._store.readings.write(parsed, self._signals, answer.at)
        for signal in request.signals:
            self._failures.pop(signal, None)
        return parsed

    def _record_failure(self, source: Source, request: Request, reason: str) -> str:
        """Store gaps for a request that failed; return a sentence on why (P5, P17)."""
        self._store.readings.write_gaps(_gaps(request, reason), self._clock.now())
        self._log.info("read failed", source=source.name, reason=reason)
        sentence = f"{source.name}: {reason.partition(': ')[2]}"
        self._failures |= dict.fromkeys(request.signals, sentence)
        return sentence


def _requested_series(request: Request) -> RequestedSeries:
    return request.signals, request.entities


def _next_start(answered: datetime, window: Interval) -> datetime:
    """Return the start of the next request; the last answer reached to `answered`."""
    # `answered` may be later than `window.until` if the clock was set back meanwhile.
    return max(window.since, min(answered, window.until) - _OVERLAP)


def _weeks(window: Interval) -> list[Interval]:
    """Return the calendar weeks that overlap `window`, without the week of its end."""
    first = (window.since - _MONDAY) // _WEEK
    last = (window.until - _MONDAY) // _WEEK
    starts = [_MONDAY + k * _WEEK for k in range(first, last)]
    return [Interval(start, start + _WEEK) for start in starts]


def _gaps(request: Request, reason: str) -> Iterable[Gap]:
    return [Gap(signal, None, request.window, reason) for signal in request.signals]
