"""The generated benchmark meets its targets, and its generator follows its plan.

`python -m bot.evaluation.synthetic.benchmark --out DIR` is the full run, which takes
minutes; these tests add `--small` to the same command.
"""

import json
from datetime import timedelta

import numpy as np
import pytest

from bot.detection.thresholds import Thresholds
from bot.evaluation.synthetic import benchmark
from bot.evaluation.synthetic.artefacts import ARTEFACTS, Expectation
from bot.evaluation.synthetic.measures import detection_times
from bot.evaluation.synthetic.outages import (
    DEPTHS,
    FamilyEffect,
    Shape,
    SyntheticOutage,
    draw_outages,
    inject,
    losses,
    outage_kinds,
)
from bot.evaluation.synthetic.run import run_world
from bot.evaluation.synthetic.world import WorldPlan, build_world
from bot.model.signal import Family
from bot.tick.rules import AssessmentRules

PROBING, TRAFFIC = Family.ACTIVE_PROBING, Family.TRAFFIC
FAMILIES = (PROBING, TRAFFIC, Family.CONTROL_PLANE, Family.TELESCOPE)
TINY = WorldPlan(seed=5, countries=10, days=30)
CONFIRMED: dict[str, str] = {}
"""The artefacts that are known to be confirmed wrongly, with the reasons."""
OPENED: dict[str, str] = {}
"""The artefacts that are known to open an incident wrongly, with the reasons."""


def with_known_failures(reasons: dict[str, str], artefacts):
    return [
        pytest.param(
            a.name,
            marks=[pytest.mark.xfail(reason=reasons[a.name], strict=True)]
            if a.name in reasons
            else [],
        )
        for a in artefacts
    ]


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    out = tmp_path_factory.mktemp("benchmark")
    assert benchmark.main(["--out", str(out), "--small"]) == 0
    return json.loads((out / "benchmark.json").read_text("utf-8"))


def artefact_entry(content, name):
    return next(a for a in content["artefacts"] if a["name"] == name)


@pytest.mark.parametrize("name", with_known_failures(CONFIRMED, ARTEFACTS))
def test_no_artefact_is_confirmed(content, name):  # P1, P6
    assert artefact_entry(content, name)["confirmed"] == []


@pytest.mark.parametrize(
    "name",
    with_known_failures(
        OPENED, [a for a in ARTEFACTS if a.expectation is Expectation.NOTHING_OPENS]
    ),
)
def test_no_artefact_of_a_source_opens_an_incident(content, name):  # P6
    assert artefact_entry(content, name)["opened"] == []


def test_without_the_revision_check_revisions_are_confirmed():  # P6
    """If no change counts as a revision, the artefact `rewritten-source` is confirmed."""
    artefact = next(a for a in ARTEFACTS if a.name == "rewritten-source")
    world, _ = artefact.world(1)
    without_check = AssessmentRules(thresholds=Thresholds(ill_revision=9.0))
    result = run_world(world, without_check, artefact.stride, artefact.history_length)
    assert [str(place) for place in result.confirmed_places()] == ["country:NG"]


def test_deep_and_long_outages_are_confirmed(content):  # P1
    national = content["national"]
    assert national["deep_and_long"] >= 10
    assert national["recall_confirmed"] >= 0.9
    assert national["precision_confirmed"]["value"] >= 0.95


def test_the_generated_year_has_no_false_confirmation(content):  # P1
    assert content["national"]["false_confirmed"]["events"] == 0


def test_outages_are_confirmed_soon_after_two_families_publish(content):
    delays = content["minutes_from_availability"]["confirmed"]
    assert delays["events"] >= 10
    assert delays["p50"] <= 15
    assert delays["p95"] <= 30


def test_the_file_states_that_it_is_generated(content):
    assert content["stated_as"].startswith("generated")
    assert content["sizes"]["seed"] == benchmark.Sizes().seed
    assert {row["name"] for row in content["summary"] if row["met"] is not None}


def test_the_same_plan_makes_the_same_world():  # P14
    first, second = build_world(TINY), build_world(TINY)
    for signal in first.signals:
        assert np.array_equal(
            first.values[signal], second.values[signal], equal_nan=True
        )


def test_another_seed_makes_another_world():
    first, second = (
        build_world(TINY),
        build_world(WorldPlan(seed=6, countries=10, days=30)),
    )
    assert not np.array_equal(first.values["ioda.gtr"], second.values["ioda.gtr"])


def test_two_runs_of_a_world_are_equal():  # P14
    world = build_world(TINY)
    inject(
        world,
        draw_outages(
            world, outage_kinds(timedelta(hours=3))[-6:], 5, timedelta(days=20)
        ),
    )
    first, second = (
        run_world(world, AssessmentRules()),
        run_world(world, AssessmentRules()),
    )
    assert first.changes
    assert first.changes == second.changes


def test_traffic_follows_the_local_day():
    world = build_world(
        WorldPlan(seed=5, codes=("JP", "US"), days=14, has_irregularities=False)
    )
    days = world.values["ioda.gtr"].reshape(2, 14, 48).mean(axis=1)
    assert abs(int(days[0].argmax()) - int(days[1].argmax())) > 8


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("depth", DEPTHS)
def test_an_outage_never_exceeds_its_depth_and_duration(depth, shape):
    world = build_world(TINY)
    wanted = [k for k in outage_kinds() if k.depth == depth and k.shape is shape]
    for outage in draw_outages(world, wanted, 5, timedelta(days=10)):
        for family, signal, loss, first in losses(world, outage):
            start = signal.start_of(signal.bin_at(world.since) + first)
            end = start + signal.step * len(loss)
            assert start <= outage.since
            assert outage.until <= end <= outage.until + timedelta(hours=1)
            assert 0 <= loss.min() <= loss.max() <= depth + 1e-9
            assert loss.max() > 0
            assert family is not Family.CONTROL_PLANE or depth >= 0.8


def test_a_family_published_hours_later_still_confirms():  # P7
    world = build_world(
        WorldPlan(
            seed=2,
            countries=10,
            days=30,
            has_irregularities=False,
            enlarges_small_countries=True,
        )
    )
    since = world.since + timedelta(days=28, hours=6)
    effects = tuple(
        (family, FamilyEffect(1.0, timedelta(0))) for family in (PROBING, TRAFFIC)
    )
    until = since + timedelta(hours=1)
    outage = SyntheticOutage(world.places[5], since, until, 0.5, Shape.SUDDEN, effects)
    inject(world, [outage])
    result = run_world(world, AssessmentRules(), history_length=timedelta(days=25))
    assert result.confirmed_places() == (outage.place,)


def test_a_tiny_country_shows_outages_in_one_family():
    world = build_world(WorldPlan(seed=2, countries=60, days=28))
    small = min(
        world.places, key=lambda p: float(np.nanmedian(world.series(PROBING, p)))
    )
    since = world.since + timedelta(days=20)
    effects = tuple(
        (family, FamilyEffect(1.0, timedelta(0)))
        for family in Family
        if family in FAMILIES
    )
    outage = SyntheticOutage(
        small, since, since + timedelta(hours=6), 1.0, Shape.SUDDEN, effects
    )
    assert len(detection_times(world, outage)) == 1
