"""A line chart says exactly where its plot is, so that a script can read its values."""

import numpy as np
import pytest
from matplotlib.lines import Line2D

from bot.charts.canvas.theme import LIGHT, POST, TALL
from bot.charts.choose import ChartKind
from bot.charts.plot_area import read_plot_area
from tests.builders import event, evidence, mobile
from tests.unit.test_charts import ARTIST

FACTS = mobile()


@pytest.fixture(scope="module")
def scene():
    return ARTIST.prepare(event(facts=FACTS), evidence(FACTS), ())[0]


@pytest.mark.parametrize("size", [POST, TALL])
def test_plot_area_is_where_the_lines_are_drawn(scene, size):  # P4
    canvas = ARTIST.draw(scene, ChartKind.LINES, LIGHT, size)
    values = str(canvas.plot).split()
    width, height, left, top, right, bottom = map(float, values[:6])
    room_top, room_bottom = float(values[7]), float(values[9])
    since, until = map(float, values[10:12])
    assert (width, height) == (size.width, size.height)
    assert 0 < room_top < top < bottom < room_bottom < height
    lines = [a for a in canvas.figure.artists if isinstance(a, Line2D)]
    lines = [a for a in lines if str(a.get_gid()).startswith("series ")]
    # The lowest layer has the last line.
    lines.sort(key=lambda line: -line.get_zorder())
    assert values[12:] == [line.get_color() for line in lines]
    for line, drawn in zip(scene.curves.lines, lines, strict=True):
        share = (line.ends - since) / (until - since)
        assert np.allclose(drawn.get_xdata(), left + share * (right - left), atol=0.1)


def test_plot_area_is_read_from_the_file_of_a_chart(scene, tmp_path):
    canvas = ARTIST.draw(scene, ChartKind.LINES)
    chart = tmp_path / "chart.svg"
    chart.write_bytes(canvas.svg())
    assert read_plot_area(chart) == canvas.plot
    # Each shape has an id of its own, by which a script takes it over.
    ids = [artist.get_gid() for artist in canvas.figure.artists if artist.get_gid()]
    assert len(ids) == len(set(ids))
    chart.write_bytes(ARTIST.draw(scene, ChartKind.MAP).svg())
    assert read_plot_area(chart) is None
