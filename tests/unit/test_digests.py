"""A digest counts what is released of a week, a month or a quarter (P12, P18)."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.incident import EventKind, State
from bot.model.incident_report import Listing
from bot.site.info.digest_counts import count_rows
from bot.site.info.periods import bounds_of, month_of, quarter_of, week_of
from tests.builders import NOW, event, facts, restored
from tests.unit.test_corrections_page import texts_of
from tests.unit.test_feeds import CONFIRMED, RETRACTED, publish
from tests.unit.test_pages import ParsedPage, read, writer

DAY = timedelta(days=1)
AT_FIRST, AT_LAST = datetime(2000, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001
PERIODS = ("2022-W01", "2022-01", "2022-Q1")


def digest(site: Path, period: str) -> ParsedPage:
    return read(site / f"digest/{period}.html")


def row(**changes: object) -> dict[str, object]:
    """Return the row of an incident that is over."""
    fields = {
        "role": "incident",
        "incident": "KZ-1",
        "at": "2022-01-05T00:00:00Z",
        "state": "restored",
        "confirmed": True,
        "class": "mobile",
        "severity": "major",
        "lasted": [3600, 7200],
        "unseen": [],
    }
    return {**fields, **changes}


@pytest.mark.parametrize("period", PERIODS)
def test_digest_counts_an_incident_in_the_period_of_its_onset(tmp_path, period):
    publish(tmp_path, CONFIRMED)
    page = digest(tmp_path, period)
    assert "Incidents 1 Confirmed at some time 1 Only suspected 0" in page.text
    assert {"href": "../i/KZ-2022-0104/index.html"} in page.all("a")
    assert len(page.all("h1")) == 1
    index = read(tmp_path / "digest/index.html")
    assert {"href": f"../digest/{period}.html"} in index.all("a")


def test_digest_states_its_days_in_utc(tmp_path):
    publish(tmp_path, CONFIRMED)
    text = digest(tmp_path, "2022-W01").text
    assert "Digest: week 1 of 2022" in text
    assert "From 3 January 2022 to 9 January 2022, whole days in UTC." in text
    assert "Digest: January 2022" in digest(tmp_path, "2022-01").text
    assert "to 31 March 2022" in digest(tmp_path, "2022-Q1").text


def test_correction_counts_in_the_period_in_which_it_was_made(tmp_path):  # P11
    at = NOW + 40 * DAY
    later = event(
        EventKind.RETRACTED,
        2,
        state=State.RETRACTED,
        as_of=at,
        statement="It was wrong.",
    )
    publish(tmp_path, CONFIRMED, later)
    assert "Retracted, not counted above 1" in digest(tmp_path, "2022-01").text
    february = digest(tmp_path, "2022-02")
    assert {"href": "../i/KZ-2022-0104/index.html#event-2"} in february.all("a")
    assert "Incidents 0" in february.text


def test_duration_is_given_only_once_an_incident_is_over(tmp_path):  # P18
    publish(tmp_path, CONFIRMED)
    assert "None of them is over" in digest(tmp_path, "2022-01").text
    publish(tmp_path, CONFIRMED, event(EventKind.RESTORED, 2, facts=restored()))
    assert "The one that is over took " in digest(tmp_path, "2022-01").text


def test_removed_incident_leaves_no_digest(tmp_path):  # P12
    publish(tmp_path, CONFIRMED, RETRACTED)
    writer(tmp_path).remove_page("KZ-2022-0104", Listing(()))
    names = [path.name for path in (tmp_path / "digest").iterdir()]
    assert names == ["index.html"]
    assert "2022" not in texts_of(tmp_path / "digest")


def test_quarter_has_the_incidents_of_its_months(tmp_path):
    publish(tmp_path, CONFIRMED)
    publish(tmp_path, event(incident="KZ-2", facts=facts(as_of=NOW + 45 * DAY)))
    rows = [
        json.loads(p.read_text("utf-8"))["rows"]
        for p in tmp_path.glob("digest/*-0?.json")
    ]
    assert sum(len(month) for month in rows) == 2
    assert "Incidents 2" in digest(tmp_path, "2022-Q1").text


def test_retracted_incidents_are_in_no_other_count():
    rows = [row(), row(state="retracted"), row(state="confirmed", lasted=None)]
    counts = count_rows(rows)
    assert (len(counts.incidents), len(counts.retracted)) == (2, 1)
    assert (counts.over, counts.lasting) == (1, 1)
    assert counts.by_class == {"mobile": 2}
    assert counts.by_severity == {"major": 2}


def test_durations_are_those_of_three_incidents():
    hours = [(5, 6), (1, 2), (9, 12), (2, 3)]
    rows = [row(lasted=[3600 * least, 3600 * most]) for least, most in hours]
    spans = [
        (span.shortest / timedelta(hours=1), span.longest / timedelta(hours=1))
        for span in count_rows(rows).durations
    ]
    assert spans == [(1, 2), (2, 3), (9, 12)]


@given(st.datetimes(AT_FIRST, AT_LAST))
def test_each_instant_lies_in_its_periods(naive):
    at = naive.replace(tzinfo=NOW.tzinfo)
    for period in (week_of(at), month_of(at), quarter_of(month_of(at))):
        bounds = bounds_of(period)
        assert bounds.since <= at < bounds.until
