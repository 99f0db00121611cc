"""The archive lists incidents by country, network, class and severity (P12)."""

import json
from datetime import timedelta
from pathlib import Path

from bot.model.incident import EventKind
from bot.model.incident_report import Listing
from bot.site.archive import filters, months
from bot.site.info import incident_lists, list_files
from tests.builders import NOW, event, facts, network
from tests.unit.test_corrections_page import texts_of
from tests.unit.test_feeds import CONFIRMED, IRAN, publish
from tests.unit.test_pages import read, writer

DAY = timedelta(days=1)


def links(site: Path, page: str) -> set[str]:
    """Return the addresses to which a page of the archive links."""
    return {str(a["href"]) for a in read(site / "archive" / page).all("a")}


def files(site: Path) -> list[str]:
    folder = site / "archive"
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))


def test_incident_is_listed_by_each_of_its_properties(tmp_path):
    publish(tmp_path, CONFIRMED)
    document = json.loads(
        (tmp_path / "i/KZ-2022-0104/incident.json").read_text("utf-8")
    )
    page = "../../../i/KZ-2022-0104/index.html"
    groups = ["country/KZ", "network/AS29355", f"severity/{document['severity']}"]
    for group in (*groups, "class/unknown"):
        kind, code = group.split("/")
        assert page in links(tmp_path, f"{group}/index.html")
        group_page = f"../../archive/{kind}/{code}/index.html"
        assert group_page in links(tmp_path, f"{kind}/index.html")
    up = "../../../archive"
    assert f"{up}/country/KZ/2022.html" in links(tmp_path, "country/KZ/index.html")
    month = f"{up}/class/unknown/2022-01.html"
    assert month in links(tmp_path, "class/unknown/index.html")
    assert page in links(tmp_path, "class/unknown/2022-01.html")
    contents = links(tmp_path, "index.html")
    assert {f"../archive/{kind}/index.html" for kind in months.KINDS} <= contents


def test_names_are_those_of_places(tmp_path):
    publish(tmp_path, CONFIRMED)
    publish(tmp_path, event(incident="IR-1", place=IRAN))
    page = read(tmp_path / "archive/country/index.html")
    assert "Iran Kazakhstan" in page.text
    assert len(page.all("h1")) == 1
    assert (
        "Incidents: Kazakhstan" in read(tmp_path / "archive/country/KZ/2022.html").text
    )


def test_archive_without_incidents_links_to_the_front_page(tmp_path):
    writer(tmp_path).publish_sources((), NOW)
    assert files(tmp_path) == ["index.html"]
    assert "../index.html" in links(tmp_path, "index.html")


def test_removed_incident_leaves_no_page_and_no_name(tmp_path):  # P12
    publish(tmp_path, CONFIRMED)
    publish(tmp_path, event(incident="IR-1", place=IRAN))
    writer(tmp_path).remove_page("KZ-2022-0104", Listing(()))
    texts = texts_of(tmp_path / "archive")
    assert not any(word in texts for word in ("KZ", "Kazakhstan", "29355"))
    assert "country/IR/index.html" in files(tmp_path)
    writer(tmp_path).remove_page("IR-1", Listing(()))
    assert files(tmp_path) == ["index.html"]
    assert "country/index.html" not in texts_of(tmp_path / "archive")


def test_part_that_is_no_longer_named_leaves_the_lists(tmp_path):  # P12
    publish(tmp_path, CONFIRMED)
    publish(tmp_path, event(networks=(network("9198", 0.2),)))
    assert not (tmp_path / "archive/network/AS29355").exists()
    assert (tmp_path / "archive/network/AS9198/2022.html").is_file()


def test_long_list_is_divided_and_the_newest_come_first(tmp_path, monkeypatch):
    monkeypatch.setattr(filters, "_PAGE_SIZE", 2)
    monkeypatch.setattr(filters, "_NEWEST", 3)
    for n in range(5):
        publish(tmp_path, event(incident=f"KZ-{n}", facts=facts(as_of=NOW + n * DAY)))
    assert "country/KZ/2022-p3.html" in files(tmp_path)
    first = "../../../archive/country/KZ/2022.html"
    assert first in links(tmp_path, "country/KZ/2022-p3.html")
    html = (tmp_path / "archive/country/KZ/index.html").read_text("utf-8")
    assert [f"i/KZ-{n}/" in html for n in range(5)] == [False, False, True, True, True]
    writer(tmp_path).remove_page("KZ-0", Listing(()))
    assert "country/KZ/2022-p3.html" not in files(tmp_path)


def test_update_reads_only_the_lists_of_its_incident(tmp_path, monkeypatch):
    publish(tmp_path, event(incident="IR-1", place=IRAN))
    publish(tmp_path, CONFIRMED)
    keys: list[str] = []

    def read(root: Path, key: str) -> list[list_files.Row]:
        keys.append(key)
        return list_files.read_rows(root, key)

    monkeypatch.setattr(incident_lists, "read_rows", read)
    publish(tmp_path, CONFIRMED, event(EventKind.UPDATED, 2, as_of=NOW + DAY))
    assert keys
    assert not any("IR" in key for key in keys)


def test_new_contact_reaches_the_lists_of_groups(tmp_path):
    publish(tmp_path, CONFIRMED)
    page = tmp_path / "archive/country/index.html"
    page.write_text(page.read_text("utf-8").replace("desk@", "old@"), "utf-8")
    (tmp_path / "archive/index.html").write_text("old", "utf-8")
    writer(tmp_path).publish_sources((), NOW)
    assert "desk@" in page.read_text("utf-8")
