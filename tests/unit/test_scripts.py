"""Text in every script is drawn with the right glyphs, from fonts in Python packages."""

import unicodedata
import warnings

import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg

from bot.charts.canvas import fonts
from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.theme import POST, THEMES
from bot.charts.canvas.typesetting import Style
from bot.charts.choose import ChartKind
from bot.errors import RenderingError
from bot.text.fitting.direction import from_right
from bot.text.translations import templates_root
from tests.gallery import TITLES, all_charts, artist, charts_in

CHARTS = {name: draw for name, draw in all_charts() if name.startswith("script-")}


@pytest.mark.parametrize("lang", TITLES)
@pytest.mark.parametrize("weight", fonts.WEIGHTS)
def test_no_glyph_is_missing_in_any_script_or_weight(lang, weight):
    assert fonts.missing(TITLES[lang], weight) == ""


def test_character_without_any_font_is_reported():
    assert fonts.missing("Ogham \u1681 and \U00012000", "bold") == "\u1681\U00012000"


def test_a_missing_glyph_is_never_drawn_as_a_box():
    canvas = Canvas()
    with pytest.raises(RenderingError, match="no glyph"):
        canvas.draw_text(100, 100, "\U00012000", Style(30, "#000000"))


@pytest.mark.slow  # test_pictures.py draws these charts, and fails on warnings
@pytest.mark.parametrize("name", CHARTS)
def test_every_script_is_drawn_without_warnings(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert CHARTS[name](THEMES["light"], POST).png().startswith(b"\x89PNG")


def test_arabic_letters_are_drawn_joined():
    """Joined letters are narrower than the same letters drawn separately."""
    together = fonts.extent("\u0633\u0644\u0627\u0645", "regular", 40)[0]
    apart = sum(fonts.extent(c, "regular", 40)[0] for c in "\u0633\u0644\u0627\u0645")
    assert together < 0.9 * apart


def test_devanagari_conjuncts_and_burmese_stacks_are_formed():
    """A conjunct is narrower than its letters; a stack reaches lower than its base letter."""
    conjunct = fonts.extent("\u0915\u094d\u0937", "regular", 40)[0]
    parts = sum(fonts.extent(c, "regular", 40)[0] for c in "\u0915\u0937")
    assert conjunct < parts
    base, stacked = "\u1010", "\u1010\u1039\u1010"
    assert (
        fonts.extent(stacked, "regular", 40)[2] > fonts.extent(base, "regular", 40)[2]
    )


@pytest.mark.parametrize("lang", TITLES)
def test_cached_ink_equals_freshly_drawn_text(lang):
    text, colour = TITLES[lang], "#c8102e"
    drawn, kept = RendererAgg(1900, 150, 72), RendererAgg(1900, 150, 72)
    context = drawn.new_gc()
    context.set_foreground(colour)
    font = fonts.fonts_for(text, "bold", 46.0)
    drawn.draw_text(context, 60, 90, text, font, 0.0)
    ink = fonts.text_pixels(text, "bold", 46.0)
    at = (60 - ink.left, 60 - ink.below)
    kept.draw_image(kept.new_gc(), *at, ink.coloured(colour))
    assert np.asarray(drawn.buffer_rgba()).any()
    assert np.array_equal(drawn.buffer_rgba(), kept.buffer_rgba())


def test_right_to_left_text_starts_at_right():
    for name, make_scene, kind in charts_in("ar"):
        canvas = CHARTS[name](THEMES["light"], POST)
        assert canvas.rtl
        scene = make_scene()
        captions = scene.captions
        if kind is ChartKind.DURATIONS:
            captions = artist("ar")._compared(scene)
        first = next(text for text in canvas.texts if captions.title.startswith(text))
        title = canvas.text_boxes[canvas.texts.index(first)]
        assert abs(title.right - (POST.width - POST.margin)) < 3
    for name, *_ in charts_in("hi"):
        assert not CHARTS[name](THEMES["light"], POST).rtl


def test_line_starting_with_latin_name_stays_right_to_left():
    assert fonts.is_rtl("Calcasieu \u06a9\u0645\u062a\u0631 \u0627\u0632 \u06f1\u066a")
    assert not fonts.is_rtl("Connectivity of \u0632\u0627\u06cc\u0646 in Iran")
    name, rest = "AS36977", "\u06a9\u0645\u062a\u0631 \u0627\u0632 \u06f1\u066a"
    canvas = Canvas(rtl=True)
    canvas.draw_text(100, 100, f"{name} {rest}", Style(40, "#000000"))
    assert canvas.text_runs[0].text == f"\u061c{name}\u061c {rest}"
    # The rightmost columns of ink belong to the name, so the rest is left of the name.
    ink = fonts.text_pixels(canvas.text_runs[0].text, "regular", 40).cover
    alone = fonts.text_pixels(name, "regular", 40).cover
    columns = alone.shape[1]
    assert (ink[:, -columns:].sum(axis=0) > 0).tolist()[-20:] == (
        alone.sum(axis=0) > 0
    ).tolist()[-20:]
    assert from_right("Kcell") == "Kcell"


def test_bold_is_bolder_in_every_script_with_weights():
    for lang in ("ar", "hi", "my", "ru"):
        text = TITLES[lang]
        light, bold = (fonts.extent(text, w, 40)[0] for w in ("regular", "bold"))
        assert bold > light


def test_lines_break_only_between_grapheme_clusters():
    canvas = Canvas()
    style = Style(30, "#000000")
    text = TITLES["my"].replace(" ", "")
    lines = canvas.wrap(text, style, 300)
    assert "".join(lines) == text
    letters = [cluster.group() for cluster in fonts.clusters(text)]
    for line in lines:
        kept = [cluster.group() for cluster in fonts.clusters(line)]
        assert kept == letters[: len(kept)]
        letters = letters[len(kept) :]


def test_all_text_of_catalogues_has_glyphs():
    files = [p for p in templates_root().rglob("*") if p.suffix == ".ftl"]
    assert len(files) > 10
    for path in files:
        text = path.read_text(encoding="utf-8")
        # Symbols, such as emoji, are left out, because charts contain no emoji.
        plain = "".join(c for c in text if unicodedata.category(c)[0] in "LMNZP")
        for weight in fonts.WEIGHTS:
            assert fonts.missing(plain, weight) == "", path
