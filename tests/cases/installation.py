"""An installation in a temporary folder: its configuration, its store, its rounds."""

import json
import shutil
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
from tests.servers.local import Reply, Request

TOKEN = "t" * 30
TOKEN_VARIABLE = "CASES_TOKEN"
PUBLISH_ALL = {"rules": [{"name": "all", "action": "publish"}]}


@dataclass
class LoopClock:
    """The loop's time; editors and servers live by the machine's."""

    at: datetime

    def now(self) -> datetime:
        return self.at

    def sleep(self, duration: timedelta) -> None:
        self.at += duration


@dataclass
class Installation:
    """A folder with a configuration, and what runs there.

    Attributes:
        home: the folder; the recording that it reads is in it, too.
        clock: the loop's time.
    """

    home: Path
    clock: LoopClock
    _house: bootstrap.Application | None = field(default=None, init=False)

    @property
    def config(self) -> Path:
        return self.home / "config.toml"

    @property
    def recording(self) -> Path:
        return self.home / "recording"

    @property
    def application(self) -> bootstrap.Application:
        """What runs there; started at first use, on the loop's own time."""
        return self._house or self.start(self.clock)

    def start(self, clock: Clock) -> bootstrap.Application:
        """Start it on a clock.

        Raises:
            BotError: the configuration, the recording or the store is refused.
        """
        settings = configuration.load(self.config)
        self._house = bootstrap.build_live(
            settings, clock, bootstrap.BackfillProgress()
        )
        self._house.runner.open()
        return self._house

    def configure(self, **sections: Any) -> None:
        """Put these sections in the place of what the configuration has."""
        before = {}
        if self.config.exists():
            before = tomlkit.loads(self.config.read_text("utf-8")).unwrap()
        self.config.write_text(tomlkit.dumps(before | sections), "utf-8")

    def run(self, hours: float) -> list[TickResult]:
        """Two rounds for each hour."""
        return [self._round() for _ in range(int(hours * 2))]

    def _round(self) -> TickResult:
        self.clock.sleep(timedelta(minutes=30))
        return self.application.runner.tick()

    def approve(self, draft: str = "") -> None:
        """An editor lets a draft out; the first one where none is named.

        Raises:
            BotError: the product refuses it.
        """
        review, store = bootstrap.draft_review(configuration.load(self.config))
        with closing(store):
            review.approve(draft or store.drafts.all()[0].id, "two sources agree")

    def retract(self) -> None:
        """An editor takes the only incident back."""
        incident = self.incident().id
        corrections, store = bootstrap.manual_corrections(
            configuration.load(self.config)
        )
        with closing(store):
            statement = "The drop was planned maintenance."
            corrections.apply(incident, EventKind.RETRACTED, statement, "Ada")

    def stop(self) -> None:
        """End what runs; the folder stays."""
        if self._house is not None:
            self._house.store.close()
        self._house = None

    def copied_to(self, home: Path) -> "Installation":
        """The same installation in another folder."""
        shutil.copytree(self.home, home)
        text = self.config.read_text("utf-8").replace(str(self.home), str(home))
        (home / "config.toml").write_text(text, "utf-8")
        return Installation(home, LoopClock(self.clock.at))

    def incident(self) -> Incident:
        """The only incident there is."""
        (incident,) = self.application.store.incidents.all()
        return incident

    def deliveries(self) -> dict[str, Delivery]:
        """Every delivery by its key."""
        return {d.post.key: d for d in self.application.store.deliveries.all()}

    def lines(self) -> list[dict[str, Any]]:
        """What the channel `wire` wrote into its file."""
        return json_lines(self.home / "posts.jsonl")

    def pages(self) -> str:
        """All HTML of the site in one text."""
        files = sorted((self.home / "site").rglob("*.html"))
        return "\n".join(file.read_text("utf-8") for file in files)


def json_lines(file: Path) -> list[dict[str, Any]]:
    """The objects in a file of JSON lines; none where there is no file."""
    if not file.exists():
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def new_installation(home: Path, **sections: Any) -> Installation:
    """Watches the made-up blackout, posts to a file, and stands just before its fall."""
    home.mkdir(parents=True, exist_ok=True)
    stories.blackout(home / "recording")
    channels = {"wire": file_channel(home)}
    given = stories.settings(home, home / "recording", channels, "14d")
    installation = Installation(home, LoopClock(stories.FALL))
    installation.configure(**(given | sections))
    return installation


def file_channel(home: Path) -> dict[str, Any]:
    """A channel that writes its posts into a file."""
    return {"kind": "file", "path": str(home / "posts.jsonl")}


def mastodon_channel(base_url: str, timeout: str = "5s") -> dict[str, Any]:
    """A channel on a server of the test; its token is in the environment."""
    token = f"env:{TOKEN_VARIABLE}"
    return {
        "kind": "mastodon",
        "base_url": base_url,
        "token": token,
        "timeout": timeout,
    }


def mastodon_reply(request: Request, to_a_post: Reply) -> Reply:
    """What a Mastodon answers on which nothing stands yet."""
    if (request.method, request.path) == ("POST", "/api/v1/statuses"):
        return to_a_post
    if request.path.endswith("/statuses"):
        return Reply(200, [])
    return Reply(200, {"id": "5", "configuration": {}})
