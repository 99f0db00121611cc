"""What only the bluesky channel does: record keys, sessions, facets, bot label, limits."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from bot.channels.bluesky import BlueskyChannel, BlueskyConfig, _facets
from bot.channels.clients.bluesky import record_key
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post
from bot.model.draft import Counting
from bot.text.fitting.length import count
from tests.contract.rigs.bluesky import (
    APP_PASSWORD,
    HANDLE,
    POSTS,
    BlueskyMemory,
    bluesky_rig,
    refusal,
)
from tests.contract.rigs.rig import AT, PNG, Rig, VisiblePost, make_post
from tests.servers.local import Reply

PROFILE = ("app.bsky.actor.profile", "self")
LOG_IN = "/xrpc/com.atproto.server.createSession"
RENEW = "/xrpc/com.atproto.server.refreshSession"
TID_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
# A Persian word with a zero-width non-joiner between its halves.
WORD_WITH_ZWNJ = "\u200c".join(("نیم", "فاصله"))
INSTANTS = st.datetimes(timezones=st.just(UTC))


@pytest.fixture
def memory() -> BlueskyMemory:
    return BlueskyMemory()


@pytest.fixture
def bluesky(tmp_path: Path, memory: BlueskyMemory) -> Iterator[Rig]:
    yield from bluesky_rig(tmp_path, memory)


def post_with_token(rig: Rig, text: str = "One", **changes: Any) -> Post:
    """Return a post with its token, as the delivery worker passes it to the channel."""
    post = make_post(text, **changes)
    return replace(post, token=rig.channel.token(post))


def only_record(memory: BlueskyMemory) -> dict[str, Any]:
    """Return the record of the only post."""
    posts = [value for (kind, _), value in memory.records.items() if kind == POSTS]
    (value,) = posts
    return value


def marked_texts(text: str, memory: BlueskyMemory) -> list[tuple[str, str]]:
    """Return the text that each facet of the only post marks, with its link or hashtag."""
    marks = []
    for facet in only_record(memory).get("facets", []):
        index, (feature,) = facet["index"], facet["features"]
        marked_text = text.encode()[index["byteStart"] : index["byteEnd"]].decode()
        marks.append((marked_text, feature.get("uri") or feature["tag"]))
    return marks


@given(INSTANTS, st.text())
def test_record_key_is_always_valid_for_bluesky(at: datetime, name: str) -> None:
    key = record_key(at, name)
    assert re.fullmatch("[234567a-j][234567a-z]{12}", key)
    assert key == record_key(at, name)


def test_record_keys_contain_the_time_and_sort_by_it() -> None:
    times = [AT + timedelta(seconds=n) for n in range(100)]
    keys = [record_key(at, f"IR-2026-0108.{-n}/sky") for n, at in enumerate(times)]
    assert keys == sorted(keys)
    number = 0
    for character in keys[0]:
        number = number * 32 + TID_ALPHABET.index(character)
    assert number >> 10 == pytest.approx(AT.timestamp() * 1e6, abs=1e6)


def test_posts_of_the_same_time_have_different_keys() -> None:
    keys = {record_key(AT, f"IR-2026-0108.{n}/sky") for n in range(10_000)}
    assert len(keys) == 10_000


def test_record_has_its_creation_time_and_language(
    bluesky: Rig, memory: BlueskyMemory
) -> None:
    made_at = datetime(2026, 1, 8, 20, 0, 0, 123456, tzinfo=UTC)
    bluesky.clock.time += timedelta(days=3)
    bluesky.channel.send(post_with_token(bluesky, lang="fa", made_at=made_at), None)
    sent_record = only_record(memory)
    assert (sent_record["createdAt"], sent_record["langs"]) == (
        "2026-01-08T20:00:00.123Z",
        ["fa"],
    )


def test_repeated_post_has_identical_bytes(bluesky: Rig, memory: BlueskyMemory) -> None:
    """P10: a post that another process sends again, a day later, has the same bytes."""
    assert isinstance(bluesky.config, BlueskyConfig)
    other = BlueskyChannel("one", bluesky.config, bluesky.clock)
    post = post_with_token(bluesky, "Confirmed: #Iran https://example.org/a")
    first = bluesky.channel.send(post, PNG)
    bluesky.clock.time += timedelta(days=1)
    assert other.send(post, PNG) == first
    bodies = [
        request.body
        for request in bluesky.requests
        if request.path == bluesky.post_path and POSTS in str(request)
    ]
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]
    assert len(bluesky.visible_posts()) == 1


def test_repeat_without_its_picture_returns_the_existing_post(bluesky: Rig) -> None:
    post = post_with_token(bluesky)
    first = bluesky.channel.send(post, PNG)
    assert bluesky.channel.send(post, None) == first
    assert bluesky.visible_posts() == [VisiblePost("One", "Alt 1 ⚠", PNG, None)]


def test_post_is_refused_if_another_record_has_its_key(bluesky: Rig) -> None:
    post = post_with_token(bluesky)
    bluesky.channel.send(post, None)
    other = replace(post, text="Two")
    with pytest.raises(ChannelRefused, match="another record"):
        bluesky.channel.send(other, None)
    with pytest.raises(ChannelUnknown, match="a different text"):
        bluesky.channel.find(other)
    assert [post.text for post in bluesky.visible_posts()] == ["One"]


def test_post_is_found_by_its_key_after_a_lost_answer(
    bluesky: Rig, memory: BlueskyMemory
) -> None:
    post = post_with_token(bluesky)
    sent = bluesky.channel.send(post, PNG)
    bluesky.script[bluesky.post_path].append(Reply(200, {}, sent_share=0.0))
    with pytest.raises(ChannelUnknown):
        bluesky.channel.send(post, PNG)
    assert bluesky.channel.find(post) == sent


def test_reply_names_its_parent_and_the_root_of_its_thread(
    bluesky: Rig, memory: BlueskyMemory
) -> None:
    root = bluesky.channel.send(post_with_token(bluesky, "One"), None)
    parent = bluesky.channel.send(
        post_with_token(bluesky, "Two", event=2, reply_to=root.id), None
    )
    post = post_with_token(bluesky, "Three", event=3, reply_to=parent.id, root=root.id)
    bluesky.channel.send(post, None)
    reply = memory.records[(POSTS, post.token)]["reply"]
    assert {k: f"{v['uri']} {v['cid']}" for k, v in reply.items()} == {
        "root": root.id,
        "parent": parent.id,
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("⚠️ #Iran 🇮🇷 is down", [("#Iran", "Iran")]),
        ("در #ایران اینترنت", [("#ایران", "ایران")]),
        (f"#{WORD_WITH_ZWNJ}، #دو", [(f"#{WORD_WITH_ZWNJ}", WORD_WITH_ZWNJ), ("#دو", "دو")]),
        ("#भारत में #မြန်မာ #ខ្មែរ", [(f"#{t}", t) for t in ("भारत", "မြန်မာ", "ខ្មែរ")]),
        ("在#日本。\uff03한국", [("\uff03한국", "한국")]),
        ("(#日本。", [("#日本", "日本")]),
        ("#Côte_dIvoire's #5G #1 #️⃣ ##x a#b &#39; a/#c", [("#Côte_dIvoire",) * 2, ("#5G",) * 2]),
        ("#" + "a" * 65, []),
        (
            "é https://example.org/IR-2026-0108?a=1&b=2#top. More",
            [("https://example.org/IR-2026-0108?a=1&b=2#top",) * 2],
        ),
        ("«https://example.org/ایران»", [("https://example.org/ایران",) * 2]),
        ("(https://example.org/a_(b)), or", [("https://example.org/a_(b)",) * 2]),
        ("https://example.org/ #x", [("https://example.org/",) * 2, ("#x", "x")]),
        ("https:// xhttps://example.org http", []),
    ],
)  # fmt: skip
def test_facets_mark_links_and_hashtags_by_byte_offset(
    bluesky: Rig, memory: BlueskyMemory, text: str, expected: list[tuple[str, str]]
) -> None:
    bluesky.channel.send(post_with_token(bluesky, text), None)
    assert marked_texts(text, memory) == [(a, b.removeprefix("#")) for a, b in expected]


@given(
    st.lists(st.sampled_from([*"a1 #.()/:é本⚠🇮\n\u200c\ufe0f", "https://x"])).map(
        "".join
    )
)
def test_each_facet_marks_a_link_or_a_hashtag_of_the_text(text: str) -> None:
    previous_end = 0
    for facet in _facets(text):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        assert previous_end <= start < end <= len(text.encode())
        marked_text, (feature,) = text.encode()[start:end].decode(), facet["features"]
        assert marked_text in {feature.get("uri"), f"#{feature.get('tag')}"}
        previous_end = end


def test_picture_is_sent_with_its_aspect_ratio(
    bluesky: Rig, memory: BlueskyMemory
) -> None:
    bluesky.channel.send(post_with_token(bluesky), PNG)
    (image,) = only_record(memory)["embed"]["images"]
    assert image["aspectRatio"] == {"width": 4, "height": 3}
    assert image["image"]["mimeType"] == "image/png"


@pytest.mark.parametrize(("size", "is_sent"), [(1_000_000, True), (1_000_001, False)])
def test_post_is_sent_without_a_picture_that_is_too_large(
    bluesky: Rig, memory: BlueskyMemory, size: int, is_sent: bool
) -> None:
    bluesky.channel.send(post_with_token(bluesky), b"x" * size)
    assert bool(memory.blobs) == is_sent == ("embed" in only_record(memory))


def test_text_is_sent_alone_if_the_record_refuses_its_picture(bluesky: Rig) -> None:
    bluesky.script[bluesky.post_path].append(
        refusal("BlobNotFound", "Could not find blob")
    )
    bluesky.channel.send(post_with_token(bluesky), PNG)
    assert bluesky.visible_posts() == [VisiblePost("One", None, None, None)]


def test_one_session_serves_many_posts(bluesky: Rig, memory: BlueskyMemory) -> None:
    for number in range(1, 6):
        bluesky.channel.send(post_with_token(bluesky, f"{number}", event=number), PNG)
    assert (memory.logins, memory.renewals) == (1, 0)


@pytest.mark.parametrize("error", ["ExpiredToken", "InvalidToken"])
@pytest.mark.parametrize("call", ["post_path", "media_path"])
def test_expired_session_is_renewed_and_the_post_is_sent(
    bluesky: Rig, memory: BlueskyMemory, error: str, call: str
) -> None:
    bluesky.channel.send(post_with_token(bluesky), None)
    bluesky.script[getattr(bluesky, call)].append(refusal(error))
    bluesky.channel.send(post_with_token(bluesky, "Two", event=2), PNG)
    assert (memory.logins, memory.renewals) == (1, 1)
    assert bluesky.visible_posts()[1:] == [VisiblePost("Two", "Alt 2 ⚠", PNG, None)]


def test_password_is_used_if_the_session_cannot_be_renewed(
    bluesky: Rig, memory: BlueskyMemory
) -> None:
    bluesky.channel.send(post_with_token(bluesky), None)
    bluesky.script[bluesky.post_path].append(refusal("ExpiredToken"))
    bluesky.script[RENEW].append(refusal("ExpiredToken", "Token has been revoked"))
    bluesky.channel.send(post_with_token(bluesky, "Two", event=2), None)
    assert (memory.logins, memory.renewals) == (2, 0)
    assert [post.text for post in bluesky.visible_posts()] == ["One", "Two"]


def test_post_with_an_invalid_token_is_tried_only_twice(
    bluesky: Rig, memory: BlueskyMemory
) -> None:
    bluesky.script[bluesky.post_path].extend([refusal("InvalidToken")] * 9)
    with pytest.raises(ChannelRefused, match="InvalidToken"):
        bluesky.channel.send(post_with_token(bluesky), None)
    assert len(bluesky.script[bluesky.post_path]) == 7


@pytest.mark.parametrize("path", [LOG_IN, RENEW])
@pytest.mark.parametrize(
    "reply",
    [
        Reply(503),
        Reply(200, {}, sent_share=0.0),
        Reply(200, {"did": "did:plc:wire", "accessJwt": 5, "refreshJwt": "b"}),
        Reply(200, b"[]"),
        Reply(200, b"<html>"),
    ],
)
def test_failed_login_leaves_no_delivery_unknown(
    bluesky: Rig, memory: BlueskyMemory, path: str, reply: Reply
) -> None:
    if path == RENEW:
        bluesky.channel.send(post_with_token(bluesky, "Before", event=9), None)
        bluesky.script[bluesky.post_path].append(refusal("ExpiredToken"))
    bluesky.script[path].append(reply)
    with pytest.raises(ChannelUnavailable):
        bluesky.channel.send(post_with_token(bluesky), None)
    bluesky.channel.send(post_with_token(bluesky), None)
    assert bluesky.visible_posts()[-1].text == "One"


def test_wrong_password_is_tried_once_and_refused_with_advice(bluesky: Rig) -> None:
    assert isinstance(bluesky.config, BlueskyConfig)
    wrong = SecretStr("wrong-password")
    config = bluesky.config.model_copy(update={"app_password": wrong})
    channel = BlueskyChannel("one", config, bluesky.clock)
    with pytest.raises(ChannelRefused, match="app password") as caught:
        channel.send(post_with_token(bluesky), PNG)
    assert "wrong-password" not in str(caught.value)
    assert [request.path for request in bluesky.requests] == [LOG_IN]


@pytest.mark.parametrize("call", ["post_path", "media_path"])
def test_rate_limit_reset_becomes_the_retry_delay(bluesky: Rig, call: str) -> None:
    reset = str(int((AT + timedelta(minutes=1)).timestamp()))
    reply = Reply(429, {"error": "RateLimitExceeded"}, {"RateLimit-Reset": reset})
    bluesky.script[getattr(bluesky, call)].append(reply)
    with pytest.raises(ChannelUnavailable) as caught:
        bluesky.channel.send(post_with_token(bluesky), PNG)
    assert caught.value.retry_after == timedelta(minutes=1)


def test_login_rate_limit_becomes_the_retry_delay(bluesky: Rig) -> None:
    bluesky.script[LOG_IN].append(Reply(429, {}, {"retry-after": "287"}))
    with pytest.raises(ChannelUnavailable) as caught:
        bluesky.channel.send(post_with_token(bluesky), None)
    assert caught.value.retry_after == timedelta(seconds=287)


def test_session_tokens_are_hidden_in_errors(
    bluesky: Rig, memory: BlueskyMemory
) -> None:
    bluesky.channel.send(post_with_token(bluesky), None)
    for path in (bluesky.post_path, LOG_IN):
        message = f"{memory.access} {memory.refresh} {APP_PASSWORD}"
        bluesky.script[path].append(refusal("InvalidRequest", message))
    with pytest.raises(ChannelRefused) as caught:
        bluesky.channel.send(post_with_token(bluesky, "Two", event=2), None)
    assert str(caught.value).count("***") == 3


def self_labels(profile: dict[str, Any]) -> list[str]:
    """Return the labels that an account gives itself in its profile."""
    return [label["val"] for label in profile["labels"]["values"]]


def test_account_labels_itself_as_a_bot(bluesky: Rig, memory: BlueskyMemory) -> None:
    bluesky.channel.send(post_with_token(bluesky), None)
    assert self_labels(memory.records[PROFILE]) == ["bot"]


def test_bot_label_keeps_the_rest_of_the_profile(
    bluesky: Rig, memory: BlueskyMemory
) -> None:
    labels = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!x"}]}
    before = {"$type": PROFILE[0], "displayName": "Wire 🌐", "labels": labels}
    memory.records[PROFILE] = before
    bluesky.channel.send(post_with_token(bluesky), None)
    assert self_labels(memory.records[PROFILE]) == ["!x", "bot"]
    assert memory.records[PROFILE]["displayName"] == "Wire 🌐"


def test_existing_bot_label_is_not_written_again(
    bluesky: Rig, memory: BlueskyMemory
) -> None:
    memory.records[PROFILE] = {"labels": {"values": [{"val": "bot"}]}}
    bluesky.channel.send(post_with_token(bluesky), None)
    bluesky.channel.send(post_with_token(bluesky, "Two", event=2), None)
    read_path, write_path = bluesky.read_back_paths[0], bluesky.post_path
    paths = [request.path for request in bluesky.requests]
    assert (paths.count(read_path), paths.count(write_path)) == (1, 2)


@pytest.mark.parametrize("reply", [Reply(503), Reply(400), Reply(200, b"<html>")])
def test_failure_to_set_the_bot_label_does_not_stop_posts(
    bluesky: Rig, reply: Reply
) -> None:
    bluesky.script[bluesky.read_back_paths[0]].append(reply)
    bluesky.channel.send(post_with_token(bluesky), None)
    bluesky.channel.send(post_with_token(bluesky, "Two", event=2), None)
    assert [post.text for post in bluesky.visible_posts()] == ["One", "Two"]


def test_bluesky_counts_graphemes_and_at_most_ten_bytes_each(bluesky: Rig) -> None:
    outlet = bluesky.channel.outlet()
    assert (outlet.limit, outlet.counting) == (300, Counting.GRAPHEMES_OR_BYTES)
    family = "👨‍👩‍👧‍👦"
    assert count("a" * 300, outlet) == 300
    assert (
        count(family * 120, outlet) == 300
    )  # 3,000 bytes, the most that Bluesky accepts
    assert count(family * 121, outlet) > 300
    link = "https://example.org/" + "a" * 100
    assert count(link, outlet) == len(link)


@pytest.mark.parametrize(
    "invalid",
    [
        {"base_url": "http://pds.example"},
        {"base_url": "https://u:p@pds.example"},
        {"handle": "wire"},
        {"handle": "wire@example.org"},
        {"handle": "@wire.example"},
        {"app_password": "in-clear"},
    ],
)
def test_invalid_configuration_is_refused(
    monkeypatch: pytest.MonkeyPatch, invalid: dict[str, str]
) -> None:
    monkeypatch.setenv("OW_TEST", APP_PASSWORD)
    valid = {"handle": HANDLE, "app_password": "env:OW_TEST"}
    for handle in (HANDLE, "did:plc:abc234", "did:web:wire.example"):
        BlueskyConfig.model_validate(valid | {"handle": handle})
    with pytest.raises(ValidationError):
        BlueskyConfig.model_validate(valid | invalid)
