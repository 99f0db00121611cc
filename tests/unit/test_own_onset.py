"""An incident is dated by its own drop, and not by that of an earlier one (P9, P11)."""

from dataclasses import replace
from datetime import timedelta

from bot.incidents.opening import with_own_onset
from bot.incidents.reassessment import corrected_claims, with_onset_of_its_series
from bot.incidents.steps import Step
from bot.model.entity import parse_entity
from bot.model.incident import EventKind, Phase, State
from bot.model.interval import Interval
from bot.model.timeline import Drop, SeriesTimeline
from bot.model.verdict import Scope, SeriesState
from tests.unit.test_transitions import (
    AT,
    ONSET,
    PROBING,
    TRAFFIC,
    a_finding,
    a_verdict,
    an_incident,
    next_step,
    step,
)

HOUR = timedelta(hours=1)
ALMATY = parse_entity("region:KZ/Almaty")
LATER = Interval(AT - 2 * HOUR, AT - HOUR)
OPENING = Step(EventKind.SUSPECTED, State.SUSPECTED, "a-rule")


def a_series(finding, *drops: Drop) -> SeriesTimeline:
    return SeriesTimeline(
        finding.entity,
        finding.signal,
        finding.family,
        drops,
        finding.state,
        finding.level,
        finding.as_of,
        reported=True,
    )


def test_a_new_incident_begins_after_the_end_of_the_one_before():
    """Traffic is still in its drop of that incident, in which it fell silent."""
    over = Interval(AT - 5 * HOUR, AT - 4 * HOUR)
    before = an_incident(State.RESTORED, restored=over)
    new = a_verdict(a_finding(TRAFFIC), a_finding(onset=LATER), scope=Scope.REGIONAL)
    assert with_own_onset(before, new, OPENING).onset == LATER
    assert with_own_onset(None, new, OPENING).onset == ONSET
    reopened = replace(OPENING, kind=EventKind.REOPENED)
    assert with_own_onset(before, new, reopened).onset == ONSET


def test_a_part_that_the_incident_is_not_about_does_not_date_it():
    """The part is still in its drop of an earlier incident, and it reads normal."""
    own = a_finding(onset=LATER)
    other = a_finding(entity=ALMATY, level=0.99)
    revised = a_verdict(own, parts=(other,), revised=True)
    incident = an_incident(
        onset=LATER, timeline=(a_series(own, Drop(LATER, None, 0.1)),)
    )
    assert with_onset_of_its_series(incident, revised).onset == LATER
    both = replace(incident, timeline=(*incident.timeline, a_series(other)))
    assert with_onset_of_its_series(both, revised).onset == ONSET


def test_an_onset_is_not_corrected_because_the_part_that_fell_first_is_back():
    """P11: the onset of the incident is still that of this part."""
    early = Interval(AT - 30 * HOUR, AT - 29 * HOUR)
    back = a_finding(
        entity=ALMATY, state=SeriesState.ORDINARY, level=1.0, last_onset=early
    )
    phase = Phase(
        kind=EventKind.CONFIRMED,
        at=AT - 2 * HOUR,
        scope=Scope.NATIONAL,
        severity=an_incident().severity,
    )
    incident = an_incident(onset=early, phases=(phase,), told_families=(PROBING,))
    now = a_verdict(a_finding(), parts=(back,), revised=True)
    assert corrected_claims(incident, now, 0.1) is None
    without = a_verdict(a_finding(), revised=True)
    assert corrected_claims(incident, without, 0.1) is not None


def test_a_place_whose_partial_return_is_gone_is_down_again():
    """Traffic showed the return, and lost it while probing was silent."""
    probing, traffic = a_finding(level=0.36), a_finding(TRAFFIC, level=0.45)
    low = replace(traffic, lowest=0.36)
    timeline = (
        replace(a_series(probing, Drop(ONSET, None, 0.36)), level=0.36),
        replace(a_series(low, Drop(ONSET, None, 0.36)), level=0.6),
    )
    incident = an_incident(State.PARTLY_RESTORED, timeline=timeline, told_level=0.6)
    assert next_step(incident, a_verdict(probing, low)).reason == "off-again"
    risen = replace(low, level=0.6, smoothed_level=0.6)
    assert step(incident, a_verdict(probing, risen)) != EventKind.ESCALATED
