"""Write the SVG charts of the site: the charts of an incident, and the timeline."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot import __version__
from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.theme import CARD, LIGHT, POST, TALL, Size
from bot.charts.choose import ChartKind
from bot.charts.frame import Captions, Scene
from bot.charts.illustrator import Illustrator
from bot.charts.kinds.timeline import Bar, draw_timeline
from bot.errors import RenderingError
from bot.incidents.timeline.published_cuts import time_down
from bot.incidents.timeline.silence import event_with_current_levels
from bot.model.entity import parse_entity
from bot.model.incident import Evidence, State
from bot.model.incident_report import IncidentReport
from bot.model.interval import DurationRange, Interval, duration_range_between
from bot.model.timeline import Cut
from bot.site.static_files import write_atomically
from bot.text.fitting.direction import isolate
from bot.text.template_functions import add_direction_marks
from bot.text.times import TimeFormatter

_TIMELINE_SPAN = timedelta(days=366)
_MAX_BARS = 40
"""The timeline chart has at most this many incidents; the archive has all.

If there are more, the chart has the newest.
"""
_SIZES = (("", POST), ("-tall", TALL))
IncidentData = Mapping[str, Any]
"""The content of one incident's `incident.json`."""


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart on a page: two SVG files; `tall` is for narrow screens."""

    kind: str
    src: str
    tall: str
    alt: str
    width: int = POST.width
    height: int = POST.height


class ChartStamp:
    """A digest of the data of a chart, stored in a file beside the chart.

    If the digest has not changed, the chart need not be drawn again. The digest
    includes the program's version: another version draws all charts again.

    Attributes:
        digest: the digest of the data, in hexadecimal digits.
        is_current: whether the charts in the folder were drawn from the same data.
    """

    def __init__(self, file: Path, inputs: Sequence[object]) -> None:
        """Compare `inputs` with the digest stored in `file`."""
        content = repr((__version__, *inputs)).encode()
        self.digest = hashlib.sha256(content).hexdigest()
        self._file = file
        self.is_current = file.is_file() and file.read_text("utf-8") == self.digest

    def save(self) -> None:
        """Store the digest; call this method once all charts are written."""
        if not self.is_current:
            write_atomically(self._file, self.digest)


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
    names = {size: f"now-{kind}{name}{suffix}.svg" for name, size in _SIZES}
    for size, name in names.items():
        if not stamp.is_current or not (folder / name).exists():
            drawing = _Drawing(illustrator, scene, kind, size)
            write_atomically(folder / name, drawing.svg(stamp))
    alt = illustrator.alt(scene, kind)
    return ChartView(kind, names[POST], names[TALL], alt)


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


def write_timeline(
    illustrator: Illustrator, rows: Sequence[IncidentData], root: Path
) -> ChartView | None:
    """Write the timeline of a year's incidents, without retracted ones and drills.

    `rows` has the content of every `incident.json`, newest incident first. If there are
    more than `_MAX_BARS` incidents, only the newest are drawn; the title then says so.

    Returns:
        The timeline; None if `rows` has fewer than two incidents that are neither
        retracted nor drills.

    Raises:
        OSError: the timeline cannot be written.
        RenderingError: a text of the timeline cannot be made.
    """
    real = [r for r in rows if r["state"] != State.RETRACTED and not r["drill"]]
    if len(real) < 2:
        # An earlier chart may show incidents that were removed since (P12).
        for path in root.glob("timeline*.*"):
            path.unlink()
        return None
    # The chart ends at the time of the newest data, so the same incidents always give
    # the same chart (P14).
    now = max(_time(row["as_of"]) for row in real)
    recent = [row for row in real if _end(row, now).until > now - _TIMELINE_SPAN]
    shown, is_cut = recent[:_MAX_BARS], len(recent) > _MAX_BARS
    timeline = IncidentTimeline(illustrator, shown, now, is_cut=is_cut)
    # The title says whether incidents are left out, so `is_cut` is one of the inputs.
    inputs = (now, *map(repr, shown), *(("cut",) if is_cut else ()))
    stamp = ChartStamp(root / "timeline.stamp", inputs)
    for name, size in _SIZES:
        file = root / f"timeline{name}.svg"
        if not stamp.is_current or not file.exists():
            write_atomically(file, timeline.draw(size).svg())
    stamp.save()
    return ChartView(
        "timeline", "timeline.svg", "timeline-tall.svg", timeline.write_alt_text()
    )


class IncidentTimeline:
    """The incidents of a year as bars and as alt text.

    `is_cut`: only the newest incidents of the year are shown.
    """

    def __init__(
        self,
        illustrator: Illustrator,
        rows: Sequence[IncidentData],
        as_of: datetime,
        *,
        is_cut: bool = False,
    ) -> None:
        self._illustrator, self._rows = illustrator, rows
        self._now, self._is_cut = as_of, is_cut
        self._translations = illustrator.translations
        # The incidents are in different places, so times are given in UTC alone.
        self._times = TimeFormatter(self._translations, illustrator.register, "UTC")
        self._bars = [self._bar(row) for row in rows]

    def draw(self, size: Size) -> Canvas:
        """Draw the chart."""
        window = self._window()
        return draw_timeline(
            self._bars, self.captions(), self._times, window, LIGHT, size
        )

    def write_alt_text(self) -> str:
        """Return the alt text, with one sentence for each bar of the chart."""
        translate = self._translations.translate
        sentences = [
            translate(
                "alt",
                "incident",
                name=bar.name,
                since=self._translations.date(bar.onset.since, "dated"),
                lasted=bar.value,
            )
            for bar in self._bars
        ]
        text = translate(
            "alt",
            "timeline",
            chart=translate("alt", "kinds", "timeline"),
            title=self.captions().title,
            told=self._translations.join("credits", "join", sentences),
        )
        return add_direction_marks(text, self._translations)

    def captions(self) -> Captions:
        """Return the title, the period, the credits and the as-of time."""
        translations, going = self._translations, sum(b.end is None for b in self._bars)
        key = "line_going" if going else "line"
        table = "newest" if self._is_cut else "chart"
        return Captions(
            title=translations.translate(table, key, n=len(self._bars), going=going),
            subtitle=translations.translate(
                "chart", "line_period", period=self._period()
            ),
            badges=(),
            basis="",
            footer=(add_direction_marks(self._credits_text(), translations),),
            as_of=add_direction_marks(self._as_of(), translations),
            publisher=translations.translate("chart", "mark"),
        )

    def _as_of(self) -> str:
        base_url = self._illustrator.base_url
        return self._translations.translate(
            "chart",
            "site",
            as_of=self._times.with_year(self._now),
            address=isolate(
                base_url.partition("://")[2] or base_url, rtl=self._translations.rtl
            ),
        )

    def _credits_text(self) -> str:
        """Return the sources of all rows, each named once (P13)."""
        # An `incident.json` has all its credits in one text, which is split here.
        separator = self._translations.translate("credits", "join", head="", next="")
        names = [name for row in self._rows for name in row["credits"].split(separator)]
        joined = self._translations.join("credits", "join", list(dict.fromkeys(names)))
        return self._translations.translate("chart", "data", credits=joined)

    def _window(self) -> Interval:
        first = min(bar.onset.since for bar in self._bars)
        since = max(first, self._now - _TIMELINE_SPAN)
        # The window begins a little before the first bar, so that this bar does not
        # touch the left edge.
        return Interval(since - (self._now - since) * 0.03, self._now)

    def _period(self) -> str:
        window = self._window()
        since, until = (
            self._translations.date(at, "dated") for at in (window.since, window.until)
        )
        ends = {"since": since, "until": until, "from": since, "to": until}
        return self._translations.translate("period", "days", **ends)

    def _bar(self, row: IncidentData) -> Bar:
        translations = self._translations
        onset = _interval(row["onset"])
        end = _interval(row["restored"]) if row["restored"] else None
        entity = parse_entity(row["entity"])
        name = self._illustrator.register.name(entity, translations.lang)
        tone = "alarm" if end is None else "calm"
        if row["state"] == State.SUSPECTED:
            tone = "note"
        # An `incident.json` of an earlier version does not say whether the incident was
        # confirmed. The state then decides.
        if not row.get("confirmed", row["state"] != State.SUSPECTED):
            name = translations.translate("chart", "unsure", name=name)
        lasted = self._times.duration(_time_down(row, self._now))
        if end is None:
            lasted = translations.translate("chart", "ongoing", length=lasted)
        return Bar(name, lasted, onset, end, tone)


def _time_down(row: IncidentData, as_of: datetime) -> DurationRange:
    """Return the total duration of the cuts of an incident, up to `as_of`.

    If the row has no cuts, return the time from the onset to the end (see `_end`).
    """
    times = [
        Cut(
            began=_interval(cut["began"]),
            ended=_interval(cut["ended"]) if cut["ended"] else None,
            seen_low=_time(cut["seen_until"]) if cut["seen_until"] else None,
            unseen=_interval(cut["unseen"]) if cut["unseen"] else None,
            silent_before=_silence(cut),
        )
        for cut in row.get("cuts", ())
    ]
    if not times:
        return duration_range_between(_interval(row["onset"]), _end(row, as_of))
    return time_down(times, as_of)


def _silence(cut: IncidentData) -> Interval | None:
    """Return the silence before a cut; None if there was none.

    None also if an earlier version of the program wrote the file.
    """
    silence = cut.get("silent_before")
    return _interval(silence) if silence else None


def _end(row: IncidentData, as_of: datetime) -> Interval:
    return _interval(row["restored"]) if row["restored"] else Interval(as_of, as_of)


def _interval(ends: Mapping[str, str]) -> Interval:
    return Interval(_time(ends["from"]), _time(ends["to"]))


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
