"""IODA: routes, active probing, a telescope and Google traffic, for the whole world.

API: https://api.ioda.inetintel.cc.gatech.edu/v2/ (documented there); it needs no key.
Steps: 5 minutes (routes, telescope), 10 (probing) and 30 (Google). The newest values
are 15 to 40 minutes old, Google's two to three hours. Licence: none is granted, all
rights reserved; show with attribution to "IODA, Internet Intelligence Lab, Georgia
Tech" and a link, and do not redistribute raw values.

The telescope (`merit-nt`) counts addresses that happen to send traffic to it. In small
places these counts are mostly noise, and no incident opens on them alone. Google
traffic (`gtr`) is requested for one product (WEB_SEARCH). In the combined series of all
products, late values of one product would look like a drop. `maxPoints` is never sent:
with it, IODA would average bins into longer bins, and the newest longer bin would be
incomplete.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import httpx

from bot.clock import Clock
from bot.http.client import make_client
from bot.http.limited_client import AnswerLimits
from bot.http.reader import RateLimitedReader, RetryPolicy
from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.signal import Answer, ParsedAnswer, Request, Signal
from bot.sources.ioda.config import IodaConfig, SignalOverride
from bot.sources.ioda.responses import ExpectedAnswer, read_response
from bot.sources.ioda.signals import Datasource

__all__ = ["IodaConfig", "IodaSource", "SignalOverride", "build"]

# The API refuses requests for 100 days or more.
_LONGEST = timedelta(days=90)
_MOST_BYTES = 16 * 2**20
"""The largest answer that is read.

A week of 200 entities in 5-minute bins has about 4 MB.
"""


class IodaSource:
    """Reads readings from `signals/raw` of the IODA API v2."""

    name = "ioda"

    def __init__(
        self, config: IodaConfig, client: httpx.Client, clock: Clock, wait_clock: Clock
    ) -> None:
        """Create the source.

        Args:
            config: what to watch and how to request it.
            client: the HTTP client.
            clock: the loop's clock, which may be simulated; answers are dated with it.
            wait_clock: the machine's clock, for waits between requests.
        """
        self._config = config
        self.reconstruction = config.reconstruction
        self._clock = clock
        retries = RetryPolicy(attempts=config.attempts)
        self._reader = RateLimitedReader(
            client, wait_clock, retries, config.min_interval
        )
        self._datasources = {d.signal.id: d for d in config.requested_datasources()}
        watched = config.watched_entities()
        self.signals: tuple[Signal, ...] = tuple(
            datasource.signal for datasource in self._datasources.values()
        )
        self.rows: Mapping[str, tuple[Entity, ...]] = {
            signal: tuple(e for e in watched if e.kind in datasource.kinds)
            for signal, datasource in self._datasources.items()
        }
        # Networks are left out, because an AS number does not contain a country. Their
        # countries are in the register of networks.
        self.parents: Mapping[Entity, Entity] = {
            entity: Entity(EntityKind.COUNTRY, entity.code[:2])
            for entity in watched
            if entity.kind is EntityKind.REGION
        }

    @property
    def server_time(self) -> tuple[datetime, timedelta] | None:
        """The server's time in its last answer, and when the answer arrived.

        `DatedSource.server_time` explains both values.
        """
        return self._reader.server_time

    def requests(self, window: Interval) -> tuple[Request, ...]:
        """Return the requests for `window`.

        A request is for one datasource, a batch of entities and at most 90 days.
        """
        return tuple(
            self._request(datasource, batch, piece)
            for signal, datasource in self._datasources.items()
            for piece in _pieces(_whole_bins(window, datasource.signal))
            for batch in _batches(self.rows[signal], self._config.batch)
        )

    def ask(self, request: Request) -> Answer:
        """Send one request, and return the response unparsed.

        The request starts at least `min_interval` after the start of the last request.

        Raises:
            SourceUnavailable: no attempt got a usable answer.
            SourceFormatChanged: IODA refuses the request.
        """
        reply = self._reader.get(f"{self._config.base_url}/{request.path}")
        at = self._clock.now()
        return Answer(self.name, request, at, reply.status, reply.body)

    def parse(self, answer: Answer) -> ParsedAnswer:
        """Return the readings of an answer; a missing series is a gap, not zeros (P5).

        Raises:
            SourceFormatChanged: the answer does not have the documented form, or does
                not fit its request.
            SourceUnavailable: the answer reports an error of IODA or has no bins, or all
                its values are null although a bin was due (P6).
        """
        request = answer.request
        asked = ExpectedAnswer(
            datasource=self._datasources[request.signals[0]],
            kind=request.entities[0].kind,
            codes={self._code(entity): entity for entity in request.entities},
            window=request.window,
            arrived_at=answer.at,
        )
        return read_response(answer.body, asked)

    def _request(
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
        # A backfill skips requests whose keys were answered. The key contains a digest
        # of the codes: if the entities of a batch change, it is requested again.
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
        """Return IODA's code of an entity; the code of a region is a number."""
        if entity.kind is EntityKind.REGION:
            return self._config.regions[entity.code]
        return entity.code


def build(config: IodaConfig, clock: Clock, wait_clock: Clock) -> IodaSource:
    """Build the source from its configuration, with its own HTTP client."""
    limits = AnswerLimits(config.timeout, max_bytes=_MOST_BYTES)
    client = make_client(limits, contact=config.contact)
    return IodaSource(config, client, clock, wait_clock)


def _whole_bins(window: Interval, signal: Signal) -> Interval | None:
    """Return the interval of all bins that begin within `window`; None if none does."""
    first = _bin_at_or_after(signal, window.since)
    end = _bin_at_or_after(signal, window.until)
    if first == end:
        return None
    return Interval(signal.start_of(first), signal.start_of(end))


def _bin_at_or_after(signal: Signal, time: datetime) -> int:
    index = signal.bin_at(time)
    return index if signal.start_of(index) >= time else index + 1


def _pieces(window: Interval | None) -> Iterator[Interval]:
    """Yield the window in pieces short enough for the API, oldest first."""
    if window is None:
        return
    since = window.since
    while since < window.until:
        until = min(since + _LONGEST, window.until)
        yield Interval(since, until)
        since = until


def _batches(entities: tuple[Entity, ...], size: int) -> Iterator[tuple[Entity, ...]]:
    """Yield batches of at most `size` entities; each batch has entities of one kind."""
    for kind in EntityKind:
        of_kind = tuple(entity for entity in entities if entity.kind is kind)
        for start in range(0, len(of_kind), size):
            yield of_kind[start : start + size]


def _epoch(window: Interval) -> tuple[int, int]:
    return int(window.since.timestamp()), int(window.until.timestamp())
