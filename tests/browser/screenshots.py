"""Screenshots of the small site: `python -m tests.browser.screenshots FOLDER`.

Home, a country, an incident (also in Arabic), a retracted incident and the archive are
drawn at both widths and in both schemes, each as a whole page. With `--site DIR` they are
taken of a site that exists already, such as `demo-out/site`.
"""

import argparse
import re
import tempfile
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser

from tests.browser.chromium import open_chromium
from tests.browser.page_checks import ALL_LOOKS, Look
from tests.browser.site_server import serve
from tests.browser.small_site import SD, build_small_site
from tests.browser.visits import html_pages

_ARABIC = re.compile(r"\.ar\.html$")
_KINDS = {
    "home": re.compile(r"index\.html"),
    "country": re.compile(r"place/country/(IR|KZ)/index\.html"),
    "incident": re.compile(r"i/(IR|KZ)-[^/]+/index\.html"),
    "retracted": re.compile(rf"i/{SD}/index\.html"),
    "archive": re.compile(r"archive/index\.html"),
    "month": re.compile(r"archive/2022-01\.html"),
}
"""The pages of each kind, as they are named in the site's own language."""


def main(words: list[str] | None = None) -> None:
    """Take the screenshots, and print the name of each file."""
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--site", type=Path)
    given = parser.parse_args(words)
    given.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        root: Path = given.site or Path(scratch) / "site"
        root.mkdir(exist_ok=True)
        with serve(root) as address, open_chromium() as browser:
            if given.site is None:
                build_small_site(root, address)
            for name, page in pages_to_show(root).items():
                for look in ALL_LOOKS:
                    file = f"{name}-{look.width}-{look.scheme}.png"
                    _take(
                        browser, f"{address}/{quote(page)}", look, given.folder / file
                    )
                    print(f"{file}: {page}")


def pages_to_show(root: Path) -> dict[str, str]:
    """Return the pages below `root` of which screenshots are taken, by a name of each.

    Kinds of pages that the site does not have are left out.
    """
    shown: dict[str, str] = {}
    for page in html_pages(root):
        original, arabic = _ARABIC.subn(".html", page)
        for name, pattern in _KINDS.items():
            if pattern.fullmatch(original):
                shown.setdefault(f"{name}-ar" if arabic else name, page)
    return shown


def _take(browser: Browser, url: str, look: Look, file: Path) -> None:
    page = browser.new_page(viewport={"width": look.width, "height": 844})
    look.apply(page)
    page.goto(url, wait_until="networkidle")
    # Pictures further down are loaded when they are scrolled to.
    page.evaluate(
        "() => document.querySelectorAll('img').forEach((i) => i.loading = 'eager')"
    )
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file, full_page=True)
    page.close()


if __name__ == "__main__":
    main()
