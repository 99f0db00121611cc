"""Real recordings give the incidents that are documented, at the right times.

Their licences keep the recordings out of the repository; a test whose recording
is missing is skipped. `make test` replays some of them, `make test-all` the others as well.
test_backtest.py checks the detected events of all recordings.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import bootstrap
from bot.config.sections import Config
from bot.replay import run
from bot.sources.recording.source import load_recording
from tests import stories
from tests.recordings import shared

QUIET = (
    "quiet-us-2020-02",
    pytest.param("quiet-britain", marks=pytest.mark.slow),
    pytest.param("quiet-india-2019-11", marks=pytest.mark.slow),
    pytest.param("quiet-india-2020-11", marks=pytest.mark.slow),
    pytest.param("quiet-us-2021-01", marks=pytest.mark.slow),
)


def replay_shared(name: str, out: Path) -> list[dict]:
    """Replay a real recording into `out`; return its incidents."""
    return replay(shared(name), out)


def replay(folder: Path, out: Path) -> list[dict]:
    """Replay a recording into `out`; return its incidents."""
    recording = load_recording(folder)
    application, clock = bootstrap.build_replay(recording, out, Config())
    lag = max(signal.lag for signal in recording.signals)
    pages = run.WritePages.AT_END
    run.run_ticks(application.runner, clock, recording.span, lag, lambda _: None, pages)
    run.write_results(application.store, out)
    application.store.close()
    return json.loads((out / "incidents.json").read_text())


def posts(out: Path) -> list[dict]:
    path = out / "posts.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines()]


def parse_time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.fixture(scope="module")
def iran(tmp_path_factory):
    out = tmp_path_factory.mktemp("iran")
    return replay_shared("iran-2026-01", out), out


@pytest.mark.slow
def test_iran_2026_is_one_incident_confirmed_by_two_families(iran):  # P2, P7
    (incident,), _ = iran
    assert incident["entity"] == "country:IR"
    assert len(incident["families"]) >= 2
    onset = incident["onset"]
    assert parse_time("2026-01-08T16:00Z") <= parse_time(onset["from"])
    assert parse_time(onset["to"]) <= parse_time("2026-01-08T17:30Z")
    assert parse_time(incident["confirmed_at"]) < parse_time("2026-01-08T21:00Z")


@pytest.mark.slow
def test_iran_has_no_event_before_its_blackout(iran):
    (incident,), out = iran
    assert all(
        parse_time(e["at"]) > parse_time("2026-01-08T16:00Z")
        for e in incident["events"]
    )
    assert all(
        parse_time(p["at"]) > parse_time("2026-01-08T16:00Z") for p in posts(out)
    )


@pytest.mark.slow
def test_returning_traffic_alone_is_a_partial_restoration(iran):
    (incident,), _ = iran
    early = [
        e
        for e in incident["events"]
        if parse_time(e["at"]) < parse_time("2026-01-26T00:00Z")
    ]
    partial = [e for e in early if e["kind"] == "partly-restored"]
    assert [parse_time(e["at"]).day in {18, 19} for e in partial] == [True]
    assert "restored" not in {e["kind"] for e in early}


@pytest.mark.slow
def test_iran_is_restored_only_when_probing_returns(iran):
    (incident,), _ = iran
    assert incident["restored"] is not None
    assert parse_time(incident["restored"]["from"]) > parse_time("2026-01-27T00:00Z")


@pytest.mark.slow
def test_posts_on_iran_fit_and_form_a_thread(iran):
    _, out = iran
    thread = posts(out)
    assert all(post["length"] <= 280 for post in thread)
    assert [p["in_reply_to"] for p in thread[1:]] == [
        f"{p['event']}/file" for p in thread[:-1]
    ]
    assert len({post["text"] for post in thread}) == len(thread)
    assert all(post["media"][0]["alt"] for post in thread)


def assert_same_files(expected: Path, actual: Path) -> None:
    """Assert that two folders have the same files, byte for byte, and more than ten."""
    names, others = (
        sorted(p.relative_to(out) for p in out.rglob("*") if p.is_file())
        for out in (expected, actual)
    )
    assert names == others
    assert len(names) > 10
    different = [
        n for n in names if (expected / n).read_bytes() != (actual / n).read_bytes()
    ]
    assert not different


def test_the_same_input_gives_the_same_bytes(tmp_path):  # P14
    folder = stories.blackout(tmp_path / "recording")
    for name in ("one", "other"):
        assert replay(folder, tmp_path / name)
    assert_same_files(tmp_path / "one", tmp_path / "other")


@pytest.mark.slow
def test_the_same_real_input_gives_the_same_bytes(iran, tmp_path):  # P14
    _, out = iran
    replay_shared("iran-2026-01", tmp_path)
    assert_same_files(out, tmp_path)


def test_uganda_2021_is_suspected_and_never_confirmed(tmp_path):  # P7
    (incident,) = replay_shared("uganda-2021-01", tmp_path)
    assert incident["entity"] == "country:UG"
    assert incident["confirmed_at"] is None
    assert parse_time(incident["onset"]["from"]) <= parse_time("2021-01-13T16:00Z")
    assert parse_time(incident["onset"]["to"]) >= parse_time("2021-01-13T16:00Z")
    assert incident["restored"] is not None
    assert not posts(tmp_path)  # a drop in one family is shown on the page only


def test_iran_2019_by_routes_is_suspected_and_never_confirmed(tmp_path):  # P7
    incidents = replay_shared("iran-2019-11-bgp", tmp_path)
    assert [i["entity"] for i in incidents] == ["country:IR"]
    assert incidents[0]["confirmed_at"] is None


@pytest.mark.parametrize("name", QUIET)
def test_a_quiet_month_gives_no_incident(name, tmp_path):  # P1
    assert replay_shared(name, tmp_path) == []
