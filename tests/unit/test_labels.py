"""A bad row of our own label file is refused; bad rows of the inetintel list are counted."""

from datetime import UTC, datetime

import pytest

from bot.errors import RecordingError
from bot.evaluation.labels import read_inetintel, read_labels
from tests.recordings import SHARED

HEAD = "recording,entity,start,end,cause,source,use\n"
GOOD = "a,country:UG,2021-01-13T16:00:00Z,2021-01-18T10:00:00Z,x,y,detect; restore\n"
COLUMNS = (
    "\ufeffID,Begin time,End time,Country,IODA BGP visible by human,"
    "IODA AP visible by human , IODA IBR visible by human,"
    "Scope (based on granularity at which the outage appears in IODA),"
    "Region,AS,Cause,Confirmation Status,,,\n"
)


def row(begin: str, end: str) -> str:
    return f'1,"{begin}","{end}",Togo,TRUE,ture,N/A,Country,,,Exams,Confirmed,,,\n'


def test_a_label_is_read_with_its_uses():
    (label,) = read_labels(HEAD + GOOD, "labels.csv")
    assert str(label.entity) == "country:UG"
    assert label.start == datetime(2021, 1, 13, 16, tzinfo=UTC)
    assert label.has_exact_onset
    assert label.has_exact_end


def test_a_label_without_exact_times_measures_no_delay():
    line = "a,country:IR,2026-01-08T16:30:00Z,,x,y,detect; not time-to-detect\n"
    (label,) = read_labels(HEAD + line, "labels.csv")
    assert label.end is None
    assert not label.has_exact_onset
    assert not label.has_exact_end


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (GOOD.replace("country:UG", "Uganda"), "not an entity"),
        (GOOD.replace("2021-01-13T16:00:00Z", "yesterday"), "not an ISO 8601 time"),
        (GOOD.replace("16:00:00Z", "16:00:00"), "without a zone"),
        (GOOD.replace("01-18T10", "01-12T10"), "must be after its start"),
        (GOOD.replace(",x,y", ",x"), "7 fields expected"),
        (GOOD.replace("detect; restore", ""), "in the column .use."),
    ],
)
def test_a_bad_label_is_named_by_its_line(line, problem):
    with pytest.raises(RecordingError, match=rf"labels\.csv:3: .*{problem}"):
        read_labels(HEAD + GOOD.replace("UG", "KE") + line, "labels.csv")


def test_a_label_listed_twice_is_refused():
    with pytest.raises(RecordingError, match="twice"):
        read_labels(HEAD + GOOD + GOOD, "labels.csv")


def test_another_header_is_refused():
    with pytest.raises(RecordingError, match=r"labels\.csv:1"):
        read_labels("name,start\n", "labels.csv")


def test_all_time_formats_of_the_list_are_read():
    text = COLUMNS + "".join(
        row(begin, "Tuesday, May 29, 2018, 9:00 AM")
        for begin in (
            "Monday, May 28, 2018, 11:00:00 PM",
            "Monday, May 28, 2018, 11:00 PM",
            "Monday, May 28, 2018, 11:00: PM",
            "Monday May 28, 2018, 11:00 PM",
            "5/28/2018  11:00:00 PM",
        )
    )
    curated = read_inetintel(text, "curated.csv")
    assert {o.begin for o in curated.outages} == {datetime(2018, 5, 28, 23, tzinfo=UTC)}
    assert len(curated.outages) == 5
    assert not curated.skipped
    assert curated.outages[0].visible == {
        "bgp": True,
        "active-probing": True,
        "telescope": None,
    }


def test_bad_rows_of_the_list_are_skipped_and_counted():
    begin = "Monday, May 28, 2018, 11:00 PM"
    text = COLUMNS + "".join(
        (
            row(begin, "Sunday, May 27, 2018, 9:00 AM"),
            row(begin, begin),
            row(begin, "N/A"),
            row("1/31/2020  21:0:00 PM", begin),
            ",,,,,,,,,,,,,,\n",
        )
    )
    curated = read_inetintel(text, "curated.csv")
    assert not curated.outages
    assert curated.skipped == {
        "ends-as-it-begins": 1,
        "ends-before-it-begins": 1,
        "no-time": 1,
        "time-not-readable": 1,
    }


def test_another_table_than_the_list_is_refused():
    with pytest.raises(RecordingError, match="Begin time"):
        read_inetintel("a,b\n1,2\n", "curated.csv")


def test_every_row_of_the_real_list_is_accounted_for():
    path = SHARED / "data" / "labels" / "inetintel_outages_2018_2022.csv"
    if not path.is_file():
        pytest.skip(
            "the curated list is not here: its licence keeps it out of the repository"
        )
    curated = read_inetintel(path.read_text(encoding="utf-8"), path.name)
    assert len(curated.outages) + sum(curated.skipped.values()) == 1704
    assert curated.skipped["ends-before-it-begins"] == 76
    assert sum(o.scope == "Country" for o in curated.outages) > 800
