"""What only the x channel does: rate limits, duplicates, links, deletion."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.channels.shared.read_back import normalized_text_without_links
from bot.channels.x import XChannel, XConfig
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Receipt
from bot.model.draft import Counting, LinkPolicy
from tests.contract.rigs.rig import AT, PNG, Rig, VisiblePost, make_post
from tests.contract.rigs.x import X_KEYS, x_rig
from tests.servers.local import Reply


@pytest.fixture
def x(tmp_path: Path) -> Iterator[Rig]:
    yield from x_rig(tmp_path)


@pytest.fixture(autouse=True)
def secret_in_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OW_TEST", "a-key")


def test_unknown_host_counts_as_unavailable(x: Rig) -> None:
    config = x.config.model_copy(update={"api_base": "http://nowhere.invalid"})
    assert isinstance(config, XConfig)
    with pytest.raises(ChannelUnavailable):
        XChannel("one", config, x.clock).send(make_post("One"), None)


@pytest.mark.parametrize(
    ("reset", "retry_after"),
    [
        (AT.timestamp() + 300, timedelta(minutes=5)),
        (AT.timestamp() - 300, timedelta(0)),
        (AT.timestamp() + 10**8, timedelta(days=1)),
        (None, None),
    ],
)
def test_rate_limit_reset_becomes_the_retry_delay(
    x: Rig, reset: float | None, retry_after: timedelta | None
) -> None:
    headers = {} if reset is None else {"x-rate-limit-reset": str(int(reset))}
    x.script["/2/tweets"].append(Reply(429, {"detail": "Too Many"}, headers))
    with pytest.raises(ChannelUnavailable) as caught:
        x.channel.send(make_post("One"), None)
    assert caught.value.retry_after == retry_after


@pytest.mark.parametrize(
    "window", ["x-rate-limit", "x-user-limit-24hour", "x-app-limit-24hour"]
)
def test_no_request_is_sent_while_a_rate_limit_is_used_up(x: Rig, window: str) -> None:
    """X has limits per quarter of an hour, per user and day, and per app and day."""
    reset = str(int(AT.timestamp()) + 300)
    headers = {f"{window}-remaining": "0", f"{window}-reset": reset}
    answer = Reply(201, {"data": {"id": "1"}}, headers)
    x.script["/2/tweets"].append(answer)
    x.channel.send(make_post("One"), None)
    for _ in range(2):
        with pytest.raises(
            ChannelUnavailable, match="POST /2/tweets is used up"
        ) as caught:
            x.channel.send(make_post("Two", event=2), None)
        assert caught.value.retry_after == timedelta(minutes=5, seconds=1)
    assert len(x.requests) == 1
    x.clock.time = AT + timedelta(minutes=5, seconds=1)
    x.channel.send(make_post("Two", event=2), None)
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
def test_requests_continue_while_no_rate_limit_is_used_up(
    x: Rig, headers: dict[str, str]
) -> None:
    x.script["/2/tweets"].append(Reply(201, {"data": {"id": "1"}}, headers))
    x.channel.send(make_post("One"), None)
    x.channel.send(make_post("Two", event=2), None)
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
def test_refusal_gives_advice_for_each_kind_of_403(
    x: Rig, detail: str, hint: str
) -> None:
    x.script["/2/tweets"].append(Reply(403, {"detail": detail, "status": 403}))
    with pytest.raises(ChannelRefused, match=hint):
        x.channel.send(make_post("One"), None)


def test_search_is_inconclusive_if_there_are_more_posts(x: Rig) -> None:
    """P10: a post that is not among the newest 200 may still be on the account."""
    page = {"data": [{"id": "9", "text": "Other"}], "meta": {"next_token": "more"}}
    x.script["/2/users/7/tweets"].extend([Reply(200, page)] * 2)
    with pytest.raises(ChannelUnknown, match="newest 200"):
        x.channel.find(make_post("One"))


def test_search_ends_at_a_much_older_post(x: Rig) -> None:
    """The search ends at a post that is over a day older than the wanted post.

    The channel then knows that the wanted post is missing, and no person has to look.
    """
    old = {"id": "9", "text": "Other", "created_at": "2026-01-07T16:00:00.000Z"}
    page = {"data": [old], "meta": {"next_token": "more"}}
    x.script["/2/users/7/tweets"].append(Reply(200, page))
    assert x.channel.find(make_post("One")) is None


@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, {"data": {"deleted": False}}),
        Reply(200, {"data": None}),
        Reply(403, {"detail": "not yours"}),
    ],
)
def test_failed_deletion_is_an_error(x: Rig, reply: Reply) -> None:
    sent = x.channel.send(make_post("One"), None)
    x.script[f"/2/tweets/{sent.id}"].append(reply)
    with pytest.raises(ChannelRefused):
        x.channel.remove(sent)


def test_post_that_x_does_not_find_counts_as_deleted(x: Rig) -> None:
    x.script["/2/tweets/1"].append(Reply(404, {"detail": "Could not find"}))
    x.channel.remove(Receipt("1"))
    assert (x.requests[-1].method, x.requests[-1].path) == ("DELETE", "/2/tweets/1")


def test_duplicate_leaves_the_delivery_unknown(x: Rig) -> None:
    detail = "You are not allowed to create a Tweet with duplicate content."
    x.script["/2/tweets"].append(Reply(403, {"detail": detail, "status": 403}))
    with pytest.raises(ChannelUnknown):
        x.channel.send(make_post("One"), None)


def test_posts_have_no_link_by_default(x: Rig) -> None:
    outlet = x.channel.outlet()
    assert outlet.links is LinkPolicy.NEVER
    assert (outlet.limit, outlet.counting) == (280, Counting.WEIGHTED)
    # Alternative texts are written to fit this limit, and are never cut off.
    assert outlet.alt_limit == 1000


def test_picture_is_left_out_if_its_alt_text_is_refused(x: Rig) -> None:
    x.script["/2/media/metadata"].append(Reply(400, {"detail": "no"}))
    x.channel.send(make_post("One"), PNG)
    assert x.visible_posts() == [VisiblePost("One", None, None, None)]


def test_api_base_must_be_x_or_this_machine() -> None:
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
def test_comparison_without_links_distinguishes_texts(text: str) -> None:
    assert normalized_text_without_links(
        f"{text} one"
    ) != normalized_text_without_links(f"{text} two")
