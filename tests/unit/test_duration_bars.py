"""Bars of incidents: their durations, and which rest on one source."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.charts.kinds.timeline import Bar, duration_bars
from bot.model.incident import EventKind, Incident, State
from bot.model.interval import DurationRange, Interval
from bot.model.signal import Family
from bot.model.timeline import Drop, SeriesTimeline
from bot.model.verdict import SeriesState
from bot.site.charts.timeline import IncidentTimeline
from tests import builders, gallery
from tests.builders import KZ, PROBING, evidence, facts, restored, suspected, utc
from tests.unit.test_set_words import ROWS

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FIRST = utc("2021-06-03 10:00")


def a_bin(at) -> Interval:
    return Interval(at, at + HOUR / 2)


def nightly_cuts(nights: int) -> Incident:
    """Return an incident of this many cuts, of six hours each, a day apart."""
    drops = tuple(
        Drop(a_bin(at), a_bin(at + 6 * HOUR), 0.1)
        for at in (FIRST + n * DAY for n in range(nights))
    )
    probing = SeriesTimeline(
        entity=KZ,
        signal=PROBING,
        family=Family.ACTIVE_PROBING,
        drops=drops,
        state=SeriesState.ORDINARY,
        level=1.0,
        as_of=FIRST + nights * DAY,
    )
    return replace(
        builders.incident_of(builders.event(facts=restored())),
        id="KZ-2021-0603",
        onset=drops[0].onset,
        restored=drops[-1].ended,
        timeline=(probing,),
    )


def bars_of(step, *earlier: Incident) -> list[Bar]:
    scene, _ = gallery.ARTIST.prepare(step, evidence(step.facts), earlier)
    return duration_bars(scene, scene.translations)


@pytest.mark.parametrize("nights", [1, 3])
def test_bar_of_an_earlier_incident_leaves_out_time_between_cuts(nights):
    _, bar = bars_of(builders.event(), nightly_cuts(nights))
    down = DurationRange(nights * 5.5 * HOUR, nights * 6.5 * HOUR)
    assert bar.duration(FIRST) == down
    assert bar.value.startswith("between 16" if nights == 3 else "between 5")


def test_bar_of_the_incident_itself_has_its_published_duration():
    down = DurationRange(5 * HOUR, 7 * HOUR)
    step = builders.event(EventKind.RESTORED, facts=restored(duration=down))
    bar, _ = bars_of(step, nightly_cuts(1))
    assert bar.duration(FIRST) == down


@pytest.mark.parametrize(
    ("kind", "given", "marked"),
    [(EventKind.SUSPECTED, suspected(), True), (EventKind.CONFIRMED, facts(), False)],
)
def test_each_incident_of_one_source_is_marked(kind, given, marked):
    """P7: a bar of one source stands beside bars of confirmed incidents."""
    earlier = replace(nightly_cuts(1), confirmed_at=None)
    bars = bars_of(builders.event(kind, facts=given), earlier)
    assert [bar.name.endswith("(one source)") for bar in bars] == [marked, True]


def front_page_text(**changes) -> str:
    """Return the alt text of the front page's bars, the first with these changes."""
    rows = (ROWS[0] | changes, *ROWS[1:])
    return IncidentTimeline(
        gallery.ARTIST, rows, utc("2022-01-09 10:00")
    ).write_alt_text()


def test_front_page_leaves_out_time_between_cuts():
    cuts = [
        {"began": ends(at), "ended": ends(at + 6 * HOUR), "seen_until": None}
        | {"unseen": None}
        for at in (FIRST, FIRST + DAY)
    ]
    text = front_page_text(cuts=cuts, restored=ends(FIRST + DAY + 6 * HOUR))
    assert "between 11 hours and 13 hours" in text


def ends(at) -> dict[str, str]:
    return {"from": at.isoformat(), "to": (at + HOUR / 2).isoformat()}


def test_front_page_marks_an_incident_that_one_source_showed_to_its_end():
    over = {"state": State.RESTORED, "restored": ends(utc("2022-01-08 10:00"))}
    unmarked = front_page_text(**over, confirmed=True).count("(one source)")
    assert front_page_text(**over, confirmed=False).count("(one source)") > unmarked
