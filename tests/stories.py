"""A made-up blackout that replays in seconds, and its configurations and clocks."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.clock import StillClock
from bot.config import loading as configuration
from bot.config.sections import Config
from tests.recordings import write

START = datetime(2026, 1, 5, tzinfo=UTC)
FALL = START + timedelta(days=8, hours=9)
RETURN = FALL + timedelta(days=2, hours=12)
END = RETURN + timedelta(hours=14)
ABOUT = """
title = "A made-up blackout"
credit = "Nobody: made for tests"
licence = "CC0-1.0"

[signals."ioda.ping-slash24"]
step_s = 1800
lag_s = 1800
unit = "up /24s"
family = "active-probing"

[signals."ioda.bgp"]
step_s = 1800
lag_s = 1800
unit = "visible /24s"
family = "control-plane"
"""
SIGNALS = {"ioda.ping-slash24": 3000, "ioda.bgp": 8000}
PUBLISH_CONFIRMED = [
    {"name": "suspected-stays", "action": "hold", "confirmed": False},
    {"name": "tests-let-out", "action": "publish"},
]


def blackout(folder: Path, country: str = "IR", left: float = 0.04) -> Path:
    """Write a recording in which a country falls to a share `left` for two and a half days."""
    lines = "\n".join(_lines(country, left))
    return write(folder, f"time,entity,signal,value\n{lines}", ABOUT)


def _lines(country: str, left: float) -> Iterator[str]:
    at, number = START, 0
    while at < END:
        share = left if FALL <= at < RETURN else 1.0
        for signal, level in SIGNALS.items():
            value = share * (level + number * 7 % 13)
            yield f"{at:%Y-%m-%dT%H:%MZ},country:{country},{signal},{value:.0f}"
        at, number = at + timedelta(minutes=30), number + 1
    yield ""


def settings(
    home: Path,
    recording: Path,
    channels: dict[str, Any],
    history: str = "90d",
    **sections: Any,
) -> dict[str, Any]:
    """Return a configuration that watches `recording` and writes only to `home`."""
    return {
        "store": {"path": str(home / "wire.db")},
        "site": {"out": str(home / "site"), "base_url": "https://example.org"},
        "loop": {"poll": "30m", "history": history, "settle_after": "500ms"},
        "sources": {"recording": {"folder": str(recording)}},
        "channels": channels,
        **sections,
    }


def publishing_config(
    home: Path,
    recording: Path,
    channels: dict[str, Any],
    history: str = "90d",
    **sections: Any,
) -> Config:
    """Return the configuration of `settings`, with a policy added.

    The policy publishes events of confirmed incidents that are up to 30 days late.
    """
    policy = {"rules": PUBLISH_CONFIRMED, "stale_after": "30d"}
    given = settings(home, recording, channels, history, policy=policy, **sections)
    return configuration.check_values(given, "test")


class RecordingClock(StillClock):
    """A simulated clock that shows the time of the recording."""


class FileClock:
    """The time of the recording, stored in a file so that it survives the process.

    The clock stops at `until`.
    """

    def __init__(self, file: Path, until: datetime) -> None:
        self._file = file
        self._until = until
        self._at = datetime.fromisoformat(file.read_text("utf-8"))

    def now(self) -> datetime:
        """Return the time of the recording."""
        return self._at

    def sleep(self, duration: timedelta) -> None:
        """Advance the time of the recording, and let other threads run."""
        self._at = min(self._at + duration, self._until)
        draft = self._file.with_suffix(".new")
        draft.write_text(self._at.isoformat(), "utf-8")
        draft.replace(self._file)
        time.sleep(0.01)
