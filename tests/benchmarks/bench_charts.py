"""The time to draw charts of 1600x900 pixels with warm caches.

One chart is also drawn with plain matplotlib, for comparison.
"""

import io
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.dates import DateFormatter
from matplotlib.figure import Figure

from bot.charts.canvas import fonts
from bot.charts.canvas.theme import LIGHT, POST
from bot.charts.choose import ChartKind
from bot.charts.frame import Scene
from tests import gallery

ROUNDS = 15
AT_ONCE = 8


def run() -> list[tuple[str, str]]:
    """Return rows of a chart and the median wall and CPU time of drawing it."""
    cases = {case.name: case for case in gallery.cases()}
    rows = []
    for name, kind, what in (
        ("escalated", ChartKind.LINES, "lines"),
        ("networks", ChartKind.OPERATORS, "operators"),
        ("provinces", ChartKind.STRIP, "a strip of regions"),
        ("counties", ChartKind.MAP, "a map of regions"),
        ("escalated", ChartKind.MAP, "a map of a country"),
        ("phases", ChartKind.DURATIONS, "durations"),
    ):
        scene, _ = cases[name].scene()
        rows.append(_row(f"chart of {what}, PNG", _draw_function(scene, kind)))
    scene, _ = cases["escalated"].scene()
    rows.append(
        _row("chart of lines, all words new, PNG", _uncached_draw_function(scene))
    )
    rows.append(_row("the same lines in plain matplotlib, PNG", lambda: plain(scene)))
    svg = gallery.ARTIST.draw
    rows.append(_row("chart of lines, SVG", lambda: svg(scene, ChartKind.LINES).svg()))
    rows.append(_draw_concurrently(_draw_function(scene, ChartKind.LINES)))
    return rows


def plain(scene: Scene) -> bytes:
    """Return a PNG of the lines of `scene` with matplotlib's own axes and legend."""
    figure = Figure(figsize=(16, 9), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.subplots()
    for line in scene.curves.lines:
        times = line.ends.astype("datetime64[s]")
        axes.plot(times, line.percent, label=line.name)
    axes.set(title=scene.captions.title, ylabel=scene.captions.subtitle, ylim=(0, 125))
    axes.xaxis.set_major_formatter(DateFormatter("%d %b"))
    axes.legend()
    axes.grid(visible=True)
    stream = io.BytesIO()
    canvas.print_png(stream)
    return stream.getvalue()


def _draw_function(scene: Scene, kind: ChartKind) -> Callable[[], bytes]:
    return lambda: gallery.ARTIST.draw(scene, kind, LIGHT, POST).png()


def _uncached_draw_function(scene: Scene) -> Callable[[], bytes]:
    """Return a function that draws lines as a new process does after loading the fonts."""

    def draw() -> bytes:
        fonts.text_pixels.cache_clear()
        fonts.extent.cache_clear()
        return _draw_function(scene, ChartKind.LINES)()

    return draw


def _row(what: str, draw: Callable[[], bytes]) -> tuple[str, str]:
    """Return the row of one picture: median wall and CPU time, and size."""
    size = len(draw())
    wall_times, cpu_times = [], []
    for _ in range(ROUNDS):
        wall_time, cpu_time = time.perf_counter(), time.thread_time()
        draw()
        wall_times.append(time.perf_counter() - wall_time)
        cpu_times.append(time.thread_time() - cpu_time)
    wall_time, cpu_time = statistics.median(wall_times), statistics.median(cpu_times)
    return (
        what,
        f"{wall_time * 1e3:.0f} ms ({cpu_time * 1e3:.0f} of processor), {size / 1e3:.0f} kB",
    )


def _draw_concurrently(draw: Callable[[], bytes]) -> tuple[str, str]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        start = time.perf_counter()
        for future in [pool.submit(draw) for _ in range(4 * AT_ONCE)]:
            future.result()
        seconds_each = (time.perf_counter() - start) / (4 * AT_ONCE)
    return f"{AT_ONCE} at a time", f"{seconds_each * 1e3:.0f} ms each"
