"""The folder of the fetched servers, functions that run programs, and their error."""

import ensurepip
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

SERVERS = Path(__file__).resolve().parents[3] / ".servers"


class CannotFetchError(Exception):
    """A server cannot be fetched; the message says what is missing."""


def require(program: str, why: str) -> None:
    """Raise CannotFetchError if `program` is not installed; its message includes `why`."""
    if shutil.which(program) is None:
        raise CannotFetchError(f"{program} is not installed; install it ({why})")


def run(command: Iterable[str], failed: str, folder: Path | None = None) -> None:
    """Run a command. If it fails, raise CannotFetchError with `failed` and its last output."""
    result = subprocess.run(
        list(command), cwd=folder, capture_output=True, text=True, check=False
    )
    if result.returncode:
        last = (result.stderr.strip() or result.stdout.strip()).splitlines()[-3:]
        raise CannotFetchError(f"{failed}: {' / '.join(last)}")


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
