"""A time without its day is of the day that is named just before it (P9)."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.charts.illustrator import Illustrator
from bot.model.event import Facts
from bot.model.incident import EventKind
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.text_builder import build
from bot.text.translations import environment, load_translations, templates_root
from tests.builders import (
    MAIL,
    PROBING,
    ROUTING,
    TRAFFIC,
    X,
    between,
    event,
    evidence,
    iran_partial,
    restored,
    series,
    utc,
)

REGISTER = load_register()
TEMPLATES = environment(templates_root(), all_brands())
WRITER = TemplateRenderer(REGISTER, Path("site"), "https://example.org", "", TEMPLATES)
ENGLISH = load_translations(TEMPLATES, "en")
ILLUSTRATOR = Illustrator(TEMPLATES, ENGLISH, REGISTER, "https://example.org")
DAY = " on Monday 10 January"


def _long(**changes: object) -> Facts:
    """Return an incident of six days that ended hours before its last readings."""
    as_of = utc("2022-01-10 23:50")
    levels = (series(PROBING, 0.98, as_of=as_of), series(TRAFFIC, 0.97, as_of=as_of))
    return restored(as_of=as_of, series=levels, **changes)


def _short() -> Facts:
    """Return an incident that began and ended on the day of its last readings."""
    return _long(onset=between("2022-01-10 14:30", "2022-01-10 15:00"))


def _post(facts: Facts, outlet=X) -> str:
    return WRITER._text(event(EventKind.RESTORED, facts=facts), outlet).body


def test_end_after_the_beginning_has_its_day():
    body = _post(_long(), MAIL)
    began, _, ended = body.partition("It ended ")
    assert "It began " in began
    assert ended.startswith("between 22:30 and 23:00 UTC on Monday 10 January")


def test_end_on_the_day_of_the_beginning_needs_no_day():
    body = _post(_short(), MAIL)
    assert "It ended between 22:30 and 23:00 UTC (" in body


def test_end_after_a_level_of_its_day_may_lose_the_day():
    """A post that gives no beginning may leave out the day to gain room."""
    text = build(event(EventKind.RESTORED, facts=_long()), ENGLISH, REGISTER)
    assert DAY in str(text.timing.ended)
    assert DAY not in str(text.timing.ended_near)


def test_description_of_a_chart_gives_the_day_of_the_end():
    facts = _long()
    alt = ILLUSTRATOR.describe(event(EventKind.RESTORED, facts=facts), evidence(facts))
    assert f"It ended between 22:30 and 23:00 UTC{DAY}" in alt


@pytest.mark.parametrize("facts", [_long(), _short()])
def test_badge_of_a_chart_gives_the_day_of_the_end(facts):
    told = event(EventKind.RESTORED, facts=facts)
    scene = ILLUSTRATOR.scene(told, ILLUSTRATOR._curves(told, evidence(facts)))
    assert scene.captions.basis.startswith(f"ended between 22:30 and 23:00 UTC{DAY}")


@pytest.mark.parametrize(
    ("lang", "before"),
    [
        ("en", " of normal at "),
        ("sw", " ("),
        ("zh", "\N{FULLWIDTH LEFT PARENTHESIS}"),
    ],
)
def test_level_of_another_time_has_that_time_after_it(lang, before):
    now = utc("2026-01-19 12:00")
    place = iran_partial().place
    facts = iran_partial(
        series=(
            series(PROBING, 0.04, place, as_of=now),
            replace(series(ROUTING, 0.11, place), as_of=utc("2026-01-19 11:50")),
            series(TRAFFIC, 0.92, place, as_of=now),
        )
    )
    words = load_translations(TEMPLATES, lang)
    text = build(event(EventKind.PARTLY_RESTORED, facts=facts), words, REGISTER)
    assert f"11%{before}11:50 UTC" in str(text.sources.still)
