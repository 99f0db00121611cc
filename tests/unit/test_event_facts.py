"""The facts of an event are those of its incident, not of an outage before it (P4, P9)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

import pytest

from bot.detection.snapshot import Snapshot
from bot.incidents.facts import FactInputs, change_of_step
from bot.incidents.steps import Step
from bot.incidents.timeline.published_cuts import published_cuts
from bot.model.entity import parse_entity
from bot.model.incident import EventKind, Evidence, State
from bot.model.interval import Interval
from bot.model.timeline import Cut, Drop
from bot.model.verdict import Finding, Scope, SeriesState
from bot.model.watchlist import Watchlist
from bot.tick.evidence import drops_since
from tests.unit.test_timeline import ALMATY, drop, hour, timeline
from tests.unit.test_transitions import AT, ONSET, a_finding, a_verdict

HOUR = timedelta(hours=1)
ABAI, AKTOBE = parse_entity("region:KZ/Abai"), parse_entity("region:KZ/Aktobe")
DAYS_BEFORE = Interval(ONSET.since - 120 * HOUR, ONSET.until - 120 * HOUR)


def test_a_region_that_fell_before_the_incident_and_reads_normal_is_not_listed():
    """A region that fell in the incident and reads normal is listed."""
    low = a_finding(entity=ALMATY, level=0.2)
    earlier = a_finding(entity=ABAI, level=0.99, onset=DAYS_BEFORE)
    returning = a_finding(entity=AKTOBE, level=0.99)
    facts = _facts(low, earlier, returning)
    assert [part.entity for part in facts.parts.regions] == [ALMATY, AKTOBE]


def test_a_region_that_fell_before_the_incident_is_listed_while_it_is_low():
    low = a_finding(entity=ALMATY, level=0.2)
    earlier = a_finding(entity=ABAI, level=0.6, onset=DAYS_BEFORE)
    facts = _facts(low, earlier)
    assert [part.entity for part in facts.parts.regions] == [ALMATY, ABAI]


def _facts(*parts: Finding):
    verdict = a_verdict(a_finding(level=0.3), parts=parts)
    step = Step(EventKind.CONFIRMED, State.CONFIRMED, "a-rule")
    watch = Watchlist({}, {})
    inputs = FactInputs(None, step, verdict, Evidence(()), watch, {}, HOUR)
    return change_of_step(inputs, "KZ-2026-0108").event.facts


def test_the_cut_of_a_part_with_which_the_incident_began_is_its_first_cut():
    """P9: a region was down from 2:00 to 5:00, the whole country from 15:00 to 18:00.

    The cuts of the country alone would begin with the second, at the onset of the first.
    """
    region = timeline(drop(2, 5), drop(15, 18), entity=ALMATY)
    country = timeline(drop(15, 18))
    about = (country,)
    times = published_cuts(about, (country, region), Scope.NATIONAL, hour(2), hour(18))
    assert times == (Cut(hour(2), hour(5)), Cut(hour(15), hour(18)))


@dataclass(frozen=True)
class DropsOfOneSeries:
    """The part of a snapshot that gives the drops of a series."""

    drops_of_series: tuple[Drop, ...]

    def drops_since(self, finding: Finding, since: datetime) -> tuple[Drop, ...]:
        assert finding.last_onset is not None
        assert since == ONSET.since
        return self.drops_of_series


@pytest.mark.parametrize(
    ("changes", "seen_low", "kept"),
    [
        ({}, ONSET.since - 20 * HOUR, False),
        ({}, ONSET.until, True),
        ({"state": SeriesState.UNKNOWN}, ONSET.since - 20 * HOUR, True),
        ({"as_of": ONSET.since - 20 * HOUR}, ONSET.since - 20 * HOUR, True),
    ],
    ids=["mostly back", "low in the incident", "unknown", "no later reading"],
)
def test_a_drop_of_an_earlier_outage_does_not_belong_to_a_new_incident(
    changes, seen_low, kept
):
    """The series is mostly back from that outage: it was last seen low long before."""
    state = changes.get("state", SeriesState.DROPPED)
    series = a_finding(
        state=state, last_onset=DAYS_BEFORE, as_of=changes.get("as_of", AT)
    )
    earlier = Drop(DAYS_BEFORE, None, 0.2, seen_low)
    snapshot = cast("Snapshot", DropsOfOneSeries((earlier,)))
    drops = drops_since(a_verdict(series), snapshot, ONSET.since)
    assert drops == ({series.key: (earlier,)} if kept else {})
