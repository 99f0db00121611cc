"""What only the x channel does: rate limits, duplicates, links, deletion."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.channels.shared.read_back import words_without_links
from bot.channels.x import XChannel, XConfig
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Receipt
from bot.model.draft import Counting, Links
from tests.contract.rigs.rig import AT, PNG, Rig, VisiblePost, a_post
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


@pytest.mark.parametrize(
    "window", ["x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour"]
)
def test_x_is_left_alone_while_a_window_is_used_up(x: Rig, window: str) -> None:
    """X has limits per quarter of an hour, per user and day, and per app and day."""
    reset = str(int(AT.timestamp()) + 300)
    headers = {f"{window}-remaining": "0", f"{window}-reset": reset}
    answer = Reply(201, {"data": {"id": "1"}}, headers)
    x.script["/2/tweets"].append(answer)
    x.channel.send(a_post("One"), None)
    for _ in range(2):
        with pytest.raises(
            ChannelUnavailable, match="POST /2/tweets is used up"
        ) as told:
            x.channel.send(a_post("Two", event=2), None)
        assert told.value.retry_after == timedelta(minutes=5, seconds=1)
    assert len(x.requests) == 1
    x.clock.at = AT + timedelta(minutes=5, seconds=1)
    x.channel.send(a_post("Two", event=2), None)
    assert len(x.requests) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"x-rate-limit-remaining": "1", "x-rate-limit-reset": "9999999999"},
        {"x-rate-limit-remaining": "0"},
        {"x-rate-limit-remaining": "0", "x-rate-limit-reset": "soon"},
        {},
    ],
)
def test_x_is_asked_on_where_no_window_is_used_up(
    x: Rig, headers: dict[str, str]
) -> None:
    x.script["/2/tweets"].append(Reply(201, {"data": {"id": "1"}}, headers))
    x.channel.send(a_post("One"), None)
    x.channel.send(a_post("Two", event=2), None)
    assert len(x.requests) == 2


@pytest.mark.parametrize(
    ("detail", "hint"),
    [
        ("Your account is suspended and is not permitted to", "developer console"),
        ("this account is temporarily locked", "unlock"),
        ("This request looks like it might be automated.", "post less"),
        (
            "not configured with the appropriate oauth1 app permissions",
            "Read and write",
        ),
        ("You are not permitted to perform this action.", "Read and write"),
        ("Something else.", "Something else"),
    ],
)
def test_x_says_403_of_many_things_and_we_say_what_to_do(
    x: Rig, detail: str, hint: str
) -> None:
    x.script["/2/tweets"].append(Reply(403, {"detail": detail, "status": 403}))
    with pytest.raises(ChannelRefused, match=hint):
        x.channel.send(a_post("One"), None)


def test_x_says_it_cannot_tell_where_there_is_more_than_it_reads(x: Rig) -> None:
    """P10: a post that is not among the newest 200 may still be on the account."""
    page = {"data": [{"id": "9", "text": "Other"}], "meta": {"next_token": "more"}}
    x.script["/2/users/7/tweets"].extend([Reply(200, page)] * 2)
    with pytest.raises(ChannelUnknown, match="newest 200"):
        x.channel.find(a_post("One"))


def test_what_was_made_long_before_a_post_ends_the_search(x: Rig) -> None:
    """The search ends at a post made over a day before, and no person needs to look."""
    old = {"id": "9", "text": "Other", "created_at": "2026-01-07T16:00:00.000Z"}
    page = {"data": [old], "meta": {"next_token": "more"}}
    x.script["/2/users/7/tweets"].append(Reply(200, page))
    assert x.channel.find(a_post("One")) is None


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, {"data": {"deleted": False}}),
        Reply(200, {"data": None}),
        Reply(403, {"detail": "not yours"}),
    ],
)
def test_x_that_does_not_delete_does_not_pass_for_one_that_does(
    x: Rig, reply: Reply
) -> None:
    sent = x.channel.send(a_post("One"), None)
    x.script[f"/2/tweets/{sent.id}"].append(reply)
    with pytest.raises(ChannelRefused):
        x.channel.remove(sent)


def test_x_has_no_post_any_more_that_it_does_not_find(x: Rig) -> None:
    x.script["/2/tweets/1"].append(Reply(404, {"detail": "Could not find"}))
    x.channel.remove(Receipt("1"))
    assert (x.requests[-1].method, x.requests[-1].path) == ("DELETE", "/2/tweets/1")


def test_x_says_of_a_duplicate_that_it_may_be_ours(x: Rig) -> None:
    detail = "You are not allowed to create a Tweet with duplicate content."
    x.script["/2/tweets"].append(Reply(403, {"detail": detail, "status": 403}))
    with pytest.raises(ChannelUnknown):
        x.channel.send(a_post("One"), None)


def test_x_posts_carry_no_link_unless_it_is_asked_for(x: Rig) -> None:
    outlet = x.channel.outlet()
    assert outlet.links is Links.NEVER
    assert (outlet.limit, outlet.counting) == (280, Counting.WEIGHTED)
    # Alternative texts are written to fit this limit; they are not cut off at it.
    assert outlet.alt_limit == 1000


def test_x_says_no_picture_that_cannot_be_heard(x: Rig) -> None:
    x.script["/2/media/metadata"].append(Reply(400, {"detail": "no"}))
    x.channel.send(a_post("One"), PNG)
    assert x.visible_posts() == [VisiblePost("One", None, None, None)]


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
