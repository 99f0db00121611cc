"""Signed JSON to a subscriber's address; docs/webhook.md tells subscribers what comes.

The headers are those of Standard Webhooks. Each message has an id for ever its own,
and a subscriber drops an id that came before: so a message is repeated until it is
answered with a 2xx, and counts once.
"""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import UTC
from typing import Any, Literal

from pydantic import SecretStr, field_validator

from bot.channels.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelRefused
from bot.http.channel_client import ALL_RETRYABLE, ChannelClient, ErrorPolicy
from bot.http.public_only import Elsewhere, Resolver, addresses_of, guarded_client
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet, Picture
from bot.settings import Secret

SCHEMA = "outagewire.post/1"
# JSON has no limit; this keeps a template from running wild.
_LIMIT = 100_000
_PREFIX = "whsec_"
_SHORTEST, _LONGEST = 24, 64
_TOO_LARGE = 413
_HINTS = {
    401: "the subscriber does not accept the signature: compare the secrets",
    403: "the subscriber does not accept the signature: compare the secrets",
    410: "the subscriber wants no more: take it out of the configuration",
}


class WebhookConfig(TextOptions, Elsewhere):
    """One subscriber, and the secret we share."""

    kind: Literal["webhook"] = "webhook"
    secret: Secret
    picture: Literal["inline", "described"] = "inline"

    @field_validator("secret")
    @classmethod
    def _is_a_key(cls, value: SecretStr) -> SecretStr:
        try:
            key = _key(value)
        except binascii.Error:
            key = b""
        if not _SHORTEST <= len(key) <= _LONGEST:
            raise ValueError("write whsec_ and 24 to 64 random bytes in base64")
        return value


class WebhookChannel:
    """Delivers one message a post."""

    def __init__(
        self,
        name: str,
        config: WebhookConfig,
        clock: Clock,
        resolve: Resolver = addresses_of,
    ) -> None:
        """Keep what is needed; nothing is asked yet."""
        self.name = name
        self._config = config
        self._clock = clock
        http = guarded_client(name, config, resolve)
        manners = ErrorPolicy(hints=_HINTS, later=ALL_RETRYABLE)
        self._server = ChannelClient(name, http, (config.secret,), clock, manners)

    def outlet(self) -> Outlet:
        """A message is as long as it needs to be."""
        return self._config.spoken(
            Outlet(
                name=self.name,
                kind="webhook",
                limit=_LIMIT,
                url_length=None,
                edits=True,
            )
        )

    def token(self, post: Post) -> str:
        """The message's id: the same for the same post, whatever the day or machine."""
        return f"msg_{hashlib.sha256(post.key.encode()).hexdigest()[:32]}"

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Deliver once; see `ports.Channel.send`.

        A failure of the subscriber's own says that it has not taken the message: it
        is repeated, as is one whose answer was lost.
        """
        inline = picture if self._config.picture == "inline" else None
        answer = self._deliver(post, inline)
        if answer.status_code == _TOO_LARGE and inline is not None:
            answer = self._deliver(post, None)
        self._server.accept(answer)
        return Receipt(id=post.amends or post.token)

    def find(self, post: Post) -> Receipt | None:
        """Always None: nobody can be asked, but the same id again counts once.

        That is the subscriber's promise, not a thing we can check.
        """
        del post
        return None

    def remove(self, receipt: Receipt) -> None:
        """Refused: what was delivered is the subscriber's."""
        raise ChannelRefused(f"{self.name}: {receipt.id} cannot be taken back")

    def _deliver(self, post: Post, picture: bytes | None) -> Any:  # noqa: ANN401 - httpx's own answer
        body = _body(post, picture)
        # When it is sent, not when it was made: subscribers refuse what is minutes old.
        seconds = str(int(self._clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "webhook-id": post.token,
            "webhook-timestamp": seconds,
            "webhook-signature": self._signature(post.token, seconds, body),
        }
        return self._server.ask("POST", self._config.url, content=body, headers=headers)

    def _signature(self, id_: str, seconds: str, body: bytes) -> str:
        signed = f"{id_}.{seconds}.".encode() + body
        digest = hmac.digest(_key(self._config.secret), signed, "sha256")
        return f"v1,{base64.b64encode(digest).decode()}"


def _key(secret: SecretStr) -> bytes:
    """The bytes behind the secret. Raises binascii.Error; nothing without prefix."""
    text = secret.get_secret_value()
    if not text.startswith(_PREFIX):
        return b""
    return base64.b64decode(text.removeprefix(_PREFIX), validate=True)


def _body(post: Post, picture: bytes | None) -> bytes:
    """The message, made of the post alone: the same bytes whenever it is sent."""
    fields = {
        "schema": SCHEMA,
        "id": post.token,
        "test": post.private,
        "incident": post.incident,
        "event": post.event,
        "kind": post.kind,
        "at": post.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "lang": post.lang,
        "text": post.text,
        "thread": post.root,
        "reply_to": post.reply_to,
        "amends": post.amends,
        "picture": _shown(post.picture, picture) if post.picture else None,
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def _shown(picture: Picture, data: bytes | None) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "name": picture.name,
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "mime": picture.mime,
        "alt": picture.alt,
    }
    if data is not None:
        shown["data"] = base64.b64encode(data).decode()
    return shown
