"""Alt texts give the content of a chart, from the arrays that the chart is drawn from."""

import re
from dataclasses import replace

import numpy as np
import pytest

from bot.charts.choose import ChartKind
from bot.charts.data import gather_curves
from bot.charts.illustrator import Illustrator
from bot.claims.linter import Linter
from bot.errors import RenderingError
from bot.model.incident import EventKind, Evidence
from bot.places import load_register
from bot.sources.registry import all_brands
from bot.text.translations import environment, load_translations, templates_root
from tests import gallery
from tests.builders import (
    EVERY_KIND,
    changed,
    event,
    evidence,
    facts,
    iran_partial,
    mobile,
    suspected,
    utc,
)

TEMPLATES = environment(templates_root(), all_brands())
WORDS = load_translations(TEMPLATES, "en")
ARTIST = Illustrator(TEMPLATES, WORDS, load_register(), "https://wire.example")


def alt(kind, event_facts, limit=1000):
    return ARTIST.describe(event(kind, facts=event_facts), evidence(event_facts), limit)


def test_alt_text_gives_kind_place_window_levels_and_source():
    text = alt(EventKind.CONFIRMED, facts())
    assert text.startswith(
        "Line chart: Internet connectivity in Kazakhstan falls to 2%"
    )
    assert "3 Jan 22:30 to 5 Jan 11:00 UTC" in text
    assert "100% is the normal level." in text
    assert "active probing 2%, Google traffic 4%" in text
    assert "Lowest: active probing 2% at 5 Jan" in text
    assert text.endswith("Georgia Tech \u2013 all rights reserved.")


def test_named_networks_are_given_with_their_levels():
    text = alt(EventKind.CONFIRMED, mobile())
    assert "Kcell 28%, Tele2 31% and Beeline 41%" in text


def test_suspected_drop_is_called_nothing_more():
    """P7: the alt text of a suspected drop does not call it confirmed."""
    text = alt(EventKind.SUSPECTED, suspected())
    assert "One source shows" in text
    assert "confirmed" not in text.lower()
    assert "The drop began" in text


def test_reconstruction_is_marked_at_the_start():
    assert alt(EventKind.CONFIRMED, mobile(reconstruction=True)).startswith(
        "Reconstruction, not measured."
    )


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("limit", [280, 420, 1000])
def test_alt_text_fits_limit_in_whole_sentences(kind, limit):
    text = alt(kind, EVERY_KIND[kind](), limit)
    assert len(text) <= limit
    assert text.endswith(".")


def test_alt_text_that_cannot_fit_is_an_error():
    with pytest.raises(RenderingError, match="longer than 20"):
        alt(EventKind.CONFIRMED, facts(), 20)


def test_missing_bins_are_called_missing_and_not_zero():
    """P5: the alt text calls gaps in a line missing data, not zero."""
    event_facts = facts()
    traces = evidence(event_facts).traces
    with_gaps = replace(traces[0], values=(None, *traces[0].values[1:]))
    some = replace(
        with_gaps,
        values=tuple(
            None if 400 < n < 430 else v for n, v in enumerate(with_gaps.values)
        ),
    )
    text = ARTIST.describe(
        event(EventKind.CONFIRMED, facts=event_facts), Evidence((some, *traces[1:]))
    )
    assert "Gaps in the lines are missing data, not zero." in text


def test_silent_series_is_not_given_a_level():
    """P5: for a silent series the alt text says since when data is missing, not a level."""
    event_facts = iran_partial()
    traces = evidence(event_facts).traces
    quiet = replace(traces[1], values=(*traces[1].values[:-60], *[None] * 60))
    silent = replace(
        event_facts.levels.series[1], level=None, as_of=utc("2026-01-19 02:00")
    )
    event_facts = changed(
        event_facts,
        series=(event_facts.levels.series[0], silent, event_facts.levels.series[2]),
    )
    text = ARTIST.describe(
        event(EventKind.UPDATED, facts=event_facts),
        Evidence((traces[0], quiet, traces[2])),
    )
    assert re.search(r"Google traffic no data since 19 Jan 02:00 UTC", text)


def test_lowest_value_is_that_of_the_array():
    """P4: the alt text gives the lowest level of the principal line."""
    event_facts = facts(lowest=0.01)
    curves = gather_curves(evidence(event_facts), event_facts, WORDS, load_register())
    lowest = min(v for v in curves.principal.percent if v == v)  # noqa: PLR0124 - not NaN
    text = alt(EventKind.CONFIRMED, event_facts)
    assert f"Lowest: active probing {WORDS.percent(lowest / 100)}" in text


@pytest.mark.parametrize("kind", list(ChartKind))
def test_only_charts_with_lines_speak_of_gaps_in_lines(kind):
    """A map or strips of shades have no lines, so "gaps in the lines" misleads."""
    case = next(case for case in gallery.cases() if case.name == "counties")
    scene, _ = case.scene()
    part = scene.curves.parts[0]
    percent = part.percent.copy()
    percent[5] = np.nan
    holed = replace(part, percent=percent)
    curves = replace(
        scene.curves,
        lines=(holed, *scene.curves.lines[1:]),
        parts=(holed, *scene.curves.parts[1:]),
    )
    text = ARTIST.alt(replace(scene, curves=curves), kind)
    has_lines = kind in {ChartKind.LINES, ChartKind.OPERATORS}
    assert ("Gaps in the lines" in text) is has_lines


def test_title_of_a_retraction_withdraws_the_report():
    """A retraction says that our report was wrong, not that a disruption is over."""
    told = event(EventKind.RETRACTED, facts=suspected())
    text = ARTIST.describe(told, evidence(told.facts))
    title = "Retracted: our report of a disruption in Kazakhstan is withdrawn"
    assert text.startswith(f"Line chart: {title}.")
    kinds = Linter(load_register(), TEMPLATES, "").check(told, title, "en")
    assert kinds == ()
