"""A client for addresses that belong to others: it never reaches into our own network.

Whoever owns a name decides where it leads. So the name is resolved here, every address
it leads to is checked, and the connection goes to a checked one: a name that is asked
twice may lead elsewhere the second time. No redirect is followed, no proxy asked, and
nothing but the status and the headers of an answer is ever read.
"""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import httpx
from pydantic import Field, model_validator

from bot.errors import ChannelRefused
from bot.http.channel_client import make_channel_client
from bot.settings import Duration, Section

# What Python before 3.12 takes for public, though it leads elsewhere or nowhere:
# special assignments, relays and tunnels to IPv4, documentation.
_SPECIAL = tuple(
    ip_network(text)
    for text in ("192.0.0.0/24", "192.88.99.0/24", "2002::/16", "3fff::/20")
)
# All other IPv6 holds an IPv4 address, is local, or belongs to nobody.
_UNICAST = ip_network("2000::/3")
_CONNECTED = ("connection.connect_tcp.complete", "connection.start_tls.complete")

Resolver = Callable[[str, int], list[str]]


class Elsewhere(Section):
    """An address that belongs to somebody else.

    `allow_local`: whether it may lead to this machine, where it may speak in clear.
    """

    url: str = Field(
        pattern=r"^(https://[^/\s@?#]+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)([/?][^\s#]*)?$"
    )
    allow_local: bool = False
    timeout: Duration = timedelta(seconds=30)

    @model_validator(mode="after")
    def _is_elsewhere(self) -> "Elsewhere":
        if self.url.startswith("http:") and not self.allow_local:
            raise ValueError("write https://, or allow_local = true on this machine")
        try:
            httpx.URL(self.url)
        except httpx.InvalidURL:
            raise ValueError("this is no address") from None
        return self


def addresses_of(host: str, port: int) -> list[str]:
    """Every address that a name leads to now. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """Whether an address is of the open internet, and of nobody's own network."""
    ip: IPv4Address | IPv6Address = ip_address(address)
    if not ip.is_global or any(ip in special for special in _SPECIAL):
        return False
    if isinstance(ip, IPv6Address):
        return ip in _UNICAST
    return not (ip.is_multicast or ip.is_reserved)


def guarded_client(
    name: str, where: Elsewhere, resolve: Resolver = addresses_of
) -> httpx.Client:
    """A client for the channel `name` that goes to public addresses alone."""
    transport = _Guarded(name, where, resolve)
    return make_channel_client("", where.timeout, transport=transport)


class _Guarded(httpx.BaseTransport):
    """Resolves, checks, connects to what was checked, and reads no body."""

    def __init__(self, name: str, where: Elsewhere, resolve: Resolver) -> None:
        self._name = name
        self._local = where.allow_local
        self._seconds = where.timeout.total_seconds()
        self._resolve = resolve
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        failed: httpx.TransportError = httpx.ConnectError("the name leads nowhere")
        for address in self._checked(request.url):
            try:
                return self._answer(_pinned(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error  # nothing was sent: the next address may do
        raise failed

    def _checked(self, url: httpx.URL) -> list[str]:
        """The addresses of a name, if all of them may be reached.

        Raises:
            ChannelRefused: one of them may not.
        """
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            found = self._resolve(url.host, port)
        except (OSError, UnicodeError):
            raise httpx.ConnectError("the name cannot be resolved") from None
        for address in found:
            local = self._local and ip_address(address).is_loopback
            if not (local or (url.scheme == "https" and is_public(address))):
                raise ChannelRefused(
                    f"{self._name}: the address leads into a network that is not public"
                )
        return found

    def _answer(self, request: httpx.Request) -> httpx.Response:
        with _cut_after(self._seconds, request):
            answer = self._inner.handle_request(request)
        answer.close()
        return httpx.Response(answer.status_code, headers=answer.headers)

    def close(self) -> None:
        self._inner.close()


def _pinned(request: httpx.Request, address: str) -> httpx.Request:
    """The same question to that address; its Host and certificate stay the name's."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )


@contextlib.contextmanager
def _cut_after(seconds: float, request: httpx.Request) -> Iterator[None]:
    """Hang up on who takes too long in all, however steadily the bytes come."""
    lines: list[socket.socket] = []

    def note(event: str, info: dict[str, Any]) -> None:
        if event in _CONNECTED:
            lines[:] = [info["return_value"].get_extra_info("socket")]

    def hang_up() -> None:
        for line in lines:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(line, socket.SHUT_RDWR)

    request.extensions["trace"] = note
    watch = threading.Timer(seconds, hang_up)
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
