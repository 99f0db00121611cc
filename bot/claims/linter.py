"""Check a text against the facts of its event and return all objections."""

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
from bot.claims.levels import LevelChecker
from bot.claims.lexicon import Lexicon, load_common_lists, load_lexicon
from bot.claims.links import check_links, cited_links, find_links
from bot.claims.local_times import mask_cities
from bot.claims.names import NameChecker
from bot.claims.plain_text import PlainText, RaisedObjection, to_plain_text
from bot.claims.symbols import check_symbols
from bot.claims.times import TimeChecker
from bot.claims.word_rules import check_words
from bot.model.attribution import Attribution
from bot.model.draft import ClaimKind, Objection, ObjectionWeight
from bot.model.event import IncidentEvent
from bot.model.timeline import SeriesLevel
from bot.model.verdict import round_to_percent
from bot.places import Register
from bot.text.credits import quoted_words
from bot.text.translations import load_glyphs

_NO_CHART = ChartContents()
_IDENTIFIER = regex.compile(r"(?<!\w)@[\w.@-]+|(?<!\w)[A-Z]{2}-\d{4}-\d{4}\S*")
"""Matches handles of accounts and ids of incidents, whose words and digits claim nothing."""


@dataclass(frozen=True, slots=True)
class Linter:
    """Checks texts against the facts of events.

    Attributes:
        site: the public address of the report site, to which texts may link.
    """

    register: Register
    templates: Environment
    site: str

    def check(
        self,
        event: IncidentEvent,
        words: str,
        lang: str,
        causes: Sequence[Attribution] = (),
        chart: ChartContents = _NO_CHART,
    ) -> tuple[Objection, ...]:
        """Return the objections to a text, in the order of the text.

        The result is empty if the facts support the whole text.

        Args:
            event: the event that the text is about.
            words: the text.
            lang: the language of the text.
            causes: the attributions of the incident.
            chart: what the chart shows, if the text is its alt text.

        Raises:
            RenderingError: the word list of the language has a wrong form.
        """
        claim_facts = ClaimFacts(event, self.register, chart)
        reasons = load_common_lists(self.templates)["reasons"]
        cited = cited_links(event.facts, causes)
        sentences = _reason_sentences(claim_facts, reasons, (self.site, *cited))
        text = _without_quoted_facts(to_plain_text(words), event)
        raised = list(check_links(text, self.site, cited))
        raised += check_symbols(text, event, load_glyphs(self.templates))
        lexicon = load_lexicon(self.templates, lang)
        if lexicon is not None:
            unlinked = mask_cities(
                _without_identifiers(text),
                self.templates,
                lang,
                self.register.cities_of(claim_facts.zone, lang) - {"UTC"},
            )
            raised += _objections_to_words(unlinked, claim_facts, lexicon, causes)
        objections = {_objection(item, text, words, sentences) for item in raised}
        if lexicon is None:
            objections.add(
                _objection_to_language(words, reasons["language"].format(lang=lang))
            )
        return tuple(sorted(objections))


def _objection_to_language(words: str, reason: str) -> Objection:
    """Return the objection to a text in a language without a word list.

    Only the links of such a text can be checked. So a person who reads the language
    must approve the whole text (P16).
    """
    return Objection(
        0, len(words), words, ClaimKind.LANGUAGE, ObjectionWeight.SECOND, reason
    )


def _objections_to_words(
    text: PlainText,
    claim_facts: ClaimFacts,
    lexicon: Lexicon,
    causes: Sequence[Attribution],
) -> Iterator[RaisedObjection]:
    yield from check_words(text, claim_facts.event, lexicon, causes)
    # Digits in a name are not figures, so names are masked before numbers are read.
    unnamed, wrong, named_series = NameChecker(claim_facts, lexicon).check(text)
    yield from wrong
    yield from check_numbers(unnamed, named_series, claim_facts, lexicon)


def _without_identifiers(text: PlainText) -> PlainText:
    """Mask links, handles and incident ids, because numbers in them claim nothing."""
    spans = [*find_links(text), *(m.span() for m in _IDENTIFIER.finditer(text.text))]
    for start, end in spans:
        text = text.masked(start, end)
    return text


def _without_quoted_facts(text: PlainText, event: IncidentEvent) -> PlainText:
    """Mask the passages of a text that are quoted word for word from the facts.

    These passages are credits, licences and an editor's statement of what was wrong.
    """
    facts = event.facts
    quoted = quoted_words(facts.sources.credits)
    # A long credit may contain a short credit, so the longest credits are masked first.
    for words in (facts.statement or "", *sorted(quoted, key=len, reverse=True)):
        quote = to_plain_text(words).text
        at = text.text.find(quote) if quote else -1
        while at >= 0:
            text = text.masked(at, at + len(quote))
            at = text.text.find(quote)
    return text


def _reason_sentences(
    claim_facts: ClaimFacts, reasons: Mapping[str, str], links: Sequence[str]
) -> Mapping[str, str]:
    """Return, by reason, the sentence that tells the editor what the facts say."""
    facts, register = claim_facts.event.facts, claim_facts.register
    names = sorted(
        {s.brand or register.name(s.entity, "en") for s in facts.parts.networks}
    )
    levels = sorted({round_to_percent(v) for v in claim_facts.all_levels})
    values = {
        "levels": ", ".join(f"{level}%" for level in levels),
        "times": ", ".join(f"{t:%H:%M}" for t in sorted(claim_facts.allowed_times)),
        "days": ", ".join(f"{day:%d %b}" for day in sorted(claim_facts.allowed_dates)),
        "shortest": str(facts.timing.duration.shortest),
        "longest": str(facts.timing.duration.longest),
        "place": register.name(facts.place, "en"),
        "networks": ", ".join(names) or "-",
        # The stored values have hyphens in place of spaces.
        "state": str(facts.state).replace("-", " "),
        "kind": str(claim_facts.event.kind).replace("-", " "),
        "scope": str(facts.scope),
        "severity": str(facts.severity),
        "counts": ", ".join(map(str, sorted(claim_facts.allowed_counts))),
        "links": ", ".join(filter(None, links)),
    }
    return {
        key: sentence.format(**values)
        for key, sentence in reasons.items()
        # The sentence "language" needs another value, which `check` fills in.
        if key != "language"
    }


def _objection(
    raised: RaisedObjection, text: PlainText, words: str, sentences: Mapping[str, str]
) -> Objection:
    start, end = text.span(raised.start, raised.end)
    return Objection(
        start,
        end,
        words[start:end],
        raised.kind,
        raised.weight,
        sentences[raised.reason],
    )


def check_numbers(
    text: PlainText,
    named_series: Sequence[tuple[int, SeriesLevel]],
    claim_facts: ClaimFacts,
    lexicon: Lexicon,
) -> Iterator[RaisedObjection]:
    """Yield an objection for each number in `text` that the facts do not support."""
    figures = read_figures(text, lexicon)
    yield from LevelChecker(
        text.text, figures.figures_of_kind(Percent), named_series, claim_facts, lexicon
    ).objections()
    yield from TimeChecker(
        text.text,
        figures.figures_of_kind(Time),
        figures.figures_of_kind(Day),
        claim_facts,
        lexicon,
    ).objections()
    for duration in figures.figures_of_kind(Duration):
        if not claim_facts.allows_duration(duration.length, duration.unit):
            yield _block(ClaimKind.DURATION, duration, "duration")
    for offset in figures.figures_of_kind(Offset):
        if offset.offset not in claim_facts.utc_offsets:
            yield _block(ClaimKind.TIME, offset, "offset")
    # A text may state a year alone, so a number may be a year.
    years = {day.year for day in claim_facts.allowed_dates}
    for number in figures.figures_of_kind(Number):
        if number.value not in claim_facts.allowed_counts | years:
            yield _block(ClaimKind.NUMBER, number, "number")


def _block(kind: ClaimKind, figure: Figure, reason: str) -> RaisedObjection:
    return RaisedObjection(
        kind, ObjectionWeight.BLOCK, figure.start, figure.end, reason
    )
