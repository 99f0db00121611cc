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
from tests.contract.rigs.rig import AT, PNG, Rig, VisiblePost, make_post
from tests.contract.rigs.webhook import SECRET, webhook_rig
from tests.servers.local import LocalServer, ReceivedRequest, Reply

SCHEMA = Path(__file__).parents[2] / "docs" / "outagewire.post-1.schema.json"
ID = "msg_" + "0a" * 16
OTHER_ID = "msg_" + "1b" * 16


@pytest.fixture
def webhook(tmp_path: Path) -> Iterator[Rig]:
    yield from webhook_rig(tmp_path)


@pytest.fixture(scope="module")
def validate() -> Callable[[bytes], None]:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    return lambda body: validator.validate(json.loads(body))


def make_message(**changes: Any) -> Post:
    changes = {"token": ID, "kind": EventKind.CONFIRMED} | changes
    return make_post("Confirmed: it is down.", **changes)


def test_third_party_library_accepts_the_signature() -> None:
    received: list[ReceivedRequest] = []

    def answer(request: ReceivedRequest) -> Reply:
        received.append(request)
        return Reply(204, b"")

    server = LocalServer(answer)
    config = WebhookConfig(
        url=f"{server.base_url}/hook", secret=SecretStr(SECRET), allow_local=True
    )
    post = make_message(reply_to=OTHER_ID)
    WebhookChannel("one", config, SystemClock()).send(post, PNG)
    server.stop()
    (request,) = received
    payload = Webhook(SECRET).verify(request.body, request.headers)
    assert (payload["id"], payload["text"]) == (ID, "Confirmed: it is down.")
    forged = request.body.replace(b"Confirmed", b"Retracted")
    with pytest.raises(WebhookVerificationError, match="No matching"):
        Webhook(SECRET).verify(forged, request.headers)
    old_headers = request.headers | {"webhook-timestamp": "1700000000"}
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(SECRET).verify(request.body, old_headers)


@pytest.mark.parametrize("kind", [*EventKind, None])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"picture": None},
        {"reply_to": OTHER_ID, "root": OTHER_ID},
        {"amends": OTHER_ID},
        {"private": True},
        {"at": datetime(2026, 1, 8, 16, 30, 7, 250, tzinfo=UTC), "lang": "fa"},
    ],
)
def test_body_conforms_to_the_schema(
    validate: Callable[[bytes], None], kind: EventKind | None, changes: dict[str, Any]
) -> None:
    for picture in (PNG, None):
        validate(_body(make_message(kind=kind, **changes), picture))


def test_schema_refuses_missing_and_unknown_fields(
    validate: Callable[[bytes], None],
) -> None:
    valid = json.loads(_body(make_message(), PNG))
    invalid = [
        {key: value for key, value in valid.items() if key != name} for name in valid
    ]
    invalid += [
        valid | {"more": 1},
        valid | {"schema": "outagewire.post/2"},
        valid | {"kind": "guessed"},
        valid | {"at": "2026-01-08T16:30:00+00:00"},
        valid | {"id": "1"},
        valid | {"picture": valid["picture"] | {"more": 1}},
    ]
    for body in invalid:
        with pytest.raises(jsonschema.ValidationError):
            validate(json.dumps(body).encode())


def test_picture_matches_its_hash(webhook: Rig) -> None:
    picture = make_post("x").picture
    assert picture is not None
    picture = replace(picture, sha256=hashlib.sha256(PNG).hexdigest())
    webhook.channel.send(make_message(picture=picture), PNG)
    sent_picture = json.loads(webhook.requests[0].body)["picture"]
    data = base64.b64decode(sent_picture["data"])
    assert (data, hashlib.sha256(data).hexdigest()) == (PNG, sent_picture["sha256"])
    assert (sent_picture["width"], sent_picture["height"], sent_picture["alt"]) == (
        4,
        3,
        "Alt 1 ⚠",
    )


def test_picture_is_only_described_if_so_configured(
    webhook: Rig,
) -> None:
    config = webhook.config.model_copy(update={"picture": "described"})
    assert isinstance(config, WebhookConfig)
    WebhookChannel("one", config, webhook.clock).send(make_message(), PNG)
    sent_picture = json.loads(webhook.requests[0].body)["picture"]
    assert sent_picture["alt"] == "Alt 1 ⚠"
    assert "data" not in sent_picture


def test_text_is_sent_without_a_picture_that_is_too_large(webhook: Rig) -> None:
    webhook.script["/hook"].append(Reply(413, {}))
    webhook.channel.send(make_message(), PNG)
    assert webhook.visible_posts() == [
        VisiblePost("Confirmed: it is down.", None, None, None)
    ]
    webhook.script["/hook"].extend([Reply(413, {})] * 2)
    with pytest.raises(ChannelRefused, match="413"):
        webhook.channel.send(make_message(), PNG)


def test_repeated_message_has_the_same_body(webhook: Rig) -> None:
    """Only the time stamp of the request, and with it the signature, changes."""
    post = make_message()
    webhook.channel.send(post, PNG)
    webhook.clock.time += timedelta(hours=3)
    webhook.channel.send(post, PNG)
    first, second = webhook.requests
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == ID
    times = [int(request.headers["webhook-timestamp"]) for request in (first, second)]
    assert times == [int(AT.timestamp()), int(AT.timestamp()) + 3 * 3600]
    assert len(webhook.visible_posts()) == 1


def test_message_repeated_after_a_lost_answer_counts_once(webhook: Rig) -> None:
    """The subscriber ignores a message whose id it has already received."""
    post, script = make_message(), webhook.script["/hook"]
    receipt = webhook.channel.send(post, PNG)  # the subscriber stores it
    script.append(Reply(204, b"", sent_share=0.0))  # the answer to the repeat is lost
    with pytest.raises(ChannelUnknown):
        webhook.channel.send(post, PNG)
    assert webhook.channel.find(post) is None
    assert webhook.channel.send(post, PNG) == receipt
    assert len(webhook.visible_posts()) == 1


def test_message_id_is_unique_and_constant(webhook: Rig) -> None:
    token = webhook.channel.token
    first, second = make_post("x", event=1), make_post("x", event=2)
    assert token(first) == token(
        replace(first, text="y", made_at=AT + timedelta(days=9))
    )
    assert token(first) != token(second)
    assert token(first) != token(make_post("x", channel="two"))


def test_retry_after_header_becomes_the_retry_delay(webhook: Rig) -> None:
    for status in (429, 503):
        webhook.script["/hook"].append(Reply(status, {}, {"Retry-After": "90"}))
        with pytest.raises(ChannelUnavailable) as caught:
            webhook.channel.send(make_message(), None)
        assert caught.value.retry_after == timedelta(seconds=90)


@pytest.mark.parametrize("status", [400, 410, 500])
def test_error_contains_only_the_status_of_the_answer(
    webhook: Rig, status: int
) -> None:
    webhook.script["/hook"].append(Reply(status, {"error": "come to evil.example"}))
    with pytest.raises(
        (ChannelRefused, ChannelUnavailable), match=str(status)
    ) as caught:
        webhook.channel.send(make_message(), None)
    assert "evil" not in str(caught.value)


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
def test_invalid_secret_is_refused_and_not_shown(secret: str) -> None:
    with pytest.raises(ValidationError) as caught:
        WebhookConfig(url="https://hook.example/", secret=SecretStr(secret))
    assert secret not in str(caught.value)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_text_is_sent_unchanged(text: str) -> None:
    assert json.loads(_body(replace(make_message(), text=text), None))["text"] == text


def test_delivered_message_cannot_be_removed(webhook: Rig) -> None:
    assert isinstance(webhook.clock, StillClock)
    with pytest.raises(ChannelRefused, match="cannot be deleted"):
        webhook.channel.remove(webhook.channel.send(make_message(), None))
