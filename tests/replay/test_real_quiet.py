"""Outages in real quiet series: the days as they were, the outages as they are told."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from bot.evaluation.labels import read_labels
from bot.evaluation.synthetic import benchmark, injection
from bot.evaluation.synthetic.outages import (
    Hit,
    OutageKind,
    Shape,
    SyntheticOutage,
    kinds,
    losses,
)
from bot.model.signal import Family
from bot.sources.recording.source import load
from bot.tick.assessment import Rules
from tests.recordings import ABOUT, SHARED, shared, write

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 30
HEAD = "recording,entity,start,end,cause,source,use\n"
FIVE_DAYS = "country:KZ,2026-02-01T00:00Z,2026-02-02T00:00Z,x,test,detect\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Thirty quiet days of KZ and one of its networks, in two families."""
    rough = np.random.default_rng(3)
    lines = ["time,entity,signal,value"]
    for half_hour in range(DAYS * 48):
        at = f"{BEGIN + timedelta(minutes=30 * half_hour):%Y-%m-%dT%H:%MZ}"
        for entity, routes in (("country:KZ", 8000), ("asn:9198", 500)):
            value = routes * (1 + 0.001 * rough.standard_normal())
            lines.append(f"{at},{entity},ioda.bgp,{value:.1f}")
        if half_hour % 2 == 0:
            lines.append(f"{at},country:KZ,ioda.gtr,{50 + rough.standard_normal():.2f}")
    text = "\n".join(lines) + "\n"
    return write(tmp_path_factory.mktemp("quiet") / "kz", text, ABOUT)


@pytest.fixture
def recording(folder):
    return load(folder)


@pytest.fixture
def stretch(recording):
    (found,) = injection.stretches([("kz", recording)], ())
    return found


def test_days_from_a_day_before_the_first_label_on_are_not_quiet(recording):
    labels = read_labels(HEAD + "kz," + FIVE_DAYS, "labels.csv")
    (found,) = injection.stretches([("kz", recording)], labels)
    assert found.world.until == datetime(2026, 1, 31, tzinfo=UTC)
    early = read_labels(HEAD + "kz," + FIVE_DAYS.replace("02-0", "01-1"), "labels.csv")
    assert injection.stretches([("kz", recording)], early) == []


def test_the_readings_are_played_as_they_were_recorded(recording, stretch):
    for (signal, entity), chunk in recording.series.items():
        row = stretch.world.rows[signal].index(entity)
        assert np.array_equal(stretch.world.values[signal][row], chunk.values)


def test_every_kind_has_its_turn_once_and_days_apart(stretch):
    wanted = kinds()
    told = list(injection.rounds(stretch, wanted, 1))
    placed = [OutageKind(o.depth, o.duration, o.shape) for told_ in told for o in told_]
    order = {kind: number for number, kind in enumerate(wanted)}
    assert sorted(placed, key=order.__getitem__) == wanted
    for outages in told:
        for one, other in pairwise(outages):
            assert other.since - one.until >= timedelta(days=3)
    assert told == list(injection.rounds(stretch, wanted, 1))


def test_what_is_not_hit_stays_as_it_was_and_networks_fall_with_their_country(stretch):
    since = stretch.world.since + timedelta(days=12)
    hits = ((Family.CONTROL_PLANE, Hit(1.0, timedelta(0))),)
    until = since + timedelta(days=1)
    outage = SyntheticOutage(stretch.country, since, until, 0.8, Shape.SUDDEN, hits)
    hit, quiet = injection.with_outages(stretch, [outage]).values, stretch.world.values
    assert np.array_equal(hit["ioda.gtr"], quiet["ioda.gtr"])
    down = slice(12 * 48, 13 * 48)
    assert np.all(hit["ioda.bgp"][:, down] < 0.21 * quiet["ioda.bgp"][:, down])
    assert np.array_equal(
        hit["ioda.bgp"][:, : 12 * 48], quiet["ioda.bgp"][:, : 12 * 48]
    )


def test_a_snapshot_shows_an_outage_only_at_its_instant():  # P9
    folder = shared("quiet-britain")
    (stretch,) = injection.stretches([("quiet-britain", load(folder))], ())
    signal = stretch.world.of(Family.CONTROL_PLANE)
    assert signal.snapshot
    looks = signal.start_of(signal.bin_of(stretch.world.since) + 50)
    hits = ((Family.CONTROL_PLANE, Hit(1.0, timedelta(0))),)
    hour = timedelta(hours=1)
    lost = []
    for since in (looks - hour / 2, looks + hour):
        outage = SyntheticOutage(
            stretch.country, since, since + hour, 1.0, Shape.SUDDEN, hits
        )
        ((_, _, loss, _),) = losses(stretch.world, outage)
        lost.append(float(loss.max()))
    assert lost == [1.0, 0.0]


def test_deep_outages_in_quiet_readings_are_found_and_nothing_else(stretch):  # P1
    wanted = [k for k in kinds() if k.depth == 0.95 and k.duration.days < 3][-4:]
    (group,) = injection.run([stretch], wanted, Rules(), 1)["groups"]
    assert group["outages"] == 4
    assert group["found_means"] == "confirmed"
    assert group["recall_opened"] == 1.0
    assert group["false_openings"] == 0
    assert group["incidents_untouched"] == 0


def test_one_family_is_never_said_to_have_confirmed():  # P7
    path = SHARED / "data" / "labels" / "incidents.csv"
    folder = shared("quiet-us-2020-02")
    labels = read_labels(path.read_text(encoding="utf-8"), path.name)
    found = injection.stretches([(folder.name, load(folder))], labels)
    wanted = [k for k in kinds() if k.depth == 0.5 and k.duration.days == 3]
    told = injection.run(found, wanted, Rules(), 1)
    (group,) = told["groups"]
    assert str(told["stated_as"]).startswith("real quiet series, outages injected")
    assert group["found_means"] == "suspected"
    assert all("confirmed" not in row for row in group["recall_matrix"])
    assert group["recall_opened"] == 1.0
    assert group["false_confirmed"] == 0


def told(*words: str):
    return benchmark._parser().parse_args(["--out", "unused", *words])


def test_the_benchmark_says_where_no_recordings_are_at_hand(capsys):  # P17
    assert benchmark._real(told(), benchmark.SMALL, Rules()) is None
    assert "not played, no recordings are here" in capsys.readouterr().out


def test_the_benchmark_plays_the_recordings_that_it_is_given(folder, tmp_path):
    labels = tmp_path / "labels.csv"
    labels.write_text(HEAD, encoding="utf-8")
    asked = told("--recordings", str(folder.parent), "--labels", str(labels))
    found = benchmark._real(asked, benchmark.SMALL, Rules()) or {}
    (group,) = found["groups"]
    assert group["outages"] == benchmark.SMALL.real_kinds
    assert [about["name"] for about in group["recordings"]] == ["kz"]
