"""The command line: help with examples, and one clear sentence for an error."""

import subprocess
import sys

import pytest

COMMANDS = (
    ["run"],
    ["demo"],
    ["replay"],
    ["serve-recording"],
    ["check-config"],
    ["drill"],
    ["preview"],
    ["pause"],
    ["resume"],
    ["deliveries"],
    ["deliveries", "settle"],
    ["deliveries", "owed"],
    ["deliveries", "describe"],
    ["post-test"],
    *(["incidents", word] for word in ("list", "correct", "retract")),
    *(
        ["drafts", word]
        for word in ("list", "show", "edit", "approve", "reject", "hold")
    ),
)


def outagewire(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(words):
    done = outagewire(*words, "--help")
    assert done.returncode == 0
    assert f"outagewire {' '.join(words)}" in done.stdout


def test_a_folder_that_is_no_recording_gives_one_sentence(tmp_path):
    done = outagewire("replay", str(tmp_path), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "recording.toml" in done.stderr


def test_check_config_shows_the_defaults():
    done = outagewire("check-config")
    assert done.returncode == 0
    assert '"poll"' in done.stdout
