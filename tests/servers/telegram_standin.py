"""A stand-in for Telegram's Bot API on loopback, stricter than Telegram.

Telegram itself was never contacted. Limits and error texts come from Telegram's manual
and from published clients of the Bot API. The tests run one of these clients against
the stand-in.
"""

import email.policy
import io
import json
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl

import PIL.Image

from tests.servers.local import LocalServer, ReceivedRequest, Reply

TOKEN = "123456789:AAtelegramtokenT1u2V3w4X5y6Z7"
CHANNEL: dict[str, Any] = {
    "id": -1001234567890,
    "type": "channel",
    "title": "W",
    "username": "outages",
}
GROUP: dict[str, Any] = {"id": -1009876543210, "type": "supergroup", "title": "Desk"}
MAX_TEXT_LENGTH, MAX_CAPTION_LENGTH = 4096, 1024
MAX_PHOTO_BYTES, MAX_WIDTH_PLUS_HEIGHT, MAX_ASPECT_RATIO = 10 * 1024 * 1024, 10_000, 20
DELETABLE_S = 48 * 3600
_SEND_FIELDS = frozenset({"chat_id", "disable_notification", "reply_parameters"})
_MESSAGE_FIELDS = frozenset({"chat_id", "message_id"})
FIELDS = {
    "getMe": frozenset(),
    "getChat": frozenset({"chat_id"}),
    "sendMessage": _SEND_FIELDS | {"text"},
    "sendPhoto": _SEND_FIELDS | {"caption", "photo"},
    "editMessageText": _MESSAGE_FIELDS | {"text"},
    "editMessageCaption": _MESSAGE_FIELDS | {"caption"},
    "deleteMessage": _MESSAGE_FIELDS,
}
GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)
FAULTS = frozenset(
    {"answer-lost", "slow", "reset", "503", "503-after", "429", "401", "403", "moved"}
)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are"
    " exactly the same as a current content and reply markup of the message"
)


@dataclass
class Message:
    """One message in a chat."""

    id: int
    chat: dict[str, Any]
    text: str
    photo: bytes | None
    reply_to: int | None
    silent: bool
    at: float


class TelegramRefusal(Exception):  # noqa: N818 - an HTTP answer
    """An error answer in Telegram's words."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        body: dict[str, Any] = {
            "ok": False,
            "error_code": status,
            "description": description,
        }
        if parameters:
            body["parameters"] = parameters
        self.reply = Reply(status, body)


def image_size(data: bytes) -> tuple[int, int]:
    """Return width and height of a picture in pixels.

    Raises:
        TelegramRefusal: `data` is not a picture.
    """
    try:
        with PIL.Image.open(io.BytesIO(data)) as image:
            image.load()
            return image.size
    except (OSError, ValueError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None


def bad_request(description: str) -> TelegramRefusal:
    """Return the refusal of a bad request, in Telegram's words."""
    return TelegramRefusal(400, f"Bad Request: {description}")


@dataclass
class TelegramStandIn:
    """The state of the stand-in; `start` makes it listen.

    Attributes:
        measure: returns width and height of a picture in pixels.
        messages_per_minute: the number of messages that a chat accepts in a minute.
        now: returns the server's time in epoch seconds.
        faults: the next faults, as (kind, Bot API method). The first one applies to the
            next request of its method, and is then removed.
    """

    measure: Callable[[bytes], tuple[int, int]] = image_size
    messages_per_minute: int = 20
    now: Callable[[], float] = time.time
    chats: tuple[dict[str, Any], ...] = (CHANNEL, GROUP)
    messages: list[Message] = field(default_factory=list)
    requests: list[ReceivedRequest] = field(default_factory=list)
    faults: deque[tuple[str, str]] = field(default_factory=deque)
    slow_s: float = 3.0
    base_url: str = ""

    def start(self) -> "TelegramStandIn":
        """Listen on a free loopback port."""
        self._lock = threading.Lock()
        self._last = 0
        self._sent_times: dict[int, list[float]] = {}
        self._server = LocalServer(self.answer)
        self.base_url = self._server.base_url
        return self

    def stop(self) -> None:
        """Stop listening."""
        self._server.stop()

    def fail_next(self, kind: str, method: str = "sendMessage") -> None:
        """Make the next request of the Bot API method `method` fail with the fault `kind`."""
        assert kind in FAULTS
        self.faults.append((kind, method))

    def answer(self, request: ReceivedRequest) -> Reply:
        """Answer a request, one at a time, and apply the fault that waits for it."""
        with self._lock:
            self.requests.append(request)
            token, _, method = request.path.removeprefix("/bot").partition("/")
            fault = self._take_fault(method)
            try:
                self._refuse_by_fault(fault)
                result = self._handle(token, method, request)
            except TelegramRefusal as refusal:
                return refusal.reply
        return self._apply_fault(Reply(200, {"ok": True, "result": result}), fault)

    def _take_fault(self, method: str) -> str:
        if self.faults and self.faults[0][1] == method:
            return self.faults.popleft()[0]
        return ""

    def _refuse_by_fault(self, fault: str) -> None:
        """Raise TelegramRefusal if `fault` stands for a refusal by Telegram."""
        if fault == "503":
            raise TelegramRefusal(503, "Service Unavailable")
        if fault == "429":
            raise TelegramRefusal(
                429, "Too Many Requests: retry after 7", retry_after=7
            )
        if fault == "401":
            raise TelegramRefusal(401, "Unauthorized")
        if fault == "403":
            raise TelegramRefusal(
                403, "Forbidden: bot is not a member of the channel chat"
            )
        if fault == "moved":
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            raise TelegramRefusal(400, text, migrate_to_chat_id=int(str(GROUP["id"])))

    def _apply_fault(self, reply: Reply, fault: str) -> Reply:
        """Return the answer to a processed request with `fault` applied to it."""
        faulty = {
            "answer-lost": replace(reply, sent_share=0.0),
            "reset": replace(reply, sent_share=0.5),
            "slow": replace(reply, wait_s=self.slow_s),
            "503-after": Reply(503, b"<html>Bad Gateway</html>"),
        }
        return faulty.get(fault, reply)

    def _handle(self, token: str, method: str, request: ReceivedRequest) -> Any:
        if token != TOKEN:
            raise TelegramRefusal(401, "Unauthorized")
        if method not in FIELDS:
            raise TelegramRefusal(404, "Not Found")
        fields = fields_of(request)
        if unknown := set(fields) - FIELDS[method]:
            raise bad_request(f"unknown fields {sorted(unknown)}")
        if method == "getMe":
            return {"id": 123456789, "is_bot": True, "first_name": "W", "username": "w"}
        chat = self._chat(fields)
        if method == "getChat":
            limits = {"accent_color_id": 0, "max_reaction_count": 11}
            return {**chat, **limits, "accepted_gift_types": dict.fromkeys(GIFTS, True)}
        if method.startswith("send"):
            return self._send(chat, fields)
        return self._change(method, self._message(chat, fields, method), fields)

    def _chat(self, fields: dict[str, Any]) -> dict[str, Any]:
        chat_id = str(fields.get("chat_id"))
        for chat in self.chats:
            if chat_id in {str(chat["id"]), f"@{chat.get('username')}"}:
                return chat
        raise bad_request("chat not found")

    def _send(self, chat: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
        photo, text = fields.get("photo"), text_of(fields)
        if photo is not None:
            self._check_photo(photo)
        reply_to = self._reply_to(chat, fields)
        self._count(int(chat["id"]))
        self._last += 1
        silent = str(fields.get("disable_notification")).lower() == "true"
        message = Message(self._last, chat, text, photo, reply_to, silent, time.time())
        self.messages.append(message)
        return self._message_json(message)

    def _check_photo(self, photo: Any) -> None:
        if not isinstance(photo, bytes):
            raise bad_request("there is no photo in the request")
        if len(photo) > MAX_PHOTO_BYTES:
            raise TelegramRefusal(413, "Request Entity Too Large")
        width, height = self.measure(photo)
        ratio = max(width, height) / min(width, height)
        if width + height > MAX_WIDTH_PLUS_HEIGHT or ratio > MAX_ASPECT_RATIO:
            raise bad_request("PHOTO_INVALID_DIMENSIONS")

    def _reply_to(self, chat: dict[str, Any], fields: dict[str, Any]) -> int | None:
        parameters = fields.get("reply_parameters")
        if parameters is None:
            return None
        if not isinstance(parameters, dict) or not isinstance(
            parameters.get("message_id"), int
        ):
            raise bad_request("can't parse reply parameters JSON object")
        if set(parameters) - {"message_id", "allow_sending_without_reply"}:
            raise bad_request("unknown reply parameters")
        ids = [m.id for m in self.messages if m.chat is chat]
        if parameters["message_id"] in ids:
            return int(parameters["message_id"])
        if parameters.get("allow_sending_without_reply") is not True:
            raise bad_request("message to be replied not found")
        return None

    def _count(self, chat: int) -> None:
        now = self.now()
        recent = [at for at in self._sent_times.get(chat, []) if at > now - 60]
        if len(recent) >= self.messages_per_minute:
            wait = int(recent[0] + 60 - now) + 1
            text = f"Too Many Requests: retry after {wait}"
            raise TelegramRefusal(429, text, retry_after=wait)
        self._sent_times[chat] = [*recent, now]

    def _message(
        self, chat: dict[str, Any], fields: dict[str, Any], method: str
    ) -> Message:
        for message in self.messages:
            if message.chat is chat and str(message.id) == str(fields["message_id"]):
                return message
        raise bad_request(
            f"message to {'delete' if method == 'deleteMessage' else 'edit'} not found"
        )

    def _change(self, method: str, message: Message, fields: dict[str, Any]) -> Any:
        if method == "deleteMessage":
            if message.at < time.time() - DELETABLE_S:
                raise bad_request("message can't be deleted")
            self.messages.remove(message)
            return True
        if (method == "editMessageCaption") != (message.photo is not None):
            kind = "caption" if method == "editMessageCaption" else "text"
            raise bad_request(f"there is no {kind} in the message to edit")
        if text_of(fields) == message.text:
            raise bad_request(NOT_MODIFIED)
        message.text = text_of(fields)
        return self._message_json(message)

    def _message_json(self, message: Message) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "message_id": message.id,
            "date": int(message.at),
            "chat": message.chat,
        }
        if message.reply_to is not None:
            parent = {"message_id": message.reply_to, "date": 1, "chat": message.chat}
            fields["reply_to_message"] = parent
        if message.photo is None:
            return fields | {"text": message.text}
        width, height = self.measure(message.photo)
        size = {"width": width, "height": height, "file_size": len(message.photo)}
        photo = {"file_id": f"f{message.id}", "file_unique_id": f"u{message.id}"}
        return fields | {"caption": message.text, "photo": [photo | size]}


def text_of(fields: dict[str, Any]) -> str:
    """Return the text or caption of a request. Raises TelegramRefusal if it is too long."""
    caption = "caption" in fields or "photo" in fields
    text = str(fields.get("caption" if caption else "text") or "").strip()
    units = len(text.encode("utf-16-le")) // 2
    if not text and not caption:
        raise bad_request("message text is empty")
    if units > (MAX_CAPTION_LENGTH if caption else MAX_TEXT_LENGTH):
        raise bad_request(
            "message caption is too long" if caption else "message is too long"
        )
    return text


def fields_of(request: ReceivedRequest) -> dict[str, Any]:
    """Return the fields of JSON, of a form, or of a form with files."""
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        fields = json.loads(request.body or b"{}")
    elif kind.startswith("multipart/form-data"):
        fields = _parts(kind, request.body)
    else:
        fields = dict(parse_qsl(request.body.decode()))
    if isinstance(fields.get("reply_parameters"), str):
        fields["reply_parameters"] = json.loads(fields["reply_parameters"])
    return dict(fields)


def _parts(kind: str, body: bytes) -> dict[str, Any]:
    head = f"Content-Type: {kind}\r\n\r\n".encode()
    whole = BytesParser(policy=email.policy.default).parsebytes(head + body)
    parts: dict[str, Any] = {}
    for part in whole.iter_parts():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        parts[str(name)] = data if part.get_filename() else data.decode()
    # The photo may refer to a file in another field of the form.
    photo = parts.get("photo")
    if isinstance(photo, str) and photo.startswith("attach://"):
        parts["photo"] = parts.pop(photo.removeprefix("attach://"), photo)
    return parts
