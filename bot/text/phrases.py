"""What a disruption is called, now and before, and how that changed."""

from collections.abc import Sequence
from datetime import timedelta

from bot.model.entity import EntityKind
from bot.model.incident import EventKind, Facts, Phase
from bot.model.interval import Interval
from bot.model.verdict import Scope, Severity
from bot.text.translations import Translations

# As published in docs/words.md and on every report page: what is missing, at least.
WORDS = ((0.9, "almost-all"), (0.5, "most"), (0.2, "some"))


def missing(level: float) -> str:
    """How much of the ordinary level is missing, by name; empty: too little to say.

    `level` is a fraction of ordinary. It is rounded as it is shown, so that the word
    and the number beside it never disagree.
    """
    share = round(1.0 - int(level * 100 + 0.5) / 100, 2)
    return next((word for least, word in WORDS if share >= least), "")


_BACK = {"daily": timedelta(days=7), "flat": timedelta(days=7)}
_WEEKS = timedelta(weeks=4)
_WEEK = timedelta(weeks=1)


def reference(facts: Facts, window: Interval, words: Translations) -> str:
    """The method and its dates, for the readings in `window`."""
    if facts.method == "kept":
        since, until = facts.onset.since - _WEEK, facts.onset.since
    else:
        since = window.since - _BACK.get(facts.method, _WEEKS)
        until = facts.as_of
    method = facts.method
    if not words.has("references", method):
        method = "unknown"
    same = since.year == until.year
    dates = {
        "since": words.date(since, "date" if same else "dated"),
        "until": words.date(until, "dated"),
    }
    told = words.say("references", method, **dates)
    return words.say("chart", "reference", reference=told)


def noun_of(
    words: Translations,
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


def earlier(words: Translations, facts: Facts) -> str:
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
