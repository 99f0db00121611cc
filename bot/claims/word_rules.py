"""Rules for words that a text may use only if a fact of its event supports them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from bot.claims.lexicon import Lexicon
from bot.claims.plain_text import PlainText, RaisedObjection, sentence_bounds
from bot.model.attribution import Attribution
from bot.model.draft import ClaimKind, ObjectionWeight
from bot.model.entity import EntityKind
from bot.model.event import IncidentEvent
from bot.model.incident import CORRECTION_KINDS, EventKind, State
from bot.model.verdict import Scope, Severity, round_to_percent

Condition = Callable[[IncidentEvent], bool]
_STEP_KINDS = (ClaimKind.SCOPE, ClaimKind.SEVERITY)
_HALF = 0.5
_WORSE_KINDS = (EventKind.ESCALATED, EventKind.REOPENED)


@dataclass(frozen=True, slots=True)
class WordRule:
    """Words that a text may use only if its event has a certain fact.

    Attributes:
        name: the name of the list of these words in `Lexicon.rules`.
        kind: what a claim with these words is about.
        is_supported: returns whether an event has the fact.
        weight: what an editor can do about an objection to one of the words.
    """

    name: str
    kind: ClaimKind
    is_supported: Condition
    weight: ObjectionWeight = ObjectionWeight.BLOCK


def _is_never_supported(_: IncidentEvent) -> bool:
    return False


def _event_at_onset(event: IncidentEvent) -> IncidentEvent:
    """Return a copy of the event with scope and severity of the incident's first event.

    The copy has no levels. The first event of an incident is returned unchanged.
    """
    facts = event.facts
    if not facts.phases:
        return event
    first = facts.phases[0]
    began = replace(
        facts,
        scope=first.scope,
        severity=first.severity,
        # The levels are those of the whole incident. They say nothing about its
        # beginning, so they are left out.
        levels=replace(facts.levels, now=None, lowest=None),
        phases=(),
    )
    return replace(event, facts=began)


def _worst_severity(event: IncidentEvent) -> Severity:
    """Return the worst severity of an event and its phases (the events before it)."""
    order = list(Severity)
    seen = [p.severity for p in event.facts.phases] + [event.facts.severity]
    return max(seen, key=order.index)


def _was_national(event: IncidentEvent) -> bool:
    facts = event.facts
    scopes = {facts.scope, *(p.scope for p in facts.phases)}
    return facts.place.kind is EntityKind.COUNTRY and Scope.NATIONAL in scopes


def _reads_zero(event: IncidentEvent) -> bool:
    lowest = event.facts.levels.lowest
    return lowest is not None and round_to_percent(lowest) == 0


def _is_major(event: IncidentEvent) -> bool:
    return _worst_severity(event) in (Severity.MAJOR, Severity.NEAR_TOTAL)


def _more_than_half_lost(event: IncidentEvent) -> bool:
    """Return whether more than half of the level is or was lost.

    The result is true if a level is below half, or if the severity is or was major or
    near-total.
    """
    levels = (event.facts.levels.now, event.facts.levels.lowest)
    return _is_major(event) or any(v is not None and v < _HALF for v in levels)


def _has_worsened(event: IncidentEvent) -> bool:
    kinds = {event.kind, *(p.kind for p in event.facts.phases)}
    return any(kind in kinds for kind in _WORSE_KINDS)


def _was_confirmed(event: IncidentEvent) -> bool:
    return event.is_confirmed or event.facts.state is State.CONFIRMED


def _may_be_called_outage(event: IncidentEvent) -> bool:
    """Return whether texts may call the incident an outage (P7).

    They may if it was confirmed, or if the event corrects or retracts it.
    """
    return _was_confirmed(event) or event.kind in CORRECTION_KINDS


def _is_restored(event: IncidentEvent) -> bool:
    return event.facts.state is State.RESTORED


def _is_partly_restored(event: IncidentEvent) -> bool:
    partly = State.PARTLY_RESTORED, State.RESTORED
    facts = event.facts
    return facts.state in partly or bool(facts.sources.returned or facts.parts.back)


def _is_ongoing(event: IncidentEvent) -> bool:
    facts = event.facts
    return facts.timing.restored is None and facts.state is not State.RETRACTED


# The order matters: supported phrases of the rules "near_total" and "most" are masked
# before later rules are tried (see `_mask_weaker_words`).
RULES = (
    WordRule("confirmed", ClaimKind.CERTAINTY, _was_confirmed),
    WordRule("corroborated", ClaimKind.CERTAINTY, _was_confirmed),
    WordRule("event", ClaimKind.CERTAINTY, _may_be_called_outage),
    # "Confirmed" is the strongest certainty, so no fact supports a stronger word (P7).
    WordRule("certain", ClaimKind.CERTAINTY, _is_never_supported),
    WordRule("restored", ClaimKind.STATE, _is_restored),
    WordRule("partly", ClaimKind.STATE, _is_partly_restored),
    WordRule("lasting", ClaimKind.STATE, _is_ongoing),
    WordRule("worse", ClaimKind.STATE, _has_worsened),
    WordRule("retracted", ClaimKind.STATE, lambda e: e.kind is EventKind.RETRACTED),
    WordRule("corrected", ClaimKind.STATE, lambda e: e.kind in CORRECTION_KINDS),
    WordRule("national", ClaimKind.SCOPE, _was_national),
    WordRule(
        "near_total",
        ClaimKind.SEVERITY,
        lambda e: _worst_severity(e) is Severity.NEAR_TOTAL,
    ),
    WordRule("total", ClaimKind.SEVERITY, _reads_zero),
    WordRule("most", ClaimKind.SEVERITY, _more_than_half_lost),
    WordRule("major", ClaimKind.SEVERITY, _is_major),
    # The facts of one event cannot show that it is the largest of several events.
    WordRule("superlative", ClaimKind.SUPERLATIVE, _is_never_supported),
    WordRule("cause", ClaimKind.CAUSE, _is_never_supported),
    WordRule("context", ClaimKind.CONTEXT, _is_never_supported, ObjectionWeight.SECOND),
    WordRule("loaded", ClaimKind.LOADED, _is_never_supported, ObjectionWeight.SECOND),
)
"""The rules. Each rule's words are in the list of its name in templates/claims/."""


def check_words(
    text: PlainText,
    event: IncidentEvent,
    lexicon: Lexicon,
    causes: Sequence[Attribution] = (),
) -> Iterator[RaisedObjection]:
    """Yield an objection for each word that claims more than the facts support.

    Args:
        text: the text.
        event: the event that the text is about.
        lexicon: the word lists of the text's language.
        causes: the attributions of the incident.
    """
    # Neutral phrases such as "not confirmed" are masked, because they contain words
    # that the rules look for.
    for match in lexicon.neutral.finditer(text.text):
        text = text.masked(*match.span())
    for rule in RULES:
        matches = list(lexicon.rules[rule.name].finditer(text.text))
        if rule.is_supported(event):
            yield from _onset_objections(text, rule, matches, event, lexicon)
            text = _mask_weaker_words(text, rule, matches)
            continue
        for match in matches:
            # "Partly restored" contains "restored", but is judged by the rule "partly".
            if rule.name == "restored" and _says_partly(text.text, match, lexicon):
                continue
            weight = rule.weight
            if rule.kind is ClaimKind.CAUSE:
                weight = _cause_weight(text.text, match.span(), causes)
            yield RaisedObjection(rule.kind, weight, *match.span(), rule.name)


def _onset_objections(
    text: PlainText,
    rule: WordRule,
    matches: Sequence["regex.Match[str]"],
    event: IncidentEvent,
    lexicon: Lexicon,
) -> Iterator[RaisedObjection]:
    """Yield an objection to each word after "began as" that was not true at the onset.

    `matches` are words of `rule` that the event as a whole supports.
    """
    if rule.kind not in _STEP_KINDS or rule.is_supported(_event_at_onset(event)):
        return
    for match in matches:
        start, _ = sentence_bounds(text.text, *match.span())
        if lexicon.roles["began_as"].search(text.text, start, match.start()):
            yield RaisedObjection(rule.kind, rule.weight, *match.span(), "began")


def _mask_weaker_words(
    text: PlainText, rule: WordRule, matches: Sequence["regex.Match[str]"]
) -> PlainText:
    """Mask supported phrases such as "almost all", which contain the stronger "all"."""
    if rule.name in ("near_total", "most"):
        for match in matches:
            text = text.masked(*match.span())
    return text


def _says_partly(text: str, match: "regex.Match[str]", lexicon: Lexicon) -> bool:
    """Return whether the sentence of a match also says that the return is partial."""
    start, end = sentence_bounds(text, *match.span())
    return lexicon.rules["partly"].search(text, start, end) is not None


def _cause_weight(
    text: str, span: tuple[int, int], causes: Sequence[Attribution]
) -> ObjectionWeight:
    """Return the weight of the objection to the cause at `span` of the text (P8).

    The weight is BLOCK: the text must change. There is one exception: if the paragraph
    names somebody who stated a cause, the weight is SECOND, and a second person may
    approve the text. The names are those in `CauseClaim.who` of the attributions that
    readers may see.
    """
    begin = text.rfind("\n", 0, span[0]) + 1
    end = text.find("\n", span[1])
    paragraph = text[begin : len(text) if end < 0 else end].casefold()
    named = any(c.is_shown and c.claim.who.casefold() in paragraph for c in causes)
    return ObjectionWeight.SECOND if named else ObjectionWeight.BLOCK
