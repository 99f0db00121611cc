"""The page of a place counts its incidents by class and season, and claims no more."""

import json

from bot.model.classification import ClassKind
from bot.model.incident import EventKind, State
from bot.site.page_files import IncidentData
from bot.site.places.history_counts import history_counts
from bot.text.times import TimeFormatter
from tests.builders import KZ, event, restored, suspected
from tests.gallery import ARTIST
from tests.unit.test_pages import publish, read, report_of

TIMES = TimeFormatter(ARTIST.translations, ARTIST.register, "Asia/Almaty")
HOUR = 3600


def row(hours: int | None = None, **changes: object) -> IncidentData:
    """Return a row of a history; `hours`: how long the incident lasted, if it ended."""
    lasted = None if hours is None else [hours * HOUR, hours * HOUR]
    return {
        "confirmed": True,
        "drill": False,
        "entity": str(KZ),
        "onset": {"from": "2022-01-04T10:00:00Z", "to": "2022-01-04T11:00:00Z"},
        "state": "confirmed" if hours is None else "restored",
        "down_s": lasted,
        "class": "national-blackout",
        **changes,
    }


def test_classes_have_counts_and_durations_of_three_that_ended():
    other = {"class": "mobile"}
    rows = [row(2), row(10), row(4), row(), row(5, **other), row(9, **other)]
    counts = history_counts(rows, KZ, TIMES)
    assert counts is not None
    blackouts, cuts = counts["classes"]
    assert (blackouts["name"], blackouts["count"]) == ("nation-scale blackout", 4)
    assert (blackouts["median"], blackouts["longest"]) == (
        "about 4 hours",
        "about 10 hours",
    )
    # Two durations have no median that says anything.
    assert (cuts["count"], cuts["median"], cuts["longest"]) == (2, None, None)


def test_what_was_no_outage_of_the_place_is_not_counted():  # P7
    rows = [
        row(3, drill=True),
        row(3, confirmed=False),
        row(state=State.RETRACTED),
        row(3, entity="asn:9198"),
    ]
    assert history_counts(rows, KZ, TIMES) is None


def test_seasons_are_those_of_the_place_and_need_three_incidents():
    # In Almaty, the last evening of March in UTC is April.
    march = {"onset": {"from": "2022-03-31T19:00:00Z", "to": "2022-03-31T20:00:00Z"}}
    counts = history_counts([row(1), row(1), row(1, **march)], KZ, TIMES)
    assert counts is not None
    assert counts["seasons"] == [
        {"name": "January to March", "count": 2},
        {"name": "April to June", "count": 1},
    ]
    few = history_counts([row(1), row(1, **march)], KZ, TIMES)
    assert few is not None
    assert few["seasons"] == []


def test_row_of_an_earlier_version_has_no_known_class():
    old = {key: value for key, value in row(2).items() if key != "class"}
    counts = history_counts([old], KZ, TIMES)
    assert counts is not None
    assert counts["classes"][0]["id"] == ClassKind.UNKNOWN


def test_page_of_a_place_shows_the_counts(tmp_path):
    publish(tmp_path, report_of(tmp_path, event(facts=restored())))
    page = read(tmp_path / "place/country/KZ/index.html")
    assert "Confirmed incidents, by class" in page.text
    assert "Median duration" not in page.text
    assert "By when they began" not in page.text


def test_page_of_a_suspected_place_counts_nothing(tmp_path):  # P7
    publish(
        tmp_path, report_of(tmp_path, event(EventKind.SUSPECTED, facts=suspected()))
    )
    page = read(tmp_path / "place/country/KZ/index.html")
    assert "by class" not in page.text
    history = json.loads((tmp_path / "place/country/KZ/history.json").read_text())
    assert history["counts"] is None
