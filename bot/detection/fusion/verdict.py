"""Makes the verdict on a place: the first rule that matches its findings decides."""

from dataclasses import replace

from bot.detection import artefacts
from bot.detection.artefacts import BLOCKING, WAITED_FOR
from bot.detection.fusion.corroboration import coincident, corroborate
from bot.detection.fusion.onset import onset_of
from bot.detection.fusion.place_findings import PlaceFindings
from bot.detection.fusion.rules import (
    RULES,
    SHALLOW_RULE,
    VerdictRule,
    first_match,
)
from bot.detection.fusion.scope import scope_of
from bot.detection.thresholds import Thresholds
from bot.model.entity import Entity
from bot.model.signal import STRONG_FAMILIES, Family
from bot.model.verdict import (
    Check,
    CheckName,
    Finding,
    Outcome,
    Scope,
    SeriesState,
    Severity,
    Verdict,
    severity_of,
)
from bot.model.watchlist import Watchlist

_ORDER = (*STRONG_FAMILIES, Family.TELEMETRY, Family.TELESCOPE)


def verdict_of(
    case: PlaceFindings,
    watch: Watchlist,
    thresholds: Thresholds,
    table: tuple[VerdictRule, ...] = RULES,
) -> Verdict:
    """Return the verdict on a place, made by the first rule that matches its findings.

    Args:
        case: the findings of the place and of its parts.
        watch: the watched parts of the place, and the kinds of its networks.
        thresholds: states how far apart the onsets of families that fall together may
            lie.
        table: the rules; the last one matches everything.
    """
    case, sympathetic = _without_sympathetic(case)
    watched = watch.parts(case.place)
    corroboration = corroborate(
        case.own,
        case.parts,
        watched,
        thresholds.coincidence,
        case.shallow,
        frozenset(watch.networks),
    )
    rule = first_match(corroboration, table)
    if _shows_shallow_drops(case, rule):
        case = replace(case, own=_with_shallow(case))
        corroboration = replace(corroboration, families=corroboration.shallow)
    fell = corroboration.families
    own_checks = artefacts.own_series_checks(case.own, fell, case.at)
    checks = (*case.checks, *own_checks, *sympathetic)
    outcome, reason = _held_back(rule, checks)
    down = rule.outcome in {Outcome.SUSPECTED, Outcome.CONFIRMED}
    dropped = tuple(
        f for f in case.parts if f.state is SeriesState.DROPPED and f.sustained
    )
    scope = scope_of(case, dropped, corroboration, watch) if down else None
    # If only parts fell, the families of the verdict are those of the parts.
    families = fell or coincident(dropped, thresholds.coincidence)
    onset = onset_of(case.own if fell else (), dropped, families, scope)
    principal = _principal(case.own, dropped if down else ())
    return Verdict(
        place=case.place,
        at=case.at,
        outcome=outcome,
        rule=reason,
        own=case.own,
        parts=case.parts,
        scope=scope,
        severity=_severity(scope, principal, dropped) if down else None,
        principal=principal,
        onset=onset if down else None,
        families=families,
        checks=checks,
    )


def _shows_shallow_drops(case: PlaceFindings, rule: VerdictRule) -> bool:
    """Whether the verdict is about shallow drops of the place, or about their end."""
    none_deeper = rule.outcome not in {Outcome.SUSPECTED, Outcome.CONFIRMED}
    return rule.id == SHALLOW_RULE or (case.follows_shallow and none_deeper)


def _with_shallow(case: PlaceFindings) -> tuple[Finding, ...]:
    """Return the place's own findings, replaced by its shallow findings.

    If a signal has no shallow finding, the other finding of the signal stays.
    """
    shallow = {f.signal: f for f in case.shallow}
    return tuple(shallow.get(f.signal, f) for f in case.own)


def _without_sympathetic(
    case: PlaceFindings,
) -> tuple[PlaceFindings, tuple[Check, ...]]:
    """Mark the findings of sympathetic networks as not sustained.

    These networks are low only because another network is down (see
    `artefacts.sympathetic_networks`).

    Returns:
        The changed findings, and the check that names these networks.
    """
    networks = artefacts.sympathetic_networks(case.parts)
    if not networks:
        return case, ()
    # The findings stay in the evidence. But a finding that is not sustained neither
    # corroborates others nor counts as a fallen part.
    parts = tuple(
        replace(f, sustained=False) if f.entity in networks else f for f in case.parts
    )
    note = f"low only because another is down: {', '.join(map(str, sorted(networks)))}"
    return replace(case, parts=parts), (
        Check(CheckName.SYMPATHETIC, passed=False, note=note),
    )


def _held_back(rule: VerdictRule, checks: tuple[Check, ...]) -> tuple[Outcome, str]:
    """Return the outcome and reason of a verdict, by the matching rule and the checks.

    They are the outcome and id of the rule. But if a check prevents the outcome
    Confirmed, the outcome is Suspected, and the reason names the check (P1).
    """
    # The first check that prevents Confirmed becomes part of the stored reason, so the
    # order of the checks must not depend on chance (P14).
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
    """Return `verdict` with more checks, which may prevent the outcome Confirmed.

    The new checks are placed after the checks of source health, as in stored events.
    Only the outcome and the rule depend on checks, so nothing else is computed again.

    Args:
        verdict: a verdict made without these checks.
        more: the results of the expensive artefact checks.
        table: the rules by which `verdict` was made.
    """
    first = sum(check.name is CheckName.SOURCE_HEALTH for check in verdict.checks)
    checks = (*verdict.checks[:first], *more, *verdict.checks[first:])
    # If a check already prevented Confirmed, the verdict names this check instead of
    # its rule. Then the rule had the outcome Confirmed, and any such rule gives the
    # same result here.
    matched = [rule for rule in table if rule.id == verdict.rule]
    confirming = [rule for rule in table if rule.outcome is Outcome.CONFIRMED]
    outcome, reason = _held_back((matched or confirming)[0], checks)
    return replace(verdict, outcome=outcome, rule=reason, checks=checks)


def _principal(
    own: tuple[Finding, ...], dropped: tuple[Finding, ...]
) -> Finding | None:
    """Return the finding whose level represents the place.

    The place's own drops come first, then the drops of its parts, then the place's own
    normal series. Within each of these groups, the order of families decides. Probing
    comes before routes, because it measures the networks of users, and routes are only
    the paths to these networks. The result is None if all groups are empty.
    """
    own_dropped = [f for f in own if f.state is SeriesState.DROPPED]
    # If levels are equal, the name of the entity decides, so that a replay quotes the
    # same part (P14).
    deepest = sorted(dropped, key=lambda f: (f.smoothed_level or 0.0, str(f.entity)))
    normal = [f for f in own if f.state is SeriesState.ORDINARY]
    for candidates in (own_dropped, deepest, normal):
        if candidates:
            return min(candidates, key=lambda f: _ORDER.index(f.family))
    return None


def _severity(
    scope: Scope | None, principal: Finding | None, dropped: tuple[Finding, ...]
) -> Severity:
    """Return the severity by the principal's level, or by the median level of parts.

    The median is used for the scopes operator and mobile. There, the level of the whole
    place hardly shows how deep the drops of single networks are.
    """
    level = principal.smoothed_level if principal else None
    if scope in {Scope.OPERATOR, Scope.MOBILE} and dropped:
        level = _median_network_level(dropped)
    return severity_of(1.0 if level is None else level)


def _median_network_level(dropped: tuple[Finding, ...]) -> float:
    """Return the median of the parts' levels; of an even number, the upper median.

    The level of a part is the lowest level of its series.
    """
    deepest: dict[Entity, float] = {}
    for f in dropped:
        # An unknown level counts as normal, so that the severity is not overstated
        # (P1).
        level = 1.0 if f.smoothed_level is None else f.smoothed_level
        deepest[f.entity] = min(deepest.get(f.entity, level), level)
    return sorted(deepest.values())[len(deepest) // 2]
