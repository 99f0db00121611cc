"""A small made-up shutdown, replayed and watched: always here, unlike the real ones."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot import bootstrap
from bot.clock import Clock
from bot.config import loading as configuration
from bot.config.sections import Config
from bot.model.signal import Gap
from bot.replay import ioda_config, run
from bot.replay.server import ReplayServer
from bot.sources.recording.source import Recording, load
from bot.store.readings.readings import StoredReadings
from tests.recordings import write

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday
CUT = datetime(2026, 1, 19, 6, tzinfo=UTC)
BACK = CUT + timedelta(hours=12)
END = datetime(2026, 1, 21, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

ABOUT = """
title = "A made-up shutdown"
credit = "Nobody: made for tests"
licence = "CC0-1.0"

[signals."ioda.bgp"]
step_s = 3600
lag_s = 1800
unit = "visible /24s"
family = "control-plane"

[signals."ioda.ping-slash24"]
step_s = 3600
lag_s = 1800
unit = "up /24s"
family = "active-probing"
"""


def shutdown(folder: Path) -> Path:
    """Kazakhstan falls to a tenth for twelve hours; its neighbours do not.

    Sixteen days in hourly bins, as a folder that a user would have.
    """
    lines = ["time,entity,signal,value"]
    at = BEGIN
    while at < END:
        hour = int(at.timestamp()) // 3600
        for country, size in (("KG", 900), ("KZ", 8000), ("UZ", 3000)):
            cut = country == "KZ" and CUT <= at < BACK
            value = size * (0.1 if cut else 1) + hour % 7
            for signal in ("bgp", "ping-slash24"):
                time = at.strftime("%Y-%m-%dT%H:%MZ")
                lines.append(f"{time},country:{country},ioda.{signal},{value:g}")
        at += HOUR
    return write(folder, "\n".join(lines) + "\n", ABOUT)


def replayed(recording: Recording, out: Path) -> list[dict[str, Any]]:
    """The incidents that `outagewire replay` makes of what IODA would serve."""
    part = ioda_config.served(recording)
    house, clock = bootstrap.replaying(part, out, Config())
    lag = max(signal.lag for signal in part.signals)
    run.play(house.newsroom, clock, part.span, lag, lambda _: None)
    run.write(house.store, out)
    house.store.close()
    return incidents_in(out)


def incidents_in(out: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((out / "incidents.json").read_text())
    return found


def lines_of(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines()]


def watching(
    server: ReplayServer,
    recording: Recording,
    clock: Clock,
    folder: Path,
    **more: Any,
) -> bootstrap.Application:
    """The live newsroom that watches `recording` on `server`, keeping to `folder`."""
    section = ioda_config.section(recording, server.base_url)
    section |= {"attempts": 1, "timeout": "0.2s"} | more.pop("ioda", {})
    told = {
        "store": {"path": str(folder / "live.db")},
        "site": {"out": str(folder / "site")},
        "loop": {"settle_after": "0s"},
        "sources": {"ioda": section},
        "channels": {"file": {"kind": "file", "path": str(folder / "posts.jsonl")}},
        "policy": open_policy(),
    }
    settings = configuration.read(told | more, "a test")
    house = bootstrap.build_live(settings, clock, bootstrap.BackfillProgress())
    house.newsroom.open()
    return house


def gaps_of(house: bootstrap.Application, signal: str) -> list[Gap]:
    """Every silence of a signal that the store has."""
    assert isinstance(house.store.readings, StoredReadings)
    return [gap for gap, _ in house.store.readings.gaps(signal)]


def open_policy() -> dict[str, Any]:
    """What is confirmed goes out, as in a replay."""
    rules = [
        {"name": "suspected-stays", "action": "hold", "confirmed": False},
        {"name": "lets-out", "action": "publish"},
    ]
    return {"rules": rules, "stale_after": "3650d"}


def a_shutdown(folder: Path) -> Recording:
    return load(shutdown(folder))


def kinds(incident: dict[str, Any]) -> Sequence[str]:
    return [event["kind"] for event in incident["events"]]
