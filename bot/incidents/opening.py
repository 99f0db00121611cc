"""Chooses the next step for a place without an open incident.

The step opens a new incident, or reopens, confirms or retracts the last incident of the
place. If no step is due, the result is a `Hold`.
"""

from dataclasses import replace

from bot.incidents import reassessment
from bot.incidents.recovery import has_fallen_since, reads_low
from bot.incidents.steps import EventTiming, Hold, Step
from bot.model.incident import EventKind, Incident, State
from bot.model.signal import STRONG_FAMILIES
from bot.model.verdict import Outcome, Scope, Verdict

LATE_PROOF = "fell-again-in-two-families"
"""The reason of a confirmation after the end of an incident that was only suspected."""


def begin(
    before: Incident | None, verdict: Verdict, timing: EventTiming
) -> Step | Hold:
    """Return the next step for a place without an open incident, or a `Hold`.

    Args:
        before: the place's newest incident, which is restored or retracted; None if the
            place has none.
        verdict: the present verdict on the place.
        timing: says how long after its end an incident can be reopened.
    """
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
    """Whether a step continues the incident `before`, instead of opening a new one."""
    revisits = step.kind in {EventKind.REOPENED, EventKind.RETRACTED}
    late_proof = step.reason == LATE_PROOF
    return before.open or revisits or late_proof


def with_own_onset(before: Incident | None, verdict: Verdict, step: Step) -> Verdict:
    """Return `verdict`, with an onset of the incident that `step` opens.

    A series may still be in a drop that began in the incident `before`, which is over.
    Then the onset of the verdict is too early, and the earliest onset after the end of
    `before` replaces it. If `step` continues `before`, the verdict is unchanged.
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
    """Return a `Hold` if the drop is that of `before`, which is over; else None."""
    # The drop of a retracted incident may still last. Only a drop after the retraction
    # may open a new incident.
    onset = verdict.onset
    if before.state is State.RETRACTED and onset and onset.since < before.changed_at:
        return Hold("taken-back-already")
    # A series that was silent at the end of the incident may still be in the incident's
    # drop. Such a drop is not new. But it may confirm an incident that was only
    # suspected.
    proves = before.confirmed_at is None and verdict.outcome is Outcome.CONFIRMED
    # A family that is not strong cannot confirm a drop that is over.
    low = any(f.family in STRONG_FAMILIES and reads_low(f) for f in verdict.findings)
    over = None if proves and low else before.restored
    if over is not None and not has_fallen_since(verdict, over):
        return Hold("fell-before-the-return")
    return None


def _is_of_other_parts(before: Incident, verdict: Verdict) -> bool:
    """Whether a drop after the end of `before` is in parts that `before` did not name.

    After a national incident, every part counts as another part: to reopen the national
    incident would present the parts as the whole nation. The result is false if no
    series fell after the end, if the new drop is national, or if `before` was never
    confirmed.
    """
    over = before.restored
    if over is None or not has_fallen_since(verdict, over):
        return False
    if before.confirmed_at is None or verdict.scope in {None, Scope.NATIONAL}:
        return False
    fallen = {f.entity for f in verdict.fallen_parts}
    return before.scope is Scope.NATIONAL or fallen.isdisjoint(before.networks)


def _is_first_proof(before: Incident, verdict: Verdict) -> bool:
    """Whether a confirmed drop began after `before` had ended without a confirmation.

    Such a drop opens a new incident, because it does not confirm the drop of `before`.
    """
    over = before.restored
    proved = before.confirmed_at is None and verdict.outcome is Outcome.CONFIRMED
    return proved and over is not None and has_fallen_since(verdict, over)


def _retract_closed(before: Incident | None, verdict: Verdict) -> Step | Hold:
    """Return the step that retracts `before`, which is over, or a `Hold`.

    The incident is retracted if revised readings no longer show its drop.
    """
    if before is not None and reassessment.drop_is_gone(before, verdict):
        return Step(EventKind.RETRACTED, State.RETRACTED, reassessment.REVISED)
    return Hold(verdict.rule)


def _reopen(before: Incident, verdict: Verdict) -> Step | Hold:
    """Return the step that reopens an incident, or confirms it after its end.

    If the incident was confirmed before, a verdict of suspected does not reopen it, and
    the result is a `Hold`.
    """
    if before.confirmed_at is None and verdict.outcome is Outcome.CONFIRMED:
        return Step(EventKind.CONFIRMED, State.CONFIRMED, LATE_PROOF)
    if before.confirmed_at is None:
        return Step(EventKind.REOPENED, State.SUSPECTED, "fell-again")
    if verdict.outcome is Outcome.CONFIRMED:
        return Step(EventKind.REOPENED, State.CONFIRMED, "fell-again")
    return Hold("fell-again-in-one-family-only")
