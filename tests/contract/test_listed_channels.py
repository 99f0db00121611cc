"""Channels whose posts can be listed, for stores that may lack some of them (P10)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.clients import matrix
from bot.channels.registry import CHANNELS
from bot.errors import ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post
from bot.ports import ListedChannel
from tests.contract.rigs import HTTP, LISTED, RIGS
from tests.contract.rigs.rig import AT, PNG, Rig, make_post
from tests.servers.local import Reply

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
WEEK = timedelta(days=7)


@pytest.fixture(params=LISTED)
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    """The rig of every channel whose posts can be listed."""
    yield from RIGS[request.param](tmp_path)


def listed(rig: Rig) -> ListedChannel:
    assert isinstance(rig.channel, ListedChannel)
    return rig.channel


def with_token(rig: Rig, post: Post) -> Post:
    return replace(post, token=rig.channel.token(post))


@pytest.mark.parametrize("kind", sorted(CHANNELS))
def test_each_listed_channel_is_in_the_list(kind: str, tmp_path: Path) -> None:
    for rig in RIGS[kind](tmp_path):
        assert isinstance(rig.channel, ListedChannel) == (kind in LISTED)


def test_listed_ids_are_those_of_the_receipts(rig: Rig) -> None:
    assert listed(rig).ids_since(AT) == frozenset()
    first = rig.channel.send(with_token(rig, make_post("One")), PNG)
    second = with_token(rig, make_post("Two", event=2, reply_to=first.id))
    sent = {first.id, rig.channel.send(second, None).id}
    assert listed(rig).ids_since(AT) == sent


def test_an_edit_is_not_listed_as_a_post(tmp_path: Path) -> None:
    for rig in RIGS["matrix"](tmp_path):
        first = rig.channel.send(with_token(rig, make_post("One")), None)
        edit = make_post("Corrected", event=2, amends=first.id)
        rig.channel.send(with_token(rig, edit), None)
        assert listed(rig).ids_since(AT) == {first.id}


@pytest.mark.parametrize("kind", ["bluesky", "file"])
def test_posts_long_before_are_left_out(kind: str, tmp_path: Path) -> None:
    """These channels have the times of our own clock."""
    for rig in RIGS[kind](tmp_path):
        old = make_post("One", at=AT - WEEK, made_at=AT - WEEK)
        new = make_post("Two", event=2)
        rig.channel.send(with_token(rig, old), None)
        receipt = rig.channel.send(with_token(rig, new), None)
        assert listed(rig).ids_since(AT) == {receipt.id}


@pytest.mark.parametrize("kind", ["bluesky", "file", "matrix"])
def test_other_words_under_the_key_of_a_post_are_not_that_post(
    kind: str, tmp_path: Path
) -> None:
    """P10: a person decides, because both posts report the same event."""
    for rig in RIGS[kind](tmp_path):
        rig.channel.send(with_token(rig, make_post("Down to 4%")), None)
        with pytest.raises(ChannelUnknown, match="a different text"):
            rig.channel.find(with_token(rig, make_post("Down to 5%")))


def test_a_post_is_found_after_a_later_first_try(rig: Rig) -> None:
    """A store that was begun anew makes the same post again, days later."""
    post = with_token(rig, make_post("One"))
    receipt = rig.channel.send(post, PNG)
    later = AT + WEEK
    assert rig.channel.find(replace(post, made_at=later, tried_at=later)) == receipt


@pytest.mark.parametrize("kind", sorted(set(LISTED) & set(HTTP)))
@pytest.mark.parametrize(
    "reply",
    [
        Reply(200, b"<html>"),
        Reply(200, {"unexpected": True}),
        Reply(503, {}),
        Reply(sent_share=0.5),
    ],
    ids=["no JSON", "other JSON", "503", "cut off"],
)
def test_a_list_that_cannot_be_read_is_not_empty(
    kind: str, reply: Reply, tmp_path: Path
) -> None:
    for rig in RIGS[kind](tmp_path):
        if kind == "x" and reply.body == {"unexpected": True}:
            # X leaves out the list if it is empty.
            reply = Reply(200, {"errors": [{"title": "Not Found"}]})
        rig.channel.send(with_token(rig, make_post("One")), None)
        path = {
            "bluesky": "/xrpc/com.atproto.repo.listRecords",
            "mastodon": rig.read_back_paths[-1],
            "matrix": rig.read_back_paths[-1],
            "x": rig.read_back_paths[-1],
        }[kind]
        rig.script[path].append(reply)
        with pytest.raises((ChannelUnavailable, ChannelUnknown)):
            listed(rig).ids_since(AT)


def test_a_search_of_a_room_is_inconclusive_if_there_are_more_messages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P10: a post that is not among the messages that were read may still be there.

    One page is read instead of five, so that the test takes no longer.
    """
    monkeypatch.setattr(matrix, "_PAGES", 1)
    for rig in RIGS["matrix"](tmp_path):
        rig.channel.send(with_token(rig, make_post("One")), None)
        for number in range(2, 103):
            other = make_post(f"Other {number}", event=number)
            rig.channel.send(with_token(rig, other), None)
        with pytest.raises(ChannelUnknown, match="newest 100"):
            rig.channel.find(with_token(rig, make_post("One")))
        with pytest.raises(ChannelUnknown, match="newest 100"):
            listed(rig).ids_since(AT)
