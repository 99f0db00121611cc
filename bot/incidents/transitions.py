"""From an incident and a verdict to its next step, or to a reason for none.

One real event is one incident, whatever its twists (P2). Each step and each silence
has a reason with a stable name (P17).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.incidents import reassessment
from bot.incidents.recovery import (
    has_lapsed,
    has_returned,
    is_back,
    last_return,
    networks_back,
    only_parts_left,
    returned,
    strong_fallen,
)
from bot.model.entity import Entity, EntityKind
from bot.model.incident import CorrectedClaims, EventKind, Incident, State
from bot.model.interval import Interval
from bot.model.verdict import CheckName, Outcome, Scope, Severity, Verdict


def name(place: Entity, onset: datetime, taken: Collection[str]) -> str:
    """`KZ-2022-0104`: place and UTC day of the onset; `-2` for the day's second."""
    prefix = "AS" if place.kind is EntityKind.ASN else ""
    code = place.code.replace("/", "-").replace(" ", "-")
    first = f"{prefix}{code}-{onset:%Y-%m%d}"
    if first not in taken:
        return first
    count = 2
    while f"{first}-{count}" in taken:
        count += 1
    return f"{first}-{count}"


LATE_PROOF = "fell-again-in-two-families"
"""Why a suspected incident that had ended is confirmed after all."""
_SEVERITIES = tuple(Severity)
_SCOPES = tuple(Scope)
_RISE = CheckName.SOURCE_RISE
_RETURNS = frozenset({EventKind.RESTORED, EventKind.PARTLY_RESTORED})


@dataclass(frozen=True, slots=True)
class Pace:
    """How often an incident is told of.

    Attributes:
        reopen_within: a fall so soon after the restoration is the same incident.
        update_every: say that it lasts, at least that often.
        least_between: news of the same kind waits that long.
        ease_after: a family's return is partial only if the others were seen to be
            still down that long after it.
        max_state_changes_per_day: after so many turns in a day an incident flaps, and only its
            end, its proof and the passing of time are told; networks that fall or
            return are told of as often at most.
        level_step: a change of the level worth an event (fraction of ordinary).
    """

    reopen_within: timedelta = timedelta(hours=24)
    update_every: timedelta = timedelta(hours=24)
    least_between: timedelta = timedelta(hours=1)
    ease_after: timedelta = timedelta(hours=2)
    max_state_changes_per_day: int = 6
    level_step: float = 0.25


@dataclass(frozen=True, slots=True)
class Step:
    """What an incident does next.

    `restored` is set with a restoration only; `back` names the networks whose return
    is the news; `wrong` is what a correction takes back.
    """

    kind: EventKind
    state: State
    reason: str
    restored: Interval | None = None
    back: tuple[Entity, ...] = ()
    wrong: CorrectedClaims | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """No step, and why not."""

    reason: str


@dataclass(frozen=True, slots=True)
class Transition:
    """The next step or the reason for none, with the verdict that it was taken on."""

    verdict: Verdict
    step: Step | Hold


def advance(
    incident: Incident | None,
    verdict: Verdict,
    pace: Pace,
    checked: Callable[[], Verdict],
) -> Transition:
    """Return the next step of the place's newest incident, or of a new one.

    Args:
        incident: the newest of the place, open or not; None when it has none.
        verdict: what its findings say now, before the expensive artefact checks.
        pace: how often to report.
        checked: runs those checks and returns the verdict with their results. They may
            lower its outcome, with another rule, and change nothing else. Called once
            at most, and only where something would be reported.
    """
    step = _next_step(incident, verdict, pace)
    if isinstance(step, Hold):
        return Transition(verdict, step)
    after = checked()
    if (after.outcome, after.rule) != (verdict.outcome, verdict.rule):
        # A check failed. Of all that checks can change, steps depend on this alone.
        step = _next_step(incident, after, pace)
    if isinstance(step, Step) and step.kind in _RETURNS and _rises_with_all(after):
        step = Hold("a-source-rises-everywhere")
    return Transition(after, step)


def _next_step(incident: Incident | None, verdict: Verdict, pace: Pace) -> Step | Hold:
    """Return the first step of the table whose condition holds."""
    if incident is None or not incident.open:
        return _begin(incident, verdict, pace)
    falling = _falling(verdict, pace)
    if _flaps(incident, verdict, pace):
        attempts = (*_ALWAYS, _remind)
    else:
        attempts = _ALWAYS if falling else _ALWAYS + _WHEN_SETTLED
    for attempt in attempts:
        step = attempt(incident, verdict, pace)
        if step is not None:
            return step
    return Hold("still-falling" if falling else "no-change")


def _rises_with_all(verdict: Verdict) -> bool:
    """Whether the source of a return reads high in all places (P6)."""
    return any(c.name == _RISE and c.passed is False for c in verdict.checks)


def _flaps(incident: Incident, verdict: Verdict, pace: Pace) -> bool:
    """Whether it turned so often of late that another turn is no news."""
    turns = (EventKind.ESCALATED, EventKind.PARTLY_RESTORED, EventKind.REOPENED)
    return _lately(incident, verdict, turns) >= pace.max_state_changes_per_day


def _lately(incident: Incident, verdict: Verdict, kinds: tuple[EventKind, ...]) -> int:
    """How many steps of these kinds were told within a day."""
    day = timedelta(hours=24)
    return sum(p.kind in kinds and verdict.at - p.at < day for p in incident.phases)


def _begin(before: Incident | None, verdict: Verdict, pace: Pace) -> Step | Hold:
    if verdict.outcome not in {Outcome.SUSPECTED, Outcome.CONFIRMED}:
        return _look_back(before, verdict)
    if before is not None and verdict.onset is not None:
        if before.state is State.RETRACTED and verdict.onset.since < before.changed_at:
            return Hold("taken-back-already")
        recent = verdict.at - before.changed_at <= pace.reopen_within
        if before.state is State.RESTORED and recent:
            return _reopen(before, verdict)
    if verdict.outcome is Outcome.CONFIRMED:
        return Step(EventKind.CONFIRMED, State.CONFIRMED, verdict.rule)
    return Step(EventKind.SUSPECTED, State.SUSPECTED, verdict.rule)


def _look_back(before: Incident | None, verdict: Verdict) -> Step | Hold:
    if before is not None and reassessment.taken_back(before, verdict):
        return Step(EventKind.RETRACTED, State.RETRACTED, reassessment.REVISED)
    return Hold(verdict.rule)


def _reopen(before: Incident, verdict: Verdict) -> Step | Hold:
    if before.confirmed_at is None and verdict.outcome is Outcome.CONFIRMED:
        return Step(EventKind.CONFIRMED, State.CONFIRMED, LATE_PROOF)
    if before.confirmed_at is None:
        return Step(EventKind.REOPENED, State.SUSPECTED, "fell-again")
    if verdict.outcome is Outcome.CONFIRMED:
        return Step(EventKind.REOPENED, State.CONFIRMED, "fell-again")
    return Hold("fell-again-in-one-family-only")


def _restore(incident: Incident, verdict: Verdict, _: Pace) -> Step | None:
    if not is_back(incident, verdict):
        return None
    if not has_returned(incident, verdict):
        return Step(EventKind.RETRACTED, State.RETRACTED, reassessment.REVISED)
    end = last_return(incident, verdict)
    return Step(EventKind.RESTORED, State.RESTORED, "all-families-back", end)


def _lapse(incident: Incident, verdict: Verdict, _: Pace) -> Step | None:
    """A suspicion that nobody bore out, of a level that is the ordinary one by now."""
    if incident.state is State.SUSPECTED and has_lapsed(incident, verdict):
        return Step(EventKind.RETRACTED, State.RETRACTED, "level-shift")
    return None


def _confirm(incident: Incident, verdict: Verdict, _: Pace) -> Step | None:
    if incident.state is not State.SUSPECTED:
        return None
    if verdict.outcome is Outcome.CONFIRMED:
        return Step(EventKind.CONFIRMED, State.CONFIRMED, verdict.rule)
    return None


def _correct(incident: Incident, verdict: Verdict, pace: Pace) -> Step | None:
    wrong = reassessment.corrected_claims(incident, verdict, pace.level_step)
    if wrong is None:
        return None
    return Step(EventKind.CORRECTED, incident.state, reassessment.REVISED, wrong=wrong)


def _relapse(incident: Incident, verdict: Verdict, pace: Pace) -> Step | None:
    if incident.state is not State.PARTLY_RESTORED:
        return None
    fell = [f for f in strong_fallen(verdict) if f not in incident.told_families]
    if fell or _change(incident, verdict) <= -pace.level_step:
        return Step(EventKind.ESCALATED, State.CONFIRMED, "off-again")
    return None


def _escalate(incident: Incident, verdict: Verdict, _: Pace) -> Step | None:
    suspected = incident.state is State.SUSPECTED
    needed = Outcome.SUSPECTED if suspected else Outcome.CONFIRMED
    if verdict.outcome is not needed:
        return None
    if verdict.scope and _SCOPES.index(verdict.scope) > _SCOPES.index(incident.scope):
        state = State.SUSPECTED if suspected else State.CONFIRMED
        return Step(EventKind.ESCALATED, state, "scope-grew")
    deeper = verdict.severity and _SEVERITIES.index(
        verdict.severity
    ) > _SEVERITIES.index(incident.severity)
    if deeper and incident.state is State.CONFIRMED:
        return Step(EventKind.ESCALATED, State.CONFIRMED, "severity-grew")
    return None


def _ease(incident: Incident, verdict: Verdict, pace: Pace) -> Step | None:
    if incident.state is State.SUSPECTED or _soon(incident, verdict, pace):
        return None
    if returned(incident, verdict, pace.ease_after):
        kind = EventKind.PARTLY_RESTORED
        return Step(kind, State.PARTLY_RESTORED, "a-family-is-back")
    if incident.scope is Scope.NATIONAL and only_parts_left(incident, verdict):
        kind = EventKind.PARTLY_RESTORED
        return Step(kind, State.PARTLY_RESTORED, "only-parts-still-down")
    easing = verdict.principal is not None and verdict.principal.recovering
    if easing and _change(incident, verdict) >= pace.level_step:
        return Step(EventKind.PARTLY_RESTORED, State.PARTLY_RESTORED, "level-rose")
    return None


def _name_networks(incident: Incident, verdict: Verdict, pace: Pace) -> Step | None:
    """News of networks: many at once are one step, and many a day are no news."""
    if incident.state is State.SUSPECTED or _soon(incident, verdict, pace):
        return None
    if (
        _lately(incident, verdict, (EventKind.UPDATED,))
        >= pace.max_state_changes_per_day
    ):
        return None
    back = networks_back(incident, verdict, pace.ease_after)
    if back and not (incident.scope is Scope.NATIONAL and strong_fallen(verdict)):
        state = incident.state
        return Step(EventKind.UPDATED, state, "a-network-is-back", back=back)
    new = {f.entity for f in verdict.fallen_parts} - set(incident.networks)
    if new and incident.scope is not Scope.NATIONAL:
        return Step(EventKind.UPDATED, incident.state, "new-networks")
    return None


def _remind(incident: Incident, verdict: Verdict, pace: Pace) -> Step | None:
    waited = verdict.at - incident.changed_at >= pace.update_every
    if incident.state is State.SUSPECTED or not waited:
        return None
    # On its way up: a few bins more tell whether it is over, or partly so.
    if _change(incident, verdict) >= pace.level_step:
        return None
    if verdict.outcome in {Outcome.CONFIRMED, Outcome.SUSPECTED}:
        return Step(EventKind.UPDATED, incident.state, "hours-passed")
    return None


def _falling(verdict: Verdict, pace: Pace) -> bool:
    """Whether the level is on its way down just now: one more bin tells how far."""
    told = verdict.principal
    if told is None or told.level is None or told.smoothed_level is None:
        return False
    return told.smoothed_level - told.level >= pace.level_step


def _soon(incident: Incident, verdict: Verdict, pace: Pace) -> bool:
    return verdict.at - incident.changed_at < pace.least_between


def _level(verdict: Verdict) -> float | None:
    return verdict.principal.smoothed_level if verdict.principal else None


def _change(incident: Incident, verdict: Verdict) -> float:
    """How much the level rose since it was last told; 0 where either is unknown."""
    now = _level(verdict)
    if now is None or incident.told_level is None:
        return 0.0
    return now - incident.told_level


_Attempt = Callable[[Incident, Verdict, Pace], Step | None]
_ALWAYS: tuple[_Attempt, ...] = (_restore, _lapse, _confirm, _correct)
_WHEN_SETTLED: tuple[_Attempt, ...] = (
    _relapse,
    _escalate,
    _ease,
    _name_networks,
    _remind,
)
"""In this order: the first that has something to tell, tells it."""
