"""The front page says what is happening now, with a small map, and links what exists."""

import gzip
import re

from bot.model.entity import Entity, EntityKind
from bot.model.incident_report import Listing
from bot.places import load_register
from bot.site.places.world_map import country_paths, world_map
from tests.builders import utc
from tests.unit.test_pages import STEPS, publish, read, report_of, writer

AT = utc("2022-01-05 12:00")


def row(entity: str, severity: str = "major", **more) -> dict:
    """Return what the map reads of an incident."""
    fields = {"id": "X-1", "title": f"{entity}: outage", "drill": False}
    return {**fields, "entity": entity, "severity": severity, **more}


def marks(*rows: dict) -> list[tuple[str, str]]:
    """Return the paths and severities of the marked countries."""
    marked = world_map(rows, load_register()).marked
    return [(country.path, str(country.severity)) for country in marked]


def test_map_colours_a_country_by_its_worst_open_incident():
    kazakhstan = country_paths()["KZ"]
    rows = [row("region:KZ/Almaty", "minor"), row("asn:9198", "near-total")]
    assert marks(*rows, row("country:KZ")) == [(kazakhstan, "near-total")]


def test_map_leaves_out_drills_and_networks_of_unknown_country():
    assert marks(row("country:KZ", drill=True), row("asn:64500")) == []


def test_map_has_every_country_once():
    drawn = world_map([row("country:KZ")], load_register())
    assert drawn.others.count("z") + drawn.marked[0].path.count("z") == "".join(
        country_paths().values()
    ).count("z")
    known = load_register().countries
    assert len(known - country_paths().keys()) < 20


def test_front_page_is_small_over_the_wire(tmp_path):
    """The first view has at most 60 kB without pictures, and the map at most 25 kB."""
    publish(tmp_path, report_of(tmp_path, *STEPS[:2]))
    names = ("index.html", "style.css", "outagewire.js", "favicon.svg")
    files = [tmp_path / name for name in names]
    sizes = [len(gzip.compress(path.read_bytes())) for path in files]
    assert sum(sizes) < 30_000
    html = files[0].read_text("utf-8")
    (drawing,) = re.findall(r'<svg class="world".*?</svg>', html, re.DOTALL)
    assert len(gzip.compress(drawing.encode())) < 25_000


def test_front_page_lists_and_marks_what_is_happening_now(tmp_path):
    publish(tmp_path, report_of(tmp_path, *STEPS[:2]))
    page = read(tmp_path / "index.html")
    assert "Last updated" in page.text
    assert "Countries with an open incident: Kazakhstan: nation-scale" in page.text
    assert {"href": "feeds/all.atom"} in page.all("a")
    assert [p["class"] for p in page.all("path")] == ["land", "marked near-total"]
    publish(tmp_path, report_of(tmp_path, *STEPS))
    page = read(tmp_path / "index.html")
    assert "No open incident is published." in page.text
    assert [p["class"] for p in page.all("path")] == ["land"]


def test_names_on_the_map_are_never_markup(tmp_path):
    network = Entity(EntityKind.COUNTRY, "KZ")
    renderer = writer(tmp_path)
    title = '<script>"&'
    drawn = world_map([row(str(network), title=title)], load_register())
    html = renderer.open_site().templates.render_part("_world_map", "", map=drawn)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_navigation_links_only_to_pages_that_exist(tmp_path):
    renderer = writer(tmp_path)
    renderer.publish_page(report_of(tmp_path, STEPS[0]))
    renderer.list_incidents(Listing(()))
    renderer.publish_sources((), AT)
    renderer.publish_sources((), AT)
    links = read(tmp_path / "index.html").all("a")
    assert {"href": "places/index.html"} in links
    assert not [a for a in links if "about/" in (a["href"] or "")]
    (tmp_path / "about").mkdir()
    (tmp_path / "about/index.html").write_text("here")
    renderer.publish_sources((), AT)
    assert {"href": "about/index.html"} in read(tmp_path / "index.html").all("a")
    icons = [i for i in read(tmp_path / "index.html").all("link") if i["rel"] == "icon"]
    assert [(tmp_path / (i["href"] or "")).is_file() for i in icons] == [True]
