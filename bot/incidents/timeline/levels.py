"""Reads levels from traces, so that the numbers of an event match its chart and CSV."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model.entity import Entity
from bot.model.incident import Trace
from bot.model.signal import Family
from bot.model.timeline import SeriesLevel
from bot.model.verdict import Finding, SeriesState
from bot.model.watchlist import Watchlist


def newest_level(trace: Trace | None) -> float | None:
    """Return the newest known level of a trace (1.0 is normal); None if unknown."""
    levels = reversed(trace.levels) if trace else ()
    return next((level for level in levels if level is not None), None)


def lowest_since(trace: Trace | None, since: datetime) -> float | None:
    """Return the lowest level of a trace in or after the bin that contains `since`.

    None if no level is known.
    """
    if trace is None:
        return None
    # Levels from before the onset do not belong to this incident (P18).
    skip = max(0, int((since - trace.first) / timedelta(seconds=trace.step_s)))
    window = trace.comparable_levels[skip:]
    return min((level for level in window if level is not None), default=None)


@dataclass(frozen=True, slots=True)
class LevelReader:
    """Reads the levels of findings from their traces, so that they match the charts.

    Attributes:
        traces: the traces of the event, by entity and signal.
        since: the onset; lowest levels are looked for from this time on. Aware, UTC.
    """

    traces: Mapping[tuple[Entity, str], Trace]
    since: datetime
    watch: Watchlist

    def levels(self, findings: Iterable[Finding]) -> tuple[SeriesLevel, ...]:
        """Return the state and levels of each finding's series, in order."""
        return tuple(self._series(finding) for finding in findings)

    def lowest_first(self, findings: Iterable[Finding]) -> tuple[SeriesLevel, ...]:
        """Return one series for each entity, the lowest level first.

        If an entity has several series, the series whose family comes first in `Family`
        is chosen.
        """
        chosen: dict[Entity, SeriesLevel] = {}
        for series in self.levels(findings):
            other = chosen.get(series.entity)
            if other is None or _rank(series.family) < _rank(other.family):
                chosen[series.entity] = series
        return tuple(
            sorted(chosen.values(), key=lambda s: (s.level or 0.0, str(s.entity)))
        )

    def _series(self, finding: Finding) -> SeriesLevel:
        trace = self.traces.get(finding.key)
        network = self.watch.networks.get(finding.entity)
        series = SeriesLevel(
            entity=finding.entity,
            signal=finding.signal,
            family=finding.family,
            state=finding.state,
            level=finding.level,
            lowest=finding.lowest,
            onset=finding.onset,
            as_of=finding.as_of,
            brand=network.brand if network else "",
            kind=self.watch.kind_of(finding.entity),
        )
        # The trace of an unknown series ends with an outdated level, which is not used
        # (P5).
        if trace is None or finding.state is SeriesState.UNKNOWN:
            return series
        return replace(
            series, level=newest_level(trace), lowest=lowest_since(trace, self.since)
        )


def _rank(family: Family) -> int:
    return tuple(Family).index(family)
