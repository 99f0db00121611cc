"""Metrics of a backtest: precision, recall, false alarm rates and delays; without I/O.

Events are counted, not bins. Intervals are 95 % percentile intervals of a cluster
bootstrap, which draws whole countries, because events of one country are not independent.
Ratios except F1 also have an exact lower limit, and rates an exact upper limit.
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
# Percentile intervals need 1,000 samples or more (Efron and Tibshirani 1993).
SAMPLES = 2_000
_YEAR = timedelta(days=365.25)
Counts = npt.NDArray[np.float64]
_TRUE, _FALSE, _MISSED = 0, 1, 2
"""Columns of the counts: true positives, false alarms, misses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredCase:
    """The labels of one recording and the events that a system detected in it.

    Attributes:
        cluster: the country of the recording; the bootstrap draws whole countries.
        end: the end of the recording; aware, UTC.
        places: the number of watched places.
        span: how long the places were watched.
        needs_confirmation: whether only a confirmed event counts as detected. False
            where nothing can be confirmed: for comparators, and where only one family
            was recorded (P7).
        available_at: for each label, when readings that can show its event were first
            published; UTC. `Score.from_availability` leaves out labels missing here.
    """

    recording: str
    cluster: str
    labels: tuple[Label, ...]
    detections: tuple[Detection, ...]
    end: datetime
    places: int
    span: timedelta
    needs_confirmation: bool = False
    available_at: Mapping[Label, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MatchedCase:
    """A case with its events matched to its labels.

    Attributes:
        suspected_only: pairs of a label and an overlapping event that was never
            confirmed; empty if detection needs no confirmation.
        false_suspected: false alarms that were never confirmed.
        false_confirmed: false alarms that were confirmed, the worst error (P1).
        unscored: events of single or mobile networks; labels do not cover networks.
    """

    case: ScoredCase
    matching: Matching
    suspected_only: tuple[Pair, ...]
    false_suspected: tuple[Detection, ...]
    false_confirmed: tuple[Detection, ...]
    unscored: tuple[Detection, ...]

    @property
    def false_alarms(self) -> tuple[Detection, ...]:
        """All false alarms, the confirmed ones first."""
        return (*self.false_confirmed, *self.false_suspected)

    @property
    def unmatched(self) -> tuple[Detection, ...]:
        """All false alarms and unscored events; people adjudicate them."""
        return (*self.false_alarms, *self.unscored)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A proportion of events with its uncertainty; `value` is None without events.

    Attributes:
        low, high: the bootstrap's 95 % interval; None if all events are in one country,
            or if there was no bootstrap.
        exact_low: the lower end of the 95 % interval of Clopper and Pearson (1934);
            None for F1. For five successes in five trials, the bootstrap interval is 1
            to 1, but `exact_low` is 0.48.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    exact_low: float | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """Events per place and year; `high` is the one-sided upper 95 % Poisson limit.

    Without any watched time, `per_year` and `high` are None.
    """

    events: int
    per_year: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Delays:
    """Delays in minutes, sorted, with their median and 95th percentile."""

    minutes: tuple[float, ...]
    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The metrics of one system over all its cases.

    Attributes:
        entity_years: the number of watched places times their years of recording.
        confirmable_years: the part of `entity_years` in cases that need confirmation.
            In the other cases nothing is confirmed, so the rate of false confirmations
            is per year of `confirmable_years`.
        from_onset: the time from the labelled start to detection.
        from_availability: the time from `ScoredCase.available_at` to detection.
        restore: the time from the labelled end to the report of the end.
        overlap: the mean intersection over union of detected and labelled times, over
            the labels with an exact end.
    """

    cases: tuple[MatchedCase, ...]
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
        """The unmatched events of all cases (see `MatchedCase.unmatched`)."""
        return tuple(d for j in self.cases for d in j.unmatched)

    def count(self, name: str) -> int:
        """Return the length of the list `name` of `Matching`, summed over all cases."""
        return sum(len(getattr(j.matching, name)) for j in self.cases)


def match_case(case: ScoredCase) -> MatchedCase:
    """Match the events of a case with its labels.

    Where detection needs confirmation, events that were only suspected are matched
    separately: they cannot detect a label, but they can be false alarms.
    """
    detected = [
        d for d in case.detections if d.confirmed_at or not case.needs_confirmation
    ]
    rest = [d for d in case.detections if d not in detected]
    # With a single matching, a suspected event could take the label of a confirmed
    # event.
    matching = match(case.labels, detected, case.end)
    suspected = match(case.labels, rest, case.end)
    false = [*matching.false_alarms, *suspected.false_alarms]
    return MatchedCase(
        case=case,
        matching=matching,
        suspected_only=(
            *suspected.true_positives,
            *suspected.duplicates,
            *suspected.wrong_scope,
        ),
        false_suspected=tuple(d for d in false if d.confirmed_at is None),
        false_confirmed=tuple(d for d in false if d.confirmed_at is not None),
        unscored=(*matching.unscored, *suspected.unscored),
    )


def score(cases: Iterable[ScoredCase], seed: int = SEED) -> Score:
    """Return the metrics of one system; the same input gives the same result (P14)."""
    matched = tuple(match_case(case) for case in cases)
    years = _years(matched)
    confirmable = _years(m for m in matched if m.case.needs_confirmation)
    counts = _counts_by_cluster(matched)
    samples = _bootstrap_sums(counts, seed)
    hits = [(m.case, pair) for m in matched for pair in m.matching.true_positives]
    duplicates = sum(len(m.matching.duplicates) for m in matched)
    confirmed = sum(len(m.false_confirmed) for m in matched)
    suspected = sum(len(m.false_suspected) for m in matched)
    return Score(
        cases=matched,
        entity_years=years,
        confirmable_years=confirmable,
        precision=_with_exact_limit(
            _ratio(counts, samples, _precision), counts, _FALSE
        ),
        recall=_with_exact_limit(_ratio(counts, samples, _recall), counts, _MISSED),
        f1=_ratio(counts, samples, _f1),
        false_confirmed=_rate(confirmed, confirmable),
        false_suspected=_rate(suspected, years),
        from_onset=summarise_delays(_delay_from_onset(c, p) for c, p in hits),
        from_availability=summarise_delays(
            _delay_from_availability(c, p) for c, p in hits
        ),
        restore=summarise_delays(_delay_of_restore(p) for _, p in hits),
        duplicates_per_event=duplicates / len(hits) if hits else None,
        overlap=_mean(
            # If the end of a label is not exact, the overlap shows more about the label
            # than about the system.
            [_intersection_over_union(c, p) for c, p in hits if p.label.has_exact_end]
        ),
    )


def _years(matched: Iterable[MatchedCase]) -> float:
    return sum(m.case.places * (m.case.span / _YEAR) for m in matched)


def _counts_by_cluster(matched: Iterable[MatchedCase]) -> Counts:
    """Return true positives, false alarms and misses; shape (countries, 3)."""
    rows: dict[str, list[int]] = {}
    for m in matched:
        row = rows.setdefault(m.case.cluster, [0, 0, 0])
        row[_TRUE] += len(m.matching.true_positives)
        row[_FALSE] += len(m.matching.false_alarms)
        row[_MISSED] += len(m.matching.missed)
    # The rows are sorted, so one seed always draws the same countries.
    ordered = [rows[cluster] for cluster in sorted(rows)]
    return np.array(ordered or [[0, 0, 0]], dtype=np.float64)


def _bootstrap_sums(counts: Counts, seed: int) -> Counts:
    """Return sums over countries drawn with replacement; shape (samples, 3)."""
    clusters = np.random.default_rng(seed).integers(
        len(counts), size=(SAMPLES, len(counts))
    )
    return np.asarray(counts[clusters].sum(axis=1), dtype=np.float64)


def _precision(c: Counts) -> Counts:
    return _divide(c[:, _TRUE], c[:, _TRUE] + c[:, _FALSE])


def _recall(c: Counts) -> Counts:
    return _divide(c[:, _TRUE], c[:, _TRUE] + c[:, _MISSED])


def _f1(c: Counts) -> Counts:
    double = 2 * c[:, _TRUE]
    return _divide(double, double + c[:, _FALSE] + c[:, _MISSED])


def _divide(part: Counts, whole: Counts) -> Counts:
    """Return the quotients; NaN where the divisor is 0, as in an empty sample."""
    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole > 0)


def _ratio(
    counts: Counts, samples: Counts, measure: Callable[[Counts], Counts]
) -> Ratio:
    value = float(measure(counts.sum(axis=0, keepdims=True))[0])
    if math.isnan(value):
        return Ratio(None)
    # With one country, all bootstrap samples are equal and give no interval.
    if np.count_nonzero(counts.any(axis=1)) < 2:
        return Ratio(value)
    # A sample without any event has no proportion. Its NaN is ignored, because it would
    # make both limits NaN.
    low, high = np.nanpercentile(measure(samples), [2.5, 97.5])
    return Ratio(value, float(low), float(high))


def _with_exact_limit(ratio: Ratio, counts: Counts, failure_column: int) -> Ratio:
    """Return `ratio` with its exact lower limit; `failure_column` counts failures."""
    if ratio.value is None:
        return ratio
    successes, failures = (int(n) for n in counts.sum(axis=0)[[_TRUE, failure_column]])
    return replace(
        ratio, exact_low=_clopper_pearson_lower(successes, successes + failures)
    )


def proportion(successes: int, trials: int) -> Ratio:
    """Return a proportion of counted events with its exact lower limit."""
    if not trials:
        return Ratio(None)
    return Ratio(
        successes / trials, exact_low=_clopper_pearson_lower(successes, trials)
    )


def _clopper_pearson_lower(successes: int, trials: int) -> float:
    """Return the lower end of the 95 % interval of Clopper and Pearson (1934).

    It is the proportion at which `successes` or more have a probability of 2.5 %. It is
    found by bisection; 60 halvings reach the precision of a float.
    """
    low, high = 0.0, 1.0
    for _ in range(60):
        share = (low + high) / 2
        probability = sum(
            _binomial_probability(k, trials, share)
            for k in range(successes, trials + 1)
        )
        low, high = (share, high) if probability < 0.025 else (low, share)
    return low


def _binomial_probability(k: int, n: int, p: float) -> float:
    """Return P(X = k) for X ~ Binomial(n, p), by logarithms to avoid an overflow."""
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(ways + k * math.log(p) + (n - k) * math.log1p(-p))


def _rate(events: int, years: float) -> Rate:
    if years <= 0:
        return Rate(events, None, None)
    return Rate(events, events / years, _poisson_upper_limit(events) / years)


def _poisson_upper_limit(events: int) -> float:
    """Return the one-sided upper 95 % limit of a Poisson mean (Garwood 1936).

    At this mean, `events` or fewer have a probability of 5 %. The mean is found by
    bisection; for zero events it is 3.0 (the rule of three).
    """
    # The first value of `high` is above the limit for any number of events.
    low, high = 0.0, 10.0 + 3.0 * events
    for _ in range(60):
        mean = (low + high) / 2
        probability = sum(
            math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
            for k in range(events + 1)
        )
        low, high = (mean, high) if probability > 0.05 else (low, mean)
    return high


def summarise_delays(minutes: Iterable[float | None]) -> Delays:
    """Summarise delays in minutes; None stands for a delay that cannot be measured."""
    measured = tuple(sorted(v for v in minutes if v is not None))
    if not measured:
        return Delays((), None, None)
    p50, p95 = np.percentile(measured, [50, 95])
    return Delays(measured, float(p50), float(p95))


def detected_at(case: ScoredCase, detection: Detection) -> datetime:
    """Return when an event was suspected, or confirmed if `case` needs confirmation."""
    # An event that needs confirmation and has none counts from its suspicion.
    if case.needs_confirmation and detection.confirmed_at is not None:
        return detection.confirmed_at
    return detection.suspected_at


def _delay_from_onset(case: ScoredCase, pair: Pair) -> float | None:
    if not pair.label.has_exact_onset:
        return None
    return (detected_at(case, pair.detection) - pair.label.start) / timedelta(minutes=1)


def _delay_from_availability(case: ScoredCase, pair: Pair) -> float | None:
    available = case.available_at.get(pair.label)
    if available is None or not pair.label.has_exact_onset:
        return None
    return (detected_at(case, pair.detection) - available) / timedelta(minutes=1)


def _delay_of_restore(pair: Pair) -> float | None:
    end, over = pair.label.end, pair.detection.closed_at
    if not pair.label.has_exact_end or end is None or over is None:
        return None
    return (over - end) / timedelta(minutes=1)


def _intersection_over_union(case: ScoredCase, pair: Pair) -> float:
    """Return the intersection over union of the labelled and the detected time."""
    label, when = pair.label, pair.detection.period
    ends = label.end or case.end
    both = min(ends, when.until) - max(label.start, when.since)
    either = max(ends, when.until) - min(label.start, when.since)
    return max(0.0, both / either) if either else 0.0


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
