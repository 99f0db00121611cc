"""Matching of detected events with labels; without I/O.

The matching is one to one and greedy: the pair with the longest overlap is taken first.
The times of labels are rounded. A label is therefore extended on both sides by thirty
minutes, or by one step of the signal if that is longer. If a label is matched already,
every other event that overlaps it is a duplicate. Whole events are compared, never
single bins.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.evaluation.labels import Label
from bot.model.entity import Entity, EntityKind
from bot.model.interval import Interval
from bot.model.verdict import Scope

TOLERANCE = timedelta(minutes=30)
_UNLABELLED_SCOPES = frozenset({Scope.OPERATOR, Scope.MOBILE})
"""Unmatched events of these scopes are unscored: labels do not cover networks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """One event that a system (Outagewire or a comparator) would have reported.

    Attributes:
        key: identifies the event within its recording.
        period: the time from the earliest possible onset to the latest possible end.
            While the event is open, the end of the recording is its end.
        step: the bin width of the signal that opened the event.
        scope: how much of `place` is cut off.
        regions: the regions that the event names.
        suspected_at: when the event was first reported; aware, UTC.
        confirmed_at: when the event was reported as confirmed; None if it never was.
        closed_at: when its end was reported; None while the event is open.
    """

    key: str
    recording: str
    place: Entity
    period: Interval
    step: timedelta
    scope: Scope
    regions: frozenset[Entity] = frozenset()
    suspected_at: datetime
    confirmed_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and an event that overlaps it."""

    label: Label
    detection: Detection


@dataclass(slots=True)
class Matching:
    """The result of matching the labels and events of one recording.

    Each event is in exactly one list. Each label is in `true_positives` or in `missed`.

    Attributes:
        true_positives: labels and their events, one to one.
        missed: labels without an event (false negatives).
        wrong_scope: events that overlap a missed label of the same country, but have
            another place or scope.
        duplicates: events that overlap a label that another event matches.
        false_alarms: all other events (false positives).
        unscored: events of single or mobile networks that match no label; labels do not
            cover networks.
    """

    true_positives: list[Pair] = field(default_factory=list)
    missed: list[Label] = field(default_factory=list)
    wrong_scope: list[Pair] = field(default_factory=list)
    duplicates: list[Pair] = field(default_factory=list)
    false_alarms: list[Detection] = field(default_factory=list)
    unscored: list[Detection] = field(default_factory=list)


def match(
    labels: Iterable[Label], detections: Iterable[Detection], end: datetime
) -> Matching:
    """Match the labels and events of one recording, which ends at `end`."""
    matching, all_labels = Matching(), tuple(labels)
    # The events are sorted, so that the result does not depend on the order of
    # `detections` (P14).
    ordered = sorted(detections, key=lambda d: (d.period, d.key))
    pairs = _greedy(all_labels, ordered, end)
    matching.true_positives = [Pair(label, d) for label, d in pairs.items()]
    matching.missed = [label for label in all_labels if label not in pairs]
    matched = {d.key for d in pairs.values()}
    for detection in ordered:
        if detection.key not in matched:
            _classify_unmatched(detection, all_labels, pairs, end, matching)
    return matching


def _greedy(
    labels: tuple[Label, ...], detections: list[Detection], end: datetime
) -> dict[Label, Detection]:
    """Return the labels that match an event, each with its event, in the given order.

    The pair with the longest overlap is taken first. If overlaps are equal, the pair
    with the earlier event is taken first.
    """
    candidates = sorted(
        (
            (-overlap(label, d, end), d.period.since, d.key, number, label, d)
            for number, label in enumerate(labels)
            for d in detections
            if overlap(label, d, end) > timedelta(0) and has_same_scope(label, d)
        ),
        key=lambda c: c[:4],
    )
    pairs: dict[Label, Detection] = {}
    # The pairing is greedy, because a reader can repeat it by hand. With few events per
    # label, the result is seldom different from the optimal pairing.
    for *_, label, d in candidates:
        if label not in pairs and d not in pairs.values():
            pairs[label] = d
    return {label: pairs[label] for label in labels if label in pairs}


def _classify_unmatched(
    detection: Detection,
    labels: tuple[Label, ...],
    pairs: dict[Label, Detection],
    end: datetime,
    matching: Matching,
) -> None:
    """Add an event without a paired label to the right list of `matching`."""
    overlapping = [
        label
        for label in labels
        if overlap(label, detection, end) > timedelta(0)
        and country_of(label.entity) == country_of(detection.place)
    ]
    matched = [
        label
        for label in overlapping
        if label in pairs and has_same_scope(label, detection)
    ]
    missed = [label for label in overlapping if label not in pairs]
    # An event is counted once, so the mildest error, a duplicate, is tried first.
    if matched:
        matching.duplicates.append(Pair(matched[0], detection))
    elif missed:
        matching.wrong_scope.append(Pair(missed[0], detection))
    elif (
        detection.scope in _UNLABELLED_SCOPES or detection.place.kind is EntityKind.ASN
    ):
        matching.unscored.append(detection)
    else:
        matching.false_alarms.append(detection)


def overlap(label: Label, detection: Detection, end: datetime) -> timedelta:
    """Return the time that a label and an event share, tolerance included; at least 0.

    A label without an end is taken to end at `end`, the end of the recording.
    """
    # Wide bins do not show an onset to within thirty minutes. The tolerance is then one
    # step of the signal.
    margin = max(TOLERANCE, detection.step)
    since = max(label.start - margin, detection.period.since)
    until = min((label.end or end) + margin, detection.period.until)
    return max(timedelta(0), until - since)


def has_same_scope(label: Label, detection: Detection) -> bool:
    """Return whether an event has the place and the scope of a label.

    If event and label have the same place, the scope of the event must be national. An
    event of the country may also match a labelled region. It must then be regional and
    name the region or a part of it.
    """
    if detection.place == label.entity:
        return detection.scope is Scope.NATIONAL
    if label.entity.kind is not EntityKind.REGION:
        return False
    inside = f"{label.entity.code}/"
    named = any(
        r == label.entity or r.code.startswith(inside) for r in detection.regions
    )
    same_country = country_of(label.entity) == country_of(detection.place)
    return same_country and detection.scope is Scope.REGIONAL and named


def country_of(entity: Entity) -> str:
    """Return the code of an entity's country, or the entity's id if it has none."""
    return entity.country or str(entity)
