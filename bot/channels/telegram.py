"""Posts to a Telegram channel or group, through a bot.

Telegram has no field for a picture's description, so the description goes nowhere
there: it stands on the report page, to which the words link. It takes no key that
would make two posts one, and a bot cannot read its own channel: what may be out can
be settled by a person alone.
"""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from pydantic import Field, SecretStr, field_validator

from bot.channels.clients.telegram import TelegramApi
from bot.channels.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.model.draft import Counting, Outlet, Picture
from bot.settings import Duration, Secret

# Of a caption, in UTF-16 units; so that one message holds the words and the picture.
_LIMIT = 1024
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
_SPOT = re.compile(r"(?:(?P<chat>-?\d+)/)?(?P<message>\d+)(?P<photo>/photo)?")


class TelegramConfig(TextOptions):
    """One bot, and the chat it posts to."""

    kind: Literal["telegram"] = "telegram"
    token: Secret
    chat: str = Field(pattern=r"^(@[A-Za-z]\w{3,31}|-?\d{1,20})$")
    test_chat: str = Field(default="", pattern=r"^(|@[A-Za-z]\w{3,31}|-?\d{1,20})$")
    timeout: Duration = timedelta(seconds=30)
    # The token travels with every question: in clear only within this machine.
    base_url: str = Field(
        default="https://api.telegram.org",
        pattern=r"^(https://[^/\s@?#]+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)/?$",
    )

    @field_validator("token")
    @classmethod
    def _is_a_token(cls, value: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("a bot's token looks like 123456:ABC...")
        return value


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a message stands, and whether its words are a picture's caption."""

    chat: str
    message: int
    photo: bool

    @property
    def fields(self) -> dict[str, Any]:
        return {"chat_id": self.chat, "message_id": self.message}


class TelegramChannel:
    """Posts messages; a picture and its words are one."""

    def __init__(self, name: str, config: TelegramConfig, clock: Clock) -> None:
        """Keep what is needed; nothing is asked yet."""
        self.name = name
        self._config = config
        token, base, timeout = config.token, config.base_url, config.timeout
        self._api = TelegramApi(name, token, base, timeout, clock)

    def outlet(self) -> Outlet:
        """Its limits; others' descriptions are not cut short because it has none."""
        return self._config.spoken(
            Outlet(
                name=self.name,
                kind="telegram",
                limit=_LIMIT,
                counting=Counting.UTF16,
                url_length=None,
                edits=True,
            )
        )

    def token(self, post: Post) -> str:
        """Nothing: Telegram takes no key."""
        del post
        return ""

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Post once; see `ports.Channel.send`."""
        if post.amends is not None:
            return self._amend(post, post.amends)
        if post.picture is not None and picture is not None:
            try:
                return self._illustrated(post, post.picture, picture)
            except ChannelRefused:  # certainly not posted: the words go alone
                pass
        words = {"text": post.text}
        return _receipt(
            self._api.message("sendMessage", json=words | self._about(post))
        )

    def find(self, post: Post) -> Receipt | None:
        """None for other words in an old message, which do no harm twice.

        Raises:
            ChannelUnknown: for any other post.
        """
        if post.amends is not None:
            return None
        raise ChannelUnknown(f"{self.name}: a bot cannot read back what it posted")

    def remove(self, receipt: Receipt) -> None:
        """Delete a message; see `ports.Channel.remove`."""
        spot = self._spot(receipt.id)
        self._api.delete(spot.fields)

    def _illustrated(self, post: Post, picture: Picture, data: bytes) -> Receipt:
        form = _as_form({"caption": post.text} | self._about(post))
        files = {"photo": (picture.name, data, picture.mime)}
        return _receipt(self._api.message("sendPhoto", data=form, files=files))

    def _amend(self, post: Post, amends: str) -> Receipt:
        """Replace the words of an earlier message: its text, or its caption."""
        spot = self._spot(amends)
        words = {"caption" if spot.photo else "text": post.text}
        method = "editMessageCaption" if spot.photo else "editMessageText"
        self._api.edit(method, spot.fields | words)
        return Receipt(id=amends)

    def _about(self, post: Post) -> dict[str, Any]:
        """Where a message goes, and what it answers there, if that still stands."""
        config = self._config
        about: dict[str, Any] = {"chat_id": config.chat}
        if post.private:
            about["chat_id"] = config.test_chat or config.chat
            about["disable_notification"] = True
        spot = _SPOT.fullmatch(post.reply_to or "")
        # A group that became another one counts its messages anew.
        if spot and config.chat.startswith("@") | (spot["chat"] in {None, config.chat}):
            about["reply_parameters"] = {
                "message_id": int(spot["message"]),
                "allow_sending_without_reply": True,
            }
        return about

    def _spot(self, receipt: str) -> _Spot:
        found = _SPOT.fullmatch(receipt)
        if found is None:
            raise ChannelRefused(
                f"{self.name}: {receipt!r} is no message of Telegram's"
            )
        chat = found["chat"] or self._config.chat
        return _Spot(chat, int(found["message"]), found["photo"] is not None)


def _receipt(message: dict[str, Any]) -> Receipt:
    told = message.get("chat")
    chat = told if isinstance(told, dict) else {}
    where = f"{chat['id']}/" if isinstance(chat.get("id"), int) else ""
    number, user = message["message_id"], chat.get("username")
    photo = "/photo" if message.get("photo") else ""
    url = f"https://t.me/{user}/{number}" if isinstance(user, str) else None
    return Receipt(id=f"{where}{number}{photo}", url=url)


def _as_form(about: dict[str, Any]) -> dict[str, Any]:
    """For a form: what is no text, as JSON."""
    return {k: v if isinstance(v, str) else json.dumps(v) for k, v in about.items()}
