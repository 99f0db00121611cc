"""The front page and the pages of places say the same in each language of the site."""

import re
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import regex

from bot.model.event import Credit
from bot.model.incident import EventKind
from bot.model.incident_report import Listing, PlaceReadings, PlaceSeries
from bot.model.signal import Family, Signal
from bot.model.source_status import SourceState, SourceStatus
from bot.rendering.place_pages import PlacePagesFolder
from bot.site.check.site_check import check_site
from bot.site.places.pages import PlaceRow
from bot.text.template_files import page_languages, templates_root
from tests.builders import KZ, PROBING, TRAFFIC, event, facts, restored, utc
from tests.unit.test_languages import ENGLISH, LATIN, NAMES
from tests.unit.test_pages import ParsedPage, read
from tests.unit.test_translated_pages import PAGE, ForeignTexts, renderer_for, report

OTHERS = tuple(sorted({*page_languages(templates_root())} - {"en"}))
FEW = ("ar", "fr")
AT = utc("2022-01-06 05:00")
PLACE = "place/country/KZ/index.html"
BOTH = (PAGE.name, "KZ-2021-1101")
PAGES = ("index.html", PLACE, "places/index.html")
ALLOWED = re.compile(
    r"Outagewire|OUTAGEWIRE|https?://\S+|\S+@\S+|Atom|JSON Feed|JSON|GeoJSON|iCalendar"
    r"|OpenAPI|CAP|RSS|Natural Earth|Nobody|made|for|tests|CC0-1\.0|" + NAMES.pattern
)


def readings() -> PlaceReadings:
    """Return the levels of Kazakhstan: one signal with readings, and one without."""
    hours = np.full(24 * 28, 4812.25, np.float32)
    hours[-3:] = np.nan
    own = (
        PlaceSeries(signal(PROBING), 0.04, AT - timedelta(minutes=10), hours),
        PlaceSeries(signal(TRAFFIC), None, None, hours * np.nan),
    )
    return PlaceReadings(KZ, AT, utc("2021-12-09 00:00"), own)


def signal(name: str) -> Signal:
    step, family = timedelta(minutes=10), Family.TRAFFIC
    credit = "Nobody: made for tests"
    return Signal(name, "up /24s", step, step, family, credit, "CC0-1.0", None)


def statuses() -> tuple[SourceStatus, ...]:
    """Return a source in each state, also one that is ill since an unknown time."""
    credit = Credit(PROBING, "Nobody: made for tests", "CC0-1.0", "")
    probing = Family.ACTIVE_PROBING
    return tuple(
        SourceStatus(PROBING, probing, credit, AT, state, since, "a reason")
        for state in SourceState
        for since in (AT, None)
        if since or state is not SourceState.SILENT
    )


def write_site(root: Path, *languages: str, listed: tuple[str, ...] = BOTH) -> None:
    """Write a site with an open incident, an earlier one, and the page of a place.

    With one listed incident, the front page has no timeline, which takes long to draw.
    """
    renderer = renderer_for(root, *languages)
    opened = event(facts=facts())
    earlier = event(EventKind.RESTORED, incident="KZ-2021-1101", facts=restored())
    renderer.publish_page(report(earlier))
    renderer.publish_page(report(opened))
    renderer.list_incidents(Listing(listed))
    PlacePagesFolder(renderer).write([readings()], with_list=True)
    renderer.publish_sources(statuses(), AT)
    # The navigation links to what exists, also to what the first tick has written last.
    renderer.publish_sources(statuses(), AT)


def page_in(root: Path, path: str, lang: str) -> Path:
    return root / path.replace(".html", f".{lang}.html" if lang != "en" else ".html")


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("site")
    write_site(root, *OTHERS, listed=(PAGE.name,))
    return root


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", OTHERS)
def test_no_english_is_left_on_a_page_of_the_site(site, lang, path):
    texts = ForeignTexts(page_in(site, path, lang).read_text("utf-8"))
    left = ALLOWED.sub("", " ".join((*texts.plain, *texts.isolated)))
    foreign = ENGLISH if lang in LATIN else regex.compile(r"\p{Latin}{3,}")
    assert [match[0] for match in foreign.finditer(left)] == []


@pytest.mark.parametrize("lang", OTHERS)
def test_levels_are_those_of_the_english_page(site, lang):  # P4
    def levels(code: str) -> list[str]:
        html = page_in(site, PLACE, code).read_text("utf-8")
        (table,) = re.findall(r'<table class="levels.*?</table>', html, re.DOTALL)
        digits = regex.sub(r"\p{Nd}", lambda d: str(int(d[0])), table)
        return re.findall(r"(?<![\d:.])\d+(?=[\s\u00a0]?[%٪])|(?<=%)\d+", digits)

    assert levels(lang) == levels("en") == ["4"]


@pytest.mark.parametrize("path", PAGES)
def test_page_of_the_site_names_its_other_languages(site, path):
    page = read(page_in(site, path, "fr"))
    links = [a["hreflang"] for a in page.all("link") if "hreflang" in a]
    assert links == ["en", "x-default", *OTHERS]


def test_navigation_and_lists_stay_in_the_language(site):
    links = {
        a["href"]: a.get("hreflang") for a in read(site / "index.fr.html").all("a")
    }
    assert links["places/index.fr.html"] is None
    assert links[f"{PAGE}/index.fr.html"] is None
    assert links["api/v1/openapi.json"] == "en"
    place = read(page_in(site, PLACE, "fr")).all("a")
    assert "../../../i/KZ-2021-1101/index.fr.html" in {a["href"] for a in place}
    listed = read(site / "places/index.fr.html").all("a")
    assert "../place/country/KZ/index.fr.html" in {a["href"] for a in listed}


def test_pages_in_other_languages_have_no_dead_links(site):
    mistakes = check_site(site, "https://outagewire.example")
    assert [m for m in mistakes if ".fr." in m.path or ".ar." in m.path] == []


def test_axis_of_a_chart_runs_from_the_left_in_arabic(site):
    page = read(page_in(site, PLACE, "ar"))
    assert [p["dir"] for p in page.all("p") if p.get("class") == "axis"] == ["ltr"] * 2


def test_words_of_the_script_are_in_the_language_of_the_page(site):
    html = (site / "places/index.fr.html").read_text("utf-8")
    assert "Filtrer par nom" in html
    assert 'data-words="Affichés : %shown sur %all"'.replace(" :", "\u00a0:") in html
    assert 'data-locale="fr-u-ca-gregory"' in html
    incident = (site / PAGE / "index.fr.html").read_text("utf-8")
    assert "outagewire.js" in incident
    assert "Afficher les heures dans mon fuseau horaire" in incident


def test_incident_without_a_translation_is_marked_as_english(tmp_path):
    write_site(tmp_path, listed=(PAGE.name,))
    renderer = renderer_for(tmp_path, "fr")
    renderer.list_incidents(Listing((PAGE.name,)))
    PlacePagesFolder(renderer).write([readings()], with_list=True)
    renderer.publish_sources((), AT)
    for path in ("index.html", PLACE):
        page = read(page_in(tmp_path, path, "fr"))
        links = [a for a in page.all("a") if PAGE.name in (a["href"] or "")]
        assert links, path
        assert all(a.get("lang") == a.get("hreflang") == "en" for a in links), links


def test_removed_incident_is_on_no_page_in_any_language(tmp_path):  # P12
    write_site(tmp_path, *FEW)
    renderer_for(tmp_path, *FEW).remove_page(PAGE.name, Listing(("KZ-2021-1101",)))
    files = [p for p in tmp_path.rglob("*") if p.suffix in {".html", ".json", ".svg"}]
    assert [p for p in files if PAGE.name in p.read_text("utf-8")] == []
    assert not list(tmp_path.glob("timeline*"))


def test_languages_no_longer_chosen_leave_no_file(tmp_path):  # P12
    write_site(tmp_path, *FEW)
    write_site(tmp_path)
    left = [p for p in tmp_path.rglob("*") if ".fr." in p.name or ".ar." in p.name]
    assert left == []


def test_places_are_under_the_first_letter_of_their_name():
    def letter(key: str) -> str:
        return PlaceRow("", "", "", {}, (), (key, "")).letter

    names = ("iran", "ж", "", "哈萨克斯坦")
    assert [letter(name) for name in names] == ["I", "Ж", "0-9", "中"]


def test_front_page_of_another_language_is_right_to_left_as_a_whole(site):
    assert ParsedPage((site / "index.ar.html").read_text("utf-8")).all("html") == [
        {"lang": "ar", "dir": "rtl"}
    ]
