"""The small site, its server and Chromium, each of them once for all tests here."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import open_chromium
from tests.browser.page_checks import ALL_LOOKS
from tests.browser.site_server import serve
from tests.browser.small_site import SmallSite, build_small_site
from tests.browser.visits import SiteVisit, sampled_pages, visit_pages


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSite]:
    """A small site that the product wrote, on a server at the address of its pages."""
    root = tmp_path_factory.mktemp("small") / "site"
    root.mkdir()
    with serve(root) as address:
        yield build_small_site(root, address)


# Not of the whole session: a worker runs other tests afterwards, and nothing in the thread
# in which Playwright runs can call `asyncio.run`.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A real browser."""
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="package")
def small_visit(chromium: Browser, small_site: SmallSite) -> SiteVisit:
    """What the browser shows of the small site, with a few pages of each kind."""
    pages = sampled_pages(small_site.root)
    return visit_pages(chromium, small_site.address, pages, ALL_LOOKS[:2])
