"""Chromium and small programs of Debian, and validators that check the site's pages.

Only these programs are installed on the machine itself: Chromium needs many libraries of
the system. apt-get checks the packages as `debian.py` describes.
"""

import os
import shutil
from pathlib import Path

from tests.servers.fetching.npm import fetch_with_npm, fetch_with_own_node
from tests.servers.fetching.tools import SERVERS, require, run

CHROMIUM = Path("/usr/bin/chromium")
AXE = SERVERS / "page-checks" / "node_modules" / "axe-core" / "axe.min.js"
NU_CHECKER = SERVERS / "page-checks" / "node_modules" / "vnu-jar" / "build/dist/vnu.jar"
LIGHTHOUSE = SERVERS / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
_PINS = Path(__file__).resolve().parents[2] / "browser"
# The packages of each program. Posts have emoji, which no font has that comes with Chromium.
_PACKAGES = {
    "chromium": ("chromium", "fonts-noto-color-emoji"),
    "rsync": ("rsync",),
    "minisign": ("minisign",),
}
# Another program, such as a daily upgrade, may hold the lock of dpkg for a while.
_OPTIONS = ["-qq", "-o", "DPkg::Lock::Timeout=120"]


def install_programs() -> str:
    """Install Debian's Chromium, rsync and minisign where missing; say what was done.

    Only root can install them. For anyone else, the line says what to do: the tests
    that need them say why they are skipped.

    Raises:
        CannotFetchError: apt-get is missing or failed.
    """
    missing = [name for name in _PACKAGES if shutil.which(name) is None]
    if not missing:
        return f"{', '.join(_PACKAGES)}: installed on this machine"
    packages = [package for name in missing for package in _PACKAGES[name]]
    advice = f"apt-get install {' '.join(packages)}"
    if os.geteuid() != 0:
        return f"{', '.join(missing)}: missing; only root can install them: {advice}"
    require("apt-get", f"or install {', '.join(missing)} yourself")
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *_OPTIONS]
    run([*apt, "update"], "apt-get could not read its mirrors")
    install = [*apt, "install", "--yes", "--no-install-recommends", *packages]
    run(install, f"{advice} failed")
    return f"{', '.join(missing)}: installed on this machine"


def fetch_page_checks() -> str:
    """Install axe and the Nu HTML checker unless they are there; say where they are."""
    home = fetch_with_npm("page-checks", _PINS / "page_checks" / "package-lock.json")
    return f"page-checks: {home.relative_to(SERVERS.parent)}"


def fetch_lighthouse() -> str:
    """Install Lighthouse and Node unless they are there; say where Lighthouse is."""
    home = fetch_with_own_node("lighthouse", _PINS / "lighthouse" / "package-lock.json")
    return f"lighthouse: {home.relative_to(SERVERS.parent)}"
