"""Texts link only to the report site and to cited sources (P4, P8)."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.claims.linter import Linter
from bot.model.attribution import (
    Attribution,
    AttributionAct,
    AttributionLevel,
    AttributionStep,
    CauseClaim,
)
from bot.model.draft import ClaimKind, ObjectionWeight
from bot.model.incident import EventKind
from bot.places import load_register
from bot.sources.registry import all_brands
from bot.text.translations import environment, languages, templates_root
from tests.builders import NOW, event, facts

SITE = "https://outagewire.example.org/wire/"
TEMPLATES = environment(templates_root(), all_brands())
LINTER = Linter(load_register(), TEMPLATES, SITE)
BLACKOUT = event(EventKind.CONFIRMED, facts=facts())
TEXTS = tomllib.loads(
    (Path(__file__).parents[1] / "claims" / "links.toml").read_text("utf-8")
)


def attribution(
    level: AttributionLevel, link: str, archived: str, *acts: AttributionAct
) -> Attribution:
    claim = CauseClaim(level, "the statement", "the ministry", link, archived)
    steps = {
        act: AttributionStep("KZ-2022-0104", 1, act, str(act), "", NOW) for act in acts
    }
    added = AttributionStep(
        "KZ-2022-0104", 1, AttributionAct.ADD, "Ada", "", NOW, claim
    )
    return Attribution(
        1,
        claim,
        added,
        steps.get(AttributionAct.SIGN),
        steps.get(AttributionAct.WITHDRAW),
    )


CAUSES = (
    attribution(
        AttributionLevel.A1,
        "https://news.example.com/story?id=7",
        "https://archive.example.net/a1",
    ),
    attribution(AttributionLevel.A3, "https://unsigned.example.com/", "copies/1.html"),
    attribution(
        AttributionLevel.A1,
        "https://withdrawn.example.com/",
        "",
        AttributionAct.WITHDRAW,
    ),
)


def refused_links(text: str, lang: str) -> list[str]:
    objections = LINTER.check(BLACKOUT, text, lang, CAUSES)
    links = [o for o in objections if o.kind is ClaimKind.LINK]
    assert all(o.weight is ObjectionWeight.BLOCK for o in links)
    return [o.words for o in links]


@pytest.mark.parametrize(("lang", "text"), TEXTS["good"])
def test_links_to_the_site_and_to_citations_are_allowed(lang, text):
    assert refused_links(text, lang) == []


@pytest.mark.parametrize(("lang", "text", "link"), TEXTS["bad"])
def test_any_other_link_is_refused_without_a_second_person(lang, text, link):
    assert refused_links(text, lang) == [link]


@pytest.mark.parametrize("lang", [*languages(templates_root()), "de"])
def test_foreign_links_are_refused_in_every_language(lang):
    for link in ("https://example.com/x", "example.com/x", "пример.рф"):
        assert refused_links(f"2% {link}", lang) == [link]
    assert refused_links(f"2% {SITE}i/KZ-2022-0104/", lang) == []


@given(st.from_regex(r"[a-z]{1,9}(\.[a-z]{2,9}){1,3}(/[a-z]{0,9})?", fullmatch=True))
def test_no_bare_domain_but_ours_is_allowed(address):
    assume(not address.startswith(("outagewire.example.org/wire", "ioda.live")))
    assert refused_links(address, "en") == [address]


def test_link_in_a_credit_of_the_facts_is_allowed():  # P13
    (first, *_) = BLACKOUT.facts.sources.credits
    assert refused_links(f"Sources and licences: {first.text}", "en") == []


def test_site_without_an_address_allows_no_link_of_its_own():
    linter = Linter(load_register(), TEMPLATES, "")
    (objection,) = linter.check(BLACKOUT, f"See {SITE}", "en")
    assert objection.kind is ClaimKind.LINK
