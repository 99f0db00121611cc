"""Write the charts of an incident's newest event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.theme import CARD, LIGHT, POST, TALL, Size
from bot.charts.choose import ChartKind
from bot.charts.frame import Scene
from bot.charts.illustrator import Illustrator
from bot.charts.plot_area import read_plot_area
from bot.errors import RenderingError
from bot.incidents.timeline.silence import event_with_current_levels
from bot.model.incident import Evidence
from bot.model.incident_report import IncidentReport
from bot.site.charts.views import SIZES, ChartStamp, ChartView
from bot.site.static_files import write_atomically


def write_event_charts(
    illustrator: Illustrator, report: IncidentReport, folder: Path, suffix: str = ""
) -> tuple[ChartView, ...]:
    """Write the charts of the newest event into `folder`; return them.

    The most suitable chart is first. If the event's data cannot be drawn, charts of
    earlier events are removed and the result is empty. The files of another language
    than that of the site have `suffix` in their names, such as ".fr".

    Raises:
        OSError: a chart cannot be written.
        RenderingError: a text of a chart cannot be drawn, or an alt text does not fit.
    """
    last = event_with_current_levels(report)
    evidence = report.evidence.get(last.key, Evidence(traces=()))
    # A stored event never changes, so its key stands for its content. Earlier incidents
    # can still change and series can fall silent, so both are part of the input.
    silent = sorted(
        (str(e), signal, at) for (e, signal), at in report.readings.silence.items()
    )
    inputs = (
        last.key,
        *((i.id, i.state, i.restored) for i in report.previous),
        *silent,
    )
    stamp = ChartStamp(folder / f"now{suffix}.stamp", inputs)
    try:
        scene, kinds = illustrator.prepare(last, evidence, report.previous)
    except RenderingError:
        # A chart of an earlier event would contradict the text of this event.
        _remove_charts(folder, suffix)
        return ()
    views = [
        _write_chart(illustrator, (scene, kind), folder, suffix, stamp)
        for kind in kinds
    ]
    card = folder / card_file(suffix)
    if not stamp.is_current or not card.exists():
        drawing = _Drawing(illustrator, scene, kinds[0], CARD)
        write_atomically(card, drawing.png(stamp))
    _remove_other_charts(folder, views, suffix)
    stamp.save()
    return tuple(views)


def _write_chart(
    illustrator: Illustrator,
    chart: tuple[Scene, ChartKind],
    folder: Path,
    suffix: str,
    stamp: ChartStamp,
) -> ChartView:
    """Write one chart in every size; skip a size whose file exists and is current."""
    scene, kind = chart
    names = {size: f"now-{kind}{name}{suffix}.svg" for name, size in SIZES}
    for size, name in names.items():
        if not stamp.is_current or not (folder / name).exists():
            drawing = _Drawing(illustrator, scene, kind, size)
            write_atomically(folder / name, drawing.svg(stamp))
    alt = illustrator.alt(scene, kind)
    # A chart that is not drawn again has the plot where it was, so the file says it.
    plots = [
        read_plot_area(folder / name) if kind is ChartKind.LINES else None
        for name in (names[POST], names[TALL])
    ]
    return ChartView(
        kind, names[POST], names[TALL], alt, plot=plots[0], tall_plot=plots[1]
    )


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A chart of the newest event in one size.

    The page for the operator alone often has the same charts as the public one. So each
    is drawn once, and found again in the cache by the digest of its data.
    """

    illustrator: Illustrator
    scene: Scene
    kind: ChartKind
    size: Size

    def svg(self, stamp: ChartStamp) -> bytes:
        """Return the chart as SVG."""
        return self._cached("svg", stamp, lambda: self._canvas().svg())

    def png(self, stamp: ChartStamp) -> bytes:
        """Return the chart as PNG."""
        return self._cached("png", stamp, lambda: self._canvas().png())

    def _cached(
        self, encoding: str, stamp: ChartStamp, draw: Callable[[], bytes]
    ) -> bytes:
        drawer = self.illustrator
        # The chart names the address of the site.
        place = drawer.base_url, drawer.translations.lang
        key = (stamp.digest, *place, self.kind, self.size, encoding)
        return drawer.chart_cache.get(key, draw)

    def _canvas(self) -> Canvas:
        return self.illustrator.draw(self.scene, self.kind, LIGHT, self.size)


def card_file(suffix: str = "") -> str:
    """Return the name of the picture that other sites show beside a link to the page."""
    return f"now-card{suffix}.png"


def _remove_charts(folder: Path, suffix: str) -> None:
    _remove_other_charts(folder, (), suffix)
    for name in (card_file(suffix), f"now{suffix}.stamp"):
        (folder / name).unlink(missing_ok=True)


def _remove_other_charts(folder: Path, views: Sequence[ChartView], suffix: str) -> None:
    """Remove the files of charts in the language of `suffix` that are not in `views`."""
    kept = {name for view in views for name in (view.src, view.tall)}
    for chart in folder.glob(f"now-*{suffix}.svg"):
        # Without a suffix, the pattern also finds the charts of other languages.
        is_same_language = Path(chart.stem).suffix == suffix
        if is_same_language and chart.name not in kept:
            chart.unlink()
