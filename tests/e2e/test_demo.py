"""`outagewire demo` replays the blackout in Kazakhstan: its posts, pages and server."""

import json
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from tests.servers.local import free_port

SERVED_WITHIN_S = 270.0
HEADING_ORDER = (
    "In numbers",
    "What was said, newest first",
    "The newest chart",
    "Timeline, newest first",
    "What is happening in Kazakhstan?",
    "What this class of disruption means",
    "What we cannot see",
    "Other explanations checked",
    "History",
    "Further reading, and previously",
    "Methodology",
    "Independence",
    "Corrections and contact",
    "Sources, licences, and how to cite",
    "Version history",
)


@dataclass(frozen=True)
class DemoRun:
    """What `outagewire demo` wrote and printed, a page that it served, and its exit status."""

    out: Path
    printed: str
    page: str
    status: int


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> DemoRun:
    """Run the demo once for all tests, read a page from it, and end it with Ctrl-C.

    test_wheel.py shows that the demo ends by itself with `--once`.
    """
    home, port = tmp_path_factory.mktemp("demo"), free_port()
    words = ["demo", "--out", str(home / "out"), "--port", str(port)]
    with (home / "printed").open("wb") as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", *words], stdout=printed
        )
    try:
        page = wait_until_served(
            f"http://127.0.0.1:{port}/i/KZ-2022-0104/index.html", process
        )
        process.send_signal(signal.SIGINT)
        status = process.wait(timeout=20)
    finally:
        process.kill()
    return DemoRun(home / "out", (home / "printed").read_text("utf-8"), page, status)


@pytest.fixture(scope="module")
def output(demo):
    return demo.out, demo.printed


@pytest.fixture(scope="module")
def posts(output):
    out, _ = output
    return [json.loads(line) for line in (out / "posts.jsonl").read_text().splitlines()]


def text_between(posts, since: str, until: str) -> str:
    """Return the texts of the posts from `since` on and before `until`, both in UTC."""
    low, high = (datetime.fromisoformat(t).replace(tzinfo=UTC) for t in (since, until))
    return "\n".join(
        p["text"] for p in posts if low <= datetime.fromisoformat(p["at"]) < high
    )


def test_posts_form_one_thread_of_one_incident(posts):
    """P2: all posts belong to one incident, and each replies to the one before."""
    assert {post["incident"] for post in posts} == {"KZ-2022-0104"}
    assert [p["in_reply_to"] for p in posts[1:]] == [
        f"{p['event']}/file" for p in posts[:-1]
    ]


def test_posts_of_4_january_name_the_mobile_operators(posts):
    text = text_between(posts, "2022-01-04", "2022-01-05")
    assert "mobile internet" in text
    assert all(brand in text for brand in ("Kcell", "Beeline", "Tele2"))


def test_posts_of_5_january_escalate_to_nation_scale(posts):
    text = text_between(posts, "2022-01-05T10:00", "2022-01-05T14:00")
    assert "nation-scale internet blackout" in text
    assert "2% of normal levels" in text


def test_brief_return_and_its_end_are_posted(posts):
    assert "partly back" in text_between(posts, "2022-01-05T18:00", "2022-01-05T22:00")
    assert "blackout" in text_between(posts, "2022-01-05T22:00", "2022-01-06T04:00")


def test_restoration_gives_its_duration_as_a_range(posts):
    """P9: the duration is given no more exactly than it is known."""
    last = posts[-1]["text"]
    assert "Restored" in last
    assert (
        "There were 2 cuts, between 6 days 13 hours and 6 days 15 hours in all" in last
    )


def test_each_post_fits_and_has_its_place_and_both_times(posts):
    for post in posts:
        assert post["length"] <= 280
        assert "#Kazakhstan" in post["text"]
        assert " UTC " in post["text"]
        assert "in Almaty" in post["text"]
    # Almaty was six hours ahead of UTC in 2022; today it is five hours ahead.
    assert "10:50 UTC on 5 January (16:50 in Almaty)" in text_between(
        posts, "2022-01-05T11:00", "2022-01-05T12:00"
    )


def test_all_output_is_marked_as_a_reconstruction(output, posts):
    out, printed = output
    assert "Reconstruction" in printed
    for post in posts:
        assert "econstruction" in post["text"]
        assert all("econstruction" in media["alt"] for media in post["media"])
    pages = {*out.glob("site/**/*.html")} - {out / "site/404.html"}
    feeds = {*out.glob("site/feeds/**/*.*")} - {*out.glob("site/feeds/corrections.*")}
    assert len(feeds) >= 4
    for page in pages | feeds:
        assert "econstruction" in page.read_text()
    for table in out.glob("site/**/*.csv"):
        assert "econstruction" in table.read_text()


class HeadingParser(HTMLParser):
    """A parser that collects the second-level headings of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: list[str] = []
        self._inside = False

    def handle_starttag(self, tag, attrs):
        self._inside = tag == "h2"
        if self._inside:
            self.headings.append("")

    def handle_endtag(self, tag):
        self._inside = self._inside and tag != "h2"

    def handle_data(self, data):
        if self._inside:
            self.headings[-1] += data.strip()


def test_page_has_the_headings_in_order(output):
    out, _ = output
    parser = HeadingParser()
    parser.feed((out / "site" / "i" / "KZ-2022-0104" / "index.html").read_text())
    assert [h for h in parser.headings if h in HEADING_ORDER] == list(HEADING_ORDER)


def test_site_is_served_until_ctrl_c(demo):
    assert "Kazakhstan" in demo.page
    assert demo.status == 0


def wait_until_served(address: str, process: subprocess.Popen[bytes]) -> str:
    """Return the page as soon as the process serves it; fail if that takes too long."""
    deadline = time.monotonic() + SERVED_WITHIN_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return httpx.get(address, timeout=5).raise_for_status().text
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError("the demo ended, or did not serve its page in time")


def test_second_demo_does_not_overwrite_the_first(output):
    out, _ = output
    command = [sys.executable, "-m", "bot", "demo", "--once", "--out", str(out)]
    result = subprocess.run(
        command, capture_output=True, text=True, timeout=200, check=False
    )
    assert result.returncode == 1
    assert "--out" in result.stderr
    assert "Traceback" not in result.stderr
