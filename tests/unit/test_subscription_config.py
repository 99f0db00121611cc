"""Settings for readers who subscribe that contradict each other are refused."""

import time
from datetime import timedelta

import httpx
import pytest

from bot.bootstrap.components import renderer
from bot.bootstrap.subscriptions import pages_for_readers, reader_store
from bot.clock import StillClock
from bot.config import loading as configuration
from bot.config.warnings import warnings
from bot.errors import ConfigError, StoreError
from bot.server.serving import make_server
from bot.server.upkeep import repeating
from bot.subscriptions.choices import Choice
from tests.subscriptions import AT, KEY

SUBSCRIPTIONS = """
[subscriptions]
key = "env:READERS_KEY"
"""
READERS = """
[channels.{name}]
kind = "readers"
host = "smtp.example.org"
sender = "wire@example.org"
"""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (SUBSCRIPTIONS, "subscriptions: no channel sends to readers; add one"),
        (READERS.format(name="a"), "channels.a: nobody can subscribe; add the section"),
        (
            SUBSCRIPTIONS + READERS.format(name="a") + READERS.format(name="b"),
            'channels.a and channels.b: both send to the readers of "en"',
        ),
        (
            f'{SUBSCRIPTIONS}path = "var/site/readers.db"{READERS.format(name="a")}',
            "subscriptions.path: inside site.out, which is public",
        ),
        (
            f'{SUBSCRIPTIONS}path = "var/outagewire.db"{READERS.format(name="a")}',
            "store.path and subscriptions.path: the same file",
        ),
        (
            SUBSCRIPTIONS.replace("READERS_KEY", "SHORT") + READERS.format(name="a"),
            "subscriptions.key: the key must have at least 32 characters",
        ),
        (
            READERS.format(name="a").replace("wire@", "Wire <wire@"),
            "channels.a.sender: write an e-mail address",
        ),
    ],
)
def test_subscriptions_that_cannot_work_are_refused(
    tmp_path, monkeypatch, text, problem
):
    monkeypatch.setenv("READERS_KEY", KEY)
    monkeypatch.setenv("SHORT", "hunter2hunter2")
    file = tmp_path / "config.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as error:
        configuration.load_config(file)
    assert any(p.startswith(f"{file}: {problem}") for p in error.value.problems)
    assert "hunter2" not in str(error.value)


def test_readers_without_https_are_warned_about(tmp_path, monkeypatch):
    monkeypatch.setenv("READERS_KEY", KEY)
    file = tmp_path / "config.toml"
    file.write_text(SUBSCRIPTIONS + READERS.format(name="a"), "utf-8")
    (warning,) = warnings(configuration.load_config(file))
    assert "one-click unsubscription" in warning


def test_pages_for_readers_are_built_from_the_configuration(tmp_path, monkeypatch):
    monkeypatch.setenv("READERS_KEY", KEY)
    file = tmp_path / "config.toml"
    file.write_text(SUBSCRIPTIONS + READERS.format(name="a"), "utf-8")
    config = configuration.load_config(file)
    assert renderer(config).has_subscriptions
    pages = pages_for_readers(config, StillClock(AT))
    assert pages is not None
    paths = {route.path for route in pages.routes}
    assert paths == {"/subscribe", "/subscribe/confirm", "/subscribe/leave"}
    now, readers = AT - timedelta(hours=49), reader_store(config)
    readers.request("ada@readers.example", Choice("en"), now)
    pages.upkeep()
    assert b"ada@" not in (tmp_path / "var/readers.db").read_bytes()
    assert (
        pages_for_readers(
            config.model_copy(update={"subscriptions": None}), StillClock(AT)
        )
        is None
    )


def test_the_server_has_the_pages_for_readers(tmp_path, monkeypatch):
    monkeypatch.setenv("READERS_KEY", KEY)
    file = tmp_path / "config.toml"
    file.write_text(SUBSCRIPTIONS + READERS.format(name="a"), "utf-8")
    config = configuration.load_config(file)
    config.site.out.mkdir(parents=True)
    with make_server(config, "127.0.0.1", 0, "with --port") as server:
        answer = httpx.get(f"{server.url}subscribe", timeout=10)
    assert answer.status_code == 200
    assert 'name="email"' in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("error", [StoreError("the disk is full"), IndexError(0)])
def test_upkeep_is_repeated_after_a_failure(error):
    calls = []

    def fail_once() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise error

    with repeating(fail_once, timedelta(milliseconds=5)):
        deadline = time.monotonic() + 5
        while len(calls) < 3 and time.monotonic() < deadline:
            time.sleep(0.01)
    assert len(calls) >= 3
