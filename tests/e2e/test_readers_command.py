"""`outagewire readers`: the operator lists, erases and exports readers."""

import json
import re
from pathlib import Path

import pytest

from bot.cli import main
from bot.model.verdict import Severity
from tests.subscriptions import ADDRESS, KEY, KZ, Subscriptions

CONFIG = """
[subscriptions]
key = "env:READERS_KEY"
path = "readers.db"

[channels.readers]
kind = "readers"
host = "smtp.example.org"
sender = "wire@example.org"
"""


class CommandLine:
    """Runs `outagewire readers` in this process, beside the subscriptions of a folder."""

    def __init__(
        self,
        folder: Path,
        patch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        self.config, self._patch, self._capsys = folder / "config.toml", patch, capsys
        self.config.write_text(CONFIG, "utf-8")

    def __call__(self, *words: str, exit_code: int = 0) -> str:
        command = ["outagewire", "readers", *words, "--config", str(self.config)]
        self._patch.setattr("sys.argv", command)
        # What `main` sets for a whole process must not outlast the test.
        self._patch.setattr("gc.set_threshold", lambda *_: None)
        with pytest.raises(SystemExit) as stop:
            main()
        output = "".join(self._capsys.readouterr())
        assert stop.value.code == exit_code, output
        return output


@pytest.fixture
def outagewire_readers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    monkeypatch.setenv("READERS_KEY", KEY)
    subscriptions = Subscriptions(tmp_path)
    subscriptions.subscribe(ADDRESS, KZ, severity=Severity.MAJOR)
    subscriptions.subscribe("eve@x.example")
    return CommandLine(tmp_path, monkeypatch, capsys)


def test_list_counts_readers_and_masks_addresses(outagewire_readers) -> None:
    output = outagewire_readers("list")
    assert "a***@***.example" in output
    assert "country:KZ" in output
    assert "2 readers, 0 not confirmed, 0 never written to." in output
    as_json = outagewire_readers("list", "--json")
    assert [r["severity"] for r in json.loads(as_json)] == ["major", "minor"]
    assert not re.search(r"ada@|eve@", output + as_json)


def test_export_has_whole_addresses(outagewire_readers) -> None:
    readers = json.loads(outagewire_readers("export", "--json"))
    assert [r["address"] for r in readers] == [ADDRESS, "eve@x.example"]
    assert readers[0]["places"] == ["country:KZ"]


def test_reader_is_erased_by_address_or_id(outagewire_readers) -> None:
    (_, eve) = json.loads(outagewire_readers("list", "--json"))
    assert "Erased." in outagewire_readers("erase", ADDRESS.upper())
    assert "Erased." in outagewire_readers("erase", eve["id"], "--never-again")
    assert "0 readers, 0 not confirmed, 1 never" in outagewire_readers("list")
    assert "can subscribe again" in outagewire_readers("allow", "eve@x.example")


def test_unknown_readers_are_an_error(outagewire_readers) -> None:
    unknown = outagewire_readers("erase", "nobody@x.example", exit_code=1)
    assert "nothing was erased" in unknown
    assert "write an e-mail" in outagewire_readers("erase", "nobody", exit_code=1)
    assert "nobody asked" in outagewire_readers("allow", ADDRESS, exit_code=1)


def test_command_without_subscriptions_says_what_to_add(outagewire_readers) -> None:
    outagewire_readers.config.write_text("", "utf-8")
    assert "add the section" in outagewire_readers("list", exit_code=1)
