"""What was told before readings were revised, held against what they show now (P11).

What was published stands as it was; a correction says what was wrong with it. Only a
place of which a drop was judged anew is asked (`Verdict.revised`).
"""

from bot.incidents.recovery import is_unmade
from bot.model.incident import CorrectedClaims, EventKind, Incident, State
from bot.model.interval import Interval
from bot.model.verdict import Outcome, SeriesState, Verdict

REVISED = "readings-were-revised"
"""Why a report is corrected or taken back."""
_ONE_FALL = frozenset(
    {
        EventKind.SUSPECTED,
        EventKind.CONFIRMED,
        EventKind.ESCALATED,
        EventKind.UPDATED,
        EventKind.CORRECTED,
    }
)
"""While nothing else was told, what is down now is what was down at first."""


def taken_back(incident: Incident, verdict: Verdict) -> bool:
    """Whether revised readings show none of what an incident, now over, told of."""
    over = incident.state is State.RESTORED and verdict.outcome is Outcome.ORDINARY
    return over and is_unmade(incident, verdict)


def corrected_claims(
    incident: Incident, verdict: Verdict, step: float
) -> CorrectedClaims | None:
    """What people were told of an open incident and should no longer believe.

    Args:
        incident: as it was told.
        verdict: what the readings say now.
        step: how far off a level must be to be worth a correction.
    """
    kinds = {phase.kind for phase in incident.phases}
    if not (verdict.revised and kinds <= _ONE_FALL):
        return None
    lowest, onset = _depth(incident, verdict, step), _beginning(incident, verdict)
    if lowest is None and onset is None:
        return None
    first = incident.phases[0].at if incident.phases else incident.changed_at
    return CorrectedClaims(first, lowest, onset)


def _depth(incident: Incident, verdict: Verdict, step: float) -> float | None:
    """The level that was told, if no reading of that fall lies near it any more."""
    now, told = verdict.principal, incident.level_min
    if now is None or now.signal != incident.principal or told is None:
        return None
    if now.entity != incident.place or now.lowest is None:
        return None
    return told if now.lowest - told >= step else None


def _beginning(incident: Incident, verdict: Verdict) -> Interval | None:
    """The onset that was told, if it began at another time altogether.

    Where the scope grew, or a family is back, the earliest fall of all that is down
    now need not be the one that was told.
    """
    now, told = verdict.onset, incident.onset
    scopes = {phase.scope for phase in incident.phases} | {verdict.scope}
    down = {f.family for f in verdict.own if f.state is SeriesState.DROPPED}
    if now is None or len(scopes) > 1 or not set(incident.told_families) <= down:
        return None
    apart = now.until <= told.since or told.until <= now.since
    return told if apart else None
