"""A readers' file that was lost or restored is noticed, and nothing goes out twice."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bootstrap.subscriptions import (
    AcceptedFile,
    accept_reader_file,
    reader_file_alerts,
    reader_store,
    subscription_service,
)
from bot.config import loading as configuration
from bot.config.sections import Config
from bot.errors import BotError, StoreError
from bot.model.incident import EventKind
from bot.model.operations import AlertKind
from bot.store.sql_store import open_store
from bot.subscriptions.choices import Choice
from bot.subscriptions.database import SubscriptionFile
from bot.subscriptions.mailing import may_have_been_sent
from tests.subscriptions import ADDRESS, AT, KEY, KZ, Subscriptions, reader_post

CONFIG = """
[subscriptions]
key = "env:READERS_KEY"
path = "readers.db"

[channels.readers]
kind = "readers"
host = "127.0.0.1"
port = 9
security = "none"
sender = "wire@example.org"
"""
DAY = timedelta(days=1)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """Return the configuration of a store and a file with two readers, that it knows."""
    monkeypatch.setenv("READERS_KEY", KEY)
    path = tmp_path / "config.toml"
    path.write_text(CONFIG, "utf-8")
    loaded = configuration.load_config(path)
    loaded.store.path.parent.mkdir(parents=True)
    open_store(loaded.store.path).close()
    return loaded


@pytest.fixture
def subscriptions(config: Config, tmp_path: Path) -> Subscriptions:
    made = Subscriptions(tmp_path)
    made.subscribe(ADDRESS)
    made.subscribe("eve@x.example", KZ)
    assert notes(config, made) == []
    return made


def notes(config: Config, subscriptions: Subscriptions) -> list[str]:
    alerts = reader_file_alerts(config, subscriptions.clock)
    assert alerts is not None
    found = alerts()
    assert all(alert.kind is AlertKind.READERS for alert in found)
    return [alert.note for alert in found]


def accept(config: Config) -> AcceptedFile:
    return accept_reader_file(config, AT + DAY, "Ada", "there is no newer copy")


@pytest.mark.parametrize("is_empty", [False, True])
def test_lost_file_is_not_made_anew(config, subscriptions, is_empty):  # P19
    subscriptions.path.unlink()
    if is_empty:
        subscriptions.path.touch(0o600)
    (note,) = notes(config, subscriptions)
    assert "missing or empty; it had 2 readers" in note
    with pytest.raises(StoreError):
        reader_store(config).all()
    service = subscription_service(config, subscriptions.clock)
    with pytest.raises(StoreError):
        service.request("192.0.2.1", "new@x.example", lambda: Choice("en"))
    assert not subscriptions.path.exists() or not subscriptions.path.stat().st_size
    assert accept(config) == AcceptedFile(before=2, now=0, departed=0)
    assert notes(config, subscriptions) == []


def test_another_file_is_noticed(config, subscriptions):
    subscriptions.path.unlink()
    SubscriptionFile(subscriptions.path).create()
    (note,) = notes(config, subscriptions)
    assert "another file of readers than before, which had 2" in note


def test_older_copy_is_noticed_and_gives_nobody_back(config, subscriptions, tmp_path):
    """Who left since the copy stays away, and the address stays blocked."""
    copy = tmp_path / "yesterday.db"
    shutil.copy(subscriptions.path, copy)
    eve = next(r for r in subscriptions.readers.all() if r.address != ADDRESS)
    assert reader_store(config).erase(eve.id, AT, never_again=True)
    assert notes(config, subscriptions) == []
    newest = tmp_path / "newest.db"
    shutil.copy(subscriptions.path, newest)
    shutil.copy(copy, subscriptions.path)
    (note,) = notes(config, subscriptions)
    assert "an older copy" in note
    # The newest copy needs no decision.
    shutil.copy(newest, subscriptions.path)
    assert notes(config, subscriptions) == []
    shutil.copy(copy, subscriptions.path)
    assert accept(config) == AcceptedFile(before=1, now=1, departed=1)
    assert [r.address for r in reader_store(config).all()] == [ADDRESS]
    assert reader_store(config).counts(AT)["blocked"] == 1
    assert notes(config, subscriptions) == []


def test_store_remembers_no_address(config, subscriptions):  # P16
    reader_store(config).erase_address(ADDRESS, AT, never_again=True)
    assert notes(config, subscriptions) == []
    for file in config.store.path.parent.iterdir():
        assert b"ada@" not in file.read_bytes()


def test_accepting_needs_a_name_and_a_reason(config, subscriptions):  # P17
    with pytest.raises(BotError):
        accept_reader_file(config, AT, "", "why")


def test_post_that_was_tried_before_is_not_sent_again():  # P10
    post = reader_post(1, tried_at=AT)
    assert may_have_been_sent(post, AT + DAY)
    assert not may_have_been_sent(post, AT - DAY)
    assert not may_have_been_sent(replace(post, tried_at=None), AT + DAY)
    assert not may_have_been_sent(replace(post, absent_at=AT + 2 * DAY), AT + DAY)


def test_correction_reaches_readers_of_posts_that_are_not_known(subscriptions):  # P11
    retraction = reader_post(2, kind=EventKind.RETRACTED)
    subscriptions.messages.expand(retraction, lacks_posts=True)
    assert len(subscriptions.messages.waiting(retraction.key)) == 2
    later = reader_post(3, kind=EventKind.RETRACTED)
    subscriptions.messages.expand(later)
    assert not subscriptions.messages.waiting(later.key)


def test_file_of_the_first_version_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.db"
    made = SubscriptionFile(path)
    made.create()
    with made.transaction() as connection:
        for row in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {row['name']}")
        connection.execute("DROP TABLE state")
        connection.execute("PRAGMA user_version = 1")
    made.create()
    assert made.state().changes == 0
