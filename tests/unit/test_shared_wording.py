"""What all languages share: whose level it is, and which sentences a text may hold."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.charts.alt_text import write_title
from bot.claims.linter import Linter
from bot.model.draft import ClaimKind
from bot.model.entity import Entity, EntityKind
from bot.model.event import Credit, Facts
from bot.model.incident import CORRECTION_KINDS, EventKind, State
from bot.model.timeline import Cut
from bot.model.verdict import Scope, Severity, round_to_percent
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.credits import licence_name, source_name
from bot.text.places_affected import reported_parts
from bot.text.template_functions import template_functions
from bot.text.text_builder import build
from bot.text.translations import (
    environment,
    languages,
    load_translations,
    templates_root,
)
from tests.builders import (
    EVERY_KIND,
    MAIL,
    PROBING,
    X,
    between,
    changed,
    event,
    mobile,
    operators,
    regions,
    restored,
    series,
    suspected,
)
from tests.builders import facts as blackout

UNBRANDED = Entity(EntityKind.ASN, "33788")
REGISTER = load_register()
TEMPLATES = environment(templates_root(), all_brands())
WRITER = TemplateRenderer(REGISTER, Path("site"), "https://example.org", "", TEMPLATES)
LANGUAGES = languages(templates_root())
COUNTIES = {
    "Texas/Orange": 0.11,
    "Louisiana/Acadia": 0.11,
    "Louisiana/Calcasieu": 0.22,
    "Louisiana/Jefferson Davis": 0.22,
    "Texas/Hardin": 0.56,
    "Louisiana/Vernon": 0.78,
}


def hurricane(**changes: object) -> Facts:
    """Return facts like those of Hurricane Laura: six counties of two states."""
    counties = regions("US", dict(COUNTIES))
    fields: dict[str, object] = {
        "place": Entity(EntityKind.COUNTRY, "US"),
        "scope": Scope.REGIONAL,
        "severity": Severity.NEAR_TOTAL,
        "level": 0.11,
        "lowest": 0.11,
        "series": (),
        "regions": counties,
        "part": counties[0].entity,
        **changes,
    }
    return suspected(**fields)


def say(lang: str, message: str, facts: Facts) -> str:
    """Return one sentence of a post on `facts`."""
    words = load_translations(TEMPLATES, lang)
    text = build(event(EventKind.SUSPECTED, facts=facts), words, REGISTER)
    return template_functions(words, text)["say"](message)


# Whose level it is


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("message", ["level-parts", "level-parts-short"])
@pytest.mark.parametrize("facts", [hurricane(), mobile()])
def test_range_of_parts_says_that_it_is_of_parts(lang, message, facts):
    """A range without names must not read as the level of the whole country (P4)."""
    words = load_translations(TEMPLATES, lang)
    text = build(event(EventKind.SUSPECTED, facts=facts), words, REGISTER)
    whose = words.translate("where-affected", scope=facts.scope)
    sentence = say(lang, message, facts)
    assert sentence.startswith(whose)
    assert str(text.parts.operator_range) in sentence
    told = event(EventKind.SUSPECTED, facts=facts)
    assert not Linter(REGISTER, TEMPLATES, "").check(told, sentence, lang)


@pytest.mark.parametrize("limit", [280, 240])
def test_post_without_room_for_names_says_whose_range_it_is(limit):
    told = event(EventKind.SUSPECTED, facts=hurricane())
    for lang in LANGUAGES:
        body = WRITER._text(told, replace(X, lang=lang, limit=limit)).body
        whose = load_translations(TEMPLATES, lang).translate(
            "where-affected", scope="regional"
        )
        assert "Acadia" in body or whose.strip(" :-") in body, body


@pytest.mark.parametrize("facts", [hurricane(), mobile()])
def test_range_covers_every_part_that_is_counted(facts):
    """The range beside "and 3 more" is also of the parts that are not named (P4)."""
    words = load_translations(TEMPLATES, "en")
    text = build(event(EventKind.SUSPECTED, facts=facts), words, REGISTER)
    low, high = map(int, re.findall(r"\d+", str(text.parts.operator_range)))
    levels = [round_to_percent(p.level or 0.0) for p in reported_parts(facts)]
    assert (low, high) == (min(levels), max(levels))
    unnamed = len(levels) - 3
    assert (f"{unnamed} more" in text.names.subject) == (unnamed > 0)


# Several cuts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_number_and_total_duration_of_cuts_pass_the_claim_checker(lang):
    """A "total duration" is not a total blackout."""
    first, second = (
        between("2022-01-05 04:00", "2022-01-05 04:15"),
        blackout().timing.onset,
    )
    back = between("2022-01-05 08:00", "2022-01-05 08:15")
    ended = restored().timing.restored
    for kind, given, end in (
        (EventKind.UPDATED, blackout(), None),
        (EventKind.RESTORED, restored(), ended),
    ):
        cuts = (Cut(first, back), Cut(second, end))
        told = event(kind, facts=changed(given, cuts=cuts))
        post = WRITER._text(told, replace(MAIL, lang=lang))
        assert WRITER.check(told, post) == (), post.body


@pytest.mark.parametrize(("back_at", "count"), [("08:15", "2"), ("23:00", None)])
def test_cuts_are_not_counted_if_one_may_be_hidden(back_at, count):
    """P18: in half a day without readings there may have been another cut."""
    first = between("2022-01-05 04:00", "2022-01-05 04:15")
    back = between("2022-01-05 08:00", f"2022-01-05 {back_at}")
    cuts = (
        Cut(first, back),
        Cut(between("2022-01-06 04:00", "2022-01-06 04:15"), None),
    )
    told = event(EventKind.UPDATED, facts=changed(blackout(), cuts=cuts))
    words = load_translations(TEMPLATES, "en")
    assert build(told, words, REGISTER).timing.cut_count == count


# Sources and licences


@pytest.mark.parametrize(
    ("licence", "name"),
    [
        ("GPL-3 (the licence of its repository)", "GPL-3"),
        ("CC BY 4.0: with a link to the source", "CC BY 4.0"),
        ("CC0-1.0", "CC0-1.0"),
        ("not stated by the collector of this extract", ""),
        ("see https://example.org/terms", ""),
        (
            "(c) A University, all rights reserved: for measuring here, not for"
            " redistribution",
            "all rights reserved",
        ),
    ],
)
def test_licence_is_named_without_its_remarks(licence, name):
    words = load_translations(TEMPLATES, "en")
    assert licence_name(words, licence) == name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_post_has_an_english_remark_on_a_licence(lang):
    licences = (
        "GPL-3 (the licence of its repository)",
        "not stated by the collector of this extract",
        "all rights reserved: for measuring here, not for redistribution",
    )
    credit = replace(
        hurricane().sources.credits[0], text="An Observatory, A University"
    )
    told = event(
        EventKind.SUSPECTED,
        facts=hurricane(credits=tuple(replace(credit, licence=x) for x in licences)),
    )
    text = WRITER._text(told, replace(MAIL, lang=lang))
    assert "An Observatory, A University \N{EN DASH} GPL-3" in text.body
    assert not re.search("collector|repository|redistribution", text.body)
    assert lang == "en" or "reserved" not in text.body
    kinds = {o.kind for o in WRITER.check(told, text)}
    assert not kinds & {ClaimKind.NUMBER, ClaimKind.NAME}


def test_source_without_a_brand_is_named_as_in_its_credit():
    words = load_translations(TEMPLATES, "en")
    credit = Credit(
        "newprobe.reach", "New Probe Project, A University", "CC0-1.0", None
    )
    assert source_name(words, "newprobe.reach", [credit]) == "New Probe Project"
    assert source_name(words, "newprobe.reach") == "newprobe"
    assert source_name(words, "monash.reachability") == "Monash IP Observatory"


# Clocks


def test_local_times_are_those_of_the_counties_affected():
    """P9: Louisiana is an hour behind New York, whose clock is not the people's there."""
    body = WRITER._text(event(EventKind.SUSPECTED, facts=hurricane()), MAIL).body
    assert "in Chicago)" in body
    assert "New York" not in body


@pytest.mark.parametrize("other", ["Texas/El Paso", "Florida/Leon"])
def test_parts_with_several_clocks_have_times_in_utc_alone(other):
    facts = hurricane(regions=regions("US", {**COUNTIES, other: 0.2}))
    body = WRITER._text(event(EventKind.SUSPECTED, facts=facts), MAIL).body
    assert " UTC." in body
    assert not re.search(r"\(\d\d:\d\d", body)


# States and counties


def test_texts_name_the_few_states_that_all_parts_lie_in():
    """ "The United States" says too much of eleven counties on the Gulf of Mexico."""
    told = event(EventKind.SUSPECTED, facts=hurricane())
    words = load_translations(TEMPLATES, "en")
    text = build(told, words, REGISTER)
    assert text.names.place == "Louisiana and Texas"
    assert text.names.within == "in Louisiana and Texas (United States)"
    assert text.names.whole_within == "in the United States"
    post = WRITER._text(told, MAIL)
    assert "a drop in connectivity in Louisiana and Texas (United States);" in post.body
    assert "Orange County is at 11%, Acadia Parish at 11%" in post.body
    assert WRITER.check(told, post) == ()
    title = write_title(TEMPLATES, text, words)
    assert title.startswith("Louisiana and Texas: one source shows connectivity in ")


def test_counties_of_many_states_are_named_with_their_state():
    more = {"Mississippi/Adams": 0.12, "Arkansas/Union": 0.13}
    facts = hurricane(regions=regions("US", {**COUNTIES, **more}))
    told = event(EventKind.SUSPECTED, facts=facts)
    post = WRITER._text(told, MAIL)
    assert "in the United States;" in post.body
    assert "Orange County (Texas) is at 11%" in post.body
    assert WRITER.check(told, post) == ()


def test_level_of_the_country_is_not_that_of_states():
    """P4: beside names of states, the country's own level would read as theirs."""
    facts = hurricane(part=None, level=0.8, series=(series(PROBING, 0.8),))
    text = build(
        event(EventKind.SUSPECTED, facts=facts),
        load_translations(TEMPLATES, "en"),
        REGISTER,
    )
    assert text.names.within == "in the United States"


@pytest.mark.parametrize("lang", [x for x in LANGUAGES if x != "en"])
def test_other_languages_name_the_country(lang):
    """No register on file has the names of states and ranks of counties in them."""
    told = event(EventKind.SUSPECTED, facts=hurricane())
    text = build(told, load_translations(TEMPLATES, lang), REGISTER)
    assert text.names.place == REGISTER.name(hurricane().place, lang)
    assert "Parish" not in str(text.parts.operator_levels)


def with_unbranded() -> Facts:
    """Return facts of three brands and of a network that readers know by number alone."""
    unbranded = replace(operators(0.05)[0], brand="", entity=UNBRANDED)
    return mobile(networks=(unbranded, *mobile().parts.networks))


@pytest.mark.parametrize("kind", [EventKind.CONFIRMED, EventKind.UPDATED])
def test_a_network_without_a_brand_is_counted_after_those_with_one(kind):
    """Its level, times and duration are those of the incident, too (P4)."""
    told = event(kind, facts=with_unbranded())
    text = build(told, load_translations(TEMPLATES, "en"), REGISTER)
    assert text.parts.operators == "Kcell, Tele2, Beeline and 1 more"
    assert str(text.parts.operator_range).startswith("5")
    body = WRITER._text(told, X).body
    assert "Kcell" in body


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_post_names_its_source(kind, lang):  # P13
    """Where there is no room for what was measured, there is for who measured it."""
    body = WRITER._text(
        event(kind, facts=EVERY_KIND[kind]()), replace(X, lang=lang)
    ).body
    source = load_translations(TEMPLATES, lang).brands["ioda"].name
    assert source in body or kind in CORRECTION_KINDS, body


def test_a_national_incident_names_its_country_while_a_part_is_still_down():
    """The part did not come back: "partly back" is said of the country."""
    facts = changed(hurricane(), scope=Scope.NATIONAL, state=State.PARTLY_RESTORED)
    told = event(EventKind.PARTLY_RESTORED, facts=facts)
    text = build(told, load_translations(TEMPLATES, "en"), REGISTER)
    assert text.names.states is None
    assert text.names.within == "in the United States"
