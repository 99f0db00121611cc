"""A small made-up shutdown, replayed or watched live."""

import json
from collections.abc import Collection, Mapping, Sequence
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
from bot.sources.recording.source import Recording, load_recording
from bot.store.readings.readings import StoredReadings
from tests.recordings import write

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday
CUT = datetime(2026, 1, 19, 6, tzinfo=UTC)
RESTORED = CUT + timedelta(hours=12)
END = datetime(2026, 1, 21, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SIZES = {"KG": 900, "KZ": 8000, "UZ": 3000}

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


def shutdown(
    folder: Path,
    sizes: Mapping[str, int] = SIZES,
    fallen: Collection[str] = ("KZ",),
) -> Path:
    """Write a recording in which the countries in `fallen` drop for twelve hours.

    They drop to a tenth of their `sizes`, the others do not drop. The recording has
    sixteen days in hourly bins.
    """
    lines = ["time,entity,signal,value"]
    at = BEGIN
    while at < END:
        hour = int(at.timestamp()) // 3600
        for country, size in sizes.items():
            cut = country in fallen and CUT <= at < RESTORED
            value = size * (0.1 if cut else 1) + hour % 7
            for signal in ("bgp", "ping-slash24"):
                time = at.strftime("%Y-%m-%dT%H:%MZ")
                lines.append(f"{time},country:{country},ioda.{signal},{value:g}")
        at += HOUR
    return write(folder, "\n".join(lines) + "\n", ABOUT)


def replay_incidents(recording: Recording, out: Path) -> list[dict[str, Any]]:
    """Replay what IODA would serve of `recording`, and return the incidents."""
    part = ioda_config.servable_part(recording)
    application, clock = bootstrap.build_replay(part, out, Config())
    lag = max(signal.lag for signal in part.signals)
    pages = run.WritePages.NEVER
    run.run_ticks(application.runner, clock, part.span, lag, lambda _: None, pages)
    run.write_results(application.store, out)
    application.store.close()
    return read_incidents(out)


def read_incidents(out: Path) -> list[dict[str, Any]]:
    """Return the content of `incidents.json` in the folder `out`."""
    incidents: list[dict[str, Any]] = json.loads((out / "incidents.json").read_text())
    return incidents


def read_json_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file of JSON lines; none if it does not exist."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines()]


def live_application(
    server: ReplayServer,
    recording: Recording,
    clock: Clock,
    folder: Path,
    **more: Any,
) -> bootstrap.Application:
    """Return the live application that watches `recording` on `server`.

    Its store, site and posts are in `folder`; `more` replaces whole sections of its
    configuration.
    """
    section = ioda_config.source_section(recording, server.base_url)
    section |= {"attempts": 1, "timeout": "0.2s"} | more.pop("ioda", {})
    sections = {
        "store": {"path": str(folder / "live.db")},
        "site": {"out": str(folder / "site")},
        "loop": {"settle_after": "0s"},
        "sources": {"ioda": section},
        "channels": {"file": {"kind": "file", "path": str(folder / "posts.jsonl")}},
        "policy": open_policy(),
    }
    settings = configuration.check_values(sections | more, "a test")
    application = bootstrap.build_live(settings, clock, bootstrap.BackfillProgress())
    application.runner.open()
    return application


def gaps_of(application: bootstrap.Application, signal: str) -> list[Gap]:
    """Return all stored gaps of a signal."""
    assert isinstance(application.store.readings, StoredReadings)
    return [gap for gap, _ in application.store.readings.gaps(signal)]


def open_policy() -> dict[str, Any]:
    """Return a policy that publishes confirmed incidents only, as in a replay."""
    rules = [
        {"name": "suspected-stays", "action": "hold", "confirmed": False},
        {"name": "lets-out", "action": "publish"},
    ]
    return {"rules": rules, "stale_after": "3650d"}


def load_shutdown(folder: Path) -> Recording:
    """Return the recording of `shutdown`, written to `folder` and loaded from it."""
    return load_recording(shutdown(folder))


def kinds(incident: dict[str, Any]) -> Sequence[str]:
    """Return the kinds of an incident's events, in order."""
    return [event["kind"] for event in incident["events"]]
