"""The calendar has the windows that the operator called public, as other programs read."""

from dataclasses import replace
from pathlib import Path

from icalendar import Calendar

from bot.bootstrap.components import renderer_of
from bot.config.loading import check_values
from bot.detection.artefacts import ExpectedEvent
from bot.places import load_register
from bot.site.alerts.settings import AlertSettings
from tests.builders import IR, KZ, NOW, between
from tests.unit.test_pages import writer

EXAMS = ExpectedEvent(
    IR,
    between("2022-02-01 03:00", "2022-02-01 05:00"),
    "exams; the ministry, says\nEND:VEVENT",
)
WORKS = ExpectedEvent(KZ, between("2022-01-09 00:00", "2022-01-10 00:00"), "works")


def calendar(site: Path, *windows: ExpectedEvent) -> bytes:
    """Write a site with these windows; return its calendar."""
    alerts = AlertSettings(windows=windows)
    replace(writer(site), alerts=alerts).publish_sources((), NOW)
    return (site / "calendar.ics").read_bytes()


def test_another_program_reads_the_windows(tmp_path):
    parsed = Calendar.from_ical(calendar(tmp_path, EXAMS, WORKS))
    works, exams = parsed.walk("VEVENT")
    assert works["summary"] == "Kazakhstan: works"
    # No text of the operator is taken for a property of the calendar.
    assert exams["summary"] == "Iran: exams; the ministry, says END:VEVENT"
    assert exams.decoded("dtstart") == EXAMS.window.since
    assert exams.decoded("dtend") == EXAMS.window.until
    assert exams["uid"] != works["uid"]


def test_the_same_windows_give_the_same_bytes(tmp_path):  # P14
    first = calendar(tmp_path / "a", EXAMS, WORKS)
    assert calendar(tmp_path / "b", WORKS, EXAMS, EXAMS) == first


def test_a_calendar_without_windows_is_valid(tmp_path):
    assert Calendar.from_ical(calendar(tmp_path)).walk("VEVENT") == []


def test_only_windows_that_are_called_public_leave(tmp_path):  # P12
    window = {
        "place": "country:IQ",
        "since": NOW,
        "until": EXAMS.window.until,
        "what": "exams",
    }
    values = {
        "site": {"out": str(tmp_path / "site")},
        "calendar": [window, {**window, "what": "works", "public": True}],
    }
    config = check_values(values, "c", tmp_path)
    renderer_of(config, load_register()).publish_sources((), NOW)
    (event,) = Calendar.from_ical((tmp_path / "site/calendar.ics").read_bytes()).walk(
        "VEVENT"
    )
    assert event["summary"] == "Iraq: works"
