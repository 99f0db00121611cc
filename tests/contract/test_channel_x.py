"""X alone: its windows, its duplicates, its links."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.channels.reading_back import words_without_links
from bot.channels.x import XChannel, XConfig
from bot.errors import ChannelUnavailable, ChannelUnknown
from bot.model.draft import Counting, Links
from tests.contract.rigs.rig import AT, PNG, Rig, Said, a_post
from tests.contract.rigs.x import X_KEYS, x_rig
from tests.servers.local import Reply


@pytest.fixture
def x(tmp_path: Path) -> Iterator[Rig]:
    yield from x_rig(tmp_path)


@pytest.fixture(autouse=True)
def a_secret_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OW_TEST", "a-key")


def test_x_whose_name_is_not_known_was_never_reached(x: Rig) -> None:
    config = x.config.model_copy(update={"api_base": "http://nowhere.invalid"})
    assert isinstance(config, XConfig)
    with pytest.raises(ChannelUnavailable):
        XChannel("one", config, x.clock).send(a_post("One"), None)


@pytest.mark.parametrize(
    ("reset", "wish"),
    [
        (AT.timestamp() + 300, timedelta(minutes=5)),
        (AT.timestamp() - 300, timedelta(0)),
        (AT.timestamp() + 10**8, timedelta(days=1)),
        (None, None),
    ],
)
def test_x_says_when_to_come_back(
    x: Rig, reset: float | None, wish: timedelta | None
) -> None:
    headers = {} if reset is None else {"x-rate-limit-reset": str(int(reset))}
    x.script["/2/tweets"].append(Reply(429, {"detail": "Too Many"}, headers))
    with pytest.raises(ChannelUnavailable) as caught:
        x.channel.send(a_post("One"), None)
    assert caught.value.retry_after == wish


def test_x_says_of_a_duplicate_that_it_may_be_ours(x: Rig) -> None:
    detail = "You are not allowed to create a Tweet with duplicate content."
    x.script["/2/tweets"].append(Reply(403, {"detail": detail, "status": 403}))
    with pytest.raises(ChannelUnknown):
        x.channel.send(a_post("One"), None)


def test_x_posts_carry_no_link_unless_it_is_asked_for(x: Rig) -> None:
    outlet = x.channel.outlet()
    assert outlet.links is Links.NEVER
    assert (outlet.limit, outlet.counting) == (280, Counting.WEIGHTED)


def test_x_says_no_picture_that_cannot_be_heard(x: Rig) -> None:
    x.script["/2/media/metadata"].append(Reply(400, {"detail": "no"}))
    x.channel.send(a_post("One"), PNG)
    assert x.said() == [Said("One", None, None, None)]


def test_x_is_asked_nowhere_but_at_x_or_on_this_machine() -> None:
    for base in (
        "http://api.twitter.com",
        "https://elsewhere.example",
        "http://10.0.0.1",
    ):
        with pytest.raises(ValidationError, match="api_base"):
            XConfig.model_validate(
                {**dict.fromkeys(X_KEYS, "env:OW_TEST"), "api_base": base}
            )


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80))
def test_words_that_differ_are_told_apart(text: str) -> None:
    assert words_without_links(f"{text} one") != words_without_links(f"{text} two")
