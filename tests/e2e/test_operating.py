"""What an operator does from the command line while the loop runs, on real servers."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from bot import bootstrap
from bot.config import loading as configuration
from bot.model.delivery import DeliveryState
from bot.model.operations import ALL_CHANNELS, Pause
from bot.publishing.delivery_admin import DeliveryAdmin
from tests import stories
from tests.servers.reading import reader_of
from tests.servers.smtp import Mailbox
from tests.servers.snac import Snac
from tests.stories import RecordingClock, blackout

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = [pytest.mark.servers, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
BY = ("--by", "Ada", "--reason", "seen with my own eyes")
PUBLISH_ALL = [{"name": "all", "action": "publish"}]


@dataclass
class OperatorHarness:
    """A live application that reads the made-up blackout.

    Calling the harness with the words of an `outagewire` command runs that command in a
    process of its own.
    """

    application: bootstrap.Application
    config: Path
    clock: RecordingClock
    snac: Snac
    mailbox: Mailbox

    def __call__(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", *words, "--config", str(self.config)],
            cwd=ROOT,
            env={**os.environ, "NO_COLOR": "1", "MASTO_TOKEN": self.snac.token},
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )

    def tick(self, hours: float = 0.5) -> None:
        for _ in range(int(hours * 2)):
            self.clock.sleep(timedelta(minutes=30))
            tick = self.application.runner.tick()
            assert tick.failed == ()
            self.application.alerts.after_tick({})

    def statuses(self) -> list[dict[str, Any]]:
        """Return the account's statuses, oldest first."""
        reader = reader_of(self.snac)
        account_id = reader.account_verify_credentials()["id"]
        return [dict(s) for s in reader.account_statuses(account_id, limit=40)][::-1]

    def states(self) -> dict[str, DeliveryState]:
        return {d.post.key: d.state for d in self.application.store.deliveries.all()}


@pytest.fixture
def harness(
    tmp_path: Path, snac: Snac, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OperatorHarness]:
    monkeypatch.setenv("MASTO_TOKEN", snac.token)
    recording = blackout(tmp_path / "recording")
    masto = {"kind": "mastodon", "base_url": snac.base_url, "token": "env:MASTO_TOKEN"}
    policy = {"rules": PUBLISH_ALL, "stale_after": "3650d"}
    settings = stories.settings(
        tmp_path,
        recording,
        {"masto": masto, "wire": {"kind": "file", "path": str(tmp_path / "posts")}},
        "14d",
        policy=policy,
        operators=mailbox.operators(),
    )
    config = tmp_path / "config.toml"
    config.write_text(tomlkit.dumps(settings), "utf-8")
    clock = RecordingClock(stories.FALL)
    application = bootstrap.build_live(
        configuration.load_config(config), clock, bootstrap.BackfillProgress()
    )
    application.runner.open()
    yield OperatorHarness(application, config, clock, snac, mailbox)
    application.store.close()


def test_paused_channel_posts_nothing_until_it_is_resumed(
    harness: OperatorHarness,
) -> None:
    """P16: the kill switch works from another process, and on a single channel."""
    count_before = len(harness.statuses())
    result = harness("pause", "masto", *BY)
    assert "masto has been stopped since" in result.stdout
    harness.tick(6)
    assert len(harness.statuses()) == count_before
    assert (harness.config.parent / "posts").exists()
    assert "waiting" in harness("deliveries").stdout
    message = harness.mailbox.emails[-1]
    assert message["Subject"].startswith(
        "Posting is stopped, and posts are waiting: masto"
    )
    assert harness("resume", "masto", *BY).stdout == "masto posts again.\n"
    harness.tick()
    assert len(harness.statuses()) > count_before
    repeated = harness("resume", "masto", *BY)
    assert (repeated.returncode, len(repeated.stderr.splitlines())) == (1, 1)


def test_retraction_reaches_each_channel_and_is_listed(
    harness: OperatorHarness,
) -> None:
    """P11: the retraction is posted on all channels, and two commands list it."""
    harness.tick(6)
    (incident,) = harness.application.store.incidents.all()
    options = ("--statement", "The drop was planned maintenance.", "--by", "Ada")
    result = harness("incidents", "retract", incident.id, *options)
    assert "will be retracted in the next tick" in result.stdout
    harness.tick()
    (last,) = harness.statuses()[-1:]
    assert "The drop was planned maintenance." in last["content"]
    assert last["in_reply_to_id"]
    line = json.loads(
        (harness.config.parent / "posts").read_text("utf-8").splitlines()[-1]
    )
    assert line["text"].startswith("❌ Retracted: we withdraw our report")
    corrections = harness("corrections", "status").stdout.splitlines()
    assert [line.split()[1] for line in corrections[1:]] == ["masto", "wire"]
    assert all("posted" in line for line in corrections[1:])
    assert "retracted" in harness("incidents", "list").stdout


@pytest.mark.slow
def test_person_settles_unknown_deliveries(
    harness: OperatorHarness,
) -> None:
    """P10: a person settles a delivery, with a name and a reason."""
    harness.application.store.pauses.pause(
        Pause(ALL_CHANNELS, "Ada", "a test", harness.clock.now())
    )
    harness.tick(30)
    first, second, third = list(harness.states())[:3]
    for key in (first, second, third):
        harness.application.store.deliveries.claim(key, harness.clock.now())
        harness.application.store.deliveries.escalate(key, "masto: cannot tell")
    assert "cannot tell" in harness("deliveries").stdout
    assert (
        harness("deliveries", "settle", first, "--posted-id", "17", *BY).returncode == 0
    )
    assert harness("deliveries", "settle", second, "--not-posted", *BY).returncode == 0
    assert harness("deliveries", "settle", third, "--drop", *BY).returncode == 0
    states = harness.states()
    ends = [states[k] for k in (first, second, third)]
    assert ends == ["sent", "waiting", "given-up"]
    for words in (
        (first, "--not-posted", *BY),
        ("KZ-1.1/masto", "--posted-id", "1", *BY),
        (second, "--posted-id", "1"),
        (second, "--posted-id", "1", "--drop", *BY),
    ):
        result = harness("deliveries", "settle", *words)
        assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)


@pytest.mark.slow
def test_unchanged_description_is_reported_as_refused(
    harness: OperatorHarness,
) -> None:
    """snac can edit the text alone; test_channel_mastodon.py edits a description."""
    harness.tick(6)
    key = next(
        k for k, s in harness.states().items() if k.endswith("masto") and s == "sent"
    )
    words = ("--alt", "A line that falls to nothing.", *BY)
    result = harness("deliveries", "describe", key, *words)
    assert "sends it to the channel" in result.stdout, result.stderr
    harness.tick()
    (change,) = (k for k in harness.states() if k.startswith(f"{key}/alt/"))
    assert harness.states()[change] is DeliveryState.REFUSED
    (refused,) = (
        d for d in harness.application.store.deliveries.all() if d.post.key == change
    )
    assert refused.note == "masto: the server did not change the alternative text"
    file_result = harness(
        "deliveries", "describe", key.replace("masto", "wire"), *words
    )
    assert "cannot change the description of a picture" in file_result.stderr
    assert (
        harness("deliveries", "describe", key, "--alt", "x" * 9999, *BY).returncode == 1
    )


def test_test_post_is_shown_step_by_step(harness: OperatorHarness) -> None:
    result = harness("post-test", "masto")
    names = [line.split()[0] for line in result.stdout.splitlines()]
    assert names == ["send", "find", "remove"]
    assert result.stdout.splitlines()[0].split()[1] == "ok"
    unknown_channel = harness("post-test", "fax")
    assert "no channel 'fax'" in unknown_channel.stderr


def test_command_without_a_name_is_refused(harness: OperatorHarness) -> None:
    with pytest.raises(Exception, match="--by"):
        DeliveryAdmin(harness.application.store, harness.clock, "", "why")


def test_drill_posts_to_no_channel_and_is_marked(
    harness: OperatorHarness,
) -> None:
    """P16: a drill writes its posts to files, whatever channels the configuration has."""
    count_before = len(harness.statuses())
    out = harness.config.parent / "drill"
    result = harness(
        "drill", str(harness.config.parent / "recording"), "--out", str(out)
    )
    assert result.returncode == 0, result.stderr
    assert len(harness.statuses()) == count_before
    lines = (out / "masto.jsonl").read_text("utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert len(texts) >= 3
    assert all(text.startswith("[Drill, not news]") for text in texts)
    (page,) = out.glob("site/i/*/index.html")
    assert "Drill: an exercise." in page.read_text("utf-8")
    assert harness.application.store.incidents.all() == ()
