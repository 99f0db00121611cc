"""The CPU time and memory of whole processes that run one command."""

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.store.sql_store import open_store

RUNS = 5
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("--help",),
    ("drafts", "edit", "--help"),
    ("pause",),
    ("resume", "--by", "Ada", "--reason", "a benchmark"),
    ("drafts", "list"),
    ("deliveries",),
    ("incidents", "list"),
    ("check-config",),
)
_CODE = "from bot.cli import main; main()"
# The peak memory of a process starts at that of its parent. This process is large, so a
# small one starts the command.
_LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
_ROOT = Path(__file__).parents[2]


def run() -> list[tuple[str, str]]:
    """Run each command in its own process; return rows (what, measured)."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        open_store(folder / "var" / "outagewire.db").close()
        rows = [("start: python alone", _measured("pass", (), folder))]
        for words in COMMANDS:
            what = f"start: {' '.join(words)}"
            rows.append((what, _measured(_CODE, words, folder)))
    return rows


def _measured(code: str, words: tuple[str, ...], folder: Path) -> str:
    """Return the medians of RUNS runs, after one that compiles the modules."""
    runs = [_one_run(code, words, folder) for _ in range(RUNS + 1)][1:]
    seconds, megabytes = (median(column) for column in zip(*runs, strict=True))
    return f"{seconds:.2f} CPU s, {megabytes:.0f} MB"


def _one_run(code: str, words: tuple[str, ...], folder: Path) -> tuple[float, float]:
    """Return CPU seconds and peak memory in MB, as the system counted them."""
    # Compiled modules are kept in the folder, so that they are there in every run.
    cache = {"PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-c", _LAUNCHER, sys.executable, "-c", code, *words],
        cwd=folder,
        env={**kept, **cache, "PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, kilobytes = done.stdout.split()
    return float(seconds), float(kilobytes) / 1024
