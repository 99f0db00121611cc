"""Reading a recording: every mistake has a file and a line."""

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
from bot.sources.recording.readings_csv import cells, read_rows, write_rows
from bot.sources.recording.source import RecordingSource, load
from tests.recordings import ABOUT, START, shared, small, small_csv, write

KZ = parse_entity("country:KZ")
HEADER = "time,entity,signal,value\n"
LINE = "2026-01-05T00:00Z,country:KZ,ioda.bgp,1\n"


def test_a_recording_tells_what_it_is(tmp_path):
    recording = small(tmp_path)
    bgp, gtr = recording.signals
    assert recording.title == "A small made-up recording"
    assert not recording.reconstruction
    assert (bgp.id, bgp.family, bgp.step_s) == (
        "ioda.bgp",
        Family.CONTROL_PLANE,
        1800,
    )
    assert bgp.credit == "Nobody: made for tests", "P13"
    assert recording.rows["ioda.gtr"] == (KZ,)
    assert recording.span == Interval(START, START + timedelta(days=1))
    assert (bgp.minimum, gtr.minimum) == (20.0, 0.0), "a percentage is no count"


def test_a_reconstruction_says_so(tmp_path):
    about = ABOUT.replace("\n[signals", "\nreconstruction = true\n[signals", 1)
    assert load(write(tmp_path, small_csv(), about)).reconstruction


def test_missing_is_never_zero(tmp_path):
    """P5: an empty value and a line that is not there are NaN; a zero is a zero."""
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


def test_networks_belong_nowhere_where_there_are_two_countries(tmp_path):
    csv = small_csv() + "2026-01-05T00:00Z,region:KG/Osh,ioda.bgp,1\n"
    parents = load(write(tmp_path, csv)).parents
    assert {str(e): str(p) for e, p in parents.items()} == {
        "region:KZ/Almaty": "country:KZ",
        "region:KG/Osh": "country:KG",
    }


@pytest.mark.parametrize(
    ("line", "says"),
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
        (LINE, "told for this time in line 2 already"),
    ],
)
def test_a_broken_line_is_named_with_its_file(line, says, tmp_path):
    with pytest.raises(RecordingError) as caught:
        load(write(tmp_path, HEADER + LINE + line))
    assert str(caught.value).startswith("series.csv:3: ")
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("csv", "says"),
    [
        ("", "series.csv:1: the header must be"),
        ("when,who,what,much\n", "series.csv:1: the header must be"),
        (HEADER, "no reading"),
        (HEADER + "2026-01-05T00:00Z,country:KZ,ioda.bgp,\n", "every value is missing"),
        (HEADER + LINE + LINE.replace("2026", "9026"), "must be wrong"),
    ],
)
def test_a_recording_without_readings_is_none(csv, says, tmp_path):
    with pytest.raises(RecordingError, match=says):
        load(write(tmp_path, csv))


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("step_s = 1800", "step_s = 0", "step_s"),
        ("step_s = 1800", 'step_s = "1800"', "step_s"),
        ('"control-plane"', '"tea-leaves"', "family"),
        ("title", "tittle", "tittle.*|title.*"),
        ("credit =", "credit", "recording.toml"),
        ('"CC0-1.0"', '""', "licence"),
    ],
)
def test_a_broken_description_names_its_key(before, after, says, tmp_path):
    folder = write(tmp_path, small_csv(), ABOUT.replace(before, after, 1))
    with pytest.raises(RecordingError, match=rf"(?s)recording\.toml.*{says}|{says}"):
        load(folder)


def test_a_folder_that_is_no_recording_says_so(tmp_path):
    with pytest.raises(RecordingError, match=r"recording\.toml"):
        load(tmp_path / "nowhere")


def test_an_empty_value_does_not_wipe_out_a_reading_of_its_bin(tmp_path):
    """An hourly signal exported every half hour has an empty line in each bin."""
    csv = HEADER
    for hour in range(6):
        csv += f"2026-01-05T{hour:02}:00Z,country:KZ,ioda.gtr,{hour + 1}\n"
        csv += f"2026-01-05T{hour:02}:30Z,country:KZ,ioda.gtr,\n"
    recording = load(write(tmp_path, csv))
    assert recording.series["ioda.gtr", KZ].values.tolist() == [1, 2, 3, 4, 5, 6]
    assert recording.signals[1].phase == timedelta(0)


@given(st.permutations([("00:00", "1"), ("00:10", "2"), ("00:20", "3"), ("00:25", "")]))
def test_of_two_readings_in_a_bin_the_later_wins_in_any_order(lines):
    text = HEADER + "".join(
        f"2026-01-05T{at}Z,country:KZ,ioda.bgp,{value}\n" for at, value in lines
    )
    rows = read_rows(text, "x")
    assert write_rows(rows) == text, "what is written is what was read"
    half = timedelta(minutes=30)
    signal = Signal("ioda.bgp", "x", half, half, Family.CONTROL_PLANE, "c", "l")
    assert list(cells(rows, {"ioda.bgp": signal})["ioda.bgp", KZ].values()) == [3.0]


def test_a_late_collector_does_not_lose_its_reading(tmp_path):
    """Six-hourly readings at 4, 10, 16 and 20 o'clock keep a bin each."""
    csv = HEADER + "".join(
        f"2026-01-{day:02}T{hour:02}:00Z,country:KZ,ioda.bgp,{day * 100 + hour}\n"
        for day in range(1, 8)
        for hour in (4, 10, 16, 20)
    )
    about = ABOUT.replace("step_s = 1800", "step_s = 21600")
    values = load(write(tmp_path, csv, about)).series["ioda.bgp", KZ].values
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
def test_real_recordings_are_read_whole(name, series):
    recording = load(shared(name))
    assert len(recording.series) == series
    told = sum(not np.isnan(row.value) for row in recording.lines)
    kept = sum(int((~np.isnan(c.values)).sum()) for c in recording.chunks)
    assert kept == told, "no reading is lost to its neighbour"


def test_sixty_days_are_answered_and_read_in_a_moment():
    recording = load(shared("iran-2026-01"))
    source = RecordingSource(recording, StillClock(datetime(2026, 2, 1, tzinfo=UTC)))
    begun = time.perf_counter()
    (request,) = source.questions(recording.span)
    source.parse(source.ask(request))
    assert time.perf_counter() - begun < 3.0, "about 0.1 s on two quiet cores"
