"""Texts name what shows a drop now, and give side by side only what compares (P7, P18)."""

from dataclasses import replace
from datetime import timedelta

from bot.incidents.steps import NoStep
from bot.model.incident import EventKind, State
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import Scope, SeriesState
from bot.text.places_affected import reported_parts
from bot.text.text_builder import build
from bot.text.translations import load_translations
from tests.builders import (
    NOW,
    ONSET,
    PROBING,
    ROUTING,
    TRAFFIC,
    event,
    facts,
    network,
    series,
)
from tests.unit import test_impact as impact
from tests.unit import test_transitions as transitions
from tests.unit.test_shared_wording import REGISTER, TEMPLATES

WORDS = load_translations(TEMPLATES, "en")
ALL = (Family.ACTIVE_PROBING, Family.TRAFFIC, Family.CONTROL_PLANE)


def measured(told) -> str:
    return build(event(EventKind.UPDATED, facts=told), WORDS, REGISTER).sources.measured


def test_a_measurement_that_is_nearly_normal_does_not_show_the_drop():
    own = (series(PROBING, 0.04), series(TRAFFIC, 0.02))
    routes = series(ROUTING, 0.98, state=SeriesState.DROPPED, lowest=0.86)
    told = measured(facts(series=(*own, routes), families=ALL, opened_by=ALL))
    assert "BGP routing" not in told
    assert "Google traffic" in told


def test_the_two_measurements_that_confirm_are_named_while_one_is_back():
    own = (series(PROBING, 0.04), series(TRAFFIC, 1.0, lowest=0.1))
    told = measured(facts(series=own))
    assert "active probing" in told
    assert "Google traffic" in told


def test_a_noisy_measurement_is_named_where_it_confirms():  # P7
    probing = series(PROBING, 0.04)
    noisy = replace(probing, signal="ioda.merit-nt", family=Family.TELESCOPE)
    both = (Family.ACTIVE_PROBING, Family.TELESCOPE)
    told = facts(series=(probing, noisy), families=both, opened_by=both)
    assert "network telescope" in measured(told)
    third = (*both, Family.TRAFFIC)
    steady = facts(series=(probing, noisy, series(TRAFFIC, 0.1)), opened_by=third)
    assert "network telescope" not in measured(steady)


def test_a_reading_from_before_the_fall_shows_no_return():
    """Traffic reports three hours late: it is normal until shortly before the new fall."""
    down = series(PROBING, 0.04, onset=ONSET)
    late = series(TRAFFIC, 1.0, as_of=ONSET.since, onset=None)
    after = replace(late, as_of=NOW)
    for traffic, back in ((late, None), (after, "Google traffic")):
        told = facts(series=(down, traffic), returned=(Family.TRAFFIC,))
        text = build(event(EventKind.REOPENED, facts=told), WORDS, REGISTER)
        assert text.sources.back == back


def test_levels_of_networks_are_of_one_measurement():
    """One network fell in routes first: its probing is not down yet."""
    parts = (network("1", 0.05), network("2", 0.06), network("3", 0.48, ROUTING))
    told = facts(scope=Scope.OPERATOR, networks=parts)
    assert reported_parts(told) == parts[:2]


def test_a_late_fall_of_traffic_is_no_relapse():
    """P18: probing returned by newer readings than the fall that traffic reports."""
    at = transitions.AT
    late = transitions.a_finding(
        transitions.TRAFFIC, level=0.3, as_of=at - timedelta(hours=3)
    )
    back = transitions.a_finding(
        state=SeriesState.ORDINARY,
        level=1.0,
        recovered=Interval(at - timedelta(hours=2), at - timedelta(hours=1)),
    )
    verdict = transitions.a_verdict(late, back, principal=late)
    incident = transitions.an_incident(
        State.PARTLY_RESTORED, told_level=0.9, told_families=(transitions.PROBING,)
    )
    assert isinstance(transitions.next_step(incident, verdict), NoStep)


def test_routes_that_stand_do_not_show_that_people_are_online():
    result = impact.assess_impact(
        impact.network_finding(1, SeriesState.ORDINARY, 1.0, impact.ROUTES),
        impact.network_finding(3, SeriesState.ORDINARY, 1.0, impact.ROUTES),
    )
    assert result.users_out.state is SeriesState.UNKNOWN
