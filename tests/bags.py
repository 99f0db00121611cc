"""Checks bags with bagit, the reference implementation of the Library of Congress."""

import subprocess
import sys
from pathlib import Path

_BAGIT = """
import runpy, sys
from importlib.metadata import PackageNotFoundError, version
from types import ModuleType, SimpleNamespace

module = ModuleType("pkg_resources")
module.DistributionNotFound = PackageNotFoundError
module.get_distribution = lambda name: SimpleNamespace(version=version(name))
sys.modules["pkg_resources"] = module
runpy.run_module("bagit", run_name="__main__")
"""
"""Runs bagit with a stub of the module `pkg_resources`.

bagit asks that module for its own version only. setuptools 81 removed the module, and
older versions of setuptools have a known vulnerability (CVE-2026-59890).
"""


def is_valid_bag(folder: Path) -> bool:
    """Return whether bagit accepts the bag in `folder`.

    It runs in a process of its own, as a stranger would run it: its import gives warnings,
    which are errors in the tests.
    """
    options = ["-W", "ignore", "-c", _BAGIT, "--validate", str(folder)]
    command = [sys.executable, *options]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
