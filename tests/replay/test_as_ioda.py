"""A recording is served as IODA would only where IODA's form can carry it."""

import pytest

from bot.clock import StillClock
from bot.errors import RecordingError
from bot.model.entity import parse_entity
from bot.replay import ioda_config
from bot.replay.server import ReplayServer
from bot.sources.recording.source import load
from tests.recordings import ABOUT, small, small_csv, write
from tests.shutdowns import CUT, HOUR, a_shutdown, watching


def test_a_section_watches_countries_networks_and_regions_by_their_numbers(tmp_path):
    section = ioda_config.section(small(tmp_path), "http://127.0.0.1:1/v2")
    assert section["countries"] == ["KZ"]
    assert section["networks"] == [9198, 29355]
    assert section["regions"] == {"KZ/Almaty": "100001"}


@pytest.mark.servers
def test_a_recorded_region_is_watched_through_the_ioda_source(tmp_path):
    recording = small(tmp_path / "recording")
    clock = StillClock(recording.span.until + HOUR)
    with ReplayServer(recording, clock) as server:
        house = watching(server, recording, clock, tmp_path, loop={"history": "2d"})
        assert house.newsroom.tick().failed == ()
        (bgp, _) = recording.signals
        region = parse_entity("region:KZ/Almaty")
        panel = house.store.readings.panel(bgp, (region,), recording.span)
        assert panel.values[0, :3].tolist() == [900, 901, 902]
        house.store.close()


def test_only_what_ioda_has_is_served(tmp_path):
    about = ABOUT.replace("ioda.gtr", "other.gtr")
    found = load(write(tmp_path, small_csv().replace("ioda.gtr", "other.gtr"), about))
    assert [s.id for s in ioda_config.served(found).signals] == ["ioda.bgp"]
    assert ioda_config.section(found, "http://127.0.0.1:1/v2")["datasources"] == ["bgp"]


@pytest.mark.parametrize(
    ("csv", "about", "says"),
    [
        (small_csv().replace(":30Z", ":40Z").replace(":00Z", ":10Z"), ABOUT, "off the"),
        (small_csv(), ABOUT.replace("control-plane", "traffic"), "its family is"),
        (small_csv(), ABOUT.replace("visible /24s", "RIB entries"), "snapshots"),
    ],
    ids=["phase", "family", "snapshot"],
)
def test_what_would_be_read_as_something_else_is_refused(csv, about, says, tmp_path):
    """P16: a clear sentence instead of nonsense."""
    with pytest.raises(RecordingError, match=says) as refused:
        ioda_config.section(load(write(tmp_path, csv, about)), "http://127.0.0.1:1/v2")
    assert "outagewire replay" in str(refused.value)


def test_a_recording_without_any_signal_of_ioda_is_refused(tmp_path):
    csv, about = (text.replace("ioda.", "other.") for text in (small_csv(), ABOUT))
    with pytest.raises(RecordingError, match="no signal of this recording"):
        ioda_config.served(load(write(tmp_path, csv, about)))


def test_serving_keeps_every_reading_of_what_is_served(tmp_path):
    recording = a_shutdown(tmp_path)
    part = ioda_config.served(recording)
    assert part.lines == recording.lines
    assert part.span == recording.span
    assert part.span.since < CUT < part.span.until - HOUR
