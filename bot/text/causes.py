"""Text for classes and attributions (public), and for cause hints (editors only)."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Any

from bot.incidents.cause_likelihoods import (
    EventContext,
    Hint,
    LikelihoodFigure,
    LikelihoodFigures,
    hints_of,
)
from bot.model.attribution import Attribution, AttributionLevel
from bot.model.classification import ClassKind, EditorContext, EventClassification
from bot.model.delivery import web_address
from bot.model.entity import EntityKind
from bot.model.event import IncidentEvent
from bot.text.reasons import class_evidence_in_words, class_rule_in_words
from bot.text.times import TimeFormatter
from bot.text.translations import Translations


@dataclass(frozen=True, slots=True)
class CauseView:
    """One public attribution with its source; `who` is the person or body quoted."""

    who: str
    text: str
    link: str
    archived: str
    time: str


@dataclass(frozen=True, slots=True)
class ClassView:
    """The class of an incident from `time` on, and the rule that set it."""

    name: str
    rule: str
    version: int
    time: str


@dataclass(frozen=True, slots=True)
class HintView:
    """One cause hint for editors; all fields are texts except `figure`.

    Attributes:
        text: the pattern that was looked for, and whether it was seen.
        toward: the kind of cause that the hint makes likelier.
        ratio: how many times likelier; never below 1.
        shutdown, spontaneous: the percentage of shutdowns, and of other outages, that
            show the pattern.
    """

    id: str
    text: str
    toward: str
    ratio: str
    shutdown: str
    spontaneous: str
    figure: LikelihoodFigure


@dataclass(frozen=True, slots=True)
class EditorView:
    """What the review letter says about the cause: class, hints and base rates.

    The figures are from a published list of outages. For some outages, the list names
    an order or exams as the cause; such outages are called ordered, and are shutdowns.

    Attributes:
        class_name: the class of the incident; "" if there is none yet.
        rule: the rule that determined the class.
        figures: the figures from the list.
        country: the numbers of all outages and of ordered outages that the list has for
            the country; None if the list does not have the country.
        has_many_ordered_outages: whether the country is one of the few countries with
            most of the ordered outages.
    """

    class_name: str
    rule: str
    evidence: tuple[str, ...]
    hints: tuple[HintView, ...]
    figures: LikelihoodFigures
    country: tuple[int, int] | None
    has_many_ordered_outages: bool


def class_meaning(
    event: IncidentEvent,
    classes: Sequence[EventClassification],
    translations: Translations,
) -> str:
    """Return what the latest class means for people.

    If the class is unknown, return what the scope means for people.
    """
    kind = classes[-1].classification.kind if classes else ClassKind.UNKNOWN
    if kind is not ClassKind.UNKNOWN:
        return translations.translate("classes", kind, "meaning")
    # A scope says how much of a country is affected. For a region or network, there is
    # therefore one text for all scopes.
    whole = event.facts.place.kind is EntityKind.COUNTRY
    return translations.translate("meaning", event.facts.scope if whole else "place")


def class_name(translations: Translations, kind: ClassKind) -> str:
    """Return the name of a class, in the language of `translations`."""
    return translations.translate("classes", kind, "name")


def class_views(
    classes: Sequence[EventClassification], times: TimeFormatter
) -> tuple[ClassView, ...]:
    """Return every change of the class, oldest first; all changes are public (P11)."""
    views: list[ClassView] = []
    last: ClassKind | None = None
    for step in classes:
        # A step that repeats the class is not a change of the class.
        if step.classification.kind is not last:
            last = step.classification.kind
            name = class_name(times.translations, last)
            time = times.with_year(step.at)
            views.append(
                ClassView(
                    name,
                    class_rule_in_words(
                        times.translations.table, step.classification.why
                    ),
                    step.classification.version,
                    time,
                )
            )
    return tuple(views)


def cause_sentence(
    attributions: Sequence[Attribution], translations: Translations
) -> str:
    """Return "the cause is not known", or "" if it is public who ordered the outage."""
    # An attribution that says who ordered an outage has the level A3. It is public from
    # the signature of a second person until somebody withdraws it (P8).
    ordered = any(
        a.is_shown and a.claim.level is AttributionLevel.A3 for a in attributions
    )
    return "" if ordered else translations.translate("causes", "unknown")


def cause_views(
    attributions: Sequence[Attribution], times: TimeFormatter
) -> tuple[CauseView, ...]:
    """Return the public attributions, one sentence each."""
    return tuple(
        CauseView(
            who=attribution.claim.who,
            text=times.translations.translate(
                "causes",
                attribution.claim.level,
                who=attribution.claim.who,
                # The translated sentence already ends with a full stop.
                statement=attribution.claim.statement.rstrip("."),
                alternative=attribution.claim.alternative.rstrip("."),
            ),
            link=attribution.claim.link,
            # An archived copy may be a file on an editor's disk. The page links only to
            # a copy with a web address.
            archived=web_address(attribution.claim.archived),
            # A claim that needs two people becomes public when the second person signs.
            time=times.with_year((attribution.signed or attribution.added).at),
        )
        for attribution in attributions
        if attribution.is_shown
    )


def withdrawn_views(
    attributions: Sequence[Attribution], times: TimeFormatter
) -> tuple[str, ...]:
    """Return a sentence for each attribution that was public and is withdrawn (P11).

    The sentence gives the reason for the withdrawal.
    """
    return tuple(
        times.translations.translate(
            "causes",
            "withdrawn",
            who=attribution.claim.who,
            time=times.with_year(attribution.withdrawn.at),
            reason=attribution.withdrawn.reason.rstrip("."),
        )
        for attribution in attributions
        if attribution.withdrawn is not None and attribution.was_ever_shown
    )


def editor_view(
    event: IncidentEvent, background: EditorContext, times: TimeFormatter
) -> EditorView:
    """Build the editors' view: class, cause hints and base rates."""
    figures = load_figures()
    context = EventContext(event, times.local, background.other_incidents, figures.grid)
    code = times.register.country(event.facts.place) or ""
    result, words = background.classification, times.translations.table
    return EditorView(
        class_name=class_name(times.translations, result.kind) if result else "",
        rule=class_rule_in_words(words, result.why) if result else "",
        evidence=tuple(
            class_evidence_in_words(words, item)
            for item in (result.evidence if result else ())
        ),
        hints=tuple(
            _hint(h, times.translations) for h in hints_of(context, figures.figures)
        ),
        figures=figures,
        country=figures.countries.get(code),
        has_many_ordered_outages=code in figures.series,
    )


def _hint(hint: Hint, translations: Translations) -> HintView:
    figure = hint.figure
    toward = "shutdown" if hint.ratio > 1 else "other"
    # A ratio below 1 makes a shutdown less likely. It is inverted, and the hint names
    # the other kind of cause, so editors never read a number below 1.
    ratio = hint.ratio if hint.ratio > 1 else 1 / hint.ratio
    return HintView(
        id=figure.id,
        text=translations.translate(
            "hints", figure.id, "seen" if hint.seen else "unseen"
        ),
        toward=translations.translate("hints", "toward", toward),
        ratio=f"{ratio:.1f}",
        shutdown=translations.percent(figure.shutdown),
        spontaneous=translations.percent(figure.spontaneous),
        figure=figure,
    )


@lru_cache(maxsize=1)
def load_figures() -> LikelihoodFigures:
    """Load the figures for cause hints from the package's data."""
    text = (files("bot") / "data" / "cause-hints.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    source = table["source"]
    return LikelihoodFigures(
        title=source["title"],
        link=source["link"],
        shutdowns=source["shutdowns"],
        spontaneous=source["spontaneous"],
        rows=source["rows"],
        ordered=source["ordered"],
        series=tuple(source["series"]),
        series_ordered=source["series_ordered"],
        largest=source["largest"],
        largest_rows=source["largest_rows"],
        grid=timedelta(minutes=source["grid"]),
        figures=tuple(_figure(row) for row in table["hint"]),
        countries={code: (row[0], row[1]) for code, row in table["countries"].items()},
    )


def _figure(row: dict[str, Any]) -> LikelihoodFigure:
    counts = {name: tuple(row[name]) for name in ("ordered", "other", "elsewhere")}
    return LikelihoodFigure(**{**row, **counts})
