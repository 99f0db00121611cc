"""A damaged cache of compiled loops, or a full disk, only costs time."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import bot

ROOT = Path(__file__).parents[2]
INDEX, CODE = "*.cache", "*.cache"
"""Patterns of the cache's files; index and machine code are in one file."""


@dataclass(frozen=True)
class Installation:
    """A copy of the package, whose cache of compiled loops is in the folder `home`."""

    home: Path

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Run a compiled loop in a new process."""
        return subprocess.run(
            [sys.executable, "-m", "tests.cases.compiled_loop", *options],
            cwd=self.home,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join((str(self.home), str(ROOT))),
                "HOME": str(self.home),
                "XDG_CACHE_HOME": str(self.home / "cache"),
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def kept(self, pattern: str) -> list[Path]:
        """Return the files of the cache that match `pattern`."""
        return list(self.home.rglob(pattern))


def install(home: Path) -> Installation:
    """Copy the package into `home`, without anything compiled."""
    package = Path(bot.__file__).parent
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(package, home / "bot", ignore=ignored)
    return Installation(home)


@dataclass(frozen=True)
class CompiledOnce:
    """An installation with a valid cache; `whole` has the content of the cache's files."""

    installation: Installation
    whole: dict[Path, bytes]

    def damage(self, pattern: str, content: bytes) -> None:
        """Write `content` into the files that match `pattern`, and restore the others."""
        for path, data in self.whole.items():
            path.write_bytes(content if path.match(pattern) else data)


@pytest.fixture(scope="module")
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> CompiledOnce:
    installation = install(tmp_path_factory.mktemp("compiled"))
    first = installation.run()
    assert first.stdout == "45\n", first.stderr
    files = {pattern: installation.kept(pattern) for pattern in (INDEX, CODE)}
    assert all(files.values())
    whole = {path: path.read_bytes() for paths in files.values() for path in paths}
    return CompiledOnce(installation, whole)


@pytest.mark.parametrize("pattern", [INDEX, CODE], ids=["index", "code"])
@pytest.mark.parametrize("content", [b"", b"not a cache"], ids=["empty", "damaged"])
def test_a_damaged_cache_file_is_left_out(
    compiled_once: CompiledOnce, pattern: str, content: bytes
) -> None:
    """P19: a power cut can leave such files, and then every later start would fail."""
    compiled_once.damage(pattern, content)
    again = compiled_once.installation.run()
    assert again.stdout == "45\n", again.stderr
    assert again.returncode == 0


def test_a_cache_that_cannot_be_written_is_left_out(tmp_path: Path) -> None:
    """P19: on a full disk the loop is compiled anew at each start, and runs."""
    run = install(tmp_path).run("--no-room")
    assert run.stdout == "45\n", run.stderr
    assert run.returncode == 0
