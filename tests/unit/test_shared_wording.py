"""What all languages share: whose level it is, and which sentences a text may hold."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.claims.linter import Linter
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, Facts
from bot.model.verdict import Scope, Severity
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.event_text import build
from bot.text.names import reported_parts
from bot.text.template_functions import template_functions
from bot.text.translations import (
    environment,
    languages,
    load_translations,
    templates_root,
    whole_percent,
)
from tests.builders import X, event, mobile, regions, suspected

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
    assert text.operator_range in sentence
    told = event(EventKind.SUSPECTED, facts=facts)
    assert not Linter(REGISTER, TEMPLATES).check(told, sentence, lang)


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
    low, high = map(int, re.findall(r"\d+", text.operator_range))
    levels = [whole_percent(p.level or 0.0) for p in reported_parts(facts)]
    assert (low, high) == (min(levels), max(levels))
    unnamed = len(levels) - 3
    assert (f"{unnamed} more" in text.subject) == (unnamed > 0)
