"""What a report page says of signals, times and states holds for the readings."""

from dataclasses import replace
from datetime import timedelta

from bot.model.draft import DraftState
from bot.model.event import Facts
from bot.model.incident import EventKind, State
from tests.builders import (
    PROBING,
    ROUTING,
    TRAFFIC,
    event,
    facts,
    mobile,
    operators,
    series,
    suspected,
    utc,
)
from tests.unit.test_pages import publish, report_of

FIRST_BIN = utc("2021-12-10 00:00")


def page_of(folder, *given: Facts) -> str:
    """Return the text of a page with an event for each of these facts."""
    kinds = (EventKind.CONFIRMED, *(EventKind.UPDATED for _ in given[1:]))
    events = [
        event(k, n, facts=f)
        for n, (k, f) in enumerate(zip(kinds, given, strict=True), 1)
    ]
    return publish(folder, report_of(folder, *events)).text


def routes_unknown(judged, **changes) -> Facts:
    """Return facts in which routes cannot be judged after the time `judged`."""
    own = (series(PROBING), series(TRAFFIC), series(ROUTING, None, as_of=judged))
    return facts(series=own, unknown=(ROUTING,), **changes)


def test_signal_never_judged_is_not_said_to_have_no_reading(tmp_path):
    """A series of few networks has a reading in each bin, but none that counts."""
    text = page_of(tmp_path, routes_unknown(FIRST_BIN))
    assert "10 December" not in text
    assert "Signals without a current reading" not in text
    assert "BGP routing (IODA) has nothing that can be judged, as of the step" in text


def test_unknown_signal_is_said_to_have_no_reading_that_counts(tmp_path):
    text = page_of(tmp_path, routes_unknown(utc("2022-01-05 09:30")))
    assert "BGP routing: no reading that can be judged since 09:30 UTC" in text


def test_signal_judged_between_two_steps_has_the_newer_time(tmp_path):
    """Traffic is unknown at both steps, but had readings between them."""
    first = routes_unknown(utc("2022-01-05 09:30"))
    later = routes_unknown(utc("2022-01-05 14:00"), as_of=utc("2022-01-05 18:00"))
    text = page_of(tmp_path, first, later)
    assert "BGP routing (IODA) has nothing after 14:00 UTC on 5 January" in text
    assert "since the step at 11:00" not in text


def test_report_withdrawn_for_a_lasting_level_says_so(tmp_path):
    """P11: the data support the drop still; what changed is the normal level."""
    withdrawn = suspected(state=State.RETRACTED, level=1.0)
    last = replace(event(EventKind.RETRACTED, 2, facts=withdrawn), reason="level-shift")
    first = event(EventKind.SUSPECTED, facts=suspected())
    text = publish(
        tmp_path, report_of(tmp_path, first, last, state=DraftState.WAITING)
    ).text
    assert (
        "the low level has become the usual one, so it may be a lasting change" in text
    )
    assert "no longer support" not in text


def test_withdrawn_report_gives_no_time_so_far(tmp_path):
    withdrawn = event(EventKind.RETRACTED, facts=suspected(state=State.RETRACTED))
    text = publish(
        tmp_path, report_of(tmp_path, withdrawn, state=DraftState.WAITING)
    ).text
    assert "no longer support it" in text
    assert "Lasting" not in text
    assert "Lasted" not in text
    assert "so far" not in text


def test_head_and_text_of_a_page_give_one_time(tmp_path):
    """The text gives the level of networks, which were read later than the place."""
    later = mobile().timing.as_of + timedelta(hours=1)
    given = mobile(networks=operators(0.28, 0.31, as_of=later))
    text = publish(tmp_path, report_of(tmp_path, event(facts=given))).text
    assert "As of 18:00 UTC on 4 January 2022" in text
    assert "of normal levels at 18:00 UTC on 4 January" in text
    assert "As of 17:00 UTC on 4 January 2022" not in text
