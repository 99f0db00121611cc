"""A damaged or full cache of compiled loops only costs time (case 11)."""

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
"""How numba names the files it keeps: what there is, and the machine's code."""


@dataclass(frozen=True)
class Installation:
    """A copy of the package that keeps all that it compiles in one folder."""

    home: Path

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Start it anew and let it run a compiled loop."""
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
        """The files of its cache."""
        return list(self.home.rglob(pattern))


def install(home: Path) -> Installation:
    """Copy the package, without anything compiled."""
    package = Path(bot.__file__).parent
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(package, home / "bot", ignore=ignored)
    return Installation(home)


@dataclass(frozen=True)
class CompiledOnce:
    """An installation whose cache is whole, and how to make it so again."""

    installation: Installation
    whole: dict[Path, bytes]

    def damage(self, pattern: str, content: bytes) -> None:
        """Give all files of one kind this content; the others are as they were."""
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
    """P19: a power cut leaves such files, and every later round would fail."""
    compiled_once.damage(pattern, content)
    again = compiled_once.installation.run()
    assert again.stdout == "45\n", again.stderr
    assert again.returncode == 0


def test_a_cache_that_cannot_be_written_is_left_out(tmp_path: Path) -> None:
    """P19: on a full disk the loop is slower at each start, and runs."""
    run = install(tmp_path).run("--no-room")
    assert run.stdout == "45\n", run.stderr
    assert run.returncode == 0
