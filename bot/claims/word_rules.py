"""Words against the facts: each rule says which words need which fact behind them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from bot.claims.lexicon import Lexicon
from bot.claims.plain_text import PlainText, RaisedObjection, sentence
from bot.model.attribution import Attribution, Level
from bot.model.entity import EntityKind
from bot.model.incident import EventKind, IncidentEvent, State
from bot.model.objection import ClaimKind, Weight
from bot.model.verdict import Scope, Severity
from bot.text.translations import whole_percent

Backed = Callable[[IncidentEvent], bool]
_OURS = (EventKind.CORRECTED, EventKind.RETRACTED)
_OF_STEPS = (ClaimKind.SCOPE, ClaimKind.SEVERITY)
_HALF = 0.5
_FALLS = (EventKind.ESCALATED, EventKind.REOPENED)


@dataclass(frozen=True, slots=True)
class WordRule:
    """Words that need a fact; `backed` says whether the event has it."""

    name: str
    kind: ClaimKind
    backed: Backed
    weight: Weight = Weight.BLOCK


def _never(_: IncidentEvent) -> bool:
    return False


def _as_it_began(event: IncidentEvent) -> IncidentEvent:
    """The event with what it was when it began, and no other step."""
    facts = event.facts
    if not facts.phases:
        return event
    first = facts.phases[0]
    began = replace(
        facts,
        scope=first.scope,
        severity=first.severity,
        level=None,
        lowest=None,
        phases=(),
    )
    return replace(event, facts=began)


def _severity(event: IncidentEvent) -> Severity:
    """The worst it ever was."""
    order = list(Severity)
    seen = [p.severity for p in event.facts.phases] + [event.facts.severity]
    return max(seen, key=order.index)


def _national(event: IncidentEvent) -> bool:
    facts = event.facts
    scopes = {facts.scope, *(p.scope for p in facts.phases)}
    return facts.place.kind is EntityKind.COUNTRY and Scope.NATIONAL in scopes


def _nothing_left(event: IncidentEvent) -> bool:
    lowest = event.facts.lowest
    return lowest is not None and whole_percent(lowest) == 0


def _major(event: IncidentEvent) -> bool:
    return _severity(event) in (Severity.MAJOR, Severity.NEAR_TOTAL)


def _most_gone(event: IncidentEvent) -> bool:
    """Whether less than half was left, now or at the lowest."""
    told = (event.facts.level, event.facts.lowest)
    return _major(event) or any(v is not None and v < _HALF for v in told)


def _fell_since(event: IncidentEvent) -> bool:
    kinds = {event.kind, *(p.kind for p in event.facts.phases)}
    return any(kind in kinds for kind in _FALLS)


def _confirmed(event: IncidentEvent) -> bool:
    return event.confirmed or event.facts.state is State.CONFIRMED


def _told_as_event(event: IncidentEvent) -> bool:
    """Once it was confirmed or, of our own words, once they were said (P7)."""
    return _confirmed(event) or event.kind in _OURS


def _over(event: IncidentEvent) -> bool:
    return event.facts.state is State.RESTORED


def _partly(event: IncidentEvent) -> bool:
    partly = State.PARTLY_RESTORED, State.RESTORED
    facts = event.facts
    return facts.state in partly or bool(facts.returned or facts.parts_back)


def _lasts(event: IncidentEvent) -> bool:
    return event.facts.restored is None and event.facts.state is not State.RETRACTED


RULES = (
    WordRule("confirmed", ClaimKind.CERTAINTY, _confirmed),
    WordRule("corroborated", ClaimKind.CERTAINTY, _confirmed),
    WordRule("event", ClaimKind.CERTAINTY, _told_as_event),
    WordRule("certain", ClaimKind.CERTAINTY, _never),
    WordRule("restored", ClaimKind.STATE, _over),
    WordRule("partly", ClaimKind.STATE, _partly),
    WordRule("lasting", ClaimKind.STATE, _lasts),
    WordRule("worse", ClaimKind.STATE, _fell_since),
    WordRule("retracted", ClaimKind.STATE, lambda e: e.kind is EventKind.RETRACTED),
    WordRule("corrected", ClaimKind.STATE, lambda e: e.kind in _OURS),
    WordRule("national", ClaimKind.SCOPE, _national),
    WordRule(
        "near_total", ClaimKind.SEVERITY, lambda e: _severity(e) is Severity.NEAR_TOTAL
    ),
    WordRule("total", ClaimKind.SEVERITY, _nothing_left),
    WordRule("most", ClaimKind.SEVERITY, _most_gone),
    WordRule("major", ClaimKind.SEVERITY, _major),
    WordRule("superlative", ClaimKind.SUPERLATIVE, _never),
    WordRule("cause", ClaimKind.CAUSE, _never),
    WordRule("context", ClaimKind.CONTEXT, _never, Weight.SECOND),
    WordRule("loaded", ClaimKind.LOADED, _never, Weight.SECOND),
)
"""Every rule has its words in each list of templates/claims/, under its name."""


def read_words(
    text: PlainText,
    event: IncidentEvent,
    lexicon: Lexicon,
    causes: Sequence[Attribution] = (),
) -> Iterator[RaisedObjection]:
    """Every word that claims more than the facts do; what is plainly said is masked."""
    for match in lexicon.plainly.finditer(text.text):
        text = text.without(*match.span())
    for rule in RULES:
        matches = list(lexicon.rules[rule.name].finditer(text.text))
        if rule.backed(event):
            yield from _of_the_beginning(text, rule, matches, event, lexicon)
            text = _hidden(text, rule, matches)
            continue
        for match in matches:
            if rule.name == "restored" and _partly_said(text.text, match, lexicon):
                continue
            weight = rule.weight
            if rule.kind is ClaimKind.CAUSE:
                weight = _weight_of_cause(text.text, match.span(), causes)
            yield RaisedObjection(rule.kind, weight, *match.span(), rule.name)


def _of_the_beginning(
    text: PlainText,
    rule: WordRule,
    matches: Sequence["regex.Match[str]"],
    event: IncidentEvent,
    lexicon: Lexicon,
) -> Iterator[RaisedObjection]:
    """Words for how it began that only a later step bears out."""
    if rule.kind not in _OF_STEPS or rule.backed(_as_it_began(event)):
        return
    for match in matches:
        start, _ = sentence(text.text, *match.span())
        if lexicon.roles["began_as"].search(text.text, start, match.start()):
            yield RaisedObjection(rule.kind, rule.weight, *match.span(), "began")


def _hidden(
    text: PlainText, rule: WordRule, matches: Sequence["regex.Match[str]"]
) -> PlainText:
    """A milder word that is backed hides the stronger: "almost all" is no "all"."""
    if rule.name in ("near_total", "most"):
        for match in matches:
            text = text.without(*match.span())
    return text


def _partly_said(text: str, match: "regex.Match[str]", lexicon: Lexicon) -> bool:
    """Whether the sentence says that it is only part of it."""
    start, end = sentence(text, *match.span())
    return lexicon.rules["partly"].search(text, start, end) is not None


def _weight_of_cause(
    text: str, span: tuple[int, int], causes: Sequence[Attribution]
) -> Weight:
    """A cause in our own voice never goes (P8).

    Where somebody who is on file with it is named in the same paragraph, a second
    person can answer for it.
    """
    begin = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    paragraph = text[begin : len(text) if end < 0 else end].casefold()
    named = (c for c in causes if c.shown and c.claim.level in Level)
    said = any(c.claim.who.casefold() in paragraph for c in named)
    return Weight.SECOND if said else Weight.BLOCK
