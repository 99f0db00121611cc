"""Checks the files of a site, each read once, and then the links between them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

# A document with a document type is refused below.
from xml.parsers import expat  # nosec B407

from bot.site.check.html_links import Link, css_links, read_page
from bot.site.static_files import UNFINISHED_NAMES

_XML = frozenset({".xml", ".atom", ".svg", ".rss"})
_JSON = frozenset({".json", ".geojson", ".jsonld"})
_INDEX = "index.html"
_OUTSIDE = frozenset({"mailto", "tel", "sms", "webcal"})
"""Schemes of links that open another program and load nothing."""
_SERVED = frozenset({"subscribe"})
"""Addresses within the site that the server answers without a file."""


@dataclass(frozen=True, slots=True)
class SiteMistake:
    """A mistake in a file of the site.

    Attributes:
        path: the file, relative to the site's folder.
        line: the number of the line; 0 if the whole file is meant.
        problem: what is wrong.
    """

    path: str
    line: int
    problem: str


@dataclass(frozen=True, slots=True)
class _FileContent:
    links: list[Link]
    ids: frozenset[str]
    mistakes: list[tuple[int, str]]


def check_site(root: Path, base_url: str) -> Iterator[SiteMistake]:
    """Yield the mistakes in the site's folder `root`, ordered by file.

    Args:
        root: the folder.
        base_url: the public address of the site; links to it are links within the site.

    Raises:
        OSError: a file cannot be read.
    """
    paths = sorted(path for path in root.rglob("*") if not path.is_dir())
    files = {path.relative_to(root).as_posix() for path in paths}
    ids: dict[str, frozenset[str]] = {}
    links: list[tuple[str, Link]] = []
    for path in paths:
        name = path.relative_to(root).as_posix()
        if name.endswith(UNFINISHED_NAMES) or path.is_symlink():
            yield SiteMistake(name, 0, "this file is unfinished or a link; remove it")
            continue
        content = _content_of(path)
        for line, problem in content.mistakes:
            yield SiteMistake(name, line, problem)
        ids[name] = content.ids
        links += [(name, link) for link in content.links]
    site = _Site(f"{base_url.rstrip('/')}/", files, ids)
    for name, link in links:
        broken = site.problem_of(name, link)
        if broken is not None:
            yield SiteMistake(name, link.line, broken)


@dataclass(frozen=True, slots=True)
class _Site:
    """The files of a site, and the ids of the elements of each page."""

    url: str
    files: set[str]
    ids: dict[str, frozenset[str]]

    def problem_of(self, name: str, link: Link) -> str | None:
        """Return what is wrong with a link in the file `name`; None if nothing is."""
        try:
            address = urlsplit(urljoin(self.url + name, link.address))
        except ValueError:
            return f"the link {link.address!r} is not an address"
        if address.scheme in _OUTSIDE or (address.scheme == "data" and link.loaded):
            return None
        own = urlsplit(self.url)
        if (address.scheme, address.netloc) != (own.scheme, own.netloc):
            return f"loads {link.address} from another host" if link.loaded else None
        if not address.path.startswith(own.path):
            return f"the link {link.address!r} leads out of the site"
        return self._problem_within(
            unquote(address.path.removeprefix(own.path)), link, address.fragment
        )

    def _problem_within(self, path: str, link: Link, fragment: str) -> str | None:
        target = f"{path}{_INDEX}" if path == "" or path.endswith("/") else path
        if target in _SERVED:
            return None
        if target not in self.files:
            return f"the link {link.address!r} leads to no file"
        ids = self.ids.get(target, frozenset())
        if fragment and target.endswith(".html") and unquote(fragment) not in ids:
            return f"the link {link.address!r} leads to no element of its page"
        return None


def _content_of(path: Path) -> _FileContent:
    """Read one file; a picture or another binary file has no content to check."""
    suffix = path.suffix.lower()
    if suffix not in {".html", ".css", *_XML, *_JSON}:
        return _FileContent([], frozenset(), [])
    data = path.read_bytes()
    if suffix in _XML:
        return _xml_content(data)
    try:
        return _text_content(suffix, data.decode("utf-8"))
    except UnicodeDecodeError:
        return _FileContent([], frozenset(), [(1, "this file is not UTF-8 text")])


def _text_content(suffix: str, text: str) -> _FileContent:
    if suffix in _JSON:
        return _FileContent([], frozenset(), _json_mistakes(text))
    if suffix == ".css":
        return _FileContent(css_links(text), frozenset(), [])
    page = read_page(text)
    return _FileContent(page.links, frozenset(page.ids), page.mistakes)


def _json_mistakes(text: str) -> list[tuple[int, str]]:
    def refuse(name: str) -> None:
        raise ValueError(f"{name} is not JSON")

    try:
        json.loads(text, parse_constant=refuse)
    except json.JSONDecodeError as error:
        return [(error.lineno, f"not well-formed JSON: {error.msg}")]
    except (ValueError, RecursionError) as error:
        return [(1, f"not well-formed JSON: {error}")]
    return []


def _xml_content(data: bytes) -> _FileContent:
    """Read an XML file; the addresses in `href`, and in the `loc` of sitemaps, count."""
    reader = _XmlReader()
    try:
        reader.parser.Parse(data, True)  # noqa: FBT003 - the parser takes no name
    except expat.ExpatError as error:
        problem = f"not well-formed XML: {expat.ErrorString(error.code)}"
        reader.mistakes.append((error.lineno, problem))
    except ValueError as error:
        reader.mistakes.append((1, f"not XML as the site has it: {error}"))
    return _FileContent(reader.links, frozenset(reader.ids), reader.mistakes)


class _XmlReader:
    """Collects what is in an XML file while `parser` parses it."""

    def __init__(self) -> None:
        self.links: list[Link] = []
        self.ids: set[str] = set()
        self.mistakes: list[tuple[int, str]] = []
        self._texts: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._texts.append
        self.parser.EntityDeclHandler = self._refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._texts.clear()
        if "id" in attributes:
            self.ids.add(attributes["id"])
        for key in ("href", "xlink:href"):
            if key in attributes:
                loaded = name in {"image", "use"}
                self._add(attributes[key], loaded=loaded)

    def _end(self, name: str) -> None:
        if name == "loc":
            self._add("".join(self._texts).strip(), loaded=False)

    def _add(self, address: str, *, loaded: bool) -> None:
        self.links.append(Link(address, self.parser.CurrentLineNumber, loaded))

    def _refuse(self, *_: object) -> None:
        # An entity can make a short file endless.
        raise ValueError("an entity is declared")
