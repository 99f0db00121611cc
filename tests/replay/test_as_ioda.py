"""The replay server serves the signals of a recording that IODA's API can express."""

import pytest

from bot.clock import StillClock
from bot.errors import RecordingError
from bot.model.entity import parse_entity
from bot.replay import ioda_config
from bot.replay.server import ReplayServer
from bot.sources.recording.source import load_recording
from tests.recordings import ABOUT, small, small_csv, write
from tests.shutdowns import CUT, HOUR, live_application, load_shutdown


def test_the_section_lists_all_recorded_entities(tmp_path):
    section = ioda_config.source_section(small(tmp_path), "http://127.0.0.1:1/v2")
    assert section["countries"] == ["KZ"]
    assert section["networks"] == [9198, 29355]
    assert section["regions"] == {"KZ/Almaty": "100001"}


@pytest.mark.servers
def test_the_ioda_source_reads_a_recorded_region(tmp_path):
    recording = small(tmp_path / "recording")
    clock = StillClock(recording.span.until + HOUR)
    with ReplayServer(recording, clock) as server:
        application = live_application(
            server, recording, clock, tmp_path, loop={"history": "2d"}
        )
        assert application.runner.tick().failed == ()
        (bgp, _) = recording.signals
        region = parse_entity("region:KZ/Almaty")
        panel = application.store.readings.panel(bgp, (region,), recording.span)
        assert panel.values[0, :3].tolist() == [900, 901, 902]
        application.store.close()


def test_only_signals_of_ioda_are_served(tmp_path):
    about = ABOUT.replace("ioda.gtr", "other.gtr")
    recording = load_recording(
        write(tmp_path, small_csv().replace("ioda.gtr", "other.gtr"), about)
    )
    assert [s.id for s in ioda_config.servable_part(recording).signals] == ["ioda.bgp"]
    assert ioda_config.source_section(recording, "http://127.0.0.1:1/v2")[
        "datasources"
    ] == ["bgp"]


@pytest.mark.parametrize(
    ("csv", "about", "message"),
    [
        (
            small_csv().replace(":30Z", ":40Z").replace(":00Z", ":10Z"),
            ABOUT,
            "later than",
        ),
        (small_csv(), ABOUT.replace("control-plane", "traffic"), "its family is"),
        (small_csv(), ABOUT.replace("visible /24s", "RIB entries"), "snapshots"),
    ],
    ids=["phase", "family", "snapshot"],
)
def test_a_signal_ioda_cannot_express_is_refused(csv, about, message, tmp_path):
    """P16: the error says what the API cannot express, and suggests `outagewire replay`."""
    with pytest.raises(RecordingError, match=message) as error:
        ioda_config.source_section(
            load_recording(write(tmp_path, csv, about)), "http://127.0.0.1:1/v2"
        )
    assert "outagewire replay" in str(error.value)


def test_a_recording_without_ioda_signals_is_refused(tmp_path):
    csv, about = (text.replace("ioda.", "other.") for text in (small_csv(), ABOUT))
    with pytest.raises(RecordingError, match="no signal of this recording"):
        ioda_config.servable_part(load_recording(write(tmp_path, csv, about)))


def test_the_served_part_keeps_every_reading(tmp_path):
    recording = load_shutdown(tmp_path)
    part = ioda_config.servable_part(recording)
    assert part.lines == recording.lines
    assert part.span == recording.span
    assert part.span.since < CUT < part.span.until - HOUR
