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
from tests.contract.rigs.rig import PNG, Rig, a_post
from tests.contract.rigs.telegram import telegram_rig
from tests.servers.local import Reply
from tests.servers.telegram_standin import CHANNEL, GROUP, TOKEN, fields_of

SEND, PHOTO = f"/bot{TOKEN}/sendMessage", f"/bot{TOKEN}/sendPhoto"


@pytest.fixture
def telegram(tmp_path: Path) -> Iterator[Rig]:
    yield from telegram_rig(tmp_path)


def other(rig: Rig, **changes: str) -> TelegramChannel:
    """Return the rig's channel with some keys of its section changed."""
    config = rig.config.model_copy(update=changes)
    assert isinstance(config, TelegramConfig)
    return TelegramChannel("one", config, rig.clock)


def methods(rig: Rig) -> list[str]:
    return [request.path.rpartition("/")[2] for request in rig.requests]


def test_one_message_holds_the_words_and_the_picture(telegram: Rig) -> None:
    receipt = telegram.channel.send(a_post("One"), PNG)
    assert methods(telegram) == ["sendPhoto"]
    assert receipt.id == f"{CHANNEL['id']}/1/photo"
    assert receipt.url == "https://t.me/outages/1"


def test_the_words_fit_a_caption_as_telegram_counts(telegram: Rig) -> None:
    outlet = telegram.channel.outlet()
    assert (outlet.limit, outlet.counting) == (1024, Counting.UTF16)
    assert (outlet.url_length, outlet.edits) == (None, True)
    # Each flag counts as four UTF-16 units.
    telegram.channel.send(a_post("🇮🇷" * 256), PNG)
    assert methods(telegram) == ["sendPhoto"]
    telegram.channel.send(a_post("🇮🇷" * 256 + "!", event=2), PNG)
    assert methods(telegram) == ["sendPhoto", "sendPhoto", "sendMessage"]


def test_a_picture_that_may_be_out_is_not_followed_by_words(telegram: Rig) -> None:
    """Text and picture are one message, which may have been published."""
    for reply in (Reply(500, {}), Reply(200, {}, comes=0.0), Reply(200, b"<html>")):
        telegram.script[PHOTO].append(reply)
        with pytest.raises(ChannelUnknown):
            telegram.channel.send(a_post("One"), PNG)
    telegram.script[PHOTO].append(Reply(429, {}))
    with pytest.raises(ChannelUnavailable):
        telegram.channel.send(a_post("One"), PNG)
    assert methods(telegram) == ["sendPhoto"] * 4


def test_telegram_says_when_to_come_back(telegram: Rig) -> None:
    body = {"description": "Too Many Requests", "parameters": {"retry_after": 17}}
    telegram.script[SEND].append(Reply(429, body))
    with pytest.raises(ChannelUnavailable, match="Too Many") as caught:
        telegram.channel.send(a_post("One"), None)
    assert caught.value.retry_after == timedelta(seconds=17)


@pytest.mark.parametrize("wish", ["soon", None, [], {"retry_after": "x"}])
def test_a_strange_wish_is_none(telegram: Rig, wish: object) -> None:
    telegram.script[SEND].append(Reply(429, {"parameters": wish}))
    with pytest.raises(ChannelUnavailable) as caught:
        telegram.channel.send(a_post("One"), None)
    assert caught.value.retry_after is None


def test_a_group_that_has_moved_tells_where(telegram: Rig) -> None:
    body = {
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": -100555},
    }
    telegram.script[SEND].append(Reply(400, body))
    with pytest.raises(ChannelRefused, match='write chat = "-100555"'):
        telegram.channel.send(a_post("One"), None)


@pytest.mark.parametrize(
    ("status", "hint"), [(401, "BotFather"), (403, "administrator"), (404, "BotFather")]
)
def test_a_refusal_says_what_to_do(telegram: Rig, status: int, hint: str) -> None:
    telegram.script[SEND].append(Reply(status, {"description": "No"}))
    with pytest.raises(ChannelRefused, match=f"No; .*{hint}"):
        telegram.channel.send(a_post("One"), None)


def test_a_message_of_either_kind_gets_other_words(telegram: Rig) -> None:
    plain = telegram.channel.send(a_post("One"), None)
    shown = telegram.channel.send(a_post("Two", event=2), PNG)
    for number, receipt in enumerate((plain, shown), 3):
        amends = a_post(f"Corrected {number}", event=number, amends=receipt.id)
        for _ in range(2):  # Telegram refuses the second edit, which changes nothing
            assert telegram.channel.send(amends, None).id == receipt.id
    assert [post.text for post in telegram.visible_posts()] == [
        "Corrected 3",
        "Corrected 4",
    ]
    edits = ["editMessageText"] * 2 + ["editMessageCaption"] * 2
    assert methods(telegram)[2:] == edits


def test_other_words_that_may_be_there_are_sent_again(telegram: Rig) -> None:
    first = telegram.channel.send(a_post("One"), None)
    amends = a_post("Corrected", event=2, amends=first.id)
    edit = f"/bot{TOKEN}/editMessageText"
    telegram.script[edit].append(Reply(200, {}, comes=0.0))
    with pytest.raises(ChannelUnknown):
        telegram.channel.send(amends, None)
    assert telegram.channel.find(amends) is None
    telegram.channel.send(amends, None)
    assert [post.text for post in telegram.visible_posts()] == ["Corrected"]


def test_a_message_that_is_gone_gets_no_other_words(telegram: Rig) -> None:
    amends = a_post("Corrected", amends=f"{CHANNEL['id']}/77")
    with pytest.raises(ChannelRefused, match="message to edit not found"):
        telegram.channel.send(amends, None)
    with pytest.raises(ChannelRefused, match="not the id of a Telegram message"):
        telegram.channel.send(a_post("Corrected", amends="at://did/1"), None)


def test_a_test_goes_to_the_chat_for_tests_and_is_found_there(telegram: Rig) -> None:
    channel = other(telegram, test_chat=str(GROUP["id"]))
    receipt = channel.send(a_post("Test", private=True), PNG)
    assert receipt.id == f"{GROUP['id']}/1/photo"
    assert receipt.url is None
    channel.remove(receipt)
    assert not telegram.visible_posts()


def test_a_test_without_such_a_chat_makes_no_sound(telegram: Rig) -> None:
    telegram.channel.send(a_post("Test", private=True), PNG)
    telegram.channel.send(a_post("Test", private=True), None)
    for request in telegram.requests:
        told = fields_of(request)
        assert str(told["disable_notification"]).lower() == "true"
        assert told["chat_id"] == "@outages"


def test_no_message_of_another_chat_is_answered(telegram: Rig) -> None:
    """A group that moved numbers its messages anew, so old numbers mean other messages."""
    channel = other(telegram, chat=str(GROUP["id"]))
    channel.send(a_post("Somebody else's matter"), None)
    channel.send(a_post("Two", event=2, reply_to=f"{CHANNEL['id']}/1"), None)
    channel.send(a_post("Three", event=3, reply_to=f"{GROUP['id']}/2"), None)
    replies = [
        fields_of(request).get("reply_parameters") for request in telegram.requests
    ]
    expected = {"message_id": 2, "allow_sending_without_reply": True}
    assert replies == [None, None, expected]


def test_an_old_message_cannot_be_taken_back(telegram: Rig) -> None:
    receipt = telegram.channel.send(a_post("One"), None)
    body = {"ok": False, "description": "Bad Request: message can't be deleted"}
    telegram.script[f"/bot{TOKEN}/deleteMessage"].append(Reply(400, body))
    with pytest.raises(ChannelRefused, match="can't be deleted"):
        telegram.channel.remove(receipt)


@pytest.mark.parametrize("status", [200, 400, 401, 404, 429, 500])
def test_the_token_in_the_address_is_never_told(
    telegram: Rig, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """httpx includes addresses in its log and in its exceptions."""
    caplog.set_level(logging.DEBUG)
    answer = {"description": f"POST https://api.telegram.org{SEND}"}
    telegram.script[SEND].append(Reply(status, answer))
    with pytest.raises(ChannelError) as caught:
        telegram.channel.send(a_post("One"), None)
    away = other(telegram, base_url="http://127.0.0.1:9")
    with pytest.raises(ChannelError) as unreached:
        away.send(a_post("One"), PNG)
    told = [caplog.text, repr(telegram.channel), repr(telegram.config)]
    for error in (caught.value, unreached.value):
        told += [str(error), "".join(traceback.format_exception(error))]
    assert "sendMessage" in caplog.text  # proof that the log was captured
    secret = TOKEN.partition(":")[2]
    assert not [text for text in told if secret in text or TOKEN[:-2] in text]


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
def test_a_bad_section_is_refused_and_tells_no_token(key: str, value: object) -> None:
    good = {"token": SecretStr(TOKEN), "chat": "@outages"}
    TelegramConfig.model_validate(good)
    with pytest.raises(ValidationError) as caught:
        TelegramConfig.model_validate(good | {key: value})
    assert TOKEN not in str(caught.value)
