"""Posts are read as claims, and each claim is compared with the truth of its place."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from typer import BadParameter

from bot.cli.scoring.sentences import check_worlds, make_texts_function, parse_worlds
from bot.evaluation.sentences.checking import is_true
from bot.evaluation.sentences.oracle import SentenceScore, check_world
from bot.evaluation.sentences.reading import read
from bot.evaluation.sentences.seen_cuts import Publication
from bot.evaluation.sentences.statements import Kind
from bot.evaluation.sentences.truth import Truth
from bot.evaluation.synthetic.outages import Shape, SyntheticOutage
from bot.model.incident import EventKind
from bot.model.signal import Family
from bot.places import load_register
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.template_functions import template_functions
from bot.text.text_builder import build
from bot.text.translations import environment, load_translations, templates_root
from tests.builders import (
    KZ,
    PROBING,
    ROUTING,
    TRAFFIC,
    event,
    iran_partial,
    series,
    utc,
)
from tests.signals import a_signal

BEGINS, AT = utc("2026-02-03 00:00"), utc("2026-02-03 14:00")
CUT = SyntheticOutage(
    KZ, utc("2026-02-03 06:20"), utc("2026-02-03 10:20"), 0.9, Shape.SUDDEN, ()
)
FAMILIES = (Family.ACTIVE_PROBING, Family.TRAFFIC, Family.CONTROL_PLANE)


def truth(*cuts: SyntheticOutage, left: float = 0.1) -> Truth:
    """Return the truth of 24 hourly bins; `left` of the level is left from 06:20 to 10:20."""
    levels = np.ones(24)
    levels[7:10] = left
    levels[6], levels[10] = (1 + 2 * left) / 3, (2 + left) / 3
    signals = {
        f: replace(a_signal(), family=f, step=timedelta(hours=1)) for f in FAMILIES
    }
    noise = dict.fromkeys(FAMILIES, 0.01)
    return Truth(cuts, dict.fromkeys(FAMILIES, levels), signals, noise, BEGINS)


def holds(text: str, kind: Kind, of: Truth, at=AT) -> bool:
    (statement,) = [s for s in read(text, at) if s.kind is kind]
    return is_true(statement, of, Publication(at, CUT.since, timedelta(hours=1)))


def levels(text: str) -> list[tuple[Family | None, float, str]]:
    found = [s for s in read(text, AT) if s.kind is Kind.NOW]
    return [(s.family, s.level, f"{s.until:%d %H:%M}") for s in found]


def test_levels_are_read_with_their_own_family_and_time():
    text = (
        "Still down at 11:00 UTC on 3 February (16:00 in Almaty): active probing at 56%"
        " and Google traffic at less than 1% (23:00 UTC on 2 February). Source: IODA."
    )
    probing, traffic = levels(text)
    assert probing == (Family.ACTIVE_PROBING, 0.56, "03 11:00")
    assert traffic == (Family.TRAFFIC, 0.005, "02 23:00")


@pytest.mark.parametrize(
    ("level", "share"), [(0.04, "most"), (0.49, "most"), (0.5, "some"), (0.7, "some")]
)
@pytest.mark.parametrize("family", FAMILIES)
def test_sentences_on_what_is_still_missing_are_understood(family, level, share):
    """The oracle reads what English posts say of each family, and the word is true."""
    signal = {
        Family.ACTIVE_PROBING: PROBING,
        Family.TRAFFIC: TRAFFIC,
        Family.CONTROL_PLANE: ROUTING,
    }[family]
    now = utc("2026-02-03 11:00")
    down, back = series(signal, level, as_of=now), series(TRAFFIC, 1.0, as_of=now)
    facts = iran_partial(series=(down, back), principal=signal, as_of=now)
    told = replace(event(EventKind.PARTLY_RESTORED, facts=facts), at=now)
    english = load_translations(environment(templates_root(), all_brands()), "en")
    text = build(told, english, load_register())
    say = template_functions(english, text)["say"]
    for message in ("back-and-still", "back-and-still-short"):
        sentence = say(message)
        assert f"{share} " in sentence
        assert levels(sentence) == [(family, level, "03 11:00")]
        assert Kind.UNREAD not in {s.kind for s in read(sentence, AT)}
    (measured,) = read(say("measured"), AT)
    assert measured.kind is Kind.MEASURED


def test_a_time_without_a_day_is_of_the_day_named_last():
    began, ended = read(
        "The disruption began between 23:00 UTC on 1 February and 01:00 UTC on 2 February."
        " It ended between 04:00 and 05:00 UTC.",
        AT,
    )
    assert (began.since, began.until) == (
        utc("2026-02-01 23:00"),
        utc("2026-02-02 01:00"),
    )
    assert ended.since == utc("2026-02-02 04:00")


def test_a_sentence_without_a_known_pattern_is_not_understood():
    (statement,) = read("Engineers have repaired two cables.", AT)
    assert statement.kind is Kind.UNREAD


@pytest.mark.parametrize(
    ("text", "kind", "true"),
    [
        ("It began between 06:00 and 07:00 UTC.", Kind.BEGAN, True),
        ("It began between 07:00 and 08:00 UTC.", Kind.BEGAN, False),
        ("It ended between 10:00 and 11:00 UTC.", Kind.ENDED, True),
        ("It ended around 09:30 UTC.", Kind.ENDED, False),
        ("Connectivity is at 10% of normal levels at 09:00 UTC.", Kind.NOW, True),
        ("Connectivity is at 10% of normal levels at 06:00 UTC.", Kind.NOW, False),
        ("The lowest so far was 12%.", Kind.LOWEST, True),
        ("The lowest so far was 40%.", Kind.LOWEST, False),
        ("It lasted between 3 hours and 5 hours.", Kind.LASTED, True),
        ("It lasted about 20 hours.", Kind.LASTED, False),
        ("There were 2 cuts, between 3 hours and 5 hours in all.", Kind.CUTS, False),
        ("Connectivity is back to normal levels.", Kind.BACK, True),
        ("Connectivity has dropped again.", Kind.AGAIN, False),
    ],
)
def test_true_and_false_sentences_are_told_apart(text, kind, true):
    assert holds(text, kind, truth(CUT)) is true


def test_back_is_false_while_the_outage_goes_on():
    going = replace(CUT, until=utc("2026-02-04 06:00"))
    low = replace(
        truth(going), remaining_levels={f: np.full(48, 0.1) for f in FAMILIES}
    )
    assert not holds("Connectivity is back to normal levels.", Kind.BACK, low)


def test_severity_is_that_of_the_level():
    deep = "A near-total disruption to internet connectivity."
    assert holds(deep, Kind.SEVERITY, truth(CUT), at=utc("2026-02-03 10:00"))
    shallow = truth(CUT, left=0.6)
    assert not holds(deep, Kind.SEVERITY, shallow, at=utc("2026-02-03 10:00"))


def test_partly_back_is_false_where_nothing_rose():
    going = truth(CUT)
    at = utc("2026-02-03 10:00")
    flat = replace(going, remaining_levels={f: np.full(24, 0.1) for f in FAMILIES})
    text = "Connectivity is partly back."
    assert not holds(text, Kind.PARTLY, flat, at)
    rising = {
        f: np.where(np.arange(24) < 9, going.remaining_levels[f], 0.5) for f in FAMILIES
    }
    assert holds(text, Kind.PARTLY, replace(flat, remaining_levels=rising), at)


def _texts():
    return make_texts_function(
        TemplateRenderer(
            register=load_register(),
            site=Path("unused"),
            base_url="https://outagewire.example",
            contact="desk@outagewire.example",
            templates=environment(templates_root(), all_brands()),
        )
    )


LONG_WORLDS = (23, 36, 39, 41, 44, 46, 52, 54, 59, 62, 71, 72, 74, 87, 91, 107)
"""Worlds with long or many outages: each of them takes as long as three to ten others."""
WORLDS = (
    *(world for world in range(1, 107) if world not in LONG_WORLDS),
    *(110, 112, 114, 117, 119, 120, 121, 122, 124),
)
"""A hundred worlds, with outages of up to eight days; `make scorecard` checks 2,000."""
GROUPS = 10


@pytest.mark.sampled(5)
@pytest.mark.parametrize("group", range(GROUPS))
def test_the_texts_about_generated_worlds_are_true(group):
    _assert_texts_are_true(WORLDS[group::GROUPS])


@pytest.mark.slow
@pytest.mark.parametrize("group", range(2))
def test_the_texts_about_long_worlds_are_true(group):
    _assert_texts_are_true(LONG_WORLDS[group::2])


def _assert_texts_are_true(worlds: Iterable[int]) -> None:
    score, texts = SentenceScore(), _texts()
    for world in worlds:
        score.add(check_world(world, texts))
    assert score.wrong == []
    assert score.checked[Kind.UNREAD] == 0
    least = {Kind.NOW: 1000, Kind.BEGAN: 300, Kind.LASTED: 100, Kind.CUTS: 5}
    assert all(score.checked[kind] > count for kind, count in least.items())


def test_a_text_with_a_wrong_number_is_found():
    """A mutation: each onset is told as of 02:00."""
    texts = _texts()

    def wrong(event, evidence):
        for text in texts(event, evidence):
            yield text.replace("began between", "began around 02:00 UTC, between")

    assert check_world(1, wrong).wrong


def test_a_range_of_worlds_is_read_from_the_option():
    assert parse_worlds("") == range(0)
    assert parse_worlds("100") == range(1, 101)
    assert parse_worlds("41-100") == range(41, 101)
    for wrong in ("0", "5-3", "many", "-4", "1-2-3"):
        with pytest.raises(BadParameter, match="such as 41-100"):
            parse_worlds(wrong)


def test_the_check_writes_its_score(tmp_path, capsys):
    check_worlds(tmp_path, range(2, 4))
    score = json.loads((tmp_path / "sentences.json").read_text("utf-8"))
    assert (score["first_world"], score["worlds"]) == (2, 2)
    assert score["checked"] > 200
    assert score["false"] == []
    assert "2 worlds: " in capsys.readouterr().out


def of_two_parts(second_since: str, second_until: str) -> Truth:
    """Return the truth of a place of two halves; the first was down from 06:20 to 10:20."""
    second = replace(CUT, since=utc(second_since), until=utc(second_until))
    parts = {
        name: replace(truth(cut), name=name, share=0.5)
        for name, cut in (("Central", CUT), ("Eastern", second))
    }
    return replace(truth(CUT, second), parts=parts)


@pytest.mark.parametrize(
    ("since", "is_regional"), [("2026-02-03 08:00", False), ("2026-02-03 10:20", True)]
)
def test_parts_that_fall_one_after_the_other_are_never_the_whole(since, is_regional):
    of = of_two_parts(since, "2026-02-03 14:00")
    text = "A regional internet disruption in Kazakhstan."
    at = utc("2026-02-03 15:00")
    assert holds(text, Kind.SCOPE, of, at) is is_regional
