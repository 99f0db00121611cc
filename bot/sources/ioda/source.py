"""IODA: routes, active probing, a telescope and Google traffic, for the whole world.

API: https://api.ioda.inetintel.cc.gatech.edu/v2/ (its own documentation page);
no key. Cadence: 5, 10, 5 and 30 minutes; newest values are 15 to 40 minutes old,
Google's two to three hours. Licence: none is granted, all rights reserved; show
with attribution to "IODA, Internet Intelligence Lab, Georgia Tech" and a link,
and keep raw values out of what is redistributed.

The telescope (`merit-nt`) counts who happens to send it traffic: noise for small
places, and never enough alone. `gtr` is asked for one product (WEB_SEARCH): the
blend of products reads a late one as a drop. We never send `maxPoints`, so every
bin is a native one: a re-binned newest bin would be the mean of half a bin.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import httpx

from bot.clock import Clock
from bot.http.reader import RateLimitedReader, RetryPolicy, make_client
from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.signal import Answer, Parsed, Request, Signal
from bot.sources.ioda.config import IodaConfig, SignalOverride
from bot.sources.ioda.responses import ExpectedAnswer, read
from bot.sources.ioda.signals import Datasource

__all__ = ["IodaConfig", "IodaSource", "SignalOverride", "build"]

# The API refuses 100 days and more in one question.
_LONGEST = timedelta(days=90)


class IodaSource:
    """Reads the signals/raw part of the IODA API v2."""

    name = "ioda"

    def __init__(
        self, config: IodaConfig, client: httpx.Client, clock: Clock, pause: Clock
    ) -> None:
        """Ask with `client`; answers are stamped by `clock`, waits are on `pause`.

        `pause` is the machine's own clock, whatever time the loop lives in.
        """
        self._config = config
        self._clock = clock
        patience = RetryPolicy(attempts=config.attempts, deadline=4 * config.timeout)
        self._reader = RateLimitedReader(client, pause, patience, config.min_interval)
        self._asked = {d.signal.id: d for d in config.asked()}
        watched = config.watched()
        self.signals: tuple[Signal, ...] = tuple(
            datasource.signal for datasource in self._asked.values()
        )
        self.rows: Mapping[str, tuple[Entity, ...]] = {
            signal: tuple(e for e in watched if e.kind in datasource.kinds)
            for signal, datasource in self._asked.items()
        }
        # IODA does not tell a network's country here; the register does.
        self.parents: Mapping[Entity, Entity] = {
            entity: Entity(EntityKind.COUNTRY, entity.code[:2])
            for entity in watched
            if entity.kind is EntityKind.REGION
        }

    def questions(self, window: Interval) -> tuple[Request, ...]:
        """One question for each datasource, kind of entity, batch and 90 days."""
        return tuple(
            self._question(datasource, batch, piece)
            for signal, datasource in self._asked.items()
            for piece in _pieces(_on_grid(window, datasource.signal))
            for batch in _batches(self.rows[signal], self._config.batch)
        )

    def ask(self, request: Request) -> Answer:
        """Put one question, in our turn.

        Raises:
            SourceUnavailable: IODA gave no good answer in all attempts.
            SourceFormatChanged: IODA refuses the question.
        """
        reply = self._reader.get(f"{self._config.base_url}/{request.path}")
        at = self._clock.now()
        return Answer(self.name, request, at, reply.status, reply.body)

    def parse(self, answer: Answer) -> Parsed:
        """Read an answer; what it does not tell is a gap, never a zero (P5).

        Raises:
            SourceFormatChanged: the answer is not of the known form.
            SourceUnavailable: the answer says that IODA is ill (P6).
        """
        request = answer.request
        asked = ExpectedAnswer(
            datasource=self._asked[request.signals[0]],
            kind=request.entities[0].kind,
            codes={self._code(entity): entity for entity in request.entities},
            window=request.window,
            at=answer.at,
        )
        return read(answer.body, asked)

    def _question(
        self, datasource: Datasource, batch: tuple[Entity, ...], window: Interval
    ) -> Request:
        codes = ",".join(self._code(entity) for entity in batch)
        since, until = _epoch(window)
        path = (
            f"signals/raw/{batch[0].kind}/{codes}"
            f"?from={since}&until={until}&datasource={datasource.name}"
        )
        if datasource.subtype:
            path += f"&sourceParams={datasource.subtype}"
        # The codes are in the key by their digest: a back-fill goes on where it
        # stopped, and a changed watch list is asked for anew.
        digest = hashlib.sha256(codes.encode()).hexdigest()[:12]
        kind = batch[0].kind
        return Request(
            key=f"{datasource.signal.id}/{kind}/{digest}/{since}/{until}",
            signals=(datasource.signal.id,),
            entities=batch,
            window=window,
            path=path,
        )

    def _code(self, entity: Entity) -> str:
        """IODA's own code: regions have numbers there."""
        if entity.kind is EntityKind.REGION:
            return self._config.regions[entity.code]
        return entity.code


def build(config: IodaConfig, clock: Clock, pause: Clock) -> IodaSource:
    """The source a configuration asks for, with an HTTP client of its own."""
    client = make_client(config.contact, config.timeout)
    return IodaSource(config, client, clock, pause)


def _on_grid(window: Interval, signal: Signal) -> Interval | None:
    """The whole bins that begin within `window`; None where none does."""
    first = _bin_at_or_after(signal, window.since)
    after = _bin_at_or_after(signal, window.until)
    if first == after:
        return None
    return Interval(signal.start_of(first), signal.start_of(after))


def _bin_at_or_after(signal: Signal, at: datetime) -> int:
    index = signal.bin_of(at)
    return index if signal.start_of(index) >= at else index + 1


def _pieces(window: Interval | None) -> Iterator[Interval]:
    """The window in pieces that the API answers, oldest first."""
    if window is None:
        return
    since = window.since
    while since < window.until:
        until = min(since + _LONGEST, window.until)
        yield Interval(since, until)
        since = until


def _batches(entities: tuple[Entity, ...], size: int) -> Iterator[tuple[Entity, ...]]:
    """`entities` in runs of one kind and of at most `size`."""
    for kind in EntityKind:
        same = tuple(entity for entity in entities if entity.kind is kind)
        for start in range(0, len(same), size):
            yield same[start : start + size]


def _epoch(window: Interval) -> tuple[int, int]:
    return int(window.since.timestamp()), int(window.until.timestamp())
