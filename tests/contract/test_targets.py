"""The target of every kind of channel: it names where posts go, and holds no secret."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.channels.registry import CHANNELS
from bot.clock import StillClock
from bot.settings import Section
from tests.contract.rigs.rig import AT

TOKEN = "12345:" + "tokenA" * 5
OTHER = "67890:" + "tokenB" * 5
KEY, OTHER_KEY = f"whsec_{'QUFB' * 10}", f"whsec_{'QkJC' * 10}"
SERVER, ELSEWHERE = "https://one.example", "https://two.example"
HOOK = "https://hooks.example/services/pathsecret?key=querysecret"


def secret(text: str) -> SecretStr:
    return SecretStr(text)


# A valid section of each kind; the path of a file is added where it is needed.
SECTIONS: dict[str, dict[str, Any]] = {
    "apprise": {"urls": (secret("json://user:wordsecret@one.example/pathsecret"),)},
    "bluesky": {
        "base_url": SERVER,
        "handle": "wire.example.org",
        "app_password": secret("wordsecret"),
    },
    "file": {"path": Path("/var/posts.jsonl")},
    "mail": {
        "host": "mail.example",
        "sender": "wire@one.example",
        "to": ("a@one.example", "b@one.example", "c@one.example"),
        "user": "wire",
        "password": secret("wordsecret"),
        "list_id": "news.example.org",
    },
    "mastodon": {"base_url": SERVER, "token": secret("tokenA")},
    "matrix": {"base_url": SERVER, "token": secret("tokenA"), "room": "!a:one.example"},
    "ntfy": {"base_url": SERVER, "topic": "topicsecret", "token": secret("tokenA")},
    "readers": {
        "host": "mail.example",
        "sender": "wire@one.example",
        "user": "wire",
        "password": secret("wordsecret"),
    },
    "telegram": {"base_url": SERVER, "token": secret(TOKEN), "chat": "@wire"},
    "webhook": {"url": HOOK, "secret": secret(KEY)},
    "websub": {"url": HOOK, "topics": ("https://u:wordsecret@one.example/feed",)},
    "x": {
        "consumer_key": secret("consumerkey"),
        "consumer_secret": secret("wordsecret"),
        "access_token": secret("123-tokenA"),
        "access_token_secret": secret("pathsecret"),
    },
}
# For each kind, the values with which posts go elsewhere.
ELSEWHERES: dict[str, list[dict[str, Any]]] = {
    "apprise": [{"urls": (secret("json://one.example/other"),)}],
    "bluesky": [{"base_url": ELSEWHERE}, {"handle": "desk.example.org"}],
    "file": [{"path": Path("/var/other.jsonl")}],
    "mail": [
        {"to": ("a@one.example",)},
        {"to": ("a@one.example", "b@one.example", "d@one.example")},
        {"subscribers": Path("/var/list.txt")},
    ],
    "mastodon": [
        {"base_url": ELSEWHERE},
        {"token": secret("tokenB")},
        {"visibility": "direct"},
    ],
    "matrix": [{"base_url": ELSEWHERE}, {"room": "!b:one.example"}],
    "ntfy": [{"base_url": ELSEWHERE}, {"topic": "other"}],
    "readers": [{"lang": "fa"}],
    "telegram": [{"base_url": ELSEWHERE}, {"chat": "@other"}, {"token": secret(OTHER)}],
    "webhook": [
        {"url": HOOK.replace("path", "other")},
        {"url": HOOK.replace("query", "other")},
    ],
    "websub": [{"url": HOOK + "x"}, {"topics": ("https://two.example/feed",)}],
    "x": [
        {"access_token": secret("456-tokenA")},
        {"api_base": "http://127.0.0.1:9"},
    ],
}
# For each kind, values of the same account that do not change where posts go. Options
# that are not named in this module must not change it either.
SAME: dict[str, list[dict[str, Any]]] = {
    "bluesky": [{"base_url": f"{SERVER}/", "app_password": secret("new")}],
    "mail": [
        {"host": "relay.example", "port": 25, "password": secret("new")},
        {"sender": "desk@one.example"},
        {"to": ("C@one.example", "b@one.example", "a@one.example")},
    ],
    "mastodon": [{"base_url": "https://ONE.example/", "visibility": "unlisted"}],
    "matrix": [{"token": secret("new")}],
    "ntfy": [{"token": secret("new")}],
    "readers": [
        {"host": "relay.example", "port": 25, "password": secret("new")},
        {"sender": "desk@one.example"},
    ],
    "telegram": [{"token": secret("12345:" + "new" * 9), "test_chat": "@tests"}],
    "webhook": [{"secret": secret(OTHER_KEY), "picture": "described"}],
    "x": [{"access_token": secret("123-new"), "consumer_key": secret("new")}],
}
KINDS = sorted(CHANNELS)


def section(kind: str, **changes: Any) -> Section:
    return CHANNELS[kind].section_class.model_construct(**(SECTIONS[kind] | changes))


def target(kind: str, **changes: Any) -> str:
    """Return the target of a section that is valid apart from files on the disk."""
    result: str = section(kind, **changes).target  # type: ignore[attr-defined]
    return result


def test_each_kind_has_a_section_and_another_target_here() -> None:
    assert set(SECTIONS) == set(ELSEWHERES) == set(CHANNELS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_sections_of_this_module_are_valid(kind: str) -> None:
    CHANNELS[kind].section_class.model_validate(SECTIONS[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_a_channel_has_the_target_of_its_section(kind: str) -> None:
    config = CHANNELS[kind].section_class.model_validate(SECTIONS[kind])
    channel = CHANNELS[kind].constructor("wire", config, StillClock(AT))
    assert channel.target == target(kind)
    assert channel.target.split()[0] == kind
    assert channel.target.isprintable()
    assert len(channel.target) < 200


@pytest.mark.parametrize("kind", KINDS)
def test_no_target_has_a_secret_in_it(kind: str) -> None:
    """P16: the target is stored, logged and shown."""
    text = target(kind)
    assert "secret" not in text
    assert not {"tokenA", "QUFB", "consumerkey"} & set(text.split())
    assert "tokenA" not in text


@pytest.mark.parametrize(
    ("kind", "changes"), [(k, c) for k in KINDS for c in ELSEWHERES[k]]
)
def test_a_channel_that_points_elsewhere_is_another_target(
    kind: str, changes: dict[str, Any]
) -> None:
    assert target(kind, **changes) != target(kind)


@pytest.mark.parametrize(
    ("kind", "changes"), [(k, c) for k in KINDS for c in SAME.get(k, ())]
)
def test_new_secrets_of_one_account_are_the_same_target(
    kind: str, changes: dict[str, Any]
) -> None:
    assert target(kind, **changes) == target(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_options_of_a_channel_do_not_change_its_target(kind: str) -> None:
    """Whatever is not the address has no part in the target, also in a new option."""
    own = {name for changes in ELSEWHERES[kind] for name in changes}
    fields = CHANNELS[kind].section_class.model_fields
    options = fields.keys() - own - SECTIONS[kind].keys() - {"kind"}
    assert {"timeout", "lang", "path"} & (options | own)
    for name in options:
        assert target(kind, **{name: "other"}) == target(kind), name


def test_an_account_without_a_number_is_known_by_its_token() -> None:
    first, second = (
        target("x", access_token=secret(text)) for text in ("abc-secret", "abd-secret")
    )
    assert first != second
    assert "secret" not in first + second
