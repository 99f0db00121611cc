"""Levels end where an incident begins that is not released (P12)."""

from datetime import timedelta

import pytest

from bot.model.draft import Action, DraftState, Release
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind
from bot.model.watchlist import group_into_places
from bot.policy.level_rules import (
    NOTHING,
    ReleasedSpan,
    level_limit,
    related_places,
    released_span,
    series_limit,
    unreadable_span,
)
from tests.builders import event, incident_of, restored

KZ, IR = (Entity(EntityKind.COUNTRY, code) for code in ("KZ", "IR"))
REGION = Entity(EntityKind.REGION, "KZ/Almaty")
NETWORK, ALONE = (Entity(EntityKind.ASN, asn) for asn in ("9198", "64500"))
OPENED = event(EventKind.CONFIRMED, 1)
NOW = OPENED.at
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEKS_AGO = NOW - 28 * DAY


def release(seq: int, site: Action, draft=DraftState.HELD, kind=EventKind.CONFIRMED):
    return Release(seq, kind, draft, site)


def span_of(*sites: Action, **more) -> ReleasedSpan:
    """Return the span of an incident whose events have these decisions for the site."""
    numbers = range(1, len(sites) + 1)
    events = [event(seq=seq, as_of=NOW + seq * HOUR) for seq in numbers]
    releases = [release(seq, sites[seq - 1], **more) for seq in numbers]
    return released_span(incident_of(*events), releases)


@pytest.mark.parametrize("action", [Action.HOLD, Action.REVIEW])
def test_levels_end_at_the_onset_of_an_incident_that_is_kept_back(action):
    span = span_of(action)
    onset = OPENED.facts.timing.onset.since
    assert level_limit({KZ}, [span], WEEKS_AGO) == onset


def test_levels_of_a_rejected_incident_are_not_shown():
    span = span_of(Action.PUBLISH, draft=DraftState.REJECTED)
    assert level_limit({KZ}, [span], WEEKS_AGO) == OPENED.facts.timing.onset.since


def test_levels_of_a_released_incident_have_no_limit():
    assert level_limit({KZ}, [span_of(Action.PUBLISH)], WEEKS_AGO) is None


def test_levels_end_at_the_last_event_that_is_released():
    span = span_of(Action.PUBLISH, Action.PUBLISH, Action.HOLD)
    assert span.until == NOW + 2 * HOUR
    assert span_of(Action.PUBLISH, Action.HOLD, Action.PUBLISH).until is None


def test_incident_without_known_releases_counts_as_kept_back():
    incident = incident_of(OPENED)
    assert released_span(incident, ()).until == incident.onset.since


def test_levels_stay_away_after_an_incident_that_was_kept_back():
    over = event(EventKind.RESTORED, 1, facts=restored())
    held = [release(1, Action.HOLD, kind=EventKind.RESTORED)]
    span = released_span(incident_of(over), held)
    assert not span.is_open
    assert level_limit({KZ}, [span], over.at - 20 * DAY) == span.until
    # Weeks later, nothing of the incident is in the shown time.
    assert level_limit({KZ}, [span], over.at + DAY) is None


def test_the_earliest_limit_of_several_incidents_counts():
    early, late = (
        ReleasedSpan(KZ, NOW - hours * DAY, is_open=True, changed_at=NOW)
        for hours in (3, 1)
    )
    assert level_limit({KZ}, [late, early], WEEKS_AGO) == early.until
    assert level_limit({IR}, [late, early], WEEKS_AGO) is None


def test_unreadable_incident_hides_all_levels():
    span = unreadable_span(KZ, NOW)
    assert level_limit({KZ}, [span], NOW) == NOTHING


def test_incidents_of_country_and_parts_limit_each_other():
    entities = [KZ, IR, REGION, NETWORK, ALONE]
    watchlist = group_into_places(entities, {}, {NETWORK: KZ})
    assert related_places(KZ, watchlist) == {KZ, REGION, NETWORK}
    assert related_places(NETWORK, watchlist) == {KZ, NETWORK}
    assert related_places(ALONE, watchlist) == {ALONE}
    assert related_places(IR, watchlist) == {IR}


def test_low_series_is_shown_only_in_a_released_incident():
    low_after = NOW - DAY
    released = ReleasedSpan(KZ, None, is_open=True, changed_at=NOW)
    over = ReleasedSpan(KZ, None, is_open=False, changed_at=NOW)
    assert series_limit(None, low_after, {KZ}, []) == low_after
    assert series_limit(None, low_after, {KZ}, [over]) == low_after
    assert series_limit(None, low_after, {KZ}, [released]) is None
    assert series_limit(None, low_after, {IR}, [released]) == low_after
    assert series_limit(None, None, {KZ}, []) is None
    earlier = low_after - DAY
    assert series_limit(earlier, low_after, {KZ}, []) == earlier
