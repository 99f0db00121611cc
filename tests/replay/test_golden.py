"""Real recordings: what would we have said, and when?

They stay where their licences keep them; without them these tests say so.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import bootstrap
from bot.config.sections import Config
from bot.replay import run
from bot.sources.recording.source import load
from tests.recordings import shared

QUIET = (
    "quiet-britain",
    "quiet-india-2019-11",
    "quiet-india-2020-11",
    "quiet-us-2020-02",
    "quiet-us-2021-01",
)


def replayed(name: str, out: Path) -> list[dict]:
    """The incidents of a recording, replayed into `out`."""
    recording = load(shared(name))
    house, clock = bootstrap.replaying(recording, out, Config())
    lag = max(signal.lag for signal in recording.signals)
    run.play(house.newsroom, clock, recording.span, lag, lambda _: None)
    run.write(house.store, out)
    house.store.close()
    return json.loads((out / "incidents.json").read_text())


def posts(out: Path) -> list[dict]:
    path = out / "posts.jsonl"
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text().splitlines()]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.fixture(scope="module")
def iran(tmp_path_factory):
    out = tmp_path_factory.mktemp("iran")
    return replayed("iran-2026-01", out), out


def test_iran_2026_is_one_incident_confirmed_by_two_families(iran):  # P2, P7
    (incident,), _ = iran
    assert incident["entity"] == "country:IR"
    assert len(incident["families"]) >= 2
    onset = incident["onset"]
    assert at("2026-01-08T16:00Z") <= at(onset["from"])
    assert at(onset["to"]) <= at("2026-01-08T17:30Z")
    assert at(incident["confirmed_at"]) < at("2026-01-08T21:00Z")


def test_nothing_is_said_of_iran_in_the_quiet_days_before(iran):
    (incident,), out = iran
    assert all(at(e["at"]) > at("2026-01-08T16:00Z") for e in incident["events"])
    assert all(at(p["at"]) > at("2026-01-08T16:00Z") for p in posts(out))


def test_googles_return_is_partial_while_probing_is_down(iran):
    (incident,), _ = iran
    early = [e for e in incident["events"] if at(e["at"]) < at("2026-01-26T00:00Z")]
    partial = [e for e in early if e["kind"] == "partly-restored"]
    assert [at(e["at"]).day in {18, 19} for e in partial] == [True]
    assert "restored" not in {e["kind"] for e in early}


def test_iran_is_restored_only_when_probing_is_back(iran):
    (incident,), _ = iran
    assert incident["restored"] is not None
    assert at(incident["restored"]["from"]) > at("2026-01-27T00:00Z")


def test_every_post_on_iran_fits_and_answers_the_one_before(iran):
    _, out = iran
    said = posts(out)
    assert all(post["length"] <= 280 for post in said)
    assert [p["in_reply_to"] for p in said[1:]] == [
        f"{p['event']}/file" for p in said[:-1]
    ]
    assert len({post["text"] for post in said}) == len(said)
    assert all(post["media"][0]["alt"] for post in said)


def test_the_same_input_gives_the_same_bytes(iran, tmp_path):  # P14
    _, out = iran
    replayed("iran-2026-01", tmp_path)
    names = sorted(p.relative_to(out) for p in out.rglob("*") if p.is_file())
    assert names == sorted(
        p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file()
    )
    different = [
        n for n in names if (out / n).read_bytes() != (tmp_path / n).read_bytes()
    ]
    assert not different


def test_uganda_2021_is_suspected_and_never_confirmed(tmp_path):  # P7
    (incident,) = replayed("uganda-2021-01", tmp_path)
    assert incident["entity"] == "country:UG"
    assert incident["confirmed_at"] is None
    assert at(incident["onset"]["from"]) <= at("2021-01-13T16:00Z")
    assert at(incident["onset"]["to"]) >= at("2021-01-13T16:00Z")
    assert incident["restored"] is not None
    assert not posts(tmp_path)  # one family stays on the page


def test_iran_2019_by_routes_is_suspected_and_never_confirmed(tmp_path):  # P7
    incidents = replayed("iran-2019-11-bgp", tmp_path)
    assert [i["entity"] for i in incidents] == ["country:IR"]
    assert incidents[0]["confirmed_at"] is None


@pytest.mark.parametrize("name", QUIET)
def test_a_quiet_month_gives_nothing(name, tmp_path):  # P1
    assert replayed(name, tmp_path) == []
