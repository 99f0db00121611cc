"""The classification rules, an ordered table: the first rule that matches decides.

If no rule matches, the class is unknown. A class states what the pattern of an incident
looks like, and never why the incident happened. A class changes nothing in what was
detected (P8).
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.detection.classification import features
from bot.detection.classification.features import Pattern
from bot.model.classification import Classification, ClassKind
from bot.model.event import IncidentEvent
from bot.model.incident import Evidence, Incident, State
from bot.model.signal import Family
from bot.model.verdict import (
    CheckName,
    Scope,
    SeriesState,
    Severity,
    severity_of,
)

CLASSES_VERSION = 3
"""The version of the table, increased with each change; stored with each class."""
_HELD = (0.15, 0.75)
"""The lowest and highest level of a partial restriction, neither cut off nor normal."""
_HELD_HOURS = 6.0
_GRADUAL_HOURS = 1.0
_COUNTRIES = 3
_DAYS = 3
# If one of these checks fails, the measurement is at fault, and not the network.
_MEASUREMENT_CHECKS = frozenset(
    {CheckName.SOURCE_HEALTH, CheckName.GEOLOCATION, CheckName.RENUMBERING}
)


@dataclass(frozen=True, slots=True)
class ClassRule:
    """One row of the table of classification rules.

    Attributes:
        id: the name of the rule; it is stored with each class, so it never gets another
            meaning.
        kind: the class that the rule gives.
        match: returns the features that matched, each as `name=value`, or None if the
            rule does not match.
        comment: why the rule exists; one sentence.
    """

    id: str
    kind: ClassKind
    match: Callable[[Pattern], tuple[str, ...] | None]
    comment: str


def classify(
    event: IncidentEvent, evidence: Evidence, other_incidents: tuple[Incident, ...] = ()
) -> Classification:
    """Return the class of an incident, as known at one of its events.

    Args:
        event: the event; later events of its incident play no part.
        evidence: the traces behind the event, the principal series first.
        other_incidents: other incidents, of this place and of other places. What
            happened in them after the event is left out, so that a replay gives the
            same class (P14).
    """
    pattern = features.pattern_of(event, evidence, other_incidents)
    for rule in RULES:
        matched = rule.match(pattern)
        if matched is not None:
            return Classification(rule.kind, rule.id, matched, CLASSES_VERSION)
    return Classification(ClassKind.UNKNOWN, "no-pattern", (), CLASSES_VERSION)


def _artefact(p: Pattern) -> tuple[str, ...] | None:
    checks = [c for c in p.facts.checks if c.name in _MEASUREMENT_CHECKS]
    failed = [c for c in checks if c.passed is False]
    fell = {s.signal for s in p.facts.timeline if s.drops}
    fell |= {s.signal for s in p.facts.listed_series if s.state is SeriesState.DROPPED}
    # A fault of one source explains no drop of another signal.
    all_faulty = fell <= {c.signal for c in failed}
    explained = tuple(f"check={c.name}" for c in failed if not c.signal or all_faulty)
    # One failed check does not explain a drop of many parts. It does not explain a
    # confirmed incident either, because two families show such an incident (P7).
    many = len(p.facts.parts.networks) + len(p.facts.parts.regions) > 1
    return None if many or p.event.is_confirmed else explained or None


def _retracted(p: Pattern) -> tuple[str, ...] | None:
    retracted = p.facts.state is State.RETRACTED
    return (f"state={State.RETRACTED}",) if retracted else None


def _routing(p: Pattern) -> tuple[str, ...] | None:
    if p.families == {Family.CONTROL_PLANE} and features.service_is_normal(p):
        return (f"fell={Family.CONTROL_PLANE}", f"service={SeriesState.ORDINARY}")
    return None


def _uncorroborated(p: Pattern) -> tuple[str, ...] | None:
    if p.event.is_confirmed:
        return None
    return tuple(f"fell={f}" for f in p.facts.sources.opened_by)


def _exam(p: Pattern) -> tuple[str, ...] | None:
    days = features.days_with_similar_drop(p)
    return (f"days={days}",) if days >= _DAYS else None


def _cable(p: Pattern) -> tuple[str, ...] | None:
    countries = features.simultaneous_countries(p)
    if len(countries) < _COUNTRIES:
        return None
    return tuple(f"country={code}" for code in countries)


def _power(p: Pattern) -> tuple[str, ...] | None:
    hours = features.hours_falling(p)
    if hours is None or hours < _GRADUAL_HOURS or p.facts.scope is Scope.MOBILE:
        return None
    swing = features.has_daily_swing(p)
    if p.facts.scope is Scope.REGIONAL or swing:
        return (f"hours-falling={hours:.1f}", f"daily-swing={str(swing).lower()}")
    return None


def _mobile(p: Pattern) -> tuple[str, ...] | None:
    return _scope(p, Scope.MOBILE)


def _regional(p: Pattern) -> tuple[str, ...] | None:
    return _scope(p, Scope.REGIONAL)


def _operator(p: Pattern) -> tuple[str, ...] | None:
    return _scope(p, Scope.OPERATOR)


def _scope(p: Pattern, scope: Scope) -> tuple[str, ...] | None:
    return (f"scope={scope}",) if p.facts.scope is scope else None


def _partial(p: Pattern) -> tuple[str, ...] | None:
    hours = features.hours_within_bounds(p, _HELD)
    if hours is None or hours < _HELD_HOURS:
        return None
    if not features.was_steady(p, _HELD_HOURS, _HELD[1]):
        return None
    return (f"hours-held={hours:.1f}", f"between={_HELD[0]:.2f}..{_HELD[1]:.2f}")


def _blackout(p: Pattern) -> tuple[str, ...] | None:
    lowest = p.facts.levels.lowest
    # An incident whose place is a single network or region has the scope "national"
    # too. So the scope alone is not enough.
    national = p.facts.scope is Scope.NATIONAL and p.whole_country
    # This is the limit below which posts say "near-total".
    deep = lowest is not None and severity_of(lowest) is Severity.NEAR_TOTAL
    # Routes alone do not show that people are cut off.
    if national and deep and p.families & features.SERVICE_FAMILIES:
        return (f"scope={Scope.NATIONAL}", f"lowest={lowest:.2f}")
    return None


# The order matters. First come the rules that give no class of disruption, and the rule
# for routes: it stands before "not-corroborated", because a drop of routes alone is
# seldom confirmed. Rules for patterns in time come before rules for scopes: every
# incident has a scope, so a rule for its scope would always match first. One rule for a
# pattern, "held-between", comes after the rules for mobile and regional incidents.
RULES: tuple[ClassRule, ...] = (
    ClassRule(
        "withdrawn",
        ClassKind.UNKNOWN,
        _retracted,
        "The incident was retracted, so it has no class (P11).",
    ),
    ClassRule(
        "an-artefact-check-failed",
        ClassKind.ARTEFACT,
        _artefact,
        "An artefact check found the measurement at fault (P6).",
    ),
    ClassRule(
        "routes-down-service-ordinary",
        ClassKind.ROUTING,
        _routing,
        "Routes fell while probing or traffic was measured to be normal.",
    ),
    ClassRule(
        "not-corroborated",
        ClassKind.UNKNOWN,
        _uncorroborated,
        "The incident was never confirmed, so it gets no class (P7).",
    ),
    ClassRule(
        "same-hour-on-many-days",
        ClassKind.EXAM,
        _exam,
        "Drops at the same hour on three days of ten, each over within half a day.",
    ),
    ClassRule(
        "several-countries-at-once",
        ClassKind.CABLE,
        _cable,
        "Three countries or more fell within half an hour of each other.",
    ),
    ClassRule(
        "gradual-and-regional-or-daily",
        ClassKind.POWER,
        _power,
        "The fall took an hour or more; only regions fell, or the level swings daily.",
    ),
    ClassRule(
        "mobile-networks-only",
        ClassKind.MOBILE,
        _mobile,
        "Mobile networks fell while a fixed network read normal.",
    ),
    ClassRule(
        "regions-only",
        ClassKind.REGIONAL,
        _regional,
        "Only regions of the country fell.",
    ),
    ClassRule(
        "held-between",
        ClassKind.PARTIAL,
        _partial,
        "The level lay between 15 and 75 percent, and stayed about the same for six hours.",
    ),
    ClassRule(
        "most-of-a-country",
        ClassKind.BLACKOUT,
        _blackout,
        "A whole country fell below a fifth of its normal level.",
    ),
    ClassRule(
        "single-networks",
        ClassKind.OPERATOR,
        _operator,
        "Single networks fell, of any kind.",
    ),
)
