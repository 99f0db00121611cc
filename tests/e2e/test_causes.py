"""`outagewire causes`, each call in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import tomlkit

from bot.store.sql_store import open_store
from tests.contract.stored import change, record

ROOT = Path(__file__).parents[2]
ID = "KZ-2022-0104"
SOURCE = ("--link", "https://news.example/1", "--archived", "copies/1.html")


@pytest.fixture
def causes(tmp_path):
    """A function that runs `outagewire causes` on a store with one incident."""
    store = open_store(tmp_path / "wire.db")
    record(store, change())
    store.close()
    config = tmp_path / "config.toml"
    settings = {"store": {"path": str(tmp_path / "wire.db")}}
    config.write_text(tomlkit.dumps(settings), "utf-8")

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot", "causes", *words, "--config", str(config)],
            cwd=ROOT,
            env={**os.environ, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )

    return command


def test_cause_is_added_by_two_people_and_withdrawn(causes):
    """P8, P11: a cause needs a second person; its withdrawal is listed with the reason."""
    words = ("--who", "the regulator", "--statement", "Order 12")
    by = ("--by", "Ada", "--reason", "read it")
    added = causes("add", ID, "--level", "A3", *words, *SOURCE, *by)
    assert "waits for a second person to run" in added.stdout
    refused = causes("sign", ID, "1", *by)
    assert refused.returncode == 1
    assert "another person" in refused.stderr
    signed = causes("sign", ID, "1", "--by", "Grace", "--reason", "read it too")
    assert "on the page from the next tick on" in signed.stdout
    withdrawn = causes("withdraw", ID, "1", "--by", "Ada", "--reason", "a forgery")
    assert "is withdrawn" in withdrawn.stdout
    listing = causes("list", ID).stdout
    for part in ("1 add", "by Ada: read it", "A3 the regulator: Order 12", "1 sign"):
        assert part in listing
    assert "by Ada: a forgery" in listing


def test_cause_needs_a_source_and_a_known_incident(causes):
    """P8: a cause without a source, or for an unknown incident, is refused."""
    assert "Nobody has put a cause on record" in causes("list", ID).stdout
    options = ("--level", "A1", "--who", "X", "--statement", "y", *SOURCE)
    by = ("--by", "Ada", "--reason", "why")
    unknown_incident = causes("add", "XX-2022-0101", *options, *by)
    assert (
        unknown_incident.returncode,
        "no incident XX" in unknown_incident.stderr,
    ) == (1, True)
    without_source = causes("add", ID, *options[:-4], *by)
    assert without_source.returncode == 2
