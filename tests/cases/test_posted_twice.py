"""Posts that are already published are not posted again (P10)."""

import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cases.installation import (
    PUBLISH_ALL,
    TOKEN_VARIABLE,
    Installation,
    file_channel,
    mastodon_channel,
)
from tests.servers.local import LocalServer, ReceivedRequest, Reply
from tests.servers.mastodon_standin import KEY_LIFETIME_S, TOKEN, MastodonStandIn

ROOT = Path(__file__).parents[2]


@pytest.fixture
def mastodon(monkeypatch: pytest.MonkeyPatch) -> Iterator[MastodonStandIn]:
    monkeypatch.setenv(TOKEN_VARIABLE, TOKEN)
    server = MastodonStandIn().start()
    yield server
    server.stop()


@pytest.fixture
def restored(
    before_the_blackout: Installation, mastodon: MastodonStandIn
) -> Installation:
    """An installation that posted, and whose store was then replaced by an older copy."""
    installation = before_the_blackout
    channels = {
        "wire": file_channel(installation.home),
        "masto": mastodon_channel(mastodon.base_url),
    }
    installation.configure(channels=channels, policy=PUBLISH_ALL)
    start_time = installation.clock.at
    installation.run(0.5)
    installation.stop()
    copy = installation.home / "copy"
    copy.mkdir()
    for file in installation.home.glob("wire.db*"):
        shutil.copy(file, copy)
    installation.run(2)
    installation.stop()
    for file in installation.home.glob("wire.db*"):
        file.unlink()
    for file in copy.iterdir():
        shutil.copy(file, installation.home)
    installation.clock.at = start_time
    return installation


def test_a_restored_store_adds_no_line_to_a_file(restored: Installation) -> None:
    before = restored.lines()
    assert before
    restored.run(2.5)
    assert restored.lines() == before


def test_a_restored_store_adds_no_status_after_an_hour(
    restored: Installation, mastodon: MastodonStandIn
) -> None:
    """After an hour the server has forgotten the idempotency key of the first post.

    The channel must look for the post on the server to know that it exists.
    """
    before = len(mastodon.statuses)
    assert before
    mastodon.now = lambda: time.time() + 2 * KEY_LIFETIME_S
    restored.run(2.5)
    assert len(mastodon.statuses) == before


class SlowPictures:
    """A Mastodon server without idempotency keys.

    It processes no picture until `ready` is set.
    """

    def __init__(self) -> None:
        self.ready = threading.Event()
        self.uploads = 0
        self.statuses: list[dict[str, Any]] = []

    def __call__(self, request: ReceivedRequest) -> Reply:
        if (request.method, request.path) == ("POST", "/api/v2/media"):
            self.uploads += 1
            return Reply(202, {"id": "9"})
        if request.path.startswith("/api/v1/media/"):
            return Reply(200 if self.ready.is_set() else 206, {"id": "9"})
        if (request.method, request.path) == ("POST", "/api/v1/statuses"):
            status = {
                "id": str(len(self.statuses) + 1),
                "text": request.form["status"],
            }
            self.statuses.append(status)
            return Reply(200, status)
        if request.path.endswith("/statuses"):
            return Reply(200, self.statuses[::-1])
        return Reply(200, {"id": "7", "configuration": {}})


@contextmanager
def _running(config: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Start `outagewire run`; end it with SIGTERM."""
    command = [sys.executable, "-m", "bot", "run", "--config", str(config)]
    with log.open("wb") as file:
        process = subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=file)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(seconds: float, until: Callable[[], bool]) -> bool:
    """Return whether `until()` becomes true within `seconds`."""
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def test_a_second_run_posts_nothing_twice(
    confirmed: Installation, tmp_path: Path
) -> None:
    """The second run may refuse to start, or leave the post to the first run."""
    mastodon = SlowPictures()
    server = LocalServer(mastodon)
    confirmed.configure(
        channels={"wire": mastodon_channel(server.base_url)},
        loop={"poll": "1s", "history": "14d", "settle_after": "500ms"},
    )
    # The draft was made for the file.
    confirmed.approve(redirect=["wire"])
    second_log = tmp_path / "second.log"
    with ExitStack() as stack:
        stack.callback(server.stop)
        stack.callback(mastodon.ready.set)
        stack.enter_context(_running(confirmed.config, tmp_path / "first.log"))
        assert _wait(90, lambda: mastodon.uploads == 1)
        second = stack.enter_context(_running(confirmed.config, second_log))
        # The second run prints why it refuses to start, or the result of its first tick.
        assert _wait(90, lambda: second_log.stat().st_size > 0)
        _wait(8, lambda: second.poll() is not None or mastodon.uploads > 1)
        mastodon.ready.set()
        assert _wait(30, lambda: len(mastodon.statuses) > 0)
        assert not _wait(6, lambda: len(mastodon.statuses) > 1)
