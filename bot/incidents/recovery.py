"""Decides whether an incident is partly or wholly over, by the families that were down.

An incident is restored once these families read normal. A family without readings does not
count as back (P5), but not every family is required to come back (see `_needed_findings`).
The noisy families, telescope and telemetry, may be unknown but not dropped.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.incidents.steps import NEARLY_NORMAL
from bot.model.entity import Entity, EntityKind
from bot.model.incident import Incident, State
from bot.model.interval import Interval
from bot.model.signal import STRONG_FAMILIES, Family
from bot.model.verdict import Finding, Outcome, Scope, SeriesState, Verdict

_SERVICE = frozenset({Family.ACTIVE_PROBING, Family.TRAFFIC})
"""Families that measure people's connections.

Routes are not among them, because routes may return while service does not.
"""
_REGIONS_BACK = 0.9
"""The share of an incident's regions that must be back before the incident is over.

Not all regions must be back, because their series are noisy.
"""
_BASELINE_REACH = timedelta(days=28)
"""The approximate age of the oldest readings that a baseline uses."""


def deciding_findings(incident: Incident, verdict: Verdict) -> tuple[Finding, ...]:
    """Return the findings that decide whether the incident is over.

    These are the findings of the place itself. In three cases the findings of the parts
    in `incident.networks` decide too: the incident is not national, no series of the
    place itself was seen to fall, or only parts were still down at the last event.
    """
    own, parts = _findings_in_families(incident, verdict)
    named = tuple(f for f in parts if f.entity in incident.networks)
    return own if _place_decides(incident, own) else own + named


def _findings_in_families(
    incident: Incident, verdict: Verdict
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return first the findings of the place itself, then those of its parts.

    Only findings in the incident's families are returned. There is one exception: a
    finding of the place itself that showed a shallow drop is returned whatever its
    family. An incident may have been opened by shallow drops of several families
    together.
    """
    own = tuple(
        f
        for f in verdict.own
        if f.family in incident.families or (f.shallow and f.last_onset is not None)
    )
    return own, tuple(f for f in verdict.parts if f.family in incident.families)


def _place_decides(incident: Incident, own: tuple[Finding, ...]) -> bool:
    """Whether only the place's own findings decide if the incident is over.

    They do if the incident is national, a series of the place itself was seen to fall,
    and the place was not back at the last event. If the place was silent when its parts
    fell, none of its own series was seen to fall, so they do not decide alone.
    """
    fell = any(f.last_onset and f.last_onset.until >= incident.onset.since for f in own)
    national = incident.scope is Scope.NATIONAL and not _place_was_back(incident, own)
    return national and fell


def _place_was_back(incident: Incident, own: tuple[Finding, ...]) -> bool:
    """Whether the place itself was already back at the last event.

    True only in an incident that is partly restored.
    """
    return incident.state is State.PARTLY_RESTORED and all(
        f.state is SeriesState.ORDINARY
        and f.recovered is not None
        and f.recovered.until <= incident.changed_at
        for f in own
    )


def is_back(incident: Incident, verdict: Verdict) -> bool:
    """Whether the incident is over: what fell has been normal for its hold time.

    `deciding_findings` gives the findings that must be normal; of regions, nine tenths
    are enough. While a part has a drop that would open a new incident, the incident is
    not over. A return must be recorded, or revised readings must show no drop.
    """
    if _parts_still_down(verdict):
        return False
    deciding = _needed_findings(incident, deciding_findings(incident, verdict))
    own = [f for f in deciding if f.entity == incident.place]
    parts = [f for f in deciding if f.entity != incident.place]
    # Without this test an empty list of findings could pass the tests below (P5).
    if not any(f.state is SeriesState.ORDINARY for f in deciding):
        return False
    # Without a recorded return, the series may read normal only because the state of
    # detection was lost.
    if not (
        has_returned(incident, verdict)
        or shows_no_drop_after_revision(incident, verdict)
    ):
        return False
    if strong_families_down(verdict) or any(
        f.state is not SeriesState.ORDINARY for f in own
    ):
        return False
    back = sum(f.state is SeriesState.ORDINARY for f in parts)
    return back >= _least_parts_back(parts)


def _needed_findings(
    incident: Incident, deciding: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Return the findings of `deciding` that count for the end of an incident.

    All findings count, except for some unknown ones. An unknown finding of a noisy family
    (telescope or telemetry) never needs to become normal. An unknown finding of the place
    in a strong family need not become normal once two other strong families of the place
    have returned. Two families confirm an incident, and two families end it (P5, P7).
    """
    returned = {
        f.family
        for f in deciding
        if f.entity == incident.place
        and f.family in STRONG_FAMILIES
        and _is_back(incident, f)
    }
    return tuple(
        f
        for f in deciding
        if f.state is not SeriesState.UNKNOWN
        or (
            f.family in STRONG_FAMILIES
            and not (f.entity == incident.place and len(returned) > 1)
        )
    )


def _is_back(incident: Incident, f: Finding) -> bool:
    """Whether a series is normal again after a drop in the incident."""
    return (
        f.state is SeriesState.ORDINARY
        and f.recovered is not None
        and f.recovered.until >= incident.onset.until
    )


def shows_no_drop_after_revision(incident: Incident, verdict: Verdict) -> bool:
    """Whether readings were revised, and no deciding series shows the drop any more."""
    deciding = deciding_findings(incident, verdict)
    onsets = [f.last_onset for f in deciding if f.last_onset]
    shown = any(onset.until >= incident.onset.since for onset in onsets)
    return verdict.revised and not shown


def is_low_level_the_baseline(incident: Incident, verdict: Verdict) -> bool:
    """Whether the low level of the incident has become the baseline.

    This is so if the onset is at least four weeks old, and the deciding findings are
    normal although no return was recorded.
    """
    deciding = deciding_findings(incident, verdict)
    states = {f.state for f in deciding} - {SeriesState.UNKNOWN}
    ordinary = states == {SeriesState.ORDINARY}
    old = verdict.at - incident.onset.until >= _BASELINE_REACH
    return ordinary and old and not has_returned(incident, verdict)


def has_fallen_since(verdict: Verdict, restored: Interval) -> bool:
    """Whether a series of the place or its parts fell after `restored`, and is down.

    `restored` is the interval in which an earlier incident ended.
    """
    return any(
        f.state is SeriesState.DROPPED
        and f.onset is not None
        # A drop that began before `restored.until` belongs to the earlier incident;
        # late readings may show it only now.
        and f.onset.until > restored.until
        for f in verdict.findings
    )


def families_back_by_newer_readings(
    incident: Incident, verdict: Verdict
) -> tuple[Family, ...]:
    """Return the strong families that returned at the principal's newest reading or later.

    They are families of the place, fell in the incident and are normal again.
    """
    principal = verdict.principal
    if principal is None:
        return ()
    return tuple(
        f.family
        for f in _strong_returns(incident, verdict)
        if f.recovered is not None and f.recovered.until >= principal.as_of
    )


def has_strong_return(incident: Incident, verdict: Verdict) -> bool:
    """Whether a strong family of the place fell in the incident and is back."""
    return any(_strong_returns(incident, verdict))


def _strong_returns(incident: Incident, verdict: Verdict) -> Iterator[Finding]:
    for f in verdict.own:
        if f.family in set(STRONG_FAMILIES) & set(incident.families) and _is_back(
            incident, f
        ):
            yield f


def reads_low(f: Finding) -> bool:
    """Whether a series is in a drop and reads below `NEARLY_NORMAL`.

    An unknown level counts as low.
    """
    level = f.smoothed_level if f.level is None else f.level
    low = level is None or level < NEARLY_NORMAL
    return f.state is SeriesState.DROPPED and low


def _parts_still_down(verdict: Verdict) -> bool:
    """Whether parts are down while the verdict is suspected or confirmed."""
    down = verdict.outcome in {Outcome.SUSPECTED, Outcome.CONFIRMED}
    return down and bool(verdict.fallen_parts)


def only_parts_down(incident: Incident, verdict: Verdict) -> bool:
    """Whether the place itself came back after the last event, and parts did not."""
    own = tuple(f for f in verdict.own if f.family in incident.families)
    back = bool(own) and all(f.state is SeriesState.ORDINARY for f in own)
    if not back or not _parts_still_down(verdict) or _place_was_back(incident, own):
        return False
    # A part counts only if its reading is from after the return: a signal with a long
    # lag may still show the time before the return.
    since = max(f.recovered.until for f in own if f.recovered)
    return any(reads_low(f) and f.as_of > since for f in verdict.fallen_parts)


def networks_back(
    incident: Incident, verdict: Verdict, least_delay: timedelta
) -> tuple[Entity, ...]:
    """Return the networks that were reported as down and are normal again.

    A network counts only if it returned at least `least_delay` before the last reading
    of every part that is still down. If no part is down, the result is empty.
    `returned_service_families` applies the same rule to families.
    """
    down_until = min((f.as_of for f in verdict.fallen_parts), default=None)
    if down_until is None:
        return ()
    reported = (e for e in incident.told_parts if e.kind is EntityKind.ASN)
    return tuple(
        e for e in reported if _is_network_back(e, verdict, down_until - least_delay)
    )


def _is_network_back(network: Entity, verdict: Verdict, since: datetime) -> bool:
    """Whether all strong families of a network are normal, and were back by `since`."""
    own = [
        f for f in verdict.parts if f.entity == network and f.family in STRONG_FAMILIES
    ]
    returns = [f.recovered.until for f in own if f.recovered is not None]
    ordinary = all(f.state is SeriesState.ORDINARY for f in own)
    # A network without a recorded return does not count as back: perhaps it seems
    # normal because its detection state was lost.
    return ordinary and bool(returns) and max(returns) <= since


def _least_parts_back(parts: list[Finding]) -> float:
    """Return how many of `parts` must be back: all networks, nine tenths of regions."""
    networks = sum(f.entity.kind is EntityKind.ASN for f in parts)
    return networks + _REGIONS_BACK * (len(parts) - networks)


def has_returned(incident: Incident, verdict: Verdict) -> bool:
    """Whether one of `deciding_findings` recovered after the incident's onset."""
    return any(
        f.recovered is not None and f.recovered.until >= incident.onset.until
        for f in deciding_findings(incident, verdict)
    )


def last_return(incident: Incident, verdict: Verdict) -> Interval:
    """Return the interval in which the last series of an incident came back.

    If the place's own findings decide alone (see `_place_decides`), only they count. If
    not, all parts count too, even those that no event named. If no return is recorded,
    the result is the time from the last event to the verdict.
    """
    own, parts = _findings_in_families(incident, verdict)
    returns = [
        f.recovered
        for f in (own if _place_decides(incident, own) else own + parts)
        if f.recovered is not None and f.recovered.until >= incident.onset.until
    ]
    if not returns:
        return Interval(incident.changed_at, max(verdict.at, incident.changed_at))
    # Of returns that end together, the shortest interval is the most precise.
    return max(returns, key=lambda interval: (interval.until, interval.since))


def strong_families_down(verdict: Verdict) -> tuple[Family, ...]:
    """Return the strong families with a sustained drop at the place itself."""
    return tuple(
        f.family
        for f in verdict.own
        if f.state is SeriesState.DROPPED
        and f.sustained
        and f.family in STRONG_FAMILIES
    )


def returned_service_families(
    incident: Incident, verdict: Verdict, least_delay: timedelta
) -> tuple[Family, ...]:
    """Return the families of `_SERVICE` that were reported as down and are back again.

    A family counts only if every strong family that is still down was seen down at
    least `least_delay` later than the return. The reason is that families have different
    publication lags: a full return looks partial until the slowest family has reported
    it. A family does not count if it returned before the first of these strong families
    fell, because it may still fall with them.
    """
    dropped = [f for f in verdict.own if f.state is SeriesState.DROPPED]
    down = [f for f in dropped if f.family in STRONG_FAMILIES]
    if not down:
        return ()
    # Each family that is down has a newest reading; the oldest of these decides. If
    # this reading is from before another family returned, the family that is down may
    # have returned at the same time too, and its readings do not show this yet.
    down_until = min(f.as_of for f in down)
    fell = min((f.onset.since for f in down if f.onset), default=incident.onset.since)
    return tuple(
        f.family
        for f in verdict.own
        if f.state is SeriesState.ORDINARY
        and f.family in _SERVICE & set(incident.told_families)
        and f.recovered is not None
        and fell < f.recovered.until <= down_until - least_delay
    )
