"""The next step of an incident after a verdict, or the reason for none.

One outage is one incident, however often it eases, escalates or reopens (P2). Each step,
and each decision to take none, has a reason with a stable name (P17).
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from bot.incidents import reassessment
from bot.incidents.opening import begin
from bot.incidents.recovery import (
    has_lapsed,
    has_returned,
    has_strong_return,
    is_back,
    last_return,
    later_returns,
    networks_back,
    only_parts_down,
    returned,
    strong_families_down,
)
from bot.incidents.steps import EventTiming, Hold, Step, Transition
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, Incident, State
from bot.model.verdict import (
    CheckName,
    Finding,
    Outcome,
    Scope,
    Severity,
    Verdict,
    severity_of,
)


def name(place: Entity, onset: datetime, taken: Collection[str]) -> str:
    """Return a new incident id such as `KZ-2022-0104`; a second one that day adds `-2`.

    Args:
        place: a country, a region or a network; `AS` precedes a network's number.
        onset: gives the day, in UTC.
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


_SEVERITIES = tuple(Severity)
_SCOPES = tuple(Scope)
_RISE = CheckName.SOURCE_RISE
_NEARLY_NORMAL = 0.95
_LEAST_FALL = 0.1
"""The least fall of the level that is reported after a partial return."""
# Kinds of events that report a return.
_RETURNS = frozenset({EventKind.RESTORED, EventKind.PARTLY_RESTORED})


def advance(
    incident: Incident | None,
    verdict: Verdict,
    timing: EventTiming,
    checked: Callable[[], Verdict],
) -> Transition:
    """Return the next step of the place's newest incident, or of a new one.

    Args:
        incident: the place's newest incident, open or not; None if it has none.
        verdict: the present verdict, before the expensive artefact checks.
        timing: when to report, and how often.
        checked: runs the expensive checks and returns the verdict with their results,
            which may lower its outcome and change its rule, but nothing else.
            Called at most once, and only if a step would follow.
    """
    step = _next_step(incident, verdict, timing)
    if isinstance(step, Hold):
        return Transition(verdict, step)
    # The checks are slow, because they compare the place with others and with past
    # weeks. So they run only if a step would follow.
    after = checked()
    if (after.outcome, after.rule) != (verdict.outcome, verdict.rule):
        # A check changed the verdict. Steps depend on the checks only through outcome
        # and rule, apart from the test below for a source that rises everywhere.
        step = _next_step(incident, after, timing)
    if isinstance(step, Step) and step.kind in _RETURNS and _rises_with_all(after):
        step = Hold("a-source-rises-everywhere")
    return Transition(after, step)


def _next_step(
    incident: Incident | None, verdict: Verdict, timing: EventTiming
) -> Step | Hold:
    """Return the first step that applies, or the reason why none does."""
    if incident is None or not incident.open:
        return begin(incident, verdict, timing)
    falling = _falling(verdict, timing)
    if _flaps(incident, verdict, timing):
        attempts = (*_AT_ANY_TIME, _remind)
    else:
        attempts = _AT_ANY_TIME if falling else _AT_ANY_TIME + _WHEN_SETTLED
    for attempt in attempts:
        step = attempt(incident, verdict, timing)
        if step is not None:
            return step
    return Hold("still-falling" if falling else "no-change")


def _rises_with_all(verdict: Verdict) -> bool:
    """Whether a signal that shows the return reads high in most places (P6)."""
    return any(c.name == _RISE and c.passed is False for c in verdict.checks)


def _flaps(incident: Incident, verdict: Verdict, timing: EventTiming) -> bool:
    """Whether the incident changed so often that another change is not reported."""
    changes = (EventKind.ESCALATED, EventKind.PARTLY_RESTORED, EventKind.REOPENED)
    return (
        _count_within_day(incident, verdict, changes)
        >= timing.max_state_changes_per_day
    )


def _count_within_day(
    incident: Incident, verdict: Verdict, kinds: tuple[EventKind, ...]
) -> int:
    """Return how many events of these kinds the incident had in the last 24 hours."""
    day = timedelta(hours=24)
    return sum(p.kind in kinds and verdict.at - p.at < day for p in incident.phases)


def _restore(incident: Incident, verdict: Verdict, _: EventTiming) -> Step | None:
    """Restore an incident that is over, or retract it if revised readings show no drop."""
    if not is_back(incident, verdict):
        return None
    if not has_returned(incident, verdict):
        return Step(EventKind.RETRACTED, State.RETRACTED, reassessment.REVISED)
    end = last_return(incident, verdict)
    return Step(EventKind.RESTORED, State.RESTORED, "all-families-back", end)


def _lapse(incident: Incident, verdict: Verdict, _: EventTiming) -> Step | None:
    """Retract a suspected incident whose low level has become the baseline."""
    if incident.state is State.SUSPECTED and has_lapsed(incident, verdict):
        return Step(EventKind.RETRACTED, State.RETRACTED, "level-shift")
    return None


def _confirm(incident: Incident, verdict: Verdict, _: EventTiming) -> Step | None:
    """Confirm a suspected incident."""
    if incident.state is not State.SUSPECTED:
        return None
    if verdict.outcome is Outcome.CONFIRMED:
        return Step(EventKind.CONFIRMED, State.CONFIRMED, verdict.rule)
    return None


def _correct(incident: Incident, verdict: Verdict, timing: EventTiming) -> Step | None:
    """Correct published claims that revised readings no longer support (P11)."""
    wrong = reassessment.corrected_claims(incident, verdict, timing.level_step)
    if wrong is None:
        return None
    return Step(EventKind.CORRECTED, incident.state, reassessment.REVISED, wrong=wrong)


def _relapse(incident: Incident, verdict: Verdict, timing: EventTiming) -> Step | None:
    """Escalate an incident that was partly restored and is down again.

    A slow signal may still report a fall after which other families have returned.
    """
    if incident.state is not State.PARTLY_RESTORED or later_returns(incident, verdict):
        return None
    new = [f for f in strong_families_down(verdict) if f not in incident.told_families]
    fell = _change(incident, verdict)
    if new or fell <= -timing.level_step or _has_lost_its_rise(verdict, fell):
        return Step(EventKind.ESCALATED, State.CONFIRMED, "off-again")
    return None


def _has_lost_its_rise(verdict: Verdict, fell: float) -> bool:
    """Whether the principal series lost most of what it had risen from its lowest level.

    In a shallow outage a partial return is a small one, too.
    """
    principal, level = verdict.principal, _level(verdict)
    if principal is None or principal.lowest is None or level is None:
        return False
    return fell <= -_LEAST_FALL and level - principal.lowest < -fell / 2


def _escalate(incident: Incident, verdict: Verdict, _: EventTiming) -> Step | None:
    """Escalate an incident whose scope grew, or a confirmed one that got deeper."""
    suspected = incident.state is State.SUSPECTED
    # One family alone must not make a confirmed incident worse (P7).
    needed = Outcome.SUSPECTED if suspected else Outcome.CONFIRMED
    if verdict.outcome is not needed:
        return None
    if _is_wider(incident, verdict):
        state = State.SUSPECTED if suspected else State.CONFIRMED
        return Step(EventKind.ESCALATED, state, "scope-grew")
    if suspected and _is_deeper(incident, verdict):
        return Step(EventKind.UPDATED, State.SUSPECTED, "severity-grew")
    if incident.state is State.CONFIRMED and _is_deeper(incident, verdict):
        return Step(EventKind.ESCALATED, State.CONFIRMED, "severity-grew")
    return None


def _is_wider(incident: Incident, verdict: Verdict) -> bool:
    """Whether more is down than was published, and nothing is back.

    Traffic has no parts, so it shows only together with other families how much is down.
    """
    if verdict.scope is None or _is_nearly_over(verdict):
        return False
    if has_strong_return(incident, verdict):
        return False
    return _SCOPES.index(verdict.scope) > _SCOPES.index(incident.scope)


def _is_deeper(incident: Incident, verdict: Verdict) -> bool:
    """Whether the level is worse than any that was published, and nothing is back.

    A slow signal may still report an hour in which everything was down. That is no news
    once other families have read normal at a later time.
    """
    level = _level(verdict)
    if verdict.severity is None or level is None or later_returns(incident, verdict):
        return False
    # The level must be below the limit of a severity by more than 0.01. Otherwise a
    # level that wavers around the limit would make an event in every bin.
    severity = min(verdict.severity, severity_of(level + 0.01), key=_SEVERITIES.index)
    published = [phase.severity for phase in incident.phases]
    worst = max(map(_SEVERITIES.index, published or [incident.severity]))
    return _SEVERITIES.index(severity) > worst


def _ease(incident: Incident, verdict: Verdict, timing: EventTiming) -> Step | None:
    """Report a partial return: of a family, of the place itself, or of the level."""
    # `_confirm` works only in the state SUSPECTED, so a suspected incident stays in it.
    if incident.state is State.SUSPECTED or _too_soon(incident, verdict, timing):
        return None
    if _is_nearly_over(verdict):
        return None
    if returned(incident, verdict, timing.ease_after):
        reason = "a-family-is-back"
    elif incident.scope is Scope.NATIONAL and only_parts_down(incident, verdict):
        reason = "only-parts-still-down"
    elif _has_risen(incident, verdict, timing):
        reason = "level-rose"
    else:
        return None
    return Step(EventKind.PARTLY_RESTORED, State.PARTLY_RESTORED, reason)


def _is_nearly_over(verdict: Verdict) -> bool:
    """Whether the principal series reads so high that the return is soon a full one."""
    level = verdict.principal.level if verdict.principal else None
    return level is not None and level >= _NEARLY_NORMAL


def _ease_suspicion(
    incident: Incident, verdict: Verdict, timing: EventTiming
) -> Step | None:
    """Report that the level of a suspected incident has risen."""
    if incident.state is not State.SUSPECTED or _too_soon(incident, verdict, timing):
        return None
    if not _has_risen(incident, verdict, timing):
        return None
    return Step(EventKind.UPDATED, State.SUSPECTED, "level-rose")


def _has_risen(incident: Incident, verdict: Verdict, timing: EventTiming) -> bool:
    """Whether the principal series has recovered well above its last published level."""
    recovering = verdict.principal is not None and verdict.principal.recovering
    return recovering and _change(incident, verdict) >= timing.level_step


def _name_networks(
    incident: Incident, verdict: Verdict, timing: EventTiming
) -> Step | None:
    """Report networks that are back or, if none is, parts that newly went down."""
    if incident.state is State.SUSPECTED or _too_soon(incident, verdict, timing):
        return None
    if (
        _count_within_day(incident, verdict, (EventKind.UPDATED,))
        >= timing.max_state_changes_per_day
    ):
        return None
    back = networks_back(incident, verdict, timing.ease_after)
    if back and not (
        incident.scope is Scope.NATIONAL and strong_families_down(verdict)
    ):
        state = incident.state
        return Step(EventKind.UPDATED, state, "a-network-is-back", back=back)
    # A national incident includes all networks, so a further network is no news.
    new = {f.entity for f in verdict.fallen_parts} - set(incident.networks)
    if new and incident.scope is not Scope.NATIONAL:
        return Step(EventKind.UPDATED, incident.state, "new-networks")
    return None


def _remind(incident: Incident, verdict: Verdict, timing: EventTiming) -> Step | None:
    """Report that an incident lasts, after `EventTiming.update_every` without an event."""
    waited = verdict.at - incident.changed_at >= timing.update_every
    if incident.state is State.SUSPECTED or not waited:
        return None
    # While the level rises or falls, the next few bins show what there is to report.
    if _change(incident, verdict) >= timing.level_step or _fell_by(
        _LEAST_FALL, verdict
    ):
        return None
    if verdict.outcome in {Outcome.CONFIRMED, Outcome.SUSPECTED}:
        return Step(EventKind.UPDATED, incident.state, "hours-passed")
    return None


def _falling(verdict: Verdict, timing: EventTiming) -> bool:
    """Whether the newest level is lower than the one before by `EventTiming.level_step`."""
    return _fell_by(timing.level_step, verdict)


def _fell_by(least: float, verdict: Verdict) -> bool:
    """Whether the newest level is lower than the one before by `least`."""
    principal = verdict.principal
    if principal is None or principal.level is None or principal.smoothed_level is None:
        return False
    return principal.smoothed_level - principal.level >= least


def _too_soon(incident: Incident, verdict: Verdict, timing: EventTiming) -> bool:
    return verdict.at - incident.changed_at < timing.least_between


def _level(verdict: Verdict) -> float | None:
    return verdict.principal.smoothed_level if verdict.principal else None


def _change(incident: Incident, verdict: Verdict) -> float:
    """Return how far the principal series rose since the last event.

    0.0 if its level is unknown now, or was unknown then: levels of two series cannot be
    compared.
    """
    now, principal = _level(verdict), verdict.principal
    if now is None or principal is None:
        return 0.0
    then = _published_level(incident, principal)
    return 0.0 if then is None else now - then


def _published_level(incident: Incident, finding: Finding) -> float | None:
    """Return the level of a finding's series at the last event."""
    # Incidents that an earlier version stored have no timeline.
    if not incident.timeline:
        return incident.told_level
    key = finding.entity, finding.signal
    levels = (s.level for s in incident.timeline if (s.entity, s.signal) == key)
    return next(levels, None)


_Attempt = Callable[[Incident, Verdict, EventTiming], Step | None]
# `_restore` comes first, so that an outage that is over is not confirmed or corrected.
_AT_ANY_TIME: tuple[_Attempt, ...] = (_restore, _lapse, _confirm, _correct)
_WHEN_SETTLED: tuple[_Attempt, ...] = (
    _relapse,
    _escalate,
    _ease_suspicion,
    _ease,
    _name_networks,
    _remind,
)
"""Tried in this order, after `_AT_ANY_TIME`; the first step that applies is taken."""
