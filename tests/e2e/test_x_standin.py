"""Our X channel against the stand-in, which other clients hold to be X."""

import base64
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import PIL.Image
import pytest
import requests
import tweepy
from pydantic import SecretStr
from xdk import Client as SdkClient
from xdk.media.models import CreateMetadataRequest, UploadRequest
from xdk.oauth1_auth import OAuth1
from xdk.posts.models import CreateRequest

from bot.channels.x import XChannel, XConfig
from bot.clock import SystemClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.draft import Picture
from bot.model.post import Post
from tests.servers.x_standin import DUPLICATE, KEYS, Tweet, XStandIn

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = pytest.mark.servers

AT = datetime(2022, 1, 4, 12, 30, tzinfo=UTC)


def png(width: int = 40) -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (width, 30), "white").save(out, "PNG")
    return out.getvalue()


def a_post(text: str, reply_to: str | None = None, alt: str = "A chart.") -> Post:
    picture = Picture("chart.png", "image/png", 40, 30, sha256(png()).hexdigest(), alt)
    return Post(
        key="KZ-2022-0104.1/x",
        incident="KZ-2022-0104",
        event="KZ-2022-0104.1",
        channel="x",
        lang="en",
        at=AT,
        made_at=AT,
        text=text,
        length=len(text),
        picture=picture,
        reply_to=reply_to,
    )


def a_channel(standin: XStandIn, timeout_s: float = 10.0, **keys: str) -> XChannel:
    secrets = {name: SecretStr(value) for name, value in (KEYS | keys).items()}
    rest = {
        "api_base": standin.base_url,
        "timeout": timedelta(seconds=timeout_s),
    }
    config = XConfig.model_validate(secrets | rest)
    return XChannel("x", config, SystemClock())


def test_a_thread_goes_out_with_pictures_and_alt_texts(x_standin: XStandIn) -> None:
    channel = a_channel(x_standin)
    first = channel.send(a_post("⚠️ Confirmed: #Kazakhstan 5% الإنترنت 🇰🇿"), png())
    second = channel.send(a_post("Update: 3% of ordinary.", first.id), png(50))
    one, two = x_standin.tweets
    assert one.sent == "⚠️ Confirmed: #Kazakhstan 5% الإنترنت 🇰🇿"
    assert (two.reply_to, second.id) == (first.id, two.id)
    assert [x_standin.media[id_].alt for id_ in one.media] == ["A chart."]
    assert x_standin.media[one.media[0]].data == png()


def test_a_post_without_a_link_costs_little(x_standin: XStandIn) -> None:
    a_channel(x_standin).send(a_post("Confirmed: it is down."), png())
    assert str(x_standin.spent) == "0.020"


@pytest.mark.parametrize("fault", ["answer-lost", "503-after", "reset"])
def test_a_post_whose_answer_was_lost_is_found(x_standin: XStandIn, fault: str) -> None:
    channel = a_channel(x_standin)
    first = channel.send(a_post("Confirmed: AT&T <5% → see https://ioda.live/a"), png())
    post = a_post("Update: level 4% & falling, see https://example.org/b", first.id)
    x_standin.fail_next(fault)
    with pytest.raises(ChannelUnknown):
        channel.send(post, png())
    found = channel.find(post)
    assert found is not None
    assert found.id == x_standin.tweets[-1].id
    assert channel.find(replace(post, text="Update: never said.")) is None
    assert channel.find(replace(post, reply_to="1")) is None


def test_a_slow_answer_is_unknown(x_standin: XStandIn) -> None:
    x_standin.slow_s = 1.0
    x_standin.fail_next("slow")
    channel = a_channel(x_standin, timeout_s=0.3)
    with pytest.raises(ChannelUnknown):
        channel.send(a_post("Confirmed."), None)
    assert channel.find(a_post("Confirmed.")) is not None


def test_a_duplicate_may_be_ours_and_is_read_back(x_standin: XStandIn) -> None:
    channel = a_channel(x_standin)
    sent = channel.send(a_post("Confirmed."), None)
    with pytest.raises(ChannelUnknown, match="duplicate"):
        channel.send(a_post("Confirmed."), None)
    assert channel.find(a_post("Confirmed.")) == sent


def test_a_rate_limit_says_when_to_come_back(x_standin: XStandIn) -> None:
    x_standin.fail_next("429")
    with pytest.raises(ChannelUnavailable) as caught:
        a_channel(x_standin).send(a_post("Confirmed."), None)
    wish = caught.value.retry_after
    assert wish is not None
    assert timedelta(minutes=14) < wish <= timedelta(minutes=15)
    assert not x_standin.tweets


@pytest.mark.parametrize(
    ("fault", "said"), [("401", "make new ones"), ("no-credit", "top it up")]
)
def test_what_only_a_person_can_mend_is_refused(
    x_standin: XStandIn, fault: str, said: str
) -> None:
    x_standin.fail_next(fault)
    with pytest.raises(ChannelRefused, match=said):
        a_channel(x_standin).send(a_post("Confirmed."), None)


def test_a_wrong_secret_is_refused(x_standin: XStandIn) -> None:
    channel = a_channel(x_standin, consumer_secret="notthesecret")
    with pytest.raises(ChannelRefused, match="401"):
        channel.send(a_post("Confirmed."), None)


@pytest.mark.parametrize("path", ["/2/media/upload", "/2/media/metadata"])
def test_a_picture_that_fails_for_now_is_tried_again_then_left_out(
    x_standin: XStandIn, path: str
) -> None:
    channel = a_channel(x_standin)
    for _ in range(3):
        x_standin.fail_next("503", path)
    for _ in range(2):
        with pytest.raises(ChannelUnavailable):
            channel.send(a_post("Confirmed."), png())
    channel.send(a_post("Confirmed."), png())
    assert [tweet.media for tweet in x_standin.tweets] == [[]]


def test_a_picture_that_x_refuses_never_stops_the_words(x_standin: XStandIn) -> None:
    a_channel(x_standin).send(a_post("Confirmed."), b"no picture at all")
    assert [tweet.media for tweet in x_standin.tweets] == [[]]


def test_an_answer_to_a_deleted_post_goes_out_alone(x_standin: XStandIn) -> None:
    channel = a_channel(x_standin)
    sent = channel.send(a_post("Update.", "1234"), None)
    assert x_standin.tweets[0].reply_to is None
    assert channel.find(a_post("Update.", "1234")) == sent


def test_a_post_that_is_too_long_is_refused(x_standin: XStandIn) -> None:
    channel = a_channel(x_standin)
    channel.send(a_post("é" * 280), None)
    with pytest.raises(ChannelRefused):
        channel.send(a_post("→" * 141), None)


def test_a_post_is_found_on_a_later_page(x_standin: XStandIn) -> None:
    channel = a_channel(x_standin)
    sent = channel.send(a_post("Confirmed."), None)
    for number in range(120):
        said = f"Something else {number}"
        x_standin.tweets.append(Tweet(str(number), said, said, [], None))
    assert channel.find(a_post("Confirmed.")) == sent
    assert channel.find(a_post("Never.")) is None


# The stand-in itself, held to be X by clients that are not ours.


class ToStandIn(requests.adapters.HTTPAdapter):
    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def send(self, request, *args, **options):
        request.url = request.url.replace("https://api.twitter.com", self._base)
        return super().send(request, *args, **options)


def a_tweepy(standin: XStandIn, **keys: str) -> tweepy.Client:
    client = tweepy.Client(**(KEYS | keys))
    client.session.mount("https://", ToStandIn(standin.base_url))
    return client


def test_tweepy_takes_the_stand_in_for_x(x_standin: XStandIn) -> None:
    client = a_tweepy(x_standin)
    made = client.create_tweet(text="M5.9").data["id"]
    client.create_tweet(text="Update", in_reply_to_tweet_id=made)
    me = client.get_me().data
    told = client.get_users_tweets(
        me.id, tweet_fields="referenced_tweets", user_auth=True
    ).data
    assert [tweet.text for tweet in told] == ["Update", "M5.9"]
    assert str(told[0].referenced_tweets[0].id) == made
    with pytest.raises(tweepy.Forbidden, match=DUPLICATE):
        client.create_tweet(text="M5.9")
    with pytest.raises(tweepy.Forbidden, match="reply"):
        client.create_tweet(text="To nobody", in_reply_to_tweet_id="77")
    with pytest.raises(tweepy.BadRequest, match="media"):
        client.create_tweet(text="No such media", media_ids=["77"])


def test_the_stand_in_counts_its_windows(x_standin: XStandIn) -> None:
    x_standin.limits["/2/tweets"] = 2
    client = a_tweepy(x_standin)
    client.create_tweet(text="one")
    client.create_tweet(text="two")
    with pytest.raises(tweepy.TooManyRequests) as caught:
        client.create_tweet(text="three")
    assert caught.value.reset_time is not None
    assert len(x_standin.tweets) == 2


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_stand_in_lets_no_wrong_key_in(x_standin: XStandIn, key: str) -> None:
    with pytest.raises(tweepy.Unauthorized):
        a_tweepy(x_standin, **{key: "something"}).create_tweet(text="x")


def test_the_stand_in_takes_no_request_twice(x_standin: XStandIn) -> None:
    client = a_tweepy(x_standin)
    client.create_tweet(text="one")
    seen = x_standin.asked[0]
    again = requests.post(
        x_standin.base_url + seen.path,
        data=json.dumps({"text": "two"}),
        headers={
            "Authorization": seen.headers["authorization"],
            "Content-Type": "application/json",
        },
        timeout=5,
    )
    assert again.status_code == 401


def test_the_stand_in_knows_no_field_the_schema_does_not(x_standin: XStandIn) -> None:
    client = a_tweepy(x_standin)
    for body in ({"text": "x", "txet": "y"}, {"text": "x", "media": {"media_idz": []}}):
        with pytest.raises(tweepy.BadRequest):
            client.request("POST", "/2/tweets", json=body, user_auth=True)


def test_the_official_client_takes_the_stand_in_for_x(
    x_standin_for_sdk: XStandIn,
) -> None:
    keys = (KEYS["consumer_key"], KEYS["consumer_secret"], "http://localhost/callback")
    tokens = (KEYS["access_token"], KEYS["access_token_secret"])
    base = x_standin_for_sdk.base_url
    client = SdkClient(base_url=base, auth=OAuth1(*keys, *tokens))
    media = base64.b64encode(png()).decode()
    image = UploadRequest(media=media, media_category="tweet_image")
    uploaded = client.media.upload(image).data.id
    described = {"id": uploaded, "metadata": {"alt_text": {"text": "A chart."}}}
    client.media.create_metadata(CreateMetadataRequest(**described))
    wish = CreateRequest(text="With a chart", media={"media_ids": [uploaded]})
    made = client.posts.create(wish).data
    assert made.text == "With a chart https://t.co/picture01"
    assert x_standin_for_sdk.media[uploaded].alt == "A chart."
    with pytest.raises(requests.HTTPError) as caught:
        client.posts.create(CreateRequest(text="With a chart"))
    assert caught.value.response.json()["detail"] == DUPLICATE
