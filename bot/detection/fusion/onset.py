"""When an incident began, by the onsets of its place and of the parts of the place."""

from collections.abc import Iterable
from dataclasses import replace

from bot.model.interval import Interval
from bot.model.signal import STRONG_FAMILIES, Family
from bot.model.verdict import Finding, Scope

_FEW_PARTS = 4
"""An incident in parts begins when one in this many of the parts' drops has begun."""
_IN_PARTS = frozenset({Scope.REGIONAL, Scope.OPERATOR, Scope.MOBILE})


def onset_of(
    own: tuple[Finding, ...],
    dropped: tuple[Finding, ...],
    families: tuple[Family, ...],
    scope: Scope | None,
) -> Interval | None:
    """Return the onset of the families that fell together; None if it is not known.

    The result is the earliest onset of the place's own series, with two exceptions:
    only parts fell, or the scope is a part of the place and parts fell first. Then the
    onsets of the parts are sorted, and the result is the onset at which a quarter of
    the parts' drops have begun. So if one region of twelve dips hours before the
    others, the incident does not begin with this dip.

    Args:
        own: the findings of the place itself; () if no family of the place fell.
        dropped: the findings of the place's parts that are in a drop.
        families: the families that fell together: those of the place, or if there are
            none, those of its parts.
        scope: how much of the place is down.
    """
    of_place = _onsets(map(_with_last_onset, own), families)
    of_parts = _onsets(dropped, families)
    first = of_parts[(len(of_parts) - 1) // _FEW_PARTS] if of_parts else None
    if not of_place:
        return first
    # If only parts are down, the place's own series may by chance cross its threshold
    # too, days later than the series of the parts.
    if scope in _IN_PARTS and first and first.until < of_place[0].since:
        return first
    return of_place[0]


def _with_last_onset(f: Finding) -> Finding:
    """Return the finding; if its last drop is over, with the onset of that drop.

    A series that is normal again may have fallen together with a family whose readings
    are published later, so its onset counts too.
    """
    return f if f.onset is not None else replace(f, onset=f.last_onset)


def _onsets(
    findings: Iterable[Finding], families: tuple[Family, ...]
) -> list[Interval]:
    """Return the onsets of the findings of these families, sorted by their ends.

    Of several onsets with the same end, the narrowest comes first. If any of the
    families is strong, only strong families count.
    """
    # A noisy family may have been low by chance before the incident began, so it counts
    # only if no strong family fell.
    steady = [family for family in families if family in STRONG_FAMILIES] or families
    onsets = [f.onset for f in findings if f.onset is not None and f.family in steady]
    return sorted(onsets, key=lambda o: (o.until, -o.since.timestamp()))
