"""SIGTERM and Ctrl-C end every command within ten seconds, whatever hangs (P10, P19)."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import tomlkit

from bot.store.sql_store import open_store
from tests import stories
from tests.servers.drip import DripServer

ROOT = Path(__file__).parents[2]
LONGEST_S = 10.0
STARTS_WITHIN_S = 90.0
# The name server never answers: the call blocks in the operating system.
WITHOUT_NAMES = """
import socket, sys, time
socket.getaddrinfo = lambda *_, **__: time.sleep(600)
from bot.cli import main
main()
"""


@dataclass
class Command:
    """A command in a process of its own.

    Attributes:
        words: the words after `outagewire`.
        ready: returns whether the process does what the signal has to end.
        code: the exit codes that are true of the end.
        program: the arguments of Python.
        environment: variables for the process.
    """

    words: tuple[object, ...]
    ready: Callable[["Command"], bool]
    code: tuple[int, ...]
    program: tuple[str, ...] = ("-m", "bot")
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[str] | None = None
    log: Path = Path()

    def start(self, log: Path) -> None:
        self.log = log
        with log.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, *self.program, *map(str, self.words)],
                stdout=file,
                stderr=file,
                cwd=ROOT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **self.environment},
                text=True,
            )

    @property
    def printed(self) -> str:
        return self.log.read_text("utf-8")

    def wait_until_ready(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + STARTS_WITHIN_S
        while not self.ready(self):
            assert self.process.poll() is None, self.printed
            assert time.monotonic() < deadline, self.printed
            time.sleep(0.05)

    def end(self, number: int) -> tuple[float, int]:
        """Send a signal; return how many seconds the end took, and the exit code."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(60)
        return time.monotonic() - began, code

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def prints(text: str, seconds: float = 0) -> Callable[[Command], bool]:
    """Return a condition that is true so many seconds after `text` was printed."""
    times: list[float] = []

    def ready(command: Command) -> bool:
        if text in command.printed:
            times.append(time.monotonic())
        return bool(times) and times[-1] - times[0] >= seconds

    return ready


def works_for(seconds: float) -> Callable[[Command], bool]:
    """Return a condition that is true so many seconds after it was first checked."""
    return prints("", seconds)


def write_config(home: Path, name: str, **sections: Any) -> Path:
    """Write a configuration with a store, a site and a file of posts of its own."""
    folder = home / name
    folder.mkdir()
    sections = {
        "store": {"path": "wire.db"},
        "loop": {"poll": "1h", "history": "2d"},
        **sections,
    }
    file = folder / "config.toml"
    file.write_text(tomlkit.dumps(sections), "utf-8")
    return file


def ioda(address: str) -> dict[str, Any]:
    section = {"base_url": f"{address}/v2", "countries": ["IR"], "timeout": "10m"}
    return {"sources": {"ioda": section}}


def commands(home: Path, port: int, stack: ExitStack) -> dict[str, Command]:
    """Return the commands of the quick tests, each with something that hangs."""
    drip = ioda(f"http://127.0.0.1:{port}")
    mastodon = {
        "kind": "mastodon",
        "base_url": f"http://127.0.0.1:{port}",
        "token": "env:STOP_TOKEN",
        "timeout": "10m",
    }
    recording = stories.blackout(home / "recording")
    source = {"sources": {"recording": {"folder": str(recording)}}}
    locked = write_config(home, "locked", **drip)
    open_store(locked.parent / "wire.db").close()
    lock = stack.enter_context(closing(sqlite3.connect(locked.parent / "wire.db")))
    lock.execute("BEGIN EXCLUSIVE")
    token = {"STOP_TOKEN": "a-token"}
    channel = write_config(home, "channel", channels={"m": mastodon}, **drip)
    drips = write_config(home, "drip", **drip)
    names = write_config(home, "names", **ioda("https://ioda.example"))
    paused = write_config(home, "paused", **source)
    run = ("run", "--config")
    return {
        "a source that drips": Command((*run, drips), prints("Notified:", 3), (143,)),
        "a name that is not resolved": Command(
            (*run, names), prints("Notified:", 3), (143,), ("-c", WITHOUT_NAMES)
        ),
        "a store that is locked": Command((*run, locked), works_for(4), (143,)),
        "a channel that never answers": Command(
            ("post-test", "m", "--config", channel),
            works_for(4),
            (143,),
            environment=token,
        ),
        "a pause between ticks": Command((*run, paused), prints("Watching,"), (0,)),
        "a served recording": Command(
            ("serve-recording", recording, "--port", "0"), prints("[sources"), (0,)
        ),
        "a replay": Command(
            ("replay", recording, "--out", home / "replay"), prints("confirmed"), (143,)
        ),
    }


NAMES = (
    "a source that drips",
    "a name that is not resolved",
    "a store that is locked",
    "a channel that never answers",
    "a pause between ticks",
    "a served recording",
    "a replay",
)


@dataclass(frozen=True)
class End:
    """How a command ended: after how many seconds, with which code, and its words."""

    seconds: float
    code: int
    command: Command


def _end(command: Command) -> End:
    command.wait_until_ready()
    return End(*command.end(signal.SIGTERM), command)


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, End]]:
    """The end of each command after SIGTERM; all of them hang at the same time."""
    home = tmp_path_factory.mktemp("stopping")
    with ExitStack() as stack:
        drip = DripServer(b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n")
        stack.callback(drip.stop)
        named = commands(home, drip.port, stack)
        for number, command in enumerate(named.values()):
            stack.callback(command.kill)
            command.start(home / f"{number}.log")
        # Each gets the signal as soon as it is ready: a replay does not wait for others.
        pool = stack.enter_context(ThreadPoolExecutor(len(named)))
        yield dict(zip(named, pool.map(_end, named.values()), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_sigterm_ends_a_command_within_ten_seconds(ends, name):
    end = ends[name]
    assert end.seconds < LONGEST_S, end.command.printed
    assert end.code in end.command.code, end.command.printed
    assert "Traceback" not in end.command.printed


def test_a_replay_that_was_stopped_begins_anew(ends):
    """What is not complete says so, and the same command replaces it."""
    command = ends["a replay"].command
    out = Path(str(command.words[-1]))
    assert (out / "UNFINISHED.txt").exists()
    assert "run the command again" in command.printed
    words = [sys.executable, "-m", "bot", *map(str, command.words)]
    result = subprocess.run(
        words, capture_output=True, text=True, timeout=200, check=False, cwd=ROOT
    )
    assert result.returncode == 0, result.stderr
    assert f"Written to {out}" in result.stdout
    assert not (out / "UNFINISHED.txt").exists()
    lines = (out / "posts.jsonl").read_text("utf-8").splitlines()
    assert len(lines) == len(set(lines)) > 1


def test_a_second_start_goes_on_with_the_same_store(ends):
    """The lock of the store is free again, and the store is whole."""
    names = ("a source that drips", "a pause between ticks")
    dripping, config = (Path(str(ends[name].command.words[-1])) for name in names)
    for file in (dripping, config):
        with closing(sqlite3.connect(file.parent / "wire.db")) as store:
            assert store.execute("PRAGMA quick_check").fetchone() == ("ok",)
    words = ("run", "--once", "--config", config)
    result = subprocess.run(
        [sys.executable, "-m", "bot", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
        cwd=ROOT,
    )
    assert result.returncode == 0, result.stderr
    assert "Watching," in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=str)
@pytest.mark.parametrize("name", ["compile", "demo", "preview", "backtest", "charts"])
def test_both_signals_end_the_long_commands(name, number, tmp_path):
    recording = stories.blackout(tmp_path / "recording")
    out, cache = tmp_path / "out", {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = {
        "compile": Command(
            ("replay", recording, "--out", out),
            prints("Compiling the detection kernel"),
            (128 + number,),
            environment=cache,
        ),
        "demo": Command(
            ("demo", "--out", out, "--port", "18743"),
            prints("Watching,"),
            (128 + number,),
        ),
        "preview": Command(
            ("preview", recording, "--lang", "all", "--out", out),
            works_for(5),
            (128 + number,),
        ),
        "backtest": Command(
            ("backtest", "--sentences", "5000", "--out", out),
            prints("worlds"),
            (128 + number,),
        ),
        "charts": Command(
            ("replay", recording, "--out", out),
            prints("confirmed"),
            (128 + number,),
        ),
    }[name]
    command.start(tmp_path / "log")
    try:
        command.wait_until_ready()
        seconds, code = command.end(number)
    finally:
        command.kill()
    assert seconds < LONGEST_S, command.printed
    assert code in command.code, command.printed
    assert "Traceback" not in command.printed
