"""The user CPU time and memory of whole processes that run one command."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bot.store.sql_store import open_store

RUNS = 5
_SIGNATURE = ("--by", "Ada", "--reason", "a benchmark")
PAUSE, RESUME = ("pause", *_SIGNATURE), ("resume", *_SIGNATURE)
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("--help",),
    ("drafts", "edit", "--help"),
    PAUSE,
    RESUME,
    ("drafts", "list"),
    ("deliveries",),
    ("incidents", "list"),
    ("check-config",),
)
CLI = "from bot.cli import main; main()"
# The peak memory of a process starts at that of its parent. The benchmark's process is
# large, so a small process starts the command.
_LAUNCHER = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime, used.ru_maxrss)
"""
_ROOT = Path(__file__).parents[2]


def run() -> list[tuple[str, str]]:
    """Run each command in its own process; return rows of the command and the result."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        open_store(folder / "outagewire" / "outagewire.db").close()
        rows = [("start: python alone", _formatted(medians("pass", (), folder)))]
        for words in COMMANDS:
            what = f"start: {' '.join(words).partition(' --by')[0]}"
            # Only what was paused can be resumed.
            first = PAUSE if words == RESUME else ()
            rows.append((what, _formatted(medians(CLI, words, folder, first=first))))
    return rows


def _formatted(measured: tuple[float, float]) -> str:
    seconds, megabytes = measured
    return f"{seconds:.2f} user CPU s, {megabytes:.0f} MB"


def medians(
    code: str,
    words: tuple[str, ...],
    folder: Path,
    variables: Mapping[str, str] | None = None,
    first: tuple[str, ...] = (),
) -> tuple[float, float]:
    """Return user CPU seconds and peak memory in MB, as the system counted them.

    Both are medians over RUNS processes. One earlier process, which compiles the modules,
    is left out.

    Args:
        code: the Python code that a process runs.
        words: the process's arguments; "{out}" stands for a new folder in each process.
        folder: the working folder, which also holds the compiled modules.
        variables: environment variables to add; "{out}" is replaced in them too.
        first: the arguments of a process that is run before each measured one, and is not
            measured itself; empty for none.
    """
    runs = []
    for _ in range(RUNS + 1):
        if first:
            _one_run(code, first, folder, {})
        runs.append(_one_run(code, words, folder, variables or {}))
    seconds, megabytes = (median(column) for column in zip(*runs[1:], strict=True))
    return seconds, megabytes


def _one_run(
    code: str, words: tuple[str, ...], folder: Path, variables: Mapping[str, str]
) -> tuple[float, float]:
    # Compiled modules are kept in the folder, so that only the first run compiles them.
    cache = {
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "XDG_DATA_HOME": str(folder),
    }
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    with TemporaryDirectory(dir=folder) as out:
        filled_words = [word.format(out=out) for word in words]
        extra = {name: value.format(out=out) for name, value in variables.items()}
        result = subprocess.run(
            [
                sys.executable,
                "-c",
                _LAUNCHER,
                sys.executable,
                "-c",
                code,
                *filled_words,
            ],
            cwd=folder,
            env={**inherited, **cache, "PYTHONPATH": str(_ROOT), **extra},
            capture_output=True,
            text=True,
            check=True,
        )
    seconds, kilobytes = result.stdout.split()
    return float(seconds), float(kilobytes) / 1024
