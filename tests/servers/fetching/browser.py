"""Chromium, and the validators of other people that check the site's pages.

Chromium is the only thing that is installed on the machine itself, because it needs many
libraries of the system. apt-get checks its packages as `debian.py` describes.
"""

import os
from pathlib import Path

from tests.servers.fetching.npm import fetch_with_npm, fetch_with_own_node
from tests.servers.fetching.tools import SERVERS, require, run

CHROMIUM = Path("/usr/bin/chromium")
AXE = SERVERS / "page-checks" / "node_modules" / "axe-core" / "axe.min.js"
NU_CHECKER = SERVERS / "page-checks" / "node_modules" / "vnu-jar" / "build/dist/vnu.jar"
LIGHTHOUSE = SERVERS / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
_PINS = Path(__file__).resolve().parents[2] / "browser"
# Posts have emoji, which no font has that comes with Chromium.
_PACKAGES = ("chromium", "fonts-noto-color-emoji")
# Another program, such as a daily upgrade, may hold the lock of dpkg for a while.
_OPTIONS = ["-qq", "-o", "DPkg::Lock::Timeout=120"]


def fetch_chromium() -> str:
    """Install Debian's Chromium unless it is there; return a line that says where.

    Only root can install it. For anyone else, the line says what to do: the tests
    that need Chromium say why they are skipped.

    Raises:
        CannotFetchError: apt-get is missing or failed.
    """
    advice = f"apt-get install {' '.join(_PACKAGES)}"
    if not CHROMIUM.is_file():
        if os.geteuid() != 0:
            return f"chromium: missing, and only root can install it: {advice}"
        require("apt-get", "or install chromium yourself")
        apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *_OPTIONS]
        run([*apt, "update"], "apt-get could not read its mirrors")
        install = [*apt, "install", "--yes", "--no-install-recommends", *_PACKAGES]
        run(install, f"{advice} failed")
    return f"chromium: {CHROMIUM}, installed on this machine"


def fetch_page_checks() -> str:
    """Install axe and the Nu HTML checker unless they are there; say where they are."""
    home = fetch_with_npm("page-checks", _PINS / "page_checks" / "package-lock.json")
    return f"page-checks: {home.relative_to(SERVERS.parent)}"


def fetch_lighthouse() -> str:
    """Install Lighthouse and Node unless they are there; say where Lighthouse is."""
    home = fetch_with_own_node("lighthouse", _PINS / "lighthouse" / "package-lock.json")
    return f"lighthouse: {home.relative_to(SERVERS.parent)}"
