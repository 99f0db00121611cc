"""Answers that are made to do harm: they unpack to much, or have too many values."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.clock import SystemClock
from bot.errors import ChannelUnknown, SourceError
from bot.http.client import make_client
from bot.http.heartbeat import HttpHeartbeat
from bot.model.interval import Interval
from bot.sources.ioda.source import IodaConfig, IodaSource
from tests.cases.memory import MEBIBYTE, bomb, bomb_headers, growth_of
from tests.contract.rigs.rig import make_post
from tests.servers.local import LocalServer, Reply

MOST_GROWTH = 256 * MEBIBYTE
"""In bytes: four times the largest body that a source may send."""
UNTIL = datetime(2026, 1, 8, 12, tzinfo=UTC)
Serve = Callable[[Reply], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """A function that starts a server with one answer to every request; returns its URL."""
    servers: list[LocalServer] = []

    def start(reply: Reply) -> str:
        servers.append(LocalServer(lambda _: reply))
        return servers[-1].base_url

    yield start
    for server in servers:
        server.stop()


def _ask_source(base_url: str) -> None:
    config = IodaConfig(
        base_url=f"{base_url}/v2",
        countries=("KZ",),
        datasources=("bgp",),
        min_interval=timedelta(0),
        attempts=1,
    )
    with make_client(config.timeout) as client:
        source = IodaSource(config, client, SystemClock(), SystemClock())
        (request,) = source.requests(Interval(UNTIL - timedelta(hours=6), UNTIL))
        with pytest.raises(SourceError):
            source.parse(source.ask(request))


@pytest.mark.parametrize("levels", [2, 3])
def test_a_source_answer_is_limited_as_unpacked(serve: Serve, levels: int) -> None:
    """P19: one answer of a few kilobytes must not end the process."""
    base_url = serve(Reply(200, bomb(levels), bomb_headers(levels)))
    assert growth_of(lambda: _ask_source(base_url)) < MOST_GROWTH


def test_a_source_answer_with_too_many_values_is_refused(serve: Serve) -> None:
    """Six hours have 72 bins, so an answer with 10 million values is refused."""
    series = (
        b'{"entityType":"country","entityCode":"KZ","datasource":"bgp","subtype":"",'
        b'"from":0,"until":0,"step":300,"values":[%s0]}' % (b"0," * 10_000_000)
    )
    body = b'{"type":"signals","error":null,"data":[[%s]]}' % series
    base_url = serve(Reply(200, body))
    assert growth_of(lambda: _ask_source(base_url)) < MOST_GROWTH


def test_a_channel_answer_is_limited_as_unpacked(serve: Serve) -> None:
    """P10: the server may have published the post, so the outcome is unknown."""
    base_url = serve(Reply(200, bomb(1), bomb_headers(1)))
    config = MastodonConfig(base_url=base_url, token=SecretStr("t" * 30))
    channel = MastodonChannel("one", config, SystemClock())

    def send() -> None:
        with pytest.raises(ChannelUnknown):
            channel.send(make_post("One"), None)

    assert growth_of(send) < MOST_GROWTH


def test_a_heartbeat_answer_is_limited_as_unpacked(serve: Serve) -> None:
    base_url = serve(Reply(200, bomb(1), bomb_headers(1)))
    heartbeat = HttpHeartbeat(SecretStr(f"{base_url}/ping"))
    assert growth_of(heartbeat.beat) < MOST_GROWTH
