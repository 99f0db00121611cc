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


@pytest.mark.parametrize("rules", [[HOLD], [EVERYTHING | {"confirmed": True}, HOLD]])
def test_a_rule_that_holds_everything_is_named(rules: list[dict[str, Any]]):  # P19
    """Who forgets its condition would see nothing, and think that nothing happens."""
    rules = [*rules[:-1], {"name": "quiet", "action": "hold"}]
    (warning,) = given_warnings(*rules)
    assert warning.startswith(f'policy.rules {len(rules)} ("quiet"): holds all events')


def test_two_rules_with_one_name_are_refused():
    rules = [EVERYTHING, HOLD | {"name": "all"}]
    message = problem_of({"policy": {"rules": rules}})
    assert 'policy.rules: 2 rules have the name "all"' in message


@pytest.mark.parametrize("key", ["path", "media_dir"])
def test_channel_does_not_write_into_the_public_folder(key: str):  # P12
    channel = {"kind": "file", "path": "posts.jsonl", key: "site/posts"}
    values = {"site": {"out": "site"}, "channels": {"wire": channel}}
    assert f"channels.wire.{key}: inside site.out, which is public" in problem_of(
        values
    )


def test_channel_does_not_write_into_the_configuration(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text('[channels.wire]\nkind = "file"\npath = "config.toml"\n', "utf-8")
    with pytest.raises(
        ConfigError, match=r"this configuration and channels\.wire\.path"
    ):
        configuration.load_config(file)


def test_place_that_no_source_watches_is_named():
    """A rule that holds a misspelt region holds nothing (P12)."""
    values: dict[str, Any] = {
        "sources": {"ioda": {"countries": ["ET"], "regions": {"ET/Tigray": "1"}}},
        "policy": {"rules": [HOLD | {"places": ["ET/Tigrai", "ET/Tigray", "ET"]}]},
        "channel_rules": {"wire": {"filter": {"places": ["asn:24757"]}}},
    }
    told = list(warnings(configuration.check_values(values, "c")))
    assert told == [
        'policy.rules 1 ("do-no-harm").places: no source watches region:ET/Tigrai, so it'
        " matches nothing; did you mean region:ET/Tigray?",
        "channel_rules.wire.filter.places: no source watches asn:24757, so it matches"
        " nothing",
    ]
