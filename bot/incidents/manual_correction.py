"""Turns a manual correction into an event of its incident (P11)."""

from dataclasses import replace
from datetime import datetime

from bot.incidents.fold import incident_after
from bot.model.event import Correction, IncidentChange, IncidentEvent
from bot.model.incident import EventKind, Evidence, Incident, ManualCorrection, State

WITHDRAWN = "a-person-withdrew-it"
"""The reason of a retraction by a person."""
CORRECTED = "a-person-corrected-it"
"""The reason of a correction by a person."""


def corrected_change(
    correction: ManualCorrection,
    incident: Incident,
    last_event: IncidentEvent,
    evidence: Evidence,
    event_time: datetime,
) -> IncidentChange | None:
    """Return the event of a manual correction, with the incident after the event.

    The result is None if the correction was already applied, or if the incident is
    retracted.

    Args:
        correction: the correction or retraction of this incident.
        incident: the incident after its last event.
        last_event: the last event of the incident; the new event keeps its facts.
        evidence: the evidence of the last event.
        event_time: the time of the new event; aware, UTC.
    """
    # A retracted incident claims nothing, so there is nothing to correct.
    if incident.state is State.RETRACTED or _is_applied(correction, last_event):
        return None
    retracts = correction.kind is EventKind.RETRACTED
    facts = replace(
        last_event.facts,
        state=State.RETRACTED if retracts else incident.state,
        # The facts of the last event have only the phases before that event. The
        # incident has the phase of that event too.
        phases=incident.phases,
        correction=Correction(statement=correction.statement),
    )
    event = IncidentEvent(
        incident=incident.id,
        seq=incident.seq + 1,
        kind=correction.kind,
        at=event_time,
        reason=WITHDRAWN if retracts else CORRECTED,
        facts=facts,
    )
    return IncidentChange(incident_after(incident, event), event, evidence)


def _is_applied(correction: ManualCorrection, last_event: IncidentEvent) -> bool:
    """Whether the last event is already this correction.

    This happens if the program crashed after it had recorded the event and before it
    marked the correction as done.
    """
    return (
        last_event.kind is correction.kind
        and last_event.facts.statement == correction.statement
    )
