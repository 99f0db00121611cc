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


@dataclass(frozen=True, slots=True)
class Read:
    """What a round of questions brought; `failed` has one sentence for each error."""

    parsed: tuple[Parsed, ...]
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
        since: datetime,
        until: datetime,
        progress: Progress,
        stop: Callable[[], bool],
    ) -> datetime:
        """Ask for whole past weeks that were never answered; returns where it ended.

        Weeks are those of the calendar, so that a restart asks the same questions
        and skips those that were answered. A question that fails is asked again at
        the next start; the rest goes on.
        """
        blocks = _blocks(since, until)
        questions = [
            (source, request)
            for source in self._sources
            for block in blocks
            for request in source.questions(block)
        ]
        for count, (source, request) in enumerate(questions):
            if stop():
                break
            if not self._store.readings.asked(request.key):
                self._fill_one(source, request)
            progress(count + 1, len(questions))
        return blocks[-1].until if blocks else since

    def _fill_one(self, source: Source, request: Request) -> None:
        try:
            self._ask(source, request)
        except SourceError as error:
            self._note(source, request, error)
        else:
            self._store.readings.mark_asked(request.key, self._clock.now())

    def read(self, window: Interval) -> Read:
        """Ask every source for `window`; a failure is a gap, and the rest goes on."""
        with ThreadPoolExecutor(max_workers=max(1, len(self._sources))) as pool:
            rounds = list(pool.map(lambda s: self._round(s, window), self._sources))
        return Read(
            parsed=tuple(p for one in rounds for p in one.parsed),
            failed=tuple(f for one in rounds for f in one.failed),
        )

    def _round(self, source: Source, window: Interval) -> Read:
        parsed, failed = [], []
        for request in source.questions(window):
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
        self._log.warning("read failed", source=source.name, error=str(error))
        return str(error)


def _blocks(since: datetime, until: datetime) -> list[Interval]:
    """Whole calendar weeks from the one with `since` to before the one with `until`."""
    first = (since - _MONDAY) // _BLOCK
    last = (until - _MONDAY) // _BLOCK
    starts = [_MONDAY + k * _BLOCK for k in range(first, last)]
    return [Interval(start, start + _BLOCK) for start in starts]


def _gaps(request: Request, reason: str) -> Iterable[Gap]:
    return [Gap(signal, None, request.window, reason) for signal in request.signals]
