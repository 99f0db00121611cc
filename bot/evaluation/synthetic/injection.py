"""Injection of synthetic outages into real quiet series.

The noise of these series is real, and the true outages are known. A recording counts as
quiet up to a day before its first label. The quiet days are replayed as recorded: no
week is repeated and no gap is filled. These days are replayed in rounds, each with a
few outages that are days apart, until each kind of outage was injected once. Kinds that
do not fit into the quiet days are left out. All series of one family lose the same
share. The outages are synthetic, and the scorecard says so.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from bot.evaluation import metrics
from bot.evaluation.labels import Label
from bot.evaluation.metrics import ScoredCase
from bot.evaluation.synthetic import measures
from bot.evaluation.synthetic.measures import BenchmarkScore
from bot.evaluation.synthetic.outages import (
    FamilyEffect,
    OutageKind,
    SyntheticOutage,
    draw_effects,
    inject,
)
from bot.evaluation.synthetic.run import detections_of, run_world
from bot.evaluation.synthetic.world import World
from bot.model.entity import Entity, EntityKind
from bot.model.signal import Family, Signal, Values
from bot.sources.recording.recording import Recording
from bot.tick.rules import AssessmentRules

STATEMENT = (
    "real quiet series, outages injected: the readings were measured, the outages"
    " in them are made up"
)
# The day before a label does not count as quiet: the times of labels are rounded, so
# the outage may have begun on this day.
_BEFORE_A_LABEL = timedelta(days=1)
_MIN_LENGTH = timedelta(days=21)
_WARM_UP = timedelta(days=10)
_MIN_GAP = timedelta(days=3)
_COOL_DOWN = timedelta(hours=12)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class QuietSpan:
    """The quiet days of a recording of one country, as a `World`."""

    name: str
    recording: Recording
    world: World
    country: Entity

    @property
    def families(self) -> tuple[Family, ...]:
        """The recorded families, sorted."""
        return tuple(sorted({s.family for s in self.world.signals.values()}))

    @property
    def step(self) -> timedelta:
        """The shortest step of the recorded signals."""
        return min(s.step for s in self.world.signals.values())


def quiet_spans(
    recordings: Iterable[tuple[str, Recording]], labels: Iterable[Label]
) -> list[QuietSpan]:
    """Return the quiet part of each recording that has three quiet weeks or more.

    A recording with no country, or with several countries, is left out.
    """
    label_starts: dict[str, datetime] = {}
    for label in labels:
        earliest = label_starts.get(label.recording, label.start)
        label_starts[label.recording] = min(earliest, label.start)
    spans = (
        _quiet_span(name, recording, label_starts.get(name))
        for name, recording in recordings
    )
    return [span for span in spans if span is not None]


def _quiet_span(
    name: str, recording: Recording, label_start: datetime | None
) -> QuietSpan | None:
    since, until = recording.span.since, recording.span.until
    if label_start is not None:
        until = min(until, label_start - _BEFORE_A_LABEL)
    countries = [e for e in recording.entities if e.kind is EntityKind.COUNTRY]
    if until - since < _MIN_LENGTH or len(countries) != 1:
        return None
    return QuietSpan(name, recording, _world(recording, until), countries[0])


def _world(recording: Recording, until: datetime) -> World:
    """Return a `World` with the readings of a recording from its start to `until`.

    Only whole days are used.
    """
    since = recording.span.since
    days = (until - since) // timedelta(days=1)
    signals = {s.id: s for s in recording.signals}
    return World(
        signals=signals,
        rows=dict(recording.rows),
        since=since,
        days=days,
        values={i: _values(recording, s, since, days) for i, s in signals.items()},
        parents=recording.parents,
    )


def _values(recording: Recording, signal: Signal, since: datetime, days: int) -> Values:
    """Return the readings of a signal; shape (rows, bins), NaN for missing ones."""
    first = signal.bin_at(since)
    bins = signal.bin_at(since + timedelta(days=days)) - first
    rows = recording.rows[signal.id]
    values = np.full((len(rows), bins), np.nan, dtype=np.float32)
    for row, entity in zip(values, rows, strict=True):
        chunk = recording.series[signal.id, entity]
        readings = chunk.values[: max(0, first + bins - chunk.first)]
        start = chunk.first - first
        row[start : start + len(readings)] = readings
    return values


def injection_rounds(
    quiet_span: QuietSpan, kinds: Sequence[OutageKind], seed: int
) -> Iterator[tuple[SyntheticOutage, ...]]:
    """Yield rounds: outages that fit one after another into the quiet days.

    Each kind is used in one round. A kind that does not fit into the quiet days after
    the warm-up (ten days) is not used.
    """
    rng = np.random.default_rng([seed, 11])
    first = quiet_span.world.since + _WARM_UP
    last = quiet_span.world.until - _COOL_DOWN
    outages: list[SyntheticOutage] = []
    for number in rng.permutation(len(kinds)):
        kind = kinds[int(number)]
        offset = timedelta(minutes=int(rng.integers(24 * 60)))
        since = offset + (outages[-1].until + _MIN_GAP if outages else first)
        if since + kind.duration > last and outages:
            yield tuple(outages)
            outages, since = [], first + offset
        if since + kind.duration <= last:
            outages.append(_outage(quiet_span, kind, since, rng))
    if outages:
        yield tuple(outages)


def _outage(
    quiet_span: QuietSpan, kind: OutageKind, since: datetime, rng: np.random.Generator
) -> SyntheticOutage:
    effects = _draw_effects(quiet_span.families, kind, rng)
    until = since + kind.duration
    return SyntheticOutage(
        quiet_span.country, since, until, kind.depth, kind.shape, effects
    )


def _draw_effects(
    families: tuple[Family, ...], kind: OutageKind, rng: np.random.Generator
) -> tuple[tuple[Family, FamilyEffect], ...]:
    """Draw the effects on the recorded families.

    A single recorded family shows the full depth at once.
    """
    if len(families) == 1:
        return ((families[0], FamilyEffect(1.0, timedelta(0))),)
    effects = (
        *draw_effects(kind, rng),
        (Family.TELEMETRY, FamilyEffect(0.9, timedelta(0))),
    )
    return tuple((family, effect) for family, effect in effects if family in families)


def with_outages(quiet_span: QuietSpan, outages: Iterable[SyntheticOutage]) -> World:
    """Return a copy of the quiet days with `outages` injected.

    An outage lowers all series of an affected family by the same share.
    """
    values = {i: v.copy() for i, v in quiet_span.world.values.items()}
    world = replace(quiet_span.world, values=values)
    for outage in outages:
        for family, effect in outage.effects:
            for entity in world.rows[world.signal_of(family).id]:
                inject(
                    world, [replace(outage, place=entity, effects=((family, effect),))]
                )
    return world


def run(
    spans: Sequence[QuietSpan],
    kinds: Sequence[OutageKind],
    rules: AssessmentRules,
    seed: int,
) -> Json:
    """Inject outages into all quiet spans, and return the results as JSON, in groups.

    Spans with the same recorded families form a group.
    """
    groups: dict[tuple[Family, ...], list[QuietSpan]] = {}
    for quiet_span in spans:
        groups.setdefault(quiet_span.families, []).append(quiet_span)
    return {
        "stated_as": STATEMENT,
        "groups": [_group(g, kinds, rules, seed) for g in groups.values()],
    }


def _group(
    spans: list[QuietSpan],
    kinds: Sequence[OutageKind],
    rules: AssessmentRules,
    seed: int,
) -> Json:
    """Run and score a group: recordings with the same families."""
    families_needed = min(2, len(spans[0].families))
    truth: dict[Label, SyntheticOutage] = {}
    opened: list[ScoredCase] = []
    confirmed: list[ScoredCase] = []
    for quiet in spans:
        for number, outages in enumerate(injection_rounds(quiet, kinds, seed), start=1):
            # Each round counts as a separate recording, so that an event is matched
            # only with labels of its own round.
            name = f"{quiet.name}/{number}"
            own = {replace(measures.label_of(o), recording=name): o for o in outages}
            world = with_outages(quiet, outages)
            events = detections_of(run_world(world, rules))
            opened += measures.make_cases(world, own, events, needed_families=1)
            confirmed += measures.make_cases(
                world, own, events, needed_families=families_needed
            )
            truth |= own
    score = BenchmarkScore(
        truth, metrics.score(confirmed), metrics.score(opened), frozenset()
    )
    return _group_json(spans, score, rules, len(opened))


def _group_json(
    spans: list[QuietSpan], score: BenchmarkScore, rules: AssessmentRules, plays: int
) -> Json:
    step = max(quiet.step for quiet in spans)
    # Only target outages of two steps or more are counted here: a shorter outage may
    # lie between two readings.
    clear = [
        label
        for label, outage in score.outages.items()
        if measures.is_target(outage) and outage.duration >= 2 * step
    ]
    untouched = [i for quiet in spans for i in run_world(quiet.world, rules).incidents]
    confirmable = len(spans[0].families) > 1
    false_confirmed = score.opened.false_confirmed.events
    return {
        "families": list(spans[0].families),
        "found_means": "confirmed" if confirmable else "suspected",
        "step_minutes": step // timedelta(minutes=1),
        "recordings": [_recording_json(quiet) for quiet in spans],
        "plays": plays,
        "outages": len(score.outages),
        "recall_matrix": [
            {k: v for k, v in row.items() if confirmable or k != "confirmed"}
            for row in measures.recall_matrix(score)
        ],
        "deep_and_two_steps_long": len(clear),
        "recall_opened": score.recall(score.opened, clear),
        "recall_found": score.recall(score.confirmed, clear),
        "precision_opened": asdict(score.opened.precision),
        "precision_found": asdict(score.confirmed.precision),
        "false_openings": score.opened.false_suspected.events + false_confirmed,
        "false_confirmed": false_confirmed,
        "incidents_untouched": len(untouched),
        "confirmed_untouched": sum(i.confirmed_at is not None for i in untouched),
    }


def _recording_json(quiet_span: QuietSpan) -> Json:
    recording, world = quiet_span.recording, quiet_span.world
    return {
        "name": quiet_span.name,
        "title": recording.title,
        "credit": recording.credit,
        "licence": recording.licence,
        "from": f"{world.since:%Y-%m-%dT%H:%M:%SZ}",
        "days": world.days,
        "series": sum(len(rows) for rows in world.rows.values()),
    }
