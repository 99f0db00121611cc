"""The rules that give an incident its class: data, ordered, with stable ids.

The first rule that matches wins; unknown is a result. A class tells what the pattern
looks like and never why it happened, and it changes nothing in what was detected (P8).
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.detection.classification import features
from bot.detection.classification.features import Pattern
from bot.model.classification import Classification, ClassKind
from bot.model.incident import Evidence, Incident, IncidentEvent, State
from bot.model.signal import Family
from bot.model.verdict import Scope, SeriesState

CLASSES_VERSION = 1
# The share of ordinary between which a level is "held": neither cut nor ordinary.
_HELD = (0.15, 0.75)
_HELD_HOURS = 6.0
_BLACKOUT = 0.2
_GRADUAL_HOURS = 1.0
_COUNTRIES = 3
_DAYS = 3
_SERVICE = frozenset({Family.ACTIVE_PROBING, Family.TRAFFIC})
# Checks that, when failed, speak of the measurement and not of the network.
_ARTEFACTS = frozenset({"source-healthy", "geolocation", "renumbering"})


@dataclass(frozen=True, slots=True)
class ClassRule:
    """One row: `sees` returns what it saw, or None where it does not match."""

    id: str
    kind: ClassKind
    sees: Callable[[Pattern], tuple[str, ...] | None]
    comment: str


def classify(
    event: IncidentEvent, evidence: Evidence, beside: tuple[Incident, ...] = ()
) -> Classification:
    """The class of an incident as of one of its events.

    Args:
        event: the step; its facts and its place in time are all that is used.
        evidence: the traces behind it, principal first.
        beside: other incidents, of this place and of others; what had not begun
            by the event's own time is left out, so that replay is live (P14).
    """
    pattern = features.gather(event, evidence, beside)
    for rule in RULES:
        seen = rule.sees(pattern)
        if seen is not None:
            return Classification(rule.kind, rule.id, seen, CLASSES_VERSION)
    return Classification(ClassKind.UNKNOWN, "no-pattern", (), CLASSES_VERSION)


def _artefact(p: Pattern) -> tuple[str, ...] | None:
    failed = tuple(
        f"check={check.name}"
        for check in p.facts.checks
        if check.passed is False and check.name in _ARTEFACTS
    )
    # A new number explains one part's fall, not that of many; and two families on
    # record outweigh a check: what is confirmed stays a disruption.
    many = len(p.facts.networks) + len(p.facts.regions) > 1
    return None if many or p.event.confirmed else failed or None


def _withdrawn(p: Pattern) -> tuple[str, ...] | None:
    return ("state=retracted",) if p.facts.state is State.RETRACTED else None


def _routing(p: Pattern) -> tuple[str, ...] | None:
    marks = [s.state for s in p.facts.series if s.family in _SERVICE]
    calm = SeriesState.ORDINARY in marks and SeriesState.DROPPED not in marks
    if p.families == {Family.CONTROL_PLANE} and calm:
        return ("fell=control-plane", "service=ordinary")
    return None


def _uncorroborated(p: Pattern) -> tuple[str, ...] | None:
    return None if p.event.confirmed else tuple(f"fell={f}" for f in p.facts.opened_by)


def _exam(p: Pattern) -> tuple[str, ...] | None:
    days = features.daily(p)
    return (f"days={days}",) if days >= _DAYS else None


def _cable(p: Pattern) -> tuple[str, ...] | None:
    countries = features.at_once(p)
    if len(countries) < _COUNTRIES:
        return None
    return tuple(f"country={code}" for code in countries)


def _power(p: Pattern) -> tuple[str, ...] | None:
    fell = features.hours_falling(p)
    if fell is None or fell < _GRADUAL_HOURS or p.facts.scope is Scope.MOBILE:
        return None
    swings = features.swings(p)
    if p.facts.scope is Scope.REGIONAL or swings:
        return (f"hours-falling={fell:.1f}", f"daily-swing={str(swings).lower()}")
    return None


def _mobile(p: Pattern) -> tuple[str, ...] | None:
    return ("scope=mobile",) if p.facts.scope is Scope.MOBILE else None


def _regional(p: Pattern) -> tuple[str, ...] | None:
    return ("scope=regional",) if p.facts.scope is Scope.REGIONAL else None


def _partial(p: Pattern) -> tuple[str, ...] | None:
    held = features.held(p, _HELD)
    if held is None or held < _HELD_HOURS:
        return None
    return (f"hours-held={held:.1f}", f"between={_HELD[0]:.2f}..{_HELD[1]:.2f}")


def _blackout(p: Pattern) -> tuple[str, ...] | None:
    low = p.facts.lowest
    wide = p.facts.scope is Scope.NATIONAL and p.whole
    deep = low is not None and low <= _BLACKOUT
    if wide and deep and p.families & _SERVICE:
        return ("scope=national", f"lowest={low:.2f}")
    return None


def _operator(p: Pattern) -> tuple[str, ...] | None:
    return ("scope=operator",) if p.facts.scope is Scope.OPERATOR else None


RULES: tuple[ClassRule, ...] = (
    ClassRule(
        "withdrawn",
        ClassKind.UNKNOWN,
        _withdrawn,
        "The report was taken back: nothing is said of its class (P11).",
    ),
    ClassRule(
        "an-artefact-check-failed",
        ClassKind.ARTEFACT,
        _artefact,
        "A recorded check found the measurement at fault (P6).",
    ),
    ClassRule(
        "routes-down-service-ordinary",
        ClassKind.ROUTING,
        _routing,
        "Routes fell while probing or traffic was seen to be ordinary.",
    ),
    ClassRule(
        "not-corroborated",
        ClassKind.UNKNOWN,
        _uncorroborated,
        "What was never confirmed is not given a class on top (P7).",
    ),
    ClassRule(
        "same-hour-on-many-days",
        ClassKind.EXAM,
        _exam,
        "At least three days within ten, at the same hour, each over within half a day.",
    ),
    ClassRule(
        "several-countries-at-once",
        ClassKind.CABLE,
        _cable,
        "At least three countries began within half an hour of each other.",
    ),
    ClassRule(
        "gradual-and-regional-or-daily",
        ClassKind.POWER,
        _power,
        "It fell over an hour or more, in a region or with a daily swing since.",
    ),
    ClassRule(
        "mobile-networks-only",
        ClassKind.MOBILE,
        _mobile,
        "Mobile networks fell while fixed lines read ordinary.",
    ),
    ClassRule(
        "regions-only",
        ClassKind.REGIONAL,
        _regional,
        "Regions fell, fewer than half of the country's.",
    ),
    ClassRule(
        "held-between",
        ClassKind.PARTIAL,
        _partial,
        "The level stood between 15 and 75 percent for at least six hours.",
    ),
    ClassRule(
        "most-of-a-country",
        ClassKind.BLACKOUT,
        _blackout,
        "A whole country at a fifth of its ordinary level or less.",
    ),
    ClassRule(
        "single-networks",
        ClassKind.OPERATOR,
        _operator,
        "Single networks fell, of whatever kind.",
    ),
)
