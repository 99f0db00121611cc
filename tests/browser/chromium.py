"""Debian's Chromium, started by Playwright, which can reach nothing but loopback."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.servers.fetching.browser import CHROMIUM
from tests.servers.missing import report_missing

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """Start Chromium and yield it; skip the test, or fail it in CI, if it is missing.

    While it runs, its thread cannot call `asyncio.run`.
    """
    if not CHROMIUM.is_file():
        report_missing("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=list(FLAGS)
        )
        yield browser
        browser.close()
