"""A damaged cache of compiled loops, or a full disk, costs time but breaks nothing."""

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
class PackageCopy:
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

    def cache_files(self, pattern: str) -> list[Path]:
        """Return the files of the cache that match `pattern`."""
        return list(self.home.rglob(pattern))


def copy_package(home: Path) -> PackageCopy:
    """Copy the package into `home`, without anything compiled."""
    package = Path(bot.__file__).parent
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(package, home / "bot", ignore=ignored)
    return PackageCopy(home)


@dataclass(frozen=True)
class CompiledOnce:
    """A copy of the package with a valid cache.

    `valid_files` maps the path of each file of the cache to its valid content.
    """

    package_copy: PackageCopy
    valid_files: dict[Path, bytes]

    def damage(self, pattern: str, content: bytes) -> None:
        """Write `content` into the files that match `pattern`, and restore the others."""
        for path, data in self.valid_files.items():
            path.write_bytes(content if path.match(pattern) else data)


@pytest.fixture(scope="module")
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> CompiledOnce:
    package_copy = copy_package(tmp_path_factory.mktemp("compiled"))
    first_run = package_copy.run()
    assert first_run.stdout == "45\n", first_run.stderr
    files = {pattern: package_copy.cache_files(pattern) for pattern in (INDEX, CODE)}
    assert all(files.values())
    valid_files = {
        path: path.read_bytes() for paths in files.values() for path in paths
    }
    return CompiledOnce(package_copy, valid_files)


@pytest.mark.parametrize("pattern", [INDEX, CODE], ids=["index", "code"])
@pytest.mark.parametrize("content", [b"", b"not a cache"], ids=["empty", "damaged"])
def test_a_damaged_cache_file_is_left_out(
    compiled_once: CompiledOnce, pattern: str, content: bytes
) -> None:
    """P19: a power cut can damage these files; a later start must work all the same."""
    compiled_once.damage(pattern, content)
    second_run = compiled_once.package_copy.run()
    assert second_run.stdout == "45\n", second_run.stderr
    assert second_run.returncode == 0


def test_a_cache_that_cannot_be_written_is_left_out(tmp_path: Path) -> None:
    """P19: on a full disk the loop still runs; each start compiles it anew."""
    run = copy_package(tmp_path).run("--no-room")
    assert run.stdout == "45\n", run.stderr
    assert run.returncode == 0
