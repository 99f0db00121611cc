"""Pages in other languages say what the English page says, and stand and fall with it."""

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
import regex

from bot.bootstrap.components import renderer
from bot.claims.linter import Linter
from bot.config.loading import load_config
from bot.errors import RenderingError
from bot.model.incident import EventKind, Evidence
from bot.model.incident_report import IncidentReport, Listing
from bot.rendering.renderer import TemplateRenderer
from bot.site.languages.direction import isolate_latin
from bot.site.languages.messages import PageMessages
from bot.site.page_texts import page_texts
from bot.text.translations import load_translations
from tests.builders import EVERY_KIND, changed, event, facts, incident_of
from tests.incidents import INCIDENTS, facts_of
from tests.unit.test_languages import ENGLISH, NAMES
from tests.unit.test_pages import ParsedPage, report_of, writer

OTHERS = ("ar", "fr")
PAGE = Path("i/KZ-2022-0104")
QUICK = {EventKind.SUSPECTED, EventKind.ESCALATED, EventKind.RESTORED}
"""The kinds of events that `make test` checks."""
VOID = {"meta", "link", "img", "br", "source"}


class ForeignTexts(HTMLParser):
    """Collects the texts of a page, but not what is marked as another language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open_tags: list[tuple[str, bool]] = []
        self.plain: list[str] = []
        self.isolated: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        names = {name for name, _ in attrs}
        is_other = tag == "script" or (tag != "html" and "lang" in names)
        if tag not in VOID:
            self.open_tags.append((tag, is_other))

    def handle_endtag(self, tag):
        self.open_tags.pop()

    def handle_data(self, data):
        if not any(is_other for _, is_other in self.open_tags):
            is_isolated = self.open_tags and self.open_tags[-1][0] in {"bdi", "title"}
            (self.isolated if is_isolated else self.plain).append(data)


def renderer_for(site: Path, *languages: str) -> TemplateRenderer:
    return replace(writer(site), page_languages=languages)


def report(*events, previous=()) -> IncidentReport:
    """Return a report without charts, which cost much."""
    shown = {step.key: Evidence(traces=()) for step in events}
    return IncidentReport(incident_of(*events), events, shown, {}, (), previous)


def publish(site: Path, *events, languages=OTHERS) -> dict[str, str]:
    """Write a page in each language; return the pages by language."""
    renderer_for(site, *languages).publish_page(report(*events))
    files = {"en": "index.html", **{lang: f"index.{lang}.html" for lang in languages}}
    return {
        lang: (site / PAGE / name).read_text("utf-8") for lang, name in files.items()
    }


def numbers_in(html: str) -> list[str]:
    """Return the percentages in the facts of a page, in European digits."""
    facts_list = re.search(r"<dl>(.*?)</dl>", html, re.DOTALL)
    assert facts_list
    digits = regex.sub(r"\p{Nd}", lambda d: str(int(d[0])), facts_list[1])
    return re.findall(r"\d+(?=[\s\u00a0]?%)", digits)


@pytest.fixture(scope="module")
def page_of(tmp_path_factory):
    """Return a function that writes the page of an event of a kind once."""

    @cache
    def write(kind: EventKind) -> dict[str, str]:
        names = list(INCIDENTS)
        name = names[list(EVERY_KIND).index(kind) % len(names)]
        step = event(kind, facts=facts_of(kind, name))
        return publish(tmp_path_factory.mktemp("site"), step)

    return write


KINDS = [
    kind if kind in QUICK else pytest.param(kind, marks=pytest.mark.slow)
    for kind in EVERY_KIND
]


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_are_those_of_the_english_page(page_of, kind):  # P4
    pages = page_of(kind)
    for lang in OTHERS:
        assert numbers_in(pages[lang]) == numbers_in(pages["en"]), lang
    assert numbers_in(pages["en"]) or kind is EventKind.RETRACTED


def test_page_in_each_language_names_all_others(page_of):
    pages = page_of(EventKind.SUSPECTED)
    links = {}
    for lang, html in pages.items():
        page = ParsedPage(html)
        alternates = [a for a in page.all("link") if "hreflang" in a]
        links[lang] = [(a["hreflang"], a["href"]) for a in alternates]
        canonical = [a["href"] for a in page.all("link") if a["rel"] == "canonical"]
        assert canonical == [dict(links[lang])[lang]]
        switch = [a for a in page.all("a") if a.get("aria-current") == "page"]
        assert [a["lang"] for a in switch] == [lang]
    assert links["en"] == links["ar"] == links["fr"]
    assert [lang for lang, _ in links["en"]] == ["en", "x-default", "ar", "fr"]
    assert dict(links["en"])["x-default"] == dict(links["en"])["en"]


def test_earlier_incident_is_linked_in_the_same_language(tmp_path):
    step = event(facts=facts())
    earlier = [replace(incident_of(step), id=id_) for id_ in ("KZ-2021-1", "KZ-2021-2")]
    translated = tmp_path / "i/KZ-2021-1/index.fr.html"
    translated.parent.mkdir(parents=True)
    translated.write_text("")
    renderer_for(tmp_path, "fr").publish_page(report(step, previous=tuple(earlier)))
    page = ParsedPage((tmp_path / PAGE / "index.fr.html").read_text("utf-8"))
    links = {a["href"]: a.get("hreflang") for a in page.all("a")}
    assert links["../KZ-2021-1/index.fr.html"] is None
    assert links["../KZ-2021-2/index.html"] == "en"


def test_page_without_other_languages_has_no_links_to_them(tmp_path):
    pages = publish(tmp_path, event(facts=facts()), languages=())
    assert "hreflang" not in pages["en"]
    assert not list((tmp_path / PAGE).glob("*.ar.*"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", OTHERS)
def test_no_english_is_left_on_the_page(page_of, lang, kind):
    texts = ForeignTexts(page_of(kind)[lang])
    allowed = re.compile(
        r"Outagewire|OUTAGEWIRE|https?://\S+|\S+@\S+|README\.txt|CSV|ZIP|VPN|Wi-Fi"
        r"|Atom|JSON Feed|[A-Z]{2}-\d{4}-\d{4}|ping|" + NAMES.pattern
    )
    if lang == "ar":
        assert not regex.search(r"\p{Latin}", " ".join(texts.plain))
        left = [allowed.sub("", text) for text in texts.isolated]
        assert not regex.search(r"[a-z]{3}", " ".join(left)), left
    else:
        assert not ENGLISH.search(allowed.sub("", " ".join(texts.plain)))


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("lang", OTHERS)
def test_claim_linter_accepts_the_texts_of_the_page(tmp_path, lang, kind):
    """P7, P18: no page says more than the facts, as no post does."""
    renderer = renderer_for(tmp_path)
    site = renderer.open_site()
    words = load_translations(renderer.templates, lang)
    other = replace(site, illustrator=replace(site.illustrator, translations=words))
    linter = Linter(renderer.register, renderer.templates, renderer.base_url)
    for name in list(INCIDENTS)[::5]:
        step = event(kind, facts=facts_of(kind, name))
        for text in page_texts(other, step):
            assert not linter.check(step, text, lang), text


def test_page_of_right_to_left_language_states_its_direction(page_of):
    page = ParsedPage(page_of(EventKind.SUSPECTED)["ar"])
    assert page.all("html") == [{"lang": "ar", "dir": "rtl"}]


def test_translation_that_nobody_reviewed_says_so(tmp_path):
    pages = publish(tmp_path, event(facts=facts()))
    assert "faite par une machine" in pages["fr"]
    text = (tmp_path / PAGE / "index.fr.txt").read_text("utf-8")
    assert "faite par une machine" in " ".join(text.split())
    assert "banner" not in pages["en"]


def test_hostile_words_stay_text_in_every_language(tmp_path):
    hostile = '<b>x</b> & "y" \U000f0000 \U00100000 ' + "z" * 3000
    step = event(EventKind.CORRECTED, facts=changed(facts(), statement=hostile))
    for lang, html in publish(tmp_path, step).items():
        assert "<b>" not in html, lang
        assert ParsedPage(html).text.count("z" * 3000) >= 1


def test_language_that_is_no_longer_chosen_is_removed(tmp_path):
    step = event(facts=facts())
    publish(tmp_path, step)
    publish(tmp_path, step, languages=("fr",))
    assert not list((tmp_path / PAGE).glob("*.ar.*"))
    assert list((tmp_path / PAGE).glob("index.fr.*"))


def test_failed_translation_is_removed_and_harms_no_other(tmp_path, monkeypatch):
    step = event(facts=facts())
    publish(tmp_path, step)
    spoken = PageMessages.__call__

    def fail_in_arabic(messages, name, /, **values):
        if messages.translations.lang == "ar":
            raise RenderingError("no words")
        return spoken(messages, name, **values)

    monkeypatch.setattr(PageMessages, "__call__", fail_in_arabic)
    later = event(EventKind.UPDATED, 2, facts=facts(level=0.03))
    renderer = renderer_for(tmp_path, *OTHERS)
    with pytest.raises(RenderingError, match="no words"):
        renderer.publish_page(report(step, later))
    assert not list((tmp_path / PAGE).glob("*.ar.*"))
    document = (tmp_path / PAGE / "incident.json").read_text("utf-8")
    assert '"level": 0.03' in document
    for name in ("index.html", "index.fr.html"):
        assert 'id="event-2"' in (tmp_path / PAGE / name).read_text("utf-8")


def test_removed_incident_is_gone_in_every_language(tmp_path):  # P12
    publish(tmp_path, event(facts=facts()))
    renderer_for(tmp_path, *OTHERS).remove_page(PAGE.name, Listing(()))
    left = [p for p in tmp_path.rglob("*") if PAGE.name in p.as_posix()]
    assert left == []
    assert not [p for p in tmp_path.glob("sitemap/*.xml") if PAGE.name in p.read_text()]


def test_sitemap_lists_the_page_in_every_language(tmp_path):
    publish(tmp_path, event(facts=facts()))
    (month,) = (tmp_path / "sitemap").glob("20*.xml")
    pages = re.findall(rf"{PAGE.name}/(.*?)</loc>", month.read_text("utf-8"))
    assert pages == ["", "index.ar.html", "index.fr.html"]


def test_living_chart_is_in_the_language_and_posted_one_is_not(tmp_path):
    renderer = renderer_for(tmp_path, "fr")
    renderer.publish_page(report_of(tmp_path, event(facts=facts())))
    folder = tmp_path / PAGE
    page = ParsedPage((folder / "index.fr.html").read_text("utf-8"))
    pictures = {(a["src"] or ""): a["alt"] for a in page.all("img")}
    assert (pictures["now-lines.fr.svg"] or "").startswith("Graphique en courbes")
    assert (pictures["1.small.png"] or "").startswith("Graphique en courbes")
    assert (folder / "now-lines.fr.svg").read_bytes() != (
        folder / "now-lines.svg"
    ).read_bytes()
    assert not list(folder.glob("1*.fr.*"))


def test_only_text_is_isolated_and_not_links_or_scripts():
    page = (
        '<title>A</title><script>"B"</script><a href="C.html">في IODA 98%</a>'
        '<p lang="en" dir="ltr">D <b>E</b><br></p><td>28%</td><p>a@b.example R&amp;D</p>'
    )
    assert isolate_latin(page) == (
        '<title>A</title><script>"B"</script><a href="C.html">في <bdi>IODA</bdi> 98%</a>'
        '<p lang="en" dir="ltr">D <b>E</b><br></p><td>\u061c28%</td>'
        "<p><bdi>a@b.example</bdi> <bdi>R&amp;D</bdi></p>"
    )


@pytest.mark.parametrize(
    ("site", "languages"),
    [("", ()), ('languages = ["fr", "ar"]', ("ar", "fr")), ("languages = []", ())],
)
def test_only_reviewed_or_chosen_languages_have_pages(tmp_path, site, languages):  # P16
    """Posts in French wait for a person; pages in French would not."""
    file = tmp_path / "outagewire.toml"
    file.write_text(
        f'[site]\n{site}\n[sources.ioda]\ncountries = ["KZ"]\n'
        '[channels.out]\nkind = "file"\npath = "posts.jsonl"\nlang = "fr"\n'
    )
    config = load_config(file)
    assert renderer(config).page_languages == languages
