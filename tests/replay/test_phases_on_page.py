"""A page describes the phases of an incident as its posts do (P4, P18)."""

import re
from datetime import datetime
from pathlib import Path

import pytest

from bot import bootstrap
from bot.config.sections import Config
from bot.detection.classification.rules import classify
from bot.model.classification import ClassKind
from bot.model.verdict import Scope, Severity
from bot.replay import run
from bot.sources.recording.source import load_recording
from tests.recordings import write
from tests.stories import ABOUT, END, SIGNALS, START

# The country is at 40% for nine hours, at 3% for a day, at 45% for ten hours, and back.
LEVELS = (
    (datetime.fromisoformat("2026-01-13T09:00Z"), 0.40),
    (datetime.fromisoformat("2026-01-13T18:00Z"), 0.03),
    (datetime.fromisoformat("2026-01-14T18:00Z"), 0.45),
    (datetime.fromisoformat("2026-01-15T04:00Z"), 1.0),
)
PARTIAL = "held at a partial level"


@pytest.fixture(scope="module")
def replayed(tmp_path_factory):
    """Yield the events with their evidence, the posts and the page of such a story."""
    home = tmp_path_factory.mktemp("phases")
    recording = load_recording(write(home / "recording", "\n".join(lines()), ABOUT))
    application, clock = bootstrap.build_replay(recording, home / "out", Config())
    lag = max(signal.lag for signal in recording.signals)
    run.run_ticks(application.runner, clock, recording.span, lag, lambda _: None)
    store = application.store
    (incident,) = store.incidents.all()
    events = store.incidents.events(incident.id)
    page = home / "out" / "site" / "i" / incident.id / "index.html"
    yield {e: store.incidents.evidence(e.key) for e in events}, text_of(page)
    store.close()


def lines():
    yield "time,entity,signal,value"
    for number in range(int((END - START).total_seconds()) // 1800):
        at = datetime.fromtimestamp(START.timestamp() + number * 1800, START.tzinfo)
        share = next((level for since, level in reversed(LEVELS) if at >= since), 1.0)
        for signal, level in SIGNALS.items():
            value = share * (level + number * 7 % 13)
            yield f"{at:%Y-%m-%dT%H:%MZ},country:IR,{signal},{value:.0f}"


def text_of(page: Path) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.read_text("utf-8")).split())


def test_story_has_partial_and_near_total_phases(replayed):
    events, _ = replayed
    severities = {event.facts.severity for event in events}
    assert {Severity.MAJOR, Severity.NEAR_TOTAL} <= severities


def test_no_blackout_is_called_partial(replayed):
    """The class as of an event fits the level that its post gives."""
    for event, evidence in replayed[0].items():
        facts, kind = event.facts, classify(event, evidence).kind
        level = 1.0 if facts.levels.now is None else facts.levels.now
        if facts.scope is Scope.NATIONAL and level <= 0.15:
            assert kind is not ClassKind.PARTIAL, event.key
        if kind is ClassKind.PARTIAL:
            assert 0.15 <= level <= 0.75, event.key


def test_page_names_no_partial_level_at_the_time_of_a_blackout(replayed):
    events, text = replayed
    partial = re.findall(
        rf"As of (\d\d:\d\d UTC on \d+ January)[^:]*\([^)]*\): {PARTIAL}", text
    )
    blackouts = {
        f"{event.at:%H:%M} UTC on {event.at.day} January"
        for event in events
        if event.facts.levels.now is not None and event.facts.levels.now < 0.15
    }
    assert blackouts
    assert not blackouts & set(partial)
