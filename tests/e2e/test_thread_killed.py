"""A whole thread on snac and on the PDS at once, in order after random kills (P10).

What was decided of an incident waits behind the kill switch; then a process that posts
is killed again and again until both threads stand. OUTAGEWIRE_SEED chooses the moments.
`make test` kills it a few times on a made-up incident, `make test-all` thirty times on
that and on a real one.
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
from bot.channels.read_back import words_of
from bot.clock import StillClock
from bot.config import loading as configuration
from bot.model.delivery import EVERY, Delivery, DeliveryState, Pause
from bot.replay import run
from bot.sources.recording.source import load
from bot.store.sql_store import SqlStore, open_store
from tests import stories
from tests.e2e.lives import Lives
from tests.recordings import SHARED
from tests.servers.pds import Account, Pds
from tests.servers.presence import lacking
from tests.servers.reading import posts_of, reader_of, reading
from tests.servers.snac import Snac, find_snac, start_snac

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = [pytest.mark.servers, pytest.mark.timeout(900)]

SEED = int(os.environ.get("OUTAGEWIRE_SEED", "20260108"))
IRAN = SHARED / "data" / "recordings" / "iran-2026-01"
STORIES = (
    pytest.param(("made-up", 6), id="made up, 6 kills"),
    pytest.param(("made-up", 30), id="made up, 30 kills", marks=pytest.mark.slow),
    pytest.param(("iran", 30), id="Iran 2026, 30 kills", marks=pytest.mark.slow),
)


@dataclass
class Told:
    """An incident, posted in spite of the kills, and where."""

    store: SqlStore
    snac: Snac
    pds: Pds
    account: Account
    kills: int
    during: int

    def sent(self, channel: str) -> list[Delivery]:
        every = self.store.deliveries.all()
        return [d for d in every if d.post.channel == channel]

    def chart(self, delivery: Delivery) -> bytes:
        assert delivery.post.picture is not None
        return self.store.drafts.picture(delivery.post.picture.sha256)


@pytest.fixture(scope="module", params=STORIES)
def told(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    pds: Pds,
) -> Iterator[Told]:
    """A story on a snac and an account on which nobody else has told it."""
    story, kills = request.param
    home = tmp_path_factory.mktemp("killed")
    folder = stories.blackout(home / "r") if story == "made-up" else IRAN
    if not folder.is_dir():
        pytest.skip("iran-2026-01 is not here: its licence keeps it to itself")
    binary = find_snac()
    if binary is None:
        lacking("snac")
    account = pds.account(f"{story}-{kills}")
    snac = start_snac(binary, home / "snac")
    try:
        yield from _told(home, folder, snac, pds, account, kills)
    finally:
        snac.stop()


def _told(
    home: Path, folder: Path, snac: Snac, pds: Pds, account: Account, kills: int
) -> Iterator[Told]:
    secrets = {"MASTO_TOKEN": snac.token, "SKY_PASSWORD": account.app_password}
    config = _decided(home, folder, snac, pds, account, secrets)
    store = open_store(home / "wire.db")
    during = _posted(config, store, home / "lives.log", secrets, kills)
    yield Told(store, snac, pds, account, kills, during)
    store.close()


def _decided(
    home: Path, folder: Path, snac: Snac, pds: Pds, account: Account, secrets: Any
) -> Path:
    """Everything is decided and nothing is out: the kill switch is on."""
    masto = {"kind": "mastodon", "base_url": snac.base_url, "token": "env:MASTO_TOKEN"}
    sky = {
        "kind": "bluesky",
        "base_url": pds.base_url,
        "handle": account.handle,
        "app_password": "env:SKY_PASSWORD",
    }
    policy = {"rules": stories.LETS_OUT, "stale_after": "30d"}
    channels = {"masto": masto, "sky": sky}
    pace = {"update_every": "6h" if "iran" not in folder.name else "24h"}
    told = stories.settings(home, folder, channels, policy=policy, pace=pace)
    config = home / "config.toml"
    config.write_text(tomlkit.dumps(told), "utf-8")
    recording = load(folder)
    clock = StillClock(recording.span.since)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in secrets.items():
            patch.setenv(name, value)
        house = bootstrap.build_live(
            configuration.load(config), clock, bootstrap.BackfillProgress()
        )
    house.store.pauses.pause(Pause(EVERY, "Ada", "until all is decided", clock.now()))
    lag = max(signal.lag for signal in recording.signals)
    run.play(house.newsroom, clock, recording.span, lag, lambda _: None)
    assert {d.state for d in house.store.deliveries.all()} == {DeliveryState.WAITING}
    house.store.pauses.resume(EVERY, "Ada", "all is decided", clock.now())
    house.store.close()
    return config


def _posted(
    config: Path, store: SqlStore, log: Path, secrets: dict[str, str], kills: int
) -> int:
    """How many of the kills came in the middle of a post."""
    chance, during = random.Random(SEED), 0
    lives = Lives(log, "tests.e2e.poster", **secrets)
    try:
        for number in range(kills):
            lives.live(str(config))
            if number % 3:
                _await_a_post(store)
                time.sleep(chance.uniform(0, 0.05))
            else:
                time.sleep(chance.uniform(0.02, 0.3))
            lives.kill()
            states = [d.state for d in store.deliveries.all()]
            during += DeliveryState.SENDING in states
        lives.live(str(config))
        assert lives.end() == 0
    finally:
        lives.stop()
    return during


def _await_a_post(store: SqlStore) -> None:
    """Until something is on its way, or there is nothing left to wait for."""
    until = time.monotonic() + 2
    while time.monotonic() < until:
        states = {d.state for d in store.deliveries.all()}
        if DeliveryState.SENDING in states or states == {DeliveryState.SENT}:
            return
        time.sleep(0.002)


def test_every_post_is_out_and_none_needs_a_person(told: Told, capsys: Any) -> None:
    with capsys.disabled():
        print(
            f"\nseed {SEED}: {told.kills} kills, {told.during} in the middle of a post;"
            f" {len(told.sent('masto'))} posts on snac, {len(told.sent('sky'))} on the PDS"
        )
    states = {d.state for d in told.store.deliveries.all()}
    assert states == {DeliveryState.SENT}
    assert len(told.sent("masto")) == len(told.sent("sky")) >= 5
    # Six kills may all fall between two posts; thirty do not.
    assert told.during >= 3 or told.kills < 30


def test_the_thread_stands_on_snac(told: Told) -> None:
    reader = reader_of(told.snac)
    before = None
    for delivery in told.sent("masto"):
        assert delivery.receipt is not None
        status = reader.status(delivery.receipt.id)
        assert words_of(status["text"]) == words_of(delivery.post.text)
        assert str(status["in_reply_to_id"] or "") == str(before or "")
        (media,) = status["media_attachments"]
        assert delivery.post.picture is not None
        assert media["description"] == delivery.post.picture.alt
        before = delivery.receipt.id


def test_nothing_stands_on_snac_twice(told: Told) -> None:
    reader = reader_of(told.snac)
    me = reader.account_verify_credentials()["id"]
    found = reader.fetch_remaining(reader.account_statuses(me, limit=40))
    texts = [words_of(status["text"]) for status in found]
    for delivery in told.sent("masto"):
        assert texts.count(words_of(delivery.post.text)) == 1


def test_the_thread_stands_on_the_pds(told: Told) -> None:
    posts = posts_of(told.pds, told.account.did)
    sent = told.sent("sky")
    assert [d.receipt.id for d in sent if d.receipt] == list(posts)
    before = first = None
    with reading(told.pds) as client:
        for delivery, (id_, post) in zip(sent, posts.items(), strict=True):
            assert post.text == delivery.post.text
            assert (post.reply is None) == (before is None)
            if post.reply is not None:
                parent, root = post.reply.parent, post.reply.root
                assert f"{parent.uri} {parent.cid}" == before
                assert f"{root.uri} {root.cid}" == first
            (image,) = post.embed.images
            assert delivery.post.picture is not None
            assert image.alt == delivery.post.picture.alt
            blob = client.com.atproto.sync.get_blob(
                {"did": told.account.did, "cid": image.image.cid.encode()}
            )
            assert blob == told.chart(delivery)
            before, first = id_, first or id_
