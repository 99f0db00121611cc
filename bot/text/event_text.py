"""Facts turned into words, once: posts, charts, alt text and pages all take them here."""

from dataclasses import dataclass

from bot.model.incident import Facts, IncidentEvent, State
from bot.places import Register
from bot.text.names import EventNames, credit_line, speakers, within
from bot.text.phrases import change, earlier, missing, noun_of, worst
from bot.text.times import TimeFormatter
from bot.text.translations import Translations


@dataclass(frozen=True, slots=True)
class EventText:
    """The words for one event in one language; an empty string is "cannot be said".

    Attributes:
        glyph: the emoji of the step; empty in a plain post.
        within: "in Kazakhstan"; tag_within: "in #Kazakhstan".
        noun: what the disruption is called; a_noun: the same with its article.
        missing: how much of ordinary is missing, "some", "most" or "almost-all";
            empty where the place's own level is not known, or it is over.
        narrow: the levels of named networks speak, not the country's.
        easing: some of it is back, and some is not.
        change: what an escalation changed: "again" (off again after a partial
            return), "wider", "deeper" or "".
        measured_by: who measured; empty for a reconstruction.
        back, still: what reads ordinary again, and what does not (the first of it).
        recovered: networks that read ordinary again while others are down.
        statement: what a person says was wrong, if one says so.
        wrong_at, wrong_lowest, wrong_onset: what a correction takes back, since when.
    """

    kind: str
    state: str
    scope: str
    severity: str
    label: str
    place: str
    within: str
    tag: str
    tag_within: str
    noun: str
    a_noun: str
    subject: str
    narrow: bool
    easing: bool
    level: str
    missing: str
    lowest: str
    operators: str
    operator_levels: str
    operator_range: str
    regions: str
    as_of: str
    as_of_brief: str
    onset: str
    onset_day: str
    ended: str
    duration: str
    sources: str
    source_one: str
    measured_by: str
    back: str
    still: str
    still_first: str
    recovered: str
    earlier: str
    change: str
    method: str
    credits: str
    reconstruction: bool
    drill: bool
    statement: str
    corroborated: bool
    link: str
    wrong_at: str = ""
    wrong_lowest: str = ""
    wrong_onset: str = ""
    glyph: str = ""


def build(
    event: IncidentEvent, words: Translations, register: Register, link: str = ""
) -> EventText:
    """Everything that may be said of `event`, from its facts alone (P4)."""
    facts = event.facts
    moments = TimeFormatter(words, register, facts.place)
    names, wrong = EventNames(words, register, facts), facts.wrong
    tag = register.hashtag(facts.place, words.lang)
    noun = noun_of(words, facts.place.kind, facts.scope, worst(facts))
    return EventText(
        kind=event.kind,
        state=facts.state,
        scope=facts.scope,
        severity=facts.severity,
        label=words.say("kinds", event.kind),
        place=names.place,
        within=within(words, register, facts, names.place),
        tag=tag,
        tag_within=within(words, register, facts, words.say("hashtag", tag=tag)),
        noun=noun,
        a_noun=noun_of(
            words, facts.place.kind, facts.scope, worst(facts), table="phrases"
        ),
        subject=names.subject(),
        narrow=bool(speakers(facts)),
        easing=facts.state is State.PARTLY_RESTORED,
        level=_percent(words, _own(facts)),
        missing=_missing(facts),
        lowest=_percent(words, facts.lowest),
        operators=names.operators(),
        operator_levels=names.operator_levels(),
        operator_range=names.operator_range(),
        regions=names.regions(),
        as_of=moments.instant(facts.as_of),
        as_of_brief=moments.brief(facts.as_of),
        onset=moments.within(facts.onset, near=facts.as_of),
        onset_day=moments.one_day(facts.onset),
        ended=moments.within(facts.restored, facts.as_of) if facts.restored else "",
        duration=moments.lasting(facts.duration),
        sources=names.sources("sources"),
        source_one=names.sources("source"),
        measured_by=names.measured_by(),
        back=names.back(),
        still=names.still(),
        still_first=names.still(most=1),
        recovered=names.recovered(),
        earlier=earlier(words, facts),
        change=change(facts.phases, facts),
        method=method_of(words, facts, "methods"),
        credits=credit_line(words, facts),
        reconstruction=facts.reconstruction,
        drill=facts.drill,
        statement=facts.statement,
        corroborated=is_corroborated(event),
        link=link,
        wrong_at=moments.brief(wrong.told_at) if wrong else "",
        wrong_lowest=_percent(words, wrong.lowest if wrong else None),
        wrong_onset=moments.within(wrong.onset, facts.as_of)
        if wrong and wrong.onset
        else "",
    )


def is_corroborated(event: IncidentEvent) -> bool:
    """Whether the incident was ever confirmed (P7).

    A drop that nobody else saw at the same time stays a drop, also when it is over.
    """
    return event.confirmed


def _percent(words: Translations, level: float | None) -> str:
    return "" if level is None else words.percent(level)


def _own(facts: Facts) -> float | None:
    """The place's own level, where it is known."""
    return facts.level if facts.part is None else None


def _missing(facts: Facts) -> str:
    """How much of the ordinary level is missing, where it is the place's own."""
    over = facts.restored is not None or bool(speakers(facts))
    known = _own(facts)
    return "" if over or known is None else missing(known)


def method_of(words: Translations, facts: Facts, table: str) -> str:
    """What 100 percent is, by the baseline that was used."""
    known = words.find(table, facts.method)
    return known if isinstance(known, str) else words.say(table, "unknown")
