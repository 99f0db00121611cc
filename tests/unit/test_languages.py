"""Posts on ten incidents, for every kind of event, on all channels, in all languages."""

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import regex
from babel import Locale
from fluent.syntax import FluentParser, ast
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.charts.illustrator import Illustrator
from bot.claims.linter import Linter
from bot.errors import RenderingError
from bot.model import verdict
from bot.model.draft import ClaimKind, Counting, Outlet
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind
from bot.places import load_register
from bot.rendering.messages import make_test_text
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text import phrases
from bot.text.catalogue import Catalogue, CatalogueInfo
from bot.text.phrases import missing_share
from bot.text.template_functions import add_direction_marks
from bot.text.text_builder import SILENCE_MESSAGES
from bot.text.translations import (
    environment,
    languages,
    load_translations,
    templates_root,
)
from tests.builders import (
    EVERY_KIND,
    MAIL,
    MASTODON,
    X,
    changed,
    event,
    evidence,
    facts,
    mobile,
    restored,
    utc,
)
from tests.incidents import INCIDENTS, PART, facts_of, language_samples, sampled
from tests.unit.test_places import COUNTRIES
from tests.unit.test_text import any_facts

REGISTER = load_register()
TEMPLATES = environment(templates_root(), all_brands())
WRITER = TemplateRenderer(
    REGISTER, Path("site"), "https://outagewire.example.org", "", TEMPLATES
)
PAGE_FILES = ("pages.ftl", "site.ftl", "records.ftl")
"""The files of a catalogue that have the messages of pages."""
LINK = "https://outagewire.example.org/i/KZ-2022-0104/"
LANGUAGES = languages(templates_root())
OTHERS = [lang for lang in LANGUAGES if lang != "en"]
LATIN = {"en", "es", "fr", "pt", "sw", "tr"}
BLUESKY = Outlet("bluesky", "bluesky", limit=300, counting=Counting.GRAPHEMES_OR_BYTES)
TELEGRAM = Outlet("telegram", "telegram", limit=1024, counting=Counting.UTF16)
OUTLETS = (X, MASTODON, replace(BLUESKY, url_length=None), TELEGRAM, MAIL)
# A narrower form of X's rule for hashtags: letters, marks, digits and underscores, with
# at least one letter. Mastodon, Bluesky and Telegram accept such hashtags too.
HASHTAG = regex.compile(r"#(?=[\p{Nd}_]*\p{L})[\p{L}\p{M}\p{Nd}_]+")
# Names that are in Latin letters in every language, and the words of IODA's credit.
NAMES = regex.compile(
    r"Internet Intelligence Lab|Georgia Tech|all rights reserved|Hamrah-e Aval|AS\d+"
    r"|IODA|BGP|UTC|Google|Firefox|Almaty|Kcell|Tele2|Beeline|Irancell|TCI|MCI"
)
ENGLISH = re.compile(
    r"\b(the|of|and|with|is|was|it|began|between|around|confirmed|suspected"
    r"|restored|connectivity|disruption|ordinary|known|hours|days)\b",
    re.IGNORECASE,
)
# Punctuation of all scripts used; the fullwidth marks are written by name, because they
# look like ASCII ones.
PUNCTUATION = ".,;:،؛।။၊。\N{FULLWIDTH COMMA}\N{FULLWIDTH COLON}\N{FULLWIDTH SEMICOLON}"
MALFORMED = (
    regex.compile(r"[ \u00a0]{2}| [.,،。၊။।؛]|\(\s|\s\)|\(\)"),
    regex.compile(rf"[{PUNCTUATION}]\s*[{PUNCTUATION}]"),
    regex.compile(r"[{}$]|\?\?\?|None|\|\|"),
)
TAG = regex.compile(rf"#[^\s()]*[^\s(){PUNCTUATION}]")


def write(kind: EventKind, name: str, outlet: Outlet) -> str:
    text = WRITER._text(event(kind, facts=facts_of(kind, name)), outlet)
    assert text.length <= outlet.limit
    return text.body


def text_without_names(text: str) -> str:
    """Return a text without its report link, proper names and credit."""
    return NAMES.sub("", text.replace(LINK, ""))


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize(("lang", "step"), language_samples(LANGUAGES))
def test_every_state_has_a_post_on_every_channel(lang, step, kind):
    for name in sampled(list(INCIDENTS), lang, step, list(EVERY_KIND).index(kind)):
        for outlet in OUTLETS:
            text = write(kind, name, replace(outlet, lang=lang))
            case = f"{name}, {outlet.name}: {text}"
            assert text.endswith(LINK), case
            plain = text.replace(LINK, "").replace("\u061c", "")
            for stray in MALFORMED:
                assert not stray.search(plain), case
            tags = TAG.findall(plain)
            assert all(HASHTAG.fullmatch(tag) for tag in tags), case
            assert bool(tags) == (outlet is not MAIL), case


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("number", range(len(INCIDENTS)))
def test_every_case_is_in_some_language_sample(number, kind):
    """For each kind of event, each incident is sampled in a language besides English."""
    shift = list(EVERY_KIND).index(kind)
    cases = range(len(INCIDENTS))
    langs = [lang for lang in OTHERS if number in sampled(cases, lang, PART, shift)]
    assert langs


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize(("lang", "step"), language_samples(OTHERS))
def test_no_english_is_left_in_another_language(lang, step, kind):
    for name in sampled(list(INCIDENTS), lang, step, list(EVERY_KIND).index(kind)):
        for outlet in (MAIL, MASTODON):
            text = text_without_names(write(kind, name, replace(outlet, lang=lang)))
            foreign = ENGLISH if lang in LATIN else regex.compile(r"\p{Latin}")
            assert not foreign.search(text), text


@settings(max_examples=120, deadline=None)
@given(any_facts(), st.sampled_from([X, MASTODON, MAIL]), st.sampled_from(OTHERS))
def test_any_event_can_be_written_in_every_language(case, outlet, lang):
    kind, facts = case
    outlet = replace(outlet, lang=lang)
    text = WRITER._text(event(kind, facts=facts), outlet)
    assert text.length <= outlet.limit
    assert text.body.endswith(LINK)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_number_is_the_same_in_every_language(lang):  # P4
    words = load_translations(TEMPLATES, lang)
    for level in (0.02, 0.43, 0.99):
        text = WRITER._text(
            event(EventKind.UPDATED, facts=facts(level=level)), replace(X, lang=lang)
        ).body
        digits = regex.sub(r"\p{Nd}", lambda d: str(int(d[0])), text)
        shown = regex.sub(r"\p{Nd}", lambda d: str(int(d[0])), words.percent(level))
        assert str(int(level * 100)) in shown
        assert shown in digits


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "level",
    [
        10.006,
        *(pytest.param(high, marks=pytest.mark.slow) for high in (1e18, math.inf)),
    ],
)
def test_absurd_level_is_described_without_its_number(lang, level):  # P4
    """A level above 10.0 is given as "more than 1,000%", which the claim linter accepts."""
    far = event(EventKind.RESTORED, facts=changed(restored(), level=level))
    text = WRITER._text(far, replace(MAIL, lang=lang))
    digits = regex.sub(r"\p{Nd}", lambda d: str(int(d[0])), text.body)
    assert not regex.search(r"\d{5}|(\d{3}\W){2}", digits.replace(LINK, "")), text.body
    objections = Linter(REGISTER, TEMPLATES, WRITER.base_url).check(
        far, text.body, lang
    )
    assert [o for o in objections if o.kind is ClaimKind.PERCENT] == []


def test_ten_times_ordinary_is_the_last_level_with_a_number():
    words = load_translations(TEMPLATES, "en")
    assert words.percent(10.0) == "1,000%"
    assert words.percent(10.01) == "more than 1,000%"


# Hashtags


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_country_has_a_valid_hashtag_in_every_script(lang):
    for code in COUNTRIES:
        tag = REGISTER.hashtag(Entity(EntityKind.COUNTRY, code), lang)
        assert HASHTAG.fullmatch(tag), tag


def test_hashtags_follow_the_rules_of_their_script():
    congo = Entity(EntityKind.COUNTRY, "CF")
    assert REGISTER.hashtag(congo, "ru") == "#ЦентральноАфриканскаяРеспублика"
    assert REGISTER.hashtag(congo, "ar") == "#جمهورية_أفريقيا_الوسطى"
    assert REGISTER.hashtag(congo, "zh") == "#中非共和国"
    assert REGISTER.hashtag(congo, "fr") == "#RépubliqueCentrafricaine"


# Digits, direction and names in each script


def test_digits_are_those_of_the_language():
    at = utc("2022-01-05 11:00")
    assert (
        load_translations(TEMPLATES, "fa").date(at, "clock")
        == "\u06f1\u06f1:\u06f0\u06f0"
    )
    assert load_translations(TEMPLATES, "my").percent(0.28) == "၂၈%"
    assert load_translations(TEMPLATES, "hi").percent(0.28) == "28%"


@pytest.mark.parametrize("lang", ["ar", "fa"])
def test_text_after_latin_words_keeps_its_direction(lang):
    """After a Latin name a direction mark keeps the digits that follow in their place."""
    text = WRITER._text(
        event(EventKind.CONFIRMED, facts=mobile()), replace(X, lang=lang)
    ).body
    words = load_translations(TEMPLATES, lang)
    for name in ("UTC", "Kcell", "Tele2"):
        assert f"{name}\N{ARABIC LETTER MARK}" in text
    assert text.endswith(LINK.replace("\u061c", ""))
    address = add_direction_marks("outagewire.example.org/i/KZ-2022-0104", words)
    assert address == "outagewire.example.org/i/KZ-2022-0104\N{ARABIC LETTER MARK}"
    credit = "IODA, Georgia Tech \N{EN DASH} all rights reserved"
    assert add_direction_marks(credit, words) == credit + "\N{ARABIC LETTER MARK}"
    assert Locale.parse(lang).text_direction == "rtl"


def test_left_to_right_text_has_no_direction_marks():
    for lang in set(LANGUAGES) - {"ar", "fa"}:
        assert "\u061c" not in write(
            EventKind.CONFIRMED, "mobile networks of Iran", replace(X, lang=lang)
        )


def test_networks_are_named_by_their_local_brand():
    text = write(
        EventKind.CONFIRMED, "mobile networks of Iran", replace(MASTODON, lang="fa")
    )
    assert "ایرانسل" in text
    assert "همراه اول" in text


# Emoji


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_plain_post_has_same_text_without_emoji(lang, kind):
    emoji = regex.compile(r"\p{Extended_Pictographic}\ufe0f? ")
    for outlet in (X, MASTODON, MAIL):
        mine = replace(outlet, lang=lang, limit=5000)
        with_it = WRITER._text(event(kind, facts=EVERY_KIND[kind]()), mine).body
        without = WRITER._text(
            event(kind, facts=EVERY_KIND[kind]()), replace(mine, plain=True)
        ).body
        assert len(emoji.findall(with_it)) == 1
        assert emoji.sub("", with_it) == without


# Catalogues


def messages(lang: str) -> dict[str, set[str]]:
    """Return the names of the values in each message of a catalogue, by message id."""
    values: dict[str, set[str]] = {}
    for path in sorted((templates_root() / "locale" / lang).glob("*.ftl")):
        # test_page_languages.py has the messages of pages, which a language may lack.
        if path.name in PAGE_FILES:
            continue
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{path}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.span is not None
                text = path.read_text("utf-8")[entry.span.start : entry.span.end]
                assert entry.id.name not in values, f"{lang}: {entry.id.name} twice"
                values[entry.id.name] = set(re.findall(r"\$(\w+)", text))
                for other in re.findall(r"\{ (?:[A-Z]+\()?([a-z][\w-]+)\)? \}", text):
                    values[entry.id.name].add(f"{{{other}}}")
    return {name: set(expanded(named, values)) for name, named in values.items()}


def expanded(named: set[str], values: dict[str, set[str]]) -> Iterator[str]:
    """Yield the names, with each {message} replaced by the names in that message."""
    for name in named:
        other = values.get(name.strip("{}"), {name}) if name.startswith("{") else {name}
        yield from other if other == {name} else expanded(other, values)


@pytest.mark.parametrize("lang", OTHERS)
def test_every_catalogue_has_every_message_and_no_other(lang):
    translated, english = messages(lang), messages("en")
    articles = {name for name in english if name.startswith("phrases-")}
    own = {name for name in (*translated, *english) if name.startswith("own-")}
    # Without the sentences for silence a text says that no level can be given.
    silence = set(SILENCE_MESSAGES)
    free = articles | own | silence
    assert set(translated) - free == set(english) - free
    assert not silence - set(translated) or not silence & set(translated)


@pytest.mark.parametrize("lang", OTHERS)
def test_no_translation_leaves_out_a_value(lang):
    """Apart from the exceptions below, a translation uses the values of the English message."""
    free = {"places-within", "period-within", "period-days"}
    same = {"where": "place", "within": "place", "a_noun": "noun"}
    english = messages("en")
    for name, named in messages(lang).items():
        if name.startswith(("phrases-", "subjects-", "dates-", "own-")) or name in free:
            continue
        translated = {same.get(v, v) for v in named}
        assert translated == {same.get(v, v) for v in english[name]}, name


def test_there_are_catalogues_in_thirteen_languages():
    wanted = "en fr es pt ru ar fa tr sw my kk hi zh"
    assert set(LANGUAGES) == set(wanted.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_test_post_can_be_written_in_every_language(lang):
    text = make_test_text(TEMPLATES, replace(X, lang=lang), utc("2022-01-05 11:00"))
    assert "2022-01-05 11:00:00" in text.body


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", [EventKind.CORRECTED, EventKind.RETRACTED])
def test_correction_mark_can_be_written_in_every_language(lang, kind):
    step = event(kind, facts=EVERY_KIND[kind]())
    text = WRITER.mark_as_wrong(step, replace(MASTODON, lang=lang), "Words.")
    assert text.body.endswith("\n\nWords.")
    assert lang == "en" or not ENGLISH.search(text.body.removesuffix("Words."))


# Review of translations


@pytest.mark.parametrize("lang", OTHERS)
def test_reviewed_language_has_a_reviewer_and_a_date(lang):  # P16
    about = load_translations(TEMPLATES, lang).info
    assert about.is_reviewed == (
        about.status == "reviewed" and bool(about.reviewed_by and about.reviewed_on)
    )


@pytest.mark.parametrize(
    ("status", "by", "on", "reviewed"),
    [
        ("original", "", "", True),
        ("machine draft", "A. Person", "2026-01-01", False),
        ("reviewed", "", "2026-01-01", False),
        ("reviewed", "A. Person", "", False),
        ("reviewed", "A. Person", "2026-01-01", True),
        ("revewed", "A. Person", "2026-01-01", False),
    ],
)
def test_review_needs_both_a_name_and_date(status, by, on, reviewed):
    about = CatalogueInfo("xx", "Some", "en", status, by, on)
    assert about.is_reviewed is reviewed


def test_text_from_unreviewed_catalogue_is_marked_machine_draft():
    event_facts = event(EventKind.CONFIRMED, facts=facts())
    for lang in LANGUAGES:
        text = WRITER._text(event_facts, replace(X, lang=lang))
        reviewed = load_translations(TEMPLATES, lang).info.is_reviewed
        assert text.machine_draft is not reviewed


def test_message_with_a_missing_value_is_an_error():
    catalogue = Catalogue(
        CatalogueInfo("xx", "Some", "en", "", "", ""), ["said = It is { $level }."]
    )
    assert catalogue.translate("said", {"level": "2%"}) == "It is 2%."
    with pytest.raises(RenderingError, match="said in xx"):
        catalogue.translate("said", {})
    with pytest.raises(RenderingError, match="no words for unsaid"):
        catalogue.translate("unsaid", {})


# Quantities


@pytest.mark.parametrize(
    ("level", "word"),
    [
        (0.0, "almost-all"),
        (0.1, "almost-all"),
        (0.104, "almost-all"),
        (0.105, "most"),
        (0.5, "most"),
        (0.51, "some"),
        (0.8, "some"),
        (0.81, ""),
        (1.2, ""),
    ],
)
def test_quantity_word_agrees_with_percent_beside_it(level, word):
    assert missing_share(level) == word


def test_published_word_thresholds_equal_those_in_code():
    """docs/words.md and the report page state the thresholds that the code uses."""
    table = (Path(__file__).parents[2] / "docs" / "words.md").read_text("utf-8")
    page = load_translations(TEMPLATES, "en").translate("incident-method-words")
    for least, word in phrases.SHARE_WORDS:
        shown = word.replace("-", " ")
        assert f"| {shown} | {least:.0%} |" in table
        assert re.search(rf"{shown}”( is missing)? from {least:.0%}", page)
    for above, severity in verdict.LEAST_LEVELS[:3]:
        assert f"| {above:.0%} |" in table, severity
        assert f"{above:.0%}" in page


# Descriptions of charts


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("lang", OTHERS)
def test_alt_text_is_in_the_language_of_its_post(lang, kind):
    event_facts = EVERY_KIND[kind]()
    artist = Illustrator(TEMPLATES, load_translations(TEMPLATES, lang), REGISTER, "")
    text = artist.describe(event(kind, facts=event_facts), evidence(event_facts))
    plain = text_without_names(text)
    foreign = ENGLISH if lang in LATIN else regex.compile(r"\p{Latin}")
    assert not foreign.search(plain), text
    assert not MALFORMED[2].search(text), text
    for limit in (280, 420):
        short = artist.describe(
            event(kind, facts=event_facts), evidence(event_facts), limit
        )
        assert len(short) <= limit


def test_draft_has_one_picture_with_alt_texts_per_language():
    event_facts = facts()
    outlets = [X, replace(MASTODON, lang="fa"), replace(MASTODON, name="m", lang="ru")]
    draft, _ = WRITER.draft(event(facts=event_facts), evidence(event_facts), outlets)
    assert draft.picture is not None
    assert draft.picture.alt.startswith("Line chart: ")
    alts = {text.lang: text.alt for text in draft.texts}
    assert alts["en"] is None
    assert (alts["fa"] or "").startswith("نمودار خطی")
    assert (alts["ru"] or "").startswith("Линейный график")
