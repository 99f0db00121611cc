"""Every page of a small site, checked in a real browser and by others' validators."""

import hashlib
import json
import re

import fastfeedparser
import feedparser
import pytest

from tests.browser.kept_back import places_of
from tests.browser.links import dead_links
from tests.browser.nu_checker import nu_problems
from tests.browser.sizes import bytes_over_the_wire
from tests.browser.small_site import KZ, RETRACTION_REASON, SD
from tests.browser.visits import NO_SCRIPTS, SCRIPTS, html_pages

# Everything is made for the first test, which on a busy machine takes minutes.
pytestmark = [pytest.mark.xdist_group("chromium"), pytest.mark.timeout(900)]

HOME = "index.html"
MOST_FOR_HOME = 60_000
MOST_FOR_INCIDENT = 150_000


@pytest.mark.parametrize(
    "check", [SCRIPTS, NO_SCRIPTS, "axe", "width", "length", "direction", "keyboard"]
)
def test_browser_shows_no_problem_on_any_page(small_visit, check):  # P15
    assert small_visit.wrong(check) == ""
    assert {HOME, "404.html", f"i/{KZ}/index.html"} <= {*small_visit.pages}


def test_nu_checker_accepts_all_pages_and_styles(small_site):
    problems = nu_problems(small_site.root, small_site.address)
    assert "\n".join(map(str, problems)) == ""


def test_no_link_within_the_site_is_dead(small_site):
    problems = dead_links(small_site.root, small_site.address)
    assert "\n".join(map(str, problems)) == ""


def test_every_page_has_a_strict_security_policy(small_site):
    policy = re.compile(
        r'<meta http-equiv="Content-Security-Policy" content="default-src \'none\';'
    )
    for name in html_pages(small_site.root):
        text = (small_site.root / name).read_text("utf-8")
        assert len(policy.findall(text)) == 1, name
        assert "unsafe" not in text.partition("</head>")[0], name


def test_first_view_of_home_is_small_without_pictures(small_site, small_visit):
    size = bytes_over_the_wire(small_site.root, small_visit.files[HOME])
    print(f"home: {size} bytes")
    assert size <= MOST_FOR_HOME


def test_incident_page_with_its_first_chart_is_small(small_site, small_visit):
    incidents = [name for name in small_visit.pages if name.startswith("i/")]
    for name in incidents:
        picture = small_visit.first_picture[name]
        files = {*small_visit.files[name], *([picture] if picture else [])}
        size = bytes_over_the_wire(small_site.root, files)
        print(f"{name}: {size} bytes")
        assert size <= MOST_FOR_INCIDENT, name
    assert any(small_visit.first_picture[name] for name in incidents)


def test_nothing_of_a_draft_that_is_kept_back_is_in_the_output(small_site):  # P12
    assert places_of(small_site.root, small_site.secrets) == []
    files = [path for path in small_site.root.rglob("*") if path.is_file()]
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert not digests & small_site.secret_digests
    # The search finds what is published.
    assert places_of(small_site.root, [KZ])


def test_retraction_is_on_its_page_and_in_all_feeds(small_site):  # P11
    page = (small_site.root / f"i/{SD}/index.html").read_text("utf-8")
    assert "Retracted" in page
    assert RETRACTION_REASON in page
    for name in ("all", "country/SD", "corrections"):
        for suffix in ("json", "atom"):
            feed = (small_site.root / f"feeds/{name}.{suffix}").read_text("utf-8")
            assert "etracted" in feed, (name, suffix)
    corrections = json.loads((small_site.root / "feeds/corrections.json").read_text())
    assert RETRACTION_REASON in corrections["items"][0]["content_text"]


def test_two_readers_read_every_feed(small_site):
    feeds = sorted(small_site.root.glob("feeds/**/*.atom"))
    assert len(feeds) >= 5
    for path in feeds:
        content = path.read_text("utf-8")
        parsed = feedparser.parse(content)
        others = fastfeedparser.parse(content).entries
        assert parsed.bozo is False, path
        assert [entry.id for entry in parsed.entries] == [other.id for other in others]
        assert parsed.entries, path
