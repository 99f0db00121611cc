"""The score of the bot, of rules on trial, and of simpler ones, on labelled recordings."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import RecordingError
from bot.evaluation import comparators, metrics
from bot.evaluation.adjudication import Audits
from bot.evaluation.candidate_rules import CandidateRules
from bot.evaluation.comparators import COMPARATORS, Comparator
from bot.evaluation.labels import Label
from bot.evaluation.matching import Detection, country
from bot.evaluation.metrics import Score, ScoredCase
from bot.evaluation.recording_run import Judged, detections
from bot.model.entity import Entity
from bot.model.signal import Panel
from bot.tick.assessment import Rules

OURS, SHADOW = "outagewire", "shadow"


@dataclass(frozen=True, slots=True)
class System:
    """We, or a comparator, over the recordings that it can judge.

    `everywhere` counts the openings in all recordings, single networks and
    regions included; most are unlabelled and speak neither for nor against.
    """

    name: str
    score: Score
    everywhere: int


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """Rules on trial, and what they concluded from the same recordings."""

    shadow: CandidateRules
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Backtest:
    """Everything the scorecard shows.

    Attributes:
        systems: ours first; then the shadow, if there is one; then simpler rules.
        trial: the shadow, if there is one; audits: what people found out.
    """

    judged: tuple[Judged, ...]
    labels: tuple[Label, ...]
    systems: tuple[System, ...]
    rules: Rules
    trial: CandidateResult | None = None
    audits: Audits = field(default_factory=dict)

    @property
    def ours(self) -> System:
        """The bot's own score."""
        return self.systems[0]


def backtest(
    judged: Iterable[Judged],
    labels: Iterable[Label],
    rules: Rules,
    *,
    trial: CandidateResult | None = None,
    audits: Audits | None = None,
) -> Backtest:
    """Score judged recordings, and the comparators on the same ones.

    Args:
        judged: what the live rules concluded.
        labels: the truth.
        rules: the live ones.
        trial: other rules, to be shown beside them.
        audits: what people found out about events that no label tells of.

    Raises:
        RecordingError: a label is of a place or a time that its recording does not
            have, or two recordings have one name.
    """
    every = tuple(judged)
    names = {one.name for one in every}
    if len(names) < len(every):
        raise RecordingError("two recordings have the same name; labels go by it")
    told = tuple(label for label in labels if label.recording in names)
    for one in every:
        _refuse_strangers(one, told)
    systems = (
        _judges(OURS, every, told),
        *((_judges(SHADOW, trial.judged, told),) if trial else ()),
        *(_theirs(comparator, every, told) for comparator in COMPARATORS),
    )
    return Backtest(every, told, systems, rules, trial, audits or {})


def _refuse_strangers(judged: Judged, labels: Iterable[Label]) -> None:
    """Refuse labels that can only be a mistake."""
    known = {country(place) for place in judged.places}
    span = judged.recording.span
    for label in (one for one in labels if one.recording == judged.name):
        if country(label.entity) not in known:
            raise RecordingError(
                f"the label for {label.entity} is of {judged.name}, which has no"
                " series from there; mend the labels"
            )
        if not span.since <= label.start < span.until:
            raise RecordingError(
                f"the label for {label.entity} begins at {label.start:%Y-%m-%d %H:%M}"
                f" UTC, outside of {judged.name}; mend the labels"
            )


def _judges(name: str, judged: tuple[Judged, ...], labels: tuple[Label, ...]) -> System:
    """The score of our own judge, by the live rules or by others."""
    cases = [
        _case(
            one,
            labels,
            detections(one),
            one.places,
            two_families=len(one.families) > 1,
        )
        for one in judged
    ]
    everywhere = sum(len(case.detections) for case in cases)
    return System(name, metrics.score(cases), everywhere)


def _theirs(
    comparator: Comparator, judged: tuple[Judged, ...], labels: tuple[Label, ...]
) -> System:
    cases: list[ScoredCase] = []
    everywhere = 0
    for one in judged:
        panels = panels_of(one)
        every = comparators.openings(comparator, panels, one.recording.entities)
        everywhere += len(every or ())
        places = comparators.of_countries(panels)
        found = comparators.openings(comparator, panels, places)
        if found is not None:
            told = comparators.as_detections(found, one.name)
            cases.append(_case(one, labels, told, places))
    return System(comparator.name, metrics.score(cases), everywhere)


def panels_of(judged: Judged) -> tuple[Panel, ...]:
    """Every signal with everything that was recorded of it."""
    return tuple(judged.history.panel(s.id) for s in judged.recording.signals)


def _case(
    judged: Judged,
    labels: tuple[Label, ...],
    told: tuple[Detection, ...],
    places: tuple[Entity, ...],
    *,
    two_families: bool = False,
) -> ScoredCase:
    own = tuple(label for label in labels if label.recording == judged.name)
    return ScoredCase(
        recording=judged.name,
        unit=country(judged.places[0]),
        labels=own,
        detections=told,
        end=judged.recording.span.until,
        places=len(places),
        span=judged.recording.span.width,
        two_families=two_families,
        available={label: available(judged, label) for label in own},
    )


def available(judged: Judged, label: Label) -> datetime:
    """When the first bin that looks past the label's beginning was due."""
    dues = []
    for signal in judged.recording.signals:
        index = signal.bin_of(label.start)
        while signal.seen_at(index) <= label.start:
            index += 1
        dues.append(signal.due_at(index))
    return min(dues)


def told_only(one: Score, other: Score) -> list[Detection]:
    """Events that no label tells of, and that `other` says nothing of at that time."""
    return [
        d
        for d in one.unmatched
        if not any(
            d.place == e.place and d.when.overlaps(e.when)
            for j in other.judgements
            if j.case.recording == d.recording
            for e in j.case.detections
        )
    ]
