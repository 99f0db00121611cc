"""The x channel against the stand-in, which is itself checked with third-party clients."""

import base64
import io
import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import oauthlib.oauth1
import PIL.Image
import pytest
import requests
import tweepy
from pydantic import SecretStr
from xdk import Client as SdkClient
from xdk.media.models import (
    AppendUploadRequest,
    CreateMetadataRequest,
    InitializeUploadRequest,
    UploadRequest,
)
from xdk.oauth1_auth import OAuth1
from xdk.posts.models import CreateRequest

from bot.channels.x import XChannel, XConfig
from bot.clock import Clock, StillClock, SystemClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post
from bot.model.draft import Picture
from bot.policy.channel_rules import Budget
from tests.servers.x_media import LIFE_S
from tests.servers.x_standin import (
    BEARERS,
    DUPLICATE,
    KEYS,
    NO_CREDIT,
    OTHER,
    USER,
    Tweet,
    XStandIn,
)

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


def a_channel(
    standin: XStandIn,
    timeout_s: float = 10.0,
    clock: Clock | None = None,
    **keys: str,
) -> XChannel:
    secrets = {name: SecretStr(value) for name, value in (KEYS | keys).items()}
    rest = {
        "api_base": standin.base_url,
        "timeout": timedelta(seconds=timeout_s),
    }
    config = XConfig.model_validate(secrets | rest)
    return XChannel("x", config, clock or SystemClock())


def test_a_thread_goes_out_with_pictures_and_alt_texts(x_standin: XStandIn) -> None:
    channel = a_channel(x_standin)
    first = channel.send(a_post("⚠️ Confirmed: #Kazakhstan 5% الإنترنت 🇰🇿"), png())
    second = channel.send(a_post("Update: 3% of ordinary.", first.id), png(50))
    earlier, later = x_standin.tweets
    assert earlier.sent == "⚠️ Confirmed: #Kazakhstan 5% الإنترنت 🇰🇿"
    assert (later.reply_to, second.id) == (first.id, later.id)
    assert [x_standin.media[id_].alt for id_ in earlier.media] == ["A chart."]
    assert x_standin.media[earlier.media[0]].data == png()


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
    receipt = channel.find(post)
    assert receipt is not None
    assert receipt.id == x_standin.tweets[-1].id
    assert channel.find(replace(post, text="Update: never said.")) is None
    assert channel.find(replace(post, reply_to="1")) is None


@pytest.mark.parametrize("fault", ["slow", "slow-body"])
def test_a_slow_answer_is_unknown(x_standin: XStandIn, fault: str) -> None:
    x_standin.slow_s = 1.0
    x_standin.fail_next(fault)
    with pytest.raises(ChannelUnknown):
        a_channel(x_standin, timeout_s=0.3).send(a_post("Confirmed."), None)
    assert a_channel(x_standin).find(a_post("Confirmed.")) is not None


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


def test_a_window_that_is_used_up_is_not_asked_again(x_standin: XStandIn) -> None:
    x_standin.limits["POST /2/tweets"] = 2
    clock = StillClock(datetime.fromtimestamp(x_standin.shelf.now(), UTC))
    channel = a_channel(x_standin, clock=clock)
    for text in ("Confirmed.", "Update."):
        channel.send(a_post(text), None)
    count = len(x_standin.requests)
    with pytest.raises(ChannelUnavailable, match="used up") as caught:
        channel.send(a_post("Restored."), None)
    assert len(x_standin.requests) == count
    wish = caught.value.retry_after
    assert wish is not None
    assert timedelta(minutes=14) < wish <= timedelta(minutes=15, seconds=1)
    # Reading has a rate limit of its own.
    assert channel.find(a_post("Restored.")) is None
    until = clock.at + wish
    clock.at = until
    x_standin.shelf.now = until.timestamp
    channel.send(a_post("Restored."), None)
    assert len(x_standin.tweets) == 3


def test_words_do_not_wait_for_a_window_of_pictures(x_standin: XStandIn) -> None:
    x_standin.limits["POST /2/media/upload"] = 1
    channel = a_channel(x_standin)
    channel.send(a_post("Confirmed."), png())
    channel.send(a_post("Update."), png())
    paths = [request.path for request in x_standin.requests]
    assert paths.count("/2/media/upload") == 1
    assert [bool(tweet.media) for tweet in x_standin.tweets] == [True, False]


def test_a_picture_that_is_too_large_is_not_even_sent(x_standin: XStandIn) -> None:
    noise = random.Random(1).randbytes(1500 * 1500 * 3)
    out = io.BytesIO()
    PIL.Image.frombytes("RGB", (1500, 1500), noise).save(out, "PNG")
    assert len(out.getvalue()) > 5 * 1024 * 1024
    a_channel(x_standin).send(a_post("Confirmed."), out.getvalue())
    assert [request.path for request in x_standin.requests] == ["/2/tweets"]
    assert [tweet.media for tweet in x_standin.tweets] == [[]]


def test_a_post_that_is_taken_down_is_gone_and_once_is_enough(
    x_standin: XStandIn,
) -> None:
    channel = a_channel(x_standin)
    sent = channel.send(a_post("A test."), None)
    for _ in range(2):
        channel.remove(sent)
    assert not x_standin.tweets


def test_what_posts_cost_is_what_the_desk_reckons(x_standin: XStandIn) -> None:
    """The budget counts as X does, and a bare host name is a link."""
    x_prices = {"cost_per_post": 0.015, "cost_per_link": 0.2, "cost_per_picture": 0.005}
    budget, channel = Budget(monthly_budget=50, **x_prices), a_channel(x_standin)
    texts = ["Level 2%.", "See https://example.org/a", "See example.com", "It is 5.9"]
    reckoned = 0.0
    for text in texts:
        channel.send(a_post(text), png())
        reckoned += budget.price(a_post(text))
    assert str(x_standin.spent) == "0.450"
    assert reckoned == pytest.approx(0.45)


def test_no_link_of_x_is_missed_by_the_budget(x_standin: XStandIn) -> None:
    """In random texts, the budget counts every link that X's own twitter-text finds."""
    parts = "a . com .org example.com ir 日本 ドメイン.コム пример.испытание - / : // http:// # @ , ( ) x1 . . xn--p1ai %"
    chance, budget = random.Random(4), Budget(monthly_budget=1, cost_per_link=1.0)
    linked = 0
    for _ in range(4000):
        words = chance.choices([*parts.split(), " "], k=chance.randint(1, 8))
        text = "".join(words)
        if x_standin._counter.count(text)["urls"]:
            linked += 1
            assert budget.price(replace(a_post(text), picture=None)) == 1.0, text
    print(f"texts with a link by twitter-text: {linked} of 4000, missed: 0")
    assert linked > 100


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("401", "make new ones"),
        ("no-credit", "top it up"),
        ("suspended", "is suspended: see the developer console"),
        ("read-only", "give it Read and write"),
    ],
)
def test_what_only_a_person_can_mend_is_refused(
    x_standin: XStandIn, fault: str, message: str
) -> None:
    x_standin.fail_next(fault)
    with pytest.raises(ChannelRefused, match=message):
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
        text = f"Something else {number}"
        x_standin.tweets.append(Tweet(str(number), text, text, [], None))
    assert channel.find(a_post("Confirmed.")) == sent
    assert channel.find(a_post("Never.")) is None


# The stand-in itself, checked with third-party clients.


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
    answer = client.get_users_tweets(
        me.id, tweet_fields="referenced_tweets", user_auth=True
    ).data
    assert [tweet.text for tweet in answer] == ["Update", "M5.9"]
    assert str(answer[0].referenced_tweets[0].id) == made
    with pytest.raises(tweepy.Forbidden, match=DUPLICATE):
        client.create_tweet(text="M5.9")
    with pytest.raises(tweepy.Forbidden, match="reply"):
        client.create_tweet(text="To nobody", in_reply_to_tweet_id="77")
    with pytest.raises(tweepy.BadRequest, match="media"):
        client.create_tweet(text="No such media", media_ids=["77"])


def test_the_stand_in_counts_its_windows(x_standin: XStandIn) -> None:
    client, now = a_tweepy(x_standin), x_standin.shelf.now()
    for number in range(100):
        client.create_tweet(text=f"{number}")
    with pytest.raises(tweepy.TooManyRequests) as caught:
        client.create_tweet(text="one more")
    headers = caught.value.response.headers
    values = [headers[f"x-rate-limit-{k}"] for k in ("limit", "remaining", "reset")]
    assert values == ["100", "0", str(caught.value.reset_time)]
    x_standin.shelf.now = lambda: now + 901
    client.create_tweet(text="one more")
    assert len(x_standin.tweets) == 101


@pytest.mark.parametrize("key", sorted(KEYS))
def test_the_stand_in_lets_no_wrong_key_in(x_standin: XStandIn, key: str) -> None:
    with pytest.raises(tweepy.Unauthorized):
        a_tweepy(x_standin, **{key: "something"}).create_tweet(text="x")


def test_the_stand_in_takes_no_request_twice(x_standin: XStandIn) -> None:
    client = a_tweepy(x_standin)
    client.create_tweet(text="one")
    seen = x_standin.requests[0]
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
    upload = {"media": "", "media_category": "tweet_image", "alt": "x"}
    with pytest.raises(tweepy.BadRequest, match="alt"):
        client.request("POST", "/2/media/upload", json=upload, user_auth=True)
    for body in ({"text": "x", "txet": "y"}, {"text": "x", "media": {"media_idz": []}}):
        with pytest.raises(tweepy.BadRequest):
            client.request("POST", "/2/tweets", json=body, user_auth=True)


def signed(standin: XStandIn, text: str, **claims: str) -> requests.Response:
    """Send a post signed by oauthlib, with the time stamp and nonce in `claims`."""
    url = "https://api.twitter.com/2/tweets"
    signer = oauthlib.oauth1.Client(
        KEYS["consumer_key"],
        KEYS["consumer_secret"],
        KEYS["access_token"],
        KEYS["access_token_secret"],
        **claims,
    )
    _, headers, _ = signer.sign(url, "POST")
    return requests.post(
        standin.base_url + "/2/tweets", json={"text": text}, headers=headers, timeout=5
    )


@pytest.mark.parametrize(
    ("off_s", "status"), [(0, 201), (-290, 201), (-310, 401), (310, 401)]
)
def test_the_stand_in_takes_no_stale_request(
    x_standin: XStandIn, off_s: int, status: int
) -> None:
    at = str(int(x_standin.shelf.now()) + off_s)
    assert signed(x_standin, "One", timestamp=at).status_code == status


def test_the_stand_in_takes_no_nonce_twice(x_standin: XStandIn) -> None:
    claims = {"timestamp": str(int(x_standin.shelf.now())), "nonce": "nonce12345"}
    statuses = [
        signed(x_standin, text, **claims).status_code for text in ("One", "Two")
    ]
    assert statuses == [201, 401]


def a_bearer(standin: XStandIn, user: str) -> tweepy.Client:
    """Return a tweepy client with the OAuth 2.0 token of `user`."""
    token = next(token for token, owner in BEARERS.items() if owner == user)
    client = tweepy.Client(bearer_token=token)
    client.session.mount("https://", ToStandIn(standin.base_url))
    return client


def test_the_stand_in_knows_a_user_by_a_bearer_token(x_standin: XStandIn) -> None:
    made = a_bearer(x_standin, OTHER).create_tweet(text="One", user_auth=False).data
    a_bearer(x_standin, USER).create_tweet(text="One", user_auth=False)
    assert [tweet.owner for tweet in x_standin.tweets] == [OTHER, USER]
    with pytest.raises(tweepy.Forbidden, match="not authorized"):
        a_tweepy(x_standin).delete_tweet(made["id"])
    stranger = tweepy.Client(bearer_token="stranger")
    stranger.session.mount("https://", ToStandIn(x_standin.base_url))
    with pytest.raises(tweepy.Unauthorized):
        stranger.create_tweet(text="Two", user_auth=False)


def test_tweepy_deletes_there(x_standin: XStandIn) -> None:
    client = a_tweepy(x_standin)
    made = client.create_tweet(text="One").data["id"]
    assert client.delete_tweet(made).data == {"deleted": True}
    with pytest.raises(tweepy.NotFound):
        client.delete_tweet(made)
    client.create_tweet(text="One")  # not a duplicate, as the first is deleted


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("401", tweepy.Unauthorized),
        ("suspended", tweepy.Forbidden),
        ("429", tweepy.TooManyRequests),
        ("500", tweepy.TwitterServerError),
        ("503", tweepy.TwitterServerError),
        ("503-after", tweepy.TwitterServerError),
        ("answer-lost", requests.ConnectionError),
        ("reset", requests.RequestException),
    ],
)
def test_the_faults_are_what_another_client_takes_them_for(
    x_standin: XStandIn, fault: str, error: type[Exception]
) -> None:
    x_standin.fail_next(fault)
    with pytest.raises(error):
        a_tweepy(x_standin).create_tweet(text="One")
    done = fault in {"503-after", "answer-lost", "reset"}
    assert len(x_standin.tweets) == (1 if done else 0)


def an_sdk(standin: XStandIn) -> SdkClient:
    """Return X's own client, xdk, with the keys of the account USER."""
    keys = (KEYS["consumer_key"], KEYS["consumer_secret"], "http://localhost/callback")
    tokens = (KEYS["access_token"], KEYS["access_token_secret"])
    return SdkClient(base_url=standin.base_url, auth=OAuth1(*keys, *tokens))


def refused(ask: Callable[[], object]) -> str:
    """Return the detail of the error with which the stand-in answers `ask`."""
    with pytest.raises(requests.HTTPError) as caught:
        ask()
    return str(caught.value.response.json()["detail"])


def in_parts(client: SdkClient, data: bytes, total: int = 0) -> str:
    """Announce an image and send it in two parts; return its id."""
    wish = {"media_category": "tweet_image", "media_type": "image/png"}
    announced = InitializeUploadRequest(**wish, total_bytes=total or len(data))
    made: str = client.media.initialize_upload(announced).data.id
    half = len(data) // 2
    for index, part in enumerate((data[:half], data[half:])):
        media = base64.b64encode(part).decode()
        client.media.append_upload(
            made, AppendUploadRequest(media=media, segment_index=index)
        )
    return made


def described(client: SdkClient, media: str, alt: str = "A chart.") -> None:
    wish = {"id": media, "metadata": {"alt_text": {"text": alt}}}
    client.media.create_metadata(CreateMetadataRequest(**wish))


def test_the_official_client_uploads_in_parts(x_standin_for_sdk: XStandIn) -> None:
    client = an_sdk(x_standin_for_sdk)
    media = in_parts(client, png())
    assert "unknown media" in refused(lambda: described(client, media))
    client.media.finalize_upload(media)
    described(client, media)
    wish = CreateRequest(text="In parts", media={"media_ids": [media]})
    client.posts.create(wish)
    assert x_standin_for_sdk.media[media].data == png()


def test_parts_come_in_order_whole_and_as_an_image(x_standin_for_sdk: XStandIn) -> None:
    client = an_sdk(x_standin_for_sdk)
    short = in_parts(client, png(), total=len(png()) + 1)
    assert "announced" in refused(lambda: client.media.finalize_upload(short))
    again = AppendUploadRequest(media="eA==", segment_index=1)
    assert "order" in refused(lambda: client.media.append_upload(short, again))
    strange = in_parts(client, b"no picture at all")
    assert "not an image" in refused(lambda: client.media.finalize_upload(strange))
    assert "5 MB" in refused(lambda: in_parts(client, png(), total=5 * 1024**2 + 1))


def test_the_stand_in_takes_a_part_as_a_form_too(x_standin_for_sdk: XStandIn) -> None:
    client = an_sdk(x_standin_for_sdk)
    wish = {"media_category": "tweet_image", "media_type": "image/png"}
    announced = InitializeUploadRequest(**wish, total_bytes=len(png()))
    made = client.media.initialize_upload(announced).data.id
    token = next(token for token, owner in BEARERS.items() if owner == USER)
    answer = requests.post(
        f"{x_standin_for_sdk.base_url}/2/media/upload/{made}/append",
        files={"media": ("blob", png(), "application/octet-stream")},
        data={"segment_index": "0"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=5,
    )
    assert answer.status_code == 200
    client.media.finalize_upload(made)


def test_a_picture_is_its_owners_and_lives_a_day(x_standin_for_sdk: XStandIn) -> None:
    standin, client = x_standin_for_sdk, an_sdk(x_standin_for_sdk)
    media = in_parts(client, png())
    client.media.finalize_upload(media)
    assert "alt text" in refused(lambda: described(client, media, "x" * 1001))
    described(client, media, "x" * 1000)
    other = a_bearer(standin, OTHER)
    with pytest.raises(tweepy.BadRequest, match="media IDs"):
        other.create_tweet(text="Not mine", media_ids=[media], user_auth=False)
    now = standin.shelf.now()
    standin.shelf.now = lambda: now + LIFE_S + 1
    wish = CreateRequest(text="Too late", media={"media_ids": [media]})
    assert "media IDs" in refused(lambda: client.posts.create(wish))


def test_the_official_client_reads_and_is_charged(x_standin_for_sdk: XStandIn) -> None:
    standin, client = x_standin_for_sdk, an_sdk(x_standin_for_sdk)
    first = client.posts.create(CreateRequest(text="See example.com & more")).data
    assert first.text == "See https://t.co/link000000 &amp; more"
    answer = CreateRequest(text="Plain", reply={"in_reply_to_tweet_id": first.id})
    client.posts.create(answer)
    (page,) = client.users.get_posts(USER, max_results=5)
    assert [tweet.text for tweet in page.data] == ["Plain", first.text]
    assert str(standin.spent) == "0.217"  # a post with a link, one without, two read
    standin.fail_next("no-credit")
    broke = CreateRequest(text="For nothing")
    assert refused(lambda: client.posts.create(broke)) == NO_CREDIT


def test_the_official_client_takes_the_stand_in_for_x(
    x_standin_for_sdk: XStandIn,
) -> None:
    client = an_sdk(x_standin_for_sdk)
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
