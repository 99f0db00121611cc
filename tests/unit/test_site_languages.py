"""Pages that are about no single incident have an edition in each language of the site."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import RenderingError
from bot.site.languages.links import PageLinks
from bot.site.languages.page_editions import PageEditions
from bot.site.page_files import in_language, read_translations
from tests.builders import event, facts
from tests.unit.test_pages import read
from tests.unit.test_translated_pages import PAGE, publish, renderer_for

PATH = "corrections/2022.html"
TEMPLATE = "layout"
"""A template for all languages that has nothing but what every page has."""


def editions_of(site: Path, *languages: str) -> PageEditions:
    (site / PATH).parent.mkdir(exist_ok=True)
    return PageEditions(renderer_for(site, *languages).open_site().settings)


def values_of(edition) -> dict[str, object]:
    """Return the values of a page that needs only `page`."""
    return {"page": {"title": edition.lang, "lead": "", "drill": False}}


def files_in(site: Path) -> set[str]:
    return {path.name for path in (site / PATH).parent.glob("*.html")}


def test_page_is_written_in_each_language_of_the_site(tmp_path):
    editions_of(tmp_path, "ar", "fr").write(PATH, TEMPLATE, values_of)
    assert files_in(tmp_path) == {"2022.html", "2022.ar.html", "2022.fr.html"}
    page = read(tmp_path / "corrections/2022.fr.html")
    links = [(a["hreflang"], a["href"]) for a in page.all("link") if "hreflang" in a]
    base = "https://outagewire.example/corrections/2022"
    assert links == [
        ("en", f"{base}.html"),
        ("x-default", f"{base}.html"),
        ("ar", f"{base}.ar.html"),
        ("fr", f"{base}.fr.html"),
    ]
    assert "faite par une machine" in page.text


def test_page_of_a_site_in_one_language_names_no_others(tmp_path):
    editions_of(tmp_path).write(PATH, TEMPLATE, values_of)
    assert files_in(tmp_path) == {"2022.html"}
    assert "hreflang" not in (tmp_path / PATH).read_text("utf-8")


def test_page_is_removed_in_languages_no_longer_chosen(tmp_path):
    editions_of(tmp_path, "ar", "fr").write(PATH, TEMPLATE, values_of)
    editions_of(tmp_path, "fr").write(PATH, TEMPLATE, values_of)
    assert files_in(tmp_path) == {"2022.html", "2022.fr.html"}
    editions_of(tmp_path).remove(PATH)
    assert files_in(tmp_path) == set()


def test_edition_that_fails_is_removed_and_harms_no_other(tmp_path):
    editions = editions_of(tmp_path, "ar", "fr")
    editions.write(PATH, TEMPLATE, values_of)

    def fail_in_arabic(edition):
        if edition.lang == "ar":
            raise RenderingError("no words")
        return values_of(edition)

    with pytest.raises(RenderingError, match="no words"):
        editions.write(PATH, TEMPLATE, fail_in_arabic)
    assert files_in(tmp_path) == {"2022.html", "2022.fr.html"}


def test_links_stay_in_the_language_where_a_page_has_it(tmp_path):
    editions_of(tmp_path, "fr").write(PATH, TEMPLATE, values_of)
    (tmp_path / "about").mkdir()
    (tmp_path / "about/index.html").write_text("")
    link_to = PageLinks(tmp_path, "fr", "../")
    assert link_to(PATH, "a") == 'href="../corrections/2022.fr.html#a"'
    assert link_to("about/index.html") == 'href="../about/index.html" hreflang="en"'
    assert link_to('i/A "1"/index.html').startswith(
        'href="../i/A%20%221%22/index.html"'
    )


def test_navigation_of_an_incident_stays_in_its_language(tmp_path):
    editions_of(tmp_path, "fr").write("corrections/index.html", TEMPLATE, values_of)
    publish(tmp_path, event(facts=facts()), languages=("fr",))
    page = read(tmp_path / PAGE / "index.fr.html")
    links = {a["href"]: a.get("hreflang") for a in page.all("a")}
    assert links["../../corrections/index.fr.html"] is None
    assert links["../../status/index.fr.html"] is None


def test_lists_get_the_words_of_an_incident_in_each_language(tmp_path):
    pages = publish(tmp_path, event(facts=facts()))
    words = read_translations(tmp_path, PAGE.name)
    assert set(words) == {"ar", "fr"}
    assert f"<title>{words['fr']['title']}" in pages["fr"]
    row = {"title": "Kazakhstan", "id": PAGE.name}
    french = in_language(row, words, "fr")
    assert french == {**row, "title": words["fr"]["title"], "lang": "fr"}
    assert in_language(row, words, "ru") == {**row, "lang": "en"}


def test_words_of_a_language_go_with_its_pages(tmp_path):
    step = event(facts=facts())
    publish(tmp_path, step)
    publish(tmp_path, step, languages=())
    assert not (tmp_path / PAGE / "translations.json").exists()


def test_sitemap_lists_pages_of_other_languages_apart(tmp_path):
    editions_of(tmp_path, "fr").write("corrections/index.html", TEMPLATE, values_of)
    renderer = renderer_for(tmp_path, "fr")
    at = event().at
    renderer.publish_sources((), at)
    french = (tmp_path / "sitemap/pages-fr.xml").read_text("utf-8")
    assert "/corrections/index.fr.html</loc>" in french
    assert ".fr." not in (tmp_path / "sitemap/pages.xml").read_text("utf-8")
    replace(renderer, page_languages=()).publish_sources((), at)
    assert not (tmp_path / "sitemap/pages-fr.xml").exists()


def test_failed_edition_does_not_stop_what_follows(tmp_path):  # P12
    def fail_in_arabic(edition):
        if edition.lang == "ar":
            raise RenderingError("no words")
        return values_of(edition)

    editions = editions_of(tmp_path, "ar", "fr")
    editions.write(PATH, TEMPLATE, fail_in_arabic, goes_on=True)
    assert files_in(tmp_path) == {"2022.html", "2022.fr.html"}
