"""All objections to a text, in the order of its words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex
from jinja2 import Environment

from bot.claims.facts import ChartContents, ClaimFacts
from bot.claims.figures import (
    Day,
    Duration,
    Figure,
    Number,
    Offset,
    Percent,
    Time,
    read_figures,
)
from bot.claims.levels import Levels
from bot.claims.lexicon import Lexicon, common, load_lexicon
from bot.claims.names import NameReader
from bot.claims.plain_text import PlainText, RaisedObjection, plain
from bot.claims.times import Times
from bot.claims.word_rules import read_words
from bot.model.attribution import Attribution
from bot.model.incident import IncidentEvent, SeriesLevel
from bot.model.objection import ClaimKind, Objection, Weight
from bot.places import Register
from bot.text.translations import whole_percent

_NOTHING = ChartContents()
_LINK = regex.compile(r"https?://\S+|(?<!\w)@[\w.@-]+|(?<!\w)[A-Z]{2}-\d{4}-\d{4}\S*")


@dataclass(frozen=True, slots=True)
class Linter:
    """Holds texts against events; it knows the register and the lists of words."""

    register: Register
    templates: Environment

    def check(
        self,
        event: IncidentEvent,
        words: str,
        lang: str,
        causes: Sequence[Attribution] = (),
        drawn: ChartContents = _NOTHING,
    ) -> tuple[Objection, ...]:
        """What nothing in the facts of `event` backs; empty: all of it is borne out.

        `drawn` is what a picture shows besides, where `words` describe one.

        Raises:
            RenderingError: the list of the language is broken.
        """
        lexicon = load_lexicon(self.templates, lang)
        if lexicon is None:
            reason = common(self.templates)["reasons"]["language"].format(lang=lang)
            end = len(words)
            kind, weight = ClaimKind.LANGUAGE, Weight.SECOND
            return (Objection(0, end, words, kind, weight, reason),)
        backing, text = ClaimFacts(event, self.register, drawn), plain(words)
        raised = list(_raised(_stated(text, event), backing, lexicon, causes))
        told = _told(backing, lexicon.common["reasons"])
        return tuple(sorted({_objection(one, text, words, told) for one in raised}))


def _raised(
    text: PlainText,
    backing: ClaimFacts,
    lexicon: Lexicon,
    causes: Sequence[Attribution],
) -> Iterator[RaisedObjection]:
    yield from read_words(text, backing.event, lexicon, causes)
    unnamed, wrong, named = NameReader(backing, lexicon).read(text)
    yield from wrong
    yield from read_numbers(unnamed, named, backing, lexicon)


def _stated(text: PlainText, event: IncidentEvent) -> PlainText:
    """The text without links, and without what the facts hold word for word.

    Those are credits, licences, and what a person says was wrong.
    """
    for match in _LINK.finditer(text.text):
        text = text.without(*match.span())
    facts = event.facts
    held = [part for c in facts.credits for part in (c.text, c.licence)]
    for words in (facts.statement, *sorted(held, key=len, reverse=True)):
        sought = plain(words).text
        at = text.text.find(sought) if sought else -1
        while at >= 0:
            text = text.without(at, at + len(sought))
            at = text.text.find(sought)
    return text


def _told(backing: ClaimFacts, reasons: Mapping[str, str]) -> Mapping[str, str]:
    """For each reason the sentence that says what the facts have."""
    facts, register = backing.event.facts, backing.register
    names = sorted({s.brand or register.name(s.entity, "en") for s in facts.networks})
    levels = sorted({whole_percent(v) for v in backing.every_level})
    values = {
        "levels": ", ".join(f"{level}%" for level in levels),
        "times": ", ".join(f"{t:%H:%M}" for t in sorted(backing.instants)),
        "days": ", ".join(f"{day:%d %b}" for day in sorted(backing.days)),
        "shortest": str(facts.duration.shortest),
        "longest": str(facts.duration.longest),
        "place": register.name(facts.place, "en"),
        "networks": ", ".join(names) or "-",
        "state": str(facts.state),
        "kind": str(backing.event.kind),
        "scope": str(facts.scope),
        "severity": str(facts.severity),
        "counts": ", ".join(map(str, sorted(backing.counts))),
    }
    return {
        key: sentence.format(**values)
        for key, sentence in reasons.items()
        if key != "language"
    }


def _objection(
    one: RaisedObjection, text: PlainText, words: str, told: Mapping[str, str]
) -> Objection:
    start, end = text.span(one.start, one.end)
    return Objection(
        start, end, words[start:end], one.kind, one.weight, told[one.reason]
    )


def read_numbers(
    text: PlainText,
    named: Sequence[tuple[int, SeriesLevel]],
    backing: ClaimFacts,
    lexicon: Lexicon,
) -> Iterator[RaisedObjection]:
    """Every figure of a text (without its names) that nothing backs."""
    read = read_figures(text, lexicon)
    yield from Levels(text.text, read.of(Percent), named, backing, lexicon).raised()
    yield from Times(text.text, read.of(Time), read.of(Day), backing, lexicon).raised()
    for lasting in read.of(Duration):
        if not backing.lasts(lasting.length, lasting.unit):
            yield _block(ClaimKind.DURATION, lasting, "duration")
    for zone in read.of(Offset):
        if zone.offset not in backing.offsets:
            yield _block(ClaimKind.TIME, zone, "offset")
    years = {day.year for day in backing.days}
    for number in read.of(Number):
        if number.value not in backing.counts | years:
            yield _block(ClaimKind.NUMBER, number, "number")


def _block(kind: ClaimKind, one: Figure, reason: str) -> RaisedObjection:
    return RaisedObjection(kind, Weight.BLOCK, one.start, one.end, reason)
