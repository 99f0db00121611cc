"""The backtest scores live rules, candidate rules and comparators against labels."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.errors import RecordingError
from bot.evaluation import comparators, metrics
from bot.evaluation.adjudication import Adjudications
from bot.evaluation.candidate_rules import CandidateRules
from bot.evaluation.comparators import COMPARATORS, Comparator
from bot.evaluation.labels import Label
from bot.evaluation.matching import Detection, country_of
from bot.evaluation.metrics import Score, ScoredCase
from bot.evaluation.recording_run import RecordingResult, detections_of
from bot.model.entity import Entity
from bot.model.signal import Panel
from bot.tick.rules import AssessmentRules

LIVE, CANDIDATE = "outagewire", "candidate"
"""The names of the live rules and of the candidate rules in `score.json`."""


@dataclass(frozen=True, slots=True)
class System:
    """A set of rules and its score on all recordings that it can be applied to.

    Attributes:
        opening_count: how many events the rules open in all recordings. This includes
            events of single networks and regions. Most of those have no label, so the
            number does not show the precision.
    """

    name: str
    score: Score
    opening_count: int


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """Candidate rules and their results, one for each recording of the backtest."""

    candidate: CandidateRules
    results: tuple[RecordingResult, ...]


@dataclass(frozen=True, slots=True)
class Backtest:
    """The results and scores of one backtest, from which the scorecard is made.

    Attributes:
        results: the results of the live rules, one for each recording.
        labels: the labels of these recordings.
        systems: the live rules; then the candidate rules, if there are any; then the
            comparators.
        rules: the live rules.
        candidate: the candidate rules with their results; None if there are none.
    """

    results: tuple[RecordingResult, ...]
    labels: tuple[Label, ...]
    systems: tuple[System, ...]
    rules: AssessmentRules
    candidate: CandidateResult | None = None
    adjudications: Adjudications = field(default_factory=dict)

    @property
    def live(self) -> System:
        """The live rules and their score."""
        return self.systems[0]


def backtest(
    results: Iterable[RecordingResult],
    labels: Iterable[Label],
    rules: AssessmentRules,
    *,
    candidate: CandidateResult | None = None,
    adjudications: Adjudications | None = None,
) -> Backtest:
    """Score the live rules, candidate rules and comparators on the same recordings.

    Args:
        results: what the live rules concluded, one result for each recording.
        labels: the ground truth; labels of other recordings are left out.
        rules: the live rules.
        candidate: candidate rules with their results; None if there are none.
        adjudications: people's judgements of events that match no label; None if there
            are none.

    Raises:
        RecordingError: the country or the start of a label is not in the label's
            recording, or two recordings have the same name.
    """
    all_results = tuple(results)
    names = {result.name for result in all_results}
    if len(names) < len(all_results):
        raise RecordingError(
            "two recordings have the same name, and labels refer to recordings by"
            " name; rename one of the folders"
        )
    used = tuple(label for label in labels if label.recording in names)
    # Labels are checked before scoring: with a wrong label, every system would get a
    # miss.
    for result in all_results:
        _check_labels(result, used)
    systems = (
        _score_rules(LIVE, all_results, used),
        *((_score_rules(CANDIDATE, candidate.results, used),) if candidate else ()),
        *(_score_comparator(c, all_results, used) for c in COMPARATORS),
    )
    return Backtest(all_results, used, systems, rules, candidate, adjudications or {})


def _check_labels(result: RecordingResult, labels: Iterable[Label]) -> None:
    """Raise RecordingError if a label's country or start is not in the recording."""
    countries = {country_of(place) for place in result.places}
    span = result.recording.span
    for label in (x for x in labels if x.recording == result.name):
        if country_of(label.entity) not in countries:
            raise RecordingError(
                f"the label for {label.entity} names the recording {result.name},"
                " which has no series from there; correct the label"
            )
        if not span.since <= label.start < span.until:
            raise RecordingError(
                f"the label for {label.entity} begins at {label.start:%Y-%m-%d %H:%M}"
                f" UTC, which is outside the recording {result.name}; correct the"
                " label"
            )


def _score_rules(
    name: str, results: tuple[RecordingResult, ...], labels: tuple[Label, ...]
) -> System:
    """Return the score of our own detection with the live or with candidate rules."""
    cases = [
        _case(
            result,
            labels,
            detections_of(result),
            result.places,
            # A drop in only one family is never confirmed (P7). A recording of one
            # family would have no detections if they needed confirmation.
            needs_confirmation=len(result.families) > 1,
        )
        for result in results
    ]
    openings = sum(len(case.detections) for case in cases)
    return System(name, metrics.score(cases), openings)


def _score_comparator(
    comparator: Comparator,
    results: tuple[RecordingResult, ...],
    labels: tuple[Label, ...],
) -> System:
    """Return a comparator's score on all recordings that have the signals it needs."""
    cases: list[ScoredCase] = []
    opening_count = 0
    for result in results:
        panels = panels_of(result)
        entities = result.recording.entities
        # Openings can be counted without labels. They are counted for all entities.
        openings = comparators.find_openings(comparator, panels, entities)
        opening_count += len(openings or ())
        # A comparator does not group series into incidents. Only series of whole
        # countries are therefore scored.
        countries = comparators.countries_of(panels)
        national = comparators.find_openings(comparator, panels, countries)
        if national is not None:
            events = comparators.as_detections(national, result.name)
            cases.append(_case(result, labels, events, countries))
    return System(comparator.name, metrics.score(cases), opening_count)


def panels_of(result: RecordingResult) -> tuple[Panel, ...]:
    """Return each signal's table of readings (its panel) over the whole recording."""
    return tuple(result.history.panel(s.id) for s in result.recording.signals)


def _case(
    result: RecordingResult,
    labels: tuple[Label, ...],
    events: tuple[Detection, ...],
    places: tuple[Entity, ...],
    *,
    needs_confirmation: bool = False,
) -> ScoredCase:
    own = tuple(label for label in labels if label.recording == result.name)
    return ScoredCase(
        recording=result.name,
        cluster=country_of(result.places[0]),
        labels=own,
        detections=events,
        end=result.recording.span.until,
        places=len(places),
        span=result.recording.span.width,
        needs_confirmation=needs_confirmation,
        available_at={label: first_available_at(result, label) for label in own},
    )


def first_available_at(result: RecordingResult, label: Label) -> datetime:
    """Return the earliest time at which a reading could show a labelled event; UTC.

    It is the earliest time at which a bin measured after the label's start was due.
    """
    due_times = []
    for signal in result.recording.signals:
        # The bin that contains the start may have been measured before the start. Then
        # the bin cannot show the event.
        index = signal.bin_at(label.start)
        while signal.last_instant_of(index) <= label.start:
            index += 1
        due_times.append(signal.due_at(index))
    return min(due_times)


def unmatched_only_in(own_score: Score, other: Score) -> list[Detection]:
    """Return the events of `own_score` that match no label and that `other` does not have.

    `other` has an event if one of its events at the same place, in the same recording,
    overlaps it.
    """
    return [
        d
        for d in own_score.unmatched
        if not any(
            d.place == e.place and d.period.overlaps(e.period)
            for matched in other.cases
            if matched.case.recording == d.recording
            for e in matched.case.detections
        )
    ]
