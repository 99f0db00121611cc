"""An HTTP client for other people's servers that connects to no private network.

The owner of a host name decides which IP addresses the name resolves to. So the client
resolves the name, checks every address, and connects to one of these addresses. It does
not look the name up again, because another lookup could return another address. The
client follows no redirect, uses no proxy, and reads only the status and the headers of
a response.
"""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Annotated, Any

import httpx
from pydantic import Field, SecretStr, model_validator

from bot.errors import ChannelRefused
from bot.http.client import make_client
from bot.settings import Section, ServerShown, Timeout, matching, server_of

# Networks that are not public, but that some versions of Python count as public:
# special assignments, relays and tunnels to IPv4, documentation.
_SPECIAL = tuple(
    ip_network(text)
    for text in ("192.0.0.0/24", "192.88.99.0/24", "2002::/16", "3fff::/20")
)
# The network of all public unicast IPv6 addresses. IPv6 addresses outside it contain an
# IPv4 address, or are local, multicast or unassigned.
_UNICAST = ip_network("2000::/3")
_CONNECTED = ("connection.connect_tcp.complete", "connection.start_tls.complete")

Resolver = Callable[[str, int], list[str]]


class ExternalAddress(Section):
    """The URL of somebody else's server; only its host is ever printed.

    `allow_local`: whether the server may be on this machine; only then may `url` begin
    with http://.
    """

    url: Annotated[
        str,
        matching(
            r"(https://[^/\s@?#]+|http://(localhost|127\.0\.0\.1|\[::1\])(:\d+)?)([/?][^\s#]*)?",
            "write a URL that begins with https://, without a name or password in it",
        ),
        ServerShown,
        Field(repr=False),
    ]
    allow_local: bool = False
    timeout: Timeout = timedelta(seconds=30)

    @model_validator(mode="after")
    def _check_url(self) -> "ExternalAddress":
        if self.url.startswith("http:") and not self.allow_local:
            raise ValueError(
                "http:// is not encrypted; use https://, or set allow_local = true for"
                " a server on this machine"
            )
        try:
            httpx.URL(self.url)
        except httpx.InvalidURL:
            raise ValueError("this is not a valid URL; correct it") from None
        return self

    @property
    def hidden_part(self) -> SecretStr:
        """The URL's path and query; they may contain a secret, so no message shows them."""
        return SecretStr(self.url.removeprefix(server_of(self.url)).strip("/"))


def addresses_of(host: str, port: int) -> list[str]:
    """Return the IP addresses that a host name resolves to now.

    Raises:
        OSError: the name cannot be resolved.
    """
    infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in infos))


def is_public(address: str) -> bool:
    """Return whether an IP address is a unicast address of the public internet."""
    ip: IPv4Address | IPv6Address = ip_address(address)
    if not ip.is_global or any(ip in special for special in _SPECIAL):
        return False
    if isinstance(ip, IPv6Address):
        return ip in _UNICAST
    return not (ip.is_multicast or ip.is_reserved)


def public_client(
    name: str, address: ExternalAddress, resolve: Resolver = addresses_of
) -> httpx.Client:
    """Return a client for the channel `name` that connects to public addresses only.

    With `allow_local` in `address`, the client may also connect to this machine.
    """
    transport = _PublicOnlyTransport(name, address, resolve)
    return make_client(address.timeout, keep_connections=False, transport=transport)


class _PublicOnlyTransport(httpx.BaseTransport):
    """Checks all IP addresses of a host name, then connects to one of them.

    No response body is read.
    """

    def __init__(self, name: str, address: ExternalAddress, resolve: Resolver) -> None:
        self._name = name
        self._local = address.allow_local
        self._seconds = address.timeout.total_seconds()
        self._resolve = resolve
        self._inner = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        failure: httpx.TransportError = httpx.ConnectError("the name has no address")
        for address in self._checked(request.url):
            try:
                return self._send(_request_to_address(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                # Nothing was sent yet, so the next address can be tried.
                failure = error
        raise failure

    def _checked(self, url: httpx.URL) -> list[str]:
        """Return the IP addresses of the URL's host; all of them are allowed.

        Raises:
            httpx.ConnectError: the name cannot be resolved.
            ChannelRefused: at least one address is not allowed.
        """
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            addresses = self._resolve(url.host, port)
        except (OSError, UnicodeError):
            raise httpx.ConnectError("the name cannot be resolved") from None
        for address in addresses:
            local = self._local and ip_address(address).is_loopback
            if not (local or (url.scheme == "https" and is_public(address))):
                raise ChannelRefused(
                    f"{self._name}: the server's IP address is not public, or the URL does"
                    " not begin with https; use a public server with https"
                )
        return addresses

    def _send(self, request: httpx.Request) -> httpx.Response:
        with _limit_time(self._seconds, request):
            response = self._inner.handle_request(request)
        response.close()
        return httpx.Response(response.status_code, headers=response.headers)

    def close(self) -> None:
        self._inner.close()


def _request_to_address(request: httpx.Request, address: str) -> httpx.Request:
    """Return a copy of `request` for an IP address; Host and TLS keep the host name."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )


@contextlib.contextmanager
def _limit_time(seconds: float, request: httpx.Request) -> Iterator[None]:
    """Close the connection after `seconds`, even if bytes still arrive.

    httpx limits only the time between two bytes, not the time of the whole request.
    """
    connections: list[socket.socket] = []

    def remember(event: str, info: dict[str, Any]) -> None:
        if event in _CONNECTED:
            connections[:] = [info["return_value"].get_extra_info("socket")]

    def disconnect() -> None:
        for connection in connections:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

    request.extensions["trace"] = remember
    timer = threading.Timer(seconds, disconnect)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
