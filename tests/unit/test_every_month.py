"""The bot's own sentences pass the claim check in every month of the year."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.model.draft import PictureDescription
from bot.model.event import IncidentEvent
from bot.model.incident import Trace
from bot.text.translations import languages, templates_root
from tests.builders import MAIL, X, event, evidence, facts, utc
from tests.unit.test_every_place import LINTER, WRITER, post, stopped

WRITTEN = utc("2022-01-05 12:00")
MONTHS = range(1, 13)
LANGUAGES = sorted(languages(templates_root()))


def moved(value: Any, by: timedelta) -> Any:
    """Return `value` with all its times later by `by`, however deep they lie."""
    if isinstance(value, datetime):
        return value + by
    if isinstance(value, tuple):
        return tuple(moved(item, by) for item in value)
    if is_dataclass(value) and not isinstance(value, type | Trace):
        changed = {f.name: moved(getattr(value, f.name), by) for f in fields(value)}
        return replace(value, **changed)
    return value


def event_in(month: int, day: int = 5) -> IncidentEvent:
    at = datetime(2026, month, day, 12, tzinfo=UTC)
    return moved(event(facts=facts()), at - WRITTEN)


def described(about: IncidentEvent, lang: str) -> PictureDescription:
    drawn = evidence(about.facts)
    return PictureDescription(WRITER._illustrator(lang).describe(about, drawn), drawn)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_posts_pass_in_every_month(lang, month):
    """P8: a draft that the check stops waits for a person, and nobody is told in time."""
    for day in (1, 5, 28):
        about = event_in(month, day)
        assert stopped([about], lang, [MAIL, X]) == []


@pytest.mark.sampled(4)
@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_descriptions_of_charts_pass_in_every_month(lang, month):
    about = event_in(month)
    picture = described(about, lang)
    assert WRITER.check_alt(about, picture, lang) == ()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_month_is_found_in_every_month(lang):
    """The names are read as months: the text of one month is false in the next."""
    for month in MONTHS:
        text = post(event_in(month), lang)
        other = event_in(month % 12 + 1)
        assert LINTER.check(other, text, lang), month


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_pass_on_every_day_of_a_leap_year(lang):
    """Each day has another hour, so that all days, weekdays and hours come up."""
    for day in range(366):
        at = datetime(2028, 1, 1, tzinfo=UTC) + timedelta(days=day, hours=day % 24)
        about = moved(event(facts=facts()), at - WRITTEN)
        assert stopped([about], lang, [MAIL, X]) == [], at
        picture = described(about, lang)
        assert WRITER.check_alt(about, picture, lang) == (), at
