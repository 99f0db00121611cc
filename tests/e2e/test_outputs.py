"""A folder, a disk or a terminal that does not do gives one sentence, and no traceback."""

import os
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from typer.main import get_command

from bot.cli import main, make_app
from bot.store.sql_store import open_store
from tests import stories

ROOT = Path(__file__).parents[2]
SMALL = 20_000
"""A limit for files, in bytes, that the posts of a replay keep and its charts do not."""
PYTHONS_WORDS = ("Traceback", "Errno", "Error:", 'File "')
ARGUMENTS = {
    "replay": ("{recording}",),
    "drill": ("{recording}",),
    "preview": ("{recording}",),
    "demo": ("--once",),
    "backtest": (),
}
ONE_SENTENCE = 400
"""More characters than any of these messages has."""


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stories.blackout(tmp_path_factory.mktemp("story") / "recording")


def with_out() -> Iterator[str]:
    """Yield the commands that write to a folder of the user's choice."""
    group: Any = get_command(make_app())
    for name, command in group.commands.items():
        if any("--out" in param.opts for param in command.params):
            yield name


def process(
    *words: object, limit: int | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command; with `limit`, no file can get larger, as on a full disk."""

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", **environment},
        preexec_fn=limited,
        capture_output=True,
        timeout=200,
        check=False,
    )


def test_each_command_that_writes_to_a_folder_is_tested():
    assert set(with_out()) == set(ARGUMENTS)


@pytest.mark.parametrize("out", ["/proc/none/out", "{file}", "/dev/full", "{file}/in"])
@pytest.mark.parametrize("name", ARGUMENTS)
def test_folder_that_cannot_be_written_is_refused_before_the_work(
    name, out, recording, tmp_path, monkeypatch, capsys
):
    file = tmp_path / "file"
    file.write_text("kept", "utf-8")
    folder = out.format(file=file)
    words = [word.format(recording=recording) for word in ARGUMENTS[name]]
    monkeypatch.setattr(sys, "argv", ["outagewire", name, *words, "--out", folder])
    with pytest.raises(SystemExit) as caught:
        main()
    printed, errors = capsys.readouterr()
    assert caught.value.code == 1
    assert printed == ""
    assert errors.startswith(f"--out {folder}: ")
    assert errors.count("\n") == 1
    assert len(errors) < ONE_SENTENCE
    assert not any(word in errors for word in PYTHONS_WORDS)
    assert file.read_text("utf-8") == "kept"


@pytest.mark.slow
def test_replay_on_a_full_disk_does_not_say_that_it_is_written(recording, tmp_path):
    result = process("replay", recording, "--out", tmp_path / "out", limit=SMALL)
    assert result.returncode == 1
    assert b"Written to" not in result.stdout
    assert not any(word.encode() in result.stderr for word in PYTHONS_WORDS)
    # Nothing half written is in the site: no temporary file, and whole pages only.
    site = tmp_path / "out" / "site"
    files = [path for path in site.rglob("*") if path.is_file()]
    assert all(path.suffix for path in files)
    pages = [path.read_text("utf-8") for path in files if path.suffix == ".html"]
    assert all(page.rstrip().endswith("</html>") for page in pages)


STORE_COMMANDS = {
    "run": ("run", "--once", "--config", "{config}"),
    "deliveries": ("deliveries", "--config", "{config}"),
    "drafts": ("drafts", "list", "--config", "{config}"),
    "backup": ("backup", "{folder}/copy.db", "--config", "{config}"),
    "pause": ("pause", "--by", "A", "--reason", "r", "--config", "{config}"),
}


def config_of(folder: Path, **sections: Any) -> Path:
    file = folder / "config.toml"
    file.write_text(tomlkit.dumps({"store": {"path": "wire.db"}, **sections}), "utf-8")
    return file


@pytest.mark.parametrize("name", STORE_COMMANDS)
def test_store_on_a_full_disk_gives_a_sentence(name, tmp_path):
    config = config_of(tmp_path)
    if name in {"backup", "pause"}:
        open_store(tmp_path / "wire.db").close()
    words = [w.format(config=config, folder=tmp_path) for w in STORE_COMMANDS[name]]
    result = process(*words, limit=3000)
    errors = result.stderr.decode()
    assert result.returncode == 1, errors
    assert 0 < len(errors) < ONE_SENTENCE
    assert not any(word in errors for word in PYTHONS_WORDS)
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize("path", ["/proc/none/wire.db", "config.toml/wire.db"])
@pytest.mark.parametrize("name", STORE_COMMANDS)
def test_store_that_cannot_be_made_gives_a_sentence(
    name, path, tmp_path, monkeypatch, capsys
):
    config = config_of(tmp_path, store={"path": path})
    words = [w.format(config=config, folder=tmp_path) for w in STORE_COMMANDS[name]]
    monkeypatch.setattr(sys, "argv", ["outagewire", *words])
    with pytest.raises(SystemExit) as caught:
        main()
    _, errors = capsys.readouterr()
    assert caught.value.code == 1
    assert 0 < len(errors) < ONE_SENTENCE
    assert not any(word in errors for word in PYTHONS_WORDS)


POOR_TERMINALS = [
    {"PYTHONIOENCODING": "ascii"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]


@pytest.mark.parametrize("environment", POOR_TERMINALS, ids=lambda e: next(iter(e)))
def test_terminal_that_cannot_show_a_letter_gets_the_rest(environment, tmp_path):
    config = config_of(tmp_path, site={"out": "sité", "contact": "ärger"})
    result = process("check-config", config, **environment)
    assert result.returncode == 0, result.stderr
    assert f"Site: {tmp_path}/sit".encode() in result.stdout
    result = process("check-config", tmp_path / "ничего.toml", **environment)
    assert result.returncode == 2
    assert b"cannot be read" in result.stderr
    assert b"Traceback" not in result.stderr


def test_serving_on_a_port_in_use_gives_a_sentence(recording, monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        words = ("serve-recording", str(recording), "--port", port)
        monkeypatch.setattr(sys, "argv", ["outagewire", *words])
        with pytest.raises(SystemExit) as caught:
            main()
    _, errors = capsys.readouterr()
    assert caught.value.code == 1
    assert errors.startswith(f"port {port} cannot be opened (Address already in use)")
