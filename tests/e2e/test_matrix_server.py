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

from bot.channels.matrix import MARK, MatrixChannel, MatrixConfig
from bot.clock import SystemClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post
from bot.model.draft import Picture
from tests.servers.local import LocalServer, Reply, Request
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
class Reader:
    """Another member of the room, who uses the third-party client matrix-nio."""

    base_url: str
    member: Member
    room: str

    def ask(self, question: Callable[[nio.AsyncClient], Awaitable[T]]) -> T:
        async def put() -> T:
            client = nio.AsyncClient(self.base_url, self.member.user)
            client.access_token = self.member.token
            try:
                return await question(client)
            finally:
                await client.close()

        return asyncio.run(put())

    def timeline(self) -> list[nio.Event]:
        """Return the events in the room, oldest first."""

        async def page(client: nio.AsyncClient) -> list[nio.Event]:
            answer = await client.room_messages(
                self.room, "", limit=500, direction=nio.MessageDirection.back
            )
            assert isinstance(answer, nio.RoomMessagesResponse), answer
            return answer.chunk[::-1]

        return self.ask(page)

    def messages(self) -> list[nio.RoomMessage]:
        return [
            event for event in self.timeline() if isinstance(event, nio.RoomMessage)
        ]

    def file(self, address: str) -> bytes:
        download = self.ask(lambda client: client.download(mxc=address))
        assert isinstance(download, nio.DownloadResponse), download
        assert isinstance(download.body, bytes)
        return download.body


@dataclass
class Place:
    """A new room, the account `wire` that posts there, and a member who reads."""

    synapse: Synapse
    wire: Member
    reader: Reader

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
def place(synapse: Synapse, members: tuple[Member, Member]) -> Place:
    wire, somebody = members
    reader = Reader(synapse.base_url, somebody, synapse.room(wire, "Outages"))
    joined = reader.ask(lambda client: client.join(reader.room))
    assert isinstance(joined, nio.JoinResponse), joined
    return Place(synapse, wire, reader)


def a_post(text: str, event: int, **changes: Any) -> Post:
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


def test_a_thread_is_read_back_as_it_was_sent(place: Place) -> None:
    channel = place.channel()
    receipt = channel.send(a_post(FIRST, 1), png(1))
    two = channel.send(a_post(SECOND, 2, reply_to=receipt.id, root=receipt.id), png(2))
    third = a_post(THIRD, 3, reply_to=two.id, root=receipt.id, picture=None)
    three = channel.send(third, None)
    words_1, chart_1, words_2, chart_2, words_3 = place.reader.messages()
    for words, text in ((words_1, FIRST), (words_2, SECOND), (words_3, THIRD)):
        assert isinstance(words, nio.RoomMessageText)
        assert (words.body, words.sender) == (text, place.wire.user)
        assert words.source["content"]["m.mentions"] == {}
    for chart, event in ((chart_1, 1), (chart_2, 2)):
        assert isinstance(chart, nio.RoomMessageImage)
        assert chart.body == a_post("", event).picture.alt  # type: ignore[union-attr] # it has a picture
        content = chart.source["content"]
        assert content["filename"] == f"c{event}.png"
        info = {"w": 40 + event, "h": 30, "size": len(png(event))}
        assert content["info"] == {**info, "mimetype": "image/png"}
        assert place.reader.file(chart.url) == png(event)
    assert receipt.id == f"{words_1.event_id} {chart_1.event_id}"
    assert two.id == f"{words_2.event_id} {chart_2.event_id}"
    assert three.id == words_3.event_id


def related(event: nio.RoomMessage) -> Any:
    return event.source["content"].get("m.relates_to")


def test_updates_stand_in_the_thread_of_the_first(place: Place) -> None:
    channel = place.channel()
    receipt = channel.send(a_post(FIRST, 1), png(1))
    two = channel.send(a_post(SECOND, 2, reply_to=receipt.id, root=receipt.id), png(2))
    channel.send(a_post(THIRD, 3, reply_to=two.id, root=receipt.id), None)
    first, chart_1, second, chart_2, third = place.reader.messages()
    thread = {
        "rel_type": "m.thread",
        "event_id": first.event_id,
        "is_falling_back": True,
    }
    assert related(first) is None
    assert related(chart_1) == {"m.in_reply_to": {"event_id": first.event_id}}
    for event, before in ((second, first), (chart_2, second), (third, second)):
        answered = {"m.in_reply_to": {"event_id": before.event_id}}
        assert related(event) == thread | answered

    async def threads(client: nio.AsyncClient) -> list[str]:
        root, rel = first.event_id, RelationshipType.thread
        relations = client.room_get_event_relations(place.reader.room, root, rel)
        return [event.event_id async for event in relations]

    in_thread = {second.event_id, chart_2.event_id, third.event_id}
    assert set(place.reader.ask(threads)) == in_thread


def test_the_transaction_id_is_of_the_post_alone(place: Place) -> None:
    earlier, other = a_post(FIRST, 1), a_post(FIRST, 2)
    assert (
        place.channel().token(earlier)
        == earlier.token
        == place.channel().token(earlier)
    )
    assert place.channel().token(other) == other.token != earlier.token


def test_the_same_post_again_is_the_same_event(place: Place) -> None:
    receipts = {place.channel().send(a_post(FIRST, 1), png(1)).id for _ in range(3)}
    assert len(receipts) == 1
    assert len(place.reader.messages()) == 2


def test_posts_are_found_and_others_are_not(place: Place) -> None:
    channel = place.channel()
    receipt = channel.send(a_post(FIRST, 1), png(1))
    second = a_post(SECOND, 2, reply_to=receipt.id)
    two = channel.send(second, png(2))
    for event in range(10, 115):
        channel.send(a_post(f"{event}", event, picture=None), None)
    assert place.channel().find(a_post(FIRST, 1)) == receipt
    assert place.channel().find(second) == two
    assert place.channel().find(a_post(SECOND, 3)) is None
    assert place.channel().find(a_post(SECOND, 3, reply_to=receipt.id)) is None


def test_what_somebody_else_calls_ours_is_not(place: Place) -> None:
    content = {"msgtype": "m.text", "body": FIRST}
    mark = {MARK: {"key": a_post(FIRST, 1).key, "part": "words"}}
    answer = place.reader.ask(
        lambda client: client.room_send(
            place.reader.room, "m.room.message", content | mark
        )
    )
    assert isinstance(answer, nio.RoomSendResponse), answer
    assert place.channel().find(a_post(FIRST, 1)) is None


def test_other_words_take_the_place_of_the_first(place: Place) -> None:
    channel = place.channel()
    receipt = channel.send(a_post(FIRST, 1), png(1))
    amends = a_post("Retracted: it was a map of addresses.", 2, amends=receipt.id)
    assert channel.find(amends) is None
    assert {channel.send(amends, None).id for _ in range(2)} == {receipt.id}
    assert channel.find(amends) == receipt
    words, chart, edit = place.reader.messages()
    assert related(edit) == {"rel_type": "m.replace", "event_id": words.event_id}
    assert edit.source["content"]["m.new_content"]["body"] == amends.text
    # The server adds what it considers the newest edit to the message itself.
    assert words.source["unsigned"]["m.relations"]["m.replace"]["event_id"] == (
        edit.event_id
    )
    assert isinstance(chart, nio.RoomMessageImage)
    assert channel.find(a_post(FIRST, 1)) == receipt


def test_what_is_taken_down_is_gone_with_its_picture(place: Place) -> None:
    channel = place.channel()
    test = channel.send(a_post("A test", 1, private=True), png(1))
    channel.remove(test)
    channel.remove(test)
    assert not place.reader.messages()
    redacted = [e for e in place.reader.timeline() if isinstance(e, nio.RedactedEvent)]
    assert {event.event_id for event in redacted} == set(test.id.split())
    channel.remove(replace(test, id="$neverSaidNeverSaidNeverSaidNeverSaidNeverSai"))
    amends = a_post("Retracted", 2, amends=test.id)
    with pytest.raises(ChannelRefused, match="gone"):
        channel.send(amends, None)


@pytest.mark.parametrize("how", ["redacted", "unknown"])
def test_an_answer_to_what_is_gone_stands_alone(place: Place, how: str) -> None:
    channel = place.channel()
    gone = channel.send(a_post(FIRST, 1), png(1))
    channel.remove(gone)
    unknown = "$neverSaidNeverSaidNeverSaidNeverSaidNeverSai"
    before = gone.id if how == "redacted" else unknown
    post = a_post(SECOND, 2, reply_to=before, root=before)
    two = channel.send(post, png(2))
    words, chart = place.reader.messages()
    assert related(words) is None
    assert related(chart) == {"m.in_reply_to": {"event_id": words.event_id}}
    assert channel.find(post) == two


@dataclass
class DroppingProxy:
    """A proxy that drops the answers to some requests.

    Attributes:
        to: the base URL of the server.
        drops: returns whether the answer to a request is dropped.
        arrives: whether a request whose answer is dropped still reaches the server.
    """

    to: str
    drops: Callable[[Request], bool]
    arrives: bool = True

    def answer(self, request: Request) -> Reply:
        lost = self.drops(request)
        if lost and not self.arrives:
            return Reply(comes=0.0)
        hop = {"host", "connection", "content-length"}
        query = f"?{request.raw_query}" if request.raw_query else ""
        answer = httpx.request(
            request.method,
            self.to + request.path + query,
            content=request.body,
            headers={k: v for k, v in request.headers.items() if k not in hop},
            timeout=30,
        )
        return Reply(answer.status_code, answer.content, comes=0.0 if lost else None)


@pytest.fixture
def dropping_proxy(synapse: Synapse) -> Iterator[tuple[LocalServer, DroppingProxy]]:
    proxy = DroppingProxy(synapse.base_url, lambda _: False)
    server = LocalServer(proxy.answer)
    yield server, proxy
    server.stop()


def _is_words(request: Request) -> bool:
    return "/send/" in request.path and not _is_chart(request)


def _is_chart(request: Request) -> bool:
    return request.path.endswith("-picture")


@pytest.mark.parametrize("part", [_is_words, _is_chart])
@pytest.mark.parametrize("arrives", [True, False])
def test_a_post_whose_answer_was_lost_is_there_once(
    place: Place,
    dropping_proxy: tuple[LocalServer, DroppingProxy],
    part: Callable[[Request], bool],
    arrives: bool,
) -> None:
    """P10: the post is there once, whichever part is lost, before or after its arrival."""
    server, proxy = dropping_proxy
    proxy.drops, proxy.arrives = part, arrives
    channel, post = place.channel(server.base_url), a_post(FIRST, 1)
    with pytest.raises(ChannelUnknown):
        channel.send(post, png(1))
    proxy.drops = lambda _: False
    restarted = place.channel()  # a new channel remembers nothing, as after a restart
    receipt = restarted.find(post)
    if receipt is not None:
        receipt = restarted.complete(post, receipt)
    if part is _is_words and not arrives:
        assert receipt is None
        receipt = place.channel().send(post, png(1))
    words, chart = place.reader.messages()
    assert isinstance(chart, nio.RoomMessageImage)
    assert receipt is not None
    assert receipt.id == f"{words.event_id} {chart.event_id}"
    assert receipt == place.channel().find(post) == place.channel().send(post, png(1))
    assert len(place.reader.messages()) == 2


def test_a_repeat_after_a_lost_answer_makes_one_event(
    place: Place, dropping_proxy: tuple[LocalServer, DroppingProxy]
) -> None:
    server, proxy = dropping_proxy
    proxy.drops = _is_words
    channel, post = place.channel(server.base_url), a_post(FIRST, 1, picture=None)
    for _ in range(3):
        with pytest.raises(ChannelUnknown):
            channel.send(post, None)
    (words,) = place.reader.messages()
    assert place.channel().send(post, None).id == words.event_id
    assert len(place.reader.messages()) == 1


def test_the_link_leads_to_the_words(place: Place) -> None:
    receipt = place.channel().send(a_post(FIRST, 1), png(1))
    (words, _) = place.reader.messages()
    room = place.reader.room
    assert receipt.url is not None
    assert receipt.url.startswith(f"https://matrix.to/#/{room}/{words.event_id}")


def test_a_strange_token_is_refused_and_not_told(place: Place) -> None:
    with pytest.raises(ChannelRefused, match=r"401; M_UNKNOWN_TOKEN.*log in") as caught:
        place.channel(token="syt_strangetoken123").send(a_post(FIRST, 1), png(1))
    assert "strangetoken123" not in str(caught.value)
    assert not place.reader.messages()


def test_who_is_not_in_the_room_is_refused(place: Place) -> None:
    outsider = place.synapse.register(f"outsider{len(place.reader.room)}")
    with pytest.raises(ChannelRefused, match=r"403; M_FORBIDDEN.*join the room"):
        place.channel(token=outsider.token).send(a_post(FIRST, 1), None)
    assert not place.reader.messages()


def talk(channel: MatrixChannel, texts: list[str]) -> None:
    for event in range(1, 30):
        channel.send(a_post(f"{event}", event), None)
        texts.append(f"{event}")


def test_a_server_says_how_long_to_wait(place: Place) -> None:
    synapse = place.synapse
    talker = synapse.register("talker")
    place.wire, place.reader.room = talker, synapse.room(talker, "Talk")
    place.reader.ask(lambda client: client.join(place.reader.room))
    synapse.slow_down(talker, synapse.register("chief", admin=True))
    channel, texts = place.channel(), list[str]()
    with pytest.raises(ChannelUnavailable, match="M_LIMIT_EXCEEDED") as caught:
        talk(channel, texts)
    assert caught.value.retry_after is not None
    assert timedelta(0) < caught.value.retry_after <= timedelta(seconds=10)
    refused = len(texts) + 1
    assert channel.find(a_post(f"{refused}", refused)) is None
    assert [message.body for message in place.reader.messages()] == texts


def test_a_text_of_the_longest_kind_is_taken_and_can_be_amended(place: Place) -> None:
    channel = place.channel()
    limit = channel.outlet().limit
    receipt = channel.send(a_post("🜨" * limit, 1), png(1))
    channel.send(a_post("𐎠" * limit, 2, amends=receipt.id), None)
    assert len(place.reader.messages()) == 3


def test_what_is_too_much_for_an_event_is_certainly_not_out(place: Place) -> None:
    with pytest.raises(ChannelRefused, match="413"):
        place.channel().send(a_post("x" * 65_000, 1), png(1))
    assert not place.reader.messages()
    assert place.channel().find(a_post("x" * 65_000, 1)) is None


def test_a_server_that_is_away_was_never_reached(place: Place) -> None:
    with pytest.raises(ChannelUnavailable):
        place.channel("http://127.0.0.1:9").send(a_post(FIRST, 1), None)
