"""What only the websub channel does: it pings the hub for each feed, and sends no text."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.channels.websub import WebSubChannel, WebSubConfig
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.draft import LinkPolicy
from tests.contract.rigs.rig import PNG, Rig, make_post
from tests.contract.rigs.websub import TOPICS, websub_rig
from tests.servers.local import Reply


@pytest.fixture
def websub(tmp_path: Path) -> Iterator[Rig]:
    yield from websub_rig(tmp_path)


def pinged_feeds(rig: Rig) -> list[str]:
    return [request.form["hub.url"] for request in rig.requests]


def test_hub_is_pinged_for_each_feed_without_any_text(websub: Rig) -> None:
    post = make_post("Confirmed: it is down.", reply_to="999", private=True)
    assert websub.channel.send(post, PNG).id == post.key
    assert pinged_feeds(websub) == list(TOPICS)
    for request in websub.requests:
        assert set(request.form) == {"hub.mode", "hub.url"}
        assert request.form["hub.mode"] == "publish"
        assert b"Confirmed" not in request.body


def test_all_feeds_are_pinged_again_after_a_failure(websub: Rig) -> None:
    websub.script["/hub"].extend([Reply(202, b""), Reply(204, b"", sent_share=0.0)])
    post = make_post("One")
    with pytest.raises(ChannelUnknown):
        websub.channel.send(post, None)
    assert websub.channel.find(post) is None
    websub.channel.send(post, None)
    assert pinged_feeds(websub) == [*TOPICS, *TOPICS]


def test_feed_unknown_to_the_hub_is_refused_with_advice(websub: Rig) -> None:
    config = websub.config.model_copy(update={"topics": ("https://other.example/",)})
    assert isinstance(config, WebSubConfig)
    channel = WebSubChannel("one", config, websub.clock)
    with pytest.raises(ChannelRefused, match=r"400; .*`topics`"):
        channel.send(make_post("One"), None)


def test_unavailable_hub_is_pinged_later(websub: Rig) -> None:
    websub.script["/hub"].append(Reply(503, b"", {"Retry-After": "60"}))
    with pytest.raises(ChannelUnavailable) as caught:
        websub.channel.send(make_post("One"), None)
    assert caught.value.retry_after is not None


def test_removing_a_post_sends_no_request(websub: Rig) -> None:
    receipt = websub.channel.send(make_post("One"), None)
    websub.requests.clear()
    websub.channel.remove(receipt)
    assert not websub.requests


def test_posts_have_no_link(websub: Rig) -> None:
    assert websub.channel.outlet().links is LinkPolicy.NEVER


@pytest.mark.parametrize(
    "topics", [[], ["feed.xml"], ["https://a.example/ b"], ["ftp://a.example/"]]
)
def test_feed_without_a_valid_address_is_refused(topics: list[str]) -> None:
    with pytest.raises(ValidationError):
        WebSubConfig.model_validate({"url": "https://hub.example/", "topics": topics})
