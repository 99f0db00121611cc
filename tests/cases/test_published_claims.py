"""What posts, charts and pages say about an incident: levels, times, places, ends.

A case is a small made-up recording on which the program once published something wrong.
The tests of the case say what is right.
"""

import re
from datetime import timedelta

import pytest

from tests.cases.replays import alt_of, at, lowest_in, percents, title_of

TRAFFIC_BEFORE = "01-users-ordinary-from-before"
TWO_REGIONS = "02-two-small-regions-nation-scale"
LATE_SIGNAL = "03-late-signal-falls-again"
AFTER_RETURN = "04-deepened-after-the-return"
MORNINGS = "05-five-mornings-four-days"
NETWORKS = "06-the-lowest-was-99"
MINOR = "07-minor-at-12-percent"
ONE_MAP = "08-one-map-two-counts"
PRIMORYE = "12-clocks-of-the-capital"


def test_users_are_unknown_before_traffic_has_a_reading(replay_of):
    """P5, P18: traffic from before the outage says nothing about users during it."""
    record = replay_of(TRAFFIC_BEFORE).page.record
    assert record["impact"]["users_out"]["state"] not in {"ordinary", "dropped"}


def test_page_claims_nothing_of_users_yet(replay_of):
    """P5, P18: until traffic is read in the outage, no state of users is given."""
    text = replay_of(TRAFFIC_BEFORE).page.text
    assert "Access of people there" in text
    assert not re.search(r"Access of people there: (normal|dropped)", text)


def test_reading_from_before_shows_its_time(replay_of):
    """P18: a level of traffic from before the outage is shown with its time, 09:30."""
    text = replay_of(TRAFFIC_BEFORE).page.text
    assert not re.search(r"Google traffic at \d+%(?!.{0,20}09:30)", text)


def test_two_small_regions_are_not_nation_scale(replay_of):
    replay = replay_of(TWO_REGIONS)
    assert replay.incident["kind"] == "regional"
    assert not any("nation-scale" in post["text"] for post in replay.posts)
    assert all(name in replay.posts[0]["text"] for name in ("Adjara", "Guria"))


def test_no_return_is_reported_before_readings_rise(replay_of):
    """P18: no return is reported before readings rise again, at 19:00."""
    replay = replay_of(TWO_REGIONS)
    assert replay.incident["confirmed_at"] is not None
    returns = replay.times_of("partly-restored", "restored")
    assert not [time for time in returns if time < at("2026-05-10T19:00")]


def test_regions_that_returned_are_restored(replay_of):
    replay = replay_of(TWO_REGIONS)
    restored = replay.times_of("restored")
    assert len(restored) == 1
    assert at("2026-05-10T20:00") <= restored[0] <= at("2026-05-10T23:00")


def test_ordinary_reading_after_silence_reopens_nothing(replay_of):
    """P5: a late normal reading does not reopen a restored incident."""
    replay = replay_of(LATE_SIGNAL)
    assert len(replay.times_of("restored")) == 1
    assert not replay.times_of("reopened")


def test_end_never_becomes_less_certain(replay_of):
    """P9: a late signal does not widen the interval in which the outage ended."""
    restored = replay_of(LATE_SIGNAL).incident["restored"]
    assert at("2026-05-10T15:30") <= at(restored["from"]) <= at("2026-05-10T16:00")
    assert at("2026-05-10T16:00") <= at(restored["to"]) <= at("2026-05-10T16:30")


def test_nothing_escalates_after_its_families_returned(replay_of):
    """P18: no escalation is reported after the return at 13:00."""
    replay = replay_of(AFTER_RETURN)
    assert len(replay.times_of("restored")) == 1
    escalated = replay.times_of("escalated")
    assert not [time for time in escalated if time > at("2026-05-10T13:00")]


def test_chart_after_the_return_titles_the_return(replay_of):
    """P18: after the return, no title of a chart names a level of 90% or less."""
    posts = replay_of(AFTER_RETURN).posts
    titles = [
        title_of(alt_of(p)) for p in posts if at(p["at"]) > at("2026-05-10T13:00")
    ]
    assert titles
    assert all(min(percents(title), default=100) > 90 for title in titles)


def test_posts_count_no_ordinary_time_between_cuts(replay_of):
    """P18: no post reports several short cuts as one outage that lasted days."""
    texts = [post["text"] for post in replay_of(MORNINGS).posts_of("restored")]
    assert texts
    assert not [text for text in texts if re.search(r"\d days? \d+ hours?", text)]


def test_page_counts_no_ordinary_time_between_cuts(replay_of):
    """P18: the page does not present short cuts as one outage that lasted days."""
    page = replay_of(MORNINGS).page
    assert page.record["state"] == "restored"
    assert not re.search(r"\d days? \d+ hours?", page.text)


def test_record_has_last_cut_or_all_five(replay_of):
    """P4, P18: `incident.json` gives the times of the last cut, or lists all five."""
    record = replay_of(MORNINGS).page.record
    width = at(record["restored"]["to"]) - at(record["onset"]["from"])
    intervals = [v for v in record.values() if isinstance(v, list) and len(v) == 5]
    assert width <= timedelta(hours=3) or intervals


def test_alt_text_dates_only_the_last_cut(replay_of):
    """P4, P18: the alt text does not say that the last cut began on 10 May."""
    alt = alt_of(replay_of(MORNINGS).posts_of("restored")[-1])
    assert "back" in title_of(alt)
    assert not re.search(r"It began[^.]*\b10 May", alt)


@pytest.mark.parametrize("name", [MORNINGS, NETWORKS, PRIMORYE])
def test_lowest_is_not_above_a_posted_level(replay_of, name):
    """P4, P18: no post gives a lowest level that is above a level posted earlier."""
    replay = replay_of(name)
    ends = replay.posts_of("restored")
    assert ends
    for restored in ends:
        before = [p["text"] for p in replay.posts if p["at"] < restored["at"]]
        lowest_posted = min(percents(" ".join(before)))
        assert (lowest_in(restored["text"]) or lowest_posted) <= lowest_posted


def test_last_post_names_the_lowest_level_of_the_networks(replay_of):
    """P4: the last post names 10%, the lowest level of the networks."""
    (restored,) = replay_of(NETWORKS).posts_of("restored")
    assert lowest_in(restored["text"]) == 10


def test_last_post_names_the_networks_that_fell(replay_of):
    (restored,) = replay_of(NETWORKS).posts_of("restored")
    assert all(name in restored["text"] for name in ("Tele2", "Beeline", "Kcell"))


def test_last_chart_shows_what_fell(replay_of):
    """P4: the last chart is described with 10%, the lowest level of the networks."""
    (restored,) = replay_of(NETWORKS).posts_of("restored")
    assert lowest_in(alt_of(restored)) == 10


def test_word_of_severity_fits_the_printed_percent(replay_of):
    """P4: "minor" is 75% or more, "near-total" and "blackout" below 20%."""
    (confirmed,) = replay_of(MINOR).posts_of("confirmed")
    level = percents(confirmed["text"])[0]
    word = re.search(r"minor|significant|near-total|blackout", confirmed["text"])
    assert word is not None
    assert (word[0] == "minor") == (level >= 75)
    assert (word[0] in {"near-total", "blackout"}) == (level < 20)


def test_nothing_escalates_while_nothing_changes(replay_of):
    """P18: an incident that was near-total from the start does not escalate."""
    replay = replay_of(MINOR)
    assert replay.incident["severity"] == "near-total"
    assert not replay.times_of("escalated")


def test_two_counts_of_one_map_confirm_nothing(replay_of):
    """P6, P7: two counts that depend on one map are not independent evidence."""
    replay = replay_of(ONE_MAP)
    assert replay.decisions
    assert not replay.posts


def test_posts_have_no_times_of_another_zone(replay_of):
    """P9: posts about Primorye give no time of Moscow."""
    posts = replay_of(PRIMORYE).posts
    assert len(posts) == 2
    assert not any("Moscow" in post["text"] for post in posts)


def test_alt_texts_have_no_times_of_another_zone(replay_of):
    """P9: descriptions of charts of Primorye give no time of Moscow."""
    posts = replay_of(PRIMORYE).posts
    assert not any("Moscow" in alt_of(post) for post in posts)


def test_page_has_no_times_of_another_zone(replay_of):
    """P9: the page of Primorye gives no time of Moscow."""
    page = replay_of(PRIMORYE).page
    assert page.record["scope"] == "regional"
    assert "Moscow" not in page.text
