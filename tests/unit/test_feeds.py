"""The feeds carry what the site shows, and other people's readers read them."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import fastfeedparser
import feedparser
import pytest

from bot.model.entity import Entity, EntityKind
from bot.model.event import IncidentEvent
from bot.model.incident import EventKind, State
from bot.model.incident_report import IncidentReport, Listing
from bot.site.feeds import feed_files
from tests.builders import NOW, changed, event, facts, incident_of, network
from tests.unit.test_pages import writer

SITE = "https://outagewire.example"
PAGE = f"{SITE}/i/KZ-2022-0104/"
IRAN = Entity(EntityKind.COUNTRY, "IR")
HOUR = timedelta(hours=1)


def publish(site: Path, *events: IncidentEvent, unpublished: bool = False) -> None:
    """Write the page of the incident with these events, without drafts and charts."""
    report = IncidentReport(incident_of(*events), events, {}, {}, (), ())
    replace(writer(site), unpublished=unpublished).publish_page(report)


def items(site: Path, name: str) -> list[dict[str, Any]]:
    """Return the items of a JSON feed."""
    feed = json.loads((site / f"feeds/{name}.json").read_text("utf-8"))
    return feed["items"]


def ids(site: Path, name: str) -> list[str]:
    return [item["id"] for item in items(site, name)]


CONFIRMED = event(networks=(network("29355", 0.2),))
RETRACTED = event(
    EventKind.RETRACTED,
    2,
    state=State.RETRACTED,
    as_of=NOW + HOUR,
    statement="The source reported an outage of its own.",
)


@pytest.mark.parametrize("name", ["all", "country/KZ", "network/AS29355"])
def test_two_readers_read_the_atom_feed(tmp_path, name):  # P13
    publish(tmp_path, CONFIRMED)
    content = (tmp_path / f"feeds/{name}.atom").read_text("utf-8")
    parsed = feedparser.parse(content)
    assert parsed.bozo is False
    assert parsed.version == "atom10"
    assert parsed.feed.links[0].href == f"{SITE}/feeds/{name}.atom"
    (entry,) = parsed.entries
    (other,) = fastfeedparser.parse(content).entries
    assert entry.id == other.id == entry.link == other.link == PAGE
    assert entry.title == other.title
    assert "Kazakhstan" in entry.title
    assert entry.title.endswith("(Confirmed)")
    assert entry.updated == "2022-01-05T11:00:00Z"
    assert "IODA" in entry.rights
    assert "IODA" in entry.content[0].value
    assert {tag.term for tag in entry.tags} >= {"country:KZ", "confirmed"}


def test_a_reader_reads_the_json_feed(tmp_path):
    publish(tmp_path, CONFIRMED)
    content = (tmp_path / "feeds/all.json").read_text("utf-8")
    (entry,) = fastfeedparser.parse(content).entries
    assert (entry.id, entry.link) == (PAGE, PAGE)
    assert json.loads(content)["version"] == "https://jsonfeed.org/version/1.1"


def test_an_item_keeps_its_id_and_is_updated_with_each_event(tmp_path):
    publish(tmp_path, CONFIRMED)
    later = event(EventKind.UPDATED, 2, as_of=NOW + HOUR)
    publish(tmp_path, CONFIRMED, later)
    (item,) = items(tmp_path, "all")
    assert item["id"] == PAGE
    assert item["date_published"] == "2022-01-05T11:00:00Z"
    assert item["date_modified"] == "2022-01-05T12:00:00Z"


def test_a_retraction_is_in_all_feeds_and_in_that_of_corrections(tmp_path):  # P11
    publish(tmp_path, CONFIRMED)
    assert items(tmp_path, "corrections") == []
    publish(tmp_path, CONFIRMED, RETRACTED)
    (item,) = items(tmp_path, "all")
    assert item["title"].endswith("(Retracted)")
    (correction,) = items(tmp_path, "corrections")
    assert correction["id"] == f"{PAGE}#event-2"
    assert correction["title"].startswith("Retracted: ")
    assert "The source reported an outage of its own." in correction["content_text"]
    page = (tmp_path / "i/KZ-2022-0104/index.html").read_text("utf-8")
    assert 'id="event-2"' in page
    parsed = feedparser.parse(str(tmp_path / "feeds/corrections.atom"))
    assert [entry.id for entry in parsed.entries] == [f"{PAGE}#event-2"]


def test_a_feed_has_the_incidents_of_its_place_the_newest_first(tmp_path):
    publish(tmp_path, CONFIRMED)
    iran = event(incident="IR-2022-0104", place=IRAN, as_of=NOW + HOUR)
    publish(tmp_path, iran)
    assert ids(tmp_path, "all") == [f"{SITE}/i/IR-2022-0104/", PAGE]
    assert ids(tmp_path, "country/IR") == [f"{SITE}/i/IR-2022-0104/"]
    assert ids(tmp_path, "country/KZ") == [PAGE]
    title = json.loads((tmp_path / "feeds/country/IR.json").read_text("utf-8"))["title"]
    assert title == "Outagewire: internet outages, Iran"


def test_a_removed_incident_is_in_no_feed(tmp_path):  # P12
    publish(tmp_path, CONFIRMED, RETRACTED)
    writer(tmp_path).remove_page("KZ-2022-0104", Listing(()))
    names = [path.name for path in (tmp_path / "feeds").rglob("*.*")]
    # The name of a feed alone would say that something happened there.
    assert sorted(names) == [
        "all.atom",
        "all.json",
        "corrections.atom",
        "corrections.json",
    ]
    for path in (tmp_path / "feeds").rglob("*.*"):
        assert "KZ-2022-0104" not in path.read_text("utf-8")
    parsed = feedparser.parse(str(tmp_path / "feeds/all.atom"))
    assert (parsed.bozo, parsed.entries) == (False, [])


def test_a_feed_keeps_the_items_that_changed_last(tmp_path, monkeypatch):
    monkeypatch.setattr(feed_files, "_MAX_ITEMS", 3)
    for n in range(6):
        step = event(incident=f"KZ-{n:04}", as_of=NOW + n * HOUR)
        publish(tmp_path, step)
    kept = ids(tmp_path, "all")
    assert kept == [f"{SITE}/i/KZ-{n:04}/" for n in (5, 4, 3)]


def test_texts_are_never_markup_or_forbidden_characters(tmp_path):
    statement = "<b>It's</b> & ]]> \x0c \ufffe done."
    hostile = replace(RETRACTED, facts=changed(RETRACTED.facts, statement=statement))
    publish(tmp_path, CONFIRMED, hostile)
    content = (tmp_path / "feeds/corrections.atom").read_text("utf-8")
    parsed = feedparser.parse(content)
    assert parsed.bozo is False
    assert "<b>" not in content
    (item,) = items(tmp_path, "corrections")
    assert "<b>It's</b> & ]]>" in item["content_text"]
    assert not re.search("[\x0c\ufffe]", item["content_text"])


DAMAGED = (
    "{",
    "[]",
    '{"items": [{}]}',
    '{"items": 7}',
    '{"items": [{"_outagewire": {"incident": "X"}}]}',
    "[" * 100_000,
)


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_feed_is_written_again(tmp_path, content):
    publish(tmp_path, CONFIRMED)
    (tmp_path / "feeds/all.json").write_text(content, "utf-8")
    publish(tmp_path, CONFIRMED)
    assert ids(tmp_path, "all") == [PAGE]


@pytest.mark.parametrize("feeds", [7, None, {"a": 1}, ["../../x", 3, "country/KZ"]])
def test_damaged_names_of_feeds_stop_no_page(tmp_path, feeds):
    publish(tmp_path, CONFIRMED)
    path = tmp_path / "i/KZ-2022-0104/incident.json"
    document = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**document, "feeds": feeds}), "utf-8")
    publish(tmp_path, CONFIRMED)
    assert ids(tmp_path, "country/KZ") == [PAGE]
    assert json.loads(path.read_text("utf-8"))["feeds"] == document["feeds"]


def test_every_feed_that_carried_an_incident_gets_its_end(tmp_path):  # P11
    """The last event of a story names no network, and earlier events name others."""
    first = event(networks=(network("29355", 0.2), network("48503", 0.3)))
    second = event(
        EventKind.UPDATED, 2, as_of=NOW + HOUR, networks=(network("29355", 0.2),)
    )
    publish(tmp_path, first)
    publish(tmp_path, first, second)
    last = replace(RETRACTED, seq=3)
    publish(tmp_path, first, second, last)
    for name in ("all", "country/KZ", "network/AS29355", "network/AS48503"):
        (item,) = items(tmp_path, name)
        assert item["title"].endswith("(Retracted)")


def test_an_event_that_is_not_shown_any_more_is_in_no_feed(tmp_path):  # P12
    first = event(networks=(network("29355", 0.2),))
    second = event(
        EventKind.ESCALATED, 2, as_of=NOW + HOUR, networks=(network("48503", 0.2),)
    )
    publish(tmp_path, first, second)
    publish(tmp_path, first)
    assert not (tmp_path / "feeds/network/AS48503.atom").exists()
    assert not (tmp_path / "feeds/network/AS48503.json").exists()
    assert ids(tmp_path, "network/AS29355") == [PAGE]


def test_an_unchanged_item_writes_no_feed(tmp_path):
    publish(tmp_path, CONFIRMED)
    path = tmp_path / "feeds/all.atom"
    before = path.stat().st_mtime_ns
    publish(tmp_path, CONFIRMED)
    assert path.stat().st_mtime_ns == before


def test_pages_for_the_operator_have_no_feeds(tmp_path):  # P12
    publish(tmp_path, CONFIRMED, unpublished=True)
    assert not (tmp_path / "feeds").exists()
    page = (tmp_path / "i/KZ-2022-0104/index.html").read_text("utf-8")
    assert "feeds/" not in page


def test_pages_link_to_feeds_that_exist(tmp_path):
    publish(tmp_path, CONFIRMED)
    writer(tmp_path).publish_sources((), NOW)
    for page in (tmp_path / "index.html", tmp_path / "i/KZ-2022-0104/index.html"):
        links = re.findall(r'href="([^"]*feeds/[^"]*)"', page.read_text("utf-8"))
        assert len(links) >= 7
        assert all((page.parent / link).resolve().is_file() for link in links)


def test_a_drill_says_so_in_every_item(tmp_path):  # P16
    publish(tmp_path, event(facts=replace(facts(), drill=True)))
    (item,) = items(tmp_path, "all")
    assert item["content_text"].startswith("[Drill] ")
    assert item["title"].startswith("[Drill] ")


def test_feeds_announce_their_hubs(tmp_path):
    report = IncidentReport(incident_of(CONFIRMED), (CONFIRMED,), {}, {}, (), ())
    hub = "https://hub.example/"
    replace(writer(tmp_path), hubs=(hub,)).publish_page(report)
    parsed = feedparser.parse(str(tmp_path / "feeds/all.atom"))
    assert [link.href for link in parsed.feed.links if link.rel == "hub"] == [hub]
    feed = json.loads((tmp_path / "feeds/all.json").read_text("utf-8"))
    assert feed["hubs"] == [{"type": "WebSub", "url": hub}]
