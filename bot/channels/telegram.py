"""Publishes posts in a Telegram channel or group, through a bot.

Telegram has no field for a picture's alternative text; readers find it on the report
page. Telegram takes no idempotency key, and a bot cannot read the channel it posts to.
If the outcome of a post is unknown, a person must therefore settle the post.
"""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import SecretStr, field_validator

from bot.channels.clients.telegram import TelegramApi
from bot.channels.shared.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelRefused, ChannelUnknown
from bot.model.delivery import Post, Receipt
from bot.model.draft import Counting, Outlet, Picture
from bot.settings import Secret, ServerAddress, Timeout, matching, server_of

# Telegram's limit for the caption of a picture, in UTF-16 units. A text message may be
# longer, but a text within this limit can always be sent as the caption of a picture.
_LIMIT = 1024
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
_RECEIPT_ID = re.compile(r"(?:(?P<chat>-?\d+)/)?(?P<message>\d+)(?P<photo>/photo)?")


_CHAT = (
    "write the name of a public channel, such as @wire, or a chat's number in quotes"
)


class TelegramConfig(TextOptions):
    """One bot, and the chat it posts to.

    Attributes:
        chat: the name of a channel, `@name`, or the number of a chat.
        test_chat: the chat for test posts, in the form of `chat`; "": test posts are
            sent to `chat`. Test posts trigger no notification.
    """

    kind: Literal["telegram"] = "telegram"
    token: Secret
    chat: Annotated[str, matching(r"@[A-Za-z]\w{3,31}|-?\d{1,20}", _CHAT)]
    test_chat: Annotated[str, matching(r"(@[A-Za-z]\w{3,31}|-?\d{1,20})?", _CHAT)] = ""
    timeout: Timeout = timedelta(seconds=30)
    # Every request carries the token, so unencrypted HTTP is allowed only for a server
    # on this machine.
    base_url: ServerAddress = "https://api.telegram.org"

    @field_validator("token")
    @classmethod
    def _is_a_token(cls, value: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError(
                "this is not a bot's token; a token looks like 123456:ABC...; correct it"
            )
        return value

    @property
    def target(self) -> str:
        """Where posts go: the server, the chat, and the number of the bot.

        The number is the public part of the token, before the colon: a new token of the
        same bot is the same target. The chat for test posts does not count.
        """
        bot, _, _ = self.token.get_secret_value().partition(":")
        return f"telegram {server_of(self.base_url)} {self.chat} bot {bot}"


@dataclass(frozen=True, slots=True)
class _MessageRef:
    """A message in a chat; `is_photo`: whether it is a picture with a caption."""

    chat: str
    message: int
    is_photo: bool

    @property
    def fields(self) -> dict[str, Any]:
        return {"chat_id": self.chat, "message_id": self.message}


class TelegramChannel:
    """Posts messages; a picture and its text are one message."""

    def __init__(self, name: str, config: TelegramConfig, clock: Clock) -> None:
        """Create the client; no request is sent yet."""
        self.name = name
        self.target = config.target
        self._config = config
        token, base, timeout = config.token, config.base_url, config.timeout
        self._api = TelegramApi(name, token, base, timeout, clock)

    def outlet(self) -> Outlet:
        """Return the limits of a picture's caption on Telegram.

        Telegram takes no alternative text, but all channels of an event share one
        alternative text. Its limit therefore stays at the default. A lower limit here
        would shorten the text on the other channels.
        """
        return self._config.apply_to(
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
        """Return "": Telegram takes no idempotency key."""
        del post
        return ""

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Publish the post once; see `ports.Channel.send`."""
        if post.amends is not None:
            return self._amend(post, post.amends)
        if post.picture is not None and picture is not None:
            try:
                return self._send_photo(post, post.picture, picture)
            except ChannelRefused:
                pass  # the photo is certainly not posted: send the text alone
        fields = {"text": post.text} | self._target_fields(post)
        return _receipt(self._api.send("sendMessage", json=fields))

    def find(self, post: Post) -> Receipt | None:
        """Return None for an edit, because an edit may be sent again without harm.

        Raises:
            ChannelUnknown: the post is not an edit, and a bot cannot read its posts.
        """
        if post.amends is not None:
            return None
        raise ChannelUnknown(f"{self.name}: a bot cannot read back what it posted")

    def remove(self, receipt: Receipt) -> None:
        """Delete a message; see `ports.Channel.remove`."""
        self._api.delete(self._message_ref(receipt.id).fields)

    def _send_photo(self, post: Post, picture: Picture, data: bytes) -> Receipt:
        form = _as_form({"caption": post.text} | self._target_fields(post))
        files = {"photo": (picture.name, data, picture.mime)}
        return _receipt(self._api.send("sendPhoto", data=form, files=files))

    def _amend(self, post: Post, receipt_id: str) -> Receipt:
        """Replace the text or the caption of an earlier message."""
        ref = self._message_ref(receipt_id)
        text = {"caption" if ref.is_photo else "text": post.text}
        method = "editMessageCaption" if ref.is_photo else "editMessageText"
        self._api.edit(method, ref.fields | text)
        return Receipt(id=receipt_id)

    def _target_fields(self, post: Post) -> dict[str, Any]:
        """Return the fields for the chat, and for the message that `post` replies to.

        If the message to reply to is deleted, Telegram sends `post` without the reply.
        """
        config = self._config
        fields: dict[str, Any] = {"chat_id": config.chat}
        if post.private:
            fields["chat_id"] = config.test_chat or config.chat
            fields["disable_notification"] = True
        match = _RECEIPT_ID.fullmatch(post.reply_to or "")
        # The reply is left out if the earlier message is in another chat: a group that
        # became a supergroup has a new id and new message numbers, so the old number
        # would stand for another message.
        if match and (
            config.chat.startswith("@") or match["chat"] in {None, config.chat}
        ):
            fields["reply_parameters"] = {
                "message_id": int(match["message"]),
                "allow_sending_without_reply": True,
            }
        return fields

    def _message_ref(self, receipt_id: str) -> _MessageRef:
        match = _RECEIPT_ID.fullmatch(receipt_id)
        if match is None:
            raise ChannelRefused(
                f"{self.name}: {receipt_id!r} is not the id of a Telegram message"
            )
        chat = match["chat"] or self._config.chat
        return _MessageRef(chat, int(match["message"]), match["photo"] is not None)


def _receipt(message: dict[str, Any]) -> Receipt:
    """Return the receipt of a message; its id has the form `[CHAT/]MESSAGE[/photo]`."""
    value = message.get("chat")
    chat = value if isinstance(value, dict) else {}
    prefix = f"{chat['id']}/" if isinstance(chat.get("id"), int) else ""
    number, user = message["message_id"], chat.get("username")
    photo = "/photo" if message.get("photo") else ""
    url = f"https://t.me/{user}/{number}" if isinstance(user, str) else None
    return Receipt(id=f"{prefix}{number}{photo}", url=url)


def _as_form(fields: dict[str, Any]) -> dict[str, Any]:
    """Return form fields: every value that is not text is encoded as JSON."""
    return {k: v if isinstance(v, str) else json.dumps(v) for k, v in fields.items()}
