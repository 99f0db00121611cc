"""The conditions on which an open incident takes a step.

Each condition is a pure function of a `Situation`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from operator import attrgetter

from bot.incidents import reassessment
from bot.incidents.published_levels import (
    is_down_anew,
    is_reported,
    level_change_of,
    published_series,
)
from bot.incidents.recovery import (
    families_back_by_newer_readings,
    has_returned,
    has_strong_return,
    is_back,
    is_low_level_the_baseline,
    networks_back,
    only_parts_down,
    reads_low,
    returned_service_families,
    strong_families_down,
)
from bot.incidents.steps import NEARLY_NORMAL, EventTiming
from bot.model.entity import Entity
from bot.model.event import CorrectedClaims
from bot.model.incident import EventKind, Incident
from bot.model.signal import FLAT_FAMILIES, STRONG_FAMILIES
from bot.model.verdict import (
    NARROW_SCOPES,
    Finding,
    Outcome,
    Scope,
    Verdict,
    severity_of,
)

_LEAST_FALL = 0.1
"""The least fall of a level (1.0 is normal) that undoes a partial return.

The same fall in one bin also delays the update that says that the incident lasts.
"""
_LEAST_STEP = 0.05
"""How far a series of the place must fall before a national scope counts as wider.

The fall is measured since the last event, as a fraction of the baseline.
"""
_CHANGES = (EventKind.ESCALATED, EventKind.PARTLY_RESTORED, EventKind.REOPENED)


@dataclass(frozen=True, slots=True)
class Situation:
    """An open incident, the present verdict on its place, and the timing of events."""

    incident: Incident
    verdict: Verdict
    timing: EventTiming


def is_over(s: Situation) -> bool:
    """Whether the incident is over, and readings show the return of a fallen series."""
    return is_back(s.incident, s.verdict) and has_returned(s.incident, s.verdict)


def drop_is_gone(s: Situation) -> bool:
    """Whether the readings are normal only because a revision removed the drop."""
    return is_back(s.incident, s.verdict) and not has_returned(s.incident, s.verdict)


def is_new_level(s: Situation) -> bool:
    """Whether the low level has lasted so long that it is the baseline now."""
    return is_low_level_the_baseline(s.incident, s.verdict)


def is_confirmed(s: Situation) -> bool:
    """Whether the verdict confirms the drop."""
    return s.verdict.outcome is Outcome.CONFIRMED


def is_wrong(s: Situation) -> bool:
    """Whether revised readings no longer support something that was published (P11)."""
    return wrong_claims(s) is not None


def wrong_claims(s: Situation) -> CorrectedClaims | None:
    """Return the published claims that revised readings show to be wrong, or None."""
    return reassessment.corrected_claims(s.incident, s.verdict, s.timing.level_step)


def falls_again(s: Situation) -> bool:
    """Whether a place that was partly back is down again.

    The result is false if newer readings show that a strong family is back: a signal
    with a long lag may report a drop only after other families have shown its end.
    """
    if families_back_by_newer_readings(s.incident, s.verdict):
        return False
    published = s.incident.told_families
    changes = [level_change_of(s.incident, f) for f in _low_strong_findings(s)]
    fell = min(_level_change(s), *changes, 0.0)
    anew = {f.family for f in s.verdict.own if is_down_anew(s.incident, f)}
    if any(f in anew and f not in published for f in strong_families_down(s.verdict)):
        return True
    if _has_lost_its_rise(s.verdict, _level_change(s)) or _has_lost_most_of_rise(s):
        return True
    return fell <= -s.timing.level_step


def is_wider(s: Situation) -> bool:
    """Whether a confirmed verdict shows a wider scope than was published.

    At least two families must read low now (P7).
    """
    by_two = is_confirmed(s) and _is_shown_by_two_families(s.verdict)
    return by_two and _shows_wider_scope(s)


def suspects_wider_scope(s: Situation) -> bool:
    """Whether a verdict of suspected shows a wider scope than was published."""
    return s.verdict.outcome is Outcome.SUSPECTED and _shows_wider_scope(s)


def is_deeper(s: Situation) -> bool:
    """Whether a confirmed verdict shows a worse severity than was ever published.

    At least two families must read low now (P7).
    """
    by_two = is_confirmed(s) and _is_shown_by_two_families(s.verdict)
    return by_two and _shows_worse_severity(s)


def is_deeper_than_its_first_bin(s: Situation) -> bool:
    """Whether `is_deeper` is true, but the published level is of the drop's first bin.

    The first bin of a drop averages the time before and after the fall. If the
    published level is that of this bin, a lower level does not show that the disruption
    deepened.
    """
    principal = s.verdict.principal
    onset = principal.onset if principal else None
    if principal is None or onset is None or not is_deeper(s):
        return False
    published = published_series(s.incident, principal)
    return published is not None and published.as_of <= onset.until


def suspects_worse_severity(s: Situation) -> bool:
    """Whether a verdict of suspected shows a worse severity than any published yet."""
    return s.verdict.outcome is Outcome.SUSPECTED and _shows_worse_severity(s)


def has_risen(s: Situation) -> bool:
    """Whether the principal series recovers, and is far above its published level."""
    principal = s.verdict.principal
    recovering = principal is not None and principal.recovering
    return recovering and _level_change(s) >= s.timing.level_step


def is_partly_back(s: Situation) -> bool:
    """Whether the level has risen far, but the incident is not nearly over."""
    return has_risen(s) and not _is_nearly_over(s.verdict)


def has_a_family_back(s: Situation) -> bool:
    """Whether probing or traffic is back, while another strong family is still down."""
    back = returned_service_families(s.incident, s.verdict, s.timing.ease_after)
    return bool(back) and not _is_nearly_over(s.verdict)


def has_only_parts_down(s: Situation) -> bool:
    """Whether the place of a national incident is back, but parts are still down."""
    national = s.incident.scope is Scope.NATIONAL
    parts = national and only_parts_down(s.incident, s.verdict)
    return parts and not _is_nearly_over(s.verdict)


def has_networks_back(s: Situation) -> bool:
    """Whether networks are back while other parts still read low.

    The result is false if enough updates have named networks already. It is also false in a
    national incident while a strong family of the place is down.
    """
    national = s.incident.scope is Scope.NATIONAL
    if _has_named_enough(s) or (national and strong_families_down(s.verdict)):
        return False
    # If no part reads low, the incident is over, and the next event reports its end.
    low = any(map(reads_low, s.verdict.fallen_parts))
    return low and bool(returned_networks(s))


def returned_networks(s: Situation) -> tuple[Entity, ...]:
    """Return the networks that were reported as down and are back."""
    return networks_back(s.incident, s.verdict, s.timing.ease_after)


def has_new_parts_down(s: Situation) -> bool:
    """Whether a part that no event has named yet is low.

    False in a national incident, or if enough updates have named networks already.
    """
    low = {f.entity for f in s.verdict.fallen_parts if reads_low(f)}
    new = low - set(s.incident.networks)
    national = s.incident.scope is Scope.NATIONAL
    return bool(new) and not national and not _has_named_enough(s)


def is_update_due(s: Situation) -> bool:
    """Whether `update_every` has passed since the last event, in a drop of steady level."""
    if s.verdict.at - s.incident.changed_at < s.timing.update_every:
        return False
    if _is_nearly_over(s.verdict):
        return False
    # While the level rises or falls, the update waits, because the next bins may bring
    # another event.
    if _level_change(s) >= s.timing.level_step or _principal_fell_by(
        _LEAST_FALL, s.verdict
    ):
        return False
    return s.verdict.outcome in {Outcome.CONFIRMED, Outcome.SUSPECTED}


def is_too_soon(s: Situation) -> bool:
    """Whether less than `EventTiming.least_between` has passed since the last event."""
    return s.verdict.at - s.incident.changed_at < s.timing.least_between


def is_still_falling(s: Situation) -> bool:
    """Whether the level fell by `EventTiming.level_step` from one bin to the next."""
    return _principal_fell_by(s.timing.level_step, s.verdict)


def changes_too_often(s: Situation) -> bool:
    """Whether the incident changed too often in 24 hours to report another change."""
    return _count_within_day(s, _CHANGES) >= s.timing.max_state_changes_per_day


def _has_named_enough(s: Situation) -> bool:
    """Whether the last 24 hours had so many updates that no more networks are named."""
    count = _count_within_day(s, (EventKind.UPDATED,))
    return count >= s.timing.max_state_changes_per_day


def _count_within_day(s: Situation, kinds: Iterable[EventKind]) -> int:
    """Return how many events of these kinds the incident had in the last 24 hours."""
    day = timedelta(hours=24)
    phases = s.incident.phases
    return sum(p.kind in kinds and s.verdict.at - p.at < day for p in phases)


def _has_lost_its_rise(verdict: Verdict, level_change: float) -> bool:
    """Whether the principal series has lost most of its rise from the lowest level.

    A fall by `EventTiming.level_step` is tested elsewhere. In a shallow outage, the
    whole rise may be smaller than that, so this test is needed too.

    Args:
        verdict: the present verdict.
        level_change: the change of the level since the last event; negative for a fall.
    """
    principal, level = verdict.principal, _principal_level(verdict)
    if principal is None or principal.lowest is None or level is None:
        return False
    return level_change <= -_LEAST_FALL and level - principal.lowest < -level_change / 2


def _has_lost_most_of_rise(s: Situation) -> bool:
    """Whether the principal is at its lowest, and a series lost more than half of its rise.

    The rise is the level of the series at the last event minus its lowest level. The series
    must belong to the place itself and to a strong family, read low, and have a known level
    at the last event; it must now be at least `_LEAST_FALL` below that level.
    """
    principal = s.verdict.principal
    if principal is None or not _is_at_its_lowest(principal):
        return False
    return any(
        f.lowest is not None
        and f.smoothed_level is not None
        and (fell := level_change_of(s.incident, f)) <= -_LEAST_FALL
        and f.smoothed_level - f.lowest < -fell
        for f in _low_strong_findings(s)
    )


def _is_at_its_lowest(f: Finding) -> bool:
    if f.family not in FLAT_FAMILIES or f.lowest is None or f.smoothed_level is None:
        return False
    return f.smoothed_level < f.lowest + _LEAST_FALL


def _is_shown_by_two_families(verdict: Verdict) -> bool:
    """Whether at least two families read low now.

    Two families in a drop are not enough: a drop lasts until the end of the hold time,
    so its series may already read normal.
    """
    return len({f.family for f in verdict.findings if reads_low(f)}) > 1


def _shows_wider_scope(s: Situation) -> bool:
    """Whether the scope is wider than published, and no strong family is back.

    Once a strong family is back, perhaps only traffic is still down. Traffic alone does not
    show how much of the place is down, because it has no series of parts.
    """
    scope = s.verdict.scope
    if scope is None or _is_nearly_over(s.verdict):
        return False
    if has_strong_return(s.incident, s.verdict):
        return False
    fallen = {f.entity for f in s.verdict.fallen_parts}
    # If no new part is down, a change between the scopes operator and mobile is no
    # widening: it happens when only mobile networks stay down.
    if scope in NARROW_SCOPES and fallen <= set(s.incident.told_parts):
        return False
    if scope is Scope.NATIONAL and not _place_fell_further(s):
        return False
    return scope.rank > s.incident.scope.rank


def _place_fell_further(s: Situation) -> bool:
    """Whether a series of the place itself has fallen since the last event.

    The result is also true if no series of the place reads low, or if a level to
    compare is unknown. If the place is still in its drop but rises, because parts have
    returned, the result is false: the disruption has not become wider.
    """
    for f in s.verdict.own:
        series, level = published_series(s.incident, f), f.smoothed_level
        before = series.level if series else None
        if reads_low(f) and (
            before is None or level is None or level <= before - _LEAST_STEP
        ):
            return True
    return not any(map(reads_low, s.verdict.own))


def _shows_worse_severity(s: Situation) -> bool:
    """Whether the severity is now worse than any severity published so far.

    The result is false if no level of the principal series was published. It is also false
    if newer readings show that a strong family is back: a signal with a long lag still
    reports the time before this return.
    """
    level, severity = _principal_level(s.verdict), s.verdict.severity
    if (
        severity is None
        or level is None
        or families_back_by_newer_readings(s.incident, s.verdict)
    ):
        return False
    if not is_reported(s.incident, s.verdict.principal):
        return False
    # A level that wavers around the limit of a severity must not make an event in every
    # bin. So the level must be below the limit by more than 0.01.
    milder = min(severity, severity_of(level + 0.01), key=attrgetter("rank"))
    published = [p.severity for p in s.incident.phases] or [s.incident.severity]
    return milder.rank > max(severity.rank for severity in published)


def _is_nearly_over(verdict: Verdict) -> bool:
    """Whether the principal series reads nearly normal and no fallen part reads low."""
    level = verdict.principal.level if verdict.principal else None
    high = level is not None and level >= NEARLY_NORMAL
    return high and not any(map(reads_low, verdict.fallen_parts))


def _principal_fell_by(least_fall: float, verdict: Verdict) -> bool:
    """Whether the principal's level fell by at least `least_fall` in its newest bin."""
    # `smoothed_level` is the higher of the last two levels.
    principal = verdict.principal
    if principal is None or principal.level is None or principal.smoothed_level is None:
        return False
    return principal.smoothed_level - principal.level >= least_fall


def _principal_level(verdict: Verdict) -> float | None:
    return verdict.principal.smoothed_level if verdict.principal else None


def _level_change(s: Situation) -> float:
    """Return how far the principal's level rose since the last event.

    The result is negative for a fall. It is 0.0 if the level of the principal series is
    unknown, now or at the last event. The level of another series is never used
    instead.
    """
    principal = s.verdict.principal
    return level_change_of(s.incident, principal) if principal else 0.0


def _low_strong_findings(s: Situation) -> list[Finding]:
    """Return the findings of the place in strong families that read low."""
    return [f for f in s.verdict.own if f.family in STRONG_FAMILIES and reads_low(f)]
