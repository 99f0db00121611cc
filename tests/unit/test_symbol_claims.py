"""Emoji and mentions of accounts in edited texts need a second person (P4, P16)."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.characters import character_problem
from bot.claims.linter import Linter
from bot.claims.symbols import emoji_and_mentions
from bot.model.draft import ClaimKind, Objection, ObjectionWeight
from bot.model.incident import EventKind
from bot.model.verdict import Scope
from bot.places import load_register
from bot.sources.registry import all_brands
from bot.text.translations import (
    environment,
    languages,
    load_glyphs,
    templates_root,
)
from tests.builders import event, facts, restored, suspected

SITE = "https://outagewire.example.org"
TEMPLATES = environment(templates_root(), all_brands())
LINTER = Linter(load_register(), TEMPLATES, SITE)
BLACKOUT = event(EventKind.CONFIRMED, facts=facts())
TEXTS = tomllib.loads(
    (Path(__file__).parents[1] / "claims" / "symbols.toml").read_text("utf-8")
)
SYMBOLS = (ClaimKind.EMOJI, ClaimKind.MENTION)
EVENTS = {
    "confirmed": BLACKOUT,
    "restored": event(EventKind.RESTORED, facts=restored()),
    "suspected": event(EventKind.SUSPECTED, facts=suspected()),
    "updated while suspected": event(EventKind.UPDATED, facts=suspected()),
    "retracted": event(EventKind.RETRACTED, facts=suspected()),
    "mobile": event(EventKind.CONFIRMED, facts=facts(scope=Scope.MOBILE)),
}
GLYPHS = {
    "confirmed": ("scopes", "national"),
    "restored": ("kinds", "restored"),
    "suspected": ("kinds", "suspected"),
    "updated while suspected": ("kinds", "suspected"),
    "retracted": ("kinds", "retracted"),
    "mobile": ("scopes", "mobile"),
}


def marked(text: str, lang: str = "en", about: str = "confirmed") -> list[Objection]:
    objections = LINTER.check(EVENTS[about], text, lang)
    return [objection for objection in objections if objection.kind in SYMBOLS]


@pytest.mark.parametrize("text", TEXTS["good"])
def test_signs_and_the_emoji_of_the_post_are_allowed(text):
    assert marked(text) == []


@pytest.mark.parametrize(("text", "kind", "words"), TEXTS["bad"])
def test_emoji_and_mentions_need_a_second_person(text, kind, words):
    assert [(o.kind, o.words, o.weight) for o in marked(text)] == [
        (kind, words, ObjectionWeight.SECOND)
    ]


@pytest.mark.parametrize("lang", [*languages(templates_root()), "de"])
def test_emoji_and_mentions_are_marked_in_every_language(lang):
    words = [o.words for o in marked("2% \N{FIRE} @kcell", lang)]
    assert words == ["\N{FIRE}", "@kcell"]


@pytest.mark.parametrize("about", EVENTS)
def test_only_the_emoji_of_the_event_is_allowed(about):
    glyphs = load_glyphs(TEMPLATES)
    group, name = GLYPHS[about]
    own = glyphs[group][name]
    every_glyph = {glyph for table in glyphs.values() for glyph in table.values()}
    allowed = {g for g in every_glyph if not marked(f"{g} 2%", about=about)}
    assert allowed == {own}


@given(st.characters(categories=["Co", "Cf", "Cs", "Cc"], exclude_characters="\n"))
def test_characters_that_are_not_shown_do_not_get_into_texts(character):
    """Joiners and direction marks are needed by texts, and hide no mention."""
    refused = bool(character_problem(f"a{character}b", may_have_lines=True))
    assert refused or emoji_and_mentions(f"@{character}kcell")


@given(
    st.sampled_from("@\N{FULLWIDTH COMMERCIAL AT}"),
    st.from_regex(r"\w{1,9}", fullmatch=True),
)
def test_every_at_sign_before_a_word_is_a_mention(at, name):
    assert emoji_and_mentions(f"({at}{name})")
