"""The secret key of subscriptions: signed links, and hashes that stand for addresses.

Each purpose has a key of its own, derived from the configured one, so that a token for one
purpose is worth nothing for another.
"""

import base64
import hashlib
import hmac
import re
from datetime import UTC, datetime

LEAST_KEY_LENGTH = 32
"""The fewest characters of a configured key: 128 bits in hexadecimal digits."""
_TOKEN = re.compile(r"([0-9a-f]{32})(?:\.([0-9]{1,12}))?\.([A-Za-z0-9_-]{43})")


class SubscriptionKeys:
    """Signs and checks tokens, and hashes addresses, with one configured key."""

    def __init__(self, key: str) -> None:
        """Derive a key for each purpose.

        Args:
            key: the configured key, at least `LEAST_KEY_LENGTH` characters.

        Raises:
            ValueError: the key is shorter.
        """
        if len(key) < LEAST_KEY_LENGTH:
            raise ValueError(
                f"the key must have at least {LEAST_KEY_LENGTH} characters; make one"
                " with `openssl rand -hex 32`"
            )
        self._key = key.encode()

    def address_hash(self, comparison_form: str) -> str:
        """Return a keyed hash that stands for an address."""
        return self._digest("address", comparison_form)

    def client_hash(self, network: str) -> str:
        """Return a keyed hash that stands for the network of a client."""
        return self._digest("client", network)

    def message_hash(self, post: str, reader: str) -> str:
        """Return a keyed hash that stands for the message of a post to a reader."""
        return self._digest("message", f"{post}\n{reader}")

    def confirmation_token(self, request: str, expires: datetime) -> str:
        """Return the token that confirms a request until `expires` (aware).

        Args:
            request: the request's id, 32 hexadecimal digits.
            expires: the last second in which the token is valid.
        """
        signed = f"{request}.{int(expires.timestamp())}"
        return f"{signed}.{self._signature('confirm', signed)}"

    def confirmed_request(self, token: str, now: datetime) -> str | None:
        """Return the id of the request that a token confirms.

        None if the token was changed, is for another purpose, or has expired at `now`.
        """
        match = _TOKEN.fullmatch(token)
        if match is None or match[2] is None:
            return None
        if not self._is_signed("confirm", f"{match[1]}.{match[2]}", match[3]):
            return None
        return match[1] if now <= datetime.fromtimestamp(int(match[2]), UTC) else None

    def leave_token(self, reader: str) -> str:
        """Return the token by which a reader leaves; it never expires.

        A link in an old message must work for as long as somebody has the message.
        """
        return f"{reader}.{self._signature('leave', reader)}"

    def leaving_reader(self, token: str) -> str | None:
        """Return the id of the reader whom a token lets leave; None if it is not valid."""
        match = _TOKEN.fullmatch(token)
        if match is None or match[2] is not None:
            return None
        return match[1] if self._is_signed("leave", match[1], match[3]) else None

    def _is_signed(self, purpose: str, text: str, signature: str) -> bool:
        return hmac.compare_digest(self._signature(purpose, text), signature)

    def _signature(self, purpose: str, text: str) -> str:
        digest = self._hmac(purpose, text)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def _digest(self, purpose: str, text: str) -> str:
        return self._hmac(purpose, text).hex()

    def _hmac(self, purpose: str, text: str) -> bytes:
        key = hmac.digest(self._key, f"outagewire {purpose}".encode(), hashlib.sha256)
        return hmac.digest(key, text.encode(), hashlib.sha256)
