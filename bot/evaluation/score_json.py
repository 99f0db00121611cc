"""A score as data: the content of `score.json`.

Same recordings, labels and rules, same bytes (P14). The page is made from this and
nothing else, apart from its charts.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.detection.fusion.rules import RULES_VERSION
from bot.evaluation import metrics
from bot.evaluation.adjudication import AdjudicatedEvent, Audits, audited
from bot.evaluation.backtest import Backtest, CandidateResult, System, told_only
from bot.evaluation.labels import Label
from bot.evaluation.matching import TOLERANCE, Detection, Pair
from bot.evaluation.metrics import Judgement, Score, ScoredCase
from bot.evaluation.recording_run import Judged, detections
from bot.evaluation.threshold_provenance import (
    CHOSEN_ON_SEED,
    PUBLISHED_SEED,
    thresholds_of,
)

VERSION = 2
"""Of the form of `score.json`."""
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


def as_json(tested: Backtest) -> str:
    """The content of `score.json`; keys are sorted, numbers have six digits."""
    told: Json = {
        "version": VERSION,
        "rules_version": RULES_VERSION,
        "protocol": {
            "tolerance_s": int(TOLERANCE.total_seconds()),
            "seed": metrics.SEED,
            "samples": metrics.SAMPLES,
            "chosen_on_seed": CHOSEN_ON_SEED,
            "published_seed": PUBLISHED_SEED,
        },
        "thresholds": [asdict(t) for t in thresholds_of(tested.rules)],
        "recordings": [_recording(one, tested) for one in tested.judged],
        "systems": [_system(one) for one in tested.systems],
        "unmatched": [
            _unmatched(d, j, tested.audits)
            for j in tested.ours.score.judgements
            for d in j.unmatched
        ],
        "audited": asdict(audited(tested.ours.score, tested.audits)),
        "shadow": _trial(tested, tested.trial) if tested.trial else None,
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
        **{name: score.count(name) for name in ("found", "duplicates", "wrong_scope")},
        "unscored": sum(len(j.unscored) for j in judged),
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


def _unmatched(detection: Detection, judgement: Judgement, audits: Audits) -> Json:
    """An event that no label tells of, and what a person found out about it."""
    audit = audits.get((detection.recording, detection.key), AdjudicatedEvent())
    counted = detection in judgement.false_alarms
    return _told(detection) | asdict(audit) | {"counted_false": counted}


def _trial(tested: Backtest, trial: CandidateResult) -> Json:
    """What the rules on trial change, and what they would have told otherwise."""
    live, shadow = (one.score for one in tested.systems[:2])
    return {
        "name": trial.shadow.name,
        "changes": [asdict(one) for one in trial.shadow.changes(tested.rules)],
        "found_only_live": [_label(x) for x in _found_only(live, shadow)],
        "found_only_shadow": [_label(x) for x in _found_only(shadow, live)],
        "told_only_live": [_told(d) for d in told_only(live, shadow)],
        "told_only_shadow": [_told(d) for d in told_only(shadow, live)],
    }


def _found_only(one: Score, other: Score) -> list[Label]:
    """Labels that `one` found and `other` did not."""
    also = {p.label for j in other.judgements for p in j.matching.found}
    own = [p.label for j in one.judgements for p in j.matching.found]
    return [label for label in own if label not in also]


def _pair(case: ScoredCase, pair: Pair) -> Json:
    said = _told(pair.detection) | {
        "said_at": metrics.told_at(case, pair.detection),
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
