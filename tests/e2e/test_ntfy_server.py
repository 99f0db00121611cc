"""The ntfy channel on a real server, whose messages and files are read back."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import httpx
import PIL.Image
import pytest
from pydantic import SecretStr

from bot.bootstrap import channels
from bot.channels.ntfy import NtfyChannel, NtfyConfig
from bot.clock import StillClock
from bot.config.loading import check_values
from bot.editorial.deciding import EDITORS
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post
from bot.model.draft import Picture
from tests.servers.local import LocalServer, ReceivedRequest, Reply
from tests.servers.ntfy import TOPIC, Ntfy

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = pytest.mark.servers

AT = datetime(2022, 1, 4, 12, 30, tzinfo=UTC)
TEXT = (
    "Review: Suspected, Kazakhstan 🇰🇿 · الإنترنت (KZ-2022-0104.{})\n\n"
    "A draft waits for a decision: a drop to <55% & «falling»."
    "\n\nTO DECIDE\n\noutagewire drafts show KZ-2022-0104.{}"
)


def png() -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (64, 30), "white").save(out, "PNG")
    return out.getvalue()


def make_post(event: int, text: str = TEXT) -> Post:
    digest = sha256(png()).hexdigest()
    picture = Picture("chart.png", "image/png", 64, 30, digest, "Line chart")
    return Post(
        key=f"KZ-2022-0104.{event}/editors",
        incident="KZ-2022-0104",
        event=f"KZ-2022-0104.{event}",
        channel="editors",
        lang="en",
        at=AT,
        made_at=AT,
        text=text.format(event, event),
        length=len(text),
        picture=picture,
        reply_to=None,
    )


def make_channel(server: Ntfy, token: str = "", **changes: Any) -> NtfyChannel:
    fields = {
        "base_url": server.base_url,
        "topic": TOPIC,
        "token": SecretStr(token or server.token),
        "timeout": timedelta(seconds=5),
    }
    config = NtfyConfig.model_validate(fields | changes)
    return NtfyChannel("editors", config, StillClock(AT))


def published_messages(server: Ntfy) -> list[dict[str, Any]]:
    """Return the messages that the server sends to a subscriber, oldest first."""
    answer = httpx.get(
        f"{server.base_url}/{TOPIC}/json?poll=1&since=all",
        headers={"Authorization": f"Bearer {server.token}"},
    )
    lines = answer.raise_for_status().content.split(b"\n")
    return [json.loads(line) for line in lines if line]


def messages_of_event(server: Ntfy, event: int) -> list[dict[str, Any]]:
    return [
        message
        for message in published_messages(server)
        if f"0104.{event})" in message.get("title", "")
    ]


def test_draft_to_review_arrives_with_its_chart(ntfy: Ntfy) -> None:
    post = make_post(1)
    channel = make_channel(ntfy, priority=4, tags=["newspaper", "kz"])
    receipt = channel.send(post, png())
    (message,) = messages_of_event(ntfy, 1)
    title, _, body = post.text.partition("\n")
    assert (message["id"], message["title"], message["message"]) == (
        receipt.id,
        title,
        body.strip(),
    )
    assert (message["priority"], message["tags"]) == (4, ["newspaper", "kz"])
    assert (message["attachment"]["name"], message["attachment"]["type"]) == (
        "chart.png",
        "image/png",
    )
    headers = {"Authorization": f"Bearer {ntfy.token}"}
    file = httpx.get(message["attachment"]["url"], headers=headers).raise_for_status()
    assert file.content == png()
    assert channel.find(post) == receipt


def test_message_without_a_chart_has_the_same_text(ntfy: Ntfy) -> None:
    post = make_post(2)
    receipt = make_channel(ntfy).send(post, None)
    (message,) = messages_of_event(ntfy, 2)
    assert message["message"] == post.text.partition("\n")[2].strip()
    assert "attachment" not in message
    assert make_channel(ntfy).find(post) == receipt
    assert make_channel(ntfy).find(make_post(99)) is None


def test_single_line_is_the_message_without_a_title(ntfy: Ntfy) -> None:
    post = make_post(3, "Nothing could be published since 12:30 UTC ({} {})")
    receipt = make_channel(ntfy).send(post, png())
    (message,) = [
        message for message in published_messages(ntfy) if message["id"] == receipt.id
    ]
    assert message["message"] == post.text
    assert "title" not in message
    assert make_channel(ntfy).find(post) == receipt


@pytest.mark.parametrize(
    ("event", "filler", "picture"), [(4, "ش", None), (5, "x", png()), (6, "🇰🇿", None)]
)
def test_long_text_stays_a_message_and_names_its_draft(
    ntfy: Ntfy, event: int, filler: str, picture: bytes | None
) -> None:
    """The server would turn a message of more than 4,096 bytes into a file."""
    paragraphs = "\n\n".join(f"{number}: {filler * 300}" for number in range(40))
    post = make_post(event, f"{TEXT}\n\n{paragraphs}")
    receipt = make_channel(ntfy).send(post, picture)
    (message,) = messages_of_event(ntfy, event)
    assert message["message"].startswith("A draft waits for a decision")
    assert message["message"].endswith(f"{filler}\n\n…")
    assert 1500 < len(message["message"].encode()) <= 4096
    assert ("attachment" in message) == (picture is not None)
    assert make_channel(ntfy).find(post) == receipt


def test_server_without_attachments_gets_the_text(ntfy_without_files: Ntfy) -> None:
    post = make_post(7)
    receipt = make_channel(ntfy_without_files).send(post, png())
    (message,) = published_messages(ntfy_without_files)
    assert (message["id"], message["title"]) == (
        receipt.id,
        post.text.partition("\n")[0],
    )
    assert "attachment" not in message


@pytest.fixture
def losing_proxy(ntfy: Ntfy) -> Iterator[LocalServer]:
    """A proxy in front of ntfy that drops the answer to every message."""

    def pass_on(request: ReceivedRequest) -> Reply:
        skipped_headers = {"host", "connection", "content-length"}
        answer = httpx.request(
            request.method,
            f"{ntfy.base_url}{request.path}?{request.raw_query}",
            content=request.body,
            headers={
                k: v for k, v in request.headers.items() if k not in skipped_headers
            },
        )
        is_lost = request.method == "POST"
        return Reply(
            answer.status_code, answer.content, sent_share=0.0 if is_lost else None
        )

    proxy = LocalServer(pass_on)
    yield proxy
    proxy.stop()


@pytest.mark.parametrize("picture", [None, png()])
def test_message_is_found_after_its_answer_was_lost(
    ntfy: Ntfy, losing_proxy: LocalServer, picture: bytes | None
) -> None:
    event = 8 if picture is None else 9
    channel, post = make_channel(ntfy, base_url=losing_proxy.base_url), make_post(event)
    with pytest.raises(ChannelUnknown):
        channel.send(post, picture)
    receipt = channel.find(post)
    assert receipt is not None
    assert [receipt.id] == [message["id"] for message in messages_of_event(ntfy, event)]


def test_invalid_token_or_topic_is_refused(ntfy: Ntfy) -> None:
    before = published_messages(ntfy)
    with pytest.raises(ChannelRefused, match="401") as caught:
        make_channel(ntfy, "tk_strangetokenstrangetokenstrang").send(
            make_post(10), None
        )
    assert "strangetoken" not in str(caught.value)
    with pytest.raises(ChannelRefused, match="403"):
        make_channel(ntfy, topic="elsewhere").send(make_post(10), png())
    assert published_messages(ntfy) == before


def test_write_only_token_leaves_the_delivery_unknown(ntfy: Ntfy) -> None:
    channel = make_channel(ntfy, ntfy.write_only_token)
    channel.send(make_post(11), None)
    with pytest.raises(ChannelUnknown, match=r"403.*read"):
        channel.find(make_post(11))


def test_sent_message_cannot_be_removed(ntfy: Ntfy) -> None:
    channel = make_channel(ntfy)
    receipt = channel.send(make_post(12), None)
    with pytest.raises(ChannelRefused):
        channel.remove(receipt)
    assert len(messages_of_event(ntfy, 12)) == 1


def test_unreachable_server_counts_as_unavailable(ntfy: Ntfy) -> None:
    with pytest.raises(ChannelUnavailable):
        make_channel(ntfy, base_url="http://127.0.0.1:9").send(make_post(13), None)


def test_configured_editors_get_a_notification(
    ntfy: Ntfy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A channel made from a configuration sends a notification to the server."""
    monkeypatch.setenv("NTFY_TOKEN", ntfy.token)
    section = {"kind": "ntfy", "base_url": ntfy.base_url, "topic": TOPIC}
    sections = {"editors": {**section, "token": "env:NTFY_TOKEN"}}
    made_channels = channels(check_values(sections, "c"), StillClock(AT))
    assert set(made_channels) == {"wire", EDITORS}
    receipt = made_channels[EDITORS].send(
        replace(make_post(14), channel=EDITORS), png()
    )
    assert [message["id"] for message in messages_of_event(ntfy, 14)] == [receipt.id]
