"""Runs the program over generated worlds, and checks every published sentence."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.evaluation.sentences.checking import is_true
from bot.evaluation.sentences.reading import read
from bot.evaluation.sentences.reading_data import Json, read_data
from bot.evaluation.sentences.seen_cuts import Publication
from bot.evaluation.sentences.statements import Kind, Statement
from bot.evaluation.sentences.stories import HISTORY, draw_world
from bot.evaluation.sentences.truth import Truth, truth_of
from bot.evaluation.synthetic.run import run_world
from bot.model.event import IncidentChange, IncidentEvent
from bot.model.incident import Evidence
from bot.places import load_register
from bot.tick.rules import AssessmentRules

WriteTexts = Callable[[IncidentEvent, Evidence], Iterable[str]]
"""A function that returns all published texts about an event: posts, page, alt text."""
WriteData = Callable[[IncidentChange], Json]
"""A function that returns the content of `incident.json` as published with an event."""


@dataclass(frozen=True, slots=True)
class FalseSentence:
    """A false sentence, with the seed of its world and the key of its event."""

    seed: int
    event: str
    kind: Kind
    sentence: str


@dataclass(slots=True)
class SentenceScore:
    """The number of checked statements of each kind, and the false sentences."""

    checked: Counter[Kind] = field(default_factory=Counter)
    wrong: list[FalseSentence] = field(default_factory=list)

    def add(self, other: "SentenceScore") -> None:
        """Add the counts and the false sentences of another score to this one."""
        self.checked += other.checked
        self.wrong += other.wrong


def check_world(
    seed: int, write_texts: WriteTexts, write_data: WriteData | None = None
) -> SentenceScore:
    """Check everything that is published about one generated world; return the score.

    Args:
        seed: the seed of the world.
        write_texts: returns the texts about an event.
        write_data: returns the content of `incident.json` for an event; None to check only
            the texts.
    """
    world, outages = draw_world(seed)
    result = run_world(
        world, AssessmentRules(), timedelta(days=1), HISTORY - timedelta(days=1)
    )
    register, score = load_register(), SentenceScore()
    for changes in result.changes_by_incident.values():
        truth = truth_of(world, changes[0].incident.place, outages, register)
        for change in changes:
            statements = _statements(change, write_texts)
            if write_data is not None:
                statements += read_data(write_data(change))
            _check(_Case(seed, change.event, truth, score), statements)
    return score


@dataclass(frozen=True, slots=True)
class _Case:
    """An event whose published statements are checked.

    Attributes:
        seed: the seed of the event's world.
        truth: the truth about the place of the event.
        score: counts the checked statements, and collects the false ones.
    """

    seed: int
    event: IncidentEvent
    truth: Truth
    score: SentenceScore


def _statements(change: IncidentChange, texts: WriteTexts) -> list[Statement]:
    """Return the claims of all texts about an event, without repetitions."""
    event = change.event
    # Repeated claims are removed: texts of different lengths share most sentences.
    return list(
        {
            s: None
            for text in texts(event, change.evidence)
            for s in read(text, event.at)
        }
    )


def _check(case: _Case, statements: Iterable[Statement]) -> None:
    event, truth, score = case.event, case.truth, case.score
    step = max(signal.step for signal in truth.signals.values())
    published = Publication(event.at, _true_beginning(event, truth), step)
    for statement in statements:
        score.checked[statement.kind] += 1
        if not _holds(statement, truth, published):
            wrong = FalseSentence(
                case.seed, event.key, statement.kind, statement.sentence
            )
            score.wrong.append(wrong)


def _holds(statement: Statement, truth: Truth, published: Publication) -> bool:
    return is_true(statement, truth, published)


def _true_beginning(event: IncidentEvent, truth: Truth) -> datetime:
    """Return when the outage of an event truly began; aware, UTC.

    If no outage overlaps the event's onset, return the start of the onset.
    """
    onset = event.facts.timing.onset
    begun = [
        o.since
        for subject in (truth, *truth.parts.values())
        for o in subject.outages
        if o.since <= onset.until and o.until > onset.since
    ]
    return min(begun, default=onset.since)
