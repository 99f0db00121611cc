"""`outagewire site` builds, checks and publishes; its exit codes tell what happened."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from bot.clock import StillClock
from bot.editorial.deciding import Decider
from bot.policy.publication_rules import Policy
from bot.store.sql_store import open_store
from tests.contract.stored import T0, change, record
from tests.fakes import FakeRenderer
from tests.unit.test_removed_pages import PUBLISH_ALL

CONFIG = """
[store]
path = "wire.db"
[site]
out = "site"
[channels.posts]
kind = "file"
path = "posts.jsonl"
"""
Outagewire = Callable[..., tuple[int, str, str]]
STOP = ("pause", "--by", "Ada", "--reason", "a test")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a configuration, and a store with one released incident."""
    (tmp_path / "config.toml").write_text(CONFIG)
    store = open_store(tmp_path / "wire.db")
    record(store, change())
    policy = Policy((PUBLISH_ALL,), stale_after=None)
    Decider(store, FakeRenderer(), {}, policy, StillClock(T0)).decide_all()
    store.close()
    return tmp_path


@pytest.fixture
def outagewire(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Outagewire:
    """A function that runs a command; it returns the exit code and what was printed."""

    def run(*words: object) -> tuple[int, str, str]:
        line = ["outagewire", *map(str, words), "--config", str(home / "config.toml")]
        monkeypatch.setattr(sys, "argv", line)
        with pytest.raises(SystemExit) as caught:
            main()
        return (int(caught.value.code or 0), *capsys.readouterr())

    return run


def test_a_site_is_built_checked_and_published(home, outagewire):
    code, printed, _ = outagewire("site", "build")
    assert (code, printed.splitlines()[-1]) == (0, f"{home}/site: 1 incident page.")
    assert outagewire("site", "check")[0] == 0
    code, printed, _ = outagewire("site", "publish", home / "www")
    assert code == 0
    assert printed.endswith("sent, 0 removed.\n")
    assert (home / "www/i/KZ-2022-0104/index.html").is_file()
    manifest = json.loads((home / "www/site-manifest.json").read_text())
    assert "feeds/all.atom" in manifest["files"]
    # A drill cannot leave the machine (P16).
    document = home / "site/i/KZ-2022-0104/incident.json"
    content = document.read_text()
    document.write_text(content.replace('"drill": false', '"drill": true'))
    code, _, errors = outagewire("site", "publish", home / "www")
    assert (code, "is a drill, which cannot leave" in errors) == (1, True)
    document.write_text(content)
    # While everything is stopped, nothing leaves the machine (P16).
    (home / "site/style.css").write_text("a {}")
    outagewire(*STOP)
    code, _, errors = outagewire("site", "publish", home / "www")
    assert (code, "everything is stopped" in errors) == (1, True)
    assert (home / "www/style.css").read_text() != "a {}"


def test_a_copy_of_the_site_is_built_elsewhere(home, outagewire):
    code, printed, _ = outagewire("site", "build", "--to", home / "copy")
    assert (code, f"{home}/copy: 1 incident page." in printed) == (0, True)
    assert not (home / "site").exists()
    for folder in ("unpublished", "copy/../unpublished", "unpublished/copy"):
        code, _, errors = outagewire("site", "build", "--to", f"{home}/{folder}")
        assert (code, "choose another with --to" in errors) == (1, True)
    # A site is built again, and files of others are left alone.
    assert outagewire("site", "build", "--to", home / "copy")[0] == 0
    (home / "other/i/letters").mkdir(parents=True)
    code, _, errors = outagewire("site", "build", "--to", home / "other")
    assert (code, "choose an empty folder" in errors) == (1, True)
    assert (home / "other/i/letters").is_dir()


def test_mistakes_of_a_site_are_printed_with_their_lines(home, outagewire):
    (home / "www").mkdir()
    (home / "www/index.html").write_text('<p>\n<a href="none">a</a></p>')
    code, printed, errors = outagewire("site", "check", home / "www")
    assert code == 1
    assert printed == "index.html:2: the link 'none' leads to no file\n"
    assert errors == "1 mistake.\n"
    code, _, errors = outagewire("site", "check", home / "nothing")
    assert (code, "no such folder" in errors) == (1, True)


def test_a_site_that_is_not_complete_is_not_published(home, outagewire):  # P16
    """Publishing what a removed site still has would remove all of its pages."""
    code, _, errors = outagewire("site", "publish", home / "www")
    assert (code, "run `outagewire site build" in errors) == (1, True)
    code, _, errors = outagewire("site", "publish", home / "unpublished")
    assert code == 1
    assert not (home / "www").exists()
