"""Unmatched events are looked into by people; only what they settled counts as settled."""

import pytest

from bot.errors import RecordingError
from bot.evaluation.adjudication import (
    HEADER,
    AdjudicatedEvent,
    Adjudication,
    audited,
    read_audits,
    sheet,
)
from bot.evaluation.metrics import score
from bot.model.verdict import Scope
from tests.events import label, told
from tests.unit.test_scoring import case

EVENTS = [told(50, 60, "b"), told(80, 90, "c"), told(110, 120, "d")]
FOUND = case([label(10, 20)], [told(10, 20), *EVENTS])
HEAD = ",".join(HEADER) + "\n"
LINE = "r,b,country:KZ,national,,,suspected,true,A. Person,https://example.org\n"


def ruled(**rulings: Adjudication):
    return {
        ("r", key): AdjudicatedEvent(ruling, "me", "paper")
        for key, ruling in rulings.items()
    }


def test_what_nobody_audited_is_neither_true_nor_false():  # P1
    seen = audited(score([FOUND]), {})
    assert seen.precision.value == 1.0
    assert seen.at_least == 0.25
    assert seen.counts[Adjudication.OPEN] == 3


def test_an_event_found_true_counts_for_us_and_one_found_false_against():  # P1
    rulings = ruled(b=Adjudication.TRUE, c=Adjudication.FALSE, d=Adjudication.UNKNOWN)
    seen = audited(score([FOUND]), rulings)
    assert seen.precision.value == pytest.approx(2 / 3)
    assert seen.precision.exact_low == pytest.approx(0.0943, abs=1e-3)
    assert seen.at_least == 0.5


def test_single_networks_that_no_label_tells_of_are_to_be_audited_too():
    single = told(50, 60, "n", scope=Scope.OPERATOR)
    one = score([case([], [single])])
    two = score([case([], [single], two_families=True)])
    for seen in (one, two):
        assert not seen.judgements[0].false_alarms
        assert [d.key for d in seen.unmatched] == ["n"]


def test_where_nothing_was_told_no_precision_is_claimed():
    seen = audited(score([case()]), {})
    assert seen.precision.value is None
    assert seen.at_least is None


def test_the_sheet_lists_every_event_and_keeps_what_is_known():
    rulings = ruled(c=Adjudication.FALSE)
    text = sheet(score([FOUND]).unmatched, rulings)
    assert text.count("\n") == 4
    again = read_audits(text, "audit.csv")
    assert again["r", "c"] == rulings["r", "c"]
    assert again["r", "b"] == AdjudicatedEvent()


def test_a_sheet_may_have_gone_through_a_spreadsheet():
    text = "\ufeff" + (HEAD + LINE).replace("true", "TRUE").replace("\n", "\r\n")
    assert read_audits(text, "audit.csv")["r", "b"].ruling is Adjudication.TRUE


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("recording,verdict\n", "header"),
        (HEAD + LINE.replace("true", "maybe"), "audit.csv:2: a verdict is"),
        (HEAD + LINE.replace("A. Person", ""), "who gives it"),
        (HEAD + LINE.replace("https://example.org", ""), "how they know"),
        (HEAD + LINE.replace("r,b,", "r,"), "10 fields expected"),
        (HEAD + LINE + LINE, "twice"),
    ],
)
def test_a_sheet_that_cannot_be_meant_is_refused(text, problem):  # P16
    with pytest.raises(RecordingError, match=problem):
        read_audits(text, "audit.csv")
