"""Chooses the next step for a place without an open incident.

The step opens a new incident, or reopens, confirms or retracts the last incident of the
place. If no step is due, the result is a `NoStep`.
"""

from dataclasses import replace

from bot.errors import RecordDamaged
from bot.incidents import reassessment
from bot.incidents.recovery import has_fallen_since, reads_low
from bot.incidents.steps import EventTiming, NoStep, Step
from bot.model.incident import EventKind, Incident, State, UnreadableIncident
from bot.model.signal import STRONG_FAMILIES
from bot.model.verdict import Outcome, Scope, Verdict

LATE_PROOF = "fell-again-in-two-families"
"""The reason of a confirmation after the end of an incident that was only suspected."""


def step_without_open_incident(
    incident_before: Incident | None, verdict: Verdict, timing: EventTiming
) -> Step | NoStep:
    """Return the next step for a place without an open incident, or a `NoStep`.

    Args:
        incident_before: the place's newest incident, which is restored or retracted; None
            if the place has none.
        verdict: the present verdict on the place.
        timing: says how long after its end an incident can be reopened.
    """
    if verdict.outcome not in {Outcome.SUSPECTED, Outcome.CONFIRMED}:
        return _retract_closed(incident_before, verdict)
    if incident_before is not None:
        old = _no_step_for_old_drop(incident_before, verdict)
        if old is not None:
            return old
        recent = verdict.at - incident_before.changed_at <= timing.reopen_within
        ended = incident_before.state is State.RESTORED
        another = _is_drop_of_other_parts(
            incident_before, verdict
        ) or _is_first_confirmed_drop(incident_before, verdict)
        if ended and recent and not another:
            return _reopen(incident_before, verdict)
    if verdict.outcome is Outcome.CONFIRMED:
        return Step(EventKind.CONFIRMED, State.CONFIRMED, verdict.rule)
    return Step(EventKind.SUSPECTED, State.SUSPECTED, verdict.rule)


def refuse_if_same(
    incident: UnreadableIncident, verdict: Verdict, timing: EventTiming
) -> None:
    """Refuse a drop that may belong to an incident whose record cannot be read.

    Such a drop makes no event as long as it lasts. The drop may continue the incident;
    without the record, it would be announced as a new incident, a second time. Only a
    person can restore the record. A drop that began too late to reopen a closed incident is
    not part of it, and may open a new one.

    Raises:
        RecordDamaged: the drop may belong to the incident.
    """
    if verdict.outcome not in {Outcome.SUSPECTED, Outcome.CONFIRMED}:
        return
    closed_at, onset = incident.closed_at, verdict.onset
    if closed_at and onset and onset.since > closed_at + timing.reopen_within:
        return
    raise RecordDamaged(
        f"the incident {incident.id} of this place cannot be read, and this drop may"
        " belong to it; restore a backup of the store"
    )


def continues(incident_before: Incident, step: Step) -> bool:
    """Whether a step continues `incident_before`, instead of opening a new incident."""
    revisits = step.kind in {EventKind.REOPENED, EventKind.RETRACTED}
    late_proof = step.reason == LATE_PROOF
    return incident_before.is_open or revisits or late_proof


def with_own_onset(
    incident_before: Incident | None, verdict: Verdict, step: Step
) -> Verdict:
    """Return `verdict` with an onset that belongs to the incident that `step` opens.

    A series may still be in a drop that began in the incident `incident_before`, which is
    over. Then the onset of the verdict is too early. It is replaced by the earliest onset
    of a finding after the end of `incident_before`, if there is one. If `step` continues
    `incident_before`, the verdict is unchanged.
    """
    over = incident_before.restored if incident_before is not None else None
    if incident_before is None or over is None or continues(incident_before, step):
        return verdict
    if verdict.onset is None or verdict.onset.until > over.until:
        return verdict
    onsets = [f.onset for f in verdict.findings if f.onset is not None]
    later = sorted(o for o in onsets if o.until > over.until)
    return replace(verdict, onset=later[0]) if later else verdict


def _no_step_for_old_drop(incident_before: Incident, verdict: Verdict) -> NoStep | None:
    """Return a `NoStep` if the drop belongs to the closed `incident_before`, or None."""
    # The drop of a retracted incident may still last. Only a drop after the retraction
    # may open a new incident.
    onset = verdict.onset
    if (
        incident_before.state is State.RETRACTED
        and onset
        and onset.since < incident_before.changed_at
    ):
        return NoStep("taken-back-already")
    # A series that was silent at the end of the incident may still be in the incident's
    # drop. Such a drop is not new. But it may confirm an incident that was only
    # suspected.
    proves = (
        incident_before.confirmed_at is None and verdict.outcome is Outcome.CONFIRMED
    )
    # It confirms the incident only if a strong family reads low. If only other families
    # read low, the drop may be over.
    low = any(f.family in STRONG_FAMILIES and reads_low(f) for f in verdict.findings)
    over = None if proves and low else incident_before.restored
    if over is not None and not has_fallen_since(verdict, over):
        return NoStep("fell-before-the-return")
    return None


def _is_drop_of_other_parts(incident_before: Incident, verdict: Verdict) -> bool:
    """Whether a drop after the end of `incident_before` is in none of the incident's parts.

    After a national incident, every part counts as another part: to reopen the national
    incident would present the parts as the whole nation. The result is false if no series
    fell after the end, if the new drop is national, or if `incident_before` was never
    confirmed.
    """
    over = incident_before.restored
    if over is None or not has_fallen_since(verdict, over):
        return False
    if incident_before.confirmed_at is None or verdict.scope in {None, Scope.NATIONAL}:
        return False
    fallen = {f.entity for f in verdict.fallen_parts}
    return incident_before.scope is Scope.NATIONAL or fallen.isdisjoint(
        incident_before.networks
    )


def _is_first_confirmed_drop(incident_before: Incident, verdict: Verdict) -> bool:
    """Whether a confirmed drop began after the end of an unconfirmed `incident_before`.

    The new drop does not confirm the old one, so it opens a new incident.
    """
    over = incident_before.restored
    proved = (
        incident_before.confirmed_at is None and verdict.outcome is Outcome.CONFIRMED
    )
    return proved and over is not None and has_fallen_since(verdict, over)


def _retract_closed(
    incident_before: Incident | None, verdict: Verdict
) -> Step | NoStep:
    """Return the step that retracts `incident_before`, which is over, or a `NoStep`.

    The incident is retracted if revised readings no longer show its drop.
    """
    if incident_before is not None and reassessment.is_drop_revised_away(
        incident_before, verdict
    ):
        return Step(EventKind.RETRACTED, State.RETRACTED, reassessment.REVISED)
    return NoStep(verdict.rule)


def _reopen(incident_before: Incident, verdict: Verdict) -> Step | NoStep:
    """Return the step that reopens an incident, or confirms it after its end.

    If the incident was confirmed before, a verdict of suspected does not reopen it, and
    the result is a `NoStep`.
    """
    if incident_before.confirmed_at is None and verdict.outcome is Outcome.CONFIRMED:
        return Step(EventKind.CONFIRMED, State.CONFIRMED, LATE_PROOF)
    if incident_before.confirmed_at is None:
        return Step(EventKind.REOPENED, State.SUSPECTED, "fell-again")
    if verdict.outcome is Outcome.CONFIRMED:
        return Step(EventKind.REOPENED, State.CONFIRMED, "fell-again")
    return NoStep("fell-again-in-one-family-only")
