"""Fetch the real servers and tools the tests run against, into `.servers/`.

Run it as `python -m tests.servers.fetch_servers` (or `make servers`); it does nothing
twice, needs no root, and leaves the machine's own package lists alone. It fetches:

- snac 2, a Mastodon-API server, and ntfy, a server of notifications: the Debian
  packages of trixie, from the mirror this machine's own apt sources name, only
  unpacked, never installed;
- Synapse, a Matrix server, by pip, into an environment of its own;
- twitter-text, the vendor's own counter of a post's weighted length, by npm.
"""

import shutil
import sys
from pathlib import Path

from tests.servers.fetching.debian import unpack
from tests.servers.fetching.tools import SERVERS, CannotFetchError, need, run, says

TWITTER_TEXT = "3.1.0"
SYNAPSE = "1.163.2"


def main() -> int:
    """Fetch everything; 1 where something could not be had."""
    missing = 0
    for fetch in (fetch_snac, fetch_ntfy, fetch_synapse, fetch_twitter_text):
        try:
            sys.stdout.write(fetch() + "\n")
        except CannotFetchError as error:
            sys.stderr.write(f"fetch_servers: {error}\n")
            missing = 1
    return missing


def fetch_snac() -> str:
    """Unpack snac unless there is one; says where it is."""
    return _from_debian("snac", "snac2", "snac 2.75 or later")


def fetch_ntfy() -> str:
    """Unpack ntfy unless there is one; says where it is."""
    return _from_debian("ntfy", "ntfy", "ntfy 2.11 or later")


def _from_debian(program: str, package: str, wanted: str) -> str:
    if own := shutil.which(program):
        return f"{program}: {own}, the machine's own"
    home = SERVERS / program
    binary = home / "usr" / "bin" / program
    if not says([binary], program):
        unpack(package, home, wanted)
        if not says([binary], program):
            raise CannotFetchError(
                f"{program} was unpacked but does not start here: install {wanted}"
            )
    return f"{program}: {_shown(binary)}"


def fetch_synapse() -> str:
    """Install Synapse unless it is there; says where it is."""
    home = SERVERS / "synapse"
    python = home / "bin" / "python"
    version = "from importlib.metadata import version as v; print(v('matrix-synapse'))"
    if not says([python, "-c", version], SYNAPSE):
        run([sys.executable, "-m", "venv", str(home)], "no environment for Synapse")
        what = f"matrix-synapse=={SYNAPSE}"
        pip = [str(python), "-m", "pip", "install", "--quiet", what]
        run(pip, f"pip could not install {what}")
    return f"synapse: {_shown(python)}"


def fetch_twitter_text() -> str:
    """Install twitter-text unless it is there; says where it is."""
    home = SERVERS / "twitter-text"
    package = home / "node_modules" / "twitter-text" / "package.json"
    if not package.is_file() or f'"{TWITTER_TEXT}"' not in package.read_text("utf-8"):
        need("node", "it counts posts as X does")
        need("npm", "it fetches twitter-text")
        home.mkdir(parents=True, exist_ok=True)
        what = f"twitter-text@{TWITTER_TEXT}"
        command = ["npm", "install", "--prefix", str(home), "--no-audit", "--no-fund"]
        run([*command, "--ignore-scripts", what], f"npm could not install {what}")
    return f"twitter-text: {_shown(home)}"


def _shown(path: Path) -> str:
    return str(path.relative_to(SERVERS.parent))


if __name__ == "__main__":
    raise SystemExit(main())
