"""The content of `score.json`: the scorecard as data.

The same recordings, labels and rules give the same bytes (P14). The scorecard page is
rendered from this content and the charts, so that page and data cannot differ.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.detection.fusion.rules import RULES_VERSION
from bot.evaluation import metrics
from bot.evaluation.adjudication import (
    AdjudicatedEvent,
    Adjudications,
    adjudicated_precision,
)
from bot.evaluation.backtest import Backtest, CandidateResult, System, unmatched_only_in
from bot.evaluation.labels import Label
from bot.evaluation.matching import TOLERANCE, Detection, Pair
from bot.evaluation.metrics import MatchedCase, Score, ScoredCase
from bot.evaluation.recording_run import RecordingResult, detections_of
from bot.evaluation.threshold_provenance import (
    CHOSEN_ON_SEED,
    PUBLISHED_SEED,
    thresholds_of,
)

VERSION = 3
"""The version of the format of `score.json`."""
_METRICS = (
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


def score_document(backtest: Backtest) -> str:
    """Return the content of `score.json`: sorted keys, numbers with six decimals."""
    content: Json = {
        "version": VERSION,
        "rules_version": RULES_VERSION,
        "protocol": {
            "tolerance_s": int(TOLERANCE.total_seconds()),
            "seed": metrics.SEED,
            "samples": metrics.SAMPLES,
            "chosen_on_seed": CHOSEN_ON_SEED,
            "published_seed": PUBLISHED_SEED,
        },
        "thresholds": [asdict(t) for t in thresholds_of(backtest.rules)],
        "recordings": [_recording(result, backtest) for result in backtest.results],
        # The order matters: the page takes the first system as the live rules.
        "systems": [_system(system) for system in backtest.systems],
        "unmatched": [
            _unmatched(d, matched, backtest.adjudications)
            for matched in backtest.live.score.cases
            for d in matched.unmatched
        ],
        "audited": asdict(
            adjudicated_precision(backtest.live.score, backtest.adjudications)
        ),
        "candidate": _candidate(backtest, backtest.candidate)
        if backtest.candidate
        else None,
    }
    return (
        json.dumps(_to_json(content), ensure_ascii=False, indent=2, sort_keys=True)
        + "\n"
    )


def _recording(result: RecordingResult, backtest: Backtest) -> Json:
    recording = result.recording
    cases = [m for m in backtest.live.score.cases if m.case.recording == result.name]
    return {
        "name": result.name,
        "title": recording.title,
        "credit": recording.credit,
        "licence": recording.licence,
        "families": list(result.families),
        "from": recording.span.since,
        "until": recording.span.until,
        # `found_means` states which events count as detected (see `needs_confirmation`
        # of `ScoredCase`).
        "found_means": "confirmed" if len(result.families) > 1 else "suspected",
        "labels": sum(label.recording == result.name for label in backtest.labels),
        "found": sum(len(m.matching.true_positives) for m in cases),
        "false_alarms": sum(len(m.matching.false_alarms) for m in cases),
        "confirmed": sum(d.confirmed_at is not None for d in detections_of(result)),
    }


def _system(system: System) -> Json:
    score = system.score
    cases = score.cases
    return {
        "name": system.name,
        "recordings": [m.case.recording for m in cases],
        "labels": sum(len(m.case.labels) for m in cases),
        "found": score.count("true_positives"),
        "duplicates": score.count("duplicates"),
        "wrong_scope": score.count("wrong_scope"),
        "unscored": sum(len(m.unscored) for m in cases),
        "missed": [missed for m in cases for missed in _misses(m)],
        "false_alarms": [_event(d) for m in cases for d in m.false_alarms],
        "events": [_pair(m.case, p) for m in cases for p in m.matching.true_positives],
        "openings_everywhere": system.opening_count,
        "entity_years": score.entity_years,
        "confirmable_years": score.confirmable_years,
        **{name: asdict(getattr(score, name)) for name in _METRICS},
        "duplicates_per_event": score.duplicates_per_event,
        "overlap": score.overlap,
    }


def _misses(matched: MatchedCase) -> Iterator[Json]:
    """Yield each missed label with the kind of event that was reported instead."""
    instead = {
        "wrong-scope": matched.matching.wrong_scope,
        "suspected-only": matched.suspected_only,
    }
    # If there were events of both kinds, only "wrong-scope" is named: it says more
    # about the miss.
    for label in matched.matching.missed:
        reasons = [key for key, pairs in instead.items() if _has_label(pairs, label)]
        yield _label(label) | {"instead": reasons[0] if reasons else "nothing"}


def _has_label(pairs: Iterable[Pair], label: Label) -> bool:
    return any(pair.label == label for pair in pairs)


def _label(label: Label) -> Json:
    return {
        "recording": label.recording,
        "entity": str(label.entity),
        "start": label.start,
        "end": label.end,
        "source": label.source,
    }


def _event(detection: Detection) -> Json:
    return {
        "recording": detection.recording,
        "key": detection.key,
        "entity": str(detection.place),
        "from": detection.period.since,
        "until": detection.period.until,
        "scope": detection.scope,
        "suspected_at": detection.suspected_at,
        "confirmed_at": detection.confirmed_at,
    }


def _unmatched(
    detection: Detection, matched: MatchedCase, adjudications: Adjudications
) -> Json:
    """Return an event without a label, with its adjudication."""
    key = (detection.recording, detection.key)
    adjudication = adjudications.get(key, AdjudicatedEvent())
    is_false_alarm = detection in matched.false_alarms
    return _event(detection) | asdict(adjudication) | {"counted_false": is_false_alarm}


def _candidate(backtest: Backtest, result: CandidateResult) -> Json:
    """Return how the candidate rules and their results differ from the live ones."""
    # The candidate rules are the second system, after the live rules (see `Backtest`).
    live, candidate = (system.score for system in backtest.systems[:2])
    changes = result.candidate.changes(backtest.rules)
    return {
        "name": result.candidate.name,
        "changes": [asdict(change) for change in changes],
        "found_only_live": [_label(x) for x in _detected_only_by(live, candidate)],
        "found_only_candidate": [_label(x) for x in _detected_only_by(candidate, live)],
        "told_only_live": [_event(d) for d in unmatched_only_in(live, candidate)],
        "told_only_candidate": [_event(d) for d in unmatched_only_in(candidate, live)],
    }


def _detected_only_by(score: Score, other: Score) -> list[Label]:
    """Return the labels that were detected in `score` but not in `other`."""
    others = {p.label for m in other.cases for p in m.matching.true_positives}
    own = [p.label for m in score.cases for p in m.matching.true_positives]
    return [label for label in own if label not in others]


def _pair(case: ScoredCase, pair: Pair) -> Json:
    event = _event(pair.detection) | {
        "said_at": metrics.detected_at(case, pair.detection),
        "available_at": case.available_at.get(pair.label),
        "over_at": pair.detection.closed_at,
    }
    return {"label": _label(pair.label), "said": event}


def _to_json(value: object) -> object:
    """Return `value` in JSON's types: times as UTC text, numbers with six decimals."""
    if isinstance(value, Mapping):
        return {key: _to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_to_json(item) for item in value]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    # Six decimals hide differences in the last bit between platforms (P14).
    return round(value, 6) if isinstance(value, float) else value
