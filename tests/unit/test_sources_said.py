"""An incident's page and the front page show the statuses and faults of sources."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from bot import bootstrap
from bot.clock import StillClock
from bot.config.sections import Config
from bot.detection.source_health import Health, HealthReason
from bot.model.entity import Entity, EntityKind
from bot.model.event import Credit
from bot.model.incident import EventKind, State
from bot.model.interval import Interval
from bot.model.operations import AlertKind
from bot.model.signal import Chunk, Family, Gap
from bot.model.source_status import FaultKind, SourceFault, SourceState, SourceStatus
from bot.model.verdict import Check, CheckName, UnknownReason
from bot.sources.recording.source import load_recording
from bot.store.sql_store import SqlStore, open_store
from bot.tick.history import History
from bot.tick.source_status import (
    SourceStatusCollector,
    faults_of,
    faulty_signal_alerts,
    have_states_changed,
)
from tests.builders import (
    IODA,
    PROBING,
    ROUTING,
    TRAFFIC,
    event,
    incident_of,
    restored,
    utc,
)
from tests.recordings import write
from tests.signals import a_signal
from tests.unit.test_health import CODES
from tests.unit.test_pages import publish, read, report_of, writer

KZ = Entity(EntityKind.COUNTRY, "KZ")
NOW = utc("2026-01-08 12:00")
GRACE = timedelta(hours=1)
HOUR = timedelta(hours=1)
SIGNAL = a_signal()
HEALTHY, UNKNOWN_HEALTH = Health(False), Health(None, HealthReason.TOO_FEW_PLACES)
UNHEALTHY = Health(True, HealthReason.FELL_TOGETHER)


@pytest.fixture
def store() -> Iterator[SqlStore]:
    opened = open_store(":memory:")
    yield opened
    opened.close()


def status_of(store: SqlStore, health: Health, newest: datetime | None) -> SourceStatus:
    """Return the status at NOW of a signal with this health.

    `newest` is the start of the signal's newest bin with a reading; None without one.
    """
    rows = {SIGNAL.id: (KZ,)}
    history = History({SIGNAL.id: SIGNAL}, rows, NOW - 9 * HOUR, timedelta(days=2))
    if newest is not None:
        values = np.array([500.0, np.nan], dtype=np.float32)
        history.add([Chunk(KZ, SIGNAL.id, SIGNAL.bin_at(newest), values)])
    collector = SourceStatusCollector({SIGNAL.id: SIGNAL}, store.readings, GRACE)
    (status,) = collector.collect(history, {SIGNAL.id: health}, NOW)
    return status


def test_source_with_current_healthy_readings_is_ordinary(store):
    status = status_of(store, HEALTHY, NOW - HOUR)
    assert (status.standing, status.since) == (SourceState.ORDINARY, None)
    assert status.newest == NOW - HOUR + SIGNAL.step
    assert status.credit.text == SIGNAL.credit


def test_missing_bin_is_not_a_reading(store):
    """P5: `newest` of a status is the end of the newest bin that has a value."""
    assert (
        status_of(store, HEALTHY, NOW - 9 * HOUR).newest == NOW - 9 * HOUR + SIGNAL.step
    )


def test_source_is_silent_only_after_the_grace_time(store):
    """P5: a reading that is not due yet is not missing."""
    # The bin after `late` was due at 11:00; at NOW, 12:00, the grace time has just passed.
    late = NOW - GRACE - SIGNAL.lag - 2 * SIGNAL.step
    status = status_of(store, HEALTHY, late)
    assert (status.standing, status.since) == (SourceState.SILENT, late + SIGNAL.step)
    assert (
        status_of(store, HEALTHY, late + SIGNAL.step).standing is SourceState.ORDINARY
    )


def test_source_without_any_reading_is_not_ordinary(store):
    assert status_of(store, HEALTHY, None).standing is SourceState.UNHEARD


def test_source_that_cannot_be_compared_is_not_ordinary(store):
    """P5: a source with too few places to assess its health is not called ordinary."""
    assert status_of(store, UNKNOWN_HEALTH, NOW - HOUR).standing is SourceState.UNTOLD


def test_fault_begins_with_its_first_bin_whatever_the_reasons(store):
    """P6: a fault begins with the first of its adjoining gaps, whatever their reasons."""
    for hours, reason in (
        (9, "x"),
        (4, UNHEALTHY.reason),
        (3, "another"),
        (2, "third"),
    ):
        window = Interval(NOW - hours * HOUR, NOW - (hours - 1) * HOUR)
        gap = Gap(SIGNAL.id, None, window, f"{UnknownReason.SOURCE_ILL}: {reason}")
        store.readings.write_gaps([gap], NOW)
    status = status_of(store, UNHEALTHY, NOW - HOUR)
    assert status.standing is SourceState.ILL
    assert (status.since, status.reason) == (NOW - 4 * HOUR, UNHEALTHY.reason)


def record_gap(
    store: SqlStore, since: str, until: str, reason: str, at: str, **more
) -> None:
    entity = more.get("entity")
    window = Interval(utc(since), utc(until))
    store.readings.write_gaps([Gap(PROBING, entity, window, reason)], utc(at))


def test_incident_has_the_source_faults_of_its_duration(store):
    reason = f"{UnknownReason.SOURCE_ILL}: {HealthReason.FELL_TOGETHER}"
    record_gap(
        store, "2022-01-03 01:00", "2022-01-03 02:00", reason, "2022-01-03 02:30"
    )
    record_gap(
        store, "2022-01-06 01:00", "2022-01-06 02:00", reason, "2022-01-06 02:30"
    )
    record_gap(
        store, "2022-01-12 01:00", "2022-01-12 02:00", reason, "2022-01-12 02:30"
    )
    steps = (event(), event(EventKind.RESTORED, 2, facts=restored()))
    (own,) = faults_of(incident_of(*steps), steps, store.readings)
    assert (own.kind, own.since) == (FaultKind.ILL, utc("2022-01-06 01:00"))
    assert own.until == utc("2022-01-06 02:00")


def test_failed_request_is_a_fault_from_its_sending(store):
    """P9: the fault begins when the request was sent, not with the readings it asked for."""
    record_gap(
        store,
        "2022-01-05 06:00",
        "2022-01-05 13:00",
        "SourceUnavailable: HTTP 500 from http://10.0.0.7/v2",
        "2022-01-05 12:00",
    )
    (unanswered,) = faults_of(incident_of(event()), (event(),), store.readings)
    assert (unanswered.kind, unanswered.since) == (
        FaultKind.UNANSWERED,
        utc("2022-01-05 12:00"),
    )
    assert (unanswered.until, unanswered.reason) == (
        utc("2022-01-05 13:00"),
        "SourceUnavailable",
    )


def test_gap_of_one_place_is_no_source_fault(store):
    record_gap(
        store,
        "2022-01-06 01:00",
        "2022-01-06 02:00",
        "only-nulls",
        "2022-01-06 02:30",
        entity=KZ,
    )
    assert faults_of(incident_of(event()), (event(),), store.readings) == ()


def source_status(state=SourceState.ORDINARY, signal=PROBING, **more) -> SourceStatus:
    credit = Credit(signal, IODA, "all rights reserved", "https://ioda.live")
    return SourceStatus(
        signal, Family.ACTIVE_PROBING, credit, utc("2022-01-05 11:00"), state, **more
    )


def test_present_fault_of_open_incident_has_no_end(store):
    since = utc("2022-01-05 10:50")
    reason = f"{UnknownReason.SOURCE_ILL}: {HealthReason.MEDIAN_LOW}"
    record_gap(
        store, "2022-01-05 10:50", "2022-01-05 11:00", reason, "2022-01-05 11:05"
    )
    now = (
        source_status(SourceState.ILL, since=since, reason=HealthReason.REPEATED),
        source_status(SourceState.SILENT, ROUTING, since=since),
        source_status(SourceState.SILENT, "ioda.merit-nt", since=since),
    )
    faults = faults_of(incident_of(event()), (event(),), store.readings, now)
    assert [(f.signal, f.kind, f.until) for f in faults] == [
        (ROUTING, FaultKind.SILENT, None),
        (PROBING, FaultKind.ILL, None),
    ]
    retracted = restored(state=State.RETRACTED)
    over = (event(), event(EventKind.RETRACTED, 2, facts=retracted))
    ends = [f.until for f in faults_of(incident_of(*over), over, store.readings, now)]
    assert ends == [utc("2022-01-05 11:00")]


def test_only_another_state_counts_as_a_change():
    before = (source_status(), source_status(signal=ROUTING))
    later = (replace(before[0], newest=NOW), before[1])
    assert not have_states_changed(before, later)
    assert have_states_changed(before, (source_status(SourceState.SILENT), before[1]))


@pytest.mark.parametrize("state", SourceState)
def test_operators_learn_that_a_source_is_taken_to_be_at_fault(state):  # P6, P19
    """If all places really fell at once, nothing else would tell it."""
    status = source_status(state, since=NOW - HOUR, reason=HealthReason.FELL_TOGETHER)
    assert list(faulty_signal_alerts([status], NOW - 2 * HOUR)) == []
    alerts = list(faulty_signal_alerts([status], NOW - HOUR / 2))
    assert len(alerts) == (state is SourceState.ILL)
    for alert in alerts:
        assert (alert.kind, alert.subject) == (AlertKind.FAULTY, PROBING)
        assert (alert.since, alert.note) == (NOW - HOUR, HealthReason.FELL_TOGETHER)


def fault(
    kind: FaultKind, until: str | None = "2022-01-05 13:00", **more
) -> SourceFault:
    since = utc("2022-01-05 12:00")
    end = utc(until) if until else None
    return SourceFault(
        more.get("signal", PROBING), kind, since, end, more.get("reason", "")
    )


def page_text(tmp_path: Path, *faults: SourceFault, **facts) -> str:
    report = report_of(tmp_path, event(**facts))
    return publish(tmp_path, replace(report, faults=faults)).text


def test_page_names_faulty_source_with_times_and_reason(tmp_path):
    """P6, P9: the page says when (UTC, local time) and why a source was not believed."""
    source_fault = fault(FaultKind.ILL, reason=HealthReason.FELL_TOGETHER)
    assert (
        "Active probing (IODA) could not be believed from 12:00 UTC on 5 January "
        "(18:00 in Almaty) to 13:00 UTC (19:00 in Almaty): many of the places that are "
        "watched fell at the same time. It was left out: a faulty source never opens or "
        "closes an incident."
    ) in page_text(tmp_path, source_fault)


def test_page_names_unanswered_and_silent_sources(tmp_path):
    """P5, P17: the page names sources that did not answer or fell silent, and since when."""
    text = page_text(
        tmp_path,
        fault(FaultKind.UNANSWERED, reason="SourceUnavailable"),
        fault(FaultKind.SILENT, until=None, signal=ROUTING),
    )
    assert "requests to IODA got no usable answer from 12:00 UTC" in text
    assert "BGP routing (IODA) is silent since its reading of 12:00 UTC" in text


def test_no_text_of_a_server_reaches_the_page(tmp_path):
    """P16: an unknown reason, which may contain private addresses or markup, is not shown."""
    private_text = "the <b>10.0.0.7</b> proxy"
    text = page_text(
        tmp_path,
        fault(FaultKind.ILL, reason=private_text),
        fault(FaultKind.UNANSWERED, reason=private_text, signal=ROUTING),
    )
    assert "10.0.0.7" not in text
    assert "its readings contradict themselves" in text


def test_page_shows_unknown_signals_of_each_event(tmp_path):
    """P5: unknown signals and failed health checks are shown even without stored faults."""
    failed_check = Check(
        CheckName.SOURCE_HEALTH, passed=False, note="x", signal=TRAFFIC
    )
    text = page_text(tmp_path, unknown=(ROUTING,), checks=(failed_check,))
    assert "BGP routing (IODA) has nothing after 11:00 UTC on 5 January" in text
    assert "that can be judged, as of the step at 11:00 UTC" in text
    assert "Google traffic (IODA) failed the check of its health" in text
    once = page_text(
        tmp_path, fault(FaultKind.SILENT, signal=ROUTING), unknown=(ROUTING,)
    )
    assert "that can be judged" not in once


def test_source_known_again_in_later_event_has_an_end(tmp_path):
    steps = (
        event(unknown=(ROUTING,)),
        event(EventKind.UPDATED, 2, as_of=utc("2022-01-05 15:00")),
    )
    text = publish(tmp_path, report_of(tmp_path, *steps)).text
    assert (
        "had nothing after 11:00 UTC on 5 January (17:00 in Almaty) that could" in text
    )
    assert "15:00" not in text[text.index("had nothing after") :][:200]


def test_page_without_source_faults_mentions_none(tmp_path):
    assert "ill or silent" not in page_text(tmp_path)


@pytest.mark.parametrize("kind", FaultKind)
@pytest.mark.parametrize("until", [None, "2022-01-05 12:01", "2022-01-05 14:00"])
def test_every_fault_has_its_sentence(tmp_path, kind, until):
    assert "Active probing (IODA)" in page_text(tmp_path, fault(kind, until))


def front_page_text(site: Path, *conditions: SourceStatus) -> str:
    writer(site).publish_sources(conditions, NOW)
    return read(site / "index.html").text


def test_front_page_lists_every_signal_without_incidents(tmp_path):
    """P13, P15: without incidents the front page lists each signal's state and credit."""
    since = utc("2022-01-05 09:00")
    text = front_page_text(
        tmp_path,
        source_status(),
        source_status(SourceState.SILENT, ROUTING, since=since),
        source_status(SourceState.ILL, TRAFFIC, since=since, reason=UNHEALTHY.reason),
        source_status(SourceState.ILL, "ioda.merit-nt"),
    )
    assert "As of 12:00 UTC on 8 January 2026" in text
    assert "Active probing (IODA) 11:00 UTC on 5 January 2022 normal" in text
    assert "silent since 09:00 UTC on 5 January 2022" in text
    assert "ill since 09:00 UTC on 5 January 2022: many of the places" in text
    assert "ill: its readings contradict themselves" in text
    assert text.count(IODA) == text.count("all rights reserved") == 1
    names = "Active probing, BGP routing, Google traffic, Network telescope"
    assert f"Sources: {names}: {IODA}" in text
    assert (tmp_path / "style.css").is_file()


def test_source_statuses_are_published_as_data(tmp_path):
    """P4: sources.json has the state of each source, and since when."""
    front_page_text(
        tmp_path, source_status(SourceState.SILENT, since=utc("2022-01-05 11:00"))
    )
    data = json.loads((tmp_path / "sources.json").read_text(encoding="utf-8"))
    (row,) = data["signals"]
    assert (row["state"], row["since"]) == ("silent", "2022-01-05T11:00:00Z")
    assert row["newest"] == "2022-01-05T11:00:00Z"


def test_incident_page_does_not_remove_source_statuses(tmp_path):
    front_page_text(tmp_path, source_status(SourceState.UNTOLD))
    writer(tmp_path).publish_page(report_of(tmp_path, event()))
    page = read(tmp_path / "index.html")
    assert "too few places are watched to tell whether it is ill" in page.text
    assert page.text.index("Happening now") < page.text.index("Sources")


@pytest.mark.parametrize("state", SourceState)
def test_every_source_state_has_words(tmp_path, state):
    assert "Active probing (IODA)" in front_page_text(
        tmp_path, source_status(state, since=NOW)
    )


BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
FALL, FAULT_START = BEGIN + timedelta(days=8), BEGIN + timedelta(days=8, hours=6)
ABOUT = """
title = "Twenty countries and an ill source"
credit = "Nobody: made for tests"
licence = "CC0-1.0"
""" + "".join(
    f"""
[signals."ioda.{name}"]
step_s = 1800
lag_s = 1800
unit = "/24s"
family = "{family}"
"""
    for name, family in (("bgp", "control-plane"), ("ping-slash24", "active-probing"))
)


def faulty_recording_csv() -> Iterator[str]:
    """Yield CSV lines: a country drops; 6 hours later probing drops everywhere, for 3 hours."""
    yield "time,entity,signal,value"
    for number in range(48 * 8 + 24):
        at = BEGIN + number * timedelta(minutes=30)
        for place, code in enumerate(CODES):
            for signal, size in (("bgp", 8000), ("ping-slash24", 3000)):
                is_faulty = (
                    "ping" in signal and FAULT_START <= at < FAULT_START + 3 * HOUR
                )
                share = 0.05 if (place == 0 and at >= FALL) or is_faulty else 1.0
                value = share * (size + number * 7 % 13)
                yield f"{at:%Y-%m-%dT%H:%MZ},{code},ioda.{signal},{value:.0f}"


def test_source_fault_during_an_incident_is_on_its_page(tmp_path):
    """P6: a fault in the readings is shown on the incident's page and the front page."""
    folder = write(tmp_path / "r", "\n".join(faulty_recording_csv()) + "\n", ABOUT)
    recording = load_recording(folder)
    application, clock = bootstrap.build_replay(recording, tmp_path / "out", Config())
    site = tmp_path / "out" / "site"
    application.runner.open()
    run_until(application, clock, FAULT_START + 3 * HOUR)
    (page,) = site.glob("i/*/index.html")
    assert "Active probing (IODA) cannot be believed since 06:00" in read(page).text
    assert "ill since 06:00 UTC on 13 January 2026" in read(site / "index.html").text
    run_until(application, clock, recording.span.until)
    (incident,) = application.store.incidents.all()
    application.store.close()
    assert incident.is_open
    assert "could not be believed from 06:00 UTC on 13 January" in read(page).text
    assert "ill since" not in read(site / "index.html").text


def run_until(
    application: bootstrap.Application, clock: StillClock, at: datetime
) -> None:
    """Run a tick every hour from FALL, or from the present time if later, until `at`."""
    clock.sleep(max(timedelta(0), FALL - clock.now()))
    while clock.now() < at:
        clock.sleep(HOUR)
        application.runner.tick()
