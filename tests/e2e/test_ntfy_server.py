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
from bot.config.loading import read
from bot.editorial.deciding import EDITORS
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post
from bot.model.draft import Picture
from tests.servers.local import LocalServer, Reply, Request
from tests.servers.ntfy import TOPIC, Ntfy

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = pytest.mark.servers

AT = datetime(2022, 1, 4, 12, 30, tzinfo=UTC)
LETTER = (
    "Review: Suspected, Kazakhstan 🇰🇿 · الإنترنت (KZ-2022-0104.{})\n\n"
    "A draft waits for a decision: a drop to <55% & «falling»."
    "\n\nTO DECIDE\n\noutagewire drafts show KZ-2022-0104.{}"
)


def png() -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (64, 30), "white").save(out, "PNG")
    return out.getvalue()


def a_letter(event: int, text: str = LETTER) -> Post:
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


def a_channel(server: Ntfy, token: str = "", **changes: Any) -> NtfyChannel:
    fields = {
        "base_url": server.base_url,
        "topic": TOPIC,
        "token": SecretStr(token or server.token),
        "timeout": timedelta(seconds=5),
    }
    config = NtfyConfig.model_validate(fields | changes)
    return NtfyChannel("editors", config, StillClock(AT))


def polled(server: Ntfy) -> list[dict[str, Any]]:
    """Return the messages that the server sends to a subscriber, oldest first."""
    answer = httpx.get(
        f"{server.base_url}/{TOPIC}/json?poll=1&since=all",
        headers={"Authorization": f"Bearer {server.token}"},
    )
    lines = answer.raise_for_status().content.split(b"\n")
    return [json.loads(line) for line in lines if line]


def arrived(server: Ntfy, event: int) -> list[dict[str, Any]]:
    return [
        message
        for message in polled(server)
        if f"0104.{event})" in message.get("title", "")
    ]


def test_a_draft_to_review_arrives_with_its_chart(ntfy: Ntfy) -> None:
    letter = a_letter(1)
    channel = a_channel(ntfy, priority=4, tags=["newspaper", "kz"])
    receipt = channel.send(letter, png())
    (message,) = arrived(ntfy, 1)
    title, _, body = letter.text.partition("\n")
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
    reader = {"Authorization": f"Bearer {ntfy.token}"}
    file = httpx.get(message["attachment"]["url"], headers=reader).raise_for_status()
    assert file.content == png()
    assert channel.find(letter) == receipt


def test_a_letter_without_a_chart_is_the_same_words(ntfy: Ntfy) -> None:
    letter = a_letter(2)
    receipt = a_channel(ntfy).send(letter, None)
    (message,) = arrived(ntfy, 2)
    assert message["message"] == letter.text.partition("\n")[2].strip()
    assert "attachment" not in message
    assert a_channel(ntfy).find(letter) == receipt
    assert a_channel(ntfy).find(a_letter(99)) is None


def test_one_line_alone_is_the_message(ntfy: Ntfy) -> None:
    letter = a_letter(3, "Nothing could be published since 12:30 UTC ({} {})")
    receipt = a_channel(ntfy).send(letter, png())
    (message,) = [message for message in polled(ntfy) if message["id"] == receipt.id]
    assert message["message"] == letter.text
    assert "title" not in message
    assert a_channel(ntfy).find(letter) == receipt


@pytest.mark.parametrize(
    ("event", "filler", "picture"), [(4, "ش", None), (5, "x", png()), (6, "🇰🇿", None)]
)
def test_a_long_letter_stays_a_message_and_names_its_draft(
    ntfy: Ntfy, event: int, filler: str, picture: bytes | None
) -> None:
    """The server would turn a message of more than 4,096 bytes into a file."""
    paragraphs = "\n\n".join(f"{number}: {filler * 300}" for number in range(40))
    letter = a_letter(event, f"{LETTER}\n\n{paragraphs}")
    receipt = a_channel(ntfy).send(letter, picture)
    (message,) = arrived(ntfy, event)
    assert message["message"].startswith("A draft waits for a decision")
    assert message["message"].endswith(f"{filler}\n\n…")
    assert 1500 < len(message["message"].encode()) <= 4096
    assert ("attachment" in message) == (picture is not None)
    assert a_channel(ntfy).find(letter) == receipt


def test_a_server_that_takes_no_files_gets_the_words(ntfy_without_files: Ntfy) -> None:
    letter = a_letter(7)
    receipt = a_channel(ntfy_without_files).send(letter, png())
    (message,) = polled(ntfy_without_files)
    assert (message["id"], message["title"]) == (
        receipt.id,
        letter.text.partition("\n")[0],
    )
    assert "attachment" not in message


@pytest.fixture
def losing(ntfy: Ntfy) -> Iterator[LocalServer]:
    """A proxy in front of ntfy that drops the answer to every letter."""

    def pass_on(request: Request) -> Reply:
        hop = {"host", "connection", "content-length"}
        answer = httpx.request(
            request.method,
            f"{ntfy.base_url}{request.path}?{request.raw_query}",
            content=request.body,
            headers={k: v for k, v in request.headers.items() if k not in hop},
        )
        lost = request.method == "POST"
        return Reply(answer.status_code, answer.content, comes=0.0 if lost else None)

    between = LocalServer(pass_on)
    yield between
    between.stop()


@pytest.mark.parametrize("picture", [None, png()])
def test_a_letter_is_found_after_its_answer_was_lost(
    ntfy: Ntfy, losing: LocalServer, picture: bytes | None
) -> None:
    event = 8 if picture is None else 9
    channel, letter = a_channel(ntfy, base_url=losing.base_url), a_letter(event)
    with pytest.raises(ChannelUnknown):
        channel.send(letter, picture)
    receipt = channel.find(letter)
    assert receipt is not None
    assert [receipt.id] == [message["id"] for message in arrived(ntfy, event)]


def test_nobody_is_heard_without_a_token(ntfy: Ntfy) -> None:
    before = polled(ntfy)
    with pytest.raises(ChannelRefused, match="401") as caught:
        a_channel(ntfy, "tk_strangetokenstrangetokenstrang").send(a_letter(10), None)
    assert "strangetoken" not in str(caught.value)
    with pytest.raises(ChannelRefused, match="403"):
        a_channel(ntfy, topic="elsewhere").send(a_letter(10), png())
    assert polled(ntfy) == before


def test_who_may_only_write_leaves_the_question_to_a_person(ntfy: Ntfy) -> None:
    channel = a_channel(ntfy, ntfy.writer)
    channel.send(a_letter(11), None)
    with pytest.raises(ChannelUnknown, match=r"403.*read"):
        channel.find(a_letter(11))


def test_what_was_shown_cannot_be_taken_back(ntfy: Ntfy) -> None:
    channel = a_channel(ntfy)
    receipt = channel.send(a_letter(12), None)
    with pytest.raises(ChannelRefused):
        channel.remove(receipt)
    assert len(arrived(ntfy, 12)) == 1


def test_a_server_that_is_away_was_never_reached(ntfy: Ntfy) -> None:
    with pytest.raises(ChannelUnavailable):
        a_channel(ntfy, base_url="http://127.0.0.1:9").send(a_letter(13), None)


def test_the_configured_editors_are_told(
    ntfy: Ntfy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A channel made from a configuration sends a notification to the server."""
    monkeypatch.setenv("NTFY_TOKEN", ntfy.token)
    section = {"kind": "ntfy", "base_url": ntfy.base_url, "topic": TOPIC}
    sections = {"editors": {**section, "token": "env:NTFY_TOKEN"}}
    made = channels(read(sections, "c"), StillClock(AT))
    assert set(made) == {"wire", EDITORS}
    receipt = made[EDITORS].send(replace(a_letter(14), channel=EDITORS), png())
    assert [message["id"] for message in arrived(ntfy, 14)] == [receipt.id]
