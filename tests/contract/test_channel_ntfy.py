"""What only the ntfy channel does: title and message, shortening, reading back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.channels.ntfy import NtfyChannel, NtfyConfig, shorten_message
from bot.channels.registry import CHANNELS
from bot.errors import ChannelUnavailable, ChannelUnknown
from tests.contract.rigs.ntfy import ntfy_rig
from tests.contract.rigs.rig import PNG, Rig, VisiblePost, make_post
from tests.servers.local import Reply

TOPIC = {"base_url": "https://ntfy.example", "topic": "desk"}


@pytest.fixture
def ntfy(tmp_path: Path) -> Iterator[Rig]:
    yield from ntfy_rig(tmp_path)


def test_ntfy_sends_only_internal_messages() -> None:
    assert CHANNELS["ntfy"].internal
    assert not CHANNELS["ntfy"].public


def test_headers_carry_any_script_on_one_line(ntfy: Rig) -> None:
    ntfy.channel.send(make_post("تأیید شد ⚠️\r\nX-Evil: yes\n\nthird"), PNG)
    (request,) = ntfy.requests
    assert "x-evil" not in request.headers
    assert request.headers["priority"] == "3"
    assert request.headers["content-type"] == "image/png"
    assert "tags" not in request.headers
    assert request.headers["title"].isascii()
    assert ntfy.visible_posts() == [
        VisiblePost("تأیید شد ⚠️\nX-Evil: yes\n\nthird", None, PNG, None)
    ]


def test_no_token_is_sent_to_an_open_topic(ntfy: Rig) -> None:
    assert isinstance(ntfy.config, NtfyConfig)
    config = ntfy.config.model_copy(update={"token": None})
    ntfy.script["/desk"].append(Reply(200, {"id": "1"}))
    NtfyChannel("one", config, ntfy.clock).send(make_post("One"), None)
    assert "authorization" not in ntfy.requests[0].headers


@pytest.mark.parametrize(
    "reply",
    [
        Reply(413, b"<html>too large</html>"),
        Reply(413, {"code": 41301}),
        Reply(400, {"code": 40014}),
        Reply(429, {"code": 42905}),
    ],
)
def test_text_is_sent_alone_if_the_file_is_refused(ntfy: Rig, reply: Reply) -> None:
    ntfy.script["/desk"].append(reply)
    ntfy.channel.send(make_post("One\nTwo"), PNG)
    assert ntfy.visible_posts() == [VisiblePost("One\nTwo", None, None, None)]


def test_other_errors_do_not_drop_the_file(ntfy: Rig) -> None:
    ntfy.script["/desk"].append(Reply(429, {"code": 42901}))
    with pytest.raises(ChannelUnavailable):
        ntfy.channel.send(make_post("One"), PNG)
    ntfy.script["/desk"].append(Reply(500, {"code": 50001}))
    with pytest.raises(ChannelUnknown):
        ntfy.channel.send(make_post("One"), PNG)
    assert not ntfy.visible_posts()


def test_message_is_found_despite_other_events_and_separators(ntfy: Rig) -> None:
    text = "Title\nfirst\u2028second\x85third"
    sent = ntfy.channel.send(make_post(text), None)
    stream = b'{"id":"o","event":"open"}\n{"id":"1","event":"message","title":"Title",'
    stream += '"message":"first\u2028second\x85third"}\n'.encode()
    ntfy.script["/desk/json"].append(Reply(200, stream))
    receipt = ntfy.channel.find(make_post(text))
    assert receipt is not None
    assert (receipt.id, sent.id) == ("1", "id1")


def test_newest_message_with_the_same_text_is_found(ntfy: Rig) -> None:
    ntfy.channel.send(make_post("One\nTwo"), None)
    second = ntfy.channel.send(make_post("One\nTwo"), None)
    assert ntfy.channel.find(make_post("One\nTwo")) == second
    assert ntfy.channel.find(make_post("One\nThree")) is None
    assert ntfy.channel.find(make_post("Two")) is None


@pytest.mark.parametrize("line", [b"[]", b"5", b'{"id":"1"}', b'{"event":"message"}'])
def test_invalid_notification_line_makes_the_search_fail(
    ntfy: Rig, line: bytes
) -> None:
    ntfy.script["/desk/json"].append(Reply(200, line))
    with pytest.raises(ChannelUnavailable, match="not a notification"):
        ntfy.channel.find(make_post("One"))


PARAGRAPHS = st.lists(
    st.text("aش🇰🇿\n ", max_size=1500).map(str.strip), max_size=12
).map("\n\n".join)


@given(PARAGRAPHS)
def test_shortened_message_fits_and_is_a_prefix_of_the_text(text: str) -> None:
    short = shorten_message(text)
    assert len(short.encode()) <= 4096
    if len(text.encode()) <= 4096:
        assert short == text
    else:
        assert short.endswith("…")
        assert text.startswith(short.removesuffix("…"))


@given(st.integers(min_value=2, max_value=400))
def test_shortened_message_has_whole_paragraphs_only(size: int) -> None:
    text = "\n\n".join("x" * size for _ in range(5000 // size + 1))
    assert {*shorten_message(text).split("\n\n")} == {"x" * size, "…"}


@pytest.mark.parametrize(
    "invalid",
    [
        {"base_url": "http://ntfy.example"},
        {"base_url": "https://ntfy.example/sub"},
        {"topic": "a/b"},
        {"topic": ""},
        {"topic": "x" * 65},
        {"priority": 0},
        {"priority": 6},
        {"tags": ["a,b"]},
    ],
)
def test_invalid_configuration_is_refused(invalid: dict[str, object]) -> None:
    NtfyConfig.model_validate(TOPIC)
    with pytest.raises(ValidationError):
        NtfyConfig.model_validate(TOPIC | invalid)
