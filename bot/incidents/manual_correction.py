"""A person's ruling becomes a step of the incident; what was said stays (P11)."""

from dataclasses import replace
from datetime import datetime

from bot.incidents.facts import fold
from bot.model.incident import (
    EventKind,
    Evidence,
    Incident,
    IncidentChange,
    IncidentEvent,
    ManualCorrection,
    State,
)

WITHDRAWN = "a-person-withdrew-it"
CORRECTED = "a-person-corrected-it"


def corrected_change(
    ruling: ManualCorrection,
    incident: Incident,
    last: IncidentEvent,
    evidence: Evidence,
    now: datetime,
) -> IncidentChange | None:
    """The incident after a ruling; None where it stands as ruled already.

    Args:
        ruling: on this incident.
        incident: as its events leave it.
        last: the newest of them: nothing is measured anew for a ruling.
        evidence: behind `last`.
        now: aware; the time of the step.
    """
    if incident.state is State.RETRACTED or _said(ruling, last):
        return None
    retracts = ruling.kind is EventKind.RETRACTED
    facts = replace(
        last.facts,
        state=State.RETRACTED if retracts else incident.state,
        phases=incident.phases,
        statement=ruling.statement,
        wrong=None,
    )
    event = IncidentEvent(
        incident=incident.id,
        seq=incident.seq + 1,
        kind=ruling.kind,
        at=now,
        reason=WITHDRAWN if retracts else CORRECTED,
        facts=facts,
    )
    return IncidentChange(fold(incident, event), event, evidence)


def _said(ruling: ManualCorrection, last: IncidentEvent) -> bool:
    """Whether the last step is this very ruling: we died before we marked it."""
    return last.kind is ruling.kind and last.facts.statement == ruling.statement
