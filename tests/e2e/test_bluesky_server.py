"""The bluesky channel on a real PDS, read back by a third-party client."""

import base64
import hmac
import io
import itertools
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import PIL.Image
import pytest
from pydantic import SecretStr

from bot.channels.bluesky import BlueskyChannel, BlueskyConfig
from bot.clock import SystemClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.model.draft import Picture
from bot.text.length import count
from tests.servers.local import LocalServer, Reply, Request
from tests.servers.missing import report_missing
from tests.servers.pds import Account, Pds, find_node, listening, start_pds
from tests.servers.reading import posts_of, reading

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = pytest.mark.servers

AT = datetime(2022, 1, 4, 12, 30, tzinfo=UTC)
FIRST = (
    "⚠️ Suspected: mobile internet in #Kazakhstan 🇰🇿 drops to 55% of ordinary.\n\n"
    "One source (IODA) shows it; not corroborated. 12:30 UTC (18:30 Almaty)."
)
SECOND = (
    "Confirmed: الإنترنت في #كازاخستان 5% <of> ordinary & falling · «Kcell», 11:05 UTC"
)
THIRD = (
    "Update: #Интернет 2% · https://example.org/KZ-2022-0104/?a=1&b=2#top. 14:00 UTC"
)
MARKED = {
    FIRST: ["#Kazakhstan"],
    SECOND: ["#كازاخستان"],
    THIRD: ["#Интернет", "https://example.org/KZ-2022-0104/?a=1&b=2#top"],
}
PUT = "/xrpc/com.atproto.repo.putRecord"
FEED = b"app.bsky.feed.post"
PROFILE = {"collection": "app.bsky.actor.profile", "rkey": "self"}
_NAMES = itertools.count(1)


@pytest.fixture
def wire(pds: Pds) -> Account:
    """A new account for the test."""
    return pds.account(f"wire{next(_NAMES)}")


def png(width: int) -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (width, 30), "white").save(out, "PNG")
    return out.getvalue()


def a_channel(
    server: Pds, account: Account, base_url: str = "", password: str = ""
) -> BlueskyChannel:
    config = BlueskyConfig(
        base_url=base_url or server.base_url,
        handle=account.handle,
        app_password=SecretStr(password or account.app_password),
        timeout=timedelta(seconds=10),
    )
    return BlueskyChannel("sky", config, SystemClock())


def a_post(channel: BlueskyChannel, text: str, event: int = 1, **changes: Any) -> Post:
    """Return a post with its token, as the delivery worker passes it to the channel."""
    digest = sha256(png(40 + event)).hexdigest()
    alt = f"Line chart {event}: bgp falls from 100 percent · «الشبكة» 🇰🇿"
    post = Post(
        key=f"KZ-2022-0104.{event}/sky",
        incident="KZ-2022-0104",
        event=f"KZ-2022-0104.{event}",
        channel="sky",
        lang="en",
        at=AT + timedelta(hours=event),
        made_at=AT + timedelta(hours=event, microseconds=123456),
        text=text,
        length=len(text),
        picture=Picture("chart.png", "image/png", 40 + event, 30, digest, alt),
        reply_to=None,
        frozen=True,
    )
    post = replace(post, **changes)
    return replace(post, token=channel.token(post))


def a_thread(channel: BlueskyChannel) -> list[Receipt]:
    first = channel.send(a_post(channel, FIRST, 1), png(41))
    root = {"root": first.id}
    post = a_post(channel, SECOND, 2, lang="ar", reply_to=first.id, **root)
    second = channel.send(post, png(42))
    post = a_post(channel, THIRD, 3, lang="ru", reply_to=second.id, **root)
    return [first, second, channel.send(post, png(43))]


def cuts(record: Any) -> list[str]:
    """Return the texts that a record's facets mark; check that each is its link or hashtag."""
    thread = []
    for facet in record.facets:
        cut = record.text.encode()[facet.index.byte_start : facet.index.byte_end]
        (feature,) = facet.features
        claimed = getattr(feature, "uri", None) or f"#{feature.tag}"
        assert cut.decode() == claimed
        thread.append(cut.decode())
    return thread


@pytest.fixture
def between(pds: Pds) -> Iterator[Callable[..., str]]:
    """A function that starts a proxy which answers with `pass_on`; returns its address."""
    standing: list[LocalServer] = []

    def place(pass_on: Callable[[Request], Reply]) -> str:
        standing.append(LocalServer(pass_on))
        return standing[-1].base_url

    yield place
    for server in standing:
        server.stop()


def ask(pds: Pds, request: Request, **changed: str) -> httpx.Response:
    query = f"?{request.raw_query}" if request.raw_query else ""
    kept = {"authorization", "content-type"} & set(request.headers)
    return httpx.request(
        request.method,
        pds.base_url + request.path + query,
        content=request.body,
        headers={key: request.headers[key] for key in kept} | changed,
        timeout=30,
    )


def test_the_server_listens_within_this_machine_alone(pds: Pds) -> None:
    assert listening(pds.process.pid) == {
        ("127.0.0.1", pds.port),
        ("127.0.0.1", pds.plc_port),
    }


def test_a_thread_is_read_back_as_it_was_sent(pds: Pds, wire: Account) -> None:
    receipts = a_thread(a_channel(pds, wire))
    posts = posts_of(pds, wire.did)
    assert list(posts) == [receipt.id for receipt in receipts]
    for number, (receipt, text) in enumerate(zip(receipts, MARKED, strict=True), 1):
        record = posts[receipt.id]
        assert record.text == text
        assert cuts(record) == MARKED[text]
        assert record.langs == [("en", "ar", "ru")[number - 1]]
        assert datetime.fromisoformat(record.created_at) == AT + timedelta(
            hours=number, milliseconds=123
        )
        refs = [record.reply.root, record.reply.parent] if record.reply else []
        answered = [receipts[0].id, receipts[number - 2].id] if number > 1 else []
        assert [f"{ref.uri} {ref.cid}" for ref in refs] == answered


def test_a_chart_is_read_back_to_the_last_byte(pds: Pds, wire: Account) -> None:
    channel = a_channel(pds, wire)
    post = a_post(channel, FIRST, 7)
    receipt = channel.send(post, png(47))
    (image,) = posts_of(pds, wire.did)[receipt.id].embed.images
    assert post.picture
    assert image.alt == post.picture.alt
    assert (image.aspect_ratio.width, image.aspect_ratio.height) == (47, 30)
    blob = {"did": wire.did, "cid": image.image.ref.link}
    with reading(pds) as reader:
        assert reader.com.atproto.sync.get_blob(blob) == png(47)


def test_posts_are_found_and_others_are_not(pds: Pds, wire: Account) -> None:
    channel = a_channel(pds, wire)
    receipts = a_thread(channel)
    assert a_channel(pds, wire).find(a_post(channel, FIRST, 1)) == receipts[0]
    assert channel.find(a_post(channel, THIRD, 3)) == receipts[2]
    assert channel.find(a_post(channel, "Update: never said", 4)) is None


def test_a_post_whose_answer_was_lost_stands_there_once(
    pds: Pds, wire: Account, between: Callable[..., str]
) -> None:
    """P10: requests or answers are lost, and the process may restart before a repeat."""
    chance, lost, arrived = random.Random(4), Counter[str](), Counter[bytes]()

    def pass_on(request: Request) -> Reply:
        fault = chance.choice(["", "before", "after", "after", "within"])
        if not fault or request.path != PUT or FEED not in request.body:
            answer = ask(pds, request)
            return Reply(answer.status_code, answer.content)
        lost[fault] += 1
        if fault == "before":
            return Reply(comes=0.0)
        arrived[request.body] += 1
        answer = ask(pds, request)
        comes = 0.0 if fault == "after" else 0.5
        return Reply(answer.status_code, answer.content, comes=comes)

    base, sent = between(pass_on), list[str]()
    channel = a_channel(pds, wire, base)
    for number in range(1, 16):
        post = a_post(channel, f"Update {number}: #Iran", number)
        receipt, unread = None, number % 3 > 0
        while receipt is None:
            try:
                receipt = channel.send(post, png(40 + number))
            except ChannelUnknown:
                receipt = None if unread else channel.find(post)
                if number % 4 == 0:  # as after a restart
                    channel = a_channel(pds, wire, base)
        sent.append(receipt.id)
    posts = posts_of(pds, wire.did)
    print(
        f"\nposts {len(sent)}, answers lost {lost.total()} {dict(lost)},"
        f" records {len(posts)}, duplicates {len(posts) - len(sent)}"
    )
    assert lost["after"] + lost["within"] >= 10
    assert len(arrived) < arrived.total(), "nothing was repeated"
    assert sorted(posts) == sorted(sent)
    assert len({record.text for record in posts.values()}) == len(sent) == 15
    assert all(record.embed for record in posts.values())


def test_every_post_is_repeated_after_its_answer_was_lost_and_stands_once(
    pds: Pds, wire: Account, between: Callable[..., str]
) -> None:
    """P10: the first answer for each post is lost, and another process sends it again."""
    bodies = Counter[bytes]()

    def pass_on(request: Request) -> Reply:
        answer, put = ask(pds, request), request.path == PUT
        bodies[request.body] += put and FEED in request.body
        first = put and bodies[request.body] == 1
        return Reply(answer.status_code, answer.content, comes=0.0 if first else None)

    base, sent = between(pass_on), set[str]()
    lives = [a_channel(pds, wire, base) for _ in range(2)]
    for number in range(1, 25):
        post = a_post(lives[0], f"Update {number}: #Iran", number)
        with pytest.raises(ChannelUnknown):
            lives[0].send(post, png(40 + number))
        sent.add(lives[1].send(post, png(40 + number)).id)
    posts = posts_of(pds, wire.did)
    repeats = sum(times == 2 for times in bodies.values())
    print(f"\nrepeated {repeats}, records {len(posts)}, duplicates {len(posts) - 24}")
    assert repeats == len(sent) == 24
    assert set(posts) == sent


def test_the_same_post_at_once_from_eight_places_stands_there_once(
    pds: Pds, wire: Account
) -> None:
    channels = [a_channel(pds, wire) for _ in range(8)]
    post = a_post(channels[0], FIRST)
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda channel: channel.send(post, png(41)), channels))
    assert {receipt.id for receipt in receipts} == set(posts_of(pds, wire.did))
    assert len({receipt.id for receipt in receipts}) == 1


def test_what_is_taken_down_is_gone_and_answers_to_it_stand(
    pds: Pds, wire: Account
) -> None:
    channel = a_channel(pds, wire)
    first = channel.send(a_post(channel, FIRST, 1), None)
    channel.remove(first)
    assert channel.find(a_post(channel, FIRST, 1)) is None
    channel.remove(first)
    second = channel.send(a_post(channel, SECOND, 2, reply_to=first.id), None)
    assert list(posts_of(pds, wire.did)) == [second.id]


def test_a_wrong_password_is_refused_and_not_told(pds: Pds, wire: Account) -> None:
    channel = a_channel(pds, wire, password="wrong-pass-word")
    with pytest.raises(ChannelRefused, match=r"401.*app password") as caught:
        channel.send(a_post(channel, FIRST), png(41))
    assert "wrong-pass-word" not in str(caught.value)
    assert not posts_of(pds, wire.did)


def run_out(pds: Pds, token: str) -> str:
    """Return a session's token with its expiry in the past, signed with the server's secret."""
    head, claims, _ = token.split(".")
    past = json.loads(base64.urlsafe_b64decode(claims + "==")) | {"iat": 1, "exp": 2}
    body = base64.urlsafe_b64encode(json.dumps(past).encode()).decode().rstrip("=")
    signed = f"{head}.{body}".encode()
    mark = hmac.digest(pds.jwt_secret.encode(), signed, "sha256")
    return f"{head}.{body}.{base64.urlsafe_b64encode(mark).decode().rstrip('=')}"


class Hours:
    """A proxy in front of the PDS that can make the session expire.

    Attributes:
        told: the forwarded calls, each with the status and the error of its answer.
        over: whether the present session counts as expired; a new session resets it.
    """

    def __init__(self, pds: Pds) -> None:
        self.pds = pds
        self.told: list[tuple[str, int, str]] = []
        self.over = False

    def pass_on(self, request: Request) -> Reply:
        call = request.path.rpartition(".")[2]
        self.over = self.over and not call.endswith("Session")
        late = {}
        if self.over:
            token = request.headers["authorization"].removeprefix("Bearer ")
            late = {"authorization": f"Bearer {run_out(self.pds, token)}"}
        answer = ask(self.pds, request, **late)
        error = answer.json().get("error", "") if answer.status_code >= 400 else ""
        self.told.append((call, answer.status_code, error))
        return Reply(answer.status_code, answer.content)


def test_a_session_that_ran_out_is_renewed_without_the_password(
    pds: Pds, wire: Account, between: Callable[..., str]
) -> None:
    hours = Hours(pds)
    channel = a_channel(pds, wire, between(hours.pass_on))
    channel.send(a_post(channel, FIRST, 1), None)
    hours.told.clear()
    hours.over = True
    channel.send(a_post(channel, SECOND, 2), png(42))
    assert hours.told == [
        ("uploadBlob", 400, "ExpiredToken"),
        ("refreshSession", 200, ""),
        ("uploadBlob", 200, ""),
        ("putRecord", 200, ""),
    ]
    assert len(posts_of(pds, wire.did)) == 2


def test_a_password_that_was_withdrawn_is_refused_with_advice(
    pds: Pds, wire: Account, between: Callable[..., str]
) -> None:
    hours = Hours(pds)
    channel = a_channel(pds, wire, between(hours.pass_on))
    channel.send(a_post(channel, FIRST, 1), None)
    pds.withdraw(wire)
    hours.told.clear()
    hours.over = True
    with pytest.raises(ChannelRefused, match="app password"):
        channel.send(a_post(channel, SECOND, 2), None)
    assert hours.told == [
        ("putRecord", 400, "ExpiredToken"),
        ("refreshSession", 400, "ExpiredToken"),
        ("createSession", 401, "AuthenticationRequired"),
    ]
    assert len(posts_of(pds, wire.did)) == 1


FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 300,
        "a" * 301,
        "🇮🇷" * 300,
        "🇮🇷" * 301,
        FAMILY * 120,
        FAMILY * 121,
        "क्षि" * 300,
        "ကျွန်ုပ်" * 125,
        "ကျွန်ုပ်" * 126,
        "a\u0301" * 300 + "\n",
    ],
)
def test_our_length_is_the_servers(pds: Pds, wire: Account, text: str) -> None:
    channel = a_channel(pds, wire)
    outlet, post = channel.outlet(), a_post(channel, text)
    if count(text, outlet) <= outlet.limit:
        assert channel.send(post, None).id in posts_of(pds, wire.did)
    else:
        with pytest.raises(ChannelRefused, match=r"answered 400.*(grapheme|string)"):
            channel.send(post, None)


def test_a_chart_too_large_stays_behind_and_the_words_go(
    pds: Pds, wire: Account
) -> None:
    channel = a_channel(pds, wire)
    sent = channel.send(a_post(channel, FIRST), b"x" * 1_000_001)
    assert posts_of(pds, wire.did)[sent.id].embed is None


def test_the_account_says_that_it_is_a_bot_and_keeps_its_name(
    pds: Pds, wire: Account
) -> None:
    profile = {"$type": "app.bsky.actor.profile", "displayName": "Wire 🌐"}
    place = {"repo": wire.did, **PROFILE}
    with reading(pds) as client:
        client.login(wire.handle, wire.password, fetch_bsky_profile=False)
        client.com.atproto.repo.put_record({**place, "record": profile})
        for _ in range(2):
            channel = a_channel(pds, wire)
            channel.send(a_post(channel, FIRST), None)
            record = client.com.atproto.repo.get_record(place).value
            assert record.display_name == "Wire 🌐"
            assert [label.val for label in record.labels.values] == ["bot"]


def test_a_server_that_is_away_was_never_reached(pds: Pds, wire: Account) -> None:
    channel = a_channel(pds, wire, "http://127.0.0.1:9")
    with pytest.raises(ChannelUnavailable):
        channel.send(a_post(channel, FIRST), None)


def test_a_server_that_limits_logins_says_when_to_come_back(tmp_path: Path) -> None:
    """The PDS allows 30 logins in five minutes, also for an account that does not exist."""
    node = find_node()
    if node is None:
        report_missing("the Bluesky PDS")
    nobody = Account("did:plc:nobody", "nobody.test", "none", "none")
    strict = start_pds(node, tmp_path / "data", rate_limits=True)
    try:
        channel = a_channel(strict, nobody)
        post = a_post(channel, FIRST)

        def refused(_: int) -> str:
            with pytest.raises(ChannelRefused) as caught:
                channel.send(post, None)
            return str(caught.value)

        with ThreadPoolExecutor(15) as pool:
            assert all(
                "answered 401" in message for message in pool.map(refused, range(30))
            )
        with pytest.raises(ChannelUnavailable, match="RateLimitExceeded") as caught:
            channel.send(post, None)
    finally:
        strict.stop()
    wish = caught.value.retry_after
    assert wish is not None
    assert timedelta(0) < wish <= timedelta(minutes=5)
