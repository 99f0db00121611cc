"""Makes the verdict on a place: the first rule that matches its findings decides."""

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
from bot.detection.fusion.rules import (
    RULES,
    SHALLOW_RULE,
    VerdictRule,
    first_match,
)
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
    severity_of,
)
from bot.model.watchlist import Watchlist

_ORDER = (*STRONG, Family.TELEMETRY, Family.TELESCOPE)
_FEW_PARTS = 4
"""A drop of parts begins when one in this many of them has fallen."""
_MOST = 0.5
"""A disruption is national if the parts that fell hold at least this share."""
_SHALLOW = 0.5
"""Where a place fell no lower, its fall may be that of a part."""
_NEARLY = 0.8
"""A level below which no reading is normal."""
_MOBILE_LEAST_LEVEL = 0.4
"""If a country's own probing is below this level, not only mobile networks are down."""


@dataclass(frozen=True, slots=True)
class PlaceFindings:
    """The findings from which the verdict on a place is made.

    Attributes:
        at: when the newest reading behind the findings was due; aware, UTC.
        own: findings of the place itself.
        parts: findings of its networks and regions.
        checks: artefact checks that were made before the verdict.
        shallow: findings of the place itself, made with the thresholds of shallow
            drops.
        follows_shallow: whether the place has an open incident of shallow drops.
    """

    place: Entity
    at: datetime
    own: tuple[Finding, ...]
    parts: tuple[Finding, ...]
    checks: tuple[Check, ...]
    shallow: tuple[Finding, ...] = ()
    follows_shallow: bool = False


def verdict_of(
    case: PlaceFindings,
    watch: Watchlist,
    thresholds: Thresholds,
    table: tuple[VerdictRule, ...] = RULES,
) -> Verdict:
    """Return the verdict of the first rule that matches the findings of a place.

    Args:
        case: the findings of the place and of its parts.
        watch: the watched parts of the place, and the kinds of its networks.
        thresholds: gives the window in which families count as falling together.
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
    families = corroboration.families
    own_checks = artefacts.own_series_checks(case.own, families, case.at)
    checks = (*case.checks, *own_checks, *sympathetic)
    outcome, reason = _held_back(rule, checks)
    down = rule.outcome in {Outcome.SUSPECTED, Outcome.CONFIRMED}
    dropped = tuple(
        f for f in case.parts if f.state is SeriesState.DROPPED and f.sustained
    )
    scope = _scope(case, dropped, corroboration, watch) if down else None
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
        onset=_onset(case.own, dropped, families, thresholds) if down else None,
        # Where only parts fell, the incident opens with the families of the parts.
        families=families or coincident(dropped, thresholds.coincidence),
        checks=checks,
    )


def _shows_shallow_drops(case: PlaceFindings, rule: VerdictRule) -> bool:
    """Whether a verdict is about shallow drops, or about their end."""
    none_deeper = rule.outcome not in {Outcome.SUSPECTED, Outcome.CONFIRMED}
    return rule.id == SHALLOW_RULE or (case.follows_shallow and none_deeper)


def _with_shallow(case: PlaceFindings) -> tuple[Finding, ...]:
    """Return the place's findings, with the shallow one of each series that has one."""
    shallow = {f.signal: f for f in case.shallow}
    return tuple(shallow.get(f.signal, f) for f in case.own)


def _without_sympathetic(
    case: PlaceFindings,
) -> tuple[PlaceFindings, tuple[Check, ...]]:
    """Mark the findings of sympathetic networks as not sustained.

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
    """Return a rule's outcome and id, or Suspected and what prevents Confirmed (P1)."""
    # The first failed check becomes part of the stored reason, so the order of the
    # checks must not depend on chance (P14).
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

    The new checks are placed after those of source health, as in stored events. Only
    outcome and rule depend on checks, so nothing else is computed again.

    Args:
        verdict: a verdict made without these checks.
        more: the results of the expensive artefact checks.
        table: the rules that `verdict` was made with.
    """
    first = sum(check.name is CheckName.SOURCE_HEALTH for check in verdict.checks)
    checks = (*verdict.checks[:first], *more, *verdict.checks[first:])
    # A verdict that is already held back names a check instead of its rule. Only rules
    # for Confirmed are held back, and any of these gives the same result.
    matched = [rule for rule in table if rule.id == verdict.rule]
    confirming = [rule for rule in table if rule.outcome is Outcome.CONFIRMED]
    outcome, reason = _held_back((matched or confirming)[0], checks)
    return replace(verdict, outcome=outcome, rule=reason, checks=checks)


def _principal(
    own: tuple[Finding, ...], dropped: tuple[Finding, ...]
) -> Finding | None:
    """Return the finding whose level represents the place.

    The place's own drops come first, then drops of its parts, then its own normal
    series. Within each of these groups the order of families decides: probing measures the
    networks of users, routes only the paths to those networks.
    """
    own_dropped = [f for f in own if f.state is SeriesState.DROPPED]
    # The name decides between equal levels, so that a replay quotes the same part
    # (P14).
    deepest = sorted(dropped, key=lambda f: (f.smoothed_level or 0.0, str(f.entity)))
    normal = [f for f in own if f.state is SeriesState.ORDINARY]
    for candidates in (own_dropped, deepest, normal):
        if candidates:
            return min(candidates, key=lambda f: _ORDER.index(f.family))
    return None


def _scope(
    case: PlaceFindings,
    dropped: tuple[Finding, ...],
    corroboration: Corroboration,
    watch: Watchlist,
) -> Scope:
    """Return how much of the place is down, as far as its parts show."""
    networks = {f.entity for f in dropped if f.entity.kind is EntityKind.ASN}
    regions = {f.entity for f in dropped if f.entity.kind is EntityKind.REGION}
    kinds = {watch.kind(e) for e in networks}
    # Mobile networks are tested first, because the country's own series fall with them.
    if kinds == {NetworkKind.MOBILE} and _fixed_lines_stand(case, watch):
        return Scope.MOBILE if len(networks) > 1 else Scope.OPERATOR
    if case.place.kind is not EntityKind.COUNTRY:
        return Scope.NATIONAL
    in_part = _is_in_part(case)
    if corroboration.families and not in_part:
        return Scope.NATIONAL
    if not regions:
        return Scope.OPERATOR
    half = 2 * len(regions) >= corroboration.watched_regions
    # A drop within a single state is not national, however few regions of other states
    # are watched.
    spread = len({state_of(r) for r in regions}) > 1
    stands = in_part or _reads_normal(case.own, dropped)
    return Scope.NATIONAL if half and spread and not stands else Scope.REGIONAL


def _is_in_part(case: PlaceFindings) -> bool:
    """Whether the place's own series show that less than half of it is down.

    That is so if the parts that fell hold less than half, or if a family reads normal of
    which a part fell. A deep fall of another family outweighs the latter.
    """
    own = [f for f in case.own if f.state is SeriesState.DROPPED and f.family in STRONG]
    known = [_share_in(f, [p for p in case.parts if p.signal == f.signal]) for f in own]
    shares = [share for share in known if share is not None]
    if shares:
        return max(shares) < _MOST
    if any(_was_in_part(f, case.parts) for f in own):
        return True
    shallow = all(f.lowest is not None and f.lowest > _SHALLOW for f in own)
    fallen = tuple(f for f in case.parts if f.state is SeriesState.DROPPED)
    families = {f.family for f in fallen}
    return shallow and _reads_normal(
        tuple(f for f in case.own if f.family in families), fallen
    )


def _was_in_part(own: Finding, parts: tuple[Finding, ...]) -> bool:
    """Whether parts returned in a drop of the place's own series, and others stood.

    The place's own series may have fallen silent before they returned.
    """
    if own.onset is None:
        return False
    since = own.onset.since
    same = [f for f in parts if f.signal == own.signal]
    back = [f.recovered is not None and f.recovered.until > since for f in same]
    stood = [f.last_onset is None or f.last_onset.until < since for f in same]
    return any(back) and any(stood)


def _share_in(own: Finding, parts: list[Finding]) -> float | None:
    """Return how much of a place the parts that fell hold, 0 to 1, by its own loss.

    If a place has lost a quarter, and the parts that fell have lost a half, these parts
    hold half of it. The lowest levels are compared, because the present ones rise at
    different times. None if no part fell, or if none stands.
    """
    fallen = [
        f.lowest
        for f in parts
        if f.state is SeriesState.DROPPED and f.lowest is not None
    ]
    stand = any(f.state is SeriesState.ORDINARY for f in parts)
    if own.lowest is None or not fallen or not stand:
        return None
    lost = 1 - sum(fallen) / len(fallen)
    return 1.0 if lost <= 0 else min(1.0, (1 - own.lowest) / lost)


def _reads_normal(own: tuple[Finding, ...], dropped: tuple[Finding, ...]) -> bool:
    """Whether a strong family of the place itself reads normal since its parts fell.

    If so, the place as a whole is not down, only parts of it. Routes may stand while
    nothing answers, so they show it only where routes fell.
    """
    fell = {f.family for f in dropped}
    since = min((f.onset.until for f in dropped if f.onset), default=None)
    return any(
        f.state is SeriesState.ORDINARY
        # A drop counts only after two bins, so its first low one is ordinary.
        and (f.level is None or f.level >= _NEARLY)
        and f.family in STRONG
        and (f.family in fell or f.family is not Family.CONTROL_PLANE)
        and (since is None or f.as_of >= since)
        for f in own
    )


def _fixed_lines_stand(case: PlaceFindings, watch: Watchlist) -> bool:
    """Whether a fixed network reads normal, and the place's own probing is not too low."""
    lines = [f for f in case.parts if watch.kind(f.entity) is NetworkKind.FIXED]
    fixed = any(f.state is SeriesState.ORDINARY for f in lines)
    levels = [f.smoothed_level for f in case.own if f.family is Family.ACTIVE_PROBING]
    return fixed and all(v is None or v >= _MOBILE_LEAST_LEVEL for v in levels)


def _severity(
    scope: Scope | None, principal: Finding | None, dropped: tuple[Finding, ...]
) -> Severity:
    """Return the severity by the principal's level, or by the median level of parts.

    The median is used for the scopes operator and mobile, because the level of the whole
    place hardly shows how deep single networks are.
    """
    level = principal.smoothed_level if principal else None
    if scope in {Scope.OPERATOR, Scope.MOBILE} and dropped:
        level = _median_network_level(dropped)
    return severity_of(1.0 if level is None else level)


def _median_network_level(dropped: tuple[Finding, ...]) -> float:
    """Return the upper median of the parts' levels, those of their deepest series."""
    deepest: dict[Entity, float] = {}
    for f in dropped:
        # An unknown level counts as normal, so that the severity is not overstated
        # (P1).
        level = 1.0 if f.smoothed_level is None else f.smoothed_level
        deepest[f.entity] = min(deepest.get(f.entity, level), level)
    return sorted(deepest.values())[len(deepest) // 2]


def _onset(
    own: tuple[Finding, ...],
    dropped: tuple[Finding, ...],
    families: tuple[Family, ...],
    thresholds: Thresholds,
) -> Interval | None:
    """Return the earliest onset of the families that fell together.

    Where only parts fell, it is the onset by which a quarter of their drops had begun.

    Args:
        own: findings of the place itself.
        dropped: findings of its parts, used where no family of the place itself fell.
        families: the place's own families that fell together.
        thresholds: gives the window in which families count as falling together.
    """
    pool = own if families else dropped
    families = families or coincident(dropped, thresholds.coincidence)
    # A noisy family may have been low before by chance, so it counts only if no strong
    # family fell.
    steady = [family for family in families if family in STRONG] or families
    onsets = [f.onset for f in pool if f.onset is not None and f.family in steady]
    # Among onsets that end at the same time, the narrowest comes first: it is the most
    # precise.
    onsets.sort(key=lambda o: (o.until, -o.since.timestamp()))
    if not onsets:
        return None
    # If one region of twelve dips hours before the others, the incident does not begin
    # with this dip.
    return onsets[0] if pool is own else onsets[(len(onsets) - 1) // _FEW_PARTS]
