"""Checks that links lead only to the report site or to a cited source."""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import SplitResult, urlsplit

import regex

from bot.claims.plain_text import PlainText, RaisedObjection, to_plain_text
from bot.model.attribution import Attribution
from bot.model.draft import ClaimKind, ObjectionWeight
from bot.model.event import Facts

_ADDRESS = regex.compile(
    # An address with a scheme, or a mail address or telephone number as a link.
    r"(?:[a-z][a-z0-9+.-]*://|(?:mailto|tel|sms):)\S+"
    # Platforms also make links of bare domains ("example.com/x") and mail addresses.
    # Any last label of letters counts as a top-level domain, because the list of all
    # top-level domains changes.
    r"|(?<![\w@.-])(?:[\w.+-]+@)?(?:[\w-]+\.)+\p{L}[\p{L}\p{M}-]+(?:[:/?#]\S*)?"
    r"|(?<![\w.,])\d{1,3}(?:\.\d{1,3}){3}(?![\w,]|\.\d)(?:[:/]\S*)?",
    regex.IGNORECASE,
)
# A handle may contain a domain, but it is no link, because it mentions an account.
_HANDLE = regex.compile(r"(?<![\w.+-])@[\w.@-]+")
_AFTER = ".,;:!?)]}>\"'»。、\N{FULLWIDTH COMMA}"
"""Characters that do not belong to an address if they stand directly after it."""
_WEB = ("http", "https")


def find_links(text: PlainText) -> tuple[tuple[int, int], ...]:
    """Return the start and end of each link, including links without a scheme."""
    for match in _HANDLE.finditer(text.text):
        text = text.masked(*match.span())
    matches = _ADDRESS.finditer(text.text)
    return tuple((m.start(), m.start() + len(m[0].rstrip(_AFTER))) for m in matches)


def cited_links(facts: Facts, causes: Sequence[Attribution]) -> tuple[str, ...]:
    """Return the addresses of the sources to which a text may link.

    They are the sources of the facts, and those of the attributions that readers may
    see.
    """
    credits_links = [credit.link for credit in facts.sources.credits if credit.link]
    shown = [c.claim for c in causes if c.is_shown]
    editors = [link for claim in shown for link in (claim.link, claim.archived)]
    return tuple(dict.fromkeys(link for link in (*credits_links, *editors) if link))


def foreign_links(text: str, site: str, cited: Iterable[str]) -> tuple[str, ...]:
    """Return the links in `text` that lead neither to the site nor to a source."""
    plain = to_plain_text(text)
    spans = (plain.span(o.start, o.end) for o in check_links(plain, site, cited))
    return tuple(text[start:end] for start, end in spans)


def check_links(
    text: PlainText, site: str, cited: Iterable[str]
) -> Iterator[RaisedObjection]:
    """Yield an objection for each link that leads neither to the site nor to a source.

    Args:
        text: the text.
        site: the public address of the report site; "" if the site has none.
        cited: the addresses of the cited sources.
    """
    sources = [_parse_address(to_plain_text(address).text) for address in cited]
    home = _parse_address(to_plain_text(site).text) if site else None
    for start, end in find_links(text):
        link = _parse_address(text.text[start:end])
        is_ours = home is not None and _is_within(link, home)
        if not is_ours and not any(_is_same(link, source) for source in sources):
            yield RaisedObjection(
                ClaimKind.LINK, ObjectionWeight.BLOCK, start, end, "link"
            )


def _parse_address(address: str) -> SplitResult | None:
    """Return the parts of a web address; None if `address` is not a web address.

    A bare domain is read as an https address.
    """
    has_scheme = regex.match(r"[a-z][a-z0-9+.-]*:(?!\d)", address, regex.IGNORECASE)
    try:
        parts = urlsplit(address if has_scheme else f"https://{address}")
        # `parts.port` raises ValueError if the port is not a number.
        is_web = parts.scheme in _WEB and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    # A name before the host may imitate another site, as in ours@example.com.
    return parts if is_web and "@" not in parts.netloc else None


def _is_within(link: SplitResult | None, site: SplitResult | None) -> bool:
    """Return whether a link leads to the page `site` or to a page below it."""
    if link is None or site is None or _host(link) != _host(site):
        return False
    # A browser resolves "..", so such a link may lead out of the folder.
    if ".." in link.path or "%2e" in link.path.lower() or "\\" in link.path:
        return False
    folder = site.path.rstrip("/")
    return link.path.rstrip("/") == folder or link.path.startswith(f"{folder}/")


def _is_same(link: SplitResult | None, source: SplitResult | None) -> bool:
    """Return whether two links have the same address, apart from a final slash."""
    if link is None or source is None:
        return False
    return _page(link) == _page(source)


def _page(address: SplitResult) -> tuple[object, ...]:
    path = address.path.rstrip("/")
    return _host(address), path, address.query, address.fragment


def _host(address: SplitResult) -> tuple[str, int | None]:
    """Return host and port of an address; the port is None if the scheme implies it."""
    usual = {"http": 80, "https": 443}[address.scheme]
    port = None if address.port == usual else address.port
    return (address.hostname or "").rstrip("."), port
