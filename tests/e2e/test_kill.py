"""Promise P10: killed at any moment, nothing is lost and nothing is posted twice.

A real loop is killed by SIGKILL at random moments until a made-up blackout is over. The
loop posts to a real server with the Mastodon API, through a slow proxy that loses some
answers. Before every second kill, the test waits until the loop sends a post.
OUTAGEWIRE_SEED sets the moments. `make test` kills the loop a few times during the
first day of the blackout; `make test-all` kills it over fifty times during all of it.
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

from bot.channels.shared.read_back import normalized_text
from bot.model.delivery import DeliveryState
from bot.store.sql_store import SqlStore, open_store
from tests import stories
from tests.e2e.forked_processes import ForkedProcesses, LoopInstallation
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
class KillTestResult:
    """Two installations after the blackout: one undisturbed, one killed many times."""

    undisturbed: LoopInstallation
    killed: LoopInstallation
    snac: Snac
    planned_kills: int
    kills_during: Counter[str] = field(default_factory=Counter)
    lost_answers: int = 0
    last_exit_code: int = -1
    kills: int = 0


@pytest.fixture(scope="module", params=KILLS)
def outcome(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[KillTestResult]:
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


def _run_and_kill(
    server: Snac, home: Path, kills: int, end: datetime
) -> KillTestResult:
    recording = stories.blackout(home / "recording")
    random_source = random.Random(SEED)
    proxy = LossyProxy(server.base_url, random_source, LOSS_RATE)
    processes = ForkedProcesses(home / "processes.log", MASTO_TOKEN=server.token)
    undisturbed = LoopInstallation(
        home / "whole", recording, _file_channel(home / "whole"), end
    )
    masto = {"kind": "mastodon", "base_url": proxy.base_url}
    channels = _file_channel(home / "killed")
    channels |= {"masto": {**masto, "token": "env:MASTO_TOKEN"}}
    killed = LoopInstallation(home / "killed", recording, channels, end)
    outcome = KillTestResult(undisturbed, killed, server, kills)
    try:
        processes.start_loop(undisturbed, end)
        assert processes.wait() == 0
        _kill_often(outcome, processes, proxy, random_source)
    finally:
        processes.stop()
        proxy.stop()
    assert "tick failed" not in (home / "processes.log").read_text("utf-8")
    return outcome


def _file_channel(home: Path) -> dict[str, Any]:
    return {"file": {"kind": "file", "path": str(home / "posts.jsonl")}}


def _kill_often(
    outcome: KillTestResult,
    processes: ForkedProcesses,
    proxy: LossyProxy,
    random_source: random.Random,
) -> None:
    span = outcome.killed.end - stories.FALL
    for number in range(outcome.planned_kills):
        proxy.post_received.clear()
        until = stories.FALL + span * (number + 1) / outcome.planned_kills
        processes.start_loop(outcome.killed, until)
        if number % 2:
            _wait_for_a_post(outcome.killed, proxy, until)
            time.sleep(random_source.uniform(0, 0.3))
        else:
            time.sleep(random_source.uniform(0.02, 0.9))
        assert processes.kill() == -9
        outcome.kills += 1
        states = outcome.killed.states()
        outcome.kills_during["in the middle of a post"] += bool(states["sending"])
        outcome.kills_during["with a post in doubt"] += bool(states["unknown"])
        outcome.kills_during["with a post waiting"] += bool(states["waiting"])
    processes.start_loop(outcome.killed, outcome.killed.end)
    outcome.last_exit_code = processes.wait()
    outcome.lost_answers = proxy.lost_answers


def _wait_for_a_post(
    installation: LoopInstallation, proxy: LossyProxy, until: datetime
) -> None:
    """Wait until a post is being sent, or the clock shows `until` and none is left."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not proxy.post_received.wait(0.1):
        clock_is_there = installation.clock.read_text("utf-8") == until.isoformat()
        if clock_is_there and not {"waiting", "sending", "unknown"} & set(
            installation.states()
        ):
            proxy.post_received.wait(3)
            return


@pytest.fixture
def stores(outcome: KillTestResult) -> Iterator[tuple[SqlStore, SqlStore]]:
    """The stores of the undisturbed and of the killed installation."""
    undisturbed, killed = (
        open_store(outcome.undisturbed.store),
        open_store(outcome.killed.store),
    )
    yield undisturbed, killed
    undisturbed.close()
    killed.close()


def posts(installation: LoopInstallation) -> list[dict[str, Any]]:
    lines = (installation.home / "posts.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_loop_was_killed_as_planned_also_while_posting(outcome, capsys):
    with capsys.disabled():
        kills_during = ", ".join(
            f"{n} {what}" for what, n in sorted(outcome.kills_during.items())
        )
        print(
            f"\nseed {SEED}: killed {outcome.kills} times ({kills_during});"
            f" {outcome.lost_answers} answers lost; {len(posts(outcome.killed))} posts a channel"
        )
    assert outcome.kills == outcome.planned_kills
    assert outcome.kills_during["in the middle of a post"] >= (
        3 if outcome.planned_kills > 50 else 1
    )
    assert outcome.last_exit_code == 0


def test_kills_change_no_line_or_picture(outcome):
    # There must be enough posts for the kills to hit some of them.
    assert len(posts(outcome.undisturbed)) >= (10 if outcome.planned_kills > 50 else 4)
    assert posts(outcome.killed) == posts(outcome.undisturbed)
    for post in posts(outcome.undisturbed):
        (media,) = post["media"]
        chart = (outcome.undisturbed.home / media["file"]).read_bytes()
        assert (outcome.killed.home / media["file"]).read_bytes() == chart


def test_kills_do_not_change_the_incident(stores):
    undisturbed, killed = stores
    assert killed.incidents.all() == undisturbed.incidents.all()
    (incident,) = undisturbed.incidents.all()
    events = undisturbed.incidents.events(incident.id)
    assert killed.incidents.events(incident.id) == events
    for event in events:
        evidence = undisturbed.incidents.evidence(event.key)
        assert killed.incidents.evidence(event.key) == evidence


def test_each_post_is_sent_and_none_is_left_to_a_person(stores):
    _, killed = stores
    deliveries = killed.deliveries.all()
    expected = {(e.key, c) for e in _events(killed) for c in ("file", "masto")}
    assert {(d.post.event, d.post.channel) for d in deliveries} == expected
    assert len(deliveries) == len(expected)
    assert {delivery.state for delivery in deliveries} == {DeliveryState.SENT}


def test_each_status_exists_once_and_replies_to_the_previous(outcome, stores):
    reader = reader_of(outcome.snac)
    account_id = reader.account_verify_credentials()["id"]
    statuses = {str(s["id"]): s for s in reader.account_statuses(account_id, limit=40)}
    _, killed = stores
    sent = [d for d in killed.deliveries.all() if d.post.channel == "masto"]
    assert set(statuses) == {d.receipt.id for d in sent if d.receipt}
    assert len(statuses) == len(sent)
    previous = None
    for delivery in sent:
        assert delivery.receipt is not None
        status = statuses[delivery.receipt.id]
        assert normalized_text(status["text"]) == normalized_text(delivery.post.text)
        assert str(status["in_reply_to_id"] or "") == str(previous or "")
        (media,) = status["media_attachments"]
        assert delivery.post.picture is not None
        assert media["description"] == delivery.post.picture.alt
        previous = delivery.receipt.id


def _events(store: SqlStore) -> list[Any]:
    (incident,) = store.incidents.all()
    return list(store.incidents.events(incident.id))
