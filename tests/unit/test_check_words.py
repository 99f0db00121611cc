"""Every artefact check has a sentence for each of its results (P17)."""

import ast
from dataclasses import replace
from pathlib import Path

import pytest

import bot
from bot.model.incident import EventKind
from bot.model.verdict import Check, CheckName
from bot.site.incident_page.sources_and_checks import check_views, source_views
from bot.sources.registry import all_brands
from bot.text.translations import environment, load_translations, templates_root
from tests.builders import EVERY_KIND, PROBING, TRAFFIC, event
from tests.unit.test_pages import publish, report_of

HOME = Path(bot.__file__).parent
WORDS = load_translations(environment(templates_root(), all_brands()), "en")
HELD_BACK = f"held-back-by-{CheckName.SHARED_INPUT}"
RESULTS = {"passed": True, "failed": False, "unanswered": None}


def result_on_page(name: CheckName, passed: bool | None, signal: str = "") -> str:
    (view,) = check_views(event(checks=(Check(name, passed, signal=signal),)), WORDS)
    return view.result


@pytest.mark.parametrize("name", sorted(CheckName))
def test_every_check_has_a_sentence_for_each_result(name):
    sentences = [WORDS.translate("checks", name, result) for result in RESULTS]
    assert len(set(sentences)) == 3
    assert all(sentence[0].isupper() for sentence in sentences)
    assert [result_on_page(name, passed) for passed in RESULTS.values()] == sentences


@pytest.mark.parametrize("name", sorted(CheckName))
def test_every_check_name_is_produced_by_the_code(name):
    """Each check name is used in a module that makes checks; none is merely declared."""
    producers = [
        path
        for path in HOME.rglob("*.py")
        if f"CheckName.{name.name}" in path.read_text("utf-8")
        and any(isinstance(n, ast.Call) and _is_check(n) for n in _nodes(path))
    ]
    assert producers


def _nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


def _is_check(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Name) and call.func.id == "Check"


def test_check_views_built_facts_are_real_ones():
    """The facts built for tests contain only checks that the program has."""
    names = {check.name for build in EVERY_KIND.values() for check in build().checks}
    assert names
    assert names <= set(CheckName)


def test_a_check_of_a_source_names_the_signal():
    """P6: the sentence on a failed check of a source names the signal."""
    sentence = result_on_page(CheckName.SOURCE_HEALTH, False, PROBING)
    assert sentence == (
        "The source may be faulty: elsewhere too it read low, stood still or was rewritten"
        " (active probing)"
    )


@pytest.mark.parametrize(
    "name",
    [
        CheckName.PARTIAL_BIN,
        CheckName.SEASON,
        CheckName.CLOCK_CHANGE,
        CheckName.CLOCK,
        CheckName.POPULATION,
        CheckName.SYMPATHETIC,
    ],
)
def test_checks_that_fool_a_measurement_have_words(name):
    assert result_on_page(name, None).startswith("Not known: whether ")
    assert result_on_page(name, True) != result_on_page(name, False)


def test_reason_of_a_step_tells_a_check_without_answer_from_a_failed_one(tmp_path):
    """P5: the page calls traffic normal only where the check found it to be normal."""
    unanswered = Check(CheckName.SHARED_INPUT, passed=None)
    step = event(EventKind.SUSPECTED, checks=(unanswered,), rule=HELD_BACK)
    text = publish(tmp_path, report_of(tmp_path, replace(step, reason=HELD_BACK))).text
    assert "traffic is normal" not in text
    assert text.count("not confirmed because a check has no answer: Signals that") == 2


def test_signals_with_the_same_result_are_in_one_line():
    checks = tuple(
        Check(CheckName.SOURCE_HEALTH, None, "too few places", signal)
        for signal in (PROBING, TRAFFIC)
    )
    (view,) = check_views(event(checks=checks), WORDS)
    assert "(active probing and Google traffic)" in view.result


def test_signals_with_the_same_credit_are_in_one_line():  # P13
    given = event()
    first, *_ = given.facts.sources.credits
    both = tuple(replace(first, signal=signal) for signal in (PROBING, TRAFFIC))
    sources = replace(given.facts.sources, credits=both)
    shown = replace(given, facts=replace(given.facts, sources=sources))
    (view,) = source_views((shown,), WORDS)
    assert view.name == "Active probing and Google traffic"
    assert view.text == first.text
