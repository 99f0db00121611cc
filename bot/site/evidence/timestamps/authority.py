"""Asks an authority for a time stamp over HTTP (RFC 3161, section 3.4)."""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta

import httpx

from bot.clock import Clock
from bot.errors import TimeStampError
from bot.http.client import make_client, one_line
from bot.http.limited_client import AnswerLimits, AnswerTooLarge
from bot.site.evidence.timestamps.messages import request_text
from bot.site.evidence.timestamps.verification import TimeStamp, verify_reply

LIMITS = AnswerLimits(timedelta(seconds=10), timedelta(seconds=30), 2**16)
"""The limits of one request; a reply has a few kilobytes."""
_NONCE_BITS = 64
_TOLERANCE = timedelta(minutes=5)
"""How far the clock of an authority may differ from ours."""
_HEADERS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}


@dataclass(frozen=True, slots=True)
class AuthoritySettings:
    """An authority that gives time stamps.

    Attributes:
        name: the name that the operator gave it; it is part of public file names.
        url: where requests are sent; its path and query may be secret.
        trusted: the certificates of its CA, in PEM.
    """

    name: str
    url: str = field(repr=False)
    trusted: bytes = field(repr=False)


class StampingAuthority:
    """Asks one authority, and checks what it answers."""

    def __init__(
        self, settings: AuthoritySettings, clock: Clock, limits: AnswerLimits = LIMITS
    ) -> None:
        """Create the client; no request is sent yet.

        Args:
            settings: the authority.
            clock: gives the present time, with which that of the authority is compared.
            limits: the limits of a request.
        """
        self._settings = settings
        self._clock = clock
        self._client = make_client(limits, keep_connections=False)

    @property
    def name(self) -> str:
        """The name of the authority."""
        return self._settings.name

    def stamp(self, digest: bytes) -> tuple[bytes, TimeStamp]:
        """Return the reply with a time stamp of a SHA-256, and this time stamp.

        Raises:
            TimeStampError: the authority gave no time stamp that verifies. The message
                has no part of the URL.
        """
        nonce = secrets.randbits(_NONCE_BITS)
        reply = self._answer(request_text(digest, nonce))
        stamp = verify_reply(reply, digest, self._settings.trusted)
        if stamp.nonce != nonce:
            raise TimeStampError("it answers another request (its nonce differs)")
        if abs(stamp.not_after - self._clock.now()) > _TOLERANCE:
            raise TimeStampError(
                f"it is dated {stamp.not_after:%Y-%m-%d %H:%M:%S} UTC, which this"
                " machine's clock contradicts; check the clock, or choose another authority"
            )
        return reply, stamp

    def _answer(self, request: bytes) -> bytes:
        try:
            response = self._client.post(
                self._settings.url, content=request, headers=_HEADERS
            )
        except AnswerTooLarge as error:
            raise TimeStampError("the answer is too large for a time stamp") from error
        # The original error is not chained: its text may have the URL (P16).
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            what = type(error).__name__
            raise TimeStampError(f"the server gave no answer ({what})") from None
        if response.status_code != httpx.codes.OK:
            raise TimeStampError(f"the server answered {response.status_code}")
        kind = one_line(response.headers.get("content-type", "no type"), 60)
        if kind.startswith("text/"):
            raise TimeStampError(
                f"the server answered with {kind} instead of a time stamp; check its url"
            )
        return response.content
