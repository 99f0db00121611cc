"""Write the timeline of all incidents of a year."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.charts.canvas.canvas import Canvas
from bot.charts.canvas.theme import LIGHT, Size
from bot.charts.frame import Captions
from bot.charts.illustrator import Illustrator
from bot.charts.kinds.timeline import Bar, draw_timeline
from bot.incidents.timeline.published_cuts import time_down
from bot.model.entity import parse_entity
from bot.model.incident import State
from bot.model.interval import DurationRange, Interval, duration_range_between
from bot.model.timeline import Cut
from bot.site.charts.views import SIZES, ChartStamp, ChartView
from bot.site.languages.links import edition_path
from bot.site.static_files import write_atomically
from bot.text.fitting.direction import isolate
from bot.text.template_functions import add_direction_marks
from bot.text.times import TimeFormatter

_TIMELINE_SPAN = timedelta(days=366)
_MAX_BARS = 40
"""The timeline chart has at most this many incidents; the archive has all.

If there are more, the chart has the newest.
"""
_CHARTS = tuple(f"timeline{name}.svg" for name, _ in SIZES)
_STAMP = "timeline.stamp"
TIMELINE_FILES = (*_CHARTS, _STAMP)
"""The files of the timeline in the language of the site."""
IncidentData = Mapping[str, Any]
"""The content of one incident's `incident.json`."""


def write_timeline(
    illustrator: Illustrator, rows: Sequence[IncidentData], root: Path
) -> ChartView | None:
    """Write the timeline of a year's incidents, without retracted ones and drills.

    `rows` has the content of every `incident.json`, newest incident first, in the
    language of the illustrator. If there are more than `_MAX_BARS` incidents, only the
    newest are drawn; the title then says so. In another language than that of the site,
    the names of the files have the language.

    Returns:
        The timeline; None if `rows` has fewer than two incidents that are neither
        retracted nor drills.

    Raises:
        OSError: the timeline cannot be written.
        RenderingError: a text of the timeline cannot be made.
    """
    lang = illustrator.translations.lang
    real = [r for r in rows if r["state"] != State.RETRACTED and not r["drill"]]
    if len(real) < 2:
        # An earlier chart may show incidents that were removed since (P12).
        for path in (root / file for file in TIMELINE_FILES):
            (path.parent / edition_path(path.name, lang)).unlink(missing_ok=True)
        return None
    # The chart ends at the time of the newest data, so the same incidents always give
    # the same chart (P14).
    now = max(_time(row["as_of"]) for row in real)
    recent = [row for row in real if _end(row, now).until > now - _TIMELINE_SPAN]
    shown, is_cut = recent[:_MAX_BARS], len(recent) > _MAX_BARS
    timeline = IncidentTimeline(illustrator, shown, now, is_cut=is_cut)
    # The title says whether incidents are left out, so `is_cut` is one of the inputs.
    inputs = (now, *map(repr, shown), *(("cut",) if is_cut else ()))
    stamp = ChartStamp(root / edition_path(_STAMP, lang), inputs)
    names = [edition_path(name, lang) for name in _CHARTS]
    for name, (_, size) in zip(names, SIZES, strict=True):
        file = root / name
        if not stamp.is_current or not file.exists():
            write_atomically(file, timeline.draw(size).svg())
    stamp.save()
    plain, tall = names
    return ChartView("timeline", plain, tall, timeline.write_alt_text())


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
