"""The time to draw charts of 1600x900 with warm caches, and one with plain matplotlib."""

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
        rows.append(_row(f"chart of {what}, PNG", _ours(scene, kind)))
    scene, _ = cases["escalated"].scene()
    rows.append(_row("chart of lines, all words new, PNG", _anew(scene)))
    rows.append(_row("the same lines in plain matplotlib, PNG", lambda: plain(scene)))
    svg = gallery.ARTIST.draw
    rows.append(_row("chart of lines, SVG", lambda: svg(scene, ChartKind.LINES).svg()))
    rows.append(_at_once(_ours(scene, ChartKind.LINES)))
    return rows


def plain(scene: Scene) -> bytes:
    """Draw the same lines with matplotlib's own axes and legend; return the PNG."""
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


def _ours(scene: Scene, kind: ChartKind) -> Callable[[], bytes]:
    return lambda: gallery.ARTIST.draw(scene, kind, LIGHT, POST).png()


def _anew(scene: Scene) -> Callable[[], bytes]:
    """Return a function that draws lines as a new process does that has loaded the fonts."""

    def draw() -> bytes:
        fonts.ink.cache_clear()
        fonts.extent.cache_clear()
        return _ours(scene, ChartKind.LINES)()

    return draw


def _row(what: str, draw: Callable[[], bytes]) -> tuple[str, str]:
    """Return the row of one picture: median wall and CPU time, and size."""
    size = len(draw())
    walls, busy = [], []
    for _ in range(ROUNDS):
        wall, used = time.perf_counter(), time.thread_time()
        draw()
        walls.append(time.perf_counter() - wall)
        busy.append(time.thread_time() - used)
    wall, used = statistics.median(walls), statistics.median(busy)
    return (
        what,
        f"{wall * 1e3:.0f} ms ({used * 1e3:.0f} of processor), {size / 1e3:.0f} kB",
    )


def _at_once(draw: Callable[[], bytes]) -> tuple[str, str]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        began = time.perf_counter()
        for done in [pool.submit(draw) for _ in range(4 * AT_ONCE)]:
            done.result()
        each = (time.perf_counter() - began) / (4 * AT_ONCE)
    return f"{AT_ONCE} at a time", f"{each * 1e3:.0f} ms each"
