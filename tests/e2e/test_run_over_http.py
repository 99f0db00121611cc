"""`outagewire run` against `outagewire serve-recording`, in two real processes."""

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
from bot.sources.recording.source import Recording, load_recording
from bot.store.sql_store import open_store
from tests.recordings import shared
from tests.servers.local import free_port
from tests.shutdowns import (
    CUT,
    DAY,
    HOUR,
    kinds,
    load_shutdown,
    open_policy,
    read_incidents,
    read_json_lines,
    replay_incidents,
    shutdown,
)

pytestmark = pytest.mark.servers

LONGEST_S = 200.0


@dataclass
class Program:
    """A command of outagewire in a process of its own; its output goes to the file `out`."""

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
        """Wait until `done()` is true; fail if the program ends first, or after LONGEST_S."""
        end = monotonic() + LONGEST_S
        while not done():
            assert self.process.poll() is None, self.printed()
            assert monotonic() < end, self.printed()
            sleep(0.1)

    def stop(self) -> int:
        """End the program with SIGTERM; return its exit code."""
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
def served_recording(
    folder: Path, factor: float, at: datetime, out: Path
) -> Iterator[str]:
    """Run `serve-recording`; yield the configuration that it prints."""
    options = ("--port", 0, "--factor", factor, "--at", at.isoformat())
    with running("serve-recording", folder, *options, out=out) as server:
        server.wait_for(lambda: "licence" in server.printed())
        yield server.printed()
        assert server.stop() == 0


def write_config(printed: str, folder: Path) -> Path:
    """Write a configuration: `printed`, with paths and a policy for this test."""
    sections = {
        "store": {"path": str(folder / "live.db")},
        "site": {"out": str(folder / "site")},
        "loop": {"poll": "30m", "settle_after": "0s"},
        "channels": {"file": {"kind": "file", "path": str(folder / "posts.jsonl")}},
        "policy": open_policy(),
    }
    path = folder / "replay.toml"
    settings = tomlkit.loads(printed).unwrap() | sections
    path.write_text(tomlkit.dumps(settings), encoding="utf-8")
    return path


def all_assessed(folder: Path, recording: Recording) -> bool:
    """Return whether the store shows that every bin of the recording was assessed."""
    store = open_store(folder / "live.db")
    assessed = {i: json.loads(s)["index"] for i, s in store.incidents.states().items()}
    store.close()
    end = recording.span.until
    return bool(assessed) and all(
        assessed.get(signal.id, 0) >= signal.bin_at(end) - 1
        for signal in ioda_config.servable_part(recording).signals
    )


def run_with_restart(
    folder: Path, at: datetime, days_a_second: float, tmp: Path
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the incidents and posts of `run`, which is restarted after its first post."""
    recording = load_recording(folder)
    with served_recording(
        folder, days_a_second * 86_400, at, tmp / "served"
    ) as printed:
        config = write_config(printed, tmp)
        with running("run", "--config", config, out=tmp / "first") as run:
            run.wait_for(lambda: bool(read_json_lines(tmp / "posts.jsonl")))
            assert run.stop() == 0
            assert "Traceback" not in run.printed()
        with running("run", "--config", config, out=tmp / "second") as run:
            # The first run may have assessed every bin; the second must at least start.
            run.wait_for(lambda: bool(run.printed()) and all_assessed(tmp, recording))
            assert run.stop() == 0
            assert "Traceback" not in run.printed()
    store = open_store(tmp / "live.db")
    results.write_results(store, tmp / "live")
    store.close()
    return read_incidents(tmp / "live"), read_json_lines(tmp / "posts.jsonl")


def assert_run_equals_replay(
    folder: Path, at: datetime, days_a_second: float, tmp: Path
) -> None:
    """Check that a live run and a replay give the same incidents and post texts (P14)."""
    with ThreadPoolExecutor(1) as pool:
        replay = pool.submit(replay_incidents, load_recording(folder), tmp / "replay")
        incidents, posts = run_with_restart(folder, at, days_a_second, tmp)
        assert incidents == replay.result()
    replayed_posts = read_json_lines(tmp / "replay" / "posts.jsonl")
    assert [(p["event"], p["text"]) for p in posts] == [
        (p["event"], p["text"]) for p in replayed_posts
    ]


def test_run_over_http_gives_the_incident_of_the_replay(tmp_path):
    """P14, P10: a run that is restarted gives the same incident as the replay."""
    folder = shutdown(tmp_path / "recording")
    assert_run_equals_replay(folder, CUT - DAY, 0.3, tmp_path)
    (incident,) = read_incidents(tmp_path / "live")
    assert kinds(incident)[-1] == "restored"


@pytest.mark.slow
def test_run_over_http_gives_the_incident_of_the_replay_of_iran(tmp_path):
    """P14: a live run and a replay of real readings give the same incident and posts."""
    folder = shared("iran-2026-01")
    # At this time, four weeks of history reach back to the recording's beginning.
    # A run that begins later would know less of the first days than the replay does.
    assert_run_equals_replay(folder, datetime(2025, 12, 20, tzinfo=UTC), 1.6, tmp_path)
    (incident,) = read_incidents(tmp_path / "live")
    assert incident["entity"] == "country:IR"
    assert len(incident["families"]) >= 2


def test_missing_network_is_reported_once_and_run_continues(tmp_path):
    """P5, P16: a source without an answer is reported once, and tried again."""
    unused_address = f"http://127.0.0.1:{free_port()}/v2"
    ioda = {"base_url": unused_address, "countries": ["KZ"], "min_interval": "0s"}
    config_text = tomlkit.dumps({"sources": {"ioda": ioda | {"attempts": 1}}})
    config = write_config(config_text, tmp_path)
    with running("run", "--config", config, out=tmp_path / "printed") as run:
        run.wait_for(lambda: "No answer" in run.printed())
        sleep(0.5)  # by now the loop waits for its next tick
        assert run.stop() == 0
        sentences = [s for s in run.printed().splitlines() if "No answer" in s]
        assert len(sentences) == 1
        assert "127.0.0.1 cannot be reached" in sentences[0]
        assert "Trying again every 30m" in sentences[0]
        assert "make demo" in sentences[0]
        assert "Traceback" not in run.printed()


def test_single_tick_without_an_answer_exits_with_an_error(tmp_path):
    """P19: a timer that starts single ticks learns of a failure by the exit code alone."""
    unused_address = f"http://127.0.0.1:{free_port()}/v2"
    ioda = {"base_url": unused_address, "countries": ["KZ"], "min_interval": "0s"}
    config_text = tomlkit.dumps({"sources": {"ioda": ioda | {"attempts": 1}}})
    config = write_config(config_text, tmp_path)
    arguments = ("run", "--once", "--config", config)
    with running(*arguments, out=tmp_path / "printed") as run:
        assert run.process.wait(timeout=LONGEST_S) == 1
        assert "No answer" in run.printed()
        assert "Traceback" not in run.printed()


def test_stop_does_not_wait_for_retries_of_a_source(tmp_path):
    unused_address = f"http://127.0.0.1:{free_port()}/v2"
    config_text = tomlkit.dumps(
        {"sources": {"ioda": {"base_url": unused_address, "attempts": 10}}}
    )
    config = write_config(config_text, tmp_path)
    with running("run", "--config", config, out=tmp_path / "printed") as run:
        run.wait_for((tmp_path / "live.db").exists)
        sleep(1.5)
        start = monotonic()
        assert run.stop() == 0
        assert monotonic() - start < 10


def test_killed_backfill_continues_where_it_stopped(tmp_path, monkeypatch):
    """P3, P10: answers that were stored before the kill are not requested again."""
    recording = load_shutdown(tmp_path / "recording")
    requested: list[str] = []
    with ReplayServer(recording, ScaledClock(CUT - 2 * HOUR, 1.0)) as server:
        original = server.api.signals_raw

        def counting(kind, codes, query):
            requested.append(f"{codes} {query['datasource']} {query['from']}")
            sleep(0.1)
            return original(kind, codes, query)

        monkeypatch.setattr(server.api, "signals_raw", counting)
        ioda = ioda_config.source_section(recording, server.base_url) | {"batch": 1}
        sections = {
            "clock": {"follow": f"{server.url}/clock"},
            "sources": {"ioda": ioda},
        }
        config = write_config(tomlkit.dumps(sections), tmp_path)
        with running("run", "--config", config, out=tmp_path / "first") as run:
            run.wait_for(lambda: len(requested) >= 17)
            run.process.kill()
            run.process.wait()
        requested_before = backfill_requests(requested)
        requested.clear()
        with running("run", "--config", config, out=tmp_path / "second") as run:
            run.wait_for(lambda: "Watching" in run.printed())
            assert run.stop() == 0
        requested_again = backfill_requests(requested)
    assert len(requested_before) >= 3
    assert (
        len(requested_before & requested_again) <= 1
    )  # the request that the kill interrupted
    assert len(requested_before | requested_again) == 12, (
        "3 countries, 2 signals, 2 weeks"
    )


def backfill_requests(requested: list[str]) -> set[str]:
    """Return the requests of the backfill for the two weeks that the recording has."""
    weeks = {datetime(2026, 1, day, tzinfo=UTC).timestamp() for day in (5, 12)}
    return {request for request in requested if float(request.split()[-1]) in weeks}
