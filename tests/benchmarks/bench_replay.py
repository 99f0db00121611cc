"""The user CPU time of the long commands: replays, the demo, and compiling the kernel."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.bench_start import CLI, medians
from tests.recordings import SHARED

RECORDINGS = ("uganda-2021-01", "laura-2020-08", "iran-2026-01")
# This program compiles what the first assessment of a process compiles, and no more.
_COMPILE = """
from bot.cli import kernel
from bot.detection import kernel_calls
from bot.detection.thresholds import Thresholds, signal_params
from tests.signals import a_signal
kernel.enable_cache()
kernel_calls.compile_kernel(signal_params(a_signal("t.probe"), Thresholds()))
"""


def run() -> list[tuple[str, str]]:
    """Run each command in its own process; return rows of the command and the result."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        return [
            ("replay: compile the kernel", _compiled(folder)),
            *(
                (f"replay: {recording}", _replayed(recording, folder))
                for recording in RECORDINGS
            ),
            (
                "replay: demo --once",
                _formatted(medians(CLI, ("demo", "--once", "--out", "{out}"), folder)),
            ),
        ]


def _compiled(folder: Path) -> str:
    return _formatted(medians(_COMPILE, (), folder, {"XDG_CACHE_HOME": "{out}"}))


def _replayed(recording: str, folder: Path) -> str:
    source = SHARED / "data" / "recordings" / recording
    if not source.is_dir():
        return (
            "not measured: the licence of the recording keeps it out of the repository"
        )
    return _formatted(medians(CLI, ("replay", str(source), "--out", "{out}"), folder))


def _formatted(measured: tuple[float, float]) -> str:
    seconds, megabytes = measured
    return f"{seconds:.1f} user CPU s, {megabytes:.0f} MB"
