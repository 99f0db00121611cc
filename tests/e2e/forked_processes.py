"""Start and kill processes; loop_process.py and poster.py say what these do."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import tomlkit

from tests import stories

ROOT = Path(__file__).parents[2]


@dataclass
class LoopInstallation:
    """One installation: its configuration, clock and store.

    Its loop stops once the clock has reached `end` and every post is settled.
    """

    home: Path
    recording: Path
    channels: dict[str, Any]
    end: datetime = stories.END

    def __post_init__(self) -> None:
        self.home.mkdir()
        policy = {"rules": stories.PUBLISH_CONFIRMED, "stale_after": "3650d"}
        pace = {"update_every": "6h"}
        settings = stories.settings(
            self.home, self.recording, self.channels, "14d", policy=policy, pace=pace
        )
        self.config.write_text(tomlkit.dumps(settings), "utf-8")
        self.clock.write_text(stories.FALL.isoformat(), "utf-8")

    @property
    def config(self) -> Path:
        return self.home / "config.toml"

    @property
    def clock(self) -> Path:
        return self.home / "clock"

    @property
    def store(self) -> Path:
        return self.home / "wire.db"

    def states(self) -> Counter[str]:
        """Return the number of deliveries in each state, read from a copy of the store.

        The loop itself must repair the store after a kill. If this method opened the
        store, the method would repair it first.
        """
        with tempfile.TemporaryDirectory() as folder:
            for file in self.home.glob("wire.db*"):
                shutil.copy(file, folder)
            with closing(sqlite3.connect(Path(folder) / "wire.db")) as copy:
                try:
                    rows = copy.execute("SELECT state FROM deliveries").fetchall()
                except sqlite3.OperationalError:
                    return Counter()  # the process was killed before it made the tables
        return Counter(state for (state,) in rows)


class ForkedProcesses:
    """A parent process that runs `module` and forks one child process at a time."""

    def __init__(
        self, log: Path, module: str = "tests.e2e.loop_process", **environment: str
    ) -> None:
        with log.open("wb") as errors:
            self._parent = subprocess.Popen(
                [sys.executable, "-m", module],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        self._child = 0

    def start_loop(self, installation: LoopInstallation, until: datetime) -> None:
        """Fork a process that runs the loop; its clock stops at `until`."""
        times = until.isoformat(), installation.end.isoformat()
        self.fork(str(installation.config), str(installation.clock), *times)

    def fork(self, *words: str) -> None:
        """Fork a child process and pass these arguments to it."""
        self._child = self._send(" ".join(("fork", *words)))

    def kill(self) -> int:
        """Kill the newest child process with SIGKILL; return its exit code."""
        self.send_kill()
        return self.wait()

    def send_kill(self) -> None:
        """Kill the newest child process with SIGKILL; do not wait until it ends."""
        os.kill(self._child, signal.SIGKILL)

    def wait(self) -> int:
        """Wait until the newest child process ends; return its exit code."""
        return self._send("end")

    def stop(self) -> None:
        """Tell the parent process that no command follows; wait until it ends."""
        self._parent.communicate(timeout=200)

    def _send(self, command: str) -> int:
        assert self._parent.stdin
        assert self._parent.stdout
        self._parent.stdin.write(command + "\n")
        self._parent.stdin.flush()
        return int(self._parent.stdout.readline())
