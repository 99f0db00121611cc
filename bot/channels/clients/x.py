"""Client for the X API.

The library tweepy signs and sends the requests. Its errors become channel errors.
"""

import logging
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
import tweepy
from pydantic import SecretStr
from requests.adapters import HTTPAdapter

from bot.channels.clients.x_rate_limits import RateLimits
from bot.clock import Clock
from bot.errors import (
    ChannelError,
    ChannelRefused,
    ChannelUnavailable,
    ChannelUnknown,
    PictureRefused,
    ReplyTargetMissing,
)
from bot.http.client import capped_wait, redact

# If one of these is the root cause of an error, no byte of the request was sent.
_NEVER_SENT = (socket.gaierror, ConnectionRefusedError, ssl.SSLCertVerificationError)
_HINTS = {
    401: "the keys are not valid (any more): make new ones",
    402: "the account is out of credit: top it up in the developer console",
}
# X answers 403 for many reasons and gives no code for them. Each entry has a phrase of
# X's message, and what the operator should do. The first entry whose phrase occurs in
# the message is used.
_FORBIDDEN_HINTS = (
    ("suspended", "the account or the app is suspended: see the developer console"),
    ("locked", "the account is locked: log in as it and unlock it"),
    (
        "automated",
        "X takes the post for spam: label the account as automated, post less",
    ),
    ("permi", "the app may not do this: give it Read and write, then make new tokens"),
)
_MEDIA_IDS = "media.media_ids"
"""The parameter that X names in its error if it refuses the picture of a post."""
# Phrases in X's message by which two errors are recognised. Their HTTP statuses do not
# identify them, because other errors have the same statuses.
_DUPLICATE = "duplicate"
_REPLY_TARGET_MISSING = "attempted to reply"
# These libraries write keys or signatures to the debug log.
_LOGGERS = ("oauthlib", "requests_oauthlib", "tweepy")


class _TimeoutAdapter(HTTPAdapter):
    """Gives every request a timeout; can send requests to a stand-in for X.

    tweepy sends all requests to X's address and sets no timeout. If there is a
    stand-in, the address is replaced after the request is signed. The signature is
    therefore made for X's address.
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
        """Send the request with the timeout, to X or to its stand-in."""
        if self._stand_in is not None:
            parts = urlsplit(str(request.url))
            query = f"?{parts.query}" if parts.query else ""
            request.url = self._stand_in.rstrip("/") + parts.path + query
            proxies = {}
        timeout = timeout or self._timeout_s
        return super().send(request, stream, timeout, verify, cert, proxies)


class XApi:
    """Sends the requests of one account to X, or to a stand-in."""

    def __init__(
        self,
        name: str,
        keys: tuple[SecretStr, SecretStr, SecretStr, SecretStr],
        api_base: str,
        timeout: timedelta,
        clock: Clock,
    ) -> None:
        """Create the client; no request is sent yet.

        Args:
            name: the channel's name, for messages.
            keys: consumer key and secret, access token and secret.
            api_base: the address of X, or of a stand-in.
            timeout: the limit for connecting, and for each read.
            clock: used to compute the time until a rate limit is reset.
        """
        for logger in _LOGGERS:
            logging.getLogger(logger).setLevel(logging.WARNING)
        self._name = name
        self._keys = keys
        self._clock = clock
        self._rate_limits = RateLimits(name, clock)
        consumer_key, consumer_secret, token, token_secret = keys
        self._client = tweepy.Client(
            consumer_key=consumer_key.get_secret_value(),
            consumer_secret=consumer_secret.get_secret_value(),
            access_token=token.get_secret_value(),
            access_token_secret=token_secret.get_secret_value(),
            return_type=requests.Response,
        )
        is_x = urlsplit(api_base).hostname == "api.twitter.com"
        adapter = _TimeoutAdapter(timeout.total_seconds(), None if is_x else api_base)
        self._client.session.mount("https://", adapter)
        # The library `requests` would follow a redirect of a POST with a GET.
        self._client.session.max_redirects = 0

    def create_post(
        self, text: str, media_ids: Sequence[str] | None, reply_to: str | None
    ) -> dict[str, Any]:
        """Create a post; return the body of the response.

        Raises:
            ReplyTargetMissing: the post to reply to is deleted or hidden.
            ChannelUnavailable, ChannelRefused, ChannelUnknown: see `request`.
        """
        return self._body_of(
            ("POST", "/2/tweets"),
            lambda: self._client.create_tweet(
                text=text, media_ids=media_ids, in_reply_to_tweet_id=reply_to
            ),
        )

    def request(
        self,
        method: str,
        path: str,
        json: Mapping[str, Any] | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Send a request; return the JSON body of a successful response.

        Raises:
            ChannelUnavailable: the request certainly had no effect; try later.
            ChannelRefused: the request certainly had no effect, and never will.
            ChannelUnknown: the request may have had an effect.
        """
        return self._body_of(
            (method, path),
            lambda: self._client.request(
                method, path, params=params, json=json, user_auth=True
            ),
        )

    def _body_of(
        self, route: tuple[str, str], send: Callable[[], requests.Response]
    ) -> dict[str, Any]:
        self._rate_limits.check(*route)
        try:
            response = send()
            self._rate_limits.update(*route, response.headers)
            body = response.json()
        except tweepy.HTTPException as error:
            self._rate_limits.update(*route, error.response.headers)
            raise self._status_error(error) from None
        except requests.RequestException as error:
            raise self._network_error(error) from None
        except (AttributeError, TypeError, ValueError, RecursionError):
            # tweepy raises these if the body of an error response is not in X's format.
            raise self._unreadable() from None
        if not isinstance(body, dict):
            raise self._unreadable()
        return body

    def _unreadable(self) -> ChannelUnknown:
        return ChannelUnknown(f"{self._name}: the response is not in X's format")

    def _network_error(self, error: requests.RequestException) -> ChannelError:
        prefix = f"{self._name}: {type(error).__name__}"
        if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError):
            return ChannelUnavailable(f"{prefix}: X was not reached")
        root: BaseException = error
        while root.__cause__ or root.__context__:
            root = root.__cause__ or root.__context__ or root
        if isinstance(root, _NEVER_SENT):
            return ChannelUnavailable(f"{prefix}: X was not reached")
        # Any other error may have occurred after X received the request.
        return ChannelUnknown(f"{prefix}: X sent no complete answer")

    def _status_error(self, error: tweepy.HTTPException) -> ChannelError:
        status = error.response.status_code
        text = redact("; ".join(str(part) for part in error.api_messages), self._keys)
        parts = (f"{self._name}: answered {status}", text, _hint(status, text))
        message = "; ".join(part for part in parts if part)
        if isinstance(error, tweepy.TooManyRequests):
            return ChannelUnavailable(message, self._retry_after(error.reset_time))
        # "Duplicate" may mean that an earlier attempt to send the same post succeeded.
        if status >= 500 or (status == 403 and _DUPLICATE in text.lower()):
            return ChannelUnknown(message)
        if _REPLY_TARGET_MISSING in text.lower():
            return ReplyTargetMissing(message, status)
        if status == 400 and any(_MEDIA_IDS in p for p in _parameters(error)):
            return PictureRefused(message, status)
        return ChannelRefused(message, status)

    def _retry_after(self, reset_s: int | None) -> timedelta | None:
        """Return the wait until `reset_s`, at most `LONGEST_WAIT`; None if `reset_s` is None.

        `reset_s` is in seconds since 1970.
        """
        if reset_s is None:
            return None
        return capped_wait(reset_s - int(self._clock.now().timestamp()))


def _parameters(error: tweepy.HTTPException) -> Iterator[Mapping[str, Any]]:
    """Yield the parameters that X names in each of its errors."""
    for problem in error.api_errors:
        parameters = problem.get("parameters") if isinstance(problem, dict) else None
        if isinstance(parameters, dict):
            yield parameters


def _hint(status: int, text: str) -> str:
    """Return what the operator should do about an error; "" if no hint fits."""
    if status != 403:
        return _HINTS.get(status, "")
    lower = text.lower()
    return next((hint for phrase, hint in _FORBIDDEN_HINTS if phrase in lower), "")
