"""The methodology page states the rules in force; `about` says what the site is."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.detection.fusion.rules import RULES
from bot.model.verdict import Outcome
from bot.site.check.site_check import check_site
from tests.builders import NOW, event
from tests.unit.test_pages import ParsedPage, read, report_of
from tests.unit.test_status_page import BGP, program_of, renderer_with


def page_of(folder: Path, name: str, **sections: dict[str, Any]) -> ParsedPage:
    renderer_with(folder, program_of(**sections)).publish_sources((), NOW)
    return read(folder / name / "index.html")


CHANGES = [
    ({"detection": {"spreads": 5.5}}, "at least 5.5 spreads below"),
    ({"detection": {"bins_to_open": 7}}, "when 7 readings in a row"),
    ({"detection": {"hold": "95m"}}, "normal for 1 hour 35 minutes"),
    ({"detection": {"stale": "11h"}}, "After 11 hours without readings"),
    ({"detection": {"coincidence": "13h"}}, "begin within 13 hours of each other"),
    (
        {"detection": {"families": {"traffic": {"on": 0.613, "off": 0.871}}}},
        "Traffic 61.3% 87.1%",
    ),
    (
        {"detection": {"signals": {"ioda.bgp": {"on": 0.917, "off": 0.972}}}},
        "Only ioda.bgp 91.7% 97.2%",
    ),
    ({"pace": {"level_step": 0.31}}, "counts from 31% of normal"),
    ({"pace": {"reopen_within": "37h"}}, "within 1 day 13 hours after the end"),
    ({"pace": {"max_state_changes_per_day": 17}}, "After 17 changes in 24 hours"),
    ({"policy": {"flood_above": 23}}, "more than 23 places"),
    ({"policy": {"stale_after": "17h"}}, "more than 17 hours after it happened"),
    ({"loop": {"grace": "43m"}}, "waited for 43 minutes after it was due"),
]


@pytest.mark.parametrize(("sections", "words"), CHANGES)
def test_changed_threshold_is_the_number_on_the_page(tmp_path, sections, words):
    assert words not in page_of(tmp_path / "usual", "methodology").text
    assert words in page_of(tmp_path / "changed", "methodology", **sections).text


def test_methodology_lists_the_verdict_rules_in_force(tmp_path):
    program = program_of()
    table = (
        replace(RULES[0], outcome=Outcome.SUSPECTED, comment="Only for now (P7)."),
    )
    renderer_with(tmp_path, replace(program, table=table)).publish_sources((), NOW)
    page = read(tmp_path / "methodology/index.html")
    assert (
        "Suspected Two independent measurements fell together. Only for now."
        in page.text
    )
    assert "(P7)" not in page.text
    assert [a["id"] for a in page.all("li") if a.get("id")] == ["rule-two-families"]


def test_places_and_names_of_held_rules_stay_secret(tmp_path):  # P12
    rules = [
        {
            "name": "hide-eritrea",
            "action": "hold",
            "places": ["ER"],
            "channels": ["wire"],
        },
        {"name": "out", "action": "publish", "confirmed": True},
    ]
    page = page_of(tmp_path, "methodology", policy={"rules": rules})
    assert (
        "Held: every kind of event, in certain places; on certain channels."
        in page.text
    )
    assert (
        "Published: every kind of event, of incidents that were confirmed" in page.text
    )
    html = (tmp_path / "methodology/index.html").read_text("utf-8")
    assert not re.search(r"eritrea|\bwire\b", html, re.IGNORECASE)


@pytest.mark.parametrize("name", ["methodology", "about"])
def test_sources_stand_with_credit_and_licence(tmp_path, name):  # P13
    hostile = replace(BGP, credit="A <i>lab</i>", licence="CC0", link="javascript:x")
    program = replace(program_of(), signals=(hostile,))
    renderer_with(tmp_path, program).publish_sources((), NOW)
    html = (tmp_path / name / "index.html").read_text("utf-8")
    assert "A &lt;i&gt;lab&lt;/i&gt;" in html
    assert "CC0" in html
    assert "javascript:" not in html
    assert len(read(tmp_path / name / "index.html").all("h1")) == 1


def test_about_states_the_licence_that_the_operator_set(tmp_path):
    assert "states no licence" in page_of(tmp_path, "about").text
    page = page_of(tmp_path, "about", site={"licence": "CC BY 4.0"})
    assert "CC BY 4.0. Name Outagewire and the sources." in page.text
    assert {"href": "mailto:desk@example.org"} in page.all("a")


def test_commands_without_the_settings_leave_the_pages(tmp_path):
    page_of(tmp_path, "methodology", pace={"level_step": 0.31})
    renderer_with(tmp_path, None).publish_sources((), NOW)
    assert "counts from 31%" in read(tmp_path / "methodology/index.html").text


def test_incident_page_links_to_how_deep_and_long_a_drop_must_be(tmp_path):
    for name, program in (("known", program_of()), ("unknown", None)):
        site = tmp_path / name
        renderer = renderer_with(site, program)
        renderer.publish_page(report_of(site, event()))
        renderer.publish_sources((), NOW)
        links = read(site / "i/KZ-2022-0104/index.html").all("a")
        link = {"href": "../../methodology/index.html#unseen"}
        assert (link in links) is (program is not None)
        assert list(check_site(site, renderer.base_url)) == []
