"""P10: after random kills, the threads on snac and the PDS are complete and in order.

All posts of an incident are decided while the kill switch is on. Then a process sends
them. It is killed and started again many times; after the last start it sends the rest.
OUTAGEWIRE_SEED sets the moments of the kills. `make test` kills the process four times
during a made-up incident. `make test-all` also kills it thirty times during the made-up
incident and thirty times during a real one.
"""

import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from bot import bootstrap
from bot.channels.shared.read_back import normalized_text
from bot.clock import StillClock
from bot.config import loading as configuration
from bot.model.delivery import Delivery, DeliveryState
from bot.model.operations import ALL_CHANNELS, Pause
from bot.replay import run
from bot.sources.recording.source import load_recording
from bot.store.sql_store import SqlStore, open_store
from tests import stories
from tests.e2e.forked_processes import ForkedProcesses
from tests.recordings import SHARED
from tests.servers.missing import report_missing
from tests.servers.pds import Account, Pds
from tests.servers.reading import posts_of, reader_of, reading_client
from tests.servers.snac import Snac, find_snac, start_snac

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = [pytest.mark.servers, pytest.mark.timeout(900)]

SEED = int(os.environ.get("OUTAGEWIRE_SEED", "20260108"))
IRAN = SHARED / "data" / "recordings" / "iran-2026-01"
STORIES = (
    pytest.param(("made-up", 4), id="made up, 4 kills"),
    pytest.param(("made-up", 30), id="made up, 30 kills", marks=pytest.mark.slow),
    pytest.param(("iran", 30), id="Iran 2026, 30 kills", marks=pytest.mark.slow),
)


@dataclass
class IncidentPostedDespiteKills:
    """A posted incident and its servers, and the number of kills.

    `kills_while_sending` counts only the kills while a post was being sent.
    """

    store: SqlStore
    snac: Snac
    pds: Pds
    account: Account
    kills: int
    kills_while_sending: int

    def sent(self, channel: str) -> list[Delivery]:
        deliveries = self.store.deliveries.all()
        return [d for d in deliveries if d.post.channel == channel]

    def chart(self, delivery: Delivery) -> bytes:
        assert delivery.post.picture is not None
        return self.store.drafts.picture(delivery.post.picture.sha256)


@pytest.fixture(scope="module", params=STORIES)
def posted(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    pds: Pds,
) -> Iterator[IncidentPostedDespiteKills]:
    """Post an incident to a new snac and to a new account on the PDS."""
    story, kills = request.param
    home = tmp_path_factory.mktemp("killed")
    folder = stories.blackout(home / "r") if story == "made-up" else IRAN
    if not folder.is_dir():
        pytest.skip(
            "iran-2026-01 is not here: its licence keeps it out of the repository"
        )
    binary = find_snac()
    if binary is None:
        report_missing("snac")
    account = pds.account(f"{story}-{kills}")
    snac = start_snac(binary, home / "snac")
    try:
        yield from _post_and_kill(home, folder, snac, pds, account, kills)
    finally:
        snac.stop()


def _post_and_kill(
    home: Path, folder: Path, snac: Snac, pds: Pds, account: Account, kills: int
) -> Iterator[IncidentPostedDespiteKills]:
    secrets = {"MASTO_TOKEN": snac.token, "SKY_PASSWORD": account.app_password}
    config = _decide(home, folder, snac, pds, account, secrets)
    store = open_store(home / "wire.db")
    kills_while_sending = _post_until_settled(
        config, store, home / "processes.log", secrets, kills
    )
    yield IncidentPostedDespiteKills(
        store, snac, pds, account, kills, kills_while_sending
    )
    store.close()


def _decide(
    home: Path, folder: Path, snac: Snac, pds: Pds, account: Account, secrets: Any
) -> Path:
    """Decide all posts while the kill switch is on; return the configuration."""
    masto = {"kind": "mastodon", "base_url": snac.base_url, "token": "env:MASTO_TOKEN"}
    sky = {
        "kind": "bluesky",
        "base_url": pds.base_url,
        "handle": account.handle,
        "app_password": "env:SKY_PASSWORD",
    }
    policy = {"rules": stories.PUBLISH_CONFIRMED, "stale_after": "30d"}
    channels = {"masto": masto, "sky": sky}
    pace = {"update_every": "6h" if "iran" not in folder.name else "24h"}
    settings = stories.settings(home, folder, channels, policy=policy, pace=pace)
    config = home / "config.toml"
    config.write_text(tomlkit.dumps(settings), "utf-8")
    recording = load_recording(folder)
    clock = StillClock(recording.span.since)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in secrets.items():
            patch.setenv(name, value)
        application = bootstrap.build_live(
            configuration.load_config(config), clock, bootstrap.BackfillProgress()
        )
    application.store.pauses.pause(
        Pause(ALL_CHANNELS, "Ada", "until all is decided", clock.now())
    )
    lag = max(signal.lag for signal in recording.signals)
    run.run_ticks(application.runner, clock, recording.span, lag, lambda _: None)
    assert {d.state for d in application.store.deliveries.all()} == {
        DeliveryState.WAITING
    }
    application.store.pauses.resume(ALL_CHANNELS, "Ada", "all is decided", clock.now())
    application.store.close()
    return config


def _post_until_settled(
    config: Path, store: SqlStore, log: Path, secrets: dict[str, str], kills: int
) -> int:
    """Post until everything is settled, and kill the posting process `kills` times.

    Return how many of the kills came while a post was being sent.
    """
    random_source, kills_while_sending = random.Random(SEED), 0
    processes = ForkedProcesses(log, "tests.e2e.poster", **secrets)
    try:
        for number in range(kills):
            processes.fork(str(config))
            if number % 3:
                _wait_for_a_post(store)
                time.sleep(random_source.uniform(0, 0.05))
            else:
                time.sleep(random_source.uniform(0.02, 0.3))
            processes.kill()
            states = [d.state for d in store.deliveries.all()]
            kills_while_sending += DeliveryState.SENDING in states
        processes.fork(str(config))
        assert processes.wait() == 0
    finally:
        processes.stop()
    return kills_while_sending


def _wait_for_a_post(store: SqlStore) -> None:
    """Wait until a post is being sent, or all posts are sent, for 2 seconds at most."""
    until = time.monotonic() + 2
    while time.monotonic() < until:
        states = {d.state for d in store.deliveries.all()}
        if DeliveryState.SENDING in states or states == {DeliveryState.SENT}:
            return
        time.sleep(0.002)


def test_each_post_is_sent_and_none_is_left_to_a_person(
    posted: IncidentPostedDespiteKills, capsys: Any
) -> None:
    with capsys.disabled():
        print(
            f"\nseed {SEED}: {posted.kills} kills, {posted.kills_while_sending} in the middle of a post;"
            f" {len(posted.sent('masto'))} posts on snac, {len(posted.sent('sky'))} on the PDS"
        )
    states = {d.state for d in posted.store.deliveries.all()}
    assert states == {DeliveryState.SENT}
    assert len(posted.sent("masto")) == len(posted.sent("sky")) >= 5
    # With four kills, none may come while a post is being sent; with thirty, some do.
    assert posted.kills_while_sending >= 3 or posted.kills < 30


def test_thread_on_snac_is_complete_and_in_order(
    posted: IncidentPostedDespiteKills,
) -> None:
    reader = reader_of(posted.snac)
    parent = None
    for delivery in posted.sent("masto"):
        assert delivery.receipt is not None
        status = reader.status(delivery.receipt.id)
        assert normalized_text(status["text"]) == normalized_text(delivery.post.text)
        assert str(status["in_reply_to_id"] or "") == str(parent or "")
        (media,) = status["media_attachments"]
        assert delivery.post.picture is not None
        assert media["description"] == delivery.post.picture.alt
        parent = delivery.receipt.id


def test_no_status_on_snac_is_duplicated(posted: IncidentPostedDespiteKills) -> None:
    reader = reader_of(posted.snac)
    account_id = reader.account_verify_credentials()["id"]
    statuses = reader.fetch_remaining(reader.account_statuses(account_id, limit=40))
    texts = [normalized_text(status["text"]) for status in statuses]
    for delivery in posted.sent("masto"):
        assert texts.count(normalized_text(delivery.post.text)) == 1


def test_thread_on_the_pds_is_complete_and_in_order(
    posted: IncidentPostedDespiteKills,
) -> None:
    posts = posts_of(posted.pds, posted.account.did)
    sent = posted.sent("sky")
    assert [d.receipt.id for d in sent if d.receipt] == list(posts)
    previous = first = None
    with reading_client(posted.pds) as client:
        for delivery, (id_, post) in zip(sent, posts.items(), strict=True):
            assert post.text == delivery.post.text
            assert (post.reply is None) == (previous is None)
            if post.reply is not None:
                parent, root = post.reply.parent, post.reply.root
                assert f"{parent.uri} {parent.cid}" == previous
                assert f"{root.uri} {root.cid}" == first
            (image,) = post.embed.images
            assert delivery.post.picture is not None
            assert image.alt == delivery.post.picture.alt
            blob = client.com.atproto.sync.get_blob(
                {"did": posted.account.did, "cid": image.image.cid.encode()}
            )
            assert blob == posted.chart(delivery)
            previous, first = id_, first or id_
