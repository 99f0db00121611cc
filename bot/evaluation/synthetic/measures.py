"""Generated truth held against what was told of it: the figures of the benchmark."""

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
from bot.evaluation.synthetic.run import Played, detections
from bot.evaluation.synthetic.world import World
from bot.model.entity import Entity
from bot.model.signal import Family, Panel

_NAME = "generated"
DEEPER_THAN = 0.30
LONGER_THAN = timedelta(minutes=30)
_STRICTNESS = (
    (0.99, 0.80, 0.25),
    (0.98, 0.75, 0.20),
    (0.95, 0.70, 0.15),
    (0.90, 0.60, 0.10),
    (0.80, 0.50, 0.05),
)
"""For IODA's rules on routes, probing and telescope: as published, then stricter."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One world's truth and the scores of who judged it.

    Attributes:
        confirmed: found means confirmed; opened: found means told of at all.
        shown_by_two: the outages that two families could show.
    """

    outages: dict[Label, SyntheticOutage]
    confirmed: Score
    opened: Score
    shown_by_two: frozenset[Label]

    def found(self, score: Score) -> set[Label]:
        """The labels that `score` counts as found."""
        return {p.label for j in score.judgements for p in j.matching.found}

    def national(self) -> list[Label]:
        """The outages that the targets speak of: deep and long enough."""
        return [label for label, o in self.outages.items() if counts(o)]

    def confirmable(self) -> list[Label]:
        """Those of them that two families can show: not in the tiniest countries."""
        return [x for x in self.national() if x in self.shown_by_two]

    def recall(self, score: Score, wanted: list[Label] | None = None) -> float | None:
        """Of the outages that the targets speak of, or of some of them."""
        asked = self.national() if wanted is None else wanted
        found = self.found(score)
        return sum(label in found for label in asked) / len(asked) if asked else None


def counts(outage: SyntheticOutage) -> bool:
    """Whether the targets speak of it: deeper than 30 %, longer than 30 minutes."""
    return outage.depth > DEEPER_THAN and outage.duration > LONGER_THAN


def hold(played: Played, outages: Iterable[SyntheticOutage]) -> Scored:
    """Our own incidents against the truth of their world."""
    truth = {label(outage): outage for outage in outages}
    told = detections(played)
    return Scored(
        outages=truth,
        confirmed=metrics.score(cases(played.world, truth, told, families=2)),
        opened=metrics.score(cases(played.world, truth, told, families=1)),
        shown_by_two=frozenset(
            x for x, o in truth.items() if len(showing(played.world, o)) > 1
        ),
    )


def label(outage: SyntheticOutage) -> Label:
    """The truth in the form in which labels are matched."""
    return Label(
        recording=_NAME,
        entity=outage.place,
        start=outage.since,
        end=outage.until,
        cause=f"{outage.depth:.0%} {outage.shape}",
        source=_NAME,
        use=("time-to-detect", "restore"),
    )


def cases(
    world: World,
    truth: dict[Label, SyntheticOutage],
    told: Iterable[Detection],
    families: int,
    places: tuple[Entity, ...] = (),
) -> list[ScoredCase]:
    """One case for each country, in which `families` must agree to count as found."""
    by_place: dict[Entity, list[Detection]] = {p: [] for p in places or world.places}
    for detection in told:
        by_place.setdefault(detection.place, []).append(detection)
    labels = {p: [x for x in truth if x.entity == p] for p in by_place}
    return [
        ScoredCase(
            recording=_NAME,
            unit=str(place),
            labels=tuple(labels[place]),
            detections=tuple(found),
            end=world.until,
            places=1,
            span=timedelta(days=world.days),
            two_families=families > 1,
            available=_available(world, truth, labels[place], families),
        )
        for place, found in by_place.items()
    ]


def _available(
    world: World,
    truth: dict[Label, SyntheticOutage],
    labels: Iterable[Label],
    families: int,
) -> dict[Label, datetime]:
    """When `families` families had published a bin under their entry threshold."""
    dues = {x: showing(world, truth[x]) for x in labels if counts(truth[x])}
    return {x: due[families - 1] for x, due in dues.items() if len(due) >= families}


def showing(world: World, outage: SyntheticOutage) -> list[datetime]:
    """When each family that can show the outage published its first low bin; sorted.

    A family can show it where the share that is left lies under the family's entry,
    and where a count is large enough that the loss is not the noise of chance.
    """
    thresholds, found = Thresholds(), []
    for family, signal, loss, first in losses(world, outage):
        low = 1 - loss < thresholds.limit(signal).on
        if signal.minimum > 0:
            usual = float(np.nanmedian(world.row(family, outage.place)))
            clear = loss * usual > thresholds.spreads * np.sqrt(usual)
            low &= clear & (usual >= signal.minimum)
        if low.any():
            start = signal.bin_of(world.since) + first
            found.append(signal.due_at(start + int(low.argmax())))
    return sorted(found)


def matrix(scored: Scored) -> list[dict[str, object]]:
    """How many were placed, told of and confirmed, for each depth and duration."""
    opened, confirmed = scored.found(scored.opened), scored.found(scored.confirmed)
    rows: list[dict[str, object]] = []
    for depth in DEPTHS:
        for duration in DURATIONS:
            cell = [
                x
                for x, o in scored.outages.items()
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
class Point:
    """One setting of IODA's rules, and what it gives."""

    name: str
    recall: float | None
    false_openings: int
    per_year: float | None


def ioda_points(
    world: World, outages: Iterable[SyntheticOutage], most: int
) -> list[Point]:
    """IODA's single-signal rules on the first `most` countries, ever stricter.

    Any of the three signals opens, as on IODA's own page; see `_STRICTNESS`.
    """
    places = world.places[:most]
    truth = {label(o): o for o in outages if o.place in places}
    panels = [_panel(world, signal_id, places) for signal_id in world.signals]
    return [
        _point(world, truth, panels, places, thresholds) for thresholds in _STRICTNESS
    ]


def _panel(world: World, signal_id: str, places: tuple[Entity, ...]) -> Panel:
    signal, rows = world.signals[signal_id], world.rows[signal_id]
    chosen = [rows.index(place) for place in places]
    first = signal.bin_of(world.since)
    return Panel(signal, places, first, world.values[signal_id][chosen])


def _point(
    world: World,
    truth: dict[Label, SyntheticOutage],
    panels: list[Panel],
    places: tuple[Entity, ...],
    thresholds: tuple[float, float, float],
) -> Point:
    routes, probing, telescope = thresholds
    rules = (
        ThresholdRule(Family.CONTROL_PLANE, timedelta(days=1), routes),
        ThresholdRule(Family.ACTIVE_PROBING, timedelta(days=7), probing),
        ThresholdRule(Family.TELESCOPE, timedelta(days=7), telescope),
    )
    name = f"routes {routes:.0%}, probing {probing:.0%}, telescope {telescope:.0%}"
    found = comparators.openings(Comparator(name, rules), panels, places) or []
    told = comparators.as_detections(found, _NAME)
    score = metrics.score(cases(world, truth, told, 1, places))
    scored = Scored(truth, score, score, frozenset())
    wrong = score.false_suspected
    return Point(name, scored.recall(score), wrong.events, wrong.per_year)


def false_openings(scored: Scored, places: Iterable[Entity]) -> int:
    """Our incidents in some places, confirmed or not, that overlap no outage."""
    units = {str(place) for place in places}
    return sum(
        len(j.matching.false_alarms)
        for j in scored.opened.judgements
        if j.case.unit in units
    )


def recall_in(scored: Scored, places: Iterable[Entity]) -> float | None:
    """The share of the outages of some places that we told of at all."""
    wanted = [x for x in scored.national() if x.entity in set(places)]
    found = scored.found(scored.opened)
    return sum(x in found for x in wanted) / len(wanted) if wanted else None


def delays_of(scored: Scored) -> tuple[Delays, Delays]:
    """Minutes from availability to the first word, and to the confirmation."""
    return scored.opened.from_availability, scored.confirmed.from_availability
