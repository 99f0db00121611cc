"""HTTP functions for sources and channels: client factory, Retry-After, redaction."""

import base64
import email.utils
import ssl
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import quote, quote_plus, urlsplit

import httpx
from pydantic import SecretStr

from bot import __version__
from bot.http.limited_client import AnswerLimits, LimitedClient

LONGEST_WAIT = timedelta(days=1)
"""The longest wait; if a server asks for more, it is tried again after this time."""
_RESET_HEADERS = ("x-ratelimit-reset", "ratelimit-reset")
_LEAST_EPOCH = 1_000_000_000
"""The smallest number in a header that is a time, in seconds since 1970.

A smaller number is a wait in seconds.
"""
_LONGEST_MESSAGE = 200
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_ON_THIS_MACHINE = ("all://localhost", "all://127.0.0.1", "all://[::1]")


def _no_cookies() -> CookieJar:
    """Return a jar that keeps no cookie.

    A server could follow the program by its cookies, and fill its memory with them.
    """
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))


def make_client(
    limits: AnswerLimits | timedelta,
    *,
    base_url: str = "",
    contact: str = "",
    token: SecretStr | None = None,
    keep_connections: bool = True,
    transport: httpx.BaseTransport | None = None,
) -> httpx.Client:
    """Build an HTTP client that names the program and follows no redirect.

    Args:
        limits: the limits of each request and its answer. A duration stands for
            `AnswerLimits` with this timeout.
        base_url: the address that paths are relative to.
        contact: a URL or e-mail address for the server's administrators; may be "".
        token: sent as a bearer token; None: no token is sent.
        keep_connections: whether a connection is used for several requests. False for
            servers that may reset an idle connection while the next post is sent.
        transport: replaces httpx's own transport. If it is given, proxies of the
            environment are ignored, as they are for servers on this machine.
    """
    headers = {"User-Agent": _user_agent(contact)}
    pool = httpx.Limits()
    if token is not None:
        headers["Authorization"] = f"Bearer {token.get_secret_value()}"
    if not keep_connections:
        headers["Connection"] = "close"
        pool = httpx.Limits(max_keepalive_connections=0)
    return LimitedClient(
        limits if isinstance(limits, AnswerLimits) else AnswerLimits(limits),
        base_url=base_url,
        limits=pool,
        headers=headers,
        cookies=_no_cookies(),
        # No redirect is followed: it may turn a POST into a GET, or lead to a server
        # that nobody configured.
        follow_redirects=False,
        verify=_tls_context(),
        transport=transport,
        # Requests to this machine bypass every proxy. They may carry a token without
        # encryption, which a proxy could read (P16).
        mounts=dict.fromkeys(_ON_THIS_MACHINE) if transport is None else None,
    )


@lru_cache(maxsize=1)
def _tls_context() -> ssl.SSLContext:
    """Return the TLS context; cached, because loading its certificates takes long."""
    return httpx.create_ssl_context()


def _user_agent(contact: str) -> str:
    return f"outagewire/{__version__}" + (f" (+{contact})" if contact else "")


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Return how long the server asks to wait; None if no header states a wait.

    The headers are `Retry-After` and the rate limit headers. The value of a header may
    be a number of seconds, an HTTP date, an ISO 8601 time or seconds since 1970. The
    result is between zero and `LONGEST_WAIT`. A header that cannot be read is ignored.

    Args:
        headers: the headers of the response, with case-insensitive names.
        now: the present time, aware.
    """
    for name in ("retry-after", *_RESET_HEADERS):
        wait = _parse_wait(headers.get(name, "").strip(), now)
        if wait is not None:
            return min(max(wait, timedelta(0)), LONGEST_WAIT)
    return None


def capped_wait(seconds: object) -> timedelta | None:
    """Return `seconds` as a duration between zero and `LONGEST_WAIT`.

    `seconds` is the wait that a server asks for in its JSON. If `seconds` is not a
    number, the result is None.
    """
    if isinstance(seconds, bool) or not isinstance(seconds, int | float):
        return None
    # The number is capped before it is converted, because `timedelta` fails for large
    # numbers. NaN gives zero.
    longest = LONGEST_WAIT.total_seconds()
    return timedelta(seconds=min(seconds, longest) if seconds > 0 else 0)


def server_link(link: object, server: str) -> str | None:
    """Return `link` if it is an http(s) link to `server`; None if not.

    A hostile server could send a link to another site, or a `javascript:` link, which
    would run a script on our pages.

    Args:
        link: a value of the server's JSON.
        server: the address of the server that was asked.
    """
    try:
        own, theirs = urlsplit(server), urlsplit(str(link or ""))
    except ValueError:
        return None
    is_web = theirs.scheme in {"http", "https"} and not theirs.username
    hosts = {own.hostname, theirs.hostname}
    is_own = len(hosts) == 1 or hosts <= _THIS_MACHINE
    return str(link) if is_web and is_own else None


def _parse_wait(text: str, now: datetime) -> timedelta | None:
    if text.isascii() and text.isdecimal():
        return _wait_of_number(text, now)
    for parse in (email.utils.parsedate_to_datetime, datetime.fromisoformat):
        try:
            until = parse(text)
        except (ValueError, OverflowError):
            continue
        # A time without a zone is taken as UTC. An e-mail date with the zone -0000 is
        # also parsed as a time without a zone.
        return (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return None


def _wait_of_number(text: str, now: datetime) -> timedelta:
    # The text is cut to 12 digits, because a longer number could overflow `timedelta`.
    number = int(text[:12])
    if number < _LEAST_EPOCH:
        return timedelta(seconds=number)
    return timedelta(seconds=number - now.timestamp())


def server_date(headers: Mapping[str, str]) -> datetime | None:
    """Return the aware time in the header `Date`; None if it is missing or invalid.

    If the response comes from a cache, its age in the header `Age` is added to the time.
    """
    age = headers.get("age", "").strip()
    try:
        date = email.utils.parsedate_to_datetime(headers.get("date", ""))
        if age.isascii() and age.isdecimal():
            date += timedelta(seconds=int(age))
    except (ValueError, OverflowError, TypeError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def one_line(text: str, limit: int = _LONGEST_MESSAGE) -> str:
    """Return `text` on one line of at most `limit` printable characters."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(printable.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def redact(text: str, secrets: Iterable[SecretStr | None]) -> str:
    """Return `text` on one line (see `one_line`), with every secret replaced by `***`.

    Error messages are stored and shown, so they must contain no secret (P16). But
    servers and proxies repeat parts of a request in their error pages: these may
    contain a token, also percent-encoded or in base64.
    """
    for value in _values(secrets):
        text = text.replace(value, "***")
    return one_line(text)


def _values(secrets: Iterable[SecretStr | None]) -> Collection[str]:
    """Return the secrets and their encodings, the longest first."""
    present = (s.get_secret_value() for s in secrets if s is not None)
    # Empty secrets are left out: their replacement would put `***` between all
    # characters.
    values = {form for value in present if value for form in _encoded(value)}
    # The longest form is replaced first: if a shorter form within it were replaced
    # first, the rest of the longer form would remain in the text.
    return sorted(values, key=len, reverse=True)


def _encoded(value: str) -> Iterator[str]:
    """Yield a secret itself, and its percent-encoded and base64 forms."""
    data = value.encode()
    yield value
    yield quote(value, safe="")
    yield quote_plus(value, safe="")
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        padded = encode(data).decode()
        yield padded
        yield padded.rstrip("=")
