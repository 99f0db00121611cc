"""Makes the verdict on a place: the first rule that matches its findings decides."""

from dataclasses import replace

from bot.detection import artefacts
from bot.detection.artefacts import BLOCKING, WAITED_FOR
from bot.detection.fusion.corroboration import corroborate, families_fallen_together
from bot.detection.fusion.onset import onset_of
from bot.detection.fusion.place_findings import PlaceFindings
from bot.detection.fusion.rules import (
    RULES,
    SHALLOW_RULE,
    VerdictRule,
    first_matching_rule,
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
    place_findings: PlaceFindings,
    watchlist: Watchlist,
    thresholds: Thresholds,
    table: tuple[VerdictRule, ...] = RULES,
) -> Verdict:
    """Return the verdict on a place, made by the first rule that matches its findings.

    Args:
        place_findings: the findings of the place and of its parts.
        watchlist: the watched parts of the place, and the kinds of its networks.
        thresholds: the thresholds of detection; only `coincidence` is used.
        table: the rules; the last one matches everything.
    """
    place_findings, sympathetic = _without_sympathetic_networks(place_findings)
    watched = watchlist.parts_of(place_findings.place)
    corroboration = corroborate(
        place_findings.own,
        place_findings.parts,
        watched,
        thresholds.coincidence,
        place_findings.shallow,
        frozenset(watchlist.networks),
    )
    rule = first_matching_rule(corroboration, table)
    if _shows_shallow_drops(place_findings, rule):
        place_findings = replace(
            place_findings, own=_with_shallow_findings(place_findings)
        )
        corroboration = replace(corroboration, families=corroboration.shallow)
    fell = corroboration.families
    own_checks = artefacts.own_series_checks(
        place_findings.own, fell, place_findings.at
    )
    checks = (*place_findings.checks, *own_checks, *sympathetic)
    outcome, reason = _outcome_after_checks(rule, checks)
    down = rule.outcome in {Outcome.SUSPECTED, Outcome.CONFIRMED}
    dropped = tuple(
        f
        for f in place_findings.parts
        if f.state is SeriesState.DROPPED and f.sustained
    )
    scope = (
        scope_of(place_findings, dropped, corroboration, watchlist) if down else None
    )
    # If no family of the place itself fell, the verdict names the families of the
    # parts.
    families = fell or families_fallen_together(dropped, thresholds.coincidence)
    onset = onset_of(place_findings.own if fell else (), dropped, families, scope)
    principal = _principal(place_findings.own, dropped if down else ())
    return Verdict(
        place=place_findings.place,
        at=place_findings.at,
        outcome=outcome,
        rule=reason,
        own=place_findings.own,
        parts=place_findings.parts,
        scope=scope,
        severity=_severity(scope, principal, dropped) if down else None,
        principal=principal,
        onset=onset if down else None,
        families=families,
        checks=checks,
    )


def _shows_shallow_drops(place_findings: PlaceFindings, rule: VerdictRule) -> bool:
    """Whether the verdict is about shallow drops of the place, or about their end.

    Return True if the rule for shallow drops matched. Return True also if shallow drops
    opened an open incident, and the verdict is neither suspected nor confirmed.
    """
    none_deeper = rule.outcome not in {Outcome.SUSPECTED, Outcome.CONFIRMED}
    return rule.id == SHALLOW_RULE or (place_findings.follows_shallow and none_deeper)


def _with_shallow_findings(place_findings: PlaceFindings) -> tuple[Finding, ...]:
    """Return, for each own finding of the place, the shallow finding of its signal.

    If the signal has no shallow finding, the own finding itself is returned.
    """
    shallow = {f.signal: f for f in place_findings.shallow}
    return tuple(shallow.get(f.signal, f) for f in place_findings.own)


def _without_sympathetic_networks(
    place_findings: PlaceFindings,
) -> tuple[PlaceFindings, tuple[Check, ...]]:
    """Mark the findings of networks that are low only because another network is down.

    Such networks are called sympathetic (see `artefacts.sympathetic_networks`). Their
    findings become not sustained.

    Returns:
        The changed findings, and a check that names these networks; () if there are
        none.
    """
    networks = artefacts.sympathetic_networks(place_findings.parts)
    if not networks:
        return place_findings, ()
    # The findings are kept for the evidence. Because they are not sustained, they
    # corroborate nothing and do not count as fallen parts.
    parts = tuple(
        replace(f, sustained=False) if f.entity in networks else f
        for f in place_findings.parts
    )
    note = f"low only because another is down: {', '.join(map(str, sorted(networks)))}"
    return replace(place_findings, parts=parts), (
        Check(CheckName.SYMPATHETIC, passed=False, note=note),
    )


def _outcome_after_checks(
    rule: VerdictRule, checks: tuple[Check, ...]
) -> tuple[Outcome, str]:
    """Return the outcome and the reason of a verdict, by its rule and its checks.

    Normally these are the outcome and the id of the rule. If a check prevents the
    outcome Confirmed, the outcome is Suspected, and the reason names this check (P1).
    """
    # The first check in `failed` becomes part of the stored reason. So the order of the
    # checks must always be the same (P14).
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
    more_checks: tuple[Check, ...],
    table: tuple[VerdictRule, ...] = RULES,
) -> Verdict:
    """Return `verdict` with more checks; they may prevent the outcome Confirmed.

    In the result, the new checks follow the checks of source health, as in stored
    events. Only the outcome and the rule depend on checks, so nothing else changes.

    Args:
        verdict: a verdict made without these checks.
        more_checks: the results of the expensive artefact checks.
        table: the rules by which `verdict` was made.
    """
    first = sum(check.name is CheckName.SOURCE_HEALTH for check in verdict.checks)
    checks = (*verdict.checks[:first], *more_checks, *verdict.checks[first:])
    # If a check prevented Confirmed earlier, `verdict.rule` names this check and no
    # rule. Then the matching rule had the outcome Confirmed, and any such rule can
    # stand in for it.
    matched = [rule for rule in table if rule.id == verdict.rule]
    confirming = [rule for rule in table if rule.outcome is Outcome.CONFIRMED]
    outcome, reason = _outcome_after_checks((matched or confirming)[0], checks)
    return replace(verdict, outcome=outcome, rule=reason, checks=checks)


def _principal(
    own: tuple[Finding, ...], dropped: tuple[Finding, ...]
) -> Finding | None:
    """Return the finding whose level represents the place.

    The place's own drops come first, then the drops of its parts, then the place's own
    normal series. Within a group, the order of families decides. Probing comes before
    routes: it measures the networks of users, and routes are only the paths to them.
    The result is None if all groups are empty.
    """
    own_dropped = [f for f in own if f.state is SeriesState.DROPPED]
    # Findings with the same level are sorted by the name of the entity, so that a replay
    # chooses the same part (P14).
    deepest = sorted(dropped, key=lambda f: (f.smoothed_level or 0.0, str(f.entity)))
    normal = [f for f in own if f.state is SeriesState.ORDINARY]
    for candidates in (own_dropped, deepest, normal):
        if candidates:
            return min(candidates, key=lambda f: _ORDER.index(f.family))
    return None


def _severity(
    scope: Scope | None, principal: Finding | None, dropped: tuple[Finding, ...]
) -> Severity:
    """Return the severity of the principal's level, or of the median level of parts.

    The median is used if single networks are down (scope operator or mobile): then the
    level of the whole place hardly shows how deep their drops are.
    """
    level = principal.smoothed_level if principal else None
    if scope in {Scope.OPERATOR, Scope.MOBILE} and dropped:
        level = _median_part_level(dropped)
    return severity_of(1.0 if level is None else level)


def _median_part_level(dropped: tuple[Finding, ...]) -> float:
    """Return the median of the parts' levels; of an even number, the upper middle one.

    A part with several series has the level of its lowest series.
    """
    deepest: dict[Entity, float] = {}
    for f in dropped:
        # An unknown level counts as normal, so that the severity is not overstated
        # (P1).
        level = 1.0 if f.smoothed_level is None else f.smoothed_level
        deepest[f.entity] = min(deepest.get(f.entity, level), level)
    return sorted(deepest.values())[len(deepest) // 2]
