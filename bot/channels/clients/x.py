"""The conversation with X: tweepy signs and asks; its answers, or our errors."""

import logging
import socket
import ssl
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
import tweepy
from pydantic import SecretStr
from requests.adapters import HTTPAdapter

from bot.channels.clients.x_rate_limits import Windows
from bot.clock import Clock
from bot.errors import (
    ChannelError,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
    ReplyTargetMissing,
)
from bot.http.client import LONGEST_WAIT, redact

# At the root of an error that came before a byte of the question left. A network
# error of another root may have come later, so it does not count.
_NEVER_LEFT = (socket.gaierror, ConnectionRefusedError, ssl.SSLCertVerificationError)
_HINTS = {
    401: "the keys are not valid (any more): make new ones",
    402: "the account is out of credit: top it up in the developer console",
}
# X says 403 of many things: what its words are about, and what to do; the first fits.
_FORBIDDEN = (
    ("suspended", "the account or the app is suspended: see the developer console"),
    ("locked", "the account is locked: log in as it and unlock it"),
    ("automated", "X takes it for spam: label the account as automated, post less"),
    ("permi", "the app may not do this: give it Read and write, then make new tokens"),
)
# X has no codes for these two 403s either; only its text tells them from others.
_DUPLICATE = "duplicate"
_REPLY = "attempted to reply"
# They write keys or signatures to the debug log.
_TALKATIVE = ("oauthlib", "requests_oauthlib", "tweepy")


class _Timed(HTTPAdapter):
    """Gives every call a time-out; may lead to a stand-in on this machine.

    tweepy fixes the address and passes no time-out. The address is changed after
    signing, so a stand-in checks the signature over the true address.
    """

    def __init__(self, timeout_s: float, stand_in: str | None) -> None:
        super().__init__()
        self._timeout_s = timeout_s
        self._stand_in = stand_in

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,  # noqa: FBT001, FBT002 - the vendor's signature
        timeout: Any = None,  # noqa: ANN401 - the vendor's signature
        verify: bool | str = True,  # noqa: FBT001, FBT002 - the vendor's signature
        cert: Any = None,  # noqa: ANN401 - the vendor's signature
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send it, timed, to where it belongs."""
        if self._stand_in is not None:
            parts = urlsplit(str(request.url))
            query = f"?{parts.query}" if parts.query else ""
            request.url = self._stand_in.rstrip("/") + parts.path + query
            proxies = {}
        timeout = timeout or self._timeout_s
        return super().send(request, stream, timeout, verify, cert, proxies)


class XApi:
    """One account's view of X, or of a stand-in."""

    def __init__(
        self,
        name: str,
        keys: tuple[SecretStr, SecretStr, SecretStr, SecretStr],
        api_base: str,
        timeout: timedelta,
        clock: Clock,
    ) -> None:
        """Make the client; nothing is asked yet."""
        for talkative in _TALKATIVE:
            logging.getLogger(talkative).setLevel(logging.WARNING)
        self._name = name
        self._keys = keys
        self._clock = clock
        self._windows = Windows(name, clock)
        consumer_key, consumer_secret, token, token_secret = keys
        self._client = tweepy.Client(
            consumer_key=consumer_key.get_secret_value(),
            consumer_secret=consumer_secret.get_secret_value(),
            access_token=token.get_secret_value(),
            access_token_secret=token_secret.get_secret_value(),
            return_type=requests.Response,
        )
        own = urlsplit(api_base).hostname == "api.twitter.com"
        adapter = _Timed(timeout.total_seconds(), None if own else api_base)
        self._client.session.mount("https://", adapter)
        # A post that is led elsewhere would arrive there as a question.
        self._client.session.max_redirects = 0

    def post(
        self, text: str, media_ids: Sequence[str] | None, reply_to: str | None
    ) -> dict[str, Any]:
        """Create a post; raises as `ask`."""
        return self._told(
            ("POST", "/2/tweets"),
            lambda: self._client.create_tweet(
                text=text, media_ids=media_ids, in_reply_to_tweet_id=reply_to
            ),
        )

    def ask(
        self,
        method: str,
        path: str,
        json: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The JSON of a good answer.

        Raises:
            ChannelUnavailable: it certainly did not go through; try later.
            ChannelRefused: it certainly did not and will not.
            ChannelUnknown: it may have.
        """
        return self._told(
            (method, path),
            lambda: self._client.request(
                method, path, params=params, json=json, user_auth=True
            ),
        )

    def _told(
        self, route: tuple[str, str], ask: Callable[[], requests.Response]
    ) -> dict[str, Any]:
        self._windows.check(*route)
        try:
            answer = ask()
            self._windows.note(*route, answer.headers)
            told = answer.json()
        except tweepy.HTTPException as error:
            self._windows.note(*route, error.response.headers)
            raise self._judged(error) from None
        except requests.RequestException as error:
            raise self._unanswered(error) from None
        except (AttributeError, TypeError, ValueError):
            # tweepy itself stumbles over an error whose body is not of X's form.
            raise ChannelUnknown(f"{self._name}: an answer of another form") from None
        if not isinstance(told, dict):
            raise ChannelUnknown(f"{self._name}: an answer of another form")
        return told

    def _unanswered(self, error: requests.RequestException) -> ChannelError:
        what = f"{self._name}: {type(error).__name__}"
        if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError):
            return ChannelUnavailable(f"{what}: not reached")
        root: BaseException = error
        while root.__cause__ or root.__context__:
            root = root.__cause__ or root.__context__ or root
        if isinstance(root, _NEVER_LEFT):
            return ChannelUnavailable(f"{what}: not reached")
        return ChannelUnknown(f"{what}: no answer")

    def _judged(self, error: tweepy.HTTPException) -> ChannelError:
        status = error.response.status_code
        said = redact("; ".join(str(part) for part in error.api_messages), self._keys)
        hint = _HINTS.get(status, "")
        if status == 403:
            hint = next((do for about, do in _FORBIDDEN if about in said.lower()), "")
        message = "; ".join(
            part for part in (f"{self._name}: answered {status}", said, hint) if part
        )
        if isinstance(error, tweepy.TooManyRequests):
            return ChannelUnavailable(message, self._wish(error.reset_time))
        # The text that stands there already may be this very post.
        if status >= 500 or (status == 403 and _DUPLICATE in said.lower()):
            return ChannelUnknown(message)
        kind = ReplyTargetMissing if _REPLY in said.lower() else ChannelRefused
        return kind(message, status)

    def _wish(self, reset: int | None) -> timedelta | None:
        """When to come back; X tells it in seconds since 1970."""
        if reset is None:
            return None
        wait = timedelta(seconds=reset - self._clock.now().timestamp())
        return min(max(wait, timedelta(0)), LONGEST_WAIT)
