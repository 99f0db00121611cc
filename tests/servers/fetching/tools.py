"""What every fetching needs: a folder, other programs, and an error that explains."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

SERVERS = Path(__file__).resolve().parents[3] / ".servers"


class CannotFetchError(Exception):
    """A sentence that tells the operator what is missing."""


def need(program: str, why: str) -> None:
    """Raise CannotFetchError where `program` is not on this machine."""
    if shutil.which(program) is None:
        raise CannotFetchError(f"{program} is not on this machine: install it ({why})")


def run(command: Iterable[str], failed: str, folder: Path | None = None) -> None:
    """Run a command to its end. Raises CannotFetchError with its last words."""
    done = subprocess.run(
        list(command), cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-3:]
        raise CannotFetchError(f"{failed}: {' / '.join(last)}")


def says(command: Iterable[str | Path], word: str) -> bool:
    """Whether a program starts, with all its libraries, and says `word`."""
    try:
        done = subprocess.run(
            list(command), capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return word.encode() in done.stdout + done.stderr and done.returncode != 127
