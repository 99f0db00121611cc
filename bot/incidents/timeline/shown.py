"""Chooses the findings that an event shows, with the principal finding first."""

from collections.abc import Iterable

from bot.incidents.timeline.series import Timeline, lowest_in_drops
from bot.model.entity import Entity
from bot.model.signal import Family
from bot.model.verdict import Finding, SeriesState, Verdict

_PARTS_DRAWN = 24
_ORDER = (
    Family.ACTIVE_PROBING,
    Family.TRAFFIC,
    Family.CONTROL_PLANE,
    Family.TELEMETRY,
    Family.TELESCOPE,
)
"""The families in order: the first represents a place most directly.

`fusion.verdict` uses the same order.
"""


def shown_findings(
    verdict: Verdict, subject: Timeline, *, is_over: bool
) -> list[Finding]:
    """Return the findings whose series an event shows, the principal one first.

    Args:
        verdict: the present verdict.
        subject: the series that the incident is about.
        is_over: whether the event reports the end of the incident.
    """
    own = [f for f in verdict.own if f.state is not SeriesState.UNKNOWN]
    parts = (
        _known_parts_of_incident(verdict, subject)
        if is_over
        else _fallen_parts(verdict)
    )
    principal = verdict.principal
    # While a series is down, the verdict's principal represents the place. After the
    # end, the principal of the verdict may be a series that never fell, so another is
    # chosen.
    if is_over or principal is None or principal.state is not SeriesState.DROPPED:
        principal = principal_after_end(verdict, subject) or principal
    return sorted([*own, *parts], key=lambda f: f != principal)


def principal_after_end(verdict: Verdict, subject: Timeline) -> Finding | None:
    """Return the finding that represents the incident when nothing is down any more.

    Only series that fell are considered, if their state is known now. A series of the
    place itself is preferred; of several, the first in `_ORDER` is chosen. Of series of
    parts, the one that fell deepest is chosen. None if no such series exists.
    """
    lows = {s.key: lowest_in_drops([s]) for s in subject}
    fell = [
        f
        for f in verdict.findings
        if f.key in lows and f.state is not SeriesState.UNKNOWN
    ]

    def rank(f: Finding) -> tuple[bool, float, int, Entity]:
        low = lows[f.key]
        is_part, depth = f.entity != verdict.place, 1.0 if low is None else low
        return is_part, depth if is_part else 0.0, _ORDER.index(f.family), f.entity

    return min(fell, key=rank, default=None)


def _fallen_parts(verdict: Verdict) -> list[Finding]:
    """Return the findings of the fallen parts, the lowest present level first."""
    return _deepest((f.smoothed_level or 0.0, f) for f in verdict.fallen_parts)


def _known_parts_of_incident(verdict: Verdict, subject: Timeline) -> list[Finding]:
    """Return the findings of the parts that the incident was about, except unknown ones.

    The part with the lowest level during the incident comes first.
    """
    lows = {s.key: lowest_in_drops([s]) or 0.0 for s in subject}
    return _deepest(
        (lows[f.key], f)
        for f in verdict.parts
        if f.key in lows and f.state is not SeriesState.UNKNOWN
    )


def _deepest(levels: Iterable[tuple[float, Finding]]) -> list[Finding]:
    """Return the findings of the parts with the lowest levels, the lowest level first.

    At most `_PARTS_DRAWN` parts are kept, each with all its findings.

    Args:
        levels: pairs of a level and the finding that it belongs to.
    """
    ordered = [f for _, f in sorted(levels, key=lambda pair: pair[0])]
    parts = list(dict.fromkeys(f.entity for f in ordered))[:_PARTS_DRAWN]
    return [f for f in ordered if f.entity in parts]
