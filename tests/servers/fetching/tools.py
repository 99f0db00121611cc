"""The folder of the fetched servers, functions that run programs, and their error."""

import ensurepip
import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

SERVERS = Path(__file__).resolve().parents[3] / ".servers"
_ERROR = re.compile(r"error\b|E:|\s+\S", re.IGNORECASE)
# Where npm keeps its log, and what it always says of a missing version.
_ADVICE = re.compile(r"A complete log of this run|In most cases you or one of your")
_MOST_REASONS = 8


class CannotFetchError(Exception):
    """A server cannot be fetched; the message says what is missing."""


def require(program: str, why: str) -> None:
    """Raise CannotFetchError if `program` is not installed; its message includes `why`."""
    if shutil.which(program) is None:
        raise CannotFetchError(f"{program} is not installed; install it ({why})")


def run(command: Iterable[str], failed: str, folder: Path | None = None) -> None:
    """Run a command. If it fails, raise CannotFetchError with `failed` and its errors."""
    result = subprocess.run(
        list(command), cwd=folder, capture_output=True, text=True, check=False
    )
    if result.returncode:
        reasons = _reasons(result.stderr.strip() or result.stdout.strip())
        raise CannotFetchError(f"{failed}: {' / '.join(reasons)}")


def _reasons(output: str) -> list[str]:
    """Return the lines of a program's output that say why it failed.

    They are the lines marked as errors, and the indented ones: below its error, pip names
    the package that has the wrong hash, and both hashes. Without any, the last three lines.
    """
    lines = [line for line in output.splitlines() if not _ADVICE.search(line)]
    errors = [line.strip() for line in lines if _ERROR.match(line)]
    return errors[:_MOST_REASONS] or lines[-3:]


def is_current(home: Path, *pins: Path) -> bool:
    """Return whether `home` was fetched completely, as these files pin it."""
    ready = home / "ready"
    return ready.is_file() and ready.read_text("utf-8") == _digest(pins)


def mark_current(home: Path, *pins: Path) -> None:
    """Record that `home` was fetched completely, as these files pin it."""
    (home / "ready").write_text(_digest(pins), "utf-8")


def _digest(pins: Iterable[Path]) -> str:
    return hashlib.sha256(b"".join(file.read_bytes() for file in pins)).hexdigest()


def pip() -> list[str]:
    """Return the command of the pip that comes with Python.

    This pip need not be installed, and no other process upgrades it while it runs.

    Raises:
        CannotFetchError: Python cannot create a virtual environment with pip.
    """
    wheels = sorted((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
    if wheels:
        return [sys.executable, f"{wheels[-1]}/pip"]
    # Some distributions keep pip's wheel elsewhere, where only `ensurepip` finds it.
    home = SERVERS / "pip"
    run([sys.executable, "-m", "venv", str(home)], "cannot install pip")
    return [str(home / "bin" / "python"), "-m", "pip"]


def starts_and_prints(command: Iterable[str | Path], word: str) -> bool:
    """Return whether a program starts and prints `word`."""
    try:
        result = subprocess.run(
            list(command), capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return word.encode() in result.stdout + result.stderr and result.returncode != 127
