"""No replay, drill or reconstruction is published as a present event (P16)."""

import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap.site import site_builder
from bot.cli import main
from bot.config import loading as configuration
from bot.errors import BotError, ConfigError, StoreError
from bot.site.site_origin import claim_site, is_replayed_site
from bot.site.static_files import is_public_name
from bot.store.files.backup import back_up
from bot.store.files.origin import claim_store
from bot.store.sql_store import open_store
from tests.contract.stored import change, record
from tests.recordings import small
from tests.unit.test_feeds import CONFIRMED, publish

FOLLOW = {"clock": {"follow": "http://127.0.0.1:8765/clock"}}
MASTODON = {
    "kind": "mastodon",
    "base_url": "https://m.example",
    "token": "env:REPLAY_TOKEN",
}
NTFY = {"kind": "ntfy", "base_url": "https://ntfy.example", "topic": "desk"}
WAYS_OUT: dict[str, dict[str, Any]] = {
    "channels.masto": {"channels": {"masto": MASTODON}},
    "editors": {"editors": NTFY},
    "operators": {"operators": NTFY},
    "server.host": {"server": {"host": "203.0.113.1"}},
    "site.cap_status": {"site": {"cap_status": "actual"}},
    "alarm.heartbeat": {"alarm": {"heartbeat": "env:REPLAY_TOKEN"}},
}
_OF_INCIDENTS = {"i", "picture"}
"""The folders with pages of incidents, which have marks of their own."""
KINDS = {
    "live": {"replayed": False, "reconstructed": False},
    "replayed": {"replayed": True, "reconstructed": False},
    "reconstructed": {"replayed": False, "reconstructed": True},
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_a_replay_has_no_way_out_of_the_machine(way: str, monkeypatch):
    monkeypatch.setenv("REPLAY_TOKEN", "https://watchdog.example/1")
    configuration.check_values(WAYS_OUT[way], "c")
    with pytest.raises(ConfigError, match=f"c: {way}.*must stay on this machine"):
        configuration.check_values(WAYS_OUT[way] | FOLLOW, "c")


def test_a_replay_may_write_files():
    wire = {"kind": "file", "path": "replay/posts.jsonl"}
    config = configuration.check_values(FOLLOW | {"channels": {"wire": wire}}, "c")
    assert config.clock.follow


def used_store(path, kind: str):
    store = open_store(path)
    claim_store(path, **KINDS[kind])
    record(store, change(1))
    store.close()
    return path


@pytest.mark.parametrize("first", KINDS)
@pytest.mark.parametrize("then", KINDS)
def test_a_store_belongs_to_one_kind_of_run(tmp_path, first: str, then: str):
    path = used_store(tmp_path / "wire.db", first)
    if first == then:
        claim_store(path, **KINDS[then])
        return
    with pytest.raises(StoreError, match=f"holds {first} readings.*has {then} ones"):
        claim_store(path, **KINDS[then])


def test_a_copy_of_a_replays_store_is_one_too(tmp_path):
    path = used_store(tmp_path / "wire.db", "replayed")
    back_up(path, tmp_path / "backup.db")
    shutil.copy(path, tmp_path / "copy.db")
    for copy in ("backup.db", "copy.db"):
        with pytest.raises(StoreError, match="holds replayed readings"):
            claim_store(tmp_path / copy, **KINDS["live"])


def test_an_unused_store_can_get_any_kind_of_run(tmp_path):
    path = tmp_path / "wire.db"
    open_store(path).close()
    for kind in ("replayed", "live", "reconstructed"):
        claim_store(path, **KINDS[kind])


def test_an_existing_store_counts_as_live(tmp_path):
    """A store of an earlier version has no application id."""
    path = tmp_path / "wire.db"
    store = open_store(path)
    record(store, change(1))
    store.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0,)
    claim_store(path, **KINDS["live"])
    with pytest.raises(StoreError):
        claim_store(path, **KINDS["replayed"])


def run_command(monkeypatch, capsys, *words: object) -> tuple[int, str]:
    """Run a command that fails; return its exit code and its messages."""
    monkeypatch.setattr(sys, "argv", ["outagewire", *map(str, words)])
    monkeypatch.setattr("bot.cli.kernel.enable_cache", lambda *_: None)
    monkeypatch.setattr("bot.cli.preview.configure_logging", lambda _: None)
    with pytest.raises(SystemExit) as caught:
        main()
    return int(caught.value.code or 0), capsys.readouterr().err


def config_of(tmp_path: Path) -> Path:
    """Write a configuration with an empty site and a store that does not exist."""
    (tmp_path / "site").mkdir()
    config = tmp_path / "c.toml"
    text = f'[site]\nout = "{tmp_path}/site"\n[store]\npath = "{tmp_path}/wire.db"\n'
    config.write_text(text, "utf-8")
    return config


@pytest.mark.parametrize("folder", ["site", "site/sub/../i", "link", "unpublished/x"])
@pytest.mark.parametrize("command", ["preview", "replay", "drill", "pack"])
def test_no_command_writes_private_files_into_the_site(
    tmp_path, monkeypatch, capsys, command: str, folder: str
):
    """P12, P16: readers would see drafts, drills, or what is held later."""
    config = config_of(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path / "site")
    small(tmp_path / "recording")
    option = "--to" if command == "pack" else "--out"
    what = tmp_path / "recording" if command in {"replay", "drill"} else "IR-2026-0108"
    words = (command, what, option, tmp_path / folder, "--config", config)
    code, message = run_command(monkeypatch, capsys, *words)
    assert (code, "in the folder of the report site" in message) == (1, True)
    assert list((tmp_path / "site").iterdir()) == []
    assert not (tmp_path / "unpublished").exists()


def test_the_site_of_a_replay_is_not_published(tmp_path, monkeypatch, capsys):
    config = config_of(tmp_path)
    claim_site(tmp_path / "site", replayed=True)
    (tmp_path / "site" / "index.html").write_text("replayed", "utf-8")
    words = ("site", "publish", tmp_path / "public", "--config", config)
    code, message = run_command(monkeypatch, capsys, *words)
    assert (code, "cannot leave this machine" in message) == (1, True)
    assert not (tmp_path / "public").exists()
    address = ("--host", "203.0.113.1", "--port", "0")
    serve = ("serve", *address, "--config", config)
    code, message = run_command(monkeypatch, capsys, *serve)
    assert (code, "cannot leave this machine" in message) == (1, True)


def test_a_site_belongs_to_replays_or_to_live_runs(tmp_path):
    replayed, live = tmp_path / "replayed", tmp_path / "live"
    claim_site(replayed, replayed=True)
    claim_site(replayed, replayed=True)
    claim_site(live, replayed=False)
    assert not live.exists()
    (live / "i").mkdir(parents=True)
    for site, kind in ((replayed, False), (live, True)):
        with pytest.raises(BotError, match=r"has the site of a .*choose another `out`"):
            claim_site(site, replayed=kind)
    assert not is_public_name(next(replayed.iterdir()).name)


def test_a_copy_of_a_replays_site_is_one_too(tmp_path):
    """The store says where its incidents come from, whatever the configuration says."""
    used_store(tmp_path / "wire.db", "replayed")
    config = configuration.load_config(config_of(tmp_path))
    with site_builder(config, tmp_path / "copy"):
        assert is_replayed_site(tmp_path / "copy")
    used_store(tmp_path / "live.db", "live")
    store = config.store.model_copy(update={"path": tmp_path / "live.db"})
    live = config.model_copy(update={"store": store})
    with pytest.raises(BotError), site_builder(live, tmp_path / "copy"):
        pass


@pytest.mark.parametrize("command", ["replay", "drill"])
@pytest.mark.parametrize("existing", ["site", "posts.jsonl"])
def test_a_replay_is_never_written_among_live_files(
    tmp_path, monkeypatch, capsys, command: str, existing: str
):
    small(tmp_path / "recording")
    (tmp_path / "var" / existing).mkdir(parents=True)
    words = [command, str(tmp_path / "recording"), "--out", str(tmp_path / "var")]
    monkeypatch.setattr(sys, "argv", ["outagewire", *words])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 1
    assert "holds a site or posts already" in capsys.readouterr().err
    assert [p.name for p in (tmp_path / "var").rglob("*")] == [existing]


def test_each_list_of_a_replay_says_that_it_is_one(tmp_path):
    """A screenshot of a list shows no incident that could say it."""
    claim_site(tmp_path, replayed=True)
    publish(tmp_path, CONFIRMED)
    pages = {p.relative_to(tmp_path): p for p in tmp_path.rglob("*.html")}
    lists = {name: p for name, p in pages.items() if name.parts[0] not in _OF_INCIDENTS}
    assert {"archive", "digest"} <= {name.parts[0] for name in lists}
    for name, path in lists.items():
        assert "do not show what is happening now" in path.read_text("utf-8"), name
