"""Operators are alerted when the claim check stops the program's own texts (P16, P19)."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.claims.linter import Linter
from bot.editorial.unsupported_texts import UnsupportedTexts
from bot.model.draft import Action, ClaimKind, Decision, Objection, ObjectionWeight
from bot.model.operations import AlertKind, OperatorAlert
from bot.places import load_register
from bot.policy.reasons import DecisionReason
from bot.rendering.renderer import TemplateRenderer
from bot.sources.registry import all_brands
from bot.text.translations import environment, templates_root
from tests.contract.stored import T0
from tests.silences import FALL, watching

HOUR = timedelta(hours=1)
WRONG = Objection(
    0, 1, "1", ClaimKind.NUMBER, ObjectionWeight.SECOND, "No such number."
)


def decision(
    event: str,
    channel: str = "x",
    action: Action = Action.PUBLISH,
    reason: str = DecisionReason.UNDECIDED,
) -> Decision:
    return Decision(event, channel, action, reason, T0)


def stopped(event: str, channel: str = "x") -> Decision:
    return decision(event, channel, Action.REVIEW, DecisionReason.CLAIMS_UNBACKED)


def test_an_alert_lasts_until_a_text_for_the_channel_passes():
    texts = UnsupportedTexts()
    texts.note([stopped("KZ-1.1"), decision("KZ-1.1", "masto")], T0)
    texts.note([stopped("KZ-1.2"), decision("KZ-1.2", "masto")], T0 + HOUR)
    note = "the newest of these drafts: KZ-1.2"
    assert texts.alerts() == (OperatorAlert(AlertKind.UNSUPPORTED, "x", T0, note),)
    texts.note([decision("KZ-1.3", action=Action.HOLD)], T0 + 2 * HOUR)
    texts.note([decision("KZ-1.4", action=Action.REVIEW)], T0 + 3 * HOUR)
    assert len(texts.alerts()) == 1
    texts.note([decision("KZ-1.5")], T0 + 4 * HOUR)
    assert texts.alerts() == ()


def test_each_channel_has_an_alert_of_its_own():
    texts = UnsupportedTexts()
    texts.note([stopped("KZ-1.1"), stopped("KZ-1.1", "masto")], T0)
    texts.note([decision("KZ-1.2")], T0 + HOUR)
    assert [alert.subject for alert in texts.alerts()] == ["masto"]


def test_a_tick_reports_texts_that_the_check_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with watching(tmp_path, {}, FALL - HOUR) as watch:
        with monkeypatch.context() as broken:
            broken.setattr(Linter, "check", lambda *_args, **_given: (WRONG,))
            (alert,) = watch.until(FALL + 3 * HOUR).alerts
            assert alert.kind is AlertKind.UNSUPPORTED
            # The site waits too: its page would be made from the same facts (P12).
            assert not (tmp_path / "site" / "i").exists()
            assert not (tmp_path / "posts.jsonl").exists()
            assert watch.until(FALL + 5 * HOUR).alerts == (alert,)
        assert watch.until(FALL + 28 * HOUR).alerts == ()
        assert len(watch.posts) == 1
        assert watch.record["id"] in alert.note


def test_the_letter_says_what_to_do(tmp_path: Path):
    templates = environment(templates_root(), all_brands())
    renderer = TemplateRenderer(load_register(), tmp_path, "", "", templates)
    note = "the newest of these drafts: KZ-2022-0104.1"
    letter = renderer.alert_letter(
        [OperatorAlert(AlertKind.UNSUPPORTED, "x", T0, note)], T0
    )
    assert letter.startswith("The claim check stops the texts for a channel: x\n")
    assert "KZ-2022-0104.1" in letter
    assert "`outagewire drafts list" in letter
