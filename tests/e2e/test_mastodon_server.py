"""The mastodon channel on snac, a real server, read back by a third-party client."""

import io
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import httpx
import mastodon
import PIL.Image
import pytest
from pydantic import SecretStr

from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.channels.shared.read_back import normalized_html_text, normalized_text
from bot.clock import SystemClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.model.draft import Picture
from tests.servers.local import LocalServer, ReceivedRequest, Reply
from tests.servers.snac import Snac

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = pytest.mark.servers

AT = datetime(2022, 1, 4, 12, 30, tzinfo=UTC)
FIRST = (
    "⚠️ Suspected: mobile internet in #Kazakhstan 🇰🇿 drops to 55% of ordinary.\n\n"
    "One source (IODA) shows it; not corroborated. 12:30 UTC (18:30 Almaty)."
)
SECOND = (
    "Confirmed: الإنترنت في كازاخستان 5% <of> ordinary & falling · «Kcell», 11:05 UTC"
)
THIRD = (
    "Update: Интернет 2% · report: https://example.org/KZ-2022-0104/?a=1&b=2 14:00 UTC"
)


def png(width: int) -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (width, 30), "white").save(out, "PNG")
    return out.getvalue()


def make_post(text: str, event: int, reply_to: str | None = None) -> Post:
    digest = sha256(png(40 + event)).hexdigest()
    alt = f"Line chart {event}: bgp falls from 100 percent · «الشبكة» 🇰🇿"
    return Post(
        key=f"KZ-2022-0104.{event}/mastodon",
        incident="KZ-2022-0104",
        event=f"KZ-2022-0104.{event}",
        channel="mastodon",
        lang="en",
        at=AT + timedelta(hours=event),
        made_at=AT + timedelta(hours=event),
        text=text,
        length=len(text),
        picture=Picture("chart.png", "image/png", 40 + event, 30, digest, alt),
        reply_to=reply_to,
    )


def make_channel(
    server: Snac, base_url: str = "", token: str = "", content_warning: str = ""
) -> MastodonChannel:
    config = MastodonConfig(
        base_url=base_url or server.base_url,
        token=SecretStr(token or server.token),
        timeout=timedelta(seconds=5),
        content_warning=content_warning,
    )
    return MastodonChannel("mastodon", config, SystemClock())


@pytest.fixture
def reader(snac: Snac) -> mastodon.Mastodon:
    """Mastodon.py, a third-party client, with the token of the same account."""
    return mastodon.Mastodon(
        access_token=snac.token,
        api_base_url=snac.base_url,
        ratelimit_method="throw",
        request_timeout=10,
        version_check_mode="none",
    )


def send_thread(channel: MastodonChannel) -> tuple[Receipt, Receipt, Receipt]:
    first = channel.send(make_post(FIRST, 1), png(41))
    second = channel.send(make_post(SECOND, 2, first.id), png(42))
    return first, second, channel.send(make_post(THIRD, 3, second.id), png(43))


def test_thread_is_read_back_as_it_was_sent(
    snac: Snac, reader: mastodon.Mastodon
) -> None:
    receipts = send_thread(make_channel(snac))
    parent = None
    for number, (receipt, text) in enumerate(
        zip(receipts, (FIRST, SECOND, THIRD), strict=True), 1
    ):
        status = reader.status(receipt.id)
        assert normalized_text(status["text"]) == normalized_text(text)
        assert normalized_html_text(
            status["content"].replace("<of>", "&lt;of>")
        ) == normalized_text(text)
        assert str(status["in_reply_to_id"] or "") == str(parent or "")
        assert status["url"] == receipt.url
        (media,) = status["media_attachments"]
        assert media["description"] == make_post(text, number).picture.alt  # type: ignore[union-attr] # it has a picture
        data = httpx.get(media["url"]).raise_for_status().content
        assert data == png(40 + number)
        with PIL.Image.open(io.BytesIO(data)) as image:
            assert image.size == (40 + number, 30)
        parent = receipt.id


def test_sent_posts_are_found_and_no_others(snac: Snac) -> None:
    channel = make_channel(snac)
    receipts = send_thread(channel)
    second = make_post(SECOND, 2, receipts[0].id)
    assert channel.find(second) == receipts[1]
    assert channel.find(make_post(THIRD, 3, receipts[1].id)) == receipts[2]
    assert channel.find(replace(second, text="Update: never said.")) is None
    assert channel.find(replace(second, reply_to=receipts[2].id)) is None


def test_post_is_found_after_its_answer_was_lost(snac: Snac) -> None:
    """The request reaches the real server, but its answer does not reach the channel."""

    def pass_on(request: ReceivedRequest) -> Reply:
        headers = {
            key: value
            for key, value in request.headers.items()
            if key in {"authorization", "content-type"}
        }
        query = f"?{request.raw_query}" if request.raw_query else ""
        answer = httpx.request(
            request.method,
            snac.base_url + request.path + query,
            content=request.body,
            headers={**headers, "connection": "close"},
        )
        lost = request.method == "POST" and request.path == "/api/v1/statuses"
        return Reply(
            answer.status_code, answer.content, sent_share=0.0 if lost else None
        )

    proxy = LocalServer(pass_on)
    try:
        post = make_post("Update: the answer to this is lost, 15:00 UTC", 9)
        channel = make_channel(snac, proxy.base_url)
        with pytest.raises(ChannelUnknown):
            channel.send(post, png(49))
        receipt = channel.find(post)
        assert receipt is not None
        assert receipt == make_channel(snac).find(post)
    finally:
        proxy.stop()


def test_limits_are_those_that_the_server_reports(snac: Snac) -> None:
    configuration = httpx.get(f"{snac.base_url}/api/v1/instance").json()[
        "configuration"
    ]
    outlet = make_channel(snac).outlet()
    assert outlet.limit == configuration["statuses"]["max_characters"]
    assert outlet.url_length == configuration["statuses"]["characters_reserved_per_url"]
    assert outlet.alt_limit == 1500


def test_invalid_token_is_refused_and_not_shown(snac: Snac) -> None:
    channel = make_channel(snac, token="strangetoken123")
    with pytest.raises(ChannelRefused, match="401") as caught:
        channel.send(make_post("Confirmed: nobody hears it", 8), None)
    assert "strangetoken123" not in str(caught.value)


def test_unreachable_server_counts_as_unavailable(snac: Snac) -> None:
    channel = make_channel(snac, "http://127.0.0.1:9")
    with pytest.raises(ChannelUnavailable):
        channel.send(make_post("Confirmed: nobody hears it", 8), None)


def test_edit_changes_the_text_and_keeps_the_picture(
    snac: Snac, reader: mastodon.Mastodon
) -> None:
    """P11: the real server shows the new text with the old picture."""
    channel = make_channel(snac)
    post = make_post("Confirmed: to be amended, 16:00 UTC", 11)
    first = channel.send(post, png(51))
    statement = "Retracted: the data no longer support it, 17:00 UTC"
    edit = replace(make_post(statement, 12), amends=first.id, picture=None)
    for _ in range(2):
        time.sleep(1.1)  # snac's ids contain the time of the last change in seconds
        assert channel.send(edit, None).id == first.id
    after = reader.status(first.id)
    assert normalized_text(after["text"]) == statement
    (media,) = after["media_attachments"]
    assert media["description"] == post.picture.alt  # type: ignore[union-attr] # it has a picture


def test_post_with_a_content_warning_is_found(
    snac: Snac, reader: mastodon.Mastodon
) -> None:
    channel = make_channel(snac, content_warning="Отключение · قطع")
    post = make_post("Confirmed: #Қазақстан behind a warning, 18:00 UTC", 13)
    sent = channel.send(post, png(53))
    status = reader.status(sent.id)
    assert status["spoiler_text"] == "Отключение · قطع"
    assert status["sensitive"] is True
    assert channel.find(post) == sent


def test_test_post_is_private_and_a_failed_removal_is_reported(
    snac: Snac, reader: mastodon.Mastodon
) -> None:
    """snac answers 404 to every deletion; the channel must report a failure."""
    channel = make_channel(snac)
    channel.send(make_post("No test, 19:00 UTC", 15), None)
    sent = channel.send(replace(make_post("A test, 19:00 UTC", 14), private=True), None)
    assert reader.status(sent.id)["visibility"] in {"direct", "private"}
    page = httpx.get(f"{snac.base_url}/{snac.user}").raise_for_status().text
    assert ("No test, 19:00" in page, "A test, 19:00" in page) == (True, False)
    with pytest.raises(ChannelRefused, match="delete the post there by hand"):
        channel.remove(sent)
    assert normalized_text(reader.status(sent.id)["text"]) == "A test, 19:00 UTC"
    # A post that never existed counts as removed.
    channel.remove(Receipt("1700000000.000000000000000000000000"))
