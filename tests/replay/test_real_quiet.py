"""Outages injected into quiet recordings are detected; other readings stay as recorded."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from bot.evaluation.labels import read_labels
from bot.evaluation.synthetic import benchmark, injection
from bot.evaluation.synthetic.outages import (
    FamilyEffect,
    OutageKind,
    Shape,
    SyntheticOutage,
    losses,
    outage_kinds,
)
from bot.model.signal import Family
from bot.sources.recording.source import load_recording
from bot.tick.rules import AssessmentRules
from tests.recordings import ABOUT, SHARED, shared, write

BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 30
HEAD = "recording,entity,start,end,cause,source,use\n"
FIVE_DAYS = "country:KZ,2026-02-01T00:00Z,2026-02-02T00:00Z,x,test,detect\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Write a recording of thirty quiet days of KZ and, in routes only, one network."""
    rng = np.random.default_rng(3)
    lines = ["time,entity,signal,value"]
    for half_hour in range(DAYS * 48):
        at = f"{BEGIN + timedelta(minutes=30 * half_hour):%Y-%m-%dT%H:%MZ}"
        for entity, routes in (("country:KZ", 8000), ("asn:9198", 500)):
            value = routes * (1 + 0.001 * rng.standard_normal())
            lines.append(f"{at},{entity},ioda.bgp,{value:.1f}")
        if half_hour % 2 == 0:
            lines.append(f"{at},country:KZ,ioda.gtr,{50 + rng.standard_normal():.2f}")
    text = "\n".join(lines) + "\n"
    return write(tmp_path_factory.mktemp("quiet") / "kz", text, ABOUT)


@pytest.fixture
def recording(folder):
    return load_recording(folder)


@pytest.fixture
def quiet(recording):
    (span,) = injection.quiet_spans([("kz", recording)], ())
    return span


def test_quiet_days_end_before_the_first_label(recording):
    labels = read_labels(HEAD + "kz," + FIVE_DAYS, "labels.csv")
    (span,) = injection.quiet_spans([("kz", recording)], labels)
    assert span.world.until == datetime(2026, 1, 31, tzinfo=UTC)
    early = read_labels(HEAD + "kz," + FIVE_DAYS.replace("02-0", "01-1"), "labels.csv")
    assert injection.quiet_spans([("kz", recording)], early) == []


def test_quiet_readings_are_used_as_recorded(recording, quiet):
    for (signal, entity), chunk in recording.series.items():
        row = quiet.world.rows[signal].index(entity)
        assert np.array_equal(quiet.world.values[signal][row], chunk.values)


def test_each_kind_is_injected_once_and_days_apart(quiet):
    wanted = outage_kinds()
    all_rounds = list(injection.injection_rounds(quiet, wanted, 1))
    placed = [
        OutageKind(o.depth, o.duration, o.shape)
        for outages in all_rounds
        for o in outages
    ]
    order = {kind: number for number, kind in enumerate(wanted)}
    assert sorted(placed, key=order.__getitem__) == wanted
    for outages in all_rounds:
        for first, second in pairwise(outages):
            assert second.since - first.until >= timedelta(days=3)
    assert all_rounds == list(injection.injection_rounds(quiet, wanted, 1))


def test_networks_drop_with_their_country_and_nothing_else(quiet):
    since = quiet.world.since + timedelta(days=12)
    effects = ((Family.CONTROL_PLANE, FamilyEffect(1.0, timedelta(0))),)
    until = since + timedelta(days=1)
    outage = SyntheticOutage(quiet.country, since, until, 0.8, Shape.SUDDEN, effects)
    lowered = injection.with_outages(quiet, [outage]).values
    original = quiet.world.values
    assert np.array_equal(lowered["ioda.gtr"], original["ioda.gtr"])
    down = slice(12 * 48, 13 * 48)
    assert np.all(lowered["ioda.bgp"][:, down] < 0.21 * original["ioda.bgp"][:, down])
    assert np.array_equal(
        lowered["ioda.bgp"][:, : 12 * 48], original["ioda.bgp"][:, : 12 * 48]
    )


def test_a_snapshot_shows_outages_only_at_its_instant():  # P9
    folder = shared("quiet-britain")
    (quiet,) = injection.quiet_spans([("quiet-britain", load_recording(folder))], ())
    signal = quiet.world.signal_of(Family.CONTROL_PLANE)
    assert signal.snapshot
    instant = signal.start_of(signal.bin_at(quiet.world.since) + 50)
    effects = ((Family.CONTROL_PLANE, FamilyEffect(1.0, timedelta(0))),)
    hour = timedelta(hours=1)
    lost = []
    for since in (instant - hour / 2, instant + hour):
        outage = SyntheticOutage(
            quiet.country, since, since + hour, 1.0, Shape.SUDDEN, effects
        )
        ((_, _, loss, _),) = losses(quiet.world, outage)
        lost.append(float(loss.max()))
    assert lost == [1.0, 0.0]


def test_only_injected_outages_are_detected(quiet):  # P1
    wanted = [k for k in outage_kinds() if k.depth == 0.95 and k.duration.days < 3][-4:]
    (group,) = injection.run([quiet], wanted, AssessmentRules(), 1)["groups"]
    assert group["outages"] == 4
    assert group["found_means"] == "confirmed"
    assert group["recall_opened"] == 1.0
    assert group["false_openings"] == 0
    assert group["incidents_untouched"] == 0


def test_one_family_never_confirms_an_outage():  # P7
    path = SHARED / "data" / "labels" / "incidents.csv"
    folder = shared("quiet-us-2020-02")
    labels = read_labels(path.read_text(encoding="utf-8"), path.name)
    spans = injection.quiet_spans([(folder.name, load_recording(folder))], labels)
    wanted = [k for k in outage_kinds() if k.depth == 0.5 and k.duration.days == 3]
    result = injection.run(spans, wanted, AssessmentRules(), 1)
    (group,) = result["groups"]
    assert str(result["stated_as"]).startswith("real quiet series, outages injected")
    assert group["found_means"] == "suspected"
    assert all("confirmed" not in row for row in group["recall_matrix"])
    assert group["recall_opened"] == 1.0
    assert group["false_confirmed"] == 0


def parsed(*arguments: str):
    return benchmark._parser().parse_args(["--out", "unused", *arguments])


def test_the_benchmark_reports_missing_recordings(capsys):  # P17
    assert (
        benchmark._run_real(parsed(), benchmark.SMALL_SIZES, AssessmentRules()) is None
    )
    assert "not run; pass --recordings and --labels" in capsys.readouterr().out


def test_the_benchmark_uses_the_given_recordings(folder, tmp_path):
    labels = tmp_path / "labels.csv"
    labels.write_text(HEAD, encoding="utf-8")
    options = parsed("--recordings", str(folder.parent), "--labels", str(labels))
    result = (
        benchmark._run_real(options, benchmark.SMALL_SIZES, AssessmentRules()) or {}
    )
    (group,) = result["groups"]
    assert group["outages"] == benchmark.SMALL_SIZES.real_kinds
    assert [recording["name"] for recording in group["recordings"]] == ["kz"]
