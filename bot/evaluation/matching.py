"""Which detected events are which labelled ones; pure.

One to one and greedy: the pair that overlaps longest is taken first. Labels are
rounded, so they reach thirty minutes (or one step of the signal, whichever is
longer) beyond their times. What overlaps a label that another event has taken is a
duplicate. Protocol: section A6 of the detection reference; nothing is adjusted
point by point.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.evaluation.labels import Label
from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.verdict import Scope

TOLERANCE = timedelta(minutes=30)
_UNLABELLED = frozenset({Scope.OPERATOR, Scope.MOBILE})
"""Events of single networks: real or not, no label tells of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """One event that somebody (we, or a comparator) would have told of.

    Attributes:
        key: unique within the recording.
        when: from the earliest beginning to the latest end, or to the end of the
            recording where it is open.
        step: the bin width of the signal that spoke.
        scope: how much of `place` it says is cut off.
        regions: the parts it named.
        suspected_at, confirmed_at: when that was first said; aware, UTC.
        over_at: when its end was said; None while it lasts.
    """

    key: str
    recording: str
    place: Entity
    when: Interval
    step: timedelta
    scope: Scope
    regions: frozenset[Entity] = frozenset()
    suspected_at: datetime
    confirmed_at: datetime | None = None
    over_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and the event that found it."""

    label: Label
    detection: Detection


@dataclass(slots=True)
class Matching:
    """Every label and every event of one recording, each in one place.

    Attributes:
        found: label and event, one to one.
        missed: labels that nothing found; those found at the wrong scope included.
        wrong_scope: an event that overlaps a missed label, but says another scope.
        duplicates: further events of a label that was found.
        false_alarms: events that overlap no label.
        unscored: events of single networks, of which no label tells.
    """

    found: list[Pair] = field(default_factory=list)
    missed: list[Label] = field(default_factory=list)
    wrong_scope: list[Pair] = field(default_factory=list)
    duplicates: list[Pair] = field(default_factory=list)
    false_alarms: list[Detection] = field(default_factory=list)
    unscored: list[Detection] = field(default_factory=list)


def match(
    labels: Iterable[Label], detections: Iterable[Detection], end: datetime
) -> Matching:
    """Match the events of one recording, which ends at `end`, with its labels."""
    found, told = Matching(), tuple(labels)
    ordered = sorted(detections, key=lambda d: (d.when, d.key))
    pairs = _greedy(told, ordered, end)
    found.found = [Pair(label, d) for label, d in pairs.items()]
    found.missed = [label for label in told if label not in pairs]
    taken = {d.key for d in pairs.values()}
    for detection in ordered:
        if detection.key not in taken:
            _place(detection, told, pairs, end, found)
    return found


def _greedy(
    labels: tuple[Label, ...], detections: list[Detection], end: datetime
) -> dict[Label, Detection]:
    """The pairs, longest overlap first; of equal ones the earlier event."""
    candidates = sorted(
        (
            (-overlap(label, d, end), d.when.since, d.key, at, label, d)
            for at, label in enumerate(labels)
            for d in detections
            if overlap(label, d, end) > timedelta(0) and agrees(label, d)
        ),
        key=lambda c: c[:4],
    )
    pairs: dict[Label, Detection] = {}
    for *_, label, d in candidates:
        if label not in pairs and d not in pairs.values():
            pairs[label] = d
    return {label: pairs[label] for label in labels if label in pairs}


def _place(
    detection: Detection,
    labels: tuple[Label, ...],
    pairs: dict[Label, Detection],
    end: datetime,
    found: Matching,
) -> None:
    """Put an event that found nothing where it belongs."""
    near = [
        label
        for label in labels
        if overlap(label, detection, end) > timedelta(0)
        and country(label.entity) == country(detection.place)
    ]
    again = [label for label in near if label in pairs and agrees(label, detection)]
    other = [label for label in near if label not in pairs]
    if again:
        found.duplicates.append(Pair(again[0], detection))
    elif other:
        found.wrong_scope.append(Pair(other[0], detection))
    elif detection.scope in _UNLABELLED or detection.place.kind is EntityKind.ASN:
        found.unscored.append(detection)
    else:
        found.false_alarms.append(detection)


def overlap(label: Label, detection: Detection, end: datetime) -> timedelta:
    """How long both last, the label's tolerance included; never negative."""
    margin = max(TOLERANCE, detection.step)
    since = max(label.start - margin, detection.when.since)
    until = min((label.end or end) + margin, detection.when.until)
    return max(timedelta(0), until - since)


def agrees(label: Label, detection: Detection) -> bool:
    """Whether an event is told of the very place and scope of a label.

    A labelled region is found by a regional incident of its country that names
    parts of it, or by an incident of the region itself.
    """
    if detection.place == label.entity:
        return detection.scope is Scope.NATIONAL
    if label.entity.kind is not EntityKind.REGION:
        return False
    inside = f"{label.entity.code}/"
    named = any(
        r == label.entity or r.code.startswith(inside) for r in detection.regions
    )
    same = country(label.entity) == country(detection.place)
    return same and detection.scope is Scope.REGIONAL and named


def country(entity: Entity) -> str:
    """The country's code, or the entity itself where it tells none."""
    return entity.country or str(entity)
