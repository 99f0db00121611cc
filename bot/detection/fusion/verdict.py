"""From the findings of a place and its parts to one verdict."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.detection import artefacts
from bot.detection.artefacts import BLOCKING, WAITED_FOR
from bot.detection.fusion.corroboration import (
    STRONG,
    Corroboration,
    coincident,
    corroborate,
    state_of,
)
from bot.detection.fusion.rules import RULES, VerdictRule, first_match
from bot.detection.thresholds import Thresholds
from bot.model.entity import Entity, EntityKind, NetworkKind
from bot.model.interval import Interval
from bot.model.signal import Family
from bot.model.verdict import (
    Check,
    CheckName,
    Finding,
    Outcome,
    Scope,
    SeriesState,
    Severity,
    Verdict,
)
from bot.model.watchlist import Watchlist

_ORDER = (*STRONG, Family.TELEMETRY, Family.TELESCOPE)
# Above this share of ordinary a fall is called ..., milder first.
_SEVERITIES = (
    (0.75, Severity.MINOR),
    (0.50, Severity.MODERATE),
    (0.20, Severity.MAJOR),
    (0.00, Severity.NEAR_TOTAL),
)
# Below this national level nobody speaks of mobile networks only.
_BEYOND_MOBILE = 0.4


@dataclass(frozen=True, slots=True)
class PlaceFindings:
    """Everything known of one place at one instant."""

    place: Entity
    at: datetime
    own: tuple[Finding, ...]
    parts: tuple[Finding, ...]
    checks: tuple[Check, ...]


def verdict_of(
    case: PlaceFindings,
    watch: Watchlist,
    thresholds: Thresholds,
    table: tuple[VerdictRule, ...] = RULES,
) -> Verdict:
    """What the findings of a place say together, by the first rule that matches."""
    case, echoed = _without_echoes(case)
    watched = watch.parts(case.place)
    ballot = corroborate(case.own, case.parts, watched, thresholds.coincidence)
    rule = first_match(ballot, table)
    checks = (*case.checks, *artefacts.ask(case.own, ballot.families, case.at), *echoed)
    outcome, why = _held_back(rule, checks)
    fallen = rule.outcome in {Outcome.SUSPECTED, Outcome.CONFIRMED}
    dropped = tuple(
        f for f in case.parts if f.state is SeriesState.DROPPED and f.sustained
    )
    scope = _scope(case, dropped, ballot, watch) if fallen else None
    principal = _principal(case.own, dropped if fallen else ())
    return Verdict(
        place=case.place,
        at=case.at,
        outcome=outcome,
        rule=why,
        own=case.own,
        parts=case.parts,
        scope=scope,
        severity=_severity(scope, principal, dropped) if fallen else None,
        principal=principal,
        onset=_onset(case.own, dropped, ballot, thresholds) if fallen else None,
        families=ballot.families or coincident(dropped, thresholds.coincidence),
        checks=checks,
    )


def _without_echoes(case: PlaceFindings) -> tuple[PlaceFindings, tuple[Check, ...]]:
    """Networks that only echo another's fall may not speak, nor be named as fallen."""
    echoes = artefacts.sympathetic(case.parts)
    if not echoes:
        return case, ()
    parts = tuple(
        replace(f, sustained=False) if f.entity in echoes else f for f in case.parts
    )
    note = f"read as echoes: {', '.join(map(str, sorted(echoes)))}"
    return replace(case, parts=parts), (
        Check(CheckName.SYMPATHETIC, passed=False, note=note),
    )


def _held_back(rule: VerdictRule, checks: tuple[Check, ...]) -> tuple[Outcome, str]:
    """The rule's outcome, unless a failed check keeps it from Confirmed (P1)."""
    failed = [
        c.name
        for c in checks
        if (c.passed is False and c.name in BLOCKING)
        or (c.passed is None and c.name in WAITED_FOR)
    ]
    if rule.outcome is Outcome.CONFIRMED and failed:
        return Outcome.SUSPECTED, f"held-back-by-{failed[0]}"
    return rule.outcome, rule.id


def with_checks(
    verdict: Verdict,
    more: tuple[Check, ...],
    table: tuple[VerdictRule, ...] = RULES,
) -> Verdict:
    """Return `verdict` with more checks, which may keep it from Confirmed.

    They are placed behind those of source health, as stored events have them. Nothing
    but outcome and rule depends on checks, so nothing else is computed again.

    Args:
        verdict: one made without these checks.
        more: the results of the expensive artefact checks.
        table: the rules that `verdict` was made with.
    """
    first = sum(check.name is CheckName.SOURCE_HEALTH for check in verdict.checks)
    checks = (*verdict.checks[:first], *more, *verdict.checks[first:])
    # A verdict that was held back already names a check instead of its rule. Only
    # Confirmed is held back, so any rule that confirms stands for the one it had.
    matched = [rule for rule in table if rule.id == verdict.rule]
    confirming = [rule for rule in table if rule.outcome is Outcome.CONFIRMED]
    outcome, reason = _held_back((matched or confirming)[0], checks)
    return replace(verdict, outcome=outcome, rule=reason, checks=checks)


def _principal(
    own: tuple[Finding, ...], dropped: tuple[Finding, ...]
) -> Finding | None:
    """The finding whose level speaks for the place.

    The place's own series before its parts', dropped before ordinary, then in the
    order of families: probing sees users' networks, routes only see paths to them.
    """
    mine = [f for f in own if f.state is SeriesState.DROPPED]
    theirs = sorted(dropped, key=lambda f: (f.smoothed_level or 0.0, str(f.entity)))
    rest = [f for f in own if f.state is SeriesState.ORDINARY]
    for choice in (mine, theirs, rest):
        if choice:
            return min(choice, key=lambda f: _ORDER.index(f.family))
    return None


def _scope(
    case: PlaceFindings,
    dropped: tuple[Finding, ...],
    ballot: Corroboration,
    watch: Watchlist,
) -> Scope:
    """How much of the place is cut off, as far as its parts tell."""
    networks = {f.entity for f in dropped if f.entity.kind is EntityKind.ASN}
    regions = {f.entity for f in dropped if f.entity.kind is EntityKind.REGION}
    kinds = {watch.kind(e) for e in networks}
    if kinds == {NetworkKind.MOBILE} and _others_stand(case, watch):
        return Scope.MOBILE if len(networks) > 1 else Scope.OPERATOR
    if ballot.families or case.place.kind is not EntityKind.COUNTRY:
        return Scope.NATIONAL
    if regions:
        half = 2 * len(regions) >= ballot.watched_regions
        # Where all that fell lies in one state, the nation has not fallen, however
        # few regions of other states are watched.
        spread = len({state_of(r) for r in regions}) > 1
        return Scope.NATIONAL if half and spread else Scope.REGIONAL
    return Scope.OPERATOR


def _others_stand(case: PlaceFindings, watch: Watchlist) -> bool:
    """Whether a network that is not mobile reads ordinary, and the place lives."""
    lines = [f for f in case.parts if watch.kind(f.entity) is NetworkKind.FIXED]
    fixed = any(f.state is SeriesState.ORDINARY for f in lines)
    levels = [f.smoothed_level for f in case.own if f.family is Family.ACTIVE_PROBING]
    return fixed and all(v is None or v >= _BEYOND_MOBILE for v in levels)


def _severity(
    scope: Scope | None, principal: Finding | None, dropped: tuple[Finding, ...]
) -> Severity:
    level = principal.smoothed_level if principal else None
    if scope in {Scope.OPERATOR, Scope.MOBILE} and dropped:
        deepest: dict[Entity, float] = {}
        for f in dropped:
            told = deepest.get(f.entity, 9.0)
            deepest[f.entity] = min(
                told, 1.0 if f.smoothed_level is None else f.smoothed_level
            )
        level = sorted(deepest.values())[len(deepest) // 2]
    return severity_of(1.0 if level is None else level)


def severity_of(level: float) -> Severity:
    """The word for a level (fraction of ordinary)."""
    return next(
        (word for least, word in _SEVERITIES if level >= least), Severity.NEAR_TOTAL
    )


def _onset(
    own: tuple[Finding, ...],
    dropped: tuple[Finding, ...],
    ballot: Corroboration,
    thresholds: Thresholds,
) -> Interval | None:
    """When the earliest of the families that fell together fell."""
    pool = own if ballot.families else dropped
    families = ballot.families or coincident(dropped, thresholds.coincidence)
    onsets = [f.onset for f in pool if f.onset is not None and f.family in families]
    return min(onsets, key=lambda o: (o.until, -o.since.timestamp()), default=None)
