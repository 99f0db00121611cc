"""People adjudicate events without a label; only "true" and "false" change the precision."""

import pytest

from bot.errors import RecordingError
from bot.evaluation.adjudication import (
    HEADER,
    AdjudicatedEvent,
    Adjudication,
    adjudicated_precision,
    adjudication_sheet,
    read_adjudications,
)
from bot.evaluation.metrics import score
from bot.model.verdict import Scope
from tests.events import detection, label
from tests.unit.test_scoring import case

EVENTS = [detection(50, 60, "b"), detection(80, 90, "c"), detection(110, 120, "d")]
CASE = case([label(10, 20)], [detection(10, 20), *EVENTS])
HEAD = ",".join(HEADER) + "\n"
LINE = "r,b,country:KZ,national,,,suspected,true,A. Person,https://example.org\n"


def adjudications(**recorded: Adjudication):
    return {
        ("r", key): AdjudicatedEvent(ruling, "me", "paper")
        for key, ruling in recorded.items()
    }


def test_a_pending_event_is_neither_true_nor_false():  # P1
    result = adjudicated_precision(score([CASE]), {})
    assert result.precision.value == 1.0
    assert result.at_least == 0.25
    assert result.counts[Adjudication.PENDING] == 3


def test_adjudications_change_the_adjudicated_precision():  # P1
    recorded = adjudications(
        b=Adjudication.TRUE, c=Adjudication.FALSE, d=Adjudication.UNKNOWN
    )
    result = adjudicated_precision(score([CASE]), recorded)
    assert result.precision.value == pytest.approx(2 / 3)
    assert result.precision.exact_low == pytest.approx(0.0943, abs=1e-3)
    assert result.at_least == 0.5


def test_events_of_single_networks_are_adjudicated_too():
    single = detection(50, 60, "n", scope=Scope.OPERATOR)
    one_family = score([case([], [single])])
    two_families = score([case([], [single], needs_confirmation=True)])
    for result in (one_family, two_families):
        assert not result.cases[0].false_alarms
        assert [d.key for d in result.unmatched] == ["n"]


def test_without_events_there_is_no_precision():
    result = adjudicated_precision(score([case()]), {})
    assert result.precision.value is None
    assert result.at_least is None


def test_the_sheet_lists_events_and_keeps_adjudications():
    recorded = adjudications(c=Adjudication.FALSE)
    text = adjudication_sheet(score([CASE]).unmatched, recorded)
    assert text.count("\n") == 4
    again = read_adjudications(text, "audit.csv")
    assert again["r", "c"] == recorded["r", "c"]
    assert again["r", "b"] == AdjudicatedEvent()


def test_a_sheet_saved_by_a_spreadsheet_is_read():
    text = "\ufeff" + (HEAD + LINE).replace("true", "TRUE").replace("\n", "\r\n")
    assert read_adjudications(text, "audit.csv")["r", "b"].ruling is Adjudication.TRUE


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("recording,verdict\n", "header"),
        (HEAD + LINE.replace("true", "maybe"), "audit.csv:2: verdict must be"),
        (HEAD + LINE.replace("A. Person", ""), "a name in the column `by`"),
        (
            HEAD + LINE.replace("https://example.org", ""),
            "evidence in the column `source`",
        ),
        (HEAD + LINE.replace("r,b,", "r,"), "10 fields expected"),
        (HEAD + LINE + LINE, "twice"),
    ],
)
def test_an_invalid_sheet_is_refused(text, problem):  # P16
    with pytest.raises(RecordingError, match=problem):
        read_adjudications(text, "audit.csv")
