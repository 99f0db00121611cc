"""Networks and regions that drop together are one incident with the right scope (P2)."""

import numpy as np
import pytest

from bot.model.draft import Action
from bot.model.incident import EventKind, State
from bot.model.signal import Family
from bot.model.verdict import Scope, SeriesState, UnknownReason
from bot.policy.publication_rules import Policy, PolicyRule, decide
from bot.policy.reasons import DecisionReason
from tests.signals import START, STEP, WEEK, a_signal, a_week_of, fixed, judged, mobile

PROBING = a_signal("t.probe")
ROUTES = a_signal("t.routes", Family.CONTROL_PLANE)
ONE, TWO = (PROBING,), (PROBING, ROUTES)
KINDS = EventKind
BINS = 60
QUIET = ((BINS, 1.0),)
ELSEWHERE = [f"country:{a}{b}" for a in "ABC" for b in "ABCD"]
"""Twelve other countries; source health is assessed from eight places on."""
OPERATORS = (
    mobile(1, "Alpha"),
    mobile(2, "Beta"),
    mobile(3, "Gamma"),
    fixed(4, "Delta"),
    fixed(5, "Epsilon"),
)


def after(ordinary, *phases):
    """Return phases (bins, fraction): `ordinary` normal bins, `phases`, then normal again."""
    told = [(ordinary, 1.0), *phases]
    return (*told, (BINS - sum(bins for bins, _ in told), 1.0))


def shaped(phases, seed):
    """Return noisy readings of a normal week, then of the phases (bins, fraction)."""
    shares = np.concatenate([np.ones(WEEK), *(np.full(b, f) for b, f in phases)])
    rough = a_week_of(weeks=2, seed=seed)[: len(shares)]
    return (rough * shares).astype(np.float32)


def world(stories, signals=TWO):
    """Return readings of entities with these phases, and of twelve normal countries."""
    every = dict.fromkeys(ELSEWHERE, QUIET) | stories
    return {
        (signal, entity): shaped(phases, seed=1000 * number + place)
        for number, signal in enumerate(signals)
        for place, (entity, phases) in enumerate(every.items())
    }


def of(place, found):
    """Return the events of a place, oldest first."""
    return [c.event for c in found.changes if str(c.event.facts.place) == place]


def ids(found):
    return {change.incident.id for change in found.changes}


def counties(fallen, of_all, state="KE"):
    """Return phases of counties; the first `fallen` drop within two hours, for ten each."""
    return {
        f"region:{state}/C{n}": after(1 + n % 4, (20, 0.05)) if n < fallen else QUIET
        for n in range(of_all)
    }


def networks(*stories):
    return {f"asn:{n + 1}": story for n, story in enumerate(stories)}


# Regions of one country


@pytest.mark.parametrize("signals", [ONE, TWO])
@pytest.mark.parametrize("own", [{}, {"country:KE": after(1, (21, 0.06))}])
def test_72_of_73_counties_falling_is_one_national_incident(signals, own):  # P2
    found, _ = judged(world(counties(72, 73) | own, signals))
    assert len(ids(found)) == 1
    events = of("country:KE", found)
    assert events[-1].facts.scope is Scope.NATIONAL
    assert events[-1].facts.state is State.RESTORED
    assert {KINDS.RESTORED, KINDS.REOPENED} & {e.kind for e in events[:-1]} == set()


def test_many_counties_of_one_country_do_not_make_the_source_ill():  # P6
    found, _ = judged(world(counties(72, 73)))
    assert not [
        gap for gap in found.gaps if gap.reason.startswith(UnknownReason.SOURCE_ILL)
    ]


@pytest.mark.parametrize("signals", [ONE, TWO])
@pytest.mark.parametrize("elsewhere", [0, 20, 200])
def test_32_parishes_of_one_state_are_one_regional_incident(signals, elsewhere):  # P2
    parishes = counties(32, 64, "US/Louisiana")
    others = counties(0, elsewhere, "US/Texas")
    nation = {"country:US": QUIET}
    found, _ = judged(world(parishes | others | nation, signals))
    assert len(ids(found)) == 1
    events = of("country:US", found)
    assert {e.facts.scope for e in events} == {Scope.REGIONAL}
    told = {s.entity.code for e in events for s in e.facts.regions}
    assert told
    assert all(code.startswith("US/Louisiana/") for code in told)
    assert events[-1].kind is KINDS.RESTORED


def test_one_family_that_saw_many_counties_fall_is_never_confirmed():  # P7
    found, _ = judged(world(counties(72, 73), ONE))
    assert {c.incident.confirmed_at for c in found.changes} == {None}


# Networks of one country


MOBILE_ONLY = networks(*[after(3, (24, 0.1))] * 3, QUIET, QUIET) | {
    "country:KZ": after(3, (24, 0.9))
}


def test_three_mobile_operators_down_while_fixed_lines_stand_is_one_mobile_incident():
    found, _ = judged(world(MOBILE_ONLY), OPERATORS)
    assert [c.event.kind for c in found.changes] == [KINDS.CONFIRMED, KINDS.RESTORED]
    first = found.changes[0].event.facts
    assert first.scope is Scope.MOBILE
    assert {n.brand for n in first.networks} == {"Alpha", "Beta", "Gamma"}
    assert len(ids(found)) == 1  # P2


def test_the_same_with_a_fixed_line_down_too_is_not_mobile():
    story = MOBILE_ONLY | {"asn:4": after(3, (24, 0.1)), "asn:5": after(3, (24, 0.1))}
    found, _ = judged(world(story), OPERATORS)
    assert Scope.MOBILE not in {c.event.facts.scope for c in found.changes}


def test_a_network_that_recovers_while_others_are_down_is_an_update():  # P2
    story = MOBILE_ONLY | {"asn:2": after(3, (8, 0.1))}
    found, _ = judged(world(story), OPERATORS)
    kinds = [c.event.kind for c in found.changes]
    assert kinds == [KINDS.CONFIRMED, KINDS.UPDATED, KINDS.RESTORED]
    update = found.changes[1].event
    assert update.reason == "a-network-is-back"
    assert {n.brand for n in update.facts.parts_back} == {"Beta"}
    assert {n.brand for n in update.facts.networks} == {"Alpha", "Gamma"}
    assert len(ids(found)) == 1


def test_networks_that_return_one_after_the_other_within_the_hour_are_one_end():
    story = MOBILE_ONLY | {"asn:2": after(3, (23, 0.1)), "asn:3": after(3, (22, 0.1))}
    found, _ = judged(world(story), OPERATORS)
    assert [c.event.kind for c in found.changes] == [KINDS.CONFIRMED, KINDS.RESTORED]


def test_a_network_that_says_nothing_is_not_back():  # P5
    series = world(MOBILE_ONLY)
    for signal in TWO:
        series[signal, "asn:2"][WEEK + 11 :] = np.nan
    found, _ = judged(series, OPERATORS)
    assert [c.event.kind for c in found.changes] == [KINDS.CONFIRMED]


# Incidents that widen, are partly restored, or reopen


def test_one_operator_then_the_nation_is_one_incident_that_widens():  # P2
    story = networks(after(3, (24, 0.02)), *[after(13, (14, 0.02))] * 4)
    found, _ = judged(world(story | {"country:KZ": after(13, (14, 0.02))}), OPERATORS)
    assert len(ids(found)) == 1
    told = [(c.event.kind, c.event.facts.scope) for c in found.changes]
    assert told == [
        (KINDS.CONFIRMED, Scope.OPERATOR),
        (KINDS.ESCALATED, Scope.NATIONAL),
        (KINDS.RESTORED, Scope.NATIONAL),
    ]
    onsets = {c.incident.onset for c in found.changes}
    assert len(onsets) == 1  # the onset is that of the operator's drop


SPLIT = networks(*[after(3, (10, 0.02))] * 4, after(3, (26, 0.02))) | {
    "country:KZ": after(3, (10, 0.02))
}


def test_a_nation_of_which_one_network_stays_down_is_partly_restored():  # P2
    found, _ = judged(world(SPLIT), OPERATORS)
    assert len(ids(found)) == 1
    kinds = [c.event.kind for c in found.changes]
    assert kinds == [KINDS.CONFIRMED, KINDS.PARTLY_RESTORED, KINDS.RESTORED]
    left = found.changes[1].event
    assert left.reason == "only-parts-still-down"
    assert [n.brand for n in left.facts.networks] == ["Epsilon"]
    # The published level is that of the network, not of the country.
    assert left.facts.part == left.facts.networks[0].entity
    assert {s.state for s in left.facts.series} == {SeriesState.ORDINARY}


def test_it_is_over_when_the_last_network_is_back():
    found, _ = judged(world(SPLIT), OPERATORS)
    left, end = (c.event.facts for c in found.changes[1:])
    assert end.restored is not None
    assert end.restored.since > left.as_of
    assert end.part is None


def test_a_last_network_that_falls_silent_does_not_end_it():  # P5
    series = world(SPLIT)
    for signal in TWO:
        series[signal, "asn:5"][WEEK + 25 :] = np.nan
    found, _ = judged(series, OPERATORS)
    assert found.changes[-1].incident.open


def test_a_nation_that_falls_again_while_one_network_is_down_is_off_again():  # P2
    again = {e: after(3, (10, 0.02), (10, 1.0), (10, 0.02)) for e in SPLIT}
    again["asn:5"] = after(3, (30, 0.02))
    found, _ = judged(world(again), OPERATORS)
    assert len(ids(found)) == 1
    reasons = [c.event.reason for c in found.changes]
    assert reasons[1:3] == ["only-parts-still-down", "off-again"]


@pytest.mark.parametrize(("pause", "incidents"), [(16, 1), (80, 2)])
def test_a_restored_place_that_falls_again_soon_is_reopened(pause, incidents):  # P2
    story = [(10, 0.02), (pause, 1.0), (10, 0.02)]
    series = {(s, "country:KZ"): shaped(story, n) for n, s in enumerate(TWO)}
    found, _ = judged(series)
    assert len(ids(found)) == incidents
    assert (KINDS.REOPENED in {c.event.kind for c in found.changes}) is (incidents == 1)


# Many networks or countries at once


def test_forty_networks_of_one_place_that_fall_together_are_one_step():
    story = networks(*[after(3, (24, 0.02))] * 40) | {"country:KZ": QUIET}
    many = tuple(fixed(n + 1, f"N{n}") for n in range(40))
    found, _ = judged(world(story), many)
    assert [c.event.kind for c in found.changes] == [KINDS.CONFIRMED, KINDS.RESTORED]
    assert len(found.changes[0].event.facts.networks) == 40


def test_forty_networks_that_fall_one_by_one_are_a_few_steps_of_one_incident():  # P2
    one_by_one = [after(3 + n // 2, (30, 0.02)) for n in range(40)]
    many = tuple(fixed(n + 1, f"N{n}") for n in range(40))
    found, _ = judged(world(networks(*one_by_one) | {"country:KZ": QUIET}), many)
    assert len(ids(found)) == 1
    kinds = [c.event.kind for c in found.changes]
    assert kinds.count(KINDS.UPDATED) == 6
    end = found.changes[-1].event.facts.restored
    last_back = START + (WEEK + 3 + 19 + 30) * STEP
    assert end is not None
    # The last of all forty counts, even if no event named it.
    assert end.since == last_back


ALL_OUT = Policy((PolicyRule("all-out", Action.PUBLISH),), stale_after=None)
CODES = [f"country:{a}{b}" for a in "DEFGHIJKLM" for b in "ABCDEFGHIJKLMNOPQRSTUVWX"]


def decisions(found):
    """Yield the policy's decision on each event, given the incidents opened before it."""
    opened = [c.event for c in found.changes if c.event.seq == 1]
    for event in (c.event for c in found.changes):
        since = ALL_OUT.flood.since(event)
        beside = [e.facts.place for e in opened if since < e.at <= event.at]
        yield decide(ALL_OUT, event, "x", event.at, beside)


@pytest.mark.parametrize(("fallen", "action"), [(8, "publish"), (60, "review")])
def test_where_sixty_countries_fall_within_the_hour_people_look_first(fallen, action):
    """Half of the countries fall a bin later: too few in one bin for a source fault (P6)."""
    codes = enumerate(CODES)
    story = {c: after(2 + n % 2, (20, 0.05)) if n < fallen else QUIET for n, c in codes}
    found, _ = judged(world(story))
    assert len(ids(found)) == fallen  # P2
    told = [d for d in decisions(found) if d.event.endswith(".1")]
    assert {d.action for d in told} == {Action(action)}
    reason = "all-out" if action == "publish" else DecisionReason.MANY_PLACES
    assert {d.reason for d in told} == {reason}
