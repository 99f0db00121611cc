"""Asking the sources: every answer is stored before it is read (P3)."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from bot.clock import Clock
from bot.errors import SourceError
from bot.model.interval import Interval
from bot.model.signal import Gap, Parsed, Request, Signal
from bot.ports import Source, Store

_BLOCK = timedelta(days=7)
_MONDAY = datetime(1970, 1, 5, tzinfo=UTC)
Progress = Callable[[int, int], None]
"""Told (answered, of how many) questions of a back-fill."""


_GIVE_UP = 2
"""After so many failures without one answer, nobody is there: try next time."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a round of questions brought; `failed` has one sentence for each error."""

    parsed: tuple[Parsed, ...]
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """How far a back-fill came; `complete` unless nobody answered or it was stopped."""

    until: datetime
    complete: bool
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
        self._log = structlog.get_logger("reading")

    def fill_back(
        self,
        window: Interval,
        progress: Progress,
        stop: Callable[[], bool],
    ) -> Filled:
        """Ask for the whole past weeks of `window` that were never answered.

        Weeks are those of the calendar, so that a restart asks the same questions
        and skips those that were answered. A question that fails is asked again at
        the next start; the rest goes on.
        """
        blocks = _blocks(window)
        until = blocks[-1].until if blocks else window.since
        questions = [
            (source, request)
            for source in self._sources
            for block in blocks
            for request in source.questions(block)
        ]
        failed: list[str] = []
        answered = False
        for count, (source, request) in enumerate(questions):
            if stop() or (len(failed) >= _GIVE_UP and not answered):
                return Filled(until, complete=False, failed=tuple(failed))
            told = self._fill_one(source, request)
            if isinstance(told, str):
                failed.append(told)
            answered = answered or told is True
            progress(count + 1, len(questions))
        return Filled(until, complete=True, failed=tuple(failed))

    def _fill_one(self, source: Source, request: Request) -> bool | str:
        """True when it was answered now, False when it was before, else the error."""
        if self._store.readings.asked(request.key):
            return False
        try:
            self._ask(source, request)
        except SourceError as error:
            return self._note(source, request, error)
        self._store.readings.mark_asked(request.key, self._clock.now())
        return True

    def read(self, window: Interval) -> Read:
        """Ask every source for `window`; a failure is a gap, and the rest goes on."""
        with ThreadPoolExecutor(max_workers=max(1, len(self._sources))) as pool:
            rounds = list(pool.map(lambda s: self._round(s, window), self._sources))
        return Read(
            parsed=tuple(p for one in rounds for p in one.parsed),
            failed=tuple(f for one in rounds for f in one.failed),
        )

    def _round(self, source: Source, window: Interval) -> Read:
        parsed: list[Parsed] = []
        failed: list[str] = []
        for request in source.questions(window):
            if len(failed) >= _GIVE_UP and not parsed:
                gaps = _gaps(request, "not asked: the source does not answer")
                self._store.readings.note(gaps, self._clock.now())
                continue
            try:
                parsed.append(self._ask(source, request))
            except SourceError as error:
                failed.append(self._note(source, request, error))
        return Read(tuple(parsed), tuple(failed))

    def _ask(self, source: Source, request: Request) -> Parsed:
        answer = source.ask(request)
        self._store.answers.keep(answer)
        parsed = source.parse(answer)
        self._store.readings.write(parsed, self._signals, answer.at)
        return parsed

    def _note(self, source: Source, request: Request, error: SourceError) -> str:
        """Store the silence of a question that failed (P5, P17)."""
        gaps = _gaps(request, f"{type(error).__name__}: {error}")
        self._store.readings.note(gaps, self._clock.now())
        self._log.info("read failed", source=source.name, error=str(error))
        return f"{source.name}: {error}"


def _blocks(window: Interval) -> list[Interval]:
    """Whole calendar weeks: from the one `window` begins in to before its last."""
    first = (window.since - _MONDAY) // _BLOCK
    last = (window.until - _MONDAY) // _BLOCK
    starts = [_MONDAY + k * _BLOCK for k in range(first, last)]
    return [Interval(start, start + _BLOCK) for start in starts]


def _gaps(request: Request, reason: str) -> Iterable[Gap]:
    return [Gap(signal, None, request.window, reason) for signal in request.signals]
