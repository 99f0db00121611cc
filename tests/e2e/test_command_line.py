"""The command line: help with examples, and one clear sentence for an error."""

import json
import socket
import subprocess
import sys

import pytest

from bot.cli import main

COMMANDS = (
    ["run"],
    ["serve"],
    ["demo"],
    ["replay"],
    ["serve-recording"],
    ["check-config"],
    ["drill"],
    ["preview"],
    ["verify"],
    ["pack"],
    ["backup"],
    ["pause"],
    ["resume"],
    ["deliveries"],
    ["deliveries", "settle"],
    ["corrections", "status"],
    ["deliveries", "describe"],
    ["post-test"],
    *(["site", word] for word in ("build", "check", "publish")),
    *(["incidents", word] for word in ("list", "correct", "retract")),
    *(
        ["drafts", word]
        for word in ("list", "show", "edit", "approve", "reject", "hold")
    ),
)


def outagewire(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bot", *words]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=200, check=False
    )


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_each_command_has_help_with_an_example(words, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["outagewire", *words, "--help"])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 0
    assert f"outagewire {' '.join(words)}" in capsys.readouterr().out


def test_separate_process_prints_the_same_help(monkeypatch, capsys):
    """Other tests of help call `main`; a real process prints the same example."""
    monkeypatch.setattr(sys, "argv", ["outagewire", "drafts", "approve", "--help"])
    with pytest.raises(SystemExit):
        main()
    result = outagewire("drafts", "approve", "--help")
    assert result.returncode == 0
    example = [
        line for line in result.stdout.splitlines() if "outagewire drafts" in line
    ]
    assert example
    assert set(example) <= set(capsys.readouterr().out.splitlines())


def test_folder_that_is_not_a_recording_gives_one_sentence(tmp_path):
    result = outagewire("replay", str(tmp_path), "--out", str(tmp_path / "out"))
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert "recording.toml" in result.stderr


def test_check_config_shows_the_defaults():
    result = outagewire("check-config", "--json")
    assert result.returncode == 0
    assert json.loads(result.stdout)["loop"]["poll"] == "5m"


def test_test_post_to_editors_needs_their_section():
    result = outagewire("post-test", "editors")
    assert result.returncode == 1
    assert result.stderr == "no channel 'editors'; choose one of wire\n"


def test_demo_does_not_start_on_a_port_in_use(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        result = outagewire("demo", "--port", port, "--out", str(tmp_path / "out"))
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 1
    assert "choose another with --port" in result.stderr
    assert not (tmp_path / "out").exists()
