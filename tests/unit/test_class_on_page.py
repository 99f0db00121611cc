"""The page of a disruption explains its class, and says when the class began."""

import json
from dataclasses import replace

from bot.model.classification import Classification, ClassKind, EventClassification
from bot.model.incident import EventKind
from bot.sources.registry import all_brands
from bot.text.translations import environment, load_translations, templates_root
from tests.builders import escalated, event, mobile
from tests.unit.test_pages import publish, report_of

WORDS = load_translations(environment(templates_root(), all_brands()), "en")
STEPS = (
    event(EventKind.CONFIRMED, 1, facts=mobile()),
    event(EventKind.ESCALATED, 2, facts=escalated()),
)


def page(site, *kinds: ClassKind):
    report = report_of(site, *STEPS)
    classified = tuple(
        EventClassification(
            step.incident, step.seq, step.at, Classification(kind, "a-rule", (), 1)
        )
        for step, kind in zip(STEPS, kinds, strict=False)
    )
    return publish(site, replace(report, classified=classified)).text


def test_the_page_says_what_the_class_means(tmp_path):
    text = page(tmp_path, ClassKind.MOBILE, ClassKind.BLACKOUT)
    assert WORDS.translate("classes", "national-blackout", "meaning") in text
    assert WORDS.translate("meaning", "national") not in text


def test_page_explains_the_scope_where_no_class_is_known(tmp_path):
    """Without a known class, the page explains what the scope means."""
    for kinds in ((), (ClassKind.UNKNOWN, ClassKind.UNKNOWN)):
        assert WORDS.translate("meaning", "national") in page(tmp_path, *kinds)


def test_page_names_each_class_with_its_start_time(tmp_path):
    """P11: the page names each class that the incident had, and as of which step."""
    text = page(tmp_path, ClassKind.MOBILE, ClassKind.BLACKOUT)
    assert (
        "As of 17:00 UTC on 4 January 2022 (23:00 in Almaty): mobile networks" in text
    )
    shown = "As of 11:00 UTC on 5 January 2022 (17:00 in Almaty): nation-scale blackout"
    assert shown in text


def test_unchanged_class_is_named_once(tmp_path):
    text = page(tmp_path, ClassKind.MOBILE, ClassKind.MOBILE)
    assert text.count(": mobile networks (") == 1


def test_the_machine_readable_copy_has_class_and_rule(tmp_path):
    page(tmp_path, ClassKind.MOBILE, ClassKind.BLACKOUT)
    path = tmp_path / "i" / "KZ-2022-0104" / "incident.json"
    data = json.loads(path.read_text("utf-8"))
    assert data["class"] == {"id": "national-blackout", "rule": "a-rule", "version": 1}
