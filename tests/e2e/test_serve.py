"""`outagewire serve`, and `run` with a web server beside the loop, in real processes."""

import os
import re
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

import httpx
import pytest

from bot.cli import main
from bot.config import loading as configuration
from bot.config.server import ServerSection
from bot.config.summary import summary
from bot.server import serving
from tests import recordings
from tests.e2e.test_stopping import Command, prints, write_config

pytestmark = pytest.mark.servers
ADDRESS = re.compile(r"report pages: (http://127\.0\.0\.1:\d+/)")


@contextmanager
def started(command: Command, log: Path) -> Iterator[str]:
    """Run a command; yield the address that it printed."""
    command.start(log)
    try:
        command.wait_until_ready()
        match = ADDRESS.search(command.printed)
        assert match is not None, command.printed
        yield match[1]
    finally:
        command.kill()


def site_config(home: Path, **sections: object) -> Path:
    """Write a configuration whose site has one page."""
    config = write_config(home, "wire", site={"out": "site"}, **sections)
    (config.parent / "site").mkdir()
    (config.parent / "site/index.html").write_text("<title>Wire</title>")
    return config


@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)],
    ids=str,
)
def test_serve_serves_the_site_until_a_signal(tmp_path, number):
    config = site_config(tmp_path)
    command = Command(
        ("serve", "--port", "0", "--config", config), prints("report pages"), (0,)
    )
    with started(command, tmp_path / "log") as address:
        assert httpx.get(address).text == "<title>Wire</title>"
        assert httpx.get(f"{address}health").status_code == 503
        with (
            closing(socket.create_connection(("127.0.0.1", httpx.URL(address).port))),
            httpx.stream("GET", f"{address}events") as events,
        ):
            lines = events.iter_lines()
            assert next(lines).startswith("retry: ")
            seconds, code = command.end(number)
    assert (code, seconds < 10) == (0, True), command.printed
    assert "Traceback" not in command.printed


def test_run_serves_the_site_that_it_writes(tmp_path):  # P15
    folder = tmp_path / "recording"
    recordings.small(folder)
    config = site_config(
        tmp_path,
        server={"port": 0},
        sources={"recording": {"folder": str(folder)}},
    )
    command = Command(("run", "--config", config), prints("Watching,"), (0,))
    with started(command, tmp_path / "log") as address:
        assert "Serves: the site, on 127.0.0.1, any free port." in command.printed
        assert "Outagewire" in httpx.get(address).text
        health = httpx.get(f"{address}health").json()
        assert health["age_s"] < 60
        assert httpx.get(f"{address}api/v1/incidents/").json()["incidents"] == []
        began = monotonic()
        seconds, code = command.end(signal.SIGTERM)
    assert (code, seconds < 10) == (0, True), command.printed
    assert "Traceback" not in command.printed
    with pytest.raises(httpx.ConnectError):
        httpx.get(address)
    assert monotonic() - began < 15


def said(capsys: pytest.CaptureFixture[str], monkeypatch, *words: object) -> str:
    """Run a command that fails; return the only line that it printed as an error."""
    monkeypatch.setattr(sys, "argv", ["outagewire", *map(str, words)])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 1
    error = capsys.readouterr().err
    assert error.count("\n") == 1, error
    return error


@pytest.fixture
def used_port() -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield listener.getsockname()[1]


@pytest.mark.parametrize("command", ["serve", "run"])
def test_a_used_port_is_one_clear_sentence(
    tmp_path, used_port, monkeypatch, capsys, command
):
    config = site_config(tmp_path, server={"port": used_port})
    error = said(capsys, monkeypatch, command, "--config", config)
    assert f"port {used_port} is already in use; choose another" in error
    assert ("--port" if command == "serve" else "[server]") in error
    # The loop did not begin.
    assert not (config.parent / "wire.db").exists()


def test_a_missing_folder_is_one_clear_sentence(tmp_path, monkeypatch, capsys):
    config = write_config(tmp_path, "wire", site={"out": "nowhere"})
    error = said(capsys, monkeypatch, "serve", "--config", config)
    assert "nowhere: there is no such folder; `outagewire run --config" in error


def test_an_unreadable_folder_is_one_clear_sentence(tmp_path, monkeypatch, capsys):
    config = site_config(tmp_path)
    may_access = os.access

    def refuse_site(path: str | Path, mode: int, **options: bool) -> bool:
        # The tests may run as root, who may read everything.
        return Path(path).name != "site" and may_access(path, mode, **options)

    monkeypatch.setattr(os, "access", refuse_site)
    error = said(capsys, monkeypatch, "serve", "--config", config)
    assert "site: this user may not read the folder; change its permissions" in error


def test_without_a_configuration_a_used_port_stops_nothing(monkeypatch, used_port):
    monkeypatch.setattr(serving, "ServerSection", lambda: ServerSection(port=used_port))
    lines: list[str] = []
    config = configuration.load_config(None)
    with serving.serving_beside_the_loop(config, lines.append):
        pass
    (line,) = lines
    assert line.startswith("report pages are not served: port ")
    monkeypatch.setattr(serving, "ServerSection", lambda: ServerSection(port=0))
    with serving.serving_beside_the_loop(config, lines.append):
        assert ADDRESS.fullmatch(lines[-1])


def test_a_configuration_without_the_section_serves_nothing(tmp_path):
    config = configuration.load_config(write_config(tmp_path, "wire"))
    lines: list[str] = []
    with serving.serving_beside_the_loop(config, lines.append):
        pass
    assert lines == []
    assert not any("Serves" in line for line in summary(config, None))
