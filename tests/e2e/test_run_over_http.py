"""`run` against `serve-recording`, both as they are shipped: two real processes."""

import json
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from subprocess import STDOUT, Popen
from time import monotonic, sleep
from typing import Any

import pytest
import tomlkit

from bot.clock import ScaledClock
from bot.replay import ioda_config
from bot.replay import run as results
from bot.replay.server import ReplayServer
from bot.sources.recording.source import Recording, load
from bot.store.sql_store import open_store
from tests.recordings import shared
from tests.servers.local import free_port
from tests.shutdowns import (
    CUT,
    DAY,
    HOUR,
    a_shutdown,
    incidents_in,
    kinds,
    lines_of,
    open_policy,
    replayed,
    shutdown,
)

pytestmark = pytest.mark.servers

LONGEST_S = 200.0


@dataclass
class Program:
    """A command of ours as a process of its own; what it prints goes to a file."""

    arguments: list[str]
    out: Path
    process: Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        with self.out.open("wb") as out:
            command = [sys.executable, "-m", "bot", *self.arguments]
            self.process = Popen(command, stdout=out, stderr=STDOUT)

    def printed(self) -> str:
        return self.out.read_text(encoding="utf-8")

    def wait_for(self, done: Callable[[], bool]) -> None:
        """Wait until `done`, while the program runs."""
        end = monotonic() + LONGEST_S
        while not done():
            assert self.process.poll() is None, self.printed()
            assert monotonic() < end, self.printed()
            sleep(0.1)

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        self.process.terminate()
        return self.process.wait(timeout=30)


@contextmanager
def running(*arguments: object, out: Path) -> Iterator[Program]:
    program = Program([str(a) for a in arguments], out)
    try:
        yield program
    finally:
        program.process.kill()
        program.process.wait()


@contextmanager
def serving(folder: Path, factor: float, at: datetime, out: Path) -> Iterator[str]:
    """The configuration that `serve-recording` prints, while it serves."""
    options = ("--port", 0, "--factor", factor, "--at", at.isoformat())
    with running("serve-recording", folder, *options, out=out) as server:
        server.wait_for(lambda: "licence" in server.printed())
        yield server.printed()
        assert server.stop() == 0


def completed(printed: str, folder: Path) -> Path:
    """What was printed, word for word, with sections for this machine after it."""
    more = {
        "store": {"path": str(folder / "live.db")},
        "site": {"out": str(folder / "site")},
        "loop": {"poll": "30m", "settle_after": "0s"},
        "channels": {"file": {"kind": "file", "path": str(folder / "posts.jsonl")}},
        "policy": open_policy(),
    }
    path = folder / "replay.toml"
    path.write_text(printed + "\n" + tomlkit.dumps(more), encoding="utf-8")
    return path


def all_judged(folder: Path, recording: Recording) -> bool:
    """Whether every bin of the recording has been judged, by what the store says."""
    store = open_store(folder / "live.db")
    judged = {i: json.loads(s)["index"] for i, s in store.incidents.states().items()}
    store.close()
    end = recording.span.until
    return bool(judged) and all(
        judged.get(signal.id, 0) >= signal.bin_of(end) - 1
        for signal in ioda_config.served(recording).signals
    )


def watched(
    folder: Path, at: datetime, days_a_second: float, tmp: Path
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The incidents and posts of `run`, stopped once after its first post."""
    recording = load(folder)
    with serving(folder, days_a_second * 86_400, at, tmp / "served") as printed:
        config = completed(printed, tmp)
        with running("run", "--config", config, out=tmp / "first") as run:
            run.wait_for(lambda: bool(lines_of(tmp / "posts.jsonl")))
            assert run.stop() == 0
            assert "Traceback" not in run.printed()
        with running("run", "--config", config, out=tmp / "second") as run:
            # On a slow machine the first may have judged all: let this one begin.
            run.wait_for(lambda: bool(run.printed()) and all_judged(tmp, recording))
            assert run.stop() == 0
            assert "Traceback" not in run.printed()
    store = open_store(tmp / "live.db")
    results.write(store, tmp / "live")
    store.close()
    return incidents_in(tmp / "live"), lines_of(tmp / "posts.jsonl")


def agree(folder: Path, at: datetime, days_a_second: float, tmp: Path) -> None:
    """Live and replay say the same, word for word (P14)."""
    with ThreadPoolExecutor(1) as beside:
        replay = beside.submit(replayed, load(folder), tmp / "replay")
        incidents, posts = watched(folder, at, days_a_second, tmp)
        assert incidents == replay.result()
    replayed_posts = lines_of(tmp / "replay" / "posts.jsonl")
    assert [(p["event"], p["text"]) for p in posts] == [
        (p["event"], p["text"]) for p in replayed_posts
    ]


def test_run_over_http_reaches_the_incident_of_the_replay(tmp_path):
    """P14, P10: through a clean stop in the middle and a second start."""
    folder = shutdown(tmp_path / "recording")
    agree(folder, CUT - DAY, 0.3, tmp_path)
    (incident,) = incidents_in(tmp_path / "live")
    assert kinds(incident)[-1] == "restored"


@pytest.mark.slow
def test_run_over_http_reaches_the_incident_of_the_replay_of_iran(tmp_path):  # P14
    folder = shared("iran-2026-01")
    # Early enough that the four weeks read back reach the recording's beginning:
    # a detector that begins later knows less of its first days.
    agree(folder, datetime(2025, 12, 20, tzinfo=UTC), 1.6, tmp_path)
    (incident,) = incidents_in(tmp_path / "live")
    assert incident["entity"] == "country:IR"
    assert len(incident["families"]) >= 2


def test_without_a_network_it_says_so_goes_on_and_stops_cleanly(tmp_path):  # P5, P16
    nowhere = f"http://127.0.0.1:{free_port()}/v2"
    ioda = {"base_url": nowhere, "countries": ["KZ"], "min_interval": "0s"}
    config_text = tomlkit.dumps({"sources": {"ioda": ioda | {"attempts": 1}}})
    config = completed(config_text, tmp_path)
    with running("run", "--config", config, out=tmp_path / "printed") as run:
        run.wait_for(lambda: "No answer" in run.printed())
        sleep(0.5)  # it waits now
        assert run.stop() == 0
        sentences = [s for s in run.printed().splitlines() if "No answer" in s]
        assert len(sentences) == 1
        assert "127.0.0.1 cannot be reached" in sentences[0]
        assert "Trying again every 30 min" in sentences[0]
        assert "make demo" in sentences[0]
        assert "Traceback" not in run.printed()


def test_a_stop_does_not_wait_for_a_source_that_is_being_tried_again(tmp_path):
    nowhere = f"http://127.0.0.1:{free_port()}/v2"
    config_text = tomlkit.dumps(
        {"sources": {"ioda": {"base_url": nowhere, "attempts": 10}}}
    )
    config = completed(config_text, tmp_path)
    with running("run", "--config", config, out=tmp_path / "printed") as run:
        run.wait_for((tmp_path / "live.db").exists)
        sleep(1.5)
        begun = monotonic()
        assert run.stop() == 0
        assert monotonic() - begun < 10


def test_a_back_fill_that_was_killed_goes_on_where_it_stopped(tmp_path, monkeypatch):
    """P3, P10: what was answered is in the store, and is not asked again."""
    recording = a_shutdown(tmp_path / "recording")
    asked: list[str] = []
    with ReplayServer(recording, ScaledClock(CUT - 2 * HOUR, 1.0)) as server:
        truly = server.api.signals_raw

        def counted(kind, codes, query):
            asked.append(f"{codes} {query['datasource']} {query['from']}")
            sleep(0.1)
            return truly(kind, codes, query)

        monkeypatch.setattr(server.api, "signals_raw", counted)
        ioda = ioda_config.section(recording, server.base_url) | {"batch": 1}
        sections = {
            "clock": {"follow": f"{server.url}/clock"},
            "sources": {"ioda": ioda},
        }
        config = completed(tomlkit.dumps(sections), tmp_path)
        with running("run", "--config", config, out=tmp_path / "first") as run:
            run.wait_for(lambda: len(asked) >= 17)
            run.process.kill()
            run.process.wait()
        before = with_data(asked)
        asked.clear()
        with running("run", "--config", config, out=tmp_path / "second") as run:
            run.wait_for(lambda: "Watching" in run.printed())
            assert run.stop() == 0
        again = with_data(asked)
    assert len(before) >= 3
    assert len(before & again) <= 1  # the one that was on its way
    assert len(before | again) == 12, "3 countries, 2 signals, 2 weeks"


def with_data(asked: list[str]) -> set[str]:
    """The back-fill's questions about whole weeks that the recording has."""
    weeks = {datetime(2026, 1, day, tzinfo=UTC).timestamp() for day in (5, 12)}
    return {q for q in asked if float(q.split()[-1]) in weeks}
