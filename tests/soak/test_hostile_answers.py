"""Every source and HTTP channel survives every kind of hostile answer (P19).

A call ends with a result or with an expected error, within the time limit of its client,
and without much memory.
"""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.channels.registry import CHANNELS
from bot.clock import SystemClock
from bot.errors import BotError
from bot.http.client import make_client
from bot.http.heartbeat import HttpHeartbeat
from bot.model.interval import Interval
from bot.sources.ioda.source import IodaConfig, IodaSource
from tests.cases.memory import MEBIBYTE, growth_of
from tests.contract.rigs import RIGS
from tests.contract.rigs.rig import PNG, Rig, TokenSettingChannel, make_post
from tests.soak.hostile_answers import HostileServer, Play, hostile_kinds

UNTIL = datetime(2026, 1, 8, 12, tzinfo=UTC)
TIMEOUT = timedelta(milliseconds=400)
LONGEST_S = 60.0
MOST_GROWTH = 500 * MEBIBYTE
EVERY = int(os.environ.get("OUTAGEWIRE_HOSTILE_EVERY", "1"))
"""Only every so many kinds are played, for a quick look."""
WITHOUT_HTTP = {"apprise", "file", "mail", "readers", "x"}
"""X is reached through a library with limits of its own."""
Call = Callable[[str], None]


def ask_ioda(url: str) -> None:
    config = IodaConfig(
        base_url=f"{url}/v2",
        countries=("KZ",),
        datasources=("bgp",),
        min_interval=timedelta(0),
        attempts=1,
        timeout=TIMEOUT,
    )
    with make_client(config.timeout) as client:
        source = IodaSource(config, client, SystemClock(), SystemClock())
        (request,) = source.requests(Interval(UNTIL - timedelta(hours=6), UNTIL))
        source.parse(source.ask(request))


def send_heartbeat(url: str) -> None:
    HttpHeartbeat(SecretStr(f"{url}/ping")).beat()


def channel_calls(folder: Path, stack: ExitStack) -> Iterator[tuple[str, Call]]:
    """Yield calls to each channel that uses HTTP: its limits, a post, a search."""
    for kind in sorted(RIGS.keys() - WITHOUT_HTTP):
        (folder / kind).mkdir()
        rig = stack.enter_context(contextmanager(RIGS[kind])(folder / kind))
        yield from _calls_of(kind, rig)


def _calls_of(kind: str, rig: Rig) -> Iterator[tuple[str, Call]]:
    def channel(url: str) -> TokenSettingChannel:
        changes = {rig.address_key: url, "timeout": TIMEOUT}
        config = rig.config.model_copy(update=changes)
        return TokenSettingChannel(
            CHANNELS[kind].constructor("one", config, SystemClock())
        )

    post = make_post("One")
    yield f"{kind} outlet", lambda url: _ignore(channel(url).outlet())
    yield f"{kind} send", lambda url: _ignore(channel(url).send(post, PNG))
    if rig.read_back_paths:
        yield f"{kind} find", lambda url: _ignore(channel(url).find(post))


def _ignore(_: object) -> None: ...


@dataclass
class Outcomes:
    """How the calls ended, how long the longest lasted, and the most memory that one took."""

    counts: Counter[str] = field(default_factory=Counter)
    longest: tuple[float, str] = (0.0, "")
    largest: tuple[int, str] = (0, "")

    def play(self, kind: str, answer: Play, what: str, call: Call) -> None:
        """Let a server give one answer to the requests of one call."""
        server, began = HostileServer(answer), time.monotonic()
        name = f"{what} with {kind}"
        try:
            growth = growth_of(lambda: self._run(call, server.base_url, name))
        finally:
            server.stop()
        self.longest = max(self.longest, (time.monotonic() - began, name))
        self.largest = max(self.largest, (growth, name))

    def _run(self, call: Call, url: str, name: str) -> None:
        error: BaseException | None = None
        try:
            call(url)
        except BotError as expected:
            error = expected
            self.counts[type(expected).__name__] += 1
        except Exception as unexpected:
            raise AssertionError(f"{name}: {unexpected!r}") from unexpected
        else:
            self.counts["a result"] += 1
        text = str(error)
        assert text.isprintable(), name
        assert len(text) < 1000, name


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_every_hostile_answer_is_survived(tmp_path):
    kinds, outcomes = hostile_kinds(), Outcomes()
    assert len(kinds) >= 200
    played = list(kinds.items())[::EVERY]
    with ExitStack() as stack:
        calls: dict[str, Call] = {"ioda": ask_ioda, "heartbeat": send_heartbeat}
        calls |= dict(channel_calls(tmp_path, stack))
        for kind, answer in played:
            for what, call in calls.items():
                outcomes.play(kind, answer, what, call)
    print(f"{len(played)} kinds of answers to {len(calls)} calls: {outcomes.counts}")
    print(f"longest: {outcomes.longest[0]:.1f} s, {outcomes.longest[1]}")
    print(
        f"most memory: {outcomes.largest[0] / MEBIBYTE:.0f} MiB, {outcomes.largest[1]}"
    )
    assert outcomes.longest[0] < LONGEST_S
    assert outcomes.largest[0] < MOST_GROWTH
