"""Packages of Debian trixie, unpacked without being installed.

The suite is pinned, not the version: Debian changes a stable release only to correct
faults, and removes the package with the fault from its mirrors, so that a pinned version
could no longer be fetched. apt-get checks each package: it accepts an index only with the
signature of Debian's archive, and a package only with the SHA-256 that this index gives.
"""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.servers.fetching.tools import SERVERS, CannotFetchError, require, run

APT = Path("/etc/apt")
SUITE = "trixie"
# Matches the address of Debian's main archive on any mirror; not debian-security.
_MAIN_ARCHIVE = re.compile(r"/debian(\.list|/\d{8}T\d{6}Z)?/?$")
_ONE_LINE = re.compile(r"^deb\s+(?:\[(?P<options>[^]]*)\]\s+)?(?P<uri>\S+)\s+\S+\s+\S")


def unpack(package: str, home: Path, wanted: str) -> None:
    """Download `package` from the machine's own mirror and unpack it into `home`.

    `wanted` names the program and its version in the advice to install it by hand.

    Raises:
        CannotFetchError: apt-get or dpkg is missing or failed, or there is no mirror.
    """
    for program in ("apt-get", "dpkg"):
        require(program, f"or install {wanted} yourself")
    SERVERS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=SERVERS) as folder:
        file = _download(Path(folder), package)
        run(["dpkg", "-x", str(file), str(home)], f"dpkg could not unpack {package}")


def debian_sources(apt: Path = APT) -> str:
    """Return the machine's own Debian mirror as a deb822 stanza for trixie.

    Raises:
        CannotFetchError: the machine's apt sources have no Debian mirror.
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
    raise CannotFetchError(f"no Debian mirror in {apt}; install the server yourself")


def _stanza(uri: str, signed_by: str) -> str:
    fields = ["Types: deb", f"URIs: {uri}", f"Suites: {SUITE}", "Components: main"]
    if signed_by:
        fields.append(f"Signed-By: {signed_by}")
    return "\n".join(fields) + "\n"


def _stanzas(text: str) -> Iterator[tuple[str, str]]:
    """Yield (URI, Signed-By) of each enabled deb822 stanza; ignore comments."""
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
    """Yield (URI, Signed-By) of each source in apt's one-line format."""
    for line in text.splitlines():
        match = _ONE_LINE.match(line.strip())
        if match:
            options = dict(
                option.split("=", 1)
                for option in (match["options"] or "").split()
                if "=" in option
            )
            yield match["uri"], options.get("signed-by", "")


def _download(folder: Path, package: str) -> Path:
    """Download a package with separate apt settings; leave the machine's unchanged."""
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
        # Whatever the machine's own settings say, nothing is accepted unchecked.
        "Acquire::AllowInsecureRepositories": "false",
        "Acquire::AllowWeakRepositories": "false",
        "Acquire::AllowDowngradeToInsecureRepositories": "false",
        "APT::Get::AllowUnauthenticated": "false",
        "APT::Sandbox::User": "",
    }
    options = [
        part for key, value in settings.items() for part in ("-o", f"{key}={value}")
    ]
    run(["apt-get", *options, "update"], "apt-get could not read the Debian mirror")
    run(
        ["apt-get", *options, "download", package],
        f"apt-get could not download {package}",
        folder,
    )
    packages = sorted(folder.glob(f"{package}_*.deb"))
    if not packages:
        raise CannotFetchError(f"apt-get downloaded no {package}")
    return packages[0]
