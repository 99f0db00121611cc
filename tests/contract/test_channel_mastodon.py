"""What only the mastodon channel does: limits, idempotency keys, pictures, HTML."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.channels.mastodon import MastodonChannel, MastodonConfig
from bot.channels.shared.read_back import normalized_html_text, normalized_text
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.draft import Counting
from tests.contract.rigs.mastodon import mastodon_rig
from tests.contract.rigs.rig import AT, PNG, Rig, VisiblePost, make_post
from tests.servers.local import Reply
from tests.servers.mastodon_rules import html_of
from tests.servers.mastodon_standin import TOKEN


@pytest.fixture
def mastodon(tmp_path: Path) -> Iterator[Rig]:
    yield from mastodon_rig(tmp_path)


@pytest.fixture(autouse=True)
def secret_in_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OW_TEST", TOKEN)


@pytest.mark.parametrize(
    ("headers", "retry_after"),
    [
        ({"X-RateLimit-Reset": "2026-01-08T16:35:00.000Z"}, timedelta(minutes=5)),
        ({"X-RateLimit-Reset": "2026-01-08T16:00:00Z"}, timedelta(0)),
        ({"Retry-After": "90"}, timedelta(seconds=90)),
        ({"Retry-After": "Thu, 08 Jan 2026 16:31:00 GMT"}, timedelta(minutes=1)),
        ({"Retry-After": "99999999"}, timedelta(days=1)),
        ({"Retry-After": "soon", "X-RateLimit-Reset": "later"}, None),
        ({}, None),
    ],
)
def test_rate_limit_headers_become_the_retry_delay(
    mastodon: Rig, headers: dict[str, str], retry_after: timedelta | None
) -> None:
    mastodon.script[mastodon.post_path].append(Reply(429, {}, headers))
    with pytest.raises(ChannelUnavailable) as caught:
        mastodon.channel.send(make_post("One"), None)
    assert caught.value.retry_after == retry_after


def test_request_has_idempotency_key_language_and_visibility(mastodon: Rig) -> None:
    post = make_post("One", lang="fa")
    mastodon.channel.send(post, None)
    (request,) = mastodon.requests
    assert request.headers["idempotency-key"] == post.token
    assert request.headers["connection"] == "close"
    assert (request.form["language"], request.form["visibility"]) == ("fa", "public")


def test_same_idempotency_key_makes_one_post(mastodon: Rig) -> None:
    receipts = [mastodon.channel.send(make_post("One"), None) for _ in range(2)]
    assert receipts[0] == receipts[1]
    assert len(mastodon.visible_posts()) == 1


@pytest.mark.parametrize("path", ["/api/v2/instance", "/api/v1/instance"])
def test_limits_are_read_once_from_the_newest_api(mastodon: Rig, path: str) -> None:
    configuration = {
        "statuses": {"max_characters": 1000, "characters_reserved_per_url": 30},
        "media_attachments": {"description_limit": 800},
    }
    mastodon.script["/api/v2/instance"].append(Reply(404))
    mastodon.script[path].appendleft(Reply(200, {"configuration": configuration}))
    outlet = mastodon.channel.outlet()
    assert (outlet.limit, outlet.url_length, outlet.alt_limit) == (1000, 30, 800)
    count = len(mastodon.requests)
    assert mastodon.channel.outlet() is outlet
    assert len(mastodon.requests) == count


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404),
        Reply(503),
        Reply(200, b"<html>"),
        Reply(200, []),
        Reply(200, {"configuration": None}),
        Reply(200, {"configuration": {"statuses": [], "media_attachments": None}}),
        Reply(200, {"configuration": {"statuses": {"max_characters": "many"}}}),
        Reply(200, {}, sent_share=0.0),
    ],
)
def test_limits_have_defaults(mastodon: Rig, reply: Reply) -> None:
    for path in ("/api/v2/instance", "/api/v1/instance"):
        mastodon.script[path].append(reply)
    outlet = mastodon.channel.outlet()
    assert (outlet.limit, outlet.url_length, outlet.alt_limit) == (500, 23, 1500)
    assert outlet.counting is Counting.GRAPHEMES


def test_post_waits_until_its_picture_is_processed(mastodon: Rig) -> None:
    mastodon.script["/api/v2/media"].append(Reply(202, {"id": "5", "url": None}))
    ready = [Reply(206, {"id": "5"}), Reply(206, {"id": "5"}), Reply(200, {"id": "5"})]
    mastodon.script["/api/v1/media/5"].extend(ready)
    mastodon.script[mastodon.post_path].append(Reply(200, {"id": "9"}))
    mastodon.channel.send(make_post("One"), PNG)
    assert mastodon.requests[-1].form["media_ids[]"] == "5"
    assert mastodon.clock.time == AT + timedelta(seconds=6)


def test_wait_for_a_picture_ends_with_an_error(mastodon: Rig) -> None:
    mastodon.script["/api/v2/media"].append(Reply(202, {"id": "5"}))
    mastodon.script["/api/v1/media/5"].extend([Reply(206, {"id": "5"})] * 99)
    with pytest.raises(ChannelUnavailable, match="processed"):
        mastodon.channel.send(make_post("One"), PNG)
    assert not mastodon.visible_posts()


def test_picture_is_left_out_if_its_processing_fails(mastodon: Rig) -> None:
    mastodon.script["/api/v2/media"].append(Reply(202, {"id": "5"}))
    mastodon.script["/api/v1/media/5"].append(Reply(422, {"error": "no"}))
    mastodon.channel.send(make_post("One"), PNG)
    assert mastodon.visible_posts() == [VisiblePost("One", None, None, None)]


def test_text_is_sent_alone_if_the_status_refuses_its_picture(
    mastodon: Rig,
) -> None:
    mastodon.script[mastodon.post_path].append(Reply(422, {"error": "media"}))
    mastodon.channel.send(make_post("One"), PNG)
    assert mastodon.visible_posts() == [VisiblePost("One", None, None, None)]


def test_post_is_found_on_a_later_page(mastodon: Rig) -> None:
    sent = mastodon.channel.send(make_post("One"), None)
    for number in range(2, 95):
        mastodon.channel.send(make_post(f"Other {number}", event=number), None)
    assert mastodon.channel.find(make_post("One")) == sent
    assert mastodon.channel.find(make_post("Never")) is None


def test_search_ends_at_the_parent_of_the_reply(mastodon: Rig) -> None:
    for number in range(1, 90):
        mastodon.channel.send(make_post(f"{number}", event=number), None)
    last = mastodon.channel.send(make_post("The last", event=90), None)
    mastodon.requests.clear()
    assert mastodon.channel.find(make_post("Never", reply_to=last.id)) is None
    assert len(mastodon.requests) == 2


def test_search_is_inconclusive_if_there_are_more_posts(
    mastodon: Rig,
) -> None:
    """P10: a post that is not among the newest 200 may still be on the account."""
    sent = mastodon.channel.send(make_post("One"), None)
    for number in range(2, 202):
        mastodon.channel.send(make_post(f"Other {number}", event=number), None)
    with pytest.raises(ChannelUnknown, match="newest 200"):
        mastodon.channel.find(make_post("One"))
    reply = make_post("Never", reply_to=sent.id)
    with pytest.raises(ChannelUnknown):
        mastodon.channel.find(reply)


@pytest.mark.parametrize(
    ("created_at", "search_ends"),
    [("2026-01-07T16:00:00Z", True), ("2026-01-07T17:00:00Z", False)],
)
def test_search_ends_at_a_much_older_post(
    mastodon: Rig, created_at: str, search_ends: bool
) -> None:
    """The search goes back a day beyond the post's time, because clocks may differ."""
    page = [{"id": "9", "content": "Other", "created_at": created_at}]
    path = "/api/v1/accounts/7/statuses"
    for number in range(5):
        page = [{**page[0], "id": str(900 - number)}]
        mastodon.script[path].append(Reply(200, page))
    if search_ends:
        assert mastodon.channel.find(make_post("One")) is None
    else:
        with pytest.raises(ChannelUnknown):
            mastodon.channel.find(make_post("One"))


def make_channel_with_warning(mastodon: Rig, **changes: object) -> MastodonChannel:
    """Return a channel that puts a content warning before its posts."""
    assert isinstance(mastodon.config, MastodonConfig)
    settings = {"content_warning": "Outage report", **changes}
    return MastodonChannel(
        "one", mastodon.config.model_copy(update=settings), mastodon.clock
    )


def test_content_warning_is_sent_and_shortens_the_limit(
    mastodon: Rig,
) -> None:
    channel = make_channel_with_warning(mastodon)
    assert channel.outlet().limit == 500 - len("Outage report")
    sent = channel.send(make_post("x" * channel.outlet().limit), PNG)
    form = mastodon.requests[-1].form
    assert (form["spoiler_text"], form["sensitive"]) == ("Outage report", "true")
    assert channel.find(make_post("x" * channel.outlet().limit)) == sent


def test_post_without_a_warning_is_not_sensitive(mastodon: Rig) -> None:
    mastodon.channel.send(make_post("One"), PNG)
    assert not {"spoiler_text", "sensitive"} & set(mastodon.requests[-1].form)


def test_test_post_is_visible_to_the_account_only(mastodon: Rig) -> None:
    mastodon.channel.send(make_post("One", private=True), None)
    assert mastodon.requests[-1].form["visibility"] == "direct"


def test_edit_keeps_everything_but_the_text(mastodon: Rig) -> None:
    """P11: an edit repeats what stays, because Mastodon clears every missing field."""
    channel = make_channel_with_warning(mastodon)
    first = channel.send(make_post("One", lang="fa"), PNG)
    edit = make_post("Other", event=2, lang="en", amends=first.id, picture=None)
    for _ in range(2):
        assert channel.send(edit, None) == first
    body = json.loads(mastodon.requests[-1].body)
    (media,) = body.pop("media_ids")
    assert body == {
        "status": "Other",
        "language": "fa",
        "spoiler_text": "Outage report",
        "sensitive": True,
        "media_attributes": [{"id": media, "description": "Alt 1 ⚠"}],
    }
    assert channel.find(edit) is None  # None: sending an edit again does no harm


def test_edit_of_a_deleted_post_is_refused(mastodon: Rig) -> None:
    with pytest.raises(ChannelRefused, match="404"):
        mastodon.channel.send(make_post("Other", amends="999"), None)


def test_failed_deletion_differs_from_a_deleted_post(
    mastodon: Rig,
) -> None:
    sent = mastodon.channel.send(make_post("One"), None)
    mastodon.script[f"{mastodon.post_path}/{sent.id}"].append(Reply(404))
    with pytest.raises(ChannelRefused, match="delete the post there by hand"):
        mastodon.channel.remove(sent)
    assert mastodon.visible_posts() == [VisiblePost("One", None, None, None)]
    mastodon.channel.remove(sent)
    mastodon.channel.remove(sent)
    assert not mastodon.visible_posts()


@pytest.mark.parametrize(
    "text",
    [
        "تأیید شد: #ایران در ۲٪ · ۱۶:۳۰",
        "已确认:#伊朗 为平时的 2%",
        "पुष्टि: #ईरान 2% पर",
        "확인: #이란 2%",
        "ยืนยัน: #อิหร่าน 2%",
        "Подтверждено: #Иран 2% https://пример.испытание/и/1?a=1&b=2",
        "Confirmed #Iran (https://example.org/i/IR-2026-0108/), <b> & \"q\" 'r' #AS58224",
    ],
)
def test_post_is_found_in_any_script_with_warning_and_edits(
    mastodon: Rig, text: str
) -> None:
    channel = make_channel_with_warning(mastodon)
    first = channel.send(make_post("The first"), PNG)
    post = make_post(text, event=2, reply_to=first.id)
    sent = channel.send(post, None)
    channel.send(make_post("The first, amended", event=3, amends=first.id), None)
    assert channel.find(post) == sent
    assert channel.find(make_post(f"{text} 2", event=2, reply_to=first.id)) is None


@pytest.mark.parametrize(
    "base",
    [
        "http://social.example",
        "https://u:p@social.example",
        "social.example",
        "https://",
    ],
)
def test_unsafe_base_url_is_refused(base: str) -> None:
    with pytest.raises(ValidationError):
        MastodonConfig.model_validate({"base_url": base, "token": "env:OW_TEST"})


@pytest.mark.parametrize("base", ["https://nowhere.invalid", "https://127.0.0.1:{}"])
def test_failed_lookup_or_handshake_counts_as_unavailable(
    mastodon: Rig, base: str
) -> None:
    """The server at the second address speaks plain HTTP, where TLS is expected."""
    assert isinstance(mastodon.config, MastodonConfig)
    port = mastodon.config.base_url.rpartition(":")[2]
    config = mastodon.config.model_copy(update={"base_url": base.format(port)})
    channel = MastodonChannel("one", config, mastodon.clock)
    with pytest.raises(ChannelUnavailable):
        channel.send(make_post("One"), None)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_text_is_restored_from_the_html_of_mastodon(text: str) -> None:
    assert normalized_html_text(html_of(text)) == normalized_text(text)


def test_description_of_a_picture_can_be_changed(mastodon: Rig) -> None:
    sent = mastodon.channel.send(make_post("One"), PNG)
    picture = make_post("One").picture
    assert picture is not None
    new_picture = replace(picture, alt="A line that falls to nothing.")
    change = make_post("One", event=2, amends=sent.id, picture=new_picture)
    assert mastodon.channel.outlet().redescribes
    for _ in range(2):
        assert mastodon.channel.send(change, PNG).id == sent.id
    assert mastodon.visible_posts() == [
        VisiblePost("One", "A line that falls to nothing.", PNG, None)
    ]
