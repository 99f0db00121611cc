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
from bot.text.fitting.length import count
from tests.servers.local import LocalServer, ReceivedRequest, Reply
from tests.servers.missing import report_missing
from tests.servers.pds import Account, Pds, find_node, listening, start_pds
from tests.servers.reading import posts_of, reading_client

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
FACET_TEXTS = {
    FIRST: ["#Kazakhstan"],
    SECOND: ["#كازاخستان"],
    THIRD: ["#Интернет", "https://example.org/KZ-2022-0104/?a=1&b=2#top"],
}
PUT = "/xrpc/com.atproto.repo.putRecord"
FEED = b"app.bsky.feed.post"
PROFILE = {"collection": "app.bsky.actor.profile", "rkey": "self"}
_NAMES = itertools.count(1)


@pytest.fixture
def account(pds: Pds) -> Account:
    """A new account for the test."""
    return pds.account(f"wire{next(_NAMES)}")


def png(width: int) -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (width, 30), "white").save(out, "PNG")
    return out.getvalue()


def make_channel(
    server: Pds, account: Account, base_url: str = "", password: str = ""
) -> BlueskyChannel:
    config = BlueskyConfig(
        base_url=base_url or server.base_url,
        handle=account.handle,
        app_password=SecretStr(password or account.app_password),
        timeout=timedelta(seconds=10),
    )
    return BlueskyChannel("sky", config, SystemClock())


def make_post(
    channel: BlueskyChannel, text: str, event: int = 1, **changes: Any
) -> Post:
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


def send_thread(channel: BlueskyChannel) -> list[Receipt]:
    first = channel.send(make_post(channel, FIRST, 1), png(41))
    root = {"root": first.id}
    post = make_post(channel, SECOND, 2, lang="ar", reply_to=first.id, **root)
    second = channel.send(post, png(42))
    post = make_post(channel, THIRD, 3, lang="ru", reply_to=second.id, **root)
    return [first, second, channel.send(post, png(43))]


def checked_facet_texts(record: Any) -> list[str]:
    """Return the texts that the facets of a record mark.

    Check that each text is equal to the link or the hashtag of its facet.
    """
    texts = []
    for facet in record.facets:
        marked_text = record.text.encode()[
            facet.index.byte_start : facet.index.byte_end
        ]
        (feature,) = facet.features
        expected = getattr(feature, "uri", None) or f"#{feature.tag}"
        assert marked_text.decode() == expected
        texts.append(marked_text.decode())
    return texts


@pytest.fixture
def start_proxy(pds: Pds) -> Iterator[Callable[..., str]]:
    """A function that starts a proxy and returns the proxy's address.

    The proxy answers each request with the result of `pass_on`.
    """
    proxies: list[LocalServer] = []

    def start(pass_on: Callable[[ReceivedRequest], Reply]) -> str:
        proxies.append(LocalServer(pass_on))
        return proxies[-1].base_url

    yield start
    for server in proxies:
        server.stop()


def forward_request(
    pds: Pds, request: ReceivedRequest, **changed_headers: str
) -> httpx.Response:
    query = f"?{request.raw_query}" if request.raw_query else ""
    kept_headers = {"authorization", "content-type"} & set(request.headers)
    return httpx.request(
        request.method,
        pds.base_url + request.path + query,
        content=request.body,
        headers={key: request.headers[key] for key in kept_headers} | changed_headers,
        timeout=30,
    )


def test_pds_listens_on_loopback_only(pds: Pds) -> None:
    assert listening(pds.process.pid) == {
        ("127.0.0.1", pds.port),
        ("127.0.0.1", pds.plc_port),
    }


def test_thread_is_read_back_as_it_was_sent(pds: Pds, account: Account) -> None:
    receipts = send_thread(make_channel(pds, account))
    posts = posts_of(pds, account.did)
    assert list(posts) == [receipt.id for receipt in receipts]
    for number, (receipt, text) in enumerate(
        zip(receipts, FACET_TEXTS, strict=True), 1
    ):
        record = posts[receipt.id]
        assert record.text == text
        assert checked_facet_texts(record) == FACET_TEXTS[text]
        assert record.langs == [("en", "ar", "ru")[number - 1]]
        assert datetime.fromisoformat(record.created_at) == AT + timedelta(
            hours=number, milliseconds=123
        )
        refs = [record.reply.root, record.reply.parent] if record.reply else []
        expected_refs = [receipts[0].id, receipts[number - 2].id] if number > 1 else []
        assert [f"{ref.uri} {ref.cid}" for ref in refs] == expected_refs


def test_chart_is_read_back_unchanged(pds: Pds, account: Account) -> None:
    channel = make_channel(pds, account)
    post = make_post(channel, FIRST, 7)
    receipt = channel.send(post, png(47))
    (image,) = posts_of(pds, account.did)[receipt.id].embed.images
    assert post.picture
    assert image.alt == post.picture.alt
    assert (image.aspect_ratio.width, image.aspect_ratio.height) == (47, 30)
    blob = {"did": account.did, "cid": image.image.ref.link}
    with reading_client(pds) as reader:
        assert reader.com.atproto.sync.get_blob(blob) == png(47)


def test_sent_posts_are_found_and_no_others(pds: Pds, account: Account) -> None:
    channel = make_channel(pds, account)
    receipts = send_thread(channel)
    assert make_channel(pds, account).find(make_post(channel, FIRST, 1)) == receipts[0]
    assert channel.find(make_post(channel, THIRD, 3)) == receipts[2]
    assert channel.find(make_post(channel, "Update: never said", 4)) is None


def test_posts_exist_once_despite_lost_answers_and_restarts(
    pds: Pds, account: Account, start_proxy: Callable[..., str]
) -> None:
    """P10: each post exists once, although requests and answers are lost.

    The process may restart before it sends a post again.
    """
    random_source, lost, arrived = random.Random(4), Counter[str](), Counter[bytes]()

    def pass_on(request: ReceivedRequest) -> Reply:
        fault = random_source.choice(["", "before", "after", "after", "within"])
        if not fault or request.path != PUT or FEED not in request.body:
            answer = forward_request(pds, request)
            return Reply(answer.status_code, answer.content)
        lost[fault] += 1
        if fault == "before":
            return Reply(sent_share=0.0)
        arrived[request.body] += 1
        answer = forward_request(pds, request)
        sent_share = 0.0 if fault == "after" else 0.5
        return Reply(answer.status_code, answer.content, sent_share=sent_share)

    proxy_url, sent = start_proxy(pass_on), list[str]()
    channel = make_channel(pds, account, proxy_url)
    for number in range(1, 16):
        post = make_post(channel, f"Update {number}: #Iran", number)
        receipt, skips_search = None, number % 3 > 0
        while receipt is None:
            try:
                receipt = channel.send(post, png(40 + number))
            except ChannelUnknown:
                receipt = None if skips_search else channel.find(post)
                if number % 4 == 0:  # as after a restart
                    channel = make_channel(pds, account, proxy_url)
        sent.append(receipt.id)
    posts = posts_of(pds, account.did)
    print(
        f"\nposts {len(sent)}, answers lost {lost.total()} {dict(lost)},"
        f" records {len(posts)}, duplicates {len(posts) - len(sent)}"
    )
    assert lost["after"] + lost["within"] >= 10
    assert len(arrived) < arrived.total(), "nothing was repeated"
    assert sorted(posts) == sorted(sent)
    assert len({record.text for record in posts.values()}) == len(sent) == 15
    assert all(record.embed for record in posts.values())


def test_posts_repeated_by_another_process_exist_once(
    pds: Pds, account: Account, start_proxy: Callable[..., str]
) -> None:
    """P10: each post exists once, although another process sends it again.

    The first process never receives the answer to its request.
    """
    bodies = Counter[bytes]()

    def pass_on(request: ReceivedRequest) -> Reply:
        answer, is_put = forward_request(pds, request), request.path == PUT
        bodies[request.body] += is_put and FEED in request.body
        first = is_put and bodies[request.body] == 1
        return Reply(
            answer.status_code, answer.content, sent_share=0.0 if first else None
        )

    proxy_url, sent = start_proxy(pass_on), set[str]()
    channels = [make_channel(pds, account, proxy_url) for _ in range(2)]
    for number in range(1, 25):
        post = make_post(channels[0], f"Update {number}: #Iran", number)
        with pytest.raises(ChannelUnknown):
            channels[0].send(post, png(40 + number))
        sent.add(channels[1].send(post, png(40 + number)).id)
    posts = posts_of(pds, account.did)
    repeats = sum(times == 2 for times in bodies.values())
    print(f"\nrepeated {repeats}, records {len(posts)}, duplicates {len(posts) - 24}")
    assert repeats == len(sent) == 24
    assert set(posts) == sent


def test_same_post_sent_concurrently_exists_once(pds: Pds, account: Account) -> None:
    channels = [make_channel(pds, account) for _ in range(8)]
    post = make_post(channels[0], FIRST)
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(lambda channel: channel.send(post, png(41)), channels))
    assert {receipt.id for receipt in receipts} == set(posts_of(pds, account.did))
    assert len({receipt.id for receipt in receipts}) == 1


def test_removed_post_is_gone_and_replies_to_it_are_possible(
    pds: Pds, account: Account
) -> None:
    channel = make_channel(pds, account)
    first = channel.send(make_post(channel, FIRST, 1), None)
    channel.remove(first)
    assert channel.find(make_post(channel, FIRST, 1)) is None
    channel.remove(first)
    second = channel.send(make_post(channel, SECOND, 2, reply_to=first.id), None)
    assert list(posts_of(pds, account.did)) == [second.id]


def test_wrong_password_is_refused_and_not_shown(pds: Pds, account: Account) -> None:
    channel = make_channel(pds, account, password="wrong-pass-word")
    with pytest.raises(ChannelRefused, match=r"401.*app password") as caught:
        channel.send(make_post(channel, FIRST), png(41))
    assert "wrong-pass-word" not in str(caught.value)
    assert not posts_of(pds, account.did)


def expired_token(pds: Pds, token: str) -> str:
    """Return a session's token with its expiry in the past, signed with the server's secret."""
    header, claims, _ = token.split(".")
    expired_claims = json.loads(base64.urlsafe_b64decode(claims + "==")) | {
        "iat": 1,
        "exp": 2,
    }
    body = (
        base64.urlsafe_b64encode(json.dumps(expired_claims).encode())
        .decode()
        .rstrip("=")
    )
    signed = f"{header}.{body}".encode()
    signature = hmac.digest(pds.jwt_secret.encode(), signed, "sha256")
    return f"{header}.{body}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


class SessionProxy:
    """A proxy in front of the PDS that can make the session expire.

    Attributes:
        calls: the forwarded calls, each with the status and the error of its answer.
        expired: whether the present session counts as expired; a new session resets it.
    """

    def __init__(self, pds: Pds) -> None:
        self.pds = pds
        self.calls: list[tuple[str, int, str]] = []
        self.expired = False

    def pass_on(self, request: ReceivedRequest) -> Reply:
        call = request.path.rpartition(".")[2]
        self.expired = self.expired and not call.endswith("Session")
        expired_header = {}
        if self.expired:
            token = request.headers["authorization"].removeprefix("Bearer ")
            expired_header = {
                "authorization": f"Bearer {expired_token(self.pds, token)}"
            }
        answer = forward_request(self.pds, request, **expired_header)
        error = answer.json().get("error", "") if answer.status_code >= 400 else ""
        self.calls.append((call, answer.status_code, error))
        return Reply(answer.status_code, answer.content)


def test_expired_session_is_renewed_without_the_password(
    pds: Pds, account: Account, start_proxy: Callable[..., str]
) -> None:
    session_proxy = SessionProxy(pds)
    channel = make_channel(pds, account, start_proxy(session_proxy.pass_on))
    channel.send(make_post(channel, FIRST, 1), None)
    session_proxy.calls.clear()
    session_proxy.expired = True
    channel.send(make_post(channel, SECOND, 2), png(42))
    assert session_proxy.calls == [
        ("uploadBlob", 400, "ExpiredToken"),
        ("refreshSession", 200, ""),
        ("uploadBlob", 200, ""),
        ("putRecord", 200, ""),
    ]
    assert len(posts_of(pds, account.did)) == 2


def test_revoked_password_is_refused_with_advice(
    pds: Pds, account: Account, start_proxy: Callable[..., str]
) -> None:
    session_proxy = SessionProxy(pds)
    channel = make_channel(pds, account, start_proxy(session_proxy.pass_on))
    channel.send(make_post(channel, FIRST, 1), None)
    pds.revoke_app_password(account)
    session_proxy.calls.clear()
    session_proxy.expired = True
    with pytest.raises(ChannelRefused, match="app password"):
        channel.send(make_post(channel, SECOND, 2), None)
    assert session_proxy.calls == [
        ("putRecord", 400, "ExpiredToken"),
        ("refreshSession", 400, "ExpiredToken"),
        ("createSession", 401, "AuthenticationRequired"),
    ]
    assert len(posts_of(pds, account.did)) == 1


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
def test_length_limit_is_that_of_the_server(
    pds: Pds, account: Account, text: str
) -> None:
    channel = make_channel(pds, account)
    outlet, post = channel.outlet(), make_post(channel, text)
    if count(text, outlet) <= outlet.limit:
        assert channel.send(post, None).id in posts_of(pds, account.did)
    else:
        with pytest.raises(ChannelRefused, match=r"answered 400.*(grapheme|string)"):
            channel.send(post, None)


def test_post_is_sent_without_a_chart_that_is_too_large(
    pds: Pds, account: Account
) -> None:
    channel = make_channel(pds, account)
    sent = channel.send(make_post(channel, FIRST), b"x" * 1_000_001)
    assert posts_of(pds, account.did)[sent.id].embed is None


def test_account_is_labelled_as_a_bot_and_keeps_its_name(
    pds: Pds, account: Account
) -> None:
    profile = {"$type": "app.bsky.actor.profile", "displayName": "Wire 🌐"}
    record_key = {"repo": account.did, **PROFILE}
    with reading_client(pds) as client:
        client.login(account.handle, account.password, fetch_bsky_profile=False)
        client.com.atproto.repo.put_record({**record_key, "record": profile})
        for _ in range(2):
            channel = make_channel(pds, account)
            channel.send(make_post(channel, FIRST), None)
            record = client.com.atproto.repo.get_record(record_key).value
            assert record.display_name == "Wire 🌐"
            assert [label.val for label in record.labels.values] == ["bot"]


def test_unreachable_server_counts_as_unavailable(pds: Pds, account: Account) -> None:
    channel = make_channel(pds, account, "http://127.0.0.1:9")
    with pytest.raises(ChannelUnavailable):
        channel.send(make_post(channel, FIRST), None)


def test_login_rate_limit_becomes_the_retry_delay(tmp_path: Path) -> None:
    """The PDS allows 30 logins in five minutes, also for an account that does not exist."""
    node = find_node()
    if node is None:
        report_missing("the Bluesky PDS")
    unknown_account = Account("did:plc:nobody", "nobody.test", "none", "none")
    limited_pds = start_pds(node, tmp_path / "data", rate_limits=True)
    try:
        channel = make_channel(limited_pds, unknown_account)
        post = make_post(channel, FIRST)

        def refusal(_: int) -> str:
            with pytest.raises(ChannelRefused) as caught:
                channel.send(post, None)
            return str(caught.value)

        with ThreadPoolExecutor(15) as pool:
            assert all(
                "answered 401" in message for message in pool.map(refusal, range(30))
            )
        with pytest.raises(ChannelUnavailable, match="RateLimitExceeded") as caught:
            channel.send(post, None)
    finally:
        limited_pds.stop()
    retry_after = caught.value.retry_after
    assert retry_after is not None
    assert timedelta(0) < retry_after <= timedelta(minutes=5)
