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
from bot.text.length import count
from tests.contract.rigs.bluesky import (
    APP_PASSWORD,
    HANDLE,
    POSTS,
    BlueskyMemory,
    bluesky_rig,
    no,
)
from tests.contract.rigs.rig import AT, PNG, Rig, VisiblePost, a_post
from tests.servers.local import Reply

PROFILE = ("app.bsky.actor.profile", "self")
LOG_IN = "/xrpc/com.atproto.server.createSession"
RENEW = "/xrpc/com.atproto.server.refreshSession"
LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
# A Persian word with a zero-width non-joiner between its halves.
HALF_SPACED = "\u200c".join(("نیم", "فاصله"))
INSTANTS = st.datetimes(timezones=st.just(UTC))


@pytest.fixture
def memory() -> BlueskyMemory:
    return BlueskyMemory()


@pytest.fixture
def sky(tmp_path: Path, memory: BlueskyMemory) -> Iterator[Rig]:
    yield from bluesky_rig(tmp_path, memory)


def settled(rig: Rig, text: str = "One", **changes: Any) -> Post:
    """Return a post with its token, as the delivery worker passes it to the channel."""
    post = a_post(text, **changes)
    return replace(post, token=rig.channel.token(post))


def the_post(memory: BlueskyMemory) -> dict[str, Any]:
    """Return the record of the only post."""
    posts = [value for (kind, _), value in memory.records.items() if kind == POSTS]
    (value,) = posts
    return value


def marked(text: str, memory: BlueskyMemory) -> list[tuple[str, str]]:
    """Return the text that each facet of the only post marks, with its link or hashtag."""
    told = []
    for facet in the_post(memory).get("facets", []):
        index, (feature,) = facet["index"], facet["features"]
        cut = text.encode()[index["byteStart"] : index["byteEnd"]].decode()
        told.append((cut, feature.get("uri") or feature["tag"]))
    return told


@given(INSTANTS, st.text())
def test_a_key_is_always_one_that_bluesky_takes(at: datetime, name: str) -> None:
    key = record_key(at, name)
    assert re.fullmatch("[234567a-j][234567a-z]{12}", key)
    assert key == record_key(at, name)


def test_a_key_tells_the_second_and_grows_with_it() -> None:
    moments = [AT + timedelta(seconds=n) for n in range(100)]
    keys = [record_key(at, f"IR-2026-0108.{-n}/sky") for n, at in enumerate(moments)]
    assert keys == sorted(keys)
    number = 0
    for letter in keys[0]:
        number = number * 32 + LETTERS.index(letter)
    assert number >> 10 == pytest.approx(AT.timestamp() * 1e6, abs=1e6)


def test_posts_made_at_once_have_keys_of_their_own() -> None:
    keys = {record_key(AT, f"IR-2026-0108.{n}/sky") for n in range(10_000)}
    assert len(keys) == 10_000


def test_a_post_says_when_and_in_which_language_it_was_made(
    sky: Rig, memory: BlueskyMemory
) -> None:
    made = datetime(2026, 1, 8, 20, 0, 0, 123456, tzinfo=UTC)
    sky.clock.at += timedelta(days=3)
    sky.channel.send(settled(sky, lang="fa", made_at=made), None)
    told = the_post(memory)
    assert (told["createdAt"], told["langs"]) == ("2026-01-08T20:00:00.123Z", ["fa"])


def test_a_repeat_is_the_same_to_the_last_byte(sky: Rig, memory: BlueskyMemory) -> None:
    """P10: a post that another process sends again, a day later, has the same bytes."""
    assert isinstance(sky.config, BlueskyConfig)
    other = BlueskyChannel("one", sky.config, sky.clock)
    post = settled(sky, "Confirmed: #Iran https://example.org/a")
    first = sky.channel.send(post, PNG)
    sky.clock.at += timedelta(days=1)
    assert other.send(post, PNG) == first
    bodies = [
        q.body for q in sky.requests if q.path == sky.post_path and POSTS in str(q)
    ]
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]
    assert len(sky.visible_posts()) == 1


def test_a_repeat_that_lost_its_picture_is_the_post_that_stands(sky: Rig) -> None:
    post = settled(sky)
    first = sky.channel.send(post, PNG)
    assert sky.channel.send(post, None) == first
    assert sky.visible_posts() == [VisiblePost("One", "Alt 1 ⚠", PNG, None)]


def test_a_key_that_another_record_has_is_refused(sky: Rig) -> None:
    post = settled(sky)
    sky.channel.send(post, None)
    other = replace(post, text="Two")
    with pytest.raises(ChannelRefused, match="another record"):
        sky.channel.send(other, None)
    assert sky.channel.find(other) is None
    assert [post.text for post in sky.visible_posts()] == ["One"]


def test_an_answer_that_was_lost_is_found_by_its_key(
    sky: Rig, memory: BlueskyMemory
) -> None:
    post = settled(sky)
    sent = sky.channel.send(post, PNG)
    sky.script[sky.post_path].append(Reply(200, {}, comes=0.0))
    with pytest.raises(ChannelUnknown):
        sky.channel.send(post, PNG)
    assert sky.channel.find(post) == sent


def test_an_answer_names_the_post_and_the_first_of_its_thread(
    sky: Rig, memory: BlueskyMemory
) -> None:
    root = sky.channel.send(settled(sky, "One"), None)
    parent = sky.channel.send(settled(sky, "Two", event=2, reply_to=root.id), None)
    post = settled(sky, "Three", event=3, reply_to=parent.id, root=root.id)
    sky.channel.send(post, None)
    told = memory.records[(POSTS, post.token)]["reply"]
    assert {k: f"{v['uri']} {v['cid']}" for k, v in told.items()} == {
        "root": root.id,
        "parent": parent.id,
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("⚠️ #Iran 🇮🇷 is down", [("#Iran", "Iran")]),
        ("در #ایران اینترنت", [("#ایران", "ایران")]),
        (f"#{HALF_SPACED}، #دو", [(f"#{HALF_SPACED}", HALF_SPACED), ("#دو", "دو")]),
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
def test_links_and_hashtags_are_marked_by_their_bytes(
    sky: Rig, memory: BlueskyMemory, text: str, expected: list[tuple[str, str]]
) -> None:
    sky.channel.send(settled(sky, text), None)
    assert marked(text, memory) == [(a, b.removeprefix("#")) for a, b in expected]


@given(
    st.lists(st.sampled_from([*"a1 #.()/:é本⚠🇮\n\u200c\ufe0f", "https://x"])).map(
        "".join
    )
)
def test_whatever_is_marked_is_a_link_or_a_hashtag_of_the_text(text: str) -> None:
    before = 0
    for facet in _facets(text):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        assert before <= start < end <= len(text.encode())
        cut, (feature,) = text.encode()[start:end].decode(), facet["features"]
        assert cut in {feature.get("uri"), f"#{feature.get('tag')}"}
        before = end


def test_a_picture_tells_its_shape(sky: Rig, memory: BlueskyMemory) -> None:
    sky.channel.send(settled(sky), PNG)
    (image,) = the_post(memory)["embed"]["images"]
    assert image["aspectRatio"] == {"width": 4, "height": 3}
    assert image["image"]["mimeType"] == "image/png"


@pytest.mark.parametrize(("size", "carried"), [(1_000_000, True), (1_000_001, False)])
def test_a_picture_too_large_stays_behind(
    sky: Rig, memory: BlueskyMemory, size: int, carried: bool
) -> None:
    sky.channel.send(settled(sky), b"x" * size)
    assert bool(memory.blobs) == carried == ("embed" in the_post(memory))


def test_words_go_where_the_record_regrets_its_picture(sky: Rig) -> None:
    sky.script[sky.post_path].append(no("BlobNotFound", "Could not find blob"))
    sky.channel.send(settled(sky), PNG)
    assert sky.visible_posts() == [VisiblePost("One", None, None, None)]


def test_one_session_does_for_many_posts(sky: Rig, memory: BlueskyMemory) -> None:
    for number in range(1, 6):
        sky.channel.send(settled(sky, f"{number}", event=number), PNG)
    assert (memory.logins, memory.renewals) == (1, 0)


@pytest.mark.parametrize("error", ["ExpiredToken", "InvalidToken"])
@pytest.mark.parametrize("call", ["post_path", "media_path"])
def test_a_session_that_ran_out_is_renewed_and_the_post_goes_out(
    sky: Rig, memory: BlueskyMemory, error: str, call: str
) -> None:
    sky.channel.send(settled(sky), None)
    sky.script[getattr(sky, call)].append(no(error))
    sky.channel.send(settled(sky, "Two", event=2), PNG)
    assert (memory.logins, memory.renewals) == (1, 1)
    assert sky.visible_posts()[1:] == [VisiblePost("Two", "Alt 2 ⚠", PNG, None)]


def test_the_password_is_used_where_a_session_cannot_be_renewed(
    sky: Rig, memory: BlueskyMemory
) -> None:
    sky.channel.send(settled(sky), None)
    sky.script[sky.post_path].append(no("ExpiredToken"))
    sky.script[RENEW].append(no("ExpiredToken", "Token has been revoked"))
    sky.channel.send(settled(sky, "Two", event=2), None)
    assert (memory.logins, memory.renewals) == (2, 0)
    assert [post.text for post in sky.visible_posts()] == ["One", "Two"]


def test_a_token_that_is_never_right_is_asked_about_twice(
    sky: Rig, memory: BlueskyMemory
) -> None:
    sky.script[sky.post_path].extend([no("InvalidToken")] * 9)
    with pytest.raises(ChannelRefused, match="InvalidToken"):
        sky.channel.send(settled(sky), None)
    assert len(sky.script[sky.post_path]) == 7


@pytest.mark.parametrize("path", [LOG_IN, RENEW])
@pytest.mark.parametrize(
    "reply",
    [
        Reply(503),
        Reply(200, {}, comes=0.0),
        Reply(200, {"did": "did:plc:wire", "accessJwt": 5, "refreshJwt": "b"}),
        Reply(200, b"[]"),
        Reply(200, b"<html>"),
    ],
)
def test_a_session_that_does_not_come_leaves_no_post_in_doubt(
    sky: Rig, memory: BlueskyMemory, path: str, reply: Reply
) -> None:
    if path == RENEW:
        sky.channel.send(settled(sky, "Before", event=9), None)
        sky.script[sky.post_path].append(no("ExpiredToken"))
    sky.script[path].append(reply)
    with pytest.raises(ChannelUnavailable):
        sky.channel.send(settled(sky), None)
    sky.channel.send(settled(sky), None)
    assert sky.visible_posts()[-1].text == "One"


def test_a_wrong_password_is_refused_with_advice_and_asked_once(sky: Rig) -> None:
    assert isinstance(sky.config, BlueskyConfig)
    wrong = SecretStr("wrong-password")
    config = sky.config.model_copy(update={"app_password": wrong})
    channel = BlueskyChannel("one", config, sky.clock)
    with pytest.raises(ChannelRefused, match="app password") as caught:
        channel.send(settled(sky), PNG)
    assert "wrong-password" not in str(caught.value)
    assert [request.path for request in sky.requests] == [LOG_IN]


@pytest.mark.parametrize("call", ["post_path", "media_path"])
def test_bluesky_says_when_to_come_back(sky: Rig, call: str) -> None:
    reset = str(int((AT + timedelta(minutes=1)).timestamp()))
    reply = Reply(429, {"error": "RateLimitExceeded"}, {"RateLimit-Reset": reset})
    sky.script[getattr(sky, call)].append(reply)
    with pytest.raises(ChannelUnavailable) as caught:
        sky.channel.send(settled(sky), PNG)
    assert caught.value.retry_after == timedelta(minutes=1)


def test_a_limit_on_logins_is_waited_for(sky: Rig) -> None:
    sky.script[LOG_IN].append(Reply(429, {}, {"retry-after": "287"}))
    with pytest.raises(ChannelUnavailable) as caught:
        sky.channel.send(settled(sky), None)
    assert caught.value.retry_after == timedelta(seconds=287)


def test_tokens_of_a_session_are_not_told(sky: Rig, memory: BlueskyMemory) -> None:
    sky.channel.send(settled(sky), None)
    for path in (sky.post_path, LOG_IN):
        message = f"{memory.access} {memory.refresh} {APP_PASSWORD}"
        sky.script[path].append(no("InvalidRequest", message))
    with pytest.raises(ChannelRefused) as caught:
        sky.channel.send(settled(sky, "Two", event=2), None)
    assert str(caught.value).count("***") == 3


def bot(profile: dict[str, Any]) -> list[str]:
    """Return the labels that an account gives itself in its profile."""
    return [label["val"] for label in profile["labels"]["values"]]


def test_the_account_says_that_it_is_a_bot(sky: Rig, memory: BlueskyMemory) -> None:
    sky.channel.send(settled(sky), None)
    assert bot(memory.records[PROFILE]) == ["bot"]


def test_a_profile_keeps_all_it_said_before(sky: Rig, memory: BlueskyMemory) -> None:
    labels = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!x"}]}
    before = {"$type": PROFILE[0], "displayName": "Wire 🌐", "labels": labels}
    memory.records[PROFILE] = before
    sky.channel.send(settled(sky), None)
    assert bot(memory.records[PROFILE]) == ["!x", "bot"]
    assert memory.records[PROFILE]["displayName"] == "Wire 🌐"


def test_a_label_that_is_there_is_left_alone(sky: Rig, memory: BlueskyMemory) -> None:
    memory.records[PROFILE] = {"labels": {"values": [{"val": "bot"}]}}
    sky.channel.send(settled(sky), None)
    sky.channel.send(settled(sky, "Two", event=2), None)
    looked, written = sky.look_paths[0], sky.post_path
    paths = [request.path for request in sky.requests]
    assert (paths.count(looked), paths.count(written)) == (1, 2)


@pytest.mark.parametrize("reply", [Reply(503), Reply(400), Reply(200, b"<html>")])
def test_a_label_that_fails_is_not_in_the_way(sky: Rig, reply: Reply) -> None:
    sky.script[sky.look_paths[0]].append(reply)
    sky.channel.send(settled(sky), None)
    sky.channel.send(settled(sky, "Two", event=2), None)
    assert [post.text for post in sky.visible_posts()] == ["One", "Two"]


def test_bluesky_counts_graphemes_and_ten_bytes_for_each(sky: Rig) -> None:
    outlet = sky.channel.outlet()
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
    "wrong",
    [
        {"base_url": "http://pds.example"},
        {"base_url": "https://u:p@pds.example"},
        {"handle": "wire"},
        {"handle": "wire@example.org"},
        {"handle": "@wire.example"},
        {"app_password": "in-clear"},
    ],
)
def test_a_section_that_cannot_be_right_is_refused(
    monkeypatch: pytest.MonkeyPatch, wrong: dict[str, str]
) -> None:
    monkeypatch.setenv("OW_TEST", APP_PASSWORD)
    right = {"handle": HANDLE, "app_password": "env:OW_TEST"}
    for handle in (HANDLE, "did:plc:abc234", "did:web:wire.example"):
        BlueskyConfig.model_validate(right | {"handle": handle})
    with pytest.raises(ValidationError):
        BlueskyConfig.model_validate(right | wrong)
