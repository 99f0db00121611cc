"""The matrix channel on Synapse, a real server, read back by a third-party client."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar

import httpx
import nio
import PIL.Image
import pytest
from nio.api import RelationshipType
from pydantic import SecretStr

from bot.channels.matrix import MARK_FIELD, MatrixChannel, MatrixConfig
from bot.clock import SystemClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post
from bot.model.draft import Picture
from tests.servers.local import LocalServer, ReceivedRequest, Reply
from tests.servers.synapse import Member, Synapse

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = pytest.mark.servers

T = TypeVar("T")
AT = datetime(2022, 1, 4, 12, 30, tzinfo=UTC)
FIRST = (
    "⚠️ Confirmed: mobile internet in #Kazakhstan 🇰🇿 drops to 55% of ordinary.\n\n"
    "12:30 UTC (18:30 Almaty). @room is called by nobody."
)
SECOND = "Update: الإنترنت في كازاخستان 5% <of> ordinary & falling · «Kcell», 11:05 UTC"
THIRD = "Update: Интернет 2% · https://example.org/KZ-2022-0104/?a=1&b=2 14:00 UTC"


def png(event: int) -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (40 + event, 30), "white").save(out, "PNG")
    return out.getvalue()


@dataclass
class MatrixReader:
    """A member of the room who only reads, with the third-party client matrix-nio."""

    base_url: str
    member: Member
    room: str

    def run_client(self, question: Callable[[nio.AsyncClient], Awaitable[T]]) -> T:
        async def call() -> T:
            client = nio.AsyncClient(self.base_url, self.member.user)
            client.access_token = self.member.token
            try:
                return await question(client)
            finally:
                await client.close()

        return asyncio.run(call())

    def timeline(self) -> list[nio.Event]:
        """Return the events in the room, oldest first."""

        async def read_page(client: nio.AsyncClient) -> list[nio.Event]:
            answer = await client.room_messages(
                self.room, "", limit=500, direction=nio.MessageDirection.back
            )
            assert isinstance(answer, nio.RoomMessagesResponse), answer
            return answer.chunk[::-1]

        return self.run_client(read_page)

    def messages(self) -> list[nio.RoomMessage]:
        return [
            event for event in self.timeline() if isinstance(event, nio.RoomMessage)
        ]

    def file(self, address: str) -> bytes:
        download = self.run_client(lambda client: client.download(mxc=address))
        assert isinstance(download, nio.DownloadResponse), download
        assert isinstance(download.body, bytes)
        return download.body


@dataclass
class RoomWithReader:
    """A new room, the account `wire` that posts there, and a member who reads."""

    synapse: Synapse
    wire: Member
    reader: MatrixReader

    def channel(self, base_url: str = "", token: str = "") -> MatrixChannel:
        config = MatrixConfig(
            base_url=base_url or self.synapse.base_url,
            token=SecretStr(token or self.wire.token),
            room=self.reader.room,
            timeout=timedelta(seconds=10),
        )
        return MatrixChannel("room", config, SystemClock())


@pytest.fixture(scope="module")
def members(synapse: Synapse) -> tuple[Member, Member]:
    return synapse.register("wire"), synapse.register("reader")


@pytest.fixture
def room_with_reader(
    synapse: Synapse, members: tuple[Member, Member]
) -> RoomWithReader:
    wire, other_member = members
    reader = MatrixReader(synapse.base_url, other_member, synapse.room(wire, "Outages"))
    joined = reader.run_client(lambda client: client.join(reader.room))
    assert isinstance(joined, nio.JoinResponse), joined
    return RoomWithReader(synapse, wire, reader)


def make_post(text: str, event: int, **changes: Any) -> Post:
    alt = f"Line chart {event}: bgp falls from 100 percent · «الشبكة» 🇰🇿"
    digest = sha256(png(event)).hexdigest()
    post = Post(
        key=f"KZ-2022-0104.{event}/room",
        incident="KZ-2022-0104",
        event=f"KZ-2022-0104.{event}",
        channel="room",
        lang="en",
        at=AT + timedelta(hours=event),
        made_at=AT + timedelta(hours=event),
        text=text,
        length=len(text),
        picture=Picture(f"c{event}.png", "image/png", 40 + event, 30, digest, alt),
        reply_to=None,
        token=sha256(f"KZ-2022-0104.{event}/room".encode()).hexdigest(),
        frozen=True,
    )
    return replace(post, **changes)


def test_thread_is_read_back_as_it_was_sent(room_with_reader: RoomWithReader) -> None:
    channel = room_with_reader.channel()
    receipt = channel.send(make_post(FIRST, 1), png(1))
    second = channel.send(
        make_post(SECOND, 2, reply_to=receipt.id, root=receipt.id), png(2)
    )
    third = make_post(THIRD, 3, reply_to=second.id, root=receipt.id, picture=None)
    third_receipt = channel.send(third, None)
    words_1, chart_1, words_2, chart_2, words_3 = room_with_reader.reader.messages()
    for words, text in ((words_1, FIRST), (words_2, SECOND), (words_3, THIRD)):
        assert isinstance(words, nio.RoomMessageText)
        assert (words.body, words.sender) == (text, room_with_reader.wire.user)
        assert words.source["content"]["m.mentions"] == {}
    for chart, event in ((chart_1, 1), (chart_2, 2)):
        assert isinstance(chart, nio.RoomMessageImage)
        assert chart.body == make_post("", event).picture.alt  # type: ignore[union-attr] # it has a picture
        content = chart.source["content"]
        assert content["filename"] == f"c{event}.png"
        info = {"w": 40 + event, "h": 30, "size": len(png(event))}
        assert content["info"] == {**info, "mimetype": "image/png"}
        assert room_with_reader.reader.file(chart.url) == png(event)
    assert receipt.id == f"{words_1.event_id} {chart_1.event_id}"
    assert second.id == f"{words_2.event_id} {chart_2.event_id}"
    assert third_receipt.id == words_3.event_id


def relation(event: nio.RoomMessage) -> Any:
    return event.source["content"].get("m.relates_to")


def test_updates_are_in_the_thread_of_the_first_post(
    room_with_reader: RoomWithReader,
) -> None:
    channel = room_with_reader.channel()
    receipt = channel.send(make_post(FIRST, 1), png(1))
    second_receipt = channel.send(
        make_post(SECOND, 2, reply_to=receipt.id, root=receipt.id), png(2)
    )
    channel.send(make_post(THIRD, 3, reply_to=second_receipt.id, root=receipt.id), None)
    first, chart_1, second, chart_2, third = room_with_reader.reader.messages()
    thread = {
        "rel_type": "m.thread",
        "event_id": first.event_id,
        "is_falling_back": True,
    }
    assert relation(first) is None
    assert relation(chart_1) == {"m.in_reply_to": {"event_id": first.event_id}}
    for event, before in ((second, first), (chart_2, second), (third, second)):
        answered = {"m.in_reply_to": {"event_id": before.event_id}}
        assert relation(event) == thread | answered

    async def threads(client: nio.AsyncClient) -> list[str]:
        root, rel = first.event_id, RelationshipType.thread
        relations = client.room_get_event_relations(
            room_with_reader.reader.room, root, rel
        )
        return [event.event_id async for event in relations]

    in_thread = {second.event_id, chart_2.event_id, third.event_id}
    assert set(room_with_reader.reader.run_client(threads)) == in_thread


def test_transaction_id_depends_on_the_post_only(
    room_with_reader: RoomWithReader,
) -> None:
    earlier, other = make_post(FIRST, 1), make_post(FIRST, 2)
    assert (
        room_with_reader.channel().token(earlier)
        == earlier.token
        == room_with_reader.channel().token(earlier)
    )
    assert room_with_reader.channel().token(other) == other.token != earlier.token


def test_repeated_post_is_the_same_event(room_with_reader: RoomWithReader) -> None:
    receipts = {
        room_with_reader.channel().send(make_post(FIRST, 1), png(1)).id
        for _ in range(3)
    }
    assert len(receipts) == 1
    assert len(room_with_reader.reader.messages()) == 2


def test_sent_posts_are_found_and_no_others(room_with_reader: RoomWithReader) -> None:
    channel = room_with_reader.channel()
    receipt = channel.send(make_post(FIRST, 1), png(1))
    second = make_post(SECOND, 2, reply_to=receipt.id)
    second_receipt = channel.send(second, png(2))
    for event in range(10, 115):
        channel.send(make_post(f"{event}", event, picture=None), None)
    assert room_with_reader.channel().find(make_post(FIRST, 1)) == receipt
    assert room_with_reader.channel().find(second) == second_receipt
    assert room_with_reader.channel().find(make_post(SECOND, 3)) is None
    assert (
        room_with_reader.channel().find(make_post(SECOND, 3, reply_to=receipt.id))
        is None
    )


def test_message_of_another_sender_with_our_mark_is_ignored(
    room_with_reader: RoomWithReader,
) -> None:
    content = {"msgtype": "m.text", "body": FIRST}
    mark = {MARK_FIELD: {"key": make_post(FIRST, 1).key, "part": "words"}}
    answer = room_with_reader.reader.run_client(
        lambda client: client.room_send(
            room_with_reader.reader.room, "m.room.message", content | mark
        )
    )
    assert isinstance(answer, nio.RoomSendResponse), answer
    assert room_with_reader.channel().find(make_post(FIRST, 1)) is None


def test_edit_replaces_the_text(room_with_reader: RoomWithReader) -> None:
    channel = room_with_reader.channel()
    receipt = channel.send(make_post(FIRST, 1), png(1))
    edit_post = make_post("Retracted: it was a map of addresses.", 2, amends=receipt.id)
    assert channel.find(edit_post) is None
    assert {channel.send(edit_post, None).id for _ in range(2)} == {receipt.id}
    assert channel.find(edit_post) == receipt
    text_event, chart, edit = room_with_reader.reader.messages()
    assert relation(edit) == {"rel_type": "m.replace", "event_id": text_event.event_id}
    assert edit.source["content"]["m.new_content"]["body"] == edit_post.text
    # The server returns the edit together with the original message.
    assert text_event.source["unsigned"]["m.relations"]["m.replace"]["event_id"] == (
        edit.event_id
    )
    assert isinstance(chart, nio.RoomMessageImage)
    assert channel.find(make_post(FIRST, 1)) == receipt


def test_removed_post_is_gone_with_its_picture(
    room_with_reader: RoomWithReader,
) -> None:
    channel = room_with_reader.channel()
    test_receipt = channel.send(make_post("A test", 1, private=True), png(1))
    channel.remove(test_receipt)
    channel.remove(test_receipt)
    assert not room_with_reader.reader.messages()
    redacted = [
        e
        for e in room_with_reader.reader.timeline()
        if isinstance(e, nio.RedactedEvent)
    ]
    assert {event.event_id for event in redacted} == set(test_receipt.id.split())
    channel.remove(
        replace(test_receipt, id="$neverSaidNeverSaidNeverSaidNeverSaidNeverSai")
    )
    edit_post = make_post("Retracted", 2, amends=test_receipt.id)
    with pytest.raises(ChannelRefused, match="was deleted"):
        channel.send(edit_post, None)


@pytest.mark.parametrize("missing", ["redacted", "unknown"])
def test_reply_to_a_missing_post_is_sent_without_a_parent(
    room_with_reader: RoomWithReader, missing: str
) -> None:
    channel = room_with_reader.channel()
    removed = channel.send(make_post(FIRST, 1), png(1))
    channel.remove(removed)
    unknown = "$neverSaidNeverSaidNeverSaidNeverSaidNeverSai"
    parent = removed.id if missing == "redacted" else unknown
    post = make_post(SECOND, 2, reply_to=parent, root=parent)
    two = channel.send(post, png(2))
    words, chart = room_with_reader.reader.messages()
    assert relation(words) is None
    assert relation(chart) == {"m.in_reply_to": {"event_id": words.event_id}}
    assert channel.find(post) == two


@dataclass
class DroppingProxy:
    """A proxy that drops the answers to some requests.

    Attributes:
        to: the base URL of the server.
        drops_answer_to: returns whether the answer to a request is dropped.
        arrives: whether a request whose answer is dropped still reaches the server.
    """

    to: str
    drops_answer_to: Callable[[ReceivedRequest], bool]
    arrives: bool = True

    def answer(self, request: ReceivedRequest) -> Reply:
        is_lost = self.drops_answer_to(request)
        if is_lost and not self.arrives:
            return Reply(sent_share=0.0)
        skipped_headers = {"host", "connection", "content-length"}
        query = f"?{request.raw_query}" if request.raw_query else ""
        answer = httpx.request(
            request.method,
            self.to + request.path + query,
            content=request.body,
            headers={
                k: v for k, v in request.headers.items() if k not in skipped_headers
            },
            timeout=30,
        )
        return Reply(
            answer.status_code, answer.content, sent_share=0.0 if is_lost else None
        )


@pytest.fixture
def dropping_proxy(synapse: Synapse) -> Iterator[tuple[LocalServer, DroppingProxy]]:
    proxy = DroppingProxy(synapse.base_url, lambda _: False)
    server = LocalServer(proxy.answer)
    yield server, proxy
    server.stop()


def _is_text(request: ReceivedRequest) -> bool:
    return "/send/" in request.path and not _is_chart(request)


def _is_chart(request: ReceivedRequest) -> bool:
    return request.path.endswith("-picture")


@pytest.mark.parametrize("part", [_is_text, _is_chart])
@pytest.mark.parametrize("arrives", [True, False])
def test_post_with_a_lost_answer_exists_once(
    room_with_reader: RoomWithReader,
    dropping_proxy: tuple[LocalServer, DroppingProxy],
    part: Callable[[ReceivedRequest], bool],
    arrives: bool,
) -> None:
    """P10: the post exists once, although the answer to one of its parts is lost.

    The part is the text or the chart; the server may or may not have received it.
    """
    server, proxy = dropping_proxy
    proxy.drops_answer_to, proxy.arrives = part, arrives
    channel, post = room_with_reader.channel(server.base_url), make_post(FIRST, 1)
    with pytest.raises(ChannelUnknown):
        channel.send(post, png(1))
    proxy.drops_answer_to = lambda _: False
    restarted = (
        room_with_reader.channel()
    )  # a new channel remembers nothing, as after a restart
    receipt = restarted.find(post)
    if receipt is not None:
        receipt = restarted.complete(post, receipt)
    if part is _is_text and not arrives:
        assert receipt is None
        receipt = room_with_reader.channel().send(post, png(1))
    words, chart = room_with_reader.reader.messages()
    assert isinstance(chart, nio.RoomMessageImage)
    assert receipt is not None
    assert receipt.id == f"{words.event_id} {chart.event_id}"
    assert (
        receipt
        == room_with_reader.channel().find(post)
        == room_with_reader.channel().send(post, png(1))
    )
    assert len(room_with_reader.reader.messages()) == 2


def test_repeat_after_a_lost_answer_makes_one_event(
    room_with_reader: RoomWithReader, dropping_proxy: tuple[LocalServer, DroppingProxy]
) -> None:
    server, proxy = dropping_proxy
    proxy.drops_answer_to = _is_text
    channel, post = (
        room_with_reader.channel(server.base_url),
        make_post(FIRST, 1, picture=None),
    )
    for _ in range(3):
        with pytest.raises(ChannelUnknown):
            channel.send(post, None)
    (words,) = room_with_reader.reader.messages()
    assert room_with_reader.channel().send(post, None).id == words.event_id
    assert len(room_with_reader.reader.messages()) == 1


def test_link_of_the_receipt_leads_to_the_text(
    room_with_reader: RoomWithReader,
) -> None:
    receipt = room_with_reader.channel().send(make_post(FIRST, 1), png(1))
    (words, _) = room_with_reader.reader.messages()
    room = room_with_reader.reader.room
    assert receipt.url is not None
    assert receipt.url.startswith(f"https://matrix.to/#/{room}/{words.event_id}")


def test_invalid_token_is_refused_and_not_shown(
    room_with_reader: RoomWithReader,
) -> None:
    with pytest.raises(ChannelRefused, match=r"401; M_UNKNOWN_TOKEN.*log in") as caught:
        room_with_reader.channel(token="syt_strangetoken123").send(
            make_post(FIRST, 1), png(1)
        )
    assert "strangetoken123" not in str(caught.value)
    assert not room_with_reader.reader.messages()


def test_account_outside_the_room_is_refused(room_with_reader: RoomWithReader) -> None:
    outsider = room_with_reader.synapse.register(
        f"outsider{len(room_with_reader.reader.room)}"
    )
    with pytest.raises(ChannelRefused, match=r"403; M_FORBIDDEN.*join the room"):
        room_with_reader.channel(token=outsider.token).send(make_post(FIRST, 1), None)
    assert not room_with_reader.reader.messages()


def send_many(channel: MatrixChannel, texts: list[str]) -> None:
    for event in range(1, 30):
        channel.send(make_post(f"{event}", event), None)
        texts.append(f"{event}")


def test_rate_limit_answer_becomes_the_retry_delay(
    room_with_reader: RoomWithReader,
) -> None:
    synapse = room_with_reader.synapse
    limited_member = synapse.register("talker")
    room_with_reader.wire, room_with_reader.reader.room = (
        limited_member,
        synapse.room(limited_member, "Talk"),
    )
    room_with_reader.reader.run_client(
        lambda client: client.join(room_with_reader.reader.room)
    )
    synapse.limit_rate(limited_member, synapse.register("chief", admin=True))
    channel, texts = room_with_reader.channel(), list[str]()
    with pytest.raises(ChannelUnavailable, match="M_LIMIT_EXCEEDED") as caught:
        send_many(channel, texts)
    assert caught.value.retry_after is not None
    assert timedelta(0) < caught.value.retry_after <= timedelta(seconds=10)
    refused = len(texts) + 1
    assert channel.find(make_post(f"{refused}", refused)) is None
    assert [message.body for message in room_with_reader.reader.messages()] == texts


def test_text_of_maximum_length_can_be_sent_and_edited(
    room_with_reader: RoomWithReader,
) -> None:
    channel = room_with_reader.channel()
    limit = channel.outlet().limit
    receipt = channel.send(make_post("🜨" * limit, 1), png(1))
    channel.send(make_post("𐎠" * limit, 2, amends=receipt.id), None)
    assert len(room_with_reader.reader.messages()) == 3


def test_text_too_large_for_an_event_is_refused(
    room_with_reader: RoomWithReader,
) -> None:
    with pytest.raises(ChannelRefused, match="413"):
        room_with_reader.channel().send(make_post("x" * 65_000, 1), png(1))
    assert not room_with_reader.reader.messages()
    assert room_with_reader.channel().find(make_post("x" * 65_000, 1)) is None


def test_unreachable_server_counts_as_unavailable(
    room_with_reader: RoomWithReader,
) -> None:
    with pytest.raises(ChannelUnavailable):
        room_with_reader.channel("http://127.0.0.1:9").send(make_post(FIRST, 1), None)
