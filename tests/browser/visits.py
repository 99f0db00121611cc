"""Visits of all pages of a site, and what went wrong on them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from tests.browser.page_checks import Look, Problem, problems_of

SCRIPTS, NO_SCRIPTS = "loading with JavaScript", "loading without JavaScript"
_MOST_OF_KIND = {"i": 5}
"""How many pages a sample has of the pages in a folder, if not two."""
_PICTURES = {"image", "media"}


@dataclass
class SiteVisit:
    """What visits of pages showed.

    Attributes:
        pages: the visited pages, as paths below the folder of the site.
        problems: everything that is wrong.
        files: the files that a page loads first, without pictures, by page.
        first_picture: the file of the first picture of a page, by page; None: it has
            none.
    """

    pages: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, set[str]] = field(default_factory=dict)
    first_picture: dict[str, str | None] = field(default_factory=dict)

    def wrong(self, check: str) -> str:
        """Return what a check says, one line for each problem; "" if all is well."""
        return "\n".join(str(p) for p in self.problems if p.check == check)


def html_pages(root: Path) -> list[str]:
    """Return all HTML pages below `root`, as paths with slashes, sorted."""
    return sorted(str(path.relative_to(root)) for path in root.rglob("*.html"))


def sampled_pages(root: Path) -> list[str]:
    """Return a few pages of each kind below `root`, and all at its top, sorted.

    The slow tests visit all pages of a site, so that the quick ones need not.
    """
    counts: Counter[tuple[str, int, bool]] = Counter()
    sample = []
    for name in html_pages(root):
        parts = name.split("/")
        kind = parts[0], len(parts), parts[-1] == "index.html"
        counts[kind] += 1
        if len(parts) == 1 or counts[kind] <= _MOST_OF_KIND.get(parts[0], 2):
            sample.append(name)
    return sample


def visit_pages(
    browser: Browser, address: str, pages: Sequence[str], looks: Sequence[Look]
) -> SiteVisit:
    """Load each page with JavaScript and without; check it in each of `looks`."""
    visit = SiteVisit(list(pages))
    for scripts in (True, False):
        context = browser.new_context(
            java_script_enabled=scripts, viewport={"width": 390, "height": 844}
        )
        # A page that works loads at once, from this machine.
        context.set_default_timeout(30_000)
        for name in pages:
            page = context.new_page()
            loading = _Loading(page, address)
            until: Literal["load", "networkidle"] = "networkidle" if scripts else "load"
            page.goto(f"{address}/{quote(name)}", wait_until=until)
            check = SCRIPTS if scripts else NO_SCRIPTS
            if scripts:
                visit.files[name] = loading.files
                visit.first_picture[name] = _first_picture(page)
                visit.problems += problems_of(page, name, looks)
            else:
                visit.problems += _empty_page(page, name)
            visit.problems += (Problem(check, name, what) for what in loading.wrong)
            page.close()
        context.close()
    return visit


def _empty_page(page: Page, name: str) -> Iterator[Problem]:
    """Yield a problem if the page has no text without JavaScript (P15)."""
    if not page.locator("main").inner_text().strip():
        yield Problem(NO_SCRIPTS, name, "the page has no text")


def _first_picture(page: Page) -> str | None:
    source: str | None = page.evaluate(
        "() => document.querySelector('main img')?.currentSrc"
    )
    return _path(source) if source else None


def _path(url: str) -> str:
    return unquote(urlsplit(url).path).lstrip("/")


class _Loading:
    """Collects what a page requests and reports while it is open."""

    def __init__(self, page: Page, address: str) -> None:
        self.wrong: list[str] = []
        self.files: set[str] = set()
        self._address = address
        page.on("request", self._request)
        page.on("requestfailed", self._failure)
        page.on("response", self._response)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))

    def _request(self, request: Request) -> None:
        if request.url.startswith(("data:", "blob:")):
            return
        if not request.url.startswith(f"{self._address}/"):
            self.wrong.append(f"requests {request.url}")
        elif request.resource_type not in _PICTURES:
            self.files.add(_path(request.url))

    def _failure(self, request: Request) -> None:
        self.wrong.append(f"cannot load {request.url}: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.wrong.append(f"{response.url} has status {response.status}")

    def _console(self, message: ConsoleMessage) -> None:
        url = message.location["url"]
        # A browser asks for this file by itself if a page names no icon.
        if url == f"{self._address}/favicon.ico":
            return
        if message.type in {"error", "warning"}:
            self.wrong.append(f"console: {message.text} ({url})")
