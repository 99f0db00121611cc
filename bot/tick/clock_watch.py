"""Checks the clock before each round, with what sources and servers show.

The rule is in `incidents.plausible_clock`; this gathers the evidence for it.
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
from bot.model.operator_alert import AlertKind, OperatorAlert
from bot.model.signal import Chunk, Request, Signal
from bot.ports import DatedSource, Source

Elapsed = Callable[[], timedelta]
"""How much time has passed since some fixed instant, whatever the clock was set to."""
Newest = Mapping[str, int | None]
"""By signal the number of the newest bin that has a reading."""


@dataclass(frozen=True, slots=True)
class _Trusted:
    at: datetime
    elapsed: timedelta

    def now(self, elapsed: timedelta) -> datetime:
        return self.at + (elapsed - self.elapsed)


@dataclass(slots=True)
class _Probe:
    """What a source was found to have: by signal its newest bin with a reading."""

    newest: dict[str, int] = field(default_factory=dict)
    unreachable: bool = False


class Timekeeper:
    """Tells before each round whether the clock can be believed.

    Sources are asked, and their answers not stored, before the first round and
    whenever the clock is in doubt; a single answer usually settles it.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        elapsed: Elapsed | None,
        grace: timedelta,
        stored: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        """Check by these witnesses.

        Args:
            sources: who can be asked.
            elapsed: see there; None for a clock that cannot be wrong, as in a replay:
                it is always believed.
            grace: how long past its due time a reading is waited for.
            stored: when the last round was stored.
        """
        self._sources = sources
        self._elapsed = elapsed
        self._grace = grace
        self._stored = stored
        self._signals = {s.id: s for source in sources for s in source.signals}
        self._trusted: _Trusted | None = None
        self._since: datetime | None = None
        self._log = structlog.get_logger("clock")

    def trouble(self, now: datetime, newest: Newest) -> OperatorAlert | None:
        """What is wrong with the clock that shows `now`; None where it is believed.

        `newest` is what is known of the readings already.
        """
        if self._elapsed is None:
            return None
        elapsed = self._elapsed()
        reason = self._doubt(now, elapsed, newest)
        if reason is not None or self._trusted is None:
            reason = self._doubt_after_asking(now, newest)
        if reason is None:
            self._believe(now, elapsed)
            return None
        self._since = self._since or now
        self._log.error("clock not believed: the round is left out", reason=reason)
        return OperatorAlert(AlertKind.CLOCK, "", self._since, reason)

    def moved(self, now: datetime) -> bool:
        """Whether the clock was set since it was last believed; nobody is asked."""
        if self._elapsed is None or self._trusted is None:
            return False
        return not agree(now, self._trusted.now(self._elapsed()))

    def _believe(self, now: datetime, elapsed: timedelta) -> None:
        if self._since is not None:
            self._log.warning("clock believed again", at=now.isoformat())
        self._trusted, self._since = _Trusted(now, elapsed), None

    def _doubt(self, now: datetime, elapsed: timedelta, newest: Newest) -> str | None:
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
                stored=None if trusted else self._stored(),
                current=any(
                    self._is_current(self._signals[id_], index, now)
                    for id_, index in newest.items()
                    if index is not None and id_ in self._signals
                ),
            )
        )

    def _servers(self, elapsed: timedelta) -> list[datetime]:
        """What the clocks of servers show now, by their last dated answers."""
        dates = [s.dated for s in self._sources if isinstance(s, DatedSource)]
        return [date + (elapsed - then) for date, then in filter(None, dates)]

    def _is_current(self, signal: Signal, index: int, now: datetime) -> bool:
        """Whether readings up to bin `index` reach up to `now`, as far as is expected."""
        return signal.start_of(index) <= now < signal.due_at(index + 1) + self._grace

    def _doubt_after_asking(self, now: datetime, newest: Newest) -> str | None:
        """Ask the sources, one signal after the other, until the clock is believed."""
        reason: str | None = None
        for source in self._sources:
            probe = _Probe()
            for request in self._questions(source, now):
                if probe.unreachable:
                    break
                failure_of(partial(self._ask, source, request, probe))
                reason = self._doubt(now, self._now_elapsed(), _later(newest, probe))
                if reason is None and self._is_settled(now):
                    return None
        return (
            reason if self._sources else self._doubt(now, self._now_elapsed(), newest)
        )

    def _is_settled(self, now: datetime) -> bool:
        """Whether a server has shown its clock: before that, silence proves nothing."""
        servers = self._servers(self._now_elapsed())
        return any(agree(now, server) for server in servers)

    def _now_elapsed(self) -> timedelta:
        return self._elapsed() if self._elapsed is not None else timedelta(0)

    def _questions(self, source: Source, now: datetime) -> list[Request]:
        """One question of each signal, about its newest bins."""
        reach = max(s.lag + 2 * s.step for s in source.signals) + self._grace
        asked: dict[tuple[str, ...], Request] = {}
        for request in source.questions(Interval(now - reach, now)):
            asked.setdefault(request.signals, request)
        return list(asked.values())

    def _ask(self, source: Source, request: Request, probe: _Probe) -> None:
        """Put one question; the answer is looked at, and not stored."""
        try:
            answer = source.ask(request)
        except SourceUnreachable:
            probe.unreachable = True
            raise
        for chunk in source.parse(answer).chunks:
            last = _last_reading(chunk)
            if last is not None:
                known = probe.newest.get(chunk.signal, last)
                probe.newest[chunk.signal] = max(known, last)


def _later(newest: Newest, probe: _Probe) -> Newest:
    """The later of what was known and what was found, for each signal."""
    merged = dict(newest)
    for signal, index in probe.newest.items():
        known = merged.get(signal)
        merged[signal] = index if known is None else max(known, index)
    return merged


def _last_reading(chunk: Chunk) -> int | None:
    known = np.flatnonzero(~np.isnan(chunk.values))
    return chunk.first + int(known[-1]) if len(known) else None
