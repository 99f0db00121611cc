"""Soak test on real servers, where a post whose answer is lost stays published (P10).

OUTAGEWIRE_SOAK_REAL sets the number of runs (`make soak`: 210), OUTAGEWIRE_SEED the random
seed.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr

from bot.channels.bluesky import BlueskyChannel, BlueskyConfig
from bot.channels.mail import MailChannel, MailConfig
from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.channels.matrix import MatrixChannel, MatrixConfig
from bot.channels.ntfy import NtfyChannel, NtfyConfig
from bot.channels.shared.read_back import words_of_html
from bot.clock import StillClock
from bot.ports import Channel
from bot.store.sql_store import open_store
from tests.contract.stored import T0
from tests.servers.local import LocalServer
from tests.servers.ntfy import TOPIC, Ntfy
from tests.servers.pds import Pds
from tests.servers.proxy import forward
from tests.servers.reading import posts_of, reader_of
from tests.servers.smtp import Mailbox
from tests.servers.snac import Snac
from tests.servers.synapse import Synapse
from tests.soak.fate import Fate
from tests.soak.runs import Stage, Toll, run

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = [pytest.mark.servers, pytest.mark.timeout(7200)]

RUNS = int(os.environ.get("OUTAGEWIRE_SOAK_REAL", "5"))
SEED = os.environ.get("OUTAGEWIRE_SEED", "20260108")
WAIT = timedelta(seconds=15)
Standing = Callable[[], list[tuple[str, str]]]


@dataclass
class Line:
    """A proxy before a real server, which adds the network faults of the run."""

    to: str

    def __post_init__(self) -> None:
        self.network = Fate.calm().network
        self.server = LocalServer(
            lambda request: self.network(request, lambda r: forward(self.to, r))
        )

    def take(self, fate: Fate) -> None:
        self.network = fate.network


def _stage(
    channel: Callable[[str, StillClock], Channel], line: Line, standing: Standing
) -> Stage:
    clock = StillClock(T0)
    return Stage(
        store=open_store(":memory:"),
        clock=clock,
        channel=lambda: channel(line.server.base_url, clock),
        standing=standing,
        fate=line.take,
    )


def _snac(snac: Snac) -> tuple[Stage, Line]:
    line, reader = Line(snac.base_url), reader_of(snac)
    me = reader.account_verify_credentials()["id"]

    def made(base_url: str, clock: StillClock) -> Channel:
        config = MastodonConfig(
            base_url=base_url, token=SecretStr(snac.token), timeout=WAIT
        )
        return MastodonChannel("one", config, clock)

    def standing() -> list[tuple[str, str]]:
        page = reader.account_statuses(me, limit=40)
        return [(words_of_html(status["content"]), "") for status in page[::-1]]

    return _stage(made, line, standing), line


def _pds(pds: Pds) -> tuple[Stage, Line]:
    line, account = Line(pds.base_url), pds.account("soak")
    password = SecretStr(account.app_password)

    def made(base_url: str, clock: StillClock) -> Channel:
        config = BlueskyConfig(
            base_url=base_url,
            handle=account.handle,
            app_password=password,
            timeout=WAIT,
        )
        return BlueskyChannel("one", config, clock)

    def standing() -> list[tuple[str, str]]:
        return [(post.text, "") for post in posts_of(pds, account.did).values()]

    return _stage(made, line, standing), line


def _synapse(synapse: Synapse) -> tuple[Stage, Line]:
    line, member = Line(synapse.base_url), synapse.register("soak")
    room = synapse.room(member, "soak")

    def made(base_url: str, clock: StillClock) -> Channel:
        config = MatrixConfig(
            base_url=base_url, token=SecretStr(member.token), room=room, timeout=WAIT
        )
        return MatrixChannel("one", config, clock)

    def standing() -> list[tuple[str, str]]:
        answer = httpx.get(
            f"{synapse.base_url}/_matrix/client/v3/rooms/{room}/messages",
            params={"dir": "b", "limit": "60"},
            headers={"Authorization": f"Bearer {member.token}"},
        )
        events = answer.raise_for_status().json()["chunk"][::-1]
        messages = [e["content"] for e in events if e["type"] == "m.room.message"]
        return [(c["body"], "") for c in messages if c["msgtype"] == "m.text"]

    return _stage(made, line, standing), line


def _ntfy(ntfy: Ntfy) -> tuple[Stage, Line]:
    line, token = Line(ntfy.base_url), SecretStr(ntfy.token)

    def made(base_url: str, clock: StillClock) -> Channel:
        config = NtfyConfig(base_url=base_url, topic=TOPIC, token=token, timeout=WAIT)
        return NtfyChannel("one", config, clock)

    def standing() -> list[tuple[str, str]]:
        answer = httpx.get(
            f"{ntfy.base_url}/{TOPIC}/json?poll=1&since=all",
            headers={"Authorization": f"Bearer {ntfy.token}"},
        )
        messages = [
            json.loads(line) for line in answer.raise_for_status().text.splitlines()
        ]
        return [(f"{m.get('title')} {m.get('message')}", "") for m in messages]

    return _stage(made, line, standing), line


def _mail(box: Mailbox) -> tuple[Stage, Line]:
    def made(base_url: str, clock: StillClock) -> Channel:
        config = MailConfig(
            host="127.0.0.1",
            port=box.port,
            security="none",
            sender="wire@outages.example",
            to=("desk@news.example",),
            timeout=WAIT,
        )
        return MailChannel("one", config, clock)

    def standing() -> list[tuple[str, str]]:
        return [(str(m["Subject"]), str(m["Message-ID"])) for m in box.letters]

    # Letters are sent by SMTP, so they do not pass through this HTTP proxy, and no network
    # fault concerns them.
    line = Line("http://127.0.0.1:9")
    return _stage(made, line, standing), line


@pytest.fixture
def stages(
    snac: Snac, pds: Pds, synapse: Synapse, ntfy: Ntfy, mailbox: Mailbox
) -> dict[str, tuple[Stage, Line]]:
    """Return, by server, a stage with a channel on it and the proxy before it."""
    return {
        "snac": _snac(snac),
        "pds": _pds(pds),
        "synapse": _synapse(synapse),
        "ntfy": _ntfy(ntfy),
        "aiosmtpd": _mail(mailbox),
    }


def test_no_run_repeats_or_loses_a_post_on_a_real_server(
    stages: dict[str, tuple[Stage, Line]], capsys: pytest.CaptureFixture[str]
) -> None:
    each = max(1, RUNS // len(stages))
    tolls = {name: Toll() for name in stages}
    for name, (stage, line) in stages.items():
        for number in range(each):
            tolls[name] += run(stage, f"{SEED}-{name}-{number}")
        line.server.stop()
        stage.store.close()
    whole = sum(tolls.values(), Toll())
    with capsys.disabled():
        print(f"\nseed {SEED}, real servers")
        for name, toll in tolls.items():
            print(toll.line(name))
        print(whole.line("all"))
    assert whole.duplicates == whole.lost == 0
    assert whole.unsettled == whole.disordered == 0
    assert whole.once + whole.refused + whole.person == whole.posts
