"""A report page folds what repeats, tells kinds of entries apart, and shows its changes."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.model.attribution import (
    AttributionAct,
    AttributionLevel,
    AttributionStep,
    CauseClaim,
    attributions_from_steps,
)
from bot.model.event import Correction, IncidentEvent
from bot.model.incident import EventKind, State
from bot.model.incident_report import IncidentReport
from bot.model.timeline import Drop, SeriesTimeline
from bot.model.verdict import Check, CheckName, SeriesState
from bot.site.incident_page.data_table import data_table
from bot.site.incident_page.structured_data import script_json
from bot.site.incident_page.versions import ChangeKind, text_changes
from tests.builders import (
    KZ,
    NOW,
    ONSET,
    PROBING,
    between,
    event,
    facts,
    incident_of,
    restored,
    suspected,
)
from tests.unit.test_pages import STEPS, ParsedPage, publish, report_of, writer

DAY = timedelta(days=1)
PAGE = "i/KZ-2022-0104/index.html"
ARTICLE = re.compile(r'<article class="post".*?</article>', re.DOTALL)
FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)


def bare_report(*events: IncidentEvent, **more: Any) -> IncidentReport:
    """Return a report without readings, whose page therefore has no charts."""
    given = {"evidence": {}, "drafts": {}, "deliveries": (), "previous": (), **more}
    return IncidentReport(incident_of(*events), events, **given)


def page_of(site: Path, *events: IncidentEvent, **more: Any) -> str:
    """Publish a page without charts; return its HTML."""
    writer(site).publish_page(bare_report(*events, **more))
    html = (site / PAGE).read_text(encoding="utf-8")
    ParsedPage(html)
    return html


def reminder(seq: int) -> IncidentEvent:
    """Return the daily update of a day after the beginning."""
    step = event(EventKind.UPDATED, seq, as_of=NOW + seq * DAY)
    return replace(step, reason="hours-passed")


def part_of(html: str, name: str) -> str:
    """Return the section of a page with this id of its heading."""
    (section,) = re.findall(
        rf'<section aria-labelledby="{name}">.*?</section>', html, re.DOTALL
    )
    return section


def test_daily_reminders_of_twenty_days_are_one_line(tmp_path):
    steps = (event(), *map(reminder, range(2, 22)), event(EventKind.UPDATED, 22))
    posts = part_of(page_of(tmp_path, *steps), "posts")
    assert len(ARTICLE.findall(posts)) == 22
    assert len(ARTICLE.findall(FOLDED.sub("", posts))) == 2
    assert posts.count("<summary>20 daily updates: ") == 1


def test_a_reminder_that_is_the_newest_step_is_shown(tmp_path):
    posts = part_of(page_of(tmp_path, event(), reminder(2), reminder(3)), "posts")
    shown = ARTICLE.findall(FOLDED.sub("", posts))
    assert len(shown) == 2
    assert 'id="event-3"' in shown[0]


def test_steps_between_the_first_and_the_newest_are_folded(tmp_path):
    steps = [event(EventKind.ESCALATED, seq) for seq in range(1, 11)]
    steps[3] = event(EventKind.CORRECTED, 4)
    steps[6] = reminder(7)
    posts = part_of(page_of(tmp_path, *steps), "posts")
    shown = re.findall(r'<h3 id="event-(\d+)', FOLDED.sub("", posts))
    # A correction is never folded (P11).
    assert shown == ["10", "9", "4", "1"]
    assert re.findall("<summary>([0-9]) earlier steps", posts) == ["4", "2"]
    assert "4 earlier steps, one of them a daily update" in posts


def test_version_history_marks_each_word_that_changed(tmp_path):  # P11
    html = page_of(tmp_path, event(), event(EventKind.UPDATED, 2, level=0.31))
    versions = part_of(html, "versions")
    assert re.search(r"<del>2% ?</del><ins>31% ?</ins>", versions)
    assert len(re.findall(r'<li id="version-', versions)) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [("a b c", "a x c"), ("", "a b"), ("a  b\nc", ""), ("a b", "a b"), ("a b", "b a")],
)
def test_changes_give_back_both_texts(before, after):
    changes = text_changes(before, after)
    old = [c.text for c in changes if c.kind is not ChangeKind.ADDED]
    new = [c.text for c in changes if c.kind is not ChangeKind.REMOVED]
    # Where words are the same, the space after them is that of the new text.
    assert "".join(old).split() == before.split()
    assert "".join(new) == after


def test_few_equal_words_do_not_break_up_a_change():
    changes = text_changes("It is back in Iran", "Levels are still low in Iran")
    assert [str(c.kind) for c in changes] == ["removed", "added", "same"]
    changes = text_changes("a b x d e f", "g b y d e f")
    assert [c.text for c in changes] == ["a b x ", "g b y ", "d e f"]


def test_hostile_words_in_changes_are_escaped(tmp_path):
    wrong = Correction(statement="</p><script>alert(1)</script>")
    step = event(EventKind.CORRECTED, 2, facts=replace(facts(), correction=wrong))
    versions = part_of(page_of(tmp_path, event(), step), "versions")
    assert "<script" not in versions
    assert "&lt;script&gt;alert(1)" in versions


def timeline_of(*drops: Drop) -> SeriesTimeline:
    return SeriesTimeline(
        KZ,
        PROBING,
        facts().levels.series[0].family,
        drops,
        SeriesState.DROPPED,
        0.02,
        NOW,
    )


def statement(who: str) -> tuple[Any, ...]:
    claim = CauseClaim(
        AttributionLevel.A1, "a cable was cut", who, "https://n.example/", ""
    )
    return attributions_from_steps(
        [
            AttributionStep(
                "KZ-2022-0104", 1, AttributionAct.ADD, "Ada", "cited", NOW + DAY, claim
            )
        ]
    )


def test_timeline_tells_measurement_and_context_apart(tmp_path):  # P8
    ended = between("2022-01-05 12:00", "2022-01-05 12:10")
    series = timeline_of(Drop(ONSET, ended, 0.02))
    steps = (event(timeline=(series,)), event(EventKind.UPDATED, 2, timeline=(series,)))
    html = page_of(tmp_path, *steps, attributions=statement("The operator"))
    entries = re.findall(r'<li class="(\w+)">', part_of(html, "timeline"))
    assert entries == ["context", "measurement", "event", "event", "measurement"]
    assert "A statement on the cause by The operator" in part_of(html, "timeline")
    assert "The operator says: a cable was cut." in part_of(html, "happening")


def test_retracted_report_lists_no_measurement(tmp_path):  # P18
    series = timeline_of(Drop(ONSET, None, 0.02))
    gone = facts(state=State.RETRACTED, timeline=(series,))
    html = page_of(tmp_path, event(), event(EventKind.RETRACTED, 2, facts=gone))
    assert 'class="measurement"' not in html


def test_page_says_what_is_not_observed(tmp_path):  # P5
    html = page_of(tmp_path, event(EventKind.SUSPECTED, facts=suspected()))
    section = part_of(html, "observed")
    assert "with a reading at the latest step: BGP routing" in section
    assert "counts as unknown, not as normal" in section
    assert "Not measured for the place as a whole: active probing" in section


def test_checks_that_found_nothing_are_folded(tmp_path):  # P17
    checks = (
        Check(CheckName.SEASON, passed=True),
        Check(CheckName.GEOLOCATION, passed=False),
        Check(CheckName.CLOCK, passed=None),
    )
    section = part_of(page_of(tmp_path, event(checks=checks)), "checks")
    shown, folded = FOLDED.sub("", section), "".join(FOLDED.findall(section))
    assert "Another place gained what this one lost" in shown
    assert "Not known: whether what fell is rightly dated" in shown
    assert "No other day of the past weeks was as quiet" in folded


def test_history_counts_earlier_incidents_by_kind_and_season(tmp_path):
    end = incident_of(event(facts=restored()))
    past = tuple(replace(end, id=f"KZ-2021-000{n}") for n in range(1, 8))
    section = part_of(page_of(tmp_path, event(), previous=past), "history")
    assert re.search(r"by kind: [a-z -]+disruption: 7", section)
    assert "January to March: 7" in section
    assert "one to seven days: 7" in section


def test_table_has_the_last_level_of_the_chart(tmp_path):  # P4
    page = publish(tmp_path, report_of(tmp_path, STEPS[1]))
    html = (tmp_path / PAGE).read_text(encoding="utf-8")
    rows = re.findall(r"<tr>(.*?)</tr>", part_of(html, "charts"))
    assert "Active probing" in rows[0]
    assert '<time data-exact datetime="2022-01-05T11:00:00Z">' in rows[-1]
    assert "<td>2%</td>" in rows[-1]
    assert len(rows) <= 60
    assert {"href": "2.csv"} in page.all("a")


def test_missing_readings_are_no_zero_in_the_table(tmp_path):  # P5
    report = report_of(tmp_path, STEPS[1])
    key = STEPS[1].key
    main, *others = report.evidence[key].traces
    values = (*main.values[:450], *(None,) * 60, *main.values[510:])
    changed = replace(
        report.evidence[key], traces=(replace(main, values=values), *others)
    )
    publish(tmp_path, replace(report, evidence={key: changed}))
    html = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert "<td>no reading</td>" in part_of(html, "charts")


def test_interval_without_any_reading_has_a_row(tmp_path):  # P5
    report = report_of(tmp_path, STEPS[1])
    key = STEPS[1].key
    traces = tuple(
        replace(t, values=(*t.values[:-240], *(None,) * 120, *t.values[-120:]))
        for t in report.evidence[key].traces
    )
    silent = replace(report.evidence[key], traces=traces)
    table = data_table(
        replace(report, evidence={key: silent}),
        writer(tmp_path).open_site().illustrator,
    )
    assert table is not None
    assert any(set(row.levels) == {None} for row in table.rows)
    between = {b.until - a.until for a, b in pairwise(table.rows[:-1])}
    assert between == {table.interval}


def test_last_row_of_the_table_has_readings_of_a_whole_interval(tmp_path):
    report = report_of(tmp_path, STEPS[1])
    key = STEPS[1].key
    illustrator = writer(tmp_path).open_site().illustrator
    full = data_table(report, illustrator)
    assert full is not None
    since_row = full.rows[-1].until - full.rows[-2].until
    assert timedelta(0) < since_row < full.interval
    # All but one signal have no reading since the row before, but in the hours before it.
    first, *others = report.evidence[key].traces
    late_bins = since_row // timedelta(seconds=first.step_s)
    silent = (
        replace(t, values=(*t.values[:-late_bins], *(None,) * late_bins))
        for t in others
    )
    traces = first, *silent
    late = replace(report, evidence={key: replace(report.evidence[key], traces=traces)})
    table = data_table(late, illustrator)
    assert table is not None
    assert table.rows[-1].levels == table.rows[-2].levels


def linked_data(html: str) -> dict[str, Any]:
    (text,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL
    )
    document: dict[str, Any] = json.loads(text)
    return document


def test_linked_data_lists_events_and_corrections(tmp_path):  # P11
    wrong = Correction(statement='</script><b>"wrong" & more')
    step = event(EventKind.CORRECTED, 2, facts=replace(facts(), correction=wrong))
    data = linked_data(page_of(tmp_path, event(), step))
    assert data["@type"] == "LiveBlogPosting"
    assert [e["headline"] for e in data["liveBlogUpdate"]] == [
        "Correction",
        "Confirmed",
    ]
    (correction,) = data["correction"]
    assert '</script><b>"wrong" & more' in correction["text"]
    assert correction["@type"] == "CorrectionComment"
    assert data["url"] == "https://outagewire.example/i/KZ-2022-0104/"


def test_no_text_can_end_a_block_of_data():
    text = "</script><!-- ]]> & \u2028 '\""
    written = script_json({"a": text})
    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == {"a": text}


def test_page_is_an_entry_with_microformats(tmp_path):
    page = ParsedPage(page_of(tmp_path, event(), reminder(2)))
    classes = {
        name for _, attrs in page.tags for name in (attrs.get("class") or "").split()
    }
    assert classes >= {"h-entry", "p-name", "p-summary", "p-author", "dt-published"}
    assert {"dt-updated", "u-url", "u-uid", "h-card"} <= classes


def test_headings_of_a_page_are_in_order(tmp_path):
    page = ParsedPage(page_of(tmp_path, event(), reminder(2), reminder(3)))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_cite_as_names_step_and_address(tmp_path):
    section = part_of(page_of(tmp_path, event(), reminder(2)), "licence")
    assert "incident KZ-2022-0104, step 2 of " in section
    assert "https://outagewire.example/i/KZ-2022-0104/" in section
