"""What a page links to and loads, and whether its tags are closed."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"),
        *("source", "track", "wbr"),
    }
)
"""The elements of HTML without an end tag."""
_LOADED = frozenset(
    {"img", "script", "iframe", "source", "video", "audio", "embed", "track", "input"}
)
"""The elements whose `src` a browser loads with the page."""
_LOADED_RELS = frozenset(
    {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect"}
    | {"dns-prefetch", "manifest", "apple-touch-icon"}
)
"""The relations of `<link>` that make a browser ask for something at once."""
_CSS_ADDRESS = re.compile(r"""url\(\s*["']?([^"')]+)|@import\s+["']([^"']+)""")


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a file; `loaded`: whether a browser asks for it with the page."""

    address: str
    line: int
    loaded: bool


@dataclass(slots=True)
class PageContent:
    """What was read from a page: links, the ids of its elements, and mistakes.

    A mistake is the number of its line, and a sentence.
    """

    links: list[Link] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    mistakes: list[tuple[int, str]] = field(default_factory=list)


def read_page(text: str) -> PageContent:
    """Return the links, ids and mistakes of an HTML page."""
    reader = _PageReader()
    reader.feed(text)
    reader.close()
    for tag, line in reader.open_tags:
        reader.content.mistakes.append((line, f"<{tag}> is not closed"))
    return reader.content


def css_links(text: str, first_line: int = 1) -> list[Link]:
    """Return the addresses that a style sheet loads."""
    return [
        Link(
            match[1] or match[2],
            first_line + text.count("\n", 0, match.start()),
            loaded=True,
        )
        for match in _CSS_ADDRESS.finditer(text)
    ]


class _PageReader(HTMLParser):
    """Reads a page; the parser calls a method for each tag and each text."""

    def __init__(self) -> None:
        super().__init__()
        self.content = PageContent()
        self.open_tags: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag's links, and that it is open."""
        self._note(tag, attrs)
        if tag not in VOID:
            self.open_tags.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the links of a tag such as `<path/>`."""
        self._note(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost tag, or note that another one was open."""
        line = self.getpos()[0]
        if self.open_tags and self.open_tags[-1][0] == tag:
            self.open_tags.pop()
            return
        self.content.mistakes.append((line, f"</{tag}> closes no open tag"))
        names = [name for name, _ in self.open_tags]
        # The rest of the page is read as if the inner tags had been closed.
        if tag in names:
            last = len(names) - 1 - names[::-1].index(tag)
            del self.open_tags[last:]

    def handle_data(self, data: str) -> None:
        """Note what a style sheet in the page loads."""
        if self.open_tags and self.open_tags[-1][0] == "style":
            self.content.links += css_links(data, self.getpos()[0])

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, values = self.getpos()[0], {name: value or "" for name, value in attrs}
        if values.get("id"):
            self.content.ids.add(values["id"])
        rels = set(values.get("rel", "").lower().split())
        loads_href = tag in {"use", "image"} or (tag == "link" and rels & _LOADED_RELS)
        for name, loaded in (
            ("href", bool(loads_href)),
            ("src", tag in _LOADED),
            ("poster", True),
            ("data", tag == "object"),
            ("action", False),
        ):
            if values.get(name):
                self.content.links.append(Link(values[name], line, loaded))
        for candidate in values.get("srcset", "").split(","):
            if candidate.split():
                self.content.links.append(Link(candidate.split()[0], line, loaded=True))
        self.content.links += css_links(values.get("style", ""), line)
