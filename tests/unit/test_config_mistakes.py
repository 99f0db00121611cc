"""Mistakes of operators in a hurry are named before anything runs (P16)."""

import os
from pathlib import Path
from typing import Any

import pytest

from bot.channels.mail import MailConfig
from bot.config import loading as configuration
from bot.config.warnings import warnings
from bot.errors import ConfigError
from bot.settings import read_small_file

MASTODON = {"kind": "mastodon", "base_url": "https://a.example"}
EVERYTHING = {"name": "all", "action": "publish"}
HOLD = {"name": "do-no-harm", "action": "hold", "places": ["ER"]}


def problem_of(values: dict[str, Any]) -> str:
    with pytest.raises(ConfigError) as caught:
        configuration.check_values(values, "c")
    return str(caught.value)


def odd_files(folder: Path) -> list[Path]:
    """Return a device without an end, a pipe without a writer, and a large file."""
    os.mkfifo(folder / "pipe")
    (folder / "large").write_bytes(b"a" * (2**20 + 1))
    return [Path("/dev/zero"), folder / "pipe", folder / "large"]


def test_a_file_without_an_end_is_not_read(tmp_path):
    """Such a secret made `check-config` hang, or take all memory."""
    for path in odd_files(tmp_path):
        channel = MASTODON | {"token": f"file:{path}"}
        assert "missing, empty or unreadable" in problem_of(
            {"channels": {"m": channel}}
        )
        key = {"evidence": {"key": f"file:{path}"}}
        assert "cannot be read" in problem_of(key)
        with pytest.raises(OSError, match="it is"):
            read_small_file(path)
        mail: dict[str, Any] = {"host": "a.example", "sender": "a@b.example"}
        with pytest.raises(ValueError, match="subscribers cannot be read"):
            MailConfig(**mail, subscribers=path)


@pytest.mark.parametrize("key", ["places", "kinds", "states", "channels"])
def test_an_empty_list_does_not_match_everything(key: str):
    rule = {"name": "only-these", "action": "publish", key: []}
    message = problem_of({"policy": {"rules": [rule]}})
    assert f"{key}: an empty list; name at least one" in message


def test_an_empty_filter_does_not_let_everything_through():
    rules: dict[str, Any] = {"channel_rules": {"wire": {"filter": {"kinds": []}}}}
    assert "kinds: an empty list" in problem_of(rules)


@pytest.mark.parametrize(
    "address", ["ftp://dog.example/s3cret", "file:///etc/s3cret", "s3cret", "http://"]
)
def test_a_heartbeat_that_cannot_be_sent_is_refused(monkeypatch, address: str):
    """P19: without heartbeats, the watchdog is silent from the first day on."""
    monkeypatch.setenv("DOG", address)
    message = problem_of({"alarm": {"heartbeat": "env:DOG"}})
    assert "alarm.heartbeat: the secret must be a web address" in message
    assert "s3cret" not in message


def given_warnings(*rules: dict[str, Any]) -> list[str]:
    config = configuration.check_values({"policy": {"rules": list(rules)}}, "c")
    return list(warnings(config))


@pytest.mark.parametrize(
    "first",
    [
        EVERYTHING,
        EVERYTHING | {"action": "review"},
        EVERYTHING | {"action": "review", "places": ["ER", "KZ"]},
    ],
)
def test_a_rule_that_never_decides_is_named(first: dict[str, Any]):
    """P12: below a rule that publishes everything, a rule holds nothing."""
    (warning,) = given_warnings(first, HOLD)
    assert warning.startswith('policy.rules 2 ("do-no-harm"): never decides')
    assert 'rule 1 ("all")' in warning


@pytest.mark.parametrize(
    "first",
    [
        EVERYTHING | {"confirmed": True},
        EVERYTHING | {"kinds": ["confirmed"]},
        EVERYTHING | {"channels": ["wire"]},
        # It matches events about this place alone; the hold also those that name it.
        EVERYTHING | {"places": ["ER"]},
        EVERYTHING | {"action": "review", "places": ["KZ"]},
    ],
)
def test_a_rule_that_may_decide_is_not_named(first: dict[str, Any]):
    assert given_warnings(first, HOLD) == []
