"""Pages, letters and the terminal show words where ids are stored (P17)."""

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

import bot
from bot.channels.registry import CHANNELS
from bot.cli.output.console import TickPrinter
from bot.detection.classification.rules import RULES as CLASS_RULES
from bot.detection.fusion.rules import RULES
from bot.model.classification import Classification, ClassKind, EventClassification
from bot.model.delivery import DeliveryState
from bot.model.draft import DraftState
from bot.model.entity import Entity, EntityKind
from bot.model.incident import EventKind, State
from bot.model.operations import AlertKind, OperatorAlert
from bot.model.verdict import Check, CheckName
from bot.policy.reasons import DecisionReason
from bot.rendering.renderer import TemplateRenderer
from bot.text.reasons import (
    class_evidence_in_words,
    load_words,
    note_in_words,
    posted_in_words,
    rule_in_words,
)
from bot.tick.runner import TickResult
from tests.builders import NOW, PROBING, event, facts, mobile, network, series
from tests.unit.test_pages import delivery_of, publish, report_of, writer

WORDS: Any = load_words()
TOKEN = re.compile(r"(?<![\w/.:-])[a-z][a-z0-9]*(?:[-_][a-z0-9]+)+(?![\w/])")
ENGLISH = {"nation-scale", "near-total", "round-trip"}
"""Words of English that have a hyphen."""


def tokens(text: str) -> set[str]:
    return set(TOKEN.findall(text)) - ENGLISH


def step_reasons() -> set[str]:
    """Return every id with a hyphen in the package that decides on steps."""
    folder = Path(bot.__file__).parent / "incidents"
    texts = [path.read_text("utf-8") for path in folder.glob("*.py")]
    ids = {i for text in texts for i in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', text)}
    # These name patterns in time, which only the letter to the editors describes.
    return ids - {"half-hour", "half-hours-long", "all-signals"}


@pytest.mark.parametrize(
    ("table", "ids"),
    [
        ("rules", {rule.id for rule in RULES} | step_reasons()),
        ("class_rules", {rule.id for rule in CLASS_RULES} | {"no-pattern"}),
        ("reasons", set(DecisionReason)),
        ("posted", set(CHANNELS)),
        ("steps", set(EventKind)),
        ("states", set(State)),
        ("draft_states", set(DraftState)),
        ("delivery_states", set(DeliveryState)),
        ("checks", set(CheckName)),
    ],
)
def test_every_stored_id_has_words(table, ids):
    assert {str(id_) for id_ in ids} <= set(WORDS[table])


@pytest.mark.parametrize("name", list(CheckName))
@pytest.mark.parametrize(
    ("passed", "result"), [(False, "failed"), (None, "unanswered")]
)
def test_rule_that_a_check_held_back_says_what_it_found(name, passed, result):
    checks = (Check(CheckName.CLOCK, passed=True), Check(name, passed))
    text = rule_in_words(WORDS, f"held-back-by-{name}", checks)
    assert text.endswith(f": {WORDS['checks'][name][result]}")
    assert not tokens(text)


def test_unknown_id_is_shown_without_its_hyphens():
    assert rule_in_words(WORDS, "a-later-rule", ()) == "a later rule"
    assert posted_in_words(WORDS, "wire") == "on another channel"


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("no-rule-lets-it-out", "No policy rule publishes this"),
        (
            "many-places-at-once, found-out-too-late",
            "Many places at once; The event was detected too late to be published at once",
        ),
        ("kazakhstan-waits", 'The policy rule "kazakhstan-waits" decides so'),
        ("two sources checked, by phone", "two sources checked, by phone"),
        ("", ""),
    ],
)
def test_note_of_a_draft_is_in_words(note, words):
    assert note_in_words(WORDS, note) == words


def test_evidence_of_a_class_is_in_words():
    assert class_evidence_in_words(WORDS, "hours-held=6.2") == "hours held: 6.2"
    assert (
        class_evidence_in_words(WORDS, "between=0.15..0.75") == "between: 0.15 to 0.75"
    )
    assert class_evidence_in_words(WORDS, "fell=control-plane") == "fell: routing"


def shown_event():
    checks = (
        Check(
            CheckName.ONE_VANTAGE, passed=False, note=f"only {PROBING}", signal=PROBING
        ),
        Check(CheckName.SHARED_INPUT, passed=None),
    )
    given = replace(facts(), checks=checks, rule="held-back-by-one-vantage")
    return replace(event(facts=given), reason="one-strong-family")


def test_page_shows_no_stored_id(tmp_path):
    told = shown_event()
    sent = []
    for channel in ("wire", "x", "file"):
        delivery = delivery_of(told, "The text.", None)
        post = replace(delivery.post, channel=channel, key=f"{told.key}/{channel}")
        sent.append(replace(delivery, post=post))
    report = replace(
        report_of(tmp_path, told, sent=tuple(sent)),
        classified=(
            EventClassification(
                told.incident,
                1,
                NOW,
                Classification(ClassKind.PARTIAL, "held-between", (), 1),
            ),
        ),
    )
    page = publish(tmp_path, report)
    assert "Posted on another channel, on X, to a file." in page.text
    assert "Only active probing sees it" in page.text
    assert tokens(page.text) == set()
    assert "ioda." not in page.text.replace("ioda.live", "")


def test_configured_channel_is_named_by_its_kind(tmp_path):
    told = event()
    delivery = delivery_of(told, "The text.", "https://social.example/1")
    post = replace(delivery.post, channel="wire")
    renderer = replace(writer(tmp_path), channel_kinds={"wire": "mastodon"})
    assert isinstance(renderer, TemplateRenderer)
    report = report_of(tmp_path, told, sent=(replace(delivery, post=post),))
    renderer.publish_page(report)
    html = (tmp_path / "i" / told.incident / "index.html").read_text("utf-8")
    assert 'Posted <a href="https://social.example/1">on Mastodon</a>.' in html


def test_regions_stand_under_regions_and_networks_under_networks(tmp_path):
    region = Entity(EntityKind.REGION, "KZ/Almaty")
    regions = (series(PROBING, 0.12, region),)
    networks = (network("29355", 0.28),)
    given = facts(regions=regions, networks=networks, part=region, level=0.12)
    page = publish(tmp_path, report_of(tmp_path, event(facts=given)))
    assert "Regions Almaty at 12%" in page.text
    assert "Networks Kcell at 28%" in page.text


def test_terminal_shows_no_stored_id():
    console = Console(record=True, width=200)
    told = shown_event()
    steps = tuple(
        replace(told, kind=kind, facts=given)
        for kind in (EventKind.CONFIRMED, EventKind.PARTLY_RESTORED)
        for given in (told.facts, mobile())
    )
    TickPrinter(console, NOW - NOW).print_tick(TickResult(NOW, steps, (), ()))
    text = console.export_text()
    assert "Kazakhstan" in text
    assert tokens(text) == set()
    assert "country:" not in text


@pytest.mark.parametrize(
    "kind",
    [
        AlertKind.INCIDENT,
        AlertKind.BLIND,
        AlertKind.LOST,
        AlertKind.FAULTY,
        AlertKind.UNREAD,
        AlertKind.UNMEASURED,
        AlertKind.UNSUPPORTED,
    ],
)
def test_every_kind_of_problem_of_a_tick_has_words_for_the_terminal(kind: AlertKind):
    assert kind in WORDS["alerts"]


def test_problems_of_a_run_are_printed_once_and_at_their_end():  # P19
    console = Console(file=io.StringIO(), width=200)
    printer = TickPrinter(console, NOW - NOW, problems=True)
    alert = OperatorAlert(AlertKind.LOST, "ioda.bgp", NOW)
    failed = ("the front page could not be written: No space left on device",)
    bad = TickResult(NOW, (), (), (), alerts=(alert,), pages_failed=failed)
    for tick in (bad, bad, TickResult(NOW, (), (), ())):
        printer.print_tick(tick)
    assert isinstance(console.file, io.StringIO)
    lines = [line.strip() for line in console.file.getvalue().splitlines()]
    assert lines[1:] == [
        "Problem: A signal has no reading of any place: ioda.bgp.",
        f"Problem: {failed[0]}.",
        "No problem is left.",
    ]
