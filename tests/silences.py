"""A made-up blackout in one of two countries, whose series can fall silent."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot import bootstrap
from bot.clock import StillClock
from bot.tick.runner import TickResult
from tests.recordings import write
from tests.stories import publishing_config

START = datetime(2026, 1, 5, tzinfo=UTC)
FALL = START + timedelta(days=8, hours=9)
END = FALL + timedelta(days=4)
PING, BGP, SLOW = "made.ping", "made.bgp", "made.slow"
ABOUT = """
title = "A made-up blackout"
credit = "Nobody: made for tests"
licence = "CC0-1.0"

[signals."made.ping"]
step_s = 1800
lag_s = 1800
unit = "up /24s"
family = "active-probing"

[signals."made.bgp"]
step_s = 1800
lag_s = 1800
unit = "visible /24s"
family = "control-plane"

[signals."made.slow"]
step_s = 21600
lag_s = 7200
unit = "requests"
family = "traffic"
"""
STEPS = {PING: 30, BGP: 30, SLOW: 360}
LEVELS = {PING: 3000, BGP: 8000, SLOW: 5000}
Silences = Mapping[str, tuple[datetime, datetime]]
"""For each silent signal of Iran, from when to when it has no readings."""


def blackout_with(folder: Path, silences: Silences) -> Path:
    """Write a recording in which Iran falls to 4% and does not return; Turkey is normal."""
    lines = "\n".join(_lines(silences))
    return write(folder, f"time,entity,signal,value\n{lines}\n", ABOUT)


def _lines(silences: Silences) -> Iterator[str]:
    for signal, minutes in STEPS.items():
        since, until = silences.get(signal, (END, END))
        at, number = START, 0
        while at < END:
            reading = LEVELS[signal] + number * 7 % 13
            yield f"{at:%Y-%m-%dT%H:%MZ},country:TR,{signal},{reading}"
            if not since <= at < until:
                share = 0.04 if at >= FALL else 1.0
                yield f"{at:%Y-%m-%dT%H:%MZ},country:IR,{signal},{share * reading:.0f}"
            at, number = at + timedelta(minutes=minutes), number + 1


class Watch:
    """A live run over such a recording, and the page of its only incident."""

    def __init__(self, home: Path, application: bootstrap.Application) -> None:
        self.home, self.application = home, application
        self.last: TickResult | None = None

    def until(self, at: datetime) -> TickResult:
        """Tick every half hour up to `at`, and return the last result."""
        while self.application.clock.now() < at:
            self.application.clock.sleep(timedelta(minutes=30))
            self.last = self.application.runner.tick()
        assert self.last is not None
        return self.last

    @property
    def folder(self) -> Path:
        """The folder of the incident's page."""
        (folder,) = (self.home / "site" / "i").iterdir()
        return folder

    @property
    def page(self) -> str:
        """The HTML of the incident's page."""
        return (self.folder / "index.html").read_text("utf-8")

    @property
    def record(self) -> dict[str, Any]:
        """The incident's `incident.json`."""
        record: dict[str, Any] = json.loads(
            (self.folder / "incident.json").read_text("utf-8")
        )
        return record

    @property
    def posts(self) -> list[str]:
        """The texts of all posts, the oldest first."""
        lines = (self.home / "posts.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line)["text"] for line in lines]


@contextmanager
def watching(home: Path, silences: Silences, since: datetime) -> Iterator[Watch]:
    """Yield a run that begins at `since`, which reads two weeks of history first."""
    recording = blackout_with(home / "recording", silences)
    channels = {"file": {"kind": "file", "path": str(home / "posts.jsonl")}}
    config = publishing_config(home, recording, channels, "14d")
    application = bootstrap.build_live(
        config, StillClock(since), bootstrap.BackfillProgress()
    )
    application.runner.open()
    yield Watch(home, application)
    application.store.close()
