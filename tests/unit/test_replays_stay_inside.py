"""No replay, drill or reconstruction is published as a present event (P16)."""

import shutil
import sqlite3
import sys
from typing import Any

import pytest

from bot.cli import main
from bot.config import loading as configuration
from bot.errors import ConfigError, StoreError
from bot.store.files.backup import back_up
from bot.store.files.origin import claim_store
from bot.store.sql_store import open_store
from tests.contract.stored import change, record
from tests.recordings import small

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
    "alarm.heartbeat": {"alarm": {"heartbeat": "env:REPLAY_TOKEN"}},
}
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


@pytest.mark.parametrize("folder", ["site", "site/sub/../i", "link"])
def test_a_preview_is_never_written_into_the_report_site(
    tmp_path, monkeypatch, capsys, folder: str
):
    """P12: a preview shows drafts that wait or are held."""
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "link").symlink_to(site)
    config = tmp_path / "c.toml"
    config.write_text(f'[site]\nout = "{site}"\n', "utf-8")
    words = ["preview", "IR-2026-0108", "--out", str(tmp_path / folder)]
    monkeypatch.setattr(sys, "argv", ["outagewire", *words, "--config", str(config)])
    monkeypatch.setattr("bot.cli.kernel.enable_cache", lambda: None)
    monkeypatch.setattr("bot.cli.preview.configure_logging", lambda _: None)
    with pytest.raises(SystemExit):
        main()
    assert "which readers see" in capsys.readouterr().err
    assert list(site.iterdir()) == []


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
