"""Dates of the Solar Hijri calendar, by which Iran and Afghanistan live."""

from datetime import date, datetime
from enum import StrEnum

from babel.dates import format_datetime
from jdatetime import date as solar_date

from bot.text.translations import Translations

# The months have other names in Afghanistan.
_MONTHS = {"Asia/Tehran": "iran", "Asia/Kabul": "afghanistan"}


class SolarForm(StrEnum):
    """The form of a date in the Solar Hijri calendar.

    date: day and month, with the Gregorian date in brackets. day: the same with its
    weekday. local: day and month alone, for a place that is in brackets itself.
    """

    DATE = "date"
    DAY = "day"
    LOCAL = "local"


def solar_day(day: date) -> tuple[int, int]:
    """Return month (1 to 12) and day of a Gregorian date in the Solar Hijri calendar."""
    solar = solar_date.fromgregorian(year=day.year, month=day.month, day=day.day)
    return int(solar.month), int(solar.day)


def format_solar(
    translations: Translations, zone: str, at: datetime, form: SolarForm, gregorian: str
) -> str:
    """Return the date of `at`, in its own time zone, in the calendar of a place.

    Args:
        translations: the language; only one with messages for the months is changed.
        zone: the place's time zone, a name of the tz database.
        at: aware.
        form: how much of the date is given.
        gregorian: the Gregorian date in the language; returned where the place or the
            language does not use the Solar Hijri calendar.
    """
    names = _MONTHS.get(zone)
    if names is None or not translations.has("own", "solar", names):
        return gregorian
    month, day = solar_day(at.date())
    return translations.translate(
        "own",
        "solar",
        form,
        day=day,
        month=translations.translate("own", "solar", names, month=month),
        date=gregorian,
        weekday=format_datetime(
            at, "EEEE", tzinfo=at.tzinfo, locale=translations.info.locale
        ),
    )
