"""All pages of the site link to the configured score page."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap import renderer
from bot.config.loading import check_values
from bot.config.sections import Config
from bot.evaluation.scorecard_page import write as write_score
from bot.places import load_register
from tests.builders import event, utc
from tests.unit.test_pages import ParsedPage, report_of, writer
from tests.unit.test_pages import read as page_at

WORDS = "How often we were right"
AT = utc("2026-01-08 12:00")


def pages(tmp_path: Path, scorecard: str) -> tuple[ParsedPage, ParsedPage]:
    """Write a site that links to `scorecard`; return its front page and an incident page."""
    site = tmp_path / "site"
    renderer = replace(writer(site), scorecard=scorecard)
    renderer.publish_sources((), AT)
    page = report_of(site, event())
    renderer.publish_page(replace(page, evidence={}))
    return (
        page_at(site / "index.html"),
        page_at(site / "i" / page.incident.id / "index.html"),
    )


def write_scorecard(tmp_path: Path) -> Path:
    """Write a scorecard as `make scorecard` does, and two files that must not be copied."""
    out = tmp_path / "out" / "scorecard"
    write_score(None, load_register(), out)
    (out / "score.json").write_text("{}", "utf-8")
    (out / "sentences.json").write_text("{}", "utf-8")
    (out / "private.key").write_text("not for the site", "utf-8")
    (out / "scorecard" / "chart.png").write_bytes(b"\x89PNG")
    (out / "scorecard" / "notes.txt").write_text("not for the site", "utf-8")
    return out


def test_without_a_score_page_nothing_is_linked(tmp_path):
    assert not any(WORDS in page.text for page in pages(tmp_path, ""))


def test_an_address_is_linked_from_every_page(tmp_path):
    """P1: each page links to the score, which counts false alarms and misses."""
    for page in pages(tmp_path, "https://score.example/?a=1&b=2"):
        assert WORDS in page.text
        assert {"href": "https://score.example/?a=1&b=2"} in page.all("a")


def test_a_folder_is_copied_and_linked_from_every_page(tmp_path):
    front, incident = pages(tmp_path, str(write_scorecard(tmp_path)))
    assert {"href": "score/index.html"} in front.all("a")
    assert {"href": "../../score/index.html"} in incident.all("a")
    copied = {p.name for p in (tmp_path / "site" / "score").iterdir()}
    assert copied == {"index.html", "chart.png"}
    assert (tmp_path / "site" / "score.json").is_file()
    assert (tmp_path / "site" / "sentences.json").is_file()
    assert not (tmp_path / "site" / "private.key").exists()


def test_every_link_of_the_copied_page_leads_somewhere(tmp_path):
    pages(tmp_path, str(write_scorecard(tmp_path)))
    folder = tmp_path / "site" / "score"
    page = page_at(folder / "index.html")
    links = [a["href"] or "" for a in (*page.all("a"), *page.all("link"))]
    local = [link for link in links if link and not link.startswith(("#", "http"))]
    assert "../index.html" in local
    assert [link for link in local if not (folder / link).is_file()] == []


def test_the_folder_of_the_page_is_accepted_too(tmp_path):
    front, _ = pages(tmp_path, str(write_scorecard(tmp_path) / "scorecard"))
    assert {"href": "score/index.html"} in front.all("a")
    assert (tmp_path / "site" / "score.json").is_file()


def test_a_new_score_replaces_the_copy_of_the_old(tmp_path):
    source = write_scorecard(tmp_path)
    pages(tmp_path, str(source))
    copy = tmp_path / "site" / "score" / "index.html"
    (source / "scorecard" / "index.html").write_text("<p>new</p>", "utf-8")
    pages(tmp_path, str(source))
    assert copy.read_text("utf-8") == "<p>new</p>"
    (source / "scorecard" / "index.html").unlink()
    front, _ = pages(tmp_path, str(source))
    assert copy.is_file()
    assert WORDS in front.text


def test_the_score_page_itself_has_no_link_to_itself(tmp_path):
    page = page_at(write_scorecard(tmp_path) / "scorecard" / "index.html")
    assert WORDS not in page.text


@pytest.mark.parametrize("address", [None, "https://score.example/"])
def test_the_configured_score_page_is_linked(tmp_path, address):
    site = {"out": str(tmp_path)} | ({"scorecard": address} if address else {})
    config: Config = check_values({"site": site}, "test")
    renderer(config).publish_sources((), AT)
    assert (WORDS in page_at(tmp_path / "index.html").text) is bool(address)
