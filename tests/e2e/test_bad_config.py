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
from tests.e2e.forked_processes import ForkedProcesses, LoopInstallation
from tests.servers.local import LocalServer, ReceivedRequest, Reply

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
    'loop.poll = 5: write a duration as "90s", "5m", "2h" or "28d"',
    "loop.pol: no such key; did you mean poll?",
    "detection.families.traffic.on = 2.0: must be less than 1",
    "detection.families.traffic.off: this key is required; add it",
    'channels.m.token: write a secret as a reference: "env:NAME" or "file:PATH"',
    "channels.n.token: the environment variable NOT_THERE is missing or empty; set it to the secret",
    'channels.o.kind = "fax": choose one of bluesky, file, mail, mastodon, matrix,'
    " readers, telegram, webhook, websub, x",
    'policy.rules 1 ("x").action = "shout": must be "publish", "review" or "hold"',
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
def test_all_wrong_keys_are_named_at_once_and_nothing_starts(tmp_path, command):
    file = write(tmp_path, BAD)
    words = {"run": ("run", "--config"), "check-config": ("check-config",)}
    result = outagewire(*words.get(command, ("drafts", "list", "--config")), file)
    assert result.returncode == 2
    problems = {line.removeprefix(f"{file}: ") for line in result.stderr.splitlines()}
    assert problems == EXPECTED
    assert result.stdout == ""
    assert SECRET not in result.stderr
    assert os.listdir(tmp_path) == ["config.toml"]  # noqa: PTH208 - names alone


def test_missing_secret_prevents_the_start(tmp_path):
    result = outagewire("run", "--once", "--config", write(tmp_path, GOOD))
    assert result.returncode == 2
    assert "MASTO_TOKEN is missing or empty" in result.stderr
    assert not (tmp_path / "wire.db").exists()


def test_valid_configuration_is_shown_without_its_secrets(tmp_path):
    file = write(tmp_path, GOOD)
    result = outagewire("check-config", file, "--json", MASTO_TOKEN=SECRET)
    assert result.returncode == 0, result.stderr
    assert '"token": "**********"' in result.stdout
    assert SECRET not in result.stdout + result.stderr


def test_summary_says_what_a_configuration_does(tmp_path):
    file = write(tmp_path, GOOD)
    result = outagewire("check-config", file, MASTO_TOKEN=SECRET)
    assert result.returncode == 0, result.stderr
    assert SECRET not in result.stdout
    assert result.stdout.splitlines() == [
        f"{file}: no errors.",
        "Reads: ioda (all countries); every 5m, with 28d of history.",
        f"Store: {tmp_path}/wire.db",
        f"Site: {tmp_path}/var/site, shown at http://127.0.0.1:8080",
        f"Unreleased, for you alone: {tmp_path}/var/unpublished",
        "Posts: m (mastodon).",
        "Policy: no rule, so every draft waits for a person"
        f" (`outagewire drafts list --config {file}`).",
        "Notified: nobody; drafts and problems are only printed.",
    ]


@dataclass(frozen=True)
class RefusedRun:
    """A run in which the server refused every post, and repeated the token in its answer."""

    installation: LoopInstallation
    log: Path
    requests: list[ReceivedRequest]


@pytest.fixture(scope="module")
def refused_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RefusedRun]:
    home = tmp_path_factory.mktemp("refused")
    requests: list[ReceivedRequest] = []

    def answer(request: ReceivedRequest) -> Reply:
        requests.append(request)
        authorization = request.headers.get("authorization", "")
        return Reply(401, {"error": f"The access token is invalid: {authorization}"})

    server = LocalServer(answer)
    masto = {"kind": "mastodon", "base_url": server.base_url}
    channels = {"masto": {**masto, "token": "env:MASTO_TOKEN"}}
    recording, end = stories.blackout(home / "recording"), stories.FALL + DAY
    installation = LoopInstallation(home / "wire", recording, channels, end)
    processes = ForkedProcesses(home / "log", MASTO_TOKEN=SECRET)
    try:
        processes.start_loop(installation, installation.end)
        assert processes.wait() == 0
        yield RefusedRun(installation, home / "log", requests)
    finally:
        processes.stop()
        server.stop()


def test_refusal_is_stored_with_its_reason_but_without_the_secret(refused_run):
    store = open_store(refused_run.installation.store)
    deliveries = store.deliveries.all()
    store.close()
    assert {d.state for d in deliveries} == {DeliveryState.REFUSED}
    assert all(
        "401; The access token is invalid: Bearer ***" in d.note for d in deliveries
    )


def test_no_secret_is_in_any_log_store_or_page(refused_run):
    assert any(SECRET in q.headers["authorization"] for q in refused_run.requests)
    assert "post refused" in refused_run.log.read_text("utf-8")
    files = [
        refused_run.log,
        *(p for p in refused_run.installation.home.rglob("*") if p.is_file()),
    ]
    assert refused_run.installation.store in files
    files_with_secret = [
        file.name for file in files if SECRET.encode() in file.read_bytes()
    ]
    assert files_with_secret == []
