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
from tests.servers.x_media import LIFETIME_S
from tests.servers.x_standin import (
    BEARERS,
    DUPLICATE,
    KEYS,
    NO_CREDIT,
    OTHER_USER,
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


def make_post(text: str, reply_to: str | None = None, alt: str = "A chart.") -> Post:
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


def make_channel(
    standin: XStandIn,
    timeout_s: float = 10.0,
    clock: Clock | None = None,
    **keys: str,
) -> XChannel:
    secrets = {name: SecretStr(value) for name, value in (KEYS | keys).items()}
    connection = {
        "api_base": standin.base_url,
        "timeout": timedelta(seconds=timeout_s),
    }
    config = XConfig.model_validate(secrets | connection)
    return XChannel("x", config, clock or SystemClock())


def test_thread_is_posted_with_pictures_and_alt_texts(x_standin: XStandIn) -> None:
    channel = make_channel(x_standin)
    first = channel.send(make_post("⚠️ Confirmed: #Kazakhstan 5% الإنترنت 🇰🇿"), png())
    second = channel.send(make_post("Update: 3% of ordinary.", first.id), png(50))
    earlier, later = x_standin.tweets
    assert earlier.sent == "⚠️ Confirmed: #Kazakhstan 5% الإنترنت 🇰🇿"
    assert (later.reply_to, second.id) == (first.id, later.id)
    assert [x_standin.media[id_].alt for id_ in earlier.media] == ["A chart."]
    assert x_standin.media[earlier.media[0]].data == png()


def test_post_without_a_link_has_the_low_price(x_standin: XStandIn) -> None:
    make_channel(x_standin).send(make_post("Confirmed: it is down."), png())
    assert str(x_standin.spent) == "0.020"


@pytest.mark.parametrize("fault", ["answer-lost", "503-after", "reset"])
def test_post_with_a_lost_answer_is_found(x_standin: XStandIn, fault: str) -> None:
    channel = make_channel(x_standin)
    first = channel.send(
        make_post("Confirmed: AT&T <5% → see https://ioda.live/a"), png()
    )
    post = make_post("Update: level 4% & falling, see https://example.org/b", first.id)
    x_standin.fail_next(fault)
    with pytest.raises(ChannelUnknown):
        channel.send(post, png())
    receipt = channel.find(post)
    assert receipt is not None
    assert receipt.id == x_standin.tweets[-1].id
    assert channel.find(replace(post, text="Update: never said.")) is None
    assert channel.find(replace(post, reply_to="1")) is None


@pytest.mark.parametrize("fault", ["slow", "slow-body"])
def test_slow_answer_leaves_the_delivery_unknown(
    x_standin: XStandIn, fault: str
) -> None:
    x_standin.slow_s = 1.0
    x_standin.fail_next(fault)
    with pytest.raises(ChannelUnknown):
        make_channel(x_standin, timeout_s=0.3).send(make_post("Confirmed."), None)
    assert make_channel(x_standin).find(make_post("Confirmed.")) is not None


def test_duplicate_is_found_by_reading_back(x_standin: XStandIn) -> None:
    channel = make_channel(x_standin)
    sent = channel.send(make_post("Confirmed."), None)
    with pytest.raises(ChannelUnknown, match="duplicate"):
        channel.send(make_post("Confirmed."), None)
    assert channel.find(make_post("Confirmed.")) == sent


def test_rate_limit_becomes_the_retry_delay(x_standin: XStandIn) -> None:
    x_standin.fail_next("429")
    with pytest.raises(ChannelUnavailable) as caught:
        make_channel(x_standin).send(make_post("Confirmed."), None)
    retry_after = caught.value.retry_after
    assert retry_after is not None
    assert timedelta(minutes=14) < retry_after <= timedelta(minutes=15)
    assert not x_standin.tweets


def test_no_request_is_sent_while_a_rate_limit_is_used_up(x_standin: XStandIn) -> None:
    x_standin.limits["POST /2/tweets"] = 2
    clock = StillClock(datetime.fromtimestamp(x_standin.media_store.now(), UTC))
    channel = make_channel(x_standin, clock=clock)
    for text in ("Confirmed.", "Update."):
        channel.send(make_post(text), None)
    count = len(x_standin.requests)
    with pytest.raises(ChannelUnavailable, match="used up") as caught:
        channel.send(make_post("Restored."), None)
    assert len(x_standin.requests) == count
    retry_after = caught.value.retry_after
    assert retry_after is not None
    # The server's window begins with the first request, a moment after `clock` was read.
    assert timedelta(minutes=14) < retry_after <= timedelta(minutes=15, seconds=5)
    # Reading has a rate limit of its own.
    assert channel.find(make_post("Restored.")) is None
    reset = clock.time + retry_after
    clock.time = reset
    x_standin.media_store.now = reset.timestamp
    channel.send(make_post("Restored."), None)
    assert len(x_standin.tweets) == 3


def test_text_does_not_wait_for_the_rate_limit_of_pictures(x_standin: XStandIn) -> None:
    x_standin.limits["POST /2/media/upload"] = 1
    channel = make_channel(x_standin)
    channel.send(make_post("Confirmed."), png())
    channel.send(make_post("Update."), png())
    paths = [request.path for request in x_standin.requests]
    assert paths.count("/2/media/upload") == 1
    assert [bool(tweet.media) for tweet in x_standin.tweets] == [True, False]


def test_picture_that_is_too_large_is_not_uploaded(x_standin: XStandIn) -> None:
    noise = random.Random(1).randbytes(1500 * 1500 * 3)
    out = io.BytesIO()
    PIL.Image.frombytes("RGB", (1500, 1500), noise).save(out, "PNG")
    assert len(out.getvalue()) > 5 * 1024 * 1024
    make_channel(x_standin).send(make_post("Confirmed."), out.getvalue())
    assert [request.path for request in x_standin.requests] == ["/2/tweets"]
    assert [tweet.media for tweet in x_standin.tweets] == [[]]


def test_post_can_be_removed_twice(
    x_standin: XStandIn,
) -> None:
    channel = make_channel(x_standin)
    sent = channel.send(make_post("A test."), None)
    for _ in range(2):
        channel.remove(sent)
    assert not x_standin.tweets


def test_budget_computes_the_price_that_x_charges(x_standin: XStandIn) -> None:
    """The budget counts a post as X does: a bare host name in it counts as a link."""
    x_prices = {"cost_per_post": 0.015, "cost_per_link": 0.2, "cost_per_picture": 0.005}
    budget, channel = Budget(monthly_budget=50, **x_prices), make_channel(x_standin)
    texts = ["Level 2%.", "See https://example.org/a", "See example.com", "It is 5.9"]
    computed = 0.0
    for text in texts:
        channel.send(make_post(text), png())
        computed += budget.price_of(make_post(text))
    assert str(x_standin.spent) == "0.450"
    assert computed == pytest.approx(0.45)


def test_budget_counts_each_link_that_x_finds(x_standin: XStandIn) -> None:
    """In random texts, the budget counts every link that X's own twitter-text finds."""
    parts = "a . com .org example.com ir 日本 ドメイン.コム пример.испытание - / : // http:// # @ , ( ) x1 . . xn--p1ai %"
    random_source, budget = (
        random.Random(4),
        Budget(monthly_budget=1, cost_per_link=1.0),
    )
    linked = 0
    for _ in range(4000):
        words = random_source.choices(
            [*parts.split(), " "], k=random_source.randint(1, 8)
        )
        text = "".join(words)
        if x_standin._counter.count(text)["urls"]:
            linked += 1
            assert budget.price_of(replace(make_post(text), picture=None)) == 1.0, text
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
def test_error_that_needs_a_person_is_refused_with_advice(
    x_standin: XStandIn, fault: str, message: str
) -> None:
    x_standin.fail_next(fault)
    with pytest.raises(ChannelRefused, match=message):
        make_channel(x_standin).send(make_post("Confirmed."), None)


def test_wrong_secret_is_refused(x_standin: XStandIn) -> None:
    channel = make_channel(x_standin, consumer_secret="notthesecret")
    with pytest.raises(ChannelRefused, match="401"):
        channel.send(make_post("Confirmed."), None)


@pytest.mark.parametrize("path", ["/2/media/upload", "/2/media/metadata"])
def test_picture_is_left_out_after_repeated_failures(
    x_standin: XStandIn, path: str
) -> None:
    channel = make_channel(x_standin)
    for _ in range(3):
        x_standin.fail_next("503", path)
    for _ in range(2):
        with pytest.raises(ChannelUnavailable):
            channel.send(make_post("Confirmed."), png())
    channel.send(make_post("Confirmed."), png())
    assert [tweet.media for tweet in x_standin.tweets] == [[]]


def test_text_is_sent_alone_if_the_picture_is_refused(x_standin: XStandIn) -> None:
    make_channel(x_standin).send(make_post("Confirmed."), b"no picture at all")
    assert [tweet.media for tweet in x_standin.tweets] == [[]]


def test_reply_to_a_deleted_post_is_sent_without_a_parent(x_standin: XStandIn) -> None:
    channel = make_channel(x_standin)
    sent = channel.send(make_post("Update.", "1234"), None)
    assert x_standin.tweets[0].reply_to is None
    assert channel.find(make_post("Update.", "1234")) == sent


def test_post_that_is_too_long_is_refused(x_standin: XStandIn) -> None:
    channel = make_channel(x_standin)
    channel.send(make_post("é" * 280), None)
    with pytest.raises(ChannelRefused):
        channel.send(make_post("→" * 141), None)


def test_post_is_found_on_a_later_page(x_standin: XStandIn) -> None:
    channel = make_channel(x_standin)
    sent = channel.send(make_post("Confirmed."), None)
    for number in range(120):
        text = f"Something else {number}"
        x_standin.tweets.append(Tweet(str(number), text, text, [], None))
    assert channel.find(make_post("Confirmed.")) == sent
    assert channel.find(make_post("Never.")) is None


# The stand-in itself, checked with third-party clients.


class StandInAdapter(requests.adapters.HTTPAdapter):
    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def send(self, request, *args, **options):
        request.url = request.url.replace("https://api.twitter.com", self._base)
        return super().send(request, *args, **options)


def tweepy_client(standin: XStandIn, **keys: str) -> tweepy.Client:
    client = tweepy.Client(**(KEYS | keys))
    client.session.mount("https://", StandInAdapter(standin.base_url))
    return client


def test_tweepy_works_with_the_stand_in(x_standin: XStandIn) -> None:
    client = tweepy_client(x_standin)
    first_id = client.create_tweet(text="M5.9").data["id"]
    client.create_tweet(text="Update", in_reply_to_tweet_id=first_id)
    me = client.get_me().data
    answer = client.get_users_tweets(
        me.id, tweet_fields="referenced_tweets", user_auth=True
    ).data
    assert [tweet.text for tweet in answer] == ["Update", "M5.9"]
    assert str(answer[0].referenced_tweets[0].id) == first_id
    with pytest.raises(tweepy.Forbidden, match=DUPLICATE):
        client.create_tweet(text="M5.9")
    with pytest.raises(tweepy.Forbidden, match="reply"):
        client.create_tweet(text="To nobody", in_reply_to_tweet_id="77")
    with pytest.raises(tweepy.BadRequest, match="media"):
        client.create_tweet(text="No such media", media_ids=["77"])


def test_stand_in_enforces_its_rate_limit(x_standin: XStandIn) -> None:
    client, now = tweepy_client(x_standin), x_standin.media_store.now()
    for number in range(100):
        client.create_tweet(text=f"{number}")
    with pytest.raises(tweepy.TooManyRequests) as caught:
        client.create_tweet(text="one more")
    headers = caught.value.response.headers
    values = [headers[f"x-rate-limit-{k}"] for k in ("limit", "remaining", "reset")]
    assert values == ["100", "0", str(caught.value.reset_time)]
    x_standin.media_store.now = lambda: now + 901
    client.create_tweet(text="one more")
    assert len(x_standin.tweets) == 101


@pytest.mark.parametrize("key", sorted(KEYS))
def test_stand_in_refuses_wrong_keys(x_standin: XStandIn, key: str) -> None:
    with pytest.raises(tweepy.Unauthorized):
        tweepy_client(x_standin, **{key: "something"}).create_tweet(text="x")


def test_stand_in_refuses_a_replayed_request(x_standin: XStandIn) -> None:
    client = tweepy_client(x_standin)
    client.create_tweet(text="one")
    first_request = x_standin.requests[0]
    replayed = requests.post(
        x_standin.base_url + first_request.path,
        data=json.dumps({"text": "two"}),
        headers={
            "Authorization": first_request.headers["authorization"],
            "Content-Type": "application/json",
        },
        timeout=5,
    )
    assert replayed.status_code == 401


def test_stand_in_refuses_fields_outside_the_schema(x_standin: XStandIn) -> None:
    client = tweepy_client(x_standin)
    upload = {"media": "", "media_category": "tweet_image", "alt": "x"}
    with pytest.raises(tweepy.BadRequest, match="alt"):
        client.request("POST", "/2/media/upload", json=upload, user_auth=True)
    for body in ({"text": "x", "txet": "y"}, {"text": "x", "media": {"media_idz": []}}):
        with pytest.raises(tweepy.BadRequest):
            client.request("POST", "/2/tweets", json=body, user_auth=True)


def post_signed(standin: XStandIn, text: str, **claims: str) -> requests.Response:
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
    ("offset_s", "status"), [(0, 201), (-290, 201), (-310, 401), (310, 401)]
)
def test_stand_in_refuses_stale_requests(
    x_standin: XStandIn, offset_s: int, status: int
) -> None:
    at = str(int(x_standin.media_store.now()) + offset_s)
    assert post_signed(x_standin, "One", timestamp=at).status_code == status


def test_stand_in_refuses_a_repeated_nonce(x_standin: XStandIn) -> None:
    claims = {"timestamp": str(int(x_standin.media_store.now())), "nonce": "nonce12345"}
    statuses = [
        post_signed(x_standin, text, **claims).status_code for text in ("One", "Two")
    ]
    assert statuses == [201, 401]


def bearer_client(standin: XStandIn, user: str) -> tweepy.Client:
    """Return a tweepy client with the OAuth 2.0 token of `user`."""
    token = next(token for token, owner in BEARERS.items() if owner == user)
    client = tweepy.Client(bearer_token=token)
    client.session.mount("https://", StandInAdapter(standin.base_url))
    return client


def test_stand_in_identifies_a_user_by_a_bearer_token(x_standin: XStandIn) -> None:
    created = (
        bearer_client(x_standin, OTHER_USER)
        .create_tweet(text="One", user_auth=False)
        .data
    )
    bearer_client(x_standin, USER).create_tweet(text="One", user_auth=False)
    assert [tweet.owner for tweet in x_standin.tweets] == [OTHER_USER, USER]
    with pytest.raises(tweepy.Forbidden, match="not authorized"):
        tweepy_client(x_standin).delete_tweet(created["id"])
    stranger = tweepy.Client(bearer_token="stranger")
    stranger.session.mount("https://", StandInAdapter(x_standin.base_url))
    with pytest.raises(tweepy.Unauthorized):
        stranger.create_tweet(text="Two", user_auth=False)


def test_tweepy_deletes_posts(x_standin: XStandIn) -> None:
    client = tweepy_client(x_standin)
    tweet_id = client.create_tweet(text="One").data["id"]
    assert client.delete_tweet(tweet_id).data == {"deleted": True}
    with pytest.raises(tweepy.NotFound):
        client.delete_tweet(tweet_id)
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
def test_third_party_client_recognizes_the_faults(
    x_standin: XStandIn, fault: str, error: type[Exception]
) -> None:
    x_standin.fail_next(fault)
    with pytest.raises(error):
        tweepy_client(x_standin).create_tweet(text="One")
    is_posted = fault in {"503-after", "answer-lost", "reset"}
    assert len(x_standin.tweets) == (1 if is_posted else 0)


def sdk_client(standin: XStandIn) -> SdkClient:
    """Return X's own client, xdk, with the keys of the account USER."""
    keys = (KEYS["consumer_key"], KEYS["consumer_secret"], "http://localhost/callback")
    tokens = (KEYS["access_token"], KEYS["access_token_secret"])
    return SdkClient(base_url=standin.base_url, auth=OAuth1(*keys, *tokens))


def refusal_detail(call: Callable[[], object]) -> str:
    """Return the detail of the error with which the stand-in answers `call`."""
    with pytest.raises(requests.HTTPError) as caught:
        call()
    return str(caught.value.response.json()["detail"])


def upload_in_parts(client: SdkClient, data: bytes, total: int = 0) -> str:
    """Announce an image and send it in two parts; return its id."""
    settings = {"media_category": "tweet_image", "media_type": "image/png"}
    initialize_request = InitializeUploadRequest(
        **settings, total_bytes=total or len(data)
    )
    media_id: str = client.media.initialize_upload(initialize_request).data.id
    half = len(data) // 2
    for index, part in enumerate((data[:half], data[half:])):
        media = base64.b64encode(part).decode()
        client.media.append_upload(
            media_id, AppendUploadRequest(media=media, segment_index=index)
        )
    return media_id


def set_alt_text(client: SdkClient, media: str, alt: str = "A chart.") -> None:
    fields = {"id": media, "metadata": {"alt_text": {"text": alt}}}
    client.media.create_metadata(CreateMetadataRequest(**fields))


def test_official_client_uploads_in_parts(x_standin_for_sdk: XStandIn) -> None:
    client = sdk_client(x_standin_for_sdk)
    media = upload_in_parts(client, png())
    assert "unknown media" in refusal_detail(lambda: set_alt_text(client, media))
    client.media.finalize_upload(media)
    set_alt_text(client, media)
    post_request = CreateRequest(text="In parts", media={"media_ids": [media]})
    client.posts.create(post_request)
    assert x_standin_for_sdk.media[media].data == png()


def test_parts_must_be_in_order_complete_and_an_image(
    x_standin_for_sdk: XStandIn,
) -> None:
    client = sdk_client(x_standin_for_sdk)
    incomplete = upload_in_parts(client, png(), total=len(png()) + 1)
    assert "announced" in refusal_detail(
        lambda: client.media.finalize_upload(incomplete)
    )
    repeated_part = AppendUploadRequest(media="eA==", segment_index=1)
    assert "order" in refusal_detail(
        lambda: client.media.append_upload(incomplete, repeated_part)
    )
    not_an_image = upload_in_parts(client, b"no picture at all")
    assert "not an image" in refusal_detail(
        lambda: client.media.finalize_upload(not_an_image)
    )
    assert "5 MB" in refusal_detail(
        lambda: upload_in_parts(client, png(), total=5 * 1024**2 + 1)
    )


def test_stand_in_accepts_a_part_as_a_form(x_standin_for_sdk: XStandIn) -> None:
    client = sdk_client(x_standin_for_sdk)
    settings = {"media_category": "tweet_image", "media_type": "image/png"}
    initialize_request = InitializeUploadRequest(**settings, total_bytes=len(png()))
    media_id = client.media.initialize_upload(initialize_request).data.id
    token = next(token for token, owner in BEARERS.items() if owner == USER)
    answer = requests.post(
        f"{x_standin_for_sdk.base_url}/2/media/upload/{media_id}/append",
        files={"media": ("blob", png(), "application/octet-stream")},
        data={"segment_index": "0"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=5,
    )
    assert answer.status_code == 200
    client.media.finalize_upload(media_id)


def test_picture_belongs_to_its_owner_and_expires_after_a_day(
    x_standin_for_sdk: XStandIn,
) -> None:
    standin, client = x_standin_for_sdk, sdk_client(x_standin_for_sdk)
    media = upload_in_parts(client, png())
    client.media.finalize_upload(media)
    assert "alt text" in refusal_detail(lambda: set_alt_text(client, media, "x" * 1001))
    set_alt_text(client, media, "x" * 1000)
    other = bearer_client(standin, OTHER_USER)
    with pytest.raises(tweepy.BadRequest, match="media IDs"):
        other.create_tweet(text="Not mine", media_ids=[media], user_auth=False)
    now = standin.media_store.now()
    standin.media_store.now = lambda: now + LIFETIME_S + 1
    post_request = CreateRequest(text="Too late", media={"media_ids": [media]})
    assert "media IDs" in refusal_detail(lambda: client.posts.create(post_request))


def test_official_client_reads_and_is_charged(x_standin_for_sdk: XStandIn) -> None:
    standin, client = x_standin_for_sdk, sdk_client(x_standin_for_sdk)
    first = client.posts.create(CreateRequest(text="See example.com & more")).data
    assert first.text == "See https://t.co/link000000 &amp; more"
    reply = CreateRequest(text="Plain", reply={"in_reply_to_tweet_id": first.id})
    client.posts.create(reply)
    (page,) = client.users.get_posts(USER, max_results=5)
    assert [tweet.text for tweet in page.data] == ["Plain", first.text]
    assert str(standin.spent) == "0.217"  # a post with a link, one without, two read
    standin.fail_next("no-credit")
    without_credit = CreateRequest(text="For nothing")
    assert refusal_detail(lambda: client.posts.create(without_credit)) == NO_CREDIT


def test_official_client_works_with_the_stand_in(
    x_standin_for_sdk: XStandIn,
) -> None:
    client = sdk_client(x_standin_for_sdk)
    media = base64.b64encode(png()).decode()
    image = UploadRequest(media=media, media_category="tweet_image")
    uploaded = client.media.upload(image).data.id
    metadata = {"id": uploaded, "metadata": {"alt_text": {"text": "A chart."}}}
    client.media.create_metadata(CreateMetadataRequest(**metadata))
    post_request = CreateRequest(text="With a chart", media={"media_ids": [uploaded]})
    created = client.posts.create(post_request).data
    assert created.text == "With a chart https://t.co/picture01"
    assert x_standin_for_sdk.media[uploaded].alt == "A chart."
    with pytest.raises(requests.HTTPError) as caught:
        client.posts.create(CreateRequest(text="With a chart"))
    assert caught.value.response.json()["detail"] == DUPLICATE
