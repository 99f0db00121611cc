"""The files of the API follow their schemas, and show what the site shows."""

import json
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from bot.model.event import IncidentEvent
from bot.model.incident import EventKind, State
from bot.model.incident_report import IncidentReport, Listing
from bot.model.signal import Family
from bot.model.timeline import Drop, SeriesTimeline
from bot.model.verdict import SeriesState
from bot.site.api import incident_lists, place_files
from bot.site.api.schemas import SCHEMAS
from bot.site.data_files import HEADER
from tests.builders import (
    IR,
    KZ,
    NOW,
    ONSET,
    PROBING,
    between,
    changed,
    event,
    facts,
    incident_of,
    network,
)
from tests.servers.missing import report_missing
from tests.unit.test_pages import STEPS, report_of, writer

SITE = "https://outagewire.example"
KZ_1 = "KZ-2022-0104"
HOUR = timedelta(hours=1)
CONFIRMED = event(networks=(network("29355", 0.2),))
RETRACTED = event(
    EventKind.RETRACTED,
    2,
    state=State.RETRACTED,
    as_of=NOW + HOUR,
    statement="The <source> reported an outage of its own.",
)


def publish(site: Path, *events: IncidentEvent, unpublished: bool = False) -> None:
    """Write the page of the incident with these events, without drafts and charts."""
    report = IncidentReport(incident_of(*events), events, {}, {}, (), ())
    replace(writer(site), unpublished=unpublished).publish_page(report)


def read(site: Path, name: str) -> Any:
    return json.loads((site / f"api/v1/{name}.json").read_text("utf-8"))


def ids(site: Path, name: str) -> list[str]:
    return [row["id"] for row in read(site, name)["incidents"]]


def follow(site: Path, name: str) -> list[str]:
    """Return the ids on the pages that `next` leads to, from the page `name`."""
    address = read(site, name)["next"]
    seen = []
    while address:
        page = address.removeprefix(f"{SITE}/api/v1/").removesuffix(".json")
        seen += ids(site, page)
        address = read(site, page)["next"]
    return seen


def check_all_files(site: Path) -> int:
    """Check every file against the schema that it names; return how many there are."""
    count = 0
    for path in sorted((site / "api").rglob("*.json")):
        content = json.loads(path.read_text("utf-8"))
        if path.parent.name == "schemas":
            Draft202012Validator.check_schema(content)
            assert content["$id"] == f"{SITE}/api/v1/schemas/{path.name}"
        elif path.name != "openapi.json":
            name = content["$schema"].rpartition("/")[2].removesuffix(".json")
            validator = Draft202012Validator(
                read(site, f"schemas/{name}"), format_checker=FormatChecker()
            )
            validator.validate(content)
            assert "licence" in content
            count += 1
    return count


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with three incidents, one of them with charts and one retracted."""
    folder = tmp_path_factory.mktemp("site")
    writer(folder).publish_page(report_of(folder, STEPS[0]))
    publish(folder, event(incident="IR-2022-0104", place=IR))
    earlier = event(
        incident="KZ-2021-1230", onset=between("2021-12-30 10:00", "2021-12-30 10:15")
    )
    away = replace(
        RETRACTED,
        incident="KZ-2021-1230",
        facts=changed(RETRACTED.facts, onset=earlier.facts.timing.onset),
    )
    publish(folder, earlier, away)
    return folder


def test_every_file_follows_the_schema_that_it_names(site):
    assert check_all_files(site) >= 13
    names = {path.stem for path in (site / "api/v1/schemas").iterdir()}
    assert names == set(SCHEMAS)


def test_the_openapi_document_is_valid(site):
    try:
        validator = import_module("openapi_spec_validator")
    except ModuleNotFoundError:
        report_missing("openapi-spec-validator", "install it with pip")
    document = read(site, "openapi")
    validator.validate(document)
    assert document["servers"] == [{"url": f"{SITE}/api/v1"}]
    # Each description is written in words, and not a key.
    for item in document["paths"].values():
        assert " " in item["get"]["summary"]
        assert all(" " in parameter["description"] for parameter in item["parameters"])


def test_every_path_of_the_openapi_document_exists(site):
    examples = {
        "{page}": "2022-01",
        "{incident}": KZ_1,
        "{country}": "KZ",
        "{network}": "AS29355",
    }
    for path in read(site, "openapi")["paths"]:
        file = path
        for parameter, value in examples.items():
            file = file.replace(parameter, value)
        assert (site / f"api/v1{file}").is_file(), file


def test_an_incident_has_its_events_with_texts_and_files(site):  # P4
    content = read(site, f"incidents/{KZ_1}")
    page = json.loads((site / f"i/{KZ_1}/incident.json").read_text("utf-8"))
    incident = content["incident"]
    same = ("state", "severity", "onset", "level", "cuts", "lead", "parts", "impact")
    assert {key: incident[key] for key in same} == {key: page[key] for key in same}
    assert [e["kind"] for e in content["events"]] == ["confirmed"]
    last = content["events"][-1]
    assert last["data"] == f"{SITE}/i/{KZ_1}/1.csv"
    assert last["chart"] == f"{SITE}/i/{KZ_1}/1.png"
    assert "Kazakhstan" in last["posts"][0]["text"]


def test_series_are_those_of_the_csv_file(site):  # P4, P5, P13
    content = read(site, f"incidents/{KZ_1}/series")
    rows = (site / f"i/{KZ_1}/1.csv").read_text("utf-8").splitlines()[1:]
    values: dict[tuple[str, str], list[str]] = {
        (row[HEADER.index("entity")], row[HEADER.index("signal")]): []
        for row in (line.split(",") for line in rows)
    }
    for line in rows:
        cells = line.split(",")
        values[cells[1], cells[2]].append(cells[3])
    assert content["series"]
    for series in content["series"]:
        drawn = [
            None if v == "" else float(v)
            for v in values[series["entity"], series["signal"]]
        ]
        assert series["readings"] == drawn
        lengths = {
            len(series[key]) for key in ("times", "readings", "expected", "levels")
        }
        assert lengths == {len(drawn)}
        assert series["credit"]["text"].startswith("IODA")
        assert series["credit"]["licence"]
        for reading, expected, level in zip(
            series["readings"], series["expected"], series["levels"], strict=True
        ):
            if reading is None or not expected:
                assert level is None
            else:
                assert level == pytest.approx(reading / expected, rel=1e-6)


def test_an_incident_without_data_to_draw_has_no_series(site):
    content = read(site, "incidents/IR-2022-0104/series")
    assert (content["series"], content["window"]) == ([], None)


def test_a_retraction_shows_in_every_file(site):  # P11
    content = read(site, "incidents/KZ-2021-1230")
    assert content["incident"]["state"] == "retracted"
    assert content["incident"]["statement"] == RETRACTED.facts.statement
    assert content["events"][-1]["kind"] == "retracted"
    for name in ("incidents/index", "incidents/months/2021-12", "places/country/KZ"):
        states = {r["id"]: r["state"] for r in read(site, name)["incidents"]}
        assert states["KZ-2021-1230"] == "retracted"


def test_lists_have_the_newest_incidents_and_lead_to_all(site):
    assert ids(site, "incidents/index")[0] == "IR-2022-0104"
    assert follow(site, "incidents/index") == [
        "IR-2022-0104",
        KZ_1,
        "KZ-2021-1230",
    ]
    places = read(site, "places/index")
    assert [p["entity"] for p in places["countries"]] == ["country:IR", "country:KZ"]
    assert [p["name"] for p in places["countries"]] == ["Iran", "Kazakhstan"]
    assert "asn:29355" in [p["entity"] for p in places["networks"]]


def test_pages_of_lists_are_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(incident_lists, "_PAGE_SIZE", 2)
    monkeypatch.setattr(place_files, "_MAX_INCIDENTS", 2)
    names = [*(f"KZ-2022-0104-{n}" for n in range(2, 6)), "KZ-2022-0204"]
    for n, name in enumerate(names):
        publish(tmp_path, event(incident=name, as_of=NOW + n * HOUR))
    for path in (tmp_path / "api").rglob("*.json"):
        content = json.loads(path.read_text("utf-8"))
        assert len(content.get("incidents", ())) <= 2
    assert sorted(follow(tmp_path, "incidents/index")) == sorted(names)
    assert read(tmp_path, "places/country/KZ")["is_complete"] is False
    for n in (2, 3):
        writer(tmp_path).remove_page(f"KZ-2022-0104-{n}", Listing(()))
    assert sorted(follow(tmp_path, "incidents/index")) == names[2:]
    publish(tmp_path, event(incident=names[0]))
    assert sorted(follow(tmp_path, "incidents/index")) == [names[0], *names[2:]]
    check_all_files(tmp_path)


def test_a_removed_incident_leaves_no_trace(tmp_path):  # P12
    publish(tmp_path, CONFIRMED, RETRACTED)
    publish(tmp_path, event(incident="IR-2022-0204", place=IR))
    writer(tmp_path).remove_page(KZ_1, Listing(()))
    for path in (tmp_path / "api").rglob("*"):
        name = str(path.relative_to(tmp_path))
        assert "KZ" not in name
        assert "29355" not in name
        assert "2022-01" not in name
        # The descriptions of the API have invented examples.
        if path.is_file() and path.name != "openapi.json":
            content = path.read_text("utf-8")
            assert KZ_1 not in content
            assert "Kazakhstan" not in content
            assert "29355" not in content
    assert ids(tmp_path, "incidents/index") == ["IR-2022-0204"]
    assert follow(tmp_path, "incidents/index") == ["IR-2022-0204"]


def test_an_incident_with_a_damaged_document_is_removed_everywhere(tmp_path):  # P12
    publish(tmp_path, CONFIRMED)
    (tmp_path / f"i/{KZ_1}/incident.json").write_text("{", "utf-8")
    writer(tmp_path).remove_page(KZ_1, Listing(()))
    names = {
        str(p.relative_to(tmp_path / "api/v1"))
        for p in (tmp_path / "api/v1").rglob("*.json")
    }
    descriptions = {"openapi.json", *(f"schemas/{name}.json" for name in SCHEMAS)}
    assert names - descriptions == {"incidents/index.json", "places/index.json"}


def test_a_place_that_is_not_named_any_more_has_no_file(tmp_path):  # P12
    second = event(EventKind.ESCALATED, 2, networks=(network("48503", 0.2),))
    publish(tmp_path, CONFIRMED, second)
    publish(tmp_path, CONFIRMED)
    assert not (tmp_path / "api/v1/places/network/AS48503.json").exists()
    assert "48503" not in (tmp_path / "api/v1/places/index.json").read_text("utf-8")


def drops_of(*entities: Any) -> tuple[SeriesTimeline, ...]:
    return tuple(
        SeriesTimeline(
            entity,
            PROBING,
            Family.ACTIVE_PROBING,
            (Drop(ONSET, None, 0.02, NOW),),
            SeriesState.DROPPED,
            0.02,
            NOW,
        )
        for entity in entities
    )


def test_the_timeline_names_only_parts_of_shown_events(tmp_path):  # P12
    named, held = network("29355", 0.2), network("48503", 0.2)
    timeline = drops_of(KZ, named.entity, held.entity)
    publish(tmp_path, event(networks=(named,), timeline=timeline))
    content = read(tmp_path, f"incidents/{KZ_1}")
    assert [s["entity"] for s in content["timeline"]] == ["country:KZ", "asn:29355"]
    assert content["timeline"][0]["drops"][0]["lowest"] == 0.02


def test_an_unchanged_incident_writes_no_file(tmp_path):  # P14
    publish(tmp_path, CONFIRMED)
    files = list((tmp_path / "api").rglob("*.json"))
    before = {path: path.stat().st_mtime_ns for path in files}
    publish(tmp_path, CONFIRMED)
    assert {path: path.stat().st_mtime_ns for path in files} == before


def test_pages_for_the_operator_have_no_api(tmp_path):  # P12
    publish(tmp_path, CONFIRMED, unpublished=True)
    assert not (tmp_path / "api").exists()


@pytest.mark.parametrize("content", ["{", "[]", '{"incidents": [{}]}', "[" * 100_000])
def test_damaged_lists_are_written_again(tmp_path, content):
    publish(tmp_path, CONFIRMED)
    for name in ("incidents/index", "incidents/months/2022-01", "places/country/KZ"):
        (tmp_path / f"api/v1/{name}.json").write_text(content, "utf-8")
    publish(tmp_path, CONFIRMED)
    for name in ("incidents/index", "incidents/months/2022-01", "places/country/KZ"):
        assert ids(tmp_path, name) == [KZ_1]


def test_a_site_without_incidents_has_empty_lists(tmp_path):
    writer(tmp_path).publish_sources((), NOW)
    assert ids(tmp_path, "incidents/index") == []
    assert read(tmp_path, "places/index")["countries"] == []
    assert check_all_files(tmp_path) == 2


def test_a_drill_says_so_in_every_file(tmp_path):  # P16
    publish(tmp_path, event(facts=replace(facts(), drill=True)))
    assert read(tmp_path, f"incidents/{KZ_1}")["incident"]["drill"] is True
    assert read(tmp_path, f"incidents/{KZ_1}/series")["drill"] is True
    (row,) = read(tmp_path, "incidents/index")["incidents"]
    assert row["drill"] is True


def test_addresses_of_people_are_only_web_addresses(tmp_path):
    credit = replace(CONFIRMED.facts.sources.credits[0], link="javascript:alert(1)")
    hostile = replace(CONFIRMED, facts=changed(CONFIRMED.facts, credits=(credit,)))
    publish(tmp_path, hostile)
    content = read(tmp_path, f"incidents/{KZ_1}")
    assert content["incident"]["credits"][0]["link"] is None
