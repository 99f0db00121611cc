"""Feeds in each language of the site."""

import json
from pathlib import Path

import feedparser

from bot.model.incident_report import Listing
from tests.builders import event, facts
from tests.unit.test_translated_pages import renderer_for, report

PAGE = "https://outagewire.example/i/KZ-2022-0104/"


def site_in(root: Path, *languages: str) -> Path:
    renderer = renderer_for(root, *languages)
    renderer.publish_page(report(event(facts=facts())))
    renderer.publish_sources((), event().at)
    return root / "feeds"


def test_feed_of_a_language_has_its_words_and_pages(tmp_path):
    feeds = site_in(tmp_path, "ar", "fr")
    for name in ("all", "country/KZ"):
        atom = feedparser.parse((feeds / f"{name}.fr.atom").read_text("utf-8"))
        document = json.loads((feeds / f"{name}.fr.json").read_text("utf-8"))
        (entry,), (item,) = atom.entries, document["items"]
        assert entry.id == item["id"] == entry.link == f"{PAGE}index.fr.html"
        assert "Kazakhstan" in item["title"]
        assert "panne" not in item["title"]
        assert "Confirmation" in entry.title or "Confirmé" in entry.title
        assert document["language"] == atom.feed.language == "fr"
        assert "Coupures d" in document["title"]
        assert document["home_page_url"].endswith("/index.fr.html")
    original = json.loads((feeds / "all.json").read_text("utf-8"))
    assert original["items"][0]["id"] == PAGE
    assert original["language"] == "en"


def test_pages_lead_to_the_feeds_of_their_language(tmp_path):
    site_in(tmp_path, "fr")
    for path in ("index.fr.html", "i/KZ-2022-0104/index.fr.html"):
        html = (tmp_path / path).read_text("utf-8")
        assert 'feeds/all.fr.atom"' in html
        assert 'feeds/all.atom"' not in html
        assert 'feeds/corrections.atom" hreflang="en"' in html


def test_removed_incident_is_in_no_feed_of_any_language(tmp_path):  # P12
    feeds = site_in(tmp_path, "ar", "fr")
    renderer_for(tmp_path, "ar", "fr").remove_page("KZ-2022-0104", Listing(()))
    texts = {path.name: path.read_text("utf-8") for path in feeds.glob("*.*")}
    assert {"all.fr.atom", "all.ar.json"} <= set(texts)
    assert not any("KZ-2022" in text for text in texts.values())
    assert not list((feeds / "country").glob("KZ*"))


def test_feeds_go_with_a_language_that_is_no_longer_chosen(tmp_path):
    feeds = site_in(tmp_path, "ar", "fr")
    site_in(tmp_path, "fr")
    names = {path.name for path in feeds.rglob("*.*")}
    assert "KZ.fr.atom" in names
    assert not {name for name in names if ".ar." in name}
    site_in(tmp_path)
    assert not {path.name for path in feeds.rglob("*.fr.*")}
