"""E-mail addresses that readers enter: the check, the usual form, the masked form."""

import ipaddress
import re

MAX_ADDRESS_LENGTH = 254
"""The longest address in characters (RFC 5321, 4.5.3.1.3, without its brackets)."""
_LOCAL_PART = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
)
_LONGEST_LOCAL_PART = 64
_ENCODED_WORD = "=?"
"""How an encoded word begins."""
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def parse_address(text: str) -> str:
    """Return an address in its usual form: the domain in small ASCII letters.

    The form is a dot-atom and the name of a host (RFC 5321). Quoted local parts, comments,
    display names, address literals and non-ASCII local parts are refused, and so are
    encoded words (RFC 2047), which a library may decode in a header: no header can then
    hold anything but the address. A domain in another script becomes its ASCII form.

    Raises:
        ValueError: the text is not such an address. The message does not quote it.
    """
    local, _, domain = text.strip().rpartition("@")
    labels = _ascii_domain(domain).split(".")
    address = f"{local}@{'.'.join(labels)}"
    if (
        not _LOCAL_PART.fullmatch(local)
        or _ENCODED_WORD in local
        or len(local) > _LONGEST_LOCAL_PART
        or len(address) > MAX_ADDRESS_LENGTH
        or len(labels) < 2
        or not all(_LABEL.fullmatch(label) for label in labels)
        or labels[-1].isdecimal()
    ):
        raise ValueError("write an e-mail address, such as name@example.org")
    return address


def _ascii_domain(domain: str) -> str:
    """Return a domain in small letters, in its ASCII form; "" if it has none."""
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def comparison_form(address: str) -> str:
    """Return the form in which two addresses of one mailbox are nearly always equal."""
    return address.lower()


def masked(address: str) -> str:
    """Return an address of which only the first letter and the domain's end are shown.

    An operator can tell readers apart with it, but cannot write to them.
    """
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}***@***.{domain.rpartition('.')[2]}"


def client_network(host: str) -> str:
    """Return the network of a client's IP address: an IPv4 /24 or an IPv6 /48.

    One client can use every address of such a network. A text that is not an address is
    returned as it is.
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    bits = 24 if address.version == 4 else 48
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
