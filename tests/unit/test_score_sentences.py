"""The scorecard page shows the score of the check of sentences."""

import json
from pathlib import Path

import pytest

from bot.errors import RecordingError
from bot.evaluation.scorecard_page import write
from bot.evaluation.sentences.statements import Kind
from bot.places import load_register
from bot.text.template_files import templates_root
from tests.unit.test_pages import ParsedPage, read

FALSE = {"world": 17, "event": "KZ-2026-0203:1", "kind": "began", "sentence": "At 2%."}
SCORE = {
    "first_world": 1,
    "worlds": 200,
    "checked": 1500,
    "not_understood": 0,
    "kinds": {
        "began": {"checked": 500, "false": 1},
        "now": {"checked": 1000, "false": 0},
    },
    "false": [FALSE],
}


def page_with(folder: Path, content: object) -> ParsedPage:
    (folder / "sentences.json").write_text(json.dumps(content), "utf-8")
    write(None, load_register(), folder)
    return read(folder / "scorecard" / "index.html")


def test_without_a_check_the_page_says_so(tmp_path):
    write(None, load_register(), tmp_path)
    text = read(tmp_path / "scorecard" / "index.html").text
    assert "there is no sentences.json beside this page" in text


def test_the_page_shows_counts_kinds_and_false_sentences(tmp_path):
    page = page_with(tmp_path, SCORE)
    assert "ran over 200 generated worlds (number 1 to 200)" in page.text
    assert "1,500 statements were checked; 1 is false" in page.text
    assert "0 sentences were not understood" in page.text
    assert "When it began 500 1" in page.text
    assert "17 KZ-2026-0203:1 When it began At 2%." in page.text
    assert {"href": "../sentences.json"} in page.all("a")
    assert page.all("script") == [{"src": "../outagewire.js", "defer": None}]


def test_without_false_sentences_the_page_says_none(tmp_path):
    assert "False sentences None." in page_with(tmp_path, SCORE | {"false": []}).text


def test_fifty_false_sentences_are_listed_and_the_others_counted(tmp_path):
    false = [FALSE | {"sentence": f"Sentence {n} <b>."} for n in range(53)]
    text = page_with(tmp_path, SCORE | {"false": false}).text
    assert "Sentence 49 <b>." in text
    assert "Sentence 50 <b>." not in text
    assert "And 3 more" in text


@pytest.mark.parametrize(
    "content",
    [
        [],
        {"worlds": 3},
        SCORE | {"false": "none"},
        SCORE | {"worlds": "3"},
        SCORE | {"kinds": {"now": 3}},
        SCORE | {"false": [{"world": 3}]},
    ],
)
def test_another_file_of_this_name_is_a_clear_error(tmp_path, content):
    with pytest.raises(RecordingError, match=r"sentences\.json"):
        page_with(tmp_path, content)
    assert not (tmp_path / "scorecard").exists()


def test_each_kind_has_words():
    words = (templates_root() / "site/en/_scorecard_words.html").read_text("utf-8")
    kinds = set(Kind) - {Kind.NEUTRAL, Kind.UNREAD}
    assert [kind for kind in sorted(kinds) if f'"{kind}": ' not in words] == []
