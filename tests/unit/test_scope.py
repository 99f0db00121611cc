"""Networks and regions that drop together are one incident with the right scope (P2)."""

import numpy as np
import pytest

from bot.model.draft import Action
from bot.model.entity import NetworkKind
from bot.model.incident import EventKind, State
from bot.model.signal import Family
from bot.model.verdict import Scope, SeriesState, UnknownReason
from bot.policy.publication_rules import Policy, PolicyRule, decide
from bot.policy.reasons import DecisionReason
from tests.signals import START, STEP, WEEK, a_signal, a_week_of, assess, fixed, mobile

PROBING = a_signal("t.probe")
ROUTES = a_signal("t.routes", Family.CONTROL_PLANE)
ONE_FAMILY, TWO_FAMILIES = (PROBING,), (PROBING, ROUTES)
KINDS = EventKind
BINS = 60
NORMAL = ((BINS, 1.0),)
ELSEWHERE = [f"country:{a}{b}" for a in "ABC" for b in "ABCD"]
"""Twelve other countries; source health is assessed only with eight places or more."""
OPERATORS = (
    mobile(1, "Alpha"),
    mobile(2, "Beta"),
    mobile(3, "Gamma"),
    fixed(4, "Delta"),
    fixed(5, "Epsilon"),
)


def phases_after(ordinary, *phases):
    """Return phases (bins, fraction): `ordinary` normal bins, `phases`, then normal again."""
    all_phases = [(ordinary, 1.0), *phases]
    return (*all_phases, (BINS - sum(bins for bins, _ in all_phases), 1.0))


def noisy_readings(phases, seed):
    """Return noisy readings of a normal week, then of the phases (bins, fraction)."""
    shares = np.concatenate([np.ones(WEEK), *(np.full(b, f) for b, f in phases)])
    noise = a_week_of(weeks=2, seed=seed)[: len(shares)]
    return (noise * shares).astype(np.float32)


def readings_of(phases_of, signals=TWO_FAMILIES):
    """Return readings of entities with these phases, and of twelve normal countries."""
    phases_by_entity = dict.fromkeys(ELSEWHERE, NORMAL) | phases_of
    return {
        (signal, entity): noisy_readings(phases, seed=1000 * number + index)
        for number, signal in enumerate(signals)
        for index, (entity, phases) in enumerate(phases_by_entity.items())
    }


def events_of(place, results):
    """Return the events of a place, oldest first."""
    return [c.event for c in results.changes if str(c.event.facts.place) == place]


def incident_ids(results):
    return {change.incident.id for change in results.changes}


def counties(fallen, of_all, state="KE"):
    """Return phases of counties, of which the first `fallen` drop for ten hours each.

    These drops begin within two hours.
    """
    return {
        f"region:{state}/C{n}": phases_after(1 + n % 4, (20, 0.05))
        if n < fallen
        else NORMAL
        for n in range(of_all)
    }


def networks(*phases):
    return {f"asn:{n + 1}": network_phases for n, network_phases in enumerate(phases)}


# Regions of one country


@pytest.mark.parametrize("signals", [ONE_FAMILY, TWO_FAMILIES])
@pytest.mark.parametrize("own", [{}, {"country:KE": phases_after(1, (21, 0.06))}])
def test_72_of_73_counties_falling_is_one_national_incident(signals, own):  # P2
    results, _ = assess(readings_of(counties(72, 73) | own, signals))
    assert len(incident_ids(results)) == 1
    events = events_of("country:KE", results)
    assert events[-1].facts.scope is Scope.NATIONAL
    assert events[-1].facts.state is State.RESTORED
    assert {KINDS.RESTORED, KINDS.REOPENED} & {e.kind for e in events[:-1]} == set()


def test_routes_that_stand_do_not_make_a_fall_of_all_counties_regional():
    """Routes may stand while nothing answers: they do not show that the country is up."""
    readings = readings_of(counties(73, 73) | {"country:KE": NORMAL})
    del readings[PROBING, "country:KE"]
    for county in counties(73, 73):
        del readings[ROUTES, county]
    results, _ = assess(readings)
    assert events_of("country:KE", results)[-1].facts.scope is Scope.NATIONAL


def test_many_counties_of_one_country_are_no_source_fault():  # P6
    results, _ = assess(readings_of(counties(72, 73)))
    assert not [
        gap for gap in results.gaps if gap.reason.startswith(UnknownReason.SOURCE_ILL)
    ]


@pytest.mark.parametrize("signals", [ONE_FAMILY, TWO_FAMILIES])
@pytest.mark.parametrize("elsewhere", [0, 20, 200])
def test_32_parishes_of_one_state_are_one_regional_incident(signals, elsewhere):  # P2
    parishes = counties(32, 64, "US/Louisiana")
    others = counties(0, elsewhere, "US/Texas")
    nation = {"country:US": NORMAL}
    results, _ = assess(readings_of(parishes | others | nation, signals))
    assert len(incident_ids(results)) == 1
    events = events_of("country:US", results)
    assert {e.facts.scope for e in events} == {Scope.REGIONAL}
    codes = {s.entity.code for e in events for s in e.facts.parts.regions}
    assert codes
    assert all(code.startswith("US/Louisiana/") for code in codes)
    assert events[-1].kind is KINDS.RESTORED


def test_drop_of_many_counties_in_one_family_is_never_confirmed():  # P7
    results, _ = assess(readings_of(counties(72, 73), ONE_FAMILY))
    assert {c.incident.confirmed_at for c in results.changes} == {None}


# Networks of one country


MOBILE_ONLY = networks(*[phases_after(3, (24, 0.1))] * 3, NORMAL, NORMAL) | {
    "country:KZ": phases_after(3, (24, 0.9))
}


def test_drop_of_mobile_operators_alone_is_one_mobile_incident():
    results, _ = assess(readings_of(MOBILE_ONLY), OPERATORS)
    assert [c.event.kind for c in results.changes] == [KINDS.CONFIRMED, KINDS.RESTORED]
    first = results.changes[0].event.facts
    assert first.scope is Scope.MOBILE
    assert {n.brand for n in first.parts.networks} == {"Alpha", "Beta", "Gamma"}
    assert len(incident_ids(results)) == 1  # P2


def test_drop_of_mobile_and_fixed_operators_is_not_mobile():
    phases_of = MOBILE_ONLY | {
        "asn:4": phases_after(3, (24, 0.1)),
        "asn:5": phases_after(3, (24, 0.1)),
    }
    results, _ = assess(readings_of(phases_of), OPERATORS)
    assert Scope.MOBILE not in {c.event.facts.scope for c in results.changes}


def test_a_network_that_recovers_while_others_are_down_is_an_update():  # P2
    phases_of = MOBILE_ONLY | {"asn:2": phases_after(3, (8, 0.1))}
    results, _ = assess(readings_of(phases_of), OPERATORS)
    kinds = [c.event.kind for c in results.changes]
    assert kinds == [KINDS.CONFIRMED, KINDS.UPDATED, KINDS.RESTORED]
    update = results.changes[1].event
    assert update.reason == "a-network-is-back"
    assert {n.brand for n in update.facts.parts.back} == {"Beta"}
    assert {n.brand for n in update.facts.parts.networks} == {"Alpha", "Gamma"}
    assert len(incident_ids(results)) == 1


def test_networks_that_recover_within_an_hour_are_one_end():
    phases_of = MOBILE_ONLY | {
        "asn:2": phases_after(3, (23, 0.1)),
        "asn:3": phases_after(3, (22, 0.1)),
    }
    results, _ = assess(readings_of(phases_of), OPERATORS)
    assert [c.event.kind for c in results.changes] == [KINDS.CONFIRMED, KINDS.RESTORED]


def test_network_without_readings_is_not_back():  # P5
    series = readings_of(MOBILE_ONLY)
    for signal in TWO_FAMILIES:
        series[signal, "asn:2"][WEEK + 11 :] = np.nan
    results, _ = assess(series, OPERATORS)
    assert [c.event.kind for c in results.changes] == [KINDS.CONFIRMED]


def test_two_of_three_mobile_networks_are_single_networks():
    phases_of = MOBILE_ONLY | {"asn:3": NORMAL}
    results, _ = assess(readings_of(phases_of), OPERATORS)
    assert {c.event.facts.scope for c in results.changes} == {Scope.OPERATOR}


def test_incident_that_reaches_a_fixed_network_is_not_of_mobile_networks_alone():
    phases_of = MOBILE_ONLY | {"asn:4": phases_after(13, (24, 0.1))}
    results, _ = assess(readings_of(phases_of), OPERATORS)
    scopes = {
        NetworkKind.FIXED in {n.kind for n in c.event.facts.parts.networks}: (
            c.event.facts.scope
        )
        for c in results.changes
    }
    assert scopes == {False: Scope.MOBILE, True: Scope.OPERATOR}


# Incidents that widen, are partly restored, or reopen


def test_operator_drop_that_becomes_national_is_one_incident():  # P2
    phases_of = networks(
        phases_after(3, (24, 0.02)), *[phases_after(13, (14, 0.02))] * 4
    )
    results, _ = assess(
        readings_of(phases_of | {"country:KZ": phases_after(13, (14, 0.02))}), OPERATORS
    )
    assert len(incident_ids(results)) == 1
    steps = [(c.event.kind, c.event.facts.scope) for c in results.changes]
    assert steps == [
        (KINDS.CONFIRMED, Scope.OPERATOR),
        (KINDS.ESCALATED, Scope.NATIONAL),
        (KINDS.RESTORED, Scope.NATIONAL),
    ]
    onsets = {c.incident.onset for c in results.changes}
    assert len(onsets) == 1  # the incident keeps the onset of the operator's drop


SPLIT = networks(*[phases_after(3, (10, 0.02))] * 4, phases_after(3, (26, 0.02))) | {
    "country:KZ": phases_after(3, (10, 0.02))
}


def test_country_with_one_network_still_down_is_partly_restored():  # P2
    results, _ = assess(readings_of(SPLIT), OPERATORS)
    assert len(incident_ids(results)) == 1
    kinds = [c.event.kind for c in results.changes]
    assert kinds == [KINDS.CONFIRMED, KINDS.PARTLY_RESTORED, KINDS.RESTORED]
    partial = results.changes[1].event
    assert partial.reason == "only-parts-still-down"
    assert [n.brand for n in partial.facts.parts.networks] == ["Epsilon"]
    # The published level is that of the network, not of the country.
    assert partial.facts.levels.part == partial.facts.parts.networks[0].entity
    assert {s.state for s in partial.facts.levels.series} == {SeriesState.ORDINARY}


def test_incident_ends_when_the_last_network_is_back():
    results, _ = assess(readings_of(SPLIT), OPERATORS)
    partial, end = (c.event.facts for c in results.changes[1:])
    assert end.timing.restored is not None
    assert end.timing.restored.since > partial.timing.as_of
    assert end.levels.part is None


def test_gap_of_the_last_network_does_not_end_the_incident():  # P5
    series = readings_of(SPLIT)
    for signal in TWO_FAMILIES:
        series[signal, "asn:5"][WEEK + 25 :] = np.nan
    results, _ = assess(series, OPERATORS)
    assert results.changes[-1].incident.is_open


def test_second_national_drop_with_a_network_down_is_off_again():  # P2
    again = {e: phases_after(3, (10, 0.02), (10, 1.0), (10, 0.02)) for e in SPLIT}
    again["asn:5"] = phases_after(3, (30, 0.02))
    results, _ = assess(readings_of(again), OPERATORS)
    assert len(incident_ids(results)) == 1
    reasons = [c.event.reason for c in results.changes]
    assert reasons[1:3] == ["only-parts-still-down", "off-again"]


@pytest.mark.parametrize(("pause", "incidents"), [(16, 1), (80, 2)])
def test_a_restored_place_that_falls_again_soon_is_reopened(pause, incidents):  # P2
    phases = [(10, 0.02), (pause, 1.0), (10, 0.02)]
    series = {
        (s, "country:KZ"): noisy_readings(phases, n) for n, s in enumerate(TWO_FAMILIES)
    }
    results, _ = assess(series)
    assert len(incident_ids(results)) == incidents
    assert (KINDS.REOPENED in {c.event.kind for c in results.changes}) is (
        incidents == 1
    )


# Many networks or countries at once


def test_forty_networks_that_drop_together_are_one_step():
    phases_of = networks(*[phases_after(3, (24, 0.02))] * 40) | {"country:KZ": NORMAL}
    many = tuple(fixed(n + 1, f"N{n}") for n in range(40))
    results, _ = assess(readings_of(phases_of), many)
    assert [c.event.kind for c in results.changes] == [KINDS.CONFIRMED, KINDS.RESTORED]
    assert len(results.changes[0].event.facts.parts.networks) == 40


def test_forty_networks_that_drop_in_turn_are_a_few_steps():  # P2
    one_by_one = [phases_after(3 + n // 2, (30, 0.02)) for n in range(40)]
    many = tuple(fixed(n + 1, f"N{n}") for n in range(40))
    results, _ = assess(
        readings_of(networks(*one_by_one) | {"country:KZ": NORMAL}), many
    )
    assert len(incident_ids(results)) == 1
    kinds = [c.event.kind for c in results.changes]
    assert kinds.count(KINDS.UPDATED) == 6
    end = results.changes[-1].event.facts.timing.restored
    last_back = START + (WEEK + 3 + 19 + 30) * STEP
    assert end is not None
    # The incident ends when the last of the forty networks is back, even if no event
    # named this network.
    assert end.since == last_back


PUBLISH_ALL = Policy((PolicyRule("all-out", Action.PUBLISH),), stale_after=None)
CODES = [f"country:{a}{b}" for a in "DEFGHIJKLM" for b in "ABCDEFGHIJKLMNOPQRSTUVWX"]


def decisions(results):
    """Yield the policy's decision on each event, given the incidents opened before it."""
    opened = [c.event for c in results.changes if c.event.seq == 1]
    for event in (c.event for c in results.changes):
        since = PUBLISH_ALL.flood.period_start(event)
        earlier_places = [e.facts.place for e in opened if since < e.at <= event.at]
        yield decide(PUBLISH_ALL, event, "x", event.at, earlier_places)


@pytest.mark.parametrize(("fallen", "action"), [(8, "publish"), (60, "review")])
def test_sixty_countries_that_drop_within_an_hour_go_to_review(fallen, action):
    """Half of the countries drop one bin after the other half.

    So too few drop in any one bin to be taken for a source fault (P6).
    """
    numbered_codes = enumerate(CODES)
    phases_of = {
        c: phases_after(2 + n % 2, (20, 0.05)) if n < fallen else NORMAL
        for n, c in numbered_codes
    }
    results, _ = assess(readings_of(phases_of))
    assert len(incident_ids(results)) == fallen  # P2
    first_decisions = [d for d in decisions(results) if d.event.endswith(".1")]
    assert {d.action for d in first_decisions} == {Action(action)}
    reason = "all-out" if action == "publish" else DecisionReason.MANY_PLACES
    assert {d.reason for d in first_decisions} == {reason}
