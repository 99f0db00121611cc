"""Arabic and Persian texts keep Latin words, numbers and signs in order."""

from dataclasses import replace

import pytest
import regex

from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.theme import LIGHT, POST
from bot.charts.canvas.typesetting import Style
from bot.charts.choose import ChartKind
from bot.charts.frame import time_formatter_for
from bot.model.event import Credit
from bot.model.incident import EventKind
from bot.site.event_views import fact_rows, page_event_text
from bot.sources.registry import all_brands
from bot.text.credits import credit_line
from bot.text.fitting.direction import from_right, isolate, mark_latin, mark_rtl
from bot.text.translations import environment, load_translations, templates_root
from tests import gallery
from tests.builders import event, evidence, facts, mobile, network, operators
from tests.gallery import artist
from tests.unit.test_text import body

MARK = "\N{ARABIC LETTER MARK}"
LEFT = "\N{LEFT-TO-RIGHT MARK}"
ARABIC = "شركة اتصالات إيران"
"""The name of a network, from a source that gives it in Arabic."""
UNMARKED = regex.compile(rf"\p{{Arabic}}[^\p{{Latin}}\p{{Han}}{LEFT}]*\p{{Nd}}")
"""A number that the name before it pulls to its left."""
BEGIN, END = "\N{LEFT-TO-RIGHT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
ROUTING = "\u0645\u0633\u06cc\u0631\u06cc\u0627\u0628\u06cc"  # Persian: "routing"
TEMPLATES = environment(templates_root(), all_brands())


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        # The sign stands left of the number only after an Arabic letter or mark.
        ("100%", f"{MARK}100%"),
        ("\u06f1\u06f0\u06f0\u066a", f"{MARK}\u06f1\u06f0\u06f0\u066a"),
        (f"{ROUTING} BGP 98%", f"{ROUTING} BGP{MARK} 98%"),
        ("Kcell 28%", f"{MARK}Kcell{MARK} 28%"),
        (f"4% {ROUTING}", f"{MARK}4% {ROUTING}"),
        (f"{ROUTING} 4%", f"{ROUTING} 4%"),
        # A text of Latin words alone needs no mark.
        ("Jefferson Davis", "Jefferson Davis"),
        ("00:00 UTC", "00:00 UTC"),
    ],
)
def test_sign_of_a_percentage_is_on_one_side_of_pictures(line, marked):
    assert from_right(line) == marked
    assert from_right(marked) == marked


def test_marks_leave_offsets_links_and_isolates_whole():
    assert mark_latin("(UTC+3:30)") == f"(UTC+3:30{MARK})"
    assert mark_latin("https://example.org/i/IR") == "https://example.org/i/IR"
    whole = isolate("A Lab, A University (IODA)", rtl=True)
    assert mark_latin(f"{whole} UTC") == f"{whole} UTC{MARK}"
    assert isolate("A Lab", rtl=False) == "A Lab"


@pytest.mark.parametrize("lang", ["ar", "fa"])
def test_each_credit_is_one_unit(lang):
    words = load_translations(TEMPLATES, lang)
    told = facts(
        credits=(
            Credit("monash.reachability", "A Lab (A University)", "GPL-3 (mine)", None),
            Credit("ioda.bgp", "Another Lab", "all rights reserved", None),
        )
    )
    line = credit_line(words, told)
    assert f"{BEGIN}A Lab (A University) \N{EN DASH} GPL-3{END}" in line
    assert f"{BEGIN}Another Lab{END} \N{EN DASH} " in line


def test_address_on_the_foot_of_a_chart_is_one_unit():
    told = facts()
    for lang, begin, end in (("fa", BEGIN, END), ("en", "", "")):
        drawn = artist(lang)
        step = event(EventKind.UPDATED, facts=told)
        scene = drawn.scene(step, drawn._curves(step, evidence(told)))
        assert scene.captions.as_of.endswith(f"/i/KZ-2022-0104{end}")
        assert f"{begin}KZ-2022-0104{end}" in scene.captions.as_of


def test_isolate_that_is_broken_into_lines_is_closed_on_each():
    style = Style(20, "#000000")
    text = f"{ROUTING}: {isolate('A Lab of a Faculty, A University (IODA)', rtl=True)}."
    canvas = Canvas(rtl=True)
    lines = canvas.wrap(text, style, 160)
    assert len(lines) > 2
    for line in lines:
        assert line.count(BEGIN) == line.count(END)
    balanced = canvas.balance_lines(lines, style)
    words = " ".join(balanced).replace(BEGIN, "").replace(END, "")
    assert words == text.replace(BEGIN, "").replace(END, "")


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        (f"Kcell 28%, {ARABIC} 3%", f"Kcell 28%, {ARABIC}{LEFT} 3%"),
        # The first letter of a line determines its direction.
        (f"{ARABIC} 3%", f"{LEFT}{ARABIC}{LEFT} 3%"),
        ("قياس 5 يناير", f"{LEFT}قياس 5 يناير{LEFT}"),
        (f"A ({ARABIC})", f"A ({ARABIC}{LEFT})"),
        ("BGP 98%", "BGP 98%"),
    ],
)
def test_number_stays_behind_an_arabic_name(line, marked):
    assert mark_rtl(line) == marked
    assert mark_rtl(marked) == marked


def with_arabic_name():
    """Return facts of an outage of operators, one of which has an Arabic name."""
    arabic = replace(network("58224", 0.03), brand=ARABIC)
    return mobile(networks=(*operators(0.28, 0.31), arabic))


@pytest.mark.parametrize("lang", ["en", "tr", "zh"])
def test_charts_keep_a_level_right_of_an_arabic_name(lang):
    step = event(EventKind.CONFIRMED, facts=with_arabic_name())
    drawn = artist(lang)
    scene, _ = drawn.prepare(step, evidence(step.facts), gallery.past())
    named = 0
    for kind in (ChartKind.LINES, ChartKind.OPERATORS, ChartKind.STRIP):
        canvas = drawn.draw(scene, kind, LIGHT, POST)
        lines = [*(run.text for run in canvas.text_runs), drawn.alt(scene, kind)]
        assert [line for line in lines if UNMARKED.search(line)] == []
        named += sum(ARABIC in line for line in lines)
    assert named >= 3


def test_page_keeps_a_level_right_of_an_arabic_name():
    step = event(EventKind.CONFIRMED, facts=with_arabic_name())
    drawn = artist("en")
    times = time_formatter_for(drawn.translations, drawn.register, step)
    rows = fact_rows(step, page_event_text(step, times), times)
    assert any(f"{ARABIC}{LEFT} at 3%" in value for _, value in rows)


def test_post_keeps_a_level_right_of_an_arabic_name():
    only = replace(network("58224", 0.03), brand=ARABIC)
    text = body(EventKind.CONFIRMED, mobile(networks=(only,)))
    assert ARABIC in text
    assert UNMARKED.search(text) is None
