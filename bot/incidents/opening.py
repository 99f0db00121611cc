"""The next step for a place without an open incident.

It opens a new incident, reopens or retracts the last one, or does nothing.
"""

from dataclasses import replace

from bot.incidents import reassessment
from bot.incidents.recovery import has_fallen_since, reads_low
from bot.incidents.steps import EventTiming, Hold, Step
from bot.model.incident import EventKind, Incident, State
from bot.model.signal import STRONG_FAMILIES
from bot.model.verdict import Outcome, Scope, Verdict

LATE_PROOF = "fell-again-in-two-families"
"""The reason for confirming an incident that ended while it was only suspected."""


def begin(
    before: Incident | None, verdict: Verdict, timing: EventTiming
) -> Step | Hold:
    """Return the step that opens, reopens or retracts an incident, or a hold."""
    if verdict.outcome not in {Outcome.SUSPECTED, Outcome.CONFIRMED}:
        return _retract_closed(before, verdict)
    if before is not None:
        old = _is_old_news(before, verdict)
        if old is not None:
            return old
        recent = verdict.at - before.changed_at <= timing.reopen_within
        ended = before.state is State.RESTORED
        another = _is_of_other_parts(before, verdict) or _is_first_proof(
            before, verdict
        )
        if ended and recent and not another:
            return _reopen(before, verdict)
    if verdict.outcome is Outcome.CONFIRMED:
        return Step(EventKind.CONFIRMED, State.CONFIRMED, verdict.rule)
    return Step(EventKind.SUSPECTED, State.SUSPECTED, verdict.rule)


def continues(before: Incident, step: Step) -> bool:
    """Whether a step belongs to the incident `before`; if not, it opens a new one."""
    revisits = step.kind in {EventKind.REOPENED, EventKind.RETRACTED}
    late_proof = step.reason == LATE_PROOF
    return before.open or revisits or late_proof


def with_own_onset(before: Incident | None, verdict: Verdict, step: Step) -> Verdict:
    """Return the verdict that opens a new incident, with an onset of that incident.

    A series may still be in its drop of the incident `before`, which is over. Then the
    onset is the first of those after the end of that incident.
    """
    over = before.restored if before is not None else None
    if before is None or over is None or continues(before, step):
        return verdict
    if verdict.onset is None or verdict.onset.until > over.until:
        return verdict
    onsets = [f.onset for f in verdict.findings if f.onset is not None]
    later = sorted(o for o in onsets if o.until > over.until)
    return replace(verdict, onset=later[0]) if later else verdict


def _is_old_news(before: Incident, verdict: Verdict) -> Hold | None:
    """Return a hold if the drop belongs to an incident that is over, otherwise None."""
    # The drop of a retracted incident may still be going on; only a later drop opens a
    # new incident.
    onset = verdict.onset
    if before.state is State.RETRACTED and onset and onset.since < before.changed_at:
        return Hold("taken-back-already")
    # A series that was silent when the others returned may still be in the drop that
    # has ended: it is not down again. But it may confirm afterwards a drop that one
    # family alone had shown.
    proves = before.confirmed_at is None and verdict.outcome is Outcome.CONFIRMED
    # A family that is not strong cannot confirm a drop that is over.
    low = any(f.family in STRONG_FAMILIES and reads_low(f) for f in verdict.findings)
    over = None if proves and low else before.restored
    if over is not None and not has_fallen_since(verdict, over):
        return Hold("fell-before-the-return")
    return None


def _is_of_other_parts(before: Incident, verdict: Verdict) -> bool:
    """Whether a later drop is of other parts of the place than the incident was about.

    After a national incident any parts count as other parts: if that incident were
    reopened, a text would present the parts as the whole nation. False if the incident
    was never confirmed, so that it is reopened instead.
    """
    over = before.restored
    if over is None or not has_fallen_since(verdict, over):
        return False
    if before.confirmed_at is None or verdict.scope in {None, Scope.NATIONAL}:
        return False
    fallen = {f.entity for f in verdict.fallen_parts}
    return before.scope is Scope.NATIONAL or fallen.isdisjoint(before.networks)


def _is_first_proof(before: Incident, verdict: Verdict) -> bool:
    """Whether a confirmed drop began after the end of an incident that never was.

    It confirms only itself, and not the drop of that incident.
    """
    over = before.restored
    proved = before.confirmed_at is None and verdict.outcome is Outcome.CONFIRMED
    return proved and over is not None and has_fallen_since(verdict, over)


def _retract_closed(before: Incident | None, verdict: Verdict) -> Step | Hold:
    """Return the retraction of an incident that is over, or a hold.

    The incident is retracted if revised readings no longer show its drop.
    """
    if before is not None and reassessment.drop_is_gone(before, verdict):
        return Step(EventKind.RETRACTED, State.RETRACTED, reassessment.REVISED)
    return Hold(verdict.rule)


def _reopen(before: Incident, verdict: Verdict) -> Step | Hold:
    """Return the step that reopens an incident or confirms it late, or a hold.

    A verdict of suspected does not reopen an incident that was ever confirmed.
    """
    if before.confirmed_at is None and verdict.outcome is Outcome.CONFIRMED:
        return Step(EventKind.CONFIRMED, State.CONFIRMED, LATE_PROOF)
    if before.confirmed_at is None:
        return Step(EventKind.REOPENED, State.SUSPECTED, "fell-again")
    if verdict.outcome is Outcome.CONFIRMED:
        return Step(EventKind.REOPENED, State.CONFIRMED, "fell-again")
    return Hold("fell-again-in-one-family-only")
