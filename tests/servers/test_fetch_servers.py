"""The mirror is read from whatever form the machine's apt sources have."""

from pathlib import Path

import pytest

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
def test_the_machines_own_mirror_is_asked_for_trixie(
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


def test_a_machine_without_a_debian_mirror_is_told_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "sources.list").write_text("deb http://other.example/ubuntu noble main")
    with pytest.raises(CannotFetchError, match="install the server"):
        debian_sources(tmp_path)
