"""How each language sets what it says: plurals, spaces, dates, and words on charts."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import regex

from bot.charts.choose import ChartKind
from bot.charts.illustrator import Illustrator
from bot.model.incident import EventKind
from bot.site.charts import _Line
from bot.text.translations import load_translations
from tests import gallery
from tests.builders import EVERY_KIND, MAIL, MASTODON, X, event, evidence, utc
from tests.incidents import INCIDENTS
from tests.unit.test_languages import (
    ENGLISH,
    LANGUAGES,
    LATIN,
    LINK,
    REGISTER,
    STRAY,
    TEMPLATES,
    words_of,
    write,
)

_SPAN = {"from": "2022-01-02T10:00:00Z", "to": "2022-01-02T10:30:00Z"}
_END = {"from": "2022-01-03T10:00:00Z", "to": "2022-01-03T10:30:00Z"}
ROWS: list[dict[str, Any]] = [
    {
        "entity": entity,
        "state": state,
        "onset": _SPAN,
        "restored": _END if state == "restored" else None,
        "credits": "IODA",
    }
    for entity, state in (
        ("country:KZ", "confirmed"),
        ("country:CI", "restored"),
        ("country:MM", "suspected"),
    )
]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_charts_of_durations_and_of_all_incidents_speak_the_language(lang):
    words = load_translations(TEMPLATES, lang)
    artist = Illustrator(TEMPLATES, words, REGISTER, "https://o.example")
    said: list[str] = []
    for kind in (EventKind.CONFIRMED, EventKind.RESTORED, EventKind.SUSPECTED):
        told = EVERY_KIND[kind]()
        for past in (gallery.past()[:1], gallery.past()):
            scene, _ = artist.kinds(event(kind, facts=told), evidence(told), past)
            captions = artist._compared(scene)
            said += [captions.title, captions.subtitle]
            said.append(artist.alt(scene, ChartKind.DURATIONS, 5000))
    line = _Line(artist, ROWS, utc("2022-01-09 10:00"))
    said += [line.captions().title, line.captions().subtitle, line.alt()]
    found = ENGLISH if lang in LATIN else regex.compile(r"\p{Latin}")
    for text in said:
        assert text
        assert not STRAY[2].search(text), text
        assert lang == "en" or not found.search(words_of(text)), text


def test_what_is_counted_on_a_chart_is_in_its_plural():
    words = {lang: load_translations(TEMPLATES, lang) for lang in LANGUAGES}
    told = {n: words["ru"].say("chart", "line", n=n) for n in (2, 5, 21)}
    assert told[2] == "2 зарегистрированных сбоя"
    assert told[5] == "5 зарегистрированных сбоев"
    assert told[21] == "21 зарегистрированный сбой"
    assert words["ar"].say("chart", "line", n=2) == "اضطرابان مسجلان"
    assert words["en"].count(1, "day") == "1 day"


# How a language sets its words


def told_in(lang: str) -> Iterator[str]:
    """Posts and descriptions of pictures at every step, addresses and credits apart."""
    artist = Illustrator(TEMPLATES, load_translations(TEMPLATES, lang), REGISTER, "")
    for kind, build in EVERY_KIND.items():
        one = event(kind, facts=build())
        yield artist.describe(one, evidence(one.facts))
        for name in INCIDENTS:
            yield write(kind, name, replace(MASTODON, lang=lang)).replace(LINK, "")


@pytest.mark.parametrize(("lang", "marks"), [("fr", ":;%"), ("es", "%"), ("ru", "%")])
def test_no_line_may_break_before_a_mark_that_stands_apart(lang, marks):
    for text in told_in(lang):
        assert not regex.search(rf"[^\N{{NO-BREAK SPACE}}][{marks}]", text), text


def test_a_word_before_a_time_or_a_name_takes_the_form_that_it_asks_for():
    spanish, portuguese = (load_translations(TEMPLATES, lang) for lang in ("es", "pt"))
    assert spanish.say("times", "around", moment="01:00 UTC") == "hacia la 01:00 UTC"
    assert spanish.say("times", "around", moment="11:00 UTC") == "hacia las 11:00 UTC"
    assert portuguese.say("times", "between", since="01:00", until="02:30") == (
        "entre a 01:00 e as 02:30 UTC"
    )
    assert spanish.listing(["Kcell", "Irancell"]) == "Kcell e Irancell"
    assert spanish.listing(["Irancell", "Kcell"]) == "Irancell y Kcell"


def test_a_date_is_written_as_a_newsroom_of_the_language_does():
    first, wednesday = utc("2022-01-01 17:30"), utc("2022-01-05 17:30")
    french = load_translations(TEMPLATES, "fr")
    assert french.date(first, "date") == "1er janvier"
    assert french.date(first, "clock") == "17h30"
    assert load_translations(TEMPLATES, "pt").date(first, "date") == "1º de janeiro"
    assert (
        load_translations(TEMPLATES, "ru").date(wednesday, "day") == "в среду, 5 января"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_beginning_that_lies_in_two_days_is_given_none(lang):  # P9
    text = write(
        EventKind.ESCALATED, "the Emirates, over midnight", replace(MASTODON, lang=lang)
    )
    words = load_translations(TEMPLATES, lang)
    assert words.date(utc("2022-01-05 00:00"), "day") not in text


def test_particles_stand_by_their_word_in_burmese_but_not_in_a_hashtag():
    posts = write(EventKind.CONFIRMED, "mobile networks of Iran", replace(X, lang="my"))
    letter = write(
        EventKind.CONFIRMED, "mobile networks of Iran", replace(MAIL, lang="my")
    )
    assert "#အီရန် တွင်" in posts
    assert "အီရန်တွင်" in letter
