"""The front page and the archive can be written, however many incidents there were."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.kinds.timeline import draw_timeline
from bot.detection.artefacts import ExpectedEvent
from bot.model.incident_report import Listing, Month
from bot.site.alerts.settings import AlertSettings
from bot.site.archive import months
from bot.site.charts import timeline
from bot.site.check.site_check import check_site
from bot.sources.registry import all_brands
from bot.text.translations import (
    environment,
    languages,
    load_translations,
    templates_root,
)
from tests.builders import KZ, between, event, restored, utc
from tests.unit.test_pages import read, report_of, writer

TEMPLATES = environment(templates_root(), all_brands())
AT = utc("2026-02-01 00:00")
OWN_SCRIPT = re.compile(
    r'<script src="(https://outagewire.example/|[./]*)outagewire.js" defer></script>'
)


@pytest.fixture(scope="module")
def incident_json(tmp_path_factory) -> dict:
    """Return the content of the incident.json of a restored incident."""
    site = tmp_path_factory.mktemp("site")
    writer(site).publish_page(report_of(site, event(facts=restored())))
    return json.loads((site / "i/KZ-2022-0104/incident.json").read_text("utf-8"))


def write_incidents(site: Path, incident_json: dict, count: int) -> tuple[str, ...]:
    """Write folders of `count` restored incidents an hour apart; return their ids."""
    names = []
    for number in range(count):
        began = utc("2022-01-01 00:00") + timedelta(hours=number)
        onset = {"from": _iso(began), "to": _iso(began + timedelta(hours=1))}
        later = began + timedelta(hours=2)
        restored_window = {"from": _iso(later), "to": _iso(later)}
        name = f"KZ-{number:05}"
        content = {
            **incident_json,
            "id": name,
            "onset": onset,
            "restored": restored_window,
        }
        folder = site / "i" / name
        folder.mkdir(parents=True)
        (folder / "incident.json").write_text(json.dumps(content), "utf-8")
        names.append(name)
    return tuple(names)


def _iso(at) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def write_front_page(site: Path, listing: Listing):
    renderer = writer(site)
    renderer.list_incidents(listing)
    renderer.publish_sources((), AT)
    return read(site / "index.html")


@pytest.mark.parametrize("count", [2, 39, 41, 90])
def test_front_page_is_written_for_any_number_of_incidents(
    tmp_path, incident_json, count
):
    page = write_front_page(
        tmp_path, Listing(write_incidents(tmp_path, incident_json, count))
    )
    (chart,) = [a for a in page.all("img") if a["src"] == "timeline.svg"]
    assert len(chart["alt"] or "") < 2500
    shown = min(count, 40)
    newest = "The newest 40 disruptions" if count > 40 else f"{count} disruptions"
    assert f"{newest} on record" in (chart["alt"] or "")
    listed = (chart["alt"] or "").count(" 2022: ")
    rest = f"{shown - listed} more" if listed < shown else ""
    assert rest in (chart["alt"] or "")
    assert sum("i/KZ-" in (a["href"] or "") for a in page.all("a")) == count


def test_there_is_no_archive_while_the_front_page_lists_everything(
    tmp_path, incident_json
):
    page = write_front_page(
        tmp_path, Listing(write_incidents(tmp_path, incident_json, 3))
    )
    assert not list((tmp_path / "archive").glob("????-??.html"))
    assert "by month" not in page.text


def test_archive_lists_months_and_links_to_each_page(tmp_path, incident_json):
    names = write_incidents(tmp_path, incident_json, 3)
    month = Month("2022-01", names, frozenset(names))
    page = write_front_page(tmp_path, Listing(names[1:], (month,)))
    assert {"href": "archive/index.html"} in page.all("a")
    contents = read(tmp_path / "archive/index.html").all("a")
    assert {"href": "../archive/2022-01.html"} in contents
    links = read(tmp_path / "archive/2022-01.html").all("a")
    assert {"href": "../i/KZ-00000/index.html"} in links


def test_long_month_is_split_and_only_changed_pages_are_written(
    tmp_path, incident_json, monkeypatch
):
    monkeypatch.setattr(months, "_PAGE_SIZE", 2)
    names = write_incidents(tmp_path, incident_json, 5)
    write_front_page(
        tmp_path, Listing(names, (Month("2022-01", names, frozenset(names)),))
    )
    pages = ["2022-01.html", "2022-01-2.html", "2022-01-3.html"]
    for page in pages:
        (tmp_path / "archive" / page).write_text("old")
    changed = frozenset(names[4:])
    write_front_page(tmp_path, Listing(names, (Month("2022-01", names, changed),)))
    is_old = [(tmp_path / "archive" / p).read_text() == "old" for p in pages]
    assert is_old == [True, True, False]


def test_damaged_folder_removes_only_its_own_line(tmp_path, incident_json):
    names = write_incidents(tmp_path, incident_json, 3)
    (tmp_path / "i" / names[1] / "incident.json").write_text("{", "utf-8")
    write_front_page(tmp_path, Listing((*names, "KZ-never-let-out")))
    html = (tmp_path / "index.html").read_text("utf-8")
    assert names[0] in html
    assert names[1] not in html
    assert names[2] in html


def test_each_source_of_the_chart_is_named_once(
    tmp_path, incident_json, monkeypatch
):  # P13
    drawn = []

    def draw(bars, captions, *more):
        drawn.append(captions.footer)
        return draw_timeline(bars, captions, *more)

    monkeypatch.setattr(timeline, "draw_timeline", draw)
    names = write_incidents(tmp_path, incident_json, 3)
    for name, credit in zip(names, ("A", "A; B", "B"), strict=True):
        path = tmp_path / "i" / name / "incident.json"
        content = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({**content, "credits": credit}), "utf-8")
    write_front_page(tmp_path, Listing(names))
    assert set(drawn) == {("Data: B; A",)}


@settings(deadline=None)
@given(
    st.lists(st.text("abc ", min_size=1, max_size=300), min_size=1, max_size=200),
    st.sampled_from(languages(templates_root())),
)
def test_a_list_of_any_length_can_be_written(parts, lang):
    words = load_translations(TEMPLATES, lang)
    for text in (words.join_list(parts), words.join("credits", "join", parts)):
        assert len(text) <= 2400
    if sum(map(len, parts)) > 2400:
        last = words.join("credits", "join", parts)
        assert last.endswith(
            words.translate("lists", "more", n=len(parts) - _number_kept(parts))
        )


def _number_kept(parts: list[str]) -> int:
    space_left, kept = 2000, 0
    for part in parts:
        space_left -= len(part) + 4
        if space_left < 0 and kept:
            break
        kept += 1
    return kept


def test_page_with_many_earlier_incidents_says_there_are_more(tmp_path):
    report = replace(report_of(tmp_path, event()), more_previous=True)
    report = replace(report, previous=(replace(report.incident, id="KZ-2021-0101"),))
    writer(tmp_path).publish_page(report)
    page = read(tmp_path / "i/KZ-2022-0104/index.html")
    assert "on record here: more than 1." in page.text
    assert {"href": "../../archive/index.html"} in page.all("a")


def test_step_without_a_chart_removes_the_earlier_chart(tmp_path):
    """P4: a page whose newest step has no chart does not keep an earlier step's chart."""
    first = report_of(tmp_path, event())
    writer(tmp_path).publish_page(first)
    folder = tmp_path / "i/KZ-2022-0104"
    assert list(folder.glob("now*"))
    writer(tmp_path).publish_page(replace(first, evidence={}))
    assert list(folder.glob("now*")) == []


def test_page_for_unknown_addresses_links_to_the_site_from_anywhere(tmp_path):
    write_front_page(tmp_path, Listing(()))
    page = read(tmp_path / "404.html")
    assert "There is no page at this address." in page.text
    links = [a["href"] or "" for a in page.all("a")]
    relative = [
        link for link in links if not link.startswith(("https://", "#", "mailto:"))
    ]
    assert relative == []


def test_no_page_may_load_from_elsewhere_or_run_what_it_contains(
    tmp_path, incident_json
):
    names = write_incidents(tmp_path, incident_json, 3)
    month = Month("2022-01", names, frozenset(names))
    write_front_page(tmp_path, Listing(names, (month,)))
    pages = [*tmp_path.rglob("*.html")]
    assert {p.name for p in pages} >= {"index.html", "404.html", "2022-01.html"}
    for path in pages:
        html = path.read_text("utf-8")
        assert "default-src 'none'" in html
        assert "script-src 'self' file:;" in html
        html = OWN_SCRIPT.sub("", html)
        # The policy forbids these, so such a part would be without effect.
        assert not any(
            part in html for part in ("<script", "<style", " style=", " onclick")
        )


def test_front_page_links_to_the_data_that_exists(tmp_path):
    writer(tmp_path).publish_sources((), AT)
    page = read(tmp_path / "index.html")
    links = {link["href"] for link in page.all("a")}
    assert {"cap/index.atom", "geojson/now.geojson", "api/v1/openapi.json"} <= links
    assert "cap/index.atom" in {link["href"] for link in page.all("link")}
    # A calendar without times is of no use to a reader.
    assert (tmp_path / "calendar.ics").is_file()
    assert "calendar.ics" not in links


def test_front_page_links_to_a_calendar_with_times(tmp_path):
    works = ExpectedEvent(KZ, between("2026-02-09 00:00", "2026-02-10 00:00"), "works")
    with_works = replace(writer(tmp_path), alerts=AlertSettings(windows=(works,)))
    with_works.publish_sources((), AT)
    assert {"href": "calendar.ics"} in read(tmp_path / "index.html").all("a")


def test_front_page_without_outputs_links_to_no_data(tmp_path):
    replace(writer(tmp_path), unpublished=True).publish_sources((), AT)
    links = {link["href"] for link in read(tmp_path / "index.html").all("a")}
    assert not links & {"cap/index.atom", "geojson/now.geojson", "calendar.ics"}


@pytest.mark.parametrize("configured", [True, False])
def test_pages_link_to_the_form_only_if_readers_can_subscribe(tmp_path, configured):
    renderer = replace(writer(tmp_path), has_subscriptions=configured)
    renderer.publish_page(report_of(tmp_path, event(facts=restored())))
    renderer.publish_sources((), AT)
    home = {link["href"] for link in read(tmp_path / "index.html").all("a")}
    place = read(tmp_path / "place/country/KZ/index.html")
    forms = {
        link["href"] for link in place.all("a") if "subscribe" in (link["href"] or "")
    }
    assert ("subscribe" in home) is configured
    # The form chooses this place in advance.
    assert forms == ({"../../../subscribe?place=country%3AKZ"} if configured else set())
    assert list(check_site(tmp_path, renderer.base_url)) == []
