"""The installed wheel contains the templates, and works outside a checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.stories import blackout

REPO = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder with the wheel unpacked, far from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=REPO,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("outagewire-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def outagewire(installed: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command with the wheel's code, not the checkout's."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "bot", *words],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


def test_wheel_contains_each_template(installed):
    for template in (REPO / "templates").rglob("*"):
        if template.is_file():
            packaged = (
                installed
                / "bot"
                / "templates"
                / template.relative_to(REPO / "templates")
            )
            assert packaged.read_bytes() == template.read_bytes()


def test_wheel_replays_a_recording_outside_a_checkout(installed, tmp_path):
    recording = blackout(tmp_path / "recording")
    result = outagewire(installed, "replay", str(recording), "--out", "replay")
    assert result.returncode == 0, result.stderr
    assert (installed.parent / "replay" / "site" / "index.html").exists()


@pytest.mark.slow
def test_wheel_runs_the_demo_outside_a_checkout(installed):
    result = outagewire(installed, "demo", "--once", "--out", "demo")
    assert result.returncode == 0, result.stderr
    assert (installed.parent / "demo" / "site" / "index.html").exists()
