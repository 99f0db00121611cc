"""Times are given only as precisely as they are known (P9)."""

from datetime import timedelta

import pytest

from bot.model.interval import DurationRange, Interval
from bot.places import load_register
from bot.sources.registry import all_brands
from bot.text.times import TimeFormatter
from bot.text.translations import environment, load_translations, templates_root
from tests.builders import between, utc

WORDS = load_translations(environment(templates_root(), all_brands()), "en")
ALMATY = TimeFormatter(WORDS, load_register(), "Asia/Almaty")
TEHRAN = TimeFormatter(WORDS, load_register(), "Asia/Tehran")


def test_instant_has_utc_and_local_time_of_that_date():
    text = ALMATY.instant(utc("2022-01-05 11:00"))
    assert text == "11:00 UTC on 5 January (17:00 in Almaty)"


def test_local_date_is_named_if_it_differs():
    text = ALMATY.instant(utc("2022-01-05 20:00"))
    assert text == "20:00 UTC on 5 January (02:00 on 6 January in Almaty)"


def test_interval_of_fifteen_minutes_is_called_around():
    near = utc("2022-01-05 11:00")
    onset = between("2022-01-05 10:40", "2022-01-05 10:50")
    assert ALMATY.interval(onset, near) == "around 10:45 UTC (16:45 in Almaty)"


def test_wider_interval_shows_both_ends_and_nothing_between():
    onset = between("2026-01-08 16:30", "2026-01-08 17:00")
    assert (
        TEHRAN.interval(onset, utc("2026-01-11 12:00"))
        == "between 16:30 and 17:00 UTC on Thursday 8 January (20:00\u201320:30 in Tehran)"
    )


def test_interval_over_midnight_names_both_days():
    onset = between("2021-01-13 18:00", "2021-01-14 00:00")
    text = ALMATY.interval(onset, utc("2021-01-14 01:00"))
    assert text.startswith("between 18:00 UTC on 13 January and 00:00 UTC on 14")
    assert text.endswith("(00:00\u201306:00 on 14 January in Almaty)")


def test_interval_within_one_part_of_day_is_named():
    onset = between("2022-01-04 12:30", "2022-01-04 16:00")
    assert ALMATY.interval(onset) == (
        "on the evening of Tuesday 4 January in Almaty (12:30\u201316:00 UTC)"
    )
    onset = between("2022-01-04 00:00", "2022-01-04 05:00")
    assert ALMATY.interval(onset).startswith("on the morning of Tuesday 4 January")


@pytest.mark.parametrize(
    ("since", "until"),
    [
        # shorter than three hours, so no part of the day is named
        ("2022-01-04 13:30", "2022-01-04 16:00"),
        # partly in the afternoon and partly in the evening
        ("2022-01-04 10:00", "2022-01-04 14:00"),
        # within a night; nights are not named, because a night spans two dates
        ("2022-01-04 18:00", "2022-01-04 22:00"),
        # in the early morning, when it is still the day before in UTC
        ("2022-01-03 20:00", "2022-01-03 23:30"),
        # from one evening to the next
        ("2022-01-04 12:00", "2022-01-05 14:00"),
    ],
)
def test_any_other_interval_shows_both_ends(since, until):
    assert ALMATY.interval(between(since, until)).startswith("between ")


@pytest.mark.parametrize(
    ("shortest", "longest", "text"),
    [
        ((6, 8, 0), (6, 9, 0), "between 6 days 8 hours and 6 days 9 hours"),
        ((6, 8, 5), (6, 8, 20), "about 6 days 8 hours"),
        ((0, 0, 15), (0, 0, 30), "between 15 minutes and 30 minutes"),
        ((0, 0, 0), (0, 0, 30), "less than 30 minutes"),
        ((1, 0, 0), (1, 0, 0), "about 1 day"),
    ],
)
def test_duration_is_a_range_unless_both_ends_read_alike(shortest, longest, text):
    def span(parts: tuple[int, int, int]) -> timedelta:
        return timedelta(days=parts[0], hours=parts[1], minutes=parts[2])

    assert ALMATY.duration(DurationRange(span(shortest), span(longest))) == text


def test_utc_offsets_are_shown_with_their_minutes():
    assert TEHRAN.offset(utc("2026-01-08 12:00")) == "UTC+3:30"
    assert ALMATY.offset(utc("2022-01-05 12:00")) == "UTC+6"
    assert ALMATY.offset(utc("2025-01-05 12:00")) == "UTC+5"


def test_time_called_around_lies_within_the_interval():
    for minute in range(0, 60, 5):
        since = utc("2022-01-05 10:00") + timedelta(minutes=minute)
        onset = Interval(since, since + timedelta(minutes=15))
        clock = ALMATY.interval(onset, onset.until).removeprefix("around ")[:5]
        shown = utc(f"2022-01-05 {clock}")
        assert onset.since <= shown <= onset.until


@pytest.mark.parametrize(
    ("lang", "since", "until", "part"),
    [
        ("hi", "2022-01-04 11:00", "2022-01-04 14:00", "शाम"),
        ("hi", "2022-01-04 15:15", "2022-01-04 18:30", "रात"),
        ("my", "2022-01-04 15:15", "2022-01-04 18:30", "ည"),
        ("sw", "2022-01-04 15:15", "2022-01-04 18:30", "usiku"),
        ("es", "2022-01-04 11:00", "2022-01-04 14:00", "tarde"),
        ("es", "2022-01-04 15:15", "2022-01-04 18:30", "noche"),
        ("en", "2022-01-04 15:15", "2022-01-04 18:30", "evening"),
    ],
)
def test_parts_of_the_day_are_those_of_the_language(lang, since, until, part):
    """16:00 to 19:00 and 20:15 to 23:30 local time, which only English calls evening."""
    words = load_translations(environment(templates_root(), all_brands()), lang)
    # Karachi is five hours ahead of UTC.
    times = TimeFormatter(words, load_register(), "Asia/Karachi")
    assert part in times.interval(between(since, until))
