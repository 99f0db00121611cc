"""The pages and letters for readers, in each language."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import regex

from bot.model.entity import parse_entity
from bot.model.verdict import Severity
from bot.places import load_register
from bot.sources.registry import all_brands
from bot.store.files.origin import claim_store, is_reconstructed
from bot.store.sql_store import open_store
from bot.subscriptions.choices import Choice, FormProblem
from bot.subscriptions.form_page import FormPage, ReaderAnswer
from bot.subscriptions.letters import Letter, ReaderTexts
from bot.subscriptions.page_language import page_language
from bot.text.translations import environment, languages, templates_root

TEXTS = ReaderTexts(environment(templates_root(), all_brands()), load_register())
LANGUAGES = languages(templates_root())
OTHERS = [lang for lang in LANGUAGES if lang != "en"]
LINK = "https://wire.example.org/subscribe/confirm?lang=xx&token=t"
# Names, addresses and keys that are in Latin letters in every language.
NAMES = re.compile(
    r"Outagewire|OUTAGEWIRE|name@example\.org|https?://\S+|desk@wire\.example|Ctrl|Mac"
    r"|Command|AS(?![a-z])|English"
)
TAG = re.compile(r"<(option|nav|style|script)\b.*?</\1>|<[^>]*>", re.DOTALL)
FOREIGN = regex.compile(r"\p{Latin}{2,}")
LATIN = {"en", "es", "fr", "pt", "sw", "tr"}
ENGLISH = re.compile(r"\b(the|your|with|address|again|you)\b", re.IGNORECASE)


def pages(folder: Path, *langs: str, **changes: object) -> FormPage:
    offered = ("en", *langs)
    return FormPage(
        TEXTS,
        folder,
        "desk@wire.example",
        site_url="https://wire.example.org",
        languages=offered,
        letter_languages=offered,
        **changes,  # type: ignore[arg-type]
    )


def letter(lang: str) -> Letter:
    places = parse_entity("country:KZ"), parse_entity("asn:9198")
    choice = Choice(lang, Severity.MAJOR, places)
    return TEXTS.confirmation("k", choice, LINK, timedelta(hours=48))


def assert_in_language(text: str, lang: str) -> None:
    foreign = ENGLISH if lang in LATIN else FOREIGN
    plain = NAMES.sub("", text)
    assert not foreign.search(plain), (lang, foreign.findall(plain), plain)
    assert not re.search(r"[{}]|None", plain), plain


@pytest.mark.parametrize("lang", OTHERS)
def test_every_page_for_readers_is_in_its_language(lang, tmp_path):
    site = pages(tmp_path, lang)
    choice = Choice(lang, Severity.MAJOR)
    htmls = [
        *(site.form(lang, [lang], problem=problem) for problem in FormProblem),
        site.confirm(lang, "t", choice),
        site.confirmed(lang, choice),
        site.leave(lang, "t"),
    ]
    for html in htmls:
        assert f'<html lang="{lang}"' in html
        assert ('dir="rtl"' in html.partition(">")[2]) == (lang in {"ar", "fa"})
        assert_in_language(TAG.sub(" ", html.partition("<h1>")[2]), lang)


@pytest.mark.parametrize("lang", OTHERS)
def test_unreviewed_answer_has_the_original_beside_it(lang, tmp_path):  # P16
    site = pages(tmp_path, lang)
    for answer in ReaderAnswer:
        html = site.message(lang, answer)
        own, original = html.split('<p class="soft" lang="en" dir="ltr">')
        assert_in_language(TAG.sub(" ", own.partition("<h1>")[2]), lang)
        english = re.search(
            r"<p>\s*(.*?)\s*</p>", site.message("en", answer), re.DOTALL
        )
        assert english is not None
        assert re.sub(r"<.*?>", "", english[1]) in re.sub(r"<.*?>", "", original)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_letter_is_in_the_language_that_the_reader_chose(lang):
    text = letter(lang).text
    subject, _, body = text.partition("\n\n")
    assert letter(lang).lang == lang
    assert "\n" not in subject
    assert "Outagewire" in subject
    assert LINK in body.split("\n")
    places = TEXTS.names([parse_entity("country:KZ")], lang)
    assert places[0] in body
    footer = TEXTS.footer(lang, LINK)
    assert LINK in footer
    if lang != "en":
        network = load_register().name(parse_entity("asn:9198"), lang)
        assert_in_language(f"{text} {footer}".replace(network, ""), lang)


@pytest.mark.parametrize("lang", ["ar", "fa"])
def test_latin_words_of_a_letter_keep_their_place(lang):
    """The mark keeps the order of what follows; an address is copied as it is."""
    mark = "\N{ARABIC LETTER MARK}"
    assert f"Outagewire{mark}" in letter(lang).text
    assert mark not in next(
        line for line in letter(lang).text.split("\n") if LINK in line
    )


def test_severity_of_the_form_names_its_level_in_digits_of_the_language():  # P4
    assert TEXTS.severity_words("en")[Severity.MAJOR] == "major: below 50% of normal"
    assert "\u06f5\u06f0٪" in TEXTS.severity_words("fa")[Severity.MAJOR]
    assert "%20 " in TEXTS.severity_words("tr")[Severity.NEAR_TOTAL]


def test_countries_are_in_the_order_of_the_alphabet(tmp_path):
    site = pages(tmp_path, "fa", "kk", "fr")
    names = list(site.countries("fa").values())
    assert names.index("بوتان") < names.index("پاکستان") < names.index("تانزانیا")
    french = list(site.countries("fr").values())
    assert french.index("Danemark") < french.index("Égypte") < french.index("Fidji")
    assert set(site.countries("kk")) == set(site.countries())


@pytest.mark.parametrize(
    ("asked", "header", "lang"),
    [
        ("", "", "en"),
        ("fr", "ar", "fr"),
        ("xx", "ar;q=0.5", "ar"),
        ("", "fr-CA, en;q=0.8", "fr"),
        ("", "de, fr;q=0.7, ar;q=0.9", "ar"),
        ("", "AR", "ar"),
        ("", "en-US,en;q=0.9,fr;q=0.8", "en"),
        ("", "fr;q=0, *", "en"),
        ("", "de, *;q=0.5, ar;q=0.1", "en"),
        ("", "fr;q=2, ar;q=x, ;;;,,", "en"),
        ("<script>", "../../etc, \x00", "en"),
    ],
)
def test_page_is_in_a_published_language_that_the_reader_reads(asked, header, lang):
    assert page_language(asked, header, ("en", "ar", "fr")) == lang


def test_form_leads_to_itself_in_each_published_language(tmp_path):
    html = pages(tmp_path, "ar", "fr").form("fr", ["en", "fr"], ["country:KZ"])
    for lang in ("en", "ar", "fr"):
        query = f"subscribe?lang={lang}&amp;place=country%3AKZ"
        assert f'hreflang="{lang}" href="https://wire.example.org/{query}"' in html
        assert f'<a href="{query}" lang="{lang}"' in html
    assert '<option value="fr" lang="fr" selected>' in html
    assert "Cette traduction a été faite par une machine" in html


def test_form_in_one_language_lists_no_languages(tmp_path):
    assert "hreflang" not in pages(tmp_path).form("en", ["en"])


def test_pages_of_a_reconstruction_say_so(tmp_path):  # P16
    site = pages(tmp_path, "fr", is_reconstruction=lambda: True)
    assert "made from published facts, not measured" in site.form("en", ["en"])
    assert "Reconstitution" in site.leave("fr", "t")
    assert "published facts" not in pages(tmp_path).form("en", ["en"])


def test_store_says_whether_it_holds_a_reconstruction(tmp_path):
    path = tmp_path / "wire.db"
    assert not is_reconstructed(path)
    store = open_store(path)
    assert not is_reconstructed(path)
    claim_store(path, replayed=True, reconstructed=True)
    assert is_reconstructed(path)
    store.close()
