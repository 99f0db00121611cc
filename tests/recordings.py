"""Recordings for tests: a small made-up one, and the shared real ones if present."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import StillClock
from bot.http.client import make_client
from bot.replay.server import ReplayServer
from bot.sources.ioda.source import IodaConfig, IodaSource
from bot.sources.recording.source import Recording, load_recording

SHARED = Path(__file__).parents[2] / "shared"
START = datetime(2026, 1, 5, tzinfo=UTC)

ABOUT = """
title = "A small made-up recording"
credit = "Nobody: made for tests"
licence = "CC0-1.0"

[signals."ioda.bgp"]
step_s = 1800
lag_s = 1800
unit = "visible /24s"
family = "control-plane"

[signals."ioda.gtr"]
step_s = 3600
lag_s = 7200
unit = "percent of the maximum"
family = "traffic"
"""


def write(folder: Path, csv: str, about: str = ABOUT) -> Path:
    """Write a recording into `folder`, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "recording.toml").write_text(about, encoding="utf-8")
    (folder / "series.csv").write_text(csv, encoding="utf-8")
    return folder


def small_csv() -> str:
    """Return a day of readings of KZ, two of its networks and a region, as CSV.

    Only country:KZ has Google traffic, and asn:9198 stops at noon. In the routes of
    country:KZ, 06:00 to 08:00 has empty values, 09:00 to 10:00 has no lines at all, and
    12:00 to 13:00 has true zeros.
    """
    lines = ["time,entity,signal,value"]
    for half_hour in range(48):
        time = (START + timedelta(minutes=30 * half_hour)).strftime("%Y-%m-%dT%H:%MZ")
        if not 18 <= half_hour < 20:
            value = "" if 12 <= half_hour < 16 else str(8000 + half_hour)
            value = "0" if 24 <= half_hour < 26 else value
            lines.append(f"{time},country:KZ,ioda.bgp,{value}")
        if half_hour < 24:
            lines.append(f"{time},asn:9198,ioda.bgp,{500 + half_hour}")
        lines.append(f"{time},asn:29355,ioda.bgp,{300.5 + half_hour}")
        lines.append(f"{time},region:KZ/Almaty,ioda.bgp,{900 + half_hour}")
        if half_hour % 2 == 0:
            lines.append(f"{time},country:KZ,ioda.gtr,{50 + half_hour / 10:.1f}")
    return "\n".join(lines) + "\n"


def small(folder: Path) -> Recording:
    """Return the small recording, written to `folder` and loaded from it."""
    return load_recording(write(folder, small_csv()))


def shared(name: str) -> Path:
    """Return the folder of a shared real recording; skip the test if it is absent."""
    folder = SHARED / "data" / "recordings" / name
    if not folder.is_dir():
        pytest.skip(f"{name} is not here: its licence keeps it out of the repository")
    return folder


def ioda_source(
    server: ReplayServer, clock: StillClock, **changes: object
) -> IodaSource:
    """Return the real `ioda` source, configured for the small recording on `server`."""
    section: dict[str, object] = {
        "base_url": server.base_url,
        "countries": ["KZ"],
        "regions": {"KZ/Almaty": "100001"},
        "networks": [9198, 29355],
        "datasources": ["bgp", "gtr"],
        "signals": {
            "ioda.bgp": {"step": "30m", "lag": "30m"},
            "ioda.gtr": {"step": "1h", "lag": "2h"},
        },
    }
    config = IodaConfig.model_validate(section | changes)
    client = make_client(config.timeout, contact="tests@example.org")
    return IodaSource(config, client, clock, StillClock(START))
