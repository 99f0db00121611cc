"""The chart in words, for those who cannot see it, from the same arrays."""

import re
from dataclasses import replace

import pytest

from bot.charts.data import gather
from bot.charts.illustrator import Illustrator
from bot.errors import RenderingError
from bot.model.incident import EventKind, Evidence
from bot.places import load_register
from bot.text.translations import environment, load_translations, templates_root
from tests.builders import (
    EVERY_KIND,
    event,
    evidence,
    facts,
    iran_partial,
    mobile,
    suspected,
)

TEMPLATES = environment(templates_root())
WORDS = load_translations(TEMPLATES, "en")
ARTIST = Illustrator(TEMPLATES, WORDS, load_register(), "https://wire.example")


def alt(kind, told, limit=1000):
    return ARTIST.describe(event(kind, facts=told), evidence(told), limit)


def test_it_tells_kind_metric_place_range_lowest_now_and_source():
    text = alt(EventKind.CONFIRMED, facts())
    assert text.startswith(
        "Line chart: Internet connectivity in Kazakhstan falls to 2%"
    )
    assert "3 Jan 22:30 to 5 Jan 11:00 UTC" in text
    assert "100% is the ordinary level." in text
    assert "active probing 2%, Google traffic 4%" in text
    assert "Lowest: active probing 2% at 5 Jan" in text
    assert text.endswith("Georgia Tech \u2013 all rights reserved.")


def test_named_networks_stand_with_their_levels():
    text = alt(EventKind.CONFIRMED, mobile())
    assert "Kcell 28%, Tele2 31% and Beeline 41%" in text


def test_a_suspected_drop_is_not_called_more_than_that():
    """P7."""
    text = alt(EventKind.SUSPECTED, suspected())
    assert "One source shows" in text
    assert "confirmed" not in text.lower()
    assert "The drop began" in text


def test_a_reconstruction_says_so_first():
    assert alt(EventKind.CONFIRMED, mobile(reconstruction=True)).startswith(
        "Reconstruction, not measured."
    )


@pytest.mark.parametrize("kind", EVERY_KIND)
@pytest.mark.parametrize("limit", [280, 420, 1000])
def test_it_fits_the_outlet_in_whole_sentences(kind, limit):
    text = alt(kind, EVERY_KIND[kind](), limit)
    assert len(text) <= limit
    assert text.endswith(".")


def test_what_cannot_fit_is_an_error_and_never_cut():
    with pytest.raises(RenderingError, match="longer than 20"):
        alt(EventKind.CONFIRMED, facts(), 20)


def test_missing_bins_are_called_missing_and_not_zero():
    """P5."""
    told = facts()
    traces = evidence(told).traces
    holed = replace(traces[0], values=(None, *traces[0].values[1:]))
    some = replace(
        holed,
        values=tuple(None if 400 < n < 430 else v for n, v in enumerate(holed.values)),
    )
    text = ARTIST.describe(
        event(EventKind.CONFIRMED, facts=told), Evidence((some, *traces[1:]))
    )
    assert "Gaps in the lines are missing data, not zero." in text


def test_a_series_that_fell_silent_is_not_given_a_level():
    """P5: silence is never a level."""
    told = iran_partial()
    traces = evidence(told).traces
    quiet = replace(traces[1], values=(*traces[1].values[:-60], *[None] * 60))
    said = replace(told.series[1], level=None)
    told = replace(told, series=(told.series[0], said, told.series[2]))
    text = ARTIST.describe(
        event(EventKind.UPDATED, facts=told), Evidence((traces[0], quiet, traces[2]))
    )
    assert re.search(r"Google traffic no data since 19 Jan 02:00 UTC", text)


def test_the_lowest_value_is_the_arrays_own():
    """P4."""
    told = facts(lowest=0.01)
    curves = gather(evidence(told), told, WORDS, load_register())
    lowest = min(v for v in curves.principal.percent if v == v)  # noqa: PLR0124
    text = alt(EventKind.CONFIRMED, told)
    assert f"Lowest: active probing {WORDS.percent(lowest / 100)}" in text
