"""Runs the whole program over generated worlds, and checks every sentence of its posts."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.evaluation.sentences.checking import Publication, is_true
from bot.evaluation.sentences.reading import Kind, Statement, read
from bot.evaluation.sentences.stories import HISTORY, draw_world
from bot.evaluation.sentences.truth import Truth, truth_of
from bot.evaluation.synthetic.run import run_world
from bot.model.draft import Outlet
from bot.model.incident import IncidentEvent
from bot.tick.assessment import Rules

Write = Callable[[IncidentEvent, Outlet], str]
"""Returns the post on an event for an outlet."""
OUTLETS = (
    Outlet("x", "x", limit=280),
    Outlet("mastodon", "mastodon", limit=500),
)
"""The short and the long form of a post."""


@dataclass(frozen=True, slots=True)
class FalseSentence:
    """A sentence that is not true, with the seed of its world."""

    seed: int
    event: str
    kind: Kind
    sentence: str


@dataclass(slots=True)
class SentenceScore:
    """How many statements were checked, by kind, and those that are false."""

    checked: Counter[Kind] = field(default_factory=Counter)
    wrong: list[FalseSentence] = field(default_factory=list)

    def add(self, other: "SentenceScore") -> None:
        """Add the score of another world."""
        self.checked += other.checked
        self.wrong += other.wrong


def check_world(seed: int, write: Write) -> SentenceScore:
    """Check every sentence of the posts about one generated world."""
    world, outages = draw_world(seed)
    result = run_world(world, Rules(), timedelta(days=1), HISTORY - timedelta(days=1))
    score = SentenceScore()
    for changes in result.changes_by_incident.values():
        place = changes[0].incident.place
        truth = truth_of(world, place, outages)
        for change in changes:
            _check_event(seed, change.event, truth, write, score)
    return score


def _check_event(
    seed: int,
    event: IncidentEvent,
    truth: Truth,
    write: Write,
    score: SentenceScore,
) -> None:
    step = max(signal.step for signal in truth.signals.values())
    since = _true_beginning(event, truth)
    for outlet in OUTLETS:
        text = write(event, outlet)
        for statement in read(text, event.at):
            score.checked[statement.kind] += 1
            published = Publication(event.at, since, step)
            if not _holds(statement, truth, published):
                wrong = FalseSentence(
                    seed, event.key, statement.kind, statement.sentence
                )
                score.wrong.append(wrong)


def _holds(statement: Statement, truth: Truth, published: Publication) -> bool:
    # An incident of a place without any outage says nothing that is true.
    checked = statement.kind not in {Kind.NEUTRAL, Kind.UNREAD}
    if checked and not truth.cuts(published.since - timedelta(hours=1), published.at):
        return False
    return is_true(statement, truth, published)


def _true_beginning(event: IncidentEvent, truth: Truth) -> datetime:
    """Return when the outage began that the incident is about, or its onset."""
    onset = event.facts.onset
    begun = [
        o.since
        for o in truth.outages
        if o.since <= onset.until and o.until > onset.since
    ]
    return min(begun, default=onset.since)
