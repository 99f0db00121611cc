"""Chooses the next step of an incident after a verdict, or gives the reason for none.

One outage is one incident, however often it partly returns, escalates or reopens (P2).
Each step, and each decision to take none, has a reason with a stable name (P17).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from bot.incidents import conditions as on
from bot.incidents.conditions import Situation
from bot.incidents.opening import step_without_open_incident
from bot.incidents.reassessment import REVISED
from bot.incidents.recovery import last_return
from bot.incidents.steps import EventTiming, NoStep, Step, Transition
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, Incident, State
from bot.model.verdict import CheckName, Verdict

_RISE = CheckName.SOURCE_RISE
# Kinds of events that report a return.
_RETURNS = frozenset({EventKind.RESTORED, EventKind.PARTLY_RESTORED})
_SUSPECTED = frozenset({State.SUSPECTED})
_CONFIRMED = frozenset({State.CONFIRMED})
_PARTLY = frozenset({State.PARTLY_RESTORED})
_CONFIRMED_OR_PARTLY = _CONFIRMED | _PARTLY
_ANY = _SUSPECTED | _CONFIRMED_OR_PARTLY


@dataclass(frozen=True, slots=True)
class TransitionRow:
    """A row of the transition table.

    A row does not apply while the level falls, nor while the incident changes too
    often. The attributes `always` and `reminds` make exceptions.

    Attributes:
        states: the states of an incident in which the row applies.
        when: the condition on which the row applies.
        kind: the kind of event that the step makes.
        to: the state of the incident after the event; None if the state stays the same.
        reason: the reason that is stored with the event; if None, the id of the verdict
            rule is stored.
        always: whether the row applies even while the level falls or the incident
            changes too often.
        waits: whether `EventTiming.least_between` must have passed since the last
            event.
        reminds: whether the row applies while the incident changes too often, with a
            falling level or without.
    """

    states: frozenset[State]
    when: Callable[[Situation], bool]
    kind: EventKind
    to: State | None
    reason: str | None
    always: bool = False
    waits: bool = False
    reminds: bool = False


_K, _S = EventKind, State
# The first row that applies decides. Rows that end an incident come first, so that an
# incident that is over is neither confirmed nor corrected.
TABLE = (
    TransitionRow(
        _ANY, on.drop_is_gone, _K.RETRACTED, _S.RETRACTED, REVISED, always=True
    ),
    TransitionRow(
        _ANY, on.is_over, _K.RESTORED, _S.RESTORED, "all-families-back", always=True
    ),
    TransitionRow(
        _SUSPECTED,
        on.is_new_level,
        _K.RETRACTED,
        _S.RETRACTED,
        "level-shift",
        always=True,
    ),
    TransitionRow(
        _SUSPECTED, on.is_confirmed, _K.CONFIRMED, _S.CONFIRMED, None, always=True
    ),
    TransitionRow(_ANY, on.is_wrong, _K.CORRECTED, None, REVISED, always=True),
    TransitionRow(_PARTLY, on.falls_again, _K.ESCALATED, _S.CONFIRMED, "off-again"),
    TransitionRow(
        _CONFIRMED_OR_PARTLY, on.is_wider, _K.ESCALATED, _S.CONFIRMED, "scope-grew"
    ),
    TransitionRow(
        _SUSPECTED, on.suspects_wider_scope, _K.ESCALATED, None, "scope-grew"
    ),
    TransitionRow(
        _SUSPECTED, on.suspects_worse_severity, _K.UPDATED, None, "severity-grew"
    ),
    TransitionRow(
        _CONFIRMED, on.is_deeper_than_its_first_bin, _K.UPDATED, None, "severity-grew"
    ),
    TransitionRow(_CONFIRMED, on.is_deeper, _K.ESCALATED, None, "severity-grew"),
    # A rise of the level confirms nothing, so a suspected incident stays suspected.
    TransitionRow(_SUSPECTED, on.has_risen, _K.UPDATED, None, "level-rose", waits=True),
    TransitionRow(
        _CONFIRMED_OR_PARTLY,
        on.has_a_family_back,
        _K.PARTLY_RESTORED,
        _S.PARTLY_RESTORED,
        "a-family-is-back",
        waits=True,
    ),
    TransitionRow(
        _CONFIRMED_OR_PARTLY,
        on.has_only_parts_down,
        _K.PARTLY_RESTORED,
        _S.PARTLY_RESTORED,
        "only-parts-still-down",
        waits=True,
    ),
    TransitionRow(
        _CONFIRMED_OR_PARTLY,
        on.is_partly_back,
        _K.PARTLY_RESTORED,
        _S.PARTLY_RESTORED,
        "level-rose",
        waits=True,
    ),
    TransitionRow(
        _CONFIRMED_OR_PARTLY,
        on.has_networks_back,
        _K.UPDATED,
        None,
        "a-network-is-back",
        waits=True,
    ),
    TransitionRow(
        _CONFIRMED_OR_PARTLY,
        on.has_new_parts_down,
        _K.UPDATED,
        None,
        "new-networks",
        waits=True,
    ),
    TransitionRow(
        _CONFIRMED_OR_PARTLY,
        on.is_update_due,
        _K.UPDATED,
        None,
        "hours-passed",
        reminds=True,
    ),
)


def new_incident_id(place: Entity, onset: datetime, taken: Collection[str]) -> str:
    """Return a new id such as `KZ-2022-0104`, or `KZ-2022-0104-2` if that is taken.

    Args:
        place: the place of the incident. The id of a network begins with `AS`.
        onset: when the incident began; its day is part of the id. Aware, UTC.
        taken: the ids that exist already.
    """
    prefix = "AS" if place.kind is EntityKind.ASN else ""
    code = place.code.replace("/", "-").replace(" ", "-")
    first = f"{prefix}{code}-{onset:%Y-%m%d}"
    if first not in taken:
        return first
    count = 2
    while f"{first}-{count}" in taken:
        count += 1
    return f"{first}-{count}"


def next_transition(
    incident: Incident | None,
    verdict: Verdict,
    timing: EventTiming,
    verdict_after_checks: Callable[[], Verdict],
) -> Transition:
    """Return the next step of the place's newest incident or of a new incident.

    Args:
        incident: the place's newest incident, open or not; None if the place has none.
        verdict: the present verdict, before the expensive artefact checks.
        timing: when to report, and how often.
        verdict_after_checks: a function that runs the expensive checks and returns the
            verdict with their results. Only the outcome and the rule of the verdict may
            differ. The function is called at most once, and only if a step would follow.
    """
    step = _next_step(incident, verdict, timing)
    if isinstance(step, NoStep):
        return Transition(verdict, step)
    # The checks are slow, because they compare the place with others and with past
    # weeks. So they run only if a step would follow.
    after = verdict_after_checks()
    if (after.outcome, after.rule) != (verdict.outcome, verdict.rule):
        # The checks changed the outcome or the rule, on which the step depends.
        step = _next_step(incident, after, timing)
    if (
        isinstance(step, Step)
        and step.kind in _RETURNS
        and _source_rises_everywhere(after)
    ):
        step = NoStep("a-source-rises-everywhere")
    return Transition(after, step)


def _next_step(
    incident: Incident | None, verdict: Verdict, timing: EventTiming
) -> Step | NoStep:
    """Return the step of the first row that applies, or a `NoStep` if no row does.

    Without an open incident, `step_without_open_incident` chooses the step.
    """
    if incident is None or not incident.is_open:
        return step_without_open_incident(incident, verdict, timing)
    s = Situation(incident, verdict, timing)
    withheld = None
    for row in TABLE:
        if incident.state not in row.states or not row.when(s):
            continue
        reason = _reason_to_wait(row, s)
        if reason is None:
            return _step(row, s)
        withheld = withheld or reason
    return NoStep(withheld or "no-change")


def _reason_to_wait(row: TransitionRow, s: Situation) -> str | None:
    """Return why a row that matches must wait; None if it makes an event now."""
    if row.waits and on.is_too_soon(s):
        return "too-soon"
    if row.always:
        return None
    # If the level goes up and down all the time, each check may find it falling. So
    # while the incident changes too often, a reminder is published even during a fall.
    if on.changes_too_often(s):
        return None if row.reminds else "changes-too-often"
    return "still-falling" if on.is_still_falling(s) else None


def _step(row: TransitionRow, s: Situation) -> Step:
    """Return the step of a row, with the fields that only some kinds of steps have."""
    is_end = row.kind is EventKind.RESTORED
    is_correction = row.kind is EventKind.CORRECTED
    names_networks = row.when is on.has_networks_back
    return Step(
        row.kind,
        row.to or s.incident.state,
        row.reason or s.verdict.rule,
        restored=last_return(s.incident, s.verdict) if is_end else None,
        back=on.returned_networks(s) if names_networks else (),
        wrong=on.wrong_claims(s) if is_correction else None,
    )


def _source_rises_everywhere(verdict: Verdict) -> bool:
    """Whether a signal of a recovered series reads high in most places (P6).

    In that case the source may have raised its readings everywhere, and the recovery may
    not be real.
    """
    return any(c.name == _RISE and c.passed is False for c in verdict.checks)
