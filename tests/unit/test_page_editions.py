"""A page has a plain-text edition, pages to embed, and pages to check its pictures."""

import gzip
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from bot.model.draft import DraftState
from bot.model.event import Correction
from bot.model.incident import EventKind
from bot.model.incident_report import Listing
from tests.builders import event, facts
from tests.unit.test_incident_page import bare_report, reminder
from tests.unit.test_pages import STEPS, delivery_of, read, report_of, writer

INCIDENT = "KZ-2022-0104"
CORRECTED = event(
    EventKind.CORRECTED,
    3,
    facts=replace(facts(), correction=Correction(statement="The level was wrong")),
)


def published(site: Path, *events: Any, **more: Any) -> Path:
    """Publish a page without charts; return its folder."""
    writer(site).publish_page(bare_report(*events, **more))
    return site / "i" / INCIDENT


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with a page of two events that have charts."""
    site = tmp_path_factory.mktemp("drawn")
    writer(site).publish_page(report_of(site, *STEPS[:2]))
    return site


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def pictures_of(site: Path) -> dict[str, str]:
    """Return the SHA-256 of each event's picture, by its file name."""
    paths = sorted((site / "i" / INCIDENT).glob("[0-9].png"))
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in paths}


def test_plain_text_has_lead_numbers_and_posts(tmp_path):  # P4, P15
    text = text_of(published(tmp_path, event(), reminder(2)) / "index.txt")
    words = " ".join(text.split())
    document = json.loads(text_of(tmp_path / "i" / INCIDENT / "incident.json"))
    assert document["lead"] in words
    assert "Level at the latest step: 2% of normal levels" in words
    assert "Cite as: Outagewire" in words
    assert "<" not in text
    assert "&" not in text


def test_posted_lines_cannot_pass_for_headings(tmp_path):
    post = delivery_of(STEPS[0], "Posted.\nMETHODOLOGY\r\nNothing is true")
    text = text_of(published(tmp_path, STEPS[0], deliveries=(post,)) / "index.txt")
    assert "> METHODOLOGY" in text
    assert not re.search("^(METHODOLOGY|Nothing)", text, re.MULTILINE)


def test_page_links_to_its_editions(tmp_path):
    page = read(published(tmp_path, event()) / "index.html")
    links = {
        link["type"]: link["href"]
        for link in page.all("link")
        if link["rel"] == "alternate" and "type" in link
    }
    assert links["text/plain"] == "index.txt"
    assert links["application/json+oembed"] == "oembed.json"
    for name in ("index.txt", "oembed.json", "embed/index.html", "embed/1.html"):
        assert (tmp_path / "i" / INCIDENT / name).is_file()


def test_oembed_describes_the_page_that_follows(tmp_path):
    document = json.loads(text_of(published(tmp_path, event()) / "oembed.json"))
    assert (document["version"], document["type"]) == ("1.0", "rich")
    address = "https://outagewire.example/i/KZ-2022-0104/embed/"
    assert f'<iframe src="{address}"' in document["html"]
    assert "<script" not in document["html"]
    assert {type(document[key]) for key in ("width", "height")} == {int}


@pytest.mark.parametrize("kind", ["drill", "reconstruction"])
def test_every_title_apart_from_its_page_names_a_drill(tmp_path, kind: str):
    """P16: a search engine, a shared link and an archive show the title alone."""
    marked = replace(
        facts(), drill=kind == "drill", reconstruction=kind == "reconstruction"
    )
    folder = published(tmp_path, event(facts=marked))
    oembed = json.loads(text_of(folder / "oembed.json"))
    crate = json.loads(text_of(folder / "evidence/data/ro-crate-metadata.json"))
    info = text_of(folder / "evidence/bag-info.txt")
    page = text_of(folder / "index.html")
    embedded = text_of(folder / "embed/index.html") + text_of(folder / "embed/1.html")
    titles = [
        oembed["title"],
        text_of(folder / "evidence/data/README.txt"),
        info.partition("External-Description: ")[2],
        *(entry["name"] for entry in crate["@graph"] if entry["@id"] == "./"),
        *re.findall('<iframe [^>]*title="([^"]*)', oembed["html"]),
        *re.findall('property="og:title" content="([^"]*)', page),
        *re.findall("<title>([^<]*)", page + embedded),
        *re.findall('"headline": "([^"]*Kazakhstan[^"]*)', page),
    ]
    assert len(titles) == 10
    assert {title[:5] for title in titles} == {f"[{kind.capitalize()}"[:5]}


def test_embedded_page_follows_and_frozen_page_stays(tmp_path):
    folder = published(tmp_path, event())
    frozen, following = text_of(folder / "embed/1.html"), folder / "embed/index.html"
    assert "Confirmed" in text_of(following)
    published(tmp_path, event(), event(EventKind.UPDATED, 2, level=0.31))
    assert text_of(folder / "embed/1.html") == frozen
    assert "31%" in text_of(following)
    assert "31%" not in frozen


def test_frozen_page_and_picture_say_that_they_were_corrected(tmp_path):  # P11
    report = report_of(tmp_path, STEPS[0])
    events = (STEPS[0], CORRECTED)
    writer(tmp_path).publish_page(replace(report, events=events))
    folder = tmp_path / "i" / INCIDENT
    (digest,) = pictures_of(tmp_path).values()
    for page in (
        folder / "embed/1.html",
        tmp_path / "picture" / digest[:12] / "index.html",
    ):
        assert "The level was wrong" in text_of(page)
        assert "Correction since" in text_of(page)
    frozen = text_of(folder / "embed/3.html")
    assert "Correction since" not in frozen


def test_embedded_pages_are_valid_and_load_no_other_server(drawn):
    for name in ("index", "1", "2"):
        page = read(drawn / "i" / INCIDENT / "embed" / f"{name}.html")
        assert len(page.all("h1")) == 1
        assert page.all("script") == []
        loaded = [a["src"] for a in page.all("img")] + [
            a["href"] for a in page.all("link") if a["rel"] == "stylesheet"
        ]
        assert not any("://" in (address or "") for address in loaded)
        assert all((a["alt"] or "") and a["width"] for a in page.all("img"))


def test_event_that_is_not_shown_any_more_leaves_no_edition(tmp_path):  # P12
    folder = published(tmp_path, event(), reminder(2), reminder(3))
    published(tmp_path, event())
    names = {p.name for p in (folder / "embed").iterdir()}
    assert names == {"index.html", "1.html"}
    assert "daily" not in text_of(folder / "index.txt")


def test_picture_page_shows_original_hash_and_data(drawn):  # P4
    for name, digest in pictures_of(drawn).items():
        path = drawn / "picture" / digest[:12] / "index.html"
        page = read(path)
        assert digest in page.text
        assert "byte for byte" in page.text
        (source,) = [image["src"] or "" for image in page.all("img")]
        assert (path.parent / source).resolve() == drawn / "i" / INCIDENT / name
        data = f"../../i/{INCIDENT}/{name[0]}.csv"
        assert {"href": data} in page.all("a")


def test_page_shows_each_picture_small_and_links_to_it(drawn):
    folder = drawn / "i" / INCIDENT
    page = read(folder / "index.html")
    sources = [image["src"] for image in page.all("img")]
    for name in pictures_of(drawn):
        small = name.replace(".png", ".small.png")
        assert small in sources
        assert {"href": name} in page.all("a")
        assert (folder / small).stat().st_size < (folder / name).stat().st_size / 3


def test_first_chart_and_page_fit_a_slow_link(drawn):
    """P15: what a phone loads first is at most 150 kB when compressed."""
    folder = drawn / "i" / INCIDENT
    page = gzip.compress((folder / "index.html").read_bytes())
    chart = gzip.compress((folder / "now-lines-tall.svg").read_bytes())
    style = gzip.compress((drawn / "style.css").read_bytes())
    first = (folder / "2.small.png").read_bytes()
    assert len(page) + len(chart) + len(style) + len(first) < 150_000


def test_id_printed_on_a_chart_opens_its_pictures(drawn):
    page = read(drawn / "picture" / INCIDENT / "index.html")
    for digest in pictures_of(drawn).values():
        assert digest in page.text
        assert {"href": f"../../picture/{digest[:12]}/index.html"} in page.all("a")


def test_page_links_to_each_of_its_picture_pages(drawn):
    page = read(drawn / "i" / INCIDENT / "index.html")
    links = {urljoin(f"i/{INCIDENT}/", a["href"] or "") for a in page.all("a")}
    for digest in pictures_of(drawn).values():
        assert f"picture/{digest[:12]}/index.html" in links


def test_picture_of_a_draft_under_review_is_not_called_posted(tmp_path):  # P16
    report = report_of(tmp_path, STEPS[0], state=DraftState.WAITING)
    writer(tmp_path).publish_page(report)
    (digest,) = pictures_of(tmp_path).values()
    text = read(tmp_path / "picture" / digest[:12] / "index.html").text
    assert "byte for byte" not in text


@pytest.mark.parametrize("damaged", ["", "{", '["../../i"]', "[" * 5000])
def test_removed_incident_leaves_no_page_of_a_picture(tmp_path, damaged):  # P12
    renderer = writer(tmp_path)
    report = bare_report(*STEPS[:1])
    renderer.publish_page(report)
    # A chart is not drawn here, because only its bytes matter.
    (tmp_path / "i" / INCIDENT / "1.png").write_bytes(b"a picture")
    digest = hashlib.sha256(b"a picture").hexdigest()
    (tmp_path / "picture" / digest[:12]).mkdir()
    if damaged:
        (tmp_path / "picture" / INCIDENT / "pictures.json").write_text(damaged)
    renderer.remove_page(INCIDENT, Listing(()))
    assert [p.name for p in (tmp_path / "picture").iterdir()] in ([], ["index.html"])
    assert not (tmp_path / "i" / INCIDENT).exists()


def test_changed_picture_leaves_no_page_of_the_former(tmp_path):
    renderer = writer(tmp_path)
    report = report_of(tmp_path, *STEPS[:2])
    renderer.publish_page(report)
    before = set(pictures_of(tmp_path).values())
    renderer.publish_page(replace(report, events=report.events[:1]))
    after = set(pictures_of(tmp_path).values())
    (gone,) = before - after
    assert not (tmp_path / "picture" / gone[:12]).exists()
    (kept,) = after
    assert (tmp_path / "picture" / kept[:12] / "index.html").is_file()


def test_pages_for_the_operator_have_no_editions(tmp_path):  # P12
    renderer = replace(writer(tmp_path), unpublished=True)
    renderer.publish_page(bare_report(event()))
    assert {p.name for p in (tmp_path / "i" / INCIDENT).iterdir()} == {
        "index.html",
        "incident.json",
    }
    assert not (tmp_path / "picture").exists()
    text = text_of(tmp_path / "i" / INCIDENT / "index.html")
    for name in ("index.txt", "oembed.json", "embed/", "picture/", "ld+json"):
        assert name not in text


def test_every_site_says_how_to_check_a_picture(tmp_path):
    writer(tmp_path).publish_sources((), STEPS[0].at)
    page = read(tmp_path / "picture" / "index.html")
    assert "Check a picture" in page.text


@pytest.fixture(scope="module")
def in_languages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site in English, Arabic and French, with a page of two events."""
    site = tmp_path_factory.mktemp("languages")
    renderer = replace(writer(site), page_languages=("ar", "fr"))
    renderer.publish_page(report_of(site, *STEPS[:2]))
    return site


@pytest.mark.parametrize("name", ["index", "1", "2"])
def test_embedded_pages_are_in_each_language(in_languages, name):  # P9
    folder = in_languages / "i" / INCIDENT / "embed"
    french, arabic = (text_of(folder / f"{name}.{lang}.html") for lang in ("fr", "ar"))
    assert '<html lang="fr">' in french
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "faite par une machine" in french
    assert f'href="https://outagewire.example/i/{INCIDENT}/index.fr.html"' in french
    for words in ("As reported", "The page", "The full page", "no longer"):
        assert words not in french + arabic


def test_oembed_data_of_a_language_embed_its_page(in_languages):
    folder = in_languages / "i" / INCIDENT
    document = json.loads(text_of(folder / "oembed.fr.json"))
    assert f"/i/{INCIDENT}/embed/index.fr.html" in document["html"]
    assert document["title"] in text_of(folder / "index.fr.html")
    links = [link["href"] for link in read(folder / "index.fr.html").all("link")]
    assert "oembed.fr.json" in links


def test_pages_that_check_a_picture_are_in_each_language(in_languages):
    for digest in pictures_of(in_languages).values():
        page = text_of(in_languages / "picture" / digest[:12] / "index.fr.html")
        assert f"<h1>Image {digest[:12]}</h1>" in page
        assert "octet pour octet" in page or "tel que la page le montre" in page
        assert f'href="../../picture/{INCIDENT}/index.fr.html"' in page
    assert "Vérifier une image" in text_of(in_languages / "picture/index.fr.html")
    listed = text_of(in_languages / "picture" / INCIDENT / "index.ar.html")
    assert '<html lang="ar" dir="rtl">' in listed


def test_language_that_is_no_longer_chosen_leaves_no_file(tmp_path):  # P12
    for languages in (("ar", "fr"), ("fr",)):
        renderer = replace(writer(tmp_path), page_languages=languages)
        renderer.publish_page(report_of(tmp_path, *STEPS[:2]))
    assert list(tmp_path.glob("**/*.fr.html"))
    for folder in ("i", "picture"):
        assert not list((tmp_path / folder).rglob("*.ar.*"))
