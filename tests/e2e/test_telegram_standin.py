"""The telegram channel against the stand-in, which python-telegram-bot checks."""

import asyncio
import io
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import PIL.Image
import pytest
import telegram
from pydantic import SecretStr
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.request import HTTPXRequest

from bot.channels.telegram import TelegramChannel, TelegramConfig
from bot.clock import SystemClock
from bot.errors import ChannelRefused, ChannelUnavailable, ChannelUnknown
from bot.model.delivery import Post
from bot.model.draft import Picture
from tests.servers.telegram_standin import CHANNEL, GROUP, TOKEN, TelegramStandIn

pytest_plugins = ["tests.servers.fixtures"]
pytestmark = pytest.mark.servers

AT = datetime(2022, 1, 4, 12, 30, tzinfo=UTC)


def png(width: int = 40, height: int = 30) -> bytes:
    out = io.BytesIO()
    PIL.Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


def make_post(text: str, number: int = 1, **changes: Any) -> Post:
    digest = sha256(png()).hexdigest()
    fields: dict[str, Any] = {
        "key": f"KZ-2022-0104.{number}/tg",
        "incident": "KZ-2022-0104",
        "event": f"KZ-2022-0104.{number}",
        "channel": "tg",
        "lang": "en",
        "at": AT,
        "made_at": AT,
        "text": text,
        "length": len(text),
        "picture": Picture("chart.png", "image/png", 40, 30, digest, "A chart."),
        "reply_to": None,
    }
    return Post(**(fields | changes))


def make_channel(standin: TelegramStandIn, timeout_s: float = 10.0) -> TelegramChannel:
    config = TelegramConfig(
        base_url=standin.base_url,
        token=SecretStr(TOKEN),
        chat="@outages",
        timeout=timedelta(seconds=timeout_s),
    )
    return TelegramChannel("tg", config, SystemClock())


def via_python_telegram_bot(
    standin: TelegramStandIn,
    ask: Callable[[telegram.Bot], Awaitable[Any]],
    token: str = TOKEN,
) -> Any:
    """Call `ask` with a python-telegram-bot client of `standin`; return its result."""

    async def call() -> Any:
        request_settings = HTTPXRequest(read_timeout=2.0)
        base = f"{standin.base_url}/bot"
        bot = telegram.Bot(
            token,
            base_url=base,
            request=request_settings,
            get_updates_request=request_settings,
        )
        async with bot:
            return await ask(bot)

    return asyncio.run(call())


def test_thread_is_shown_as_it_was_sent(
    telegram_standin: TelegramStandIn,
) -> None:
    channel = make_channel(telegram_standin)
    first = channel.send(make_post("⚠️ Confirmed: #Kazakhstan 5% الإنترنت 🇰🇿"), png())
    second = channel.send(make_post("Update: 3%.", 2, reply_to=first.id), png(50))
    third = channel.send(make_post("Restored.", 3, reply_to=second.id), None)
    root, update, end = telegram_standin.messages
    assert root.text == "⚠️ Confirmed: #Kazakhstan 5% الإنترنت 🇰🇿"
    assert [m.photo for m in (root, update, end)] == [png(), png(50), None]
    assert [m.reply_to for m in (root, update, end)] == [None, root.id, update.id]
    assert third.id == f"{CHANNEL['id']}/3"
    channel.send(make_post("Corrected.", 4, amends=first.id), None)
    channel.remove(third)
    assert [m.text for m in telegram_standin.messages] == ["Corrected.", "Update: 3%."]


@pytest.mark.parametrize("size", [(9_000, 1_001), (2_100, 100)])
def test_text_is_sent_alone_if_the_picture_is_refused(
    telegram_standin: TelegramStandIn, size: tuple[int, int]
) -> None:
    make_channel(telegram_standin).send(make_post("One"), png(*size))
    (message,) = telegram_standin.messages
    assert (message.text, message.photo) == ("One", None)


def test_text_is_sent_alone_if_the_picture_is_invalid(
    telegram_standin: TelegramStandIn,
) -> None:
    for data in (b"no picture", b"\x89PNG" + bytes(11_000_000)):
        make_channel(telegram_standin).send(make_post("One"), data)
    assert [m.photo for m in telegram_standin.messages] == [None, None]


@pytest.mark.parametrize("fault", ["answer-lost", "slow", "reset", "503-after"])
@pytest.mark.parametrize("picture", [None, png()])
def test_lost_answer_leaves_the_delivery_unknown(
    telegram_standin: TelegramStandIn, fault: str, picture: bytes | None
) -> None:
    """The post is published, but only a person, not the channel, can see that."""
    telegram_standin.fail_next(fault, "sendPhoto" if picture else "sendMessage")
    channel, post = make_channel(telegram_standin, timeout_s=1.0), make_post("One")
    with pytest.raises(ChannelUnknown):
        channel.send(post, picture)
    assert len(telegram_standin.messages) == 1
    with pytest.raises(ChannelUnknown, match="read back"):
        channel.find(post)


@pytest.mark.parametrize(
    ("fault", "kind", "message"),
    [
        ("429", ChannelUnavailable, "retry after 7"),
        ("401", ChannelRefused, "BotFather"),
        ("403", ChannelRefused, "administrator"),
        ("moved", ChannelRefused, f'write chat = "{GROUP["id"]}"'),
        ("503", ChannelUnknown, "503"),
    ],
)
def test_each_refusal_raises_its_own_error(
    telegram_standin: TelegramStandIn, fault: str, kind: type[Exception], message: str
) -> None:
    telegram_standin.fail_next(fault)
    with pytest.raises(kind, match=message) as caught:
        make_channel(telegram_standin).send(make_post("One"), None)
    assert not telegram_standin.messages
    assert getattr(caught.value, "retry_after", None) == (
        timedelta(seconds=7) if fault == "429" else None
    )


def test_rate_limit_of_a_chat_becomes_the_retry_delay(
    telegram_standin: TelegramStandIn,
) -> None:
    telegram_standin.messages_per_minute = 3
    channel = make_channel(telegram_standin)
    for number in range(3):
        channel.send(make_post(f"{number}", number), None)
    with pytest.raises(ChannelUnavailable) as caught:
        channel.send(make_post("3", 3), png())
    assert caught.value.retry_after is not None
    assert timedelta(seconds=30) < caught.value.retry_after <= timedelta(seconds=61)
    assert len(telegram_standin.messages) == 3


def test_old_message_cannot_be_removed(
    telegram_standin: TelegramStandIn,
) -> None:
    channel = make_channel(telegram_standin)
    receipt = channel.send(make_post("One"), None)
    telegram_standin.messages[0].at = time.time() - 49 * 3600
    with pytest.raises(ChannelRefused, match="can't be deleted"):
        channel.remove(receipt)


def test_third_party_client_works_with_the_stand_in(
    telegram_standin: TelegramStandIn,
) -> None:
    async def ask(bot: telegram.Bot) -> tuple[telegram.Message, ...]:
        chat = await bot.get_chat("@outages")
        first = await bot.send_photo(chat.id, png(), caption="One 🇰🇿")
        reply_to = telegram.ReplyParameters(first.message_id)
        second = await bot.send_message(chat.id, "Two", reply_parameters=reply_to)
        edited = await bot.edit_message_caption(chat.id, first.message_id, caption="1")
        changed = await bot.edit_message_text("2", chat.id, second.message_id)
        assert isinstance(edited, telegram.Message)
        assert isinstance(changed, telegram.Message)
        deleted = await bot.send_message(chat.id, "Three")
        assert await deleted.delete()
        return first, second, edited, changed

    first, second, edited, changed = via_python_telegram_bot(telegram_standin, ask)
    assert (first.caption, first.photo[0].width) == ("One 🇰🇿", 40)
    assert second.reply_to_message.message_id == first.message_id
    assert (edited.caption, changed.text) == ("1", "2")
    assert [m.text for m in telegram_standin.messages] == ["1", "2"]


@pytest.mark.parametrize(
    ("ask", "kind", "message"),
    [
        (lambda bot: bot.send_message("@nobody", "x"), BadRequest, "Chat not found"),
        (lambda bot: bot.send_message("@outages", "x" * 4097), BadRequest, "too long"),
        (
            lambda bot: bot.send_photo("@outages", png(), caption="🇰🇿" * 257),
            BadRequest,
            "caption is too long",
        ),
        (
            lambda bot: bot.send_photo("@outages", png(2_100, 100)),
            BadRequest,
            "dimensions",
        ),
        (lambda bot: bot.send_photo("@outages", b"no"), BadRequest, "process_failed"),
        (
            lambda bot: bot.send_message("@outages", "x", reply_to_message_id=7),
            BadRequest,
            "not found",
        ),
        (
            lambda bot: bot.edit_message_text("x", "@outages", 7),
            BadRequest,
            "edit not found",
        ),
        (lambda bot: bot.delete_message("@outages", 7), BadRequest, "not found"),
        (
            lambda bot: bot.send_message("@outages", "x", protect_content=True),
            BadRequest,
            "unknown fields",
        ),
    ],
)
def test_third_party_client_is_refused_as_by_telegram(
    telegram_standin: TelegramStandIn,
    ask: Callable[[telegram.Bot], Awaitable[Any]],
    kind: type[Exception],
    message: str,
) -> None:
    with pytest.raises(kind, match=f"(?i){message}"):
        via_python_telegram_bot(telegram_standin, ask)
    assert not telegram_standin.messages


@pytest.mark.parametrize(
    ("fault", "kind"),
    [("429", RetryAfter), ("403", Forbidden), ("moved", telegram.error.ChatMigrated)],
)
def test_third_party_client_recognizes_the_faults(
    telegram_standin: TelegramStandIn,
    fault: str,
    kind: type[Exception],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # avoids a warning of the library
    telegram_standin.fail_next(fault)
    with pytest.raises(kind):
        via_python_telegram_bot(
            telegram_standin, lambda bot: bot.send_message("@outages", "x")
        )


def test_third_party_client_loses_answers_too(
    telegram_standin: TelegramStandIn,
) -> None:
    telegram_standin.fail_next("answer-lost")
    with pytest.raises(NetworkError):
        via_python_telegram_bot(
            telegram_standin, lambda bot: bot.send_message("@outages", "x")
        )
    assert len(telegram_standin.messages) == 1


def test_third_party_client_gets_an_error_for_an_invalid_token(
    telegram_standin: TelegramStandIn,
) -> None:
    with pytest.raises(InvalidToken):
        via_python_telegram_bot(telegram_standin, lambda bot: bot.get_me(), TOKEN + "x")


def test_edit_without_a_change_is_refused(telegram_standin: TelegramStandIn) -> None:
    first = make_channel(telegram_standin).send(make_post("One"), png())
    number = int(first.id.split("/")[1])
    with pytest.raises(BadRequest, match=r"(?i)not modified"):
        via_python_telegram_bot(
            telegram_standin,
            lambda bot: bot.edit_message_caption("@outages", number, caption="One"),
        )
