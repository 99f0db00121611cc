"""Assessment of due bins: one outage is one incident, live and in a replay."""

import numpy as np
import pytest

from bot.incidents.timeline.levels import newest_level
from bot.model.incident import EventKind, State
from bot.model.signal import Family
from bot.model.verdict import Scope
from tests.signals import a_signal, a_week_of, assess, fixed, mobile

PROBING = a_signal("t.probe")
ROUTES = a_signal("t.routes", Family.CONTROL_PLANE)
TRAFFIC = a_signal("t.traffic", Family.TRAFFIC, minimum=0.0)
KINDS = EventKind


def readings_with_phases(*phases, level=1000.0, seed=1):
    """Return readings: a normal week, then each phase (bins, fraction of `level`)."""
    tail = [np.full(bins, level * fraction) for bins, fraction in phases]
    week = a_week_of(level, weeks=1, seed=seed)
    return np.concatenate([week, *tail]).astype(np.float32)


def kinds(results):
    return [change.event.kind for change in results.changes]


def test_a_month_of_normal_readings_makes_no_event():
    results, _ = assess({(PROBING, "country:KZ"): a_week_of(weeks=4)})
    assert not results.changes


def test_one_outage_is_one_incident_from_start_to_end():  # P2
    phases = [(20, 0.05), (20, 0.5), (10, 0.05), (40, 1.0)]
    results, _ = assess(
        {
            (PROBING, "country:KZ"): readings_with_phases(*phases),
            (ROUTES, "country:KZ"): readings_with_phases(
                (2, 1.0), (48, 0.6), (40, 1.0), seed=2
            ),
        }
    )
    assert len({change.incident.id for change in results.changes}) == 1
    assert kinds(results) == [
        KINDS.SUSPECTED,
        KINDS.CONFIRMED,
        KINDS.PARTLY_RESTORED,
        KINDS.ESCALATED,
        KINDS.RESTORED,
    ]
    last = results.changes[-1].incident
    assert last.state is State.RESTORED
    assert last.restored is not None


def test_one_family_alone_stays_suspected():  # P7
    results, _ = assess({(PROBING, "country:KZ"): readings_with_phases((30, 0.02))})
    assert kinds(results) == [KINDS.SUSPECTED]


def test_mobile_incident_that_becomes_national_stays_the_same():  # P2
    networks = (mobile(1, "Alpha"), mobile(2, "Beta"), fixed(3, "Gamma"))
    phases = {}
    for signal in (PROBING, ROUTES):
        for asn in (1, 2):
            phases[signal, f"asn:{asn}"] = readings_with_phases(
                (20, 0.3), (20, 0.02), seed=asn
            )
        phases[signal, "asn:3"] = readings_with_phases((20, 1.0), (20, 0.02), seed=3)
        phases[signal, "country:KZ"] = readings_with_phases(
            (20, 0.85), (20, 0.02), seed=4
        )
    results, _ = assess(phases, networks)
    assert len({change.incident.id for change in results.changes}) == 1
    first, last = results.changes[0].event.facts, results.changes[-1].event.facts
    assert (first.scope, last.scope) == (Scope.MOBILE, Scope.NATIONAL)
    assert {level.brand for level in first.parts.networks} == {"Alpha", "Beta"}
    assert KINDS.ESCALATED in kinds(results)


def test_drop_within_a_day_of_return_reopens():  # P2
    phases = [(10, 0.05), (16, 1.0), (10, 0.05)]
    results, _ = assess(
        {(s, "country:KZ"): readings_with_phases(*phases) for s in (PROBING, TRAFFIC)}
    )
    assert kinds(results) == [KINDS.CONFIRMED, KINDS.RESTORED, KINDS.REOPENED]
    assert len({change.incident.id for change in results.changes}) == 1


def test_drop_days_later_is_another_incident():
    phases = [(10, 0.05), (120, 1.0), (10, 0.05)]
    results, _ = assess(
        {(s, "country:KZ"): readings_with_phases(*phases) for s in (PROBING, TRAFFIC)}
    )
    assert len({change.incident.id for change in results.changes}) == 2


def test_missing_readings_never_close_an_incident():  # P5
    phases = readings_with_phases((10, 0.05))
    dark = np.concatenate([phases, np.full(200, np.nan, dtype=np.float32)])
    results, _ = assess({(s, "country:KZ"): dark for s in (PROBING, TRAFFIC)})
    assert kinds(results) == [KINDS.CONFIRMED]
    assert any(s.rule == "unknown" for s in results.abstentions)  # P17


@pytest.mark.parametrize("stride", [1, 3, 50])
def test_single_bins_give_the_result_of_one_run(stride):  # P14
    phases = {
        (PROBING, "country:KZ"): readings_with_phases((20, 0.05), (20, 0.5), (30, 1.0)),
        (ROUTES, "country:KZ"): readings_with_phases(
            (4, 1.0), (36, 0.6), (30, 1.0), seed=2
        ),
    }
    whole, _ = assess(phases)
    stepwise, _ = assess(phases, stride=stride)
    assert whole.changes == stepwise.changes
    assert whole.abstentions == stepwise.abstentions


def test_published_level_is_the_last_one_in_the_chart():  # P4
    results, _ = assess(
        {
            (s, "country:KZ"): readings_with_phases((10, 0.05))
            for s in (PROBING, TRAFFIC)
        }
    )
    change = results.changes[0]
    principal = change.evidence.traces[0]
    assert change.event.facts.levels.now == newest_level(principal)
    assert change.event.facts.levels.lowest == min(v for v in principal.levels if v)
    assert change.event.facts.levels.principal == principal.signal


def test_every_signal_used_is_credited():  # P13
    results, _ = assess(
        {
            (s, "country:KZ"): readings_with_phases((10, 0.05))
            for s in (PROBING, TRAFFIC)
        }
    )
    named = {credit.signal for credit in results.changes[0].event.facts.sources.credits}
    assert named == {"t.probe", "t.traffic"}
