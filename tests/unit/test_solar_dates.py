"""Persian texts on Iran and Afghanistan give the Solar Hijri date as well."""

from datetime import date

import pytest

from bot.claims.linter import Linter
from bot.model.draft import ClaimKind
from bot.model.incident import EventKind
from bot.places import load_register
from bot.sources.registry import all_brands
from bot.text.times import TimeFormatter, solar_day
from bot.text.translations import environment, load_translations, templates_root
from tests.builders import between, event, iran_partial, utc

REGISTER = load_register()
TEMPLATES = environment(templates_root(), all_brands())
JANUARY = "\u0698\u0627\u0646\u0648\u06cc\u0647"
DEY, JADI = (
    "\u062f\u06cc",
    "\u062c\u062f\u06cc",
)  # the tenth month in Iran, in Afghanistan


def times(lang: str, zone: str) -> TimeFormatter:
    return TimeFormatter(load_translations(TEMPLATES, lang), REGISTER, zone)


@pytest.mark.parametrize(
    ("gregorian", "solar"),
    [
        ((2026, 1, 8), (10, 18)),
        ((2019, 11, 16), (8, 25)),
        # The last day of a leap year, and the first day of the next year.
        ((2021, 3, 20), (12, 30)),
        ((2021, 3, 21), (1, 1)),
    ],
)
def test_solar_day_is_that_of_the_calendar(gregorian, solar):
    assert solar_day(date(*gregorian)) == solar


@pytest.mark.parametrize(
    ("zone", "month"), [("Asia/Tehran", DEY), ("Asia/Kabul", JADI)]
)
def test_date_is_given_in_both_calendars(zone, month):
    both = f"\u06f1\u06f8 {month} (\u06f8 {JANUARY})"
    assert both in times("fa", zone).instant(utc("2026-01-08 16:30"))
    onset = between("2026-01-08 16:30", "2026-01-08 17:00")
    assert both in times("fa", zone).interval(onset)


def test_other_places_and_languages_have_gregorian_dates():
    at = utc("2026-01-08 16:30")
    assert DEY not in times("fa", "Asia/Almaty").instant(at)
    assert f"\u06f8 {JANUARY}" in times("fa", "Asia/Almaty").instant(at)
    assert times("en", "Asia/Tehran").instant(at).startswith("16:30 UTC on 8 January")


def test_local_date_in_brackets_is_the_solar_one_alone():
    shown = times("fa", "Asia/Tehran").instant(utc("2026-01-08 21:30"))
    assert f"\u06f1\u06f9 {DEY}" in shown
    assert f"\u06f9 {JANUARY}" not in shown


@pytest.mark.parametrize(("day", "true"), [(18, True), (19, False), (28, False)])
def test_dates_of_the_solar_calendar_are_checked(day, true):
    """The event began on 18 Dey; the linter objects to another day."""
    told = event(EventKind.PARTLY_RESTORED, facts=iran_partial())
    began = "\u0622\u063a\u0627\u0632"
    objections = Linter(REGISTER, TEMPLATES, "").check(
        told, f"{began}: {day} {DEY}.", "fa"
    )
    assert (ClaimKind.DATE not in {o.kind for o in objections}) is true
