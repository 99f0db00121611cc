"""Asking the sources: every answer is stored before it is read (P3)."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from bot.clock import Clock
from bot.errors import SourceError, SourceUnavailable, SourceUnreachable
from bot.model.entity import Entity
from bot.model.interval import Interval
from bot.model.signal import Answer, Gap, Parsed, Request, Signal
from bot.ports import Source, Store

_GIVE_UP = 2
"""So many questions in a row without an answer: this signal is silent."""


class SourceCircuitBreaker:
    """Who is still worth asking in this round.

    One for each source. Only silence tires. Whoever answers, be it without data or with nonsense, is
    there, and is asked on. One ill signal does not keep the others from being asked;
    but while nobody has answered at all, one question is enough for the next signal.
    """

    def __init__(self) -> None:
        """Begin with patience for everybody."""
        self._silent: dict[tuple[str, ...], int] = {}
        self._answered = False
        self._nobody = False

    def worth_asking(self, request: Request) -> bool:
        """Whether neither the source nor the signals of `request` are given up."""
        return not self._nobody and self._silent.get(request.signals, 0) < self._limit

    def heard(self, request: Request) -> None:
        """It was answered."""
        self._answered = True
        self._silent[request.signals] = 0

    def unreachable(self) -> None:
        """No connection could be made, often as it was tried: nobody is there."""
        self._nobody = True

    def silence(self, request: Request) -> None:
        """It was not."""
        run = self._silent.get(request.signals, 0) + 1
        self._silent[request.signals] = _GIVE_UP if run >= self._limit else run

    @property
    def answered(self) -> bool:
        """Whether anybody has answered anything."""
        return self._answered

    @property
    def _limit(self) -> int:
        given_up = any(run >= _GIVE_UP for run in self._silent.values())
        return 1 if given_up and not self._answered else _GIVE_UP


_BLOCK = timedelta(days=7)
_MONDAY = datetime(1970, 1, 5, tzinfo=UTC)
_REVISIT = timedelta(hours=6)
"""How far back each round asks again: late and revised readings."""
Progress = Callable[[int, int], None]
"""Told (answered, of how many) questions of a back-fill."""
Stop = Callable[[], bool]
"""Asked whether the rest should be left for another time."""
Subject = tuple[tuple[str, ...], tuple[Entity, ...]]
"""What a question is about: its signals and entities."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a round of questions brought.

    Attributes:
        failed: one sentence for each question that failed.
        answered: the subjects about which nothing was left open.
    """

    parsed: tuple[Parsed, ...]
    failed: tuple[str, ...]
    answered: tuple[Subject, ...] = ()


@dataclass(frozen=True, slots=True)
class BackfillResult:
    """How far a back-fill came.

    Attributes:
        until: from where the rounds go on.
        complete: all was asked, and somebody has answered, now or before.
        found: some answer, now or before, had data.
        failed: one sentence for each question that has no answer yet.
    """

    until: datetime
    complete: bool
    found: bool
    failed: tuple[str, ...]


class Reader:
    """Asks all sources, each in a thread of its own, and stores what they say."""

    def __init__(self, sources: tuple[Source, ...], store: Store, clock: Clock) -> None:
        """Keep what is needed to ask."""
        self._sources = sources
        self._store = store
        self._clock = clock
        self._signals: dict[str, Signal] = {
            signal.id: signal for source in sources for signal in source.signals
        }
        self._answered: dict[Subject, datetime] = {}
        self._log = structlog.get_logger("reading")

    def fill_back(
        self, window: Interval, progress: Progress, stop: Stop
    ) -> BackfillResult:
        """Ask for the whole past weeks of `window` that were never answered.

        Weeks are those of the calendar, so that a restart asks the same questions
        and skips those that were answered. A question that fails is left for the
        next back-fill; the rest goes on.
        """
        blocks = _blocks(window)
        # The last bins of a week may come late: rounds begin a little before its end.
        until = blocks[-1].until - _REVISIT if blocks else window.since
        questions = [
            (source, request)
            for source in self._sources
            for block in blocks
            for request in source.questions(block)
        ]
        failed: list[str] = []
        patience = {source.name: SourceCircuitBreaker() for source in self._sources}
        for count, (source, request) in enumerate(questions):
            progress(count, len(questions))
            if stop():
                return BackfillResult(
                    until, complete=False, found=False, failed=tuple(failed)
                )
            if not self._store.readings.asked(request.key):
                failed += self._fill_one(source, request, patience[source.name])
            progress(count + 1, len(questions))
        found = len(failed) < len(questions)
        answered = found or any(p.answered for p in patience.values())
        complete = answered or not questions
        return BackfillResult(until, complete, found, tuple(failed))

    def _fill_one(
        self, source: Source, request: Request, patience: SourceCircuitBreaker
    ) -> tuple[str, ...]:
        """Ask once and remember that it was answered; else what is wrong."""
        told = self._ask(source, request, patience)
        if isinstance(told, str):
            return (told,)
        self._store.readings.mark_asked(request.key, self._clock.now())
        return ()

    def read(self, window: Interval, stop: Stop) -> ReadResult:
        """Ask every source for what it has not answered yet, within `window`.

        Each subject is asked for from its own last answer on, and a little before;
        a failure is a gap, and the rest goes on.
        """
        with ThreadPoolExecutor(max_workers=max(1, len(self._sources))) as pool:
            rounds = list(
                pool.map(lambda s: self._round(s, window, stop), self._sources)
            )
        answered = tuple(subject for one in rounds for subject in one.answered)
        self._answered |= dict.fromkeys(answered, window.until)
        return ReadResult(
            parsed=tuple(p for one in rounds for p in one.parsed),
            failed=tuple(f for one in rounds for f in one.failed),
            answered=answered,
        )

    def _round(self, source: Source, window: Interval, stop: Stop) -> ReadResult:
        parsed: list[Parsed] = []
        failed: list[str] = []
        patience = SourceCircuitBreaker()
        asked: dict[Subject, bool] = {}
        for request in self._open_questions(source, window):
            if stop():  # what was asked in part is asked again
                return ReadResult(tuple(parsed), tuple(failed))
            subject = _subject(request)
            told = self._ask(source, request, patience)
            asked[subject] = asked.get(subject, True) and isinstance(told, Parsed)
            if isinstance(told, Parsed):
                parsed.append(told)
            else:
                failed.append(told)
        # A subject that was asked for in pieces needs all of them.
        whole = tuple(subject for subject, good in asked.items() if good)
        return ReadResult(tuple(parsed), tuple(failed), whole)

    def _open_questions(self, source: Source, window: Interval) -> Iterator[Request]:
        """The questions of a round: for each subject, from its own beginning on."""
        begins = {window.since, *(_again(at, window) for at in self._answered.values())}
        for since in sorted(begins):
            for request in source.questions(Interval(since, window.until)):
                answered = self._answered.get(_subject(request))
                if since == (_again(answered, window) if answered else window.since):
                    yield request

    def _ask(
        self, source: Source, request: Request, patience: SourceCircuitBreaker
    ) -> Parsed | str:
        """What the source tells, stored; or, its silence stored, a sentence on it."""
        if not patience.worth_asking(request):
            return self._note(source, request, "not asked: nobody answers")
        try:
            answer = source.ask(request)
        except SourceError as error:
            if isinstance(error, SourceUnreachable):
                patience.unreachable()
            elif isinstance(error, SourceUnavailable):
                patience.silence(request)
            return self._note(source, request, f"{type(error).__name__}: {error}")
        patience.heard(request)
        return self._keep(source, request, answer)

    def _keep(self, source: Source, request: Request, answer: Answer) -> Parsed | str:
        self._store.answers.keep(answer)
        try:
            parsed = source.parse(answer)
        except SourceError as error:
            return self._note(source, request, f"{type(error).__name__}: {error}")
        self._store.readings.write(parsed, self._signals, answer.at)
        return parsed

    def _note(self, source: Source, request: Request, reason: str) -> str:
        """Store the silence of a question that failed (P5, P17)."""
        self._store.readings.note(_gaps(request, reason), self._clock.now())
        self._log.info("read failed", source=source.name, reason=reason)
        return f"{source.name}: {reason.partition(': ')[2]}"


def _subject(request: Request) -> Subject:
    return request.signals, request.entities


def _again(answered: datetime, window: Interval) -> datetime:
    """From where a subject answered before is asked for again."""
    return max(window.since, answered - _REVISIT)


def _blocks(window: Interval) -> list[Interval]:
    """Whole calendar weeks: from the one `window` begins in to before its last."""
    first = (window.since - _MONDAY) // _BLOCK
    last = (window.until - _MONDAY) // _BLOCK
    starts = [_MONDAY + k * _BLOCK for k in range(first, last)]
    return [Interval(start, start + _BLOCK) for start in starts]


def _gaps(request: Request, reason: str) -> Iterable[Gap]:
    return [Gap(signal, None, request.window, reason) for signal in request.signals]
