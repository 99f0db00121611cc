"""Text in pictures is not cut off or covered, and colours differ for all readers."""

import io
import itertools

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.lines import Line2D
from PIL import Image

from bot.charts.canvas import fonts
from bot.charts.canvas.encoders import encode
from bot.charts.canvas.layout import Box
from bot.charts.canvas.shades import EDGES, contrasting_colour, shade, shade_numbers
from bot.charts.canvas.theme import POST, SIZES, THEMES
from bot.charts.frame import state_colour_name
from bot.model.incident import EventKind
from tests import builders, gallery

CHARTS = dict(gallery.all_charts())


def marks(name: str, *, repeats: bool) -> list[pytest.MarkDecorator]:
    """Return the pytest marks of a chart's test; none for a chart in English.

    Tests of charts in one language run in one worker, so the fonts of that language are
    loaded once. Tests are marked slow if they only repeat, in another size or theme,
    what charts in English show.
    """
    if not name.startswith("script-"):
        return []
    lang = name.split("-")[1]
    slow = [pytest.mark.slow] if repeats else []
    return [pytest.mark.xdist_group(f"lang-{lang}"), *slow]


ALL = [
    pytest.param(name, size, marks=marks(name, repeats=size != POST.name))
    for name in CHARTS
    for size in SIZES
]


# Drawing a chart takes longer than checking it, so one test makes all checks of a chart.
@pytest.mark.parametrize(("name", "size"), ALL)
def test_no_text_is_cut_covered_or_crossed(name, size):
    canvas = CHARTS[name](THEMES["light"], SIZES[size])
    assert_boxes_are_apart(canvas)
    assert_lines_are_apart(canvas)
    assert_footer_line_is_free(canvas)
    assert_text_is_readable(canvas)
    if size == POST.name:
        assert_shows_something_and_is_small(canvas.png())


def assert_boxes_are_apart(canvas):
    page = Box(0, 0, canvas.width, canvas.height)
    for box, other in itertools.combinations(canvas.text_boxes, 2):
        assert not box.overlaps(other), (box, other)
    for box in canvas.text_boxes:
        assert page.contains(box), box


def assert_lines_are_apart(canvas):
    """Assert that no two lines of text overlap, not even two lines of one text."""
    boxes = [(ink_box(run), run.text) for run in canvas.text_runs]
    for (box, text), (other, other_text) in itertools.combinations(boxes, 2):
        assert not box.overlaps(other), (text, other_text)


def assert_footer_line_is_free(canvas):
    edges = [canvas.size.margin, canvas.width - canvas.size.margin]
    (footer_line,) = (
        a
        for a in canvas.figure.artists
        if isinstance(a, Line2D) and np.array_equal(a.get_xdata(), edges)
    )
    height = float(np.asarray(footer_line.get_ydata())[0])
    for run in canvas.text_runs:
        box = ink_box(run)
        assert box.top < height or box.bottom > height, run.text


def ink_box(run):
    wide, above, below = fonts.extent(run.text, run.style.weight, run.style.size)
    return Box(run.x, run.y - below, run.x + wide, run.y + above)


def assert_text_is_readable(canvas):
    """Assert text sizes of 8 pixels (footer: 6) or more on a chart 600 pixels wide."""
    scale = 600 / canvas.width
    footer_line = 150 * canvas.size.unit
    for run in canvas.text_runs:
        least = 6.0 if run.y < footer_line else 8.0
        assert run.style.size * scale >= least, run.text


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=marks(name, repeats=True)) for name in CHARTS]
)
def test_every_dark_picture_shows_something_and_is_small(name):
    assert_shows_something_and_is_small(CHARTS[name](THEMES["dark"], POST).png())


def assert_shows_something_and_is_small(data):
    assert len(data) < 150_000
    picture = Image.open(io.BytesIO(data))
    assert picture.size == (1600, 900)
    field = np.asarray(picture.convert("L"))[260:740, 100:1200]
    assert field.std() > 4, "the field of the chart is empty"


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_text_contrasts_with_the_background(theme):
    """Text has the contrast of 4.5 to 1 that WCAG 2 requires at level AA."""
    states = (theme.alarm, theme.good, theme.note, theme.withdrawn)
    for colour in (theme.ink, theme.soft, theme.calm, *states, *theme.lines):
        assert contrast(colour, theme.paper) >= 4.5, colour
    # Text in these colours may also stand on the tint, the background of a disruption.
    for colour in (theme.ink, theme.soft, theme.alarm, theme.good):
        assert contrast(colour, theme.tint) >= 4.5, colour


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_place_names_contrast_with_the_land(theme):
    for land in (theme.void, theme.ground):
        assert contrast(theme.soft, land) >= 4.2, land
    # The event's places need a contrast of 3 to 1, WCAG's limit for large text.
    for land in (*theme.ramp, theme.ground):
        assert contrast(contrasting_colour(theme, land), land) >= 3.0, land


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_dropped_line_is_distinct_in_greyscale(theme):
    """The alarm colour differs by at least 12 in lightness (CIE L*) from the colours beside it."""
    beside = theme.lines[0]
    assert abs(lightness(theme.alarm) - lightness(beside)) >= 12
    assert abs(lightness(theme.alarm) - lightness(theme.calm)) >= 12


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_shades_of_levels_are_ordered_in_greyscale(theme):
    lights = [lightness(colour) for colour in theme.ramp]
    steps = np.diff(lights)
    assert (steps > 0).all() or (steps < 0).all()
    assert np.abs(steps).min() >= 8


BLIND = {
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""Simulations of colour blindness, as matrices on linear RGB.

Source: Machado, Oliveira and Fernandes (2009), severity 1.
"""


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("eye", BLIND)
def test_dropped_line_is_distinct_with_colour_blindness(theme, eye):
    seen = [np.array(BLIND[eye]) @ linear(c) for c in (theme.alarm, theme.lines[0])]
    dropped, other = (lab(np.clip(light, 0, 1)) for light in seen)
    assert np.linalg.norm(dropped - other) >= 20


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("eye", [None, *BLIND])
def test_retraction_looks_like_no_other_state(theme, eye):  # P11
    matrix = np.array(BLIND[eye]) if eye else np.eye(3)
    others = [c for kind, c in state_colours(theme) if kind is not EventKind.RETRACTED]
    withdrawn = seen_as(theme.withdrawn, matrix)
    for colour in {*others}:
        assert np.linalg.norm(withdrawn - seen_as(colour, matrix)) >= 20, colour


def state_colours(theme):
    for kind in EventKind:
        yield kind, getattr(theme, state_colour_name(builders.event(kind)))


def seen_as(colour, matrix):
    return lab(np.clip(matrix @ linear(colour), 0, 1))


def test_levels_get_the_shade_of_their_step():
    theme = THEMES["light"]
    assert len(theme.ramp) == len(EDGES) + 1
    assert shade_numbers(np.array([0.0, 9.9, 10.0, 89.9, 90.0, 130.0])).tolist() == [
        0,
        0,
        1,
        4,
        5,
        5,
    ]
    assert shade_numbers(np.array([np.nan])).tolist() == [-1]
    assert shade(theme, None) == theme.void
    assert shade(theme, 0.02) == theme.ramp[0]


def test_colour_reduction_keeps_flat_colours_and_edges():
    canvas = CHARTS["escalated-lines"](THEMES["dark"], POST)
    renderer = FigureCanvasAgg(canvas.figure)
    renderer.draw()
    exact = np.asarray(renderer.buffer_rgba())
    small = np.asarray(Image.open(io.BytesIO(encode(exact))).convert("RGB"))
    apart = np.abs(small.astype(int) - exact[..., :3]).max(axis=2)
    assert (apart > 8).mean() < 0.005
    noise = np.mean((small.astype(float) - exact[..., :3]) ** 2)
    assert 10 * np.log10(255**2 / noise) > 42, (
        "the signal-to-noise ratio in decibels is low; above 40 no loss is visible"
    )
    for colour in ("paper", "alarm"):
        flat = (exact[..., :3] == _bytes(getattr(THEMES["dark"], colour))).all(axis=2)
        assert flat.any()
        assert apart[flat].max() <= 2


def contrast(first: str, other: str) -> float:
    lights = sorted((luminance(first), luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    return float(linear(colour) @ np.array([0.2126, 0.7152, 0.0722]))


def lightness(colour: str) -> float:
    light = luminance(colour)
    return 116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light


def linear(colour: str) -> np.ndarray:
    share = _bytes(colour) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    to_xyz = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    white = np.array([0.9505, 1.0, 1.089])
    f = np.cbrt(to_xyz @ light / white)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def _bytes(colour: str) -> np.ndarray:
    return np.array([int(colour[n : n + 2], 16) for n in (1, 3, 5)])
