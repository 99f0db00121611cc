"""Archive, corrections, digests, status and about in each language of the site."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
import regex

from bot.model.incident import EventKind, State
from bot.model.incident_report import Listing, Month
from bot.site.check.site_check import check_site
from bot.text.template_files import page_languages, templates_root
from tests.builders import NOW, event, restored
from tests.unit.test_corrections_page import retraction
from tests.unit.test_languages import ENGLISH, LATIN
from tests.unit.test_pages import read
from tests.unit.test_status_page import NORMAL, SILENT, program_of
from tests.unit.test_translated_pages import ForeignTexts, renderer_for, report

OTHERS = [lang for lang in page_languages(templates_root()) if lang != "en"]
ADDRESS = "https://outagewire.example"
REASON = "Xylopolist quokka."
PATHS = (
    "archive/index.html",
    "archive/2022-01.html",
    "archive/country/index.html",
    "archive/country/KZ/index.html",
    "archive/country/KZ/2022.html",
    "archive/severity/index.html",
    "archive/class/unknown/index.html",
    "corrections/index.html",
    "corrections/2022.html",
    "digest/index.html",
    "digest/2022-01.html",
    "digest/2022-W01.html",
    "digest/2022-Q1.html",
    "status/index.html",
    "about/index.html",
)
# Names, addresses and formats that are in Latin letters in every language, an editor's
# words, and the owner's words on a licence.
NAMES = re.compile(
    r"Outagewire|OUTAGEWIRE|IODA|Georgia Tech|see the source|Test credit|CC0|Apache License|JSON( Feed)?"
    r"|Atom|UTC|ISO|BGP|Google|ioda\.\w+|https?://\S+|desk@example\.org|INCIDENT|cookie"
    rf"|Cookie|[AK]S\d+|Active Probing|{REASON}|AS|Internet Intelligence Lab",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in all languages: an incident that is over, and one that was retracted."""
    root = tmp_path_factory.mktemp("site")
    renderer = replace(renderer_for(root, *OTHERS), program=program_of())
    over = event(EventKind.RESTORED, facts=restored())
    renderer.publish_sources((), NOW)
    renderer.publish_page(report(over))
    renderer.publish_page(report(*retraction("KZ-2022-0105", 0, REASON)))
    names = ("KZ-2022-0104", "KZ-2022-0105")
    month = Month("2022-01", names, frozenset(names))
    renderer.list_incidents(Listing(names[:1], (month,)))
    renderer.publish_sources((NORMAL, SILENT), NOW)
    return root


def edition(path: str, lang: str) -> str:
    return path.replace(".html", f".{lang}.html")


@pytest.mark.parametrize("lang", OTHERS)
def test_no_english_is_left_on_pages_of_the_record(site, lang):
    foreign = ENGLISH if lang in LATIN else regex.compile(r"\p{Latin}{2,}")
    for path in PATHS:
        html = (site / edition(path, lang)).read_text("utf-8")
        texts = ForeignTexts(html)
        plain = NAMES.sub("", unescape(" ".join((*texts.plain, *texts.isolated))))
        assert not foreign.search(plain), (path, foreign.findall(plain))
        assert not re.search(r"[{}$]|None|\bTrue\b", plain), path


@pytest.mark.parametrize("lang", OTHERS)
def test_pages_of_the_record_lead_to_their_own_language(site, lang):
    for path in PATHS:
        for link in read(site / edition(path, lang)).all("a"):
            address = str(link["href"]).partition("#")[0]
            own = link.get("hreflang", lang) == lang
            if own and address.endswith(".html"):
                assert address.endswith(f".{lang}.html"), (path, link)


def test_no_link_of_a_site_in_all_languages_is_dead(site):
    assert [str(problem) for problem in check_site(site, ADDRESS)] == []


def test_missing_page_is_explained_in_each_language(site):
    html = (site / "404.html").read_text("utf-8")
    for lang in OTHERS:
        assert f'<p lang="{lang}" dir=' in html
        assert f"/index.{lang}.html" in html


def test_retracted_incident_leaves_no_edition_when_removed(site, tmp_path):  # P12
    renderer = renderer_for(tmp_path, "ar", "fr")
    renderer.publish_page(report(*retraction("KZ-2022-0105", 0, REASON)))
    assert (tmp_path / "archive/country/KZ/2022.fr.html").is_file()
    assert REASON in (tmp_path / "corrections/2022.ar.html").read_text("utf-8")
    renderer.remove_page("KZ-2022-0105", Listing(()))
    for path in tmp_path.rglob("*"):
        assert "KZ-2022-0105" not in path.name
        if path.is_file():
            assert "KZ-2022-0105" not in path.read_text("utf-8", "replace"), path
    assert not (tmp_path / "archive/country").exists()
    assert not (tmp_path / "corrections/2022.fr.html").exists()
    assert State.RETRACTED not in {path.stem for path in tmp_path.rglob("*.json")}


def test_numbers_of_a_digest_are_in_digits_of_the_language(site):  # P4
    cell = re.compile(r"<td>(.*?)</td>")
    english = cell.findall((site / "digest/2022-01.html").read_text("utf-8"))
    burmese = cell.findall((site / "digest/2022-01.my.html").read_text("utf-8"))
    assert [str(int(number)) for number in burmese] == english
    assert burmese != english
