"""Links of the pages of a site that lead nowhere."""

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import unquote, urldefrag, urlsplit

from tests.browser.page_checks import Problem

_ADDRESSES = ("href", "src", "poster", "action", "data", "cite", "content")
_ELSEWHERE = ("http:", "https:", "mailto:", "data:", "tel:", "webcal:", "//")


def dead_links(root: Path, address: str) -> list[Problem]:
    """Return the links of all HTML pages below `root` that lead to no file or anchor.

    An address that begins with `address` is a link within the site. Links to other
    sites are not followed.
    """
    pages = {path: _parsed(path) for path in sorted(root.rglob("*.html"))}
    return [
        Problem("links", str(path.relative_to(root)), f"{link} leads nowhere")
        for path, page in pages.items()
        for link in page.links
        if not _leads_somewhere(root, path, link, address)
    ]


def _leads_somewhere(root: Path, page: Path, link: str, address: str) -> bool:
    base = PurePosixPath("/") / page.relative_to(root)
    if link == address or link.startswith(f"{address}/"):
        link = link[len(address) :] or "/"
    elif link.lower().startswith(_ELSEWHERE):
        return True
    path, anchor = urldefrag(link)
    path = unquote(urlsplit(path).path)
    target = root / _target(base, path).lstrip("/")
    target = target / "index.html" if target.is_dir() else target
    if not target.is_file():
        return False
    return (
        not anchor or target.suffix != ".html" or unquote(anchor) in _parsed(target).ids
    )


def _target(base: PurePosixPath, path: str) -> str:
    """Return the path from the root of the site; a link to "" leads to the page itself."""
    return normpath(str(base.parent / path)) if path else str(base)


@dataclass
class _ParsedLinks:
    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)


@cache
def _parsed(path: Path) -> _ParsedLinks:
    parser = _LinkParser()
    parser.feed(path.read_text("utf-8"))
    parser.close()
    return parser.result


class _LinkParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.result = _ParsedLinks()

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.result.ids |= {values[name] for name in ("id", "name") if name in values}
        for name in _ADDRESSES:
            # `content` is an address in some elements only, and then a whole one.
            is_address = name != "content" or values.get(name, "").startswith("http")
            if name in values and is_address:
                self.result.links.append(values[name])
        for candidate in values.get("srcset", "").split(","):
            self.result.links += candidate.split()[:1]
