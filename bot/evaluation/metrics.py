"""How good were the calls: precision, recall, false alarms, delays; pure.

Events are counted, never bins. Intervals are 95 % of bootstrap samples that draw
whole countries, because the events of one country are not independent. Protocol:
section A6 of the detection reference.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from bot.evaluation.labels import Label
from bot.evaluation.matching import Detection, Matching, Pair, match

SEED = 20_260_108
SAMPLES = 2_000
_YEAR = timedelta(days=365.25)
Counts = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCase:
    """One recording, and what somebody made of it.

    Attributes:
        unit: the country it is of: what the bootstrap draws.
        end: when the recording ends.
        places: how many places were watched; span: for how long.
        two_families: whether "found" means confirmed; else suspected is enough,
            because one family is all that was recorded.
        available: for each label when the first reading from after its beginning
            was published.
    """

    recording: str
    unit: str
    labels: tuple[Label, ...]
    detections: tuple[Detection, ...]
    end: datetime
    places: int
    span: timedelta
    two_families: bool = False
    available: Mapping[Label, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A case, matched.

    Attributes:
        suspected_only: events that stayed suspected where confirmed was needed.
        false_suspected: events that overlap no label and were never confirmed.
        false_confirmed: the same, but confirmed: what discredits (P1).
        unscored: events of single networks, of which no label tells.
    """

    case: ScoredCase
    matching: Matching
    suspected_only: tuple[Pair, ...]
    false_suspected: tuple[Detection, ...]
    false_confirmed: tuple[Detection, ...]
    unscored: tuple[Detection, ...]

    @property
    def false_alarms(self) -> tuple[Detection, ...]:
        """Both, the worse ones first."""
        return (*self.false_confirmed, *self.false_suspected)

    @property
    def unmatched(self) -> tuple[Detection, ...]:
        """Everything told of that no label tells of: for a person to look at."""
        return (*self.false_alarms, *self.unscored)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share of events, and how sure it is; None where nothing can be said.

    Attributes:
        low, high: 95 % of the bootstrap; None where all events are of one country.
        exact_low: the lower 95 % limit after Clopper and Pearson. Where nothing
            failed, the bootstrap cannot doubt it, and this one does.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    exact_low: float | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """Events per watched place and year; `high`: the upper 95 % limit (Poisson)."""

    events: int
    per_year: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Delays:
    """How long something took, in minutes."""

    minutes: tuple[float, ...]
    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The figures of one system over all its cases.

    Attributes:
        entity_years: watched places times the length of their recordings.
        confirmable_years: those of them with the two families that a confirmation
            needs; only there does the absence of a false one mean anything.
        overlap: mean share of told and labelled time in the time of either.
    """

    judgements: tuple[Judgement, ...]
    entity_years: float
    confirmable_years: float
    precision: Ratio
    recall: Ratio
    f1: Ratio
    false_confirmed: Rate
    false_suspected: Rate
    from_onset: Delays
    from_availability: Delays
    restore: Delays
    duplicates_per_event: float | None
    overlap: float | None

    @property
    def unmatched(self) -> tuple[Detection, ...]:
        """Everything told of that no label tells of, in all cases."""
        return tuple(d for j in self.judgements for d in j.unmatched)

    def count(self, name: str) -> int:
        """How many `found`, `missed`, `duplicates` ... there are in all cases."""
        return sum(len(getattr(j.matching, name)) for j in self.judgements)


def judge(case: ScoredCase) -> Judgement:
    """Match the events of a case with its labels."""
    counts = [d for d in case.detections if d.confirmed_at or not case.two_families]
    rest = [d for d in case.detections if d not in counts]
    matching = match(case.labels, counts, case.end)
    doubts = match(case.labels, rest, case.end)
    wrong = [*matching.false_alarms, *doubts.false_alarms]
    return Judgement(
        case=case,
        matching=matching,
        suspected_only=(*doubts.found, *doubts.duplicates, *doubts.wrong_scope),
        false_suspected=tuple(d for d in wrong if d.confirmed_at is None),
        false_confirmed=tuple(d for d in wrong if d.confirmed_at is not None),
        unscored=(*matching.unscored, *doubts.unscored),
    )


def score(cases: Iterable[ScoredCase], seed: int = SEED) -> Score:
    """The figures of one system; the same cases and seed give the same figures."""
    judged = tuple(judge(case) for case in cases)
    years = _years(judged)
    confirmable = _years(j for j in judged if j.case.two_families)
    counts = _by_unit(judged)
    samples = _resampled(counts, seed)
    found = [(j.case, pair) for j in judged for pair in j.matching.found]
    again = sum(len(j.matching.duplicates) for j in judged)
    return Score(
        judgements=judged,
        entity_years=years,
        confirmable_years=confirmable,
        precision=_with_limit(_ratio(counts, samples, _precision), counts, 1),
        recall=_with_limit(_ratio(counts, samples, _recall), counts, 2),
        f1=_ratio(counts, samples, _f1),
        false_confirmed=_rate(sum(len(j.false_confirmed) for j in judged), confirmable),
        false_suspected=_rate(sum(len(j.false_suspected) for j in judged), years),
        from_onset=delays(_since_onset(c, p) for c, p in found),
        from_availability=delays(_since_available(c, p) for c, p in found),
        restore=delays(_until_all_clear(p) for _, p in found),
        duplicates_per_event=again / len(found) if found else None,
        overlap=_mean([_shared(c, p) for c, p in found if p.label.ends_known]),
    )


def _years(judged: Iterable[Judgement]) -> float:
    return sum(j.case.places * (j.case.span / _YEAR) for j in judged)


def _by_unit(judged: Iterable[Judgement]) -> Counts:
    """Found, false and missed events: one row for each country."""
    rows: dict[str, list[int]] = {}
    for j in judged:
        row = rows.setdefault(j.case.unit, [0, 0, 0])
        row[0] += len(j.matching.found)
        row[1] += len(j.matching.false_alarms)
        row[2] += len(j.matching.missed)
    ordered = [rows[unit] for unit in sorted(rows)]
    return np.array(ordered or [[0, 0, 0]], dtype=np.float64)


def _resampled(counts: Counts, seed: int) -> Counts:
    """Sums over countries drawn with replacement; shape (samples, 3)."""
    drawn = np.random.default_rng(seed).integers(
        len(counts), size=(SAMPLES, len(counts))
    )
    return np.asarray(counts[drawn].sum(axis=1), dtype=np.float64)


def _precision(c: Counts) -> Counts:
    return _divided(c[:, 0], c[:, 0] + c[:, 1])


def _recall(c: Counts) -> Counts:
    return _divided(c[:, 0], c[:, 0] + c[:, 2])


def _f1(c: Counts) -> Counts:
    return _divided(2 * c[:, 0], 2 * c[:, 0] + c[:, 1] + c[:, 2])


def _divided(part: Counts, whole: Counts) -> Counts:
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def _ratio(
    counts: Counts, samples: Counts, measure: Callable[[Counts], Counts]
) -> Ratio:
    value = float(measure(counts.sum(axis=0, keepdims=True))[0])
    if math.isnan(value):
        return Ratio(None)
    if np.count_nonzero(counts.any(axis=1)) < 2:
        return Ratio(value)
    low, high = np.nanpercentile(measure(samples), [2.5, 97.5])
    return Ratio(value, float(low), float(high))


def _with_limit(ratio: Ratio, counts: Counts, failed: int) -> Ratio:
    """The ratio of found events to found and failed ones, with its exact limit."""
    if ratio.value is None:
        return ratio
    found, other = (int(n) for n in counts.sum(axis=0)[[0, failed]])
    return replace(ratio, exact_low=_binomial_limit(found, found + other))


def share_of(found: int, of: int) -> Ratio:
    """A share of events that were simply counted, with its exact limit."""
    if not of:
        return Ratio(None)
    return Ratio(found / of, exact_low=_binomial_limit(found, of))


def _binomial_limit(found: int, of: int) -> float:
    """The share under which at least so many have a chance of 2.5 %."""
    low, high = 0.0, 1.0
    for _ in range(60):
        share = (low + high) / 2
        chance = sum(_binomial(k, of, share) for k in range(found, of + 1))
        low, high = (share, high) if chance < 0.025 else (low, share)
    return low


def _binomial(k: int, of: int, share: float) -> float:
    """The chance of exactly `k` in `of`; by logarithms, for large numbers."""
    ways = math.lgamma(of + 1) - math.lgamma(k + 1) - math.lgamma(of - k + 1)
    return math.exp(ways + k * math.log(share) + (of - k) * math.log1p(-share))


def _rate(events: int, years: float) -> Rate:
    if years <= 0:
        return Rate(events, None, None)
    return Rate(events, events / years, _poisson_limit(events) / years)


def _poisson_limit(events: int) -> float:
    """The mean under which so few events have a chance of 5 % (one-sided)."""
    low, high = 0.0, 10.0 + 3.0 * events
    for _ in range(60):
        mean = (low + high) / 2
        chance = sum(
            math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
            for k in range(events + 1)
        )
        low, high = (mean, high) if chance > 0.05 else (low, mean)
    return high


def delays(found: Iterable[float | None]) -> Delays:
    """Summarise delays (minutes); None is one that may not be measured."""
    known = tuple(sorted(v for v in found if v is not None))
    if not known:
        return Delays((), None, None)
    p50, p95 = np.percentile(known, [50, 95])
    return Delays(known, float(p50), float(p95))


def told_at(case: ScoredCase, detection: Detection) -> datetime:
    """When what counts as found was first said."""
    if case.two_families and detection.confirmed_at is not None:
        return detection.confirmed_at
    return detection.suspected_at


def _since_onset(case: ScoredCase, pair: Pair) -> float | None:
    if not pair.label.timed:
        return None
    return (told_at(case, pair.detection) - pair.label.start) / timedelta(minutes=1)


def _since_available(case: ScoredCase, pair: Pair) -> float | None:
    at = case.available.get(pair.label)
    if at is None or not pair.label.timed:
        return None
    return (told_at(case, pair.detection) - at) / timedelta(minutes=1)


def _until_all_clear(pair: Pair) -> float | None:
    end, over = pair.label.end, pair.detection.over_at
    if not pair.label.ends_known or end is None or over is None:
        return None
    return (over - end) / timedelta(minutes=1)


def _shared(case: ScoredCase, pair: Pair) -> float:
    """Shared time over the time that either lasts (intersection over union)."""
    label, when = pair.label, pair.detection.when
    ends = label.end or case.end
    both = min(ends, when.until) - max(label.start, when.since)
    either = max(ends, when.until) - min(label.start, when.since)
    return max(0.0, both / either) if either else 0.0


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
