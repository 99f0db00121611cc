"""Every state, on every kind of channel, in every language, for ten incidents."""

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
from bot.detection.fusion import verdict
from bot.errors import RenderingError
from bot.model.draft import Counting, Outlet
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind
from bot.places import load_register
from bot.rendering.messages import check_text
from bot.rendering.renderer import TemplateRenderer
from bot.text import phrases
from bot.text.catalogue import Catalogue, CatalogueInfo
from bot.text.phrases import missing
from bot.text.template_functions import settle
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
    event,
    evidence,
    facts,
    mobile,
    utc,
)
from tests.incidents import INCIDENTS, told
from tests.unit.test_places import COUNTRIES
from tests.unit.test_text import any_facts

REGISTER = load_register()
TEMPLATES = environment(templates_root())
WRITER = TemplateRenderer(
    REGISTER, Path("site"), "https://outagewire.example.org", "", TEMPLATES
)
LINK = "https://outagewire.example.org/i/KZ-2022-0104/"
LANGUAGES = languages(templates_root())
OTHERS = [lang for lang in LANGUAGES if lang != "en"]
LATIN = {"en", "es", "fr", "pt", "sw", "tr"}
BLUESKY = Outlet("bluesky", "bluesky", limit=300, counting=Counting.GRAPHEMES_OR_BYTES)
TELEGRAM = Outlet("telegram", "telegram", limit=1024, counting=Counting.UTF16)
OUTLETS = (X, MASTODON, replace(BLUESKY, url_length=None), TELEGRAM, MAIL)
# X's own rule, by its reference parser: letters, marks, digits and a few joiners, with
# at least one letter. Mastodon, Bluesky and Telegram take these too.
HASHTAG = regex.compile(r"#(?=[\p{Nd}_]*\p{L})[\p{L}\p{M}\p{Nd}_]+")
# Names that are the same everywhere, and what the sources' own credits say.
NAMES = regex.compile(
    r"Internet Intelligence Lab|Georgia Tech|all rights reserved|Hamrah-e Aval|AS\d+"
    r"|IODA|BGP|UTC|Google|Firefox|Almaty|Kcell|Tele2|Beeline|Irancell|TCI|MCI"
)
ENGLISH = re.compile(
    r"\b(the|of|and|with|is|was|it|began|between|around|confirmed|suspected"
    r"|restored|connectivity|disruption|ordinary|known|hours|days)\b",
    re.IGNORECASE,
)
# Stops and commas of all our scripts, by their names: some look like European ones.
STOPS = ".,;:،؛।။၊。\N{FULLWIDTH COMMA}\N{FULLWIDTH COLON}\N{FULLWIDTH SEMICOLON}"
STRAY = (
    regex.compile(r"[ \u00a0]{2}| [.,،。၊။।؛]|\(\s|\s\)|\(\)"),
    regex.compile(rf"[{STOPS}]\s*[{STOPS}]"),
    regex.compile(r"[{}$]|\?\?\?|None|\|\|"),
)
TAG = regex.compile(rf"#[^\s()]*[^\s(){STOPS}]")


def write(kind: EventKind, name: str, outlet: Outlet) -> str:
    text = WRITER._text(event(kind, facts=told(kind, name)), outlet)
    assert text.length <= outlet.limit
    return text.body


def words_of(text: str) -> str:
    """What is said, without addresses, tags and names."""
    return NAMES.sub("", text.replace(LINK, ""))


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_state_is_told_on_every_kind_of_channel(lang, kind):
    for name in INCIDENTS:
        for outlet in OUTLETS:
            text = write(kind, name, replace(outlet, lang=lang))
            case = f"{name}, {outlet.name}: {text}"
            assert text.endswith(LINK), case
            plain = text.replace(LINK, "").replace("\u061c", "")
            for stray in STRAY:
                assert not stray.search(plain), case
            tags = TAG.findall(plain)
            assert all(HASHTAG.fullmatch(tag) for tag in tags), case
            assert bool(tags) == (outlet is not MAIL), case


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("lang", OTHERS)
def test_no_english_is_left_in_another_language(lang, kind):
    for name in INCIDENTS:
        for outlet in (MAIL, MASTODON):
            text = words_of(write(kind, name, replace(outlet, lang=lang)))
            found = ENGLISH if lang in LATIN else regex.compile(r"\p{Latin}")
            assert not found.search(text), text


@settings(max_examples=120, deadline=None)
@given(any_facts(), st.sampled_from([X, MASTODON, MAIL]), st.sampled_from(OTHERS))
def test_whatever_happens_it_can_be_told_in_every_language(case, outlet, lang):
    kind, facts = case
    outlet = replace(outlet, lang=lang)
    text = WRITER._text(event(kind, facts=facts), outlet)
    assert text.length <= outlet.limit
    assert text.body.endswith(LINK)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_number_is_the_same_in_every_language(lang):  # P4
    words = load_translations(TEMPLATES, lang)
    for level in (0.02, 0.43, 0.99):
        text = WRITER._text(
            event(EventKind.UPDATED, facts=facts(level=level)), replace(X, lang=lang)
        ).body
        digits = regex.sub(r"\p{Nd}", lambda d: str(int(d[0])), text)
        shown = regex.sub(r"\p{Nd}", lambda d: str(int(d[0])), words.percent(level))
        assert str(int(level * 100)) in shown
        assert shown in digits


# Hashtags


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_country_has_a_valid_hashtag_in_every_script(lang):
    for code in COUNTRIES:
        tag = REGISTER.hashtag(Entity(EntityKind.COUNTRY, code), lang)
        assert HASHTAG.fullmatch(tag), tag


def test_a_hashtag_is_written_as_its_script_does():
    congo = Entity(EntityKind.COUNTRY, "CF")
    assert REGISTER.hashtag(congo, "ru") == "#ЦентральноАфриканскаяРеспублика"
    assert REGISTER.hashtag(congo, "ar") == "#جمهورية_أفريقيا_الوسطى"
    assert REGISTER.hashtag(congo, "zh") == "#中非共和国"
    assert REGISTER.hashtag(congo, "fr") == "#RépubliqueCentrafricaine"


# Scripts


def test_digits_are_the_languages_own():
    at = utc("2022-01-05 11:00")
    assert (
        load_translations(TEMPLATES, "fa").date(at, "clock")
        == "\u06f1\u06f1:\u06f0\u06f0"
    )
    assert load_translations(TEMPLATES, "my").percent(0.28) == "၂၈%"
    assert load_translations(TEMPLATES, "hi").percent(0.28) == "28%"


@pytest.mark.parametrize("lang", ["ar", "fa"])
def test_latin_words_do_not_turn_what_follows_them_around(lang):
    """A digit after a Latin name would join its run and be read before it."""
    text = WRITER._text(
        event(EventKind.CONFIRMED, facts=mobile()), replace(X, lang=lang)
    ).body
    words = load_translations(TEMPLATES, lang)
    for name in ("UTC", "Kcell", "Tele2"):
        assert f"{name}\N{ARABIC LETTER MARK}" in text
    assert text.endswith(LINK.replace("\u061c", ""))
    address = settle("outagewire.example.org/i/KZ-2022-0104", words)
    assert address == "outagewire.example.org/i/KZ-2022-0104\N{ARABIC LETTER MARK}"
    credit = "IODA, Georgia Tech \N{EN DASH} all rights reserved"
    assert settle(credit, words) == credit + "\N{ARABIC LETTER MARK}"
    assert Locale.parse(lang).text_direction == "rtl"


def test_no_mark_is_spent_where_text_runs_from_left_to_right():
    for lang in set(LANGUAGES) - {"ar", "fa"}:
        assert "\u061c" not in write(
            EventKind.CONFIRMED, "mobile networks of Iran", replace(X, lang=lang)
        )


def test_networks_go_by_their_local_brand():
    text = write(
        EventKind.CONFIRMED, "mobile networks of Iran", replace(MASTODON, lang="fa")
    )
    assert "ایرانسل" in text
    assert "همراه اول" in text


# Emoji


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plain_post_says_the_same_without_emoji(lang, kind):
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
    """Every message of a catalogue, with the values it names."""
    found: dict[str, set[str]] = {}
    for path in sorted((templates_root() / "locale" / lang).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{path}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.span is not None
                text = path.read_text("utf-8")[entry.span.start : entry.span.end]
                assert entry.id.name not in found, f"{lang}: {entry.id.name} twice"
                found[entry.id.name] = set(re.findall(r"\$(\w+)", text))
                for other in re.findall(r"\{ (?:[A-Z]+\()?([a-z][\w-]+)\)? \}", text):
                    found[entry.id.name].add(f"{{{other}}}")
    return {name: set(expanded(named, found)) for name, named in found.items()}


def expanded(named: set[str], found: dict[str, set[str]]) -> Iterator[str]:
    """Values, and for a message that is named in their place what it names."""
    for one in named:
        other = found.get(one.strip("{}"), {one}) if one.startswith("{") else {one}
        yield from other if other == {one} else expanded(other, found)


@pytest.mark.parametrize("lang", OTHERS)
def test_every_catalogue_has_every_message_and_no_other(lang):
    theirs, ours = messages(lang), messages("en")
    articles = {name for name in ours if name.startswith("phrases-")}
    own = {name for name in theirs if name.startswith("own-")}
    assert set(theirs) - articles - own == set(ours) - articles


@pytest.mark.parametrize("lang", OTHERS)
def test_no_translation_leaves_a_value_out(lang):
    """Nothing that English says is lost; the place may be told in another form."""
    free = {"places-within", "period-within", "period-days"}
    same = {"where": "place", "within": "place", "a_noun": "noun"}
    ours = messages("en")
    for name, named in messages(lang).items():
        if name.startswith(("phrases-", "subjects-", "dates-", "own-")) or name in free:
            continue
        theirs = {same.get(v, v) for v in named}
        assert theirs == {same.get(v, v) for v in ours[name]}, name


def test_thirteen_languages_are_there():
    wanted = "en fr es pt ru ar fa tr sw my kk hi zh"
    assert set(LANGUAGES) == set(wanted.split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_test_post_can_be_sent_in_every_language(lang):
    text = check_text(TEMPLATES, replace(X, lang=lang), utc("2022-01-05 11:00"))
    assert "2022-01-05 11:00:00" in text.body


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", [EventKind.CORRECTED, EventKind.RETRACTED])
def test_a_mark_can_be_made_in_every_language(lang, kind):
    said = event(kind, facts=EVERY_KIND[kind]())
    text = WRITER.marked(said, replace(MASTODON, lang=lang), "Words.")
    assert text.body.endswith("\n\nWords.")
    assert lang == "en" or not ENGLISH.search(text.body.removesuffix("Words."))


# Who answers for the words


@pytest.mark.parametrize("lang", OTHERS)
def test_a_language_is_reviewed_by_a_person_with_a_name_and_a_date(lang):  # P16
    about = load_translations(TEMPLATES, lang).about
    assert about.reviewed == (
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
def test_only_a_name_and_a_date_make_a_review(status, by, on, reviewed):
    about = CatalogueInfo("xx", "Some", "en", status, by, on)
    assert about.reviewed is reviewed


def test_words_in_a_machine_draft_say_that_they_are_one():
    told = event(EventKind.CONFIRMED, facts=facts())
    for lang in LANGUAGES:
        text = WRITER._text(told, replace(X, lang=lang))
        reviewed = load_translations(TEMPLATES, lang).about.reviewed
        assert text.machine_draft is not reviewed


def test_a_message_that_wants_what_is_not_given_is_an_error():
    one = Catalogue(
        CatalogueInfo("xx", "Some", "en", "", "", ""), ["said = It is { $level }."]
    )
    assert one.say("said", {"level": "2%"}) == "It is 2%."
    with pytest.raises(RenderingError, match="said in xx"):
        one.say("said", {})
    with pytest.raises(RenderingError, match="no words for unsaid"):
        one.say("unsaid", {})


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
def test_a_quantity_in_words_agrees_with_the_percent_beside_it(level, word):
    assert missing(level) == word


def test_the_thresholds_of_words_are_published_as_they_are():
    """What a reader finds in the methodology is what the code does."""
    table = (Path(__file__).parents[2] / "docs" / "words.md").read_text("utf-8")
    page = (templates_root() / "site" / "en" / "report.html").read_text("utf-8")
    for least, word in phrases.WORDS:
        said = word.replace("-", " ")
        assert f"| {said} | {least:.0%} |" in table
        assert re.search(rf"{said}&rdquo;( is missing)? from {least:.0%}", page)
    for above, severity in verdict._SEVERITIES[:3]:
        assert f"| {above:.0%} |" in table, severity
        assert f"{above:.0%}" in page


# Charts in words


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("lang", OTHERS)
def test_a_chart_is_told_in_the_language_of_its_post(lang, kind):
    told = EVERY_KIND[kind]()
    artist = Illustrator(TEMPLATES, load_translations(TEMPLATES, lang), REGISTER, "")
    text = artist.describe(event(kind, facts=told), evidence(told))
    plain = words_of(text)
    found = ENGLISH if lang in LATIN else regex.compile(r"\p{Latin}")
    assert not found.search(plain), text
    assert not STRAY[2].search(text), text
    for limit in (280, 420):
        short = artist.describe(event(kind, facts=told), evidence(told), limit)
        assert len(short) <= limit


def test_one_draft_has_one_picture_told_in_the_language_of_each_outlet():
    told = facts()
    outlets = [X, replace(MASTODON, lang="fa"), replace(MASTODON, name="m", lang="ru")]
    draft, _ = WRITER.draft(event(facts=told), evidence(told), outlets)
    assert draft.picture is not None
    assert draft.picture.alt.startswith("Line chart: ")
    alts = {text.lang: text.alt for text in draft.texts}
    assert alts["en"] is None
    assert (alts["fa"] or "").startswith("نمودار خطی")
    assert (alts["ru"] or "").startswith("Линейный график")
