"""The section of the web server: where `outagewire serve` and `run` serve the site."""

import base64
import hashlib
import ipaddress
import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from bot.settings import Section, matching

LOOPBACK = "127.0.0.1"
THIS_MACHINE = (LOOPBACK, "localhost", "::1")
_ADDRESS = re.compile(
    r"https?://(?:[a-z0-9-]+\.)*[a-z2-7]{56}\.onion(?::[0-9]{1,5})?/?"
)
_VERSION = b"\x03"
_KEY_BYTES = 32


def _check_onion(address: str) -> str:
    """Return the address of an onion service without a slash at its end.

    Raises:
        ValueError: it is no address of version 3, or its checksum is wrong: a wrong letter
            would send readers to nobody, or to somebody else.

    Source: the Tor Project's rend-spec-v3, section 6.
    """
    if not _ADDRESS.fullmatch(address):
        raise ValueError(
            "write the address of a version 3 onion service, in small letters and without a"
            " path, such as http://....onion with 56 letters and digits before .onion"
        )
    name = (urlsplit(address).hostname or "").removesuffix(".onion").rpartition(".")[2]
    data = base64.b32decode(name.upper())
    key, checksum = data[:_KEY_BYTES], data[_KEY_BYTES:-1]
    expected = hashlib.sha3_256(b".onion checksum" + key + _VERSION).digest()[:2]
    if data[-1:] != _VERSION or checksum != expected:
        raise ValueError(
            "this onion address has a wrong letter; copy it from the file `hostname` of the"
            " onion service"
        )
    return address.removesuffix("/")


def _check_network(network: str) -> str:
    """Return an IP address or a network of IP addresses.

    Raises:
        ValueError: it is neither, or the network is every address.
    """
    try:
        parsed = ipaddress.ip_network(network)
    except ValueError:
        parsed = None
    if parsed is None or parsed.prefixlen == 0:
        raise ValueError(
            "write the IP address of a reverse proxy, such as 127.0.0.1, or its network,"
            " such as 10.0.0.0/24"
        )
    return network


class ServerSection(Section):
    """The host and the port of the web server; `run` serves the site if it is present.

    Attributes:
        host: the address to listen on; by default, only this machine is answered.
        port: the port; 0: any free one.
        onion: the onion address of the same site, which each page offers to readers with
            Tor; None: none is offered.
        proxies: the addresses or networks of reverse proxies before this server. They say
            in `X-Forwarded-For` from which client a request comes; no one else is believed.
    """

    host: Annotated[
        str,
        matching(
            r"[A-Za-z0-9.:_-]+",
            "write an address or the name of a host, such as 127.0.0.1, without a port",
        ),
    ] = LOOPBACK
    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    onion: Annotated[str, AfterValidator(_check_onion)] | None = None
    proxies: tuple[Annotated[str, AfterValidator(_check_network)], ...] = ()
