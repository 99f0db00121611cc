"""What a disruption is called, now and before, and how that changed."""

from collections.abc import Sequence

from bot.model.entity import EntityKind
from bot.model.incident import EventKind, Facts, Phase
from bot.model.verdict import Scope, Severity
from bot.rendering.words import Words


def noun_of(
    words: Words,
    place: EntityKind,
    scope: Scope,
    severity: Severity,
    table: str = "nouns",
) -> str:
    """What a disruption of this scope and severity is called.

    `table` "phrases" is with an article, where the language has such.
    """
    wide = scope is Scope.NATIONAL and place is not EntityKind.COUNTRY
    path = ("place" if wide else scope, severity)
    known = words.find(table, *path)
    return known if isinstance(known, str) else words.say("nouns", *path)


def worst(facts: Facts) -> Severity:
    """The severity now; of something over, the worst it was."""
    if facts.restored is None:
        return facts.severity
    order = list(Severity)
    seen = [p.severity for p in facts.phases] + [facts.severity]
    return max(seen, key=order.index)


def earlier(words: Words, facts: Facts) -> str:
    """What it was called when it began, if that was something else."""
    if not facts.phases:
        return ""
    first = facts.phases[0]
    then = noun_of(
        words, facts.place.kind, first.scope, first.severity, table="phrases"
    )
    now = noun_of(words, facts.place.kind, facts.scope, facts.severity, table="phrases")
    return "" if then == now else then


def _since_escalation(phases: Sequence[Phase]) -> Sequence[Phase]:
    """The steps after the last one that told of a fall."""
    falls = (EventKind.ESCALATED, EventKind.REOPENED, EventKind.CONFIRMED)
    last = max((n for n, p in enumerate(phases) if p.kind in falls), default=-1)
    return phases[last + 1 :]


def change(phases: Sequence[Phase], facts: Facts) -> str:
    """What a step changed: "again" (off again), "wider", "deeper" or ""."""
    if not phases:
        return ""
    last, scopes, severities = phases[-1], list(Scope), list(Severity)
    if any(p.kind is EventKind.PARTLY_RESTORED for p in _since_escalation(phases)):
        return "again"
    if scopes.index(facts.scope) > scopes.index(last.scope):
        return "wider"
    deeper = severities.index(facts.severity) > severities.index(last.severity)
    return "deeper" if deeper else ""
