"""The facts in `incident.json` are read as claims, and compared with the truth."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.cli.scoring.sentences import published_data
from bot.evaluation.sentences.checking import is_true
from bot.evaluation.sentences.oracle import check_world
from bot.evaluation.sentences.reading_data import read_data
from bot.evaluation.sentences.seen_cuts import Publication
from bot.evaluation.sentences.statements import Kind
from bot.model.signal import Family
from bot.site.page_texts import page_data
from tests.builders import changed, event, incident_of, restored, utc
from tests.unit.test_sentence_oracle import AT, CUT, truth

DOCUMENT: dict[str, Any] = {
    "state": "restored",
    "scope": "national",
    "severity": "near-total",
    "level": 0.98,
    "level_read_at": "2026-02-03T13:00:00Z",
    "as_of": "2026-02-03T13:00:00Z",
    "onset": {"from": "2026-02-03T06:00:00Z", "to": "2026-02-03T07:00:00Z"},
    "restored": {"from": "2026-02-03T10:00:00Z", "to": "2026-02-03T11:00:00Z"},
    "cuts": [
        {
            "began": {"from": "2026-02-03T06:00:00Z", "to": "2026-02-03T07:00:00Z"},
            "ended": {"from": "2026-02-03T10:00:00Z", "to": "2026-02-03T11:00:00Z"},
            "seen_until": None,
            "unseen": None,
            "silent_before": None,
        }
    ],
    "signals": [
        {
            "id": "probing",
            "family": "active-probing",
            "level": 0.1,
            "read_at": "2026-02-03T09:00:00Z",
        },
        {
            "id": "traffic",
            "family": "traffic",
            "level": None,
            "read_at": "2026-02-03T08:00:00Z",
        },
    ],
}
LATE = {"from": "2026-02-03T12:00:00Z", "to": "2026-02-03T12:30:00Z"}
CUTS = DOCUMENT["cuts"]


def false_kinds(document, at=AT) -> set[Kind]:
    published = Publication(at, CUT.since, timedelta(hours=1))
    return {
        s.kind for s in read_data(document) if not is_true(s, truth(CUT), published)
    }


def test_each_fact_is_a_claim_that_names_the_file():
    claims = read_data(DOCUMENT)
    assert [claim.kind for claim in claims] == [
        *(Kind.NOW, Kind.NOW, Kind.BEGAN, Kind.ENDED),
        *(Kind.BEGAN, Kind.ENDED, Kind.LASTED, Kind.SEVERITY, Kind.SCOPE),
    ]
    assert all(claim.sentence.startswith("incident.json, ") for claim in claims)
    level, probing = claims[:2]
    assert (level.level, level.until) == (0.98, utc("2026-02-03 13:00"))
    assert probing.family is Family.ACTIVE_PROBING


def test_a_cut_that_lasts_ends_at_the_time_of_the_readings():
    lasting = CUTS[0] | {"ended": None}
    (cuts,) = [
        s for s in read_data(DOCUMENT | {"cuts": [lasting]}) if s.kind is Kind.LASTED
    ]
    assert (cuts.shortest, cuts.longest) == (timedelta(hours=6), timedelta(hours=7))


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"level": 0.1}, Kind.NOW),
        ({"level_read_at": "2026-02-03T09:00:00Z"}, Kind.NOW),
        ({"onset": LATE}, Kind.BEGAN),
        ({"restored": LATE}, Kind.ENDED),
        ({"cuts": CUTS * 2}, Kind.CUTS),
        ({"cuts": [CUTS[0] | {"ended": LATE}]}, Kind.ENDED),
        ({"severity": "unheard-of"}, Kind.SEVERITY),
        ({"scope": "regional"}, Kind.SCOPE),
        ({"state": "retracted"}, Kind.WITHDRAWN),
    ],
)
def test_a_wrong_fact_is_false(changed, kind):
    assert false_kinds(DOCUMENT) == set()
    assert false_kinds(DOCUMENT | changed) == {kind}


def test_the_severity_is_the_present_one_until_the_incident_is_over():
    later = AT + timedelta(hours=6)
    assert Kind.SEVERITY not in false_kinds(DOCUMENT, later)
    assert Kind.SEVERITY in false_kinds(DOCUMENT | {"state": "confirmed"}, later)
    mild = DOCUMENT | {"state": "confirmed", "severity": "minor"}
    assert Kind.SEVERITY not in false_kinds(mild, later)


def test_the_data_of_an_event_can_be_read():
    over = event(facts=restored())
    kinds = {s.kind for s in read_data(page_data(incident_of(over), over))}
    assert {Kind.BEGAN, Kind.ENDED, Kind.LASTED, Kind.SEVERITY, Kind.SCOPE} <= kinds


def test_the_data_about_generated_worlds_are_checked():
    score = check_world(2, lambda *_: (), published_data)
    assert score.wrong == []
    assert score.checked[Kind.LASTED] > 5


def test_a_wrong_onset_in_the_data_is_found():
    """A mutation: each onset is two hours late."""

    def wrong(change):
        onset = change.event.facts.timing.onset
        late = replace(
            onset,
            since=onset.until + timedelta(hours=2),
            until=onset.until + timedelta(hours=3),
        )
        facts = changed(change.event.facts, onset=late)
        return published_data(replace(change, event=replace(change.event, facts=facts)))

    assert check_world(2, lambda *_: (), wrong).wrong
