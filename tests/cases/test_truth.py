"""What is detected, where, since when and how surely, and how it is worded.

A case is a small made-up recording on which the program once published something
wrong, or nothing. The tests of the case say what is right. Two cases are controls, on
which the program was right.
"""

import re

import pytest

from bot.policy.reasons import DecisionReason
from tests.cases.replays import at, percents

OPENING = ("suspected", "confirmed")


def test_updates_are_posted_after_four_weeks(replay_of):
    posts = replay_of("five-weeks-out").posts
    weeks = [at(p["at"]) for p in posts if at(p["at"]) < at("2026-02-20")]
    assert max(weeks) > at("2026-02-12T09:00")


def test_end_of_five_weeks_is_posted(replay_of):
    replay = replay_of("five-weeks-out")
    assert replay.incident["state"] == "restored"
    assert len(replay.posts_of("restored")) == 1


def test_end_of_five_weeks_is_at_ordinary_levels(replay_of):
    """P18: a page that says restored gives no level of 90% or less."""
    page = replay_of("five-weeks-out").page
    assert page.record["state"] == "restored"
    assert (page.record["level"] or 1) > 0.9


def test_large_country_keeps_its_population_check(replay_of):
    reasons = {d["reason"] for d in replay_of("five-weeks-out").decisions}
    assert DecisionReason.POPULATION not in reasons


def test_title_of_all_regions_covers_their_levels(replay_of):
    """P18: a title about many regions does not give only the lowest of their levels."""
    page = replay_of("headline-of-the-deepest").page_on("2026-01-16")
    titles = [title for title in page.titles if re.search(r"\d more\b", title)]
    assert page.titles
    assert all(max(percents(title), default=100) >= 45 for title in titles)


def test_country_level_is_not_that_of_its_deepest_region(replay_of):
    """P18: the "Level at the latest step" of a country is not the level of its deepest region."""
    page = replay_of("headline-of-the-deepest").page_on("2026-01-16")
    assert page.record["severity"] is not None
    assert max(percents(page.fact("Level at the latest step") or ""), default=100) >= 45


def test_known_network_without_routes_is_suspected_by_name(replay_of):
    replay = replay_of("known-network-vanishes")
    opened = replay.times_of(*OPENING)
    assert opened
    assert at("2026-01-15T14:00") < opened[0] < at("2026-01-16")
    assert re.search(r"Gabon Telecom|AS16058", replay.page.text)


def test_unknown_network_without_routes_is_suspected(replay_of):
    incident = replay_of("unknown-network-vanishes").incident
    assert incident["entity"] == "asn:64496"
    assert [event["kind"] for event in incident["events"]] == ["suspected", "restored"]


def test_dip_of_one_region_does_not_set_the_national_onset(replay_of):
    """P9: the onset is the time when the country fell, between 08:00 and 10:00 UTC."""
    onset = replay_of("noisy-region-sets-onset").incident["onset"]
    assert at(onset["from"]) >= at("2026-01-15T08:00")
    assert at("2026-01-15T09:00") <= at(onset["to"]) <= at("2026-01-15T10:00")


def test_lead_names_one_family_if_one_fell(replay_of):
    """P7: the lead of an unconfirmed incident names one family."""
    page = replay_of("one-source-and-another").page_on("2026-01-16")
    families = re.findall("active probing|routing", page.record["lead"].lower())
    assert page.record["state"] == "confirmed" or len(set(families)) == 1


def test_suspected_incident_counts_one_family(replay_of):
    """P7: an incident that was never confirmed has one family."""
    # The charts print "two independent families" from this list.
    incident = replay_of("one-source-and-another").incident
    assert incident["confirmed_at"] is not None or len(incident["families"]) == 1


def test_second_family_hours_later_confirms(replay_of):
    """P7: a second family that falls after eight hours confirms the incident."""
    incident = replay_of("second-family-eight-hours-later").incident
    assert incident["confirmed_at"] is not None
    assert at("2026-01-15T14:00") < at(incident["confirmed_at"]) < at("2026-01-16")


def test_fall_of_second_family_is_published(replay_of):
    replay = replay_of("second-family-eight-hours-later")
    assert "control-plane" in replay.incident["families"]
    assert "routing" in replay.page_on("2026-01-16").record["lead"].lower()


def test_onset_of_slow_fall_includes_its_beginning(replay_of):
    """P9: the interval of the onset includes 06:00 UTC, when the slow fall began."""
    onset = replay_of("slow-fall-onset").incident["onset"]
    assert at("2026-01-15T00:00") <= at(onset["from"]) <= at("2026-01-15T06:00")
    assert at("2026-01-15T06:00") <= at(onset["to"])


def test_two_families_on_steep_morning_are_confirmed(replay_of):
    """P7: two families confirm an outage, also while normal levels rise steeply."""
    incident = replay_of("steep-hours").incident
    assert incident["confirmed_at"] is not None
    assert {"active-probing", "traffic"} <= set(incident["families"])


def test_two_families_at_noon_are_confirmed(replay_of):
    """P7: two families confirm an outage while normal levels are steady."""
    incident = replay_of("steep-hours-control-at-noon").incident
    assert incident["confirmed_at"] is not None
    assert {"active-probing", "traffic"} <= set(incident["families"])


def test_page_of_suspected_incident_shows_the_return(replay_of):
    """P18: once readings are back to normal, the page shows a level above 90%."""
    page = replay_of("suspected-never-updated").page_on("2026-01-18")
    assert page.record["level"] > 0.9


def test_return_of_suspected_incident_is_an_event(replay_of):
    replay = replay_of("suspected-never-updated")
    later = replay.times_of("partly-restored", "restored", "updated")
    assert any(at("2026-01-16T12:00") < time < at("2026-01-18") for time in later)


def test_three_shallow_families_together_are_suspected(replay_of):
    replay = replay_of("three-shallow-families")
    assert [incident["entity"] for incident in replay.incidents] == ["country:GA"]
    assert (
        at("2026-01-15T06:00") < replay.times_of(*OPENING)[0] < at("2026-01-16T06:00")
    )


def test_decision_on_three_shallow_families_is_stored(replay_of):
    """P17: a decision about the place is stored with its reason."""
    decisions = replay_of("three-shallow-families").decisions
    assert "country:GA" in {decision["place"] for decision in decisions}


def test_severity_is_of_the_lowest_level(replay_of):
    incident = replay_of("told-when-over").incident
    assert incident["level_min"] == pytest.approx(0.45, abs=0.01)
    assert incident["severity"] == "major"


def test_drop_that_is_over_is_in_past_tense(replay_of):
    """P18: once a drop is over, no page says "shows a drop"."""
    # By 01:00 UTC the newest reading, that of 18:00 UTC, is known to be normal.
    replay = replay_of("told-when-over", "2026-01-16T02:00")
    assert replay.decisions
    for page in replay.days[max(replay.days)].values():
        assert "shows a drop" not in page.record["lead"]
        assert "shows a drop" not in page.record["title"]


def test_country_and_all_its_regions_corroborate(replay_of):
    """P7: one family of the country and another of all its regions confirm an outage."""
    incident = replay_of("two-sources-two-levels").incident
    assert incident["confirmed_at"] is not None
    assert at(incident["confirmed_at"]) < at("2026-01-17")
    assert set(incident["families"]) == {"active-probing", "control-plane"}
