"""What only the telegram channel does: limits, edits, chats, a token in the address."""

import logging
import traceback
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.channels.telegram import TelegramChannel, TelegramConfig
from bot.errors import (
    ChannelError,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
)
from bot.model.draft import Counting
from tests.contract.rigs.rig import PNG, Rig, make_post
from tests.contract.rigs.telegram import telegram_rig
from tests.servers.local import Reply
from tests.servers.telegram_standin import CHANNEL, GROUP, TOKEN, fields_of

SEND, PHOTO = f"/bot{TOKEN}/sendMessage", f"/bot{TOKEN}/sendPhoto"


@pytest.fixture
def telegram(tmp_path: Path) -> Iterator[Rig]:
    yield from telegram_rig(tmp_path)


def with_changes(rig: Rig, **changes: str) -> TelegramChannel:
    """Return the rig's channel with some keys of its section changed."""
    config = rig.config.model_copy(update=changes)
    assert isinstance(config, TelegramConfig)
    return TelegramChannel("one", config, rig.clock)


def called_methods(rig: Rig) -> list[str]:
    return [request.path.rpartition("/")[2] for request in rig.requests]


def test_text_and_picture_are_one_message(telegram: Rig) -> None:
    receipt = telegram.channel.send(make_post("One"), PNG)
    assert called_methods(telegram) == ["sendPhoto"]
    assert receipt.id == f"{CHANNEL['id']}/1/photo"
    assert receipt.url == "https://t.me/outages/1"


def test_limit_is_the_caption_length_in_utf16_units(telegram: Rig) -> None:
    outlet = telegram.channel.outlet()
    assert (outlet.limit, outlet.counting) == (1024, Counting.UTF16)
    assert (outlet.url_length, outlet.edits) == (None, True)
    # Each flag counts as four UTF-16 units.
    telegram.channel.send(make_post("🇮🇷" * 256), PNG)
    assert called_methods(telegram) == ["sendPhoto"]
    telegram.channel.send(make_post("🇮🇷" * 256 + "!", event=2), PNG)
    assert called_methods(telegram) == ["sendPhoto", "sendPhoto", "sendMessage"]


def test_text_is_not_sent_if_the_picture_may_be_published(telegram: Rig) -> None:
    """Text and picture are one message, which may have been published."""
    for reply in (
        Reply(500, {}),
        Reply(200, {}, sent_share=0.0),
        Reply(200, b"<html>"),
    ):
        telegram.script[PHOTO].append(reply)
        with pytest.raises(ChannelUnknown):
            telegram.channel.send(make_post("One"), PNG)
    telegram.script[PHOTO].append(Reply(429, {}))
    with pytest.raises(ChannelUnavailable):
        telegram.channel.send(make_post("One"), PNG)
    assert called_methods(telegram) == ["sendPhoto"] * 4


def test_retry_after_parameter_becomes_the_retry_delay(telegram: Rig) -> None:
    body = {"description": "Too Many Requests", "parameters": {"retry_after": 17}}
    telegram.script[SEND].append(Reply(429, body))
    with pytest.raises(ChannelUnavailable, match="Too Many") as caught:
        telegram.channel.send(make_post("One"), None)
    assert caught.value.retry_after == timedelta(seconds=17)


@pytest.mark.parametrize("parameters", ["soon", None, [], {"retry_after": "x"}])
def test_invalid_retry_after_parameter_is_ignored(
    telegram: Rig, parameters: object
) -> None:
    telegram.script[SEND].append(Reply(429, {"parameters": parameters}))
    with pytest.raises(ChannelUnavailable) as caught:
        telegram.channel.send(make_post("One"), None)
    assert caught.value.retry_after is None


def test_error_gives_the_new_id_of_a_migrated_group(telegram: Rig) -> None:
    body = {
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": -100555},
    }
    telegram.script[SEND].append(Reply(400, body))
    with pytest.raises(ChannelRefused, match='write chat = "-100555"'):
        telegram.channel.send(make_post("One"), None)


@pytest.mark.parametrize(
    ("status", "hint"), [(401, "BotFather"), (403, "administrator"), (404, "BotFather")]
)
def test_refusal_gives_advice(telegram: Rig, status: int, hint: str) -> None:
    telegram.script[SEND].append(Reply(status, {"description": "No"}))
    with pytest.raises(ChannelRefused, match=f"No; .*{hint}"):
        telegram.channel.send(make_post("One"), None)


def test_text_and_caption_can_be_edited(telegram: Rig) -> None:
    plain = telegram.channel.send(make_post("One"), None)
    pictured = telegram.channel.send(make_post("Two", event=2), PNG)
    for number, receipt in enumerate((plain, pictured), 3):
        edit = make_post(f"Corrected {number}", event=number, amends=receipt.id)
        for _ in range(2):  # Telegram refuses the second edit, which changes nothing
            assert telegram.channel.send(edit, None).id == receipt.id
    assert [post.text for post in telegram.visible_posts()] == [
        "Corrected 3",
        "Corrected 4",
    ]
    edits = ["editMessageText"] * 2 + ["editMessageCaption"] * 2
    assert called_methods(telegram)[2:] == edits


def test_edit_with_a_lost_answer_is_sent_again(telegram: Rig) -> None:
    first = telegram.channel.send(make_post("One"), None)
    edit = make_post("Corrected", event=2, amends=first.id)
    edit_path = f"/bot{TOKEN}/editMessageText"
    telegram.script[edit_path].append(Reply(200, {}, sent_share=0.0))
    with pytest.raises(ChannelUnknown):
        telegram.channel.send(edit, None)
    assert telegram.channel.find(edit) is None
    telegram.channel.send(edit, None)
    assert [post.text for post in telegram.visible_posts()] == ["Corrected"]


def test_edit_of_a_deleted_message_is_refused(telegram: Rig) -> None:
    edit = make_post("Corrected", amends=f"{CHANNEL['id']}/77")
    with pytest.raises(ChannelRefused, match="message to edit not found"):
        telegram.channel.send(edit, None)
    with pytest.raises(ChannelRefused, match="not the id of a Telegram message"):
        telegram.channel.send(make_post("Corrected", amends="at://did/1"), None)


def test_test_post_goes_to_the_test_chat(telegram: Rig) -> None:
    channel = with_changes(telegram, test_chat=str(GROUP["id"]))
    receipt = channel.send(make_post("Test", private=True), PNG)
    assert receipt.id == f"{GROUP['id']}/1/photo"
    assert receipt.url is None
    channel.remove(receipt)
    assert not telegram.visible_posts()


def test_test_post_without_a_test_chat_is_silent(telegram: Rig) -> None:
    telegram.channel.send(make_post("Test", private=True), PNG)
    telegram.channel.send(make_post("Test", private=True), None)
    for request in telegram.requests:
        fields = fields_of(request)
        assert str(fields["disable_notification"]).lower() == "true"
        assert fields["chat_id"] == "@outages"


def test_replies_refer_only_to_messages_of_the_same_chat(telegram: Rig) -> None:
    """After a group has moved to a new id, an old number may mean another message."""
    channel = with_changes(telegram, chat=str(GROUP["id"]))
    channel.send(make_post("Somebody else's matter"), None)
    channel.send(make_post("Two", event=2, reply_to=f"{CHANNEL['id']}/1"), None)
    channel.send(make_post("Three", event=3, reply_to=f"{GROUP['id']}/2"), None)
    replies = [
        fields_of(request).get("reply_parameters") for request in telegram.requests
    ]
    expected = {"message_id": 2, "allow_sending_without_reply": True}
    assert replies == [None, None, expected]


def test_old_message_cannot_be_removed(telegram: Rig) -> None:
    receipt = telegram.channel.send(make_post("One"), None)
    body = {"ok": False, "description": "Bad Request: message can't be deleted"}
    telegram.script[f"/bot{TOKEN}/deleteMessage"].append(Reply(400, body))
    with pytest.raises(ChannelRefused, match="can't be deleted"):
        telegram.channel.remove(receipt)


@pytest.mark.parametrize("status", [200, 400, 401, 404, 429, 500])
def test_token_in_the_address_appears_in_no_error_or_log(
    telegram: Rig, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """httpx includes addresses in its log and in its exceptions."""
    caplog.set_level(logging.DEBUG)
    answer = {"description": f"POST https://api.telegram.org{SEND}"}
    telegram.script[SEND].append(Reply(status, answer))
    with pytest.raises(ChannelError) as caught:
        telegram.channel.send(make_post("One"), None)
    unreachable = with_changes(telegram, base_url="http://127.0.0.1:9")
    with pytest.raises(ChannelError) as connection_error:
        unreachable.send(make_post("One"), PNG)
    texts = [caplog.text, repr(telegram.channel), repr(telegram.config)]
    for error in (caught.value, connection_error.value):
        texts += [str(error), "".join(traceback.format_exception(error))]
    assert "sendMessage" in caplog.text  # proof that the log was captured
    secret = TOKEN.partition(":")[2]
    assert not [text for text in texts if secret in text or TOKEN[:-2] in text]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("token", SecretStr("no-token")),
        ("token", SecretStr("123:short")),
        ("token", SecretStr(f"{TOKEN}/../x")),
        ("chat", "outages"),
        ("chat", "@a b"),
        ("chat", ""),
        ("test_chat", "here"),
        ("base_url", "http://telegram.example"),
        ("base_url", "https://a.example/x"),
    ],
)
def test_invalid_configuration_is_refused_without_the_token(
    key: str, value: object
) -> None:
    valid = {"token": SecretStr(TOKEN), "chat": "@outages"}
    TelegramConfig.model_validate(valid)
    with pytest.raises(ValidationError) as caught:
        TelegramConfig.model_validate(valid | {key: value})
    assert TOKEN not in str(caught.value)
