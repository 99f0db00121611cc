"""Soak test on real servers: a post stays published if the answer to it is lost (P10).

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
from bot.channels.shared.read_back import normalized_html_text
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
from tests.soak.faults import FaultInjector
from tests.soak.runs import RunCounts, RunSetup, run

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = [pytest.mark.servers, pytest.mark.timeout(7200)]

RUNS = int(os.environ.get("OUTAGEWIRE_SOAK_REAL", "5"))
SEED = os.environ.get("OUTAGEWIRE_SEED", "20260108")
TIMEOUT = timedelta(seconds=15)
VisiblePosts = Callable[[], list[tuple[str, str]]]


@dataclass
class FaultyProxy:
    """A proxy in front of a real server; the proxy adds the network faults of the run."""

    to: str

    def __post_init__(self) -> None:
        self.answer_request = FaultInjector.without_faults().answer_request
        self.server = LocalServer(
            lambda request: self.answer_request(request, lambda r: forward(self.to, r))
        )

    def use(self, faults: FaultInjector) -> None:
        self.answer_request = faults.answer_request


def _setup(
    channel: Callable[[str, StillClock], Channel],
    proxy: FaultyProxy,
    visible_posts: VisiblePosts,
) -> RunSetup:
    clock = StillClock(T0)
    return RunSetup(
        store=open_store(":memory:"),
        clock=clock,
        channel=lambda: channel(proxy.server.base_url, clock),
        visible_posts=visible_posts,
        set_faults=proxy.use,
    )


def _snac_setup(snac: Snac) -> tuple[RunSetup, FaultyProxy]:
    proxy, reader = FaultyProxy(snac.base_url), reader_of(snac)
    me = reader.account_verify_credentials()["id"]

    def make_channel(base_url: str, clock: StillClock) -> Channel:
        config = MastodonConfig(
            base_url=base_url, token=SecretStr(snac.token), timeout=TIMEOUT
        )
        return MastodonChannel("one", config, clock)

    def visible_posts() -> list[tuple[str, str]]:
        page = reader.account_statuses(me, limit=40)
        return [(normalized_html_text(status["content"]), "") for status in page[::-1]]

    return _setup(make_channel, proxy, visible_posts), proxy


def _pds_setup(pds: Pds) -> tuple[RunSetup, FaultyProxy]:
    proxy, account = FaultyProxy(pds.base_url), pds.account("soak")
    password = SecretStr(account.app_password)

    def make_channel(base_url: str, clock: StillClock) -> Channel:
        config = BlueskyConfig(
            base_url=base_url,
            handle=account.handle,
            app_password=password,
            timeout=TIMEOUT,
        )
        return BlueskyChannel("one", config, clock)

    def visible_posts() -> list[tuple[str, str]]:
        return [(post.text, "") for post in posts_of(pds, account.did).values()]

    return _setup(make_channel, proxy, visible_posts), proxy


def _synapse_setup(synapse: Synapse) -> tuple[RunSetup, FaultyProxy]:
    proxy, member = FaultyProxy(synapse.base_url), synapse.register("soak")
    room = synapse.room(member, "soak")

    def make_channel(base_url: str, clock: StillClock) -> Channel:
        config = MatrixConfig(
            base_url=base_url, token=SecretStr(member.token), room=room, timeout=TIMEOUT
        )
        return MatrixChannel("one", config, clock)

    def visible_posts() -> list[tuple[str, str]]:
        answer = httpx.get(
            f"{synapse.base_url}/_matrix/client/v3/rooms/{room}/messages",
            params={"dir": "b", "limit": "60"},
            headers={"Authorization": f"Bearer {member.token}"},
        )
        events = answer.raise_for_status().json()["chunk"][::-1]
        messages = [e["content"] for e in events if e["type"] == "m.room.message"]
        return [(c["body"], "") for c in messages if c["msgtype"] == "m.text"]

    return _setup(make_channel, proxy, visible_posts), proxy


def _ntfy_setup(ntfy: Ntfy) -> tuple[RunSetup, FaultyProxy]:
    proxy, token = FaultyProxy(ntfy.base_url), SecretStr(ntfy.token)

    def make_channel(base_url: str, clock: StillClock) -> Channel:
        config = NtfyConfig(
            base_url=base_url, topic=TOPIC, token=token, timeout=TIMEOUT
        )
        return NtfyChannel("one", config, clock)

    def visible_posts() -> list[tuple[str, str]]:
        answer = httpx.get(
            f"{ntfy.base_url}/{TOPIC}/json?poll=1&since=all",
            headers={"Authorization": f"Bearer {ntfy.token}"},
        )
        messages = [
            json.loads(line) for line in answer.raise_for_status().text.splitlines()
        ]
        return [(f"{m.get('title')} {m.get('message')}", "") for m in messages]

    return _setup(make_channel, proxy, visible_posts), proxy


def _mail_setup(mailbox: Mailbox) -> tuple[RunSetup, FaultyProxy]:
    def make_channel(base_url: str, clock: StillClock) -> Channel:
        config = MailConfig(
            host="127.0.0.1",
            port=mailbox.port,
            security="none",
            sender="wire@outages.example",
            to=("desk@news.example",),
            timeout=TIMEOUT,
        )
        return MailChannel("one", config, clock)

    def visible_posts() -> list[tuple[str, str]]:
        return [(str(m["Subject"]), str(m["Message-ID"])) for m in mailbox.emails]

    # E-mails are sent by SMTP, so they do not pass through this HTTP proxy, and no network
    # fault concerns them.
    proxy = FaultyProxy("http://127.0.0.1:9")
    return _setup(make_channel, proxy, visible_posts), proxy


@pytest.fixture
def setups(
    snac: Snac, pds: Pds, synapse: Synapse, ntfy: Ntfy, mailbox: Mailbox
) -> dict[str, tuple[RunSetup, FaultyProxy]]:
    """Return, by server name, a setup with a channel on that server, and the server's proxy."""
    return {
        "snac": _snac_setup(snac),
        "pds": _pds_setup(pds),
        "synapse": _synapse_setup(synapse),
        "ntfy": _ntfy_setup(ntfy),
        "aiosmtpd": _mail_setup(mailbox),
    }


def test_no_run_on_a_real_server_duplicates_or_loses_a_post(
    setups: dict[str, tuple[RunSetup, FaultyProxy]], capsys: pytest.CaptureFixture[str]
) -> None:
    runs_per_server = max(1, RUNS // len(setups))
    counts_by_name = {name: RunCounts() for name in setups}
    for name, (setup, proxy) in setups.items():
        for number in range(runs_per_server):
            counts_by_name[name] += run(setup, f"{SEED}-{name}-{number}")
        proxy.server.stop()
        setup.store.close()
    total = sum(counts_by_name.values(), RunCounts())
    with capsys.disabled():
        print(f"\nseed {SEED}, real servers")
        for name, counts in counts_by_name.items():
            print(counts.line(name))
        print(total.line("all"))
    assert total.duplicates == total.lost == 0
    assert total.unsettled == total.out_of_order == 0
    assert total.sent + total.refused + total.left_to_person == total.posts
