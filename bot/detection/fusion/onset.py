"""When an incident began, by the onsets of its place and of the parts of the place."""

from collections.abc import Iterable
from dataclasses import replace

from bot.model.interval import Interval
from bot.model.signal import STRONG_FAMILIES, Family
from bot.model.verdict import Finding, Scope

_SHARE_DIVISOR = 4
"""If only parts fell, the incident begins once one in four of their drops has begun."""
_IN_PARTS = frozenset({Scope.REGIONAL, Scope.OPERATOR, Scope.MOBILE})


def onset_of(
    own: tuple[Finding, ...],
    dropped: tuple[Finding, ...],
    families: tuple[Family, ...],
    scope: Scope | None,
) -> Interval | None:
    """Return the onset of the families that fell together; None if it is not known.

    The onset is the earliest onset of the place's own series. If only parts fell, or if
    the scope is narrower than the place and parts fell first, the onset is the time by
    which a quarter of the parts' drops have begun. So one region of twelve that falls
    hours before the others does not set the onset.

    Args:
        own: the findings of the place itself; () if no family of the place fell.
        dropped: the findings of the place's parts that are in a drop.
        families: the families that fell together at the place; if none did, those of
            its parts.
        scope: how much of the place is down.
    """
    of_place = _onsets(map(_with_last_onset, own), families)
    of_parts = _onsets(dropped, families)
    first = of_parts[(len(of_parts) - 1) // _SHARE_DIVISOR] if of_parts else None
    if not of_place:
        return first
    # If only parts are down, a series of the place may still cross its threshold by
    # chance, perhaps days after the parts fell.
    if scope in _IN_PARTS and first and first.until < of_place[0].since:
        return first
    return of_place[0]


def _with_last_onset(f: Finding) -> Finding:
    """Return the finding; if it has no onset, with the onset of its last drop.

    A series that is normal again may have fallen together with a family whose readings
    come later. So the onset of its drop counts too.
    """
    return f if f.onset is not None else replace(f, onset=f.last_onset)


def _onsets(
    findings: Iterable[Finding], families: tuple[Family, ...]
) -> list[Interval]:
    """Return the onsets of the findings of these families, sorted by their ends.

    Of onsets with the same end, the narrowest comes first. If a strong family is among
    `families`, the other families do not count.
    """
    # A noisy family may have been low by chance before the incident began, so it counts
    # only if no strong family fell.
    steady = [family for family in families if family in STRONG_FAMILIES] or families
    onsets = [f.onset for f in findings if f.onset is not None and f.family in steady]
    return sorted(onsets, key=lambda o: (o.until, -o.since.timestamp()))
