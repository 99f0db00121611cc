"""The length of a text is counted as its channel counts it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import RenderingError
from bot.text.fitting.length import count
from tests.builders import MASTODON, X

ORACLE = (
    Path(__file__).parents[2].parent
    / "shared/reference/publishing/twitter_text_oracle.json"
)
# `count` refuses half of a surrogate pair, which the reference counter counts.
REFUSED = {"lone_surrogate"}


def oracle_cases() -> list[tuple[str, str, int]]:
    if not ORACLE.is_file():
        return []
    cases = json.loads(ORACLE.read_text(encoding="utf-8"))["cases"]
    return [(c["name"], c["text"], c["weightedLength"]) for c in cases]


def test_x_length_equals_that_of_the_reference_counter():
    cases = oracle_cases()
    if not cases:
        pytest.skip("the results of X's reference counter are not on this machine")
    wrong = [
        (name, count(text, X), length)
        for name, text, length in cases
        # `count` takes a CRLF line end as one character, the reference counter as two.
        if name not in REFUSED and name != "crlf" and count(text, X) != length
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("a" * 280, 280),
        ("震" * 140, 280),
        ("🌋", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("🇰🇿", 2),
        ("⚠️ Update", 9),
        ("5\u20136", 3),
        ("wait…", 6),
        ("https://outagewire.example.org/i/KZ-2022-0104/", 23),
        ("See https://example.org/e/42.", 28),
        ("(https://example.org/a_(b))", 25),
        ("a\r\nb", 3),
        ("Землетрясение", 13),
    ],
)
def test_x_weights_characters_and_links(text, length):
    assert count(text, X) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("震" * 140, 140),
        ("👨‍👩‍👧‍👦", 1),
        ("é", 1),
        ("https://outagewire.example.org/i/KZ-2022-0104/", 23),
        ("http://a.co and https://example.org/long/path", 23 + 5 + 23),
        ("a\r\nb", 3),
    ],
)
def test_mastodon_counts_characters_as_readers_see_them(text, length):
    assert count(text, MASTODON) == length


def test_link_counts_the_length_the_server_sets():
    assert count("https://example.org/x", replace(MASTODON, url_length=30)) == 30


@pytest.mark.parametrize("outlet", [X, MASTODON])
def test_text_with_half_a_character_is_refused(outlet):
    with pytest.raises(RenderingError, match="surrogate"):
        count("a\ud83d", outlet)
