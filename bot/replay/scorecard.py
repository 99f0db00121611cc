"""The score of the bot and of simpler rules on labelled recordings, as data.

Same recordings, labels and rules, same bytes (P14). The page is made from this and
nothing else, apart from its charts.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.app.judging import Rules
from bot.detection.fusion import RULES_VERSION
from bot.errors import RecordingError
from bot.model.entity import Entity
from bot.model.panel import Panel
from bot.replay import comparators, scoring
from bot.replay.comparators import COMPARATORS, Comparator
from bot.replay.judged import Judged, detections
from bot.replay.labels import Label
from bot.replay.matching import TOLERANCE, Detection, Pair, country
from bot.replay.origins import thresholds_of
from bot.replay.scoring import Case, Judgement, Score

VERSION = 1
"""Of the form of `score.json`."""
OURS = "outagewire"
_FIGURES = (
    "precision",
    "recall",
    "f1",
    "false_confirmed",
    "false_suspected",
    "from_onset",
    "from_availability",
    "restore",
)
Json = dict[str, Any]


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
class Backtest:
    """Everything the scorecard shows; ours is the first system."""

    judged: tuple[Judged, ...]
    labels: tuple[Label, ...]
    systems: tuple[System, ...]
    rules: Rules

    @property
    def ours(self) -> System:
        """The bot's own score."""
        return self.systems[0]


def backtest(
    judged: Iterable[Judged], labels: Iterable[Label], rules: Rules
) -> Backtest:
    """Score judged recordings, and the comparators on the same ones.

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
        _ours(every, told),
        *(_theirs(comparator, every, told) for comparator in COMPARATORS),
    )
    return Backtest(every, told, systems, rules)


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


def _ours(judged: tuple[Judged, ...], labels: tuple[Label, ...]) -> System:
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
    return System(OURS, scoring.score(cases), everywhere)


def _theirs(
    comparator: Comparator, judged: tuple[Judged, ...], labels: tuple[Label, ...]
) -> System:
    cases: list[Case] = []
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
    return System(comparator.name, scoring.score(cases), everywhere)


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
) -> Case:
    own = tuple(label for label in labels if label.recording == judged.name)
    return Case(
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


def as_json(tested: Backtest) -> str:
    """The content of `score.json`; keys are sorted, numbers have six digits."""
    told: Json = {
        "version": VERSION,
        "rules_version": RULES_VERSION,
        "protocol": {
            "tolerance_s": int(TOLERANCE.total_seconds()),
            "seed": scoring.SEED,
            "samples": scoring.SAMPLES,
        },
        "thresholds": [asdict(t) for t in thresholds_of(tested.rules)],
        "recordings": [_recording(one, tested) for one in tested.judged],
        "systems": [_system(one) for one in tested.systems],
    }
    return json.dumps(_plain(told), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _recording(judged: Judged, tested: Backtest) -> Json:
    about = judged.recording
    mine = [j for j in tested.ours.score.judgements if j.case.recording == judged.name]
    return {
        "name": judged.name,
        "title": about.title,
        "credit": about.credit,
        "licence": about.licence,
        "families": list(judged.families),
        "from": about.span.since,
        "until": about.span.until,
        "found_means": "confirmed" if len(judged.families) > 1 else "suspected",
        "labels": sum(label.recording == judged.name for label in tested.labels),
        "found": sum(len(j.matching.found) for j in mine),
        "false_alarms": sum(len(j.matching.false_alarms) for j in mine),
        "confirmed": sum(d.confirmed_at is not None for d in detections(judged)),
    }


def _system(system: System) -> Json:
    score = system.score
    judged = score.judgements
    return {
        "name": system.name,
        "recordings": [j.case.recording for j in judged],
        "labels": sum(len(j.case.labels) for j in judged),
        **{
            name: score.count(name)
            for name in ("found", "duplicates", "wrong_scope", "unscored")
        },
        "missed": [m for j in judged for m in _misses(j)],
        "false_alarms": [_told(d) for j in judged for d in j.false_alarms],
        "events": [_pair(j.case, p) for j in judged for p in j.matching.found],
        "openings_everywhere": system.everywhere,
        "entity_years": score.entity_years,
        "confirmable_years": score.confirmable_years,
        **{name: asdict(getattr(score, name)) for name in _FIGURES},
        "duplicates_per_event": score.duplicates_per_event,
        "overlap": score.overlap,
    }


def _misses(judgement: Judgement) -> Iterator[Json]:
    """Each missed label, and what was said instead of it."""
    instead = {
        "wrong-scope": judgement.matching.wrong_scope,
        "suspected-only": judgement.suspected_only,
    }
    for label in judgement.matching.missed:
        said = [key for key, pairs in instead.items() if _names(pairs, label)]
        yield _label(label) | {"instead": said[0] if said else "nothing"}


def _names(pairs: Iterable[Pair], label: Label) -> bool:
    return any(pair.label == label for pair in pairs)


def _label(label: Label) -> Json:
    return {
        "recording": label.recording,
        "entity": str(label.entity),
        "start": label.start,
        "end": label.end,
        "source": label.source,
    }


def _told(detection: Detection) -> Json:
    return {
        "recording": detection.recording,
        "key": detection.key,
        "entity": str(detection.place),
        "from": detection.when.since,
        "until": detection.when.until,
        "scope": detection.scope,
        "suspected_at": detection.suspected_at,
        "confirmed_at": detection.confirmed_at,
    }


def _pair(case: Case, pair: Pair) -> Json:
    said = _told(pair.detection) | {
        "said_at": scoring.told_at(case, pair.detection),
        "available_at": case.available.get(pair.label),
        "over_at": pair.detection.over_at,
    }
    return {"label": _label(pair.label), "said": said}


def _plain(value: object) -> object:
    """`value` as JSON knows it: times in UTC, numbers with six digits."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return round(value, 6) if isinstance(value, float) else value
