"""Class, hints and attributions as words: the first and last for all, hints for editors."""

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
    weigh,
)
from bot.model.attribution import Attribution, Level
from bot.model.classification import Background, Classified, ClassKind
from bot.model.entity import EntityKind
from bot.model.incident import IncidentEvent
from bot.text.times import TimeFormatter
from bot.text.translations import Translations


@dataclass(frozen=True, slots=True)
class CauseView:
    """One attribution that readers may see, with its source."""

    text: str
    link: str
    archived: str
    time: str


@dataclass(frozen=True, slots=True)
class ClassView:
    """From when on an incident was taken for which class, and by which rule."""

    name: str
    rule: str
    version: int
    time: str


@dataclass(frozen=True, slots=True)
class HintView:
    """One pattern for editors; `toward` is "shutdown" or "other"."""

    id: str
    text: str
    toward: str
    ratio: str
    shutdown: str
    spontaneous: str
    figure: LikelihoodFigure


@dataclass(frozen=True, slots=True)
class DeskView:
    """What the editors' letter tells and no other outlet does.

    Attributes:
        found: the class in words, with rule and evidence; empty: none yet.
        country: the place's own rows of the list, and those of them ordered.
    """

    found: str
    why: str
    evidence: tuple[str, ...]
    hints: tuple[HintView, ...]
    figures: LikelihoodFigures
    country: tuple[int, int] | None
    of_series: bool


def meaning_of(
    event: IncidentEvent, classified: Sequence[Classified], words: Translations
) -> str:
    """What this class of disruption means for people; by scope where none is known."""
    found = classified[-1].found.kind if classified else ClassKind.UNKNOWN
    if found is not ClassKind.UNKNOWN:
        return words.say("classes", found, "meaning")
    whole = event.facts.place.kind is EntityKind.COUNTRY
    return words.say("meaning", event.facts.scope if whole else "place")


def class_name(words: Translations, found: ClassKind) -> str:
    """What a class is called."""
    return words.say("classes", found, "name")


def class_views(
    classified: Sequence[Classified], moments: TimeFormatter
) -> tuple[ClassView, ...]:
    """Each change of the class, oldest first: nothing is changed in silence (P11)."""
    views: list[ClassView] = []
    last: ClassKind | None = None
    for one in classified:
        if one.found.kind is not last:
            last = one.found.kind
            name = class_name(moments.words, last)
            time = moments.stamp(one.at)
            views.append(ClassView(name, one.found.why, one.found.version, time))
    return tuple(views)


def cause_of(attributions: Sequence[Attribution], words: Translations) -> str:
    """Our own sentence: unknown, unless a document is on file that says who (P8)."""
    ordered = any(a.shown and a.claim.level is Level.A3 for a in attributions)
    return "" if ordered else words.say("causes", "unknown")


def cause_views(
    attributions: Sequence[Attribution], moments: TimeFormatter
) -> tuple[CauseView, ...]:
    """What readers may see of what people say, each in a sentence of its own."""
    return tuple(
        CauseView(
            text=moments.words.say(
                "causes",
                one.claim.level,
                who=one.claim.who,
                statement=one.claim.statement.rstrip("."),
                alternative=one.claim.alternative.rstrip("."),
            ),
            link=one.claim.link,
            archived=_public(one.claim.archived),
            time=moments.stamp((one.signed or one.added).at),
        )
        for one in attributions
        if one.shown
    )


def withdrawn_views(
    attributions: Sequence[Attribution], moments: TimeFormatter
) -> tuple[str, ...]:
    """What readers saw and people took back, with the reason (P11)."""
    return tuple(
        moments.words.say(
            "causes",
            "withdrawn",
            who=one.claim.who,
            time=moments.stamp(one.withdrawn.at),
            reason=one.withdrawn.reason.rstrip("."),
        )
        for one in attributions
        if one.withdrawn is not None and one.was_shown
    )


def for_the_desk(
    event: IncidentEvent, background: Background, moments: TimeFormatter
) -> DeskView:
    """Class, hints and base rates, for editors only."""
    figures = load_figures()
    asked = EventContext(event, moments.local, background.beside, figures.grid)
    code = moments.register.country(event.facts.place) or ""
    found = background.found
    return DeskView(
        found=class_name(moments.words, found.kind) if found else "",
        why=found.why if found else "",
        evidence=found.evidence if found else (),
        hints=tuple(_hint(h, moments.words) for h in weigh(asked, figures.figures)),
        figures=figures,
        country=figures.countries.get(code),
        of_series=code in figures.series,
    )


def _hint(hint: Hint, words: Translations) -> HintView:
    figure = hint.figure
    toward = "shutdown" if hint.ratio > 1 else "other"
    ratio = hint.ratio if hint.ratio > 1 else 1 / hint.ratio
    return HintView(
        id=figure.id,
        text=words.say("hints", figure.id, "seen" if hint.seen else "unseen"),
        toward=words.say("hints", "toward", toward),
        ratio=f"{ratio:.1f}",
        shutdown=words.percent(figure.shutdown),
        spontaneous=words.percent(figure.spontaneous),
        figure=figure,
    )


def _public(archived: str) -> str:
    """An archived copy that readers can open; a path is the desk's own."""
    return archived if archived.startswith(("https://", "http://")) else ""


@lru_cache(maxsize=1)
def load_figures() -> LikelihoodFigures:
    """The figures that the package carries, as counted on the public list."""
    text = (files("bot") / "data" / "cause-hints.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)
    source = told["source"]
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
        figures=tuple(_figure(row) for row in told["hint"]),
        countries={code: (row[0], row[1]) for code, row in told["countries"].items()},
    )


def _figure(row: dict[str, Any]) -> LikelihoodFigure:
    counts = {name: tuple(row[name]) for name in ("ordered", "other", "elsewhere")}
    return LikelihoodFigure(**{**row, **counts})
