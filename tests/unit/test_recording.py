"""Recordings are read completely; an error names the file, and the line or key."""

import time
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import StillClock
from bot.errors import RecordingError
from bot.model.entity import parse_entity
from bot.model.interval import Interval
from bot.model.signal import Family, Signal
from bot.sources.recording.readings_csv import read_rows, readings_by_series, write_rows
from bot.sources.recording.source import RecordingSource, load_recording
from tests.recordings import ABOUT, START, shared, small, small_csv, write

KZ = parse_entity("country:KZ")
HEADER = "time,entity,signal,value\n"
LINE = "2026-01-05T00:00Z,country:KZ,ioda.bgp,1\n"


def test_a_recording_has_its_description(tmp_path):
    recording = small(tmp_path)
    bgp, gtr = recording.signals
    assert recording.title == "A small made-up recording"
    assert not recording.reconstruction
    assert (bgp.id, bgp.family, bgp.step_s) == (
        "ioda.bgp",
        Family.CONTROL_PLANE,
        1800,
    )
    assert bgp.credit == "Nobody: made for tests", "P13: the credit is lost"
    assert recording.rows["ioda.gtr"] == (KZ,)
    assert recording.span == Interval(START, START + timedelta(days=1))
    assert (bgp.minimum, gtr.minimum) == (20.0, 0.0), (
        "a percentage has no minimum count"
    )


def test_a_reconstruction_is_marked_as_one(tmp_path):
    about = ABOUT.replace("\n[signals", "\nreconstruction = true\n[signals", 1)
    assert load_recording(write(tmp_path, small_csv(), about)).reconstruction


def test_missing_is_never_zero(tmp_path):
    """P5: an empty value and a missing line become NaN; a zero stays zero."""
    values = small(tmp_path).series["ioda.bgp", KZ].values
    assert np.isnan(values[12:16]).all()
    assert np.isnan(values[18:20]).all()
    assert (values[24:26] == 0).all()
    assert np.isnan(values).sum() == 6


def test_networks_and_regions_belong_to_the_only_country(tmp_path):
    parents = small(tmp_path).parents
    assert set(parents.values()) == {KZ}
    assert {str(e) for e in parents} == {
        "asn:9198",
        "asn:29355",
        "region:KZ/Almaty",
    }


def test_with_two_countries_networks_have_no_parent(tmp_path):
    csv = small_csv() + "2026-01-05T00:00Z,region:KG/Osh,ioda.bgp,1\n"
    parents = load_recording(write(tmp_path, csv)).parents
    assert {str(e): str(p) for e, p in parents.items()} == {
        "region:KZ/Almaty": "country:KZ",
        "region:KG/Osh": "country:KG",
    }


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("yesterday,country:KZ,ioda.bgp,1\n", "not a time"),
        ("2026-01-05T00:30,country:KZ,ioda.bgp,1\n", "without a zone"),
        ("2026-01-05T00:30Z,country:KZ,ioda.dns,1\n", "unknown signal 'ioda.dns'"),
        ("2026-01-05T00:30Z,planet:X,ioda.bgp,1\n", "not an entity"),
        ("2026-01-05T00:30Z,country:kz,ioda.bgp,1\n", "not an entity"),
        ("2026-01-05T00:30Z,country:KZ,ioda.bgp,many\n", "not a reading: 'many'"),
        ("2026-01-05T00:30Z,country:KZ,ioda.bgp,inf\n", "not a reading"),
        ("2026-01-05T00:30Z,country:KZ,ioda.bgp,nan\n", "not a reading"),
        ("2026-01-05T00:30Z,country:KZ,ioda.bgp,-1\n", "not a reading"),
        ("2026-01-05T00:30Z,country:KZ,ioda.bgp,1_0\n", "not a reading"),
        ("2026-01-05T00:30Z,country:KZ,ioda.bgp\n", "4 fields expected, 3 found"),
        ('2026-01-05T00:30Z,"country:KZ,ioda.bgp,1\n', "unexpected end of data"),
        (LINE, "already has a line for this time: line 2"),
    ],
)
def test_an_error_names_the_file_and_the_line(line, message, tmp_path):
    with pytest.raises(RecordingError) as caught:
        load_recording(write(tmp_path, HEADER + LINE + line))
    assert str(caught.value).startswith("series.csv:3: ")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("csv", "message"),
    [
        ("", "series.csv:1: the header must be"),
        ("when,who,what,much\n", "series.csv:1: the header must be"),
        (HEADER, "no reading"),
        (HEADER + "2026-01-05T00:00Z,country:KZ,ioda.bgp,\n", "every value is missing"),
        (HEADER + LINE + LINE.replace("2026", "9026"), "must be wrong"),
    ],
)
def test_a_recording_without_readings_is_refused(csv, message, tmp_path):
    with pytest.raises(RecordingError, match=message):
        load_recording(write(tmp_path, csv))


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("step_s = 1800", "step_s = 0", "step_s"),
        ("step_s = 1800", 'step_s = "1800"', "step_s"),
        ('"control-plane"', '"tea-leaves"', "family"),
        ("title", "tittle", "tittle.*|title.*"),
        ("credit =", "credit", "recording.toml"),
        ('"CC0-1.0"', '""', "licence"),
    ],
)
def test_a_broken_description_names_its_key(before, after, message, tmp_path):
    folder = write(tmp_path, small_csv(), ABOUT.replace(before, after, 1))
    with pytest.raises(
        RecordingError, match=rf"(?s)recording\.toml.*{message}|{message}"
    ):
        load_recording(folder)


def test_a_folder_without_a_recording_is_refused(tmp_path):
    with pytest.raises(RecordingError, match=r"recording\.toml"):
        load_recording(tmp_path / "nowhere")


def test_an_empty_value_does_not_replace_a_reading(tmp_path):
    """If an hourly signal is exported every half hour, every second value is empty."""
    csv = HEADER
    for hour in range(6):
        csv += f"2026-01-05T{hour:02}:00Z,country:KZ,ioda.gtr,{hour + 1}\n"
        csv += f"2026-01-05T{hour:02}:30Z,country:KZ,ioda.gtr,\n"
    recording = load_recording(write(tmp_path, csv))
    assert recording.series["ioda.gtr", KZ].values.tolist() == [1, 2, 3, 4, 5, 6]
    assert recording.signals[1].phase == timedelta(0)


@given(st.permutations([("00:00", "1"), ("00:10", "2"), ("00:20", "3"), ("00:25", "")]))
def test_the_later_reading_of_a_bin_wins(lines):
    text = HEADER + "".join(
        f"2026-01-05T{at}Z,country:KZ,ioda.bgp,{value}\n" for at, value in lines
    )
    rows = read_rows(text, "x")
    assert write_rows(rows) == text, "the lines written differ from those read"
    half = timedelta(minutes=30)
    signal = Signal("ioda.bgp", "x", half, half, Family.CONTROL_PLANE, "c", "l")
    assert list(
        readings_by_series(rows, {"ioda.bgp": signal})["ioda.bgp", KZ].values()
    ) == [3.0]


def test_readings_off_the_grid_keep_their_bins(tmp_path):
    """Six-hourly readings at 04:00, 10:00, 16:00 and 20:00 UTC get a bin each."""
    csv = HEADER + "".join(
        f"2026-01-{day:02}T{hour:02}:00Z,country:KZ,ioda.bgp,{day * 100 + hour}\n"
        for day in range(1, 8)
        for hour in (4, 10, 16, 20)
    )
    about = ABOUT.replace("step_s = 1800", "step_s = 21600")
    values = load_recording(write(tmp_path, csv, about)).series["ioda.bgp", KZ].values
    assert len(values) == 28
    assert not np.isnan(values).any()


@pytest.mark.parametrize(
    ("name", "series"),
    [
        ("iran-2026-01", 5),
        ("uganda-2021-01", 18),
        ("iran-2019-11-bgp", 10),
        ("iran-2019-11-regions", 73),
        ("laura-2020-08", 216),
        ("quiet-britain", 11),
        ("quiet-india-2019-11", 67),
        ("quiet-us-2021-01", 13),
    ],
)
def test_real_recordings_lose_no_reading(name, series):
    recording = load_recording(shared(name))
    assert len(recording.series) == series
    recorded = sum(not np.isnan(row.value) for row in recording.lines)
    loaded = sum(int((~np.isnan(c.values)).sum()) for c in recording.chunks)
    assert loaded == recorded, "a reading is lost"


def test_sixty_days_are_read_within_three_seconds():
    recording = load_recording(shared("iran-2026-01"))
    source = RecordingSource(recording, StillClock(datetime(2026, 2, 1, tzinfo=UTC)))
    start = time.perf_counter()
    (request,) = source.requests(recording.span)
    source.parse(source.ask(request))
    assert time.perf_counter() - start < 3.0, (
        "reading is slow; it takes about 0.1 s on two idle cores"
    )


@pytest.mark.parametrize("entity", ["country:ZZ", "region:ZZ/Nowhere", "country:EU"])
def test_a_place_that_does_not_exist_is_refused(tmp_path, entity):  # P16
    csv = f"time,entity,signal,value\n2026-01-05T00:00:00Z,{entity},x.y,1\n"
    with pytest.raises(RecordingError, match="no country has the code"):
        load_recording(write(tmp_path, csv, ABOUT))
