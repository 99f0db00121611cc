"""The status page says what can be seen now, and when the program has stopped."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.bootstrap.components import program_settings, rules_of
from bot.config.loading import check_values
from bot.config.sections import Config
from bot.model.event import Credit
from bot.model.signal import Family
from bot.model.source_status import SourceState, SourceStatus
from bot.rendering.renderer import TemplateRenderer
from bot.site.info.program import ProgramSettings
from tests.builders import NOW
from tests.signals import a_signal
from tests.unit.test_pages import ParsedPage, read, writer

BGP = a_signal("ioda.bgp", Family.CONTROL_PLANE)
CREDIT = Credit(
    "ioda.bgp", "IODA, Georgia Tech", "see the source", "https://ioda.example"
)
NORMAL = SourceStatus(
    "ioda.bgp",
    Family.CONTROL_PLANE,
    CREDIT,
    NOW - timedelta(minutes=25),
    SourceState.ORDINARY,
)
SILENT = replace(
    NORMAL,
    signal="ioda.gtr",
    family=Family.TRAFFIC,
    standing=SourceState.SILENT,
    since=NOW - timedelta(hours=3),
)


def program_of(**sections: dict[str, Any]) -> ProgramSettings:
    """Return the settings of a program with these sections and one signal."""
    config: Config = check_values(sections, "test")
    program = program_settings(config, rules_of(config), config.policy.policy(), ())
    return replace(program, signals=(BGP,))


def renderer_with(site: Path, program: ProgramSettings | None) -> TemplateRenderer:
    return replace(writer(site), program=program)


def status_page(
    site: Path, *statuses: SourceStatus, **sections: dict[str, Any]
) -> ParsedPage:
    renderer_with(site, program_of(**sections)).publish_sources(statuses, NOW)
    return read(site / "status/index.html")


def test_status_gives_the_age_of_each_signal(tmp_path):
    page = status_page(tmp_path, NORMAL)
    assert "As of 11:00 UTC on 5 January 2022" in page.text
    assert "25 minutes" in page.text
    assert "All signals can be read" in page.text
    assert "IODA, Georgia Tech" in page.text  # P13


def test_silent_signal_is_what_cannot_be_seen(tmp_path):  # P19
    page = status_page(tmp_path, NORMAL, SILENT)
    assert "look normal: 1 of 2." in page.text
    assert re.search("Google traffic.*silent since 08:00 UTC", page.text)


def test_status_says_after_how_long_the_program_has_stopped(tmp_path):  # P19
    page = status_page(tmp_path, NORMAL, loop={"poll": "7m"})
    assert "written every 7 minutes" in page.text
    assert "more than 21 minutes ago" in page.text


def test_heartbeat_is_named_without_its_address(tmp_path, monkeypatch):  # P16
    assert "not configured: nobody outside" in status_page(tmp_path, NORMAL).text
    monkeypatch.setenv("BEAT", "https://beat.example/secret")
    page = status_page(tmp_path, NORMAL, alarm={"heartbeat": "env:BEAT"})
    assert "configured: an outside service is told" in page.text
    assert "beat.example" not in (tmp_path / "status/index.html").read_text("utf-8")


def test_text_of_a_source_is_never_markup(tmp_path):
    hostile = replace(NORMAL, credit=replace(CREDIT, text="<script>x</script>"))
    status_page(tmp_path, hostile)
    html = (tmp_path / "status/index.html").read_text("utf-8")
    assert "<script>" not in html


def test_same_status_at_the_same_time_has_the_same_bytes(tmp_path):  # P14
    status_page(tmp_path / "a", NORMAL, SILENT)
    status_page(tmp_path / "b", NORMAL, SILENT)
    paths = [tmp_path / name / "status/index.html" for name in "ab"]
    assert paths[0].read_bytes() == paths[1].read_bytes()
