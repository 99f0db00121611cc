"""Turns manual corrections into events of their incidents (P11)."""

from datetime import datetime
from functools import partial

from bot.editorial.isolation import Isolation, Work
from bot.incidents.manual_correction import corrected_change
from bot.model.incident import ManualCorrection
from bot.ports import Store
from bot.tick.assessment import Assessor


def apply_corrections(
    store: Store, assessor: Assessor, now: datetime, isolation: Isolation
) -> None:
    """Turn each pending manual correction into an event of its incident.

    If a crash comes after the event is recorded but before the correction is marked as
    done, the next tick only marks the correction.
    """
    for correction in store.manual_corrections.pending():
        work = partial(_apply_correction, store, assessor, now, correction)
        isolation.attempt(correction.incident, Work.CORRECTION, work)


def _apply_correction(
    store: Store, assessor: Assessor, now: datetime, correction: ManualCorrection
) -> None:
    incident = store.incidents.get(correction.incident)
    last = store.incidents.events(incident.id)[-1]
    evidence = store.incidents.evidence(last.key)
    # The new event is not dated before the last event, so that the events of an
    # incident stay in order even if the clock was set back.
    change = corrected_change(correction, incident, last, evidence, max(now, last.at))
    if change is not None:
        store.incidents.record((change,), (), {}, now)
        assessor.apply_correction(change)
    store.manual_corrections.mark_done(correction)
