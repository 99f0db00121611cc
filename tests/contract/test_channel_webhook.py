"""What only the webhook channel does: its body, its signature, its ids."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from bot.channels.webhook import WebhookChannel, WebhookConfig, _body
from bot.clock import StillClock, SystemClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post
from bot.model.incident import EventKind
from tests.contract.rigs.rig import AT, PNG, Rig, VisiblePost, a_post
from tests.contract.rigs.webhook import SECRET, webhook_rig
from tests.servers.local import LocalServer, Reply, Request

SCHEMA = Path(__file__).parents[2] / "docs" / "outagewire.post-1.schema.json"
ID = "msg_" + "0a" * 16
OTHER = "msg_" + "1b" * 16


@pytest.fixture
def webhook(tmp_path: Path) -> Iterator[Rig]:
    yield from webhook_rig(tmp_path)


@pytest.fixture(scope="module")
def valid() -> Callable[[bytes], None]:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    judge = jsonschema.Draft202012Validator(schema)
    return lambda body: judge.validate(json.loads(body))


def message(**changes: Any) -> Post:
    changes = {"token": ID, "kind": EventKind.CONFIRMED} | changes
    return a_post("Confirmed: it is down.", **changes)


def test_the_signature_is_what_another_library_expects() -> None:
    received: list[Request] = []

    def answer(request: Request) -> Reply:
        received.append(request)
        return Reply(204, b"")

    server = LocalServer(answer)
    config = WebhookConfig(
        url=f"{server.base_url}/hook", secret=SecretStr(SECRET), allow_local=True
    )
    post = message(reply_to=OTHER)
    WebhookChannel("one", config, SystemClock()).send(post, PNG)
    server.stop()
    (request,) = received
    told = Webhook(SECRET).verify(request.body, request.headers)
    assert (told["id"], told["text"]) == (ID, "Confirmed: it is down.")
    forged = request.body.replace(b"Confirmed", b"Retracted")
    with pytest.raises(WebhookVerificationError, match="No matching"):
        Webhook(SECRET).verify(forged, request.headers)
    old = request.headers | {"webhook-timestamp": "1700000000"}
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(SECRET).verify(request.body, old)


@pytest.mark.parametrize("kind", [*EventKind, None])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"picture": None},
        {"reply_to": OTHER, "root": OTHER},
        {"amends": OTHER},
        {"private": True},
        {"at": datetime(2026, 1, 8, 16, 30, 7, 250, tzinfo=UTC), "lang": "fa"},
    ],
)
def test_what_is_sent_is_what_the_schema_says(
    valid: Callable[[bytes], None], kind: EventKind | None, changes: dict[str, Any]
) -> None:
    for picture in (PNG, None):
        valid(_body(message(kind=kind, **changes), picture))


def test_the_schema_refuses_what_is_not_said(valid: Callable[[bytes], None]) -> None:
    good = json.loads(_body(message(), PNG))
    wrong = [
        {key: value for key, value in good.items() if key != name} for name in good
    ]
    wrong += [
        good | {"more": 1},
        good | {"schema": "outagewire.post/2"},
        good | {"kind": "guessed"},
        good | {"at": "2026-01-08T16:30:00+00:00"},
        good | {"id": "1"},
        good | {"picture": good["picture"] | {"more": 1}},
    ]
    for one in wrong:
        with pytest.raises(jsonschema.ValidationError):
            valid(json.dumps(one).encode())


def test_the_picture_is_the_one_its_hash_says(webhook: Rig) -> None:
    picture = a_post("x").picture
    assert picture is not None
    picture = replace(picture, sha256=hashlib.sha256(PNG).hexdigest())
    webhook.channel.send(message(picture=picture), PNG)
    shown = json.loads(webhook.requests[0].body)["picture"]
    data = base64.b64decode(shown["data"])
    assert (data, hashlib.sha256(data).hexdigest()) == (PNG, shown["sha256"])
    assert (shown["width"], shown["height"], shown["alt"]) == (4, 3, "Alt 1 ⚠")


def test_the_pictures_bytes_stay_at_home_where_the_section_says_so(
    webhook: Rig,
) -> None:
    config = webhook.config.model_copy(update={"picture": "described"})
    assert isinstance(config, WebhookConfig)
    WebhookChannel("one", config, webhook.clock).send(message(), PNG)
    shown = json.loads(webhook.requests[0].body)["picture"]
    assert shown["alt"] == "Alt 1 ⚠"
    assert "data" not in shown


def test_a_picture_that_is_too_large_never_stops_the_words(webhook: Rig) -> None:
    webhook.script["/hook"].append(Reply(413, {}))
    webhook.channel.send(message(), PNG)
    assert webhook.visible_posts() == [
        VisiblePost("Confirmed: it is down.", None, None, None)
    ]
    webhook.script["/hook"].extend([Reply(413, {})] * 2)
    with pytest.raises(ChannelRefused, match="413"):
        webhook.channel.send(message(), PNG)


def test_the_body_is_the_same_whenever_it_is_sent(webhook: Rig) -> None:
    """Only the time stamp of the request, and with it the signature, changes."""
    post = message()
    webhook.channel.send(post, PNG)
    webhook.clock.at += timedelta(hours=3)
    webhook.channel.send(post, PNG)
    first, second = webhook.requests
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == ID
    times = [int(request.headers["webhook-timestamp"]) for request in (first, second)]
    assert times == [int(AT.timestamp()), int(AT.timestamp()) + 3 * 3600]
    assert len(webhook.visible_posts()) == 1


def test_a_message_whose_answer_was_lost_counts_once(webhook: Rig) -> None:
    """The subscriber ignores a message whose id it has already received."""
    post, lost = message(), webhook.script["/hook"]
    receipt = webhook.channel.send(post, PNG)  # the subscriber stores it
    lost.append(Reply(204, b"", comes=0.0))  # the answer to the repeat is lost
    with pytest.raises(ChannelUnknown):
        webhook.channel.send(post, PNG)
    assert webhook.channel.find(post) is None
    assert webhook.channel.send(post, PNG) == receipt
    assert len(webhook.visible_posts()) == 1


def test_a_message_has_an_id_of_its_own_and_keeps_it(webhook: Rig) -> None:
    token = webhook.channel.token
    one, two = a_post("x", event=1), a_post("x", event=2)
    assert token(one) == token(replace(one, text="y", made_at=AT + timedelta(days=9)))
    assert token(one) != token(two)
    assert token(one) != token(a_post("x", channel="two"))


def test_a_subscriber_says_when_to_come_back(webhook: Rig) -> None:
    for status in (429, 503):
        webhook.script["/hook"].append(Reply(status, {}, {"Retry-After": "90"}))
        with pytest.raises(ChannelUnavailable) as caught:
            webhook.channel.send(message(), None)
        assert caught.value.retry_after == timedelta(seconds=90)


@pytest.mark.parametrize("status", [400, 410, 500])
def test_nothing_of_an_answer_is_told_but_its_status(webhook: Rig, status: int) -> None:
    webhook.script["/hook"].append(Reply(status, {"error": "come to evil.example"}))
    with pytest.raises((ChannelRefused, ChannelUnavailable), match=str(status)) as told:
        webhook.channel.send(message(), None)
    assert "evil" not in str(told.value)


@pytest.mark.parametrize(
    "secret",
    [
        "short",
        base64.b64encode(bytes(32)).decode(),
        "whsec_" + base64.b64encode(bytes(23)).decode(),
        "whsec_" + base64.b64encode(bytes(65)).decode(),
        "whsec_not base64!",
        "whsec_AA==",
    ],
)
def test_a_secret_that_is_none_is_refused_and_not_told(secret: str) -> None:
    with pytest.raises(ValidationError) as caught:
        WebhookConfig(url="https://hook.example/", secret=SecretStr(secret))
    assert secret not in str(caught.value)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_any_words_arrive_as_they_are(text: str) -> None:
    assert json.loads(_body(replace(message(), text=text), None))["text"] == text


def test_a_message_that_was_delivered_is_the_subscribers(webhook: Rig) -> None:
    assert isinstance(webhook.clock, StillClock)
    with pytest.raises(ChannelRefused, match="cannot be deleted"):
        webhook.channel.remove(webhook.channel.send(message(), None))
