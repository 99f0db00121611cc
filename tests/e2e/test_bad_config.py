"""A bad configuration starts nothing, and secrets stay secret (P16)."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.model.delivery import DeliveryState
from bot.store.sql_store import open_store
from tests import stories
from tests.e2e.lives import Lives, Wire
from tests.servers.local import LocalServer, Reply, Request

ROOT = Path(__file__).parents[2]
DAY = timedelta(hours=20)
SECRET = "verysecrettokenZ9y8X7"
BAD = """
lgo = "plain"
[store]
path = "{home}/wire.db"
[loop]
poll = 5
pol = "5m"
[detection.families.traffic]
on = 2.0
[channels.m]
kind = "mastodon"
base_url = "https://social.example"
token = "{secret}"
[channels.n]
kind = "mastodon"
base_url = "https://social.example"
token = "env:NOT_THERE"
[channels.o]
kind = "fax"
[[policy.rules]]
name = "x"
action = "shout"
[sources.ioda]
countries = ["ZZ"]
"""
EXPECTED = {
    "lgo: no such key; did you mean log?",
    'loop.poll: write a duration as "90s", "5m", "2h" or "28d"',
    "loop.pol: no such key; did you mean poll?",
    "detection.families.traffic.on: must be less than 1",
    "detection.families.traffic.off: this key is required; add it",
    'channels.m.token: write a secret as a reference: "env:NAME" or "file:PATH"',
    "channels.n.token: the environment variable NOT_THERE is missing or empty; set it to the secret",
    "channels.o.kind: choose one of bluesky, file, mail, mastodon, matrix,"
    " telegram, webhook, websub, x",
    "policy.rules.0.action: must be 'publish', 'review' or 'hold'",
    "sources.ioda.countries: no such country: ZZ",
}
GOOD = """
[store]
path = "{home}/wire.db"
[channels.m]
kind = "mastodon"
base_url = "https://social.example"
token = "env:MASTO_TOKEN"
"""


def outagewire(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def write(home: Path, text: str) -> Path:
    file = home / "config.toml"
    file.write_text(text.format(home=home, secret=SECRET), "utf-8")
    return file


@pytest.mark.parametrize("command", ["run", "check-config", "drafts"])
def test_every_wrong_key_is_named_at_once_and_nothing_starts(tmp_path, command):
    file = write(tmp_path, BAD)
    words = {"run": ("run", "--config"), "check-config": ("check-config",)}
    done = outagewire(*words.get(command, ("drafts", "list", "--config")), file)
    assert done.returncode == 2
    problems = {line.removeprefix(f"{file}: ") for line in done.stderr.splitlines()}
    assert problems == EXPECTED
    assert done.stdout == ""
    assert SECRET not in done.stderr
    assert os.listdir(tmp_path) == ["config.toml"]  # noqa: PTH208 - names alone


def test_a_missing_secret_does_not_start(tmp_path):
    done = outagewire("run", "--once", "--config", write(tmp_path, GOOD))
    assert done.returncode == 2
    assert "MASTO_TOKEN is missing or empty" in done.stderr
    assert not (tmp_path / "wire.db").exists()


def test_a_good_configuration_is_shown_without_its_secrets(tmp_path):
    done = outagewire("check-config", write(tmp_path, GOOD), MASTO_TOKEN=SECRET)
    assert done.returncode == 0, done.stderr
    assert '"token": "**********"' in done.stdout
    assert SECRET not in done.stdout + done.stderr


@dataclass(frozen=True)
class Refused:
    """A run in which the server refused every post, and repeated the token in its answer."""

    wire: Wire
    log: Path
    requests: list[Request]


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Refused]:
    home = tmp_path_factory.mktemp("refused")
    requests: list[Request] = []

    def answer(request: Request) -> Reply:
        requests.append(request)
        authorization = request.headers.get("authorization", "")
        return Reply(401, {"error": f"The access token is invalid: {authorization}"})

    server = LocalServer(answer)
    masto = {"kind": "mastodon", "base_url": server.base_url}
    channels = {"masto": {**masto, "token": "env:MASTO_TOKEN"}}
    recording, end = stories.blackout(home / "recording"), stories.FALL + DAY
    wire = Wire(home / "wire", recording, channels, end)
    lives = Lives(home / "log", MASTO_TOKEN=SECRET)
    try:
        lives.begin(wire, wire.end)
        assert lives.end() == 0
        yield Refused(wire, home / "log", requests)
    finally:
        lives.stop()
        server.stop()


def test_a_refusal_is_kept_with_its_reason_but_without_the_secret(refused):
    store = open_store(refused.wire.store)
    deliveries = store.deliveries.all()
    store.close()
    assert {d.state for d in deliveries} == {DeliveryState.REFUSED}
    assert all(
        "401; The access token is invalid: Bearer ***" in d.note for d in deliveries
    )


def test_no_secret_is_in_any_log_store_or_page(refused):
    assert any(SECRET in q.headers["authorization"] for q in refused.requests)
    assert "post refused" in refused.log.read_text("utf-8")
    files = [refused.log, *(p for p in refused.wire.home.rglob("*") if p.is_file())]
    assert refused.wire.store in files
    holding = [file.name for file in files if SECRET.encode() in file.read_bytes()]
    assert holding == []
