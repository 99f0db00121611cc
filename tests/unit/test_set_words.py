"""Plurals, spaces, dates and chart texts follow the rules of each language."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import regex

from bot.charts.choose import ChartKind
from bot.charts.illustrator import Illustrator
from bot.model.incident import EventKind
from bot.site.charts.timeline import IncidentTimeline
from bot.text.translations import load_translations
from tests import gallery
from tests.builders import EVERY_KIND, MAIL, MASTODON, X, event, evidence, utc
from tests.incidents import INCIDENTS
from tests.unit.test_languages import (
    ENGLISH,
    LANGUAGES,
    LATIN,
    LINK,
    MALFORMED,
    REGISTER,
    TEMPLATES,
    text_without_names,
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
def test_duration_and_timeline_charts_are_in_their_language(lang):
    words = load_translations(TEMPLATES, lang)
    artist = Illustrator(TEMPLATES, words, REGISTER, "https://o.example")
    texts: list[str] = []
    for kind in (EventKind.CONFIRMED, EventKind.RESTORED, EventKind.SUSPECTED):
        event_facts = EVERY_KIND[kind]()
        for past in (gallery.past()[:1], gallery.past()):
            scene, _ = artist.prepare(
                event(kind, facts=event_facts), evidence(event_facts), past
            )
            captions = artist._compared(scene)
            texts += [captions.title, captions.subtitle]
            texts.append(artist.alt(scene, ChartKind.DURATIONS, 5000))
    line = IncidentTimeline(artist, ROWS, utc("2022-01-09 10:00"))
    texts += [line.captions().title, line.captions().subtitle, line.write_alt_text()]
    foreign = ENGLISH if lang in LATIN else regex.compile(r"\p{Latin}")
    for text in texts:
        assert text
        assert not MALFORMED[2].search(text), text
        assert lang == "en" or not foreign.search(text_without_names(text)), text


def test_counts_on_a_chart_use_the_right_plural():
    words = {lang: load_translations(TEMPLATES, lang) for lang in LANGUAGES}
    plurals = {n: words["ru"].translate("chart", "line", n=n) for n in (2, 5, 21)}
    assert plurals[2] == "2 зарегистрированных случая перебоев"
    assert plurals[5] == "5 зарегистрированных случаев перебоев"
    assert plurals[21] == "21 зарегистрированный случай перебоев"
    assert words["ar"].translate("chart", "line", n=2) == (
        "اضطرابان مسجلان في خدمة الإنترنت"
    )
    assert words["en"].count(1, "day") == "1 day"


# Punctuation, agreement and dates


def texts_in(lang: str) -> Iterator[str]:
    """Yield a description and the posts for each kind of event, without report links."""
    artist = Illustrator(TEMPLATES, load_translations(TEMPLATES, lang), REGISTER, "")
    for kind, build in EVERY_KIND.items():
        step = event(kind, facts=build())
        yield artist.describe(step, evidence(step.facts))
        for name in INCIDENTS:
            yield write(kind, name, replace(MASTODON, lang=lang)).replace(LINK, "")


@pytest.mark.parametrize(("lang", "marks"), [("fr", ":;%"), ("es", "%")])
def test_no_line_breaks_before_a_spaced_punctuation_mark(lang, marks):
    for text in texts_in(lang):
        assert not regex.search(rf"[^\N{{NO-BREAK SPACE}}][{marks}]", text), text


def test_percent_sign_joins_its_number_in_russian():
    for text in texts_in("ru"):
        assert not regex.search(r"[^\p{Nd}]%", text), text


def test_word_before_a_time_or_name_agrees_with_it():
    spanish, portuguese = (load_translations(TEMPLATES, lang) for lang in ("es", "pt"))
    assert (
        spanish.translate("times", "around", moment="01:00 UTC") == "hacia la 01:00 UTC"
    )
    assert (
        spanish.translate("times", "around", moment="11:00 UTC")
        == "hacia las 11:00 UTC"
    )
    assert portuguese.translate("times", "between", since="01:00", until="02:30") == (
        "entre a 01:00 e as 02:30 UTC"
    )
    assert spanish.join_list(["Kcell", "Irancell"]) == "Kcell e Irancell"
    assert spanish.join_list(["Irancell", "Kcell"]) == "Irancell y Kcell"


def test_dates_follow_the_press_style_of_the_language():
    first, wednesday = utc("2022-01-01 17:30"), utc("2022-01-05 17:30")
    french = load_translations(TEMPLATES, "fr")
    assert french.date(first, "date") == "1er janvier"
    assert french.date(first, "clock") == "17h30"
    assert load_translations(TEMPLATES, "pt").date(first, "date") == "1º de janeiro"
    assert (
        load_translations(TEMPLATES, "ru").date(wednesday, "day") == "в среду, 5 января"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_onset_across_two_days_is_given_no_day(lang):  # P9
    text = write(
        EventKind.ESCALATED, "the Emirates, over midnight", replace(MASTODON, lang=lang)
    )
    words = load_translations(TEMPLATES, lang)
    assert words.date(utc("2022-01-05 00:00"), "day") not in text


def test_burmese_particles_join_words_but_not_hashtags():
    posts = write(EventKind.CONFIRMED, "mobile networks of Iran", replace(X, lang="my"))
    letter = write(
        EventKind.CONFIRMED, "mobile networks of Iran", replace(MAIL, lang="my")
    )
    assert "#အီရန် တွင်" in posts
    assert "အီရန်တွင်" in letter
