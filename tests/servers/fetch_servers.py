"""Fetch the real servers and tools the tests run against, into `.servers/`.

Run it as `python -m tests.servers.fetch_servers` (or `make servers`). It skips whatever
is in `.servers/` already. Only Chromium needs root rights; nothing else changes the
machine. It fetches:

- snac 2, a server with the Mastodon API, and ntfy, a notification server: as packages
  of Debian trixie, from the mirror that the machine's apt sources name. The packages
  are unpacked, not installed. apt-get checks them: see `fetching/debian.py`;
- Synapse, a Matrix server, with pip, into a virtual environment of its own, as pinned
  in `synapse/requirements.txt`;
- twitter-text, X's own library for the weighted length of a post, with npm, as pinned
  in `twitter_text/package-lock.json`;
- Node, with pip, as pinned in `pds/node.txt`;
- a Bluesky PDS, with the npm of that Node, as pinned in `pds/package-lock.json`;
- Chromium, with apt-get: the only thing that is installed on the machine, if it is not
  there and root runs the program;
- axe and the Nu HTML checker, with npm, as pinned in
  `tests/browser/page_checks/package-lock.json`;
- with `--slow`, only what the slow tests need besides: Lighthouse, with the npm of that
  Node, as pinned in `tests/browser/lighthouse/package-lock.json`.

Each of these files lists every package that is needed, with its hashes, and pip and npm
refuse a package that has another hash. Neither builds a package or runs its scripts.
"""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from tests.servers.fetching.browser import (
    fetch_lighthouse,
    fetch_page_checks,
    install_programs,
)
from tests.servers.fetching.debian import unpack
from tests.servers.fetching.npm import fetch_with_npm, fetch_with_own_node
from tests.servers.fetching.tools import (
    SERVERS,
    CannotFetchError,
    is_current,
    mark_current,
    pip,
    require,
    run,
    starts_and_prints,
)

HERE = Path(__file__).resolve().parent
SILENT_S = 5.0
"""If no fetch ends for this many seconds, the program lists those still running."""


def main() -> int:
    """Fetch everything in parallel; return 1 if something could not be fetched, else 0."""
    SERVERS.mkdir(exist_ok=True)
    fetches = _FOR_SLOW_TESTS if "--slow" in sys.argv[1:] else _FOR_ALL_TESTS
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
    home, pins = SERVERS / "synapse", HERE / "synapse" / "requirements.txt"
    python = home / "bin" / "python"
    if not is_current(home, pins) or not _has_synapse(python, pins):
        run(
            [sys.executable, "-m", "venv", "--clear", "--without-pip", str(home)],
            "cannot create a virtual environment for Synapse",
        )
        # pip would compile every module, which takes a minute. Without that, Python
        # compiles only the modules that it imports.
        options = ["--python", str(python), "install", "--quiet", "--no-compile"]
        run(
            [*pip(), *options, "--no-deps", "--require-hashes", "-r", str(pins)],
            "pip could not install Synapse",
        )
        mark_current(home, pins)
    return f"synapse: {_relative_path(python)}"


def _has_synapse(python: Path, pins: Path) -> bool:
    """Return whether `python` starts and has the Synapse that `pins` names."""
    pinned = re.search(r"^matrix-synapse==(\S+)", pins.read_text("utf-8"), re.MULTILINE)
    script = "from importlib.metadata import version; print(version('matrix-synapse'))"
    return pinned is not None and starts_and_prints([python, "-c", script], pinned[1])


def fetch_twitter_text() -> str:
    """Install twitter-text unless it is there already; return a line that says where it is."""
    require("node", "twitter-text runs on it")
    home = fetch_with_npm("twitter-text", HERE / "twitter_text" / "package-lock.json")
    return f"twitter-text: {_relative_path(home)}"


def fetch_pds() -> str:
    """Install the PDS and Node unless both exist; return a line that says where."""
    home = fetch_with_own_node("pds", HERE / "pds" / "package-lock.json")
    return f"pds: {_relative_path(home)}"


def _relative_path(path: Path) -> str:
    return str(path.relative_to(SERVERS.parent))


_FOR_ALL_TESTS: dict[str, Callable[[], str]] = {
    "snac": fetch_snac,
    "ntfy": fetch_ntfy,
    "synapse": fetch_synapse,
    "twitter-text": fetch_twitter_text,
    "pds": fetch_pds,
    "programs": install_programs,
    "page-checks": fetch_page_checks,
}
_FOR_SLOW_TESTS: dict[str, Callable[[], str]] = {"lighthouse": fetch_lighthouse}


if __name__ == "__main__":
    raise SystemExit(main())
