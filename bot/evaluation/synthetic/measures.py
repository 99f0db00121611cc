"""Metrics of the synthetic benchmark: incidents compared with the true outages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from bot.detection.thresholds import Thresholds
from bot.evaluation import comparators, metrics
from bot.evaluation.comparators import Comparator, ThresholdRule
from bot.evaluation.labels import Label
from bot.evaluation.matching import Detection
from bot.evaluation.metrics import Delays, Score, ScoredCase
from bot.evaluation.synthetic.outages import DEPTHS, DURATIONS, SyntheticOutage, losses
from bot.evaluation.synthetic.run import WorldResult, detections_of
from bot.evaluation.synthetic.world import World
from bot.model.entity import Entity
from bot.model.signal import Family, Panel

_NAME = "generated"
# Recall has a target only for outages that are deeper and longer than these.
DEEPER_THAN = 0.30
LONGER_THAN = timedelta(minutes=30)
_STRICTNESS = (
    (0.99, 0.80, 0.25),
    (0.98, 0.75, 0.20),
    (0.95, 0.70, 0.15),
    (0.90, 0.60, 0.10),
    (0.80, 0.50, 0.05),
)
"""Thresholds on routes, probing and telescope: IODA's own, then lower and lower ones."""


@dataclass(frozen=True, slots=True)
class BenchmarkScore:
    """The true outages of one or more worlds, and the scores of one set of rules.

    Attributes:
        outages: the outages by their labels.
        confirmed: the score in which only confirmed events count as detected.
        opened: the score in which suspected events count as detected, too.
        two_family_labels: the labels of the outages that two families can show; empty
            if this was not computed.
    """

    outages: dict[Label, SyntheticOutage]
    confirmed: Score
    opened: Score
    two_family_labels: frozenset[Label]

    def detected_labels(self, score: Score) -> set[Label]:
        """Return the labels that are detected in `score`."""
        return {p.label for m in score.cases for p in m.matching.true_positives}

    def target_labels(self) -> list[Label]:
        """Return the labels of the target outages (see `is_target`)."""
        return [label for label, o in self.outages.items() if is_target(o)]

    def confirmable_labels(self) -> list[Label]:
        """Return the labels of the target outages that two families can show.

        In the smallest countries, counts are too low for a second family to show an
        outage.
        """
        return [x for x in self.target_labels() if x in self.two_family_labels]

    def recall(
        self, score: Score, wanted_labels: list[Label] | None = None
    ) -> float | None:
        """Return the share of the outages in `wanted_labels` that are detected in `score`.

        By default, `wanted_labels` has all target outages. If it is empty, return None.
        """
        selected = self.target_labels() if wanted_labels is None else wanted_labels
        detected = self.detected_labels(score)
        return (
            sum(label in detected for label in selected) / len(selected)
            if selected
            else None
        )


def is_target(outage: SyntheticOutage) -> bool:
    """Return whether an outage is deeper than 30 % and longer than 30 minutes.

    These are the target outages: recall has a target only for them.
    """
    return outage.depth > DEEPER_THAN and outage.duration > LONGER_THAN


def score_result(
    result: WorldResult, outages: Iterable[SyntheticOutage]
) -> BenchmarkScore:
    """Score the incidents of a world against its outages."""
    truth = {label_of(outage): outage for outage in outages}
    events = detections_of(result)
    return BenchmarkScore(
        outages=truth,
        confirmed=metrics.score(
            make_cases(result.world, truth, events, needed_families=2)
        ),
        opened=metrics.score(
            make_cases(result.world, truth, events, needed_families=1)
        ),
        two_family_labels=frozenset(
            x for x, o in truth.items() if len(detection_times(result.world, o)) > 1
        ),
    )


def label_of(outage: SyntheticOutage) -> Label:
    """Return the outage as a label with exact times."""
    return Label(
        recording=_NAME,
        entity=outage.place,
        start=outage.since,
        end=outage.until,
        cause=f"{outage.depth:.0%} {outage.shape}",
        source=_NAME,
        use=("time-to-detect", "restore"),
    )


def make_cases(
    world: World,
    truth: dict[Label, SyntheticOutage],
    events: Iterable[Detection],
    needed_families: int,
    places: tuple[Entity, ...] = (),
) -> list[ScoredCase]:
    """Return one case for each place.

    Args:
        world: the world in which the events were detected.
        truth: the true outages by their labels.
        events: the detected events.
        needed_families: 2 if only a confirmed event counts as detected; 1 if any event
            does.
        places: the places to score; empty for all places of `world`.
    """
    # Places without events are cases too: they add years without a false alarm.
    by_place: dict[Entity, list[Detection]] = {p: [] for p in places or world.places}
    for detection in events:
        by_place.setdefault(detection.place, []).append(detection)
    labels = {p: [x for x in truth if x.entity == p] for p in by_place}
    return [
        ScoredCase(
            recording=_NAME,
            cluster=str(place),
            labels=tuple(labels[place]),
            detections=tuple(detections),
            end=world.until,
            places=1,
            span=timedelta(days=world.days),
            needs_confirmation=needed_families > 1,
            available_at=_available_at(world, truth, labels[place], needed_families),
        )
        for place, detections in by_place.items()
    ]


def _available_at(
    world: World,
    truth: dict[Label, SyntheticOutage],
    labels: Iterable[Label],
    needed_families: int,
) -> dict[Label, datetime]:
    """Return, for each label, when `needed_families` families had published a low bin; UTC.

    The result has only target outages that at least `needed_families` families can show.
    """
    dues = {x: detection_times(world, truth[x]) for x in labels if is_target(truth[x])}
    return {
        x: due[needed_families - 1]
        for x, due in dues.items()
        if len(due) >= needed_families
    }


def detection_times(world: World, outage: SyntheticOutage) -> list[datetime]:
    """Return when each family that can show the outage published its first low bin.

    The times are sorted; UTC. A family can show an outage if the remaining share is
    below the threshold of its signal. A signal that is a count has two more conditions.
    The normal count must reach the signal's minimum. The lost count must exceed
    `Thresholds.spreads` times the Poisson noise, the square root of the normal count.
    """
    thresholds, due_times = Thresholds(), []
    for family, signal, loss, first in losses(world, outage):
        low = 1 - loss < thresholds.limit_of(signal).on
        # Only counts have a minimum; Poisson noise does not apply to other signals.
        if signal.minimum > 0:
            normal_count = float(np.nanmedian(world.series(family, outage.place)))
            significant = loss * normal_count > thresholds.spreads * np.sqrt(
                normal_count
            )
            low &= significant & (normal_count >= signal.minimum)
        if low.any():
            start = signal.bin_at(world.since) + first
            due_times.append(signal.due_at(start + int(low.argmax())))
    return sorted(due_times)


def recall_matrix(score: BenchmarkScore) -> list[dict[str, object]]:
    """Count injected, opened and confirmed outages for each depth and duration."""
    opened, confirmed = (
        score.detected_labels(score.opened),
        score.detected_labels(score.confirmed),
    )
    rows: list[dict[str, object]] = []
    for depth in DEPTHS:
        for duration in DURATIONS:
            cell = [
                x
                for x, o in score.outages.items()
                if o.depth == depth and o.duration == duration
            ]
            rows.append(
                {
                    "depth": depth,
                    "minutes": duration // timedelta(minutes=1),
                    "outages": len(cell),
                    "opened": sum(x in opened for x in cell),
                    "confirmed": sum(x in confirmed for x in cell),
                }
            )
    return rows


@dataclass(frozen=True, slots=True)
class ThresholdPoint:
    """The metrics of IODA's rules with one set of thresholds.

    Attributes:
        per_year: the false openings per place and year; None without any watched time.
    """

    name: str
    recall: float | None
    false_openings: int
    per_year: float | None


def ioda_points(
    world: World, outages: Iterable[SyntheticOutage], limit: int
) -> list[ThresholdPoint]:
    """Score IODA's single-signal rules on the first `limit` countries.

    An alert of any of the three signals opens an event, as on IODA's own page. The
    first result is for IODA's thresholds, the others are for lower thresholds (see
    `_STRICTNESS`).
    """
    places = world.places[:limit]
    truth = {label_of(o): o for o in outages if o.place in places}
    panels = [_panel(world, signal_id, places) for signal_id in world.signals]
    return [
        _point(world, truth, panels, places, thresholds) for thresholds in _STRICTNESS
    ]


def _panel(world: World, signal_id: str, places: tuple[Entity, ...]) -> Panel:
    signal, rows = world.signals[signal_id], world.rows[signal_id]
    indices = [rows.index(place) for place in places]
    first = signal.bin_at(world.since)
    return Panel(signal, places, first, world.values[signal_id][indices])


def _point(
    world: World,
    truth: dict[Label, SyntheticOutage],
    panels: list[Panel],
    places: tuple[Entity, ...],
    thresholds: tuple[float, float, float],
) -> ThresholdPoint:
    routes, probing, telescope = thresholds
    rules = (
        ThresholdRule(Family.CONTROL_PLANE, timedelta(days=1), routes),
        ThresholdRule(Family.ACTIVE_PROBING, timedelta(days=7), probing),
        ThresholdRule(Family.TELESCOPE, timedelta(days=7), telescope),
    )
    name = f"routes {routes:.0%}, probing {probing:.0%}, telescope {telescope:.0%}"
    openings = comparators.find_openings(Comparator(name, rules), panels, places) or []
    events = comparators.as_detections(openings, _NAME)
    score = metrics.score(make_cases(world, truth, events, 1, places))
    benchmark_score = BenchmarkScore(truth, score, score, frozenset())
    false = score.false_suspected
    recall = benchmark_score.recall(score)
    return ThresholdPoint(name, recall, false.events, false.per_year)


def false_openings(score: BenchmarkScore, places: Iterable[Entity]) -> int:
    """Count the false alarms in `places`, confirmed or only suspected."""
    clusters = {str(place) for place in places}
    return sum(
        len(m.matching.false_alarms)
        for m in score.opened.cases
        if m.case.cluster in clusters
    )


def recall_in(score: BenchmarkScore, places: Iterable[Entity]) -> float | None:
    """Return the share of target outages in `places` that were suspected or confirmed.

    If `places` have no target outage, return None.
    """
    wanted_labels = [x for x in score.target_labels() if x.entity in set(places)]
    detected = score.detected_labels(score.opened)
    return (
        sum(x in detected for x in wanted_labels) / len(wanted_labels)
        if wanted_labels
        else None
    )


def delays_of(score: BenchmarkScore) -> tuple[Delays, Delays]:
    """Return the delays of the first report, and the delays of the confirmation.

    The delay of the first report counts from the time at which the first low bin of one
    family was available. The delay of the confirmation counts from the time at which low
    bins of two families were available.
    """
    return score.opened.from_availability, score.confirmed.from_availability
