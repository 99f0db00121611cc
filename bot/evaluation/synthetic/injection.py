"""Real quiet series with outages injected: real noise, and a truth that is known.

A recording is quiet up to a day before its first label. What is left is played as it
is: no week is repeated, nothing is filled in. Outages of every kind are put in, a few
at a time and days apart, and the same quiet days are played until each kind had its
turn. A country's networks fall as it does. The outages are made up; the page says so.
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
from bot.evaluation.synthetic.measures import Scored
from bot.evaluation.synthetic.outages import (
    Hit,
    OutageKind,
    SyntheticOutage,
    draw_hits,
    inject,
)
from bot.evaluation.synthetic.run import detections, play
from bot.evaluation.synthetic.world import World
from bot.model.entity import Entity, EntityKind
from bot.model.signal import Family, Signal, Values
from bot.sources.recording.recording import Recording
from bot.tick.assessment import Rules

STATED = (
    "real quiet series, outages injected: the readings were measured, the outages"
    " in them are made up"
)
_BEFORE_A_LABEL = timedelta(days=1)
_LEAST = timedelta(days=21)
_WARM_UP = timedelta(days=10)
_APART = timedelta(days=3)
_AT_THE_END = timedelta(hours=12)
Json = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class QuietSpan:
    """The quiet days of one recording, as a world; `country`: whose they are."""

    name: str
    recording: Recording
    world: World
    country: Entity

    @property
    def families(self) -> tuple[Family, ...]:
        """The families that were recorded, in a fixed order."""
        return tuple(sorted({s.family for s in self.world.signals.values()}))

    @property
    def step(self) -> timedelta:
        """The finest step among its signals."""
        return min(s.step for s in self.world.signals.values())


def stretches(
    recordings: Iterable[tuple[str, Recording]], labels: Iterable[Label]
) -> list[QuietSpan]:
    """The quiet part of each recording of one country, where it is long enough."""
    begins: dict[str, datetime] = {}
    for label in labels:
        earliest = begins.get(label.recording, label.start)
        begins[label.recording] = min(earliest, label.start)
    found = (
        _stretch(name, recording, begins.get(name)) for name, recording in recordings
    )
    return [stretch for stretch in found if stretch is not None]


def _stretch(
    name: str, recording: Recording, label: datetime | None
) -> QuietSpan | None:
    since, until = recording.span.since, recording.span.until
    if label is not None:
        until = min(until, label - _BEFORE_A_LABEL)
    countries = [e for e in recording.entities if e.kind is EntityKind.COUNTRY]
    if until - since < _LEAST or len(countries) != 1:
        return None
    return QuietSpan(name, recording, _world(recording, until), countries[0])


def _world(recording: Recording, until: datetime) -> World:
    """The readings of whole days from the beginning on, as they were told."""
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
    first = signal.bin_of(since)
    bins = signal.bin_of(since + timedelta(days=days)) - first
    rows = recording.rows[signal.id]
    values = np.full((len(rows), bins), np.nan, dtype=np.float32)
    for row, entity in zip(values, rows, strict=True):
        chunk = recording.series[signal.id, entity]
        told = chunk.values[: max(0, first + bins - chunk.first)]
        start = chunk.first - first
        row[start : start + len(told)] = told
    return values


def rounds(
    stretch: QuietSpan, kinds: Sequence[OutageKind], seed: int
) -> Iterator[tuple[SyntheticOutage, ...]]:
    """Every kind once, as many in each round as the quiet days have room for."""
    rng = np.random.default_rng([seed, 11])
    first = stretch.world.since + _WARM_UP
    last = stretch.world.until - _AT_THE_END
    placed: list[SyntheticOutage] = []
    for number in rng.permutation(len(kinds)):
        kind = kinds[int(number)]
        late = timedelta(minutes=int(rng.integers(24 * 60)))
        since = late + (placed[-1].until + _APART if placed else first)
        if since + kind.duration > last and placed:
            yield tuple(placed)
            placed, since = [], first + late
        if since + kind.duration <= last:
            placed.append(_outage(stretch, kind, since, rng))
    if placed:
        yield tuple(placed)


def _outage(
    stretch: QuietSpan, kind: OutageKind, since: datetime, rng: np.random.Generator
) -> SyntheticOutage:
    hits = _hits(stretch.families, kind, rng)
    until = since + kind.duration
    return SyntheticOutage(stretch.country, since, until, kind.depth, kind.shape, hits)


def _hits(
    families: tuple[Family, ...], kind: OutageKind, rng: np.random.Generator
) -> tuple[tuple[Family, Hit], ...]:
    """One family alone shows all of it; several show what is published of them."""
    if len(families) == 1:
        return ((families[0], Hit(1.0, timedelta(0))),)
    told = (*draw_hits(kind, rng), (Family.TELEMETRY, Hit(0.9, timedelta(0))))
    return tuple((family, hit) for family, hit in told if family in families)


def with_outages(stretch: QuietSpan, outages: Iterable[SyntheticOutage]) -> World:
    """The quiet days with what the outages take, from the country and its networks."""
    values = {i: v.copy() for i, v in stretch.world.values.items()}
    world = replace(stretch.world, values=values)
    for outage in outages:
        for family, hit in outage.hits:
            for entity in world.rows[world.of(family).id]:
                inject(world, [replace(outage, place=entity, hits=((family, hit),))])
    return world


def run(
    found: Sequence[QuietSpan], kinds: Sequence[OutageKind], rules: Rules, seed: int
) -> Json:
    """What was found, missed and made up, for each set of families apart."""
    groups: dict[tuple[Family, ...], list[QuietSpan]] = {}
    for stretch in found:
        groups.setdefault(stretch.families, []).append(stretch)
    return {
        "stated_as": STATED,
        "groups": [_group(g, kinds, rules, seed) for g in groups.values()],
    }


def _group(
    found: list[QuietSpan], kinds: Sequence[OutageKind], rules: Rules, seed: int
) -> Json:
    needed = min(2, len(found[0].families))
    truth: dict[Label, SyntheticOutage] = {}
    opened: list[ScoredCase] = []
    confirmed: list[ScoredCase] = []
    for stretch in found:
        for number, outages in enumerate(rounds(stretch, kinds, seed), start=1):
            named = f"{stretch.name}/{number}"
            own = {replace(measures.label(o), recording=named): o for o in outages}
            world = with_outages(stretch, outages)
            told = detections(play(world, rules))
            opened += measures.cases(world, own, told, families=1)
            confirmed += measures.cases(world, own, told, families=needed)
            truth |= own
    scored = Scored(truth, metrics.score(confirmed), metrics.score(opened), frozenset())
    return _figures(found, scored, rules, len(opened))


def _figures(found: list[QuietSpan], scored: Scored, rules: Rules, plays: int) -> Json:
    step = max(stretch.step for stretch in found)
    clear = [
        label
        for label, outage in scored.outages.items()
        if measures.counts(outage) and outage.duration >= 2 * step
    ]
    untouched = [i for s in found for i in play(s.world, rules).opened]
    confirmable = len(found[0].families) > 1
    return {
        "families": list(found[0].families),
        "found_means": "confirmed" if confirmable else "suspected",
        "step_minutes": step // timedelta(minutes=1),
        "recordings": [_about(stretch) for stretch in found],
        "plays": plays,
        "outages": len(scored.outages),
        "recall_matrix": [
            {k: v for k, v in row.items() if confirmable or k != "confirmed"}
            for row in measures.matrix(scored)
        ],
        "deep_and_two_steps_long": len(clear),
        "recall_opened": scored.recall(scored.opened, clear),
        "recall_found": scored.recall(scored.confirmed, clear),
        "precision_opened": asdict(scored.opened.precision),
        "precision_found": asdict(scored.confirmed.precision),
        "false_openings": scored.opened.false_suspected.events
        + scored.opened.false_confirmed.events,
        "false_confirmed": scored.opened.false_confirmed.events,
        "incidents_untouched": len(untouched),
        "confirmed_untouched": sum(i.confirmed_at is not None for i in untouched),
    }


def _about(stretch: QuietSpan) -> Json:
    about, world = stretch.recording, stretch.world
    return {
        "name": stretch.name,
        "title": about.title,
        "credit": about.credit,
        "licence": about.licence,
        "from": f"{world.since:%Y-%m-%dT%H:%M:%SZ}",
        "days": world.days,
        "series": sum(len(rows) for rows in world.rows.values()),
    }
