"""The sitemap lists what the site has, month by month, and nothing that was removed."""

import urllib.robotparser
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.model.incident import EventKind, State
from bot.model.incident_report import IncidentReport, Listing
from bot.site.sitemap import sitemap_files
from tests.builders import NOW, event, facts, incident_of, utc
from tests.unit.test_pages import writer

SITE = "https://outagewire.example/"
XMLNS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FIRST = event()
RETRACTED = event(
    EventKind.RETRACTED,
    2,
    state=State.RETRACTED,
    as_of=NOW + timedelta(days=40),
    statement="Wrong.",
)


def publish(site: Path, *events) -> None:
    """Write the page of the incident with these events."""
    report = IncidentReport(incident_of(*events), events, {}, {}, (), ())
    writer(site).publish_page(report)


def listed(path: Path) -> dict[str, str | None]:
    """Return the addresses in a sitemap or an index, with their times."""
    root = ET.fromstring(path.read_bytes())  # noqa: S314 - our own file
    return {
        str(entry.findtext(f"{XMLNS}loc")): entry.findtext(f"{XMLNS}lastmod")
        for entry in root
    }


def test_an_incident_is_in_the_file_of_its_month(tmp_path):
    publish(tmp_path, FIRST, RETRACTED)
    index = listed(tmp_path / "sitemap.xml")
    assert index == {f"{SITE}sitemap/2022-01.xml": "2022-02-14T11:00:00Z"}
    pages = listed(tmp_path / "sitemap/2022-01.xml")
    # The page of a retracted incident stays (P11).
    assert pages == {f"{SITE}i/KZ-2022-0104/": "2022-02-14T11:00:00Z"}


def test_other_pages_are_listed_as_they_are(tmp_path):
    for name in ("archive/2022-01.html", "archive/index.html", "a & <b/index.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    publish(tmp_path, FIRST)
    for _ in range(2):
        writer(tmp_path).publish_sources((), NOW)
        assert set(listed(tmp_path / "sitemap/pages.xml")) >= {
            SITE,
            f"{SITE}archive/",
            f"{SITE}archive/2022-01.html",
            f"{SITE}a%20%26%20%3Cb/",
        }


def test_a_removed_incident_is_in_no_file(tmp_path):  # P12
    later = event(incident="KZ-2", facts=facts(as_of=utc("2022-03-01 00:00")))
    publish(tmp_path, FIRST)
    publish(tmp_path, later)
    writer(tmp_path).remove_page("KZ-2", Listing(()))
    # The name of a month alone would say that something happened in it.
    assert [p.name for p in (tmp_path / "sitemap").glob("2022*")] == ["2022-01.xml"]
    (tmp_path / "i/KZ-2022-0104/incident.json").write_text("{")
    writer(tmp_path).remove_page("KZ-2022-0104", Listing(()))
    assert list((tmp_path / "sitemap").glob("2022*")) == []
    assert not any("2022" in address for address in listed(tmp_path / "sitemap.xml"))


def test_a_page_moves_with_its_first_event(tmp_path):
    publish(tmp_path, FIRST, RETRACTED)
    publish(tmp_path, RETRACTED)
    assert [p.name for p in (tmp_path / "sitemap").glob("2022*")] == ["2022-02.xml"]


def test_a_full_file_gets_a_second_one(tmp_path, monkeypatch):
    monkeypatch.setattr(sitemap_files, "_MAX_URLS", 2)
    for name in "ABCDE":
        publish(tmp_path, event(incident=name))
    publish(tmp_path, event(incident="A"), event(EventKind.UPDATED, 2, incident="A"))
    pages = {
        path.stem: [address.removeprefix(SITE) for address in listed(path)]
        for path in (tmp_path / "sitemap").glob("2022*")
    }
    assert pages == {
        "2022-01": ["i/A/", "i/B/"],
        "2022-01-2": ["i/C/", "i/D/"],
        "2022-01-3": ["i/E/"],
    }
    for name in "BCD":
        writer(tmp_path).remove_page(name, Listing(()))
    assert not (tmp_path / "sitemap/2022-01-2.xml").exists()
    assert list(listed(tmp_path / "sitemap/2022-01-3.xml")) == [f"{SITE}i/E/"]
    publish(tmp_path, event(incident="E"))
    every = [a for p in (tmp_path / "sitemap").glob("2022*") for a in listed(p)]
    assert every.count(f"{SITE}i/E/") == 1


def test_a_reader_finds_the_sitemap_through_robots(tmp_path):
    writer(tmp_path).publish_sources((), NOW)
    parser = urllib.robotparser.RobotFileParser()
    parser.parse((tmp_path / "robots.txt").read_text().splitlines())
    assert parser.site_maps() == [f"{SITE}sitemap.xml"]
    assert parser.can_fetch("anyone", f"{SITE}i/KZ-2022-0104/")


@pytest.mark.parametrize("damage", [b"<urlset>", b"\xff\xfe", b""])
def test_damaged_files_are_written_again(tmp_path, damage):
    publish(tmp_path, FIRST)
    for name in ("sitemap.xml", "sitemap/2022-01.xml"):
        (tmp_path / name).write_bytes(damage)
    publish(tmp_path, FIRST)
    assert list(listed(tmp_path / "sitemap/2022-01.xml")) == [f"{SITE}i/KZ-2022-0104/"]
    assert len(listed(tmp_path / "sitemap.xml")) == 1


def test_a_change_reads_no_other_month(tmp_path):
    publish(tmp_path, FIRST)
    broken = tmp_path / "sitemap/2021-01.xml"
    broken.mkdir()
    publish(tmp_path, FIRST)
    assert listed(tmp_path / "sitemap/2022-01.xml")
