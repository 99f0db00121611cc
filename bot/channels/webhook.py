"""Sends posts as signed JSON to a subscriber's URL; docs/webhook.md describes the JSON.

The headers follow the Standard Webhooks specification. Each message has its own id, and
subscribers are asked to ignore a message whose id they have already received. A message
whose outcome is unknown can therefore be sent again.
"""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import UTC
from typing import Any, Literal

import httpx
from pydantic import SecretStr, field_validator

from bot.channels.shared.targets import digest_of
from bot.channels.shared.text_options import TextOptions
from bot.clock import Clock
from bot.errors import ChannelRefused
from bot.http.channel_client import ALL_RETRYABLE, ChannelClient, ErrorPolicy
from bot.http.public_only import ExternalAddress, Resolver, addresses_of, public_client
from bot.model.delivery import Post, Receipt
from bot.model.draft import Outlet, Picture
from bot.settings import Secret, server_of

SCHEMA = "outagewire.post/1"
# JSON has no length limit. This limit matters only if a faulty template makes an endless
# text.
_LIMIT = 100_000
_PREFIX = "whsec_"
# The shortest and the longest key that Standard Webhooks allows, in bytes.
_SHORTEST_KEY, _LONGEST_KEY = 24, 64
_TOO_LARGE = 413
_HINTS = {
    401: "the subscriber does not accept the signature: compare the secrets",
    403: "the subscriber does not accept the signature: compare the secrets",
    410: "the subscriber has unsubscribed: remove it from the configuration",
}


class WebhookConfig(TextOptions, ExternalAddress):
    """One subscriber, and what the messages to it contain.

    Attributes:
        secret: the key that signs the messages; the subscriber has it too.
        picture: "inline": a message contains the picture's bytes. "described": a
            message contains only the picture's name, hash, size and alternative text.
    """

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
        if not _SHORTEST_KEY <= len(key) <= _LONGEST_KEY:
            raise ValueError("write whsec_ and 24 to 64 random bytes in base64")
        return value

    @property
    def target(self) -> str:
        """Where posts go: the subscriber's server, and a digest of the whole URL.

        The path and the query of the URL may contain a secret, so they are not shown. A new
        signing key does not change the target.
        """
        return f"webhook {server_of(self.url)} {digest_of(self.url)}"


class WebhookChannel:
    """Sends one message for each post."""

    def __init__(
        self,
        name: str,
        config: WebhookConfig,
        clock: Clock,
        resolve: Resolver = addresses_of,
    ) -> None:
        """Create the HTTP client; no request is sent yet."""
        self.name = name
        self.target = config.target
        self._config = config
        self._clock = clock
        http = public_client(name, config, resolve)
        policy = ErrorPolicy(hints=_HINTS, retry_statuses=ALL_RETRYABLE)
        secrets = (config.secret, config.hidden_part)
        self._server = ChannelClient(name, http, secrets, clock, policy)

    def outlet(self) -> Outlet:
        """Return an outlet whose length limit no normal text reaches."""
        return self._config.apply_to(
            Outlet(
                name=self.name,
                kind="webhook",
                limit=_LIMIT,
                url_length=None,
                edits=True,
            )
        )

    def token(self, post: Post) -> str:
        """Return the message id, which is made from the post's key alone."""
        return f"msg_{hashlib.sha256(post.key.encode()).hexdigest()[:32]}"

    def send(self, post: Post, picture: bytes | None) -> Receipt:
        """Send the message; see `ports.Channel.send`.

        A subscriber that answers 413 gets the message without the picture. After a 5xx
        status or a lost response the message may be sent again, because subscribers are
        asked to ignore an id that they have already received.
        """
        inline = picture if self._config.picture == "inline" else None
        response = self._post(post, inline)
        if response.status_code == _TOO_LARGE and inline is not None:
            response = self._post(post, None)
        self._server.raise_for_status(response)
        return Receipt(id=post.amends or post.token)

    def find(self, post: Post) -> Receipt | None:
        """Return None, so that the message is sent again: nobody can query a subscriber.

        docs/webhook.md asks subscribers to ignore repeated ids; the program cannot
        check whether they do.
        """
        del post
        return None

    def remove(self, receipt: Receipt) -> None:
        """Refuse to delete a message, because the subscriber already has it.

        Raises:
            ChannelRefused: always.
        """
        raise ChannelRefused(f"{self.name}: the message {receipt.id} cannot be deleted")

    def _post(self, post: Post, picture: bytes | None) -> httpx.Response:
        body = _body(post, picture)
        # The timestamp is the time of this attempt, not the post's time. Subscribers
        # are asked to reject a timestamp that is more than five minutes old.
        timestamp = str(int(self._clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "webhook-id": post.token,
            "webhook-timestamp": timestamp,
            "webhook-signature": self._signature(post.token, timestamp, body),
        }
        return self._server.request(
            "POST", self._config.url, content=body, headers=headers
        )

    def _signature(self, message_id: str, timestamp: str, body: bytes) -> str:
        signed = f"{message_id}.{timestamp}.".encode() + body
        digest = hmac.digest(_key(self._config.secret), signed, "sha256")
        return f"v1,{base64.b64encode(digest).decode()}"


def _key(secret: SecretStr) -> bytes:
    """Return the decoded key; b"" if the prefix is missing.

    Raises:
        binascii.Error: the text after the prefix is not base64.
    """
    text = secret.get_secret_value()
    if not text.startswith(_PREFIX):
        return b""
    return base64.b64decode(text.removeprefix(_PREFIX), validate=True)


def _body(post: Post, picture: bytes | None) -> bytes:
    """Return the message as JSON; the same post and picture give the same bytes."""
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
        "picture": _picture_fields(post.picture, picture) if post.picture else None,
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def _picture_fields(picture: Picture, data: bytes | None) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": picture.name,
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "mime": picture.mime,
        "alt": picture.alt,
    }
    if data is not None:
        fields["data"] = base64.b64encode(data).decode()
    return fields
