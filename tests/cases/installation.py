"""An installation in a temporary folder: its configuration, its store and its ticks."""

import json
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import tomlkit

from bot import bootstrap
from bot.clock import Clock
from bot.config import loading as configuration
from bot.model.delivery import Delivery
from bot.model.incident import EventKind, Incident
from bot.tick.runner import TickResult
from tests import stories
from tests.servers.local import ReceivedRequest, Reply

TOKEN = "t" * 30
TOKEN_VARIABLE = "CASES_TOKEN"
_TARGET_COLUMNS = (
    ("drafts", "body"),
    ("draft_versions", "body"),
    ("deliveries", "post"),
)
"""The columns of the store that hold targets."""
PUBLISH_ALL = {"rules": [{"name": "all", "action": "publish"}]}


@dataclass
class LoopClock:
    """The loop's clock; commands and servers use the machine's clock instead."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def sleep(self, duration: timedelta) -> None:
        self.at += duration


@dataclass
class Installation:
    """A folder with a configuration, and the application that runs there.

    Attributes:
        home: the folder, which also has the recording that the application reads.
        clock: the loop's clock.
    """

    home: Path
    clock: LoopClock
    _application: bootstrap.Application | None = field(default=None, init=False)

    @property
    def config(self) -> Path:
        return self.home / "config.toml"

    @property
    def recording(self) -> Path:
        return self.home / "recording"

    @property
    def application(self) -> bootstrap.Application:
        """The running application; it is started at first use, with the loop's clock."""
        return self._application or self.start(self.clock)

    def start(self, clock: Clock) -> bootstrap.Application:
        """Start the application with the given clock.

        Raises:
            BotError: the configuration, the recording or the store is refused.
        """
        settings = configuration.load_config(self.config)
        self._application = bootstrap.build_live(
            settings, clock, bootstrap.BackfillProgress()
        )
        self._application.runner.open()
        return self._application

    def configure(self, **sections: Any) -> None:
        """Write sections into the configuration; replace sections of the same name."""
        existing = {}
        if self.config.exists():
            existing = tomlkit.loads(self.config.read_text("utf-8")).unwrap()
        self.config.write_text(tomlkit.dumps(existing | sections), "utf-8")

    def run(self, hours: float) -> list[TickResult]:
        """Run two ticks for each hour; return their results."""
        return [self._tick() for _ in range(int(hours * 2))]

    def _tick(self) -> TickResult:
        self.clock.sleep(timedelta(minutes=30))
        return self.application.runner.tick()

    def approve(self, draft: str = "", redirect: Sequence[str] = ()) -> None:
        """Approve a draft by its id, as an editor does; without an id, the first draft.

        `redirect` has the channels that point elsewhere since the draft was made.

        Raises:
            BotError: the approval is refused.
        """
        review, store = bootstrap.draft_review(configuration.load_config(self.config))
        with closing(store):
            review.approve(
                draft or store.drafts.all()[0].id,
                "two sources agree",
                redirect=redirect,
            )

    def retract(self) -> None:
        """Retract the only incident, as an editor does."""
        incident = self.incident().id
        corrections, store = bootstrap.manual_corrections(
            configuration.load_config(self.config)
        )
        with closing(store):
            statement = "The drop was planned maintenance."
            corrections.record(incident, EventKind.RETRACTED, statement, "Ada")

    def stop(self) -> None:
        """Stop the application; the folder stays."""
        if self._application is not None:
            self._application.store.close()
        self._application = None

    def copied_to(self, home: Path) -> "Installation":
        """Return a copy of the installation in another folder."""
        shutil.copytree(self.home, home)
        text = self.config.read_text("utf-8").replace(str(self.home), str(home))
        (home / "config.toml").write_text(text, "utf-8")
        # The copy stands for an installation that was there from the beginning, so its
        # stored targets name its own file.
        with closing(sqlite3.connect(home / "wire.db")) as store, store:
            for table, column in _TARGET_COLUMNS:
                # Both names are constants.
                change = f"UPDATE {table} SET {column} = replace({column}, ?, ?)"  # nosec B608 # noqa: S608
                store.execute(change, (str(self.home), str(home)))
        return Installation(home, LoopClock(self.clock.at))

    def incident(self) -> Incident:
        """Return the only incident in the store."""
        (incident,) = self.application.store.incidents.all()
        return incident

    def deliveries(self) -> dict[str, Delivery]:
        """Return every delivery by its key."""
        return {d.post.key: d for d in self.application.store.deliveries.all()}

    def lines(self) -> list[dict[str, Any]]:
        """Return the parsed lines of the file into which the channel `wire` writes."""
        return json_lines(self.home / "posts.jsonl")

    def pages(self) -> str:
        """Return the HTML of all pages of the site as one text."""
        files = sorted((self.home / "site").rglob("*.html"))
        return "\n".join(file.read_text("utf-8") for file in files)


def json_lines(file: Path) -> list[dict[str, Any]]:
    """Return the objects in a file of JSON lines; an empty list if there is no file."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def new_installation(home: Path, **sections: Any) -> Installation:
    """Return an installation that posts to a file, just before the made-up blackout."""
    home.mkdir(parents=True, exist_ok=True)
    stories.blackout(home / "recording")
    channels = {"wire": file_channel(home)}
    defaults = stories.settings(home, home / "recording", channels, "14d")
    installation = Installation(home, LoopClock(stories.FALL))
    installation.configure(**(defaults | sections))
    return installation


def file_channel(home: Path) -> dict[str, Any]:
    """Return the section of a channel that writes its posts into a file."""
    return {"kind": "file", "path": str(home / "posts.jsonl")}


def mastodon_channel(base_url: str, timeout: str = "5s") -> dict[str, Any]:
    """Return the section of a Mastodon channel; its token is in the environment."""
    token = f"env:{TOKEN_VARIABLE}"
    return {
        "kind": "mastodon",
        "base_url": base_url,
        "token": token,
        "timeout": timeout,
    }


def mastodon_reply(request: ReceivedRequest, to_a_post: Reply) -> Reply:
    """Return the answer of a Mastodon server that has no statuses.

    The answer to a request that creates a status is `to_a_post`.
    """
    if (request.method, request.path) == ("POST", "/api/v1/statuses"):
        return to_a_post
    if request.path.endswith("/statuses"):
        return Reply(200, [])
    return Reply(200, {"id": "5", "configuration": {}})
