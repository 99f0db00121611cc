"""Promise P10: killed at any moment, nothing is lost and nothing is posted twice.

A real loop is killed by SIGKILL at random moments until a made-up blackout is over. Half
of the moments are while it posts to a real server with the Mastodon API, behind a slow
proxy that loses answers. OUTAGEWIRE_SEED sets the moments. `make test` kills it a few
times on the first day of the blackout, `make test-all` over fifty times in all of it.
"""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels.shared.read_back import words_of
from bot.model.delivery import DeliveryState
from bot.store.sql_store import SqlStore, open_store
from tests import stories
from tests.e2e.lives import Lives, Wire
from tests.servers.missing import report_missing
from tests.servers.proxy import LossyProxy
from tests.servers.reading import reader_of
from tests.servers.snac import Snac, find_snac, start_snac

pytestmark = [pytest.mark.servers, pytest.mark.timeout(600)]

SEED = int(os.environ.get("OUTAGEWIRE_SEED", "20260108"))
DAY = stories.FALL + timedelta(hours=20)
KILLS = (
    pytest.param((6, DAY), id="6 kills"),
    pytest.param((55, stories.END), id="55 kills", marks=pytest.mark.slow),
)
LOSS_RATE = 0.15


@dataclass
class Outcome:
    """Two installations after the blackout: one undisturbed, one killed many times."""

    whole: Wire
    killed: Wire
    snac: Snac
    asked: int
    during: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    last: int = -1
    kills: int = 0


@pytest.fixture(scope="module", params=KILLS)
def outcome(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Outcome]:
    """Run one installation undisturbed, and one that is killed, on a new server."""
    binary = find_snac()
    if binary is None:
        report_missing("snac")
    home = tmp_path_factory.mktemp("kill")
    server = start_snac(binary, home / "snac")
    try:
        yield _run_and_kill(server, home, *request.param)
    finally:
        server.stop()


def _run_and_kill(server: Snac, home: Path, kills: int, end: datetime) -> Outcome:
    recording = stories.blackout(home / "recording")
    chance = random.Random(SEED)
    proxy = LossyProxy(server.base_url, chance, LOSS_RATE)
    lives = Lives(home / "lives.log", MASTO_TOKEN=server.token)
    whole = Wire(home / "whole", recording, _file(home / "whole"), end)
    masto = {"kind": "mastodon", "base_url": proxy.base_url}
    channels = _file(home / "killed")
    channels |= {"masto": {**masto, "token": "env:MASTO_TOKEN"}}
    killed = Wire(home / "killed", recording, channels, end)
    outcome = Outcome(whole, killed, server, kills)
    try:
        lives.begin(whole, end)
        assert lives.end() == 0
        _kill_often(outcome, lives, proxy, chance)
    finally:
        lives.stop()
        proxy.stop()
    assert "tick failed" not in (home / "lives.log").read_text("utf-8")
    return outcome


def _file(home: Path) -> dict[str, Any]:
    return {"file": {"kind": "file", "path": str(home / "posts.jsonl")}}


def _kill_often(
    outcome: Outcome, lives: Lives, proxy: LossyProxy, chance: random.Random
) -> None:
    span = outcome.killed.end - stories.FALL
    for number in range(outcome.asked):
        proxy.posting.clear()
        until = stories.FALL + span * (number + 1) / outcome.asked
        lives.begin(outcome.killed, until)
        if number % 2:
            _await_a_post(outcome.killed, proxy, until)
            time.sleep(chance.uniform(0, 0.3))
        else:
            time.sleep(chance.uniform(0.02, 0.9))
        assert lives.kill() == -9
        outcome.kills += 1
        states = outcome.killed.states()
        outcome.during["in the middle of a post"] += bool(states["sending"])
        outcome.during["with a post in doubt"] += bool(states["unknown"])
        outcome.during["with a post waiting"] += bool(states["waiting"])
    lives.begin(outcome.killed, outcome.killed.end)
    outcome.last = lives.end()
    outcome.lost = proxy.lost


def _await_a_post(wire: Wire, proxy: LossyProxy, until: datetime) -> None:
    """Wait until a post is being sent, or the clock is at `until` without one."""
    patience = time.monotonic() + 60
    while time.monotonic() < patience and not proxy.posting.wait(0.1):
        has_come = wire.clock.read_text("utf-8") == until.isoformat()
        if has_come and not {"waiting", "sending", "unknown"} & set(wire.states()):
            proxy.posting.wait(3)
            return


@pytest.fixture
def stores(outcome: Outcome) -> Iterator[tuple[SqlStore, SqlStore]]:
    """The stores of the undisturbed and of the killed installation."""
    whole, killed = open_store(outcome.whole.store), open_store(outcome.killed.store)
    yield whole, killed
    whole.close()
    killed.close()


def posts(wire: Wire) -> list[dict[str, Any]]:
    lines = (wire.home / "posts.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_it_was_killed_as_often_as_asked_also_while_posting(outcome, capsys):
    with capsys.disabled():
        during = ", ".join(f"{n} {what}" for what, n in sorted(outcome.during.items()))
        print(
            f"\nseed {SEED}: killed {outcome.kills} times ({during});"
            f" {outcome.lost} answers lost; {len(posts(outcome.killed))} posts a channel"
        )
    assert outcome.kills == outcome.asked
    assert outcome.during["in the middle of a post"] >= (3 if outcome.asked > 50 else 1)
    assert outcome.last == 0


def test_killed_or_not_it_says_the_same_lines_with_the_same_pictures(outcome):
    # There must be enough posts for the kills to hit some of them.
    assert len(posts(outcome.whole)) >= (10 if outcome.asked > 50 else 4)
    assert posts(outcome.killed) == posts(outcome.whole)
    for post in posts(outcome.whole):
        (media,) = post["media"]
        chart = (outcome.whole.home / media["file"]).read_bytes()
        assert (outcome.killed.home / media["file"]).read_bytes() == chart


def test_killed_or_not_the_incident_is_the_same(stores):
    whole, killed = stores
    assert killed.incidents.all() == whole.incidents.all()
    (incident,) = whole.incidents.all()
    events = whole.incidents.events(incident.id)
    assert killed.incidents.events(incident.id) == events
    for event in events:
        evidence = whole.incidents.evidence(event.key)
        assert killed.incidents.evidence(event.key) == evidence


def test_every_post_is_settled_and_none_needs_a_person(stores):
    _, killed = stores
    deliveries = killed.deliveries.all()
    expected = {(e.key, c) for e in _events(killed) for c in ("file", "masto")}
    assert {(d.post.event, d.post.channel) for d in deliveries} == expected
    assert len(deliveries) == len(expected)
    assert {delivery.state for delivery in deliveries} == {DeliveryState.SENT}


def test_each_status_stands_once_and_answers_the_one_before(outcome, stores):
    reader = reader_of(outcome.snac)
    me = reader.account_verify_credentials()["id"]
    statuses = {str(s["id"]): s for s in reader.account_statuses(me, limit=40)}
    _, killed = stores
    sent = [d for d in killed.deliveries.all() if d.post.channel == "masto"]
    assert set(statuses) == {d.receipt.id for d in sent if d.receipt}
    assert len(statuses) == len(sent)
    before = None
    for delivery in sent:
        assert delivery.receipt is not None
        status = statuses[delivery.receipt.id]
        assert words_of(status["text"]) == words_of(delivery.post.text)
        assert str(status["in_reply_to_id"] or "") == str(before or "")
        (media,) = status["media_attachments"]
        assert delivery.post.picture is not None
        assert media["description"] == delivery.post.picture.alt
        before = delivery.receipt.id


def _events(store: SqlStore) -> list[Any]:
    (incident,) = store.incidents.all()
    return list(store.incidents.events(incident.id))
