"""Checks bags with bagit, the reference implementation of the Library of Congress."""

import subprocess
import sys
from pathlib import Path


def is_valid_bag(folder: Path) -> bool:
    """Return whether bagit accepts the bag in `folder`.

    It runs in a process of its own, as a stranger would run it: its import gives warnings,
    which are errors in the tests.
    """
    command = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
