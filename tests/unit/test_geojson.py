"""Summaries for maps have the released incidents of their period, and nothing else."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, State
from bot.model.incident_report import IncidentReport, Listing
from bot.model.verdict import Severity
from bot.site.alerts import map_summaries
from tests import world_map
from tests.builders import NOW, event, incident_of, restored, series, utc
from tests.unit.test_pages import writer

DAY = timedelta(days=1)
PERIODS = ("now", "day", "week", "month")
OPEN = event()
OVER = event(
    EventKind.RESTORED, 1, incident="KZ-2", facts=restored(severity=Severity.MAJOR)
)
END = OVER.at
RETRACTED = event(
    EventKind.RETRACTED, 2, state=State.RETRACTED, as_of=NOW + DAY, statement="Wrong."
)


def publish(site: Path, *events) -> None:
    """Write the page of the incident with these events."""
    report = IncidentReport(incident_of(*events), events, {}, {}, (), ())
    writer(site).publish_page(report)


def summary(site: Path, name: str) -> Any:
    return json.loads((site / f"geojson/{name}.geojson").read_text("utf-8"))


def ids(site: Path, name: str) -> list[str]:
    return [feature["id"] for feature in summary(site, name)["features"]]


def test_an_open_incident_is_in_every_period(tmp_path):  # P13
    publish(tmp_path, OPEN)
    for period in PERIODS:
        (feature,) = summary(tmp_path, period)["features"]
        assert (feature["type"], feature["id"]) == ("Feature", "KZ-2022-0104")
        east, north = feature["geometry"]["coordinates"]
        assert (60 < east < 75, 44 < north < 52) == (True, True)
        properties = feature["properties"]
        assert properties["url"] == "https://outagewire.example/i/KZ-2022-0104/"
        assert (properties["level"], properties["state"]) == (0.02, "confirmed")
        assert "IODA" in properties["credits"]
        assert ids(tmp_path, f"{period}-near-total") == ["KZ-2022-0104"]
        assert ids(tmp_path, f"{period}-minor") == []


def test_periods_move_with_the_clock(tmp_path):
    publish(tmp_path, OVER)
    site = writer(tmp_path)
    expected = {
        0: {"day", "week", "month"},
        2: {"week", "month"},
        8: {"month"},
        31: set(),
    }
    for days, periods in expected.items():
        site.publish_sources((), END + days * DAY)
        assert {p for p in PERIODS if ids(tmp_path, p)} == periods
        assert {p for p in PERIODS if ids(tmp_path, f"{p}-major")} == periods
    stored = json.loads((tmp_path / "geojson/incidents.json").read_text())
    assert stored["features"] == []


def test_ticks_without_news_write_nothing(tmp_path):
    publish(tmp_path, OPEN)
    site = writer(tmp_path)
    site.publish_sources((), NOW)
    paths = sorted((tmp_path / "geojson").iterdir())
    before = [path.stat().st_mtime_ns for path in paths]
    site.publish_sources((), NOW + DAY / 100)
    assert [path.stat().st_mtime_ns for path in paths] == before
    assert len(paths) == 21


def test_a_tick_without_change_reads_no_features(tmp_path, monkeypatch):
    publish(tmp_path, OVER)
    site = writer(tmp_path)
    site.publish_sources((), END)
    monkeypatch.setattr(map_summaries, "_read", fail_if_called)
    site.publish_sources((), END + DAY)
    with pytest.raises(AssertionError, match="were read"):
        site.publish_sources((), END + DAY + timedelta(seconds=1))


@pytest.mark.parametrize("name", ["now.geojson", "day-major.geojson", "incidents.json"])
def test_a_summary_that_was_deleted_is_written_again(tmp_path, name):
    publish(tmp_path, OVER)
    site = writer(tmp_path)
    site.publish_sources((), END)
    (tmp_path / "geojson" / name).unlink()
    site.publish_sources((), END + DAY / 100)
    assert (tmp_path / "geojson" / name).is_file()


def fail_if_called(*_):
    raise AssertionError("the features were read")


def test_a_retracted_incident_is_not_now(tmp_path):  # P11
    publish(tmp_path, OPEN)
    publish(tmp_path, OPEN, RETRACTED)
    assert ids(tmp_path, "now") == []
    (feature,) = summary(tmp_path, "day")["features"]
    assert feature["properties"]["state"] == "retracted"
    assert feature["properties"]["statement"] == "Wrong."


def test_a_removed_incident_is_in_no_summary(tmp_path):  # P12
    publish(tmp_path, OPEN)
    writer(tmp_path).remove_page("KZ-2022-0104", Listing(()))
    for path in (tmp_path / "geojson").iterdir():
        assert "KZ-2022-0104" not in path.read_text("utf-8")


def test_a_network_has_no_point(tmp_path):
    place = Entity(EntityKind.ASN, "9198")
    own = (series(level=0.02, entity=place),)
    publish(tmp_path, event(incident="AS9198-1", place=place, series=own))
    (feature,) = summary(tmp_path, "now")["features"]
    assert feature["geometry"] is None


@pytest.mark.parametrize("code", ["US", "RU", "FJ", "FR", "NZ"])
def test_a_point_lies_in_the_main_land_of_a_country(code):
    bounds = {
        "US": (-130, -65),
        "RU": (25, 190),
        "FJ": (170, 180),
        "FR": (-5, 9),
        "NZ": (165, 180),
    }[code]
    point = map_summaries._centre(Entity(EntityKind.COUNTRY, code))
    assert point is not None
    assert bounds[0] < point[0] < bounds[1]


def test_the_stored_centres_are_those_of_the_outlines():
    stored = json.loads(world_map.CENTRES.read_text("utf-8"))
    assert stored == {code: [*at] for code, at in world_map.centres().items()}


def test_only_so_many_incidents_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(map_summaries, "_MAX_FEATURES", 3)
    publish(tmp_path, OPEN)
    for n in range(4):
        over = restored(as_of=utc(f"2022-01-11 0{n}:00"))
        publish(tmp_path, event(EventKind.RESTORED, 1, incident=f"KZ-{n}", facts=over))
    assert ids(tmp_path, "month") == ["KZ-2", "KZ-2022-0104", "KZ-3"]


@pytest.mark.parametrize("damage", ["{", "[]", '{"features": [7, {}]}', "[" * 100_000])
def test_damaged_files_are_written_again(tmp_path, damage):
    publish(tmp_path, OPEN)
    for name in ("incidents.json", "now.geojson"):
        (tmp_path / "geojson" / name).write_text(damage)
    publish(tmp_path, OPEN)
    assert ids(tmp_path, "now") == ["KZ-2022-0104"]


def test_summaries_exist_before_the_first_incident(tmp_path):
    writer(tmp_path).publish_sources((), NOW)
    assert summary(tmp_path, "now") == {
        "type": "FeatureCollection",
        "features": [],
        "metadata": {
            "count": 0,
            "generated": None,
            "outlines": summary(tmp_path, "week")["metadata"]["outlines"],
            "title": "Outagewire: incidents that are open",
            "url": "https://outagewire.example/geojson/now.geojson",
        },
    }
